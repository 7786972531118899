"""An account as somebody wrote it down, parted in two: what may stand in the case, and what only the vault may hold.

Protected: every word between `{{` and `}}`, and every line of the front matter under `identity:` (or `protected:`). In
the note that stays, the n-th protected word is `[withheld n]`, the same number for the same word, so that the text can
still be cited and compared; the identity lines are gone.
Pure: text in, text out. It finds what is marked, not what somebody forgot to mark; but a word that is marked once, and
each word of a name under `identity:`, must not stand unmarked anywhere else (`leftovers`: in any case, with or without
its Arabic article), or `part` withholds it there too when asked to.
"""
from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_MARK = re.compile(r"\{\{([^{}]+)\}\}")
_IDENTITY = re.compile(r"^(identity|protected)\s*:(.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parted:
    """clean: the note without what is protected. words: the protected words, in the order of their numbers.

    identity: the lines of the front matter that say who it is.
    """

    clean: str
    words: tuple[str, ...]
    identity: tuple[str, ...]


def part(text: str, *, everywhere: bool = False) -> Parted:
    """Part an account. everywhere: withhold the protected words also where they stand unmarked.

    Raises ValueError where a mark is opened and not closed.
    """
    front, body = _split(text)
    kept, identity = _front(front)
    words: dict[str, str] = {}

    def withheld(found: re.Match[str]) -> str:
        word = " ".join(found[1].split())
        words.setdefault(_plain(word), word)
        return f"[withheld {list(words).index(_plain(word)) + 1}]"

    clean = "".join(kept) + _MARK.sub(withheld, body)
    if "{{" in clean or "}}" in clean:
        line = next(n for n, each in enumerate(clean.splitlines(), 1) if "{{" in each or "}}" in each)
        raise ValueError(f"a mark of a protected word is opened and not closed near line {line}")
    parted = Parted(clean, tuple(words.values()), tuple(identity))
    if not everywhere or not (loose := leftovers(parted)):
        return parted
    lines = text.splitlines(keepends=True)
    shift = len(lines) - len(clean.splitlines())
    for at, word in loose:
        lines[at - 1 + shift] = _mark(lines[at - 1 + shift], word)
    return part("".join(lines))


def leftovers(parted: Parted) -> list[tuple[int, str]]:
    """(line, protected word) wherever one stands unmarked in the note that would stay."""
    names = [(word, _anywhere(word)) for word in (*parted.words, *_names(parted.identity)) if len(_plain(word)) > 2]
    return [(at, word) for at, line in enumerate(parted.clean.splitlines(), 1)
            for word, shape in names if shape.search(_plain(line))]


def _anywhere(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(_plain(word))}(?!\w)")


def _mark(line: str, word: str) -> str:
    """The line with every place of the word marked, also in another case or with other accents."""
    out = []
    for piece in re.split(r"(\{\{[^{}]*\}\}|\w+)", line):
        same = not piece.startswith("{{") and _plain(piece) == _plain(word)
        out.append("{{" + piece + "}}" if same else piece)
    marked = "".join(out)
    if marked != line:
        return marked
    return re.sub(re.escape(word), lambda found: "{{" + found[0] + "}}", line, flags=re.IGNORECASE)


def _split(text: str) -> tuple[list[str], str]:
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].strip() != "---":
        return [], text
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == "---"), 0)
    return lines[:end + 1], "".join(lines[end + 1:])


def _front(lines: list[str]) -> tuple[list[str], list[str]]:
    kept: list[str] = []
    identity: list[str] = []
    inside = False
    for line in lines:
        opened = _IDENTITY.match(line)
        inside = bool(opened) or (inside and line[:1] in " \t-")
        if inside and line.strip() != "---":
            value = opened[2].strip() if opened else line.strip()
            identity += [value] if value else []
        else:
            inside = False
            kept.append(line)
    return kept, identity


def _names(identity: tuple[str, ...]) -> list[str]:
    """What must not stand unmarked: each value under `identity:`, and each longer word of it."""
    values = [line.partition(":")[2].strip(" \"'") or line for line in identity]
    return list(dict.fromkeys([*values, *(word for value in values for word in re.findall(r"[^\W\d_]{4,}", value))]))


def _plain(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c) and c != "\u0640")
    return " ".join(re.sub(r"\b\u0627\u0644", "", bare).casefold().split())
