"""Archives of a batch, opened member by member into the store: each member an exhibit that names its parent.

An archive is opened from the sealed object and never from where it was handed over, so what is in it is what was sealed.
"""
from __future__ import annotations

from collections import deque

from bearwitness.intake import archives
from bearwitness.intake.members import REST, Budget, Limits, Member, Refused, Spent
from bearwitness.intake.placeholders import by_name
from bearwitness.intake.sniff import HEAD
from bearwitness.seal import layout
from bearwitness.seal.batch import Arrived
from bearwitness.seal.sealing import Sealing

CLOSED = "it is a {} archive, which is kept and not opened: unpack it with a tool that you trust, and add the folder"
TOO_DEEP = "it lies in {} archives within one another, and is kept and not opened"


def open_all(sealing: Sealing, limits: Limits) -> None:
    """Open every archive that arrived, and those inside, each once."""
    budget = Budget(limits)
    waiting = deque((each, 1) for each in list(sealing.arrived) if each.id)
    opened: set[str] = set()
    sealing.flush()
    while waiting:
        each, depth = waiting.popleft()
        if each.sha256 in opened:
            continue
        opened.add(each.sha256)
        inside = _open(sealing, each, depth, budget)
        sealing.flush()
        waiting.extendleft((member, depth + 1) for member in reversed(inside))


def _open(sealing: Sealing, parent: Arrived, depth: int, budget: Budget) -> list[Arrived]:
    """Open one, where it is an archive; returns the exhibits inside."""
    path = layout.object_path(sealing.notebook.root, parent.sha256)
    with path.open("rb") as file:
        head = file.read(HEAD)
    if how := archives.closed(head):
        sealing.refuse(REST, "", CLOSED.format(how), inside=parent.place)
    what = archives.kind(head, parent.media, parent.name)
    if what and depth > budget.limits.depth:
        sealing.refuse(REST, "", TOO_DEEP.format(depth - 1), inside=parent.place)
    elif what:
        taken = (_take(sealing, parent, member) for member in archives.members(path, what, budget))
        return [each for each in taken if each is not None]
    return []


def _take(sealing: Sealing, parent: Arrived, member: Member) -> Arrived | None:
    if member.why:
        sealing.refuse(member.name, member.within, member.why, inside=parent.place)
        return None
    try:
        made = sealing.arriving.copy_blocks(member.blocks())
    except (Refused, Spent) as why:
        sealing.refuse(member.name, member.within, str(why), inside=parent.place)
        return None
    more = {"parent": parent.id, "member": member.number}
    told = by_name(member.name, made.size) or made.told
    return sealing.seal(made, member.name, member.within, told, inside=parent.place, more=more,
                        refs=(f"object:{parent.sha256}",))
