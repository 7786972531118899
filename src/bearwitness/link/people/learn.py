"""What agreement and difference say in these lists: learned from the pairs themselves, without labels.

A pair of rows is of one of several kinds (`fields.KINDS`). Where two rows report one and the same thing (one person's
given name, one family's name, one event's day), each level has a share `shared`, the same whatever the kind: a family
name is misspelt as often between two brothers as between two reports of one of them. Where they do not, chance gives
the share (`columns`). Only brothers and sisters have shares of their own for what is personal, since parents do not
choose by chance. These shares, and how many pairs of each kind there are between any two lists, are estimated together
by expectation and maximisation over the candidate pairs; the number of unrelated pairs is known: all that there are.

What it does not do: it takes fields as independent once the kind of a pair is known.
Sources: Fellegi, Sunter 1969; W. Winkler, Using the EM Algorithm for Weight Computation in the Fellegi-Sunter Model of
Record Linkage, 1988. The kinds of kin are our own addition, and so is tying their shares to those of the same person.
"""
from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from bearwitness.link.people.align import realign
from bearwitness.link.people.columns import Floats, Ints
from bearwitness.link.people.fields import (
    EVENT,
    FIELDS,
    HOUSE,
    HOUSEHOLD,
    KIN,
    KINDS,
    LINE,
    NEPHEW,
    PERSON,
    SAME,
    UNRELATED,
    WEIGHT,
    Field,
    Kind,
)
from bearwitness.link.people.table import Table

ROUNDS, SAMPLE = 40, 120_000
_KIN_WEIGHT = 50.0
_CONTRARY = 2.0       # a plain difference is at most so many times likelier than expected before the lists spoke [1]
_REPEATS = 0.5        # pairs of repeats that one list is believed to hold at most, per row: a list pasted twice
_NEPHEWS = 0.5        # pairs of uncle and nephew of one name, per pair of kin killed together, at most [1]
_TWINS = {"given": 0.0, "born": 0.02, "id": 0.0}      # share of brothers and sisters alike beyond chance, at most [1]
_ENOUGH = 1e-3        # largest relative change of the numbers of pairs at which learning ends [1]


@dataclass(slots=True)
class Pairs:
    """Candidate pairs in columns. levels: int8 per field; rarity: per field that has one; stratum: int32."""

    left: Ints
    right: Ints
    stratum: Ints
    levels: dict[str, Ints]
    rarity: dict[str, Floats]

    def __len__(self) -> int:
        return len(self.left)

    def take(self, at: Ints) -> Pairs:
        return Pairs(self.left[at], self.right[at], self.stratum[at], {k: v[at] for k, v in self.levels.items()},
                     {k: v[at] for k, v in self.rarity.items()})


@dataclass(slots=True)
class Model:
    """Shares of each level by field: shared (strata, levels), unshared, siblings (levels). numbers: expected pairs by kind
    and stratum."""

    shared: dict[str, Floats]
    unshared: dict[str, Floats]
    siblings: dict[str, Floats]
    numbers: dict[str, Floats]

    def weight(self, kind: Kind, field: Field) -> Floats | None:
        """Logarithm of how much likelier each level is in this kind than by chance, shape (strata, levels + 1), the last
        for a field that is not said; None where the field says nothing of this kind."""
        if kind.shared(field):
            share = self.shared[field.name]
        elif kind is KIN and field.name in self.siblings:
            share = self.siblings[field.name]
        else:
            return None
        ratio = np.log(np.atleast_2d(share) / self.unshared[field.name])
        return np.hstack([ratio, np.zeros((len(ratio), 1))])


def compare(table: Table, left: Ints, right: Ints) -> Pairs:
    """Hold the rows of each pair against each other in every field."""
    levels: dict[str, Ints] = {field.name: table.columns[field.name].levels(left, right) for field in present(table)}
    moved = realign(table, left, right, levels)
    rarity: dict[str, Any] = {}
    for name, level in levels.items():
        rare = table.columns[name].rarity(left, right, level)
        if rare.any():
            rarity[name] = rare.astype(np.float32)
            if name in moved:
                rarity[name][moved[name]] = 0.0
    if "place" in levels and "province" in levels:      # a place lies in its province: the same thing said twice
        levels["province"] = np.where((levels["place"] >= 0) & (levels["place"] < 4), -1, levels["province"]).astype(np.int8)
        if "province" in rarity:
            rarity["province"] = np.where(levels["province"] == 0, rarity["province"], 0).astype(np.float32)
    return Pairs(left, right, table.strata(left, right).astype(np.int32), levels, rarity)


def present(table: Table) -> list[Field]:
    return [field for field in FIELDS if field.name in table.columns]


def evidence(model: Model, pairs: Pairs, kind: Kind, only: tuple[str, ...] | None = None) -> Floats:
    """Logarithm of the expected number of pairs of this kind that look so, over their chance density."""
    out: Floats = np.log(model.numbers[kind.name])[pairs.stratum]
    for field in FIELDS:
        if field.name not in pairs.levels or (only is not None and field.name not in only):
            continue
        weight, level = model.weight(kind, field), pairs.levels[field.name]
        if weight is not None:
            out += weight[0][level] if len(weight) == 1 else weight[pairs.stratum, level]
            if kind.shared(field) and field.name in pairs.rarity:
                out += pairs.rarity[field.name]
    return out


def memberships(model: Model, pairs: Pairs, only: tuple[str, ...] | None = None) -> Floats:
    """Probability of each kind for each pair, shape (kinds, pairs)."""
    score = np.stack([evidence(model, pairs, kind, only) for kind in KINDS])
    score -= score.max(axis=0)
    np.exp(score, out=score)
    score /= score.sum(axis=0)
    return score


def log_odds(model: Model, pairs: Pairs, only: tuple[str, ...] | None = None, chunk: int = 1 << 19) -> Floats:
    """Natural logarithm of the odds that the two rows are one person."""
    out = np.empty(len(pairs))
    for start in range(0, len(pairs), chunk):
        part = pairs.take(np.arange(start, min(start + chunk, len(pairs))))
        rest = evidence(model, part, KINDS[1], only)
        for kind in KINDS[2:]:
            score = evidence(model, part, kind, only)
            np.logaddexp(rest, score, out=rest)
        out[start:start + chunk] = evidence(model, part, SAME, only) - rest
    return out


def begin(table: Table) -> Model:
    """What is expected before the pairs are seen."""
    fields = present(table)
    size = table.sizes.astype(np.float64)
    usual: Floats = np.sqrt(np.outer(size, size)).reshape(-1)
    first = {"same": 0.2, "kin": 0.5, "household": 0.1, "nephew": 0.02, "apart": 0.3, "event": 0.5, "namesakes": 0.01}
    numbers: dict[str, Any] = {kind.name: usual * first[kind.name] + 0.5 for kind in KINDS if kind is not UNRELATED}
    numbers[UNRELATED.name] = np.maximum(table.possible(), 1.0).astype(np.float64)
    unshared = {field.name: table.columns[field.name].unshared for field in fields}
    return Model({field.name: np.array([field.start]) for field in fields}, unshared,
                 {field.name: unshared[field.name].copy() for field in fields if field.about == PERSON}, numbers)


def learn(table: Table, pairs: Pairs) -> Model:
    """Estimate a model from candidate pairs (a fixed sample of them where there are many)."""
    model = begin(table)
    step = max(1, len(pairs) // SAMPLE)
    sample = pairs.take(np.arange(0, len(pairs), step)) if step > 1 else pairs
    for _ in range(ROUNDS):
        before = np.concatenate([model.numbers[kind.name] for kind in KINDS])
        _improve(model, sample, float(step), table.sizes.astype(np.float64))
        after = np.concatenate([model.numbers[kind.name] for kind in KINDS])
        if float(np.max(np.abs(after - before) / (before + 1))) < _ENOUGH:
            break
    return model


def _improve(model: Model, pairs: Pairs, scale: float, sizes: Floats) -> None:
    """One round: memberships, then numbers and shares. sizes: rows of each list."""
    member = memberships(model, pairs)
    by_kind = dict(zip((kind.name for kind in KINDS), member, strict=True))
    for kind in KINDS:
        if kind is not UNRELATED:
            seen = np.bincount(pairs.stratum, weights=by_kind[kind.name], minlength=len(model.numbers[kind.name]))
            model.numbers[kind.name] = np.asarray(seen * scale + 0.5, np.float64)
    own = np.arange(len(sizes)) * (len(sizes) + 1)
    model.numbers[SAME.name][own] = np.minimum(model.numbers[SAME.name][own], _REPEATS * sizes + 0.5)
    near = model.numbers[KIN.name] + model.numbers[HOUSEHOLD.name]
    model.numbers[NEPHEW.name] = np.minimum(model.numbers[NEPHEW.name], _NEPHEWS * near)
    kin = by_kind[SAME.name] + by_kind[KIN.name]
    told_by = {PERSON: by_kind[SAME.name], LINE: kin, HOUSE: kin + by_kind[HOUSEHOLD.name],
               EVENT: kin + by_kind[HOUSEHOLD.name]}
    for field in FIELDS:
        if field.name not in pairs.levels:
            continue
        level = pairs.levels[field.name]
        said = level >= 0
        weight = told_by[field.about]
        model.shared[field.name] = _shares(level[said], weight[said], pairs.stratum[said], field, model)
        if field.name in model.siblings:
            model.siblings[field.name] = _siblings(level[said], by_kind[KIN.name][said], model.unshared[field.name],
                                                   _TWINS.get(field.name))


def _shares(level: Ints, weight: Floats, stratum: Ints, field: Field, model: Model) -> Floats:
    """Shares of one field for every two lists: two that write in one script agree more than two that do not. Each is
    drawn to the shares of all lists together as by WEIGHT pairs, and those to what is expected at the start. That two
    reports of one thing have nothing in common is never learned as usual: what looks so is kin taken for one person, and
    learning from that would excuse the next difference."""
    strata, levels = len(model.numbers[SAME.name]), len(field.start)
    seen = np.bincount(stratum * levels + level, weights=weight, minlength=strata * levels).reshape(strata, levels)
    start = np.array(field.start) * WEIGHT
    if strata == 1:
        own = seen + start
    else:           # how a repeat in one list looks is learned between lists: brothers who stand together look like repeats
        within = np.arange(0, strata, math.isqrt(strata) + 1)
        pooled = np.delete(seen, within, axis=0).sum(axis=0) + start
        own = seen + pooled / pooled.sum() * WEIGHT
        own[within] = pooled
    own = own / own.sum(axis=1, keepdims=True)
    own[:, -1] = np.minimum(own[:, -1], _CONTRARY * field.start[-1])
    return np.asarray(own / own.sum(axis=1, keepdims=True), np.float64)


def _siblings(level: Ints, weight: Floats, chance: Floats, most: float | None) -> Floats:
    """Shares between brothers and sisters. Like names are not rarer among them than by chance, and the same name or age
    is not ten times rarer: what looks so are pairs taken for one person. Nor is what tells brothers apart alike in more of
    them than by chance, but for `most`: what looks so are pairs of one person taken for brothers."""
    share = _share(level, weight, chance * _KIN_WEIGHT)
    share = np.maximum(share, chance * np.array([0.05, *[0.3] * (len(chance) - 2), 0.5]))
    if most is not None:
        share[:-1] = np.minimum(share[:-1], 2 * chance[:-1] + most)
        share[-1] = max(share[-1], 1 - share[:-1].sum())
    return np.asarray(share / share.sum(), np.float64)


def _share(level: Ints, weight: Floats, start: Floats) -> Floats:
    seen: Floats = np.bincount(level, weights=weight, minlength=len(start)) + start
    return np.asarray(seen / seen.sum(), np.float64)
