"""The private key belongs to the person, not to the case."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from tests.seal.worlds import ACTOR, make_world, toll

from bearwitness.errors import BadSignature, InputError
from bearwitness.seal import keys
from bearwitness.seal.notebook import Notebook

CASE = "0" * 32


def test_the_key_is_in_the_users_own_folder_and_readable_by_nobody_else(home: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    Notebook.create(case, actor=ACTOR).close()
    (kept,) = (home / "keys").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE((home / "keys").stat().st_mode) == 0o700


def test_no_byte_of_the_private_key_is_in_the_case(home: Path, tmp_path: Path) -> None:
    world = make_world(tmp_path)
    (kept,) = (home / "keys").iterdir()
    private = json.loads(kept.read_text())["private"]
    for path in world.case.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert private.encode() not in data and bytes.fromhex(private) not in data


def test_a_case_that_would_hold_its_own_key_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BEARWITNESS_HOME", str(tmp_path / "case" / "keys"))
    with pytest.raises(InputError, match="lies inside the case"):
        Notebook.create(tmp_path / "case", actor=ACTOR)
    assert not (tmp_path / "case").exists()


@pytest.mark.parametrize(
    ("env", "platform", "ending"),
    [
        ({"BEARWITNESS_HOME": "/k"}, "linux", "/k"),
        ({}, "linux", ".local/share/bearwitness"),
        ({"XDG_DATA_HOME": "/x"}, "linux", "/x/bearwitness"),
        ({"APPDATA": "/a"}, "win32", "/a/Bearwitness"),
        ({}, "win32", "AppData/Roaming/Bearwitness"),
        ({}, "darwin", "Library/Application Support/Bearwitness"),
    ],
)
def test_each_system_has_its_own_place_for_it(env: dict[str, str], platform: str, ending: str) -> None:
    assert keys.data_folder(env, platform).as_posix().endswith(ending)


def test_a_key_is_never_made_twice() -> None:
    keys.make_key(CASE)
    with pytest.raises(InputError, match="already has a key"):
        keys.make_key(CASE)


def test_a_loaded_key_signs_as_the_one_that_was_made() -> None:
    made = keys.make_key(CASE, demo=True)
    loaded = keys.load_key(CASE)
    assert loaded == made and loaded.demo
    assert loaded.sign_note("x\n") == made.sign_note("x\n")
    assert "seed" not in repr(made) and made._seed.hex() not in repr(made)


def test_without_a_key_there_is_no_writing_and_the_mend_is_said() -> None:
    with pytest.raises(InputError) as said:
        keys.load_key(CASE)
    assert "BEARWITNESS_HOME" in said.value.fix


@pytest.mark.parametrize("damage", ["{", "{}", '{"format":"bearwitness-key/1"}', None])
def test_a_damaged_key_file_is_not_used(home: Path, damage: str | None) -> None:
    keys.make_key(CASE)
    path = home / "keys" / f"{CASE}.json"
    text = path.read_text()
    public = json.loads(text)["public"]
    path.write_text(damage if damage is not None else text.replace(public, public[::-1]))
    with pytest.raises(InputError, match="damaged"):
        keys.load_key(CASE)


def test_a_log_signed_by_somebody_else_is_not_written_on(home: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    Notebook.create(case, actor=ACTOR).close()
    log = next((case / ".bearwitness" / "logs").iterdir())
    text = (log / "checkpoint").read_text()
    signature = text.rstrip("\n").rpartition(" ")[2]
    for path in (log / "checkpoint", *(log / "checkpoints").iterdir()):
        path.chmod(0o600)
        path.write_text(text.replace(signature, signature[:30] + "AAAA" + signature[34:]))
    with pytest.raises(BadSignature), Notebook.open(case, write=True) as notebook:
        notebook.append([toll(1)])
