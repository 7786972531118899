"""The stage functions of telling: check a draft, preview it, publish it. Each takes a case as taken in.

A preview is always written and marked DRAFT. A release is written only where nothing is refused, into a
folder of its own that is sealed and never changed.
"""
from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from bearwitness.errors import GroundsError, InputError, SealError
from bearwitness.model.case import Case
from bearwitness.model.when import say_date, say_when
from bearwitness.reason.tally import as_data
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.release import seal_release
from bearwitness.seal.takein import Taken
from bearwitness.tell.check import check_draft, desk
from bearwitness.tell.compile import compile_report
from bearwitness.tell.document import Fault, Report, Seal
from bearwitness.tell.drawing import strikes
from bearwitness.tell.incident import card
from bearwitness.tell.marks import Draft, read_draft
from bearwitness.tell.refuse.stretch import Desk

DRAFT = "report/briefing.md"
TEXT_TYPES = ("text/", "application/json", "image/svg")


@dataclass(frozen=True, slots=True)
class Published:
    """A release: its folder, number, and what it holds."""

    folder: Path
    number: int
    report: Report
    files: int


def draft_of(taken: Taken, file: str = "") -> tuple[str, str]:
    """A draft's relative name and text: the one named, or report/briefing.md, or the only one there is."""
    if file:
        path = Path(file)
        if path.is_file():
            try:
                return _shown(path, taken.folder.path), path.read_text(encoding="utf-8-sig")
            except UnicodeDecodeError as why:
                raise InputError("This draft is not UTF-8 text.", where=f"{file}:1",
                                 fix="Save it as UTF-8. Nothing was changed.") from why
        if file in taken.folder.drafts:
            return file, taken.folder.drafts[file]
        raise InputError("There is no such draft.", where=file, fix="Drafts here: " + _drafts(taken))
    drafts = taken.folder.drafts
    name = DRAFT if DRAFT in drafts else next(iter(drafts), "")
    if not name or (len(drafts) > 1 and name != DRAFT):
        raise InputError("Which draft?" if drafts else "There is no draft in report/ yet.", where="report/",
                         fix=f"Name one: {_drafts(taken)}" if drafts else "Write report/briefing.md.")
    return name, drafts[name]


def _shown(path: Path, case: Path) -> str:
    try:
        return path.resolve().relative_to(case.resolve()).as_posix()
    except ValueError:
        return path.name


def _drafts(taken: Taken) -> str:
    return ", ".join(taken.folder.drafts) or "none"


def desk_for(taken: Taken, file: str, draft: Draft) -> Desk:
    """The rules' desk, with the texts and digests of what is held."""
    root = taken.folder.records
    return desk(taken.case, file, draft.front, held_text=lambda exhibit: _held_text(taken, exhibit),
                altered=altered(root, taken.case) if taken.head else (), withdrawn=taken.withdrawn)


def altered(root: Path, case: Case) -> frozenset[str]:
    """Exhibits whose bytes no longer have their digest, or are missing (R23)."""
    found: set[str] = set()
    with Notebook.open(root, write=False) as notebook:
        for exhibit in case.exhibits.values():
            try:
                notebook.read_object(exhibit.sha256)
            except SealError:
                found.add(exhibit.id)
    return frozenset(found)


def _held_text(taken: Taken, exhibit: str) -> str | None:
    one = taken.case.exhibits.get(exhibit)
    if one is None or not one.media.startswith(TEXT_TYPES):
        return None
    if exhibit in taken.waiting:
        return taken.waiting[exhibit].read_text(encoding="utf-8", errors="replace")
    with Notebook.open(taken.folder.records, write=False) as notebook:
        try:
            return notebook.read_object(one.sha256).decode("utf-8", "replace")
        except SealError:
            return None


def check(taken: Taken, file: str = "") -> tuple[str, list[Fault]]:
    """Every refusal of one draft."""
    name, text = draft_of(taken, file)
    draft = read_draft(text, name)
    return name, check_draft(draft, desk_for(taken, name, draft))


def preview(taken: Taken, file: str = "") -> tuple[Report, str, Desk]:
    """Compile a draft as a draft, with its faults. Returns the report, the draft's text, and the desk."""
    name, text = draft_of(taken, file)
    draft = read_draft(text, name)
    on = desk_for(taken, name, draft)
    return compile_report(draft, on, seal=seal_of(taken)), text, on


def seal_of(taken: Taken) -> Seal:
    if taken.head is None:
        return Seal()
    h = taken.head
    found = Seal(h.origin, h.size, h.root, h.unsealed, h.key, h.demo)
    return replace(found, latest=h.latest) if h.latest else found


def write_preview(report: Report, on: Desk, out: Path, *, pdf: bool = False) -> list[Path]:
    """Write a preview: index.html, data/, and the PDF where asked for."""
    from bearwitness.tell import html
    files: dict[str, bytes] = {"index.html": html.render(report).encode()}
    files |= _data(report, on)
    if pdf:
        files["briefing.pdf"] = _pdf(report, None)
    return _write(out, files)


def _pdf(report: Report, day: date | None) -> bytes:
    from bearwitness.tell import pdf
    made: bytes = pdf.render(report, date=day)
    return made


def _data(report: Report, on: Desk) -> dict[str, bytes]:
    from bearwitness.tell import data
    made: dict[str, bytes] = data.files(report, extra(on))
    return made


def _write(out: Path, files: Mapping[str, bytes]) -> list[Path]:
    written = []
    for name, content in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        written.append(path)
    return written


def extra(on: Desk) -> dict[str, Any]:
    """What the data files hold beside the report: tallies, records, claims, strikes."""
    case = on.case
    tallies = []
    for scope in (*case.incidents, *case.config.sets):
        for category in ("", "civilians"):
            tallies.append(as_data(on.tally("killed", category, scope)))
    for scope in case.config.sets:
        tallies.append(as_data(on.tally("killed", "", scope, "lead")))
    cards = [card(on, claim) for claim in case.claims.values()]
    return {
        "tallies": tallies,
        "records": [_record(case, ref) for ref in sorted(case.stated)],
        "claims": [{"claim": c.ref, "part": p.ref, "speaker": c.speaker, "date": c.date, "text": p.text,
                    "verdict": p.verdict, "level": p.level, "origins": p.origins_words, "reason": p.reason}
                   for c in cards for p in c.parts],
        "strikes": [{"ref": s.ref, "label": s.label, "label_local": s.label_local, "lat": s.lat, "lon": s.lon,
                     "level": s.level, "radius_m": s.within_m, "when": say_when(case.incidents[s.ref].when)}
                    for s in strikes(case, case.incidents.values())]}


def _record(case: Case, ref: str) -> dict[str, Any]:
    """A record as it may be read by anybody: a protected source under the words it may be shown as."""
    stated = case.stated[ref]
    body = {k: v for k, v in stated.body.items() if k not in ("file", "line")}
    if stated.kind == "source.stated" and case.sources[ref].shown_as:
        body = {"id": ref, "name": case.sources[ref].shown_as, "kind": case.sources[ref].kind}
    if ref in case.notes:
        body = {"id": ref, "what": "interview note", "by": case.notes[ref].by}
    return {"id": ref, "kind": stated.kind, "file": stated.file, "line": stated.line, "leaf": stated.leaf,
            "says": json.dumps(body, ensure_ascii=False, sort_keys=True)}


def publish(taken: Taken, case_dir: Path, *, file: str = "", day: date, actor: str = "") -> Published:
    """Write and seal a release. Raises GroundsError, and writes nothing, where anything is refused."""
    from bearwitness.tell import html
    if taken.head is None:
        raise InputError("Nothing is sealed yet, so nothing can be published.", where=str(case_dir),
                         fix="Run: bearwitness init .")
    name, text = draft_of(taken, file)
    draft = read_draft(text, name)
    on = desk_for(taken, name, draft)
    number = next_release(case_dir)
    report = compile_report(draft, on, seal=seal_of(taken), state="release", release=number, date=say_date(day))
    refuse(report, taken, case_dir)
    files = {"index.html": html.render(report).encode(), "briefing.pdf": _pdf(report, day)} | _data(report, on)
    folder = case_dir / "out" / f"release-{number}"
    fresh = folder.with_name(f".release-{number}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    _write(fresh, files)
    with Notebook.open(case_dir, write=True, actor=actor) as notebook:
        draft_digest = notebook.put_bytes(text.encode())
        used = frozenset().union(*(n.depends for n in report.notes)) if report.notes else frozenset()
        leaves = [s.leaf for ref, s in taken.case.stated.items() if s.leaf and ref in used]
        sealed = seal_release(fresh, notebook, leaves=leaves, disclose=_disclosed(taken.case, used),
                              about={"id": f"release-{number}", "title": report.title, "date": day.isoformat(),
                                     "draft": {"name": name, "sha256": draft_digest}, "rests_on": sorted(used)})
        fresh.rename(folder)
    return Published(folder, number, report, sealed.files)


def refuse(report: Report, taken: Taken, case_dir: Path) -> None:
    """Raise GroundsError where a release is refused."""
    blockers = [f for f in report.faults if f.weight != "warning"]
    if not blockers:
        return
    first = blockers[0]
    using = _releases_with(case_dir, {note for note, _ in taken.withdrawn})
    also = f" Releases that use a withdrawn note: {', '.join(using)}." if using else ""
    raise GroundsError(f"Not ready: {len(blockers)} thing{'s' if len(blockers) > 1 else ''} stop"
                       f"{'s' if len(blockers) == 1 else ''} publication; the first is {first.code}, {first.reason}." + also,
                       where=f"{first.file}:{first.line}", code=first.code,
                       fix=first.can_say or first.mend or "Run bearwitness check to see each.")


def _releases_with(case_dir: Path, notes: Collection[str]) -> list[str]:
    found = []
    for path in sorted((case_dir / "out").glob("release-*/data/propositions.json")):
        text = path.read_text(encoding="utf-8")
        if any(f'"{note}"' in text for note in notes):
            found.append(path.parent.parent.name)
    return found


def next_release(case_dir: Path) -> int:
    numbers = [int(p.name.removeprefix("release-")) for p in (case_dir / "out").glob("release-*")
               if p.name.removeprefix("release-").isdigit()]
    return max(numbers, default=0) + 1


def _disclosed(case: Case, used: Collection[str]) -> list[str]:
    """Entries that anybody may read in full: of what is cited, nothing about a protected source or a note."""
    return [s.leaf for ref, s in case.stated.items() if s.leaf and ref in used and ref not in case.notes
            and not (ref in case.sources and case.sources[ref].shown_as)]




