"""Mutations of law, weapons, attackers, pictures and estimates: the sentence before can be said, the one after cannot."""
# ruff: noqa: E501  (a sentence stands on its line)
from __future__ import annotations

from collections.abc import Iterator

from tests.mutations.findings import Mutation

from bearwitness.seal.takein import Taken

# kind, code, strike, sound, unsound sentences of it
SENTENCES: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    ("treaty misdated", "R14", "sarmin",
     "According to the Legal Adviser, resolution 2139 of 22 February 2014 was adopted before the strike [@zz-law5].",
     ("According to the Legal Adviser, resolution 2139 of 22 February 2016 was adopted before the strike [@zz-law5].",
      "According to the Legal Adviser, resolution 2286 of 3 May 2016 was adopted before the strike [@zz-law5].",
      "According to the Legal Adviser, resolution 2286 applied to the strike [@zz-law5].",
      "The strike was contrary to Security Council resolution 2286 [@zz-law5].",
      "The strike went against the declaration of November 2022 on explosive weapons in populated areas [@zz-law5].")),
    ("treaty misdated", "R14", "ariha",
     "According to the Legal Adviser, the Convention on Cluster Munitions entered into force on 1 August 2010, and neither "
     "Syria nor Russia is a party [@zz-law6].",
     ("According to the Legal Adviser, the Convention on Cluster Munitions entered into force on 1 August 2016, and neither "
      "Syria nor Russia is a party [@zz-law6].",
      "According to the Legal Adviser, the Convention on Cluster Munitions bound Russia [@zz-law6].",
      "According to the Legal Adviser, Syria was a party to the Convention on Cluster Munitions [@zz-law6].",
      "The Convention on Cluster Munitions applied to the strike [@zz-law6].")),
    ("instrument of no party", "R14", "sarmin",
     "According to the Legal Adviser, Russia fought armed groups with the consent of Syria, which is a non-international "
     "armed conflict [@zz-law1].",
     ("According to the Legal Adviser, Additional Protocol II bound Syria in that conflict [@zz-law1].",
      "According to the Legal Adviser, Additional Protocol I applied to the strike, in a non-international armed conflict "
      "[@zz-law1].",
      "The strike breached article 51 of Additional Protocol I, in a non-international armed conflict [=sarmin-strike].")),
    ("conflict type flipped", "R14", "sarmin",
     "According to the Legal Adviser, Russia fought armed groups with the consent of Syria, which is a non-international "
     "armed conflict [@zz-law1].",
     ("According to the Legal Adviser, Russia fought armed groups with the consent of Syria, which is an international "
      "armed conflict [@zz-law1].",)),
    ("conflict type flipped", "R14", "sarmin",
     "According to the Legal Adviser, article 8(2)(e)(iv) of the Rome Statute covers hospitals in a non-international armed "
     "conflict [@zz-law2].",
     ("According to the Legal Adviser, article 8(2)(e)(iv) of the Rome Statute covers hospitals in an international armed "
      "conflict [@zz-law2].",
      "According to the Legal Adviser, article 8(2)(b)(ix) of the Rome Statute covers hospitals in a non-international armed "
      "conflict [@zz-law2].",
      "According to the Legal Adviser, article 8(2)(b)(xxiv) of the Rome Statute covers hospitals here [@zz-law2].")),
    ("conflict type flipped", "R14", "ariha",
     "According to the Legal Adviser, article 8(2)(e)(i) of the Rome Statute covers attacks on civilians in a "
     "non-international armed conflict [@zz-law3].",
     ("According to the Legal Adviser, article 8(2)(e)(i) of the Rome Statute covers attacks on civilians in an international "
      "armed conflict [@zz-law3].",
      "According to the Legal Adviser, article 8(2)(b)(i) of the Rome Statute covers attacks on civilians in a "
      "non-international armed conflict [@zz-law3].",
      "According to the Legal Adviser, article 8(2)(b)(ii) of the Rome Statute covers the market [@zz-law3].")),
    ("conflict type flipped", "R14", "ghantu",
     "According to the Legal Adviser, excessive incidental harm is a customary matter (Rule 14) in a non-international armed "
     "conflict [@zz-law4].",
     ("According to the Legal Adviser, excessive incidental harm is a matter of article 8(2)(b)(iv) in a non-international "
      "armed conflict [@zz-law4].",
      "According to the Legal Adviser, article 8(2)(b)(iv) covers the strike on the shelter [@zz-law4].")),
    ("proportionality from outcomes", "R15", "sarmin",
     "According to the Legal Adviser, proportionality is not assessable, because the advantage sought is not known "
     "[@zz-law7].",
     ("The strike was disproportionate, as so many died [=sarmin-strike].",
      "There are reasonable grounds to believe that the strike was disproportionate [=sarmin-strike].",
      "There are reasonable grounds to believe that the harm was excessive in relation to the advantage [=sarmin-strike].",
      "According to the Legal Adviser, the strike was disproportionate [@zz-law7].",
      "Twelve civilians died for no gain, out of all proportion to any advantage [=sarmin-strike].")),
    ("war crime made ours", "R18", "ariha",
     "According to Amnesty International, such attacks may constitute war crimes [@l-crime].",
     ("The strike on the market may constitute a war crime [=ariha-market].",
      "There are reasonable grounds to believe that the strike on the market constitutes a war crime [=ariha-market].",
      "The strike on the market was a war crime [=ariha-market].",
      "Such attacks constitute war crimes [@l-crime].",
      "War crimes were committed at the market [=ariha-market].")),
    ("suspected dropped", "R16", "ghantu",
     "The strike at al-Ghantu is suspected to have been Russian [=zz-attacker].",
     ("The strike at al-Ghantu was Russian [=zz-attacker].",
      "There are reasonable grounds to believe that a Russian aircraft struck al-Ghantu [=zz-attacker].",
      "It is more likely than not that the strike at al-Ghantu was Russian [=zz-attacker].")),
    ("suspected dropped", "R16", "ghantu",
     "Human Rights Watch describes another engine sound and a much higher flight than Syrian aircraft [@g-sound].",
     ("Russian jets bombed the shelter [@g-sound].", "The shelter was hit by Russia [@g-sound].",
      "Human Rights Watch describes a Russian strike on the shelter [@g-sound].")),
    ("suspected dropped", "R16", "ariha",
     "Civil Defence workers heard planes, and say that the strike came within a second [@r-planes].",
     ("Civil Defence workers heard Russian planes bomb the market [@r-planes].",
      "Russian planes bombed the market within a second [@r-planes].")),
    ("dated by its caption", "R11", "sarmin",
     "The ministry showed an aerial photograph that it dated to 31 October 2015 [@h-photo].",
     ("The aerial photograph of 31 October 2015 shows the hospital [@h-photo].",
      "The ministry showed an aerial photograph taken on 31 October 2015 [@h-photo].",
      "An aerial photograph was made on 31 October 2015, as the ministry showed [@h-photo].")),
    ("dated by its caption", "R11", "jisr",
     "The General Staff showed aerial photographs, dated 29 October 2015, which it said show the mosque undamaged [@c-photo].",
     ("The General Staff showed aerial photographs taken on 29 October 2015 [@c-photo].",
      "The aerial photographs of 29 October 2015 show the mosque, says the General Staff [@c-photo].")),
    ("model named", "R12", "ghantu",
     "Weapons experts indicated a possible fuel-air explosive from images [@w-fae-exp].",
     ("Weapons experts indicated an ODAB-500PM from images [@w-fae-exp].",
      "An ODAB-500 hit the shelter, weapons experts said [@w-fae-exp].",
      "The shelter was hit by an ODAB-500PM [@w-fae-exp; g-fae].",
      "There are reasonable grounds to believe that an ODAB-500PM hit the shelter [=ghantu-shelter].")),
    ("cluster without a second source", "R12", "ariha",
     "The Syrian Observatory for Human Rights alleged that cluster bombs were used [@r-clusohr].",
     ("Cluster munitions hit the market [@r-clusohr].",
      "Cluster munitions hit the market, as the Observatory and Al Jazeera reported [@r-clusohr; r-clualj].",
      "The market was hit with RBK-500 cluster bombs, the Observatory said [@r-clusohr].")),
    ("who is bound left out", "R13", "ariha",
     "Cluster munitions are prohibited by the Convention on Cluster Munitions to its parties, and neither Syria nor Russia "
     "is a party, the Cluster Munition Monitor records [@w-conv].",
     ("Cluster munitions are prohibited, the Cluster Munition Monitor records [@w-conv].",
      "Cluster munitions are prohibited by the Convention on Cluster Munitions, the Monitor records [@w-conv].",
      "Internationally banned cluster munitions are at issue, the Monitor records [@w-conv].",
      "Fuel-air bombs are prohibited by a protocol of 1980, the Monitor records [@w-conv].",
      "Cluster bombs are outlawed weapons, the Cluster Munition Monitor records [@w-conv].")),
    ("estimate without its measure", "R25", "ariha",
     "The Statistics Group gives an estimate of 2400 killed in the district, with a 95 % interval of 2150 to 3100, from "
     "latent classes over 4 lists [@zz-est].",
     ("The Statistics Group gives an estimate of 2400 killed in the district, from latent classes over 4 lists [@zz-est].",
      "The Statistics Group gives an estimate of 2400 killed in the district, with a 95 % interval of 2150 to 3100 "
      "[@zz-est].",
      "The Statistics Group gives an estimate of 2400 killed in the district, with a 95 % interval of 2150 to 3100, over 4 "
      "lists [@zz-est].",
      "The Statistics Group gives an estimate of 2400 killed in the district, with a 95 % interval of 2150 to 3100, from "
      "latent classes [@zz-est].",
      "An estimated 2400 people were killed in the district [@zz-est].",
      "The Statistics Group gives an estimate of 2400 killed at Ariha, with a 95 % interval of 2150 to 3100, from latent "
      "classes over 4 lists [@zz-est].")),
    ("a person accused", "R19", "sarmin",
     "In November 2015 the ministry showed a picture that it dated to 31 October 2015 [@h-photo].",
     ("Its spokesman is guilty of covering up the strike [@h-photo].", "The minister is a war criminal [@h-photo].",
      "The commander who ordered the strike bears criminal responsibility [@h-photo].",
      "The pilot committed a crime at Sarmin [@h-photo].")),
    ("by its name alone", "R10", "jisr",
     "Bellingcat explains that al-Farouq is an epithet of Omar Bin al-Khattab [@c-name].",
     ("The two are one and the same mosque, as both bear the name of Omar [@c-name].",
      "The photographed mosque is the same mosque, since it has the same name [@c-name].",
      "The mosque shown must therefore be the mosque that was bombed [@c-name].")),
    ("all for some", "D15", "ariha",
     "There are reasonable grounds to believe that an air strike hit the market at Ariha and killed at least 43 people "
     "[=ariha-market].",
     ("There are reasonable grounds to believe that an air strike killed everyone at the market [=ariha-market].",
      "There are reasonable grounds to believe that all 43 dead were killed by the air strike [=ariha-market].")),
    ("search dropped", "D12", "ghantu",
     "An official statement on this strike was looked for and not found [@s-gha].",
     ("The ministry never spoke of the strike [@g-date].", "No official statement was made on the strike [@g-date].",
      "Nobody claimed the strike [@g-date].")),
    ("search dropped", "D12", "ariha",
     "An official statement of an own strike on this market was looked for and not found [@s-ari].",
     ("No official statement was made on this strike [@r-what].", "Not one official spoke of this strike [@r-what].")),
    ("a definition lost", "R27", "talbiseh",
     "Human Rights Watch counts at least 17 civilians [@t-talb-hrw].",
     ("The Syrian Network for Human Rights and Amnesty International together count civilians [@t-snhr-oct; t-ari-amn].",)),
    ("admission widened", "D6", "sarmin",
     "The ministry said that a strike on Sarmin took place; its words reach the town and do not mention the hospital "
     "[@h-own].",
     ("The ministry admitted that it struck the hospital [@h-own].",
      "The ministry acknowledged a strike on the field hospital at Sarmin [@h-own].")),
    ("other object called false", "D14", "jisr",
     "That part of the claim concerns another object, 634 m away [=gs-mosque.a].",
     ("That part of the claim is false [=gs-mosque.a].", "The photograph of the mosque is a fake [=gs-mosque.a].")),
)


def sentences(taken: Taken) -> Iterator[Mutation]:
    for kind, code, place, sound, unsound in SENTENCES:
        for text in unsound:
            yield Mutation(kind, code, place, sound, text, taken.case)
