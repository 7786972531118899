"""Who may sign in a case, as its logs say: a fold over the `key.*` entries, in causal order.

The key that opens a case is its first authority. From then on:
- `key.added` brings in a device or a person, signed by as many keys of the authority as its threshold asks for;
- `key.rotated` with an `authority` replaces the authority: signed by the threshold of the old one *and* of the new
  one, its version one higher, as TUF rotates its root;
- `key.rotated` with `from` and `to` lets a device go on with a new key: signed by the old and by the new key;
- `key.revoked` ends a key, signed by the authority or by that key itself. What it signed from `compromised_since` on
  counts only where somebody else held a checkpoint over it before that moment.
A log whose key nobody added is kept, shown, and counts for nothing. What ended a key binds those who knew of it: an
act signed elsewhere before the news came is no forgery; so an authority acts for those who had not heard of the next
one. A request that two devices recorded apart is one act.

Pure: entries in, verdicts out. Each fault names its entry; the fold goes on without it.
Source: The Update Framework specification 1.0, sections 5.3 and 6.1.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bearwitness.seal import acts
from bearwitness.seal.history import Knowledge, pins
from bearwitness.seal.layout import HEX64, fingerprint
from bearwitness.seal.reading import Entry


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the case. person: whose it is, by role. purpose: device or person. since: first moment of doubt.

    ended: the entry that revoked it, or put another key in its place.
    """

    fingerprint: str
    public: bytes
    person: str
    purpose: str = "device"
    revoked: bool = False
    since: str = ""
    succeeded_by: str = ""
    ended: Entry | None = None


@dataclass(frozen=True, slots=True)
class Authority:
    """Whose signatures admit and revoke keys. keys: fingerprint -> public key."""

    version: int
    threshold: int
    keys: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Wrong:
    """An entry that does not have the signatures it needs."""

    origin: str
    seq: int
    what: str


@dataclass(slots=True)
class Standing:
    """The keys of a case after some entries. custodians: role -> age recipient.

    faults: entries that claim more than they are signed for. opener: the origin of the log that opened the case.
    """

    case: str = ""
    authority: Authority = field(default_factory=lambda: Authority(0, 1, {}))
    keys: dict[str, Key] = field(default_factory=dict)
    custodians: dict[str, str] = field(default_factory=dict)
    faults: list[Wrong] = field(default_factory=list)
    opener: str = ""
    _known: Knowledge = field(default_factory=Knowledge)
    _done: dict[bytes, Entry] = field(default_factory=dict)
    _before: list[tuple[Entry, Authority]] = field(default_factory=list)    # what ended an authority, and that authority
    _admitted: dict[str, Entry] = field(default_factory=dict)

    def fold(self, entry: Entry) -> None:
        """Take one more entry into account."""
        self._known.learn(entry)
        act = acts.statement(entry.kind, self.case, entry.body) if entry.kind.startswith("key.") and entry.seq != 1 else b""
        first = self._done.get(act)
        if first is not None and not self._known.knew(entry, first):
            return                              # one request, recorded by two devices that did not know of each other
        wrong = self._take(entry)
        if wrong:
            self.faults.append(Wrong(entry.origin, entry.seq, wrong))
        elif act:
            self._done.setdefault(act, entry)

    def _take(self, entry: Entry) -> str:
        wrong = ""
        if entry.kind == "case.opened" and not self.opener and "joins" not in entry.body:
            self.case, self.opener = str(entry.body.get("case", "")), entry.origin
        elif entry.kind == "key.added":
            wrong = self._custodian(entry) if entry.body.get("purpose") == "custodian" else self._added(entry)
        elif entry.kind == "key.rotated":
            wrong = self._authority(entry) if "authority" in entry.body else self._device(entry)
        elif entry.kind == "key.revoked":
            wrong = self._revoked(entry)
        elif entry.kind in acts.TWO_PERSONS:
            wrong = self.second_missing(entry.kind, entry.body, _writer(entry), entry)
        return wrong

    def person_of(self, key: str) -> str:
        """Whose key this is, by role; empty when nobody added it."""
        return self.keys[key].person if key in self.keys else ""

    def admits(self, key: str) -> bool:
        """True when a log by this key counts."""
        return key in self.keys

    def since(self, origin: str) -> str:
        """From which moment on the key of a log is in doubt; empty where it is not."""
        name = origin.split("/")[2] if origin.count("/") == 3 else ""
        return self.keys[name].since.rstrip("Z") if name in self.keys else ""

    def live(self, entry: Entry | None = None) -> dict[str, bytes]:
        """Every key that may sign: now, or as far as the writer of `entry` could know."""
        return {name: key.public for name, key in self.keys.items() if not self._over(name, entry)}

    def _over(self, name: str, entry: Entry | None) -> bool:
        ended = self.keys[name].ended if name in self.keys else None
        return ended is not None and (entry is None or self._known.knew(entry, ended))

    def second_missing(self, kind: str, body: Mapping[str, Any], writer: str, entry: Entry | None = None) -> str:
        """Why an act of two persons is not one; empty when another person's good signature stands under it."""
        first = self.person_of(writer)
        if not first and not self.admits(writer):
            return f"is {kind} by a device that the case has not admitted"
        found = acts.signers(kind, self.case, body, self.live(entry))
        others = {self.keys[name].person for name in found} - {first}
        return "" if others else f"is {kind} without the signature of a second person"

    def _ordered(self, entry: Entry) -> bool:
        """Whether the authority signed: today's, or one whose end the writer of the entry could not know."""
        could = [old for end, old in self._before if not self._known.knew(entry, end)]
        return any(self._enough(entry, authority) for authority in (self.authority, *could))

    def _replace_authority(self, new: Authority, end: Entry) -> None:
        self._before.append((end, self.authority))
        self.authority = new

    def _enough(self, entry: Entry, authority: Authority) -> bool:
        able = {name: public for name, public in authority.keys.items() if not self._over(name, entry)}
        found = acts.signers(entry.kind, self.case, entry.body, able)
        return authority.threshold > 0 and len(found) >= authority.threshold

    def _added(self, entry: Entry) -> str:
        key = _key(entry.body, entry.actor)
        if key is None:
            return "adds something that is not a key"
        if entry.seq == 1:                      # a log introduces its own key; only the first one thereby admits it
            if entry.origin == self.opener and not self.authority.keys:
                self.keys[key.fingerprint] = key
                self.authority = Authority(1, 1, {key.fingerprint: key.public})
            return ""
        if not self._ordered(entry):
            return "adds a key without the signatures of the case's authority"
        if key.fingerprint in self.keys:
            first = self._admitted.get(key.fingerprint)
            apart = first is not None and not self._known.knew(entry, first)
            return "" if apart else "adds a key that was added before"
        self.keys[key.fingerprint] = key
        self._admitted[key.fingerprint] = entry
        return ""

    def _custodian(self, entry: Entry) -> str:
        person, recipient = entry.body.get("person"), entry.body.get("recipient")
        if not isinstance(person, str) or not isinstance(recipient, str) or not recipient.startswith("age1"):
            return "names a custodian without a recipient"
        if not self._ordered(entry):
            return "names a custodian without the signatures of the case's authority"
        self.custodians[person] = recipient
        return ""

    def _authority(self, entry: Entry) -> str:
        new = _authority(entry.body.get("authority"))
        if new is None:
            return "sets an authority that cannot be read"
        if new.version != self.authority.version + 1:
            return f"sets authority {new.version} where {self.authority.version + 1} follows"
        if not self._enough(entry, self.authority):
            return "replaces the authority without the signatures of the old one"
        if not self._enough(entry, new):
            return "replaces the authority without the signatures of the new one"
        self._replace_authority(new, entry)
        for key in entry.body["authority"]["keys"]:
            public = bytes.fromhex(key["public"])
            self.keys.setdefault(fingerprint(public), Key(fingerprint(public), public, str(key["person"]), "person"))
        return ""

    def _device(self, entry: Entry) -> str:
        old, new = self.keys.get(str(entry.body.get("from"))), _key(entry.body.get("to", {}), "")
        if old is None or new is None or self._over(old.fingerprint, entry):
            return "rotates a key that may not sign"
        if new.fingerprint in self.keys:
            return "rotates to a key that was added before"
        both = {old.fingerprint: old.public, new.fingerprint: new.public}
        if len(acts.signers(entry.kind, self.case, entry.body, both)) < 2 or _writer(entry) != old.fingerprint:
            return "rotates a key without the signatures of the old one and the new one"
        self.keys[new.fingerprint] = Key(new.fingerprint, new.public, old.person, old.purpose)
        self.keys[old.fingerprint] = replace(old, succeeded_by=new.fingerprint, ended=entry)
        if old.fingerprint in self.authority.keys:
            kept = {name: public for name, public in self.authority.keys.items() if name != old.fingerprint}
            self._replace_authority(Authority(self.authority.version, self.authority.threshold,
                                              {**kept, new.fingerprint: new.public}), entry)
        return ""

    def _revoked(self, entry: Entry) -> str:
        key = self.keys.get(str(entry.body.get("fingerprint")))
        if key is None:
            return "revokes a key that is not of this case"
        own = acts.signers(entry.kind, self.case, entry.body, {key.fingerprint: key.public})
        if not own and not self._ordered(entry):
            return "revokes a key without the signatures of the case's authority"
        rest = [name for name in self.authority.keys if name != key.fingerprint and not self._over(name, entry)]
        if key.fingerprint in self.authority.keys and len(rest) < self.authority.threshold:
            return "revokes a key that the authority cannot do without: replace the authority first"
        since = str(entry.body.get("compromised_since") or "")
        self.keys[key.fingerprint] = replace(key, revoked=True, since=since, ended=entry)
        return ""


def standing(entries: Iterable[Entry]) -> Standing:
    """The keys of a case after these entries, which stand in causal order."""
    found = Standing()
    for entry in entries:
        if entry.kind.startswith(("key.", "case.", "log.")) or entry.kind in acts.TWO_PERSONS:
            found.fold(entry)
    return found


def attested(found: Standing, told: Iterable[Entry]) -> dict[str, int]:
    """Origin -> how much of a log another key of the case, itself not in doubt, had seen before its key was.

    The moment is that of the other device's clock. Only logs of keys revoked with a first moment of doubt.
    """
    held: dict[str, int] = {}
    for entry in told:
        for origin, size in pins(entry):
            since = found.since(origin)
            if since and found.admits(_writer(entry)) and not found.since(entry.origin) and entry.time < since:
                held[origin] = max(held.get(origin, 0), size)
    return held


def counting(found: Standing, entries: Iterable[Entry]) -> list[Entry]:
    """The entries that count: by an admitted key, and not unattested. entries: in causal order.

    Unattested: after the first moment of doubt (by its own clock, or behind an entry that is), seen by nobody before.
    Entries about keys and logs stay, because what ended a key must not end with it.
    """
    told, out, lost = list(entries), [], set[str]()
    held = attested(found, told)
    for entry in told:
        since = found.since(entry.origin)
        if since and entry.seq >= held.get(entry.origin, 0) and entry.time >= since:
            lost.add(entry.origin)
        if found.admits(_writer(entry)) and (entry.origin not in lost or entry.kind.startswith(("key.", "case.", "log."))):
            out.append(entry)
    return out


def _writer(entry: Entry) -> str:
    """Fingerprint of the key whose log holds the entry."""
    return entry.origin.split("/")[2]


def _key(body: Any, person: str) -> Key | None:
    public = body.get("public") if isinstance(body, Mapping) else None
    if not isinstance(public, str) or not HEX64.fullmatch(public):
        return None
    raw = bytes.fromhex(public)
    return Key(fingerprint(raw), raw, str(body.get("person") or person), str(body.get("purpose") or "device"))


def _authority(body: Any) -> Authority | None:
    try:
        keys = {fingerprint(bytes.fromhex(key["public"])): bytes.fromhex(key["public"]) for key in body["keys"]}
        named = all(isinstance(key["person"], str) and key["person"] and HEX64.fullmatch(key["public"])
                    for key in body["keys"])
        version, threshold = body["version"], body["threshold"]
    except (KeyError, TypeError, ValueError):
        return None
    if type(version) is not int or type(threshold) is not int or not 0 < threshold <= len(keys) or not named:
        return None
    return Authority(version, threshold, keys)
