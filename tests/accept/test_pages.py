"""The briefing, as a reader meets it: on a phone, at a desk, in print, without scripts, by keyboard."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

pytestmark = pytest.mark.accept
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}


@pytest.fixture(params=SIZES, ids=str)
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return SIZES[request.param]


def test_the_page_asks_for_nothing_and_no_script_fails(visit, release: Path, size) -> None:
    seen = visit(release / "index.html", size)
    seen.page.wait_for_timeout(300)
    assert [url for url in seen.requests if not url.startswith(("file:", "data:"))] == []
    assert len([url for url in seen.requests if url.startswith("file:")]) == 1, "one file holds all"
    assert seen.errors == []


def test_nothing_is_wider_than_the_screen(visit, release: Path, size) -> None:
    seen = visit(release / "index.html", size)
    wide = seen.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"the page can be pushed {wide} px sideways"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit, release: Path, size, scheme: str) -> None:
    seen = visit(release / "index.html", size, color_scheme=scheme)
    for details in seen.page.query_selector_all("details"):
        details.evaluate("element => element.open = true")
    seen.page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found = seen.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [
        f"{rule['id']} ({rule['impact']}): {rule['nodes'][0]['html'][:160]}"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
    ]
    assert not serious, "\n".join(serious)


def test_every_sentence_opens_why_we_say_this_with_scripts_off(visit, release: Path) -> None:
    seen = visit(release / "index.html", scripts=False)
    opened = seen.page.query_selector_all("details > summary")
    assert len(opened) >= 20
    first = opened[0]
    first.click()
    inside = first.evaluate_handle("element => element.parentElement")
    assert len(inside.as_element().inner_text()) > len(first.inner_text()) + 20


def test_the_page_can_be_used_with_the_keyboard_alone(visit, release: Path) -> None:
    seen = visit(release / "index.html")
    reached = set()
    for _ in range(40):
        seen.page.keyboard.press("Tab")
        reached.add(seen.page.evaluate("document.activeElement.tagName"))
    assert {"A", "SUMMARY"} & reached
    seen.page.evaluate("document.querySelector('summary').focus()")
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("document.querySelector('summary').parentElement.open")


def test_foreign_scripts_are_marked_with_language_and_direction(visit, release: Path) -> None:
    seen = visit(release / "index.html")
    arabic = seen.page.evaluate(
        "[...document.querySelectorAll('body *')].filter(e => [...e.childNodes].some("
        "n => n.nodeType === 3 && /[\\u0600-\\u06ff]{3}/.test(n.data)))"
        ".filter(e => getComputedStyle(e).direction !== 'rtl' && !e.closest('bdi, [lang=ar], [dir], svg'))"
        ".map(e => e.outerHTML.slice(0, 120))"
    )
    assert arabic == []


def test_print_shows_the_notes(visit, release: Path, tmp_path: Path) -> None:
    from pypdf import PdfReader

    seen = visit(release / "index.html")
    seen.page.pdf(path=str(tmp_path / "print.pdf"), format="A4")
    text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "print.pdf").pages)
    briefing = json.loads(next((release / "data").glob("*.json")).read_text("utf-8"))
    assert len(text) > 4000 and briefing


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_screen_is_the_finding(visit, release: Path, scheme: str) -> None:
    """Before scrolling, at a desk: the finding, and that this is a reconstruction from public texts."""
    seen = visit(release / "index.html", color_scheme=scheme)
    above = seen.page.evaluate(
        "[...document.querySelectorAll('h1, h2, p, li')].filter("
        "e => e.getBoundingClientRect().top < innerHeight).map(e => e.innerText).join(' ')"
    )
    assert "reconstruction from public texts" in above.lower()
    assert "finding" in above.lower()


def test_a_page_written_from_right_to_left_is_as_sound(visit, release: Path, tmp_path: Path, size) -> None:
    """The same page set to Arabic direction: nothing overflows, nothing is lost."""
    page = (release / "index.html").read_text("utf-8").replace("<html ", '<html dir="rtl" ', 1)
    turned = tmp_path / "index.html"
    turned.write_text(page, encoding="utf-8")
    seen = visit(turned, size)
    assert seen.page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    pushed = seen.page.evaluate("(scrollTo(-9999, 0), scrollX) - (scrollTo(9999, 0), scrollX)")
    assert pushed == 0, f"the page can be pushed {-pushed} px sideways"
    assert seen.errors == []
