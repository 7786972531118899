"""Which old encoding a CSV has: Windows-1256 (Arabic), Windows-1251 (Cyrillic), or not to be said.

Every byte has a meaning in each of them, so only the letters can tell: text is accepted as the encoding
under which its letters are about as frequent as in the language, clearly more than under the other.
Letters standing alone among ASCII ones (a French name) decide nothing, and are refused.
The frequencies are rounded ones of running text and need not be exact: the wrong reading of a text of
ten letters lies one to four nats below the right one.
"""

from __future__ import annotations

import math
import re


def _table(text: str) -> dict[str, float]:
    """`о110 е85`: each letter with how many of a thousand letters it is."""
    return {item[0]: int(item[1:]) / 1000 for item in text.split()}


_RUSSIAN = _table(
    "о110 е85 а80 и74 н67 т63 с55 р47 в45 л44 к35 м32 д30 п28 у26 я20 ы19 ь17 г17 з16 б16 ч14 "
    "й12 х10 ж9 ш7 ю6 ц5 щ4 э3 ф3 ъ1 ё1"
)
_ARABIC = _table(
    "ا135 ل115 ي75 م64 و62 ن60 ر50 ت49 ب40 ة34 ع34 د32 س29 ف28 ه27 ك21 ق23 أ24 ح20 ج16 ش13 ط12 "
    "ص11 ى10 خ10 ذ8 ض6 ث6 ئ5 غ6 ز7 إ9 ء4 ؤ2 ظ2 آ2"
)
_SCRIPTS = (("cp1256", "Windows-1256 (Arabic)", _ARABIC), ("cp1251", "Windows-1251 (Cyrillic)", _RUSSIAN))
_ALONE = re.compile(rb"[A-Za-z][\x80-\xff]|[\x80-\xff][A-Za-z]")
_RARE = math.log(0.0002)
_CAPITAL = math.log(0.12)
ENOUGH_LETTERS = 4
LEAST_FIT = -3.8  # mean log frequency a language's own text stays above [nat]; Hebrew and Greek fall below
LEAST_MARGIN = 0.8  # by which it must beat the other reading


def guess(data: bytes) -> tuple[str, str]:
    """The codec and its name in words; ("", "") where it cannot be said.

    ("cp1252", ...) where every candidate reads the same characters, as with curly quotes only.
    """
    readings = {_strict(data, codec) for codec in ("cp1252", "cp1251", "cp1256")}
    if len(readings) == 1 and None not in readings:
        return "cp1252", "Windows punctuation"
    high = re.sub(rb"[\x00-\x7f\x82\x84-\x87\x91-\x97\xa0\xab\xad\xb0\xb7\xbb]", b"", data)
    if len(high) < ENOUGH_LETTERS or len(_ALONE.findall(data)) * 8 > len(high):
        return "", ""
    fits = sorted(
        ((_fit(high, codec, table), codec, name) for codec, name, table in _SCRIPTS if _strict(data, codec) is not None),
        reverse=True,
    )
    if fits[0][0] < LEAST_FIT - (0.15 if len(high) < 16 else 0) or (
        len(fits) > 1 and fits[0][0] - fits[1][0] < LEAST_MARGIN
    ):
        return "", ""
    return fits[0][1], fits[0][2]


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _fit(high: bytes, codec: str, table: dict[str, float]) -> float:
    """Mean log frequency of the letters under this reading [nat]."""
    total = 0.0
    for letter in high.decode(codec, "replace"):
        if letter in table:
            total += math.log(table[letter])
        elif letter.lower() in table:
            total += math.log(table[letter.lower()]) + _CAPITAL
        else:
            total += _RARE
    return total / len(high)
