"""A newcomer held against all rows of a set at once: in each field the row that says most alike counts.

One row that is alike may be a slip that happens to look like the newcomer; so what the rows of the set say one by one
counts too: the weight is never more than midway between the profile's and their mean.

Tables of a batch of groups: per field the level between every two knots of rows, shape (groups, size, size), and its
rarity; BLANK where one of them says nothing. Two knots that may not be joined are `barred`.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bearwitness.link.people.columns import Floats, Ints
from bearwitness.link.people.joint import NEVER
from bearwitness.link.people.learn import Model, Pairs, log_odds

BLANK = 99
Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


@dataclass(slots=True)
class Profile:
    """levels, rarity: by field, (groups, size, size). stratum: of the pair with the least prior odds. barred: judged.
    odds: log odds of each pair of knots by itself."""

    levels: dict[str, Ints]
    rarity: dict[str, Floats]
    stratum: Ints
    barred: Flags
    odds: Floats

    def answer(self, model: Model, asked: list[tuple[int, int]]) -> Floats:
        """Log odds of each (set, newcomer), shape (groups, questions)."""
        groups = len(self.stratum)
        prior = np.log(model.numbers["same"]) - np.log(sum(v for k, v in model.numbers.items() if k != "same"))
        parts = [self._profile(prior, mask, newcomer) for mask, newcomer in asked]
        stack = {name: np.concatenate([part[0][name] for part in parts]) for name in self.levels}
        rare = {name: np.concatenate([part[1][name] for part in parts]) for name in self.rarity}
        stratum = np.concatenate([part[2] for part in parts])
        none = np.zeros(len(stratum), np.int32)
        odds = log_odds(model, Pairs(none, none, stratum, stack, rare))
        odds = np.clip(odds, -30.0, 30.0)
        alone = np.concatenate([self.odds[:, _members(mask), newcomer].mean(axis=1) for mask, newcomer in asked])
        odds = np.minimum(odds, (odds + np.clip(alone, -30.0, 30.0)) / 2)
        odds[np.concatenate([part[3] for part in parts])] = NEVER
        return np.asarray(odds.reshape(len(asked), groups).T, np.float64)

    def _profile(self, prior: Floats, mask: int, newcomer: int) -> tuple[dict[str, Ints], dict[str, Floats], Ints, Flags]:
        members = _members(mask)
        levels: dict[str, Ints] = {}
        rarity: dict[str, Floats] = {}
        for name, table in self.levels.items():
            held = table[:, members, newcomer]
            levels[name] = held.min(axis=1)
            if name in self.rarity:
                best = held == levels[name][:, None]
                rarity[name] = np.where(best, self.rarity[name][:, members, newcomer], -np.inf).max(axis=1)
                rarity[name] = np.where(levels[name] == BLANK, 0, rarity[name])
            levels[name] = np.where(levels[name] == BLANK, -1, levels[name]).astype(np.int8)
        strata = self.stratum[:, members, newcomer]
        least = np.take_along_axis(strata, prior[strata].argmin(axis=1)[:, None], axis=1)[:, 0]
        barred: Flags = np.asarray(self.barred[:, members, newcomer].any(axis=1))
        return levels, rarity, least, barred


def _members(mask: int) -> list[int]:
    return [at for at in range(mask.bit_length()) if mask >> at & 1]


def between_knots(pairs: Pairs, back: Ints, count: int) -> tuple[dict[str, Ints], dict[str, Floats], Ints]:
    """Row pairs gathered into knot pairs (back: number of the knot pair of each): least level, its rarity, a stratum."""
    levels: dict[str, Ints] = {}
    rarity: dict[str, Floats] = {}
    for name, level in pairs.levels.items():
        least = np.full(count, BLANK, np.int8)
        seen = np.where(level < 0, BLANK, level).astype(np.int8)
        np.minimum.at(least, back, seen)
        levels[name] = least
        if name in pairs.rarity:
            most = np.full(count, -np.inf)
            at = (seen == least[back]) & (seen != BLANK)
            np.maximum.at(most, back[at], pairs.rarity[name][at])
            rarity[name] = np.where(np.isfinite(most), most, 0.0)
    stratum = np.zeros(count, np.int32)
    stratum[back[::-1]] = pairs.stratum[::-1]
    return levels, rarity, stratum
