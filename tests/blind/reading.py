"""Reading the blind reader's drafts: each against its case, with what the program says of it.

The drafts were written by a reader who had seen the method, the formats and the example's records, and neither the
rules nor their tests. They are never tuned to the program. A draft that was itself wrong is corrected, and named in
first_run.json with the reason.
"""

from __future__ import annotations

import hashlib
import math
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bearwitness.errors import BearwitnessError
from bearwitness.seal.takein import Taken, take_in
from bearwitness.tell.stage import check

HERE = Path(__file__).parent
EXAMPLE = "syria-2015"
GENERAL = 0  # a fault of the whole draft, on no line of its own


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft: its file, its case, and for an unsound one the codes that would be right, its line and why."""

    path: Path
    uses: str = EXAMPLE
    codes: tuple[str, ...] = ()
    line: int = 0
    why: str = ""

    @property
    def language(self) -> str:
        return "ar" if "lang: ar" in self.path.read_text(encoding="utf-8") else "en"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the program said: (code, line, words) per refusal, warnings left out."""

    draft: Draft
    refusals: tuple[tuple[str, int, str], ...]

    @property
    def refused(self) -> bool:
        return bool(self.refusals)

    @property
    def right_code(self) -> bool:
        return any(code in self.draft.codes for code, _, _ in self.refusals)


def sound() -> list[Draft]:
    return [Draft(path) for path in sorted((HERE / "sound").glob("*.md"))]


def unsound() -> list[Draft]:
    rows = tomllib.loads((HERE / "unsound.toml").read_text(encoding="utf-8"))
    return [Draft(HERE / "unsound" / f"{name}.md", row.get("uses", EXAMPLE), tuple(row["codes"]), row["line"], row["why"])
            for name, row in rows.items()]


class Desk:
    """Cases as the drafts use them: `tutorial+consent-withdrawn` is an example with files of cases/ laid over it."""

    def __init__(self, examples: Path, room: Path) -> None:
        self.examples, self.room = examples, room
        self.taken: dict[str, Taken | BearwitnessError] = {}

    def case(self, uses: str) -> Taken | BearwitnessError:
        if uses not in self.taken:
            base, _, laid = uses.partition("+")
            folder = self.room / uses
            shutil.copytree(self.examples / base, folder, ignore=shutil.ignore_patterns(".bearwitness", "out"))
            if laid:
                shutil.copytree(HERE / "cases" / laid, folder, dirs_exist_ok=True)
            try:
                self.taken[uses] = take_in(folder, write=False)
            except BearwitnessError as why:
                self.taken[uses] = why
        return self.taken[uses]

    def read(self, draft: Draft) -> Reading:
        taken = self.case(draft.uses)
        if isinstance(taken, BearwitnessError):
            return Reading(draft, ((taken.code, GENERAL, str(taken)),))
        try:
            faults = check(taken, str(draft.path))[1]
        except BearwitnessError as why:
            return Reading(draft, ((why.code, GENERAL, str(why)),))
        return Reading(draft, tuple((f.code, f.line, f.reason) for f in faults if f.weight != "warning"))


def wilson(hits: int, tries: int, z: float = 1.959964) -> tuple[float, float]:
    """The 95 % interval of a rate. E. B. Wilson, J. Am. Stat. Assoc. 22 (1927), doi:10.1080/01621459.1927.10502953."""
    middle = (hits + z * z / 2) / (tries + z * z)
    half = z / (tries + z * z) * math.sqrt(hits * (tries - hits) / tries + z * z / 4)
    return max(0.0, middle - half), min(1.0, middle + half)


def rates(passed: list[Reading], refused: list[Reading]) -> dict[str, tuple[int, int]]:
    """(hits, tries) of each rate, for English and Arabic apart."""
    found: dict[str, tuple[int, int]] = {}
    for lang in ("en", "ar"):
        good = [r for r in passed if r.draft.language == lang]
        bad = [r for r in refused if r.draft.language == lang]
        found[f"{lang} sound passed"] = (sum(not r.refused for r in good), len(good))
        found[f"{lang} unsound refused"] = (sum(r.refused for r in bad), len(bad))
        found[f"{lang} unsound refused with a right code"] = (sum(r.right_code for r in bad), len(bad))
    return found


def said(found: dict[str, tuple[int, int]]) -> Iterator[str]:
    for what, (hits, tries) in found.items():
        low, high = wilson(hits, tries)
        yield f"{what}: {hits} of {tries} = {hits / tries:.3f} [{low:.3f}, {high:.3f}]"


def misses(passed: list[Reading], refused: list[Reading]) -> Iterator[str]:
    """Each miss by kind: false refusals first, then what passed, then what was refused for another reason."""
    for r in passed:
        if r.refused:
            yield f"false refusal  {r.draft.path.stem}: " + "; ".join(f"{c} {w}" for c, _, w in r.refusals)
    for r in refused:
        if not r.refused:
            yield f"passed         {r.draft.path.stem} ({' '.join(r.draft.codes)}): {r.draft.why}"
    for r in refused:
        if r.refused and not r.right_code:
            yield f"other code     {r.draft.path.stem} ({' '.join(r.draft.codes)}): " + "; ".join(
                f"{c} {w}" for c, _, w in r.refusals)


def digest(here: Path = HERE) -> str:
    """SHA-256 over every draft, the index and the cases laid over the example: names and bytes, sorted by name."""
    whole = hashlib.sha256()
    files = [path for part in ("sound", "unsound", "cases") for path in (here / part).rglob("*") if path.is_file()]
    for path in sorted([*files, here / "unsound.toml"], key=lambda p: p.relative_to(here).as_posix()):
        whole.update(f"{path.relative_to(here).as_posix()}\n{path.stat().st_size}\n".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()
