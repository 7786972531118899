"""A list that writes the family name first is read so, and one that does not is left as it stands."""
from __future__ import annotations

from bearwitness.link.names.normal import normal
from bearwitness.link.people.order import family_first

GIVEN = "محمد علي حسن خالد عمر يوسف سامر كريم جمال فاطمة مريم هدى نور ليلى".split()
FAMILIES = "الحراج القطان العسام الرنجي الطشام الحطاخ الجندي القماش الشعار الصباغ العطار النجار الخطيب الحداد".split()


def rows(first: list[str], last: list[str]) -> list[tuple[str, str, str]]:
    return [(normal(a), normal(b), normal(c)) for a, b, c in zip(first, GIVEN[::-1], last, strict=True)]


def test_what_stands_last_and_is_a_given_name_tells_that_the_family_name_stands_first() -> None:
    assert family_first(rows(FAMILIES, GIVEN)) and not family_first(rows(GIVEN, FAMILIES))


def test_a_few_rows_or_family_names_that_are_given_names_decide_nothing() -> None:
    assert not family_first(rows(FAMILIES, GIVEN)[:9]) and not family_first(rows(GIVEN, GIVEN[::-1]))
