"""The BagIt conformance suite of the Library of Congress: the right verdict on each of its bags."""

from __future__ import annotations

import os
import tarfile
from pathlib import Path

import pytest

from bearwitness.seal.bagit_check import check_bag

DATA = Path(os.environ.get("BEARWITNESS_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
SUITE = DATA / "bagit-conformance" / "bagit-conformance-suite.tar.gz"
WANTED = {"valid": {"valid", "warning"}, "warning": {"warning"}, "invalid": {"invalid"}, "linux-only": {"invalid"},
          "windows-only": {"invalid"}}


@pytest.mark.accept
def test_every_bag_of_the_suite_gets_its_verdict(tmp_path: Path, proof) -> None:
    if not SUITE.is_file():
        pytest.skip("the conformance suite is not here")
    with tarfile.open(SUITE) as packed:
        for member in packed:                           # a trusted archive, and still no extractall
            target = tmp_path / member.name
            if member.isfile() and tmp_path in target.resolve().parents:
                target.parent.mkdir(parents=True, exist_ok=True)
                data = packed.extractfile(member)
                assert data is not None
                target.write_bytes(data.read())
    wrong, many = [], 0
    for folder in sorted(tmp_path.glob("v*/*/*")):
        if not folder.is_dir():
            continue
        verdict = check_bag(folder)
        said = "invalid" if verdict.faults else "warning" if verdict.warnings else "valid"
        many += 1
        if said not in WANTED[folder.parent.name]:
            wrong.append((folder.relative_to(tmp_path).as_posix(), said, verdict.faults[:1]))
    proof(bags=many, wrong_verdicts=len(wrong))
    assert many >= 60 and not wrong, wrong
