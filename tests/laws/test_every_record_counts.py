"""Every record of the example is used by something that changes or fails without it, or is listed as not used."""
from __future__ import annotations

from dataclasses import replace

import pytest
from tests.example import report_of, taken, with_rows

from bearwitness.model.case import Stated
from bearwitness.tell.document import Figure, Report, Span


def printed(report: Report) -> object:
    """All that a reader sees, without the list of what is not used."""
    return replace(report, unused=(), exhibits=tuple(dict(e) for e in report.exhibits))


@pytest.fixture(scope="module")
def whole() -> Report:
    return report_of(taken().case)


@pytest.mark.slow
def test_leaving_out_any_record_changes_the_report_or_fails_or_the_record_was_listed_as_not_used(whole):
    listed = dict(whole.unused)
    silent = []
    for ref in taken().case.stated:
        case, faults = with_rows(lambda row, ref=ref: None if row.id == ref else row)
        if faults or printed(report_of(case)) != printed(whole):
            continue
        if ref not in listed:
            silent.append(ref)
    assert not silent
    assert all(listed.values()), "each says why"


def spans(report: Report) -> list[Span]:
    return [span for section in report.sections for block in section.blocks for span in block.spans]


def figures(report: Report) -> list[Figure]:
    return [b.figure for s in report.sections for b in s.blocks if b.figure] + ([report.map] if report.map else [])


@pytest.mark.parametrize("ref", ["t-ari-amn", "t-talb-hrw", "t-gha-hrw", "t-sar-sohr"])
def test_changing_one_toll_changes_exactly_what_rests_on_it(whole, ref):
    def one_more(row: Stated) -> Stated:
        if row.id != ref:
            return row
        more = {k: str(int(v.rstrip("+")) + 1) + "+" * v.endswith("+") if k in ("killed", "civilians") and v else v
                for k, v in row.body.items()}
        return replace(row, body=more)

    case, faults = with_rows(one_more)
    assert not faults
    after = report_of(case)
    strip = {"faults": ()}
    changed = [i for i, (a, b) in enumerate(zip(spans(whole), spans(after), strict=True))
               if replace(a, **strip) != replace(b, **strip)]
    resting = [i for i, span in enumerate(spans(whole)) if span.note and ref in span.note.depends]
    assert changed and changed == [i for i in resting if i in changed], "nothing changes that does not rest on it"
    cites = [i for i in resting if any(g.ref == ref for g in spans(whole)[i].note.grounds)]
    assert set(cites) <= set(changed), "every sentence that shows it changes"
    for before, now in zip(figures(whole), figures(after), strict=True):
        if before != now:
            assert ref in before.depends
    for before, now in zip(whole.headlines, after.headlines, strict=True):
        if replace(before, depends=frozenset()) != replace(now, depends=frozenset()):
            assert ref in before.depends
    assert {s.line for s in spans(after) if s.faults} <= {spans(whole)[i].line for i in resting}
