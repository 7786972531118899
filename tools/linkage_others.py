"""Other ways of finding one person twice, for benches: Splink as its documentation sets it up, a rule written by hand, and
the bare blocking joins in DuckDB that any way has to do at least. Each gets the folder of a list of families."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np

BLOCKING = ("given,father,family", "given,family", "father,family", "given,father,place", "given,place,day",
            "father,place,day", "family,day", "family,place", "given,father,day", "place,day")


def load(folder: Path) -> Any:
    import duckdb
    con = duckdb.connect()
    con.execute("create table people as select row_number() over () - 1 as unique_id, given, father, family, "
                "try_cast(age as int) as age, cast(date as date) - date '1970-01-01' as day, place, sex "
                f"from read_csv('{folder / 'list.csv'}', header = true, all_varchar = true)")
    return con


def duckdb_joins(folder: Path) -> float:
    """CPU seconds of plain blocking joins of these rows: the same keys, values as they stand."""
    con = load(folder)
    started = time.process_time()
    parts = [f"select a.unique_id * 4294967296 + b.unique_id as pair from people a join people b on {on} "
             "and a.unique_id < b.unique_id" for on in
             (" and ".join(f"a.{name} = b.{name}" for name in key.split(",")) for key in BLOCKING)]
    con.execute(f"create table pairs as select distinct pair from ({' union all '.join(parts)})")
    return time.process_time() - started


def by_hand(folder: Path) -> np.ndarray:
    """Four lines: given and family names alike (Jaro-Winkler 0.85), ages within 5 years, days within 2."""
    con = load(folder)
    rules = ("a.given = b.given and a.family = b.family", "a.given = b.given and a.father = b.father",
             "a.father = b.father and a.family = b.family", "a.day = b.day and a.place = b.place",
             "a.given = b.given and a.day = b.day")
    parts = " union ".join(f"select a.unique_id as l, b.unique_id as r from people a join people b on {rule} and "
                           "a.unique_id < b.unique_id" for rule in rules)
    found = con.execute(
        f"select l, r from ({parts}) join people a on a.unique_id = l join people b on b.unique_id = r "
        "where jaro_winkler_similarity(a.given, b.given) >= 0.85 and jaro_winkler_similarity(a.family, b.family) >= 0.85 "
        "and coalesce(abs(a.age - b.age) <= 5, true) and abs(a.day - b.day) <= 2").fetchnumpy()
    rows = con.execute("select count(*) from people").fetchone()[0]
    return np.sort(found["l"].astype(np.int64) * rows + found["r"])


def by_splink(folder: Path) -> np.ndarray:
    """Splink's documented workflow: five blocking rules, Jaro-Winkler levels, weights learned in two sessions."""
    import logging
    logging.disable(logging.WARNING)
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    con = load(folder)
    settings = SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[block_on("given", "family"), block_on("given", "father"),
                                                block_on("father", "family"), block_on("day", "place"),
                                                block_on("given", "day")],
        comparisons=[*(cl.JaroWinklerAtThresholds(name, [0.92, 0.85]).configure(term_frequency_adjustments=True)
                       for name in ("given", "father", "family")),
                     cl.JaroWinklerAtThresholds("place", [0.92]), cl.ExactMatch("sex"), cl.ExactMatch("age"),
                     cl.ExactMatch("day")])
    linker = Linker(DuckDBAPI(connection=con).register("people"), settings)
    linker.training.estimate_probability_two_random_records_match([block_on("given", "father", "family")], recall=0.3)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("given", "family"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("day", "place"))
    found = linker.inference.predict(threshold_match_probability=0.9).as_record_list()
    rows = con.execute("select count(*) from people").fetchone()[0]
    ends = np.array([(row["unique_id_l"], row["unique_id_r"]) for row in found], np.int64)
    logging.disable(logging.NOTSET)
    return np.unique(ends.min(axis=1) * rows + ends.max(axis=1))
