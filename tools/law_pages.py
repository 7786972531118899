"""The pages on the law and on weapons, made from rules/law and rules/weapons."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

RULES = Path(__file__).resolve().parent.parent / "src" / "bearwitness" / "rules"
FLAG = "**Review {what} needed.** Nobody has signed what stands here."


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((RULES / f"{name}.toml").read_text("utf-8"))


def flag(rules: dict[str, Any]) -> str:
    if rules.get("signed_by") and rules.get("signed"):
        return f"Signed: {rules['signed_by']}, {rules['signed']}."
    return FLAG.format(what=rules["review"].removesuffix(" needed"))


def status(entry: dict[str, Any]) -> str:
    text = f"from {entry['from']}" if "from" in entry else entry["status"]
    more = [entry[key] for key in ("note", "reservation") if entry.get(key)]
    return text + (f" ({'; '.join(more)})" if more else "")


def facts_said(listed: list[list[str]]) -> str:
    return " *or* ".join(" + ".join(f"`{ref.replace('!', 'not ')}`" for ref in one) for one in listed)


def element(row: dict[str, Any]) -> list[str]:
    out = [f"- **{row['words']}**: {facts_said(row['any'])}"]
    for key, word in (("infer", "by inference, at most level 2"), ("presume", "by presumption, at most level 2"),
                      ("weak", "weakly, at most level 1"), ("defeat", "defeated by")):
        if row.get(key):
            out.append(f"    - {word}: {facts_said(row[key])}")
    if row.get("bend"):
        out.append("    - held at level 1 by: " + ", ".join(f"`{ref}`" for ref in row["bend"]))
    if row.get("two_limbs"):
        out.append("    - what denies one limb alone does not defeat it")
    if row.get("required"):
        out.append("    - without it nothing is assessed")
    return out


def law(made: str) -> str:
    instruments, rules, facts = read("law/instruments"), read("law/rules"), read("law/facts")
    out = [made.format(source="src/bearwitness/rules/law"), "", "# The law", "", flag(rules), "",
           "How these are used: [the law, explained](../explanation/law.md). Paraphrases are our own.", "",
           "## Instruments", "", "A State that is not named is not known here; nothing is guessed.", ""]
    for row in instruments["instrument"]:
        out += [f"### {row['name']}", "",
                f"`{row['id']}`; {row['kind']}; holds in {' and '.join(row['scope'])}. {row['cite']}."]
        if "in_force" in row:
            out.append(f"In force since {row['in_force']}.")
        out += [f"{row[key][:1].upper()}{row[key][1:]}." for key in ("partial",) if row.get(key)]
        out += [f"Doubt: {row['doubt']}"] if row.get("doubt") else []
        if row["states"]:
            out += ["", "| State | status |", "|---|---|"]
            out += [f"| {name} | {status(entry)} |" for name, entry in row["states"].items()]
        out.append("")
    out += ["## Grounds that do not exist", ""]
    for row in instruments["myth"]:
        out += [f"- *{row['says']}*: {row['why']} ({row['cite']})"]
    out += ["", "## Rules and crimes", ""]
    for row in rules["rule"]:
        crime = ", ".join(f"{kind}: `{name}`" for kind, name in row.get("crime", {}).items())
        out += [f"### {row['name']} (`{row['id']}`)", "", f"{row['says']} ({row['cite']}; {' and '.join(row['scope'])})", ""]
        out += [line for one in row["element"] for line in element(one)]
        out += ["", f"Crime to plead: {crime}."] if crime else []
        out += ["", f"Doubt: {row['doubt']}"] if row.get("doubt") else []
        out.append("")
    out += ["## Facts of the law", "", "Written in the column `shows` of a record, or the line `shows:` of a finding; `not` "
            "before a denial.", "", "| fact | says | its denial |", "|---|---|---|"]
    out += [f"| `{name}` | {row['says']} | {row.get('not', '')} |" for name, row in facts.items() if isinstance(row, dict)]
    return "\n".join(out) + "\n\n" + attribution()


def attribution() -> str:
    rules = read("law/attribution")
    out = ["## Classes of evidence on who struck", "", flag(rules), "",
           "| class | what it is | a strike there, at most | this object, at most |", "|---|---|--:|--:|"]
    out += [f"| `{row['id']}` | {row['words']} | {row['presence']} | {row['act']} |" for row in rules["class"]]
    return "\n".join(out) + "\n"


def weapons(made: str) -> str:
    features, types, bans = read("weapons/features"), read("weapons/types"), read("weapons/bans")
    out = [made.format(source="src/bearwitness/rules/weapons"), "", "# Weapons", "", flag(types), "",
           "A model needs two features that are read off different parts, or a read stencil; one gives the family. A crater "
           "names nothing; an effect gives `possible`. A cluster munition needs something visible and a second source. The "
           "user never follows from the model. Figures: [K] general knowledge, [S] read in a public page.", "",
           "## Types", ""]
    for row in types["type"]:
        out += [f"### {row['id']}", "", f"Family: {row['family']}. {row['figures']}. Source: {row['source']}.", "",
                f"- tells it: {', '.join(f'`{f}`' for f in row['discriminating'])}; stencil {', '.join(row['stencils'])}",
                f"- excluded by: {', '.join(f'`{f}`' for f in row.get('excluded_by', []))}",
                f"- does not prove: {row['not_proved']}", ""]
    out += ["## Features", "", "| feature | what is seen | kind | read off |", "|---|---|---|---|"]
    out += [f"| `{f['id']}` | {f['says']} | {f['kind']} | {f['group']} |" for f in features["feature"]]
    out += ["", "## Treaties", "", "| family | treaty | custom |", "|---|---|---|"]
    out += [f"| {b['family']} | {', '.join(b['instruments']) or 'none'} | {b['custom']} |" for b in bans["ban"]]
    return "\n".join(out) + "\n"
