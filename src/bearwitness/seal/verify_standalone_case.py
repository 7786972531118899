"""The second half of verify.py: a case, or the notebook in a bundle. It needs verify.py beside it and nothing else.

    python3 -I verify.py FOLDER       verify.py loads this file when FOLDER is a case or a bundle

Steps 0 to 9 are those of verify.py's first page. Step 9 asks, over all logs in the order of who knew what, whether each
act on a key, and each act of two persons, was signed by whom it needed.
"""
# mypy: ignore-errors
import base64
import io
import json
import re
from hashlib import sha256
from types import SimpleNamespace

from verify import (
    HEX,
    Bad,
    attempt,
    canonical,
    digest_of,
    fault,
    files_in,
    fingerprint,
    grow,
    look,
    notes,
    open_checkpoint,
    over,
    read,
    root_of,
    signed_by,
    strays,
    whose,
)

BESIDE = ("proofs/", "anchors/", "keys/", "report/", "claims.jsonl")  # what a bundle holds under data/ beside the notebook
TWO = {"finding.approved", "exhibit.exported", "identity.erased"}  # acts of two persons

# --- a case, or the notebook in a bundle
def case(folder, bundle=False):
    names = files_in(8, folder, ("cache", "vault"))
    mark = re.fullmatch(b"bearwitness-case/1\ncase ([0-9a-f]{32})\n", read(folder, "BEARWITNESS"))
    if not mark:
        fault(1, "BEARWITNESS", "is not the mark of a case")
    logs, place = [], "bearwitness/" + (mark[1].decode() if mark else "0" * 32)
    for name in sorted({name.split("/")[1] for name in names if name.startswith("logs/")}):
        if re.fullmatch("[0-9a-f]{32}-[1-9][0-9]{0,5}", name):
            logs.append(read_log(folder, names, f"logs/{name}/", f"{place}/{name.replace('-', '/')}", bundle))
        else:
            fault(2, f"logs/{name}", "is not named after a key and an epoch")
    first = [log for log in logs if not (log.first and "joins" in log.first[0]["body"])]
    if len(first) != 1:
        fault(2, "logs", f"holds {len(first)} logs that open this case where one does")
    objects = stored(folder, names, logs)
    beside = {name for name in names if bundle and name.startswith(BESIDE)}
    rest(folder, names - objects - beside, logs)
    allowed({log.origin: log for log in logs})
    public = first and first[0].public
    who = whose(public, any(log.demo for log in logs)) if public else "of an unknown key"
    return f"{sum(log.size for log in logs)} entries in {len(logs)} logs, {len(objects)} sealed files, {who}", 9

def read_log(folder, names, base, origin, bundle):
    """Steps 3 to 6. roots: at the sizes of checkpoints. named, long: digest -> entry that names it. told: step 9."""
    log = SimpleNamespace(first=[], size=0, torn=0, roots={}, named={}, long={}, gone=set(), told=[], times=[],
                          leaves=[], base=base, lines=base + "entries.jsonl", origin=origin, withheld=0)
    log.heads = {name for name in names if re.fullmatch(re.escape(base) + "checkpoints/[0-9]{12,}", name)}
    sizes = {int(name.split("/")[-1]) for name in log.heads}
    stack, previous, follows = [], "0" * 64, 0
    for line in io.BytesIO(read(folder, log.lines)):
        if line[-1:] != b"\n":
            log.torn = len(line)
            break
        if hidden := bundle and re.fullmatch(rb'{"leaf":"([0-9a-f]{64})","withheld":"[^"\\]*"}\n', line):
            leaf, follows, log.withheld = bytes.fromhex(hidden[1].decode()), log.size + 1, log.withheld + 1
        else:
            entry = attempt(3, f"{log.lines} entry {log.size}", read_entry, line[:-1], log)
            leaf = sha256(b"\0" + line[:-1]).digest()
            if entry and follows is not None and entry["seq"] != follows:
                fault(3, f"{log.lines} entry {log.size}", f"is numbered {entry['seq']} where {follows} follows")
            elif entry and follows is not None and entry["prev"] != previous:
                fault(3, f"{log.lines} entry {max(log.size - 1, 0)}", f"or {log.size} was changed: the link does not fit")
            follows = entry["seq"] + 1 if entry else None
        log.times += [""] * (log.size + 1 - len(log.times))
        log.leaves.append(leaf)
        grow(stack, leaf, log.size)
        previous, log.size = leaf.hex(), log.size + 1
        if log.size in sizes:
            log.roots[log.size] = root_of(stack)
    log.public = attempt(4, log.lines, opening, log.first, origin)
    log.demo = log.public and log.first[1]["body"].get("demo") is True
    checkpoints(folder, log)
    return log

def checkpoints(folder, log):
    sealed, good = 0, {}
    for name in sorted(log.heads):
        head = attempt(5, name, open_checkpoint, read(folder, name), log.origin, log.public)
        if head and f"{head[0]:012d}" != name.split("/")[-1]:
            fault(5, name, "is not named after its size")
        elif head:
            good[head[0]] = read(folder, name)
            if log.roots.get(head[0]) == head[1]:
                sealed = head[0]
            else:
                fault(5, log.lines, f"entries {sealed} to {head[0] - 1} are not the ones that were sealed")
    newest = read(folder, log.base + "checkpoint")
    if newest not in good.values():
        fault(5, log.base + "checkpoint", "is missing, or none of the published checkpoints")
    if (loose := log.size - sealed) or log.torn or newest != good.get(max(good, default=0)):  # step 6
        look(f"NOT SEALED YET: {loose} entries, {log.torn} bytes. A command is at work or has died.")
    if log.withheld:
        notes.append(f"{log.withheld} entries of {log.base} are not disclosed and stand as their hashes.")

def read_entry(line, log):
    entry = canonical(line)
    shapes = {"kind": r"[a-z]+\.[a-z]+", "time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z",
              "nonce": "[0-9a-f]{32}", "prev": "[0-9a-f]{64}", "actor": "(?s:.*)"}
    types = {"v": int, "seq": int, "clock": dict, "tool": dict, "refs": list, "body": dict}
    if len(line) > 65535 or entry["v"] != 1 or entry["seq"] < 0 \
            or not all(type(entry[field]) is kind for field, kind in types.items()) \
            or not all(re.fullmatch(shape, entry[field]) for field, shape in shapes.items()) \
            or not all(isinstance(ref, str) for ref in entry["refs"]):
        raise Bad("has a field of the wrong shape")
    body = entry["body"]
    if len(log.first) == log.size < 2:
        log.first.append(entry)
    log.times += [""] * (log.size - len(log.times)) + [entry["time"]]
    if entry["kind"] in TWO | {"case.opened", "log.merged"} or entry["kind"].startswith("key."):
        log.told.append(SimpleNamespace(**entry, at=log.size, origin=log.origin, by=log.origin.split("/")[2]))
    if body.keys() == {"object"} and isinstance(body["object"], str) and HEX.fullmatch(body["object"]):
        log.long[body["object"]] = log.named[body["object"]] = log.size
    for digest in digests(body):
        log.named.setdefault(digest, log.size)
        if entry["kind"] == "exhibit.disposed":
            log.gone.add(digest)
    return entry

def digests(value):
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if key == "sha256" and isinstance(inner, str) and HEX.fullmatch(inner):
            yield inner
        elif isinstance(inner, (dict, list)):
            yield from digests(inner)

def opening(first, origin):
    opened, added = first
    public = bytes.fromhex(added["body"]["public"])
    if opened["kind"] != "case.opened" or opened["body"]["case"] != origin.split("/")[1] \
            or {name for name, _ in opened["body"]["files"]} != {"BEARWITNESS", "README.txt"}:
        raise Bad("entry 0 does not open this case")
    if added["kind"] != "key.added" or added["body"]["origin"] != origin or fingerprint(public) not in origin:
        raise Bad("entry 1 does not add the key that the log is named after")
    return public

def stored(folder, names, logs):
    found = (re.fullmatch(r"objects/([0-9a-f]{2})/(\1[0-9a-f]{62})", name) for name in names)
    there = {place[2]: place[0] for place in found if place}
    now = {digest: digest_of(folder, name) for digest, name in there.items()}
    for log in logs:
        for digest, seq in log.long.items():
            if now.get(digest) == digest:
                body = attempt(7, there[digest], canonical, b'{"body":' + read(folder, there[digest]) + b"}")
                log.named.update({named: seq for named in digests(body or {}) if named not in log.named})
    named = {digest: seq for log in reversed(logs) for digest, seq in log.named.items()}
    for digest in sorted(named.keys() - there.keys() - set().union(*(log.gone for log in logs))):
        fault(7, f"objects/{digest[:2]}/{digest}", f"is missing; entry {named[digest]} names it")
    for digest in sorted(digest for digest in there if now[digest] != digest):
        fault(7, there[digest], f"is not what was sealed (entry {named.get(digest, 'unknown')})")
    return set(there.values())

def rest(folder, names, logs):
    files = [log.first[0]["body"].get("files") for log in logs if log.first]
    for pair in [pair for pairs in files if isinstance(pairs, list) for pair in pairs]:
        if isinstance(pair, list) and len(pair) == 2 and str(pair[0]) in names and digest_of(folder, pair[0]) != pair[1]:
            fault(8, pair[0], "is not what it was when the case was opened")
    known = {"BEARWITNESS", "README.txt"}.union(*({log.lines, log.base + "checkpoint"} for log in logs))
    for name in sorted(known - names):
        fault(8, name, "is missing")
    locks = {log.base + "lock" for log in logs if not read(folder, log.base + "lock")}
    strays(8, names - known - locks.union(*(log.heads for log in logs)), "does not belong here; no digest covers it")

def bag(folder):
    """Step 0: BagIt 1.0, RFC 8493. Every file stands in both manifests of its kind, with its digests."""
    names = files_in(0, folder)
    for algorithm in ("sha256", "sha512"):
        listed = set()
        for kind in ("manifest", "tagmanifest"):
            if f"{kind}-{algorithm}.txt" not in names:
                fault(0, f"{kind}-{algorithm}.txt", "is missing")
            lines = read(folder, f"{kind}-{algorithm}.txt").decode("utf-8", "replace").split("\n")
            if lines.pop() or not all(re.fullmatch(r"[0-9a-f]{64}([0-9a-f]{64})?  [^\r]+", line) for line in lines):
                fault(0, f"{kind}-{algorithm}.txt", "has a line that is none")
            for line in lines:
                digest, _, name = line.partition("  ")
                name = name.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
                listed.add(name)
                if name not in names or digest_of(folder, name, algorithm) != digest:
                    fault(0, name, f"is missing, or not what {kind}-{algorithm}.txt lists")
        for name in sorted(name for name in names - listed if not name.startswith("tagmanifest-")):
            fault(0, name, f"is in no {algorithm} manifest of the bag")

# --- step 9: what each entry knew (L. Lamport, 1978), and who was allowed to sign (as TUF 1.0, sections 5.3 and 6.1)
def pins(entry):
    found = entry.body.get("joins") if entry.kind == "case.opened" else [entry.body] if entry.kind == "log.merged" else ()
    return [(pin["origin"], pin["size"], str(pin.get("root"))) for pin in (found if isinstance(found, list) else ())
            if isinstance(pin, dict) and isinstance(pin.get("origin"), str) and type(pin.get("size")) is int]

def ordered(told):
    """Each entry after all it knew; logs in the order of their names, each as far as it can go."""
    at, out = dict.fromkeys(sorted(told), 0), []
    def free(name):
        return at[name] < len(told[name]) and all(
            at[other] == len(told[other]) or told[other][at[other]].at >= size
            for other, size, _ in pins(told[name][at[name]]) if other in told)
    while left := [name for name in at if at[name] < len(told[name])]:
        ready = next((name for name in left if free(name)), None)
        name, go = ready or left[0], True
        while go:
            out.append(told[name][at[name]])
            at[name] += 1
            go = ready and free(name)
    return out

def allowed(logs):
    case, told = Keys(), ordered({name: log.told for name, log in logs.items()})
    for entry in told:
        for origin, size, root in pins(entry):
            if origin not in logs:
                look(f"The log {origin}, of which {entry.by} has seen {size} entries, is not here.")
            elif size > logs[origin].size or size > 0 and over(logs[origin].leaves[:size]).hex() != root:
                fault(9, logs[origin].lines, f"is another history than the {size} entries that {entry.by} has seen")
        wrong = attempt(9, logs[entry.origin].lines, case.take, entry)
        if wrong:
            fault(9, f"{logs[entry.origin].lines} entry {entry.at}", wrong)
    held = case.held(told)
    for log in logs.values():
        name, since = log.origin.split("/")[2], case.since(log.origin)
        start = next((at for at in range(held.get(log.origin, 0), log.size) if since and log.times[at] >= since), log.size)
        if name not in case.keys:
            look(f"Nobody has admitted key {name}: its log is kept, and counts for nothing.")
        if start < log.size:
            look(f"UNATTESTED: entries {start} to {log.size - 1} of key {name} were signed when it was in doubt, "
                 "and nobody else had seen them before; they count for nothing.")

class Keys:
    """The keys of the case (fingerprint -> key) and its authority, folded over the entries about them."""
    def __init__(self):
        self.keys, self.authority, self.case, self.opener, self.spans, self.done = {}, (0, 1, {}), "", "", {}, {}
        self.before, self.admitted = [], {}

    def known(self, origin, seq):
        return next((clock for start, clock in reversed(self.spans.get(origin, ())) if start <= seq), {})

    def knew(self, later, earlier):
        if later.origin == earlier.origin:
            return later.at > earlier.at
        return self.known(later.origin, later.at).get(earlier.origin, 0) > earlier.at

    def take(self, entry):
        """What is wrong with an entry; it changes nothing then."""
        clock = dict(self.known(entry.origin, 10**9))
        for origin, size, _ in pins(entry):
            for name, many in [*self.known(origin, size - 1).items(), (origin, size)]:
                clock[name] = max(clock.get(name, 0), many)
        self.spans.setdefault(entry.origin, []).append((entry.at, clock))
        if entry.kind == "case.opened" and not self.opener and "joins" not in entry.body:
            self.case, self.opener = str(entry.body.get("case", "")), entry.origin
        if entry.kind in TWO:
            first, good = self.keys.get(entry.by), self.signers(entry, {name: key.public for name, key in self.keys.items()})
            if not first or not {self.keys[name].person for name in good} - {first.person}:
                return f"is {entry.kind} without the signature of a second person"
        if not entry.kind.startswith("key."):
            return ""
        act = entry.at != 1 and self.statement(entry)
        if act in self.done and not self.knew(entry, self.done[act]):
            return ""  # one request, recorded by two devices that did not know of each other
        wrong = getattr(self, entry.kind.split(".")[1], lambda entry: "")(entry)
        if act and not wrong:
            self.done.setdefault(act, entry)
        return wrong

    def statement(self, entry):
        bare = {"body": {key: value for key, value in entry.body.items() if key != "signatures"}}
        spelled = json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return f"bearwitness/1\n{entry.kind}\n{self.case}\n{spelled}".encode()

    def over(self, name, entry):
        return name in self.keys and self.keys[name].ended and self.knew(entry, self.keys[name].ended)

    def signers(self, entry, keys):
        """Which of these keys, as far as the entry knew them to be good, signed the act."""
        lines, found = entry.body.get("signatures"), set()
        for line in lines if isinstance(lines, list) and len(lines) <= 16 else ():
            name, text = (line.get("key"), line.get("signature")) if isinstance(line, dict) else (0, 0)
            if isinstance(name, str) and isinstance(text, str) and name in keys and not self.over(name, entry) \
                    and re.fullmatch("[A-Za-z0-9+/]{86}==", text) \
                    and signed_by(keys[name], base64.b64decode(text), self.statement(entry)):
                found.add(name)
        return found

    def enough(self, entry, authority):
        return len(self.signers(entry, authority[2])) >= authority[1]

    def ordered(self, entry):
        """Whether the authority signed: today's, or one whose end the writer of the entry could not know."""
        could = [old for end, old in self.before if not self.knew(entry, end)]
        return any(self.enough(entry, authority) for authority in (self.authority, *could))

    def added(self, entry):
        body, public = entry.body, entry.body.get("public")
        if body.get("purpose") == "custodian":
            if not all(isinstance(body.get(key), str) for key in ("person", "recipient")) or body["recipient"][:4] != "age1":
                return "names a custodian without a recipient"
        elif not isinstance(public, str) or not HEX.fullmatch(public):
            return "adds something that is not a key"
        elif entry.at == 1:
            if entry.origin == self.opener and not self.authority[2]:
                self.authority = 1, 1, {fingerprint(bytes.fromhex(public)): bytes.fromhex(public)}
                self.admit(public, str(body.get("person") or entry.actor))
            return ""
        if not self.ordered(entry):
            return "adds a key or a custodian without the signatures of the case's authority"
        if body.get("purpose") == "custodian":
            return ""
        if self.admit(public, str(body.get("person") or entry.actor)):
            self.admitted[fingerprint(bytes.fromhex(public))] = entry
            return ""
        first = self.admitted.get(fingerprint(bytes.fromhex(public)))
        return "" if first and not self.knew(entry, first) else "adds a key that was added before"

    def admit(self, public, person):
        key = SimpleNamespace(public=bytes.fromhex(public), person=person, ended=None, since="")
        return self.keys.setdefault(fingerprint(key.public), key) is key

    def rotated(self, entry):
        body, (version, threshold, keys) = entry.body, self.authority
        if "authority" in body:
            new = attempt(9, f"{entry.origin}, entry {entry.at}", authority_of, body["authority"])
            if not new or new[0] != version + 1 or not self.enough(entry, self.authority) or not self.enough(entry, new):
                return "replaces the authority without a next version, signed by the old one and by the new one"
            self.before, self.authority = [*self.before, (entry, self.authority)], new
            for key in body["authority"]["keys"]:
                self.admit(key["public"], key["person"])
            return ""
        old, to = str(body.get("from")), body.get("to")
        public = to.get("public") if isinstance(to, dict) else None
        if old not in self.keys or not isinstance(public, str) or not HEX.fullmatch(public) or self.over(old, entry):
            return "rotates a key that may not sign"
        raw = bytes.fromhex(public)
        new, both = fingerprint(raw), {old: self.keys[old].public, fingerprint(raw): raw}
        if new in self.keys or len(self.signers(entry, both)) < 2 or entry.by != old:
            return "rotates a key without the signatures of the old one and of a new one"
        self.admit(public, self.keys[old].person)
        self.keys[old].ended = entry
        if old in keys:
            self.before.append((entry, self.authority))
            self.authority = version, threshold, {**{name: keys[name] for name in keys if name != old}, new: raw}
        return ""

    def revoked(self, entry):
        name, (_, threshold, keys) = str(entry.body.get("fingerprint")), self.authority
        if name not in self.keys:
            return "revokes a key that is not of this case"
        if not self.signers(entry, {name: self.keys[name].public}) and not self.ordered(entry):
            return "revokes a key without the signatures of the case's authority"
        if name in keys and len([key for key in keys if key != name and not self.over(key, entry)]) < threshold:
            return "revokes a key that the authority cannot do without: replace the authority first"
        self.keys[name].ended, self.keys[name].since = entry, str(entry.body.get("compromised_since") or "").rstrip("Z")
        return ""

    def since(self, origin):
        name = origin.split("/")[2] if origin.count("/") == 3 else ""
        return self.keys[name].since if name in self.keys else ""

    def held(self, told):
        """Origin -> how much of a log in doubt another key, itself not in doubt, had seen before."""
        held = {}
        for entry in told:
            for origin, size, _ in pins(entry):
                if entry.by in self.keys and not self.since(entry.origin) and entry.time < self.since(origin):
                    held[origin] = max(held.get(origin, 0), size)
        return held

def authority_of(said):
    keys, version, threshold = {}, said["version"], said["threshold"]
    for key in said["keys"]:
        if not HEX.fullmatch(key["public"]) or not isinstance(key["person"], str) or not key["person"]:
            raise Bad("names an authority without keys or persons")
        keys[fingerprint(bytes.fromhex(key["public"]))] = bytes.fromhex(key["public"])
    if type(version) is not int or type(threshold) is not int or not 0 < threshold <= len(keys):
        raise Bad("names an authority that nobody can be")
    return version, threshold, keys


def bundle(folder):
    bag(folder)
    return case(folder + "/data", True)
