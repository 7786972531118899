"""The reference page of standards, gradings and scales, written from the rule files."""
from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

RULES = Path(__file__).resolve().parent.parent / "src" / "bearwitness" / "rules"
SOURCES = "src/bearwitness/rules/standards, scales and hypotheses.toml"


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((RULES / f"{name}.toml").read_text("utf-8"))


def table(heads: tuple[str, ...], rows: list[tuple[object, ...]]) -> list[str]:
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return [*lines, *("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows), ""]


def proof() -> list[str]:
    out = []
    for path in sorted((RULES / "standards").glob("*.toml")):
        rules = read(f"standards/{path.stem}")
        if "level" not in rules:
            continue
        out += [f"## {rules['title']} (`{path.stem}`)", "", f"Source: {rules['source']}.", "",
                f"Doubt: {rules['doubt']}", "", f"A proposition is established from level {rules['needed']}.", ""]
        out += table(("level", "name", "in words"), [(s["number"], s["name"], s["words"]) for s in rules["level"]])
        out += ["What the origins alone carry, before any cap:", ""]
        out += table(("origins", "level"), [(name.replace("_", " "), level) for name, level in rules["base"].items()])
        out += ["The highest level while a condition holds:", ""]
        out += table(("condition", "level", "as it is printed"),
                     [(f"`{name}`", cap["level"], cap["words"]) for name, cap in rules["caps"].items()])
        out += [f"Not capped by `{name}`: {', '.join(kinds)}." for name, kinds in rules.get("exempt", {}).items()] + [""]
    return out


def grading() -> list[str]:
    rules = read("standards/airwars")
    out = [f"## {rules['title']} (`airwars`)", "", f"Source: {rules['source']}.", "", f"Doubt: {rules['doubt']}", "",
           "Three axes, never joined. Where no source is listed: “" + rules["not_computable"] + "”.", ""]
    out += table(("grade", "when"), [(g["name"], g["words"]) for g in rules["grade"]])
    out += table(("strike status", "when"), list(rules["status"].items()))
    return out + table(("position of the belligerent", "when"), list(rules["position"].items()))


def scales() -> list[str]:
    admiralty, likely = read("scales/admiralty"), read("scales/icd203")
    out = [f"## {admiralty['title']}", "", f"Source: {admiralty['source']}.", "", f"Doubt: {admiralty['doubt']}", "",
           f"Not graded: {admiralty['default_reliability']}{admiralty['default_credibility']}. A 1 needs "
           f"{admiralty['confirmed_needs_origins']} origins.", ""]
    out += table(("reliability", "in words"), list(admiralty["reliability"].items()))
    out += table(("credibility", "in words"), list(admiralty["credibility"].items()))
    out += [f"## {likely['title']}", "", f"Source: {likely['source']}.", "",
            "One row of words in one text; never a likelihood and a confidence in one sentence.", ""]
    bands = [(one["word"], one["also"], f"{one['low']} to {one['high']}") for one in likely["likelihood"]]
    out += table(("word", "or", "per cent"), bands)
    return out + table(("confidence", "basis"), list(likely["confidence"].items()))


def hypotheses() -> list[str]:
    rules = read("hypotheses")
    out = [f"## {rules['title']}", "", f"Source: {rules['source']}.", "",
           "A rival that begins with one of these is that hypothesis; one written freely is recognised by its words, "
           "and that is said.", ""]
    return out + table(("", "hypothesis", "what would settle it"),
                       [(h["id"], h["name"], h["settled_by"]) for h in rules["hypothesis"]])


def page(made: str) -> str:
    head = [made.format(source=SOURCES), "", "# Standards, gradings and scales", "",
            "What a level, a grade or a letter means here, where it comes from, and what is doubtful about it. Each is a "
            "file of rules; none is computed from another. How a house writes its own standard: "
            "[the files of a case](formats.md).", ""]
    return "\n".join([*head, *proof(), *grading(), *scales(), *hypotheses()]).rstrip() + "\n"
