"""Mutations of what we hold: the ladder one step up or down, grounds and rivals taken away, parts of claims left out."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.mutations.ground import changed

from bearwitness.model.case import Case
from bearwitness.seal.takein import Taken

PHRASES = {0: ("It is alleged that", "Allegedly,"), 1: ("It appears that", "Apparently"),
           2: ("There are reasonable grounds to believe that",), 3: ("It is more likely than not that",),
           4: ("It is clearly and convincingly shown that",), 5: ("It is proven beyond reasonable doubt that",)}
# finding: (its level by the grounds made for it, its strike, ways to say what it holds)
HELD = {
    "ariha-market": (2, "ariha", ("an air strike hit the market at Ariha and killed at least 43 people",
                                  "at least 43 people died when an air strike hit the market at Ariha")),
    "ariha-weapon": (0, "ariha", ("cluster munitions hit the market at Ariha",)),
    "ghantu-shelter": (2, "ghantu", ("a strike on a shelter at al-Ghantu killed at least 46 people of one family",
                                     "at least 46 people of one family died in a strike on a shelter at al-Ghantu")),
    "jisr-strike": (2, "jisr", ("a Russian aircraft struck the northern part of Jisr al-Shughour on 1 October 2015",)),
    "photo-older": (1, "sarmin", ("the picture was taken before the strike of 20 October 2015",
                                  "the picture that the ministry dated to 31 October was taken before the strike")),
    "sarmin-strike": (2, "sarmin", ("an air strike hit Sarmin on 20 October 2015 and killed at least twelve people",
                                    "at least twelve people died when an air strike hit Sarmin")),
    "talbiseh-strike": (2, "talbiseh", ("air strikes hit homes at Talbiseh and killed at least 16 people",
                                        "at least 16 people died when air strikes hit homes at Talbiseh")),
    "two-mosques": (1, "jisr", ("the mosque on the photographs is another building than the mosque that was struck",)),
    "zz-school": (3, "sarmin", ("an air strike hit a school at Sarmin on 20 October 2015",)),
}


@dataclass(frozen=True)
class Mutation:
    """kind: what was done. code: what must be refused. sound: the sentence before; text: after, on `case`."""

    kind: str
    code: str
    place: str
    sound: str
    text: str
    case: Case
    options: dict[str, object] = field(default_factory=dict)
    sound_case: Case | None = None

    def draft(self, text: str) -> str:
        return f"## {self.place} {{#{self.place}}}\n\n{text}\n"


def ladder(taken: Taken) -> Iterator[Mutation]:
    """One step up, one step down, and no step at all."""
    case = taken.case
    for ref, (level, place, ways) in HELD.items():
        for way in ways:
            sound = f"{PHRASES[level][0]} {way} [={ref}]."
            for phrase in PHRASES[level + 1]:
                code = "D9" if ref == "ghantu-attacker" else "R17"
                yield Mutation("level up one", code, place, sound, f"{phrase} {way} [={ref}].", case)
            if level >= 2:
                for phrase in PHRASES[level - 1]:
                    yield Mutation("level down one", "R17", place, sound, f"{phrase} {way} [={ref}].", case)
            # cluster munitions told flat have a refusal of their own, and wording gives way to it
            code = "R12" if ref == "ariha-weapon" else "R17"
            yield Mutation("hedge dropped", code, place, sound, f"{way[0].upper()}{way[1:]} [={ref}].", case)


def _sentence(ref: str) -> str:
    level, _, ways = HELD[ref]
    return f"{PHRASES[level][0]} {ways[0]} [={ref}]."


def held_badly(taken: Taken) -> Iterator[Mutation]:
    """The same sound sentence over a finding that lost its reviewer, its rivals, its search, or the measure of its hold."""
    for ref, (level, place, _) in HELD.items():
        said = _sentence(ref)
        body = taken.case.stated[ref].body
        author = str(body["by"])
        yield Mutation("reviewer = author", "R18", place, said, said, changed(taken, ref, reviewed=author), {}, taken.case)
        yield Mutation("rivals dropped", "R24", place, said, said, changed(taken, ref, rivals=None), {}, taken.case)
        yield Mutation("search dropped", "D12", place, said, said, changed(taken, ref, looked_in=None), {}, taken.case)
        if level < 4:
            held = changed(taken, ref, hold="4", hold_because="it is known to everybody")
            yield Mutation("held above", "D8", place, said, said, held, {}, taken.case)


def origins_merged(taken: Taken) -> Iterator[Mutation]:
    """Every speaker behind a finding copies the first one: what two or three carried, one does not."""
    for ref, (level, place, _) in HELD.items():
        if level < 2 or ref in ("jisr-strike", "sarmin-strike", "zz-school"):
            continue        # an admission stands by itself: one origin does not cap it
        grounds = [g for g in taken.case.findings[ref].supporting]
        records = [taken.case.tolls.get(g) or taken.case.assertions.get(g) for g in grounds]
        speakers = list(dict.fromkeys(r.by for r in records if r is not None))
        if any(taken.case.assertions.get(g) is not None and taken.case.assertions[g].about == "own-strike" for g in grounds):
            continue
        rows_changed = _all_copy(taken, speakers)
        yield Mutation("origins merged", "R17", place, _sentence(ref), _sentence(ref), rows_changed, {}, taken.case)


def _all_copy(taken: Taken, speakers: list[str]) -> Case:
    from dataclasses import replace

    from bearwitness.model.case import build
    rows = [replace(s, body={**s.body, "relies_on": speakers[0]})
            if s.kind == "source.stated" and s.id in speakers[1:] else s for s in taken.case.stated.values()]
    return build(taken.folder.config, rows)[0]


def two_origins(taken: Taken) -> Iterator[Mutation]:
    """`Two origins` where the second was made to copy the first; `three` where two are cited."""
    case = taken.case
    pairs = [("t-gha-amn", "t-gha-hrw"), ("t-ari-civ", "t-ari-amn"), ("t-talb-hrw", "t-talb-res"), ("t-sar-sohr", "zz-t1"),
             ("t-ari-civ", "t-ari-sohr2"), ("t-gha-amn", "t-gha-alj"), ("t-talb-hrw", "zz-t2")]
    for one, two in pairs:
        a, b = case.tolls[one], case.tolls[two]
        names = f"{case.sources[a.by].name.split(' (')[0]} and {case.sources[b.by].name.split(' (')[0]}"
        sound = f"Two sources, {names}, report deaths [@{one}; {two}]."
        yield Mutation("origin merged", "R04", a.incident, sound, sound, _all_copy(taken, [a.by, b.by]), {}, case)
        yield Mutation("an origin too many", "R04", a.incident, sound, sound.replace("Two", "Three"), case)


def parts_dropped(taken: Taken) -> Iterator[Mutation]:
    """A verdict on the whole of a claim with one part of it left out; and a claim nobody was asked about."""
    from bearwitness.reason.claims import say_set, test_claim
    from bearwitness.reason.standards import standard_of
    for claim in taken.case.claims.values():
        place = claim.about[0] if claim.about[0] in taken.case.incidents else "ariha"
        refs = [f"{claim.id}.{part.id}" for part in claim.parts]
        words = say_set(test_claim(taken.case, standard_of(taken.case), claim))
        sound = f"The claim has its verdicts part by part: {words} [={'; '.join(refs)}]."
        if len(refs) >= 2:
            for left in refs:
                fewer = "; ".join(r for r in refs if r != left)
                yield Mutation("sub-claim dropped", "R09", place, sound, f"The claim has its verdicts part by part: {words} "
                               f"[={fewer}].", taken.case)
        yield Mutation("reply dropped", "R22", place, sound, sound, changed(taken, claim.id, reply=None), {}, taken.case)
