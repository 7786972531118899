"""The rows of made-up lists: how one person is put down by one sheet."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable

from tests import list_spelling as spell
from tests.list_style import Person, Style, written

KIN = {
    "native": {"f": "زوجة", "m": "ابن", "g": "ابنة"},
    "sorani": {"f": "هاوسەری", "m": "کوڕی", "g": "کچی"},
    "cyrillic": {"f": "дружина", "m": "син", "g": "донька"},
    "russian": {"f": "жена", "m": "сын", "g": "дочь"},
}
UNIDENTIFIED = {
    "native": ["مجهول الهوية", "مجهول", "جثة مجهولة"],
    "sorani": ["نەناسراو"],
    "cyrillic": ["Невідомий", "Невстановлена особа"],
    "russian": ["Неизвестный"],
}
SEX = {
    "native": {"m": "ذكر", "f": "أنثى"},
    "sorani": {"m": "نێر", "f": "مێ"},
    "cyrillic": {"m": "чол.", "f": "жін."},
    "russian": {"m": "муж.", "f": "жен."},
}
CHILD = {
    "native": ("رضيع", "طفل", "بالغ"),
    "sorani": ("کۆرپە", "منداڵ", "گەورە"),
    "cyrillic": ("немовля", "дитина", "дорослий"),
    "russian": ("младенец", "ребёнок", "взрослый"),
}
PERSIAN_KIN = {"f": "همسر", "m": "پسر", "g": "دختر"}
MONTHS = "January February March April May June July August September October November December".split()
HEADERS = {
    "plain": {
        "given": "given",
        "father": "father",
        "grandfather": "grandfather",
        "family": "family",
        "name": "name",
        "name_local": "name_local",
        "age": "age",
        "sex": "sex",
        "date": "date",
        "place": "place",
    },
    "loose": {
        "given": "First name",
        "father": "Father's name",
        "grandfather": "Grandfather",
        "family": "Surname",
        "name": "Full name",
        "name_local": "Name (original)",
        "age": "Age at death",
        "sex": "Gender",
        "date": "Date of death",
        "place": "Location",
    },
    "native": {
        "given": "الاسم الأول",
        "father": "اسم الأب",
        "grandfather": "الجد",
        "family": "الكنية",
        "name": "الاسم",
        "name_local": "الاسم الكامل",
        "age": "العمر",
        "sex": "الجنس",
        "date": "تاريخ الوفاة",
        "place": "المكان",
    },
    "persian": {
        "given": "نام",
        "father": "نام پدر",
        "grandfather": "نام پدربزرگ",
        "family": "نام خانوادگی",
        "name": "نام و نام خانوادگی",
        "name_local": "نام کامل",
        "age": "سن",
        "sex": "جنسیت",
        "date": "تاریخ",
        "place": "محل",
    },
    "sorani": {
        "given": "ناو",
        "father": "ناوی باوک",
        "grandfather": "باپیر",
        "family": "نازناو",
        "name": "ناوی تەواو",
        "name_local": "ناوی ڕەسەن",
        "age": "تەمەن",
        "sex": "ڕەگەز",
        "date": "بەروار",
        "place": "شوێن",
    },
    "cyrillic": {
        "given": "Ім'я",
        "father": "По батькові",
        "grandfather": "Дід",
        "family": "Прізвище",
        "name": "ПІБ",
        "name_local": "Повне ім'я",
        "age": "Вік",
        "sex": "Стать",
        "date": "Дата",
        "place": "Місце",
    },
    "russian": {
        "given": "Имя",
        "father": "Отчество",
        "grandfather": "Дед",
        "family": "Фамилия",
        "name": "ФИО",
        "name_local": "Полное имя",
        "age": "Возраст",
        "sex": "Пол",
        "date": "Дата",
        "place": "Место",
    },
}


def header(culture: str, style: Style) -> tuple[str, ...]:
    """The header row of a sheet, in its words."""
    words = HEADERS["plain"]
    if style.header == "local" and style.script in HEADERS:
        words = HEADERS["persian" if culture == "persian" else style.script]
    elif style.header == "loose":
        words = HEADERS["loose"]
    names = {"parts": ("given", "father", "family"), "full": ("name",), "both": ("name", "name_local")}[style.columns]
    if style.columns == "parts" and style.grandfather:
        names = ("given", "father", "grandfather", "family")
    return tuple(words[name] for name in (*names, "age", "sex", "date", "place"))


class Writer:
    """Writes persons as one sheet does."""

    def __init__(self, culture: str, style: Style, rng: random.Random) -> None:
        self.culture, self.style, self.rng = culture, style, rng
        self.write = written(culture, style.script)
        native = {"arabic": "native", "persian": "native", "kurdish": "sorani", "ukrainian": "cyrillic", "latin": "latin"}[
            culture
        ]
        self.local: Callable[[str], str] = written(culture, native)
        self.arabic = style.script in ("native", "sorani")
        self.letters = "arabic" if self.arabic else "cyrillic" if style.script in ("cyrillic", "russian") else "latin"
        self.unknown = 0

    def row(self, person: Person) -> tuple[tuple[str, ...], str]:
        """The cells of one person, and the kind of mention they make."""
        kind = self._kind(person)
        return (
            *self._name(person, kind),
            self._age(person),
            self._sex(person),
            self._date(person),
            self._place(person),
        ), kind

    def _kind(self, person: Person) -> str:
        drawn = self.rng.random()
        if drawn < self.style.unidentified:
            return "unidentified"
        if drawn < self.style.unidentified + self.style.kin and person.father:
            return "kin"
        return "person"

    def _name(self, person: Person, kind: str) -> tuple[str, ...]:
        wide = {"parts": 4 if self.style.grandfather else 3, "full": 1, "both": 2}[self.style.columns]
        if kind != "person":
            text = self._unidentified() if kind == "unidentified" else self._kin(person)
            return (text, *[""] * (wide - 1)) if self.style.columns != "both" else (text, "")
        parts = self._parts(person)
        if self.style.columns == "parts":
            return parts if wide == 4 else (parts[0], parts[1], parts[3])
        shown = self._order(parts)
        if self.style.columns == "full":
            return (shown,)
        local = " ".join(
            part for part in (self.local(person.given), self._father(person, self.local), self.local(person.family)) if part
        )
        return shown, local

    def _parts(self, person: Person) -> tuple[str, str, str, str]:
        father = "" if self.rng.random() < self.style.no_father else self._father(person, self.write)
        grand = self.write(person.grandfather) if self.rng.random() < self.style.grandfather else ""
        parts = [self.write(person.given), father, grand, self._article(self.write(person.family))]
        return tuple(self._hand(part) for part in parts)  # type: ignore[return-value]

    def _father(self, person: Person, write: Callable[[str], str]) -> str:
        if self.culture == "ukrainian":
            return write(spell.patronymic(person.father, person.sex == "f"))
        return write(person.father)

    def _article(self, family: str) -> str:
        if self.culture != "arabic" or not family:
            return family
        if self.style.script == "native":
            return f"ال{family.replace('أ', 'ا')}" if self.rng.random() < 0.7 else family
        if self.style.script == "russian":
            return f"аль-{family}" if self.rng.random() < 0.7 else family
        return self.rng.choice(["al-", "al-", "Al ", "Al-", "El ", ""]) + family

    def _hand(self, part: str) -> str:
        if not part:
            return ""
        if self.style.script == "native" and self.culture == "arabic":
            part = spell.habit_of_hand(self.rng, part)
        if self.rng.random() < self.style.slips:
            part = spell.slip(self.rng, part, self.letters)
        if self.rng.random() < self.style.broken:
            part = spell.broken(self.rng, part)
        return spell.joined_forms(part) if self.style.forms else part

    def _order(self, parts: tuple[str, str, str, str]) -> str:
        given, father, grand, family = parts
        if self.culture == "ukrainian":
            return " ".join(filter(None, (family, given, father)))
        if self.rng.random() < self.style.swapped:
            return " ".join(filter(None, (family, given, father)))
        if self.culture == "kurdish" and self.rng.random() < 0.3:
            return " ".join(filter(None, (given, father)))
        return " ".join(filter(None, (given, father, grand, family)))

    def _kin(self, person: Person) -> str:
        relation = "f" if person.sex == "f" and person.age > 20 else "g" if person.sex == "f" else "m"
        of = f"{self.write(person.father)} {self.write(person.family)}"
        if self.culture == "persian" and self.style.script == "native":
            return f"{PERSIAN_KIN[relation]} {of}"
        if self.style.script in KIN:
            return f"{KIN[self.style.script][relation]} {of}"
        word = {"f": "Wife", "g": "Daughter", "m": "Son"}[relation]
        return self.rng.choice([f"{word} of {of}", f"{word.lower()} of {of}", f"{of}'s {word.lower()}"])

    def _unidentified(self) -> str:
        self.unknown += 1
        word = self.rng.choice(UNIDENTIFIED.get(self.style.script, ["Unidentified", "Unknown", "Unidentified body"]))
        return f"{word} {self.unknown}" if self.rng.random() < 0.5 else word

    def _age(self, person: Person) -> str:
        if self.rng.random() < self.style.no_age:
            return ""
        words = CHILD.get(self.style.script, ("infant", "child", "adult"))
        if self.style.age == "words" and (person.age < 18 or self.rng.random() < 0.2):
            if person.age < 1 and self.arabic is False and self.letters == "latin":
                return f"{max(1, int(person.age * 12))} months"
            return words[0] if person.age < 2 else words[1] if person.age < 18 else words[2]
        years = max(0, int(person.age) + (self.rng.choice((-2, -1, 1, 2)) if self.rng.random() < 0.15 else 0))
        text = str(years)
        if self.style.age == "local" and self.arabic:
            return text.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹" if self.culture == "persian" else "٠١٢٣٤٥٦٧٨٩"))
        return text

    def _sex(self, person: Person) -> str:
        if self.rng.random() < 0.04:
            return ""
        if self.style.sex == "local" and self.style.script in SEX:
            return SEX[self.style.script][person.sex]
        return person.sex if self.style.sex == "letter" else {"m": "male", "f": "female"}[person.sex]

    def _date(self, person: Person) -> str:
        day = person.day
        if self.rng.random() < self.style.day_off:
            day += datetime.timedelta(days=self.rng.choice((-1, 1, 1, 2)))
        return date_text(day, self.style.date)

    def _place(self, person: Person) -> str:
        text = self.write(person.place)
        return spell.slip(self.rng, text, self.letters) if self.rng.random() < self.style.place_off else text


def date_text(day: datetime.date, how: str) -> str:
    """A date as a sheet writes it."""
    if how == "iso":
        return day.isoformat()
    if how == "slash":
        return f"{day.day:02}/{day.month:02}/{day.year}"
    if how == "american":
        return f"{day.month}/{day.day}/{day.year}"
    if how == "dots":
        return f"{day.day:02}.{day.month:02}.{day.year}"
    if how == "hijri":
        year, month, at = hijri(day)
        return f"{year}/{month:02}/{at:02}"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def hijri(day: datetime.date) -> tuple[int, int, int]:
    """Tabular Islamic calendar, civil epoch (16 July 622 Julian), leap years 2 5 7 10 13 16 18 21 24 26 29 of thirty."""
    since = day.toordinal() - datetime.date(622, 7, 19).toordinal()
    year = (30 * since + 10646) // 10631
    first = (year - 1) * 354 + (3 + 11 * year) // 30
    month = min(12, (2 * (since - first)) // 59 + 1)
    while since - first - (59 * (month - 1) + 1) // 2 < 0:
        month -= 1
    return year, month, since - first - (59 * (month - 1) + 1) // 2 + 1
