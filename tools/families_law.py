"""The law by which `families.py` makes lists of families killed together, in our own words: how likely its people and its
damage are. The generator itself is not part of this project; what stands here are its documented rates.

People: given name and father drawn from one pool of 900 names (Zipf, exponent 0.7), family names from 20,000 (0.6), places
from 400 (0.8); an age, one of 1,500 days, men three times in four. Four in ten people belong to groups of two to six who
share father, family name, day and place; each size is equally usual. Reports: everybody once as they are; three rows in ten
are further reports of somebody drawn at random, and those are damaged.
"""

from __future__ import annotations

import importlib.util
import itertools
import math
import random
import string
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import ModuleType

import numpy as np

SLIP = {"given": 0.45, "father": 0.45, "family": 0.45, "place": 0.1}     # share of cells of a further report put to a typo
BLANK = {"father": 0.2, "age": 0.15, "sex": 0.05}     # share of cells of a further report that are left out
AGE_OFF, AGE_STEPS = 0.3, (-2, -1, 1, 2, 5)
DAY_OFF, DAY_STEPS = 0.2, (-1, 1, 2)
LOOSE_AGES, LOOSE_DAYS = tuple(step for step in range(-5, 6) if step), (-2, -1, 1, 2)     # of who knows only how often
MAN, DAYS = 0.75, 1500
INSERTED = "aeioulmnrs"
HABITS = (("ei", "ay", -1), ("kh", "k", -1), ("u", "o", 1))     # one way of transliteration for another; how often, -1: each
POOLS = {"given": (900, 3, 0.7), "family": (20_000, 4, 0.6), "place": (400, 4, 0.8)}     # names, syllables at most, exponent
SIZES = {1: 0.6, **dict.fromkeys(range(2, 7), 0.4 / 5 / 4)}
"""Events of each size per person: six in ten people die alone; groups have four members on average, each of five sizes."""
AGES = 400     # whole ages told apart: the gamma law reaches beyond 200 now and then


def load(tool: Path) -> ModuleType:
    """The generator, from where it lies."""
    found = importlib.util.spec_from_file_location("families", tool)
    if found is None or found.loader is None:
        raise FileNotFoundError(tool)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def zipf(many: int, exponent: float) -> np.ndarray:
    """Shares of the first, second, ... name of a pool; their sum is 1."""
    weights = 1 / np.arange(1, many + 1) ** exponent
    return np.asarray(weights / weights.sum())


def pools(tool: Path, seed: int) -> dict[str, dict[str, float]]:
    """The names that the generator drew for a seed, and the share of each; a name drawn twice has the sum."""
    chance, module = random.Random(seed), load(tool)
    out: dict[str, dict[str, float]] = {}
    for name, (many, longest, exponent) in POOLS.items():     # drawn in this order
        shares: dict[str, float] = defaultdict(float)
        for word, share in zip(module.names(chance, many, longest), zipf(many, exponent).tolist(), strict=True):
            shares[word] += share
        out[name] = dict(shares)
    return out


def habit(word: str) -> str:
    for old, new, times in HABITS:
        word = word.replace(old, new, times)
    return word


@cache
def typo(word: str, loose: bool = False) -> dict[str, float]:
    """What a typo makes of a word, and how often: a letter left out, put in, or two exchanged, a quarter each, at any place
    but the end; otherwise another habit of transliteration. Words under three letters stay as they are."""
    if loose:
        return slip(word)
    if len(word) < 3:
        return {word: 1.0}
    out: dict[str, float] = defaultdict(float)
    at_one = 0.25 / (len(word) - 1)
    for at in range(len(word) - 1):
        before, after = word[:at], word[at + 1:]
        out[before + after] += at_one
        out[before + word[at + 1] + word[at] + word[at + 2:]] += at_one
        for letter in INSERTED:
            out[before + letter + word[at:]] += at_one / len(INSERTED)
    out[habit(word)] += 0.25
    return dict(out)


def slip(word: str) -> dict[str, float]:
    """What somebody expects who knows how often names are misspelt, but not how: a letter left out, put in, exchanged with
    the next or written for another, any letter at any place alike; or one of the habits. A fifth each."""
    out: dict[str, float] = defaultdict(float)
    size, letters = len(word), string.ascii_lowercase
    for at in range(size):
        out[word[:at] + word[at + 1:]] += 0.2 / size
        for letter in letters:
            out[word[:at] + letter + word[at + 1:]] += 0.2 / size / len(letters)
    for at in range(size - 1):
        out[word[:at] + word[at + 1] + word[at] + word[at + 2:]] += 0.2 / (size - 1)
    for at, letter in itertools.product(range(size + 1), letters):
        out[word[:at] + letter + word[at:]] += 0.2 / (size + 1) / len(letters)
    out[habit(word)] += 0.2
    return dict(out)


def age_law() -> np.ndarray:
    """Chance of each whole age, of a gamma law with shape 2.2 and scale 13; shape (AGES,)."""
    fine = (np.arange(AGES * 1000) + 0.5) / 1000
    density = np.exp(1.2 * np.log(fine) - fine / 13)
    law = density.reshape(AGES, 1000).sum(axis=1)
    return np.asarray(law / law.sum())


def age_damage(loose: bool = False) -> np.ndarray:
    """Chance of each reported age by true age, given that one is reported; shape (AGES, AGES)."""
    steps = LOOSE_AGES if loose else AGE_STEPS
    out = np.eye(AGES) * (1 - AGE_OFF)
    for true, step in itertools.product(range(AGES), steps):
        out[true, min(max(0, true + step), AGES - 1)] += AGE_OFF / len(steps)
    return out


def day_damage(loose: bool = False) -> dict[int, float]:
    """Chance of each difference in days between report and death."""
    steps = LOOSE_DAYS if loose else DAY_STEPS
    return {0: 1 - DAY_OFF} | dict.fromkeys(steps, DAY_OFF / len(steps))


def spelled(words: Iterable[str], syllables: frozenset[str], longest: int) -> np.ndarray:
    """Chance that one drawing of a name gives each word: two syllables to `longest`, any number alike, each alike."""
    many = longest - 1

    def ways(word: str) -> float:
        table = [[0] * (longest + 1) for _ in range(len(word) + 1)]     # [letters used][syllables used]
        table[0][0] = 1
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 4), end):
                if word[start:end] in syllables:
                    for used in range(longest):
                        table[end][used + 1] += table[start][used]
        return math.fsum(table[len(word)][used] / len(syllables) ** used / many for used in range(2, longest + 1))

    return np.array([ways(word) for word in words])
