"""Casualty lists as they arrive: nobody is lost, nobody is made up, and what was guessed is said. All names are made up."""

from __future__ import annotations

import gzip
import json
import zipfile
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from bearwitness.errors import InputError, UnreadableArrival
from bearwitness.intake.lists import read_roll
from bearwitness.intake.lists.told import suggest
from bearwitness.intake.lists.values import EPOCH, age, day, group, sex
from bearwitness.model.roll import GROUP, Roll


def put(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def days(roll: Roll) -> list[str]:
    return [str(EPOCH + timedelta(int(low))) if not np.isnan(low) else "" for low in roll.day_low]


def test_a_list_in_windows_arabic_with_arabic_digits(tmp_path: Path) -> None:
    text = "الاسم,العمر,تاريخ الوفاة,المكان,الجنس\nسمير كمال النجار,32,20 تشرين الأول 2015,القرية الشمالية,ذكر\n"
    text += "ليلى كمال النجار,طفل,20/10/2015,القرية,أنثى\n"
    roll = read_roll(put(tmp_path, "a.csv", text, "cp1256"))
    assert roll.cells["name"] == ["سمير كمال النجار", "ليلى كمال النجار"]
    assert days(roll) == ["2015-10-20", "2015-10-20"]
    assert roll.age_low.tolist() == [32, 0] and roll.age_high.tolist() == [32.99, 17.99]
    assert roll.sex == ["m", "f"]


def test_rows_keep_their_numbers_when_sums_stand_between_them(tmp_path: Path) -> None:
    text = "Name,Age\nAda Stone,3\nTotal,1\nBen Stone,4\nالمجموع,2\n,\nTotal Recall,9\n"
    roll = read_roll(put(tmp_path, "a.csv", text))
    assert roll.rows.tolist() == [1, 3, 6]
    assert [row for row, why in roll.left_out if "sum" in why] == [2, 4]
    assert roll.cells["name"][-1] == "Total Recall", "a person whose name begins like a sum is no sum"


def test_two_rows_of_headings_merged_cells_and_hidden_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Victims of the made-up strike"],
        ["Name", "", "Death", ""],
        ["First", "Family", "Date", "Place"],
        ["Ada", "Stone", date(2015, 10, 20), "Northtown"],
        ["Ben", "Stone", date(2015, 10, 20), ""],
        ["Cem", "Reed", 42297, "Southtown"],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:B2"), sheet.merge_cells("C2:D2"), sheet.merge_cells("D4:D5")
    sheet.row_dimensions[6].hidden = True
    book.save(tmp_path / "a.xlsx")
    roll = read_roll(tmp_path / "a.xlsx")
    assert roll.cells["given"] == ["Ada", "Ben", "Cem"] and roll.cells["family"] == ["Stone", "Stone", "Reed"]
    assert days(roll) == ["2015-10-20"] * 3
    assert roll.cells["place"] == ["Northtown", "Northtown", "Southtown"]
    assert any("hidden" in note for note in roll.notes) and any("merged" in note for note in roll.notes)


def test_open_document_and_json_and_gzip(tmp_path: Path) -> None:
    rows = [["full name", "age"], ["Ada Stone", "30"], ["Ben Reed", "31"]]
    cells = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in row)
        + "</table:table-row>"
        for row in rows
    )
    names = " ".join(f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "table", "text"))
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        out.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
            f'<table:table table:name="l">{cells}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    (tmp_path / "b.json").write_text(
        json.dumps({"rows": [{"full name": "Ada Stone", "age": 30}, {"full name": "Ben Reed", "age": 31}]})
    )
    with gzip.open(tmp_path / "c.csv.gz", "wt") as packed:
        packed.write("full name;age\nAda Stone;30\nBen Reed;31\n")
    for name in ("a.ods", "b.json", "c.csv.gz"):
        roll = read_roll(tmp_path / name)
        assert roll.cells["name"] == ["Ada Stone", "Ben Reed"], name
        assert roll.age_low.tolist() == [30, 31], name


@pytest.mark.parametrize(
    "cell, low, high",
    [
        ("2015-10-20", "2015-10-20", "2015-10-20"),
        ("20-Oct-15", "2015-10-20", "2015-10-20"),
        ("Oct 20, 2015", "2015-10-20", "2015-10-20"),
        ("20 жовтня 2015 року", "2015-10-20", "2015-10-20"),
        ("28 مهر 1394", "2015-10-20", "2015-10-20"),
        ("1395-01-01", "2016-03-20", "2016-03-20"),
        ("1396/01/01", "2017-03-21", "2017-03-21"),
        ("1437-01-01", "2015-10-14", "2015-10-16"),
        ("1 رمضان 1436", "2015-06-17", "2015-06-19"),
        ("42297", "2015-10-20", "2015-10-20"),
        ("2015-10", "2015-10-01", "2015-10-31"),
        ("03/04/2015", "2015-03-04", "2015-04-03"),
    ],
)
def test_a_date_is_a_span_in_any_of_three_calendars(cell: str, low: str, high: str) -> None:
    span = day(cell, "")
    if cell == "28 مهر 1394":  # 1 Mehr 1394 was 23 September 2015
        assert span == ((date(2015, 10, 20) - EPOCH).days,) * 2
    assert span is not None and [str(EPOCH + timedelta(each)) for each in span] == [low, high]


@pytest.mark.parametrize("cell", ["0000-00-00", "unknown", "31/31/2015", "Ada Stone", "-", "99999999"])
def test_what_is_no_date_is_none(cell: str) -> None:
    assert day(cell, "") is None


@pytest.mark.parametrize(
    "cell, low, high",
    [
        ("32", 32, 32.99),
        ("٣٢", 32, 32.99),
        ("طفلة", 0, 17.99),
        ("رضيع", 0, 2.99),
        ("40s", 40, 49.99),
        ("30-35", 30, 35.99),
        ("6 месяцев", 0.5, 0.59),
        ("18+", 18, 120.99),
        ("дитина", 0, 17.99),
    ],
)
def test_ages_in_words(cell: str, low: float, high: float) -> None:
    assert age(cell) == (pytest.approx(low, abs=0.01), pytest.approx(high, abs=0.01))


def test_a_family_in_one_cell_is_not_one_person_nor_five(tmp_path: Path) -> None:
    text = "الاسم,ملاحظات\nعائلة مؤلفة من 5,\nسمير النجار واولاده الثلاثة,\nسمير النجار,عائلة مؤلفة من 5\n"
    roll = read_roll(put(tmp_path, "a.csv", text))
    assert [kind == GROUP for kind in roll.kind] == [True, True, False]
    assert roll.group_low[:2].tolist() == [5, 4]
    assert group("Family Hospital") is None and sex("Adult - Male") == "m"


def test_dates_that_read_two_ways_are_decided_by_the_column_or_asked_about(tmp_path: Path) -> None:
    clear = read_roll(put(tmp_path, "a.csv", "name,date\nAda Stone,03/04/2015\nBen Reed,25/04/2015\n"))
    assert days(clear) == ["2015-04-03", "2015-04-25"]
    open_ = read_roll(put(tmp_path, "b.csv", "name,date\nAda Stone,03/04/2015\nBen Reed,05/04/2015\n"))
    assert any("day/month" in note for note in open_.notes) and (open_.day_high > open_.day_low).all()
    (tmp_path / "columns.toml").write_text('["b.csv"]\ndate_order = "mdy"\ndefinitions = { child = "under 15" }\n')
    told = read_roll(tmp_path / "b.csv")
    assert days(told) == ["2015-03-04", "2015-05-04"] and told.definitions == {"child": "under 15"}


def test_columns_are_corrected_by_hand_and_mothers_are_never_read(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "ref,who,Mother's name,from\n1,Ada Stone,Somebody,Northtown\n")
    roll = read_roll(path)
    assert "Somebody" not in str(roll.cells) and roll.cells["name"] == ["Ada Stone"]
    assert "Northtown" in roll.cells["origin"]
    (tmp_path / "columns.toml").write_text('["a.csv"]\ncolumns = { who = "name", ref = "id", from = "ignore" }\n')
    again = read_roll(path)
    assert again.cells["id"] == ["1"] and "origin" not in again.cells
    assert '"who" = "name"' in suggest([again])


@pytest.mark.parametrize(
    "told, word",
    [
        ('columns = { a = "name", b = "name" }', "one meaning"),
        ('columns = { z = "name" }', "does not have"),
        ('columns = { a = "mother" }', "there is not"),
        ('colums = { a = "name" }', "not known"),
    ],
)
def test_a_wrong_columns_file_is_a_clear_error(tmp_path: Path, told: str, word: str) -> None:
    path = put(tmp_path, "a.csv", "a,b\nAda Stone,x\n")
    (tmp_path / "columns.toml").write_text(f'["a.csv"]\n{told}\n')
    with pytest.raises(InputError) as why:
        read_roll(path)
    assert word in f"{why.value.message} {why.value.fix}"


def test_a_list_without_names_or_with_a_cell_like_a_book_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No column"):
        read_roll(put(tmp_path, "a.csv", "x,y\n1,2\n3,4\n"))
    with pytest.raises(UnreadableArrival, match="characters"):
        read_roll(put(tmp_path, "b.csv", f"name,age\n{'x' * 10_000_000},3\n"))


def test_a_formula_is_words(tmp_path: Path) -> None:
    roll = read_roll(put(tmp_path, "a.csv", "name,age\n=HYPERLINK(1),3\nAda Stone,4\n"))
    assert roll.cells["name"][0] == "=HYPERLINK(1)"


def test_a_list_without_headings_is_read_by_what_its_cells_hold(tmp_path: Path) -> None:
    roll = read_roll(put(tmp_path, "a.csv", "Ada Stone,2015-10-20,34\nBen Reed,2015-10-21,7\n"))
    assert roll.rows.tolist() == [1, 2] and roll.cells["name"] == ["Ada Stone", "Ben Reed"]
    assert any("no headings" in note for note in roll.notes)
