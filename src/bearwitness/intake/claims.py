"""claims/*.md: one official statement, its exact words, and its parts under second-level headings."""

from __future__ import annotations

import re

from bearwitness.intake import ids
from bearwitness.intake.desk import Desk
from bearwitness.intake.page import (
    Page,
    front_words,
    keep_unknown,
    key_line,
    only_references,
    own_id,
    read_page,
)
from bearwitness.model.case import Stated
from bearwitness.model.nearest import nearest

FRONT = ("id", "by", "in", "date", "about", "reply", "reason", "title", "note")
REFERENCE_KEYS = ("for", "against", "struck", "shown")
PART_KEYS = ("kind", "test", "claimed", "verdict", "note", *REFERENCE_KEYS)
_HEADING = re.compile(r"(#{1,6})(?:[ \t](.*))?\Z")
# A sentence must not lose its first word: after one space only a letter or a number is an id.
_PART = re.compile(r"([^\W_][\w-]*[.):]?(?=\s\s)|[^\W_][\w-]*[.):]|[a-z]\d?|\d{1,2})\s+(.+)\Z")
_TRANSLATION = re.compile(r"translat(?:ion|ed) by\b", re.IGNORECASE)


def read_claim(file: str, stem: str, text: str, desk: Desk) -> Stated | None:
    """The statement of a claim file; its id is the file's name. Faults go to the desk."""
    page = read_page(file, text, desk)
    if page is None:
        return None
    ref = own_id(page, page.front.get("id", stem), desk)
    if ref != stem:
        desk.refuse(
            page.where(page.at["id"]),
            f"the id {ref!r} is not the file's name {stem!r}",
            "Rename the file, or leave the id out: a claim is called as its file.",
        )
    body = front_words(page, FRONT)
    _reply(body)
    keep_unknown(page, FRONT, body, desk)
    body["id"] = ref
    head, parts = _sections(page, desk)
    _head(head, body)
    body["parts"] = [_part(page, number, heading, lines, desk) for number, heading, lines in parts]
    _twice(page, body["parts"], desk)
    return Stated("claim.stated", ref, body, file, 1)


def heading(line: str) -> tuple[int, str] | None:
    """Level and text of a Markdown heading; the `#` that may close it is not part of the text."""
    found = _HEADING.match(line.rstrip())
    if found is None:
        return None
    text = (found[2] or "").strip()
    opened = text.rstrip("#")
    return len(found[1]), (opened.rstrip() if opened.endswith((" ", "\t")) else text)


def _reply(body: dict[str, object]) -> None:
    """`not asked; reason: reconstruction` is a reply and its reason."""
    reply = str(body.get("reply", ""))
    found = re.search(r";\s*reason\s*:", reply)
    if found and "reason" not in body:
        body["reply"], body["reason"] = reply[: found.start()].strip(), reply[found.end() :].strip()


_Section = tuple[int, str, list[tuple[int, str]]]


def _sections(page: Page, desk: Desk) -> tuple[list[tuple[int, str]], list[_Section]]:
    """The lines before the first part, and each part's line, heading and lines."""
    head: list[tuple[int, str]] = []
    parts: list[_Section] = []
    for number, line in page.lines:
        found = heading(line)
        if found and found[0] == 2:
            parts.append((number, found[1], []))
        elif found and found[0] > 2:
            desk.refuse(page.where(number), "a claim has no third-level headings", "Parts are written as ## a  Text.")
        elif parts:
            parts[-1][2].append((number, line))
        else:
            head.append((number, line))
    return head, parts


def _head(lines: list[tuple[int, str]], body: dict[str, object]) -> None:
    title = ""
    words: list[str] = []
    translation: list[str] = []
    notes: list[str] = []
    for _, line in lines:
        plain = line.strip()
        said = plain.removeprefix(">").strip()
        if (found := heading(line)) and not title:
            title = found[1]
        elif _TRANSLATION.match(said):
            translation.append(said)
        elif plain.startswith(">"):
            (translation if translation else words).append(said)
        elif plain:
            notes.append(plain)
    for name, value in (
        ("title", title),
        ("exact_words", "\n".join(words).strip()),
        ("translation", "\n".join(translation)),
        ("text", "\n".join(notes)),
    ):
        if value:
            body[name] = value


def _part(page: Page, number: int, heading: str, lines: list[tuple[int, str]], desk: Desk) -> dict[str, object]:
    where = page.where(number)
    found = _PART.match(heading)
    if found is None or ids.ID.match(found[1].rstrip(".):")) is None:
        desk.refuse(
            where,
            f"the heading {heading!r} is not a part: a short id, then its text",
            "Write it with two spaces after the id: ## a  The picture was taken on 31 October.",
        )
        return {"id": f"line{number}", "text": heading, "line": str(number)}
    part: dict[str, object] = {"id": found[1].rstrip(".):"), "text": found[2], "line": str(number)}
    at: dict[str, int] = {}
    for line_number, line in lines:
        _part_line(page, line_number, line, part, at, desk)
    if "kind" not in part:
        desk.refuse(where, f"part {found[1]!r} does not say its kind", "Write a line such as `kind: time` under it.")
        part["kind"] = "identity"
    return part


def _part_line(page: Page, number: int, line: str, part: dict[str, object], at: dict[str, int], desk: Desk) -> None:
    where = page.where(number)
    if not line.strip():
        return
    pair = key_line(line)
    if pair is None:
        bullet = key_line(line.lstrip(" -*+"))
        if bullet and bullet[0] in PART_KEYS:
            desk.refuse(where, f"{bullet[0]!r} stands behind a bullet or an indent", "Begin the line with the word.")
        part["words"] = "\n".join(filter(None, (str(part.get("words", "")), line.strip())))
        return
    key, value = pair
    if key in at:
        desk.refuse(where, f"{key!r} stands here twice (first in line {at[key]})", "Join the two lines.")
    at[key] = number
    if key in REFERENCE_KEYS:
        if value:
            part[key] = only_references(value, where, desk)
    elif key in PART_KEYS:
        part[key] = value
    else:
        unknown_key(key, value, PART_KEYS, part, where, desk)


def unknown_key(key: str, value: str, known: tuple[str, ...], body: dict[str, object], where: str, desk: Desk) -> None:
    """A `word:` line no rule knows: refused where it looks like a slip, else kept and asked about.

    A slip is refused because `agianst: [@a2]`, kept as words, would hide what speaks against somebody.
    """
    if guess := nearest(key, known, 0.7):
        desk.refuse(where, f"{key!r} is no word of this file", f"Did you mean {guess!r}?")
    extra = body.setdefault("extra", [])
    if isinstance(extra, list):
        extra.append([key, value])
    desk.ask(
        where,
        f"the line {key + ':'!r} is one that no rule uses. It is kept as written.",
        f"{where.split('/')[0]}:line:{key}",
    )


def _twice(page: Page, parts: object, desk: Desk) -> None:
    seen: dict[str, str] = {}
    for part in parts if isinstance(parts, list) else ():
        if part["id"] in seen:
            desk.refuse(
                page.where(int(part["line"])),
                f"the part {part['id']!r} stands here twice (first in line {seen[part['id']]})",
                "Give it a letter of its own.",
            )
        seen.setdefault(part["id"], part["line"])
