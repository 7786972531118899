"""Mutations of numbers, places and times: a figure moved, a total lost, a zone changed, a record of another strike."""
from __future__ import annotations

from collections.abc import Iterator

from tests.mutations.findings import Mutation
from tests.mutations.ground import changed

from bearwitness.model.case import Case
from bearwitness.model.records import Toll
from bearwitness.seal.takein import Taken

NAMES = {"talbiseh": "Talbiseh", "jisr": "Jisr al-Shughour", "daratizza": "Darat Izza", "ghantu": "al-Ghantu",
         "sarmin": "Sarmin", "ariha": "Ariha"}


def name(case: Case, ref: str) -> str:
    speaker = case.speaker(ref)
    assert speaker is not None
    return speaker.shown.split(" (")[0]


def plain_tolls(case: Case) -> list[Toll]:
    """Tolls of one strike, of no wider scope, that are their speaker's latest, with a number of dead."""
    found = [t for t in case.tolls.values() if t.incident in NAMES and not t.scope and "killed" in t.figures
             and not (t.doc in case.documents and case.documents[t.doc].recalled)]
    return [t for t in found if not any(o.by == t.by and o.incident == t.incident and o.as_of.start > t.as_of.start
                                        and not o.scope for o in found)]


def _says(case: Case, toll: Toll, number: str = "") -> str:
    count = toll.figures["killed"]
    least = "at least " if count.open_top else "about " if count.low != count.high or count.about else ""
    return f"{name(case, toll.by)} speaks of {least}{number or count.low} killed at {NAMES[toll.incident]} [@{toll.id}]."


def figures(taken: Taken) -> Iterator[Mutation]:
    case = taken.case
    for toll in plain_tolls(case):
        count = toll.figures["killed"]
        if count.about:
            continue
        sound = _says(case, toll)
        for moved in (count.low + 1, count.low * 10 + 7):
            yield Mutation("number changed", "G03", toll.incident, sound, _says(case, toll, str(moved)), case)
        other = next(p for p in NAMES if p != toll.incident and p != "jisr")
        yield Mutation("strike changed", "R03", toll.incident, sound,
                       sound.replace(NAMES[toll.incident], NAMES[other]), case)
        yield Mutation("number word", "R28", toll.incident, sound, f"{name(case, toll.by)} speaks of dozens killed at "
                       f"{NAMES[toll.incident]} [@{toll.id}].", case)
        if count.open_top:
            yield Mutation("top closed", "D3", toll.incident, sound, sound.replace("at least ", "exactly "), case)
        yield Mutation("mark dropped", "G01", toll.incident, sound, sound.replace(f" [@{toll.id}]", ""), case)
        yield Mutation("id mistyped", "G02", toll.incident, sound, sound.replace(toll.id, toll.id + "x"), case)
        yield Mutation("called context", "G04", toll.incident, sound, sound.replace(f"[@{toll.id}]", "[~context]"), case)
        asked = changed(taken, toll.id, incident="?")
        yield Mutation("incident unknown", "D11", toll.incident, sound, sound, asked, {}, case)


def sums(taken: Taken) -> Iterator[Mutation]:
    """Two tolls of one strike added; two strikes added with no members; parts without their total."""
    case = taken.case
    tolls = [t for t in plain_tolls(case) if not t.figures["killed"].about]
    for a in tolls:
        for b in tolls:
            if a.id < b.id and a.by != b.by:
                total = a.figures["killed"].low + b.figures["killed"].low
                if a.incident == b.incident and a.incident in ("sarmin", "talbiseh"):
                    sound = f"{name(case, a.by)} and {name(case, b.by)} each give their own figure [@{a.id}; {b.id}]."
                    yield Mutation("the dead added twice", "R06", a.incident, sound, f"{name(case, a.by)} and "
                                   f"{name(case, b.by)} together give {total} killed [@{a.id}; {b.id}].", case)
                elif {a.incident, b.incident} <= {"ariha", "ghantu"} and a.incident != b.incident:
                    sound = f"{name(case, a.by)} and {name(case, b.by)} each give the toll of one strike [@{a.id}; {b.id}]."
                    yield Mutation("members left out of a sum", "R01", a.incident, sound,
                                   f"The strikes killed {total} people altogether [@{a.id}; {b.id}].", case)
    for toll in case.tolls.values():
        f = toll.figures
        if {"killed", "children", "women"} <= set(f) and not toll.scope and toll.incident in NAMES:
            parts = f"{f['children'].low} children and {f['women'].low} women"
            least = "at least " if f["killed"].open_top else ""
            sound = f"{name(case, toll.by)} counts {least}{f['killed'].low} killed, {parts} among them [@{toll.id}]."
            yield Mutation("total dropped", "R02", toll.incident, sound,
                           f"{name(case, toll.by)} counts {parts} killed [@{toll.id}].", case)
    for ref in ("t-ari-60", "t-ari-60b"):
        toll = case.tolls[ref]
        sound = f"{name(case, toll.by)} speaks of 60 killed and wounded together [@{ref}]."
        for worse in ("60 killed", "60 dead", "the deaths of 60 people"):
            yield Mutation("wounded told as killed", "R05", "ariha", sound,
                           f"{name(case, toll.by)} speaks of {worse} [@{ref}].", case)


def earlier(taken: Taken) -> Iterator[Mutation]:
    case = taken.case
    for verb in ("counts", "puts the dead at", "reports"):
        yield Mutation("earlier figure told as the figure", "D4", "ariha",
                       f"The Observatory {verb} at least 44 killed [@t-ari-sohr2].",
                       f"The Observatory {verb} at least 18 killed [@t-ari-sohr1].", case)


CLOCKS = (("sarmin", "The Syrian Observatory for Human Rights puts the strike at about", "h-time", 13, 0, 3),
          ("talbiseh", "Human Rights Watch puts the strike at about", "b-time", 10, 30, 3),
          ("jisr", "The Syrian Archive puts the strike at", "c-noon", 12, 0, 3),
          ("ariha", "The Telegraph reports that aircraft left the coastal base shortly after", "r-takeoff", 8, 30, 2))


def zones(taken: Taken) -> Iterator[Mutation]:
    for place, words, ref, hour, minute, offset in CLOCKS:
        def said(clock: str, words: str = words, ref: str = ref) -> str:
            return f"{words} {clock} [@{ref}]."

        local, utc = f"{hour:02}:{minute:02}", f"{hour - offset:02}:{minute:02}"
        sound = said(f"{local} (UTC+{offset}; {utc} UTC)")
        later = f"{hour - offset + 1:02}:{minute:02}"
        for kind, clock in (("zone changed", f"{local} (UTC+{offset - 1}; {utc} UTC)"),
                            ("zone changed", f"{local} (UTC+{offset + 1}; {utc} UTC)"),
                            ("zone changed", f"{local} (UTC+{offset - 1}; {later} UTC)"),
                            ("zone changed", f"{local} (UTC+{offset}; {later} UTC)"),
                            ("zone dropped", local), ("zone dropped", f"{local} local time"),
                            ("zone dropped", f"{local} (UTC+{offset})")):
            yield Mutation(kind, "R08", place, sound, said(clock), taken.case)


def points(taken: Taken) -> Iterator[Mutation]:
    """The point of a town told as the point of impact."""
    rows = {"sarmin": "h-time", "talbiseh": "b-what", "ariha": "r-what", "ghantu": "g-obj"}
    for place, ref in rows.items():
        incident = taken.case.incidents[place]
        assert incident.point is not None
        lat, lon = incident.point.lat, incident.point.lon
        speaker = name(taken.case, taken.case.assertions[ref].by)
        sound = f"{speaker} places the strike at {NAMES[place]} [@{ref}]."
        for worse in ("places the point of impact at", "puts the strike at exactly"):
            yield Mutation("town as impact", "R07", place, sound, f"{speaker} {worse} {lat}, {lon} [@{ref}].", taken.case)
