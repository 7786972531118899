"""What one cell says: days of three calendars, ages in words, sexes, and cells that name several people."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness.intake.lists import values

EPOCH = date(1970, 1, 1)


def at(year: int, month: int, day: int) -> float:
    return float((date(year, month, day) - EPOCH).days)


@pytest.mark.parametrize(
    "cell",
    [
        "2015-10-20",
        "20/10/2015",
        "20.10.2015",
        "20-10-2015",
        "2015/10/20",
        "20 October 2015",
        "Oct 20, 2015",
        "20 Oct 2015",
        "20-Oct-15",
        "October 20th, 2015",
        "٢٠/١٠/٢٠١٥",
        "۲۰۱۵-۱۰-۲۰",
        "20 تشرين الأول 2015",
        "٢٠ أكتوبر ٢٠١٥",
        "20 жовтня 2015",
        "20 октября 2015 года",
        "20 octobre 2015",
        "42297",
        "2015-10-20 13:00:00",
        "2015-10-20T13:00:00Z",
        "20.10.15",
        "Tuesday, 20 October 2015",
    ],
)
def test_one_day_in_the_forms_in_which_lists_write_it(cell: str) -> None:
    assert values.day(cell, "dmy") == (at(2015, 10, 20), at(2015, 10, 20))


@pytest.mark.parametrize(
    "cell", ["", "-", "unknown", "0000-00-00", "غير معروف", "32/13/2015", "soon", "99", "n/a", "30/02/2015", "2015-13-01"]
)
def test_what_is_no_day_is_not_made_one(cell: str) -> None:
    assert values.day(cell, "dmy") is None


def test_a_month_is_a_span_and_an_undecided_date_is_both_its_readings() -> None:
    assert values.day("2016-02", "") == (at(2016, 2, 1), at(2016, 2, 29))
    assert values.day("March 2014", "") == (at(2014, 3, 1), at(2014, 3, 31))
    assert values.day("2015", "") == (at(2015, 1, 1), at(2015, 12, 31))
    assert values.day("03/04/2015", "") == (at(2015, 3, 4), at(2015, 4, 3))
    assert values.day("03/04/2015", "dmy") == (at(2015, 4, 3), at(2015, 4, 3))
    assert values.day("03/04/2015", "mdy") == (at(2015, 3, 4), at(2015, 3, 4))


@pytest.mark.parametrize(
    ("cell", "year", "month", "day"),
    [  # months begin by sight of the moon: the computed day and the announced one may be one apart
        ("1437-01-06", 2015, 10, 20),
        ("6 محرم 1437", 2015, 10, 20),
        ("٦ محرم ١٤٣٧ هـ", 2015, 10, 20),
        ("1 رمضان 1436", 2015, 6, 18),
        ("1435/01/01", 2013, 11, 5),
    ],
)
def test_lunar_hijri_days_are_a_day_more_or_less(cell: str, year: int, month: int, day: int) -> None:
    found = values.day(cell, "dmy")
    assert found is not None
    assert found[1] - found[0] == 2 and abs((found[0] + found[1]) / 2 - at(year, month, day)) <= 1


@pytest.mark.parametrize(
    ("cell", "year", "month", "day"),
    [
        ("1394-07-28", 2015, 10, 20),
        ("۱۳۹۴/۰۷/۲۸", 2015, 10, 20),
        ("1 فروردین 1400", 2021, 3, 21),
        ("1399/12/30", 2021, 3, 20),
    ],
)
def test_solar_hijri_days_are_exact(cell: str, year: int, month: int, day: int) -> None:
    assert values.day(cell, "") == (at(year, month, day), at(year, month, day))


def test_the_order_of_day_and_month_is_what_the_whole_column_allows() -> None:
    assert values.order_of(["03/04/2015", "25/04/2015"]) == ("dmy", True)
    assert values.order_of(["03/04/2015", "04/25/2015"]) == ("mdy", True)
    assert values.order_of(["03/04/2015", "05/06/2015"]) == ("", True), "nobody can tell: a person is asked"
    assert values.order_of(["25/04/2015", "04/25/2015"])[0] == "", "a column that contradicts itself decides nothing"
    assert values.order_of(["2015-04-03"]) == ("", False)


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        ("32", 32, 33),
        ("32 years", 32, 33),
        ("٣٢", 32, 33),
        ("۳۲ ساله", 32, 33),
        ("32 سنة", 32, 33),
        ("32 роки", 32, 33),
        ("3 months", 0.25, 0.34),
        ("٣ أشهر", 0.25, 0.34),
        ("3 міс.", 0.25, 0.34),
        ("5 days", 0.01, 0.03),
        ("40s", 40, 50),
        ("30-35", 30, 36),
        ("18+", 18, 121),
        ("~60", 57, 64),
        ("طفل", 0, 18),
        ("رضيع", 0, 3),
        ("infant", 0, 3),
        ("дитина", 0, 18),
        ("adult", 18, 121),
        ("32.0", 32, 33),
        ("age 32", 32, 33),
        ("32 y.o.", 32, 33),
        ("2 weeks", 0.03, 0.06),
        ("немовля", 0, 3),
        ("Child", 0, 18),
        ("منداڵ", 0, 18),
    ],
)
def test_ages(cell: str, low: float, high: float) -> None:
    found = values.age(cell)
    assert found[0] is not None and found[1] is not None
    assert abs(found[0] - low) < 0.02 and abs(found[1] - high) < 0.03


@pytest.mark.parametrize("cell", ["", "?", "unknown", "200", "-5", "n/a", "2015-10-20", "مجهول العمر"])
def test_what_is_no_age_is_none(cell: str) -> None:
    assert values.age(cell) == (None, None)


@pytest.mark.parametrize(
    ("cell", "sex"),
    [
        ("M", "m"),
        ("female", "f"),
        ("Adult - Male", "m"),
        ("Child - Female", "f"),
        ("ذكر", "m"),
        ("أنثى", "f"),
        ("жін.", "f"),
        ("чол.", "m"),
        ("мужской", "m"),
        ("زن", "f"),
        ("مذکر", "m"),
        ("", ""),
        ("unknown", ""),
        ("male or female", ""),
        ("نێر", "m"),
    ],
)
def test_sexes(cell: str, sex: str) -> None:
    assert values.sex(cell) == sex


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        ("family of 5", 5, 5),
        ("عائلة مؤلفة من 5", 5, 5),
        ("عائلة مؤلفة من خمسة أشخاص", 5, 5),
        ("Hatem Rifai and his two sons", 3, 3),
        ("3 unidentified", 3, 3),
        ("Six members of the Rifai family", 6, 6),
        ("родина з 4 осіб", 4, 4),
        ("семья из 4 человек", 4, 4),
        ("خانواده ۵ نفره", 5, 5),
        ("Hatem Rifai and his family", 2, math.nan),
        ("٧ أشخاص", 7, 7),
        ("حاتم الرفاعي وأولاده الثلاثة", 4, 4),
        ("حاتم الرفاعي وعائلته", 2, math.nan),
    ],
)
def test_several_people_in_a_cell(cell: str, low: float, high: float) -> None:
    found = values.group(cell)
    assert found is not None
    assert found[0] == low and (found[1] == high or math.isnan(found[1]) and math.isnan(high))


@pytest.mark.parametrize(
    "cell",
    ["Hatem Rifai", "Unidentified 3", "Wife of Hatem Rifai", "حاتم الرفاعي", "", "مجهول الهوية 2", "Дитина 3", "Abu Hatem"],
)
def test_one_person_is_no_group(cell: str) -> None:
    assert values.group(cell) is None


@given(st.text(max_size=60))
def test_no_cell_breaks_a_reader_and_every_span_has_an_order(cell: str) -> None:
    found = values.day(cell, "")
    assert found is None or found[0] <= found[1]
    low, high = values.age(cell)
    assert (low is None) == (high is None)
    assert low is None or high is None or 0 <= low <= high <= 130
    assert values.sex(cell) in ("m", "f", "")
    group = values.group(cell)
    assert group is None or group[0] >= 2


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)))
def test_iso_numbers_and_words_of_one_day_agree(day: date) -> None:
    wanted = (float((day - EPOCH).days),) * 2
    for cell in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d %B %Y}", f"{day:%B %d, %Y}"):
        assert values.day(cell, "dmy") == wanted, cell
