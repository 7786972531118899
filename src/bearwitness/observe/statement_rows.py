"""A sorted strike report as a row of assertions.csv, and the reports that a person must read as a table to fill in.

A confirmation grounds only what it reaches (D6): a town where the report's own words name the incident's place, else a
district, whatever the monitor read into it. A report that names another place, or totals alone, is bound to no incident
(`?`, which grounds nothing about any: D11). Nothing here writes
into a case: the rows are for a person to take over.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping

from bearwitness.observe.statement_words import split
from bearwitness.observe.statements import CLASSES, Sorted, names

COLUMNS = ("id", "incident", "about", "by", "in", "at", "says", "how", "supports", "words", "note")
REVIEW = ("id", "kind", "why", "text")
_ABOUT = {"confirms": "own-strike", "denies": "denial", "silent": "admission-none", "aggregate": "scope",
          "other-place": "own-strike"}
_SAYS = {"confirms": "strikes are reported", "denies": "the strike is denied", "silent": "the strike is not mentioned",
         "aggregate": "totals alone are reported", "other-place": "another place is named"}


def as_assertion(ref: str, incident: str, text: str, found: Sorted, *, by: str, doc: str,
                 spellings: Iterable[str] = ()) -> dict[str, str]:
    """The row of one decided report. by, doc: ids of the speaker and the document in the case.

    spellings: the incident's own place names; without them a confirmation reaches a district and no further.

    Raises ValueError for an ambiguous one: a person decides it first.
    """
    if found.kind not in _ABOUT:
        raise ValueError("an ambiguous report is no assertion yet")
    reach = ("town" if names(found, spellings) else "district") if found.kind == "confirms" else ""
    bound = found.kind in ("confirms", "denies", "silent")
    places = f" ({', '.join(found.places)})" if found.places else ""
    quoted = "; ".join(f"“{words}”" for words in split(text).quoted)
    decided = "; ".join(f"{layer}: {words}" for layer, words in found.words)
    return {"id": ref, "incident": incident if bound and incident else "?", "about": _ABOUT[found.kind], "by": by, "in": doc,
            "at": reach, "says": _SAYS[found.kind] + places,
            "how": "party", "supports": "", "words": quoted, "note": f"decided by {decided}" if decided else found.why}


def judged(found: Sorted, word: str) -> Sorted:
    """The report as a person read it. Raises ValueError for a word that is no class."""
    if word not in CLASSES:
        raise ValueError(f"{word!r} is none of: {', '.join(CLASSES)}")
    return Sorted(word, "a person read it so", (("person", word),), found.reach, found.places)


def review_row(ref: str, text: str, found: Sorted) -> Mapping[str, str]:
    return {"id": ref, "kind": "", "why": found.why, "text": text}
