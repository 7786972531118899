"""A draft in Arabic: a careful one compiles, right to left; each one with a fault is refused at its line by its code."""
from __future__ import annotations

from pathlib import Path

import pytest
from tests.example import taken

from bearwitness.tell.check import check_text, desk
from bearwitness.tell.compile import compile_report
from bearwitness.tell.html import render
from bearwitness.tell.lexicon import lexicon
from bearwitness.tell.marks import read_draft
from bearwitness.tell.numbers import dates_in, numbers_in

ARABIC = Path(__file__).resolve().parents[1] / "drafts" / "arabic"
UNSOUND = sorted((ARABIC / "unsound").glob("*.md"))


def test_a_careful_draft_in_arabic_compiles_and_reads_from_right_to_left() -> None:
    text = (ARABIC / "sound" / "a-briefing.md").read_text("utf-8")
    draft = read_draft(text, "ar.md")
    report = compile_report(draft, desk(taken().case, "ar.md", draft.front))
    assert [(f.code, f.line, f.reason, f.words) for f in report.faults] == []
    page = render(report)
    assert 'lang="ar"' in page and 'dir="rtl"' in page and "سرمين" in page


@pytest.mark.parametrize("path", UNSOUND, ids=lambda path: path.stem)
def test_a_fault_in_arabic_is_refused_by_its_code(path: Path) -> None:
    text = path.read_text("utf-8")
    front = read_draft(text, "ar.md").front
    faults = check_text(taken().case, text, "ar.md")
    assert [(f.code, str(f.line)) for f in faults] == [(front["expect"], front["line"])], [f.reason for f in faults]


@pytest.mark.parametrize(("words", "value"), [
    ("ستة وأربعون", 46), ("ثلاثة عشر", 13), ("أحد عشر", 11), ("مئة وثلاثون", 130), ("قتيلان", 2), ("٤٩", 49), ("وبثلاثة", 3),
    ("اثنا عشر", 12), ("مئتان وستة", 206)])
def test_arabic_number_words_duals_and_digits_are_numbers(words: str, value: int) -> None:
    found = lexicon("ar")
    assert found is not None
    assert [n.value for n in numbers_in(f"قتل {words} في الغارة", found.numbers)] == [value]


@pytest.mark.parametrize("text", ["20 تشرين الأول 2015", "20 أكتوبر 2015", "٢٠ تشرين الأول/أكتوبر 2015"])
def test_arabic_months_are_dates_and_no_counts(text: str) -> None:
    assert [(d.year, d.month, d.day) for d in dates_in(text)] == [(2015, 10, 20)]
    assert numbers_in(text, {}) == []


@pytest.mark.parametrize("spelling", ["أثبت", "اثبت", "وأثبتت", "أَثْبَتَ", "أثــبت"])
def test_spelling_and_what_is_written_on_to_a_word_hide_nothing(spelling: str) -> None:
    found = lexicon("ar")
    assert found is not None
    claimed = found.claimed_level(f"التحقيق {spelling} ذلك")
    assert claimed is not None and claimed[0] == 5


def test_arabic_says_that_a_lawyer_has_not_read_it() -> None:
    found = lexicon("ar")
    assert found is not None and "native-speaking lawyer" in found.review
