"""What a draft becomes before it is drawn: sections of spans, each with the note that grounds it.

The compiler makes it, the HTML page, the PDF and the data files are drawn from it: one text, one set of
numbers, whatever the reader opens. Plain values only; nothing here computes.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Ground:
    """One record behind a span.

    side: for, against, counted, set aside, or says. held: the exhibit id, or "" where the document is
    not held. leaf: leaf hash of the log entry [64 hex digits], "" while nothing is sealed.
    """

    ref: str
    side: str
    speaker: str
    says: str
    how: str = ""
    document: str = ""
    document_date: str = ""
    where: str = ""
    held: str = ""
    partly_read: str = ""
    note: str = ""
    entered_by: str = ""
    entered_at: str = ""
    seq: int = -1
    leaf: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Why we say this: one numbered note.

    kind: cite (what others say), ours (what we hold), count, plain (said openly) or quote.
    level: 0..4, None where no level applies. origins: independent origins behind the words.
    arithmetic: the steps of a count, in words. depends: every record id the words rest on.
    """

    number: int
    kind: str
    grounds: tuple[Ground, ...] = ()
    level: int | None = None
    level_words: str = ""
    origins: int | None = None
    origins_words: str = ""
    verdict: str = ""
    caps: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    arithmetic: tuple[str, ...] = ()
    depends: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of one look. look: text, count, strong, em, or link-free code."""

    text: str
    look: str = "text"


@dataclass(frozen=True, slots=True)
class Fault:
    """A refusal: said more, or less, than is grounded. can_say: the sentence that can be said."""

    code: str
    file: str
    line: int
    reason: str
    mend: str
    can_say: str = ""
    words: str = ""
    weight: str = "refused"     # refused | release (compiles in a draft only) | warning


@dataclass(frozen=True, slots=True)
class Span:
    """Text up to and with its closing mark. note is None only where a fault says why."""

    pieces: tuple[Piece, ...]
    note: Note | None
    line: int = 0
    faults: tuple[Fault, ...] = ()

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Table:
    """The text twin of a figure: same numbers, same order."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its twin. svg: a complete <svg> element, no script, no outside reference."""

    id: str
    kind: str
    title: str
    svg: str
    table: Table
    caption: str = ""
    depends: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Block:
    """kind: paragraph, item, numbered, quote, heading (of level 3 or deeper) or figure."""

    kind: str
    spans: tuple[Span, ...] = ()
    figure: Figure | None = None
    level: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of an incident's summary box."""

    label: str
    value: str
    note: str = ""
    depends: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """One part of an official claim as a reader sees it."""

    ref: str
    text: str
    verdict: str
    level: int | None
    level_words: str
    origins_words: str
    supporting: tuple[Ground, ...]
    opposing: tuple[Ground, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """An official claim: who, when, what; each part with its verdict; the reply ledger."""

    ref: str
    speaker: str
    date: str
    title: str
    exact_words: str
    summary: str
    parts: tuple[ClaimPart, ...]
    reply: str
    document: str = ""
    depends: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of the report; `incident` where it is about one strike."""

    title: str
    anchor: str
    incident: str = ""
    blocks: tuple[Block, ...] = ()
    facts: tuple[Fact, ...] = ()
    claims: tuple[ClaimCard, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Seal:
    """The state of the log a report was compiled from. unsealed: entries after the newest checkpoint."""

    origin: str = ""
    size: int = 0
    root: str = ""
    unsealed: int = 0
    key: str = ""
    demo: bool = False
    earliest: str = "not established"
    latest: str = "not established (no outside time stamp)"


@dataclass(frozen=True, slots=True)
class Headline:
    """The first screen's numbers: our tally, the lead sources' sum, and the publisher's own, named as his."""

    label: str
    value: str
    detail: str
    depends: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Report:
    """A compiled draft.

    state: draft or release. lang, direction: of the text. sections keep the draft's order.
    discrepancies: what the program found to disagree between records, in words.
    unused: (record id, why) for every record that nothing printed rests on.
    """

    title: str
    subtitle: str
    notice: str
    lang: str
    direction: str
    state: str
    release: int
    date: str
    file: str
    standard: str
    standard_words: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    headlines: tuple[Headline, ...]
    map: Figure | None
    faults: tuple[Fault, ...]
    discrepancies: tuple[Fact, ...]
    unused: tuple[tuple[str, str], ...]
    exhibits: tuple[Mapping[str, str], ...]
    seal: Seal
    plain_spans: int
    notes: tuple[Note, ...] = field(default_factory=tuple)
