"""A draft and a case make a report: every span gets its note, every number its tolls, every fault its place.

Pure: the same case, draft, seal state and date give the same report. Faults do not stop the compiling, they
mark the spans; whether a report with faults may be published is decided where it is published.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bearwitness.link.origins import origins, say_origins
from bearwitness.model.case import Case
from bearwitness.reason.discrepancies import find
from bearwitness.reason.levels import Level
from bearwitness.reason.tally import Tally, say_count, say_tally
from bearwitness.tell.check import check_span, heading_faults
from bearwitness.tell.document import (
    Block,
    Fact,
    Fault,
    Figure,
    Ground,
    Headline,
    Note,
    Piece,
    Report,
    Seal,
    Section,
    Span,
)
from bearwitness.tell.drawing import NoFigure, draw
from bearwitness.tell.ground import depends, ground, grounds, title
from bearwitness.tell.incident import card, facts
from bearwitness.tell.marks import Draft, RawBlock, RawSpan
from bearwitness.tell.pieces import counts, pieces
from bearwitness.tell.refuse.stretch import Desk, Place, Stretch
from bearwitness.tell.unused import unused

_RTL = frozenset({"ar", "fa", "he", "ur", "ku"})



class _Compiler:
    """The running state of one compilation: the notes so far and the faults so far."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.case = desk, desk.case
        self.notes: list[Note] = []
        self.faults: list[Fault] = []
        self.figures: list[Figure] = []

    def span(self, span: RawSpan, place: Place) -> Span:
        stretch = Stretch(self.desk, span, place)
        faults = tuple(check_span(stretch))
        self.faults += faults
        note = self._note(stretch) if span.kind != "none" else None
        if note is not None:
            self.notes.append(note)
        return Span(pieces(stretch), note, span.line, faults)

    def _note(self, s: Stretch) -> Note:
        number = len(self.notes) + 1
        arith, tolls, used = counts(s)
        used |= depends(self.case, s.span.refs)
        if s.kind == "plain":
            return Note(number, "plain", depends=used)
        if s.kind == "ours":
            return self._ours(s, number, arith, tolls, used)
        found = [self.desk_origin(s)] if s.span.refs else []
        says = grounds(self.case, s.span.refs, "says")
        return Note(number, s.kind, says + tolls, origins=found[0][0] if found else None,
                    origins_words=found[0][1] if found else "", arithmetic=arith, depends=used)

    def desk_origin(self, s: Stretch) -> tuple[int, str]:
        found = origins(self.case, (r.by for r in s.cited.rows))
        return found.established, say_origins(self.case, found) if found.established else ""

    def _ours(self, s: Stretch, number: int, arith: tuple[str, ...], tolls: tuple[Ground, ...],
              used: frozenset[str]) -> Note:
        levels: list[Level] = []
        said: list[Ground] = []
        rivals: list[str] = []
        searched: list[str] = []
        verdicts: list[str] = []
        for finding in s.cited.findings:
            levels.append(self.desk.held(finding.id).level)
            said += [*grounds(self.case, finding.supporting, "for"), *grounds(self.case, finding.opposing, "against")]
            rivals += [f"{r.text}: {'open' if r.open else 'excluded by ' + ', '.join(r.excluded_by)}"
                       for r in finding.rivals]
            searched += [title(self.case, ref) for ref in finding.looked_in]
        for ref in (r for r in s.span.refs if r in self.case.parts):
            tested, part = self.desk.tested(ref), self.case.parts[ref]
            levels.append(tested.level)
            verdicts.append(f"{part.text}: {tested.verdict}" + (f" ({tested.reason})" if tested.reason else ""))
            said += [*grounds(self.case, part.supporting, "for"), *grounds(self.case, part.opposing, "against"),
                     *grounds(self.case, (*part.struck, *part.shown), "for")]
        said += [ground(self.case, r, "says") for r in s.span.refs
                 if r.split(" ")[0] not in self.case.parts and r not in self.case.findings]
        level = min(levels, key=lambda one: one.number) if levels else None
        return Note(number, "ours", tuple(dict.fromkeys(said)) + tolls, level.number if level else None,
                    level.name if level else "", level.origins.established if level else None,
                    level.origins_words if level else "", "; ".join(verdicts), level.caps if level else (),
                    tuple(dict.fromkeys(searched)), tuple(rivals), arith, used)


def _figure(compiler: _Compiler, block: RawBlock) -> Block:
    kind, scope = block.figure
    try:
        figure = draw(compiler.desk, kind, scope)
    except NoFigure as why:
        fault = Fault("G02", compiler.desk.file, block.line, str(why), "Mend the figure's name or scope.", "",
                      f"{{figure {kind} {scope}}}")
        compiler.faults.append(fault)
        return Block("paragraph", (Span((Piece(f"{{figure {kind} {scope}}}"),), None, block.line, (fault,)),),
                     line=block.line)
    compiler.figures.append(figure)
    return Block("figure", figure=figure, line=block.line)


def compile_report(draft: Draft, desk: Desk, *, seal: Seal | None = None, state: str = "draft", release: int = 0,
                   date: str = "", unmarked: str = "") -> Report:
    """Compile a draft into a report. state: draft or release; date: the release date as words."""
    compiler = _Compiler(desk)
    sections = _sections(compiler, draft)
    compiler.faults += heading_faults(draft, desk)
    case, front = desk.case, draft.front
    lang = front.get("lang", "en")
    headlines = _headlines(desk, front)
    disagree = tuple(Fact(d.title, d.words, d.code, frozenset(d.refs)) for d in find(case, desk.standard))
    scope = front.get("set", "")
    overview = draw(desk, "map", scope) if case.members(scope) else None
    report_uses: set[str] = set()
    for group in ([n.depends for n in compiler.notes], [f.depends for f in compiler.figures],
                  [h.depends for h in headlines], [f.depends for s in sections for f in s.facts],
                  [c.depends for s in sections for c in s.claims], [f.depends for f in disagree],
                  [overview.depends] if overview else []):
        for used in group:
            report_uses |= used
    return Report(
        _title(compiler.case, draft), front.get("subtitle", ""), front.get("notice") or case.config.note,
        lang, "rtl" if lang in _RTL else "ltr", state, release, date, draft.file,
        str(desk.standard.rules["title"]), tuple((f"{n}. {name}", words) for n, name, words in desk.standard.ladder),
        tuple(sections), headlines, overview, tuple(sorted(compiler.faults, key=lambda f: (f.line, f.code))), disagree,
        unused(case, depends(case, report_uses)), tuple(_exhibits(desk)), seal or Seal(),
        sum(1 for n in compiler.notes if n.kind == "plain"), tuple(compiler.notes))


def _title(case: Case, draft: Draft) -> str:
    """The draft's own title: of its front matter, else a `#` heading that opens it, else that of the case."""
    first = draft.blocks[0] if draft.blocks else None
    opened = first.text if first is not None and first.kind == "heading" and first.level == 1 else ""
    return draft.front.get("title") or opened or case.config.title


def _sections(compiler: _Compiler, draft: Draft) -> list[Section]:
    """The chapters. Text before the first `##` stands under the report's title: a heading is never empty."""
    sections: list[Section] = []
    heading = RawBlock("heading", 0)
    whole = _title(compiler.case, draft)
    blocks: list[Block] = []

    def close() -> None:
        if blocks or heading.text:
            named = heading if heading.text else replace(heading, text=whole)
            sections.append(_section(compiler, named, tuple(blocks), len(sections)))
        blocks.clear()

    incident = ""
    for block in draft.blocks:
        if block.kind == "heading" and block.level == 1 and not heading.text and not blocks:
            continue
        if block.kind == "heading" and block.level <= 2:
            close()
            heading = block
            incident = block.anchor if block.anchor in compiler.case.incidents else ""
        elif block.kind == "heading":
            blocks.append(Block("heading", (Span((Piece(block.text),), None, block.line),), level=block.level,
                                line=block.line))
        elif block.kind == "figure":
            blocks.append(_figure(compiler, block))
        else:
            blocks.append(_text(compiler, block, heading.text, incident))
    close()
    return sections


def _text(compiler: _Compiler, block: RawBlock, section: str, incident: str) -> Block:
    spans, before = [], ""
    for raw in block.spans:
        spans.append(compiler.span(raw, Place(section, incident, before, block.kind, block.text)))
        before += " " + raw.text
    return Block(block.kind, tuple(spans), line=block.line)


def _section(compiler: _Compiler, heading: RawBlock, blocks: tuple[Block, ...], index: int) -> Section:
    desk, case = compiler.desk, compiler.case
    anchor = heading.anchor or f"s{index + 1}"
    incident = case.incidents.get(heading.anchor)
    if incident is None:
        return Section(heading.text, anchor, blocks=blocks, line=heading.line)
    claims = [c for c in case.claims.values() if incident.id in c.about]
    return Section(heading.text, anchor, incident.id, blocks, facts(desk, incident),
                   tuple(card(desk, c) for c in claims), heading.line)


def _headlines(desk: Desk, front: Mapping[str, str]) -> tuple[Headline, ...]:
    """Our tally, the lead sources' own sum, and the publisher's own number, named as his."""
    scope, case = front.get("set", ""), desk.case
    if not case.members(scope):
        return ()
    ours, lead = desk.tally("killed", "", scope), desk.tally("killed", "", scope, "lead")
    civil = desk.tally("killed", "civilians", scope, "lead")
    found = [Headline("Killed, in the accounts held", say_tally(ours), "our tally of " + _members(case, ours.parts),
                      ours.depends)]
    if lead.value is not None:
        detail = f"{say_tally(civil)} of them stated as civilians" if civil.value is not None else ""
        if lead.with_shown is not None:
            detail += (f"; at least {lead.with_shown.low} with "
                       f"{' and '.join(str(s.value) for s in lead.shown)} for a wider area, shown and not added")
        found.append(Headline("Killed, in the lead sources\u2019 own figures", say_tally(lead), detail,
                              lead.depends | civil.depends))
    publisher = front.get("publisher") or case.config.publisher
    speaker = case.speaker(publisher)
    for toll in case.tolls_of(scope):
        if toll.by == publisher and speaker is not None:
            stated = toll.figures.get("killed") or toll.figures.get("civilians")
            found.append(Headline(f"{speaker.shown} states", say_count(stated),
                                  f"its own number; its parts are not published in what could be read: {toll.words}",
                                  frozenset({toll.id, publisher})))
    return tuple(found)


def _members(case: Case, parts: Iterable[Tally]) -> str:
    return "; ".join(f"{case.incidents[p.scope].name}: {say_tally(p)}" for p in parts)


def _exhibits(desk: Desk) -> Iterable[Mapping[str, str]]:
    held = {d.held: d for d in desk.case.documents.values() if d.held}
    for exhibit in desk.case.exhibits.values():
        document = held.get(exhibit.id)
        lacks = f"; not the whole file: {exhibit.lacks}" if exhibit.lacks else ""
        yield {"id": exhibit.id, "sha256": exhibit.sha256, "size": str(exhibit.size), "media": exhibit.media,
               "came_from": exhibit.came_from, "what": document.what if document else "",
               "state": "altered" if exhibit.id in desk.altered else "unchanged since it was sealed" + lacks}
