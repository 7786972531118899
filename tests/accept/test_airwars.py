"""All incidents of a published archive of Airwars as a second, large case. The data is not ours and is not here."""
from __future__ import annotations

import csv
import gzip
import os
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.example import taken

from bearwitness.intake.event_case import as_case
from bearwitness.intake.events import read_events
from bearwitness.link.incidents import REVIEW, SAME, match_incidents
from bearwitness.model.event import EventTable, Range
from bearwitness.reason.event_grades import grade_event
from bearwitness.reason.tally import tally
from bearwitness.seal.takein import take_in

pytestmark = pytest.mark.accept
OURS = {"talbiseh": "RS0003", "jisr": "RS0005", "daratizza": "RS0025", "ghantu": "RS0043", "sarmin": "RS0063",
        "ariha": "RS0211"}


@pytest.fixture(scope="module")
def path() -> Path:
    place = os.environ.get("BEARWITNESS_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data"
    found = Path(place) / "airwars-syria" / "airwars_syria_incidents.csv.gz"
    if not found.is_file():
        pytest.skip("the archive of Airwars incidents is not on this machine")
    return found


@pytest.fixture(scope="module")
def table(path: Path) -> EventTable:
    return read_events(path)


def rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_no_row_is_lost_and_the_sums_are_equal(path: Path, table: EventTable, proof: Callable[..., None]) -> None:
    raw = rows(path)
    assert len(table.events) == table.rows == len(raw) == 8114
    for end, column in (("low", "civ_killed_min"), ("high", "civ_killed_max")):
        assert sum(getattr(e.killed, end) or 0 for e in table.events) == sum(int(r[column] or 0) for r in raw)
    proof(rows=len(raw), events=len(table.events))


def test_the_known_faults_are_found(table: EventTable) -> None:
    faults = [fault for event in table.events for fault in event.faults]
    assert sum("longitude 4239" in fault for fault in faults) == 1
    assert sum("people are named and the maximum killed" in fault for fault in faults) == 40
    assert sum("undated" in fault for fault in faults) == 2 and sum("before any event" in fault for fault in faults) == 1
    assert {note.split()[2] for note in table.notes} == {"TS631", "TS633"}


def test_as_a_case_it_holds_every_incident_and_the_same_sums(path: Path, table: EventTable, tmp_path: Path,
                                                             proof: Callable[..., None]) -> None:
    made = as_case(table, zone="Asia/Damascus", read_on="2026-08-02")
    for name, text in made.files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    begun = time.process_time()
    case = take_in(tmp_path, write=False).case
    spent = time.process_time() - begun
    assert len(case.incidents) == 8114
    own = [t.figures["killed"] for t in case.tolls.values() if not t.scope and "killed" in t.figures]
    raw = rows(path)
    assert sum(n.low for n in own) == sum(int(r["civ_killed_min"] or 0) for r in raw)
    assert sum(n.high for n in own if not n.open_top) == sum(int(r["civ_killed_max"] or 0) for r in raw)
    grades = Counter(a.says.partition("grade: ")[2].partition(", strike")[0] for a in case.assertions.values()
                     if "grade: " in a.says)
    assert grades == Counter(r["evidence_grade"] for r in raw if r["evidence_grade"]), "the publisher's grade is his"
    proof(incidents=len(case.incidents), read_cpu_s=round(spent, 2))


def test_our_grade_stands_beside_theirs_and_is_not_guessed_where_no_source_is_listed(table: EventTable) -> None:
    autumn = [e for e in table.events if e.start and "2015-09-30" <= e.start.isoformat() <= "2015-11-30"]
    assert len(autumn) == 227
    assert {str(grade_event(e)) for e in autumn} == {"not computable: no source list"}
    listed = [e for e in table.events if e.sources]
    assert listed and all(grade_event(e).ours for e in listed)
    both = Counter((grade_event(e).publisher, grade_event(e).ours) for e in listed)
    same = sum(n for (theirs, ours), n in both.items() if theirs == ours)
    print(f"grades: {len(listed)} with a source list; ours is the publisher's word in {same} ({same / len(listed):.3f})")
    for (theirs, ours), n in both.most_common():
        print(f"  theirs {theirs or 'none'}, ours {ours}: {n}")


def test_the_six_strikes_find_their_events_and_the_date_that_differs_goes_to_a_person(table: EventTable) -> None:
    case = taken().case
    tolls = {i: Range(t.value.low, t.value.high) for i in case.incidents
             if (t := tally(case, "killed", "", i)).value is not None}
    found = match_incidents(case.incidents.values(), tolls, table)
    same = {m.ours: m.theirs for m in found if m.zone == SAME}
    assert same == {ours: theirs for ours, theirs in OURS.items() if ours != "jisr"}
    jisr = [m for m in found if m.ours == "jisr" and m.zone == REVIEW]
    assert jisr[0].theirs == OURS["jisr"] and jisr[0].answer("time") == "near"
