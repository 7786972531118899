"""A report as the plain values that the PDF's template reads: drawable text, notes in their place, figures in order.

Nothing here knows how a page looks, and nothing here becomes markup: the template gets data and sets it as text.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bearwitness.tell.data import plain
from bearwitness.tell.document import Block, ClaimCard, ClaimPart, Fact, Fault, Figure, Ground, Note, Report, Section, Span
from bearwitness.tell.glyphs import breakable, drawable

Values = dict[str, Any]

_FIRST = {"finding": "finding", "what could not be established": "open", "what-could-not-be-established": "open"}
_SIDES = ("for", "against", "counted", "set aside", "says")
_KINDS = {"cite": "What others say", "ours": "What this report holds", "count": "A number computed from the records",
          "quote": "Exact words", "plain": "Said openly, without a record behind it"}
_SIDE_WORDS = {"for": "For", "against": "Against", "counted": "Counted", "set aside": "Set aside", "says": "Says"}
_OPENERS = tuple(".,;:!?)»”’،؛؟")
_PX = 0.66             # printed points for one pixel of a drawing
_SHORT = 1600          # a note whose grounds take fewer characters than this is kept on one page
_MANY = 10            # above this, a ground that an earlier note has told is only named
_LINE, _LETTER, _INSET = 430.0, 4.1, 9.0    # [pt] the line, a wide letter of a table, the space around a cell
_TALLEST = 590.0       # [pt] what fits on a page with its caption


class Printer:
    """The running state of one pass over a report: which notes, records and figures have had their place."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.told: dict[str, int] = {}
        self.placed: set[int] = set()
        self.marked: set[int] = set()
        self.figures: dict[str, Values] = {}
        self.cards: set[str] = set()
        self.by_ref = {f"claim-{card.ref}": card for section in report.sections for card in section.claims}

    def values(self) -> Values:
        """Everything the template reads, in the order it is printed."""
        report = self.report
        overview = self.figure(report.map) if report.map else None
        first = {place: section for section in report.sections if (place := first_page(section))}
        front = {place: self.section(section) for place, section in first.items()}
        chapters = [self.section(section) for section in report.sections if section not in first.values()]
        front_notes = self.notes(block for section in first.values() for block in section.blocks)
        rest = [note for note in report.notes if note.number not in self.placed]
        return {
            "lang": report.lang, "rtl": report.direction == "rtl", "draft": report.state != "release",
            "title": drawable(report.title) or "Untitled", "subtitle": drawable(report.subtitle),
            "notice": drawable(report.notice), "release": str(report.release), "date": drawable(report.date),
            "file": drawable(report.file), "standard": drawable(report.standard),
            "standard_words": [[drawable(word), drawable(meaning)] for word, meaning in report.standard_words],
            "finding": front.get("finding"), "open": front.get("open"), "front_notes": front_notes,
            "map": overview, "headlines": [texts(plain(one)) for one in report.headlines], "sections": chapters,
            "other_notes": self.note_list(rest), "figures": list(self.figures.values()),
            "faults": [fault(one) for one in report.faults], "discrepancies": list(map(fact, report.discrepancies)),
            "unused": by_reason(report.unused), "unused_total": len(report.unused),
            "exhibits": [exhibit(plain(one)) for one in report.exhibits],
            "seal": texts(plain(report.seal)), "plain_spans": report.plain_spans, "notes_total": len(report.notes),
        }

    def section(self, section: Section) -> Values:
        depth = [1]
        runs: list[Values] = []
        for block in section.blocks:
            made = self.block(block, depth)
            if runs and made["kind"] in ("item", "numbered") and runs[-1]["kind"] == made["kind"]:
                runs[-1]["items"].append(made["spans"])
            elif made["kind"] in ("item", "numbered"):
                runs.append({"kind": made["kind"], "items": [made["spans"]]})
            else:
                runs.append(made)
        claims = [self.card(card) for card in section.claims if card.ref not in self.cards]
        notes = [] if first_page(section) else self.notes(section.blocks)
        return {"title": drawable(section.title), "runs": runs, "facts": list(map(fact, section.facts)),
                "claims": claims, "notes": notes}

    def block(self, block: Block, depth: list[int]) -> Values:
        """One block. depth: the level of the last heading; a heading goes at most one deeper."""
        if block.kind == "figure" and block.figure is not None:
            return self.drawing(block.figure)
        made: Values = {"kind": block.kind, "spans": self.spans(block.spans)}
        if block.kind == "heading":
            depth[0] = max(2, min(block.level - 1, depth[0] + 1, 5))
            made["level"] = depth[0]
        return made

    def drawing(self, figure: Figure) -> Values:
        card = self.by_ref.get(figure.id)
        if card is not None and card.ref not in self.cards:
            return {"kind": "claim", "card": self.card(card)}
        if card is not None:
            return {"kind": "again", "text": f"The claim “{drawable(card.title)}” is tested above."}
        if figure.id in self.figures:
            return {"kind": "again", "text": f"See figure {self.figures[figure.id]['number']}: {drawable(figure.title)}."}
        return {"kind": "figure", "figure": self.figure(figure)}

    def figure(self, figure: Figure) -> Values:
        wide, high = size_of(figure.svg)
        made: Values = {
            "number": len(self.figures) + 1, "title": drawable(figure.title), "caption": drawable(figure.caption),
            "svg": drawable(figure.svg), "ratio": high / wide, "width": min(wide * _PX, _TALLEST * wide / high),
            "header": [breakable(cell) for cell in figure.table.header],
            "rows": [[breakable(cell) for cell in row] for row in figure.table.rows],
            "columns": columns([figure.table.header, *figure.table.rows])}
        self.figures[figure.id] = made
        return made

    def spans(self, spans: Iterable[Span]) -> list[Values]:
        made: list[Values] = []
        for span in spans:
            pieces = [[breakable(piece.text), piece.look] for piece in span.pieces if piece.text]
            if pieces:
                pieces[-1][0] = pieces[-1][0].rstrip()
                pieces[0][0] = pieces[0][0].lstrip()
            number = span.note.number if span.note else None
            made.append({"pieces": pieces, "note": number, "mark": number is not None and number not in self.marked,
                         "faults": [drawable(one.code) for one in span.faults],
                         "joined": span.text.lstrip().startswith(_OPENERS)})
            if number is not None:
                self.marked.add(number)
        return made

    def notes(self, blocks: Iterable[Block]) -> list[Values]:
        """The notes of these blocks that have no place yet, in the order of the text."""
        found = [span.note for block in blocks for span in block.spans if span.note is not None]
        return self.note_list(note for note in found if note.number not in self.placed)

    def note_list(self, notes: Iterable[Note]) -> list[Values]:
        made = []
        for note in notes:
            if note.number not in self.placed:
                self.placed.add(note.number)
                made.append(self.note(note))
        return made

    def note(self, note: Note) -> Values:
        words = (note.verdict, opening(note.level_words), opening(note.origins_words))
        more = (("How the number is made", note.arithmetic), ("What was searched", note.searched),
                ("Other explanations", note.rivals), ("What limits it", note.caps))
        sides = [{"side": _SIDE_WORDS.get(side, drawable(side)), "grounds": [self.ground(one, note.number) for one in found]}
                 for side, found in by_side(note.grounds)]
        return {"number": note.number, "kind": _KINDS.get(note.kind, drawable(note.kind)),
                "strength": [breakable(one) for one in words if one], "sides": sides,
                "short": len(str(note.grounds)) < _SHORT, "many": len(note.grounds) > _MANY,
                "marked": note.number in self.marked,
                "more": [[label, [breakable(line) for line in lines]] for label, lines in more if lines]}

    def ground(self, one: Ground, number: int) -> Values:
        """A ground in full where its record is met first, afterwards with the note that has told it."""
        first = self.told.setdefault(one.ref, number)
        return {"speaker": breakable(one.speaker), "how": drawable(one.how), "says": breakable(one.says),
                "note": opening(breakable(one.note)), "ref": breakable(one.ref), "seen": first if first != number else None,
                "source": [] if first != number else sources(one),
                "entry": f"entry {one.seq}, {one.leaf[:12]}" if one.leaf else "not sealed yet"}

    def card(self, card: ClaimCard) -> Values:
        self.cards.add(card.ref)
        made: Values = texts({name: getattr(card, name) for name in
                              ("speaker", "date", "title", "exact_words", "summary", "reply", "document")})
        return made | {"summary": opening(made["summary"]), "parts": list(map(part, card.parts))}


def first_page(section: Section) -> str:
    """finding, open, or "" for a section that does not stand on the first page."""
    return _FIRST.get(section.title.strip().casefold(), "") or _FIRST.get(section.anchor, "")


def by_side(grounds: Iterable[Ground]) -> Iterator[tuple[str, list[Ground]]]:
    """Grounds by side in the order a reader weighs them; a side of another name keeps its name."""
    held: dict[str, list[Ground]] = {side: [] for side in _SIDES}
    for one in grounds:
        held.setdefault(one.side, []).append(one)
    return ((side, found) for side, found in held.items() if found)


def sources(one: Ground) -> list[str]:
    """Where a ground was read, whether it is held, and who entered it, as short sentences."""
    parts = []
    if one.document:
        parts.append(", ".join(part for part in (one.document, one.document_date, one.where) if part))
    if one.partly_read:
        parts.append(f"Read only in part: {one.partly_read}")
    parts.append(f"Held as exhibit {one.held}" if one.held else "Document not held")
    if one.entered_by:
        parts.append(f"Entered by {one.entered_by}" + (f", {minute(one.entered_at)}" if one.entered_at else ""))
    return [breakable(part) for part in parts]


def minute(stamp: str) -> str:
    """`2031-05-02 09:14 UTC` for a time stamp of the log; any other text as it is."""
    return re.sub(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?Z$", r"\1 \2 UTC", stamp)


def part(one: ClaimPart) -> Values:
    made: Values = texts({name: getattr(one, name) for name in ("ref", "text", "level_words", "origins_words", "reason")})
    sides = (("For", one.supporting), ("Against", one.opposing))
    return made | {"verdict": opening(drawable(one.verdict)), "reason": opening(made["reason"]), "sides": [
        {"side": side, "grounds": [{"speaker": breakable(g.speaker), "says": breakable(g.says), "ref": breakable(g.ref)}
                                   for g in found]} for side, found in sides]}


def fact(one: Fact) -> list[str]:
    return [breakable(one.label), breakable(one.value), breakable(one.note)]


def fault(one: Fault) -> Values:
    return {name: breakable(str(getattr(one, name))) for name in
            ("code", "file", "line", "reason", "mend", "can_say", "words", "weight")}


def exhibit(one: Values) -> Values:
    known = ("id", "what", "sha256")
    more = [f"{opening(key.replace('_', ' '))}: {value}" + (" bytes" if key == "size" else "")
            for key, value in one.items() if value and key not in known]
    return {"id": breakable(str(one.get("id", ""))), "what": breakable(str(one.get("what", ""))),
            "sha256": drawable(str(one.get("sha256", ""))), "more": list(map(breakable, more))}


def by_reason(unused: Iterable[tuple[str, str]]) -> list[list[str]]:
    """[reason, how many records, their ids] in the order in which the reasons first come."""
    held: dict[str, list[str]] = {}
    for ref, why in unused:
        held.setdefault(why, []).append(ref)
    return [[breakable(why), str(len(refs)), breakable(", ".join(refs))] for why, refs in held.items()]


def columns(rows: Sequence[Sequence[str]]) -> list[float]:
    """Widths of a table's columns [share of the line], so that no word leaves its column and long cells get room."""
    count = len(rows[0])
    cells = [[row[i] for row in rows if i < len(row)] for i in range(count)]
    least = [min(longest_word(column), 22) * _LETTER + _INSET for column in cells]
    wish = [max(max(len(cell) for cell in column), 4) ** 0.8 for column in cells]
    spare = max(0.0, _LINE - sum(least))
    wide = [low + spare * part / sum(wish) for low, part in zip(least, wish, strict=True)]
    return [round(one / sum(wide), 4) for one in wide]


def longest_word(cells: Iterable[str]) -> int:
    """Letters of the longest stretch that cannot break at the end of a line."""
    return max((len(word) for cell in cells for word in breakable(cell).replace("\u200b", " ").split()), default=1)


def texts(values: Values) -> Values:
    """The same values with every text made drawable."""
    return {key: breakable(value) if isinstance(value, str) else value for key, value in values.items()}


def opening(text: str) -> str:
    return text[:1].upper() + text[1:]


def size_of(svg: str) -> tuple[float, float]:
    """Width and height of a drawing [px], from its viewBox."""
    found = re.search(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', svg[:2000])
    if found is None:
        raise ValueError("a drawing without a viewBox cannot be placed on a page")
    wide, high = float(found[1]), float(found[2])
    if wide <= 0 or high <= 0:
        raise ValueError("a drawing needs a width and a height above zero")
    return wide, high
