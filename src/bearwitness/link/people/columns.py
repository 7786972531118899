"""One field of all rows as numpy columns: how alike two rows are in it, as a level, and how rare that is.

A level is a small whole number: 0 the same (or the same in another script), then less and less alike; -1 where one of
the two says nothing. Every column knows `unshared`, the share of each level between rows that have nothing to do with
each other, computed from how often each value is written (never from a sample of rows, so that the order of rows changes
nothing). `rarity` says how much more than its level a pair of values tells: to share a rare name is more than to share a
common one; a misspelling that nobody else writes is less likely to be another name.

Method: I. Fellegi, A. Sunter, JASA 64, 1969, doi:10.1080/01621459.1969.10501049 (levels and value-specific weights).
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bearwitness.link.names.known import readings
from bearwitness.link.names.likeness import likeness_many
from bearwitness.link.names.script import script
from bearwitness.link.names.sounds import skeleton

Ints = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.float64]
MISSING = -1
_PROBES, _WORDS = 200, 8_000     # how many spellings are held against how many, to learn what chance does
_CHUNK = 1 << 20
_LEAST = 1e-7
APART = 4                               # the level of words that are not alike
NEAR, ALIKE, SLIP = 0.85, 0.68, 0.5     # likeness of two spellings from which they count as nearly the same, alike, a slip
_SCRIPTS = {"latin": 1, "arabic": 2, "cyrillic": 3}


class Vocabulary:
    """Distinct normal forms of all name columns together, the empty one first, so that columns can be held together.

    words: forms, ascending. classes: number of the consonant skeleton of each. scripts: number of its script.
    """

    def __init__(self, forms: set[str]) -> None:
        found = ["", *sorted(forms - {""})]
        self.words = np.empty(len(found), object)
        self.words[:] = found
        self.listed = found
        self.code_of = {word: code for code, word in enumerate(found)}
        self.written_in: Ints = np.fromiter((_SCRIPTS.get(script(word), 0) for word in found), np.int8, len(found))
        slavic = bool((self.written_in == _SCRIPTS["cyrillic"]).any())      # its letter ge is written g or h in Latin
        self.skeletons = np.empty(len(found), object)
        self.skeletons[:] = [skeleton(word).replace("H", "K") if slavic else skeleton(word) for word in found]
        order = {name: number for number, name in enumerate(sorted(set(self.skeletons)))}
        self.classes: Ints = np.fromiter((order[name] for name in self.skeletons), np.int32, len(found))
        self.known = [readings(word) for word in found]
        names = {name: at for at, name in enumerate(sorted({each for each in self.known if each}, key=sorted))}
        self.name: Ints = np.fromiter((names.get(each, MISSING) for each in self.known), np.int32, len(found))
        self.mixed = len(set(self.written_in[1:].tolist())) > 1

    def __len__(self) -> int:
        return len(self.words)

    def codes(self, values: list[str]) -> Ints:
        return np.fromiter((self.code_of[value] for value in values), np.int32, len(values))

    def _two_names(self, a: Ints, b: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Whether both words are well-known names, and not spellings of one: Hasan and Husayn lie a letter apart."""
        return np.array([bool(self.known[x] and self.known[y] and not self.known[x] & self.known[y])
                         for x, y in zip(a.tolist(), b.tolist(), strict=True)], bool)

    def between(self, a: Ints, b: Ints) -> Ints:
        """Levels of pairs of distinct words, by their codes, int8."""
        out = np.full(len(a), APART, np.int8)
        for start in range(0, len(a), _CHUNK):
            self._between(a[start:start + _CHUNK], b[start:start + _CHUNK], out[start:start + _CHUNK])
        return out

    def _between(self, a: Ints, b: Ints, out: Ints) -> None:
        slips = process.cpdist(self.words[a], self.words[b], scorer=OSA.distance, score_cutoff=2, dtype=np.int8)
        close = (slips <= 2) | (self.classes[a] == self.classes[b]) | ((self.name[a] == self.name[b]) & (self.name[a] >= 0))
        if self.mixed:
            across = self.written_in[a] != self.written_in[b]
            heard = process.cpdist(self.skeletons[a[across]], self.skeletons[b[across]], scorer=OSA.distance,
                                   score_cutoff=1, dtype=np.int8)
            close[np.flatnonzero(across)[heard <= 1]] = True
        at = np.flatnonzero(close)
        if not at.size:
            return
        like = likeness_many(a[at], b[at], self.listed)
        level = np.full(len(at), APART, np.int8)
        level[((slips[at] == 2) & (like >= SLIP)) | (self.classes[a[at]] == self.classes[b[at]])] = 3
        level[(like >= ALIKE) | (slips[at] == 1)] = 2
        level[like >= NEAR] = 1
        level[self._two_names(a[at], b[at])] = APART
        level[(a[at] == b[at]) | ((like >= NEAR) & (self.written_in[a[at]] != self.written_in[b[at]]))] = 0
        out[at] = level


@dataclass(slots=True)
class Text:
    """Words that are misspelt: names, places.

    code: index into the vocabulary per row, int32, 0 where nothing is written. other: a second spelling of the same row
    (another script), or None. share: of the rows that say something, those with this word. unshared: share of each level
    between unconnected rows [5]. near: mean number of words at each level from a written word [5].
    """

    vocabulary: Vocabulary
    code: Ints
    other: Ints | None
    share: Floats
    unshared: Floats
    near: Floats

    @property
    def key(self) -> Ints:
        return np.where(self.code > 0, self.vocabulary.classes[self.code], MISSING)

    def levels(self, left: Ints, right: Ints) -> Ints:
        """Levels of pairs of rows, int8: the least of what their spellings say."""
        out = levels_of(self.vocabulary, self.code[left], self.code[right])
        if self.other is None:
            return out
        both = (self.code, self.other)
        for x, y in ((both[0], both[1]), (both[1], both[0]), (both[1], both[1])):
            at = np.flatnonzero((out != 0) & (x[left] > 0) & (y[right] > 0))
            again = levels_of(self.vocabulary, x[left[at]], y[right[at]])
            out[at] = np.where(out[at] < 0, again, np.minimum(out[at], again))
        return out

    def rarity(self, left: Ints, right: Ints, level: Ints) -> Floats:
        """Natural logarithm of what the two values add to their level, where the field is shared."""
        a, b = self._share(left), self._share(right)
        out = np.zeros(len(a))
        same = level == 0
        out[same] = np.log(2 * self.unshared[0] / (a[same] + b[same]))
        for at in range(1, APART):
            here = level == at
            out[here] = np.log(self.unshared[at] / (2 * max(self.near[at], 1e-3)) * (1 / a[here] + 1 / b[here]))
        return out

    def _share(self, row: Ints) -> Floats:
        code = self.code[row]
        return self.share[code if self.other is None else np.where(code > 0, code, self.other[row])]


def levels_of(vocabulary: Vocabulary, a: Ints, b: Ints) -> Ints:
    """Levels of pairs of codes, int8; each pair of words is compared once."""
    out = np.zeros(len(a), np.int8)
    out[(a == 0) | (b == 0)] = MISSING
    todo = np.flatnonzero((a != b) & (out == 0))
    if todo.size:
        low, high = np.minimum(a[todo], b[todo]), np.maximum(a[todo], b[todo])
        both, back = np.unique(low.astype(np.int64) * len(vocabulary) + high, return_inverse=True)
        out[todo] = vocabulary.between(both // len(vocabulary), both % len(vocabulary))[back]
    return out


def text(vocabulary: Vocabulary, values: list[str], others: list[str] | None = None) -> Text:
    """A column from normal forms, one per row; others: second spellings of the same rows."""
    code = vocabulary.codes(values)
    other = vocabulary.codes(others) if others is not None and any(others) else None
    counts: Floats = np.bincount(code, minlength=len(vocabulary)).astype(np.float64)
    if other is not None:
        counts += np.bincount(other, minlength=len(vocabulary))
    counts[0] = 0
    said = max(float(np.count_nonzero((code > 0) | (other > 0 if other is not None else False))), 1.0)
    unshared, near = _by_chance(vocabulary, counts / max(counts.sum(), 1.0))
    return Text(vocabulary, code, other, np.maximum(counts, 0.5) / said, unshared, near)


def _spread(count: int, most: int) -> Ints:
    """Up to `most` places spread evenly over `count`."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(np.int64))


def _by_chance(vocabulary: Vocabulary, share: Floats) -> tuple[Floats, Floats]:
    """What two unconnected rows say: share of each level, and how many words stand at each level from a written one."""
    used = np.flatnonzero(share > 0)
    if not used.size:
        return np.array([0.01, 0.01, 0.01, 0.01, 0.96]), np.ones(5)
    order = np.cumsum(share[used])
    probes = used[np.searchsorted(order, (np.arange(_PROBES) + 0.5) / _PROBES * order[-1]).clip(0, len(used) - 1)]
    others = used[_spread(len(used), _WORDS)]
    weight = share[others] / share[others].sum()
    distinct, times = np.unique(probes, return_counts=True)
    level = vocabulary.between(np.repeat(distinct, len(others)), np.tile(others, len(distinct))).reshape(-1, len(others))
    unshared = np.array([float(times @ ((level == at) @ weight)) for at in range(APART + 1)]) / times.sum()
    near = np.array([float(times @ (level == at).sum(axis=1)) for at in range(APART + 1)]) / times.sum()
    near *= len(used) / len(others)
    known = float((share ** 2).sum())     # exactly, in one script
    unshared[0] = max(unshared[0] if vocabulary.mixed else known, _LEAST)
    unshared[1:APART] = np.maximum(unshared[1:APART], _LEAST)
    unshared[APART] = max(1 - unshared[:APART].sum(), 0.01)
    return unshared / unshared.sum(), near


@dataclass(slots=True)
class Amount:
    """A number with a width: an age [years], a day [days since 1970-01-01]. low, high: NaN where nothing is said.

    edges: upper ends of the levels of the gap between two narrow values; two more levels follow for wide ones:
    overlapping, and apart. unshared: one share per level. wide: values broader than this are wide.
    """

    low: Floats
    high: Floats
    edges: Floats
    wide: float
    unshared: Floats

    def levels(self, left: Ints, right: Ints) -> Ints:
        return gaps(self.low[left], self.high[left], self.low[right], self.high[right], self.edges, self.wide)

    def gap(self, left: Ints, right: Ints) -> Floats:
        """How far the spans of each pair lie apart; 0 where they meet, or one is not said."""
        apart = np.maximum(self.low[left] - self.high[right], self.low[right] - self.high[left])
        return np.asarray(np.maximum(np.nan_to_num(apart, nan=0.0), 0.0))

    def rarity(self, left: Ints, right: Ints, level: Ints) -> Floats:
        return np.zeros(len(left))

    @property
    def middle(self) -> Ints:
        """The middle, whole, MISSING where nothing or only a wide span is said."""
        narrow = (self.high - self.low) <= self.wide
        value = np.where(narrow, (self.low + self.high) / 2, np.nan)
        return np.where(np.isnan(value), MISSING, np.floor(np.nan_to_num(value))).astype(np.int64)


def gaps(low_a: Floats, high_a: Floats, low_b: Floats, high_b: Floats, edges: Floats, wide: float) -> Ints:
    """Levels of pairs of spans."""
    gap = np.maximum(np.maximum(low_a - high_b, low_b - high_a), 0.0)
    level = np.searchsorted(edges, np.nan_to_num(gap), side="left").astype(np.int8)
    broad = np.maximum(high_a - low_a, high_b - low_b) > wide
    level[broad] = np.where(gap[broad] <= edges[1], len(edges) + 1, len(edges) + 2)
    level[np.isnan(gap)] = MISSING
    return level


def amount(low: Floats, high: Floats, edges: tuple[float, ...], wide: float) -> Amount:
    """A column of spans, with what chance does computed from all pairs of distinct values (up to 3,000 of them)."""
    bounds = np.array(edges, float)
    said = ~np.isnan(low)
    pairs, counts = np.unique(np.stack([low[said], high[said]]), axis=1, return_counts=True) if said.any() \
        else (np.zeros((2, 0)), np.zeros(0))
    if pairs.shape[1] > 3000:
        kept = _spread(pairs.shape[1], 3000)
        pairs, counts = pairs[:, kept], counts[kept]
    seen = np.full(len(edges) + 3, 0.5)
    weight = counts / max(counts.sum(), 1)
    total = 1e6
    for at in range(pairs.shape[1]):
        lone = np.full(pairs.shape[1], pairs[0, at]), np.full(pairs.shape[1], pairs[1, at])
        level = gaps(*lone, pairs[0], pairs[1], bounds, wide)
        seen += np.bincount(level, weights=weight * weight[at] * total, minlength=len(seen))
    return Amount(low, high, bounds, wide, seen / seen.sum())


@dataclass(slots=True)
class Choice:
    """A closed or coded answer: sex, incident. code: index into names per row, MISSING where nothing is said.

    unshared: share of each level between unconnected rows [2]."""

    code: Ints
    names: list[str]
    share: Floats
    unshared: Floats
    weighs_rarity: bool

    LEVELS = ("the same", "different")

    def levels(self, left: Ints, right: Ints) -> Ints:
        a, b = self.code[left], self.code[right]
        return np.where((a < 0) | (b < 0), MISSING, (a != b).astype(np.int8)).astype(np.int8)

    def rarity(self, left: Ints, right: Ints, level: Ints) -> Floats:
        out = np.zeros(len(left))
        if self.weighs_rarity:
            same = level == 0
            out[same] = np.log(self.unshared[0] / self.share[self.code[left[same]]])
        return out


def choice(values: list[str], weighs_rarity: bool = True) -> Choice:
    names = {name: code for code, name in enumerate(sorted(set(values) - {""}))}
    code = np.fromiter((names.get(value, MISSING) for value in values), np.int32, len(values))
    counts = np.bincount(code[code >= 0], minlength=max(len(names), 1)).astype(np.float64)
    share = counts / max(counts.sum(), 1.0)
    same = float(np.clip((share ** 2).sum(), _LEAST, 0.999))
    return Choice(code, list(names), np.maximum(share, _LEAST), np.array([same, 1 - same]), weighs_rarity)
