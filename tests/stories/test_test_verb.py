"""`bearwitness test` and `match incidents`, as a person at a terminal uses them on the example."""
from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]

HEAD = ("code,airwars_id,date,civ_killed_min,civ_killed_max,evidence_grade,strike_status,location_en,lat,lon,"
        "geo_accuracy,belligerent,n_sources_listed\n")
EVENTS = HEAD + """Z1,1,2015-11-29,40,44,Fair,Likely strike,Ariha,35.8137,36.6096,town,A Military,3
Z2,2,2015-10-21,12,12,Weak,,Sarmin,35.904,36.725,town,A Military,0
Z3,3,2015-11-29,1,1,Weak,,Elsewhere,33.5,4239,town,A Military,1
"""


def data(done: subprocess.CompletedProcess[str]) -> dict[str, object]:
    assert done.stdout, done.stderr
    answer = json.loads(done.stdout)
    assert answer["schema"].endswith("/1") and set(answer) == {"schema", "ok", "data", "next"}
    found: dict[str, object] = answer["data"]
    return found


def test_the_claim_on_the_sarmin_picture_is_read_out_part_by_part(bearwitness: Run, case: Callable[[str], Path]) -> None:
    folder = case("syria-2015")
    done = bearwitness("test", "mod-photo", "--case", folder)
    assert done.returncode == 0, done.stderr
    for words in ("31 October 2015, lies outside", "of 4 parts 2 are supported and 2 are contradicted", "Bellingcat",
                  "What would change it", "Limit:"):
        assert words in done.stdout
    assert "lied" not in done.stdout
    found = data(bearwitness("test", "mod-photo", "--json", "--case", folder))
    verdicts = [part["verdict"] for part in found["parts"]]  # type: ignore[attr-defined]
    assert verdicts == ["supported", "supported", "contradicted", "contradicted"]
    procedure = found["parts"][2]["procedure"]  # type: ignore[index]
    assert procedure["code"] == "M2" and procedure["ran"] and procedure["inputs"][0]["id"] == "h-absent"


def test_the_mosque_claim_concerns_another_object_by_geometry(bearwitness: Run, case: Callable[[str], Path]) -> None:
    found = data(bearwitness("test", "gs-mosque.a", "--json", "--case", case("syria-2015")))
    assert found["verdict"] == "other object" and found["procedure"]["code"] == "M1"  # type: ignore[index]
    assert "35.821077, 36.322102" in str(found["procedure"])


def test_a_finding_is_read_out_with_its_doubt(bearwitness: Run, case: Callable[[str], Path]) -> None:
    found = data(bearwitness("test", "photo-older", "--json", "--case", case("syria-2015")))
    assert found["rests_on_one"] is True and found["next_evidence"]


def test_what_is_not_there_is_refused_with_the_nearest_name(bearwitness: Run, case: Callable[[str], Path]) -> None:
    done = bearwitness("test", "mod-phot", "--case", case("syria-2015"))
    assert done.returncode == 1 and "mod-photo" in done.stderr and "Traceback" not in done.stderr


def test_the_sun_at_ariha_with_utc_beside_local_time(bearwitness: Run, tmp_path: Path) -> None:
    found = data(bearwitness("test", "sun", "35.81374", "36.60964", "2015-11-29 09:00", "--zone", "Asia/Damascus", "--json",
                             cwd=tmp_path))
    assert str(found["utc"]).startswith("2015-11-29T07:00") and abs(float(str(found["azimuth"])) - 143.9) < 0.06


def test_wrong_places_and_times_are_refused_in_words(bearwitness: Run, tmp_path: Path) -> None:
    for words in (("sun", "95", "36", "2015-11-29 09:00"), ("sun", "35", "36", "2015-11-29"), ("sun", "35", "36"),
                  ("sun", "35", "36", "03/04/2015 09:00"), ("shadow", "35", "36", "2015-11-29"), ("place", "a", "b"),
                  ("sun", "35", "36", "2015-11-29 09:00", "--zone", "Nowhere/City"), ("report",)):
        done = bearwitness("test", *words, cwd=tmp_path)
        assert done.returncode == 1 and "Traceback" not in done.stderr and done.stderr.strip(), words


def test_a_table_of_strike_reports_is_sorted_and_the_doubtful_handed_to_a_person(bearwitness: Run, tmp_path: Path) -> None:
    with (tmp_path / "official.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("code", "strike_report"))
        out.writerow(("X1", "Russia made no mention of strikes in Nord governorate."))
        out.writerow(("X2", "A poem about rain."))
    done = bearwitness("test", "report", tmp_path / "official.csv", "--json", cwd=tmp_path)
    found = data(done)
    assert done.returncode == 3, "a person must look"
    assert found["counts"] == {"confirms": 0, "denies": 0, "silent": 1, "aggregate": 0, "other-place": 0, "ambiguous": 1}


def test_events_of_others_are_laid_beside_ours_and_judged(bearwitness: Run, case: Callable[[str], Path], tmp_path: Path
                                                          ) -> None:
    folder, events, out = case("syria-2015"), tmp_path / "events.csv", tmp_path / "beside"
    events.write_text(EVENTS, encoding="utf-8")
    first = bearwitness("match", "incidents", events, "--out", out, "--json", "--case", folder)
    found = data(first)
    zones = {(p["ours"], p["theirs"]): p["zone"] for p in found["pairs"]}  # type: ignore[attr-defined]
    assert first.returncode == 3 and zones == {("ariha", "Z1"): "same", ("sarmin", "Z2"): "review"}
    assert found["rows"] == 3 and "4239" in str(found["faults"])
    with (out / "incidents.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["judgement"] = "different" if row["theirs"] == "Z2" else ""
    with (out / "judged.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    again = bearwitness("match", "incidents", events, "--judgements", out / "judged.csv", "--json", "--case", folder)
    zones = {(p["ours"], p["theirs"]): p["zone"] for p in data(again)["pairs"]}  # type: ignore[attr-defined]
    assert again.returncode == 0 and zones[("sarmin", "Z2")] == "different"


def test_a_database_written_as_a_case_is_a_case(bearwitness: Run, tmp_path: Path) -> None:
    events = tmp_path / "events.csv"
    events.write_text(EVENTS, encoding="utf-8")
    done = bearwitness("match", "incidents", events, "--as-case", tmp_path / "new", "--read-on", "2026-08-02", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    counted = bearwitness("count", "killed Z1", "--json", "--case", tmp_path / "new")
    assert (data(counted)["min"], data(counted)["max"]) == (40, 44)
    refused = bearwitness("match", "incidents", events, "--as-case", tmp_path / "new", "--read-on", "2026-08-02",
                          cwd=tmp_path)
    assert refused.returncode == 1, "an existing folder is never written over"
