"""The parts of a total, by one speaker, with the people the parts do not name (R02)."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bearwitness.model.count import Count
from bearwitness.model.records import Toll


def value_of(toll: Toll, quantity: str, category: str) -> Count | None:
    """What a row states for a quantity; killed falls back on identified + unidentified."""
    figures = toll.figures
    if category:
        return figures.get(category)
    if quantity == "killed" and "killed" not in figures:
        return enumeration(toll)
    return figures.get(quantity)


def enumeration(toll: Toll) -> Count | None:
    """identified + unidentified, where both are stated."""
    known, unknown = toll.figures.get("identified"), toll.figures.get("unidentified")
    return known + unknown if known is not None and unknown is not None else None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total and its parts by one speaker; residual = total - parts [1], None where the total is open or missing."""

    id: str
    by: str
    total: Count | None
    parts: Mapping[str, Count]
    residual: int | None

    @property
    def words(self) -> str:
        known = " + ".join(f"{value} {name}" for name, value in self.parts.items())
        if self.total is None:
            return f"{known}, without a total (incomplete)"
        if self.residual is None:
            return f"{self.total} = {known} + a rest that is not known"
        numbers = [str(value.low) for value in self.parts.values()] + [str(self.residual)] * bool(self.residual)
        names = [*self.parts, *["other, by subtraction"] * bool(self.residual)]
        at_least = "at least " if self.total.open_top else ""
        return f"{at_least}{self.total.low} = {' + '.join(numbers)} ({' + '.join(names)})"


def breakdowns(rows: Iterable[Toll]) -> tuple[Breakdown, ...]:
    """Totals with their parts, each by one speaker, with the residual that the parts leave (R02)."""
    found = []
    for toll in rows:
        parts = {name: toll.figures[name] for name in ("children", "women", "men") if name in toll.figures}
        if not parts or toll.scope:
            continue
        total = value_of(toll, "killed", "")
        firm = total is not None and all(v.low == v.high for v in (total, *parts.values()))
        residual = total.low - sum(v.low for v in parts.values()) if firm and total is not None else None
        found.append(Breakdown(toll.id, toll.by, total, parts, residual))
    return tuple(found)


def conflicts(found: Iterable[Breakdown]) -> list[tuple[str, dict[str, Count]]]:
    """Categories for which two speakers state different numbers: (category, {toll id: value})."""
    by_name: dict[str, dict[str, Count]] = {}
    for one in found:
        for name, value in one.parts.items():
            by_name.setdefault(name, {})[one.id] = value
    return [(name, values) for name, values in by_name.items()
            if len({(v.low, v.high) for v in values.values()}) > 1]
