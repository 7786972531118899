"""A house's own standard of proof: read from the case folder, checked, sealed with it, and used."""
from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.reason.weighed import finding, held, world

from bearwitness.intake.folder import BadFolder
from bearwitness.reason.findings import weigh
from bearwitness.reason.standards import standard_of
from bearwitness.seal.notebook import Notebook
from bearwitness.seal.takein import take_in

BUILT_IN = Path(__file__).resolve().parents[2] / "src" / "bearwitness" / "rules" / "standards" / "reasonable-grounds.toml"


@pytest.fixture
def house(case):
    """The tutorial case, with a standard of its own whose text a test may change."""
    folder = case("tutorial")

    def write(**changes: str) -> Path:
        text = BUILT_IN.read_text("utf-8")
        for old, new in changes.values():
            assert old in text
            text = text.replace(old, new)
        (folder / "standards").mkdir(exist_ok=True)
        (folder / "standards" / "ours.toml").write_text(text, "utf-8")
        config = (folder / "case.toml").read_text("utf-8")
        (folder / "case.toml").write_text(config.replace('"reasonable-grounds"', '"standards/ours.toml"'), "utf-8")
        return folder
    return write


def test_a_stricter_house_holds_findings_lower(house):
    folder = house(cap=("two_origins = 2", "two_origins = 1"), name=("Reasonable grounds to believe", "Our own"))
    case = take_in(folder, write=False).case
    assert standard_of(case).rules["base"]["two_origins"] == 1
    assert standard_of(case).rules["title"] == "Our own" and standard_of(case).loosened() == []
    assert all(weigh(case, standard_of(case), f).level.number <= 1 for f in case.findings.values())


def test_a_looser_house_says_where_it_is_looser(house):
    case = take_in(house(cap=('rival-open = { level = 1', 'rival-open = { level = 3')), write=False).case
    assert standard_of(case).loosened() == ["a rival explanation is open: level 3 in place of 1"]


@pytest.mark.parametrize(("old", "new", "said"), [
    ('number = 4\n', 'number = 5\n', "5 is a court's"),
    ('opposed = { level = 1', 'opposed = { level = 9', "'opposed'"),
    ('hearsay = ', 'here-say = ', "'hearsay'"),
    ('doubt = ', 'doubts = ', "does not say its doubt"),
    ('needed = 2', 'needed = 0', "needed"),
    ('[base]', '[bases]', "[base]"),
    ('title = "', 'title = ', "not TOML"),
])
def test_a_standard_that_would_leave_something_unsaid_is_refused(house, old, new, said):
    with pytest.raises(BadFolder) as refused:
        take_in(house(change=(old, new)), write=False)
    assert said in str(refused.value) or any(said in p.message for p in refused.value.problems)


def test_a_standard_outside_the_case_folder_is_refused(case):
    folder = case("tutorial")
    shutil.copy(BUILT_IN, folder.parent / "ours.toml")
    config = (folder / "case.toml").read_text("utf-8")
    (folder / "case.toml").write_text(config.replace('"reasonable-grounds"', '"../ours.toml"'), "utf-8")
    with pytest.raises(BadFolder):
        take_in(folder, write=False)


def test_the_standard_is_sealed_with_the_case_word_for_word(house, bearwitness):
    folder = house(name=("Reasonable grounds to believe", "Our own"))
    assert bearwitness("init", folder).returncode == 0
    files = sorted((folder / "inbox").iterdir())
    added = bearwitness("add", *files, "--from", "a made-up page", "--case", folder)
    assert added.returncode == 0, added.stderr
    assert bearwitness("status", "--case", folder).returncode == 0
    take_in(folder)
    with Notebook.open(folder, write=False) as notebook:
        opened = [entry.body for entry in notebook.base() if entry.kind == "case.opened"]
    stated = next(body for body in opened if body.get("id") == "case.toml")
    assert stated["standard_file"] == (folder / "standards" / "ours.toml").read_text("utf-8")


def test_a_house_may_ask_every_strike_for_each_standing_hypothesis():
    """Only where its own standard says so; else the hypotheses nobody spoke of are told and refused nowhere."""
    text = BUILT_IN.read_text("utf-8")
    plain = held(world(finding(for_=["w1", "m1"]), config={"standard_file": text}))
    asked = text.replace("needed = 2", 'needed = 2\nstanding_hypotheses = "required"')
    refused = held(world(finding(for_=["w1", "m1"]), config={"standard_file": asked}))
    assert plain.faults == ()
    assert [code for code, _ in refused.faults] == ["R24"] and "H2 (" in refused.faults[0][1]
    every = [{"text": f"H{n} something else", "excluded_by": ["w1"]} for n in range(2, 7)]
    assert held(world(finding(for_=["w1", "m1"], rivals=every), config={"standard_file": asked})).faults == ()
