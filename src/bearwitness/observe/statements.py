"""What does an official strike report say about a strike: does it confirm, deny, keep silent, or give totals alone?

A monitor's text has two layers that must not be mixed: its own sentence about the report, and the report's words
in quotation marks. `split` takes them apart; `sort` names the class and shows the words that decided it, each with
the layer it stands in. The words are data: rules/claims/strike-reports-*.toml.
It keeps three rules. A denial is looked for before anything else. A "confirmed" of the monitor over a quotation that
holds totals alone is a total. What fits no pattern, or fits two that exclude each other, goes to a person.
What it does not do: say whether the report is true, or which incident it means. A confirmation has a reach (place or
governorate), and `names` tells whether a place stands in the report's own words.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bearwitness.observe.statement_words import Layers, Read, read, split, tells_of_strike

CLASSES = ("confirms", "denies", "silent", "aggregate", "other-place", "ambiguous")
LONGEST = 20_000  # characters of one report that are read; a longer one goes to a person


@dataclass(frozen=True, slots=True)
class Sorted:
    """kind: one of CLASSES. words: (layer, words) that decided it. reach: what a confirmation reaches: place,
    governorate or "". places: places in the official's own words. why: the reason in a sentence."""

    kind: str
    why: str
    words: tuple[tuple[str, str], ...] = ()
    reach: str = ""
    places: tuple[str, ...] = ()

    @property
    def decided(self) -> bool:
        return self.kind != "ambiguous"


_ARTICLE = re.compile(r"\b(?:al|el|ar|as|at|az|ad|an|ash)[- ]|[’'`]")


def sort(text: str, language: str = "en") -> Sorted:
    """The class of one report. Raises FileNotFoundError where no word list of that language stands."""
    if not text.strip():
        return Sorted("ambiguous", "there is no text")
    if len(text) > LONGEST:
        return Sorted("ambiguous", "the text is too long to be one report")
    layers = split(text)
    found = read(layers, language)
    for step in (_denial, _silence, _unplaced, _totals, _confirmation):
        if decided := step(layers, found):
            return decided
    return Sorted("ambiguous", "no pattern fits it: a person must read it", places=found.places)


def _denial(layers: Layers, f: Read) -> Sorted | None:
    if f.undone:
        return Sorted("ambiguous", "it neither confirms nor denies in plain words", _own(f.undone), places=f.places)
    if not f.denied:
        return None
    if f.confirmed and not f.silent:
        return Sorted("ambiguous", "words of denial and of confirmation stand in one text",
                      _own(f.denied + f.confirmed), places=f.places)
    return Sorted("denies", "the monitor's sentence reports a denial", _own(f.denied), places=f.places)


def _silence(layers: Layers, f: Read) -> Sorted | None:
    if not f.silent:
        return None
    words = _own(f.silent)
    if f.elsewhere and f.places:
        return Sorted("other-place", "it does not name the place and names another", words + _own(f.elsewhere)
                      + _quoted(f.places), places=f.places)
    if f.confirmed and f.of_place and f.governorate and not f.quote_totals:
        return Sorted("confirms", "the area is confirmed; the place itself is said not to be named",
                      _own(f.confirmed) + words, "governorate", f.places)
    if f.confirmed and f.places and not f.quote_totals:
        return Sorted("ambiguous", "one sentence reports strikes and another a silence: which is meant needs a reader",
                      words + _own(f.confirmed), places=f.places)
    return Sorted("silent", "the report is said not to mention it", words, places=f.places)


def _unplaced(layers: Layers, f: Read) -> Sorted | None:
    if not f.unplaced or f.quote_totals and not f.places:
        return None
    if f.places:
        return Sorted("ambiguous", "no precise place is given, yet the report's words name some", _own(f.unplaced)
                      + _quoted(f.places), places=f.places)
    return Sorted("aggregate", "strikes are reported without any place", _own(f.unplaced))


def _totals(layers: Layers, f: Read) -> Sorted | None:
    if f.places:
        return None
    if f.quote_totals:
        extra = _rest(layers, f)
        if extra:
            return Sorted("ambiguous", "totals, and a sentence beside them that may say more", _quoted(f.quote_totals)
                          + (("own", extra),))
        return Sorted("aggregate", "the report's own words hold totals alone, over several provinces",
                      _quoted(f.quote_totals))
    if f.own_totals and not layers.quoted and not f.town:
        return Sorted("aggregate", "a total of sorties or objects", _own(f.own_totals))
    return None


def _confirmation(layers: Layers, f: Read) -> Sorted | None:
    if not f.official and (f.others or not re.match(r"\W*(?:\w+ ){0,3}confirm", layers.own, re.IGNORECASE)) and layers.own:
        return Sorted("ambiguous", "no party's own statement is reported here", (("own", f.others),) if f.others else (),
                      places=f.places)
    if layers.quoted and not f.quote_strike:
        return Sorted("ambiguous", "the quotation tells of no strike", _own(f.confirmed), places=f.places)
    if f.others and not layers.quoted:
        return Sorted("ambiguous", "somebody else's account stands in the sentence", (("own", f.others),))
    if f.town and f.places and not any(alike(f.town, place) for place in (*f.places, *f.capitals)):
        return Sorted("ambiguous", "the monitor names one place and the report's own words another",
                      (("own", f.town), *_quoted(f.places)), places=f.places)
    if f.confirmed or (f.places and f.quote_strike):
        reach = "place" if f.town else "governorate" if f.governorate else "place" if f.places else ""
        return Sorted("confirms", "strikes are reported in the area spoken of",
                      _own(f.confirmed) + _quoted(f.places or f.quote_strike[:1]), reach, f.places)
    return None


def alike(a: str, b: str) -> bool:
    """Two spellings of one place: letters alone, without the article."""
    p, q = (re.sub(r"[^a-z]", "", re.sub(r"^(al|el|ar|as|at|az|ad)[- ]", "", name.lower())) for name in (a, b))
    return bool(p and q) and (p in q or q in p or _shared(p, q) >= 0.75)


def _shared(p: str, q: str) -> float:
    """Pairs of letters two words share, of all their pairs [1] (L. R. Dice, Ecology 26(3), 1945)."""
    pairs_p, pairs_q = ({w[n:n + 2] for n in range(len(w) - 1)} for w in (p, q))
    return 2 * len(pairs_p & pairs_q) / max(1, len(pairs_p) + len(pairs_q))


def names(sorted_report: Sorted, spellings: Iterable[str]) -> bool:
    """Whether the official's own words name this place. A confirmation that does not reaches the area alone.

    Whole words are compared, so that Hama is not found in al-Hamamah.
    """
    return any(_word_for_word(place, name) for name in spellings for place in sorted_report.places)


def _word_for_word(place: str, name: str) -> bool:
    """Whether a run of the name's words is the place, in some spelling; articles count for nothing."""
    parts, words = (_ARTICLE.sub("", text.casefold()).replace("-", " ").split() for text in (place, name))
    size, sought = len(parts), "".join(parts)
    runs = ("".join(words[n:n + size]) for n in range(len(words) - size + 1))
    return bool(sought) and any(run == sought or _shared(run, sought) >= 0.7 for run in runs)


def _rest(layers: Layers, f: Read) -> str:
    """A sentence of the monitor's after a quotation that tells of more than the report does."""
    after = layers.own.rsplit("“”", 1)[-1] if "“”" in layers.own else ""
    for known in (*f.unplaced, *f.silent):
        after = after.replace(known, " ")
    return after.strip(" .") if tells_of_strike(after) else ""


def _own(words: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple(("own", each) for each in dict.fromkeys(words))


def _quoted(words: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple(("quoted", each) for each in dict.fromkeys(words))
