"""Which records nothing printed rests on, and why: nothing is lost silently, not even by being left out."""
from __future__ import annotations

from collections.abc import Collection

from bearwitness.model.case import Case
from bearwitness.reason.levels import grounds_nothing


def unused(case: Case, used: Collection[str]) -> tuple[tuple[str, str], ...]:
    """(id, why) for every record that no note, figure, box or disagreement rests on, by id."""
    return tuple((ref, _why(case, ref)) for ref in sorted(case.stated) if ref not in used)


def _why(case: Case, ref: str) -> str:
    row = case.assertions.get(ref) or case.tolls.get(ref)
    if row is not None:
        if nothing := grounds_nothing(case, row):
            return nothing
        if row.doc in case.documents and case.documents[row.doc].recalled:
            return "from memory: grounds nothing"
        return "no sentence cites it and no figure counts it"
    if ref in case.sources:
        return "no printed record is theirs"
    if ref in case.documents:
        return "no printed record was read in it"
    if ref in case.incidents:
        return "no section, figure or sum holds it"
    if ref in case.exhibits:
        return "sealed; no document that is cited is held by it"
    return "no sentence cites it"
