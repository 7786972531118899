"""An official claim, a part of one, or a finding, step by step, in paragraphs to read aloud. Writes nothing.

  bearwitness test mod-photo                            a claim: each part, its test, inputs, outcome, what would change it
  bearwitness test mod-photo.c                          one part
  bearwitness test photo-older                          a finding
  bearwitness test                                      every claim of the case in one line each
  bearwitness test sun 35.81 36.61 "2015-11-29 09:00" --zone Asia/Damascus
  bearwitness test shadow 35.81 36.61 2015-11-29 --bearing 324 --ratio 2.3
  bearwitness test place c-struck c-shown               how far apart two positions are, and whether that tells them apart
  bearwitness test report official.csv                  official strike reports, sorted by the words that decide
"""
from __future__ import annotations

import argparse
import difflib
from collections.abc import Callable

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import case_dir
from bearwitness.cli.taken import take
from bearwitness.cli.verbs import reckon, reports
from bearwitness.errors import InputError
from bearwitness.model.case import Case
from bearwitness.reason.claim_words import say_changes, say_claim, say_part
from bearwitness.reason.claims import Tested, say_set, test_claim, test_part
from bearwitness.reason.doubt import Doubt, next_evidence, of, say
from bearwitness.reason.standards import Standard, standard_of

RECKONED: dict[str, Callable[[argparse.Namespace], Outcome]] = {
    "sun": reckon.sun, "shadow": reckon.shadow, "place": reckon.place, "report": reports.report}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="?", default="", help="a claim, a part, a finding; or sun, shadow, place, report")
    parser.add_argument("words", nargs="*", help="what sun, shadow, place or report is asked about")
    parser.add_argument("--zone", default="", help="the zone of a time that names none (default: the case's)")
    parser.add_argument("--bearing", type=float, default=None, metavar="DEG", help="where a shadow points, from true north")
    parser.add_argument("--ratio", type=float, default=None, metavar="N", help="length of a shadow over the height")
    parser.add_argument("--out", default="", metavar="DIR", help="report: rows for assertions.csv, and what to read")
    parser.add_argument("--judgements", default="", metavar="FILE", help="report: a review.csv that a person filled in")
    parser.add_argument("--by", default="", metavar="ID", help="report: the speaker's id in sources.csv")
    parser.add_argument("--document", default="official-reports", metavar="ID", help="report: its id in documents.csv")
    parser.add_argument("--within", type=float, default=8.0, metavar="DEG", help="how far the bearing may be out")


def run(args: argparse.Namespace) -> Outcome:
    if args.what in RECKONED:
        return RECKONED[args.what](args)
    if args.words:
        raise InputError(f"{' '.join(args.words)!r} is more than one thing to test.", where=args.what,
                         fix="Name one claim, part or finding; or begin with sun, shadow, place or report.")
    taken, talk = take(case_dir(args))
    case, standard = taken.case, standard_of(taken.case)
    if not args.what:
        return _all(case, standard, talk)
    if args.what in case.claims:
        return _claim(case, standard, args.what, talk)
    if args.what in case.parts:
        one = test_part(case, standard, case.parts[args.what])
        lines = [*say_part(case, one), *say_changes(case, case.claims[one.part.claim])]
        return Outcome(as_data(one), lines, [f"bearwitness test {one.part.claim}"], talk)
    if args.what in case.findings:
        doubt = of(case, standard, args.what)
        return Outcome(finding_data(doubt), say(doubt), [f"bearwitness show {args.what}"], talk)
    near = difflib.get_close_matches(args.what, [*case.claims, *case.parts, *case.findings, *RECKONED], 1)
    raise InputError(f"Nothing here to test has the id {args.what!r}.", where=args.what,
                     fix=f"Did you mean {near[0]!r}?" if near else "bearwitness test  lists the claims of this case.")


def _claim(case: Case, standard: Standard, ref: str, talk: list[str]) -> Outcome:
    claim = case.claims[ref]
    tested = test_claim(case, standard, claim)
    data = {"id": ref, "title": claim.title, "verdicts": say_set(tested), "parts": [as_data(one) for one in tested]}
    return Outcome(data, say_claim(case, standard, claim), [f"bearwitness test {tested[0].ref}"], talk)


def _all(case: Case, standard: Standard, talk: list[str]) -> Outcome:
    lines, rows = [], []
    for claim in case.claims.values():
        said = say_set(test_claim(case, standard, claim))
        lines.append(f"{claim.id}: {claim.title}: {said}")
        rows.append({"id": claim.id, "title": claim.title, "verdicts": said})
    nexts = [f"bearwitness test {next(iter(case.claims))}"] if case.claims else []
    return Outcome({"claims": rows, "findings": list(case.findings)}, lines or ["This case has no claim yet."], nexts, talk)


def as_data(one: Tested) -> dict[str, object]:
    """One part for `--json`: verdict, level, origins, and the procedure with its inputs."""
    result = one.result
    procedure = None if result is None else {
        "test": result.test, "code": result.code, "ran": result.ran, "licence": result.licence, "words": result.words,
        "strength": result.strength, "limit": result.limit, "changes": result.changes, "missing": list(result.missing),
        "inputs": [{"id": ref, "words": words} for ref, words in result.inputs]}
    return {"id": one.ref, "text": one.part.text, "verdict": one.verdict, "level": one.level.number,
            "level_name": one.level.name, "origins": one.level.origins_words, "caps": list(one.level.caps),
            "reason": one.reason, "for": list(one.part.supporting), "against": list(one.part.opposing),
            "procedure": procedure}


def finding_data(doubt: Doubt) -> dict[str, object]:
    """One finding for `--json`: its level, what carries it, and the most useful next evidence."""
    level = doubt.held.level
    return {"id": doubt.finding.id, "text": doubt.finding.text, "level": level.number, "level_name": level.name,
            "origins": level.origins_words, "caps": list(level.caps), "rests_on_one": doubt.rests_on_one,
            "critical": [{"kind": d.kind, "ids": list(d.ids), "before": d.before, "after": d.after} for d in doubt.critical],
            "lowered_by": [{"words": words, "level": to} for words, to in doubt.lowered_by],
            "gaps": list(doubt.gaps), "next_evidence": next_evidence(doubt)}
