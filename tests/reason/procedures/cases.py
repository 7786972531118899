"""Small made-up cases: one strike at Nordburg, and whatever a test needs around it."""
from __future__ import annotations

from typing import Any

from bearwitness.model.case import Case, Stated, build
from bearwitness.reason.claims import Tested, test_part
from bearwitness.reason.standards import Standard

STANDARD = Standard("reasonable-grounds")
SOURCES = (
    {"id": "min", "name": "Ministry", "kind": "party"},
    {"id": "spok", "name": "Spokesman", "kind": "party", "relies_on": "min"},
    {"id": "osi", "name": "Open-source team", "kind": "osint"},
    {"id": "mon", "name": "Monitor", "kind": "monitor"},
    {"id": "copy", "name": "Copy of the team", "kind": "media", "relies_on": "osi"},
    {"id": "agency", "name": "State agency", "kind": "state-media", "relies_on": "min"},
    {"id": "tv", "name": "State television", "kind": "state-media", "relies_on": "?"},
)


def row(ref: str, about: str, by: str, says: str, **more: str) -> dict[str, Any]:
    return {"id": ref, "incident": "nord", "about": about, "by": by, "in": "d", "says": says, "how": "expert", **more}


def case_of(part: dict[str, Any], *rows: dict[str, Any], replies: tuple[dict[str, str], ...] = (),
            searches: tuple[dict[str, str], ...] = (), by: str = "min", title: str = "A statement") -> Case:
    stated = [Stated("source.stated", s["id"], s, "sources.csv", n) for n, s in enumerate(SOURCES, 2)]
    stated.append(Stated("document.stated", "d", {"id": "d", "what": "A page", "date": "2015-11-04", "where": "x",
                                                   "held": "no"}, "documents.csv", 2))
    stated.append(Stated("incident.stated", "nord", {"id": "nord", "name": "Nordburg", "when": "2015-10-20 ~13:00",
                                                      "lat": "35.9", "lon": "36.7", "level": "town",
                                                      "object": "hospital"}, "incidents.csv", 2))
    stated += [Stated("assertion.made", r["id"], r, "assertions.csv", n) for n, r in enumerate(rows, 2)]
    stated += [Stated("reply.recorded", r["id"], r, "replies.csv", n) for n, r in enumerate(replies, 2)]
    stated += [Stated("search.made", r["id"], r, "searches.csv", n) for n, r in enumerate(searches, 2)]
    body = {"id": "c", "by": by, "in": "d", "date": "2015-11-02", "about": "nord", "title": title,
            "parts": [{"id": "a", "text": "The part", "kind": "time", **part}]}
    stated.append(Stated("claim.stated", "c", body, "claims/c.md", 1))
    case, problems = build({"title": "Made up", "zone": "Asia/Damascus", "standard": "reasonable-grounds"}, stated)
    assert not problems, problems
    return case


def weighed(part: dict[str, Any], *rows: dict[str, Any], **more: Any) -> Tested:
    case = case_of(part, *rows, **more)
    return test_part(case, STANDARD, case.parts["c.a"])
