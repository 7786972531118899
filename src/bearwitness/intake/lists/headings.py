"""What the columns of a table mean: from its headings where there are any, from its cells where not.

A list may begin with a title, and its headings may take two rows ("Name" over "First" and "Family"). Each meaning is given
to one column, the best; a person can overrule it in columns.toml. A column about mothers or telephones is never read.
"""
from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from functools import cache

from bearwitness.errors import InputError
from bearwitness.intake.lists import values
from bearwitness.intake.lists.words import headings, loose, plain, says_nothing, table
from bearwitness.model.roll import MEANINGS, Column
from bearwitness.rules import load

LOOK = 25
"""How many rows are searched for headings, and sampled for what cells look like (times forty)."""
NAMES = ("name", "name_local", "given", "family", "father", "kunya", "nickname")


def meaning_of(heading: str) -> tuple[str, int]:
    """(meaning, how well 0..100) of a heading; ("", 0) where it says nothing we know.

    `VictimAge` is two words. "Victim" alone heads names; beside another word it says nothing. A word for mothers decides.
    """
    words = plain(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading))
    known = headings()
    if words in known:
        return known[words].replace("person", "name"), 100
    parts = words.split()
    found = [(known[phrase], phrase, start) for start in range(len(parts)) for end in range(start + 1, len(parts) + 1)
             if (phrase := " ".join(parts[start:end])) in known]
    if any(meaning == "never" for meaning, _, _ in found):
        return "never", 100
    if parts and parts[-1] in ("id", "uid"):
        return "id", 50
    scored = [(len(phrase.split()), len(phrase), -start, meaning, min(100 * len(phrase) // len(words), 90))
              for meaning, phrase, start in found if meaning not in ("person", "id")]
    good = [one for one in scored if one[4] >= (30 if one[2] else 10)]
    said = [one for one in good if one[3] != "name"] or good
    return max(said)[3:] if said else ("", 0)


def find_headings(rows: Sequence[Sequence[str]]) -> tuple[int, list[str]]:
    """(how many rows come before the data, the heading of each column). 0 and nothing where there are no headings."""
    scores = [_score(row) for row in rows[:LOOK]]
    best = max(range(len(scores)), key=lambda at: (scores[at], -at), default=0)
    if not scores or not scores[best]:
        return (1, list(rows[0])) if rows and _stands_apart(rows) else (0, [])
    top = rows[best]
    width = max(map(len, rows[:LOOK * 40]), default=0)
    head = [*top, *[""] * (width - len(top))]
    above = rows[best - 1] if best else ()
    below = rows[best + 1] if best + 1 < len(rows) else ()
    if best + 1 < len(scores) and scores[best + 1] and _all_words(below):
        return best + 2, _joined(head, below)
    if above and scores[best - 1] and _all_words(above):
        return best + 1, _joined([*above, *[""] * (width - len(above))], top)
    return best + 1, head


def _stands_apart(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row is words, all different, over a column of numbers or dates: headings nobody has taught us."""
    first = [cell.strip() for cell in rows[0]]
    if len(set(first)) < len(first) or not all(first) or not _all_words(first):
        return False
    below = [row for row in rows[1:LOOK * 40] if len(row) == len(first)]
    return any(below and sum(bool(re.search(r"\d", row[at])) for row in below) > 0.8 * len(below)
               for at in range(len(first)))


def _score(row: Sequence[str]) -> int:
    """How many cells of a row are headings; a row with a date or a number in it is data."""
    if any(values.day(cell, "") or cell.strip().isdigit() for cell in row):
        return 0
    said = [cell for cell in row if cell.strip()]
    known = sum(1 for cell in said if len(cell) < 60 and meaning_of(cell)[1])
    return known if known * 3 >= len(said) and (known > 1 or len(said) == 1 == known) else 0


def _all_words(row: Sequence[str]) -> bool:
    return not any(re.search(r"\d", cell) for cell in row)


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Two rows of headings as one: the lower where it is known by itself, else both; a blank upper goes on to the right."""
    out, last = [], ""
    for at in range(max(len(upper), len(lower))):
        over = upper[at] if at < len(upper) else ""
        under = lower[at] if at < len(lower) else ""
        last = over or last
        both = f"{over or (last if under else '')} {under}".strip()
        out.append(under if under and meaning_of(under)[1] > meaning_of(both)[1] else both)
    return out


def columns(head: Sequence[str], sample: Sequence[Sequence[str]], told: Mapping[str, str], where: str) -> list[Column]:
    """The meaning of each column that has one. told: heading -> meaning, from columns.toml; "ignore" leaves one out.

    Raises InputError for a told heading or meaning that does not exist, or one meaning told twice.
    """
    _check(head, told, where)
    given = {plain(heading): meaning for heading, meaning in told.items()}
    ranked: list[tuple[int, int, str, str]] = []
    for at, heading in enumerate(head):
        cells = [row[at] for row in sample if at < len(row) and not says_nothing(row[at])]
        if plain(heading) in given:
            ranked.append((1000, at, given[plain(heading)], "columns.toml says so"))
            continue
        meaning, score = meaning_of(heading) if heading else ("", 0)
        if score:
            ranked.append((score + _fits(meaning, cells), at, meaning, f"its heading is {heading!r}"))
    taken: dict[str, tuple[int, int, str, str]] = {}
    for one in sorted(ranked, key=lambda one: (-one[0], one[1])):
        if one[2] not in ("ignore", "never"):
            taken.setdefault(one[2], one)
    if "name" in taken and "name_local" not in taken:
        first = _script(sample, taken["name"][1])
        other = next((one for one in ranked if one[2] == "name" and one[1] != taken["name"][1]
                      and _script(sample, one[1]) not in (first, "")), None)
        if other:
            taken["name_local"] = (other[0], other[1], "name_local", other[3] + ", in another script")
    found = [Column(meaning, at, head[at], why) for meaning, (_, at, _, why) in taken.items()]
    return sorted(found, key=lambda column: column.at)


def _script(sample: Sequence[Sequence[str]], at: int) -> str:
    """The script that most letters of a column belong to."""
    letters = [letter for row in sample[:200] if at < len(row) for letter in row[at] if letter.isalpha()]
    kinds = Counter(unicodedata.name(letter, "?").split()[0] for letter in letters)
    return kinds.most_common(1)[0][0] if kinds else ""


def dated_by_parts(head: Sequence[str]) -> tuple[int, int, int] | None:
    """Places of the columns year, month and day, where a date is given in three and in no column of its own."""
    parts = table("date_parts")
    at = {parts[words]: place for place, words in reversed([*enumerate(map(plain, head))]) if words in parts}
    whole = any(meaning_of(heading)[0] == "date" for place, heading in enumerate(head) if place not in at.values())
    return None if whole or len(at) < 3 else (at["year"], at["month"], at["day"])


def rivals(head: Sequence[str], columns: Sequence[Column], told: Mapping[str, str]) -> list[str]:
    """What is said about headings that claim a meaning another column got."""
    by_meaning, used = {column.meaning: column for column in columns}, {column.at for column in columns}
    given = set(map(plain, told))
    out = []
    for at, heading in enumerate(head):
        meaning = meaning_of(heading)[0] if heading and at not in used and plain(heading) not in given else ""
        if meaning in by_meaning and meaning != "id":
            out.append(f"{heading!r} looks like {meaning} too; {by_meaning[meaning].header!r} is read. columns.toml can say "
                       "otherwise.")
    return out


def _fits(meaning: str, cells: Sequence[str]) -> int:
    """How well cells look like a meaning, -60..10: it parts two columns that claim the same one."""
    if not cells:
        return -60
    if meaning == "name_local":
        return 10 * any(ord(letter) > 0x250 for letter in "".join(cells[:50]))
    tests = {"date": lambda cell: bool(values.day(cell, "")), "age": lambda cell: values.age(cell)[0] is not None,
             "sex": lambda cell: bool(values.sex(cell))}
    if meaning not in tests:
        return 0
    good = sum(map(tests[meaning], cells)) / len(cells)
    return 10 if good > 0.8 else round(-60 * (1 - good))


def by_content(sample: Sequence[Sequence[str]]) -> list[Column]:
    """Columns of a table without headings, by what their cells look like."""
    found: dict[str, Column] = {}
    widest = max(map(len, sample), default=0)
    for at in range(widest):
        cells = [row[at] for row in sample if at < len(row) and not says_nothing(row[at])]
        meaning = _looks_like(cells)
        if meaning and meaning not in found:
            found[meaning] = Column(meaning, at, "", f"its cells look like {meaning}s")
    return list(found.values())


def _looks_like(cells: Sequence[str]) -> str:
    if not cells:
        return ""
    share = {"date": sum(bool(values.day(cell, "")) and not cell.strip().isdigit() for cell in cells),
             "sex": sum(bool(values.sex(cell)) for cell in cells),
             "age": sum(values.age(cell)[0] is not None for cell in cells),
             "name": sum(len(cell.split()) >= 2 and not re.search(r"\d", cell) and len(cell) < 80 for cell in cells)}
    best = max(share, key=lambda meaning: share[meaning])
    return best if share[best] >= 0.8 * len(cells) else ""


def _check(head: Sequence[str], told: Mapping[str, str], where: str) -> None:
    there = {plain(heading) for heading in head}
    for heading, meaning in told.items():
        if plain(heading) not in there:
            raise InputError(f"columns.toml names a column {heading!r} that this list does not have. Nothing was read.",
                             where=where, fix="Its columns: " + ", ".join(repr(each) for each in head if each))
        if meaning not in (*MEANINGS, "ignore"):
            raise InputError(f"columns.toml gives {heading!r} the meaning {meaning!r}, which there is not.", where=where,
                             fix="Meanings: " + ", ".join(MEANINGS) + ", ignore")
    for meaning in set(told.values()) - {"ignore"}:
        twice = [heading for heading, each in told.items() if each == meaning]
        if len(twice) > 1:
            raise InputError(f"Two columns are given the one meaning {meaning!r}: {', '.join(twice)}. Nothing was read.",
                             where=where, fix="Leave it to one of them; give the other `ignore` or another meaning.")


def totals(rows: Sequence[Sequence[str]], every: Sequence[Sequence[str]], words: Sequence[Set[str]]) -> list[int]:
    """Places of rows that sum others: one of its first two words is `total` in some language.

    every: the same by column. words: the distinct cells of each column.
    """
    sums = [{cell for cell in cells if _is_sum(cell)} for cells in words]
    found = {at for column, said in zip(every, sums, strict=True) if said
             for at, cell in enumerate(column) if cell in said}
    known = set().union(*sums)
    return sorted(at for at in found if any(cell in known for cell in [cell for cell in rows[at] if cell.strip()][:2]))


def _is_sum(cell: str) -> bool:
    if len(cell) > 60 or not _total_hint().match(cell.strip()):
        return False
    words = table("totals")
    return plain(cell) in words or re.sub(r"[\d ]", "", plain(cell)) in {word.replace(" ", "") for word in words}


@cache
def _total_hint() -> re.Pattern[str]:
    """How a row of sums begins, so that a million other rows cost little."""
    return loose(load("lists/words")["totals"]["words"])
