"""Measures what weighing all findings of a large case costs: from nothing, and after one changed record.

    python tools/reassess.py [--incidents 1000] [--findings 20] [--grounds 5] [--seed 1]

Every record is invented by a random generator: no place, source or number in it means anything. Times are CPU seconds
of this process; a SHA-256 over 1 GiB by the same interpreter stands beside them, because a ratio can be compared
between machines and a second cannot. Prints one line of JSON. Exit 1 where a goal is missed.
"""
from __future__ import annotations

import argparse
import gc
import hashlib
import json
import random
import sys
import time
from dataclasses import replace
from typing import Any

from bearwitness.model.case import Case, Stated, build
from bearwitness.reason.findings import weigh
from bearwitness.reason.reassess import Reassessment
from bearwitness.reason.standards import standard_of

GOALS = {"from nothing": 10.0, "after one change": 0.5}
HOWS = ("eyewitness", "aftermath", "hearsay", "expert", "record")


def made_up(incidents: int, findings: int, grounds: int, seed: int) -> Case:
    """A case of that size: sources of which some repeat others, records with and without exact words, and findings."""
    rng = random.Random(seed)
    rows: list[tuple[str, dict[str, Any]]] = []
    names = [f"s{n}" for n in range(300)]
    for n, name in enumerate(names):
        edges = ";".join(rng.sample(names[:n], min(n, rng.choice((0, 0, 0, 1, 2))))) or rng.choice(("", "", "?"))
        rows.append(("source.stated", {"id": name, "name": f"Source {n}", "kind": "ngo", "relies_on": edges}))
    rows += [("document.stated", {"id": f"d{n}", "what": f"Report {n}", "where": "example.org", "held": "no",
                                  "read": rng.choice(("", "", "in part"))}) for n in range(2000)]
    for i in range(incidents):
        rows.append(("incident.stated", {"id": f"i{i}", "name": f"Place {i}", "when": "2015-11-29", "object": "market"}))
        refs = [f"a{i}-{n}" for n in range(findings * grounds // 2)]
        rows += [("assertion.made", record(ref, f"i{i}", names, rng)) for ref in refs]
        for n in range(findings):
            chosen = rng.sample(refs, grounds)
            against = rng.sample(refs, 1) if rng.random() < 0.1 else []
            below = [f"f{i}-{n - 1}"] if n and rng.random() < 0.1 else []
            rows.append(("finding.proposed", {
                "id": f"f{i}-{n}", "about": f"i{i}", "by": "researcher-1", "text": f"finding {n}", "looked_in": ["s1"],
                "for": [*chosen[:grounds - len(below)], *below], "against": against,
                "rivals": [{"text": "another day", "excluded_by": [chosen[0]] if rng.random() < 0.8 else []}]}))
    case, problems = build({"title": "A made-up case", "zone": "UTC"},
                           [Stated(kind, body["id"], body, "made.csv", n) for n, (kind, body) in enumerate(rows)])
    if problems:
        raise ValueError(problems[0].message)
    return case


def record(ref: str, incident: str, names: list[str], rng: random.Random) -> dict[str, str]:
    body = {"id": ref, "incident": incident, "about": "effect", "by": rng.choice(names), "in": f"d{rng.randrange(2000)}",
            "says": "a wall fell", "how": rng.choice(HOWS)}
    if rng.random() < 0.05:
        body["words"] = "“" + " ".join("".join(rng.choices("abcdefgh", k=5)) for _ in range(25)) + "”"
    return body


def with_one_change(case: Case) -> Case:
    """One record of a case says something else, by somebody else. The case is one that was read anew."""
    ref = next(iter(case.assertions))
    other = next(name for name in case.sources if name != case.assertions[ref].by)
    case.assertions[ref] = replace(case.assertions[ref], by=other, says="a roof fell")
    return case


def yardstick() -> float:
    started, whole, block = time.process_time(), hashlib.sha256(), bytes(1 << 20)
    for _ in range(1024):
        whole.update(block)
    return time.process_time() - started


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name, value in (("incidents", 1000), ("findings", 20), ("grounds", 5), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=value)
    asked = parser.parse_args()
    case = made_up(asked.incidents, asked.findings, asked.grounds, asked.seed)
    after = with_one_change(made_up(asked.incidents, asked.findings, asked.grounds, asked.seed))
    gc.freeze()
    sha = yardstick()
    work = Reassessment(standard_of(case))
    spent: dict[str, float] = {}
    anew: dict[str, int] = {}
    for what, one in (("from nothing", case), ("after one change", after)):
        started = time.process_time()
        work.over(one)
        spent[what], anew[what] = time.process_time() - started, work.weighed
    same = all(work.held[ref].computed.number == weigh(after, work.standard, finding).computed.number
               for ref, finding in after.findings.items())
    met = {what: spent[what] < goal for what, goal in GOALS.items()}
    print(json.dumps({"findings": len(case.findings), "records": len(case.assertions), "sha256_1gib_s": round(sha, 3),
                      "cpu_s": {what: round(t, 3) for what, t in spent.items()},
                      "ratio": {what: round(t / sha, 3) for what, t in spent.items()},
                      "weighed": anew, "same_as_weighing_all": same, "met": met}))
    return 0 if same and all(met.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
