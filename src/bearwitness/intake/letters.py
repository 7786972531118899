"""Which old encoding a CSV has: Windows-1256 (Arabic), Windows-1251 (Cyrillic), or not to be said.

Every byte has a meaning in each of them, so only the letters can tell: text is accepted as the encoding
under which its letters are about as frequent as in the language, clearly more than under the other.
Letters standing alone among ASCII ones (a French name) decide nothing, and are refused.
Frequencies [%], rounded: Arabic after M. Madi's count and Russian after the National Corpus; the margin
between the two hypotheses is so wide that a rounding of one half changes no answer.
"""

from __future__ import annotations

import math
import re

_RUSSIAN = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
        (
            11.0,
            8.5,
            8.0,
            7.4,
            6.7,
            6.3,
            5.5,
            4.7,
            4.5,
            4.4,
            3.5,
            3.2,
            3.0,
            2.8,
            2.6,
            2.0,
            1.9,
            1.7,
            1.7,
            1.6,
            1.6,
            1.4,
            1.2,
            1.0,
            0.9,
            0.7,
            0.6,
            0.5,
            0.4,
            0.3,
            0.3,
            0.1,
            0.1,
        ),
        strict=True,
    )
)
_ARABIC = dict(
    zip(
        "اليمونرتبةعدسفهكقأحجشطصىخذضثئغزإءؤظآ",
        (
            13.5,
            11.5,
            7.5,
            6.4,
            6.2,
            6.0,
            5.0,
            4.9,
            4.0,
            3.4,
            3.4,
            3.2,
            2.9,
            2.8,
            2.7,
            2.1,
            2.3,
            2.4,
            2.0,
            1.6,
            1.3,
            1.2,
            1.1,
            1.0,
            1.0,
            0.8,
            0.6,
            0.6,
            0.5,
            0.6,
            0.7,
            0.9,
            0.4,
            0.2,
            0.2,
            0.2,
        ),
        strict=True,
    )
)
_SCRIPTS = (("cp1256", "Windows-1256 (Arabic)", _ARABIC), ("cp1251", "Windows-1251 (Cyrillic)", _RUSSIAN))
_ALONE = re.compile(rb"[A-Za-z][\x80-\xff]|[\x80-\xff][A-Za-z]")
_RARE = math.log(0.0002)
_CAPITAL = math.log(0.12)
ENOUGH_LETTERS = 4
LEAST_FIT = -4.4  # mean log frequency a language's own text stays above
LEAST_MARGIN = 0.8  # by which it must beat the other reading


def guess(data: bytes) -> tuple[str, str]:
    """The codec and its name in words; ("", "") where it cannot be said.

    ("cp1252", ...) where every candidate reads the same characters, as with curly quotes only.
    """
    readings = {
        text for codec in ("cp1252", "cp1251", "cp1256") if (text := _strict(data, codec)) is not None
    }
    if len(readings) == 1:
        return "cp1252", "Windows punctuation"
    high = re.sub(rb"[\x00-\x7f\x82\x84-\x87\x91-\x97\xa0\xab\xad\xb0\xb7\xbb]", b"", data)
    if len(high) < ENOUGH_LETTERS or len(_ALONE.findall(data)) * 8 > len(high):
        return "", ""
    fits = sorted(
        (
            (_fit(high, codec, table), codec, name)
            for codec, name, table in _SCRIPTS
            if _strict(data, codec) is not None
        ),
        reverse=True,
    )
    if fits[0][0] < LEAST_FIT or (len(fits) > 1 and fits[0][0] - fits[1][0] < LEAST_MARGIN):
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
            total += math.log(table[letter] / 100)
        elif letter.lower() in table:
            total += math.log(table[letter.lower()] / 100) + _CAPITAL
        else:
            total += _RARE
    return total / len(high)
