"""The latent-class estimate: chains run until they agree, or a plain statement that they do not.

Four chains start apart, from the prior. After each round they are held against one another; a figure is given only
where R-hat is below 1.01, at least 1,000 effective draws stand behind the median and each end, and the bound on
the unseen (`sampler.BOUND`) does not make the upper end. How long they run depends on draws and never on a clock: the
same table and seed give the same figure.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from bearwitness.errors import EngineError
from bearwitness.reason.unseen.cells import tree
from bearwitness.reason.unseen.diagnostics import quantile_error, r_hat
from bearwitness.reason.unseen.histories import Floats, Histories

CHAINS, COPIES, HOTTEST = 4, 6, 0.1
WARM, ROUND, ROUNDS = 1000, 4000, 6
AGREE, ENOUGH = 1.01, 1000.0
FULL = 0.9        # an upper end beyond this share of the bound is the bound's
_START = 0.8      # chains start where the chance to be unseen is below this


@dataclass(frozen=True)
class Posterior:
    """What the chains say of everybody, seen and unseen.

    median, low, high: (value, Monte-Carlo error, effective draws) at 0.5, 0.025, 0.975. chains: medians chain by chain.
    draws: kept in all. exchanged: least share of exchanges taken between neighbours of a ladder. reason: why no figure
    may be given, or empty.
    """

    median: tuple[float, float, float]
    low: tuple[float, float, float]
    high: tuple[float, float, float]
    chains: tuple[float, ...]
    r_hat: float
    draws: int
    exchanged: float
    reason: str


def estimate(table: Histories, seed: int, say: Callable[[str], None] = lambda _: None, rounds: int = ROUNDS) -> Posterior:
    """Runs the chains. seed: any whole number from 0. say: told how far it is.

    Raises EngineError where numba is not installed.
    """
    draws, exchanged = np.empty((CHAINS, 0)), 1.0
    run = chains(table, seed)
    for turn in range(rounds):
        found, taken = run(WARM if turn == 0 else 0, ROUND)
        draws, exchanged = np.concatenate([draws, found], axis=1), taken
        result = _judge(table, draws, exchanged)
        say(f"latent classes: {draws.size:,} draws, R-hat {result.r_hat:.3f}")
        if not result.reason or result.reason == _bound(result, table):
            break
    return result


def chains(table: Histories, seed: int, many: int = CHAINS,
           copies: int = COPIES) -> Callable[[int, int], tuple[Floats, float]]:
    """Chains that can be run on: call with (steps of warm-up, draws) for ([chains, draws] unseen, exchanges taken)."""
    ladder = _engine()
    grown, lists = tree(table), len(table.lists)
    spring = np.random.SeedSequence(seed)
    starts = np.random.default_rng(spring.spawn(1)[0])
    places = [np.stack([_start(lists, starts) for _ in range(copies)]) for _ in range(many)]
    heats = [HOTTEST ** (np.arange(copies) / max(1, copies - 1)) for _ in range(many)]
    lengths = [np.full(copies, 0.05) for _ in range(many)]

    def run(warm: int, draws: int) -> tuple[Floats, float]:
        seeds = [int(child.generate_state(1)[0]) for child in spring.spawn(many)]
        found = [ladder(places[c], heats[c], lengths[c], grown, lists, warm, draws, seeds[c]) for c in range(many)]
        return np.stack([unseen for unseen, _, _ in found]), min(float(taken.min(initial=1.0)) for _, _, taken in found)

    return run


def _judge(table: Histories, unseen: Floats, exchanged: float) -> Posterior:
    everybody = table.seen + unseen
    ends = [quantile_error(everybody, share) for share in (0.5, 0.025, 0.975)]
    agree = r_hat(unseen)
    medians = tuple(float(m) for m in np.median(everybody, axis=1))
    found = Posterior(ends[0], ends[1], ends[2], medians, agree, unseen.size, exchanged, "")
    return replace(found, reason=_apart(found) or _bound(found, table) or _few(found))


def _apart(found: Posterior) -> str:
    if found.r_hat < AGREE:
        return ""
    low, high = min(found.chains), max(found.chains)
    return (f"the chains do not agree after {found.draws:,} draws (R-hat {found.r_hat:.2f}, at most {AGREE} is asked; "
            f"their medians run from {low:,.0f} to {high:,.0f}): the table fits several worlds, and which one the "
            "program would print is chance")


def _bound(found: Posterior, table: Histories) -> str:
    from bearwitness.reason.unseen.sampler import BOUND
    if found.r_hat >= AGREE or found.high[0] - table.seen <= FULL * BOUND * table.seen:
        return ""
    return (f"the upper end is not set by the lists: it stands at the bound that the method puts on the unseen "
            f"({BOUND:.0f} times the {table.seen:,} seen), and moves with it")


def _few(found: Posterior) -> str:
    worth = min(found.median[2], found.low[2], found.high[2])
    return "" if worth >= ENOUGH else f"only {worth:,.0f} effective draws stand behind an end after {found.draws:,}"


def _start(lists: int, chance: np.random.Generator) -> Floats:
    """A place drawn from the prior, alpha being 1 or so, where people can be seen at all."""
    from bearwitness.reason.unseen.density import CLASSES
    while True:
        named = chance.logistic(size=(lists, CLASSES))
        sticks = chance.exponential(size=CLASSES - 1) / max(0.05, chance.gamma(1.0))
        left = np.exp(-np.concatenate([[0.0], np.cumsum(sticks)]))
        weights = left * np.append(-np.expm1(-sticks), 1.0)
        if float((weights / (1.0 + np.exp(named)).prod(axis=0)).sum()) < _START:
            return np.concatenate([named.ravel(), np.log(sticks)])


def _engine() -> Callable[..., tuple[Floats, Floats, Floats]]:
    try:
        from bearwitness.reason.unseen.sampler import ladder
    except ModuleNotFoundError as why:
        raise EngineError("numba is not installed, and the latent-class model needs it", where="estimate",
                          fix="Install bearwitness[link]. No figure was given: one model alone is never printed.") from why
    compiled: Callable[..., tuple[Floats, Floats, Floats]] = ladder
    return compiled
