"""The house keeps its own rules: layers, sizes, documented verbs, nothing of anybody's machine."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import grimp
import pytest
from importlinter.cli import lint_imports

from bearwitness.cli.main import VERBS

REPO = Path(__file__).resolve().parent.parent
SRC = REPO / "src" / "bearwitness"
MODULE_LIMIT = 300  # lines: a module fits in one reading
LONGER = {"seal/verify_standalone.py": 400, "seal/verify_standalone_case.py": 400}  # an outsider runs these alone
FUNCTION_LIMIT = 60  # lines, docstring not counted
P95_LIMIT = 30


def modules() -> list[Path]:
    return sorted(SRC.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("bearwitness", cache_dir=None)


@cache
def tracked() -> tuple[Path, ...]:
    """Files of the checkout: what git tracks, or everything that is not made by a tool."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=REPO, capture_output=True)
    if done.returncode == 0 and done.stdout:
        names = [REPO / os.fsdecode(name) for name in done.stdout.split(b"\0") if name]
        return tuple(path for path in names if path.is_file())
    made = {".venv", "demo", ".git", "out", ".bearwitness"}
    return tuple(p for p in REPO.rglob("*") if p.is_file() and not made & set(p.relative_to(REPO).parts))


def texts() -> Iterator[tuple[Path, str]]:
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data:
            yield path.relative_to(REPO), data.decode("utf-8", "replace")


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """(name, lines of body without its docstring) of every function in a module."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            yield node.name, (body[-1].end_lineno or 0) - body[0].lineno + 1


# -- who may import whom ------------------------------------------------------------------------------------


def test_each_room_imports_only_what_stands_under_it() -> None:
    assert lint_imports(config_filename=str(REPO / ".importlinter"), cache_dir=None) == 0


def test_no_module_imports_itself_in_a_circle() -> None:
    found = graph()
    rank: dict[str, int] = {}
    left = {name: set(found.find_modules_directly_imported_by(name)) for name in found.modules}
    while free := [name for name, needs in left.items() if not needs - set(rank)]:
        for name in free:
            rank[name] = len(rank)
            del left[name]
    circle = {name: sorted(needs - set(rank)) for name, needs in left.items()}
    assert not circle, f"these modules wait for one another: {circle}"


@pytest.mark.parametrize("writer", ["log", "notebook", "store", "init"])
def test_the_verifier_imports_no_writer(writer: str) -> None:
    """What checks the notebook must not be able to repair it in passing."""
    checker, other = "bearwitness.seal.verify", f"bearwitness.seal.{writer}"
    if not {checker, other} <= graph().modules:
        pytest.skip(f"{other} is not a module")
    chain = graph().find_shortest_chain(importer=checker, imported=other)
    assert chain is None, " -> ".join(chain or ())


def test_the_stand_alone_verifier_needs_only_the_standard_library() -> None:
    """The other side must be able to check a release with Python and nothing else."""
    alone = [
        path for path in SRC.rglob("verify*.py") if "bearwitness" not in imported(path) and path.parent != SRC
    ]
    standing = [path for path in alone if "__main__" in path.read_text("utf-8")]
    assert standing, "no stand-alone verifier found"
    for path in standing:
        assert imported(path) <= set(sys.stdlib_module_names), path


def imported(path: Path) -> set[str]:
    """Top-level names of every module that a file imports."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add((node.module or "").split(".")[0])
    return names


def test_every_dependency_is_declared_and_every_declared_one_is_used() -> None:
    project = tomllib.loads((REPO / "pyproject.toml").read_text("utf-8"))["project"]
    declared, extra = (
        {re.split(r"[^A-Za-z0-9_.-]", line)[0].lower() for line in lines}
        for lines in (project["dependencies"], project["optional-dependencies"]["link"])
    )
    names = importlib.metadata.packages_distributions()
    used = (
        set().union(*(imported(path) for path in modules())) - set(sys.stdlib_module_names) - {"bearwitness", "verify"}
    )
    used_names = {dist.lower() for name in used for dist in names.get(name, [name])}
    assert used_names <= declared | extra, f"imported and not declared: {used_names - declared - extra}"
    read_by_zoneinfo = {"tzdata"}
    assert declared <= used_names | read_by_zoneinfo, f"declared and never imported: {declared - used_names}"


# -- how it is written --------------------------------------------------------------------------------------


def test_a_module_fits_in_one_reading() -> None:
    long = {
        str(p.relative_to(SRC)): n
        for p in modules()
        if (n := len(p.read_text("utf-8").splitlines())) > LONGER.get(p.relative_to(SRC).as_posix(), MODULE_LIMIT)
    }
    assert not long, f"over {MODULE_LIMIT} lines: {long}"


def test_functions_are_small() -> None:
    sizes = [
        (lines, f"{path.relative_to(SRC)}:{name}") for path in modules() for name, lines in functions(path)
    ]
    if len(sizes) < 20:
        pytest.skip("too few functions to speak of")
    lengths = sorted(lines for lines, _ in sizes)
    p95 = statistics.quantiles(lengths, n=20)[-1]
    print(f"{len(sizes)} functions: median {statistics.median(lengths):.0f} lines, 95th percentile {p95:.0f}")
    assert p95 <= P95_LIMIT
    over = [name for lines, name in sizes if lines > FUNCTION_LIMIT]
    assert not over, f"over {FUNCTION_LIMIT} lines: {over}"


def test_safety_never_rests_on_assert() -> None:
    """`python -O` drops every assert."""
    found = [
        f"{p.relative_to(SRC)}:{n.lineno}"
        for p in modules()
        for n in ast.walk(tree(p))
        if isinstance(n, ast.Assert)
    ]
    assert not found


def test_only_the_doors_catch_everything() -> None:
    broad = ("Exception", "BaseException")
    found = []
    for path in modules():
        if path.relative_to(SRC).parts[0] in ("cli", "web"):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ExceptHandler):
                caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
                if any(kind is None or getattr(kind, "id", "") in broad for kind in caught):
                    found.append(f"{path.relative_to(SRC)}:{node.lineno}")
    assert not found


def test_every_module_says_which_question_it_answers() -> None:
    silent = [
        str(p.relative_to(SRC))
        for p in modules()
        if p.read_text("utf-8").strip() and not ast.get_docstring(tree(p))
    ]
    assert not silent


def test_nothing_is_left_to_do_later_without_saying_so() -> None:
    words = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK"]) + r")\b")
    found = [
        f"{path}: {m.group()}"
        for path, text in texts()
        if path.suffix != ".txt"
        for m in [words.search(text)]
        if m
    ]
    assert not found


# -- what the tree must not hold ----------------------------------------------------------------------------


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    places = re.compile(r"(?<![\w.])/(work|root|home/\w+|Users/\w+)/[\w.]|(?<![\w/])/ro" + r"ot\b")
    found = [f"{path}: {m.group()}" for path, text in texts() for m in [places.search(text)] if m]
    assert not found


def test_no_file_names_a_package_registry() -> None:
    """The registry is the user's own setting; a lock file pins versions and hashes, never a place."""
    hosts = [
        "py" + "pi.org",
        "python" + "hosted.org",
        "registry." + "npmjs",
        "--index" + "-url",
        "--find" + "-links",
    ]
    allowed = {"tools/lock.sh"}  # names the options that keep them out
    found = [f"{p}: {h}" for p, text in texts() if str(p) not in allowed for h in hosts if h in text]
    assert not found


@pytest.mark.parametrize("lock", sorted((REPO / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_every_locked_wheel_is_held_to_a_digest(lock: Path) -> None:
    text = lock.read_text("utf-8")
    entries = re.split(r"\n(?=[A-Za-z])", text.replace("\\\n", " ").strip())
    assert entries and "http" not in text
    for entry in entries:
        assert "==" in entry and "--hash=sha256:" in entry, entry[:60]


def test_the_lock_files_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((REPO / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    for name, wanted in {
        "run": [],
        "build": ["build"],
        "test": ["build", "test"],
        "accept": ["build", "test", "accept"],
    }.items():
        locked = set(
            re.findall(r"^([a-z0-9._-]+)==", (REPO / f"requirements/{name}.txt").read_text("utf-8"), re.M)
        )
        asked = [*project["dependencies"], *(line for extra in wanted for line in extras[extra])]
        assert {re.split(r"[^A-Za-z0-9_.-]", line)[0].lower() for line in asked} <= locked, name


# -- what a newcomer finds ----------------------------------------------------------------------------------


def spoken_verbs() -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "bearwitness", "--help"], capture_output=True, text=True, cwd=REPO
    )
    assert done.returncode == 0, done.stderr
    return re.findall(r"^  ([a-z]+) {2,}", done.stdout, re.MULTILINE)


def test_help_names_every_verb_and_the_reference_explains_each() -> None:
    assert spoken_verbs() == list(VERBS)
    pages = "\n".join(path.read_text("utf-8") for path in sorted((REPO / "docs" / "reference").glob("*.md")))
    missing = [verb for verb in VERBS if f"bearwitness {verb}" not in pages]
    assert not missing, f"docs/reference does not show: {missing}"


def test_help_loads_nothing_heavy() -> None:
    heavy = ["msgspec", "jinja2", "typst", "cryptography", "python_calamine", "asyncio", "hashlib"]
    code = (
        "import sys, contextlib, io\nfrom bearwitness.cli.main import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    main(['--help'])\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_links_between_pages_lead_somewhere() -> None:
    dead = []
    for path in [REPO / "README.md", *sorted((REPO / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
            if (
                "://" not in target
                and not target.startswith("mailto:")
                and not (path.parent / target).exists()
            ):
                dead.append(f"{path.relative_to(REPO)} -> {target}")
    assert not dead


def test_every_page_of_the_documentation_can_be_reached_from_its_index() -> None:
    seen, left = set(), [REPO / "docs" / "index.md"]
    while left:
        page = left.pop()
        if page in seen or not page.is_file():
            continue
        seen.add(page)
        links = re.findall(r"\]\(([^)#\s]+\.md)", page.read_text("utf-8"))
        left += [(page.parent / link).resolve() for link in links if "://" not in link]
    lost = [str(p.relative_to(REPO)) for p in (REPO / "docs").rglob("*.md") if p.resolve() not in seen]
    assert not lost, f"no index leads to {lost}"


def test_the_changelog_speaks_of_this_version() -> None:
    import bearwitness

    assert bearwitness.__version__ in (REPO / "CHANGELOG.md").read_text("utf-8")


def test_the_reference_names_every_column_and_every_word_of_a_case() -> None:
    from bearwitness.model import vocabulary as v

    page = (REPO / "docs" / "reference" / "formats.md").read_text("utf-8")
    known = {word for table in v.TABLES.values() for word in (table.file, *table.columns)}
    lists = (v.ABOUTS, v.HOWS, v.REACHES, v.PART_KINDS, v.TESTS, v.SOURCE_KINDS, v.USES, v.VERDICTS, v.NOTE_HOWS)
    known |= {word for words in lists for word in words}
    assert not sorted(word for word in known if word not in page)
