"""A made-up report for tests of the pages and figures: no such strikes, places, people or sources exist.

It holds what a page must survive: two scripts beside Latin, text that tries to be markup, direction
overrides, ranges with open tops, a part that is only an area figure, refusals, and a long note.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from bearwitness.tell.document import (
    Block,
    ClaimCard,
    ClaimPart,
    Fact,
    Fault,
    Figure,
    Ground,
    Headline,
    Note,
    Piece,
    Report,
    Seal,
    Section,
    Span,
)
from bearwitness.tell.figures import (
    Bar,
    Cell,
    Moment,
    Strike,
    casualties,
    claim_card,
    map_of,
    matrix,
    timeline,
)

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)> javascript:alert(1) \u202egnp.exe\u202c & "q\''
LEAF = "9f2c41d07be6a35518c2e0a4d1b37790cf5e8862ab1134de00c7f1a9b2e85d36"
LOCAL = timezone(timedelta(hours=3))

GROUND_A = Ground(
    "t1",
    "for",
    "Monitor One (made up)",
    "17 people killed, all described as civilians",
    "hearsay",
    "Monitor One, daily report",
    "2031-03-05",
    "monitor-one.example/report/5",
    "",
    "first 2000 characters",
    "",
    "researcher-1",
    "2031-05-02 09:14 UTC",
    41,
    LEAF,
)
GROUND_B = Ground(
    "t2",
    "for",
    "Служба порятунку (вигадана)",
    "сімнадцять загиблих, серед них троє дітей",
    "aftermath",
    "Radio bulletin",
    "2031-03-05",
    "radio.example/bulletin",
    "D004",
    "",
    "",
    "researcher-1",
    "2031-05-02 09:20 UTC",
    42,
    LEAF[::-1],
)
GROUND_C = Ground(
    "t3",
    "against",
    "Ministry of Defence (made up)",
    "no strike was flown on that day",
    "party",
    "Ministry briefing",
    "2031-03-06",
    "ministry.example/briefing",
    "",
    "",
    "speaks of the whole district",
    "researcher-2",
    "2031-05-02 10:02 UTC",
    43,
    LEAF,
)
GROUND_D = Ground(
    "t4",
    "set aside",
    "Wire agency (made up)",
    "27 killed in the whole district",
    "hearsay",
    "Wire agency, evening story",
    "2031-03-04",
    "",
    "",
    "",
    "another scope: the whole district",
)
GROUND_X = Ground(
    "x9",
    "says",
    HOSTILE,
    HOSTILE,
    "record",
    HOSTILE,
    "2031",
    "javascript:alert(1)",
    "",
    "",
    HOSTILE,
    HOSTILE,
    "2031-05-02",
    44,
    LEAF,
)


def note(number: int, *grounds: Ground, kind: str = "cite", **more: object) -> Note:
    """One numbered note on the given grounds."""
    values = {
        "level": 2,
        "level_words": "reasonable grounds to believe",
        "origins": 2,
        "origins_words": "two origins; that they are independent is not known",
        "depends": frozenset(ground.ref for ground in grounds),
    }
    return Note(number, kind, grounds or (GROUND_A,), **{**values, **more})  # type: ignore[arg-type]


COUNT_NOTE = note(
    3,
    replace(GROUND_A, side="counted"),
    replace(GROUND_B, side="counted"),
    GROUND_D,
    kind="count",
    level=None,
    level_words="",
    arithmetic=(
        "Latest figure of each origin: 17 (Monitor One), 17 (rescue service).",
        "Lowest 17; highest 19; one account says “at least”, so the top is open.",
    ),
)
FINDING_NOTE = note(
    4,
    GROUND_A,
    GROUND_C,
    kind="ours",
    caps=("held at reasonable grounds: the documents were read, not held",),
    searched=("an official statement on this strike; ministry site, 4 March to 1 May 2031; none found",),
    rivals=("the damage is older than the strike; open, nobody has looked at earlier pictures",),
)


def text(words: str, use: Note | None, *faults: Fault, count: str = "", after: str = "", line: int = 0) -> Span:
    """A span: words, then an optional computed number, then the rest."""
    pieces = [Piece(words)] + ([Piece(count, "count")] if count else []) + ([Piece(after)] if after else [])
    return Span(tuple(pieces), use, line, faults)


def paragraph(*spans: Span, kind: str = "paragraph", line: int = 0, level: int = 0) -> Block:
    return Block(kind, spans, None, level, line)


FAULT = Fault(
    "R26",
    "report/briefing.md",
    21,
    "“none” needs a search record: what was looked for, where, with what result",
    "add a row to searches.csv and cite it",
    "No military object was reported near the market in the accounts held.",
    "There was no target near",
    "refused",
)
WARNING = Fault(
    "W03", "report/briefing.md", 24, "three sentences under one mark", "set a mark after each sentence", "", "", "warning"
)


def strikes() -> list[Strike]:
    return [
        Strike(
            "north",
            "North Ford market (made up)",
            "سوق المعبر الشمالي",
            35.81374,
            36.60964,
            "town",
            None,
            "4 March 2031, about 10:30",
            1,
        ),
        Strike(
            "school",
            "Lower Mill school, a made-up place with a long name",
            "школа Нижній Млин (вигадана)",
            35.60,
            36.80,
            "street",
            60.0,
            "7 March 2031",
            2,
        ),
    ]


def moments() -> list[Moment]:
    day = datetime(2031, 3, 4, tzinfo=LOCAL)
    return [
        Moment("north", "strikes", "North Ford market", day.replace(hour=10), day.replace(hour=11)),
        Moment("school", "strikes", "Lower Mill school", day + timedelta(days=3), day + timedelta(days=4)),
        Moment(
            "s1",
            "official statements",
            "Ministry: no strike was flown that day, and what was published abroad about it is an invention",
            day + timedelta(days=2),
            day + timedelta(days=3),
        ),
        Moment(
            "d1", "reports", "Monitor One, daily report", datetime(2031, 3, 5, tzinfo=UTC), datetime(2031, 3, 6, tzinfo=UTC)
        ),
        Moment(
            "d2",
            "reports",
            "تقرير الراصد الأول",
            datetime(2031, 3, 20, tzinfo=UTC),
            datetime(2031, 3, 25, tzinfo=UTC),
            open_ended=True,
        ),
        Moment("w", "other", "Road closed", day + timedelta(days=1), day + timedelta(days=9), True),
    ]


def bars() -> list[Bar]:
    return [
        Bar("north", "North Ford market", 43, 49, open_top=True),
        Bar("school", "Lower Mill school", 12, 13),
        Bar("bridge", "Bridge", 17, 17, open_top=True, note="three of them children, in one account"),
        Bar("well", "Well house", 20, 20, about=True),
        Bar("hill", "Hill farm", None, None, note="area figure 4 shown, not added"),
    ]


def grid() -> Figure:
    cells = [
        [
            Cell(4, "A", "three speak of it"),
            Cell(1, "S", "one account, 10:30"),
            Cell(2, "D", "unguided or guided"),
            Cell(1, "N", "denied by the ministry"),
        ],
        [Cell(2, "A", ""), (0, "?", ""), (0, "O", "five places searched"), (1, "Z", "own symbol")],
    ]
    return matrix(
        ["North Ford market", "Lower Mill school, a made-up place"],
        ["Was it struck?", "When?", "Which weapon?", "Own strike admitted?"],
        cells,
        "matrix-two",
        "What the records speak to",
    )


CARD = ClaimCard(
    "denial",
    "Ministry of Defence (made up)",
    "2–4 March 2031",
    "The school stands undamaged on a picture of 9 March",
    "Школа стоїть неушкоджена.",
    "The ministry showed an aerial picture and said that reports were invented.",
    (
        ClaimPart(
            "denial.a",
            "The broadcaster's video does not show the school",
            "supported",
            2,
            "reasonable grounds to believe",
            "one origin",
            (GROUND_A,),
            (),
            "",
        ),
        ClaimPart(
            "denial.b",
            "The picture was taken after the strike",
            "contradicted",
            3,
            "more likely than not",
            "two origins; that they are independent is not known",
            (),
            (GROUND_A, GROUND_B),
            "damage of 7 March that three pictures show is missing from it",
        ),
        ClaimPart(
            "denial.c",
            "The building is the school",
            "other object",
            2,
            "reasonable grounds to believe",
            "one origin",
            (),
            (GROUND_C,),
            "870 m apart; both radii together 120 m",
        ),
        ClaimPart("denial.d", "Nobody was harmed", "untested", None, "", "", (), (), HOSTILE),
    ),
    "not asked; reason: reconstruction from public texts",
    "Ministry briefing, 6 March 2031",
    frozenset({"denial"}),
)


def sections() -> tuple[Section, ...]:
    finding = Section(
        "Finding",
        "finding",
        "",
        (
            paragraph(
                text("Two strikes hit a market and a school in March 2031, monitors and a rescue service say. ", note(1)),
                text("The ministry says that none was flown. ", note(2, GROUND_C, level=0, level_words="alleged")),
                text("The accounts held give ", COUNT_NOTE, count="43; 49 in the highest account", after=" killed. "),
                text("The picture that the ministry showed was probably taken before the strike.", FINDING_NOTE),
            ),
        ),
        line=8,
    )
    open_ = Section(
        "What could not be established",
        "what-could-not-be-established",
        "",
        (
            paragraph(text("Who flew the aircraft.", note(5)), kind="item"),
            paragraph(text("Which weapon was used at the market.", note(6)), kind="item"),
            paragraph(text("How many of the dead carried arms.", note(7)), kind="item"),
        ),
        line=12,
    )
    north = Section(
        "North Ford market",
        "north",
        "north",
        (
            paragraph(
                text("On 4 March 2031 at about 10:30 a strike hit the market (سوق المعبر الشمالي). ", note(8)),
                text(
                    "Between the stalls, ",
                    note(9),
                    count="17",
                    after=" people were killed, the rescue service says (Служба порятунку: «сімнадцять загиблих»). ",
                ),
                text("There was no target near.", None, FAULT, line=21),
                line=20,
            ),
            paragraph(text("لم يكن في السوق يومها غير الباعة والمشترين، يقول شاهدان.", note(10, GROUND_B)), line=23),
            paragraph(text("“It hit within a second.”", note(11, kind="quote")), kind="quote", line=24),
            Block("figure", (), timeline(moments(), "timeline-two", "Strikes and statements, March 2031"), line=26),
            Block("figure", (), casualties(bars(), "casualties-two", "Killed, in the accounts held"), line=27),
            paragraph(Span((Piece("Weapon"),), None), kind="heading", level=3, line=28),
            paragraph(text(HOSTILE, note(12, GROUND_X)), line=29),
            paragraph(text("First the market road was closed. ", note(13)), kind="numbered", line=30),
            paragraph(text("Then the school.", note(14)), kind="numbered", line=31),
        ),
        (
            Fact("When", "4 March 2031, about 10:30 (+03:00), 07:30 UTC", "to within half an hour"),
            Fact("Where", "North Ford · سوق المعبر الشمالي", "a town point; nobody stated a radius"),
            Fact("Killed", "43; 49 in the highest account", "two origins"),
            Fact("What officials said", "no strike was flown that day", "tested below"),
        ),
        line=18,
    )
    school = Section(
        "Lower Mill school",
        "school",
        "school",
        (
            paragraph(text("On 7 March 2031 the school was hit, one account says.", note(15)), line=40),
            Block("figure", (), claim_card(CARD), line=42),
            Block("figure", (), grid(), line=43),
        ),
        (Fact("When", "7 March 2031", ""), Fact("Where", "школа Нижній Млин", "within 60 m")),
        (CARD,),
        line=38,
    )
    method = Section(
        "How this was made",
        "method",
        "",
        (
            paragraph(
                text(
                    "From public texts; no witness was spoken to.",
                    note(16, kind="plain", level=None, level_words="", origins_words=""),
                ),
                line=50,
            ),
        ),
        line=48,
    )
    return finding, open_, north, school, method


def report(state: str = "draft", direction: str = "ltr", lang: str = "en") -> Report:
    """The made-up report. A release has no refused span."""
    chapters = sections()
    if state == "release":
        chapters = tuple(_clean(chapter) for chapter in chapters)
    notes = tuple(span.note for chapter in chapters for block in chapter.blocks for span in block.spans if span.note)
    return Report(
        title="Two strikes that never were (made up)",
        subtitle="A made-up report for tests of the pages",
        notice="Reconstruction from public texts; nobody was asked for a reply. Everything here is made up.",
        lang=lang,
        direction=direction,
        state=state,
        release=1,
        date="22 November 2031",
        file="report/briefing.md",
        standard="reasonable-grounds",
        standard_words=(
            ("alleged", "somebody says so"),
            ("reasonable suspicion", "one account that fits what is known"),
            ("reasonable grounds to believe", "two accounts that fit and nothing solid against"),
        ),
        sections=chapters,
        headlines=(
            Headline(
                "Killed, our tally",
                "55; 62 in the highest account",
                "North Ford 43, Lower Mill 12; Hill farm has only an area figure, shown and not added",
            ),
            Headline("Killed, the lead sources' own figures", "129 to 130", "two members, as each source gives them"),
            Headline("Killed, as the publisher states (Publisher One)", "at least 200", "its members are not named"),
        ),
        map=map_of(strikes(), "map-two", "Where the two strikes were"),
        faults=(FAULT, WARNING) if state == "draft" else (),
        discrepancies=(
            Fact("Killed at North Ford", "43 (rescue service); 49 (Monitor One)", "t1, t2"),
            Fact("Place of Lower Mill", "two gazetteers, 26.7 km apart", HOSTILE),
        ),
        unused=(("t9", "another scope: the whole district"), ("x9", HOSTILE)),
        exhibits=(
            {"id": "D004", "what": "Radio bulletin", "rights": "own transcript", "sha256": LEAF},
            {"id": "P001", "what": HOSTILE, "rights": "made up", "sha256": LEAF[::-1]},
        ),
        seal=Seal(
            "example.org/case",
            120,
            LEAF,
            2,
            "demo+1a2b3c4d",
            True,
            "not established",
            "not established (no outside time stamp)",
        ),
        plain_spans=3,
        notes=notes,
    )


def _clean(chapter: Section) -> Section:
    blocks = tuple(
        replace(block, spans=tuple(span for span in block.spans if span.note or not span.faults)) for block in chapter.blocks
    )
    return replace(chapter, blocks=blocks)
