"""How text of records reaches a page: escaped, in its own direction, nothing invisible, nothing said twice."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from bearwitness.tell.document import Ground, Piece, Span
from bearwitness.tell.figures.text import DECEIVING, visible

SIDES = ("for", "against", "counted", "set aside", "says")
_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z")
_RIGHT_TO_LEFT = re.compile("[\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc\\U00010800-\\U00010fff\\U0001e800-\\U0001efff]")
_IN_BRIEF = 2      # grounds of one side that the short "why" names; the full note has all


def shown(text: object) -> Markup:
    """Text from a record: escaped, with invisible and reversing characters printed as their numbers."""
    escaped = str(escape(str(text)))
    return Markup(DECEIVING.sub(lambda found: f'<span class="ctl">U+{ord(found[0]):04X}</span>', escaped))


@pass_context
def isolated(context: Context, text: object) -> Markup:
    """Like shown, and set apart from the text around it wherever the two could run in different directions."""
    said = shown(text)
    alone = context["report"].direction == "rtl" or _RIGHT_TO_LEFT.search(str(text))
    return Markup("<bdi>{}</bdi>").format(said) if alone else said


def told(span: Span) -> list[Piece]:
    """The pieces of a span without the blanks around them: blanks would part a word from its note."""
    pieces = list(span.pieces)
    while pieces and not pieces[-1].text.strip():
        pieces.pop()
    while pieces and not pieces[0].text.strip():
        pieces.pop(0)
    if pieces:
        pieces[-1] = Piece(pieces[-1].text.rstrip(), pieces[-1].look)
        pieces[0] = Piece(pieces[0].text.lstrip(), pieces[0].look)
    return pieces


def joint(following: Span) -> str:
    """What stands between a note and the next span: a blank, unless that span opens with a stop."""
    return "" if following.text.lstrip()[:1] in tuple(".,;:!?)»”’،؛؟") else " "


def moment(text: str) -> str:
    """`2026-11-22 21:22 UTC` for a time stamp of the log; any other text as it is."""
    found = _STAMP.fullmatch(text)
    return f"{found[1]} {found[2]} UTC" if found else text


def opening(text: str) -> str:
    """The text with a capital first letter, for the start of a sentence; an id keeps its own letters."""
    first = re.split(r"[ ,;]", text, maxsplit=1)[0]
    return text[:1].upper() + text[1:] if first.isalpha() else text


def sides(grounds: Iterable[Ground]) -> list[tuple[str, list[Ground]]]:
    """Grounds by side, in the order a reader weighs them; a side of another name keeps its name.

    A record that stands on a side is not said once more without one.
    """
    grounds = tuple(grounds)
    placed = {ground.ref for ground in grounds if ground.side != "says"}
    held: dict[str, list[Ground]] = {side: [] for side in SIDES}    # keeps this order
    for ground in grounds:
        if ground.side != "says" or ground.ref not in placed:
            held.setdefault(ground.side, []).append(ground)
    return [(side, found) for side, found in held.items() if found]


def brief(grounds: Sequence[Ground]) -> tuple[Sequence[Ground], int]:
    """The first few grounds, and how many are left for the full note."""
    return grounds[:_IN_BRIEF], max(0, len(grounds) - _IN_BRIEF)


def css_string(text: str) -> str:
    """A string of a style sheet that can hold any text: all but plain characters as their numbers."""
    plain = re.compile(r"[A-Za-z0-9 .,:()-]")
    return '"' + "".join(c if plain.match(c) else f"\\{ord(c):06x}" for c in visible(text)) + '"'
