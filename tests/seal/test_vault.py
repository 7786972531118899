"""The vault: who may open, what a thief of the folder has, and what is left when somebody is forgotten. All made up."""

from __future__ import annotations

import base64
import hashlib
import hmac
import random
import shutil
import unicodedata
from pathlib import Path

import pytest

from bearwitness.cli.main import main
from bearwitness.errors import InputError, ProtectionError, VaultLocked
from bearwitness.intake import testimony
from bearwitness.seal import custodians, erasing, inbox, interviews
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.vault import Vault, commitment, pack, padded, unpack
from bearwitness.seal.verify import verify_case

NAME, WORD = "Zebulon Canaryson", "Philoména"
ACCOUNT = f"""---
id: INT-001
by: w1
identity:
  name: {NAME}
  phone: +999 555 0142
date: 2015-12-01
how: phone
consent:
  internal: yes, 2015-12-01
---
1. I stood beside {{{{{WORD}}}}} when it fell.
2. {{{{{WORD}}}}} ran.
"""


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BEARWITNESS_HOME", str(tmp_path / "home"))
    folder = tmp_path / "case"
    assert main(["init", str(folder)]) == 0
    for role in ("custodian-1", "custodian-2"):
        assert main(["key", "add", "--custodian", "--role", role, "--case", str(folder)]) == 0
    assert main(["key", "add", "--person", "--role", "reviewer-1", "--case", str(folder)]) == 0
    rows = "id,name,kind,protect,shown_as\nw1,a shopkeeper,witness,yes,a shopkeeper\nw2,a driver,witness,yes,a driver\n"
    (folder / "sources.csv").write_text(rows)
    (tmp_path / "account.md").write_text(ACCOUNT)
    interviews.add(folder, tmp_path / "account.md")
    (tmp_path / "voice").write_bytes(b"made-up voice " * 300)
    interviews.seal(folder, "w2", [tmp_path / "voice"], "voice")
    return folder


def spellings(word: str) -> list[bytes]:
    forms = {
        word,
        word.lower(),
        word.upper(),
        unicodedata.normalize("NFC", word),
        unicodedata.normalize("NFD", word),
        "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)),
    }
    raw = [form.encode() for form in forms] + [form.encode("utf-16-le") for form in forms]
    return raw + [base64.b64encode(form.encode())[2:-4] for form in forms if len(form) > 8]


def hits(folder: Path, words: list[str]) -> list[Path]:
    wanted = [form for word in words for form in spellings(word)]
    return [path for path in folder.rglob("*") if path.is_file() and any(form in path.read_bytes() for form in wanted)]


def test_no_byte_of_an_identity_is_in_the_case_in_any_spelling(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["status"], ["log"], ["interview"], ["doctor"], ["pack"], ["interview", "open", "w1", "--because", "why"]):
        main([*words, "--case", str(case)])
    told = capsys.readouterr()
    assert not hits(case, [NAME, "Canaryson", WORD, "5550142", "555 0142"])
    assert not [word for word in (NAME, "Canaryson", WORD) if word in told.out + told.err]
    assert "[withheld 1] when it fell" in (case / "notes" / "INT-001.md").read_text()
    assert verify_case(case)


def test_nothing_is_kept_of_an_account_the_case_could_not_hold(case: Path, tmp_path: Path) -> None:
    before = sorted(path for path in case.rglob("*") if path.is_file() and "lock" not in path.name)
    for wrong in (
        ACCOUNT.replace("by: w1", "by: nobody"),
        ACCOUNT.replace("1. I", "I"),
        ACCOUNT.replace("id: INT-001", "id: INT-001"),
    ):
        (tmp_path / "bad.md").write_text(wrong)
        with pytest.raises((InputError, ProtectionError)):
            interviews.add(case, tmp_path / "bad.md")
    (tmp_path / "bad.md").write_text(ACCOUNT.replace("INT-001", "INT-002") + "3. Philomena spoke.\n")
    with pytest.raises(ProtectionError, match="unmarked"):
        interviews.add(case, tmp_path / "bad.md")
    assert sorted(path for path in case.rglob("*") if path.is_file() and "lock" not in path.name) == before


def test_a_name_without_its_accents_is_still_the_name() -> None:
    parted = testimony.part(f"1. {{{{{WORD}}}}} came; philomena left.")
    assert testimony.leftovers(parted)
    assert "philomena" not in testimony.part(f"1. {{{{{WORD}}}}} came; philomena left.", everywhere=True).clean


@pytest.mark.parametrize("person", ["custodian-1", "custodian-2"])
def test_either_custodian_opens_and_the_opening_is_on_record(case: Path, person: str) -> None:
    found = interviews.open_(case, "w2", "to check the transcript", by_custodian=person)
    assert found[0][1] == b"made-up voice " * 300
    with Notebook.open(case, write=False) as notebook:
        views = [e.body for e in notebook.entries() if e.kind == "exhibit.viewed"]
    assert views[-1]["because"] == "to check the transcript" and views[-1]["opened_by"] == person


def test_who_takes_the_folder_alone_opens_nothing(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stolen = tmp_path / "stolen"
    shutil.copytree(case, stolen)
    monkeypatch.setenv("BEARWITNESS_HOME", str(tmp_path / "thief"))
    vault = Vault(stolen / ".bearwitness")
    for subject in vault.subjects():
        with pytest.raises(VaultLocked):
            vault.unlock(subject, custodians.here("0" * 32))


def test_a_lost_passphrase_is_survived_by_paper(
    case: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    capsys.readouterr()
    assert main(["key", "add", "--custodian", "--role", "paper", "--print", "--case", str(case)]) == 0
    paper = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("AGE-SECRET-KEY-1"))
    (tmp_path / "more").write_bytes(b"later")
    rows = (case / "sources.csv").read_text() + "w3,a nurse,witness,yes,a nurse\n"
    (case / "sources.csv").write_text(rows)
    interviews.seal(case, "w3", [tmp_path / "more"], "document")
    shutil.rmtree(custodians.folder(next((tmp_path / "home" / "custodians").iterdir()).name))
    with pytest.raises(InputError):
        interviews.open_(case, "w3", "drill")
    assert interviews.open_(case, "w3", "drill", paper=paper)[0][1] == b"later"


def test_erasing_leaves_nothing_that_opens_here_or_in_a_backup_and_the_log_verifies(case: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    shutil.copytree(case, backup)
    with Notebook.open(case, write=False) as notebook:
        origin, subject = notebook.origin.case, interviews.subject_of(notebook, "w1")
        sealed = next(e.body for e in notebook.entries() if e.kind == "identity.sealed")
    assert main(["interview", "erase", "w1", "--because", "asked", "--case", str(case)]) == 3, (
        "one person alone erases nobody"
    )
    assert subject in Vault(case / ".bearwitness").subjects()
    assert main(["interview", "erase", "w1", "--because", "asked", "--second", "reviewer-1", "--case", str(case)]) == 0
    assert verify_case(case) and not (case / ".bearwitness" / "vault" / subject).exists()
    for folder in (case, backup):
        with pytest.raises(VaultLocked):
            Vault(folder / ".bearwitness").unlock(subject, custodians.here(origin))
    assert interviews.open_(case, "w2", "the others stay")[0][1] == b"made-up voice " * 300
    for guess in (ACCOUNT.encode(), NAME.encode(), hashlib.sha256(ACCOUNT.encode()).digest()):
        plain = {hashlib.sha256(guess).hexdigest(), hmac.new(b"", guess, hashlib.sha256).hexdigest()}
        assert not plain & {sealed["commitment"], sealed["ciphertext"]}, "a name that is known confirms nothing"


@pytest.mark.parametrize("step", ["prepare", "append", "finish"])
def test_an_erasure_cut_short_is_whole_or_was_not(case: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    class Cut(RuntimeError):
        pass

    def cut(*_: object, **__: object) -> None:
        raise Cut

    with monkeypatch.context() as patch:
        if step == "prepare":
            patch.setattr(erasing, "renewals", cut)
        elif step == "finish":
            patch.setattr(erasing, "finish", cut)
        else:
            real = Notebook.append
            patch.setattr(
                Notebook,
                "append",
                lambda self, entries: cut() if any(k == "identity.erased" for k, _, _ in entries) else real(self, entries),
            )
        with pytest.raises(Cut):
            interviews.erase(case, "w1", "asked", seconds=["reviewer-1"])
    with Notebook.open(case, write=True) as notebook:
        erasing.settle(notebook)
        erased = any(e.kind == "identity.erased" for e in notebook.entries())
    vault = Vault(case / ".bearwitness")
    assert erased == (step == "finish") and len(vault.epochs()) == 1
    assert interviews.open_(case, "w2", "still there")[0][1] == b"made-up voice " * 300
    if erased:
        with pytest.raises(InputError):
            interviews.open_(case, "w1", "gone")
    else:
        assert interviews.open_(case, "w1", "still there")
    assert verify_case(case)


def test_every_flipped_bit_of_a_sealed_file_is_refused(case: Path) -> None:
    vault = Vault(case / ".bearwitness")
    with Notebook.open(case, write=False) as notebook:
        identity = vault.unlock(interviews.subject_of(notebook, "w2"), custodians.here(notebook.origin.case))
        subject = interviews.subject_of(notebook, "w2")
    path = vault.place / subject / "1.age"
    data = path.read_bytes()
    choose = random.Random(3)
    for _ in range(300):
        at, bit = choose.randrange(len(data)), choose.randrange(8)
        path.chmod(0o600)
        path.write_bytes(data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :])
        with pytest.raises(VaultLocked):
            vault.open(subject, 1, identity)
    path.write_bytes(data)
    assert vault.open(subject, 1, identity)[1] == b"made-up voice " * 300


def test_what_a_court_is_shown_fits_the_commitment_and_nothing_else_does(case: Path) -> None:
    header, content = interviews.open_(case, "w2", "for the court")[0]
    with Notebook.open(case, write=False) as notebook:
        sealed = next(e.body for e in notebook.entries() if e.kind == "identity.sealed" and e.body["about"] == "w2")
    assert commitment(bytes.fromhex(header["k"]), content) == sealed["commitment"]
    assert commitment(bytes.fromhex(header["k"]), content + b"x") != sealed["commitment"]


def test_a_field_device_seals_and_cannot_open(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    assert main(["interview", "card", str(tmp_path / "card"), "--case", str(case)]) == 0
    monkeypatch.setenv("BEARWITNESS_HOME", str(tmp_path / "phone"))
    dropped = inbox.drop(tmp_path / "card", tmp_path / "account.md", tmp_path)
    assert not hits(tmp_path / "phone", [NAME]) if (tmp_path / "phone").exists() else True
    assert all(form not in dropped.read_bytes() for form in spellings(NAME)) and "account" not in dropped.name
    with pytest.raises(VaultLocked):
        inbox.open_drop(dropped, custodians.here("0" * 32))
    monkeypatch.setenv("BEARWITNESS_HOME", str(home))
    with Notebook.open(case, write=False) as notebook:
        openers = custodians.here(notebook.origin.case)
    assert inbox.open_drop(dropped, openers)[1] == ACCOUNT.encode()


def test_a_vault_needs_two_and_a_passphrase_that_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEARWITNESS_HOME", str(tmp_path / "home"))
    assert main(["init", str(tmp_path / "case")]) == 0
    (tmp_path / "case" / "sources.csv").write_text("id,name,kind\nw1,a shopkeeper,witness\n")
    (tmp_path / "account.md").write_text(ACCOUNT)
    with pytest.raises(ProtectionError, match="custodians"):
        interviews.add(tmp_path / "case", tmp_path / "account.md")
    assert not (tmp_path / "case" / "notes" / "INT-001.md").exists()
    with pytest.raises(InputError, match="letters"):
        custodians.make("0" * 32, "custodian-1", "abc")


@pytest.mark.parametrize("size", [0, 1, 511, 512, 513, 724, 725, 1000, 10**6, 10**6 + 1])
def test_sizes_are_padded_to_few_values_and_come_back_whole(size: int) -> None:
    assert padded(size) >= size and padded(padded(size)) == padded(size) and padded(size) <= max(725, 1.42 * size + 1)
    header, content = unpack(pack({"what": "x", "size": size}, bytes(size)))
    assert content == bytes(size) and header["what"] == "x"


def test_an_erasure_that_stops_before_the_log_says_so_leaves_every_custodian_able_to_open(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """New identities are beside the old, no key is wrapped for them yet: they must not take the place of the old ones."""
    with monkeypatch.context() as patch:
        patch.setattr(Vault, "wrap", lambda *_, **__: (_ for _ in ()).throw(OSError(5, "Input/output error")))
        with pytest.raises(OSError):
            interviews.erase(case, "w1", "asked", seconds=["reviewer-1"])
    assert interviews.open_(case, "w1", "still there")[0][1] == ACCOUNT.encode()
    assert interviews.open_(case, "w2", "still there")[0][1] == b"made-up voice " * 300
    assert main(["interview", "erase", "w1", "--because", "asked", "--second", "reviewer-1", "--case", str(case)]) == 0
    assert interviews.open_(case, "w2", "the others stay")[0][1] == b"made-up voice " * 300


def test_doctor_names_what_is_gone_from_the_vault(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted((case / ".bearwitness" / "vault").glob("*/*.age"))
    things = [path for path in files if path.parent.name != "keys"]
    assert main(["doctor", "--case", str(case)]) == 3 and len(things) == 2
    data = things[0].read_bytes()
    for wrong, changed in (("missing", b""), ("changed", data[:-1] + b"x")):
        things[0].unlink() if wrong == "missing" else things[0].write_bytes(changed)
        assert main(["doctor", "--case", str(case)]) == 4
        told = capsys.readouterr().out
        assert f"{things[0].parent.name}:1) is {wrong}" in told and verify_case(case)
    things[0].write_bytes(data)
    shutil.rmtree(case / ".bearwitness" / "vault" / "keys")
    assert main(["doctor", "--case", str(case)]) == 4
    assert "without a key that opens it" in capsys.readouterr().out
