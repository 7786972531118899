"""Whatever is wrong in a case, a person is told where, what and how to mend it, and nothing changes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from tests.intake.small_case import FILES, write_case
from tests.stories.broken_base import Broken, replaced, with_cells
from tests.stories.broken_cases import all_broken

from bearwitness.errors import InputError, ProtectionError
from bearwitness.intake.folder import BadFolder, load

BROKEN = all_broken()


def tree(folder: Path) -> dict[str, str]:
    """Digest of every file, by name, with the time it was last written."""
    return {
        str(path.relative_to(folder)): f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.stat().st_mtime_ns}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def fault_of(folder: Path) -> BadFolder:
    before = tree(folder)
    with pytest.raises(BadFolder) as caught:
        load(folder)
    assert tree(folder) == before, "reading changed the case"
    return caught.value


def test_the_case_that_is_broken_below_is_sound(tmp_path: Path) -> None:
    case, folder = load(write_case(tmp_path / "case"))
    assert len(case.stated) == sum(folder.counts.values()) == 21
    assert folder.questions == []


def test_there_are_two_hundred_broken_variants_and_each_breaks_something() -> None:
    assert len(BROKEN) >= 200
    sound = {name: text.encode() for name, text in FILES.items()}
    for one in BROKEN:
        changed = {name: text.encode() if isinstance(text, str) else text for name, text in one.changes.items()}
        assert any(sound.get(name) != text for name, text in changed.items()), one.name


def check(one: Broken, folder: Path) -> str:
    """What is wrong with the error that this variant gives; empty when it is one that a person can use."""
    error = fault_of(write_case(folder, one.changes))
    first = error.problems[0]
    place = f"{one.file}:{one.line}" if one.line else one.file
    if not isinstance(error, InputError) or error.exit_status != 1:
        return "is no InputError"
    inside = f"{place}," if one.line else place
    if first.where != place and not first.where.startswith(inside):
        return f"says {first.where!r}, not {place!r}"
    if any(not problem.message or not problem.fix or not problem.where for problem in error.problems):
        return "has a problem without words, place or mend"
    if one.file and any(not problem.where.startswith(one.file) for problem in error.problems):
        return f"blames other files too: {[problem.where for problem in error.problems]}"
    if error.where != first.where or not error.message.startswith(first.message):
        return "does not lead with its first problem"
    return ""


def test_each_broken_variant_gives_one_error_with_file_line_and_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong, alone = [], 0
    for number, one in enumerate(BROKEN):
        folder = tmp_path / str(number)
        try:
            said = check(one, folder)
        except pytest.fail.Exception:
            said = "was accepted"
        if said:
            wrong.append(f"{one.file}: {one.name}: {said}")
        else:
            alone += len(fault_of(folder).problems) == 1
    with capsys.disabled():
        print(
            f"\nbad input: {len(BROKEN)} broken variants, {len(BROKEN) - len(wrong)} found at the "
            f"right place ({(len(BROKEN) - len(wrong)) / len(BROKEN):.1%}), {alone} of them as a single problem"
        )
    assert not wrong, "\n".join(wrong)


HOSTILE = {
    "html": '<script>alert(1)</script><img src=x onerror="alert(2)">',
    "html attribute": "\"' onmouseover=alert(1) x='",
    "entity": "&lt;b&gt; &amp; &#x41;",
    "formula": '=HYPERLINK("http://example.invalid","click")',
    "formula at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula plus": "+1+1",
    "formula minus": "-1+1",
    "formula full width": "＝1+1",
    "typst": '#import "/etc/passwd": * #eval("1") $x$ *bold* @ref <label> `raw` \\u{41}',
    "terminal colour": "\x1b[31mred\x1b[0m\x1b[2J",
    "terminal title": "\x1b]0;owned\x07\x1b]8;;http://example.invalid\x1b\\",
    "terminal c1": "\u009b31m \u0085 \u0090",
    "direction": "\u202egnp.exe\u202c \u2066x\u2069",
    "markdown": "[x](javascript:alert(1)) ![y](http://example.invalid/p.png) **b**",
    "mark": "[@a1] {killed north} [=photo-older] [~opinion]",
    "sql": "'; DROP TABLE case; --",
    "format": "%s%n {0.__class__} ${jndi:ldap://example.invalid}",
    "lines": 'one\ntwo,three;four\n\n"five"',
    "zero width": "a\u200bb\u200dc\ufeffd",
    "path": "../../../../etc/passwd",
    "long": "x" * 20000,
    "combining": "Z̷̢̛a̵l̶g̸o" + "\u0301" * 200,
    "comment later": "a # not a comment",
}
PLACES = (
    ("sources.csv", 3, "name"),
    ("sources.csv", 3, "note"),
    ("documents.csv", 2, "what"),
    ("documents.csv", 2, "where"),
    ("incidents.csv", 2, "name"),
    ("tolls.csv", 2, "words"),
    ("assertions.csv", 3, "says"),
    ("searches.csv", 2, "result"),
    ("replies.csv", 2, "words"),
    ("assertions.csv", 3, "an unknown column"),
)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_kept_letter_by_letter(name: str, tmp_path: Path) -> None:
    text = HOSTILE[name]
    for number, (file, line, column) in enumerate(PLACES):
        folder = write_case(tmp_path / str(number), {file: with_cells(file, line, **{column: text})})
        _, read = load(folder)
        body = next(one.body for one in read.stated if (one.file, one.line) == (file, line))
        kept = dict(map(tuple, body["extra"]))[column] if column == "an unknown column" else body[column]
        assert kept == text


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in ("lines", "mark")])
def test_hostile_text_in_a_note_a_claim_and_a_finding_is_kept(name: str, tmp_path: Path) -> None:
    text = HOSTILE[name]
    _, read = load(
        write_case(
            tmp_path / "case",
            {
                "notes/INT-001.md": replaced("notes/INT-001.md", "I was in the market.", f"x {text}"),
                "claims/min-photo.md": replaced("claims/min-photo.md", "> Больница цела.", f"> x {text}"),
                "findings/photo-older.md": replaced("findings/photo-older.md", "The picture was", f"x {text} was"),
                "report/briefing.md": FILES["report/briefing.md"] + text + "\n",
            },
        )
    )
    bodies = {one.id: one.body for one in read.stated}
    assert bodies["INT-001"]["paragraphs"][0] == f"x {text}"
    assert bodies["min-photo"]["exact_words"] == f"x {text}"
    assert bodies["photo-older"]["text"].startswith(f"x {text} was")
    assert read.drafts["report/briefing.md"].endswith(text + "\n")


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_said_about_hostile_text_can_be_printed_anywhere(name: str, tmp_path: Path) -> None:
    places = (
        ("tolls.csv", 2, "killed"),
        ("incidents.csv", 2, "when"),
        ("incidents.csv", 2, "lat"),
        ("assertions.csv", 3, "how"),
        ("assertions.csv", 3, "by"),
        ("searches.csv", 2, "id"),
        ("sources.csv", 3, "relies_on"),
        ("documents.csv", 3, "held"),
        ("incidents.csv", 2, "level"),
    )
    for number, (file, line, column) in enumerate(places):
        if column == "id" and HOSTILE[name].startswith("#"):
            continue  # that is a comment
        cells = {column: HOSTILE[name], HOSTILE[name]: "x"}
        error = fault_of(write_case(tmp_path / str(number), {file: with_cells(file, line, **cells)}))
        for problem in error.problems:
            assert "".join((problem.where, problem.message, problem.fix)).isprintable()


SECRET = "Zahra-of-the-bakery"
PROTECTED = {
    "a source row": {"sources.csv": with_cells("sources.csv", 6, protect="yes", name=SECRET)},
    "a source row, written otherwise": {"sources.csv": with_cells("sources.csv", 6, Protected="Y", name=SECRET)},
    "a source row beside another fault": {
        "sources.csv": with_cells("sources.csv", 6, protect="yes", name=SECRET),
        "tolls.csv": "broken",
        "case.toml": "broken =",
    },
    "a word in a note": {"notes/INT-001.md": replaced("notes/INT-001.md", "I was", "{{" + SECRET + "}} was")},
    "a word in a note, never closed": {"notes/INT-001.md": replaced("notes/INT-001.md", "I was", "{{" + SECRET)},
    "a note's front matter": {
        "notes/INT-001.md": replaced("notes/INT-001.md", "by: w1", "by: w1\nidentity: protected"),
        f"notes/{SECRET}.md": "---\nidentity: protected\n---\n1. x\n",
    },
    "a note that is broken besides": {f"notes/{SECRET}.md": f"---\nIdentity:  Protected\nname: {SECRET}\n"},
    "a word in a draft": {"report/briefing.md": FILES["report/briefing.md"] + "{{" + SECRET + "}}\n"},
    "a word in a table": {"tolls.csv": with_cells("tolls.csv", 2, words="{{" + SECRET + "}} said so")},
}


@pytest.mark.parametrize("name", PROTECTED)
def test_what_is_marked_protected_stops_everything_and_its_words_appear_nowhere(name: str, tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", PROTECTED[name])
    before = tree(folder)
    with pytest.raises(ProtectionError) as caught:
        load(folder)
    assert tree(folder) == before
    assert caught.value.exit_status == 5
    said = f"{caught.value} {caught.value.as_dict()} {caught.value.__cause__} {caught.value.__context__}"
    assert SECRET not in said and "INT-001" not in said


def test_a_source_that_is_marked_as_not_protected_is_read(tmp_path: Path) -> None:
    load(write_case(tmp_path / "case", {"sources.csv": with_cells("sources.csv", 6, protect="no")}))
