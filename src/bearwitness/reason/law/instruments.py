"""Which instrument binds whom, on which day, in which kind of conflict. Data: rules/law/instruments.toml.

Nothing is guessed: a State that a row does not name is "not known". A treaty that does not bind may still be
cited as evidence of custom where the rule says so; a resolution or declaration is never cited before its day.
What it does not do: say when a rule became custom, or decide on disputed successions.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from bearwitness.model.nearest import nearest
from bearwitness.rules import load

IAC, NIAC = "IAC", "NIAC"
CONFLICT_TYPES = (IAC, NIAC)
CONFLICT_WORDS = {IAC: "an international armed conflict", NIAC: "a non-international armed conflict"}


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether an instrument binds a State on a day.

    bound: True, False, or None where the data does not say. why: one sentence. review: the flag to print.
    """

    instrument: str
    state: str
    day: date
    bound: bool | None
    why: str
    review: str = ""

    def __bool__(self) -> bool:
        return self.bound is True


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether an instrument may be cited as binding law for an act. ok: None where it is not known."""

    instrument: str
    ok: bool | None
    why: str
    review: str = ""

    def __bool__(self) -> bool:
        return self.ok is True


@dataclass(frozen=True, slots=True)
class Myth:
    """A legal ground that does not exist: refused wherever it is cited."""

    id: str
    words: tuple[str, ...]
    says: str
    why: str
    cite: str


def review_flag(rules: dict[str, Any]) -> str:
    """The flag a rule file carries until counsel signs it; empty once `signed_by` and `signed` stand there."""
    if rules.get("signed_by") and rules.get("signed"):
        return ""
    return str(rules.get("review", ""))


@lru_cache(maxsize=1)
def instruments() -> dict[str, dict[str, Any]]:
    """Every instrument by its id."""
    return {row["id"]: row for row in load("law/instruments")["instrument"]}


@lru_cache(maxsize=1)
def myths() -> tuple[Myth, ...]:
    return tuple(Myth(row["id"], tuple(row["words"]), row["says"], row["why"], row["cite"])
                 for row in load("law/instruments")["myth"])


@lru_cache(maxsize=256)
def state_named(words: str) -> str:
    """The State meant by a name or an adjective (`Russian Federation` -> `Russia`); empty when it is not known."""
    wanted = words.strip().casefold()
    for name, also in load("law/instruments")["states"].items():
        if wanted == name.casefold() or wanted in (other.casefold() for other in also):
            return str(name)
    return ""


def instrument(name: str) -> dict[str, Any]:
    """One row. Raises ValueError for an id that is not there, with the nearest one that is."""
    rows = instruments()
    if name not in rows:
        raise ValueError(f"no instrument {name!r}; did you mean {nearest(name, tuple(rows), 0.0)!r}?")
    return rows[name]


def the(row: dict[str, Any]) -> str:
    """Its short name, with an article where English wants one."""
    short = str(row["short"])
    bare = short.startswith(("Additional", "Protocol", "resolution", "common", "amended", "customary"))
    return short if bare else f"the {short}"


def in_force(name: str, state: str, day: date) -> Standing:
    """Whether an instrument binds a State on a day: True, False or not known, with why.

    Raises ValueError for an unknown instrument. A State is named in English, or by one of its known names.
    """
    row = instrument(name)
    who = state_named(state) or state
    flag = review_flag(load("law/instruments"))

    def standing(bound: bool | None, why: str) -> Standing:
        return Standing(name, who, day, bound, why, flag)

    if row["kind"] == "custom":
        return standing(True, "custom binds every party to a conflict")
    if day < row["in_force"]:
        verb = "was adopted" if row["kind"] in ("resolution", "declaration") else "entered into force"
        return standing(False, f"{the(row)} {verb} only on {row['in_force']}, after {day}")
    if row["kind"] == "resolution":
        return standing(True, f"{the(row)} was adopted on {row['adopted']}")
    entry = row["states"].get(who)
    if entry is None:
        return standing(None, f"whether {who or 'this party'} is bound by {the(row)} is not known here")
    return standing(*_entry(row, entry, who, day))


def _entry(row: dict[str, Any], entry: dict[str, Any], who: str, day: date) -> tuple[bool, str]:
    if row["kind"] == "declaration":
        endorsed = entry["status"] == "party" and day >= entry["from"]
        return False, f"{the(row)} is a political commitment" + ("" if endorsed else f" that {who} has not endorsed")
    if entry["status"] == "signed":
        return False, f"{who} signed {the(row)} and is not party to it"
    if entry["status"] != "party":
        return False, f"{who} is not party to {the(row)}"
    if day < entry["from"]:
        return False, f"{the(row)} bound {who} only from {entry['from']}, after {day}"
    if "until" in entry and day >= entry["until"]:
        return False, f"{the(row)} bound {who} only until {entry['until']}"
    reserved = f"; {who} {entry['reservation']}" if entry.get("reservation") else ""
    return True, f"{the(row)} has bound {who} since {entry['from']}{reserved}"


def applicable(name: str, conflict: str, state: str, day: date, territory: str = "") -> Ruling:
    """Whether an instrument may be cited as binding for an act of a State in this kind of conflict on this day.

    conflict: "IAC" or "NIAC" (ValueError otherwise: an unclassified conflict has no applicable scope).
    territory: the State on whose soil it happened, for instruments that bind by territory (AP II).
    """
    if conflict not in CONFLICT_TYPES:
        raise ValueError(f"{conflict!r} is not a kind of conflict: IAC or NIAC; classify it first")
    row = instrument(name)
    flag = review_flag(load("law/instruments"))
    scope = _scope(row, conflict, state, day)
    if scope:
        return Ruling(name, False, scope, flag)
    if row["kind"] == "custom":
        return Ruling(name, True, f"{the(row)}: each rule says in which kind of conflict it is custom", flag)
    if row.get("territorial") and territory:
        ground = in_force(name, territory, day)
        if not ground.bound:
            return Ruling(name, ground.bound, f"{ground.why}, and {the(row)} binds only on a party's territory",
                          flag)
    standing = in_force(name, state, day)
    extra = f"; {row['not_party']}" if row["kind"] == "statute" and standing.bound is False and "not_party" in row else ""
    extra += _extended(row, conflict, state, day) if standing.bound else ""
    return Ruling(name, standing.bound, standing.why + extra, flag)


def _extended(row: dict[str, Any], conflict: str, state: str, day: date) -> str:
    """Since when an instrument binds a State in this kind of conflict too, where that came later."""
    if conflict in row["scope"] or not row.get("niac_by"):
        return ""
    later = in_force(row["niac_by"], state, day)
    return f"; in {CONFLICT_WORDS[conflict]} only by another text: {later.why}"


def _scope(row: dict[str, Any], conflict: str, state: str, day: date) -> str:
    """Why an instrument does not reach this kind of conflict; empty when it does."""
    if conflict in row["scope"]:
        return ""
    by = row.get("niac_by")
    if conflict == NIAC and by and in_force(by, state, day).bound:
        return ""
    verb = "do" if row["id"] == "gc-1949" else "does"
    why = f"{the(row)} {verb} not apply in {CONFLICT_WORDS[conflict]}"
    if conflict == NIAC and by:
        return f"{why} to {state}: {in_force(by, state, day).why}"
    return f"{why}: {row['partial']}" if row.get("partial") and conflict == NIAC else why


def named_in(text: str) -> list[str]:
    """Ids of the instruments that a text names, as whole words: `protocol iii` does not name Protocol I."""
    low = text.casefold()
    return [name for name, words in _words() if words.search(low)]


@lru_cache(maxsize=1)
def _words() -> list[tuple[str, re.Pattern[str]]]:
    return [(name, re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, row["words"])) + r")(?!\w)"))
            for name, row in instruments().items()]
