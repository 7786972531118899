"""Is this weapon banned for this user, on this day? Never `banned` without the treaty and who is bound by it."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bearwitness.reason.law.instruments import Ruling, applicable, instrument, state_named, the
from bearwitness.rules import load


@dataclass(frozen=True, slots=True)
class BanStatus:
    """banned: True, False, or None where a status is not known. words: what a report may say. rulings: each treaty."""

    banned: bool | None
    words: str
    rulings: tuple[Ruling, ...]
    custom: str
    review: str = ""


def ban_status(family: str, user: str, day: date, conflict: str, territory: str = "") -> BanStatus:
    """The treaties on a family of weapons, held against the user State. Raises ValueError for an unknown family.

    family: an id of rules/weapons/bans.toml. user, territory: States. conflict: IAC or NIAC.
    """
    rows = {row["family"]: row for row in load("weapons/bans")["ban"]}
    if family not in rows:
        raise ValueError(f"{family!r} has no row; known: {', '.join(sorted(rows))}")
    row = rows[family]
    who = state_named(user) or user
    rulings = tuple(applicable(name, conflict, who, day, territory) for name in row["instruments"])
    flag = rulings[0].review if rulings else str(load("weapons/bans").get("review", ""))
    if not rulings:
        return BanStatus(False, f"no treaty bans {row['plural']}; {row['custom_words']}", (), row["custom"], flag)
    if any(r.ok for r in rulings):
        treaty = the(instrument(next(r.instrument for r in rulings if r.ok)))
        return BanStatus(True, f"{row['effect']} by {treaty}, which bound {who} on that day; {row['custom_words']}",
                         rulings, row["custom"], flag)
    if any(r.ok is None for r in rulings):
        return BanStatus(None, f"whether {who or 'the user'} is bound is not known; {row['custom_words']}", rulings,
                         row["custom"], flag)
    treaty = the(instrument(rulings[0].instrument))
    return BanStatus(False, f"{row['effect']} by {treaty} to those it binds; here it does not bind: "
                     f"{rulings[0].why}; {row['custom_words']}", rulings, row["custom"], flag)
