"""A stranger's lists: shapes of casualty lists with known truth, written without knowledge of how lists are linked.

Everybody in them is made up: given names, names of fathers and of families are drawn at random from stocks that follow
public frequency patterns (a few names carry most people), joined into households that die together. Nobody real is
meant, and no list of a real group was copied.

Asserted of every shape and seed: the number of different people lies within the range that is printed; no more than one
false pair in a thousand people, and one, is called the same; nothing crashes. What fails stands in SHORT, with the reason
in plain words, and must fail: an improvement has to take its line away.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

pytestmark = pytest.mark.accept

Stock = list[tuple[str, ...]]
Row = list[object]
Place = tuple[str, str]  # list and number of a row
Ran = Callable[..., subprocess.CompletedProcess[str]]
Lists = dict[str, tuple[list[str], list[tuple[Row, int]]]]


def stock(text: str) -> Stock:
    """`محمد|Mohammad, علي|Ali`: one name in several scripts or spellings, the most frequent name first."""
    return [tuple(part.strip().split("|")) for part in text.split(",")]


@dataclass(frozen=True)
class Names:
    men: Stock
    women: Stock
    families: Stock
    places: Stock


ARABIC = Names(
    stock("محمد|Mohammad, أحمد|Ahmed, علي|Ali, حسن|Hassan, حسين|Hussein, خالد|Khaled, عمر|Omar, محمود|Mahmoud, "
          "إبراهيم|Ibrahim, يوسف|Youssef, مصطفى|Mustafa, عبد الله|Abdullah, بلال|Bilal, ياسر|Yasser, سامر|Samer, "
          "زياد|Ziad, فادي|Fadi, رامي|Rami, ماهر|Maher, غسان|Ghassan, وليد|Walid, طارق|Tareq, أنس|Anas, حمزة|Hamza"),
    stock("فاطمة|Fatima, مريم|Mariam, عائشة|Aisha, زينب|Zainab, آمنة|Amna, هدى|Huda, رنا|Rana, هبة|Hiba, سلمى|Salma, "
          "أمل|Amal, ليلى|Layla, بشرى|Bushra, حليمة|Halima, رغد|Raghad"),
    stock("العلي|al-Ali, الأحمد|al-Ahmad, الحسن|al-Hasan, الخطيب|al-Khatib, حمود|Hammoud, قدور|Qaddour, بركات|Barakat, "
          "الحلبي|al-Halabi, النجار|al-Najjar, الحداد|al-Haddad, الصالح|al-Saleh, شيخو|Sheikho, درويش|Darwish, "
          "زيدان|Zidan, غزال|Ghazal, رحال|Rahhal, الجاسم|al-Jasem, سلوم|Salloum, شعبان|Shaaban, عساف|Assaf, "
          "الزعبي|al-Zoubi, حلاق|Hallaq, صباغ|Sabbagh, فتوح|Fattouh, عوض|Awad, بيطار|Bitar, نعسان|Naasan, كنجو|Kanjo"),
    stock("سرمين|Sarmin, أريحا|Ariha, بنش|Binnish, سراقب|Saraqib, الباب|Al-Bab, منبج|Manbij, مارع|Mare, دوما|Douma"),
)
UKRAINIAN = Names(
    stock("Олександр|Oleksandr, Сергій|Serhii, Володимир|Volodymyr, Микола|Mykola, Андрій|Andrii, Іван|Ivan, "
          "Віктор|Viktor, Петро|Petro, Євген|Yevhen, Ігор|Ihor, Роман|Roman, Павло|Pavlo, Григорій|Hryhorii"),
    stock("Олена|Olena, Ольга|Olha, Наталія|Nataliia, Світлана|Svitlana, Галина|Halyna, Ганна|Hanna, Надія|Nadiia"),
    stock("Шевченко|Shevchenko, Бондаренко|Bondarenko, Коваленко|Kovalenko, Мельник|Melnyk, Гончаренко|Honcharenko, "
          "Поліщук|Polishchuk, Гришко|Hryshko, Їжак|Yizhak, Гайдук|Haiduk, Левченко|Levchenko, Щербак|Shcherbak"),
    stock("Буча|Bucha, Ірпінь|Irpin, Маріуполь|Mariupol, Ізюм|Izium, Харків|Kharkiv, Гостомель|Hostomel"),
)
BOSNIAN = Names(
    stock("Mehmed, Hasan, Ibrahim, Mustafa, Ahmet, Senad, Mirsad, Đemal|Djemal, Fikret, Nedžad|Nedzad, Sead, Ramiz, Safet"),
    stock("Fatima, Hatidža|Hatidza, Amra, Šefika|Sefika, Emina, Zehra, Merima, Ajša|Ajsa"),
    stock("Hodžić|Hodzic, Mehmedović|Mehmedovic, Salihović|Salihovic, Halilović|Halilovic, Mujić|Mujic, Avdić|Avdic, "
          "Omerović|Omerovic, Suljić|Suljic, Delić|Delic, Begić|Begic, Jašarević|Jasarevic, Alić|Alic, Šehić|Sehic"),
    stock("Bratunac, Žepa|Zepa, Višegrad|Visegrad, Kozarac, Foča|Foca, Zvornik, Ključ|Kljuc"),
)
SPANISH = Names(
    stock("José|Jose, Luis, Carlos, Juan, Jorge, Andrés|Andres, Pedro, Miguel, Óscar|Oscar, Álvaro|Alvaro, Víctor|Victor"),
    stock("María|Maria, Ana, Luz, Rosa, Gloria, Sofía|Sofia, Lucía|Lucia, Marta, Inés|Ines"),
    stock("Rodríguez|Rodriguez, Gómez|Gomez, González|Gonzalez, Martínez|Martinez, García|Garcia, López|Lopez, "
          "Hernández|Hernandez, Sánchez|Sanchez, Díaz|Diaz, Muñoz|Munoz, Rojas, Moreno, Vargas, Quiñones|Quinones, Ortiz"),
    stock("Bojayá|Bojaya, Mapiripán|Mapiripan, Quibdó|Quibdo, Tumaco, Apartadó|Apartado, Segovia"),
)
AFGHAN = Names(
    stock("محمد|Mohammad, احمد|Ahmad, عبدالله|Abdullah, گل محمد|Gul Mohammad, غلام علی|Ghulam Ali, نور احمد|Noor Ahmad, "
          "شیر آقا|Shir Agha, عبدالکریم|Abdul Karim, حبیب الله|Habibullah, نجیب|Najib, خان محمد|Khan Mohammad, "
          "سید جان|Sayed Jan, رحمت الله|Rahmatullah, حمید الله|Hamidullah, جمعه خان|Juma Khan, گل آغا|Gul Agha"),
    stock("فاطمه|Fatima, زهرا|Zahra, بی بی گل|Bibi Gul, شکریه|Shukria, پروین|Parwin, ملالی|Malalai, حلیمه|Halima"),
    stock("-"),
    stock("قندوز|Kunduz, لشکرگاه|Lashkar Gah, کابل|Kabul, سنگین|Sangin, گرشک|Gereshk, غزنی|Ghazni"),
)
TURKISH = Names(  # Kurdish, Turkish, English
    stock("Azad|Azat|Azad, Ferhat|Ferhat|Farhad, Welat|Velat|Walat, Cîhan|Cihan|Jihan, Mihemed|Mehmet|Muhammed, "
          "Ehmed|Ahmet|Ahmed, Silêman|Süleyman|Suleiman, Hesen|Hasan|Hassan, Dilşad|Dilşad|Dilshad, Şoreş|Şoreş|Shoresh"),
    stock("Berîvan|Berivan|Berivan, Rojîn|Rojin|Rozhin, Zelal|Zelal|Zalal, Zeyneb|Zeynep|Zainab, Avîn|Avin|Avin"),
    stock("Şêxo|Şeyho|Sheikho, Hecî|Hacı|Haji, Bozan|Bozan|Bozan, Qadir|Kadir|Qader, Temo|Temo|Tammo, Cemîl|Cemil|Jamil, "
          "Xelîl|Halil|Khalil, Bekir|Bekir|Bakr, Demîr|Demir|Demir, Şahîn|Şahin|Shahin, Derwêş|Derviş|Darwish"),
    ARABIC.places,
)


@dataclass(frozen=True)
class Dead:
    who: int
    man: bool
    given: tuple[str, ...]
    father: tuple[str, ...]
    family: tuple[str, ...]
    age: int
    day: dt.date
    place: tuple[str, ...]
    house: int


def spelled(name: tuple[str, ...], way: int) -> str:
    return name[min(way, len(name) - 1)]


def drawn(r: random.Random, names: Stock) -> tuple[str, ...]:
    return r.choices(names, [1 / (rank + 2) ** 0.8 for rank in range(len(names))])[0]


def people(r: random.Random, names: Names, many: int, days: int = 300, together: float = 0.25) -> list[Dead]:
    """`many` dead in households of one, or (share `together`) of two to six who die on one day in one place."""
    found: list[Dead] = []
    house = 0
    while len(found) < many:
        house += 1
        father, family, place = drawn(r, names.men), drawn(r, names.families), drawn(r, names.places)
        day, used = dt.date(2015, 1, 1) + dt.timedelta(r.randrange(days)), {father}
        for _ in range(r.randint(2, 6) if r.random() < together else 1):
            man = r.random() < 0.6
            given = next(name for name in iter(lambda m=man: drawn(r, names.men if m else names.women), None)
                         if name not in used)
            used.add(given)
            found.append(Dead(len(found), man, given, father, family, r.randint(0, 70), day, place, house))
    return found[:many]


def some(r: random.Random, dead: list[Dead], share: float) -> list[Dead]:
    return [one for one in dead if r.random() < share]


def slip(r: random.Random, name: str, share: float = 0.03) -> str:
    """One letter left out, in a share of the names."""
    at = r.randrange(1, max(2, len(name) - 1))
    return name[:at] + name[at + 1:] if r.random() < share and len(name) > 4 else name


ENGLISH = ["Name", "Sex", "Age", "Date of death", "Place of death"]
ARABIC_HEADINGS = ["الاسم", "الجنس", "العمر", "تاريخ الوفاة", "مكان الوفاة"]


def listed(r: random.Random, dead: list[Dead], name: Callable[[Dead], str], way: int = 1, sexes: str = "M F",
           day: str = "%d/%m/%Y", age: Callable[[Dead], object] = lambda one: one.age) -> list[tuple[Row, int]]:
    man, woman = sexes.split()
    return [([slip(r, name(one)), man if one.man else woman, age(one), one.day.strftime(day), spelled(one.place, way)],
             one.who) for one in dead]


def arabic(r: random.Random, dead: list[Dead], parts: str = "given father family", **more: object) -> list[tuple[Row, int]]:
    return listed(r, dead, lambda one: " ".join(getattr(one, part)[0] for part in parts.split()),
                  way=0, sexes="ذكر أنثى", day="%Y-%m-%d", **more)


def latin(r: random.Random, dead: list[Dead], parts: str = "given family", **more: object) -> list[tuple[Row, int]]:
    return listed(r, dead, lambda one: " ".join(spelled(getattr(one, part), 1) for part in parts.split()),
                  **more)


def or_blank(r: random.Random, share: float) -> Callable[[Dead], object]:
    return lambda one: "" if r.random() < share else one.age


def boat(r: random.Random) -> Lists:
    """Whole villages on one boat: one day, one sea, brothers and cousins; two lists."""
    dead = people(r, ARABIC, 300, days=1, together=0.6)
    first = [([*row[:4], "البحر المتوسط", row[4]], who) for row, who in arabic(r, some(r, dead, 0.7))]
    second = [([*row[:4], "Mediterranean", row[4]], who) for row, who in latin(r, some(r, dead, 0.6), age=or_blank(r, 0.2))]
    return {"survivors.csv": ([*ARABIC_HEADINGS, "من بلدة"], first),
            "consulate.csv": ([*ENGLISH, "Place of origin"], second)}


def twins(r: random.Random) -> Lists:
    """Twins of the commonest names in every tenth household; no list repeats anybody."""
    found: list[Dead] = []
    for one in people(r, ARABIC, 330, together=0):
        found.append(one)
        if one.who % 10 == 0:
            pair = r.choice([(0, 1), (3, 4), (7, 0)])
            found[-1] = replace(one, man=True, given=ARABIC.men[pair[0]], age=one.age % 19)
            found.append(replace(found[-1], who=1000 + one.who, given=ARABIC.men[pair[1]]))
    return {"a.csv": (ARABIC_HEADINGS, arabic(r, some(r, found, 0.65))),
            "b.csv": (ENGLISH, latin(r, some(r, found, 0.6), "given father family"))}


def one_incident(r: random.Random) -> Lists:
    """A hundred and twenty killed by one strike; two lists, ages missing in one."""
    dead = [replace(one, place=ARABIC.places[0]) for one in people(r, ARABIC, 120, days=1, together=0.6)]
    return {"a.csv": (ARABIC_HEADINGS, arabic(r, some(r, dead, 0.8))),
            "b.csv": (ENGLISH, latin(r, some(r, dead, 0.7), age=or_blank(r, 0.4)))}


def crowded_month(r: random.Random) -> Lists:
    """Two towns, thirty days, nine hundred dead of few families; three lists, half the ages missing."""
    dead = people(r, replace(ARABIC, places=ARABIC.places[:2]), 900, days=30, together=0.5)
    return {"a.csv": (ARABIC_HEADINGS, arabic(r, some(r, dead, 0.6), age=or_blank(r, 0.5))),
            "b.csv": (ENGLISH, latin(r, some(r, dead, 0.5), age=or_blank(r, 0.3))),
            "c.csv": (ARABIC_HEADINGS, arabic(r, some(r, dead, 0.3)))}


def family_first(r: random.Random) -> Lists:
    """One list writes given, father, family; the other family, given, father, with nothing to say so."""
    dead = people(r, ARABIC, 700)
    return {"a.csv": (ARABIC_HEADINGS, arabic(r, some(r, dead, 0.6))),
            "b.csv": (ARABIC_HEADINGS, arabic(r, some(r, dead, 0.6), "family given father"))}


def bosnian(r: random.Random) -> Lists:
    """"Avdić (Mehmed) Šefika", year of birth, headings in Bosnian; beside an English list with ages."""
    dead = people(r, BOSNIAN, 600)
    return {"book.csv": (["Prezime (ime oca) ime", "Pol", "Godina rođenja", "Datum smrti", "Mjesto smrti"],
                         listed(r, some(r, dead, 0.6), lambda one: f"{one.family[0]} ({one.father[0]}) {one.given[0]}", 0,
                                "M Ž", "%d.%m.%Y.", lambda one: one.day.year - one.age)),
            "court.csv": (ENGLISH, latin(r, some(r, dead, 0.5), day="%Y-%m-%d"))}


def spanish(r: random.Random) -> Lists:
    """"GARCÍA LÓPEZ LUIS" in a register with Spanish headings, "Luis Garcia" in the press."""
    dead = people(r, SPANISH, 600)
    mother = {one.house: drawn(r, SPANISH.families)[0] for one in dead}
    return {"register.csv": (["Apellidos y nombres", "Sexo", "Edad", "Fecha", "Municipio"],
                             listed(r, some(r, dead, 0.6),
                                    lambda one: f"{one.family[0]} {mother[one.house]} {one.given[0]}".upper(),
                                    0, "Hombre Mujer")),
            "press.csv": (ENGLISH, latin(r, some(r, dead, 0.5), day="%Y-%m-%d"))}


def son_of(r: random.Random) -> Lists:
    """No family names: "گل محمد ولد غلام علی" in one list, "Gul Mohammad s/o Ghulam Ali" in the other."""
    dead = people(r, AFGHAN, 600)
    return {"local.csv": (["نام", "جنسیت", "سن", "تاریخ", "محل"],
                          listed(r, some(r, dead, 0.6),
                                 lambda one: f"{one.given[0]} {'ولد' if one.man else 'بنت'} {one.father[0]}",
                                 0, "مرد زن", "%Y-%m-%d")),
            "mission.csv": (ENGLISH, listed(r, some(r, dead, 0.5), lambda one: (
                f"{spelled(one.given, 1)} {'s/o' if one.man else 'd/o'} {spelled(one.father, 1)}"), day="%d %b %Y"))}


def no_family(r: random.Random) -> Lists:
    """Names of two or three words without a family; one list puts U, Ko, Daw or Ma before them."""
    words = "Aung Kyaw Min Htun Zaw Thein Soe Win Myint Hla Tin Khin Thida Nyein Moe Aye Naing Lin Thant Phyo Zin Su".split()
    dead = people(r, replace(ARABIC, places=stock("Mansi, Hpakant, Depayin, Kani, Loikaw")), 500)
    names = {one.who: " ".join(r.choice(words) for _ in range(r.choice((2, 3, 3)))) for one in dead}
    return {"a.csv": (ENGLISH, listed(r, some(r, dead, 0.6), lambda one: (
                ("Ko " if one.man else "Ma ") if one.age < 40 else ("U " if one.man else "Daw ")) + names[one.who])),
            "b.csv": (ENGLISH, listed(r, some(r, dead, 0.5), lambda one: names[one.who], day="%Y-%m-%d"))}


def turkish(r: random.Random) -> Lists:
    """The same Kurdish names in Kurdish, Turkish and English spelling; headings in each language."""
    dead = people(r, TURKISH, 500, days=120)
    lists: Lists = {}
    for way, (head, sexes, share) in enumerate([
            (["Nav", "Zayend", "Temen", "Roja şehadetê", "Cih"], "Mêr Jin", 0.6),
            (["Ad Soyad", "Cinsiyet", "Yaş", "Ölüm tarihi", "Yer"], "Erkek Kadın", 0.5),
            (ENGLISH, "M F", 0.3)]):
        rows = listed(r, some(r, dead, share), lambda one, way=way: f"{one.given[way]} {one.family[way]}", 1, sexes,
                      "%d.%m.%Y")
        lists[f"list{way}.csv"] = (head, rows)
    return lists


def ukrainian(r: random.Random) -> Lists:
    """Ukrainian names beside their official romanisation, in which г is h."""
    dead = people(r, UKRAINIAN, 700, days=40)
    return {"memorial.csv": (["ПІБ", "Стать", "Вік", "Дата смерті", "Місце загибелі"],
                             listed(r, some(r, dead, 0.6), lambda one: f"{one.family[0]} {one.given[0]}",
                                    0, "чол жін", "%d.%m.%Y")),
            "press.csv": (ENGLISH, latin(r, some(r, dead, 0.5), day="%Y-%m-%d"))}


def strangers(r: random.Random) -> Lists:
    """Two lists of one people that have nobody in common."""
    dead = people(r, ARABIC, 800)
    r.shuffle(dead)
    return {"a.csv": (ARABIC_HEADINGS, arabic(r, dead[:450])),
            "b.csv": (ENGLISH, latin(r, dead[450:], "given father family"))}


def uneven(r: random.Random) -> Lists:
    """Three lists that name nine in ten, one in five, one in thirty."""
    dead = people(r, ARABIC, 1200)
    return {"a.csv": (ARABIC_HEADINGS, arabic(r, some(r, dead, 0.9))), "b.csv": (ENGLISH, latin(r, some(r, dead, 0.2))),
            "c.csv": (ENGLISH, latin(r, some(r, dead, 0.03), "given father family"))}


SHAPES = [boat, twins, one_incident, crowded_month, family_first, bosnian, spanish, son_of, no_family, turkish, ukrainian,
          strangers, uneven]
SEEDS = (1,)
CROWD = "many dead of few families in few days: people of a like name a day apart are joined"
SHORT = {
    ("crowded_month", 1): CROWD,
}


def cases() -> Iterator[object]:
    for shape in SHAPES:
        for seed in SEEDS:
            why = SHORT.get((shape.__name__, seed))
            marks = [pytest.mark.xfail(strict=True, raises=AssertionError, reason=why)] if why else []
            yield pytest.param(shape, seed, id=f"{shape.__name__}-{seed}", marks=marks)


def joined(pairs: list[tuple[Place, Place]]) -> list[set[Place]]:
    """Groups that pairs make, by what hangs together."""
    groups: list[set[Place]] = []
    for pair in pairs:
        touched = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in touched] + [set(pair).union(*touched)]
    return groups


def false_pairs(folder: Path, truth: dict[Place, int]) -> int:
    """Pairs of rows that stand in one group of `same`, and are two people."""
    with (folder / "out" / "pairs.csv").open(encoding="utf-8-sig", newline="") as file:
        same = [((row["left_list"], row["left_row"]), (row["right_list"], row["right_row"]))
                for row in csv.DictReader(file) if row["zone"] == "same"]
    wrong = 0
    for group in joined(same):
        who = [truth[row] for row in group]
        wrong += sum(a != b for at, a in enumerate(who) for b in who[at + 1:])
    return wrong


@pytest.mark.parametrize(("shape", "seed"), list(cases()))
def test_the_range_holds_the_truth_and_no_two_people_are_joined(
        shape: Callable[[random.Random], Lists], seed: int, tmp_path: Path, bearwitness: Ran) -> None:
    truth: dict[Place, int] = {}
    lists = shape(random.Random(seed))
    for name, (head, rows) in lists.items():
        r = random.Random(name)
        r.shuffle(rows)
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *(row for row, _ in rows)])
        truth.update({(name, str(at)): who for at, (_, who) in enumerate(rows, 1)})
    ran = bearwitness("match", "people", *lists, "--out", "out", "--json", cwd=tmp_path)
    assert ran.returncode in (0, 3), ran.stderr
    told = json.loads(ran.stdout)["data"]["persons"]
    true, wrong = len(set(truth.values())), false_pairs(tmp_path, truth)
    print(f"{shape.__name__}-{seed}: {true} people, printed {told['min']} to {told['max']}, {wrong} false pairs")
    assert told["min"] <= true <= told["max"]
    assert wrong <= true / 1000 + 1
