"""`bearwitness match people` as a person uses it: files in, three files out, answers read back."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tests import lists
from tests.link.people.rolls import persons, table, write
from tests.link.people.test_linking import noise

from bearwitness.cli.main import main


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Two lists of one event: a person in both, brothers, and two rows that share nothing but a name."""
    event = ("2015-10-20", "Sarmin", "m")
    first = [("Rashwan", "Tayseer", "Qandalaft", 31, *event), ("Anas", "Walid", "Zarzour", 9, *event),
             ("Bilal", "Walid", "Zarzour", 12, *event), ("Nabila", "Farid", "Qusayri", "", "", "", "f")]
    second = [("Rashwan", "Taysir", "Qandalaft", 31, *event), ("Bilal", "Walid", "Zarzour", 12, *event),
              ("Nabila", "Farid", "Qusayri", "", "", "", "f")]
    return (write(tmp_path / "a.csv", first + noise(1, 80)), write(tmp_path / "b.csv", second + noise(2, 80)),
            tmp_path / "out")


def answer(review: Path, to: dict[tuple[int, int], str]) -> None:
    rows = table(review)
    with review.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        for row in rows:
            row["answer"] = to.get((int(row["left_row"]), int(row["right_row"])), "")
            writer.writerow(row)


def test_lists_become_pairs_persons_and_questions(two: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    first, second, out = two
    status = main(["match", "people", str(first), str(second), "--out", str(out), "--json"])
    data = json.loads(capsys.readouterr().out)["data"]
    pairs = table(out / "pairs.csv")
    assert list(pairs[0]) == ["left_list", "left_row", "right_list", "right_row", "probability", "zone", "reasons"]
    assert {row["zone"] for row in pairs} <= {"same", "review", "different"}
    assert all(row["reasons"] and 0 <= float(row["probability"]) <= 1 for row in pairs)
    found = persons(out / "persons.csv")
    assert frozenset({("a.csv", 1), ("b.csv", 1)}) in found
    assert not any({("a.csv", 2), ("b.csv", 2)} <= group for group in found), "brothers are two people"
    assert sum(len(group) for group in found) == 84 + 83, "every row is somebody"
    assert data["persons"]["min"] <= data["persons"]["best"] <= data["persons"]["max"]
    assert status == (3 if table(out / "review.csv") else 0)


def test_an_answer_holds_and_narrows_and_can_be_taken_back(two: tuple[Path, Path, Path],
                                                           capsys: pytest.CaptureFixture[str]) -> None:
    first, second, out = two
    words = ["match", "people", str(first), str(second), "--out", str(out), "--json"]

    def run(*more: str) -> dict[str, dict[str, int]]:
        main([*words, *more])
        return json.loads(capsys.readouterr().out)["data"]

    before = run()
    doubt = table(out / "review.csv")[0]
    pair = (int(doubt["left_row"]), int(doubt["right_row"]))
    rows = {(doubt["left_list"], pair[0]), (doubt["right_list"], pair[1])}
    for word, joined in (("same", True), ("different", False)):
        kept = out.parent / f"{word}.csv"
        kept.write_bytes((out / "review.csv").read_bytes())
        answer(kept, {pair: word})
        after = run("--judgements", str(kept))
        assert any(rows <= group for group in persons(out / "persons.csv")) is joined
        assert after["persons"]["max"] - after["persons"]["min"] < before["persons"]["max"] - before["persons"]["min"]
        run()
    assert run()["persons"] == before["persons"], "a judgement taken back leaves nothing behind"


def test_a_pair_is_explained_line_by_line(two: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    first, second, _ = two
    main(["match", "people", str(first), str(second), "--explain", "a.csv:1", "b.csv:1", "--json"])
    found = json.loads(capsys.readouterr().out)["data"]
    assert found["zone"] == "same"
    assert found["steps"][0]["chance"] < 0.05 < 0.97 < found["steps"][-1]["chance"]
    assert any("given name" in step["what"] for step in found["steps"])
    assert abs(sum(found["kinds"].values()) - 1) < 0.01


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "No list is given"),
        (["missing.csv"], "cannot be opened"),
        (["a.csv", "--no-repeats", "c.csv"], "none of the lists"),
        (["a.csv", "--explain", "a.csv:1", "a.csv:9999"], "no row of a named person"),
        (["a.csv", "--explain", "a.csv", "a.csv:2"], "names no row"),
        (["empty.csv"], ""),
        (["numbers.csv"], ""),
    ],
)
def test_what_cannot_be_matched_is_said_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a.csv", noise(1, 30))
    (tmp_path / "empty.csv").write_text("", "utf-8")
    write(tmp_path / "numbers.csv", [(1, 2)] * 5, ("x", "y"))
    status = main(["match", "people", *words, "--out", "out"])
    told = capsys.readouterr().err
    assert status == 1 and said in told and "fault of this program" not in told
    assert not (tmp_path / "out" / "pairs.csv").exists()


def test_contradictory_answers_stop_with_the_chain_and_leave_the_files(two: tuple[Path, Path, Path],
                                                                       capsys: pytest.CaptureFixture[str]) -> None:
    first, second, out = two
    words = ["match", "people", str(first), str(second), "--out", str(out)]
    main(words)
    before = (out / "persons.csv").read_bytes()
    head = "left_list,left_row,right_list,right_row,answer\n"
    bad = out.parent / "bad.csv"
    bad.write_text(head + "a.csv,1,b.csv,5,same\na.csv,2,b.csv,5,same\na.csv,1,a.csv,2,different\n", "utf-8")
    capsys.readouterr()
    assert main([*words, "--judgements", str(bad)]) == 1
    told = capsys.readouterr().err
    assert all(row in told for row in ("a.csv:1", "b.csv:5", "a.csv:2"))
    assert (out / "persons.csv").read_bytes() == before


def test_an_answer_about_a_row_that_changed_since_is_refused(two: tuple[Path, Path, Path],
                                                             capsys: pytest.CaptureFixture[str]) -> None:
    first, second, out = two
    main(["match", "people", str(first), str(second), "--out", str(out)])
    row = table(out / "review.csv")[0]
    kept = out.parent / "kept.csv"
    kept.write_bytes((out / "review.csv").read_bytes())
    answer(kept, {(int(row["left_row"]), int(row["right_row"])): "same"})
    for path in (first, second):
        lines = path.read_text("utf-8").splitlines()
        path.write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n", "utf-8")
    capsys.readouterr()
    assert main(["match", "people", str(first), str(second), "--out", str(out), "--judgements", str(kept)]) == 1
    assert "list changed" in capsys.readouterr().err


def test_the_same_judgements_in_any_order_give_the_same_files(tmp_path: Path) -> None:
    files = lists.write(lists.world("kurdish", 150, 3, seed=4), tmp_path)
    out = tmp_path / "out"
    main(["match", "people", *map(str, files), "--out", str(out)])
    asked = table(out / "review.csv")[:4]
    words = ["same", "different", "unsure", "different"]
    made = []
    for order in range(6):
        names = []
        for number, (row, word) in enumerate(zip(asked, words, strict=False)):
            one = tmp_path / f"{order}-{number}.csv"
            with one.open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, list(row))
                writer.writeheader()
                writer.writerow({**row, "answer": word})
            names.append(str(one))
        names = names[order % 4:] + names[:order % 4]
        given = [part for name in names for part in ("--judgements", name)]
        main(["match", "people", *map(str, files[::-1] if order % 2 else files), "--out", str(out), *given])
        made.append([(out / name).read_bytes() for name in ("pairs.csv", "persons.csv", "review.csv")])
    assert all(one == made[0] for one in made)
