"""Files with a fault between them or in their text: ids, circles, encodings, case.toml, Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from tests.intake.small_case import FILES
from tests.stories.broken_base import Broken, as_csv, line_of, replaced, table, with_cells


def unknown_ids() -> Iterator[Broken]:
    for file, line, column in (
        ("tolls.csv", 3, "incident"),
        ("tolls.csv", 3, "by"),
        ("tolls.csv", 3, "in"),
        ("assertions.csv", 3, "incident"),
        ("assertions.csv", 3, "by"),
        ("assertions.csv", 3, "in"),
        ("documents.csv", 3, "copies"),
        ("documents.csv", 3, "held"),
        ("sources.csv", 5, "relies_on"),
        ("replies.csv", 2, "claim"),
        ("incidents.csv", 3, "lead"),
    ):
        yield Broken(f"{column} names nothing", {file: with_cells(file, line, **{column: "nobody"})}, file, line)
    claim, finding, note = "claims/min-photo.md", "findings/photo-older.md", "notes/INT-001.md"
    for file, old, new in (
        (claim, "by: min", "by: nobody"),
        (claim, "in: brief", "in: nothing"),
        (claim, "about: north", "about: nowhere"),
        (claim, "for: [@a3]", "for: [@a99]"),
        (claim, "against: [@a2]", "against: [@a2; @zz]"),
        (claim, "struck: [@a3]", "struck: [@q]"),
        (finding, "for: [@a2; @INT-001 p2]", "for: [@a2; @INT-001 p3]"),
        (finding, "@INT-001 p2", "@INT-002 p2"),
        (finding, "brief, news", "brief, nowhere"),
        (finding, "about: north", "about: nowhere"),
        (finding, "[@a3; @a4]", "[@a3; @a44]"),
        (note, "by: w1", "by: w9"),
    ):
        text = replaced(file, old, new)
        yield Broken(f"{old} -> {new}", {file: text}, file, line_of(file, new, text))


def circles() -> Iterator[Broken]:
    own = {file: table(file) for file in ("sources.csv", "documents.csv")}
    yield Broken(
        "a source relies on itself",
        {"sources.csv": with_cells("sources.csv", 3, relies_on="mon")},
        "sources.csv",
        3,
    )
    yield Broken(
        "two sources rely on each other",
        {"sources.csv": with_cells("sources.csv", 3, relies_on="agency")},
        "sources.csv",
        3,
    )
    rows = own["sources.csv"]
    rows[2][4], rows[3][4], rows[4][4] = "min", "agency", "mon"
    yield Broken("three sources in a circle", {"sources.csv": as_csv(rows)}, "sources.csv", 3)
    yield Broken(
        "a document copies itself",
        {"documents.csv": with_cells("documents.csv", 2, copies="report")},
        "documents.csv",
        2,
    )
    yield Broken(
        "documents copy each other",
        {"documents.csv": with_cells("documents.csv", 2, copies="news")},
        "documents.csv",
        2,
    )


def encodings() -> Iterator[Broken]:
    french = replaced("sources.csv", "The Monitor", "Médecins de l'été")
    for file, text, encoding in (
        ("sources.csv", french, "cp1252"),
        ("sources.csv", french, "latin-1"),
        ("sources.csv", french.replace("المرصد", "").replace("Министерство", ""), "cp1252"),
    ):
        yield Broken(f"{encoding} letters", {file: text.encode(encoding, "ignore")}, file, 3)
    russian = "id,name,kind\nmin,Министерство обороны Российской Федерации,party\n"
    for encoding in ("koi8-r", "cp866", "iso8859-5", "shift_jis"):
        text = russian if encoding != "shift_jis" else "id,name,kind\nx,日本語のテキストです,party\n"
        yield Broken(f"{encoding}", {"sources.csv": text.encode(encoding)}, "sources.csv", 2)
    for file in ("tolls.csv", "case.toml", "claims/min-photo.md", "report/briefing.md"):
        plain = FILES[file].encode()
        yield Broken("a NUL byte", {file: plain.replace(b"\n", b"\n\x00", 1)}, file, 2)
        yield Broken("UTF-16 without its mark", {file: FILES[file].encode("utf-16-le")}, file)
        yield Broken("UTF-32", {file: FILES[file].encode("utf-32")}, file)
        yield Broken("broken UTF-8", {file: plain.replace(b"\n", "\nسرمين".encode()[:-1] + b"\n", 1)}, file, 2)
        yield Broken("a lone surrogate", {file: plain.replace(b"\n", b"\n\xed\xa0\x80", 1)}, file, 2)
        yield Broken("an overlong byte pair", {file: plain.replace(b"\n", b"\n\xc0\xaf", 1)}, file, 2)
    for file in ("case.toml", "claims/min-photo.md", "report/briefing.md"):
        yield Broken("UTF-16", {file: FILES[file].encode("utf-16")}, file)
    yield Broken("broken UTF-16", {"tolls.csv": FILES["tolls.csv"].encode("utf-16")[:-1]}, "tolls.csv")


def configs() -> Iterator[Broken]:
    file = "case.toml"
    for name, old, new in (
        ("unknown zone", "Asia/Damascus", "Asia/Damaskus"),
        ("no title", 'title = "A made-up strike"\n', ""),
        ("no zone", 'zone = "Asia/Damascus"\n', ""),
        ("a set called all", "both =", "all ="),
        ("a set that is no list", '["north", "south"]', '"north"'),
        ("a set of numbers", '"south"]', "3]"),
        ("a member twice", '"south"]', '"north"]'),
        ("a member that is nothing", '"south"]', '"west"]'),
        ("a set named as an incident", "both =", "north ="),
        ("no closing quote", '"A made-up strike"', '"A made'),
        ("a key twice", "\n\n[people]", '\nzone = "UTC"\n\n[people]'),
        ("not TOML", "about", "about about"),
        ("a width that is none", "30 min", "half an hour"),
        ("a table where a text is due", "[sets]", "[title.x]"),
        ("people that are no texts", '"a researcher"', "[1]"),
        ("a zone that leads out", "Asia/Damascus", "../UTC"),
        ("an empty zone", "Asia/Damascus", ""),
        ("a publisher that is no source", "about =", 'publisher = "nobody"\nabout ='),
    ):
        yield Broken(name, {file: replaced(file, old, new)}, file)
    yield Broken("no case.toml", {file: None}, "")
    yield Broken("uses nothing", {file: FILES[file].replace("title", 'uses = "../nowhere"\ntitle', 1)}, file, 1)
    yield Broken("uses itself", {file: FILES[file].replace("title", 'uses = "."\ntitle', 1)}, file, 1)


def pages() -> Iterator[Broken]:
    claim, finding, note = "claims/min-photo.md", "findings/photo-older.md", "notes/INT-001.md"
    for file in (claim, finding, note):
        yield Broken("no front matter", {file: FILES[file].replace("---\n", "", 1)}, file, 1)
        yield Broken("front matter never closed", {file: FILES[file].replace("\n---\n", "\n", 1)}, file, 1)
        yield Broken("a key twice", {file: FILES[file].replace("---\n", "---\nby: mon\n", 1)}, file)
        yield Broken("a line that is no key", {file: FILES[file].replace("---\n", "---\njust words\n", 1)}, file, 2)
        yield Broken("an indent before any key", {file: FILES[file].replace("---\n", "---\n  x: y\n", 1)}, file, 2)
        yield Broken("empty", {file: ""}, file, 1)
    yield Broken("no parts", {claim: FILES[claim].split("## a")[0]}, claim)
    for file, old, new in (
        (claim, "kind: identity", "kind: truth"),
        (claim, "kind: identity\n", ""),
        (claim, "date: 2015-11-02..04\n", ""),
        (claim, "test: image-before-event", "test: gut-feeling"),
        (claim, "for: [@a3]", "verdict: true"),
        (claim, "## b ", "## a "),
        (claim, "## b  ", "## "),
        (claim, "against: [@a2]", "agianst: [@a2]"),
        (claim, "against: [@a2]", "- against: [@a2]"),
        (claim, "against: [@a2]", "against: a2"),
        (claim, "against: [@a2]", "against: [@]"),
        (claim, "against: [@a2]", "against: [@a2] surely"),
        (claim, "kind: identity", "kind: identity\nkind: time"),
        (claim, "## b", "### b"),
        (claim, "by: min", "by: min\nid: other"),
        (claim, "2015-11-02..04\n", "2015-11-31\n"),
        (claim, "# The clinic stands undamaged on a picture of 31 October\n", ""),
        (finding, "hold: 1 because one reader only", "hold: 1"),
        (finding, "hold: 1 ", "hold: 9 "),
        (finding, "hold: 1 ", "hold: low "),
        (finding, "by: researcher-1\n", ""),
        (finding, "about: north\n", ""),
        (finding, "; open", ""),
        (finding, "; open", "; perhaps"),
        (finding, "[@a3; @a4]", "my experience"),
        (finding, "none found; looked in: brief, news", "none found"),
        (finding, "none found; looked in: brief, news", "nothing convincing"),
        (finding, "against: none", "- against: none"),
        (finding, "rival: taken", "rivals: taken"),
        (finding, "for: [@a2; @INT-001 p2]", "for: my notes"),
        (finding, "The picture was taken before the strike of 20 October 2015.\n", ""),
        (note, "id: INT-001\n", ""),
        (note, "id: INT-001", "id: INT 001"),
        (note, "id: INT-001", "id: t1"),
        (note, "by: w1\n", ""),
        (note, "date: 2015-12-02\n", ""),
        (note, "date: 2015-12-02", "date: 02/12/2015"),
        (note, "internal: yes, 2015-12-02", "internet: yes, 2015-12-02"),
        (note, "court: no", "court: perhaps"),
        (note, "internal: yes, 2015-12-02", "internal: yes"),
        (note, "court: no", "internal: no"),
        (note, "internal: yes, 2015-12-02", "internal: yes, 2015-12-32"),
        (note, "court: no", "court no"),
        (note, "2. There", "3. There"),
        (note, "1. I was in the market.\n\n2. ", ""),
        (note, "1. I", "2. I"),
    ):
        text = replaced(file, old, new)
        line = text[: FILES[file].index(old) + len(new.rstrip())].count("\n") + 1 if new else 0
        yield Broken(f"{old.strip()!r} -> {new.strip()!r}", {file: text}, file, line)
