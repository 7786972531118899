"""Linking, from a table of rows to persons: candidates, comparison, learning, groups, zones, range.

`prepare` does what depends on the lists alone; `conclude` adds judgements, and is quick: a judgement given later changes
no weight, only what follows from it.
"""
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bearwitness.errors import InputError
from bearwitness.link.people import zones as zoning
from bearwitness.link.people.candidates import candidates
from bearwitness.link.people.columns import Floats, Ints
from bearwitness.link.people.fields import FIELDS
from bearwitness.link.people.groups import Grouped, group, tied
from bearwitness.link.people.joint import Ties, labels
from bearwitness.link.people.judgements import DIFFERENT, SAME, Judgement, name, settled
from bearwitness.link.people.learn import Model, Pairs, compare, learn, log_odds
from bearwitness.link.people.reasons import reasons
from bearwitness.link.people.spread import Range, spread
from bearwitness.link.people.table import Table
from bearwitness.link.people.zones import REVIEW, Zoned

Say = Callable[[str], None]
WORTH_SAYING = -6.9      # log odds from which a pair is written down even though it is `different` (1 in 1,000)
_JUDGED = 1e6
_NOTE = {SAME: zoning.JUDGED_SAME, DIFFERENT: zoning.JUDGED_DIFFERENT, "unsure": zoning.JUDGED_UNSURE}


@dataclass(slots=True)
class Prepared:
    """What the lists alone say. left, right, odds, caution, reasons: per pair worth saying; candidates: pairs looked at.

    lists, whose, row: as in the table. repeats: estimated share of rows of each list that repeat another of it."""

    lists: tuple[str, ...]
    whose: Ints
    row: Ints
    left: Ints
    right: Ints
    odds: Floats
    caution: Ints
    reasons: list[str]
    repeats: dict[str, float]
    candidates: int

    def __len__(self) -> int:
        return len(self.whose)


@dataclass(slots=True)
class Linked:
    """The answer. left, right: rows of each pair told of; probability, zone (index into ZONES), note (into NOTES) of it.

    person: per row, the lowest row of its person. range: people at least and at most."""

    prepared: Prepared
    left: Ints
    right: Ints
    probability: Floats
    zoned: Zoned
    range: Range
    best: int

    @property
    def person(self) -> Ints:
        return self.zoned.person

    @property
    def doubtful(self) -> Ints:
        """Places of the pairs in zone review."""
        return np.flatnonzero(self.zoned.zone == REVIEW)


def silent(_: str) -> None:
    """Says nothing."""


def prepare(table: Table, clean: frozenset[str] = frozenset(), say: Say = silent) -> tuple[Prepared, Model]:
    """Everything that needs no judgement. clean: lists declared free of repeats. say: is told of each step."""
    say(f"looking for candidate pairs among {len(table):,} rows")
    left, right = candidates(table)
    say(f"comparing {len(left):,} pairs")
    pairs = compare(table, left, right)
    say("learning what agreement and difference say in these lists")
    model = learn(table, pairs)
    say("weighing pairs")
    odds = log_odds(model, pairs)
    kept = worth_saying(table, pairs, odds)
    seen = len(pairs)
    pairs, odds = pairs.take(kept), odds[kept]
    low, high, at = tied(len(table), pairs.left, pairs.right, odds)
    missing = np.flatnonzero(at < 0)
    if missing.size:
        more = compare(table, low[missing].astype(np.int32), high[missing].astype(np.int32))
        odds = np.concatenate([odds, log_odds(model, more)])
        pairs = _joined(pairs, more)
    repeats = zoning.holds_repeats(table, model, clean)
    caution = zoning.cautions(table, pairs, repeats, clean)
    say(f"writing reasons for {len(pairs):,} pairs")
    return Prepared(table.lists, table.whose, table.row, pairs.left, pairs.right, odds, caution,
                    reasons(table, model, pairs), repeats, seen), model


def worth_saying(table: Table, pairs: Pairs, odds: Floats) -> Ints:
    """Pairs that may be one person, and those that bear one name on one day, however unlikely."""
    named = [field.name for field in FIELDS if field.named and field.name in pairs.levels]
    alike = np.zeros(len(pairs), bool)
    if "day" in pairs.levels and named:
        said, differs = np.zeros(len(pairs), np.int8), np.zeros(len(pairs), bool)
        for field in named:
            level = pairs.levels[field]
            said += level == 0
            differs |= level > 0
        alike = (said >= 2) & ~differs & (pairs.levels["day"] == 0)
    return np.flatnonzero((odds > WORTH_SAYING) | alike)


def _joined(a: Pairs, b: Pairs) -> Pairs:
    zero = np.zeros(max(len(a), len(b)), np.float32)
    rarity = {k: np.concatenate([a.rarity.get(k, zero[:len(a)]), b.rarity.get(k, zero[:len(b)])])
              for k in {*a.rarity, *b.rarity}}
    return Pairs(np.concatenate([a.left, b.left]), np.concatenate([a.right, b.right]),
                 np.concatenate([a.stratum, b.stratum]),
                 {k: np.concatenate([a.levels[k], b.levels[k]]) for k in a.levels}, rarity)


def conclude(prepared: Prepared, judgements: Sequence[Judgement] = ()) -> Linked:
    """Persons, zones and range. Raises InputError for judgements that contradict each other or name rows not there."""
    given = settled(judgements)
    left, right, odds, caution, judged = _with(prepared, given)
    low, high, at = tied(len(prepared), left, right, odds)
    inner = np.where(at >= 0, odds[at] if len(odds) else 0.0, -_JUDGED / 100)
    grouped = group(len(prepared), Ties(low, high, inner))
    return _conclude(prepared, left, right, odds, caution, judged, grouped, at)


def _conclude(prepared: Prepared, left: Ints, right: Ints, odds: Floats, caution: Ints, judged: Ints, grouped: Grouped,
              at: Ints) -> Linked:
    probability = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    together = np.zeros(len(left), bool)
    known = at >= 0
    probability[at[known]], together[at[known]] = grouped.probability[known], grouped.together[known]
    zoned = zoning.zones(len(prepared), left, right, probability, together, caution, judged)
    doubt = np.flatnonzero(zoned.zone == REVIEW)
    found = spread(zoned.person, left[doubt], right[doubt])
    likely = (zoned.zone == zoning.ONE) | ((zoned.zone == REVIEW) & together & (judged == 0) & (caution == 0))
    best = len(np.unique(labels(len(prepared), left[likely], right[likely])))
    return Linked(prepared, left, right, probability, zoned, found, min(max(best, found.low), found.high))


def _with(prepared: Prepared, given: list[Judgement]) -> tuple[Ints, Ints, Floats, Ints, Ints]:
    """The pairs, with those that were judged among them."""
    ends = _rows(prepared, given)
    size = len(prepared)
    place = {key: at for at, key in enumerate((prepared.left.astype(np.int64) * size + prepared.right).tolist())} \
        if ends else {}
    odds = prepared.odds.copy()
    judged = np.zeros(len(odds), np.int8)
    extra: list[tuple[int, int, float, int]] = []
    for (a, b), one in zip(ends, given, strict=True):
        weight = {SAME: _JUDGED, DIFFERENT: -_JUDGED}.get(one.answer)
        at = place.get(a * size + b)
        if at is None:
            extra.append((a, b, -20.0 if weight is None else weight, _NOTE[one.answer]))
        else:
            judged[at] = _NOTE[one.answer]
            odds[at] = odds[at] if weight is None else weight
    if not extra:
        return prepared.left, prepared.right, odds, prepared.caution, judged
    more = np.array(extra)
    rows = more[:, :2].astype(prepared.left.dtype)
    return (np.concatenate([prepared.left, rows[:, 0]]), np.concatenate([prepared.right, rows[:, 1]]),
            np.concatenate([odds, more[:, 2]]), np.concatenate([prepared.caution, np.zeros(len(more), np.int8)]),
            np.concatenate([judged, more[:, 3].astype(np.int8)]))


def _rows(prepared: Prepared, given: list[Judgement]) -> list[tuple[int, int]]:
    """The two rows of each judgement, low first. Raises InputError for a list or a row that is not there."""
    if not given:
        return []
    place = {(prepared.lists[whose], row): at
             for at, (whose, row) in enumerate(zip(prepared.whose.tolist(), prepared.row.tolist(), strict=True))}
    out = []
    for one in given:
        for row in (one.left, one.right):
            if row not in place:
                raise InputError(f"The judgement names {name(row)}, and no named person stands there.", where=one.where,
                                 fix="Judge rows of the lists that are matched now; clear answers about other lists.")
        a, b = place[one.left], place[one.right]
        out.append((min(a, b), max(a, b)))
    return out
