"""What a normal form sounds like, in one alphabet for all scripts, and its consonant skeleton.

The alphabet and the distances between its signs stand in `rules/names/sounds.toml`. Doubled letters fall together; the
article inside Abd al-X and X al-Din is not written.
"""
from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product

from bearwitness.link.names.normal import normal
from bearwitness.link.names.script import script
from bearwitness.rules import load

_KURDISH = re.compile("[ەێۆڕڵڤ]")
_COMPOUND = re.compile(r"^(?:عبدال(?=.)|abdal(?=.)|абдал(?=.))")
_DIVINE = re.compile(r"^(.{2,}?)(?:[aeu]llah?|ا?الله|[аеу]ллах?)$")
_FAITH = re.compile(r"(?:(?<=.)الدين|(?<=..)aldin|(?<=..)алдин)$")
MOST = 12  # skeletons of one word, at most


@cache
def _graphemes(name: str) -> tuple[dict[str, str], int]:
    table: dict[str, str] = load("names/sounds")[name]
    return table, max(map(len, table))


def _read(word: str, name: str) -> str:
    """Greedy reading of a word by the table of its script; signs unknown to it are left out."""
    table, longest = _graphemes(name)
    once = name != "arabic" or _KURDISH.search(word) is not None
    if once:                  # Arabic writes a doubled letter once; two stand for two with a vowel between
        word = re.sub(r"([^eo])\1+", r"\1", word)
    out, at = [], 0
    while at < len(word):
        for size in range(min(longest, len(word) - at), 0, -1):
            piece = word[at:at + size]
            if piece in table:
                out.append(table[piece])
                break
        else:
            size = 1
        at += size
    return "".join(out)


def _word(word: str) -> str:
    """Sounds of one normal word."""
    name = script(word)
    if name == "other":
        return word if word.isdigit() else ""
    if found := _COMPOUND.match(word):
        rest = word[found.end():]
        return "Ebd" + (_word("الله")[1:] if rest in ("له", "lah", "лах") else _tail(rest, name))
    if found := _DIVINE.match(word):
        return _read(found[1], name) + "alV"
    if found := _FAITH.search(word):
        return _read(word[:found.start()], name) + "dYn"
    return _tail(word, name)


def _tail(word: str, name: str) -> str:
    """Sounds with the two ends marked: a carrier of a vowel at the front, a bare open vowel or h at the end."""
    said = _read(word, name)
    if name == "latin":
        said = re.sub(r"(?<=[^aeiouwYWV])Y(?=[^aeiouwYWV])", "i", said)
    if name != "arabic":
        said = re.sub(r"(.)\1+", r"\1", said)
    if len(said) > 2:
        open_end = r"[ha]$" if name == "arabic" else r"(?:(?<=[ae])h|a|(?<=[^aeiouwyWYE])h)$"
        said = re.sub(open_end, "V", said)
        said = re.sub(r"[ae]V$", "V", said)
    if name == "arabic" and said[:1] == "a":
        said = "A" + said[1:]
    return said


@lru_cache(maxsize=1 << 20)
def sounds(part: str) -> str:
    """The sounds of a part, its words run together: the space inside a name is the least stable of its signs."""
    return "".join(_word(word) for word in normal(part).split())


def _classes(said: str, doubtful: bool) -> list[tuple[str, ...]]:
    """For every sound the classes it may fall into; the first is the principal one."""
    table = load("names/sounds")
    out: list[tuple[str, ...]] = []
    for at, sign in enumerate(said):
        if at == 0 and (sign in "AaeiouE"):
            out.append(("A",))
        elif at == 0 and sign in "WvY":
            out.append(("W",) if sign != "Y" else ("Y",))
        elif at == len(said) - 1 and sign in "hHV" and at > 1:
            continue
        else:
            own = table["classes"].get(sign, "")
            more = tuple(table["doubtful"].get(sign, ())) if doubtful else ()
            if own or more:
                out.append((own, *more))
    return out


@lru_cache(maxsize=1 << 18)
def skeleton(part: str) -> str:
    """Consonant classes of a part, alike in every script: محمد, Muhammad, Мохаммед -> MHMD. Vowels only at the front (A).

    Words of a part are run together. Coarse on purpose (a key for blocks and rarity, not proof): Hassan and Hussein meet.
    """
    return "".join(ways[0] for ways in _classes(sounds(part), doubtful=False))


@lru_cache(maxsize=1 << 16)
def skeletons(part: str) -> tuple[str, ...]:
    """The skeleton, then up to eleven others for letters that are romanised in several ways; principal first."""
    ways = _classes(sounds(part), doubtful=True)
    found: dict[str, None] = {skeleton(part): None}
    loose = [index for index, choice in enumerate(ways) if len(choice) > 1][:4]
    fixed = [choice if index in loose else choice[:1] for index, choice in enumerate(ways)]
    for letters in product(*fixed):
        found.setdefault("".join(letters), None)
        if len(found) >= MOST:
            break
    return tuple(found)
