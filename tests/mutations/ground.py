"""The ground that mutations stand on: the six strikes, and beside them rows made up for the test, marked so.

What the six strikes do not hold (an estimate, a search with a radius, a finding of level 3, an interview, law in the
words of an adviser) is made up here, at the same places, so that every refusal has a sound sentence to start from.
"""
from __future__ import annotations

import csv
import shutil
from functools import cache
from pathlib import Path

from bearwitness.model.case import Case, Stated, build
from bearwitness.seal.takein import Taken, take_in
from bearwitness.tell.check import check_text
from bearwitness.tell.document import Fault

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "syria-2015"
FILE = "report/mutated.md"

SOURCES = (
    {"id": "zz-group", "name": "Statistics Group (made up)", "kind": "ngo", "also": "the Statistics Group"},
    {"id": "zz-counsel", "name": "Legal Adviser (made up)", "kind": "expert", "also": "the Legal Adviser"},
    {"id": "zz-watch", "name": "Watch Post (made up)", "kind": "monitor", "also": "the Watch Post"},
    {"id": "zz-lab", "name": "Imagery Laboratory (made up)", "kind": "osint", "also": "the Imagery Laboratory"},
    {"id": "zz-clear", "name": "Clearance Team (made up)", "kind": "expert", "also": "the Clearance Team"},
    {"id": "aspen", "name": "aspen", "kind": "witness", "protect": "", "shown_as": "a market worker"},
)
DOCUMENTS = ({"id": "zz-d", "what": "Papers made up for a test", "date": "2016-02-01", "where": "made up", "held": "no",
              "read": "whole", "language": "en"},)
_LAW = ("Russia fought armed groups with the consent of Syria, which is a non-international armed conflict",
        "article 8(2)(e)(iv) of the Rome Statute covers hospitals in a non-international armed conflict",
        "article 8(2)(e)(i) of the Rome Statute covers attacks on civilians in a non-international armed conflict",
        "excessive incidental harm is a customary matter (Rule 14) in a non-international armed conflict",
        "resolution 2139 of 22 February 2014 was adopted before the strike",
        "the Convention on Cluster Munitions entered into force on 1 August 2010, and neither Syria nor Russia is a party",
        "proportionality is not assessable, because the advantage sought is not known")
ASSERTIONS = (
    *({"id": f"zz-law{i}", "incident": "sarmin", "about": "characterisation", "by": "zz-counsel", "in": "zz-d",
       "says": says, "how": "expert"} for i, says in enumerate(_LAW, 1)),
    {"id": "zz-est", "incident": "?", "about": "context", "by": "zz-group", "in": "zz-d", "how": "expert",
     "says": "estimate of 2400 killed in the district, 95 % interval 2150 to 3100, latent classes over 4 lists"},
    *({"id": f"zz-near-{place}", "incident": place, "about": "military-nearby", "by": "zz-watch", "in": "zz-d",
       "says": f"no information of a military target within {r} m", "how": "record", "radius_m": str(r),
       "window": f"{day}", "supports": "no", "observers": "two observers, by role"}
      for place, r, day in (("talbiseh", 300, "2015-09-30"), ("ghantu", 400, "2015-10-15"), ("sarmin", 250, "2015-10-20"),
                            ("ariha", 500, "2015-11-29"))),
    {"id": "zz-remnant", "incident": "?", "about": "remnant", "by": "zz-clear", "in": "zz-d", "how": "expert",
     "says": "a tail cone with fins and nothing else was found"},
    {"id": "zz-seen", "incident": "ghantu", "about": "aircraft", "by": "zz-watch", "in": "zz-d", "how": "eyewitness",
     "says": "two jets were heard at great height"},
)
TOLLS = (
    {"id": "zz-t1", "incident": "sarmin", "by": "zz-watch", "in": "zz-d", "as_of": "2015-10-22", "killed": "14",
     "children": "5", "women": "4", "men": "5", "words": "14 killed: 5 children, 4 women and 5 men"},
    {"id": "zz-t2", "incident": "talbiseh", "by": "zz-watch", "in": "zz-d", "as_of": "2015-10-02", "killed": "18",
     "injured": "31", "children": "6", "women": "7", "men": "5",
     "words": "18 killed, 6 children, 7 women and 5 men, and 31 injured"},
)
FINDING = """---
about: sarmin
by: researcher-1
reviewed: researcher-2
---
It is more likely than not that an air strike hit a school at Sarmin on 20 October 2015.

for: [@h-own; @h-damage; @zz-near-sarmin; @h-dir]
against: none found; looked in: d-sana, d-ibt
rival: the damage is of another day; excluded by [@h-own; @h-damage]
"""
ATTACKER = """---
about: ghantu
by: researcher-1
reviewed: researcher-2
---
The strike at al-Ghantu is suspected to have been Russian.

for: [@g-sound; @g-fae]
against: none found; looked in: d-uae71, d-trt
rival: Syrian aircraft struck; open
"""
NOTE = """---
id: INT-001
by: aspen
date: 2016-01-20
place: not kept
language: ar
interpreter: interpreter-1
how: phone
consent:
  internal: yes, 2016-01-20
  publish-anonymised: yes, 2016-01-20
  publish-named: no, 2016-01-20
  verbatim: yes, 2016-01-20
---
MADE UP for a test. This interview was never held.

1. The stalls were open and the street was full of people.

2. I heard an aircraft, and then I saw nothing but dust.
"""


def _append(table: Path, rows: tuple[dict[str, str], ...]) -> None:
    with table.open(encoding="utf-8", newline="") as stream:
        held = list(csv.DictReader(stream))
    columns = list(dict.fromkeys([*held[0], *(column for row in rows for column in row)]))
    with table.open("w", encoding="utf-8", newline="") as stream:
        out = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
        out.writeheader()
        out.writerows([*held, *rows])


def lay(folder: Path) -> None:
    """A copy of the six strikes with the made-up rows."""
    shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)
    for name, rows in (("sources", SOURCES), ("documents", DOCUMENTS), ("assertions", ASSERTIONS), ("tolls", TOLLS)):
        _append(folder / f"{name}.csv", rows)
    (folder / "findings" / "zz-school.md").write_text(FINDING, "utf-8")
    (folder / "findings" / "zz-attacker.md").write_text(ATTACKER, "utf-8")
    (folder / "notes").mkdir(exist_ok=True)
    (folder / "notes" / "INT-001.md").write_text(NOTE, "utf-8")


@cache
def ground(folder: str) -> Taken:
    path = Path(folder) / "syria-2015"
    lay(path)
    return take_in(path, write=False)


def changed(taken: Taken, ref: str, **cells: str | None) -> Case:
    """The case with some cells of one record changed, or taken away (None)."""
    rows = []
    for old in taken.case.stated.values():
        if old.id == ref:
            body = {**old.body, **{k: v for k, v in cells.items() if v is not None}}
            body = {k: v for k, v in body.items() if not (k in cells and cells[k] is None)}
            old = Stated(old.kind, old.id, body, old.file, old.line)
        rows.append(old)
    return build(taken.folder.config, rows)[0]


def faults(case: Case, taken: Taken, text: str, **options: object) -> list[Fault]:
    """What is refused in one short draft."""
    held = {ref: path.read_text(encoding="utf-8", errors="replace") for ref, path in taken.waiting.items()
            if path.suffix == ".md"}
    return check_text(case, text, FILE, held_text=held.get, **options)
