"""The files of a new case: each table with its header and one example, written as a comment.

A row whose first cell starts with `#` says nothing until a person takes the `#` away.
"""

from __future__ import annotations

from bearwitness.errors import InputError
from bearwitness.intake.toml import FILE
from bearwitness.model.cells import BadCell
from bearwitness.model.vocabulary import TABLES, Table
from bearwitness.model.when import check_zone

# Columns that may be left out, but that a first case nearly always needs: name, before which column, example.
_ALSO = {
    "sources.csv": (("relies_on", "", ""),),
    "incidents.csv": (("name_local", "when", "سرمين"), ("within_m", "object", "")),
    "tolls.csv": (
        ("killed", "words", "13"),
        ("civilians", "words", ""),
        ("children", "words", ""),
        ("women", "words", ""),
        ("injured", "words", ""),
    ),
    "assertions.csv": (("at", "says", "town"), ("supports", "", "")),
}


def starter(title: str, zone: str = "UTC") -> dict[str, str]:
    """Relative path -> text of every file that a new case begins with, and nothing else.

    Raises InputError when the zone is not known.
    """
    try:
        check_zone(zone)
    except BadCell as why:
        raise InputError(why.problem, where="--zone", fix=why.fix) from why
    return {FILE: _case(title, zone), **{file: _table(spec) for file, spec in TABLES.items()}}


def _case(title: str, zone: str) -> str:
    return f"""title    = {_quoted(title)}
zone     = {_quoted(zone)}          # of every time that names none
standard = "reasonable-grounds"
about    = "30 min"       # how wide `~13:00` is, to each side

[people]
# researcher-1 = "who reads, enters and reviews: a role, not a name"

[sets]
# six = ["talbiseh", "sarmin"]      a sum names its members; there is no "all"
"""


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in escaped) + '"'


def _table(spec: Table) -> str:
    cells = list(zip(spec.required, spec.example, strict=True))
    for name, before, example in _ALSO.get(spec.file, ()):
        at = next((n for n, (column, _) in enumerate(cells) if column == before), len(cells))
        cells.insert(at, (name, example))
    row = ",".join(_cell(text) for _, text in cells)
    return ",".join(name for name, _ in cells) + f"\n#{row}\n"


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',;"\n\t') else text
