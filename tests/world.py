"""Small cases made of words, for tests: rows as a person would write them, typed by the real reader."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bearwitness.model.case import Case, Stated, build
from bearwitness.model.fits import problems

CONFIG = {"title": "A made-up case", "zone": "Asia/Damascus", "standard": "reasonable-grounds",
          "sets": {"both": ("north", "south")}}


def source(ref: str, kind: str = "ngo", **more: str) -> Stated:
    return _row("source.stated", "sources.csv", {"id": ref, "name": more.pop("name", ref.capitalize()), "kind": kind} | more)


def document(ref: str = "doc", **more: str) -> Stated:
    return _row("document.stated", "documents.csv", {"id": ref, "what": "a page", "date": "2015-12-01",
                                                     "where": "example.org", "held": "no"} | more)


def incident(ref: str, **more: str) -> Stated:
    return _row("incident.stated", "incidents.csv", {
        "id": ref, "name": f"{ref.capitalize()} market", "when": "2015-11-29", "lat": "35.8", "lon": "36.6",
        "level": "town", "object": "market"} | more)


def toll(ref: str, where: str, by: str, **more: str) -> Stated:
    return _row("toll.stated", "tolls.csv", {"id": ref, "incident": where, "by": by, "in": "doc",
                                             "as_of": "2015-11-30", "words": ""} | more)


def assertion(ref: str, where: str, about: str, by: str, says: str, **more: str) -> Stated:
    return _row("assertion.made", "assertions.csv", {"id": ref, "incident": where, "about": about, "by": by, "in": "doc",
                                                     "says": says, "how": "record"} | more)


def _row(kind: str, file: str, body: dict[str, Any]) -> Stated:
    return Stated(kind, body["id"], body, file, 2)


def case(*rows: Stated, config: dict[str, Any] | None = None) -> Case:
    """A case of these rows; fails loudly where they cannot be read or do not fit together."""
    found, faults = build(CONFIG | (config or {}), rows)
    faults += problems(found)
    if faults:
        raise AssertionError("; ".join(f"{f.where}: {f.message}" for f in faults))
    return found


def market(*tolls: Stated, more: Iterable[Stated] = (), **config: Any) -> Case:
    """Two incidents, five speakers, one document, and these tolls."""
    speakers = (source("amnesty"), source("sohr", "monitor"), source("rescue", "responder"), source("hrw"),
                source("agency", "media", relies_on="sohr"))
    return case(*speakers, document(), incident("north", lead="amnesty"), incident("south", lead="hrw"), *tolls, *more,
                config=config)
