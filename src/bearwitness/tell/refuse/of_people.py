"""Rules that protect people: R20 and D2 identity, R21 and D16 consent, R23 sealed exhibits."""
from __future__ import annotations

from collections.abc import Iterator

from bearwitness.tell.document import Fault
from bearwitness.tell.refuse.stretch import Stretch, stands


def identity_names(s: Stretch) -> Iterator[Fault]:
    """R20: a protected source under any words but those it may be shown as."""
    words = s.text.casefold()
    for source in s.case.sources.values():
        if not source.shown_as:
            continue
        for name in (source.name, source.name_local, *source.also):
            if name and name.casefold() != source.shown_as.casefold() and stands(name, words):
                yield s.fault("R20", f"a protected source may be printed as {source.shown_as!r} alone",
                              words="(not repeated here)", can_say=f"Say: {source.shown_as}.")
                return


def contact(s: Stretch) -> Iterator[Fault]:
    """R20: an address or a telephone number."""
    if s.has("contact"):
        yield s.fault("R20", "an address or telephone number stands in the text", words="(not repeated here)",
                      mend="Take it out: contacts never stand in a report.")


def role_and_place(s: Stretch) -> Iterator[Fault]:
    """D2: a role with a place can identify a person."""
    if s.kind not in ("cite", "quote"):
        return
    found = s.has("role_place")
    if not found:
        return
    for source in s.speakers:
        private = source.kind in ("witness", "medical", "responder", "resident") or source.shown_as
        shown = [n for n in source.names if stands(n, s.text.casefold())]
        if private and not any(found.casefold() in n.casefold() for n in shown) and not _consented(s, source.id):
            yield s.fault("D2", f"{found!r}: a role with a place can identify this source", words=found,
                          can_say=f"Say: {source.shown}.")
            return


def _consented(s: Stretch, source: str) -> bool:
    return any(n.by == source and n.consent.get("publish-named", (False, ""))[0] for n in s.case.notes.values())


def consent(s: Stretch) -> Iterator[Fault]:
    """R21 and D16: each use of a note has its consent cell."""
    use = "verbatim" if s.span.quote else "publish-anonymised"
    docs = [r.doc for r in s.cited.rows]
    for finding in s.cited.findings:
        docs += [ref.split(" ")[0] for ref in finding.supporting]
        docs += [s.case.assertions[r].doc for r in finding.supporting if r in s.case.assertions]
    for name in dict.fromkeys((*s.cited.notes, *(d for d in docs if d in s.case.notes))):
        note = s.case.notes[name]
        given, date = note.consent.get(use, (False, ""))
        if (name, use) in s.desk.withdrawn:
            given = False
        if given:
            continue
        if (name, use) in s.desk.withdrawn or _later_no(s, name, date):
            yield s.fault("D16", f"consent for {use} of {name} was withdrawn", mend="Leave it out of the next release.")
        else:
            yield s.fault("R21", f"{name} has no consent for {use}", mend="Ask the person again, or leave it out.")


def _later_no(s: Stretch, name: str, date: str) -> bool:
    """A "no" of a later day than the interview takes an earlier leave back."""
    return bool(date) and s.case.config.reading.when(date).start > s.case.notes[name].date.start


def sealed(s: Stretch) -> Iterator[Fault]:
    """R23: an exhibit behind this stretch no longer matches its seal. A warning where it never was the whole file."""
    docs = [r.doc for r in s.cited.rows] + s.cited.documents + s.cited.exhibits
    held = [s.case.documents[d].held if d in s.case.documents else d for d in docs]
    for exhibit in dict.fromkeys(held):
        if exhibit in s.desk.altered:
            yield s.fault("R23", f"exhibit {exhibit} no longer matches its seal",
                          mend="Run bearwitness verify, and compare with another copy. Nothing was repaired.")
        elif (one := s.case.exhibits.get(exhibit)) and one.lacks:
            yield s.fault("R23", f"exhibit {exhibit} is not the whole file: {one.lacks}", weight="warning",
                          mend="Add the file itself and cite that one, or say in the text that only this much was there.")
