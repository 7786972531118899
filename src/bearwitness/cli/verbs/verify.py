"""Check a case or a release: every file, every log entry, every signature. Writes nothing.

  bearwitness verify                      the case you stand in
  bearwitness verify out/release-1        a release
  bearwitness verify --quick              a sample of the sealed files instead of all
"""
from __future__ import annotations

import argparse
from pathlib import Path

from bearwitness.cli.output import Outcome
from bearwitness.cli.run import case_dir, plural
from bearwitness.seal.verify import verify_case
from bearwitness.seal.verify_release import LIST, verify_release


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="?", default="", help="a case folder or a release folder")
    parser.add_argument("--quick", action="store_true", help="sizes, and a sample of the contents")


def run(args: argparse.Namespace) -> Outcome:
    path = Path(args.path) if args.path else case_dir(args)
    released = (path / LIST).exists() or (path / "RELEASE.sig").exists() or (path / "verify.py").exists()
    report = verify_release(path) if released else verify_case(path, args.quick)
    lines = [f"{step.number}. {step.title}: {'ok' if step.ok else 'FAULT'}" + (f" ({step.detail})" if step.detail else "")
             for step in report.steps]
    lines += [f"Note: {note}" for note in report.notes]
    lines += [f"FAULT {fault}" for fault in report.faults]
    lines.append(f"{report.subject}: {plural(len(report.faults), 'fault')}." if report.faults else
                 f"{report.subject}: nothing sealed has changed."
                 + (" The key was made for a demonstration." if report.demo else ""))
    return Outcome(report.as_dict() if hasattr(report, "as_dict") else None, lines, [], [], report.exit_status, bool(report))
