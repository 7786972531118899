"""Where readers put down what they cannot use and what they must ask, so that one pass finds everything."""

from __future__ import annotations

from dataclasses import dataclass, field

from bearwitness.errors import InputError
from bearwitness.model.case import Problem


@dataclass(frozen=True, slots=True)
class Question:
    """Something kept as written but not understood.

    key: the same for the same question on every reading, so that a caller can remember that it was asked.
    """

    where: str
    text: str
    key: str


_LONGEST = 400  # characters of one message: a cell that is quoted in it may hold a whole book


def short(text: str) -> str:
    """A message that fits a screen: the middle of a very long one left out, and said so."""
    if len(text) <= _LONGEST:
        return text
    return f"{text[: _LONGEST // 2]} [... {len(text) - _LONGEST} characters ...] {text[-_LONGEST // 2 :]}"


@dataclass(slots=True)
class Desk:
    """The problems and questions of one reading."""

    problems: list[Problem] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    _asked: set[str] = field(default_factory=set)

    def refuse(self, where: str, message: str, fix: str = "") -> None:
        self.problems.append(Problem(where, short(message), short(fix) or InputError.mend))

    def refuse_error(self, why: InputError) -> None:
        self.refuse(why.where, why.message, why.fix)

    def ask(self, where: str, text: str, key: str) -> None:
        """Ask once per key."""
        if key not in self._asked:
            self._asked.add(key)
            self.questions.append(Question(where, text, key))


class BadFolder(InputError):
    """A case folder cannot be read as it stands; `problems` holds every reason, the first one leads."""

    code = "input"

    def __init__(self, problems: list[Problem]) -> None:
        if not problems:
            raise ValueError("a BadFolder needs a problem")
        self.problems = problems
        first, more = problems[0], len(problems) - 1
        rest = f" (and {more} more problem{'s' if more > 1 else ''} in this folder)" if more else ""
        super().__init__(first.message + rest, where=first.where, fix=first.fix)
