"""Writes a large made-up case, to measure what a case of that size costs.

    python tools/bigcase.py FOLDER [--incidents 1000] [--assertions 20000] [--marks 3000] [--seed 1]

Everything in it is invented by a random generator: no place, source or number in it means anything. The same
arguments write the same bytes. The draft is sound: each mark cites rows that exist, and says no more.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from datetime import date, timedelta
from pathlib import Path

Row = dict[str, str]
KINDS = ("monitor", "media", "ngo", "responder")
OBJECTS = ("market", "clinic", "school", "mosque", "homes", "bakery", "road")
EFFECTS = ("a wall fell", "a roof fell", "a fire broke out", "houses fell", "the street was blocked")
CASE = """title    = "A made-up case of {incidents} incidents"
zone     = "Asia/Damascus"
standard = "reasonable-grounds"

[sets]
first = [{first}]
"""


def sources(count: int = 40) -> list[Row]:
    return [
        {"id": f"s{n:02}", "name": f"Made-up source {letters(n)}", "kind": KINDS[n % len(KINDS)]}
        for n in range(1, count + 1)
    ]


def letters(number: int) -> str:
    """1 -> A, 27 -> AA: a name without a digit, so that no sentence holds a number by accident."""
    out = ""
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(65 + rest) + out
    return out


def documents(count: int = 400) -> list[Row]:
    return [
        {
            "id": f"d{n:03}",
            "what": f"Made-up report {letters(n)}",
            "date": str(day(n)),
            "where": f"example.org/{n}",
            "held": "no",
        }
        for n in range(1, count + 1)
    ]


def day(number: int) -> date:
    return date(2015, 9, 30) + timedelta(days=number % 400)


def incidents(count: int, rng: random.Random) -> list[Row]:
    return [
        {
            "id": f"i{n:04}",
            "name": f"Made-up place {letters(n)}",
            "name_local": "",
            "when": str(day(n)),
            "lat": f"{rng.uniform(34.6, 36.5):.5f}",
            "lon": f"{rng.uniform(36.2, 37.4):.5f}",
            "level": "town",
            "object": rng.choice(OBJECTS),
        }
        for n in range(1, count + 1)
    ]


def tolls(count: int, rng: random.Random) -> list[Row]:
    """Three rows for each incident: three speakers, one of whom says "at least"."""
    rows = []
    for n in range(1, count + 1):
        base = rng.randint(2, 40)
        for k, speaker in enumerate(rng.sample(range(1, 41), 3)):
            killed = base + rng.randint(0, 4)
            rows.append(
                {
                    "id": f"t{n:04}{'abc'[k]}",
                    "incident": f"i{n:04}",
                    "by": f"s{speaker:02}",
                    "in": f"d{rng.randint(1, 400):03}",
                    "as_of": str(day(n) + timedelta(days=k + 1)),
                    "killed": f"{killed}+" if k == 2 else str(killed),
                    "children": str(rng.randint(0, min(killed, base))),
                    "words": "a number of people killed",
                }
            )
    return rows


def said(about: str, where: Row, rng: random.Random) -> Row:
    """What one assertion about an incident says, in the words its `about` takes."""
    if about == "where":
        lat, lon = (float(where[key]) + rng.uniform(-0.002, 0.002) for key in ("lat", "lon"))
        return {"says": f"{lat:.5f}, {lon:.5f}", "at": "town", "radius_m": "500"}
    if about == "when":
        return {"says": where["when"]}
    if about == "object":
        return {"says": where["object"]}
    return {"says": rng.choice(EFFECTS)}


def assertions(count: int, places: list[Row], rng: random.Random) -> list[Row]:
    rows = []
    for n in range(1, count + 1):
        where = places[(n - 1) % len(places)]
        about = ("effect", "object", "when", "where")[(n - 1) // len(places) % 4]
        rows.append(
            {
                "id": f"a{n:05}",
                "incident": where["id"],
                "about": about,
                "by": f"s{rng.randint(1, 40):02}",
                "in": f"d{rng.randint(1, 400):03}",
                "at": "",
                "radius_m": "",
                "how": rng.choice(("aftermath", "hearsay", "eyewitness")),
                **said(about, where, rng),
            }
        )
    return rows


def draft(places: list[Row], deaths: list[Row], things: list[Row], names: dict[str, str], marks: int) -> str:
    """A section for each incident with marks enough to make `marks` in all: counts first, then cites."""
    each, more = divmod(marks, len(places))
    lines = [
        "---",
        "title: A made-up case",
        "subtitle: To measure what it costs",
        "set: first",
        "---",
        "",
        "## Finding",
        "",
        "This text was made by a program to measure it. [~method]",
        "",
        "## What could not be established",
        "",
        "Nothing here was looked into. [~method]",
        "",
    ]
    effects = [row for row in things if row["about"] == "effect"]
    for n, place in enumerate(places):
        lines += [f"## {place['name']} {{#{place['id']}}}", ""]
        lines.append(f"People killed: {{killed {place['id']}}}.")
        toll = deaths[3 * n]
        lines.append(f"{names[toll['by']]} reported deaths [@{toll['id']}].")
        for k in range(each + (n < more) - 2):
            row = effects[(n + k * len(places)) % len(effects)] if k else effects[n % len(effects)]
            lines.append(f"{names[row['by']]} said that {row['says']} [@{row['id']}].")
        lines.append("")
    return "\n".join(lines)


def table(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write(folder: Path, *, incident_count: int, assertion_count: int, marks: int, seed: int) -> None:
    rng = random.Random(seed)
    speakers, read, places = sources(), documents(), incidents(incident_count, rng)
    deaths = tolls(incident_count, rng)
    things = assertions(assertion_count, places, rng)
    names = {row["id"]: row["name"] for row in speakers}
    (folder / "report").mkdir(parents=True, exist_ok=True)
    first = ", ".join(f'"{row["id"]}"' for row in places[:20])
    (folder / "case.toml").write_text(CASE.format(incidents=incident_count, first=first), encoding="utf-8")
    for name, rows in {
        "sources": speakers,
        "documents": read,
        "incidents": places,
        "tolls": deaths,
        "assertions": things,
    }.items():
        table(folder / f"{name}.csv", rows)
    text = draft(places, deaths, things, names, marks)
    (folder / "report" / "briefing.md").write_text(text, encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    for name, value in {"incidents": 1000, "assertions": 20000, "marks": 3000, "seed": 1}.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    asked = parser.parse_args()
    write(
        asked.folder,
        incident_count=asked.incidents,
        assertion_count=asked.assertions,
        marks=asked.marks,
        seed=asked.seed,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
