"""The columns, kinds and words of a case folder (the format reference documents each).

A column or a word that is not listed is never dropped: it is kept as written and asked about once.
"""
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of CSV file: what its rows are, which columns they must and may have."""

    file: str
    kind: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    example: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return self.required + self.optional


SUBSETS = ("civilians", "fighters", "children", "women", "men", "medical", "rescue", "identified", "unidentified")
FIGURES = ("killed", *SUBSETS, "injured", "missing", "casualties")

TABLES = {table.file: table for table in (
    Table("sources.csv", "source.stated", ("id", "name", "kind"),
          ("name_local", "also", "grade", "protect", "shown_as", "relies_on", "note"),
          ("sohr", "Syrian Observatory for Human Rights", "monitor")),
    Table("documents.csv", "document.stated", ("id", "what", "date", "where", "held"),
          ("copies", "read", "language", "by", "note"),
          ("ibt", "IBTimes UK, report", "2015-10-21", "ibtimes.co.uk", "no")),
    Table("incidents.csv", "incident.stated", ("id", "name", "when", "lat", "lon", "level", "object"),
          ("name_local", "within_m", "lead", "note"),
          ("sarmin", "Sarmin field hospital", "2015-10-20 ~13:00", "35.90403", "36.72501", "town", "hospital")),
    Table("tolls.csv", "toll.stated", ("id", "incident", "by", "in", "as_of", "words"),
          (*FIGURES, "definition", "scope", "note"),
          ("t1", "sarmin", "sohr", "ibt", "2015-10-21", "13, a guard and a rescuer among them")),
    Table("assertions.csv", "assertion.made", ("id", "incident", "about", "by", "in", "says", "how"),
          ("at", "radius_m", "window", "supports", "observers", "as_of", "shows", "words", "note"),
          ("a1", "sarmin", "own-strike", "mod", "ibt", "a strike took place", "party")),
    Table("searches.csv", "search.made", ("id", "for", "where", "radius_m", "from", "to", "by",
                                          "seen_how_well", "result"), ("incident", "note"),
          ("s1", "an official statement on the strike", "ministry site", "", "2015-10-20", "2015-12-23",
           "researcher-1", "whole site searched in two languages", "none found")),
    Table("replies.csv", "reply.recorded", ("id", "claim", "to", "channel", "sent", "deadline", "answered", "words"),
          ("note",),
          ("r1", "mod-photo", "Ministry of Defence", "letter", "2015-12-01", "2015-12-15", "no", "")),
)}

ABOUTS = frozenset("""when where object object-use military-nearby munition munition-count aircraft attacker
own-strike warning effect image remnant inventory prior-strikes control denial characterisation method interviews media scope
recommendation context definition reply admission-none""".split())
HOWS = ("eyewitness", "aftermath", "hearsay", "expert", "record", "party")
REACHES = ("district", "town", "site", "object")
PART_KINDS = ("identity", "place", "time", "object", "military-use", "weapon", "harm", "legality", "reply")
TESTS = ("different-object", "image-before-event", "image-after-event", "strike-video-elsewhere", "wrong-enemy",
         "own-words", "silence", "impossible", "negative-existence", "definition-shift")
SOURCE_KINDS = ("party", "state-media", "monitor", "ngo", "media", "osint", "medical", "responder", "resident",
                "gazetteer", "archive", "reference", "wiki", "witness", "expert", "court", "team", "official")
USES = ("internal", "publish-anonymised", "publish-named", "voice", "face", "verbatim", "un-body", "court",
        "national-police", "other-ngo")
VERDICTS = ("supported", "consistent", "untested", "disputed", "contradicted", "other object")
NOTE_HOWS = ("in person", "phone", "internet")
