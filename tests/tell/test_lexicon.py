"""How complete the words are: words of assertion that stand in no fixture, drawn up by kind before they were looked up.

Only words absent from every proving draft and every mutation are counted, so that the rate says how far the lists reach
beyond the sentences they were made with. First run over this list: see the decision page.
"""
# ruff: noqa: E501  (lists of words)
from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from bearwitness.rules import known
from bearwitness.tell.lexicon import lexicon

TESTS = Path(__file__).resolve().parents[1]
# kind -> sentences of which the word in braces must be seen as that kind; "claim:N" is a step of the ladder
WORDS: dict[str, tuple[str, ...]] = {
    "claim:5": ("incontrovertible evidence", "it is indisputable", "indubitably", "it is beyond question", "unequivocally shows",
                "it is manifest that", "categorically established", "undisputed", "it is a fact that", "in fact hit",
                "unmistakably", "irrefutable proof", "incontestable", "with absolute certainty", "it cannot be denied",
                "beyond dispute", "almost certainly", "virtually certain", "nearly certain", "without question", "plainly",
                "obviously", "of course", "evidently hit", "self-evident"),
    "claim:4": ("there is compelling evidence", "overwhelming evidence", "convincingly", "with high confidence", "very likely",
                "highly likely", "highly probable", "strong evidence that", "solid evidence", "ample evidence", "very probably",
                "corroborated evidence shows", "substantiated", "confirmed that", "verified that"),
    "claim:3": ("likely hit", "it is probable that", "in all likelihood", "most likely", "in all probability", "likely to have",
                "chances are", "more probable than not", "on balance", "presumably"),
    "claim:2": ("reasonable basis to believe", "reasonable ground to believe", "reasonable cause to believe",
                "with moderate confidence"),
    "claim:1": ("it is conceivable", "it is plausible that", "perhaps", "maybe", "there are hints", "hints at", "would seem",
                "is believed to", "is thought to", "is feared", "ostensibly", "seemingly", "with low confidence",
                "cannot be excluded", "cannot be ruled out", "an impression that", "there is some evidence"),
    "claim:0": ("is said to", "so-called", "rumoured", "rumored", "it is rumored", "is claimed to", "supposedly",
                "unconfirmed reports", "it is asserted that", "hearsay has it"),
    "vague": ("umpteen", "a number of people", "a great many", "lots of", "a large number of", "plenty of", "a host of", "myriad",
              "innumerable", "untold", "several people", "many people", "masses of", "a score of", "multitudes", "a couple of",
              "few survived", "some people", "half the town", "a fraction of", "hosts of"),
    "all": ("the whole town", "the entire family", "each of the", "always", "in every case", "the totality of", "wholly",
            "completely", "invariably", "any and all", "no exception"),
    "negative": ("not a soul", "at no time", "not any", "no trace", "without answer", "in no way", "nothing was found",
                 "failed to reply", "remained silent", "refused to comment", "declined to comment", "not once", "solely",
                 "exclusively", "no-one", "neither of them", "unanswered", "no denial", "no official"),
    "intent": ("purposely", "purposefully", "premeditated", "calculated", "by design", "with intent", "consciously",
               "on orders", "methodically", "in cold blood", "meant to kill", "intended to", "singled out", "was targeted",
               "targeting civilians", "methodical", "as a policy", "widespread and systematic", "wantonly", "recklessly",
               "planned to", "aimed to kill"),
    "law": ("atrocity", "atrocities", "massacre", "crime against peace", "genocide", "unlawfulness", "criminal", "criminality",
            "illegality", "transgression", "contravened", "infringed", "against the law", "contrary to international law",
            "inhumane", "laws of war", "humanitarian law", "crimes", "in defiance of the law", "terrorism"),
    "guilt": ("culprit", "culprits", "butcher", "criminals", "culpable", "has blood on", "to be held responsible for the crime",
              "convicted", "killers", "assassins", "complicit", "accomplice"),
    "lied": ("untruth", "untruths", "mendacious", "falsehood", "falsehoods", "fabricated the", "made up the", "misled",
             "dishonest", "hoax", "propaganda", "disinformation", "concocted", "whitewash", "bad faith", "pretended"),
    "banned": ("unlawful munitions", "proscribed weapons", "weapons barred by international law", "outlawed bombs",
               "prohibited ordnance", "weapons that are not permitted", "illicit munitions", "the prohibited use of bombs",
               "forbidden ordnance", "interdicted weapons"),
    "report": ("declares", "asserts", "contends", "avers", "submits", "relates", "recounts", "depicts", "portrays", "discloses",
               "divulges", "testifies", "affirms", "reiterates", "underlines", "stresses", "emphasises", "comments", "remarks",
               "charges", "accuses", "alerts", "cautions", "informs", "narrates", "in the view of", "posted", "tweeted",
               "broadcast", "advises", "concedes", "disputes", "contradicts", "objects", "answers", "counters", "vows",
               "predicts", "enumerates", "registers", "tallies", "by its own account", "summarises"),
    "hedge": ("conceivably", "presumably", "it is thought", "unverified", "unconfirmed", "potentially", "tentatively", "roughly",
              "plausibly", "supposedly", "feared", "believed to", "questionable", "doubtful", "purportedly"),
    "admit": ("avowed", "owns up", "took responsibility", "takes responsibility", "confessed", "boasted", "conceded",
              "claimed the strike", "verified its own"),
    "independently": ("on its own account", "unrelated witnesses", "cross-checked", "from separate origins", "autonomously",
                      "mutually confirming", "in agreement with each other", "independently of one another"),
}


# Left out on purpose: nouns far oftener than verbs of saying ("civilian objects"), which would pardon a flat sentence.
NOUNS = {"objects", "charges", "comments", "remarks", "counters", "broadcast", "answers"}


@cache
def fixtures() -> str:
    """Every word of the proving drafts and of the mutations."""
    paths = [*(TESTS / "drafts").rglob("*.md"), *(TESTS / "mutations").glob("*.py")]
    return " ".join(path.read_text("utf-8") for path in paths).casefold()


def absent() -> list[tuple[str, str]]:
    return [(kind, words) for kind, listed in WORDS.items() for words in listed
            if not re.search(rf"(?<!\w){re.escape(words.casefold())}(?!\w)", fixtures())]


def seen(kind: str, words: str) -> bool:
    found = lexicon("en")
    assert found is not None
    if kind.startswith("claim:"):
        claimed = found.claimed_level(f"{words} an air strike")
        return claimed is not None and claimed[0] == int(kind[6:])
    return found.has(kind, f"it was {words} there") is not None


def test_words_that_stand_in_no_fixture_are_known() -> None:
    tried = [(kind, words) for kind, words in absent() if words not in NOUNS]
    missed = [f"{kind}: {words}" for kind, words in tried if not seen(kind, words)]
    print(f"\nlexicon: {len(tried) - len(missed)}/{len(tried)} words absent from the fixtures are known", *missed, sep="\n   ")
    assert len(tried) >= 200
    assert not missed


@pytest.mark.parametrize("language", known("wording"))
def test_every_entry_has_words_and_every_refusal_it_names_says_what_licences_it(language: str) -> None:
    found = lexicon(language)
    assert found is not None and found.review
    for licence in found.licences:
        assert not licence.code or licence.needs, licence.kind
    assert sorted(level for level, _, _ in found.claims) == [0, 1, 2, 3, 4, 5]
    assert all(found.phrase(level) for level in range(5))


@pytest.mark.parametrize("language", known("wording"))
def test_the_phrase_offered_for_a_level_claims_that_level(language: str) -> None:
    found = lexicon(language)
    assert found is not None
    for level in range(5):
        claimed = found.claimed_level(found.phrase(level))
        assert claimed is not None and claimed[0] == level
