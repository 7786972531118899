"""Official strike reports of a real archive, against labels given by hand. The texts are not ours and are not here: each
label stands beside the SHA-256 of its text (tests/accept/labels).

strike_reports_autumn_2015.csv   115 distinct texts of 30 September to 30 November 2015, labelled first, built upon
strike_reports_later.csv         150 of the 211 other distinct texts dated after that, drawn by random.Random seed 20151201
                                 from the sorted list; labelled before the sorter saw them; the sorter was run on them once
                                 and not changed since
How the labels were given: by the text alone, one reader. `confirms`: strikes in the place or the one area spoken of;
`aggregate`: totals over several provinces, or strikes without any place, whatever verb the monitor uses; `silent`: not
mentioned or not published; `other-place`: not mentioned, another place named; `ambiguous`: a person cannot tell either.
"""
from __future__ import annotations

import csv
import gzip
import hashlib
import math
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bearwitness.intake.reports import read_reports
from bearwitness.observe.statements import sort

pytestmark = pytest.mark.accept
LABELS = Path(__file__).parent / "labels"


def outside() -> Path:
    place = os.environ.get("BEARWITNESS_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data"
    found = Path(place) / "airwars-syria" / "official_strike_reports.csv.gz"
    if not found.is_file():
        pytest.skip("the archive of official strike reports is not on this machine")
    return found


def labels(name: str) -> dict[str, str]:
    with (LABELS / name).open(encoding="utf-8") as file:
        return {row["sha256"]: row["label"] for row in csv.DictReader(file)}


def wilson(hits: int, tries: int, z: float = 1.959964) -> tuple[float, float]:
    """The 95 % interval of a share (E. B. Wilson, JASA 22, 1927)."""
    share, over = hits / tries, 1 + z * z / tries
    half = z * math.sqrt(share * (1 - share) / tries + z * z / (4 * tries * tries)) / over
    middle = (share + z * z / (2 * tries)) / over
    return middle - half, middle + half


def measure(name: str) -> dict[str, object]:
    texts = {hashlib.sha256(r.text.encode()).hexdigest(): r.text for r in read_reports(outside())}
    known = labels(name)
    missing = set(known) - set(texts)
    assert not missing, f"{len(missing)} labelled texts are not in this archive"
    pairs = Counter((label, sort(texts[digest]).kind) for digest, label in known.items())
    decided = sum(n for (_, kind), n in pairs.items() if kind != "ambiguous")
    agreed = sum(n for (label, kind), n in pairs.items() if label == kind != "ambiguous")
    return {"texts": len(known), "decided": decided, "agreed": agreed, "pairs": pairs}


def test_once_on_texts_that_the_sorter_was_not_built_on(proof: Callable[..., None]) -> None:
    found = measure("strike_reports_later.csv")
    texts, decided, agreed, pairs = (found[k] for k in ("texts", "decided", "agreed", "pairs"))
    assert isinstance(texts, int) and isinstance(decided, int) and isinstance(agreed, int) and isinstance(pairs, Counter)
    low, high = wilson(agreed, decided)
    least, most = wilson(decided, texts)
    print(f"decides {decided} of {texts} ({decided / texts:.3f}, 95 % {least:.3f}..{most:.3f}); agrees in {agreed} of "
          f"{decided} ({agreed / decided:.3f}, 95 % {low:.3f}..{high:.3f})")
    for (label, kind), n in sorted(pairs.items()):
        print(f"  labelled {label}, sorted {kind}: {n}")
    assert texts == 150
    assert decided / texts >= 0.7 and agreed / decided >= 0.9
    assert not pairs["denies", "confirms"], "a denial was read as a confirmation"
    assert not pairs["silent", "confirms"], "a silence was read as a confirmation"
    proof(texts=texts, decided=decided, agreed=agreed)


def test_the_texts_it_was_built_on() -> None:
    found = measure("strike_reports_autumn_2015.csv")
    texts, decided, agreed, pairs = (found[k] for k in ("texts", "decided", "agreed", "pairs"))
    assert isinstance(texts, int) and isinstance(decided, int) and isinstance(agreed, int) and isinstance(pairs, Counter)
    assert texts == 115 and agreed / decided >= 0.95
    assert not pairs["denies", "confirms"] and not pairs["silent", "confirms"]


def test_every_row_of_the_archive_is_read_and_sorted() -> None:
    with gzip.open(outside(), "rt", encoding="utf-8", newline="") as file:
        with_text = sum(bool(row["strike_report"].strip()) for row in csv.DictReader(file))
    rows = read_reports(outside())
    assert len(rows) == with_text > 2000
    assert all(sort(row.text).why for row in rows)


def test_the_report_on_sarmin_confirms_the_one_on_ariha_is_a_total_and_the_one_on_al_ghantu_is_silent() -> None:
    kinds = {row.code: sort(row.text).kind for row in read_reports(outside()) if row.code in ("RS0063", "RS0211", "RS0043")}
    assert kinds == {"RS0063": "confirms", "RS0211": "aggregate", "RS0043": "silent"}
