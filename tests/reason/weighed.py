"""Small findings made of words, for tests of how far grounds carry."""
from __future__ import annotations

from typing import Any

from tests.world import assertion, document, incident, source
from tests.world import case as build_case

from bearwitness.model.case import Case, Stated
from bearwitness.reason.findings import Held, weigh
from bearwitness.reason.standards import Standard, standard_of

RIVAL = {"text": "another day", "excluded_by": ["w1"]}


def finding(ref: str = "f", **more: Any) -> Stated:
    body = {"id": ref, "about": "north", "by": "researcher-1", "text": "The market was struck.", "looked_in": ["amnesty"],
            "rivals": [RIVAL]} | {name.removesuffix("_"): value for name, value in more.items()}
    return Stated("finding.proposed", ref, body, f"findings/{ref}.md", 1)


def world(*rows: Stated, config: dict[str, Any] | None = None) -> Case:
    """One incident; four speakers apart (w1 eyewitness, e1 expert, m1 and r1 records), one that copies, one unknown."""
    speakers = (source("amnesty"), source("ana", "witness"), source("lab", "expert"), source("rescue", "responder"),
                source("paper", "media"), source("copy", "media", relies_on="ana"), source("blog", "media", relies_on="?"),
                source("state", "party"), source("ministry", "party", relies_on="state"))
    said = (assertion("w1", "north", "effect", "ana", "a wall fell", how="eyewitness"),
            assertion("e1", "north", "munition", "lab", "a crater", how="expert"),
            assertion("m1", "north", "effect", "paper", "a roof fell"),
            assertion("r1", "north", "effect", "rescue", "a fire broke out"),
            assertion("c1", "north", "effect", "copy", "a wall fell", how="hearsay"),
            assertion("u1", "north", "effect", "blog", "a wall fell"))
    return build_case(*speakers, document(), incident("north"), incident("south"), *said, *rows, config=config)


def held(case: Case, ref: str = "f") -> Held:
    return weigh(case, standard_of(case), case.findings[ref])


def number(case: Case, ref: str = "f") -> int:
    return held(case, ref).computed.number


__all__ = ["Held", "Standard", "finding", "held", "number", "world"]
