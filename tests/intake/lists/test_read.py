"""Casualty lists in the shapes in which they arrive. Every list here is made up, with common given names only."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from tests.intake.workbook import workbook
from tests.lists import CULTURES, world, write

from bearwitness.errors import InputError
from bearwitness.intake.lists import read_roll
from bearwitness.intake.lists.headings import meaning_of
from bearwitness.intake.lists.told import suggest
from bearwitness.model.roll import GROUP, Roll

EPOCH = date(1970, 1, 1)
PLAIN = "name,sex,age,date,place\nSamir Najjar,m,34,2015-10-20,Northtown\nLayla Najjar,f,9,2015-10-20,Northtown\n"


def put(folder: Path, data: str | bytes, name: str = "list.csv") -> Path:
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return folder / name


def meanings(roll: Roll) -> dict[str, str]:
    return {column.meaning: column.header.strip() for column in roll.columns}


def day(roll: Roll, at: int) -> str:
    assert roll.day_low[at] == roll.day_high[at]
    return date.fromordinal(EPOCH.toordinal() + int(roll.day_low[at])).isoformat()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_separator(tmp_path: Path, separator: str) -> None:
    roll = read_roll(put(tmp_path, PLAIN.replace(",", separator)))
    assert list(roll.of("name")) == ["Samir Najjar", "Layla Najjar"] and roll.sex == ["m", "f"]


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (
            "الاسم,الجنس,العمر,تاريخ الوفاة,المكان\nسمير النجار,ذكر,34,20/10/2015,حلب\nليلى النجار,أنثى,طفلة,20/10/2015,\n",
            "cp1256",
        ),
        (
            "ФИО;Пол;Возраст;Дата смерти;Место\nИванов Иван Иванович;м;34;20.10.2015;Город\nИванова Анна;ж;9;20.10.2015;\n",
            "cp1251",
        ),
        ("name;sex;age;date;place\nسمير;m;34;20/10/2015;x\nليلى;f;9;20/10/2015;y\n", "utf-16"),
        ("name;sex;age;date;place\nسمير;m;34;20/10/2015;x\nليلى;f;9;20/10/2015;y\n", "utf-8-sig"),
    ],
)
def test_encodings_of_old_programs(tmp_path: Path, text: str, codec: str) -> None:
    roll = read_roll(put(tmp_path, text.encode(codec)))
    assert roll.sex == ["m", "f"] and day(roll, 0) == "2015-10-20"
    assert {"name", "sex", "age", "date", "place"} <= set(meanings(roll))
    assert roll.of("name")[0] == text.split("\n")[1].replace(";", ",").split(",")[0], "the words as they were written"
    assert any("was read as" in note for note in roll.notes) == codec.startswith("cp"), "a guess is said"


def test_a_packed_list_json_and_a_spreadsheet_say_the_same(tmp_path: Path) -> None:
    rows = [line.split(",") for line in PLAIN.splitlines()]
    objects = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    typed = [
        [row[0], row[1], int(row[2]), ("date", (date.fromisoformat(row[3]) - date(1899, 12, 30)).days), row[4]]
        for row in rows[1:]
    ]
    paths = [
        put(tmp_path, PLAIN),
        put(tmp_path, gzip.compress(PLAIN.encode()), "list.csv.gz"),
        put(tmp_path, json.dumps(objects), "a.json"),
        put(tmp_path, json.dumps({"rows": objects}), "b.json"),
        put(tmp_path, workbook({"Sheet": [rows[0], *typed]}), "list.xlsx"),
    ]
    rolls = [read_roll(path) for path in paths]
    for roll in rolls:
        assert roll.cells == rolls[0].cells and roll.sex == ["m", "f"] and roll.rows.tolist() == [1, 2], roll.name
        assert day(roll, 1) == "2015-10-20" and roll.age_low.tolist() == [34, 9]


def test_titles_two_rows_of_headings_totals_and_blank_rows(tmp_path: Path) -> None:
    text = (
        "Victims of the made-up strike,,,,\n,,,,\nName,,Particulars,,Date of death\nFirst name,Surname,Age,Gender,\n"
        "Samir,Najjar,34,M,20/10/2015\n,,,,\nLayla,Najjar,9,F,21/10/2015\nTotal,,2,,\n"
    )
    roll = read_roll(put(tmp_path, text))
    assert meanings(roll)["given"].endswith("First name") and meanings(roll)["family"].endswith("Surname")
    assert list(roll.of("given")) == ["Samir", "Layla"] and roll.rows.tolist() == [1, 3]
    assert day(roll, 1) == "2015-10-21"
    assert dict(roll.left_out) == {2: "nothing in any column that is read", 4: "a sum of other rows, not a person"}


@pytest.mark.parametrize(
    "word", ["Total", "TOTAL: 2", "Grand total", "المجموع", "الإجمالي", "جمع کل", "Всього", "Итого", "Разом:"]
)
def test_a_sum_is_never_a_person(tmp_path: Path, word: str) -> None:
    roll = read_roll(put(tmp_path, PLAIN + f"{word},,2,,\n,{word},2,,\n"))
    assert len(roll) == 2 and [row for row, _ in roll.left_out] == [3, 4]


def test_a_person_whose_name_begins_like_a_sum_stays(tmp_path: Path) -> None:
    roll = read_roll(put(tmp_path, PLAIN + "Totali Najjar,m,3,2015-10-20,Northtown\nSuma Total Najjar,f,3,,\n"))
    assert len(roll) == 4


def test_hidden_rows_and_sheets_are_read_and_said_and_merged_cells_filled(tmp_path: Path) -> None:
    rows = [line.split(",") for line in PLAIN.splitlines()]
    roll = read_roll(put(tmp_path, workbook({"List": rows}, hidden=("List",)), "a.xlsx"))
    assert len(roll) == 2 and any("hidden" in note for note in roll.notes)
    two = read_roll(put(tmp_path, workbook({"Notes": [["see the list"]], "List": rows}), "b.xlsx"))
    assert len(two) == 2 and any("were not read: 'Notes'" in note for note in two.notes)
    months = {"October": rows, "November": [["name", "age", "kunya"], ["Basil Qudsi", "51", "Abu Adel"]]}
    three = read_roll(put(tmp_path, workbook(months, hidden=("November",)), "d.xlsx"))
    assert three.of("name")[2] == "Basil Qudsi" and three.rows.tolist() == [1, 2, 3] and three.age_low[2] == 51
    assert three.of("kunya") == ["", "", "Abu Adel"] and three.of("place")[2] == ""
    assert "Rows 3 to 3 are those of sheet 'November'." in three.notes and any("hidden" in note for note in three.notes)
    merged = [rows[0], ["Samir Najjar", "m", "34", "2015-10-20", "Northtown"], ["Layla Najjar", "f", "9", "", ""]]
    span = read_roll(put(tmp_path, workbook({"List": merged}, merged="D2:D3"), "c.xlsx"))
    assert day(span, 1) == "2015-10-20" and span.of("place")[1] == "", "only the merged cell goes on"
    assert any("merged" in note for note in span.notes)


def test_the_number_of_a_row_is_what_a_person_counts_below_the_headings(tmp_path: Path) -> None:
    rows = [
        ["List of the made-up strike"],
        [],
        ["name", "age", "date"],
        ["Samir Najjar", "34", "2015-10-20"],
        [],
        ["Layla Najjar", "9", "2015-10-20"],
    ]
    roll = read_roll(put(tmp_path, workbook({"List": rows}), "a.xlsx"))
    assert roll.rows.tolist() == [1, 3], "row 4 and row 6 of the sheet, whose headings stand in row 3"


@pytest.mark.parametrize(("cell", "asked"), [("25/04/2015", False), ("05/06/2015", True)])
def test_day_and_month_are_told_by_the_column_or_asked(tmp_path: Path, cell: str, asked: bool) -> None:
    roll = read_roll(put(tmp_path, f"name,date\nSamir Najjar,03/04/2015\nLayla Najjar,{cell}\n"))
    assert any("day/month" in note for note in roll.notes) == asked
    assert (roll.day_low[0] != roll.day_high[0]) == asked
    (tmp_path / "columns.toml").write_text('["list.csv"]\ndate_order = "mdy"\n', encoding="utf-8")
    assert not asked or day(read_roll(tmp_path / "list.csv"), 0) == "2015-03-04"


def test_what_was_guessed_can_be_kept_and_read_back(tmp_path: Path) -> None:
    roll = read_roll(put(tmp_path, 'Who "was" killed,When,X\nSamir Najjar,2015-10-20,7\nLayla Najjar,2015-10-21,8\n'))
    assert {column.meaning: column.why for column in roll.columns} == {
        "name": "its cells look like names",
        "date": "its cells look like dates",
    }, "no heading says it, the cells do"
    (tmp_path / "columns.toml").write_text(suggest([roll]), encoding="utf-8")
    again = read_roll(tmp_path / "list.csv")
    assert again.cells == roll.cells
    assert {column.why for column in again.columns} == {"columns.toml says so"}


def test_a_list_keeps_its_own_definitions_and_its_incident(tmp_path: Path) -> None:
    put(
        tmp_path,
        '["list.csv"]\nincident = "north"\ndefinitions = { child = "under 15" }\ncolumns = { sex = "ignore" }\n',
        "columns.toml",
    )
    roll = read_roll(put(tmp_path, PLAIN))
    assert roll.definitions == {"child": "under 15"} and set(roll.of("incident")) == {"north"}
    assert roll.sex == ["", ""] and "sex" in roll.unread


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('["list.csv"]\ncolumns = { sex = "age", age = "age" }', "one meaning"),
        ('["list.csv"]\ncolumns = { colour = "age" }', "does not have"),
        ('["list.csv"]\ncolumns = { sex = "gender identity" }', "which there is not"),
        ('["list.csv"]\ndate_order = "ymd"', "date_order"),
        ('["list.csv"]\nnonsense = 1', "not known here"),
        ('["list.csv"', "cannot be read"),
    ],
)
def test_a_wrong_mapping_is_refused_and_nothing_changes(tmp_path: Path, toml: str, said: str) -> None:
    put(tmp_path, toml, "columns.toml")
    path = put(tmp_path, PLAIN)
    before = sorted((one.name, one.read_bytes()) for one in tmp_path.iterdir())
    with pytest.raises(InputError, match=said) as why:
        read_roll(path)
    assert why.value.where and why.value.fix
    assert sorted((one.name, one.read_bytes()) for one in tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        ("colour,weight\nred,7\nblue,8\n", "list.csv", "No column"),
        ("", "list.csv", "no rows"),
        ("name\n" + "x" * 10_000_000, "list.csv", "characters"),
        ('name,age\n"Samir,34\nLayla,9\n' + "x" * 200_000, "list.csv", "quote"),
        ("[1, 2]", "list.json", "array of objects"),
        ("{", "list.json", "not JSON"),
        ("[" * 100_000, "list.json", "not JSON"),
        (b"\x1f\x8b broken", "list.csv.gz", "cannot be read"),
        (b"PK\x03\x04 broken", "list.xlsx", "damaged"),
        (b"\x00" * 500, "list.csv", "UTF-16"),
        (json.dumps([{"name": "x" * 200_000}]), "list.json", "characters"),
    ],
)
def test_what_cannot_be_read_is_said_and_left_as_it_was(tmp_path: Path, data: str | bytes, name: str, said: str) -> None:
    path = put(tmp_path, data, name)
    before = path.read_bytes()
    with pytest.raises(InputError, match=said) as why:
        read_roll(path)
    assert why.value.where.startswith((name, str(path))) and why.value.fix
    assert path.read_bytes() == before


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_roll(tmp_path / "none.csv")


def test_a_formula_is_words_and_is_never_computed(tmp_path: Path) -> None:
    text = 'name,age,note\n"=HYPERLINK(""http://x"",""Samir"")",34,=1+1\nLayla Najjar,9,@SUM(A1)\n'
    roll = read_roll(put(tmp_path, text))
    assert roll.of("name")[0] == '=HYPERLINK("http://x","Samir")' and roll.of("note")[1] == "@SUM(A1)"


def test_mothers_are_not_read(tmp_path: Path) -> None:
    for heading in (
        "Mother's name",
        "mother",
        "اسم الأم",
        "نام مادر",
        "Мати",
        "Mother's full name",
        "MotherName",
        "اسم والدة الضحية",
        "Name of the mother",
        "Victim mother",
        "Phone of family",
    ):
        roll = read_roll(put(tmp_path, f"name,{heading},age\nSamir Najjar,Hala Secret,34\n"))
        assert heading in roll.unread and not any("Secret" in cell for cells in roll.cells.values() for cell in cells)


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("DateOfDeath", "date"),
        ("Age of the victim", "age"),
        ("عمر الضحية", "age"),
        ("جنس الضحية", "sex"),
        ("ПІБ загиблого", "name"),
        ("Gender (M/F)", "sex"),
        ("Victim's full name", "name"),
        ("Father's full name", "father"),
        ("Date de décès", "date"),
        ("Place where killed - village", "place"),
        ("Name (Arabic)", "name_local"),
        ("Incident_Date", "date"),
        ("date of report", "ignore"),
        ("Source name", "ignore"),
        ("Cause of death (detailed)", "cause"),
        ("تاريخ الوفاه", "date"),
        ("Relationship to deceased", "kin"),
        ("street number", ""),
        ("rec_id", "id"),
        ("weight", ""),
        ("Дата загибелі (рік)", "date"),
        ("حالة الضحية", "status"),
        ("Victim occupation", ""),
        ("ناوی باوک", "father"),
        ("Nom de famille", "family"),
    ],
)
def test_headings_of_strangers(heading: str, meaning: str) -> None:
    assert meaning_of(heading)[0] == meaning


def test_a_date_in_three_columns_is_one_date(tmp_path: Path) -> None:
    roll = read_roll(
        put(tmp_path, "name,Year,Month,Day,age\nSamir Najjar,2015,10,20,34\nLayla Najjar,2015,October,,9\nBasil,,,,3\n")
    )
    assert day(roll, 0) == "2015-10-20" and roll.day_high[1] - roll.day_low[1] == 30 and np.isnan(roll.day_low[2])
    assert any("three columns" in note for note in roll.notes)


def test_names_in_two_scripts_and_a_second_claimant(tmp_path: Path) -> None:
    roll = read_roll(put(tmp_path, "Full name,Victim name,Age,Age at event\nSamir Najjar,سمير النجار,34,35\n"))
    assert roll.of("name")[0] == "Samir Najjar" and roll.of("name_local")[0] == "سمير النجار"
    assert any("'Age at event' looks like age too" in note for note in roll.notes)


def test_infants_are_kept_and_ages_that_are_all_nought_are_not_known(tmp_path: Path) -> None:
    few = read_roll(put(tmp_path, "name,age\n" + "".join(f"Samir {n},{n % 40}\n" for n in range(200))))
    assert few.age_low[0] == 0 and not few.notes
    many = read_roll(put(tmp_path, "name,age\n" + "".join(f"Samir {n},{n if n % 4 == 0 else 0}\n" for n in range(1, 90))))
    assert np.isnan(many.age_low[0]) and many.age_low[3] == 4 and any("ages are 0" in note for note in many.notes)


@pytest.mark.parametrize("culture", CULTURES)
def test_made_up_lists_of_every_script_are_read_as_they_were_meant(tmp_path: Path, culture: str) -> None:
    """Dates hold the true day within the slips of the lists (up to 3 days), sexes are right, sums and groups are told."""
    wrong: Counter[str] = Counter()
    for seed in (11, 12):
        made = world(culture, 250, 3, seed)
        write(made, tmp_path)
        for sheet in made.sheets:
            roll = read_roll(tmp_path / sheet.name)
            place = {number: at for at, number in enumerate(roll.rows.tolist())}
            for number, (person, kind) in enumerate(zip(sheet.people, sheet.kinds, strict=True), 1):
                wrong["a sum is a person"] += kind == "total" and number in place
                wrong["a person left out"] += kind != "total" and number not in place
                if number not in place or kind == "total":
                    continue
                at = place[number]
                wrong["group"] += (roll.kind[at] == GROUP) != (kind == "group")
                if person < 0:
                    continue
                truth = made.persons[person]
                true_day = (truth.day - EPOCH).days
                wrong["sex"] += roll.sex[at] not in ("", truth.sex)
                wrong["day"] += not (np.isnan(roll.day_low[at]) or roll.day_low[at] - 3 <= true_day <= roll.day_high[at] + 3)
                wrong["unread day"] += bool(roll.of("date")[at]) and np.isnan(roll.day_low[at])
                wrong["unread age"] += bool(roll.of("age")[at]) and np.isnan(roll.age_low[at])
    assert not +wrong


@pytest.mark.parametrize(("headings", "sex"), [
    ("Adı Soyadı,Baba adı,Cinsiyet,Yaş,Ölüm tarihi,Yer", "Kadın"),
    ("Ime i prezime,Ime oca,Pol,Starost,Datum smrti,Mjesto smrti", "Ženski"),
    ("Nombre completo,Nombre del padre,Género,Edad,Fecha de muerte,Municipio", "Mujer"),
])
def test_headings_in_turkish_bosnian_and_spanish_are_read(tmp_path: Path, headings: str, sex: str) -> None:
    """Dotless i and barred d are letters of their own there, and no accents."""
    roll = read_roll(put(tmp_path, f"{headings}\nLayla Najjar,Kamal,{sex},9,2015-10-20,Northtown\n"))
    assert not roll.unread and roll.sex == ["f"] and roll.age_low[0] == 9 and day(roll, 0) == "2015-10-20"
    assert set(meanings(roll)) == {"name", "father", "sex", "age", "date", "place"}
