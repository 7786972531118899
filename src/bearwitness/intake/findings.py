"""findings/*.md: what we hold, with grounds for, grounds against, and rivals."""

from __future__ import annotations

import re

from bearwitness.intake.claims import unknown_key
from bearwitness.intake.desk import Desk
from bearwitness.intake.finding_lines import read_dissent, read_fits
from bearwitness.intake.page import (
    Page,
    front_words,
    keep_unknown,
    key_line,
    only_references,
    own_id,
    read_page,
    references,
)
from bearwitness.model.case import Stated

FRONT = ("id", "about", "by", "reviewed", "approved", "hold", "grade", "shows", "title", "note")
KEYS = ("for", "against", "rival", "needs", "fits", "dissent")
REASONED = ("hold", "grade")
_REASONED = re.compile(r"(\S+?)[,;]?\s+because\b\s*:?\s*(.*)\Z", re.DOTALL)
_NESTED_BECAUSE = re.compile(r"\s*because\s*:?\s*(.*)\Z")
_NONE = re.compile(r"none(?: found)?\b[.,;]?\s*", re.IGNORECASE)
_LOOKED = re.compile(r"looked in\s*:(.*)\Z", re.IGNORECASE | re.DOTALL)


def read_finding(file: str, stem: str, text: str, desk: Desk) -> Stated | None:
    """The statement of a finding file; its id is the file's name. Faults go to the desk."""
    page = read_page(file, text, desk)
    if page is None:
        return None
    ref = own_id(page, page.front.get("id", stem), desk)
    if ref != stem:
        desk.refuse(
            page.where(page.at["id"]),
            f"the id {ref!r} is not the file's name {stem!r}",
            "Rename the file, or leave the id out: a finding is called as its file.",
        )
    body = front_words(page, tuple(name for name in FRONT if name not in REASONED))
    for name in REASONED:
        _reasoned(page, name, body)
    keep_unknown(page, FRONT, body, desk)
    body["id"] = ref
    _text(page, body, desk)
    return Stated("finding.proposed", ref, body, file, 1)


def _reasoned(page: Page, name: str, body: dict[str, object]) -> None:
    """`hold: 1 because ...` or `grade: Fair because ...`, on one line or with `because` indented under it."""
    value = page.front.get(name, "")
    because = [
        found[1] if (found := _NESTED_BECAUSE.match(line)) else line.strip() for _, line in page.nested.get(name, ())
    ]
    if found := _REASONED.match(value):
        value, because = found[1], [found[2], *because]
    if value:
        body[name] = value
    if reason := " ".join(filter(None, because)).strip():
        body[f"{name}_because"] = reason


def _text(page: Page, body: dict[str, object], desk: Desk) -> None:
    """The statement is what stands before the first `for:`, `against:` or `rival:` line."""
    statement: list[str] = []
    keyed: list[tuple[int, str, str]] = []
    after: list[str] = []
    open_key = False
    for number, line in page.lines:
        pair = _keyed(page, number, line, desk)
        if pair is not None:
            keyed.append((number, *pair))
            open_key = True
        elif not line.strip():
            open_key = False
            (after if keyed else statement).append("")
        elif open_key:
            at, key, value = keyed[-1]
            keyed[-1] = (at, key, f"{value} {line.strip()}")
        else:
            (after if keyed else statement).append(_plain(line))
    body["text"] = "\n".join(statement).strip()
    if rest := "\n".join(after).strip():
        body["words"] = rest
    if not body["text"]:
        desk.refuse(
            page.where(page.lines[0][0] if page.lines else 1),
            "this finding states nothing",
            "Write the statement in a paragraph before the lines for:, against: and rival:.",
        )
    _grounds(page, keyed, body, desk)


def _plain(line: str) -> str:
    """A heading in a finding is part of its statement."""
    return re.sub(r"\A#{1,6}\s+", "", line).rstrip()


def _keyed(page: Page, number: int, line: str, desk: Desk) -> tuple[str, str] | None:
    pair = key_line(line)
    if pair is None:
        bullet = key_line(line.lstrip(" -*+"))
        if bullet and bullet[0] in KEYS:
            desk.refuse(
                page.where(number),
                f"{bullet[0]!r} stands behind a bullet or an indent",
                "Begin the line with the word.",
            )
        return None
    return pair


def _grounds(page: Page, keyed: list[tuple[int, str, str]], body: dict[str, object], desk: Desk) -> None:
    grounds: dict[str, list[str]] = {"for": [], "against": [], "looked_in": [], "needs": []}
    lists: dict[str, list[object]] = {"rivals": [], "fits": [], "dissent": []}
    for number, key, value in keyed:
        where = page.where(number)
        if key in ("for", "needs"):
            grounds[key] += only_references(value, where, desk)
        elif key == "against":
            _against(value, where, grounds, desk)
        elif key == "rival":
            lists["rivals"].append(_rival(value, where, desk))
        elif key == "fits":
            lists["fits"] += read_fits(value, where, desk)
        elif key == "dissent":
            lists["dissent"] += read_dissent(value, where, desk)
        else:
            unknown_key(key, value, KEYS, body, where, desk)
    for name, refs in grounds.items():
        if refs:
            body[name] = list(dict.fromkeys(refs))
    body.update({name: found for name, found in lists.items() if found})


def _against(value: str, where: str, grounds: dict[str, list[str]], desk: Desk) -> None:
    """References, or `none found; looked in: a, b`: a negative says where was looked (D12)."""
    refs, rest = references(value, where, desk)
    looked = _LOOKED.search(rest)
    places = re.split(r"[,;]\s*", looked[1].rstrip(".")) if looked else []
    before = rest[: looked.start()].strip(" ,;.") if looked else rest.strip(" ,;.")
    said_none = _NONE.fullmatch(before) is not None
    if before and not said_none:
        desk.refuse(
            where,
            f'against says {before!r}, which is neither a reference nor "none found"',
            "Write against: [@a2], or against: none found; looked in: ids.",
        )
    elif said_none and not any(places):
        desk.refuse(
            where,
            "against says none found, but not where was looked (D12)",
            "Write against: none found; looked in: and the ids of documents, sources or searches.",
        )
    elif not refs and not said_none:
        desk.refuse(where, "against is empty", "Write against: [@a2], or against: none found; looked in: ids.")
    grounds["against"] += refs
    grounds["looked_in"] += [place.strip().removeprefix("@") for place in places if place.strip()]


def _rival(value: str, where: str, desk: Desk) -> dict[str, object]:
    plain = value.rstrip(" .")
    at = plain.lower().rfind("excluded by")
    if at < 0 and plain.lower().endswith("open"):
        at = len(plain) - len("open")
    text = plain[: max(at, 0)].rstrip()
    if not text.endswith(";") or not text.strip(" ;"):
        desk.refuse(
            where,
            "this rival does not say whether it is open",
            "End it with `; open`, or with `; excluded by [@a5; @a7]`.",
        )
        return {"text": value, "excluded_by": []}
    by = plain[at:].lower() != "open"
    refs = only_references(plain[at + len("excluded by") :].lstrip(" :"), where, desk) if by else []
    return {"text": text[:-1].rstrip(), "excluded_by": refs}
