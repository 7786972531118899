"""The PDF loses no note, obeys no record, gives the same bytes, and can be read by eye, by ear and in grey."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from tests.tell.fixture_report import report

from bearwitness.errors import EngineError, GroundsError
from bearwitness.tell import glyphs, pdf
from bearwitness.tell.document import Block, Ground, Note, Piece, Report, Section, Span
from bearwitness.tell.pdf_values import Printer, columns

DAY = date(2031, 11, 22)
ATTACKS = (
    '#import "look.typ": *',
    "#panic(1)",
    "$ x/0 $ *strong* _em_ `raw`",
    "@nowhere <label> ]]}} \\ // /* ~ -- ---",
    '"#sys.inputs.report"',
    '#read("report.typ")',
    "= heading",
    "<svg><image href='https://evil.example/x.png'/></svg>",
)


@cache
def made(state: str = "draft", direction: str = "ltr", lang: str = "en") -> bytes:
    return pdf.render(report(state, direction, lang), date=DAY)


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(content).pages)


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\u2066-\u2069]+", "", text)


def with_notes(count: int, text: str = "Something was said. ") -> Report:
    """A report of `count` sentences, each with a note of its own, in chapters of thirty."""

    def note(n: int) -> Note:
        return Note(n, "cite", (Ground(f"a{n}", "says", "Somebody (made up)", f"words {n}", leaf="ab" * 32, seq=n),), 1)

    notes = [note(n) for n in range(1, count + 1)]
    blocks = [Block("paragraph", (Span((Piece(text),), note),)) for note in notes]
    chapters = tuple(Section(f"Part {i}", f"part-{i}", blocks=tuple(blocks[i : i + 30])) for i in range(0, count, 30))
    return replace(report("release"), sections=chapters, notes=tuple(notes), map=None)


def one_sentence(text: str) -> Report:
    """A report of one sentence that holds the text in every look and place."""
    note = Note(1, "cite", (Ground("a1", "says", text, text, note=text),))
    pieces = tuple(Piece(text, look) for look in ("text", "strong", "em", "code", "count"))
    section = Section(text, "a", blocks=(Block("paragraph", (Span(pieces, note),)),))
    return replace(report("release"), title=text, notice=text, sections=(section,), notes=(note,), map=None)


def figures_of(content: bytes) -> list[str]:
    """Alternative texts of every Figure of the tag tree."""
    found: list[str] = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            if node.get("/S") == "/Figure":
                found.append(str(node.get("/Alt", "")))
            if "/K" in node:
                walk(node["/K"])

    walk(read(content).trailer["/Root"]["/StructTreeRoot"])
    return found


# -- the same bytes -----------------------------------------------------------------------------------------


def test_the_same_report_and_date_give_the_same_bytes() -> None:
    assert pdf.render(report(), date=DAY) == made()


def test_another_process_place_and_clock_give_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import hashlib, datetime\nfrom bearwitness.tell import pdf\nfrom tests.tell.fixture_report import report\n"
        "print(hashlib.sha256(pdf.render(report(), date=datetime.date(2031, 11, 22))).hexdigest())"
    )
    env = {**os.environ, "TZ": "Pacific/Auckland", "LANG": "ru_RU.UTF-8", "SOURCE_DATE_EPOCH": "5", "PYTHONHASHSEED": "7"}
    env["PYTHONPATH"] = os.pathsep.join(path for path in (str(Path.cwd()), *sys.path) if path)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, env=env)
    assert done.stdout.strip() == hashlib.sha256(made()).hexdigest(), done.stderr


def test_the_date_is_part_of_the_bytes_and_may_be_missing() -> None:
    undated = pdf.render(report(), date=None)
    assert undated != made() and undated == pdf.render(report(), date=None)


# -- no note is lost ----------------------------------------------------------------------------------------


def test_every_note_stands_on_a_page_and_is_led_to() -> None:
    printed = read(made()).pages
    text = squeezed("".join(page.extract_text() for page in printed))
    for note in report().notes:
        for ground in note.grounds:
            assert squeezed(glyphs.drawable(ground.ref)) in text
    links = sum(1 for page in printed for one in page.get("/Annots", []) if one.get_object().get("/Subtype") == "/Link")
    assert links >= 2 * len(report().notes)


def test_720_notes_are_all_there() -> None:
    began = process_time()
    content = pdf.render(with_notes(720), date=DAY)
    seconds = process_time() - began
    text = squeezed(text_of(content))
    missing = [n for n in range(1, 721) if f"Recorda{n}:entry{n},abababababab" not in text]
    assert not missing
    print(f"720 notes: {len(read(content).pages)} pages, {len(content)} bytes, {seconds:.1f} s of CPU")


def test_a_note_of_the_report_that_no_sentence_carries_is_printed_too() -> None:
    lonely = Note(99, "count", (Ground("t-lonely", "counted", "Nobody in particular", "7"),))
    whole = report()
    content = pdf.render(replace(whole, notes=(*whole.notes, lonely)), date=DAY)
    assert "Nobody in particular" in text_of(content)


def test_a_lost_note_stops_the_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The template is made to drop one note: nothing may come out."""
    home = pdf._home()
    for name in ("typst", "fonts"):
        shutil.copytree(home / name, tmp_path / name)
    parts = tmp_path / "typst" / "parts.typ"
    whole = parts.read_text("utf-8")
    broken = whole.replace("    for n in all {", "    for n in all.filter(n => n.number != 9) {")
    assert broken != whole
    parts.write_text(broken.replace('link(label("note-" + n), n)', "n"), "utf-8")
    monkeypatch.setattr(pdf, "_home", lambda: tmp_path)
    with pytest.raises((GroundsError, EngineError)) as stopped:
        pdf.render(report("release"), date=DAY)
    assert stopped.value.exit_status == 3 and "9" in str(stopped.value)


@pytest.mark.parametrize("printed", [[1, 3], [1, 2, 2, 3], [1, 2, 3, 4], []])
def test_notes_are_counted_after_setting(printed: list[int]) -> None:
    pdf.check_notes([1, 2, 3], [3, 1, 2])
    with pytest.raises(GroundsError):
        pdf.check_notes([1, 2, 3], printed)


# -- text is data -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("attack", ATTACKS)
def test_markup_in_a_record_stays_text_wherever_it_stands(attack: str) -> None:
    ground = Ground(attack, "for", attack, attack, attack, attack, attack, attack, attack, attack, attack, attack, attack)
    note = Note(1, "cite", (ground,), 1, attack, 1, attack, attack, (attack,), (attack,), (attack,), (attack,))
    section = Section(attack, "a", blocks=(Block("paragraph", (Span((Piece(attack), Piece(attack, "strong")), note),)),))
    whole = replace(report(), title=attack, subtitle=attack, notice=attack, sections=(section,), notes=(note,), file=attack)
    whole = replace(whole, unused=((attack, attack),), exhibits=({"id": attack, "what": attack, "sha256": attack},))
    assert squeezed(text_of(pdf.render(whole, date=DAY))).count(squeezed(attack)) >= 10


def test_an_address_in_a_record_is_not_followed_and_not_made_a_link() -> None:
    for page in read(made()).pages:
        for one in page.get("/Annots", []):
            assert "/URI" not in str(one.get_object().get("/A", ""))


@pytest.mark.parametrize(
    "text", ["abc\u202egnp.exe", "a\u2066b", "x\u0000y", "中文", "မြန်မာ", "\U0001f600", "\ue000", "\ud800", "a\u064e"]
)
def test_what_cannot_be_drawn_or_seen_is_printed_as_its_number(text: str) -> None:
    assert "U+" in text_of(pdf.render(one_sentence(text), date=DAY))


def test_arabic_and_ukrainian_are_drawn_not_numbered() -> None:
    assert glyphs.drawable("سوق المعبر الشمالي، ٤٩ قتيلاً") == "سوق المعبر الشمالي، ٤٩ قتيلاً"
    assert glyphs.drawable("Школа не ушкоджена, ґанок її: ’") == "Школа не ушкоджена, ґанок її: ’"
    assert glyphs.drawable("“49” – 12 × 3 ≥ 7 … № § ⟨●⟩") == "“49” – 12 × 3 ≥ 7 … № § ⟨●⟩"
    assert "Служба порятунку" in text_of(made())


def test_every_character_that_counts_as_known_can_be_set() -> None:
    known = sorted(char for char in glyphs._faces()[1] if char.isprintable())
    words = " ".join("".join(known[i : i + 20]) for i in range(0, len(known), 20))
    pdf.render(one_sentence(words), date=DAY)


MIXED = "aЖسل\u0301\ufe21\u064e\u0483\u20d7\u200d\u200c 1●≥\u25cc\u0651٣中\u09be"


@settings(max_examples=40)
@given(st.text(alphabet=st.sampled_from(MIXED), min_size=1, max_size=9))
@example("٣\u200d\ufe21")
def test_no_mix_of_letters_and_marks_can_stop_a_report(text: str) -> None:
    pdf.render(one_sentence(text), date=DAY)


# -- what a reader holds ------------------------------------------------------------------------------------


def test_each_page_says_which_edition_of_which_log_it_is() -> None:
    pages = read(made()).pages
    for number, page in enumerate(pages, 1):
        text = page.extract_text()
        assert report().seal.root[:12] in text
        assert f"{number} / {len(pages)}" in text


def test_a_draft_says_so_on_each_page_and_a_release_on_none() -> None:
    assert all("DRAFT" in page.extract_text() for page in read(made()).pages)
    assert not any("DRAFT" in page.extract_text() for page in read(made("release")).pages)


def test_the_first_pages_hold_what_a_reader_must_meet_first() -> None:
    text = squeezed("".join(page.extract_text() for page in read(made("release")).pages[:2]))
    whole = report("release")
    for words in (
        whole.title,
        whole.notice,
        "What could not be established",
        "at least 200",
        "120 entries",
        "2 entries after the newest checkpoint",
        "not established (no outside time stamp)",
        "vouches for nobody",
        "verify.py",
    ):
        assert squeezed(words) in text


def test_annexes_hold_digests_disagreements_and_what_was_not_used() -> None:
    text = squeezed(text_of(made()))
    for words in ("disagree about", "reasonable suspicion", "another scope: the whole district", "verify.py .", "R26"):
        assert squeezed(words) in text
    assert text.count(report().exhibits[0]["sha256"]) >= 1


def test_a_figure_has_words_for_the_ear_and_a_table_beside_it() -> None:
    drawings = [report().map, *(b.figure for s in report().sections for b in s.blocks if b.figure)]
    typeset_as_cards = {f"claim-{card.ref}" for s in report().sections for card in s.claims}
    alternatives = " ".join(figures_of(made()))
    text = squeezed(text_of(made()))
    for figure in drawings:
        if figure is None or figure.id in typeset_as_cards:
            continue
        assert figure.title in alternatives
        for row in figure.table.rows:
            assert squeezed(row[0]) in text or not row[0].isascii()


def test_it_is_tagged_named_and_carries_no_persons_name() -> None:
    root = read(made()).trailer["/Root"]
    info = read(made()).metadata
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en"
    assert info is not None and info.title == report().title and not info.author
    xmp = root["/Metadata"].get_object().get_data()
    assert b"pdfuaid" in xmp and b"<pdfaid:part>2" in xmp and b"2031-11-22" in xmp


def test_all_its_fonts_are_its_own() -> None:
    names = set()
    for page in read(made()).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inside = font.get_object()["/DescendantFonts"][0].get_object()
            names.add(str(inside["/BaseFont"]).split("+")[-1].split("-")[0])
            assert {"/FontFile2", "/FontFile3"} & set(inside["/FontDescriptor"].get_object())
    assert names <= {"NotoSerif", "NotoSans", "NotoNaskhArabic", "DejaVuSansMono"}


def test_a_right_to_left_report_is_set_too() -> None:
    content = made("draft", "rtl", "ar")
    assert read(content).trailer["/Root"]["/Lang"] == "ar" and len(read(content).pages) > 3


def test_a_report_with_nothing_in_it_is_still_a_report() -> None:
    empty = replace(report("release"), title="", sections=(), notes=(), headlines=(), map=None)
    empty = replace(empty, discrepancies=(), unused=(), exhibits=())
    assert "Untitled" in text_of(pdf.render(empty, date=DAY))


def test_without_the_typesetter_the_message_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(EngineError, match="typesetter"):
        pdf.render(report(), date=DAY)


def test_no_column_is_narrower_than_its_longest_word() -> None:
    shares = columns([("Incident", "Lowest", "Note"), ("x", "3", "a long note " * 30)])
    assert abs(sum(shares) - 1) < 0.01
    assert shares[0] * 430 > len("Incident") * 4 and shares[1] * 430 > len("Lowest") * 4


def test_a_record_is_told_once_and_then_named() -> None:
    told: set[str] = set()
    values = Printer(report()).values()
    lists = [section["notes"] for section in values["sections"]] + [values["front_notes"], values["other_notes"]]
    for note in (note for notes in lists for note in notes):
        for side in note["sides"]:
            for ground in side["grounds"]:
                assert (ground["seen"] is None) == (ground["ref"] not in told) or ground["seen"] is None
                told.add(ground["ref"])
