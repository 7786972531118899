"""Re-reading an edited file writes records for what changed only, and the old stays in the log."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.seal.changes import Key, changes, current
from bearwitness.seal.reading import Entry

Rows = dict[str, str]


def entry(seq: int, kind: str, body: dict[str, object]) -> Entry:
    return Entry("o", seq, f"{seq:064x}", kind, "a", "t", (), body, {})


def read(rows: Rows, start: int = 2) -> list[tuple[str, str, dict[str, object]]]:
    return [
        ("toll.stated", name, {"id": name, "killed": killed, "file": "tolls.csv", "line": str(line)})
        for line, (name, killed) in enumerate(rows.items(), start)
    ]


def folded(history: list[Rows]) -> tuple[dict[Key, Entry], list[list[str]]]:
    """The state after each file was read in turn, and the kinds that each reading recorded."""
    log: list[Entry] = []
    kinds = []
    for rows in history:
        batch = changes(current(log), read(rows))
        kinds.append([kind for kind, _, _ in batch])
        for kind, body, _ in batch:
            log.append(entry(len(log), kind, body))
    return current(log), kinds


rows = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["1", "2", "3+"]))


@given(st.lists(rows, min_size=1))
def test_after_any_edits_the_log_says_what_the_last_file_says(history: list[Rows]) -> None:
    now, _ = folded(history)
    assert {name: found.body["killed"] for (_, name), found in now.items()} == history[-1]


@given(st.lists(rows, min_size=1))
def test_reading_the_same_file_again_records_nothing(history: list[Rows]) -> None:
    _, kinds = folded([*history, history[-1]])
    assert kinds[-1] == []


def test_each_kind_of_edit_is_one_record_that_points_to_the_old_one() -> None:
    now = current([entry(0, *read({"a": "1"})[0][::2]), entry(1, *read({"b": "1"})[0][::2])])
    batch = changes(now, read({"a": "2", "c": "1"}))
    assert [(kind, body.get("id"), refs) for kind, body, refs in batch] == [
        ("toll.stated", "a", [f"{0:064x}"]),
        ("toll.stated", "c", []),
        ("record.withdrawn", "b", [f"{1:064x}"]),
    ]


def test_a_withdrawal_does_not_say_the_words_again() -> None:
    now = current([entry(0, "toll.stated", {"id": "a", "words": "words that must not be repeated"})])
    ((kind, body, _),) = changes(now, [])
    assert (kind, body) == ("record.withdrawn", {"kind": "toll.stated", "id": "a"})


def test_a_row_that_only_moved_is_no_change_nor_is_a_part_of_a_claim() -> None:
    body = {
        "id": "c",
        "file": "claims/c.md",
        "line": "1",
        "parts": [{"id": "a", "line": "4", "for": ["@a1"]}],
    }
    moved = {**body, "line": "9", "parts": [{"id": "a", "line": "12", "for": ("@a1",)}]}
    assert changes(current([entry(0, "claim.stated", body)]), [("claim.stated", "c", moved)]) == []


def test_what_no_file_holds_is_not_withdrawn_by_reading_files() -> None:
    now = current([entry(0, "exhibit.sealed", {"id": "P001"}), entry(1, "key.added", {"public": "x"})])
    assert changes(now, []) == []


def test_a_withdrawn_record_may_be_stated_again() -> None:
    now, kinds = folded([{"a": "1"}, {}, {"a": "1"}])
    assert kinds == [["toll.stated"], ["record.withdrawn"], ["toll.stated"]] and len(now) == 1


def test_an_id_read_twice_is_a_bug_of_the_reader() -> None:
    with pytest.raises(ValueError, match="read twice"):
        changes({}, [*read({"a": "1"}), *read({"a": "2"})])
