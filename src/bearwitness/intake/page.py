"""A Markdown file of the case: front matter of `key: value` lines, then the text.

The front matter is not YAML: a value is the rest of its line, as written. Lines that are indented or
start with `|` belong to the key above them. A comment is a `#` between two spaces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bearwitness.intake import ids
from bearwitness.intake.desk import Desk
from bearwitness.model.nearest import nearest

Line = tuple[int, str]
_KEY = re.compile(r"([^\W\d_][\w -]{0,40}?)[ \t]*:(?:[ \t]+(.*)|)\Z")
_COMMENT = re.compile(r"(?:\A|\s)#\s.*\Z")
_REFS = re.compile(r"\[@([^\[\]]*)\]")
_PLACE = re.compile(r"[^\W_][\w.:-]*(?: [\w.:,/§-]+){0,4}\Z")


@dataclass(slots=True)
class Page:
    """front: value and line by key. nested: the lines under a key. lines: the text after the front matter."""

    file: str
    front: dict[str, str] = field(default_factory=dict)
    at: dict[str, int] = field(default_factory=dict)
    nested: dict[str, list[Line]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    def where(self, line: int) -> str:
        return f"{self.file}:{line}"

    def take(self, name: str) -> str:
        """A value with the lines under it joined on."""
        return " ".join([self.front.get(name, ""), *(text.strip() for _, text in self.nested.get(name, ()))]).strip()


def read_page(file: str, text: str, desk: Desk) -> Page | None:
    """The page; None where it has no front matter, with the reason on the desk."""
    page = Page(file)
    lines = text.split("\n")
    if lines[0].strip() != "---":
        desk.refuse(
            page.where(1),
            "this file does not begin with front matter",
            "Begin with a line ---, then lines such as `by: mod`, then a line ---.",
        )
        return None
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if end is None:
        desk.refuse(page.where(1), "the front matter is never closed", "Write a line --- after its last key.")
        return None
    _front(page, list(enumerate(lines[1:end], 2)), desk)
    page.lines = [(n + 1, line) for n, line in enumerate(lines) if n > end]
    return page


def _front(page: Page, lines: list[Line], desk: Desk) -> None:
    last = ""
    for number, line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        if line[0] in " \t|":
            if last:
                page.nested.setdefault(last, []).append((number, line))
            else:
                desk.refuse(page.where(number), "an indented line stands before any key", "Remove the indent.")
            continue
        found = _KEY.match(line.rstrip())
        if found is None:
            desk.refuse(
                page.where(number),
                "this line of the front matter is not `key: value`",
                "Write it as `key: value`, or indent it under the key it belongs to.",
            )
            continue
        last = key_of(found[1])
        if last in page.at:
            desk.refuse(
                page.where(number),
                f"{last!r} stands here twice (first in line {page.at[last]})",
                "Keep one of the two.",
            )
        page.at[last], page.front[last] = number, _COMMENT.sub("", found[2] or "").strip()


def key_of(word: str) -> str:
    return word.strip().casefold().replace(" ", "_")


def key_line(line: str) -> tuple[str, str] | None:
    """The key and the value of a `word: rest` line in a text; None where it is none.

    At most three plain words before the colon, so that a sentence with a colon stays a sentence.
    """
    found = re.match(r"([A-Za-z][a-z]*(?:[ -][a-z]+){0,2})[ \t]*:(?:[ \t]+(.*))?\Z", line.rstrip())
    return (found[1].lower(), (found[2] or "").strip()) if found else None


def references(value: str, where: str, desk: Desk) -> tuple[list[str], str]:
    """The references of `[@a3; @t2] [@INT-001 p2]`, in order, and the words left beside them."""
    refs = []
    for inner in _REFS.findall(value):
        for ref in inner.split(";"):
            ref = " ".join(ref.strip().removeprefix("@").split())
            if _PLACE.match(ref) is None:
                desk.refuse(where, f"{ref!r} is not a reference", "Write [@a3], [@a3; @t2] or [@INT-001 p2].")
            elif ref not in refs:
                refs.append(ref)
    return refs, _REFS.sub("", value).strip(" ,;")


def only_references(value: str, where: str, desk: Desk) -> list[str]:
    refs, rest = references(value, where, desk)
    if rest or not refs:
        desk.refuse(
            where,
            f"only references can stand here, not {rest!r}" if rest else "no reference stands here",
            "Write ids in brackets: [@a3] or [@a3; @t2].",
        )
    return refs


def keep_unknown(page: Page, known: tuple[str, ...], body: dict[str, object], desk: Desk) -> None:
    """Front matter keys no rule knows: kept under `extra`, asked about once."""
    extra = [[key, page.take(key)] for key in page.front if key not in known]
    for key, _ in extra:
        guess = nearest(key, known, 0.7)
        hint = f" Did you mean {guess!r}?" if guess else ""
        desk.ask(
            page.where(page.at[key]),
            f"the front matter has {key!r}, which no rule uses. It is kept as written.{hint}",
            f"{page.file.split('/')[0]}:key:{key}",
        )
    if extra:
        body["extra"] = extra


def own_id(page: Page, ref: str, desk: Desk) -> str:
    problem, fix = ids.fault(ref)
    if problem:
        desk.refuse(page.where(page.at.get("id", 1)), problem, fix)
    return ref


def front_words(page: Page, names: tuple[str, ...]) -> dict[str, object]:
    values: Mapping[str, str] = {name: page.take(name) for name in names}
    return {name: value for name, value in values.items() if value}
