"""Writes docs/reference/refusals/CODE.md, one page a refusal, from the rules and the proving drafts.

    python tools/refusal_pages.py [--check]      --check: exit 1 where a page differs from what would be written
"""
from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parent.parent
PAGES = REPO / "docs" / "reference" / "refusals"
RULES = "src/bearwitness/rules/refusals.toml"
DRAFTS = REPO / "tests" / "drafts"


def fixtures(folder: str, key: str) -> dict[str, list[str]]:
    """Code -> the drafts of a folder that name it in their front matter under `key`."""
    found: dict[str, list[str]] = {}
    for path in sorted([*(DRAFTS / folder).glob("*.md"), *(DRAFTS / folder).glob("*/draft.md")]):
        front = path.read_text("utf-8").split("---\n")[1].splitlines()
        value = next((line.split(":", 1)[1] for line in front if line.startswith(key + ":")), "")
        for code in value.split(","):
            found.setdefault(code.strip(), []).append(path.relative_to(REPO).as_posix())
    return found


def page(code: str, rule: dict[str, Any], passing: list[str], failing: list[str]) -> str:
    lines = [f"<!-- Made by tools/refusal_pages.py from {RULES}; changes go there. -->", "", f"# {code}", "",
             f"**{rule['title']}**", "", rule["why"], "", "## Example", "", "Refused:", "",
             "```text", rule["example"], "```", "", "## Mend", "", rule["mend"], ""]
    if rule["authority"]:
        lines += ["## Where the rule comes from", "", rule["authority"], ""]
    if rule.get("later"):
        return "\n".join([*lines, "The data that this rule needs cannot be entered yet; it is not tested.", ""])
    lines += ["## Drafts that show it", ""]
    lines += [f"- refused: `{name}`" for name in failing]
    lines += [f"- near to it, and passes: `{name}`" for name in passing]
    if not failing and not passing:
        lines.append("No sentence shows it: it stands where material is taken in.")
    return "\n".join([*lines, ""])


def index(rules: dict[str, Any]) -> str:
    lines = [f"<!-- Made by tools/refusal_pages.py from {RULES}; changes go there. -->", "", "# Refusals, one by one",
             "", "R and D: rules of evidence and of care. G: rules of the marks themselves.", ""]
    lines += [f"- [{code}]({code}.md): {rule['title']}" for code, rule in rules.items()]
    return "\n".join([*lines, ""])


def pages() -> dict[str, str]:
    rules = tomllib.loads((REPO / RULES).read_text("utf-8"))
    passing, failing = fixtures("sound", "covers"), fixtures("unsound", "expect")
    made = {f"{code}.md": page(code, rule, passing.get(code, []), failing.get(code, []))
            for code, rule in rules.items()}
    return {"index.md": index(rules), **made}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    made = pages()
    held = {path.name: path.read_text("utf-8") for path in PAGES.glob("*.md")}
    different = sorted(name for name in made.keys() | held.keys() if made.get(name) != held.get(name))
    if check:
        print(f"not as the rules say: {', '.join(different)}" if different else "the refusal pages are as the rules say")
        return 1 if different else 0
    PAGES.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (PAGES / name).write_text(text, encoding="utf-8")
    for name in held.keys() - made.keys():
        (PAGES / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
