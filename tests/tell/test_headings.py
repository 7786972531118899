"""However a draft is headed, its pages can be set for readers who listen: no heading is empty, none is skipped."""
from __future__ import annotations

import pytest
from tests.example import taken

from bearwitness.tell import pdf
from bearwitness.tell.check import desk
from bearwitness.tell.compile import compile_report
from bearwitness.tell.document import Report
from bearwitness.tell.marks import read_draft

TEXT = "The Observatory speaks of 13 killed at Sarmin [@t-sar-sohr].\n"


def compiled(text: str) -> Report:
    draft = read_draft(text, "d.md")
    return compile_report(draft, desk(taken().case, "d.md", draft.front))


@pytest.mark.parametrize(("text", "title"), [
    (f"# One strike in October\n\n{TEXT}", "One strike in October"),
    (f"---\ntitle: Of the front\n---\n# One strike in October\n\n{TEXT}", "Of the front"),
    (TEXT, ""),
    (f"### A deep heading first\n\n{TEXT}", ""),
    (f"# One strike in October\n\n#### Far down\n\n{TEXT}\n## Up again\n\n{TEXT}", "One strike in October"),
    (f"##\n\n{TEXT}", "")])
def test_a_draft_with_few_headings_or_none_is_set_and_titled(text: str, title: str) -> None:
    report = compiled(text)
    assert report.title == (title or taken().case.config.title)
    assert report.sections and all(section.title for section in report.sections)
    assert pdf.render(report, date=None).startswith(b"%PDF")
