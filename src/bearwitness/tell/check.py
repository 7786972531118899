"""Every refusal of a draft: what is said too much, or too little, and the sentence that can be said.

The rules stand in `refuse`; here is their order. A general fault (told as a fact, a number without a record, a
negative without a search) is left out where a rule about the same stretch already says something sharper, so that
one mistake is one fault.
"""
from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from bearwitness.model.case import Case
from bearwitness.reason.standards import standard_of
from bearwitness.tell.document import Fault
from bearwitness.tell.lexicon import lexicon
from bearwitness.tell.marks import Draft, RawBlock, RawSpan, read_draft
from bearwitness.tell.refuse import (
    of_additions,
    of_attackers,
    of_claims,
    of_counts,
    of_estimates,
    of_fit,
    of_images,
    of_instruments,
    of_law,
    of_marks,
    of_people,
    of_places,
    of_sources,
    of_weapons,
    of_words,
)
from bearwitness.tell.refuse.stretch import Desk, Place, Stretch

Rule = Callable[[Stretch], Iterable[Fault]]

# Rules that need no language: they hold for every draft.
ALWAYS: tuple[Rule, ...] = (of_marks.ungrounded, of_marks.unknown, of_people.identity_names, of_people.consent,
                            of_people.sealed, of_sources.recalled, of_sources.unknown_incident, of_claims.replies,
                            of_claims.findings)
# Rules that read words: they need the lexicon of the draft's language.
SHARP: tuple[Rule, ...] = (
    of_people.contact, of_people.role_and_place, of_counts.headline, of_counts.merged, of_counts.other_scope,
    of_counts.breakdown, of_counts.mixed, of_counts.definitions, of_counts.vague, of_counts.open_top,
    of_counts.latest, of_counts.no_all, of_sources.pages, of_sources.admission, of_sources.quotation,
    of_sources.unread, of_claims.other_object, of_claims.whole, of_claims.dropped, of_claims.by_name,
    of_claims.verdict_words, of_claims.subject, of_claims.own_allegation,
    of_fit.column, of_fit.strike, of_fit.extent, of_fit.own_words, of_fit.finding,
    of_words.both, of_images.dated_by_caption, of_weapons.named, of_attackers.attacker, of_estimates.measured,
    of_instruments.reaches, of_instruments.proportion, of_instruments.war_crime,
    of_additions.invented, of_additions.asked, of_additions.one_person, of_additions.mouthed, of_additions.condition,
    of_law.banned, of_law.guilt, of_places.impact, of_places.no_target, of_marks.times, of_marks.plain)
# General rules, each heard only where no sharper fault stands on the same stretch.
GENERAL: tuple[Rule, ...] = (of_fit.hedge, of_law.law, of_claims.licensed, of_sources.negative, of_marks.hand_typed,
                             of_words.attributed)
# What a sharper rule takes the place of. Wording (R17) gives way to any other; who struck, and with what, to what
# stands beside them in the same words, so that one mistake is one fault.
YIELDS = {"R09": {"D14"}, "D5": {"R04"}, "R18": {"R19"}, "G04": {"R14", "R22", "R25"}}
RANK = {"R17": 0, "R16": 1, "R12": 2}
# A fault of the finding itself that says nothing of these words: general rules are heard beside it.
BESIDE = {"R18"}
HEADING_RULES: tuple[Rule, ...] = (of_sources.heading_quote, of_law.banned, of_law.guilt, of_counts.vague,
                                   of_places.no_target, of_claims.whole)


def check_text(case: Case, text: str, file: str, **options: object) -> list[Fault]:
    """Check one draft. options: as for `desk`."""
    draft = read_draft(text, file)
    return check_draft(draft, desk(case, file, draft.front, **options))  # type: ignore[arg-type]


def desk(case: Case, file: str, front: dict[str, str] | None = None, *,
         held_text: Callable[[str], str | None] | None = None, altered: Collection[str] = (),
         withdrawn: Collection[tuple[str, str]] = ()) -> Desk:
    """What the rules share: the case, its standard, the words of the draft's language, the held texts."""
    language = (front or {}).get("lang", "en")
    return Desk(case, standard_of(case), lexicon(language), file,
                held_text or (lambda exhibit: None), altered, withdrawn)


def check_draft(draft: Draft, on: Desk) -> list[Fault]:
    """All faults of a draft, in the order of its lines."""
    faults: list[Fault] = []
    for _, place, span in stretches(draft, on.case):
        faults += check_span(Stretch(on, span, place))
    faults += heading_faults(draft, on)
    return sorted(faults, key=lambda fault: (fault.line, fault.code))


def stretches(draft: Draft, case: Case) -> Iterable[tuple[RawBlock, Place, RawSpan]]:
    """Every span with the place where it stands."""
    section = incident = ""
    for block in draft.blocks:
        if block.kind == "heading":
            if block.level <= 2:
                section, incident = block.text, block.anchor if block.anchor in case.incidents else ""
            continue
        before = ""
        for span in block.spans:
            yield block, Place(section, incident, before, block.kind, block.text), span
            before += " " + span.text


def check_span(s: Stretch) -> list[Fault]:
    faults = [fault for rule in ALWAYS for fault in rule(s)]
    if s.desk.lexicon is None or s.kind == "none":
        return faults
    beside = [fault for fault in faults if fault.code in BESIDE]
    faults = [fault for fault in faults if fault.code not in BESIDE]
    faults += [fault for rule in SHARP for fault in rule(s)]
    faults = _sharpest(faults)
    for rule in GENERAL:
        if not faults:
            faults += rule(s)
    return beside + faults


def _sharpest(faults: list[Fault]) -> list[Fault]:
    codes = {fault.code for fault in faults}
    sharpest = max((RANK.get(code, len(RANK)) for code in codes), default=0)
    kept = [f for f in faults if not (YIELDS.get(f.code, set()) & codes)
            and not (RANK.get(f.code, sharpest) < sharpest)]
    whole = [f for f in kept if f.code == "R09"][1:]
    return [f for f in kept if not any(f is other for other in whole)]


def heading_faults(draft: Draft, on: Desk) -> list[Fault]:
    """Headings carry no mark, so they may carry no word that needs one."""
    faults: list[Fault] = []
    if on.lexicon is None:
        return faults
    lines = [(block.line, block.text, block.anchor) for block in draft.blocks if block.kind == "heading"]
    lines += [(1, draft.front[key], "") for key in ("title", "subtitle") if draft.front.get(key)]
    for line, text, anchor in lines:
        s = Stretch(on, RawSpan([text], line=line), Place(text, anchor, kind="heading"))
        faults += [f for rule in HEADING_RULES for f in rule(s)][:1]
    return faults
