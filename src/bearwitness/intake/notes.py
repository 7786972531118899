"""notes/*.md: an interview in numbered paragraphs, with what the person who spoke allowed."""

from __future__ import annotations

import re

from bearwitness.intake.desk import Desk
from bearwitness.intake.page import Page, front_words, keep_unknown, own_id, read_page
from bearwitness.model.case import Stated
from bearwitness.model.nearest import nearest
from bearwitness.model.vocabulary import NOTE_HOWS, USES

FRONT = ("id", "by", "date", "place", "language", "interpreter", "how", "consent", "held", "title", "note")
_NUMBERED = re.compile(r"\s{0,3}p?(\d{1,4})[.)]\s+(.*)\Z")
_CONSENT = re.compile(r"([a-z-]+)\s*:\s*(\w+)\s*(?:,\s*(.*))?\Z")


def read_note(file: str, stem: str, text: str, desk: Desk) -> Stated | None:
    """The statement of a note; its id stands in its front matter. Faults go to the desk."""
    page = read_page(file, text, desk)
    if page is None:
        return None
    ref = page.front.get("id", "")
    if not ref:
        desk.refuse(page.where(1), "this note has no id", f"Add a line such as `id: {stem}` to its front matter.")
        return None
    body = front_words(page, tuple(name for name in FRONT if name != "consent"))
    keep_unknown(page, FRONT, body, desk)
    body["id"] = own_id(page, ref, desk)
    how = str(body.get("how", ""))
    if how and how not in NOTE_HOWS:
        desk.ask(
            page.where(page.at["how"]),
            f"how says {how!r}, which no rule uses. It is kept as written. Known: {', '.join(NOTE_HOWS)}.",
            f"notes:how:{how}",
        )
    body["consent"] = _consent(page, desk)
    body["paragraphs"] = _paragraphs(page, body, desk)
    return Stated("document.stated", ref, body, file, 1)


def _consent(page: Page, desk: Desk) -> dict[str, list[str]]:
    """use -> [yes or no, date]; from a small table, indented lines, or one line parted by `;`."""
    lines = [(page.at["consent"], part) for part in page.front.get("consent", "").split(";") if part.strip()]
    table: dict[str, list[str]] = {}
    for number, line in [*lines, *page.nested.get("consent", ())]:
        row = _consent_row(line)
        if row is None:
            continue
        use, answer, date = row
        problem, fix = _consent_fault(use, answer, date)
        if use in table:
            problem, fix = f"consent for {use!r} is given twice", "Keep the line that holds."
        if problem:
            desk.refuse(page.where(number), problem, fix)
        else:
            table[use] = [answer, date]
    return table


def _consent_row(line: str) -> tuple[str, str, str] | None:
    plain = line.strip()
    if plain.startswith("|"):
        cells = [cell.strip() for cell in plain.strip("|").split("|")] + ["", ""]
        if set("".join(cells)) <= set("-: ") or cells[0].lower() == "use":
            return None
        return cells[0].lower(), cells[1].lower(), cells[2]
    if not plain or plain.startswith("#"):
        return None
    found = _CONSENT.match(plain.lower().removeprefix("- "))
    return (found[1], found[2], (found[3] or "").strip()) if found else (plain, "", "")


def _consent_fault(use: str, answer: str, date: str) -> tuple[str, str]:
    if use not in USES:
        guess = nearest(use, USES, 0.7)
        return (
            f"consent names the use {use!r}, which is none of the list",
            (f"Did you mean {guess!r}? " if guess else "") + f"Uses: {', '.join(USES)}.",
        )
    if answer not in ("yes", "no"):
        return f"consent for {use!r} is neither yes nor no", f"Write `{use}: yes, 2015-12-01` or `{use}: no`."
    if answer == "yes" and not date:
        return f"consent for {use!r} has no date", f"Write the day it was given: `{use}: yes, 2015-12-01`."
    return "", ""


def _paragraphs(page: Page, body: dict[str, object], desk: Desk) -> list[str]:
    """The numbered paragraphs, 1, 2, 3 ...; what stands before the first one is kept as `words`."""
    paragraphs: list[list[str]] = []
    before: list[str] = []
    blank = True
    for number, line in page.lines:
        found = _NUMBERED.match(line)
        if found and (int(found[1]) == len(paragraphs) + 1 or blank):
            _check_number(page, number, int(found[1]), len(paragraphs) + 1, desk)
            paragraphs.append([found[2].strip()])
        else:
            (paragraphs[-1] if paragraphs else before).append(line.strip())
        blank = not line.strip()
    if words := "\n".join(before).strip():
        body["words"] = words
    if not paragraphs:
        desk.refuse(
            page.where(page.lines[0][0] if page.lines else 1),
            "this note has no numbered paragraphs",
            "Number them, as in `1. I was in the market.`, so that each can be cited.",
        )
    return ["\n".join(lines).strip() for lines in paragraphs]


def _check_number(page: Page, number: int, found: int, due: int, desk: Desk) -> None:
    if found != due:
        desk.refuse(
            page.where(number),
            f"paragraph {found} stands where paragraph {due} is due",
            "Number the paragraphs 1, 2, 3 ... without a gap; citations rest on the numbers.",
        )
