"""A bundle on the other side's table: checked by the shell, by one Python file, and by us; nothing protected is in it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bearwitness.cli.main import main
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.verify_bundle import verify_bundle

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "hand-over-a-bundle.md"
CANARIES = ("Zebulon Canaryson", "Philomena")
ACCOUNT = """---
id: INT-001
by: w1
identity:
  name: Zebulon Canaryson
date: 2015-12-01
how: phone
consent:
  internal: yes, 2015-12-01
---
1. I was with {{Philomena}} when it fell.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up case with an exhibit, a protected account, a second person's key, and a bundle."""
    place = tmp_path_factory.mktemp("bundle")
    patch = pytest.MonkeyPatch()
    patch.setenv("BEARWITNESS_HOME", str(place / "home"))
    patch.chdir(place)
    try:
        case = place / "case"
        assert main(["init", "case"]) == 0
        for role in ("custodian-1", "custodian-2"):
            assert main(["key", "add", "--custodian", "--role", role, "--case", str(case)]) == 0
        assert main(["key", "add", "--person", "--role", "reviewer-1", "--case", str(case)]) == 0
        (case / "sources.csv").write_text("id,name,kind,protect,shown_as\nw1,a shopkeeper,witness,yes,a shopkeeper\n")
        (place / "account.md").write_text(ACCOUNT)
        assert main(["interview", "add", str(place / "account.md"), "--case", str(case)]) == 0
        (place / "scene.txt").write_text("a made-up scene\n")
        assert main(["add", str(place / "scene.txt"), "--from", "made up", "--case", str(case)]) == 0
        assert main(["pack", "--case", str(case)]) == 0
        yield case                                                              # type: ignore[misc]
    finally:
        patch.undo()


@pytest.fixture(autouse=True)
def home(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEARWITNESS_HOME", str(made.parent / "home"))


@pytest.fixture
def bundle(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made / "out" / "bundle-1", tmp_path / "bundle")
    return tmp_path / "bundle"


def test_nothing_protected_is_in_it_in_any_spelling(bundle: Path) -> None:
    spelled = [form for name in CANARIES for word in (name, *name.split()) for form in
               (word.encode(), word.lower().encode(), word.encode("utf-16-le"))]
    for path in bundle.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not [form for form in spelled if form in data], path
    withheld = json.loads((bundle / "DISCLOSURE.json").read_text())["withheld"]
    assert withheld and all(row["reason"] for row in withheld)


@pytest.mark.skipif(not shutil.which("openssl") or not shutil.which("sha256sum"), reason="needs coreutils and openssl")
def test_the_shell_lines_of_its_page_check_it(bundle: Path) -> None:
    text = (bundle / "VERIFY.txt").read_text()
    lines = [line.strip() for line in text.splitlines() if re.match(r" {8}(sha256sum|for f|head -n|tail -n|openssl)", line)]
    assert len(lines) == 5
    done = subprocess.run(["bash", "-c", "\n".join(lines)], cwd=bundle, capture_output=True, text=True)
    assert "GOOD" in done.stdout and "Verified Successfully" in done.stdout and "CHANGED" not in done.stdout, done
    kept = next((bundle / "data" / "objects").rglob("??????*"))
    kept.chmod(0o644)
    kept.write_bytes(kept.read_bytes() + b"x")
    again = subprocess.run(["bash", "-c", "\n".join(lines)], cwd=bundle, capture_output=True, text=True)
    assert "GOOD" not in again.stdout and "CHANGED" in again.stdout


def test_one_python_file_checks_it_alone(bundle: Path) -> None:
    done = subprocess.run([sys.executable, "-I", "verify.py", "."], cwd=bundle, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    proofs = bundle / "data" / "claims.jsonl"
    proofs.write_bytes(proofs.read_bytes() + b"x")
    again = subprocess.run([sys.executable, "-I", "verify.py", "."], cwd=bundle, capture_output=True, text=True)
    assert again.returncode == 4 and "claims.jsonl" in again.stdout


def test_every_file_of_it_is_covered(bundle: Path) -> None:
    assert verify_bundle(bundle)
    for path in sorted(path for path in bundle.rglob("*") if path.is_file()):
        data = path.read_bytes()
        path.chmod(0o644)
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]) if data else b"x")
        report = verify_bundle(bundle)
        path.write_bytes(data)
        assert not report, path
        assert any(path.name in fault.file or path.name in fault.what for fault in report.faults), (path, report.reasons)


def test_a_handing_over_needs_a_second_person_and_is_on_record(made: Path, tmp_path: Path) -> None:
    assert main(["pack", "--to", "a registry", "--out", str(tmp_path / "b"), "--case", str(made)]) == 1
    assert not (tmp_path / "b").exists(), "what was not signed is not handed over"
    assert main(["pack", "--to", "a registry", "--second", "reviewer-1", "--out", str(tmp_path / "b.bwpack"),
                 "--case", str(made)]) == 0
    assert verify_bundle(tmp_path / "b.bwpack")
    with Notebook.open(made, write=False) as notebook:
        exported = [e for e in notebook.history() if e.kind == "exhibit.exported"]
    assert [e.body["to"] for e in exported] == ["a registry"] and len(exported[0].body["signatures"]) == 2


def test_it_is_encrypted_for_those_named_only(made: Path, tmp_path: Path) -> None:
    import pyrage
    key = pyrage.x25519.Identity.generate()
    assert main(["pack", "--recipient", str(key.to_public()), "--out", str(tmp_path / "b"), "--case", str(made)]) == 0
    data = (tmp_path / "b.bwpack").read_bytes()
    assert b"BEARWITNESS" not in data
    (tmp_path / "open.bwpack").write_bytes(pyrage.decrypt(data, [key]))
    assert verify_bundle(tmp_path / "open.bwpack")


def test_leaving_something_out_needs_a_reason_and_the_page_says_how(made: Path, tmp_path: Path) -> None:
    assert main(["pack", "--without", "D001", "--out", str(tmp_path / "a"), "--case", str(made)]) == 1
    asked = ["pack", "--without", "D001=at the family's request", "--out", str(tmp_path / "b"), "--case", str(made)]
    assert main(asked) == 0
    rows = json.loads((tmp_path / "b" / "DISCLOSURE.json").read_text())["withheld"]
    assert "at the family's request" in {row["reason"] for row in rows}
    assert not list((tmp_path / "b" / "data" / "objects").rglob("??????*")), "its bytes are left out with it"
    assert verify_bundle(tmp_path / "b")
    page = PAGE.read_text()
    assert "--without" in page and "--second" in page and "--recipient" in page
