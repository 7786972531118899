"""What a verification found: numbered steps, faults that name a file, and notes.

A report is truthy when nothing sealed has changed. Its exit status is 0 when everything is sealed and
unchanged, 3 when a person must look (a tail that no signature covers yet), 4 when something changed.
"""
from __future__ import annotations

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was sealed.

    file: path below the folder that was verified. seq: number of the log entry, from 0, when it is about one.
    place: which part is wrong: frame, form, fields, order, link, root, text, signature, digest, size,
    missing, stray, proof.
    """

    file: str
    what: str
    seq: int | None = None
    place: str = ""

    def __str__(self) -> str:
        entry = "" if self.seq is None else f", entry {self.seq} (line {self.seq + 1})"
        return f"{self.file}{entry}: {self.what}"


@dataclass(frozen=True, slots=True)
class Step:
    """One check: its number and title as in the verifier's docstring, and what it looked at."""

    number: int
    title: str
    detail: str = ""
    ok: bool = True


@dataclass(slots=True)
class Report:
    """subject: case or release. size: entries in the log; sealed: how many a signature covers.

    root: over the sealed entries, hexadecimal. fingerprint: of the key that signed, to be compared with one
    learnt in another way. demo: True when that key was made for a demonstration. objects: files checked.
    """

    subject: str
    path: str
    steps: list[Step] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    size: int = 0
    sealed: int = 0
    root: str = ""
    fingerprint: str = ""
    demo: bool = False
    objects: int = 0
    look: bool = False

    def __bool__(self) -> bool:
        return not self.faults

    @property
    def reasons(self) -> list[str]:
        """Every fault as a sentence, files named; empty when nothing changed."""
        return [str(fault) for fault in self.faults]

    @property
    def unsealed(self) -> int:
        return max(0, self.size - self.sealed)

    @property
    def exit_status(self) -> int:
        return 4 if self.faults else 3 if self.look else 0

    @property
    def headline(self) -> str:
        """One sentence for the last line."""
        if self.faults:
            many = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
            return (f"{many}: this {self.subject} is not as it was sealed. Nothing was repaired or changed. "
                    "Keep this copy and compare it with another one.")
        if self.look:
            return (f"Nothing sealed has changed, but {self.unsealed} entries are not under a signature yet: "
                    "a command is at work or has died. The next one that writes seals them and says so.")
        return f"Nothing in this {self.subject} has changed since it was sealed."

    def fault(self, file: str, what: str, seq: int | None = None, place: str = "") -> None:
        self.faults.append(Fault(file, what, seq, place))

    def step(self, number: int, title: str, detail: str, faults_before: int) -> None:
        """Close a step: it is good when no fault was added since there were `faults_before`."""
        self.steps.append(Step(number, title, detail, len(self.faults) == faults_before))

    def as_dict(self) -> dict[str, object]:
        """Plain values for `--json`."""
        return {"subject": self.subject, "path": self.path, "ok": bool(self), "entries": self.size,
                "sealed": self.sealed, "unsealed": self.unsealed, "root": self.root,
                "fingerprint": self.fingerprint, "demo": self.demo, "files": self.objects,
                "steps": [asdict(step) for step in self.steps],
                "faults": [asdict(fault) for fault in self.faults],
                "notes": list(self.notes)}
