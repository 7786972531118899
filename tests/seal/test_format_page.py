"""What docs/reference/log-format.md tells an outsider to do by hand works, and says what the program does."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import grimp
import pytest
from tests.seal.worlds import make_world

from bearwitness.seal import layout
from bearwitness.seal.canonical import MAX_DEPTH
from bearwitness.seal.chain import FIELDS

WRITERS = ("log", "notebook", "objects", "durable", "lock", "keys", "release", "takein", "adding")


@pytest.fixture
def page(repo: Path) -> str:
    return (repo / "docs" / "reference" / "log-format.md").read_text("utf-8")


def test_the_page_names_every_field_and_limit(page: str) -> None:
    assert all(f"| `{name}` |" in page for name in FIELDS)
    assert f"{layout.MAX_LINE:,}" in page and f"{layout.MAX_BODY:,}" in page and f"{MAX_DEPTH} levels" in page
    assert all(f"`{name}`" in page for name in layout.LITTER)


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no sha256sum here")
def test_the_commands_for_checking_by_hand_show_what_the_page_says(page: str, tmp_path: Path) -> None:
    world = make_world(tmp_path)
    commands = re.findall(r"## By hand\n\n```\n(.*?)```", page, re.S)[0].splitlines()
    shell = [re.sub(r"\s+#.*", "", line) for line in commands]
    done = [
        subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, text=True)
        for line, folder in zip(shell, (world.case, world.release, world.case, world.log), strict=True)
    ]
    assert all(each.returncode == 0 for each in done), [each.stderr for each in done]
    digest, signed = done[1].stdout.split()[0], done[1].stdout.split()[-1]
    assert digest == signed
    objects = [line.split() for line in done[2].stdout.splitlines()]
    assert objects and all(name.endswith(digest) for digest, name in objects)
    lines = (world.log / "entries.jsonl").read_bytes().splitlines()
    assert done[3].stdout.split()[0] == json.loads(lines[3])["prev"]


@pytest.mark.parametrize("checker", ["verify", "verify_release", "reading"])
def test_whoever_verifies_cannot_write(checker: str) -> None:
    graph = grimp.build_graph("bearwitness", cache_dir=None)
    for writer in WRITERS:
        name = f"bearwitness.seal.{writer}"
        if name in graph.modules:
            assert graph.find_shortest_chain(f"bearwitness.seal.{checker}", name) is None
