"""Taking in as every working verb does it first, and saying so in words."""
from __future__ import annotations

from pathlib import Path

from bearwitness.cli.run import plural
from bearwitness.seal.takein import Taken, take_in

NOT_SEALED = "Nothing is sealed yet in this folder; run  bearwitness init .  to seal it."


def take(case: Path, write: bool = True) -> tuple[Taken, list[str]]:
    """Take in what changed. Returns the case and what to say about it."""
    taken = take_in(case, write=write)
    talk: list[str] = []
    if taken.head is None:
        talk.append(NOT_SEALED)
    elif taken.changed:
        said = ", ".join(f"{n} {what}" for what, n in sorted(taken.changed.items()))
        talk.append(f"Changes were not recorded: {taken.held_back}" if taken.held_back else
                    f"Took in: {plural(sum(taken.changed.values()), 'record')} ({said}).")
    talk += [f"Question: {q.where}: {q.text}" for q in taken.asked]
    return taken, talk
