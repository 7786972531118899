"""What can go wrong, by who can mend it.

    BearwitnessError
    +- InputError           what was handed in cannot be used        the clerk
    |  +- UnreadableArrival    bytes that no reader understands
    |  +- BadTable             a row, a cell or a column
    |  +- BadDraft             a text or one of its marks
    +- SealError            sealed matter does not verify            the custodian
    |  +- AlteredExhibit       an object no longer has its digest
    |  +- BrokenChain          log or tree does not fit together
    |  +- BadSignature         a checkpoint or manifest is not signed as it says
    |  +- ForkedLog            two histories claim the same place; holds both heads
    +- ProtectionError      going on could expose a person           the protection officer
    |  +- VaultLocked  ConsentMissing  IdentityInText
    +- GroundsError         said more, or less, than is grounded     the analyst
    +- EngineError          an outside tool is missing or failed     the administrator

A message says what happened, where, whether the evidence is safe, and what to do.
A caller's own bug is ValueError or TypeError, never one of these.
"""
from __future__ import annotations


class BearwitnessError(Exception):
    """Something stopped the work."""

    code = "error"
    exit_status = 1
    mend = ""

    def __init__(self, message: str = "", *, where: str = "", fix: str = "", code: str = "") -> None:
        self.message = message or (self.__doc__ or "").strip()
        self.where = where
        self.fix = fix or self.mend
        if code:
            self.code = code
        super().__init__(self.message)

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message

    def as_dict(self) -> dict[str, str]:
        """The shape printed by `--json`: code, message, where, fix."""
        return {"code": self.code, "message": self.message, "where": self.where, "fix": self.fix}


class InputError(BearwitnessError):
    """What was handed in cannot be used."""

    code = "input"
    mend = "Nothing was taken in and the case is as it was. Mend the place named and run the command again."


class UnreadableArrival(InputError):
    """A file cannot be read."""

    code = "unreadable"


class BadTable(InputError):
    """A table has a row, a cell or a column that cannot be used."""

    code = "table"


class BadDraft(InputError):
    """A text or one of its marks cannot be used."""

    code = "draft"


class SealError(BearwitnessError):
    """Sealed matter does not verify."""

    code = "seal"
    exit_status = 4
    mend = "Nothing was repaired or changed. Keep this copy and compare it with another one."


class AlteredExhibit(SealError):
    """An object no longer has the digest it was sealed with."""

    code = "altered"


class BrokenChain(SealError):
    """The log or its tree does not fit together."""

    code = "chain"


class BadSignature(SealError):
    """A signature does not fit what it stands under."""

    code = "signature"


class ForkedLog(SealError):
    """Two histories claim the same place in one log."""

    code = "fork"

    def __init__(self, message: str = "", *, heads: tuple[str, str] = ("", ""), **rest: str) -> None:
        super().__init__(message, **rest)
        self.heads = heads


class ProtectionError(BearwitnessError):
    """Going on could expose a person."""

    code = "D1"
    exit_status = 5
    mend = "Nothing of it was stored. Use a code name and leave the identity out of the case."


class VaultLocked(ProtectionError):
    """The identity vault is locked."""

    code = "vault"


class ConsentMissing(ProtectionError):
    """A use has no consent."""

    code = "R21"


class IdentityInText(ProtectionError):
    """A text holds words that identify a protected person."""

    code = "R20"


class GroundsError(BearwitnessError):
    """A text says more, or less, than is grounded."""

    code = "grounds"
    exit_status = 3
    mend = "Run `bearwitness check` to see each sentence and what can be said."


class EngineError(BearwitnessError):
    """An outside tool is missing or failed."""

    code = "engine"
