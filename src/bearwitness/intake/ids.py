"""Which words can be ids: short, sayable, one spelling, and never to be taken for something else."""

from __future__ import annotations

import re
import unicodedata

ID = re.compile(r"[^\W_][\w.:-]{0,63}\Z")
_SEALED = re.compile(r"[VPD]\d{3,}\Z")
_RESERVED = frozenset({"no", "yes", "all", "none", "?"})
_FIX = "An id is a short word of letters, digits, - . : and _, such as t1 or mod-photo."


def fault(ref: str) -> tuple[str, str]:
    """What is wrong with an id, and the mend; ("", "") for a good one."""
    if not ref:
        return "the id is empty", _FIX
    if ref.isascii() and ID.match(ref):
        if ref.lower() in _RESERVED:
            return f"{ref!r} cannot be an id: it has a meaning of its own", _FIX
        if _SEALED.match(ref):
            return f"{ref!r} has the shape of a sealed file's id", "Give the row another id, such as t1."
        return "", ""
    if " " in ref or "\t" in ref:
        return f"the id {ref!r} has a space in it", _FIX
    if any(unicodedata.category(c) in ("Cf", "Cc", "Co", "Cs") for c in ref):
        return f"the id {ascii(ref)} holds an invisible character", "Type the id again by hand."
    if ID.match(ref) is None:
        return f"{ascii(ref)} cannot be an id", _FIX
    if unicodedata.normalize("NFC", ref) != ref:
        return f"the id {ascii(ref)} is spelled with separate accents", "Type the id again by hand."
    return "", ""
