"""The kinds of record there are: `<noun>.<verb>`, statements by somebody about something.

There is no update and no delete. A change of meaning is a new kind. A reader keeps kinds it does not know
byte for byte; only the writer refuses them, because a kind nobody knows is a spelling mistake.
"""
from __future__ import annotations

import re

KINDS = frozenset("""
case.opened key.added key.rotated key.revoked
exhibit.sealed exhibit.derived exhibit.viewed exhibit.exported exhibit.disposed
source.stated document.stated incident.stated toll.stated assertion.made claim.stated
observation.made judgement.given search.made reply.recorded
finding.proposed finding.approved finding.withdrawn
consent.given consent.withdrawn identity.sealed identity.erased
release.made record.withdrawn record.superseded log.merged anchor.added restore.noted gap.declared
""".split())

STATED = frozenset("""
source.stated document.stated incident.stated toll.stated assertion.made claim.stated
search.made reply.recorded finding.proposed
""".split())
"""Kinds that are read from files a person edits: absent there means withdrawn."""

SHAPE = re.compile(r"[a-z]+\.[a-z]+")
