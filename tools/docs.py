"""Writes the pages of docs/reference that are made from the program itself.

    python tools/docs.py [--check]      --check: exit 1 where a page differs from what would be written

refusals.md and standards.md come from the rules, command-line.md from the help of each verb. What a
person would have to keep in step by hand, nobody keeps in step.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import docs_standards as standards  # a script beside this one
import law_pages  # likewise

REPO = Path(__file__).resolve().parent.parent
REFERENCE = REPO / "docs" / "reference"
MADE = "<!-- Made by `make docs` from {source}; changes go there. -->"


def refusals() -> str:
    source = "src/bearwitness/rules/refusals.toml"
    rules = tomllib.loads((REPO / source).read_text("utf-8"))
    out = [
        MADE.format(source=source),
        "",
        "# Refusals",
        "",
        "What `bearwitness check` may refuse, by code. Each names what goes wrong in a report that lets it "
        "through, a sentence that is refused, and how it is mended.",
        "",
    ]
    for code, rule in rules.items():
        out += [f"## {code}", "", f"**{rule['title']}**", "", rule["why"], ""]
        out += [f"- refused: `{rule['example']}`"] if rule.get("example") else []
        out += [f"- mend: {rule['mend']}"] if rule.get("mend") else []
        out += [f"- after: {rule['authority']}"] if rule.get("authority") else []
        out += (
            ["- tested when the data it needs can be entered; not in this version"]
            if rule.get("later")
            else []
        )
        out.append("")
    return "\n".join(out)


def help_of(*words: str) -> str:
    env = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "bearwitness", *words, "--help"]
    return subprocess.run(
        command, env=env, capture_output=True, text=True, check=True, cwd=REPO
    ).stdout.rstrip()


def command_line() -> str:
    out = [MADE.format(source="the help of each verb"), "", "# Command line", "", "```", help_of(), "```", ""]
    from bearwitness.cli.main import VERBS

    for verb in VERBS:
        out += [f"## bearwitness {verb}", "", "```", help_of(verb), "```", ""]
    out += [
        "## Exit status",
        "",
        "| status | meaning |",
        "|--:|---|",
        "| 0 | done |",
        "| 1 | what was handed in cannot be used, or an outside tool is missing |",
        "| 2 | the command was typed wrongly |",
        "| 3 | more (or less) was said than is grounded; or done, and a person must look |",
        "| 4 | sealed matter does not verify |",
        "| 5 | going on could expose a person |",
        "| 130 | interrupted |",
        "",
    ]
    return "\n".join(out)


def pages() -> dict[str, str]:
    return {"refusals.md": refusals(), "command-line.md": command_line(), "standards.md": standards.page(MADE),
            "law.md": law_pages.law(MADE), "weapons.md": law_pages.weapons(MADE)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    different = []
    for name, text in pages().items():
        path = REFERENCE / name
        if not path.exists() or path.read_text("utf-8") != text:
            different.append(name)
            if not check:
                path.write_text(text, encoding="utf-8")
                print(f"docs: wrote docs/reference/{name}")
    if check and different:
        print(f"not as the program says: {', '.join(different)}; run make docs")
    return 1 if check and different else 0


if __name__ == "__main__":
    sys.exit(main())
