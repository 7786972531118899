"""The marks of a draft, read: blocks, spans and the one mark that closes each.

    {quantity [category] scope, key=value}   a number that recomputes
    [@ref; ref place]                        what others say
    [=ref; ref]                              what we hold
    [~context] [~opinion] [~method]          said openly
    > ... [@ref]                             exact words

A mark grounds all text back to the previous mark or the start of its paragraph, so no language needs a
sentence splitter. What cannot be read is a `Broken` with its line, never dropped.
Source: the format reference, marks in a draft.
"""
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

PLAIN = ("context", "opinion", "method")
_MARK = re.compile(r"\[(?P<kind>[@=~])(?P<refs>[^\[\]\n]*)\]|\{(?P<count>[^{}\n]*)\}|(?P<broken>\[[@=~]|\{)")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*(?:\{#([^\s{}]+)\})?\s*$")
_ITEM = re.compile(r"^\s*(?:[-*\u2022]|(\d+)[.)])\s+(.*)$")
_FIGURE = re.compile(r"^\{figure\s+([a-z-]+)(?:\s+([^{}]+?))?\}\s*$")
_LATE = re.compile(r"^[\s]*[.,;:!?\u2026)\]\u00bb\u201d\u060c\u061f\u061b'\"]+")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class CountMark:
    """words: quantity, category and scope as written; keys: as_of, basis ...; start: offset in the span's text."""

    words: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]
    raw: str
    line: int


@dataclass(frozen=True, slots=True)
class Mark:
    """kind: cite, ours or plain. refs: ids with an optional place, or the one word of a plain mark."""

    kind: str
    refs: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that looks like a mark and is none."""

    raw: str
    line: int
    why: str


@dataclass(slots=True)
class RawSpan:
    """Text and counts in order, closed by marks (none: ungrounded, or closed by its counts alone).

    kind: cite, ours, plain, count, quote or none.
    """

    parts: list[str | CountMark] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    line: int = 0
    end_line: int = 0
    quote: bool = False

    @property
    def kind(self) -> str:
        if self.quote:
            return "quote"
        kinds = {mark.kind for mark in self.marks}
        for kind in ("ours", "cite", "plain"):
            if kind in kinds:
                return kind
        return "count" if self.counts else "none"

    @property
    def counts(self) -> list[CountMark]:
        return [part for part in self.parts if isinstance(part, CountMark)]

    @property
    def text(self) -> str:
        """The typed words alone; a count mark leaves U+FFFC in its place, so that nothing joins across it."""
        return "".join(part if isinstance(part, str) else "\ufffc" for part in self.parts)

    @property
    def refs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(ref for mark in self.marks if mark.kind != "plain" for ref in mark.refs))


@dataclass(frozen=True, slots=True)
class RawBlock:
    """kind: paragraph, item, numbered, quote, heading or figure."""

    kind: str
    line: int
    spans: tuple[RawSpan, ...] = ()
    text: str = ""
    level: int = 0
    anchor: str = ""
    figure: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as written: front matter, then blocks in order."""

    file: str
    front: dict[str, str]
    blocks: tuple[RawBlock, ...]


def read_draft(text: str, file: str) -> Draft:
    """Read a draft. Never raises on content: what is wrong is in the spans."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n")
    front, start = _front(lines)
    return Draft(file, front, tuple(_blocks(lines, start)))


def _front(lines: list[str]) -> tuple[dict[str, str], int]:
    if not lines or lines[0].strip() != "---":
        return {}, 0
    front: dict[str, str] = {}
    for number, line in enumerate(lines[1:], 1):
        if line.strip() == "---":
            return front, number + 1
        key, colon, value = line.partition(":")
        if colon:
            front[key.strip()] = value.strip().strip('"')
    return {}, 0


def _blocks(lines: list[str], start: int) -> list[RawBlock]:
    blocks: list[RawBlock] = []
    held: list[tuple[int, str]] = []
    kind = "paragraph"

    def flush() -> None:
        if held:
            blocks.append(_text_block(kind, held))
            held.clear()

    in_comment = False
    for number, line in enumerate(lines[start:], start + 1):
        if in_comment or line.lstrip().startswith("<!--"):
            in_comment = "-->" not in line
            flush()
            continue
        new = _starts(line, bool(held) and kind == "paragraph")
        if new == "blank":
            flush()
            kind = "paragraph"
        elif new in ("heading", "figure"):
            flush()
            blocks.append(_single(new, line, number))
        elif new in ("item", "numbered"):
            flush()
            kind = new
            held.append((number, _ITEM.sub(r"\2", line)))
        elif new == "quote":
            if kind != "quote":
                flush()
            kind = "quote"
            held.append((number, line.lstrip()[1:].strip()))
        else:
            if kind == "quote":
                flush()
                kind = "paragraph"
            held.append((number, line.strip()))
    flush()
    return blocks


def _starts(line: str, within: bool) -> str:
    if not line.strip():
        return "blank"
    if _HEADING.match(line):
        return "heading"
    if _FIGURE.match(line.strip()):
        return "figure"
    if line.lstrip().startswith(">"):
        return "quote"
    item = _ITEM.match(line)
    if item and not (within and item[1] not in (None, "1")):   # a wrapped line may begin with "44."
        return "numbered" if item[1] else "item"
    return "text"


def _single(kind: str, line: str, number: int) -> RawBlock:
    if kind == "figure":
        found = _FIGURE.match(line.strip())
        return RawBlock("figure", number, figure=(found[1], found[2] or "") if found else ("", ""))
    heading = _HEADING.match(line)
    if heading is None:
        raise ValueError("not a heading")
    return RawBlock("heading", number, text=heading[2], level=len(heading[1]), anchor=heading[3] or "")


def _text_block(kind: str, held: list[tuple[int, str]]) -> RawBlock:
    text = " ".join(part for _, part in held)
    starts, at = [], 0
    for _, part in held:
        starts.append(at)
        at += len(part) + 1

    def line_at(offset: int) -> int:
        return held[bisect_right(starts, offset) - 1][0]

    return RawBlock(kind, held[0][0], tuple(_spans(text, line_at, kind == "quote")), text)


def _spans(text: str, line_at: Callable[[int], int], quote: bool) -> list[RawSpan]:
    spans: list[RawSpan] = []
    span = RawSpan(quote=quote)
    at = 0
    for found in _MARK.finditer(text):
        _add_text(span, spans, text[at:found.start()], line_at, at)
        at, line = found.end(), line_at(found.start())
        if found["broken"]:
            span.broken.append(Broken(found[0], line, "this mark is not closed"))
            span.parts.append(found[0])
        elif found["count"] is not None:
            _add_count(span, found["count"], line)
        else:
            span = _close(spans, span, found["kind"], found["refs"], line, quote)
    _add_text(span, spans, text[at:], line_at, at)
    if span.counts or span.broken or any(_WORD.search(p) for p in span.parts if isinstance(p, str)):
        span.end_line = line_at(max(len(text) - 1, 0))
        spans.append(span)
    return spans


def _add_text(span: RawSpan, spans: list[RawSpan], text: str, line_at: Callable[[int], int], at: int) -> None:
    """Punctuation right after a mark still belongs to what the mark closed."""
    if spans and not span.parts and not span.marks and (late := _LATE.match(text)):
        if spans[-1].parts and isinstance(spans[-1].parts[-1], str):
            spans[-1].parts[-1] = spans[-1].parts[-1].rstrip()
        spans[-1].parts.append(late[0])
        text, at = text[late.end():], at + late.end()
    if text:
        span.parts.append(text)
        if not span.line and (word := _WORD.search(text)):
            span.line = line_at(at + word.start())


def _add_count(span: RawSpan, raw: str, line: int) -> None:
    head, *rest = [piece.strip() for piece in raw.split(",")]
    keys = []
    for piece in rest:
        key, sign, value = piece.partition("=")
        if not sign:
            span.broken.append(Broken("{" + raw + "}", line, f"{piece!r} is no key=value"))
        keys.append((key.strip(), value.strip()))
    span.parts.append(CountMark(tuple(head.split()), tuple(keys), "{" + raw + "}", line))
    span.line = span.line or line


def _close(spans: list[RawSpan], span: RawSpan, sign: str, refs: str, line: int, quote: bool) -> RawSpan:
    kind = {"@": "cite", "=": "ours", "~": "plain"}[sign]
    names = tuple(r.strip().lstrip("@=").strip() for r in refs.split(";") if r.strip())
    target = span
    if spans and not span.parts:
        target = spans[-1]        # two marks side by side close the same words
    if not names or (kind == "plain" and (len(names) != 1 or names[0] not in PLAIN)):
        target.broken.append(Broken(f"[{sign}{refs}]", line, "this mark names nothing" if not names else
                                    f"plain marks are [~{'] [~'.join(PLAIN)}]"))
    target.marks.append(Mark(kind, names, line))
    target.end_line = line
    target.line = target.line or line
    if target is span:
        spans.append(span)
        return RawSpan(quote=quote)
    return span
