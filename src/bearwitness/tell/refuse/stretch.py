"""One stretch of a draft with everything a rule needs to judge it."""
from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from bearwitness.model.case import Case
from bearwitness.model.records import Source
from bearwitness.model.when import MONTH_NAMES
from bearwitness.reason.claims import Tested, test_part
from bearwitness.reason.findings import Held, weigh
from bearwitness.reason.law.assessment import Assessment
from bearwitness.reason.levels import Standard
from bearwitness.reason.tally import Tally, UnknownCount, tally
from bearwitness.rules import load
from bearwitness.tell.cited import Cited, resolve_refs
from bearwitness.tell.document import Fault
from bearwitness.tell.lexicon import Lexicon, folded
from bearwitness.tell.marks import CountMark, RawSpan
from bearwitness.tell.numbers import Said, numbers_in


@dataclass(slots=True)
class Desk:
    """What all stretches of one check share. Computed once, read by every rule.

    held_text: exhibit id to its text, or None where it has none. altered: exhibits that no longer match their
    seal. withdrawn: (note id, use) whose consent was withdrawn.
    """

    case: Case
    standard: Standard
    lexicon: Lexicon | None
    file: str
    held_text: Callable[[str], str | None] = lambda exhibit: None
    altered: Collection[str] = ()
    withdrawn: Collection[tuple[str, str]] = ()
    _tallies: dict[object, Tally] = field(default_factory=dict)
    _names: dict[str, list[str]] = field(default_factory=dict)
    _held: dict[str, Held] = field(default_factory=dict)
    _tested: dict[str, Tested] = field(default_factory=dict)
    _assessed: dict[str, Assessment] = field(default_factory=dict)
    _words: set[str] = field(default_factory=set)

    def holds(self, name: str) -> bool:
        """Whether each piece of a name stands somewhere in what was stated or noted in this case."""
        if not self._words:
            texts = [value for row in self.case.stated.values() for value in row.body.values() if isinstance(value, str)]
            texts += [text for note in self.case.notes.values() for text in note.paragraphs]
            texts += [finding.text for finding in self.case.findings.values()]
            texts += [part.text for claim in self.case.claims.values() for part in claim.parts]
            texts += [f"{claim.title} {claim.exact_words}" for claim in self.case.claims.values()]
            texts += [self.case.config.title, "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"]
            self._words = {word for text in texts for word in re.findall(r"[^\W\d_]{2,}", text.casefold())} | set(
                name.casefold() for name in MONTH_NAMES)
        return all(word in self._words for word in re.findall(r"[^\W\d_]{2,}", name.casefold()))

    def held(self, finding: str) -> Held:
        if finding not in self._held:
            self._held[finding] = weigh(self.case, self.standard, self.case.findings[finding])
        return self._held[finding]

    def place_names(self) -> Mapping[str, list[str]]:
        """First word of an incident's name to the incidents that bear it; short words are no names."""
        if not self._names:
            for incident in self.case.incidents.values():
                name = incident.name.split()[0].rstrip(",").casefold()
                if len(name) > 3:
                    self._names.setdefault(name, []).append(incident.id)
        return self._names

    def tested(self, part: str) -> Tested:
        if part not in self._tested:
            self._tested[part] = test_part(self.case, self.standard, self.case.parts[part])
        return self._tested[part]

    def assessed(self, incident: str) -> Assessment:
        """The law of one incident; computed when a sentence first speaks of it."""
        if incident not in self._assessed:
            from bearwitness.reason.law.assess import assess
            self._assessed[incident] = assess(self.case, incident)
        return self._assessed[incident]

    def tally(self, quantity: str, category: str, scope: str, basis: str = "tally", as_of: str = "") -> Tally:
        """A tally by its words. Raises UnknownCount, or BadCell for an as_of that is no date."""
        key = (quantity, category, scope, basis, as_of)
        if key not in self._tallies:
            when = self.case.config.reading.when(as_of) if as_of else None
            self._tallies[key] = tally(self.case, quantity, category, scope, basis=basis, as_of=when)
        return self._tallies[key]

    def counted(self, mark: CountMark) -> Tally:
        """The tally behind a count mark. Raises UnknownCount."""
        quantity, category, scope = split_words(mark.words)
        keys = dict(mark.keys)
        unknown = set(keys) - {"as_of", "basis"}
        if unknown:
            raise UnknownCount(f"I don't know the key {sorted(unknown)[0]!r}; keys: as_of, basis")
        return self.tally(quantity, category, scope, keys.get("basis", "tally"), keys.get("as_of", ""))


def split_words(words: tuple[str, ...]) -> tuple[str, str, str]:
    """quantity, category, scope of a count mark. Raises UnknownCount."""
    if len(words) == 2:
        return words[0], "", words[1]
    if len(words) == 3:
        return words[0], words[1], words[2]
    raise UnknownCount("a count is {quantity scope} or {quantity category scope}, as in {killed civilians ariha}")


@dataclass(slots=True)
class Place:
    """Where in the draft a stretch stands. before: the words of the paragraph so far."""

    section: str = ""
    incident: str = ""
    before: str = ""
    kind: str = "paragraph"
    paragraph: str = ""


@dataclass
class Stretch:
    """One span under judgement."""

    desk: Desk
    span: RawSpan
    place: Place

    @property
    def case(self) -> Case:
        return self.desk.case

    @cached_property
    def kind(self) -> str:
        return self.span.kind

    @cached_property
    def text(self) -> str:
        return self.span.text.strip()

    @cached_property
    def lexicon(self) -> Lexicon:
        if self.desk.lexicon is None:
            raise ValueError("this language has no lexicon")
        return self.desk.lexicon

    def has(self, name: str) -> str:
        """The words that match a named pattern of the lexicon; empty where none do."""
        found = self.lexicon.has(name, self.text)
        return found[0].strip() if found else ""

    def has_in(self, name: str, text: str) -> bool:
        return self.lexicon.has(name, text) is not None

    @cached_property
    def cited(self) -> Cited:
        return resolve_refs(self.case, self.span.refs)

    @cached_property
    def speakers(self) -> list[Source]:
        return self.cited.speakers(self.case)

    @cached_property
    def named(self) -> list[Source]:
        """Cited speakers whose name stands in this stretch, or earlier in its paragraph."""
        words = (self.place.before + " " + self.text).casefold()
        found = [s for s in self.speakers if any(stands(name, words) or adjective(name, words) for name in s.names)
                 or local_name(s, words)]
        one = self.speakers[:1] if not found and len(self.speakers) == 1 else []
        return found or [s for s in one if self._by_its_noun(s, words) or self._nameless(s)]

    def _nameless(self, source: Source) -> bool:
        """The one speaker cited has no name in the language of the draft: a noun stands for it, and no other's name."""
        if self.desk.lexicon is None or self.lexicon.language == "en" or source.name_local or source.shown_as:
            return False
        others = any(local_name(one, self.text) for one in self.case.sources.values() if one.id != source.id
                     and len(one.name_local) > 4)
        return not others and self._spoken_by_noun

    def _by_its_noun(self, source: Source, words: str) -> bool:
        """`the ministry`, `the Network`: the one speaker cited, by the noun of its own name."""
        if self.desk.lexicon is None:
            return False
        nouns = {word for name in source.names for word in name.casefold().split()
                 if len(word) > 5 and self.lexicon.word["speaker_noun"].fullmatch(word)}
        return any(stands(f"the {noun}", words) for noun in nouns)

    @cached_property
    def named_here(self) -> list[Source]:
        """Cited speakers whose name stands in this very stretch."""
        low = self.text.casefold()
        return [s for s in self.speakers if any(stands(name, low) for name in s.names) or local_name(s, low)]

    @cached_property
    def attributed(self) -> bool:
        """A stretch of others' words whose speaker is named and that reports: their statement, not ours."""
        return self.kind in ("cite", "quote") and bool(self.named)

    def theirs(self, found: re.Match[str]) -> bool:
        """Words of a named speaker: a verb of saying stands before them."""
        verb = self.lexicon.report.search(self.text)
        return self.attributed and verb is not None and verb.start() < found.start()

    @cached_property
    def _spoken_by_noun(self) -> bool:
        """A noun for one who speaks with a verb of saying: behind it, or (where the verb comes first) before it."""
        first = self.lexicon.verb_first
        for noun in self.lexicon.word["speaker_noun"].finditer(self.text):
            if self.lexicon.report.search(self.text, noun.end(), noun.end() + 60) or first and self.lexicon.report.search(
                    self.text, max(0, noun.start() - 40), noun.end()):
                return True
        return False

    @cached_property
    def reported(self) -> bool:
        """Told as somebody's words: a named speaker, an impersonal form, or a speaking noun with a verb of saying."""
        if self.attributed or self.has("impersonal"):
            return True
        return self._spoken_by_noun

    def negated(self, found: re.Match[str]) -> bool:
        """A negation stands shortly before these words, in their clause."""
        clause = re.split(r"[.;]", self.text[max(0, found.start() - 60):found.start()])[-1].replace("than not", "")
        return self.lexicon.has("negation", clause) is not None

    @cached_property
    def numbers(self) -> list[Said]:
        """Numbers typed by hand; a number inside a cited speaker's name is none."""
        return numbers_in(without_names(self.text, self.speakers), self.lexicon.numbers)

    @cached_property
    def incident_ids(self) -> list[str]:
        own = self.cited.incident_ids(self.case)
        for mark in self.span.counts:
            own += [w for w in mark.words if w in self.case.incidents]
        return own or ([self.place.incident] if self.place.incident else [])

    def fault(self, code: str, reason: str, *, can_say: str = "", mend: str = "", words: str = "",
              line: int = 0, weight: str = "refused") -> Fault:
        way_out = mend or ("" if can_say else mend_of(code))
        return Fault(code, self.desk.file, line or self.span.line, reason, way_out, can_say,
                     words or self.text.replace("\ufffc", "{...}"), weight)


def without_names(text: str, speakers: list[Source], *, several: bool = False) -> str:
    """The text with speakers' names blanked: those that hold a digit, or (several) those of several words."""
    names = {n for s in speakers for n in (*s.names, s.shown.split(" (")[0])}
    hidden = {n for n in names if (" " in n if several else any(c.isdigit() for c in n))}
    for name in sorted(hidden, key=len, reverse=True):
        text = text.replace(name, "\ufffc" * len(name))
    return text


def stands(name: str, words: str) -> bool:
    """A name stands in a text as whole words, with or without its bracketed part."""
    for form in {name, name.split(" (")[0]}:
        form = form.strip().casefold()
        at = words.find(form) if form else -1
        while at >= 0:
            left = at == 0 or not words[at - 1].isalnum()
            end = at + len(form)
            if left and (end == len(words) or not words[end].isalnum()):
                return True
            at = words.find(form, at + 1)
    return False


@lru_cache(maxsize=4096)
def _local(name: str) -> re.Pattern[str]:
    """A name in its own script, with what Arabic writes on to its front (\u0648\u0627\u0644..., \u0644\u0644...)."""
    bare = name.removeprefix("\u0627\u0644")
    article = r"(?:\u0627\u0644|\u0644)?" if bare != name else ""
    return re.compile(rf"(?<!\w)[\u0648\u0641\u0628\u0644\u0643]{{0,2}}{article}{folded(bare)}(?!\w)", re.IGNORECASE)


def local_name(source: Source, words: str) -> bool:
    """Whether a source's name in its own language stands in a text; never that of a protected one."""
    return bool(source.name_local) and not source.shown_as and _local(source.name_local).search(words) is not None


def adjective(name: str, words: str) -> bool:
    """`Russian` for Russia: a one-word name as an adjective is still the name."""
    return " " not in name and len(name) > 4 and any(stands(name.casefold() + end, words) for end in ("n", "'s", "\u2019s"))


def mend_of(code: str) -> str:
    refusals: Mapping[str, Mapping[str, str]] = load("refusals")
    return refusals.get(code, {}).get("mend", "")
