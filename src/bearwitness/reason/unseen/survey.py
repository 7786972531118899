"""Every model on one table, side by side, and their disagreement in words. Never one figure."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from bearwitness.reason.unseen import bootstrap, latent
from bearwitness.reason.unseen.hierarchy import EVERY, NEAR, Choice, choose
from bearwitness.reason.unseen.histories import Histories
from bearwitness.reason.unseen.loglinear import THRESHOLD, stepwise
from bearwitness.reason.unseen.poisson import Fit

CLOSE = 1.1   # largest figure over smallest, below which the models are said to lie close
MODELS = ("loglinear-stepwise-p02", "loglinear-bic", "loglinear-aic", "latent-class")
ASSUMED = ("Every model assumes that the people were matched between lists without error, that all lists are about the "
           "same people, place and time, and that nobody is out of reach of every list for a reason no list shows.")


@dataclass(frozen=True)
class Estimate:
    """One model's figure for everybody, named or not. estimate, low, high: people, None where no figure may be given.

    interval: what low and high are. reason: why there is no figure. about: what the model found, for a reader who checks.
    """

    model: str
    estimate: float | None
    low: float | None
    high: float | None
    interval: str
    lists: tuple[str, ...]
    seed: int
    reason: str = ""
    about: dict[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        return {**asdict(self), "lists": list(self.lists)}


def survey(table: Histories, seed: int, say: Callable[[str], None] = lambda _: None) -> list[Estimate]:
    """Runs every model, in the order of MODELS. seed: of every draw. say: told how far it is."""
    found = [_stepwise(table, seed)]
    say("log-linear by steps: done")
    choices = choose(table.full(), len(table.lists))
    found += [_chosen(table, seed, name, choices.get(name)) for name in ("bic", "aic")]
    say("log-linear by criteria: done")
    return [*found, _latent(table, seed, say)]


def words(found: list[Estimate]) -> str:
    """How far the models lie apart."""
    told = [(f.estimate, f.low, f.high, f.model) for f in found
            if f.estimate is not None and f.low is not None and f.high is not None]
    silent = [f.model for f in found if f.estimate is None]
    without = f" No figure from {', '.join(silent)}." if silent else ""
    if not told:
        return "No model gives a figure." + without
    if len(told) == 1:
        return "One model alone gives a figure; it must not be printed as if others agreed." + without
    least, most = min(told), max(told)
    apart = most[0] / least[0]
    common = max(t[1] for t in told) <= min(t[2] for t in told)
    inside = "Their intervals have numbers in common" if common else "No number lies inside all of their intervals"
    head = f"The models disagree: {least[0]:,.0f} ({least[3]}) to {most[0]:,.0f} ({most[3]}), {apart:.1f} times as many"
    if apart < CLOSE:
        head = (f"The figures lie close together, {least[0]:,.0f} ({least[3]}) to {most[0]:,.0f} ({most[3]}); that does not "
                "show that they are right")
    return f"{head}. {inside}.{without} None of them is known to be the right one, so none may be printed alone."


def _stepwise(table: Histories, seed: int) -> Estimate:
    found = stepwise(table.full(), len(table.lists))
    name, kind = MODELS[0], "95 % confidence, normal for the log of the unseen"
    if found is None:
        return Estimate(name, None, None, None, kind, table.lists, seed, "the likelihood has no finite maximum")
    figure = table.seen + found.unseen
    drawn = bootstrap.spread(table.full(), len(table.lists), figure, seed)
    again = None if drawn is None else {"low": drawn.low, "high": drawn.high, "draws": drawn.draws, "failed": drawn.failed,
                                        "kind": "95 % BCa, the steps repeated on each draw"}
    about = _about(table, found) | {"threshold": THRESHOLD, "bootstrap": again}
    return _loglinear(table, seed, name, kind, found, about)


def _chosen(table: Histories, seed: int, name: str, choice: Choice | None) -> Estimate:
    model, kind = f"loglinear-{name}", "95 % confidence, normal for the log of the unseen; the choice of the model left out"
    if choice is None:
        return Estimate(model, None, None, None, kind, table.lists, seed, "no hierarchical model has an estimate")
    low, high, many = choice.near
    about = _about(table, choice.best) | {
        "search": "every hierarchical model" if len(table.lists) <= EVERY else "by steps, up to three lists at a time",
        "tried": choice.tried, "without_estimate": choice.barred,
        "near": {"within": NEAR, "models": many, "low": table.seen + low, "high": table.seen + high}}
    return _loglinear(table, seed, model, kind, choice.best, about)


def _loglinear(table: Histories, seed: int, name: str, kind: str, found: Fit, about: dict[str, Any]) -> Estimate:
    low, high = found.interval()
    expected = found.of_expectation()
    about["of_expectation"] = {"low": table.seen + expected[0], "high": table.seen + expected[1],
                               "kind": "95 % for the expected number, as SparseMSE prints it"}
    return Estimate(name, table.seen + found.unseen, table.seen + low, table.seen + high, kind, table.lists, seed, "", about)


def _about(table: Histories, found: Fit) -> dict[str, Any]:
    return {"interactions": [table.named(term) for term in found.terms],
            "never_together": [table.named(term) for term in found.design.empty]}


def _latent(table: Histories, seed: int, say: Callable[[str], None]) -> Estimate:
    found = latent.estimate(table, seed, say)
    ends = [None, None, None] if found.reason else [found.median[0], found.low[0], found.high[0]]
    about: dict[str, Any] = {
        "classes": 10, "chains": len(found.chains), "draws": found.draws, "r_hat": round(found.r_hat, 4),
        "effective_draws": {k: round(v[2]) for k, v in (("median", found.median), ("low", found.low), ("high", found.high))},
        "monte_carlo_error": {k: round(v[1], 1) for k, v in (("median", found.median), ("low", found.low),
                                                             ("high", found.high))}}
    return Estimate(MODELS[3], ends[0], ends[1], ends[2], "95 % credible; the figure is the posterior median", table.lists,
                    seed, found.reason, about)
