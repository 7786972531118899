"""The made-up report in a real browser: hostile text, both directions, both themes, a draft and its preview."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from tests.tell.fixture_report import report

from bearwitness.tell import html

pytestmark = pytest.mark.accept
WIDTHS = {"small phone": 320, "phone": 390, "desk": 1280}
PAGES = ("draft ltr", "draft rtl", "release ltr", "release rtl", "preview ltr", "preview rtl")


@pytest.fixture
def page_file(tmp_path: Path):
    def write(kind: str) -> Path:
        state, direction = kind.split()
        lang = "ar" if direction == "rtl" else "en"
        if state == "preview":
            made = html.render_preview(report("draft", direction, lang), "\n".join(f"line {n}" for n in range(1, 55)))
        else:
            made = html.render(report(state, direction, lang))
        target = tmp_path / f"{state}-{direction}.html"
        target.write_text(made, encoding="utf-8")
        return target

    return write


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_pages_fit_the_screen_and_run_nothing(visit, page_file, kind: str, width: int) -> None:
    seen = visit(page_file(kind), (width, 844))
    assert len(seen.requests) == 1 and seen.errors == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen.page.evaluate("document.scripts.length + document.images.length") == 0
    for details in seen.page.query_selector_all("details"):
        details.evaluate("element => element.open = true")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_at_all(visit, page_file, kind: str, scheme: str) -> None:
    seen = visit(page_file(kind), (390, 844), color_scheme=scheme)
    for details in seen.page.query_selector_all("details"):
        details.evaluate("element => element.open = true")
    seen.page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found = seen.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(r["id"], r["impact"], r["nodes"][0]["html"][:160]) for r in found["violations"]] == []


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_no_text_of_a_drawing_leaves_it_in_this_browsers_fonts(visit, page_file, width: int) -> None:
    """The estimate of text widths holds with real fonts: nothing is cut off at the drawing's edge."""
    seen = visit(page_file("release ltr"), (width, 844))
    out = seen.page.evaluate(
        """[...document.querySelectorAll('svg')].flatMap(svg => {
             const frame = svg.getBoundingClientRect();
             return [...svg.querySelectorAll('text')].filter(t => {
               const box = t.getBoundingClientRect();
               return box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1;
             }).map(t => t.textContent); })"""
    )
    assert out == []


def test_lines_of_text_in_a_drawing_do_not_lie_on_each_other(visit, page_file) -> None:
    seen = visit(page_file("release ltr"))
    pairs = seen.page.evaluate(
        """[...document.querySelectorAll('svg')].flatMap(svg => {
             const all = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
             const hit = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
                                && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.45 * a.height;
             return all.flatMap(([t, a], i) => all.slice(i + 1).filter(([u, b]) => hit(a, b)).map(([u]) => [t, u]));
           })"""
    )
    assert pairs == []


def test_a_note_number_leads_to_the_note_and_back_with_scripts_off(visit, page_file) -> None:
    seen = visit(page_file("release ltr"), scripts=False)
    seen.page.click("#r8")
    assert seen.page.url.endswith("#n8")
    seen.page.click("#n8 .back")
    assert seen.page.url.endswith("#r8")


def test_print_holds_every_note_the_seal_words_and_on_a_draft_the_word_on_each_page(
    visit, page_file, tmp_path: Path
) -> None:
    from pypdf import PdfReader

    for kind in ("release ltr", "draft ltr"):
        seen = visit(page_file(kind))
        seen.page.pdf(path=str(tmp_path / "print.pdf"), prefer_css_page_size=True)
        pages = [page.extract_text() for page in PdfReader(tmp_path / "print.pdf").pages]
        whole = " ".join(" ".join(pages).split())
        assert all("Sealed log of 120 entries" in page for page in pages)
        assert all(f"{at} / {len(pages)}" in page for at, page in enumerate(pages, 1))
        assert whole.count("Record t1: entry 41") >= 1 and "Lowest 17; highest 19" in whole
        assert "another scope: the whole district" in whole, "what is folded on screen is printed"
        if kind.startswith("draft"):
            assert all("DRAFT, not for publication" in page for page in pages)
        else:
            assert "DRAFT" not in whole


def test_forced_colours_and_reduced_motion_keep_the_page_readable(visit, page_file) -> None:
    seen = visit(page_file("release ltr"), forced_colors="active", reduced_motion="reduce")
    assert seen.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert seen.page.evaluate("document.querySelector('svg').getBoundingClientRect().height") > 50
