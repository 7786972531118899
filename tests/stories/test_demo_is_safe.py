"""`demo` never removes what it did not make: a real case, a file put in, a row that somebody changed."""
from __future__ import annotations

from pathlib import Path


def test_a_real_case_of_the_same_name_is_left_alone(bearwitness, tmp_path):
    assert bearwitness("init", "syria-2015", cwd=tmp_path).returncode == 0
    kept = tmp_path / "syria-2015" / "real.txt"
    kept.write_text("evidence", encoding="utf-8")
    before = sorted(p for p in tmp_path.rglob("*"))
    done = bearwitness("demo", "--out", tmp_path, "--no-open")
    assert done.returncode == 1 and "left as it is" in done.stderr
    assert sorted(p for p in tmp_path.rglob("*")) == before


def test_a_demo_that_somebody_worked_in_is_left_alone_and_an_untouched_one_is_made_anew(bearwitness, tmp_path):
    assert bearwitness("demo", "--out", tmp_path, "--no-open").returncode == 0
    assert bearwitness("demo", "--out", tmp_path, "--no-open").returncode == 0
    tolls = tmp_path / "syria-2015" / "tolls.csv"
    changed = tolls.read_text(encoding="utf-8").replace("43", "44", 1)
    tolls.write_text(changed, encoding="utf-8")
    assert bearwitness("demo", "--out", tmp_path, "--no-open").returncode == 1
    assert tolls.read_text(encoding="utf-8") == changed


def test_what_lies_beside_it_stays(bearwitness, tmp_path: Path):
    story = tmp_path / "founding-story"
    story.mkdir()
    (story / "mine.txt").write_text("mine", encoding="utf-8")
    assert bearwitness("demo", "--out", tmp_path, "--no-open").returncode == 0
    assert (story / "mine.txt").read_text(encoding="utf-8") == "mine"
