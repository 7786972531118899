"""Every broken variant of the small case."""

from __future__ import annotations

from tests.stories import broken_tables, broken_texts
from tests.stories.broken_base import Broken

_MAKERS = (
    broken_tables.missing_columns,
    broken_tables.empty_cells,
    broken_tables.bad_dates,
    broken_tables.bad_counts,
    broken_tables.bad_ids,
    broken_tables.broken_rows,
    broken_tables.places_and_words,
    broken_tables.spreadsheets,
    broken_texts.unknown_ids,
    broken_texts.circles,
    broken_texts.encodings,
    broken_texts.configs,
    broken_texts.pages,
)


def all_broken() -> list[Broken]:
    return [one for maker in _MAKERS for one in maker()]
