"""Hierarchical log-linear models, chosen by an information criterion, and how far the others lie apart.

A model is a set of interactions that holds every smaller one inside it (two lists and more; never all lists at once,
which leaves nothing to estimate from). Up to four lists every model is fitted (8, then 113); from five on the search
goes by steps, adding or dropping one interaction, up to three lists at a time, while the criterion falls.
Criteria: H. Akaike 1974 (AIC); G. Schwarz 1978 (BIC), with the number of people seen as sample size, as in L.-P. Rivest,
S. Baillargeon, Rcapture. R. M. Cormack, Biometrics 45(2), 1989, for the models.
"""
from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bearwitness.reason.unseen.histories import Floats
from bearwitness.reason.unseen.poisson import Fit, design, fit

EVERY = 4     # lists up to which every model is fitted
NEAR = 10.0   # models within so much of the best are told as its neighbours (Kass, Raftery 1995: "very strong" above)
Model = frozenset[int]


@dataclass(frozen=True)
class Choice:
    """best: by the criterion. tried: models fitted. barred: models without an estimate. near: least and largest
    figure for the unseen among models within NEAR of the best, and how many they are.
    """

    best: Fit
    tried: int
    barred: int
    near: tuple[float, float, int]


def choose(counts: Floats, lists: int) -> dict[str, Choice]:
    """The best model by `bic` and by `aic`; empty where no model has an estimate."""
    seen = float(counts.sum())
    book = _Book(counts, lists)
    costs = {"bic": lambda f: math.log(seen) * f.size - 2.0 * f.score, "aic": lambda f: 2.0 * f.size - 2.0 * f.score}
    if lists <= EVERY:
        for model in _every(lists):
            book.get(model)
    else:
        for cost in costs.values():
            _walk(book, lists, cost)
    fits = [found for found in book.fits.values() if found is not None]
    barred = len(book.fits) - len(fits)
    return {name: _choice(fits, barred, cost) for name, cost in costs.items()} if fits else {}


class _Book:
    """Every model that was looked at, with its fit or None."""

    def __init__(self, counts: Floats, lists: int) -> None:
        self.counts, self.lists = counts, lists
        self.fits: dict[Model, Fit | None] = {}

    def get(self, model: Model) -> Fit | None:
        if model not in self.fits:
            terms = tuple(sorted(model, key=_order))
            made = design(self.counts, self.lists, terms)
            self.fits[model] = fit(made, terms) if made.sound else None
        return self.fits[model]


def _choice(fits: list[Fit], barred: int, cost: Callable[[Fit], float]) -> Choice:
    best = min(fits, key=lambda f: (cost(f), len(f.terms), f.terms))
    near = [f.unseen for f in fits if cost(f) <= cost(best) + NEAR]
    return Choice(best, len(fits), barred, (min(near), max(near), len(near)))


def _order(term: int) -> tuple[int, int]:
    return term.bit_count(), term


def _inside(term: int) -> Iterator[int]:
    """The interactions of one list fewer; none inside a pair."""
    if term.bit_count() > 2:
        yield from (term & ~(1 << j) for j in range(term.bit_length()) if term >> j & 1)


def _every(lists: int) -> list[Model]:
    """Every hierarchical model below the one of all lists."""
    whole = (1 << lists) - 1
    found: list[Model] = [frozenset()]
    for term in sorted((t for t in range(3, whole) if t.bit_count() > 1), key=_order):
        found += [model | {term} for model in found if all(part in model for part in _inside(term))]
    return found


def _walk(book: _Book, lists: int, cost: Callable[[Fit], float]) -> None:
    """Steps from independent lists to a model that no single step betters."""
    whole = (1 << lists) - 1
    terms = [t for t in range(3, whole) if 1 < t.bit_count() <= 3]
    here: Model = frozenset()
    start = book.get(here)
    least = cost(start) if start else math.inf
    while True:
        offers = [here | {t} for t in terms if t not in here and all(part in here for part in _inside(t))]
        offers += [here - {t} for t in here if not any(t in _inside(other) for other in here)]
        priced = [(cost(found), sorted(model), model) for model in offers if (found := book.get(model)) is not None]
        if not priced or min(priced)[0] >= least - 1e-9:
            return
        least, _, here = min(priced)
