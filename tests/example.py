"""The six-strike example, read once; and the same case with one record changed or left out."""
from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from bearwitness.model.case import Case, Problem, Stated, build
from bearwitness.model.fits import problems
from bearwitness.seal.takein import Taken, take_in
from bearwitness.tell.check import desk
from bearwitness.tell.compile import compile_report
from bearwitness.tell.document import Report
from bearwitness.tell.marks import read_draft

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "syria-2015"
DRAFT = "report/briefing.md"


@cache
def taken() -> Taken:
    return take_in(EXAMPLE, write=False)


def with_rows(change: Callable[[Stated], Stated | None]) -> tuple[Case, list[Problem]]:
    """The example with every row passed through `change`; None leaves a row out."""
    rows = [new for old in taken().case.stated.values() if (new := change(old)) is not None]
    case, faults = build(taken().folder.config, rows)
    return case, faults + problems(case)


def report_of(case: Case) -> Report:
    draft = read_draft(taken().folder.drafts[DRAFT], DRAFT)
    held = {ref: path.read_text(encoding="utf-8", errors="replace") for ref, path in taken().waiting.items()
            if path.suffix == ".md"}
    return compile_report(draft, desk(case, DRAFT, draft.front, held_text=held.get))
