"""The exact words that a case holds, and which speakers' words are too alike to be two accounts.

Only words that are a speaker's own are compared: what stands in “ ” in a record, a claim in its original wording, the
paragraphs of an interview, and the text of a held document that one speaker alone speaks in. A paraphrase is the
researcher's sentence, and two of them are alike for that reason.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bearwitness.link.likeness import Alike, Index, Text
from bearwitness.model.case import Case
from bearwitness.model.records import Assertion, Toll

_EXACT = re.compile(r"“([^”]+)”")
Pair = tuple[str, str]


def exact_words(case: Case) -> Iterator[Text]:
    """Every text of a case that is a speaker's own words."""
    for row in _rows(case):
        if found := _EXACT.findall(row.words):
            yield Text(row.id, row.by, " ".join(found))
    for claim in case.claims.values():
        if claim.exact_words:
            yield Text(claim.id, claim.by, claim.exact_words)
    for note in case.notes.values():
        yield Text(note.id, note.by, " ".join(note.paragraphs))
    yield from _held_words(case)


def _rows(case: Case) -> tuple[Assertion | Toll, ...]:
    return (*case.assertions.values(), *case.tolls.values())


def _held_words(case: Case) -> Iterator[Text]:
    """The texts of held documents in which one speaker alone speaks."""
    speakers: dict[str, set[str]] = {}
    for row in _rows(case):
        speakers.setdefault(row.doc, set()).add(row.by)
    for document in case.documents.values():
        those = speakers.get(document.id, set())
        if document.held and len(those) == 1 and (text := case.text_of(document.held)):
            yield Text(document.id, next(iter(those)), text)


def _index(case: Case) -> Index:
    if "texts" not in case._index:
        index = Index()
        for text in exact_words(case):
            index.add(text)
        case._index["texts"] = index
    made: Index = case._index["texts"]
    return made


def alike_in(case: Case) -> Mapping[Pair, tuple[Alike, ...]]:
    """Likenesses by the pair of speakers, ids in order. Computed once: a case is not changed after it is built."""
    if "alike" not in case._index:
        case._index["alike"] = _by_speakers(_index(case).all())
    made: dict[Pair, tuple[Alike, ...]] = case._index["alike"]
    return made


def follow(before: Case, after: Case) -> None:
    """Compare in `after` only the texts that are not as they were in `before`, whose likenesses stay as computed."""
    old = alike_in(before)
    index, texts = _index(before), {text.ref: text for text in exact_words(after)}
    changed = {ref for ref, (text, _) in index.texts.items() if texts.get(ref) != text} | (texts.keys() - index.texts.keys())
    for ref in changed:
        index.remove(ref)
    for ref in changed & texts.keys():
        index.add(texts[ref])
    kept = [alike for those in old.values() for alike in those if alike.a.ref not in changed and alike.b.ref not in changed]
    found = [alike for ref in sorted(changed & texts.keys()) for alike in index.like(ref)]
    fresh = {tuple(sorted((a.a.ref, a.b.ref))): a if a.a.ref < a.b.ref else a.turned for a in found}
    before._index.pop("texts")
    after._index["texts"] = index
    after._index["alike"] = _by_speakers([*kept, *fresh.values()])


def _by_speakers(likenesses: Iterable[Alike]) -> dict[Pair, tuple[Alike, ...]]:
    found: dict[Pair, list[Alike]] = {}
    for alike in sorted(likenesses, key=lambda one: (one.a.ref, one.b.ref)):
        a, b = sorted((alike.a.speaker, alike.b.speaker))
        found.setdefault((a, b), []).append(alike)
    return {pair: tuple(those) for pair, those in found.items()}


def shared_speech(found: Mapping[Pair, tuple[Alike, ...]], among: Iterable[str]) -> list[Pair]:
    """The pairs among these speakers whose words are alike."""
    if not found:
        return []
    those = sorted(among)
    return [(a, b) for n, a in enumerate(those) for b in those[n + 1:] if (a, b) in found]
