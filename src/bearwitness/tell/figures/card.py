"""The claim card: an official statement, taken apart, each part with its verdict, level and origins."""
from __future__ import annotations

from collections.abc import Sequence

from bearwitness.tell.document import ClaimCard, ClaimPart, Figure, Ground, Table
from bearwitness.tell.figures import svg
from bearwitness.tell.figures.text import wrap

_W, _PAD = 620.0, 18.0
_ROOM = _W - 2 * _PAD


class _Sheet:
    """Text set downwards, line by line; y is the next free line."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.y = _PAD

    def put(self, text: str, *, size: float = 13.5, tone: str = "ink", weight: str = "", indent: float = 0,
            after: float = 0) -> None:
        if not text:
            return
        lines = wrap(text, size * (1.06 if weight else 1.0), _ROOM - indent)
        self.parts += svg.lines(_PAD + indent, self.y + size, lines, size=size, tone=tone, weight=weight)
        self.y += len(lines) * size * 1.35 + after

    def rule(self, tone: str = "faint") -> None:
        self.y += 8
        self.parts.append(svg.stroke([(_PAD, self.y), (_W - _PAD, self.y)], tone=tone))
        self.y += 10


def claim_card(card: ClaimCard) -> Figure:
    """Draws the card; its table twin holds each part with its verdict and records."""
    sheet = _Sheet()
    sheet.put(f"{card.speaker}, {card.date}", size=12.5, tone="soft", after=3)
    sheet.put(card.title, size=17, weight="700", after=4)
    sheet.put(f"“{card.exact_words}”" if card.exact_words else "", indent=12, after=4)
    sheet.put(card.summary, after=2)
    for part in card.parts:
        sheet.rule()
        _part(sheet, part)
    sheet.rule()
    sheet.put(f"Reply: {card.reply}" if card.reply else "", size=12.5, tone="soft")
    sheet.put(f"Stated in: {card.document}" if card.document else "", size=12.5, tone="soft")
    height = sheet.y + _PAD
    frame = svg.box(0.75, 0.75, _W - 1.5, height - 1.5, fill="paper", line="ink", thick=1.5)
    id = f"claim-{card.ref}"
    title = f"Official claim: {card.title}"
    desc = "; ".join(f"{part.text}: {part.verdict}, {part.level_words}" for part in card.parts)
    drawn = svg.drawing(id, title, f"{card.speaker}, {card.date}. {desc}", _W, height, [frame, *sheet.parts])
    refs = {card.ref, *(p.ref for p in card.parts)} | card.depends
    caption = "The verdict of a claim is the set of its parts' verdicts."
    return Figure(id, "claim", title, drawn, _twin(card), caption, frozenset(refs))


def _part(sheet: _Sheet, part: ClaimPart) -> None:
    top = sheet.y
    sheet.put(part.text, weight="600", indent=28, after=3)
    sheet.parts += verdict_mark(part.verdict, _PAD + 10, top + 9)
    level = f", {part.level_words}" if part.level_words else ""
    sheet.put(f"{part.verdict}{level}", size=14, tone="accent", weight="700", indent=28, after=2)
    sheet.put(part.origins_words, size=12.5, tone="soft", indent=28)
    sheet.put(part.reason, size=12.5, indent=28, after=2)
    for name, grounds in (("For", part.supporting), ("Against", part.opposing)):
        sheet.put(f"{name}: {_grounds(grounds)}", size=12.5, indent=28)


def _grounds(grounds: Sequence[Ground]) -> str:
    return "; ".join(f"{g.speaker}: {g.says}" if g.speaker else g.says for g in grounds) or "nothing held"


def verdict_mark(verdict: str, x: float, y: float) -> list[str]:
    """A shape for each verdict, 16 px wide: told apart without colour."""
    n = svg.num
    if verdict == "supported":
        return [svg.ring(x, y, 8, fill="ink")]
    if verdict == "consistent":
        return [svg.ring(x, y, 7.2, line="ink"),
                svg.shape(f"M{n(x)} {n(y - 7.2)} a7.2 7.2 0 0 1 0 14.4 z", fill="ink")]
    if verdict == "contradicted":
        return [svg.stroke([(x - 7, y - 7), (x + 7, y + 7)], width=3),
                svg.stroke([(x - 7, y + 7), (x + 7, y - 7)], width=3)]
    if verdict == "disputed":
        return [svg.shape(f"M{n(x)} {n(y - 8)} l8 8 l-8 8 l-8 -8 z", line="ink"),
                svg.shape(f"M{n(x)} {n(y - 8)} l8 8 l-8 8 z", fill="ink")]
    if verdict == "other object":
        return [svg.box(x - 8, y - 5, 10, 10, line="ink", thick=1.6), svg.box(x, y - 2, 9, 9, fill="ink")]
    return [svg.ring(x, y, 7.2, line="ink", dash="3 2.5")]


def _twin(card: ClaimCard) -> Table:
    rows = tuple((p.text, p.verdict, p.level_words, p.origins_words, _grounds(p.supporting),
                  _grounds(p.opposing), p.reason) for p in card.parts)
    return Table(("Part", "Verdict", "Level", "Origins", "For", "Against", "Reason"), rows)
