"""The report as one HTML file, and the local preview of a draft beside its compiled text.

One file that asks for nothing: style and drawings inside, no script, no outside address followed. Whatever
came from a record is escaped, keeps its own direction, and shows its invisible characters. The same report
gives the same bytes.
"""
from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bearwitness.tell.document import (
    Block,
    ClaimCard,
    Fault,
    Figure,
    Note,
    Report,
    Section,
)
from bearwitness.tell.figures.svg import name
from bearwitness.tell.figures.text import visible
from bearwitness.tell.shown import brief, css_string, isolated, joint, moment, opening, shown, sides, told

CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
VERDICT_MARKS = {"supported": "●", "consistent": "◐", "contradicted": "✕", "disputed": "◆", "untested": "○",
                 "other object": "◇"}


@dataclass(frozen=True, slots=True)
class Run:
    """Blocks that stand together: one block, or the items of one list. kind: that of its blocks."""

    kind: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section ready to print: its runs, its notes, the claim cards no figure line has placed."""

    section: Section
    id: str
    runs: tuple[Run, ...]
    notes: tuple[Note, ...]
    loose_claims: tuple[ClaimCard, ...]


def render(report: Report) -> str:
    """The whole report as one HTML file."""
    return _page("report.html", report)


def render_preview(report: Report, draft_text: str) -> str:
    """The draft's lines beside what they become, with each refusal in the margin. Marked as a draft."""
    return _page("preview.html", report, rows=tuple(_rows(report, draft_text)), lines=draft_text.splitlines())


def _page(template: str, report: Report, **more: object) -> str:
    chapters = _chapters(report)
    first = [c for c in chapters if c.id in ("finding", "what-could-not-be-established")]
    context = {
        "report": report, "csp": CSP, "style": Markup(_style() + _foot(report)),
        "first": {c.id: c for c in first},
        "chapters": [c for c in chapters if c not in first], "loose_faults": _loose_faults(report),
        "edition": edition(report), "draft": report.state != "release", "preview": template == "preview.html",
        "cards": {f"claim-{card.ref}": card for section in report.sections for card in section.claims}, **more,
    }
    page = _environment(report.lang).get_template(template).render(context)
    return re.sub(r"\n[ \t]*(?=\n)", "", page)


@cache
def _style() -> str:
    """The style sheet, without its comments and indents."""
    text = files("bearwitness.tell").joinpath("style.css").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _foot(report: Report) -> str:
    """The seal words at the foot of each printed page."""
    seal = report.seal
    sealed = "Nothing sealed yet"
    if seal.size:
        sealed = f"Sealed log of {seal.size} entries, root {_short(seal.root)}"
    words = css_string(f"{', '.join(filter(None, (edition(report), report.date)))}. {sealed}")
    return f"\n@page {{ @bottom-left {{ content: {words}; font: 8pt sans-serif; color: #444; }} }}"


def edition(report: Report) -> str:
    """`Release 1`, `Draft of release 1`, or `Draft` where no release is near."""
    if report.state == "release":
        return f"Release {report.release}"
    return f"Draft of release {report.release}" if report.release else "Draft"


@cache
def _environment(lang: str) -> Environment:
    env = Environment(loader=PackageLoader("bearwitness.tell", "templates"), autoescape=True,
                      undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
                      extensions=["jinja2.ext.do"])
    words = _words(lang)
    env.filters.update(t=shown, b=isolated, plain=visible, sides=sides, brief=brief, drawn=_drawn, short=_short,
                       told=told, joint=joint, opening=opening, moment=moment)
    env.globals.update(_=lambda text: words.get(text, text), marks=VERDICT_MARKS, name=name, Seen=Seen,
                       count=lambda many, one, more: f"{many} {one if many == 1 else more}")
    return env


def _words(lang: str) -> Mapping[str, str]:
    """Interface words of a language; the English of the templates stands where there is none."""
    text = files("bearwitness.tell").joinpath("templates", "words.toml").read_text(encoding="utf-8")
    found: dict[str, str] = tomllib.loads(text).get(lang.split("-")[0], {})
    return found


class Seen:
    """Which ids a page has printed already: a figure or a note reference is named once."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._notes: dict[str, int] = {}

    def again(self, id: object) -> bool:
        """True from the second asking on."""
        known = str(id) in self._ids
        self._ids.add(str(id))
        return known

    def told_in(self, ref: str, note: int) -> int:
        """The note that has told the record's particulars: this one, or an earlier."""
        return self._notes.setdefault(ref, note)


def _drawn(figure: Figure) -> Markup:
    """The drawing as it is: made by this program from escaped text, never taken from a record."""
    return Markup(figure.svg)


def _short(leaf: str) -> str:
    """The first twelve digits of a digest: enough to find the entry, short enough to say."""
    return leaf[:12]


def _chapters(report: Report) -> list[Chapter]:
    chapters = []
    used: set[str] = set()
    placed = {block.figure.id for section in report.sections for block in section.blocks if block.figure}
    for section in report.sections:
        id = _anchor(section, used)
        loose = tuple(card for card in section.claims if f"claim-{card.ref}" not in placed)
        chapters.append(Chapter(section, id, tuple(_runs(section.blocks)), _notes(section.blocks), loose))
    return chapters


def _anchor(section: Section, used: set[str]) -> str:
    """An id for the section: the two of the first screen keep theirs, no two are equal."""
    for known in ("Finding", "What could not be established"):
        slug = name(known.lower())
        named = section.title.strip().casefold() == known.casefold() or section.anchor == slug
        if named and slug not in used:
            used.add(slug)
            return slug
    base = id = "s-" + name(section.anchor or section.title)
    number = 2
    while id in used:
        id = f"{base}-{number}"
        number += 1
    used.add(id)
    return id


def _runs(blocks: Iterable[Block]) -> Iterator[Run]:
    """List items that follow each other form one list; everything else stands alone."""
    held: list[Block] = []
    for block in blocks:
        if held and block.kind != held[0].kind:
            yield Run(held[0].kind, tuple(held))
            held = []
        if block.kind in ("item", "numbered"):
            held.append(block)
        else:
            yield Run(block.kind, (block,))
    if held:
        yield Run(held[0].kind, tuple(held))


def _notes(blocks: Iterable[Block]) -> tuple[Note, ...]:
    """Every note of these blocks once, in the order of the text."""
    found: dict[int, Note] = {}
    for block in blocks:
        for span in block.spans:
            if span.note is not None:
                found.setdefault(span.note.number, span.note)
    return tuple(found.values())


def _loose_faults(report: Report) -> list[Fault]:
    """Refusals that no printed span carries: about a file, a whole section, a missing first screen."""
    placed = {fault for section in report.sections for block in section.blocks
              for span in block.spans for fault in span.faults}
    return [fault for fault in report.faults if fault not in placed]


def _rows(report: Report, draft_text: str) -> Iterator[Mapping[str, Any]]:
    """The draft in strips: its lines from one compiled block to the next, and what they became."""
    lines = draft_text.splitlines()
    starts: list[tuple[int, Section | Block | None]] = [(1, None)]
    for section in report.sections:
        starts.append((section.line, section))
        starts += [(block.line, block) for block in section.blocks]
    reached = 1
    for at, (line, made) in enumerate(starts):       # what has no line of its own stands with the one before
        reached = max(reached, line)
        starts[at] = (reached, made)
    for at, (line, made) in enumerate(starts):
        end = starts[at + 1][0] if at + 1 < len(starts) else len(lines) + 1
        first = max(line, 1)
        strip = [(number, lines[number - 1]) for number in range(first, min(end, len(lines) + 1))]
        faults = [f for f in report.faults if strip and first <= f.line < end and _same_file(f, report)]
        if strip or made is not None:
            yield {"lines": strip, "made": made, "faults": faults,
                   "section": made if isinstance(made, Section) else None,
                   "block": made if isinstance(made, Block) else None}


def _same_file(fault: Fault, report: Report) -> bool:
    return not fault.file or fault.file == report.file
