"""Linking, from a table of rows to persons: candidates, comparison, learning, groups, zones, range.

`prepare` does what depends on the lists alone; `conclude` adds judgements, and is quick: a judgement given later changes
no weight, only what follows from it.
"""
from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bearwitness.errors import InputError
from bearwitness.link.people import zones as zoning
from bearwitness.link.people.asked import left_over
from bearwitness.link.people.candidates import candidates, every
from bearwitness.link.people.columns import Floats, Ints
from bearwitness.link.people.fields import FIELDS
from bearwitness.link.people.groups import Grouped, group, tied
from bearwitness.link.people.joint import labels
from bearwitness.link.people.judgements import DIFFERENT, SAME, Judgement, name, settled
from bearwitness.link.people.learn import Model, Pairs, begin, compare, learn, log_odds, memberships
from bearwitness.link.people.least import companies, longest, missed, spread_of
from bearwitness.link.people.partners import Free, chance, compete, fit, free_lists, gains, standing, without_partner
from bearwitness.link.people.placeholders import possible
from bearwitness.link.people.reasons import reasons
from bearwitness.link.people.spread import Range
from bearwitness.link.people.table import Table
from bearwitness.link.people.zones import REVIEW, Zoned

Say = Callable[[str], None]
WORTH_SAYING = -6.9      # log odds from which a pair is written down even though it is `different` (1 in 1,000)
BELONG = 1e-4            # chance to be of any kind but unrelated, from which a pair of a short table is learned from
LEAST_ERROR = 0.004      # up to four in a thousand of the surest pairs were wrong on short made-up lists
UNHEARD = -20.0          # log odds of a pair that people judged and the program never looked at
_NOTE = {SAME: zoning.JUDGED_SAME, DIFFERENT: zoning.JUDGED_DIFFERENT, "unsure": zoning.JUDGED_UNSURE}


@dataclass(slots=True)
class Prepared:
    """What the lists alone say. pairs, odds, caution, reasons: of pairs worth saying; candidates: pairs looked at.

    lists, whose, row: as in the table. repeats: estimated share of rows of each list that repeat another of it.
    placeholders: pairs of a kin placeholder and somebody named who may be one person. missed: expected pairs of one person
    that were never looked at. company: per list, the lowest list with which it shares columns that tell people apart.
    odds: of each pair by itself; between lists free of repeats (`free`) as if nothing competed with it."""

    lists: tuple[str, ...]
    whose: Ints
    row: Ints
    model: Model
    pairs: Pairs
    odds: Floats
    caution: Ints
    reasons: list[str]
    repeats: dict[str, float]
    candidates: int
    placeholders: tuple[Ints, Ints]
    missed: float
    company: Ints
    free: list[Free]

    def __len__(self) -> int:
        return len(self.whose)


@dataclass(slots=True)
class Linked:
    """The answer. left, right: rows of each pair told of; probability, zone (index into ZONES), note (into NOTES) of it.

    person: per row, the lowest row of its person. likely: the same, for the likeliest sorting. range: people at least and
    at most; its lower end is lower by `allowance`, for pairs in zone different that may be one person after all, and its
    upper end allows for the reverse (`excess`). best: most likely number of people."""

    prepared: Prepared
    left: Ints
    right: Ints
    probability: Floats
    zoned: Zoned
    range: Range
    best: int
    allowance: int
    likely: Ints

    @property
    def person(self) -> Ints:
        return self.zoned.person

    @property
    def doubtful(self) -> Ints:
        """Places of the pairs in zone review."""
        return np.flatnonzero(self.zoned.zone == REVIEW)


def silent(_: str) -> None:
    """Says nothing."""


def prepare(table: Table, clean: frozenset[str] = frozenset(), say: Say = silent) -> Prepared:
    """Everything that needs no judgement. clean: lists declared free of repeats. say: is told of each step."""
    say(f"looking for candidate pairs among {len(table):,} rows")
    left, right, times = candidates(table)
    say(f"comparing {len(left):,} pairs")
    pairs = compare(table, left, right)
    say("learning what agreement and difference say in these lists")
    model = learn(table, pairs)
    more = every(table)
    if more is not None and len(more[0]) > len(pairs):
        pairs, model = _all(table, compare(table, *more), model)
        times = np.zeros(len(pairs), np.int64)
    say("weighing pairs")
    repeats = zoning.holds_repeats(table, model, clean)
    pairs, odds, after, free, unseen = _competing(table, model, pairs, times, repeats, clean)
    kept = worth_saying(table, pairs, after)
    seen = len(pairs)
    pairs, odds, after = pairs.take(kept), odds[kept], after[kept]
    low, high, at = tied(len(table), pairs.left, pairs.right, after)
    missing = np.flatnonzero(at < 0)
    if missing.size:
        rest = compare(table, low[missing].astype(np.int32), high[missing].astype(np.int32))
        odds = np.concatenate([odds, log_odds(model, rest)])
        pairs = _joined(pairs, rest)
    after = compete(free, pairs, odds, np.zeros(len(pairs), np.int8))
    pairs, odds, asked = _with_left_over(table, model, pairs, odds, after)
    caution = zoning.cautions(table, pairs, odds, repeats, clean)
    caution[asked] = zoning.LEFT_OVER
    say(f"writing reasons for {len(pairs):,} pairs")
    return Prepared(table.lists, table.whose, table.row, model, pairs, odds, caution, reasons(model, pairs), repeats, seen,
                    possible(table), unseen, companies(table), free)


def _competing(table: Table, model: Model, pairs: Pairs, times: Ints, repeats: dict[str, float],
               clean: frozenset[str]) -> tuple[Pairs, Floats, Floats, list[Free], float]:
    """Pairs, with those of rows that no key brought a partner; the odds of each by itself, and the greater of its odds
    before any list was known to be free of repeats and after competition; those lists; expected pairs never looked at."""
    plain = log_odds(model, pairs)
    free = free_lists(table, model, repeats, clean)
    odds, after = fit(model, free, pairs, plain)
    unseen = missed(times, chance(after))
    more = compare(table, *without_partner(table, free, pairs, after))
    if len(more):
        pairs, odds = _joined(pairs, more), np.concatenate([odds, log_odds(model, more)])
        plain = np.concatenate([plain, np.full(len(more), UNHEARD)])
        after = compete(free, pairs, odds, np.zeros(len(pairs), np.int8))
    return pairs, odds, np.maximum(plain, after), free, unseen


def _with_left_over(table: Table, model: Model, pairs: Pairs, odds: Floats,
                    after: Floats) -> tuple[Pairs, Floats, zoning.Flags]:
    """The pairs with those that are left over on one day among them (`asked`), and which of them that are. after: odds after
    competition."""
    low, high = left_over(table, pairs, after)
    held = pairs.left.astype(np.int64) * len(table) + pairs.right
    wanted = low.astype(np.int64) * len(table) + high
    new = ~np.isin(wanted, held)
    known = np.isin(held, wanted) & (after < zoning.LOOK_ODDS)
    if not new.any():
        return pairs, odds, known
    more = compare(table, low[new], high[new])
    return (_joined(pairs, more), np.concatenate([odds, log_odds(model, more)]),
            np.concatenate([known, np.ones(len(more), bool)]))


def _all(table: Table, pairs: Pairs, model: Model) -> tuple[Pairs, Model]:
    """Every pair of a short table, and what is learned from those that may belong together.

    Pairs chosen by a key agree in it, so a key's own misspellings are never seen among them. They are when the choice is
    made by what is expected at the start, with the numbers learned so far.
    """
    first = begin(table)
    first.numbers = model.numbers
    chance = memberships(first, pairs)[-1]
    return pairs, learn(table, pairs.take(np.flatnonzero(chance < 1 - BELONG)))


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
    pairs, judged, caution = _with(prepared, given)
    odds = np.concatenate([prepared.odds, np.full(len(pairs) - len(prepared.odds), UNHEARD)])
    sign = np.where(judged == zoning.JUDGED_SAME, 1, np.where(judged == zoning.JUDGED_DIFFERENT, -1, 0))
    unasked = compete(prepared.free, pairs, odds, np.zeros(len(pairs), np.int8))
    odds = compete(prepared.free, pairs, odds, sign) if given else unasked
    low, high, at = tied(len(prepared), pairs.left, pairs.right, np.where(sign > 0, -UNHEARD, odds))
    inner = at[at >= 0]
    grouped = group(len(prepared), prepared.model, pairs.take(inner), odds[inner], sign[inner],
                    *standing(prepared.free, len(prepared.lists), pairs.stratum[inner]))
    return _conclude(prepared, pairs, chance(odds), chance(unasked), caution, judged, grouped, inner)


def _conclude(prepared: Prepared, pairs: Pairs, probability: Floats, unasked: Floats, caution: Ints, judged: Ints,
              grouped: Grouped, inner: Ints) -> Linked:
    left, right = pairs.left, pairs.right
    together = np.zeros(len(left), bool)
    probability[inner], together[inner] = grouped.probability, grouped.together
    zoned = zoning.zones(len(prepared), left, right, probability, together, caution, judged,
                         gains(prepared.free, len(prepared.lists), pairs.stratum))
    doubt = np.flatnonzero(zoned.zone == REVIEW)
    kin, named = prepared.placeholders
    found = spread_of(prepared.company, prepared.whose, zoned.person, np.concatenate([left[doubt], kin]),
                      np.concatenate([right[doubt], named]))
    likely = (zoned.zone == zoning.ONE) | ((zoned.zone == REVIEW) & together & (judged == 0) & (caution == 0))
    joined = labels(len(prepared), left[likely], right[likely])
    spare = allowance(probability[(zoned.zone == zoning.DIFFERENT) & (judged == 0)], prepared.missed)
    asked = (zoned.zone == REVIEW) | (judged > 0)      # an answer changes what is counted, and not this allowance
    over = excess(unasked[asked], probability[(zoned.zone == zoning.ONE) & ~asked])
    found = Range(max(found.low - spare, min(1, found.low)), min(found.high + over, len(prepared)), found.exact)
    least = longest(prepared.lists, prepared.whose, prepared.repeats, zoned.person)
    found = Range(max(found.low, least), found.high, found.exact)
    best = min(max(len(np.unique(joined)), found.low), found.high)
    return Linked(prepared, left, right, probability, zoned, found, best, spare, joined)


def allowance(probability: Floats, unseen: float = 0.0) -> int:
    """How many pairs taken for two people, or never looked at, may be one after all: as many as are expected, and twice the
    spread of that number more (wider than Poisson's by half: the weights are learned, and pairs share rows)."""
    expected = float(probability.sum()) + unseen
    return int(expected + 2 * math.sqrt(1.5 * expected) + 0.5)


def excess(doubtful: Floats, same: Floats) -> int:
    """By how much the number of people may exceed the persons with every doubtful pair apart: pairs taken for the same may
    be two people, and are not always outweighed by doubtful pairs that are one."""
    wrong = float(np.maximum(1 - same, LEAST_ERROR).sum())
    width = math.sqrt(float((doubtful * (1 - doubtful)).sum()) + wrong)
    return int(max(0, math.ceil(wrong - float(doubtful.sum()) + 2 * width)))


def _with(prepared: Prepared, given: list[Judgement]) -> tuple[Pairs, Ints, Ints]:
    """The pairs with those that were judged among them; the judgement and the caution of each."""
    ends, size, held = _rows(prepared, given), len(prepared), prepared.pairs
    judged = np.zeros(len(held), np.int8)
    keys = held.left.astype(np.int64) * size + held.right
    order = np.argsort(keys, kind="stable") if ends else np.zeros(0, np.int64)
    extra: list[tuple[int, int, int]] = []
    for (a, b), one in zip(ends, given, strict=True):
        at = int(np.searchsorted(keys[order], a * size + b)) if len(held) else 0
        if at < len(order) and keys[order[at]] == a * size + b:
            judged[order[at]] = _NOTE[one.answer]
        else:
            extra.append((a, b, _NOTE[one.answer]))
    if not extra:
        return held, judged, prepared.caution
    more = np.array(extra)
    blank = Pairs(more[:, 0].astype(np.int32), more[:, 1].astype(np.int32), np.zeros(len(more), np.int32),
                  {name: np.full(len(more), -1, np.int8) for name in held.levels}, {})
    return (_joined(held, blank), np.concatenate([judged, more[:, 2].astype(np.int8)]),
            np.concatenate([prepared.caution, np.zeros(len(more), np.int8)]))


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
