"""The command line: parse, one stage function, print. Each verb is a module that is imported when it is used."""
from __future__ import annotations

import sys
from pathlib import Path

# Every verb, in the order a person meets it. A verb is spoken when its module stands in `verbs/`.
GROUPS = {
    "Start": {
        "demo": "build the example case and its release",
        "init": "make a case",
        "add": "seal files into a case",
    },
    "Work": {
        "status": "what is there, what changed, what is next",
        "check": "every refusal of a draft, and the sentence that can be said",
        "count": "how many, by a rule that can be redone by hand",
        "match": "the same people in several casualty lists, with reasons",
        "estimate": "how many no list names, by models that may disagree",
        "test": "an official claim or a finding, step by step",
        "assess": "an incident under the law, element by element",
        "show": "one record, by its id",
        "log": "what was recorded, in words",
    },
    "Protect": {
        "interview": "seal an account; open, or erase, what its vault keeps",
        "key": "who may sign: add, rotate, revoke",
        "merge": "take in the log of another device",
        "witness": "countersign a checkpoint, on a file",
        "doctor": "what is wrong with a case, and what to do",
    },
    "Tell": {
        "report": "write a preview (--watch: in the browser; --explain: the arithmetic)",
        "publish": "write and seal a release (--check: only say what stops it)",
        "pack": "a bundle that an opposing expert can check",
        "verify": "check a case or a release",
        "help": "what a refusal or a word means",
    },
}
LATER = ("open", "undo")
_ROOM = Path(__file__).parent / "verbs"
VERBS = tuple(verb for group in GROUPS.values() for verb in group if (_ROOM / f"{verb}.py").is_file())


def usage() -> str:
    """What `bearwitness --help` prints."""
    lines = ["bearwitness seals evidence and tells what it carries: a report that refuses to say more, or less.", "",
             "  bearwitness VERB [...] [--case DIR] [--json]", ""]
    for group, verbs in GROUPS.items():
        spoken = [f"  {verb:<11}{words}" for verb, words in verbs.items() if verb in VERBS]
        lines += [group, *spoken] if spoken else []
    return "\n".join(lines) + """

Exit status: 0 done, 1 bad input, 2 wrong usage, 3 said more or less than is grounded, 4 seal broken,
5 protected, 130 interrupted. More about one verb: bearwitness VERB --help
"""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    words = sys.argv[1:] if arguments is None else arguments
    if not words or words[0] in ("-h", "--help"):
        print(usage(), end="")
        return 0
    if words[0] == "--version":
        from bearwitness import __version__
        print(f"bearwitness {__version__}")
        return 0
    verb, rest = words[0], words[1:]
    if verb in LATER or any(verb in group for group in GROUPS.values()) and verb not in VERBS:
        print(f"bearwitness {verb} is not built yet; it comes with later work.", file=sys.stderr)
        return 2
    if verb not in VERBS:
        import difflib
        near = difflib.get_close_matches(verb, VERBS, 1)
        print(f"I don't know the verb {verb!r}." + (f" Did you mean {near[0]!r}?" if near else "")
              + " bearwitness --help lists them.", file=sys.stderr)
        return 2
    from bearwitness.cli.run import run
    return run(verb, rest)


if __name__ == "__main__":
    sys.exit(main())
