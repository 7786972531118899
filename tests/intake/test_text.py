"""Bytes become text only where they can be read in one way."""

from __future__ import annotations

import pytest

from bearwitness.errors import UnreadableArrival
from bearwitness.intake.desk import Desk
from bearwitness.intake.text import decode

ARABIC = "id,name,kind\nsohr,المرصد السوري لحقوق الإنسان,monitor\n"
RUSSIAN = "id,name,kind\nmod,Министерство обороны,party\n"


def read(data: bytes, legacy: bool = True) -> tuple[str, Desk]:
    desk = Desk()
    return decode(data, "sources.csv", desk, legacy=legacy), desk


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("text", [ARABIC, RUSSIAN])
def test_unicode_is_read_without_a_question(text: str, encoding: str) -> None:
    assert read(text.encode(encoding))[0] == text
    assert read(text.encode(encoding))[1].questions == []


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ARABIC, "cp1256"),
        (RUSSIAN, "cp1251"),
        ("id,name\nx,سرمين\n", "cp1256"),
        ("id,name\nx,Сармин\n", "cp1251"),
        ("id,name\nx,تلبيسة\ny,جسر الشغور\n", "cp1256"),
        ("id,what\nx,удар по больнице\n", "cp1251"),
        ("id,what\nx,Міністерство оборони України\n", "cp1251"),
    ],
)
def test_an_old_arabic_or_russian_file_is_read_and_the_reading_is_asked_about(text: str, encoding: str) -> None:
    found, desk = read(text.encode(encoding))
    assert found == text
    assert [question.key for question in desk.questions] == [f"sources.csv:encoding:{encoding}"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Médecins Sans Frontières", "cp1252"),
        ("Jürgen Müller", "latin-1"),
        ("señor niño año", "cp1252"),
        ("Türkiye Cumhuriyeti Dışişleri Bakanlığı", "cp1254"),
        ("Ελληνική Δημοκρατία και η θάλασσα", "cp1253"),
        ("משרד הביטחון של ישראל", "cp1255"),
        ("Министерство обороны", "koi8-r"),
        ("Министерство обороны", "cp866"),
        ("المرصد السوري لحقوق الانسان", "iso8859-6"),
        ("日本語のテキスト", "shift_jis"),
        ("é", "cp1252"),
    ],
)
def test_what_could_be_several_encodings_is_refused_with_a_question(text: str, encoding: str) -> None:
    with pytest.raises(UnreadableArrival) as caught:
        read(f"id,name\nx,{text}\n".encode(encoding))
    assert caught.value.where == "sources.csv:2"
    assert "?" in caught.value.fix


def test_curly_quotes_of_windows_read_alike_in_every_candidate() -> None:
    text = "id,words\nx,“at least twelve” – so far…\n"
    assert read(text.encode("cp1252"))[0] == text


def test_one_broken_letter_in_utf_8_does_not_turn_a_file_into_an_old_encoding() -> None:
    with pytest.raises(UnreadableArrival, match="not UTF-8"):
        read(ARABIC.encode()[:-20] + b"\xff" + ARABIC.encode()[-20:])


def test_only_tables_may_have_an_old_encoding() -> None:
    with pytest.raises(UnreadableArrival):
        read(ARABIC.encode("cp1256"), legacy=False)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_mean_the_same(ending: str) -> None:
    assert read(ARABIC.replace("\n", ending).encode())[0] == ARABIC


def test_a_carriage_return_inside_a_text_with_lines_is_kept() -> None:
    assert read(b"a\rb\n")[0] == "a\rb\n"


@pytest.mark.parametrize("character", ["\u202e", "\x1b", "\u009b"])
def test_control_characters_are_kept_and_asked_about_once(character: str) -> None:
    text, desk = read(f"a\n{character}b\n{character}c\n".encode())
    assert text.count(character) == 2
    assert [(question.where, question.key) for question in desk.questions] == [("sources.csv:2", "sources.csv:control")]


def test_letters_lost_before_arrival_are_asked_about() -> None:
    for damaged in ("سرمين".encode().decode("cp1252", "replace"), "a \ufffd b"):
        assert [q.key for q in read(f"x\n{damaged}\n".encode())[1].questions][-1] == "sources.csv:lost-letters"
