"""Rules of who speaks: R04 and D5 origins, D6 admissions, D10 quotations, D11 unknown incident, D12 negatives."""
from __future__ import annotations

import re
from collections.abc import Iterator

from bearwitness.link.origins import origins, say_origins, shared_unknown
from bearwitness.reason.levels import grounds_nothing
from bearwitness.tell.document import Fault
from bearwitness.tell.numbers import numbers_in, without_dates, word_value
from bearwitness.tell.refuse.stretch import Stretch, stands

_INLINE_QUOTE = re.compile(r"[\u201c\u00ab\u201e\"]([^\u201c\u201d\u00ab\u00bb\u201e\"]{3,})[\u201d\u00bb\u201c\"]")


def pages(s: Stretch) -> Iterator[Fault]:
    """R04: "N sources" where fewer origins speak; D5: "independently confirmed" by one origin."""
    if s.kind not in ("cite", "ours"):
        return
    speakers = _speaker_ids(s)
    if not speakers:
        return
    found = origins(s.case, speakers)
    noun = s.lexicon.word["sources_noun"].pattern
    numbers = "|".join(s.lexicon.numbers)
    for m in re.finditer(rf"\b(\d+|{numbers}|both|several|multiple|various|numerous)\s+(?:of\s+(?:the|these)\s+)?{noun}\b",
                         without_dates(s.text), re.I):
        word = m[1].lower()
        stated = 2 if word in ("both", "several", "multiple", "various", "numerous") else (
            int(word) if word.isdigit() else word_value(word, s.lexicon.numbers))
        if stated > found.established and not _their_number(s, stated):
            yield s.fault("R04", f"{m[0]!r}: what is cited goes back to {say_origins(s.case, found)}", words=m[0],
                          can_say=f"This rests on {say_origins(s.case, found)}.")
            return
    shared = shared_unknown(s.case, found)
    match = s.lexicon.has("independently", s.text)
    words = match[0] if match is not None and not s.negated(match) else ""
    if words and (found.established < 2 or found.unknown or shared):
        yield s.fault("D5", f"{words!r}: what is cited goes back to {say_origins(s.case, found)}", words=words,
                      can_say=f"This rests on {say_origins(s.case, found)}.")


def _their_number(s: Stretch, stated: int) -> bool:
    """A number of sources that the one named speaker states itself is its statement, not our count."""
    words = " ".join(a.says for a in s.cited.assertions)
    return s.attributed and len(s.speakers) == 1 and any(n.value == stated for n in numbers_in(words, s.lexicon.numbers))


def _speaker_ids(s: Stretch) -> list[str]:
    """The speakers behind what is cited; those of a part or finding are the speakers of its grounds."""
    ids = [r.by for r in s.cited.rows] + s.cited.sources
    ids += [s.case.notes[n].by for n in s.cited.notes]
    for finding in s.cited.findings:
        level = s.desk.held(finding.id).computed
        ids += [m for group in level.origins.groups for m in group] + list(level.origins.unknown)
    for ref in s.span.refs:
        if ref in s.case.parts:
            level = s.desk.tested(ref).level
            ids += [m for group in level.origins.groups for m in group] + list(level.origins.unknown)
    return ids


def admission(s: Stretch) -> Iterator[Fault]:
    """D6: an admission beyond its speaker's capacity, or beyond its reach."""
    if s.kind not in ("cite", "ours"):
        return
    rows = [a for a in s.cited.assertions if a.about == "own-strike"]
    words = s.has("admit")
    for row in rows:
        speaker = s.case.speaker(row.by)
        if speaker is None:
            continue
        other = s.has("ministry")
        own = any(other.casefold() in n.casefold() for n in speaker.names) if other else True
        if speaker.kind != "party" and other and not own and speaker not in s.named:
            yield s.fault("D6", f"{speaker.shown} is not {other}: a state broadcaster speaks for itself",
                          can_say=f"{speaker.shown} said: {row.says} (its reach: {row.at or 'not stated'}) [@{row.id}].")
        elif _denied(s):
            yield s.fault("D6", f"{row.id} states a strike; these words say the opposite", can_say=(
                f"{speaker.shown} said: {row.says} (its reach: {row.at or 'not stated'}) [@{row.id}]."))
        elif _beyond(s, row.at) and not s.lexicon.has("admit_silent", s.text):
            yield s.fault("D6", f"the statement reaches the {row.at or 'place it names'}, not the object struck",
                          can_say=f"{speaker.shown} said: {row.says} (its reach: {row.at or 'not stated'}) [@{row.id}].")
        elif words and speaker not in s.named and s.kind == "cite":
            yield s.fault("D6", f"an admission names its speaker and its reach ({speaker.shown}; {row.at})",
                          can_say=f"{speaker.shown} said: {row.says} (its reach: {row.at or 'not stated'}) [@{row.id}].")


def _beyond(s: Stretch, at: str) -> bool:
    """An object of the sentence that the statement does not reach; what it is said not to mention is none."""
    found = s.lexicon.has("admit_object", s.text)
    return at != "object" and found is not None and not s.negated(found)


def _denied(s: Stretch) -> bool:
    return bool(re.search(r"\b(?:no|not any|never any) (?:air ?)?(?:strike|raid|attack)\b|\bdid not (?:strike|bomb)\b",
                          s.text, re.I))


def heading_quote(s: Stretch) -> Iterator[Fault]:
    """D10: a quotation is never a title or a heading."""
    if found := _INLINE_QUOTE.search(s.text):
        yield s.fault("D10", "a quotation is never a title or a heading", words=found[0],
                      mend="In a heading, paraphrase; quote in the text, with its record.")


def quotation(s: Stretch) -> Iterator[Fault]:
    """D10: quotations are exact, held, in their place, and cannot launder."""
    if s.span.quote:
        yield from _block_quote(s)
        return
    if s.kind not in ("cite", "ours", "count"):
        return
    for found in _INLINE_QUOTE.finditer(s.text):
        if len(found[1].split()) >= 3 and not _is_exact(s, found[1]):
            yield s.fault("D10", "these words stand in quotation marks, but no held document has them",
                          words=found[1], mend="Take the marks off and paraphrase, or seal the document.")


def _block_quote(s: Stretch) -> Iterator[Fault]:
    if not s.span.refs:
        yield s.fault("D10", "a quotation ends in the record it is taken from: [@...]")
        return
    if s.place.section.casefold() in ("finding", "findings", "summary", "what could not be established"):
        yield s.fault("D10", "a quotation never stands in a summary")
        return
    if not s.named:
        yield s.fault("D10", "the speaker of a quotation is named in its sentence",
                      mend="Name who speaks before or in the quotation.")
        return
    exact = _INLINE_QUOTE.search(s.text)
    words = exact[1] if exact else s.text
    if not _is_exact(s, words):
        yield s.fault("D10", "no held document has these exact words: a paraphrase is not printed as a quotation",
                      words=words)


def _is_exact(s: Stretch, words: str) -> bool:
    wanted = " ".join(words.split()).strip(" .,;:")
    docs = [r.doc for r in s.cited.rows] + s.cited.documents + [c.doc for c in s.cited.claims]
    held = [s.case.documents[d].held for d in docs if d in s.case.documents] + s.cited.exhibits
    texts = [s.desk.held_text(exhibit) or "" for exhibit in held if exhibit]
    texts += ["\n".join(s.case.notes[n].paragraphs) for n in (*s.cited.notes, *(d for d in docs if d in s.case.notes))]
    return any(wanted in " ".join(text.split()) for text in texts)


def unknown_incident(s: Stretch) -> Iterator[Fault]:
    """D11: a record whose incident is not known, used about one."""
    for row in s.cited.rows:
        if s.kind in ("cite", "ours") and row.incident == "?" and _about_one(s):
            yield s.fault("D11", f"{row.id}: {grounds_nothing(s.case, row) or 'its incident is not known'}",
                          mend="Say which strike it speaks of only when a record says so; else leave the strike out.")
            return


def _about_one(s: Stretch) -> bool:
    words = s.text.casefold()
    for incident in s.case.incidents.values():
        names = [incident.id, *incident.name.replace(",", " ").split()[:1], *incident.name_local.split()[:1]]
        if any(len(n) > 3 and stands(n, words) for n in names):
            return True
    return bool(s.place.incident) and any(w in words for w in ("this strike", "this attack", "the impact", "the strike",
                                                               "the attack", "nearest", "here"))


def recalled(s: Stretch) -> Iterator[Fault]:
    """A record from memory grounds nothing (G02): it may be shown as such, never cited for a fact."""
    for row in s.cited.rows:
        document = s.case.documents.get(row.doc)
        if document is not None and document.recalled and s.kind in ("cite", "ours"):
            yield s.fault("G02", f"{row.id} is from memory, not read: it grounds nothing",
                          mend="Find and read the document, or leave the sentence out.")


def unread(s: Stretch) -> Iterator[Fault]:
    """D7: what a document does not say, where it was read in part."""
    if s.kind not in ("cite", "ours") or not (words := s.has("unread")):
        return
    for row in s.cited.rows:
        document = s.case.documents.get(row.doc)
        if document is not None and document.partly_read:
            yield s.fault("D7", f"{document.what} was read in part ({document.read}): what it does not say is not known",
                          words=words, mend="Say that the document was read in part, or read the rest.")
            return


def negative(s: Stretch) -> Iterator[Fault]:
    """D12: never, none, only, no reply: a negative needs the search that would have found the opposite."""
    if s.kind in ("plain", "quote", "none"):
        return
    if s.cited.searches or any(f.looked_in for f in s.cited.findings):
        return
    found = s.lexicon.has("negative", s.text)
    if found is not None and not s.theirs(found) and not _in_record(s, found[0]):
        words = found[0]
        near = _near_search(s)
        yield s.fault("D12", f"{words!r} needs the record of a search", words=words,
                      mend=f"Cite the search: [@{near}]." if near else
                      "Add a row to searches.csv (what, where, when, by whom, how well seen) and cite it.")


def _in_record(s: Stretch, words: str) -> bool:
    """The negative stands in the cited record's own words, and is told as somebody's."""
    said = " ".join(row.says for row in s.cited.assertions).casefold()
    return s.kind == "cite" and s.reported and stands(words, said)


def _near_search(s: Stretch) -> str:
    for search in s.case.searches.values():
        if search.incident in s.incident_ids or any(i in search.sought for i in s.incident_ids):
            return search.id
    return ""
