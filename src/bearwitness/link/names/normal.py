"""The normal form of a name or of one part: letters folded, articles off, compounds in one word.

`عبد الرحمن`, `عبدالرحمن` -> one word; `Abd al-Rahman`, `Abdurrahman`, `Abdel Rahman` -> one word;
`صلاح الدين`, `Salaheddin`; `أبو زيد`, `Abu Zaid` -> one word; `al-`, `el-`, `ال` off. A leading ibn, bin, bint goes.
Fluctuating use of articles tells nothing of who is meant (checked against lists that copy one another).
"""
from __future__ import annotations

import re
from functools import lru_cache

from bearwitness.link.names.fold import fold
from bearwitness.link.names.words import words

_ATTACHED = re.compile(r"^abd(?:[aeiou]{1,2}(?:l(?=[^aeiou]|[aeiou])|([rsntdz])(?=\1)|sh(?=sh))?)([a-z]{2,})$")
_ATTACHED_CYRILLIC = re.compile(r"^абд[аеиоуэ]л?ь?([а-яіє]{3,})$")
_ALLAH = re.compile(r"^(?:l?l?ah?|l+aa?h|лл?ах?|ла)$")
_DIN = re.compile(r"^([a-z]{2,}?)[aeiou](?:d{1,2}|l)[- ]?(?:din|deen|dine|dyn|deene)$")
_LONG = frozenset({"al", "el", "ul", "il", "аль", "эль", "ель"})    # articles also when only a space follows
_ARABIC_ABD = re.compile(r"^عبد(?:ال)?(.{2,})$")


def _article_off(word: str) -> str:
    if word.startswith("ال") and len(word) > 4 and word not in words("not_article"):
        return word[2:]
    if word.startswith("لل") and len(word) > 5:
        return word[2:]
    return word


def _attached(word: str) -> str:
    """Compounds written in one word, brought to one form."""
    if found := _ATTACHED.match(word):
        return _abd("abd", found[2])
    if found := _ATTACHED_CYRILLIC.match(word):
        return _abd("абд", found[1])
    if (found := _DIN.match(word)) and len(word) > 7:
        return f"{found[1]}aldin"
    return word


def _abd(head: str, rest: str) -> str:
    if head == "عبد":
        rest = rest[2:] if rest.startswith("ال") and rest != "الله" else rest
        return "عبدالله" if rest in ("الله", "لله", "له") else f"عبدال{rest}"
    latin = head.isascii()
    if _ALLAH.match(rest) or rest in words("divine"):
        return "abdallah" if latin else "абдаллах"
    return f"abdal{rest}" if latin else f"абдал{rest}"


class _Join:
    """Takes words one by one and yields names, compounds joined."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.head = ""          # a word that waits for the next: Abd, Abu, Um
        self.article = False    # an article stood just before

    def take(self, word: str) -> None:
        bare = _article_off(word)
        if self.head:
            self._complete(word, bare)
        elif word in words("divine") and self.out:
            self.out[-1] += word
        elif (word in words("faith") or bare in words("faith")) and self.out:
            self.out[-1] += "الدين" if bare == "دين" else ("aldin" if word.isascii() else "алдин")
        elif self._opens(word):
            self.head = word
        else:
            self.out.append(_attached(bare))
        self.article = False

    def _opens(self, word: str) -> bool:
        if self.article:
            return False
        return word in words("abd") or word in words("father_of") or word in words("mother_of")

    def _complete(self, word: str, bare: str) -> None:
        head, self.head = self.head, ""
        if head in words("abd"):
            root = "عبد" if head.startswith("ع") else ("abd" if head.isascii() else "абд")
            self.out.append(_abd(root, word if word in words("divine") else bare))
            return
        father = head in words("father_of")
        if head.isascii():
            lead = "abu" if father else "um"
        elif head[0] in "ابم":
            lead = "ابو" if father else "ام"
        else:
            lead = "абу" if father else "ум"
        if word in words("abd"):
            self.out.append(lead)
            self.head = word
        else:
            self.out.append(lead + _attached(bare))

    def end(self) -> list[str]:
        if self.head:
            self.out.append(self.head)
        return self.out


def join(folded: list[str]) -> list[str]:
    """Folded words with articles off and compounds joined."""
    state = _Join()
    last = len(folded) - 1
    for index, word in enumerate(folded):
        if index < last and (word in _LONG or (word in words("article") and folded[index + 1][:1] == word[-1:])):
            state.article = True
            if folded[index + 1] in words("abd"):
                continue
            state.article = False
            continue
        if index < last and word == "ال":
            continue
        state.take(word)
    return state.end()


@lru_cache(maxsize=1 << 18)
def normal(part: str) -> str:
    """The normal form of a name or a part of one, in its own script; empty where nothing is written.

    >>> normal("عَبْدُ الرَّحمٰن") == normal("عبدالرحمن")
    True
    """
    folded = fold(part).split()
    while len(folded) > 1 and folded[0] in words("son"):
        folded = folded[1:]
    out = join(folded)
    while out and len(out) > 1 and re.fullmatch(r"\d+", out[-1]):
        out = out[:-1]
    return " ".join(out)


def joined(text: str) -> list[str]:
    """The units of a name as written, so that each is one name: Abd al-X, Abu X, X al-Din, al-X stay together."""
    pieces = [piece for piece in re.split(r"\s+", text.strip(" .,;،")) if fold(piece)]
    out: list[str] = []
    for piece in pieces:
        first = fold(piece).split()
        if out and (_waits(out[-1]) or (len(first) == 1 and (first[0] in words("divine") or first[0] in words("faith")))):
            out[-1] += f" {piece}"
        else:
            out.append(piece)
    return out


def _waits(unit: str) -> bool:
    """Whether a unit is not whole without the next word."""
    told = fold(unit).split()
    last = told[-1]
    if last in _LONG or last == "ال" or (last in words("abd") and not last[3:]):
        return True
    return len(told) == 1 and (last in words("father_of") or last in words("mother_of") or last in words("abd"))
