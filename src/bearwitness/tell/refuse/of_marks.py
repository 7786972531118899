"""Rules of the marks: G01 ungrounded, G02 unknown, G03 a number without a record, G04 plain spans; R08 times."""
from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from bearwitness.model.cells import BadCell
from bearwitness.model.when import say_offset, say_time
from bearwitness.reason.tally import UnknownCount, say_count
from bearwitness.tell.cited import allowed_dates, allowed_numbers, in_texts
from bearwitness.tell.document import Fault
from bearwitness.tell.lexicon import every_number_word
from bearwitness.tell.numbers import Clock, Said, clocks_in, dates_in
from bearwitness.tell.refuse.of_claims import parts_counted, parts_say
from bearwitness.tell.refuse.of_instruments import instrument_dates
from bearwitness.tell.refuse.stretch import Stretch, adjective, stands

SPECIAL = ("interviews", "time", "date")


def ungrounded(s: Stretch) -> Iterator[Fault]:
    """G01: text with no mark."""
    if s.kind == "none" and not s.span.broken:
        yield s.fault("G01", "nothing grounds these words: there is no mark after them",
                      mend="End the sentence with [@record], [=finding] or {count}; say context openly with [~context].")


def unknown(s: Stretch) -> Iterator[Fault]:
    """G02: marks, references and scopes that name nothing."""
    for broken in s.span.broken:
        yield s.fault("G02", f"{broken.raw}: {broken.why}", line=broken.line)
    for ref in s.cited.unknown:
        near = difflib.get_close_matches(ref, [*s.case.stated, *s.case.parts, *s.case.notes], 1)
        yield s.fault("G02", f"nothing here has the id {ref!r}",
                      mend=f"Did you mean {near[0]!r}?" if near else "Add the record, or mend the id.")
    for mark in s.span.counts:
        try:
            if mark.words and mark.words[0] in SPECIAL:
                _special(s, mark.words)
            else:
                s.desk.counted(mark)
        except (UnknownCount, BadCell) as why:
            code = "D15" if "all" in mark.words else "G02"
            near_words = difflib.get_close_matches(" ".join(mark.words), _known_counts(s), 1)
            yield s.fault(code, f"{mark.raw}: {why}", line=mark.line,
                          mend=_set_mend(s) if code == "D15" else
                          f"Did you mean {{{near_words[0]}}}?" if near_words else "")
    if s.kind == "ours" and not (s.cited.findings or s.cited.parts or s.cited.claims or s.cited.unknown):
        yield s.fault("G02", "[=...] takes a finding or a part of a claim: what we hold",
                      mend="Use [@...] for what others say.")
    if s.kind == "ours" and s.cited.claims and not s.cited.parts:
        yield s.fault("R09", "a claim as a whole has no verdict", can_say=parts_say(s))


def _set_mend(s: Stretch) -> str:
    sets = ", ".join(f"{{killed {name}}}" for name in s.case.config.sets)
    return f"Name a set of case.toml: {sets}." if sets else "Name the incident, or make a set in case.toml."


def _special(s: Stretch, words: tuple[str, ...]) -> None:
    if words[0] == "interviews" and len(words) == 1:
        return
    if len(words) == 2 and words[1] in s.case.incidents:
        if words[0] == "time" and not s.case.incidents[words[1]].when.has_time:
            raise UnknownCount(f"the time of {words[1]} is not stated")
        return
    raise UnknownCount("use {interviews}, {time INCIDENT} or {date INCIDENT}")


def _known_counts(s: Stretch) -> list[str]:
    scopes = [*s.case.incidents, *s.case.config.sets]
    return [f"killed {c} {i}".replace("  ", " ") for i in scopes for c in ("", "civilians", "children", "women")]


def hand_typed(s: Stretch) -> Iterator[Fault]:
    """G03: a number or a date typed by hand that no cited record states."""
    if s.kind not in ("cite", "ours", "count", "quote"):
        return
    allowed: set[float] | None = None
    for said in s.numbers:
        if allowed is None:
            allowed = allowed_numbers(s.case, s.cited, every_number_word()) | _counted(s) | _geometry(s) | parts_counted(s)
        if said.value not in allowed and not _names_a_set(s, said) and not _points_back(s, said):
            yield s.fault("G03", f"{said.words} stands in no record that this stretch cites", words=said.words,
                          mend=_count_mend(s, said), can_say=_count_says(s))
    dates = dates_in(s.text)
    if dates:
        known = allowed_dates(s.case, s.cited) | _section_dates(s) | instrument_dates(s.text)
        for dated in dates:
            if not any(dated.fits(day) for day in known) and not in_texts(s.case, s.cited, dated):
                yield s.fault("G03", f"the date {dated.words} stands in no record that this stretch cites",
                              words=dated.words, mend="Cite the record that states it, or mend the date.")


def _names_a_set(s: Stretch, said: Said) -> bool:
    """`six strikes`, `the six`: the size of a named set, not a count of anything else."""
    size = any(len(members) == said.value for members in s.case.config.sets.values())
    after = s.text[said.end:said.end + 24].lstrip()
    before = s.text[:said.start].rstrip().casefold()
    named = s.lexicon.word["attack_words"].match(after) or (before.endswith("the") and not s.has("counted_noun"))
    return size and bool(named)


def _points_back(s: Stretch, said: Said) -> bool:
    """`the two`, `which of the two`: a word that points back, not a count."""
    return said.words.isalpha() and bool(re.search(r"\b(?:the|these|those|both|other)\s*$", s.text[:said.start], re.I)) \
        and said.value <= 3


def _counted(s: Stretch) -> set[float]:
    found: set[float] = set()
    for mark in s.span.counts:
        try:
            value = s.desk.counted(mark).value if mark.words[:1] and mark.words[0] not in SPECIAL else None
        except (UnknownCount, BadCell):
            continue
        found |= {float(value.low), float(value.high)} if value else set()
    return found


def _geometry(s: Stretch) -> set[float]:
    """Distances that a cited part computed [m], as they are printed."""
    apart = [s.desk.tested(ref).apart for ref in s.span.refs if ref in s.case.parts]
    return {float(round(metres)) for one in apart if one is not None for metres in (one.distance, one.uncertainty)}


def _section_dates(s: Stretch) -> set:  # type: ignore[type-arg]
    incidents = [s.case.incidents[i] for i in s.incident_ids if i in s.case.incidents]
    return {day for incident in incidents for day in incident.when.dates()}


def _count_mend(s: Stretch, said: Said) -> str:
    near = [i for i in s.incident_ids if i in s.case.incidents]
    if near and s.has("killed"):
        return f"Use the count mark {{killed {near[0]}}}, or cite the record that states {said.words}."
    return f"Cite the record that states {said.words}, or mend the number."


def _count_says(s: Stretch) -> str:
    for ref in s.incident_ids:
        if ref in s.case.incidents and s.has("killed"):
            value = s.desk.tally("killed", "", ref).value
            if value is not None:
                return f"The accounts held put the dead at {say_count(value)} {{killed {ref}}}."
    return ""


def times(s: Stretch) -> Iterator[Fault]:
    """R08: a clock time without its zone and UTC, or with an offset that the date does not have."""
    worded = s.lexicon.has("clock", s.text)
    if worded is not None and not clocks_in(s.text) and "UTC" not in s.text[worded.end():worded.end() + 60]:
        yield s.fault("R08", f"{worded[0]!r} has no zone and no UTC beside it", words=worded[0],
                      can_say="Write the hour in digits with its zone: 13:00 (UTC+3; 10:00 UTC), or use {time ...}.")
    for clock in clocks_in(s.text):
        says = _time_says(s, clock)
        if not clock.complete:
            yield s.fault("R08", f"{clock.words} has no zone and no UTC beside it", words=clock.words, can_say=says)
        elif not _offset_fits(s, clock):
            yield s.fault("R08", f"{clock.words}: this is not the offset that the zone had on that day",
                          words=clock.words, can_say=says)


def _time_says(s: Stretch, clock: Clock) -> str:
    for ref in s.incident_ids:
        incident = s.case.incidents.get(ref)
        if incident is not None and incident.when.has_time:
            return f"{say_time(incident.when)}, or the mark {{time {ref}}}"
    return ""


def _offset_fits(s: Stretch, clock: Clock) -> bool:
    if clock.utc is None or clock.offset == "UTC":
        return True
    sign = -1 if "-" in clock.offset else 1
    hours, _, minutes = clock.offset[4:].partition(":")
    shift = sign * (int(hours) * 60 + int(minutes or 0))
    if (clock.hour * 60 + clock.minute - shift) % 1440 != clock.utc[0] * 60 + clock.utc[1]:
        return False
    zones = {say_offset(s.case.incidents[i].when.local_middle) for i in s.incident_ids if i in s.case.incidents}
    return not zones or clock.offset in zones


def plain(s: Stretch) -> Iterator[Fault]:
    """G04: an openly plain stretch holds no licensed word, no number and no party."""
    if s.kind != "plain":
        return
    if s.numbers or dates_in(s.text) or s.span.counts or s.has("vague"):
        said = s.numbers[0].words if s.numbers else s.has("vague") or "a number"
        yield s.fault("G04", f"a [~...] stretch holds no number ({said})", mend="Cite the record that states it.")
        return
    for name in ("person_act", "attack_past", "all", "law", "intent", "guilt", "banned", "lied", "verdict_whole",
                 "no_target"):
        if words := s.has(name):
            yield s.fault("G04", f"a [~...] stretch holds no licensed word ({words!r})",
                          mend="Cite who says so with [@...], or hold it as a finding.")
            return
    words = s.text.casefold()
    for source in s.case.sources.values():
        if source.kind in ("party", "state-media") and any(stands(n, words) or adjective(n, words)
                                                           for n in source.names):
            yield s.fault("G04", f"a [~...] stretch names no party ({source.shown})",
                          mend="Cite what is said about a party, or by it, with [@...].")
            return

