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
_ATTACHED_KURDISH = re.compile(r"^ع[ەه]بدو+[لڵ]?(.{1,})$")
_ALLAH = re.compile(r"^(?:l?l?ah?|l+aa?h|лл?ах?|ла)$")
_DIN = re.compile(r"^([a-z]{2,}?)[aeiou](?:d{1,2}|l)[- ]?(?:din|deen|dine|dyn|deene)$")
_LONG = frozenset({"al", "el", "ul", "il", "аль", "эль", "ель"})    # articles also when only a space follows
_GLUED = re.compile(r"^[ae]l((?=[^aeioul])[a-z]{4,})$")             # Almasri, Elsayed; Ali, Elias, Allawi stay whole
_ARABIC_ABD = re.compile(r"^عبد(?:ال)?(.{2,})$")


def _article_off(word: str) -> str:
    if word.startswith("ال") and len(word) > 3 and word not in words("not_article"):
        return word[2:]
    if word.startswith("لل") and len(word) > 5:
        return word[2:]
    if (found := _GLUED.match(word)) and word not in words("not_article"):
        return found[1]
    return word


def _attached(word: str) -> str:
    """Compounds written in one word, brought to one form."""
    if found := _ATTACHED.match(word):
        return _abd("abd", found[2])
    if found := _ATTACHED_KURDISH.match(word):
        return _abd("عبد", "الله" if found[1] in ("ڵا", "ڵڵا", "لا", "ا", "لله") else found[1])
    if found := _ATTACHED_CYRILLIC.match(word):
        return _abd("абд", found[1])
    if (found := _DIN.match(word)) and len(word) > 7:
        return f"{found[1]}aldin"
    return word


def _abd(head: str, rest: str) -> str:
    if head == "عبد":
        return "عبدالله" if rest in ("الله", "لله", "له") else f"عبدال{rest}"
    latin = head.isascii()
    if _ALLAH.match(rest) or rest in words("divine"):
        return "abdallah" if latin else "абдаллах"
    return f"abdal{rest}" if latin else f"абдал{rest}"


def _compounds(head: str, word: str, bare: str) -> bool:
    """Whether Abd and the next word are one name: `Abd Muhammad` are two, and so is Abed before a family name."""
    if head == "عبد":
        return word != bare or word in words("divine") or word not in words("not_after_abd")
    if head == "abed":
        return word in words("divine") or bare in words("attribute")
    return True


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
            if not _compounds(head, word, bare):
                self.out.append(head)
                self.take(word)
                return
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
    out: list[str] = []
    for piece in re.split(r"\s+", text.strip(" .,;،")):
        told = fold(piece).split()
        if not told:
            continue
        if out and _waits(out[-1], told):
            out[-1] += f" {piece}"
        else:
            out.append(piece)
        if len(out) > 1 and _closes(fold(out[-1]).split()):
            out[-2:] = [f"{out[-2]} {out[-1]}"]
    return out


def _closes(told: list[str]) -> bool:
    """Whether a unit is the second half of a compound: al-Din, Allah."""
    while len(told) > 1 and told[0] in words("article"):
        told = told[1:]
    return len(told) == 1 and (told[0] in words("divine") or told[0] in words("faith"))


def _waits(unit: str, following: list[str]) -> bool:
    """Whether a unit is not whole without the next word."""
    told = fold(unit).split()
    last = told[-1]
    if last in _LONG or last == "ال":
        return True
    if last in words("abd") and (len(told) == 1 or told[0] in words("father_of")):
        word = following[-1]
        return following[0] in _LONG or _compounds(last, word, _article_off(word))
    return len(told) == 1 and (last in words("father_of") or last in words("mother_of"))
