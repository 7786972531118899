"""Rule of estimates (R25): a statement about lists, never a toll, and never of one incident."""
from __future__ import annotations

from collections.abc import Iterator

from bearwitness.tell.document import Fault
from bearwitness.tell.refuse.stretch import Stretch, stands

_PARTS = (("estimate_model", "the model"), ("estimate_lists", "the lists"), ("estimate_interval", "the interval"))


def measured(s: Stretch) -> Iterator[Fault]:
    """R25: an estimate without its model, its lists and its interval, or made for one incident."""
    found = s.lexicon.has("estimate", s.text)
    if s.kind == "plain" and found is not None and not s.negated(found) and _opined(s):
        yield s.fault("R25", f"{found[0]!r}: an extrapolation to deaths that nobody recorded, from no model and no lists",
                      words=found[0], mend="Leave it out, or print an estimate with its model, its lists and its interval.")
        return
    if s.kind not in ("cite", "ours", "count") or found is None or not s.numbers or s.negated(found):
        return
    if s.kind == "cite" and s.reported and _a_toll(s):
        return
    missing = [name for kind, name in _PARTS if s.lexicon.has(kind, s.text) is None]
    one = _of_one(s)
    if missing or one:
        wanting = f"{_list(missing)} {'is' if len(missing) == 1 else 'are'} wanting" if missing else ""
        why = f"it is made for one incident ({one})" if one else wanting
        yield s.fault("R25", f"{found[0]!r}: {why}", words=found[0], mend=_mend(one))


def _opined(s: Stretch) -> bool:
    """Told of the dead as opinion or context. Under [~method] a report says how it estimates."""
    openly = {words for mark in s.span.marks for words in mark.refs} if s.span.marks else set()
    return "method" not in openly and bool(s.has("killed") or s.has("wounded") or s.has("victims"))


def _a_toll(s: Stretch) -> bool:
    """A speaker's own figure of a toll, called an estimate: it is a toll, and nobody modelled it."""
    return bool(s.cited.tolls) and not any(s.lexicon.has("estimate", row.says) for row in s.cited.assertions)


def _of_one(s: Stretch) -> str:
    words = s.text.casefold()
    for incident in s.case.incidents.values():
        name = incident.name.split()[0].rstrip(",").casefold()
        if len(name) > 3 and stands(name, words) or any(row.incident == incident.id for row in s.cited.assertions):
            return incident.name
    return ""


def _list(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _mend(one: str) -> str:
    if one:
        return "For one incident print the tally: {killed INCIDENT}. An estimate speaks of lists, not of one strike."
    return "Write the figure with its interval, the model and the lists it comes from."
