"""The report page: every sentence with its reasons, nothing hidden, nothing that runs or calls out."""

from __future__ import annotations

import html as markup
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tell.fixture_report import CARD, FAULT, GROUND_A, GROUND_B, HOSTILE, LEAF, note, paragraph, report, text

from bearwitness.tell import html, shown
from bearwitness.tell.document import Block, Note, Report, Section, Span
from bearwitness.tell.figures.text import DECEIVING, visible

TAGS = set(
    """html head meta title style body a header main footer nav section h1 h2 h3 h4 h5 h6 p div span sup b i em
    strong mark code pre blockquote ul ol li dl dt dd figure figcaption details summary table thead tbody tr th td
    bdi svg desc text rect circle path polyline""".split()
)


class Reader(HTMLParser):
    """The page as a browser takes it apart: tags with attributes, and the text a reader sees."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] for _, attrs in self.tags if attribute in attrs]


@pytest.fixture(scope="module")
def release() -> str:
    return html.render(report("release"))


@pytest.fixture(scope="module")
def draft() -> str:
    return html.render(report("draft"))


def notes_in(made: Report) -> set[int]:
    return {n.number for n in made.notes}


def block_of(page: str, id: str) -> str:
    """The text of the end note with this id."""
    found = re.search(rf'<li id="{id}" value.*?(?=<li id="n|</ol>\s*</div>)', page, re.DOTALL)
    assert found, id
    return Reader.text.fget(_loose(found[0]))  # type: ignore[attr-defined]


def _loose(fragment: str) -> Reader:
    reader = Reader.__new__(Reader)
    HTMLParser.__init__(reader)
    reader.tags, reader.texts, reader.open = [], [], []
    reader.handle_endtag = lambda tag: None  # type: ignore[method-assign]
    reader.feed(fragment)
    return reader


# ---- every sentence opens its reasons


def test_each_note_is_printed_once_and_linked_both_ways(release: str) -> None:
    ids = Reader(release).values("id")
    links = Reader(release).values("href")
    for number in notes_in(report("release")):
        assert ids.count(f"n{number}") == 1 and ids.count(f"r{number}") == 1
        assert f"#n{number}" in links and f"#r{number}" in links


def test_a_note_says_who_what_where_from_whether_held_who_entered_it_and_the_sealed_record(release: str) -> None:
    said = block_of(release, "n8")
    for words in (
        "Monitor One (made up)", "17 people killed, all described as civilians", "Reasonable grounds to believe",
        "Two origins; that they are independent is not known", "Monitor One, daily report", "2031-03-05",
        "Read only in part: first 2000 characters", "Document not held", "Entered by researcher-1, 2031-05-02",
        "Record t1: entry 41", LEAF[:12], "sealed, unchanged",
    ):  # fmt: skip
        assert words in said
    assert "Held as exhibit D004" in block_of(release, "n10")


def test_what_speaks_against_the_searches_rivals_and_limits_are_printed(release: str) -> None:
    said = block_of(release, "n4")
    assert "Against Ministry of Defence (made up)" in said and "no strike was flown on that day" in said
    for words in ("What was searched", "none found", "Other explanations", "the damage is older", "What limits it"):
        assert words in said


def test_a_number_shows_what_was_counted_what_was_set_aside_and_the_arithmetic(release: str) -> None:
    said = block_of(release, "n3")
    assert "Counted Monitor One" in said and "Set aside Wire agency" in said
    assert "another scope: the whole district" in said and "Lowest 17; highest 19" in said
    assert '<span class="count">43; 49 in the highest account</span>' in release


def test_a_record_that_is_counted_is_not_said_again_in_the_same_note() -> None:
    twice = note(8, replace(GROUND_A, side="counted"), replace(GROUND_A, side="says"))
    assert block_of(html.render(_with(text("Words.", twice))), "n8").count("17 people killed") == 1


def test_the_moment_of_entry_is_printed_to_the_minute() -> None:
    entered = replace(GROUND_A, entered_at="2026-11-22T21:22:56.836027Z")
    assert "2026-11-22 21:22 UTC" in block_of(html.render(_with(text("Words.", note(8, entered)))), "n8")
    assert shown.moment("yesterday") == "yesterday"


def test_a_draft_without_a_release_number_or_date_says_draft_only() -> None:
    seen = Reader(html.render(replace(report(), release=0, date=""))).text
    assert "release 0" not in seen and "EditionDraft Standard" in seen


def test_a_record_told_before_in_the_chapter_points_to_where(release: str) -> None:
    assert "Record t1, as in note 8" in block_of(release, "n9")


def test_a_record_that_is_not_sealed_is_not_called_sealed() -> None:
    loose = replace(GROUND_A, leaf="", seq=-1)
    said = block_of(html.render(_with(text("Words.", note(8, loose)))), "n8")
    assert "not sealed yet" in said and "unchanged" not in said


def test_no_word_on_the_page_vouches_more_than_the_log_does(release: str) -> None:
    seen = Reader(release).text.lower()
    assert "verified" not in seen and "trusted" not in seen
    assert "a demonstration key: it vouches for nobody" in seen
    assert "2 entries after the newest checkpoint" in seen and "not established (no outside time stamp)" in seen


# ---- the first screen


def test_the_first_screen_has_finding_map_numbers_open_questions_and_seal_in_this_order(release: str) -> None:
    order = [
        "nobody was asked for a reply", "Two strikes hit a market and a school", "Where the two strikes were",
        "Killed, our tally", "Killed, as the publisher states (Publisher One)", "Who flew the aircraft",
        "The record behind this text", "Contents",
    ]  # fmt: skip
    body = release[release.index("<main") - 2000 :]
    places = [body.index(words) for words in order]
    assert places == sorted(places)


def test_a_report_without_the_two_first_sections_or_a_map_still_prints() -> None:
    bare = replace(report("release"), sections=report("release").sections[2:], map=None, headlines=(), unused=(),
                   discrepancies=(), exhibits=())  # fmt: skip
    assert "North Ford market" in Reader(html.render(bare)).text


def test_claims_disagreements_words_exhibits_and_unused_records_are_there(release: str) -> None:
    seen = Reader(release).text
    for words in (
        "The picture was taken after the strike", "Contradicted", "more likely than not",
        "870 m apart; both radii together 120 m", "Reply: not asked; reason: reconstruction from public texts",
        "two gazetteers, 26.7 km apart", "two accounts that fit and nothing solid against", "Radio bulletin",
        "another scope: the whole district", "3 passages, marked as context, opinion or method",
    ):  # fmt: skip
        assert words in seen


def test_a_claim_placed_by_a_figure_line_is_printed_once_and_as_text(release: str) -> None:
    assert release.count('class="card"') == 1
    assert release.count("Official claim, tested") == 1
    loose = replace(report("release"), sections=tuple(
        replace(s, blocks=tuple(b for b in s.blocks if not (b.figure and b.figure.kind == "claim")))
        for s in report("release").sections))  # fmt: skip
    assert html.render(loose).count('class="card"') == 1


def test_a_claim_about_two_incidents_is_printed_once_and_found_from_the_other(release: str) -> None:
    one = report("release")
    both = tuple(replace(s, claims=(CARD,)) if s.incident else s for s in one.sections)
    page = html.render(replace(one, sections=both))
    assert page.count('class="card"') == 1
    lines = tuple(replace(s, blocks=tuple(b for b in s.blocks if not (b.figure and b.figure.kind == "claim"))) for s in both)
    page = html.render(replace(one, sections=lines))
    assert page.count('class="card"') == 1 and page.count("See the claim:") == 1


def test_each_figure_has_its_table_twin_and_is_drawn_once(release: str) -> None:
    assert release.count("<svg") == 4 and release.count("The same as a table") == 4
    twice = replace(report("release"), sections=(*report("release").sections, Section(
        "Again", "again", "", (Block("figure", (), report().map),))))  # fmt: skip
    page = html.render(twice)
    assert page.count("<svg") == 4 and "See the figure:" in page


# ---- drafts


def test_a_draft_says_so_and_shows_each_refusal_with_code_reason_and_what_can_be_said(draft: str) -> None:
    seen = Reader(draft).text
    assert "DRAFT" in seen and "<title>DRAFT: " in draft and '"DRAFT, not for publication"' in draft
    for words in (FAULT.code, FAULT.reason, FAULT.can_say, FAULT.mend, "line 21", "W03"):
        assert words in seen
    assert re.search(r'<mark class="fault refused">There was no target near\.</mark>', draft)


def test_a_release_has_no_trace_of_a_draft(release: str) -> None:
    seen = Reader(release).text
    assert "DRAFT" not in seen and "refused" not in seen.replace("refusal", "") and "is-draft" not in body(release)
    assert FAULT.reason not in seen


def body(page: str) -> str:
    return page[page.index("</style>") :]


def test_the_preview_shows_each_draft_line_once_beside_its_text_with_its_refusals() -> None:
    lines = [f"line number {n:03} of the draft" for n in range(1, 60)]
    page = html.render_preview(report(), "\n".join(lines) + "\n")
    seen = Reader(page).text
    assert all(seen.count(line) == 1 for line in lines)
    strip = page[page.index("line number 021") :]
    assert strip.index(FAULT.reason) < strip.index("line number 023")
    assert "DRAFT" in seen and "<script" not in page
    assert set(hrefs(page)) <= set(Reader(page).values("id"))


def test_the_preview_of_an_empty_or_unordered_draft_still_prints() -> None:
    bare = replace(report(), sections=(), faults=(replace(FAULT, line=0, file=""),), map=None)
    assert FAULT.reason in Reader(html.render_preview(bare, "")).text


# ---- nothing runs, nothing is fetched, nothing deceives


def hrefs(page: str) -> list[str]:
    links = Reader(page).values("href")
    assert all(link.startswith("#") for link in links)
    return [link[1:] for link in links]


@pytest.mark.parametrize("state", ["draft", "release"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_page_is_whole_and_asks_for_nothing(state: str, direction: str) -> None:
    page = html.render(report(state, direction))
    reader = Reader(page)
    assert reader.open == []
    assert {tag for tag, _ in reader.tags} <= TAGS
    for _, attrs in reader.tags:
        assert not {key for key in attrs if key.startswith("on")} and not attrs.keys() & {"src", "srcset", "action"}
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in markup.unescape(page)
    assert "url(" not in page and "@import" not in page and "http" not in body(page).replace("http://www.w3.org", "")
    ids = reader.values("id")
    assert len(ids) == len(set(ids)), sorted(id for id in ids if ids.count(id) > 1)
    assert set(hrefs(page)) <= set(ids)
    assert dict(reader.tags[0][1]) == {"lang": "en", "dir": direction}


def test_hostile_text_is_printed_as_text_with_its_invisible_characters_shown(release: str) -> None:
    assert not DECEIVING.search(release)
    assert markup.escape('<script>alert("x")</script>').replace("&quot;", "&#34;") in release
    assert '<span class="ctl">U+202E</span>gnp.exe' in release


@given(st.text(max_size=200))
def test_any_text_prints_as_itself_and_never_as_markup(words: str) -> None:
    made = str(shown.shown(words))
    assert "<" not in re.sub(r'<span class="ctl">U\+[0-9A-F]{4,6}</span>', "", made)
    plain = re.sub(r'<span class="ctl">(U\+[0-9A-F]{4,6})</span>', r"⟨\1⟩", made)
    assert markup.unescape(plain).replace("\r", "") == visible(words) or "&" in words


@given(st.text(max_size=60))
def test_no_text_leaves_a_string_of_the_style_sheet(words: str) -> None:
    assert re.fullmatch(r'"(?:[A-Za-z0-9 .,:()-]|\\[0-9a-f]{6})*"', shown.css_string(words))


@pytest.mark.parametrize("where", ["title", "subtitle", "notice", "lang", "direction", "date", "file", "standard"])
def test_no_field_of_the_report_can_break_out(where: str) -> None:
    page = html.render(replace(report(), **{where: HOSTILE}))
    assert {tag for tag, _ in Reader(page).tags} <= TAGS
    page = html.render_preview(replace(report(), **{where: HOSTILE}), HOSTILE)
    assert {tag for tag, _ in Reader(page).tags} <= TAGS


def test_sections_with_the_same_or_hostile_anchors_stay_apart() -> None:
    anchors = [("A", "a b"), ("A", "a b"), ("B", '"><x>'), ("", "")]
    chapters = tuple(
        Section(title, anchor, "", (paragraph(text("Words.", note(n))),)) for n, (title, anchor) in enumerate(anchors, 90)
    )
    ids = Reader(html.render(replace(report("release"), sections=chapters))).values("id")
    assert len(ids) == len(set(ids))


# ---- form


def _with(*spans: Span) -> Report:
    return replace(report("release"), sections=(Section("One", "one", "", (paragraph(*spans),)),), map=None)


def test_a_note_number_stands_at_its_word_and_before_the_next(release: str) -> None:
    page = html.render(_with(text("First one  ", note(90)), text(" , and then. ", note(91)), text("Last.", note(92))))
    assert re.search(r"First one<sup class=\"n\">.*?</sup>, and then\.<sup", page)
    assert re.search(r">91</a></sup> Last\.<sup", page)


def test_heading_levels_do_not_jump(release: str) -> None:
    levels = [int(tag[1]) for tag, _ in Reader(release).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))


def test_text_of_records_carries_its_own_direction(release: str) -> None:
    arabic = re.findall(r"<(\w+)([^<>]*)>[^<>]*[\u0600-\u06ff]{3}", body(release))
    assert arabic
    for tag, attrs in arabic:
        assert tag in ("bdi", "text", "title", "desc") or 'dir="auto"' in attrs, (tag, attrs)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert html.render(report()) == html.render(report())


def test_a_long_report_stays_under_the_size_a_phone_can_open() -> None:
    """150 notes on two records each: at most 300 kB."""
    spans = [text("Sentence of a usual length that says one thing, and names who says so. ",
                  note(n, replace(GROUND_A, ref=f"t{n % 40}"), replace(GROUND_B, ref=f"u{n % 40}")))
             for n in range(100, 250)]  # fmt: skip
    chapters = tuple(Section(f"Incident {at}", f"i{at}", f"i{at}", tuple(
        paragraph(*spans[at * 25 + p * 5 : at * 25 + p * 5 + 5]) for p in range(5))) for at in range(6))  # fmt: skip
    assert len(html.render(replace(report("release"), sections=chapters)).encode()) < 300_000


def test_a_note_without_grounds_says_what_it_is() -> None:
    said = block_of(html.render(_with(text("So we think.", Note(8, "plain")))), "n8")
    assert "Said openly, without a record behind it" in said
