"""Outside time: a real time-stamp authority made by openssl, OpenTimestamps paths, captures, and witnesses on files."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from bearwitness.cli.main import main
from bearwitness.errors import BadSignature, ForkedLog, InputError
from bearwitness.seal import anchors, ots, tokens, wacz, witnessing
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.verify import verify_case

needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")

CONFIG = """[req]
distinguished_name=dn
[dn]
[ca]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
[stamping]
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
[t]
serial=./serial
crypto_device=builtin
signer_cert=./tsa.pem
certs=./ca.pem
signer_key=./tsa.key
signer_digest=sha256
default_policy=1.2.3.4.1
digests=sha256
accuracy=secs:1
ess_cert_id_alg=sha256
"""


class Authority:
    """A time-stamp authority of our own, run by openssl."""

    def __init__(self, place: Path) -> None:
        self.place = place
        place.mkdir()
        (place / "c.cnf").write_text(CONFIG)
        (place / "serial").write_text("01\n")
        new = "req -newkey rsa:2048 -nodes -config c.cnf"
        self.run(f"{new} -x509 -keyout ca.key -out ca.pem -days 30 -subj /CN=Root -extensions ca")
        self.run(f"{new} -keyout tsa.key -out tsa.csr -subj /CN=Authority")
        self.run(
            "x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out tsa.pem -days 30 "
            "-extfile c.cnf -extensions stamping"
        )
        self.chain = place / "ca.pem"

    def run(self, words: str) -> None:
        subprocess.run(["openssl", *words.split()], cwd=self.place, check=True, capture_output=True)

    def answer(self, query: Path) -> Path:
        reply = query.with_suffix(".tsr")
        self.run(f"ts -reply -config c.cnf -section t -queryfile {query} -out {reply}")
        return reply


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa") / "a")


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BEARWITNESS_HOME", str(tmp_path / "home"))
    assert main(["init", str(tmp_path / "case")]) == 0
    return tmp_path / "case"


@needs_openssl
def test_a_stamp_bounds_what_it_covers_and_the_case_verifies(case: Path, tmp_path: Path, authority: Authority) -> None:
    query, _ = anchors.ask(case, tmp_path / "out")
    entry = anchors.add(case, authority.answer(query), chain=authority.chain)
    assert entry.body["state"] == tokens.TRUSTED and entry.body["authority"]
    with Notebook.open(case, write=False) as notebook:
        bounds = anchors.bounds(notebook.history())
        covered = anchors.covers(bounds, str(notebook.origin), 0)
        assert covered is not None and covered.not_later == entry.body["not_later"]
        assert anchors.covers(bounds, str(notebook.origin), entry.seq) is None, (
            "what came after the stamp is not covered by it"
        )
    assert verify_case(case), "token and chain are sealed objects"


@needs_openssl
def test_three_states_only(case: Path, tmp_path: Path, authority: Authority) -> None:
    query, about = anchors.ask(case, tmp_path / "out")
    token = authority.answer(query).read_bytes()
    message = query.with_suffix(".bin").read_bytes()
    other = Authority(tmp_path / "other")
    assert tokens.check(token, message, authority.chain.read_bytes()).state == tokens.TRUSTED
    assert tokens.check(token, message).state == tokens.UNKNOWN
    assert tokens.check(token, message, other.chain.read_bytes()).state == tokens.INVALID, "a chain that does not sign it"
    assert tokens.check(token, message + b"x", authority.chain.read_bytes()).state == tokens.INVALID
    assert tokens.check(token, message + b"x").state == tokens.INVALID


@needs_openssl
def test_a_changed_token_never_says_another_time_or_another_content(
    tmp_path: Path, case: Path, authority: Authority
) -> None:
    query, _ = anchors.ask(case, tmp_path / "out")
    token = bytearray(authority.answer(query).read_bytes())
    message = query.with_suffix(".bin").read_bytes()
    chain = authority.chain.read_bytes()
    good = tokens.check(bytes(token), message, chain)
    choose = random.Random(1)
    for _ in range(60):
        at, bit = choose.randrange(len(token)), choose.randrange(8)
        token[at] ^= 1 << bit
        changed = tokens.check(bytes(token), message, chain)
        token[at] ^= 1 << bit
        assert changed.state == tokens.INVALID or changed.time == good.time, (at, bit)


def test_a_bare_token_is_read_as_a_response_around_it() -> None:
    bare = b"\x30\x82\x01\x00\x06" + bytes(256)
    assert tokens.wrapped(bare).endswith(bare) and tokens.wrapped(bare)[:1] == b"\x30"
    assert tokens.wrapped(tokens.wrapped(bare)) == tokens.wrapped(bare)


def path_of(message: bytes, height: int) -> bytes:
    """A made-up OpenTimestamps proof of one appended byte, one hash, and one Bitcoin block."""
    digest = hashlib.sha256(message).digest()
    return (
        ots.MAGIC
        + b"\x01\x08"
        + digest
        + b"\xf0\x01x"
        + b"\x08"
        + b"\x00"
        + bytes.fromhex("0588960d73d71901")
        + b"\x02"
        + bytes([height & 0x7F | 0x80, height >> 7])
    )


def test_an_opentimestamps_path_is_computed_and_its_block_named() -> None:
    proof = ots.parse(path_of(b"message", 300))
    (only,) = proof.attestations
    assert (only.kind, only.detail) == ("bitcoin", "300")
    assert only.message == hashlib.sha256(hashlib.sha256(b"message").digest() + b"x").hexdigest()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        ots.MAGIC,
        ots.MAGIC + b"\x02",
        ots.MAGIC + b"\x01\x09" + bytes(32),
        path_of(b"m", 300)[:-1],
        path_of(b"m", 300) + b"x",
        ots.MAGIC + b"\x01\x08" + bytes(32) + b"\xf3" * 600,
        ots.MAGIC + b"\x01\x08" + bytes(32) + b"\xff\x00" * 3,
    ],
)
def test_what_is_no_whole_path_is_refused(data: bytes) -> None:
    with pytest.raises(ots.BadProof):
        ots.parse(data)


def test_a_proof_about_other_bytes_is_not_kept(case: Path, tmp_path: Path) -> None:
    query, _ = anchors.ask(case, tmp_path / "out")
    proof = query.with_suffix(".ots")
    proof.write_bytes(path_of(b"something else", 300))
    with pytest.raises(InputError, match="other bytes"):
        anchors.add(case, proof)
    proof.write_bytes(path_of(query.with_suffix(".bin").read_bytes(), 300))
    entry = anchors.add(case, proof)
    assert not entry.body["not_later"], "a block's own time is for a Bitcoin node to say"


def test_a_capture_is_whole_or_not(tmp_path: Path) -> None:
    page = b"made-up page"
    digest = f"sha256:{hashlib.sha256(page).hexdigest()}"
    listed = json.dumps({"created": "2026-01-01", "resources": [{"path": "archive/a.warc", "hash": digest}]})
    for name, kept in {"good.wacz": page, "bad.wacz": page + b"!"}.items():
        with zipfile.ZipFile(tmp_path / name, "w") as out:
            out.writestr("datapackage.json", listed)
            out.writestr("archive/a.warc", kept)
    assert wacz.check(tmp_path / "good.wacz") and not wacz.check(tmp_path / "bad.wacz")
    (tmp_path / "none.wacz").write_bytes(b"PK\x03\x04 not a zip")
    assert not wacz.check(tmp_path / "none.wacz")


class TestWitness:
    """Somebody else's eyes, on files."""

    def ask(self, case: Path, old: int = 0) -> bytes:
        with Notebook.open(case, write=True) as notebook:
            notebook.checkpoint()
            return witnessing.request(old, notebook.tree, notebook.checkpoint_note(), notebook.public_key)

    def test_a_rollback_is_found_by_whoever_holds_a_later_checkpoint(
        self, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        backup = tmp_path / "backup"
        shutil.copytree(case, backup)
        with Notebook.open(case, write=True) as notebook:
            notebook.append([("gap.declared", {"id": "g1", "text": "made up"}, [])])
        old, new = self.ask_of(backup), self.ask(case)
        home = tmp_path / "home"
        monkeypatch.setenv("BEARWITNESS_HOME", str(tmp_path / "lawyer"))
        signed, seen = witnessing.cosign(new, "lawyer-1")
        with pytest.raises(ForkedLog):
            witnessing.cosign(old, "lawyer-1")
        card = witnessing.card("lawyer-1")
        monkeypatch.setenv("BEARWITNESS_HOME", str(home))
        assert verify_case(case, later=signed) and not verify_case(backup, later=signed)
        kept = tmp_path / "r.cosigned"
        kept.write_bytes(signed)
        entry = anchors.add(case, kept, witness=card)
        assert entry.body["not_later"] == seen.time and verify_case(case)

    def ask_of(self, folder: Path) -> bytes:
        with Notebook.open(folder, write=False) as notebook:
            added = list(notebook.entries())[1]
            return witnessing.request(0, notebook.tree, notebook.checkpoint_note(), bytes.fromhex(added.body["public"]))

    def test_a_witness_signs_growth_and_only_growth(self, case: Path) -> None:
        first = self.ask(case)
        size = witnessing.cosign(first, "lawyer-1")[1].head.size
        with Notebook.open(case, write=True) as notebook:
            notebook.append([("gap.declared", {"id": f"g{n}", "text": "made up"}, []) for n in range(5)])
        with pytest.raises(InputError, match="seen"):
            witnessing.cosign(self.ask(case, 0), "lawyer-1")
        grown = json.loads(self.ask(case, size))
        lines = grown["body"].split("\n")
        swapped = {**grown, "body": "\n".join([lines[0], *reversed(lines[1 : lines.index("")]), *lines[lines.index("") :]])}
        assert swapped != grown, "the proof has more than one step"
        with pytest.raises(ForkedLog):
            witnessing.cosign(json.dumps(swapped).encode(), "lawyer-1")
        assert witnessing.cosign(json.dumps(grown).encode(), "lawyer-1")[1].head.size == size + 5

    def test_a_signature_of_another_witness_or_a_changed_one_is_refused(self, case: Path) -> None:
        signed, _ = witnessing.cosign(self.ask(case), "lawyer-1")
        name, _, public = witnessing.card("lawyer-1").rpartition("+")
        assert witnessing.read_cosigned(signed, name, bytes.fromhex(public))
        with pytest.raises(BadSignature):
            witnessing.read_cosigned(signed, "lawyer-2", bytes.fromhex(public))
        with pytest.raises(BadSignature):
            witnessing.read_cosigned(signed, name, bytes(32))
