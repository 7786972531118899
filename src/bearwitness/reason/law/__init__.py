"""The law as data: which instrument binds, the ladder of an attack on an object, elements held against records.

    assess(case, incident)                         the law of one incident, with its trace
    in_force(instrument, state, date)              whether an instrument binds a State on a day
    applicable(instrument, conflict, state, date)  whether it may be cited for an act in this kind of conflict
    judge(rule, facts, ...)                        one rule against facts

Names are given out on demand, so that who asks for a treaty's status does not load the ladder.
"""
from __future__ import annotations

from importlib import import_module
from typing import Any

_ROOMS = {"assess": "assess", "Assessment": "assessment", "judge": "elements", "applicable": "instruments",
          "in_force": "instruments", "instruments": "instruments", "myths": "instruments", "named_in": "instruments"}
__all__ = sorted(_ROOMS)


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
