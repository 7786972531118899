"""How a made-up name is written: in its own script, in Latin by several habits, in Cyrillic; what hands and files do to it.

The habits follow what is printed: English press, French, Turkish, Egyptian and marked scholarly spelling for Arabic; Hawar
and plain letters for Kurdish; the Ukrainian state's table, a Russian-led one and a library one for Ukrainian.
"""

from __future__ import annotations

import random
import re
from functools import lru_cache

NATIVE = dict(zip("btjHxdrzsSDTEGfqklmnhwy", "بتجحخدرزسصضطعغفقكلمنهوي", strict=True)) | {
    "8": "ث",
    "6": "ذ",
    "$": "ش",
    "Z": "ظ",
    "Q": "ء",
    "'": "ء",
    "@": "ة",
    "Y": "ى",
    "A": "ا",
    "I": "ي",
    "U": "و",
    "p": "پ",
    "C": "چ",
    "2": "ژ",
    "g": "گ",
    "v": "و",
}
PLAIN = {
    "8": "th",
    "6": "dh",
    "$": "sh",
    "x": "kh",
    "G": "gh",
    "H": "h",
    "S": "s",
    "D": "d",
    "T": "t",
    "Z": "z",
    "E": "'",
    "Q": "'",
    "@": "a",
    "Y": "a",
    "A": "a",
    "I": "i",
    "U": "u",
    "C": "ch",
    "2": "zh",
    ":": "",
}
HABITS: dict[str, dict[str, str]] = {
    "english": PLAIN | {"E": "", "Q": "", "I": "i", "U": "ou"},
    "press": PLAIN | {"E": "", "Q": "", "I": "ee", "U": "u", "i": "e", "u": "o", "@": "ah", "6": "th", "Z": "dh"},
    "french": PLAIN
    | {"$": "ch", "U": "ou", "u": "ou", "j": "dj", "q": "k", "w": "ou", "E": "", "Q": "", "I": "i", "x": "kh"},
    "turkish": PLAIN
    | {
        "$": "ş",
        "j": "c",
        "x": "h",
        "q": "k",
        "G": "g",
        "8": "s",
        "6": "z",
        "D": "z",
        "w": "v",
        "E": "",
        "Q": "",
        "@": "e",
        "C": "ç",
    },
    "egyptian": PLAIN | {"j": "g", "q": "k", "8": "s", "6": "z", "I": "i", "U": "ou", "E": "", "Q": "", "i": "e"},
    "scholarly": PLAIN
    | {
        "H": "ḥ",
        "S": "ṣ",
        "D": "ḍ",
        "T": "ṭ",
        "Z": "ẓ",
        "A": "ā",
        "I": "ī",
        "U": "ū",
        "E": "ʿ",
        "Q": "ʾ",
        "Y": "ā",
        "x": "kh",
        "G": "gh",
    },
    "persian": PLAIN
    | {
        "w": "v",
        "D": "z",
        "6": "z",
        "8": "s",
        "Z": "z",
        "q": "gh",
        "u": "o",
        "i": "e",
        "I": "i",
        "U": "ou",
        "E": "",
        "Q": "",
        "@": "eh",
        "A": "a",
    },
    "russian": {
        "b": "б",
        "t": "т",
        "8": "с",
        "j": "дж",
        "H": "х",
        "x": "х",
        "d": "д",
        "6": "з",
        "r": "р",
        "z": "з",
        "s": "с",
        "$": "ш",
        "S": "с",
        "D": "д",
        "T": "т",
        "Z": "з",
        "E": "",
        "G": "г",
        "f": "ф",
        "q": "к",
        "k": "к",
        "l": "л",
        "m": "м",
        "n": "н",
        "h": "х",
        "w": "в",
        "y": "й",
        "Q": "",
        "'": "",
        "@": "а",
        "Y": "а",
        "A": "а",
        "I": "и",
        "U": "у",
        "a": "а",
        "i": "и",
        "u": "у",
        "e": "е",
        "o": "о",
        "p": "п",
        "g": "г",
        "v": "в",
        "C": "ч",
        "2": "ж",
        ":": "",
    },
}
SORANI = {
    "a": "ا",
    "b": "ب",
    "c": "ج",
    "ç": "چ",
    "d": "د",
    "e": "ە",
    "ê": "ێ",
    "f": "ف",
    "g": "گ",
    "h": "ه",
    "i": "",
    "î": "ی",
    "j": "ژ",
    "k": "ک",
    "l": "ل",
    "m": "م",
    "n": "ن",
    "o": "ۆ",
    "p": "پ",
    "q": "ق",
    "r": "ر",
    "s": "س",
    "ş": "ش",
    "t": "ت",
    "u": "و",
    "û": "وو",
    "v": "ڤ",
    "w": "و",
    "x": "خ",
    "y": "ی",
    "z": "ز",
}
PLAIN_KURDISH = {"ş": "sh", "ç": "ch", "ê": "e", "î": "i", "û": "u", "x": "kh", "c": "j", "j": "zh"}
UKRAINIAN = {
    "а": "a",
    "б": "b",
    "в": "v",
    "г": "h",
    "ґ": "g",
    "д": "d",
    "е": "e",
    "є": "ie",
    "ж": "zh",
    "з": "z",
    "и": "y",
    "і": "i",
    "ї": "i",
    "й": "i",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ф": "f",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ь": "",
    "ю": "iu",
    "я": "ia",
    "'": "",
}
LIBRARY = UKRAINIAN | {"є": "ye", "й": "y", "ю": "yu", "я": "ya", "ї": "yi"}
RUSSIFIED = UKRAINIAN | {"г": "g", "и": "i", "й": "y", "ю": "yu", "я": "ya", "є": "e"}
OPENING = {"Є": "Ye", "Ю": "Yu", "Я": "Ya", "Й": "Y", "Ї": "Yi"}
TO_RUSSIAN = {
    "Олександр": "Александр",
    "Сергій": "Сергей",
    "Володимир": "Владимир",
    "Андрій": "Андрей",
    "Микола": "Николай",
    "Іван": "Иван",
    "Дмитро": "Дмитрий",
    "Олексій": "Алексей",
    "Михайло": "Михаил",
    "Віктор": "Виктор",
    "Василь": "Василий",
    "Юрій": "Юрий",
    "Петро": "Пётр",
    "Євген": "Евгений",
    "Ігор": "Игорь",
    "Павло": "Павел",
    "Олена": "Елена",
    "Наталія": "Наталья",
    "Ірина": "Ирина",
    "Тетяна": "Татьяна",
    "Світлана": "Светлана",
    "Марія": "Мария",
    "Катерина": "Екатерина",
    "Юлія": "Юлия",
    "Надія": "Надежда",
    "Любов": "Любовь",
    "Ніна": "Нина",
    "Артем": "Артём",
    "Федір": "Фёдор",
}


@lru_cache(maxsize=1 << 17)
def arabic(word: str, persian: bool = False) -> str:
    """A word of the Arabic notation in Arabic letters; a dot parts words, `u` before ll stands in Abd al-X."""
    if "." in word:
        return " ".join(arabic(piece, persian) for piece in word.split("."))
    if word.startswith("Eabdul"):
        return f"عبد ال{arabic(word[6:])}"
    if word == "EabdAllAh":
        return "عبد الله"
    if word.endswith("uddIn") or word.endswith("uddin"):
        return f"{arabic(word[:-5])} الدين"
    out = (
        {"A": "آ", "I": "إ", "i": "إ", "a": "أ", "u": "أ", "U": "أو"}.get(word[0], "")
        if word[0] in "AIiauU"
        else NATIVE.get(word[0], "")
    )
    previous = word[0]
    for sign in word[1:]:
        if sign == previous and sign not in "AIU":
            continue
        previous = sign
        out += NATIVE.get(sign, "" if sign in "aiueo:" else sign)
    if word.endswith("e"):
        out += "ه"
    out = out.replace("رءس", "رأس").replace("اءي", "ائي").replace("اءش", "ائش").replace("راءد", "رائد")
    return out.replace("ك", "ک").replace("ي", "ی").replace("ى", "ی").replace("ة", "ه") if persian else out


@lru_cache(maxsize=1 << 17)
def latin(word: str, habit: str) -> str:
    """A word of the Arabic notation in Latin or Cyrillic letters, by a habit, capitalised."""
    if "." in word:
        return " ".join(latin(piece, habit) for piece in word.split("."))
    table = HABITS[habit]
    if word.startswith("Eabdul") and habit != "russian":
        rest = latin(word[6:], habit)
        return {
            "press": f"Abd al-{rest}",
            "french": f"Abdel {rest}",
            "egyptian": f"Abdel {rest}",
            "scholarly": f"ʿAbd al-{rest}",
            "english": f"Abdul {rest}",
        }.get(habit, f"Abdul{rest.lower()}")
    if (word.endswith("uddIn") or word.endswith("uddin")) and habit in ("press", "scholarly"):
        return f"{latin(word[:-5], habit)} al-Din"
    out = "".join(table.get(sign, sign) for sign in word)
    return out[:1].upper() + out[1:] if out[:1] not in "'ʿʾ" else out[:1] + out[1:2].upper() + out[2:]


@lru_cache(maxsize=1 << 16)
def kurdish(word: str, how: str) -> str:
    """A Kurmanji word as it is (`hawar`), in plain letters (`plain`) or in the letters of Sorani (`sorani`)."""
    word = word.replace(".", " ")
    if how == "hawar":
        return word
    if how == "plain":
        return "".join(
            PLAIN_KURDISH.get(sign, sign)
            if sign.islower()
            else PLAIN_KURDISH.get(sign.lower(), sign.lower()).capitalize()
            if sign.isalpha()
            else sign
            for sign in word
        )
    out = []
    for piece in word.lower().split():
        lead = "ئ" if piece[0] in "aeêîouûi" else ""
        out.append(lead + "".join(SORANI.get(sign, sign) for sign in piece))
    return " ".join(out)


@lru_cache(maxsize=1 << 16)
def slavic(word: str, how: str) -> str:
    """A Ukrainian word as it is (`cyrillic`), `russian`, or in Latin by `state`, `library` or `russified` habit."""
    word = word.replace(".", " ")
    if how == "cyrillic":
        return word
    if how == "russian":
        return TO_RUSSIAN.get(word) or word.translate(str.maketrans("іїєґІЇЄ", "ииегИИЕ")).replace("'", "ъ")
    table = {"state": UKRAINIAN, "library": LIBRARY, "russified": RUSSIFIED}[how]
    if how == "russified":
        word = TO_RUSSIAN.get(word, word)
    table = table | {"ё": "yo", "ы": "y", "э": "e", "ъ": ""}
    return "".join(
        (OPENING.get(sign) or table.get(sign.lower(), sign).capitalize()) if sign.isupper() else table.get(sign, sign)
        for sign in word
    )


def patronymic(father: str, woman: bool) -> str:
    """The Ukrainian patronymic of a father's name."""
    stem = re.sub("(ій|й)$", "і", father)
    if stem != father:
        return stem + ("ївна" if woman else "йович")
    known = {
        "Микола": ("Миколаївна", "Миколайович"),
        "Ігор": ("Ігорівна", "Ігорович"),
        "Павло": ("Павлівна", "Павлович"),
        "Петро": ("Петрівна", "Петрович"),
        "Дмитро": ("Дмитрівна", "Дмитрович"),
        "Михайло": ("Михайлівна", "Михайлович"),
        "Василь": ("Василівна", "Васильович"),
        "Кирило": ("Кирилівна", "Кирилович"),
        "Федір": ("Федорівна", "Федорович"),
    }
    if father in known:
        return known[father][0 if woman else 1]
    return father + ("івна" if woman else "ович")


SLIPS = {"arabic": "ابتدرسلمنهوي", "cyrillic": "аеиоуснрлтк", "latin": "aeioulmnrst"}


def slip(rng: random.Random, word: str, script: str) -> str:
    """One slip of a hand: a letter lost, doubled, put in, or two changed round."""
    if len(word) < 3:
        return word
    at, kind = rng.randrange(1, len(word)), rng.random()
    if kind < 0.3:
        return word[:at] + word[at + 1 :]
    if kind < 0.55:
        return word[:at] + rng.choice(SLIPS[script]) + word[at:]
    if kind < 0.8 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at] + word[at:]


def habit_of_hand(rng: random.Random, word: str) -> str:
    """What two Arabic writers do differently: hamza, ta marbuta, alif maqsura, the space in Abd al-X."""
    for old, new in (("أ", "ا"), ("إ", "ا"), ("ة", "ه"), ("ى", "ي"), ("عبد ال", "عبدال")):
        if rng.random() < 0.4:
            word = word.replace(old, new)
    return word


def broken(rng: random.Random, text: str) -> str:
    """Spaces that extraction from PDF puts behind letters that do not join on."""
    return "".join(sign + (" " if sign in "ادذرزو" and rng.random() < 0.12 else "") for sign in text).strip()


def joined_forms(text: str) -> str:
    """Arabic text in presentation forms, logical order, as old PDF writers store it."""
    out = []
    for word in text.split(" "):
        for at, sign in enumerate(word):
            before = at > 0 and word[at - 1] in _JOINS and sign in _SHAPES
            after = at + 1 < len(word) and sign in _JOINS and word[at + 1] in _SHAPES
            base = _SHAPES.get(sign)
            if base is None:
                out.append(sign)
                continue
            two = sign not in _JOINS
            place = (1 if before else 0) if two else (3 if before and after else 2 if after else 1 if before else 0)
            out.append(chr(base + place))
        out.append(" ")
    return "".join(out).strip()


_SHAPES = {
    "ا": 0xFE8D,
    "ب": 0xFE8F,
    "ة": 0xFE93,
    "ت": 0xFE95,
    "ث": 0xFE99,
    "ج": 0xFE9D,
    "ح": 0xFEA1,
    "خ": 0xFEA5,
    "د": 0xFEA9,
    "ذ": 0xFEAB,
    "ر": 0xFEAD,
    "ز": 0xFEAF,
    "س": 0xFEB1,
    "ش": 0xFEB5,
    "ص": 0xFEB9,
    "ض": 0xFEBD,
    "ط": 0xFEC1,
    "ظ": 0xFEC5,
    "ع": 0xFEC9,
    "غ": 0xFECD,
    "ف": 0xFED1,
    "ق": 0xFED5,
    "ك": 0xFED9,
    "ل": 0xFEDD,
    "م": 0xFEE1,
    "ن": 0xFEE5,
    "ه": 0xFEE9,
    "و": 0xFEED,
    "ى": 0xFEEF,
    "ي": 0xFEF1,
    "أ": 0xFE83,
    "إ": 0xFE87,
}
_JOINS = frozenset("بتثجحخسشصضطظعغفقكلمنهي")
