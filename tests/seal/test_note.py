"""A signed text convinces when the key signed it, and has one spelling."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bearwitness.seal import note, verify_standalone
from bearwitness.seal.note import BadNote, Checkpoint

# RFC 8032 section 7.1, tests 1 to 3: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
]
# The example note and key in the documentation of golang.org/x/mod/sumdb/note.
GO_KEY = "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb"
    "6KE6RyyBwJnAM=\n"
)
ORDER = 2**252 + 27742317777372353535851937790883648493

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw()
HEAD = Checkpoint("bearwitness/x/y/1", 7, bytes(32))
SIGNED = note.sign(HEAD.text(), "bearwitness/x/y/1", PUBLIC, PRIVATE.sign)
CHECKS = [note.verify_ed25519, verify_standalone.signed_by]


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_signatures_of_the_standard_verify(check, public: str, message: str, signature: str) -> None:  # type: ignore[no-untyped-def]
    key, said, good = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)
    assert check(key, good, said)
    assert not check(key, good, said + b"x")
    for at in range(0, 64, 5):
        assert not check(key, good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :], said)


@pytest.mark.parametrize("check", CHECKS)
def test_a_second_form_of_a_good_signature_is_refused(check) -> None:  # type: ignore[no-untyped-def]
    """Adding the group's order to S gives a signature that careless verifiers accept."""
    public, message, signature = (bytes.fromhex(part) for part in VECTORS[1])
    more = (int.from_bytes(signature[32:], "little") + ORDER).to_bytes(32, "little")
    assert not check(public, signature[:32] + more, message)


def test_a_note_that_another_program_signed_verifies() -> None:
    found = note.parse(GO_NOTE.encode())
    assert note.verified(found, "PeterNeumann", base64.b64decode(GO_KEY)[1:])


def test_a_checkpoint_goes_out_and_comes_back() -> None:
    found = note.parse(SIGNED)
    assert note.parse_checkpoint(found.text) == HEAD
    assert note.verified(found, HEAD.origin, PUBLIC)
    assert verify_standalone.open_checkpoint(SIGNED, HEAD.origin, PUBLIC) == (7, bytes(32))


def test_signatures_of_strangers_prove_nothing_and_a_bad_own_one_spoils_the_rest() -> None:
    found = note.parse(SIGNED)
    assert not note.verified(found, "somebody/else", PUBLIC)
    stranger = note.Signature("witness", b"abcd", b"x" * 64)
    assert note.verified(note.Note(found.text, (stranger, *found.signatures)), HEAD.origin, PUBLIC)
    forged = note.Signature(HEAD.origin, note.key_id(HEAD.origin, PUBLIC), b"x" * 64)
    assert not note.verified(note.Note(found.text, (*found.signatures, forged)), HEAD.origin, PUBLIC)


def spellings() -> list[bytes]:
    text = SIGNED.decode()
    return [
        text.replace("\n", "\r\n").encode(),
        text.replace("\n7\n", "\n07\n").encode(),
        text[:-1].encode(),
        text.replace("\u2014 ", "- ").encode(),
        (text + "\n").encode(),
        text.replace("\n7\n", "\n+7\n").encode(),
        text.replace("\n7\n", "\n7 \n").encode(),
        text.replace("=\n\n", "\n\n").encode(),
        text.replace("AAAA=\n", "AAAB=\n", 1).encode(),
        text.replace("\n\n", "\nmore\n\n").encode(),
        text.replace("\n\n", "\n\n\n").encode(),
        text.replace("x/y", "x\x01y").encode(),
        b"",
        b"\n\n",
        b"\xff\n\n\n",
    ]


@pytest.mark.parametrize("data", spellings(), ids=lambda data: repr(data[:20]))
def test_no_other_spelling_of_a_checkpoint_is_read(data: bytes) -> None:
    with pytest.raises(BadNote):
        note.parse_checkpoint(note.parse(data).text)
    with pytest.raises(ValueError):
        verify_standalone.open_checkpoint(data, HEAD.origin, PUBLIC)
