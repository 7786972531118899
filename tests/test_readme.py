"""What the pages tell people to type, works, and prints what they show.

A fenced block marked `console` is a transcript: lines that start with `$ ` are typed, the lines under one are
what is shown. `...` stands for lines left out, `…` for a part of a line. `# exit 3` behind a command is the
exit status that the page promises. Every command is checked: its verb, its make target. A block is also *run*
when the page says where:

    <!-- run in tutorial -->     in a fresh copy of examples/tutorial; later blocks of the page go on in it
    <!-- run in empty -->        in a new folder
    <!-- run in demo -->         beside a `demo` folder, as `make demo` leaves it
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent
PAGES = [REPO / "README.md", *sorted((REPO / "docs").rglob("*.md"))]
BLOCK = re.compile(
    r"(?:^[ ]*<!-- run in (?P<place>[\w-]+) -->\s*\n)?"
    r"^(?P<pad>[ ]*)```console\n(?P<body>.*?)^[ ]*```",
    re.M | re.S,
)


@dataclass
class Step:
    """One command of a page: the words typed, what is shown under it, the status promised, where it runs."""

    words: list[str]
    status: int
    place: str
    shown: list[str] = field(default_factory=list)
    env: dict[str, str] = field(default_factory=dict)

    @property
    def said(self) -> str:
        return shlex.join(self.words)


def steps(page: Path) -> Iterator[Step]:
    place = ""
    for block in BLOCK.finditer(page.read_text("utf-8")):
        place = block["place"] or place
        step = None
        for line in block["body"].splitlines():
            line = line.removeprefix(block["pad"])
            if line.startswith("$ "):
                if step:
                    yield step
                step = typed(line[2:], place)
            elif step and line.strip():
                step.shown.append(line.rstrip())
        if step:
            yield step


def typed(line: str, place: str) -> Step:
    status = re.search(r"#\s*exit (\d)\s*$", line)
    words = shlex.split(line, comments=True)
    env = {}
    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
        key, _, value = words.pop(0).partition("=")
        env[key] = value
    return Step(words, int(status[1]) if status else 0, place, env=env)


ALL = [
    pytest.param(step, id=f"{page.relative_to(REPO)}: {step.said}") for page in PAGES for step in steps(page)
]


@pytest.fixture(scope="module")
def known_verbs() -> set[str]:
    command = [sys.executable, "-m", "bearwitness", "--help"]
    return set(re.findall(r"[a-z]+", subprocess.run(command, capture_output=True, text=True).stdout))


@pytest.mark.parametrize("step", ALL)
def test_a_command_on_a_page_exists(step: Step, known_verbs: set[str]) -> None:
    program, *rest = step.words
    if program == "make":
        targets = set(re.findall(r"^([\w-]+):", (REPO / "Makefile").read_text("utf-8"), re.M))
        assert [word for word in rest if "=" not in word and not word.startswith("-")][0] in targets
    elif Path(program).name == "bearwitness":
        verb = next((word for word in rest if not word.startswith("-")), "help")
        assert verb in known_verbs | {"help"}
    else:
        assert program in {"python3", "cat", "ls", "cd", "sha256sum", "apt-get", "git"}, program


def runnable() -> list[object]:
    found = []
    for page in PAGES:
        if story := [step for step in steps(page) if step.place]:
            found.append(pytest.param(story, id=str(page.relative_to(REPO))))
    return found


@pytest.mark.parametrize("story", runnable())
def test_a_page_read_from_top_to_bottom_does_what_it_shows(
    story: list[Step],
    tmp_path: Path,
    case: Callable[[str], Path],
    bearwitness: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    place, here = "", tmp_path
    for step in story:
        if step.place != place:
            place, here = step.place, stand(step.place, tmp_path, case, bearwitness)
        if step.words[0] == "cd":
            here = here / step.words[1]
        elif Path(step.words[0]).name == "bearwitness":
            done = bearwitness(*step.words[1:], cwd=here, **step.env)
            assert done.returncode == step.status, f"{step.said}\n{done.stdout}{done.stderr}"
            assert_shown(step, done.stdout + done.stderr)


def stand(
    place: str,
    tmp_path: Path,
    case: Callable[[str], Path],
    bearwitness: Callable[..., subprocess.CompletedProcess[str]],
) -> Path:
    folder = tmp_path / f"in-{place}"
    if place in ("empty", "demo"):
        folder.mkdir(exist_ok=True)
        if place == "demo":
            assert bearwitness("demo", "--out", "demo", "--no-open", cwd=folder).returncode == 0
        return folder
    shutil.copytree(case(place), folder)
    return folder


def assert_shown(step: Step, printed: str) -> None:
    """Each line that the page shows was printed, in this order; what differs each time is written as `…`."""
    lines = iter([line.rstrip() for line in printed.splitlines()])
    for wanted in step.shown:
        if wanted.strip() in ("...", "…"):
            continue
        pattern = ".*".join(re.escape(piece) for piece in wanted.strip().split("…"))
        found = any(re.fullmatch(pattern, line.strip()) for line in lines)
        assert found, f"{step.said}\nshows, and did not print in this order:\n  {wanted}\nprinted:\n{printed}"
