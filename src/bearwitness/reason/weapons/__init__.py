"""Weapons: described before named. What was seen, what it excludes, and how far a name may go.

    licence(case, refs)   model, family, effect or none, with why
    cluster_status(...)   the definition of the Convention on Cluster Munitions, limb by limb
    ban_status(...)       which treaty binds this user, on this day, in this kind of conflict

The user of a weapon is never inferred here: capability and presence are one thing, the act another.
"""
from bearwitness.reason.weapons.calculator import ClusterStatus, cluster_status
from bearwitness.reason.weapons.licence import Candidate, Licence, licence
from bearwitness.reason.weapons.status import BanStatus, ban_status

__all__ = ["BanStatus", "Candidate", "ClusterStatus", "Licence", "ban_status", "cluster_status", "licence"]
