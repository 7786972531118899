"""Evidence that never arrived whole is said to be so: to the author, and to the reader of what was written with it."""
from __future__ import annotations

import csv
import json

DRAFT = """---
lang: en
---
## Strike {#jisr}

The Syrian Archive says that its collection holds documentation of 1418 attacks [@x-sa].
"""


def rest_on(folder, document: str, exhibit: str) -> None:
    """The row of a document says which sealed file holds it."""
    path = folder / "documents.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, rows[0].keys())
        out.writeheader()
        out.writerows({**row, "held": exhibit} if row["id"] == document else row for row in rows)


def test_what_rests_on_a_download_that_did_not_end_says_so(bearwitness, case, tmp_path) -> None:
    folder, told = case("syria-2015"), {}
    assert bearwitness("init", folder).returncode == 0
    assert bearwitness("add", folder / "inbox", "--from", "the example", "--case", folder).returncode == 0
    (folder / "report" / "story.md").write_text(DRAFT, "utf-8")
    for name, text in (("whole.html", "a whole page"), ("page.html.crdownload", "the first half of a page")):
        (tmp_path / name).write_text(text)
        done = bearwitness("add", tmp_path / name, "--from", "made up", "--case", folder, "--json")
        exhibit = json.loads(done.stdout)["data"]["exhibits"][0]["id"]
        rest_on(folder, "d-sa-about", exhibit)
        done = bearwitness("check", folder / "report" / "story.md", "--json")
        assert done.stdout, done.stderr
        told[name] = [f for f in json.loads(done.stdout)["data"]["faults"] if exhibit in f["reason"]]
        assert done.returncode == 0, "a file that is not whole may be cited: people must know it, that is all"
    assert told["whole.html"] == []
    assert [(f["code"], f["weight"], f["line"]) for f in told["page.html.crdownload"]] == [("R23", "warning", 6)]
    said = bearwitness("check", folder / "report" / "story.md").stdout
    assert "warning" in said and "did not end" in said and "nothing is refused" in said
    assert bearwitness("report", folder / "report" / "story.md", "--case", folder).returncode == 0
    page = (folder / "out" / "preview" / "index.html").read_text("utf-8")
    assert "not the whole file" in page and "did not end" in page
