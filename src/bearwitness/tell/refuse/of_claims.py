"""Rules of what we hold: R09, R10, R22, R24, D8, D14 and the wording of verdicts and findings (R17, D7)."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bearwitness.model.records import Claim, Part
from bearwitness.model.vocabulary import VERDICTS
from bearwitness.reason.claims import say_set, test_claim
from bearwitness.reason.levels import Level
from bearwitness.tell.document import Fault
from bearwitness.tell.numbers import numbers_in
from bearwitness.tell.refuse.stretch import Stretch, stands

_COMMON = frozenset({"that", "this", "part", "claim", "suppo", "contr", "consi", "untes", "dispu", "objec", "other", "with",
                     "from", "which", "have", "been", "were", "said", "says", "they", "strik", "struc", "state", "minis"})


def _claims(s: Stretch) -> list[Claim]:
    ids = [c.id for c in s.cited.claims] + [p.claim for p in s.cited.parts]
    return [s.case.claims[i] for i in dict.fromkeys(ids)]


def parts_counted(s: Stretch) -> set[float]:
    """How many parts the cited claims have, and how many of each verdict: computed, not typed."""
    found: set[float] = set()
    for claim in _claims(s):
        tested = test_claim(s.case, s.desk.standard, claim)
        found |= {float(len(tested)), *map(float, Counter(one.verdict for one in tested).values())}
    return found


def dropped(s: Stretch) -> Iterator[Fault]:
    """R09: `of four parts` with fewer of them cited: the part left out is the one a reader would ask for."""
    if s.kind != "ours" or not s.cited.parts:
        return
    said = s.lexicon.has("of_parts", s.text)
    if said is None:
        return
    cited = {f"{p.claim}.{p.id}" for p in s.cited.parts}
    missing = [ref for c in _claims(s) for ref in (f"{c.id}.{p.id}" for p in c.parts)
               if ref not in cited and ref not in s.place.paragraph]
    numbers = [n.value for n in numbers_in(said[0], s.lexicon.numbers)]
    if missing and any(len(c.parts) in numbers for c in _claims(s)):
        yield s.fault("R09", f"{said[0]!r}: {', '.join(missing)} not among what is cited", words=said[0],
                      can_say=parts_say(s))


def whole(s: Stretch) -> Iterator[Fault]:
    """R09: a verdict on a claim as a whole, or with parts left out."""
    if s.kind == "plain":
        return
    found = s.lexicon.has("verdict_whole", s.text)
    words = found[0].strip() if found else ""
    of_part = found is not None and bool(s.cited.parts) and not s.cited.claims and bool(
        re.search(r"\bparts?\b|\b(?:claim|statement|denial|assertion)s?\b[^.;]{0,12}\b(?:that|about|on)\b",
                  s.text[:found.end()], re.I)) and not s.lexicon.has("bare_truth", found[0])
    if words and not of_part and not _parts_complete(s):
        yield s.fault("R09", f"{words!r} is a verdict on a whole claim", words=words, can_say=parts_say(s))
    elif (lied := s.has("lied")) and not s.attributed:
        yield s.fault("R09", f"{lied!r} needs knowledge and intent: it is no verdict", words=lied, can_say=parts_say(s))


def _parts_complete(s: Stretch) -> bool:
    cited = {(p.claim, p.id) for p in s.cited.parts}
    claims = _claims(s)
    whole = all((c.id, p.id) in cited for c in claims for p in c.parts)
    return bool(claims) and whole and _says_set(s)


def _says_set(s: Stretch) -> bool:
    return " part" in s.text.casefold()


def parts_say(s: Stretch) -> str:
    claims = _claims(s) or [c for c in s.case.claims.values() if set(c.about) & set(s.incident_ids)]
    said = []
    for claim in claims[:2]:
        tested = test_claim(s.case, s.desk.standard, claim)
        refs = "; ".join(t.ref for t in tested)
        said.append(f"{claim.title}: {say_set(tested)} [={refs}].")
    return " ".join(said)


def by_name(s: Stretch) -> Iterator[Fault]:
    """R10: a building identified by its name alone."""
    found = s.lexicon.has("same_object", s.text)
    if found is None or s.theirs(found) or s.kind not in ("cite", "ours", "count"):
        return
    words = found[0]
    geometry = [a for a in s.cited.assertions if a.point is not None]
    decided = [r for r in s.span.refs if r in s.case.parts and s.desk.tested(r).apart is not None]
    placed = [f for f in s.cited.findings if any(r in s.case.assertions and s.case.assertions[r].point is not None
                                                 for r in f.supporting)]
    if len(geometry) < 2 and not decided and not placed:
        yield s.fault("R10", f"{words!r}: an identity needs where each building stands, not what it is called",
                      words=words, can_say=_geometry_says(s))


def _geometry_says(s: Stretch) -> str:
    for ref, part in s.case.parts.items():
        claim = s.case.claims[part.claim]
        tested = s.desk.tested(ref)
        if tested.apart is not None and (set(claim.about) & set(s.incident_ids) or not s.incident_ids):
            return f"{part.text}: {tested.reason} [={ref}]."
    return ""


def other_object(s: Stretch) -> Iterator[Fault]:
    """D14: a word on truth about a part that concerns another object."""
    if s.kind != "ours" or not (words := s.has("truth")) or _whole_set(s):
        return
    for ref in s.span.refs:
        if ref in s.case.parts and s.desk.tested(ref).verdict == "other object":
            yield s.fault("D14", f"{ref} concerns another object: where it stands comes before whether it is true",
                          words=words, can_say=f"The claim concerns another object: {s.desk.tested(ref).reason} [={ref}].")
            return


def _whole_set(s: Stretch) -> bool:
    """The verdicts of every part, the other object among them, said together."""
    set_said = _parts_complete(s) or s.lexicon.has("of_parts", s.text) is not None
    return set_said and ("another object" in s.text or "other object" in s.text)


def verdict_words(s: Stretch) -> Iterator[Fault]:
    """R17: a verdict word that is not the computed verdict of any part cited."""
    if s.kind != "ours" or not s.cited.parts:
        return
    computed = {s.desk.tested(r).verdict for r in s.span.refs if r in s.case.parts}
    said = _said_verdicts(s)
    if wrong := said - computed:
        refs = [r for r in s.span.refs if r in s.case.parts]
        yield s.fault("R17", f"{', '.join(sorted(wrong))} is not the verdict of what is cited",
                      can_say=" ".join(f"{s.case.parts[r].text}: {s.desk.tested(r).verdict} [={r}]." for r in refs))


def subject(s: Stretch) -> Iterator[Fault]:
    """R17: a verdict said of something else than the part that is cited: of another part of the same claim."""
    if s.kind != "ours" or len(s.cited.parts) != 1 or s.cited.findings or not _said_verdicts(s):
        return
    cited = s.cited.parts[0]
    others = [p for p in s.case.claims[cited.claim].parts if p.id != cited.id]
    if s.lexicon.language != "en" or _about(s, cited):
        return
    better = max(others, key=lambda part: _about(s, part), default=None)
    if better is not None and _about(s, better):
        ref = f"{cited.claim}.{cited.id}"
        yield s.fault("R17", f"these words are about {better.claim}.{better.id} ({better.text}), and {ref} is cited",
                      can_say=f"{cited.text}: {s.desk.tested(ref).verdict} [={ref}].")


def _about(s: Stretch, part: Part) -> int:
    """How many content words a sentence shares with a part, by their first letters, and with its kind."""
    stems = {word[:5] for word in re.findall(r"\w{4,}", part.text.casefold())} - _COMMON
    here = {word[:5] for word in re.findall(r"\w{4,}", s.text.casefold())} - _COMMON
    return len(stems & here) + (s.lexicon.has(f"about_{part.kind}", s.text) is not None)


def own_allegation(s: Stretch) -> Iterator[Fault]:
    """D7: a denial called contradicted on the word of the one who made the allegation, and the sentence does not say so."""
    publisher = s.case.config.publisher
    if s.kind != "ours" or not publisher or "contradicted" not in _said_verdicts(s):
        return
    for part in s.cited.parts:
        rows = [s.case.assertions.get(ref) or s.case.tolls.get(ref) for ref in part.opposing]
        speakers = {row.by for row in rows if row is not None}
        source = s.case.speaker(publisher)
        if speakers != {publisher} or source is None or any(stands(name, s.text.casefold()) for name in source.names):
            continue
        ref = f"{part.claim}.{part.id}"
        yield s.fault("D7", f"{ref} is contradicted by {source.shown} alone, who made the allegation that it denies",
                      can_say=f"{part.text}: {source.shown}, who made the allegation, says the opposite [={ref}].")


def _said_verdicts(s: Stretch) -> set[str]:
    """The verdicts that the words of a stretch give, in its language."""
    low = s.text.casefold()
    said = {verdict for words, verdict in s.lexicon.verdicts.items() if words in low}
    if "another object" in low or "other object" in low:
        return {"other object"}
    said |= {v for v in VERDICTS if v in low}
    return said | ({"contradicted"} if "contradicts" in low or "stand against" in low or "stands against" in low else set())


def licensed(s: Stretch) -> Iterator[Fault]:
    """R17: words of ours above or below the level that the grounds carry."""
    if s.kind != "ours":
        return
    level = _level(s)
    if level is None:
        return
    said = s.lexicon.claimed_level(s.text)
    by_verdict = s.cited.parts and not s.cited.findings and bool(_said_verdicts(s))
    if said is None:
        if by_verdict or level.number >= 4 or _about_numbers(s):
            return
        yield _over(s, level, "these words stand on no step of the ladder, so they read as a fact")
    elif said[0] > level.number:
        yield _over(s, level, f"{said[1]!r} claims level {said[0]}")
    elif said[0] < level.number and level.number >= 2 and not by_verdict:
        yield s.fault("R17", f"{said[1]!r} says less than level {level.number} ({level.name}), which the grounds carry",
                      words=said[1], can_say=f"Say \u201c{s.lexicon.phrase(level.number)} ...\u201d, or hold the finding "
                                             "lower with a reason (hold: ... because ...).")


def _about_numbers(s: Stretch) -> bool:
    """Arithmetic over named members is computed, not believed: it needs no hedge."""
    return bool(s.span.counts) and not s.cited.parts and s.has("killed") != "" and " add" in s.text


def _over(s: Stretch, level: Level, what: str) -> Fault:
    phrase = s.lexicon.phrase(level.number)
    why = f"; {level.caps[0]}" if level.caps else ""
    by_class = s.desk.standard.cap("sound-only")[1] in level.caps
    return s.fault("D9" if by_class else "R17", f"{what}, the grounds carry level {level.number} ({level.name}{why})",
                   can_say=f"Say \u201c{phrase} ...\u201d.")


def _level(s: Stretch) -> Level | None:
    levels = [s.desk.held(f.id).level for f in s.cited.findings]
    levels += [s.desk.tested(r).level for r in s.span.refs if r in s.case.parts]
    return min(levels, key=lambda level: level.number) if levels else None


def replies(s: Stretch) -> Iterator[Fault]:
    """R22: a contradiction printed without asking the speaker, or saying why not."""
    for claim in _claims(s):
        answered = any(r.claim == claim.id for r in s.case.replies.values())
        silent = not claim.reply or (claim.reply.startswith("not") and not claim.reason)
        if not answered and (silent or claim.reply.startswith(("asked", "yes", "sent"))):
            yield s.fault("R22", f"{claim.id} has no entry in the reply ledger and no reason for the omission",
                          mend=f"Add a row to replies.csv, or write in claims/{claim.id}.md: "
                               "reply: not asked; reason: ...")


def findings(s: Stretch) -> Iterator[Fault]:
    """R24, D8, D11, D12: what the cited findings themselves lack."""
    for finding in s.cited.findings:
        for code, reason in s.desk.held(finding.id).faults:
            yield s.fault(code, reason)
