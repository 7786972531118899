"""How alike two parts of names are, in any scripts: 1 the same normal form, 0 nothing in common.

Two measures meet: what the parts sound like (`sounds.py`, costs from `rules/names/sounds.toml`) and, inside one script,
how they are spelled. Where both are well-known names, being the same name or two different ones outweighs the letters:
Mahmoud is one letter from Muhammad and nobody's misspelling of it.
Reading the figure: above 0.85 a usual variant of one name; 0.7 to 0.85 a slip or an unusual variant; below 0.6 another name.
"""
from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from bearwitness.link.names.align import Costs, costs, plain
from bearwitness.link.names.known import readings
from bearwitness.link.names.normal import normal
from bearwitness.link.names.script import script
from bearwitness.link.names.sounds import sounds
from bearwitness.rules import load

SWAP = 0.6          # two sounds that changed places, against 1 for a consonant lost
STEEP = 1.3         # how fast likeness falls with cost
SHORTEST = 2.0      # parts of fewer consonants are held to this length, so that Ali and Adi stay apart
SPELLED = 0.3       # share of spelling where both stand in one script
SAME, OTHER = 0.93, 0.55   # at least, where both are spellings of one known name; at most, where of two
LONG = 60           # signs of a part that are compared
Codes = NDArray[np.int32]
Scores = NDArray[np.float32]


@cache
def _signs() -> str:
    table = load("names/sounds")
    said = [*(text for name in ("arabic", "cyrillic", "latin") for text in table[name].values()), *table["classes"],
            *table["weight"], *(pair for pairs in table["near"].values() for pair in pairs)]
    return "".join(sorted(set("".join(said)) | set("0123456789")))


@cache
def _model() -> Costs:
    """The costs of `rules/names/sounds.toml`, by position in `_signs`."""
    table, signs = load("names/sounds"), _signs()
    out = np.array([table["weight"].get(sign, 1.0) for sign in signs])
    sub = np.minimum(1.0, out[:, None] + out[None, :])
    np.fill_diagonal(sub, 0.0)
    for cost, pairs in table["near"].items():
        for x, y in pairs:
            i, j = signs.index(x), signs.index(y)
            sub[i, j] = sub[j, i] = float(cost)
    split = np.array([signs.index(table["apart"][sign]) if sign in table["apart"] else -1 for sign in signs], dtype=np.int64)
    return Costs(sub, out, SWAP, split, signs.index("h"))


def _heard(a: Codes, b: Codes, said: list[list[int]]) -> NDArray[np.float64]:
    model = _model()
    mass = np.array([model.out[one].sum() for one in said])
    whole = np.maximum(SHORTEST, (mass[a] + mass[b]) / 2)
    return np.asarray(np.clip(1 - STEEP * costs(said, a, b, model) / whole, 0, 1))


def _spelled(a: Codes, b: Codes, written: list[str]) -> NDArray[np.float64]:
    letters = {sign: code for code, sign in enumerate(sorted(set("".join(written)) | {" "}))}
    long = np.array([len(one) for one in written])
    strings = [[letters[sign] for sign in one] for one in written]
    return np.asarray(1 - costs(strings, a, b, plain(len(letters))) / np.maximum(1, np.maximum(long[a], long[b])))


def likeness_many(a_codes: NDArray[np.integer], b_codes: NDArray[np.integer], vocabulary: Sequence[str]) -> Scores:
    """Likeness of vocabulary[a_codes[k]] and vocabulary[b_codes[k]].

    a_codes, b_codes: integers, shape (pairs,); below 0 or an empty string: the part is missing. Returns float32 (pairs,),
    NaN where a part is missing. Each pair of strings is compared once, however often it occurs.
    Raises IndexError when a code is not in the vocabulary.
    """
    count = len(vocabulary)
    a, b = np.asarray(a_codes, np.int64), np.asarray(b_codes, np.int64)
    if len(a) and max(a.max(), b.max()) >= count:
        raise IndexError(f"a code is beyond the vocabulary of {count}")
    both = (a >= 0) & (b >= 0)
    result = np.full(len(a), np.nan, np.float32)
    if both.any():
        low, high = np.minimum(a[both], b[both]), np.maximum(a[both], b[both])
        pairs, back = np.unique(low * count + high, return_inverse=True)
        result[both] = _distinct((pairs // count).astype(np.int32), (pairs % count).astype(np.int32), vocabulary)[back]
    return result


def _distinct(a: Codes, b: Codes, vocabulary: Sequence[str]) -> Scores:
    used, places = np.unique(np.concatenate((a, b)), return_inverse=True)
    a, b = places[:len(a)].astype(np.int32), places[len(a):].astype(np.int32)
    words = [vocabulary[code] for code in used]
    written, signs = [normal(word).replace(" ", "")[:LONG] for word in words], {s: k for k, s in enumerate(_signs())}
    said = [[signs[sign] for sign in sounds(word)[:LONG]] for word in words]
    scripts = np.array([script(one) for one in written])
    score = _heard(a, b, said)
    alike = scripts[a] == scripts[b]
    if alike.any():
        score[alike] = (1 - SPELLED) * score[alike] + SPELLED * _spelled(a[alike], b[alike], written)
    score = _informed(a, b, [readings(word) for word in words], score)
    texts, empty = np.array(written, dtype=object), np.array([not one for one in written])
    score[texts[a] == texts[b]] = 1.0
    score[empty[a] | empty[b]] = np.nan
    return score.astype(np.float32)


def _informed(a: Codes, b: Codes, names: list[frozenset[str]], score: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bounded by what is known of the names: spellings of one name, or of two."""
    kinds = sorted(set(names), key=sorted)
    index = {kind: code for code, kind in enumerate(kinds)}
    ids = np.array([index[kind] for kind in names])
    meet = np.array([[bool(x & y) for y in kinds] for x in kinds])
    told = np.array([bool(kind) for kind in kinds])
    both, same = told[ids[a]] & told[ids[b]], meet[ids[a], ids[b]]
    score = np.where(both & same, np.maximum(score, SAME + (1 - SAME) * score / 2), score)
    return np.where(both & ~same, np.minimum(score, OTHER), score)


@lru_cache(maxsize=1 << 16)
def likeness(a: str, b: str) -> float:
    """Likeness of two parts, 0..1, in any scripts; 0 where one of them is empty."""
    found = float(likeness_many(np.array([0]), np.array([1]), [a, b])[0])
    return 0.0 if found != found else found
