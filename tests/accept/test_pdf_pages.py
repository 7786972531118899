"""The pages of the PDF as pictures, drawn by a program that is not ours: nothing leaves the page, none is empty."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.tell.fixture_report import report

from bearwitness.tell import pdf
from bearwitness.tell.document import Report

pytestmark = pytest.mark.accept

DPI = 50
EDGE = 10 / 25.4 * DPI  # nothing is printed nearer to the edge than 10 mm [px]
LONG = "https://example.org/" + "a" * 180 + "?b=" + "c" * 90


def pages(content: bytes, folder: Path) -> Iterator[tuple[int, int, bytes]]:
    """Width, height and grey pixels of every page."""
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not installed")
    source = folder / "briefing.pdf"
    source.write_bytes(content)
    subprocess.run(["pdftoppm", "-gray", "-r", str(DPI), str(source), str(folder / "page")], check=True, capture_output=True)
    for picture in sorted(folder.glob("page-*.pgm")):
        data = picture.read_bytes()
        found = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
        assert found is not None
        yield int(found[1]), int(found[2]), data[found.end() :]


def wordy() -> Report:
    """The made-up report with words that no line can hold."""
    whole = report()
    exhibits = ({"id": "P001", "what": LONG, "sha256": "ab" * 32, "came_from": LONG},)
    return replace(whole, notice=LONG, unused=((LONG, LONG),), exhibits=exhibits)


@pytest.mark.parametrize(
    "made",
    [report(), report("release"), report("draft", "rtl", "ar"), wordy()],
    ids=["draft", "release", "right-to-left", "long words"],
)
def test_no_ink_near_the_edge_and_no_empty_page(made: Report, tmp_path: Path) -> None:
    count = 0
    for count, (wide, high, ink) in enumerate(pages(pdf.render(made, date=date(2031, 11, 22)), tmp_path), 1):
        rows = [ink[y * wide : (y + 1) * wide] for y in range(high)]
        near = round(EDGE)
        assert all(min(row[:near] + row[-near:]) > 200 for row in rows), f"ink at the side of page {count}"
        assert min(min(row) for row in rows[:near] + rows[-near:]) > 200, f"ink at the head or foot of page {count}"
        dark = sum(1 for row in rows for pixel in row if pixel < 128)
        assert dark > 100, f"page {count} is almost empty"
    assert count >= 3


def test_arabic_letters_are_joined(tmp_path: Path) -> None:
    """A joined word is narrower than its letters apart: measured on the pixels of two pages."""

    def width(text: str, name: str) -> int:
        folder = tmp_path / name
        folder.mkdir()
        made = replace(report("release"), title=text, subtitle="", notice="", sections=(), notes=(), headlines=(), map=None)
        wide, high, ink = next(pages(pdf.render(made, date=None), folder))
        band = [ink[y * wide : (y + 1) * wide] for y in range(round(high * 0.1), round(high * 0.155))]
        columns = [x for x in range(wide) if any(row[x] < 128 for row in band)]
        return len(columns)

    assert width("مستشفى", "joined") < width("م\u200cس\u200cت\u200cش\u200cف\u200cى", "apart")
