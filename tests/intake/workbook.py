"""The smallest spreadsheet files that say what a test needs, written without a spreadsheet library."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def workbook(sheets: Mapping[str, Iterable[Any]], hidden: tuple[str, ...] = (), merged: str = "") -> bytes:
    """An xlsx file.

    A cell is a text, a number, ("date", serial day), ("error", code) or ("formula", f, value); a row may be
    ("at", "C7", cell) to put one cell anywhere.
    """
    out = io.BytesIO()
    names = list(sheets)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        parts = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_KIND}.worksheet+xml"/>'
            for n in range(1, len(names) + 1)
        )
        book.writestr(
            "[Content_Types].xml",
            f'{_HEAD}<Types xmlns="{_TYPES}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>{parts}</Types>',
        )
        book.writestr("_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.xml")]))
        listed = "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" '
            f'{"state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""} r:id="rId{n}"/>'
            for n, name in enumerate(names, 1)
        )
        book.writestr(
            "xl/workbook.xml",
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_DOC}"><sheets>{listed}</sheets></workbook>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            _relations(
                [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(names) + 1)]
                + [("rIdS", "styles", "styles.xml")]
            ),
        )
        book.writestr("xl/styles.xml", _STYLES)
        for n, rows in enumerate(sheets.values(), 1):
            book.writestr(f"xl/worksheets/sheet{n}.xml", _sheet(rows, merged))
    return out.getvalue()


def _relations(parts: list[tuple[str, str, str]]) -> str:
    inner = "".join(f'<Relationship Id="{ref}" Type="{_DOC}/{kind}" Target="{target}"/>' for ref, kind, target in parts)
    return f'{_HEAD}<Relationships xmlns="{_REL}">{inner}</Relationships>'


def _sheet(rows: Iterable[Any], merged: str) -> str:
    lines = []
    for number, row in enumerate(rows, 1):
        if isinstance(row, tuple):
            place = "".join(c for c in row[1] if c.isdigit())
            lines.append(f'<row r="{place}">{_cell(row[1], row[2])}</row>')
        else:
            cells = "".join(_cell(f"{_column(at)}{number}", value) for at, value in enumerate(row) if value != "")
            lines.append(f'<row r="{number}">{cells}</row>')
    merges = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    return f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData>{merges}</worksheet>'


def _column(at: int) -> str:
    return (_column(at // 26 - 1) if at >= 26 else "") + chr(65 + at % 26)


def _cell(ref: str, value: Any) -> str:
    if isinstance(value, tuple):
        kind = value[0]
        if kind == "date":
            return f'<c r="{ref}" s="1"><v>{value[1]}</v></c>'
        if kind == "error":
            return f'<c r="{ref}" t="e"><v>{value[1]}</v></c>'
        return f'<c r="{ref}"><f>{escape(value[1])}</f><v>{value[2]}</v></c>'
    if isinstance(value, str):
        return f'<c r="{ref}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{ref}"><v>{value}</v></c>'
