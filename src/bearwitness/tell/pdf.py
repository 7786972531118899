"""The report as a PDF: A4, tagged for readers who listen (PDF/UA-1, PDF/A-2a), fonts inside, the same bytes again.

The text reaches the typesetter as data, never as markup, so what stands in a record can do nothing there. After
setting, every note of the report must stand on a page; a report that loses a note is not written.
"""
from __future__ import annotations

import json
from collections.abc import Collection
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bearwitness.errors import EngineError, GroundsError
from bearwitness.tell.document import Report
from bearwitness.tell.glyphs import without_marks
from bearwitness.tell.pdf_values import Printer

if TYPE_CHECKING:
    import typst

STANDARDS = ["a-2a", "ua-1"]
UNDATED = date(1970, 1, 1)      # stands in the file's properties where a draft has no date; never printed


def render(report: Report, *, date: date | None) -> bytes:
    """The whole report as PDF.

    date: stands in the file's properties; with the report it settles every byte. Nothing else is asked of
    the machine: no clock, no system font, no network.
    Raises EngineError when the typesetter is missing or stops, GroundsError when a note is not on a page.
    """
    values = Printer(report).values()
    day = date or UNDATED
    values["day"] = [day.year, day.month, day.day]
    try:
        compiler = _compiler(values)
        made = _set(compiler, day)
    except _Undrawable:
        compiler = _compiler(without_marks(values))
        made = _set(compiler, day)
    check_notes({note.number for note in report.notes}, _printed(compiler))
    return made


class _Undrawable(EngineError):
    """A letter with marks that no font can put together."""


def check_notes(wanted: Collection[int], printed: Collection[int]) -> None:
    """Raises GroundsError when a note is missing from the pages, or stands there twice."""
    missing = sorted(set(wanted) - set(printed))
    if missing:
        raise GroundsError(f"The PDF lost {len(missing)} of {len(wanted)} notes: {', '.join(map(str, missing[:20]))}.",
                           where="briefing.pdf", code="notes", fix="Nothing was written. The web page has every note.")
    if len(printed) != len(set(printed)) or set(printed) - set(wanted):
        raise GroundsError("The PDF has a note twice, or one that the report does not have.", where="briefing.pdf",
                           code="notes", fix="Nothing was written. The web page has every note once.")


def _compiler(values: dict[str, Any]) -> typst.Compiler:
    try:
        import typst
    except ImportError as why:
        raise EngineError("The typesetter for PDF is not installed.", where="typst",
                          fix="Run make setup. The web page and the data do not need it.") from why
    home = _home()
    return typst.Compiler(home / "typst" / "report.typ", root=home / "typst", font_paths=[home / "fonts"],
                          ignore_system_fonts=True, sys_inputs={"report": json.dumps(values, ensure_ascii=False)})


def _set(compiler: typst.Compiler, day: date) -> bytes:
    import typst
    stamp = datetime(day.year, day.month, day.day, tzinfo=UTC)
    try:
        made = compiler.compile(format="pdf", pdf_standards=list(STANDARDS), timestamp=stamp)   # type: ignore[arg-type]
    except typst.TypstError as why:
        kind = _Undrawable if "could not be displayed" in why.message else EngineError
        raise kind(f"The PDF could not be set: {why.message}", where="briefing.pdf",
                          fix="Nothing was written. The web page and the data do not need it.") from why
    if not isinstance(made, bytes):
        raise EngineError("The typesetter gave no PDF.", where="briefing.pdf", fix="Nothing was written.")
    return made


def _printed(compiler: typst.Compiler) -> list[int]:
    """Note numbers in the order of the pages, from the marks that the template sets beside each printed note."""
    found: list[int] = json.loads(compiler.query("<note>", field="value"))
    return found


def _home() -> Path:
    """The folder of the template and the fonts."""
    return Path(str(files("bearwitness.tell")))
