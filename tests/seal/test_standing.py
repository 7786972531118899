"""Who may sign: forged acts are refused when they are made, and found by both verifiers when they stand in a log."""
from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.seal.many import Devices, signed, three
from tests.seal.worlds import standing as outsider

from bearwitness.errors import InputError
from bearwitness.seal import authority, keys, layout
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.verify import verify_case


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("three")
    with pytest.MonkeyPatch.context() as patch:
        three(place, patch)
    return place


@pytest.fixture
def world(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Devices:
    shutil.copytree(built, tmp_path / "w")
    return Devices(tmp_path / "w", monkeypatch)


def both(world: Devices, name: str = "a") -> int:
    """The verdict on a folder, which both verifiers share."""
    report, (status, names) = verify_case(world.place / name), outsider(world.place / name)
    assert report.exit_status == status, (report.reasons, report.notes, names)
    if status == 4:
        short = {fault.file.removeprefix(".bearwitness/") for fault in report.faults}
        assert short & set(names), (short, names)
    return status


def forged(world: Devices, kind: str, body: dict[str, object], by: str = "b") -> int:
    """The verdict after device `by` has put an act into its log that its own program would have refused."""
    world.forge(by, "a", kind, body)
    return both(world)


def test_three_devices_that_were_merged_verify(world: Devices) -> None:
    assert both(world) == 0 and both(world, "b") == 0
    assert "3 logs" in _said(world)


def _said(world: Devices) -> str:
    import contextlib
    import io

    from bearwitness.seal import verify_standalone
    with contextlib.redirect_stdout(said := io.StringIO()):
        verify_standalone.main([str(world.place / "a")])
    return said.getvalue()


@pytest.mark.parametrize("kind", ["finding.approved", "exhibit.exported", "identity.erased"])
def test_an_act_of_two_persons_needs_two(world: Devices, kind: str) -> None:
    key = world.key("b")
    for body in ({"id": "f1"}, signed(kind, key.origin.case, {"id": "f1"}, key)):
        with pytest.raises(InputError, match="second person"):
            world.write("b", (kind, body))
    assert forged(world, kind, signed(kind, key.origin.case, {"id": "f1"}, key)) == 4


def test_with_two_persons_it_stands(world: Devices) -> None:
    case = world.key("b").origin.case
    world.merge("b", "a")
    body = signed("finding.approved", case, {"id": "f1"}, world.key("b"), world.key("c"))
    world.write("b", ("finding.approved", body))
    world.merge("a", "b")
    assert both(world) == 0


def test_a_signature_fits_one_act_of_one_kind_in_one_case(world: Devices) -> None:
    case, kind = world.key("b").origin.case, "finding.approved"
    good = signed(kind, case, {"id": "f1"}, world.key("c"))
    assert forged(world, kind, {**good, "id": "f2"}) == 4
    assert forged(world, "exhibit.exported", good) == 4
    assert forged(world, kind, signed(kind, "0" * 32, {"id": "f1"}, world.key("c"))) == 4


def test_strange_signatures_are_no_signatures_and_break_nothing(world: Devices) -> None:
    for lines in ({}, [1], [{"key": ["x"], "signature": "x"}], [{"key": "x", "signature": {}}], [{}] * 17, "x"):
        assert forged(world, "finding.approved", {"id": "f1", "signatures": lines}) == 4


def test_a_log_that_joins_nothing_real_does_not_become_the_authority(world: Devices) -> None:
    """The first key of a case is that of the log that opened it, wherever another log's name sorts."""
    key = world.key("b")
    for _ in range(40):                                     # a name that sorts before the opener's, in most runs
        intruder = keys.fresh(key.origin.case)
        if intruder.origin.folder < world.key("a").origin.folder:
            break
    root = world.place / "a" / layout.ROOT
    from bearwitness.seal import devices
    from bearwitness.seal.log import LogWriter
    pin = {"origin": f"bearwitness/{key.origin.case}/{'f' * 32}/7", "size": 5, "root": "0" * 64}
    LogWriter.begin(root, intruder, devices._opening(root, intruder, "intruder", [pin]))
    status = both(world)
    assert status == 3, "kept, said, and of no account"
    known = authority.who(world.place / "a")
    assert set(known.authority.keys) == {world.key("a").fingerprint} and not known.admits(intruder.fingerprint)


def test_a_stranger_approves_nothing(world: Devices) -> None:
    origin = world.join("d", admit=False)
    assert both(world) == 3
    body = signed("finding.approved", origin.case, {"id": "f1"}, world.key("c"))
    with pytest.raises(InputError, match="not admitted"):
        world.write("d", ("finding.approved", body))
    assert forged(world, "finding.approved", body, by="d") == 4


def test_what_ended_a_key_binds_who_knew_of_it(world: Devices) -> None:
    """A signature given before the news came is no forgery; afterwards it counts for nothing."""
    case, kind = world.key("b").origin.case, "finding.approved"
    world.merge("b", "a")
    with world.at("a") as folder:
        assert authority.revoke(folder, world.key("c").fingerprint, since="", because="lost") is None
    world.write("b", (kind, signed(kind, case, {"id": "f1"}, world.key("c"))))
    world.merge("a", "b")
    assert both(world) == 0, "b did not know"
    world.merge("b", "a")
    with pytest.raises(InputError, match="second person"):
        world.write("b", (kind, signed(kind, case, {"id": "f2"}, world.key("c"))))
    world.merge("a", "b")
    shutil.rmtree(world.place / "a")
    shutil.copytree(world.place / "b", world.place / "a")
    assert forged(world, kind, signed(kind, case, {"id": "f2"}, world.key("c"))) == 4


def test_one_request_recorded_by_two_devices_apart_is_one_act(world: Devices) -> None:
    a, new = world.key("a"), keys.fresh(world.key("a").origin.case)
    body = {"public": new.public.hex(), "person": "person-n", "purpose": "person", "fingerprint": new.fingerprint}
    body = signed("key.added", a.origin.case, body, a)
    world.write("b", ("key.added", body))
    world.write("c", ("key.added", body))
    for name in ("b", "c"):
        world.merge("a", name)
    assert both(world) == 0 and authority.who(world.place / "a").person_of(new.fingerprint) == "person-n"
    with pytest.raises(InputError, match="added before"):
        world.write("a", ("key.added", body))


def test_an_authority_acts_for_those_who_had_not_heard_of_the_next(world: Devices) -> None:
    """Two laptops apart: one replaces the authority, the other admits a device by the old one. No forgery; later it is."""
    a, new, late = world.key("a"), keys.fresh(world.key("a").origin.case), keys.fresh(world.key("a").origin.case)
    body, second = ({"public": key.public.hex(), "person": "person-n", "purpose": "person", "fingerprint": key.fingerprint}
                    for key in (new, late))
    world.merge("c", "a")
    world.write("c", ("key.added", signed("key.added", a.origin.case, body, a)))
    with world.at("a") as folder:
        request = authority.replace_authority(folder, [world.key("b").fingerprint], 1)
    assert request is not None
    next_one = {"authority": request.body["authority"]}
    world.write("a", ("key.rotated", signed("key.rotated", a.origin.case, next_one, a, world.key("b"))))
    world.merge("a", "c")
    assert both(world) == 0 and authority.who(world.place / "a").person_of(new.fingerprint) == "person-n"
    assert set(authority.who(world.place / "a").authority.keys) == {world.key("b").fingerprint}
    world.merge("c", "a")
    with pytest.raises(InputError, match="authority"):
        world.write("c", ("key.added", signed("key.added", a.origin.case, second, a)))
    assert forged(world, "key.added", signed("key.added", a.origin.case, second, a), by="a") == 4


def test_one_key_admitted_by_two_devices_apart_under_two_roles_is_no_forgery(world: Devices) -> None:
    a, new = world.key("a"), keys.fresh(world.key("a").origin.case)
    for name in ("b", "c"):
        body = {"public": new.public.hex(), "person": f"person-by-{name}", "purpose": "person"}
        world.write(name, ("key.added", signed("key.added", a.origin.case, body, a)))
    for name in ("b", "c"):
        world.merge("a", name)
    assert both(world) == 0 and authority.who(world.place / "a").person_of(new.fingerprint).startswith("person-by-")


def test_the_authority_cannot_revoke_itself_away(world: Devices) -> None:
    with world.at("a") as folder, pytest.raises(InputError, match="replace the authority first"):
        from bearwitness.seal import requests
        from bearwitness.seal.requests import Request
        with Notebook.open(folder, write=True) as notebook:
            body = {"fingerprint": notebook.key.fingerprint, "compromised_since": "", "because": "test"}
            request = Request(notebook.origin.case, "key.revoked", body)
            requests.record(notebook, requests.sign_here(request, notebook.key, []))


def test_what_a_key_signed_in_doubt_and_nobody_had_seen_is_unattested(world: Devices) -> None:
    case, b = world.place / "a", world.key("b")
    since = "2090-01-01T00:00:00Z"
    world.forge("b", "a", "toll.stated", {"id": "early", "killed": "2"}, time="2020-01-01T00:00:00.000000Z")
    seen = len(world.lines("b", "a")[1])
    world.forge("b", "a", "toll.stated", {"id": "late", "killed": "99"}, time="2091-01-01T00:00:00.000000Z")
    world.forge("b", "a", "toll.stated", {"id": "set-back", "killed": "98"}, time="2020-01-01T00:00:00.000000Z")
    with world.at("a"):
        assert authority.revoke(case, b.fingerprint, since=since, because="laptop taken") is None
        with Notebook.open(case, write=False) as notebook:
            said = {entry.body.get("id") for entry in notebook.history()}
    assert "early" in said and not {"late", "set-back"} & said, "a clock set back behind a doubted entry helps nobody"
    assert both(world) == 3
    notes = [line for line in verify_case(case).notes if "UNATTESTED" in line]
    first = int(notes[0].split("entries ")[1].split(" ")[0])
    assert len(notes) == 1 and first <= seen and notes[0].split(" to ")[1].startswith(f"{seen + 1} ")


def test_a_key_revoked_without_a_doubt_leaves_what_it_said(world: Devices) -> None:
    with world.at("a") as case:
        assert authority.revoke(case, world.key("b").fingerprint, since="", because="left the team") is None
        with Notebook.open(case, write=False) as notebook:
            assert "t-b" in {entry.body.get("id") for entry in notebook.history()}
    assert both(world) == 0


def test_a_log_that_another_has_seen_cannot_vanish_unsaid(world: Devices) -> None:
    gone = world.place / "a" / layout.ROOT / layout.LOGS / world.key("b").origin.folder
    shutil.rmtree(gone)
    assert both(world) == 3 and any(world.key("b").fingerprint in line for line in verify_case(world.place / "a").notes)
