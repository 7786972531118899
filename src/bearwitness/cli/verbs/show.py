"""One record by its id, as it was written, with who entered it and its place in the log. Writes nothing.

  bearwitness show t1
  bearwitness show mod-photo.b
  bearwitness show P001
"""
from __future__ import annotations

import argparse
import difflib

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import case_dir
from bearwitness.errors import InputError
from bearwitness.reason.claims import say_set, test_claim, test_part
from bearwitness.reason.findings import weigh
from bearwitness.reason.standards import standard_of
from bearwitness.seal.takein import Taken, take_in


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", help="the id of a record, a claim part, or an exhibit")


def run(args: argparse.Namespace) -> Outcome:
    taken = take_in(case_dir(args), write=False)
    case, ref = taken.case, args.id
    own = ref.split(".")[0] if ref in case.parts else ref
    if own not in case.stated:
        near = difflib.get_close_matches(ref, [*case.stated, *case.parts], 1)
        raise InputError(f"Nothing here has the id {ref!r}.", where=ref, fix=f"Did you mean {near[0]!r}?" if near else
                         "bearwitness status says what is there.")
    stated = case.stated[own]
    body = {k: v for k, v in stated.body.items() if k not in ("file", "line") and v not in ("", [], ())}
    lines = [f"{ref}  {stated.kind}  {stated.where}"] + [f"  {k}: {v}" for k, v in body.items() if k != "parts"]
    computed = _computed(taken, ref)
    lines += [f"  {k}: {v}" for k, v in computed.items() if v]
    if stated.leaf:
        lines.append(f"  entered by {stated.actor}, {stated.time}; log entry {stated.seq}, leaf {stated.leaf[:16]}")
    data = {"id": ref, "kind": stated.kind, "where": stated.where, "body": body, "computed": computed,
            "entry": {"seq": stated.seq, "leaf": stated.leaf, "by": stated.actor, "time": stated.time}
            if stated.leaf else None}
    return Outcome(data, lines)


def _computed(taken: Taken, ref: str) -> dict[str, str]:
    case, standard = taken.case, standard_of(taken.case)
    if ref in case.parts:
        one = test_part(case, standard, case.parts[ref])
        return {"part": one.part.text, "verdict": one.verdict, "level": f"{one.level.number} ({one.level.name})",
                "origins": one.level.origins_words, "reason": one.reason, "caps": "; ".join(one.level.caps)}
    if ref in case.claims:
        tested = test_claim(case, standard, case.claims[ref])
        return {"verdicts": say_set(tested)} | {
            t.ref: f"{t.verdict} (level {t.level.number}, {t.level.origins_words}) {t.part.text}" for t in tested}
    if ref in case.findings:
        held = weigh(case, standard, case.findings[ref])
        against = held.against.number if held.against and case.findings[ref].opposing else None
        return {"level": f"{held.level.number} ({held.level.name})", "origins": held.level.origins_words,
                "belief": held.belief + (f" (against it: level {against})" if against is not None else ""),
                "caps": "; ".join(held.level.caps), "faults": "; ".join(f"{code}: {why}" for code, why in held.faults)}
    return {}
