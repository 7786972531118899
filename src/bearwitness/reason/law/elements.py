"""One rule, element by element: what carries each, what stands against it, and what the whole comes to.

An element has the level of the weakest fact of its best list; a rule has the level of its weakest element. Levels are
never averaged. A defeater at reasonable grounds, and no weaker than the element, defeats it; a weaker one holds it at
suspicion. An inference and a presumption carry at most level 2. Data: rules/law/rules.toml, facts.toml.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from bearwitness.reason.law.instruments import IAC, NIAC, applicable, instrument, review_flag, the
from bearwitness.rules import load

MET, SUSPECTED, NOT_MADE_OUT = "met", "suspected", "not made out"
DEFEATED, NOT_ASSESSABLE, NOT_APPLICABLE = "defeated", "not assessable", "not applicable"
OUTCOMES = (MET, SUSPECTED, NOT_MADE_OUT, DEFEATED, NOT_ASSESSABLE, NOT_APPLICABLE)
GROUNDS = 2
INFERRED, WEAK, PRESUMED = 2, 1, 2


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of one fact of the law. level, against: 0..4; refs: records for it and against it; caps: why no more."""

    id: str
    level: int = 0
    against: int = 0
    refs: tuple[str, ...] = ()
    against_refs: tuple[str, ...] = ()
    caps: tuple[str, ...] = ()

    @property
    def stands(self) -> int:
        """The level it can be used at: none where the denial is as strong, suspicion where a denial is live."""
        if self.against >= self.level:
            return 0
        return min(self.level, 1) if self.against else self.level

    @property
    def denied(self) -> int:
        """The level at which its denial can be used."""
        if self.level >= self.against:
            return 0
        return min(self.against, 1) if self.level else self.against


Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Element:
    """One element held against the facts. how: directly, by inference, weakly, by presumption, or nothing."""

    id: str
    words: str
    level: int
    how: str
    used: tuple[str, ...]
    defeaters: tuple[str, ...]
    defeated: bool
    mental: bool
    required: bool
    caps: tuple[str, ...]
    missing: tuple[tuple[str, ...], ...]
    contested: bool = False


@dataclass(frozen=True, slots=True)
class RuleAssessed:
    """One rule held against the facts. outcome: one of OUTCOMES. level: the weakest element's. why: one sentence."""

    id: str
    name: str
    cite: str
    says: str
    kind: str
    branch: str
    outcome: str
    level: int
    why: str
    elements: tuple[Element, ...]
    serious: bool
    doubt: str
    review: str

    def cite_in(self, conflict: str) -> str:
        """Its authority. In a non-international conflict a custom stands on custom: treaty text is named as parallel."""
        parts = self.cite.split("; ")
        if self.kind != "custom" or conflict != NIAC or len(parts) == 1:
            return self.cite
        return f"{parts[0]}, as custom (parallel text, not cited as binding: {'; '.join(parts[1:])})"

    @property
    def material(self) -> tuple[Element, ...]:
        return tuple(e for e in self.elements if not e.mental)

    @property
    def mental(self) -> tuple[Element, ...]:
        return tuple(e for e in self.elements if e.mental)


@lru_cache(maxsize=1)
def rules() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in load("law/rules")["rule"]}


@lru_cache(maxsize=1)
def fact_table() -> dict[str, dict[str, Any]]:
    return {name: row for name, row in load("law/facts").items() if isinstance(row, dict)}


def say_fact(ref: str) -> str:
    """A fact, or its denial, in words."""
    row = fact_table()[ref.lstrip("!")]
    return str(row["not"] if ref.startswith("!") and "not" in row else row["says"])


def held(facts: Facts, ref: str) -> int:
    """The level at which a fact, or with `!` its denial, can be used."""
    fact = facts.get(ref.lstrip("!"))
    if fact is None:
        return 0
    return fact.denied if ref.startswith("!") else fact.stands


def _best(facts: Facts, lists: Iterable[list[str]], cap: int) -> tuple[int, tuple[str, ...]]:
    """The strongest list, at the level of its weakest fact."""
    best: tuple[int, tuple[str, ...]] = (0, ())
    for one in lists:
        level = min(cap, *(held(facts, ref) for ref in one))
        if level > best[0]:
            best = (level, tuple(one))
    return best


def judge_element(row: Mapping[str, Any], facts: Facts) -> Element:
    """Hold one element against the facts."""
    direct = _best(facts, row["any"], 4)
    options = [("directly", *direct),
               ("by inference", *_best(facts, row.get("infer", ()), INFERRED)),
               ("by presumption", *_best(facts, row.get("presume", ()), PRESUMED)),
               ("weakly", *_best(facts, row.get("weak", ()), WEAK))]
    how, level, used = max(options, key=lambda o: o[1])
    denials = [(held(facts, _turn(ref)), _turn(ref)) for one in row["any"] for ref in one]
    denial = max(denials, default=(0, ""))
    against = [(min(held(facts, ref) for ref in one), tuple(one)) for one in row.get("defeat", ())]
    against = [a for a in against if a[0] > 0]
    strongest = max((a[0] for a in against), default=0)
    if (how in ("by inference", "weakly") or not level) and not row.get("two_limbs"):
        strongest = max(strongest, denial[0])
    caps = [cap for ref in used for cap in _caps_of(facts, ref)]
    defeated = strongest >= GROUNDS and strongest >= level
    bends = [ref for ref in row.get("bend", ()) if held(facts, ref) > 0]
    if not defeated and (strongest or bends) and level > 1:
        level = 1
        caps.append("something unanswered stands against it")
    stand = tuple(dict.fromkeys([ref for _, one in against for ref in one] + bends
                                + ([denial[1]] if denial[0] and not direct[0] else [])))
    missing = () if level >= GROUNDS else tuple(tuple(one) for one in (*row["any"], *row.get("infer", ())))
    return Element(row["id"], row["words"], 0 if defeated else level, how if level else "nothing", used, stand, defeated,
                   bool(row.get("mental")), bool(row.get("required")), tuple(dict.fromkeys(caps)), missing,
                   not level and _contested(row, facts))


def _contested(row: Mapping[str, Any], facts: Facts) -> bool:
    """Whether a fact that could carry the element alone has records for and against it, equally high."""
    known = [facts[name] for one in row["any"] if len(one) == 1 and (name := one[0].lstrip("!")) in facts]
    return any(fact.level == fact.against > 0 for fact in known)


def _turn(ref: str) -> str:
    return ref[1:] if ref.startswith("!") else f"!{ref}"


def _caps_of(facts: Facts, ref: str) -> tuple[str, ...]:
    fact = facts.get(ref.lstrip("!"))
    return fact.caps if fact is not None else ()


def judge(rule: str, facts: Facts, *, conflict: str, day: date, state: str = "", territory: str = "") -> RuleAssessed:
    """Hold a rule against facts in a conflict of this kind on this day.

    conflict: IAC, NIAC, or "" where nobody has classified it: then only rules that hold in both are judged.
    Raises ValueError for an unknown rule.
    """
    if rule not in rules():
        raise ValueError(f"no rule {rule!r} in rules/law")
    row = rules()[rule]
    refused = reach(row, conflict, day, state, territory)
    elements = tuple(judge_element(one, facts) for one in row["element"])
    outcome, level, why = (NOT_APPLICABLE, 0, refused) if refused else _outcome(elements)
    return RuleAssessed(rule, row["name"], row["cite"], row["says"], row["kind"], row["branch"], outcome, level, why,
                        elements, row["serious"], row.get("doubt", ""), review_flag(load("law/rules")))


def reach(row: Mapping[str, Any], conflict: str, day: date, state: str, territory: str = "") -> str:
    """Why a rule does not reach an act; empty when it does. A treaty binds parties; a statute here only states crimes."""
    if not conflict and set(row["scope"]) != {IAC, NIAC}:
        return "the conflict is not classified, and this rule holds in one kind of conflict only"
    if conflict and conflict not in row["scope"]:
        return f"holds only in {' and '.join(row['scope'])}, and the conflict is classified as {conflict}"
    source = instrument(row["instrument"])
    if source["kind"] == "custom":
        return ""
    if day < source["in_force"]:
        return f"{the(source)} was in force only from {source['in_force']}"
    if source["kind"] == "statute":
        return ""
    if not conflict:
        return "the conflict is not classified"
    ruling = applicable(row["instrument"], conflict, state, day, territory)
    return "" if ruling.ok else ruling.why


def _outcome(elements: tuple[Element, ...]) -> tuple[str, int, str]:
    """The outcome of the whole, its level, and why in one sentence."""
    if defeated := [e for e in elements if e.defeated]:
        told = "; ".join(say_fact(ref) for e in defeated for ref in e.defeaters) or defeated[0].words
        return DEFEATED, 0, f"stands against it: {told}"
    if lacking := [e for e in elements if e.required and not e.level]:
        return NOT_ASSESSABLE, 0, "not known: " + "; ".join(e.words for e in lacking)
    level = min(e.level for e in elements)
    weakest = [e for e in elements if e.level == level]
    told = "; ".join(e.words for e in weakest)
    if not level:
        contested = [e for e in weakest if e.contested]
        bare = "; ".join(e.words for e in weakest if not e.contested)
        told = "; ".join(e.words for e in contested)
        parts = ((bare, "no record carries"), (told, "records for and against stand equally high"))
        return NOT_MADE_OUT, 0, "; ".join(f"{head}: {what}" for what, head in parts if what)
    return (MET if level >= GROUNDS else SUSPECTED), level, f"weakest: {told}"

