"""Check a case, a release or a bundle: every file, every log entry, every signature. Writes nothing.

  bearwitness verify                      the case you stand in
  bearwitness verify out/release-1        a release
  bearwitness verify out/bundle-1         a bundle, as a folder or a .bwpack
  bearwitness verify --quick              a sample of the sealed files instead of all
"""
from __future__ import annotations

import argparse
from pathlib import Path

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import case_dir, plural
from bearwitness.errors import InputError
from bearwitness.seal.report import Report
from bearwitness.seal.verify import verify_case
from bearwitness.seal.verify_bundle import is_bundle, verify_bundle
from bearwitness.seal.verify_release import LIST, verify_release


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="?", default="", help="a case, a release or a bundle")
    parser.add_argument("--later", default="", metavar="FILE", help="a checkpoint or receipt that somebody kept: a case set "
                        "back to an older state, or rewritten, is found by it")
    parser.add_argument("--quick", action="store_true", help="sizes, and a sample of the contents")


def run(args: argparse.Namespace) -> Outcome:
    path = Path(args.path) if args.path else case_dir(args)
    if is_bundle(path):
        return _outcome(verify_bundle(path))
    released = (path / LIST).exists() or (path / "RELEASE.sig").exists() or (path / "verify.py").exists()
    later = _later(args.later)
    return _outcome(verify_release(path) if released else verify_case(path, args.quick, later=later))


def _later(name: str) -> bytes | None:
    try:
        return Path(name).read_bytes() if name else None
    except OSError as why:
        raise InputError("The checkpoint that was handed in cannot be read.", where=name) from why


def _outcome(report: Report) -> Outcome:
    lines = [f"{step.number}. {step.title}: {'ok' if step.ok else 'FAULT'}" + (f" ({step.detail})" if step.detail else "")
             for step in report.steps]
    lines += [f"Note: {note}" for note in report.notes]
    lines += [f"FAULT {fault}" for fault in report.faults]
    lines.append(f"{report.subject}: {plural(len(report.faults), 'fault')}." if report.faults else
                 f"{report.subject}: nothing sealed has changed."
                 + (" The key was made for a demonstration." if report.demo else ""))
    return Outcome(report.as_dict(), lines, [], [], report.exit_status, bool(report))
