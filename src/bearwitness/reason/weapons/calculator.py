"""Is it a cluster munition? Convention on Cluster Munitions (2008), article 2(2), limb by limb.

A conventional munition that disperses explosive submunitions of less than 20 kg each is one, unless it has all
five characteristics of article 2(2)(c). What is not known is not presumed: the answer is then None.
Not covered: article 2(2)(a) (flares, smoke, air defence) and (b) (electrical effects).
"""
from __future__ import annotations

from dataclasses import dataclass

CITE = "Convention on Cluster Munitions, art. 2(2), 2(2)(c)"
MAX_KG = 20.0
EXEMPT_BELOW = 10
EXEMPT_ABOVE_KG = 4.0


@dataclass(frozen=True, slots=True)
class ClusterStatus:
    """cluster: True, False, or None where a limb is not known. limbs: (words, holds). why: one sentence."""

    cluster: bool | None
    why: str
    limbs: tuple[tuple[str, bool | None], ...]
    cite: str = CITE


def cluster_status(count: int | None, kg: float | None, single_target: bool | None = None,
                   self_destruct: bool | None = None, self_deactivate: bool | None = None,
                   explosive: bool | None = True) -> ClusterStatus:
    """Apply the definition. count: submunitions in one munition [1], > 0; kg: mass of each [kg], > 0.

    Raises ValueError for a count or mass that is not positive.
    """
    if (count is not None and count <= 0) or (kg is not None and kg <= 0):
        raise ValueError("a count and a mass are positive")
    limbs: tuple[tuple[str, bool | None], ...] = (
        (f"fewer than {EXEMPT_BELOW} explosive submunitions", None if count is None else count < EXEMPT_BELOW),
        (f"each weighs more than {EXEMPT_ABOVE_KG:g} kg", None if kg is None else kg > EXEMPT_ABOVE_KG),
        ("each is designed to detect and engage a single target object", single_target),
        ("each has an electronic self-destruction mechanism", self_destruct),
        ("each has an electronic self-deactivating feature", self_deactivate))
    if explosive is False:
        return ClusterStatus(False, "its submunitions are not explosive: the definition does not reach it", limbs)
    if kg is not None and kg >= MAX_KG:
        return ClusterStatus(False, f"each submunition weighs {kg:g} kg, not less than {MAX_KG:g} kg", limbs)
    failed = [words for words, holds in limbs if holds is False]
    if failed and (kg is None or explosive is None):
        return ClusterStatus(None, "not known: whether the submunitions are explosive and under 20 kg each", limbs)
    if failed:
        return ClusterStatus(True, "it is a cluster munition: the exemption of art. 2(2)(c) needs all five limbs, and "
                             f"this fails: {'; '.join(failed)}", limbs)
    if any(holds is None for _, holds in limbs):
        unknown = "; ".join(words for words, holds in limbs if holds is None)
        return ClusterStatus(None, f"not known: {unknown}", limbs)
    return ClusterStatus(False, "exempt: all five limbs of art. 2(2)(c) hold", limbs)
