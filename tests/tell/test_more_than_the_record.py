"""Sentences that say more than the record they cite, each beside the nearest sentence that says what it carries."""
from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest
from tests.example import taken

from bearwitness.tell.check import check_text


@lru_cache(maxsize=256)
def codes(text: str, section: str = "ghantu", lang: str = "en") -> tuple[str, ...]:
    draft = f"---\nlang: {lang}\n---\n## Strike {{#{section}}}\n\n{text}\n"
    return tuple(f.code for f in check_text(taken().case, draft, "d.md") if f.weight != "warning")


REFUSED = {
    # a figure of one extent told of another
    "The Telegraph gives at least 200 dead for the six strikes [@t-25-tel].": "R03",
    "By the BBC's count the six attacks cost at least 200 lives [@t-25].": "R03",
    # numbers of a date are no counts
    "The Observatory speaks of 21 killed at Sarmin [@t-sar-sohr].": "G03",
    "The Observatory speaks of 10 killed at Sarmin [@t-sar-sohr].": "G03",
    # names that nothing on record holds
    "A resident called Samir, who fled with his sons, says that a market was hit [@r-scene].": "R20",
    "The activist Yusuf Hallaq describes screams and a smell of burning [@r-scene].": "R20",
    "According to the shopkeeper Layla Darwish, children ran from a school [@r-scene].": "R20",
    "Omar Sabbagh, a baker, told the activist of the smell of burning [@r-scene].": "R20",
    # somebody is said to have been asked
    "Moscow had been offered the chance to comment beforehand [@o-nocomment].": "R22",
    "The ministry received our questions in writing, and left them unanswered [@h-own].": "R22",
    "The ministry was invited to respond before publication [@c-photo].": "R22",
    # instruments that the speaker does not name, or under a plain mark
    "Human Rights Watch says that the strike breached the Convention on Cluster Munitions [@l-hrw-gha].": "R14",
    "Article 8(2)(b)(i) of the Rome Statute is where such an attack belongs [~context].": "R14",
    "Both States were bound by Additional Protocol I in what they did there [~opinion].": "R14",
    # a condition of the record dropped
    "Human Rights Watch calls the attack disproportionate [@l-hrw-gha].": "R15",
    # two roles made one person
    "The rescuer of the one list is the physiotherapist of the other [@t-sar-sohr; @t-sar-sams].": "R06",
    "The guard and the nurse are the same man [@t-sar-sohr; @t-sar-sams].": "R06",
    # extrapolation as opinion
    "Extrapolating from the lists, the real toll is far higher [~opinion].": "R25",
    "The deaths on record are surely a fraction of the true toll [~context].": "R25",
}
PASSED = (
    "Nobody was asked for a reply; this is a reconstruction from texts [~method].",
    "The Telegraph gives at least 200 killed, over more than 25 attacks [@t-25-tel].",
    "The Observatory speaks of 13 killed at Sarmin [@t-sar-sohr].",
    "A local media activist describes screams and a smell of burning [@r-scene].",
    "Asked by a news agency, the ministry had no immediate comment [@o-nocomment].",
    "If the commander was the aim, the attack would be disproportionate, Human Rights Watch says [@l-hrw-gha].",
    "An estimate is a model's figure and is kept apart from counts [~method].",
    "Was the picture of another mosque a slip of intelligence, or meant to deceive? Bellingcat says that this cannot be "
    "established [@c-cannot].",
    "Human Rights Watch passes on another 17 for Zafaraneh and Rastan; that is the same number as at Talbiseh, and another "
    "place [@t-zaf; @t-talb-hrw].",
    "That the objects belonged to ISIS has not been tested [=mod-isis.b].",
    "None of the dead belonged to an armed faction, a local activist is quoted as saying [@e-none].",
    "Additional Protocol I is named in other chapters [~method].",
)
NO_PERSONS = (
    "Residents of a village called Tell Ahmar are quoted in it [~context].",
    "Doctors Without Borders, who run clinics elsewhere, are not cited here [~method].",
    "The method follows the Berkeley Protocol and the Minnesota Protocol, whose texts are public [~method].",
    "It was sent to the Office of the High Commissioner for Human Rights, who keep such texts [~context].",
    "Children of the Red Crescent youth wing are no part of this [~method].",
)
ARABIC = (
    "أفاد عمال إنقاذ بأنهم انتشلوا 43 جثة [@t-ari-civ].",
    "قالت منظمة العفو الدولية إن ما لا يقل عن 49 مدنيا قتلوا في السوق [@t-ari-amn].",
    "ذكرت منظمة هيومن رايتس ووتش أن 17 شخصا على الأقل قتلوا في تلبيسة [@t-talb-hrw].",
)


@pytest.mark.parametrize("text", REFUSED)
def test_what_no_record_says_is_refused_by_the_rule_that_names_the_fault(text: str) -> None:
    assert REFUSED[text] in codes(text), codes(text)


@pytest.mark.parametrize("text", PASSED)
def test_what_the_record_says_passes(text: str) -> None:
    assert codes(text) == ()


@pytest.mark.parametrize("text", NO_PERSONS)
def test_bodies_places_and_instruments_are_no_persons(text: str) -> None:
    assert "R20" not in codes(text)


@pytest.mark.parametrize(("text", "refused"), [
    ("Human Rights Watch says that Russian forces struck the shelter [@g-sound].", True),
    ("Human Rights Watch says that the Russian military bombed the shelter [@g-sound].", True),
    ("Human Rights Watch says that a Russian pilot spoke of having struck the shelter [@g-sound].", False)])
def test_one_pilot_is_not_made_the_forces_of_his_country(text: str, refused: bool) -> None:
    case = taken().case
    heard = replace(case.assertions["g-sound"], says="on an open channel a Russian pilot spoke of having struck the shelter")
    made = replace(case, assertions={**case.assertions, "g-sound": heard}, _index={})
    found = [f.code for f in check_text(made, f"## Strike {{#ghantu}}\n\n{text}\n", "d.md")]
    assert ("R16" in found) == refused, found


@pytest.mark.parametrize("text", ARABIC)
def test_a_speaker_without_an_arabic_name_is_still_a_speaker(text: str) -> None:
    assert codes(text, "ariha", "ar") == ()
