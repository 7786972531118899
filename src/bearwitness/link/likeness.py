"""Which texts of different speakers are too alike to be two accounts: near-identical phrases.

A wording that two people share has one author. Texts are compared by runs of words (shingles) after each script's own
normalisation: case, accents, vowel signs and letter variants are folded; numbers, names and word order are kept. Where
a script writes no spaces, runs of letters stand for runs of words.

Three kinds of likeness, each with the words that show it:
    copy        most of the shorter text stands in the longer one
    quotation   one long run of the same words stands in both
    translation two texts in different scripts have the same numbers in the same order, and the same names beside them
The first two presume a shared origin. A translation only opens the question: two honest counts of one strike share
numbers too.

What it neglects: paraphrase; texts below the shortest length; numbers spelt as words, in translations.
Source for shingles and containment: A. Z. Broder, On the resemblance and containment of documents, SEQUENCES 1997,
doi:10.1109/SEQUEN.1997.666900. The thresholds are this house's own.
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bearwitness.link.likeness_words import Words, read

RUN = 5             # words in a shingle
QUOTATION = 9       # words in one run that two people do not write by chance
COPY = 0.6          # share of the shorter text's shingles that stand in the longer one
SHORTEST = 8        # words; a shorter text shows nothing
FIGURES = 4         # numbers in the same order in two scripts
NAMES = 2           # names beside them; one is enough where one number more is shared


@dataclass(frozen=True, slots=True)
class Text:
    """Exact words of one speaker: ref says where they stand."""

    ref: str
    speaker: str
    words: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Two texts that share their wording. kind: copy, quotation or translation. shared: the words that show it."""

    a: Text
    b: Text
    kind: str
    shared: str
    why: str

    @property
    def presumes(self) -> bool:
        """Whether it presumes one origin, or only opens the question."""
        return self.kind != "translation"

    @property
    def turned(self) -> Alike:
        """The same likeness, told from the other side."""
        return Alike(self.b, self.a, self.kind, self.shared, self.why)


@dataclass(slots=True)
class Index:
    """Texts by their shingles. Texts may be added, and taken out by their ref, so that one change is not a new start."""

    texts: dict[str, tuple[Text, Words]] = field(default_factory=dict)
    _by_shingle: dict[int, set[str]] = field(default_factory=dict)
    _numbered: dict[str, set[str]] = field(default_factory=dict)

    def add(self, text: Text) -> None:
        words = read(text.words, RUN)
        self.remove(text.ref)
        self.texts[text.ref] = text, words
        for shingle in words.shingles:
            self._by_shingle.setdefault(shingle, set()).add(text.ref)
        if len(words.numbers) >= FIGURES:
            self._numbered.setdefault(words.script, set()).add(text.ref)

    def remove(self, ref: str) -> None:
        found = self.texts.pop(ref, None)
        if found is not None:
            for shingle in found[1].shingles:
                self._by_shingle[shingle].discard(ref)
            self._numbered.get(found[1].script, set()).discard(ref)

    def like(self, ref: str) -> list[Alike]:
        """Texts of other speakers that share wording with this one."""
        text, words = self.texts[ref]
        beside: dict[str, int] = {}
        for shingle in words.shingles:
            for other in self._by_shingle[shingle]:
                beside[other] = beside.get(other, 0) + 1
        found = [alike for other in sorted(beside) if self.texts[other][0].speaker != text.speaker
                 and (alike := compare(text, words, *self.texts[other])) is not None]
        return found + self._translations(text, words)

    def _translations(self, text: Text, words: Words) -> list[Alike]:
        if len(words.numbers) < FIGURES:
            return []
        others = [self.texts[ref] for script, refs in self._numbered.items() if script != words.script
                  for ref in sorted(refs)]
        return [alike for other, theirs in others if other.speaker != text.speaker
                and (alike := _translation(text, words, other, theirs)) is not None]

    def all(self) -> list[Alike]:
        """Every likeness, each pair once."""
        found = [alike for ref in self.texts for alike in self.like(ref)]
        return sorted({(a.a.ref, a.b.ref): a for a in found if a.a.ref < a.b.ref}.values(), key=lambda a: (a.a.ref, a.b.ref))


def compare(a: Text, words_a: Words, b: Text, words_b: Words) -> Alike | None:
    """Whether two texts of one script are a copy or share a quotation. The order of the two does not matter."""
    if min(len(words_a.tokens), len(words_b.tokens)) < SHORTEST or words_a.script != words_b.script:
        return None
    smaller = min(len(words_a.shingles), len(words_b.shingles))
    shared = len(words_a.shingles & words_b.shingles)
    run = _longest_run(words_a, words_b)
    said = words_a.said(run[0], run[1]) if run else ""
    if smaller and shared / smaller >= COPY:
        return Alike(a, b, "copy", said, f"{round(100 * shared / smaller)} per cent of the shorter text stands word for "
                     f"word in the other: “{said}”")
    if run and run[1] - run[0] >= QUOTATION * words_a.per_word:
        count = (run[1] - run[0]) // words_a.per_word
        return Alike(a, b, "quotation", said, f"the same {count} words stand in both: “{said}”")
    return None


def _longest_run(a: Words, b: Words) -> tuple[int, int] | None:
    """Where in `a` the longest run of tokens that also stands in `b` begins and ends."""
    at: dict[int, list[int]] = {}
    for place, shingle in enumerate(b.in_order):
        at.setdefault(shingle, []).append(place)
    best: tuple[int, int] | None = None
    running: dict[int, int] = {}
    for place, shingle in enumerate(a.in_order):
        running = {other: running.get(other - 1, 0) + 1 for other in at.get(shingle, ())}
        for length in running.values():
            if best is None or length > best[1] - best[0]:
                best = place - length + 1, place + 1
    return None if best is None else (best[0], best[1] + a.size - 1)


def _translation(a: Text, words_a: Words, b: Text, words_b: Words) -> Alike | None:
    numbers = _common_order(words_a.numbers, words_b.numbers)
    if len(numbers) < FIGURES or len(set(numbers)) < FIGURES - 1:
        return None
    names = sorted(words_a.names & words_b.names)
    if len(names) < NAMES - (len(numbers) > FIGURES):
        return None
    shared = ", ".join(numbers)
    return Alike(a, b, "translation", shared, f"two scripts have the numbers {shared} in this order, and "
                 f"{len(names)} name{'s' if len(names) > 1 else ''} beside them: one may be a translation of the other")


def _common_order(a: tuple[str, ...], b: tuple[str, ...]) -> list[str]:
    """The longest sequence of numbers that stands in both, in order."""
    a, b = a[:80], b[:80]
    rows: list[list[list[str]]] = [[[] for _ in range(len(b) + 1)]]
    for x in a:
        last, row = rows[-1], [[]]      # type: list[list[str]], list[list[str]]
        for j, y in enumerate(b):
            row.append([*last[j], x] if x == y else max(last[j + 1], row[j], key=len))
        rows.append(row)
    return rows[-1][-1]


def find(texts: Iterable[Text]) -> list[Alike]:
    """Every likeness between texts of different speakers, each pair once, with the words that show it."""
    index = Index()
    for text in texts:
        index.add(text)
    return index.all()
