"""What of a case goes into a bundle, and what is withheld, entry by entry, each with its reason.

Disclosed by default: everything, contrary evidence included, but what could identify a protected person: interview
notes, protected sources, consent, the vault; and casualty lists, which name children and whose kin were not asked.
A reader sees how many entries are withheld, where they stand and why.
`only` keeps some records and what they rest on; what speaks against them goes with them, unless it is withheld by name
with a reason, and the list says so.
Pure: entries in, reasons out.
"""
from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from bearwitness.errors import InputError
from bearwitness.seal.reading import Entry

PROTECTED = frozenset({"identity.sealed", "identity.erased", "exhibit.viewed", "consent.given", "consent.withdrawn"})
NEEDED = frozenset({"case.opened", "key.added", "key.rotated", "key.revoked", "log.merged", "anchor.added", "restore.noted",
                    "release.made", "exhibit.exported"})
"""Without these a bundle could not be checked."""

PROTECTS = "protects a person"
NAMES = "names people: casualty lists are disclosed by name only, with --with-lists"
NOT_ASKED = "outside what was asked for"
AGAINST = ("against", "opposing", "rival")


def withheld(entries: Sequence[Entry], *, only: Collection[str] = (), without: Mapping[str, str] | None = None,
             lists: bool = False) -> dict[str, str]:
    """leaf -> reason, of every entry that stays undisclosed. entries: all, in causal order.

    only: ids of records; without: id -> reason; lists: casualty lists, which name the dead, go along.
    Raises InputError for an id that is not there.
    """
    names = {str(entry.body["id"]) for entry in entries if isinstance(entry.body.get("id"), str)}
    for reason in (without or {}).values():
        if set(reason) & set('"\\') or not reason.isprintable():
            raise InputError("A reason for withholding is one line without quotes. Nothing was packed.", where=reason)
    for name in (*only, *(without or {})):
        if name not in names:
            raise InputError(f"There is no record {name!r} in this case. Nothing was packed.", where=name)
    hidden = _protected(entries)
    wanted = _closure(entries, only) if only else None
    out: dict[str, str] = {}
    for entry in entries:
        name = str(entry.body.get("id", ""))
        if entry.leaf in hidden:
            out[entry.leaf] = PROTECTS
        elif not lists and _is_list(entry):
            out[entry.leaf] = NAMES
        elif without and name in without:
            out[entry.leaf] = without[name]
        elif wanted is not None and entry.kind not in NEEDED and name not in wanted:
            out[entry.leaf] = NOT_ASKED
    return out


def _is_list(entry: Entry) -> bool:
    """A casualty list, or a judgement that says which of its rows are one person."""
    return entry.body.get("media") == "text/x-casualty-list" or entry.kind == "judgement.given"


def _protected(entries: Iterable[Entry]) -> set[str]:
    """Leaves of what could identify somebody: by kind, by `protect`, and whatever was shown as something else."""
    found: set[str] = set()
    for entry in entries:
        body = entry.body
        guarded = str(body.get("protect", "")).strip().lower() not in ("", "no") or bool(body.get("shown_as"))
        note = entry.kind == "document.stated" and "paragraphs" in body
        named = entry.kind == "record.withdrawn" and body.get("kind") == "document.stated"
        if entry.kind in PROTECTED or guarded or note or named:
            found.add(entry.leaf)
    return found


def _closure(entries: Iterable[Entry], only: Collection[str]) -> set[str]:
    """The ids asked for, everything they name, and everything that names them as contrary or speaks of the same claim."""
    bodies: dict[str, list[Mapping[str, Any]]] = {}
    for entry in entries:
        if isinstance(entry.body.get("id"), str):
            bodies.setdefault(entry.body["id"], []).append(entry.body)
    uses = {name: {word for body in each for word in _words(body) if word in bodies and word != name}
            for name, each in bodies.items()}
    found, queue = set(only), list(only)
    while queue:
        name = queue.pop()
        against = {other for other, each in bodies.items() if other not in found
                   and any(name in _words({key: body.get(key) for key in AGAINST}) for body in each)}
        for other in (uses.get(name, set()) | against) - found:
            found.add(other)
            queue.append(other)
    return found


def _words(value: Any) -> set[str]:
    """Every word in a body that could be an id: cells, lists, and references such as [@a1]."""
    if isinstance(value, str):
        return {word.strip("@=[](){};,.:\"'") for word in value.replace(";", " ").replace("[", " ").split()} | {value}
    if isinstance(value, Mapping):
        return set().union(*(_words(inner) for inner in value.values())) if value else set()
    if isinstance(value, list | tuple):
        return set().union(*(_words(inner) for inner in value)) if value else set()
    return set()
