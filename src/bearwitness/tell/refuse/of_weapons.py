"""Rule of weapons (R12): a model needs two features or a read stencil; cluster munitions something seen and a second source.

How far a name may go is computed from the records (reason.weapons); here the sentence is held against it.
"""
from __future__ import annotations

import re
from collections.abc import Iterator

from bearwitness.reason.weapons.licence import CLUSTER, Licence, licence
from bearwitness.tell.document import Fault
from bearwitness.tell.refuse.stretch import Stretch


def named(s: Stretch) -> Iterator[Fault]:
    """R12: a model, or cluster munitions, beyond what the records cited carry."""
    if s.kind not in ("cite", "ours", "count") or not s.span.refs:
        return
    model = s.lexicon.has("model_name", s.text)
    if model is not None and not (s.kind == "cite" and s.reported and _plain(model[0]) in _plain(_words(s))):
        found = licence(s.case, s.span.refs)
        if not (found.kind == "model" and _plain(model[0]) in _plain(found.name)):
            yield s.fault("R12", f"{model[0]!r}: {found.why}", words=model[0], can_say=_says(s, found))
            return
    cluster = s.lexicon.has("cluster", s.text)
    if cluster is not None and _as_fact(s) and not s.negated(cluster):
        found = licence(s.case, s.span.refs)
        if not (found.kind in ("family", "model") and _is_cluster(found)):
            yield s.fault("R12", f"{cluster[0]!r}: {found.why}", words=cluster[0], can_say=_says(s, found))


def _as_fact(s: Stretch) -> bool:
    """Told as so, or as so because somebody reported it; not as somebody's words, nor as alleged."""
    if not s.lexicon.has("attack_verb", s.text) or s.lexicon.has("suspicion", s.text):
        return False
    claimed = s.lexicon.claimed_level(s.text)
    if s.kind == "ours":
        return bool(s.cited.findings) and (claimed is None or claimed[0] >= 2)
    return s.lexicon.has("endorsed", s.text) is not None or not s.reported


def _is_cluster(found: Licence) -> bool:
    return found.name == CLUSTER or any(c.type == found.name and c.family == CLUSTER for c in found.candidates)


def _words(s: Stretch) -> str:
    return " ".join(row.says for row in s.cited.assertions)


def _plain(words: str) -> str:
    return re.sub(r"[\s-]", "", words).casefold()


def _says(s: Stretch, found: Licence) -> str:
    if found.words:
        return f"What the records carry is: {found.words}."
    for row in s.cited.assertions:
        speaker = s.case.speaker(row.by)
        if speaker is not None:
            return f"{speaker.shown} says: {row.says} [@{row.id}]."
    return "Describe what was seen, and name the expert who says what it may be."
