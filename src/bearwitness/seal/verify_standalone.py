"""Is this release, this bundle or this case what was sealed? Needs Python 3.11 or later and nothing else.

    python3 -I verify.py [FOLDER]       a release, a bundle or a case; without it, the folder of this file

It reads and never writes. It ends with 0 when nothing changed, with 4 when something did (each file is named), with 3
when a person must look (unsigned entries, a stranger's log, a key in doubt), with 2 when there is nothing to verify.
A release:
 1 RELEASE.json is spelled in its one way; its key is the one its log is named after.
 2 RELEASE.sig is its digest, signed by that key.            3 So is the checkpoint inside.
 4 Every listed file has its size and digest.                5 No other file is there.
 6 Every cited record is proved to be in its log.            7 Every printed record is one of those.
A case (its signed notebook is the folder .bearwitness), or a bundle (the same under data/, in a bag):
 0 A bundle: every file is as its manifest lists it.         1 BEARWITNESS gives the case.
 2 Each log is named after its key; one opens the case.      3 Every line is whole, canonical, numbered, linked.
 4 The first two open the case and add the key.              5 Every checkpoint is signed and fits its log.
 6 What is not sealed yet is said.                           7 Every sealed file has its digest; none is missing.
 8 Nothing else lies there.                                  9 Who signed keys, pins and acts of two was allowed to.
Written apart from the program it checks, to be read. The format: docs/reference/log-format.md.
"""
# mypy: ignore-errors
import base64
import io
import json
import os
import re
import sys
from functools import reduce
from hashlib import file_digest, sha256, sha512
from types import SimpleNamespace

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
HEX, LITTER = re.compile(r"[0-9a-f]{64}"), {".DS_Store", "Thumbs.db", "desktop.ini"}
TWO = {"finding.approved", "exhibit.exported", "identity.erased"}  # acts of two persons
BESIDE = ("proofs/", "anchors/", "keys/", "report/", "claims.jsonl")  # what a bundle holds under data/ beside the notebook
SHAPES = {"checkpoint": str, "records": list, "nodes": list, "demo": bool}
Bad = type("Bad", (ValueError,), {"__doc__": "Not in the form it must have."})
faults, notes = [], []  # a note that begins with LOOK wants a person's eye

def fault(step, name, what):
    faults.append((step, name, what))

def look(words):
    notes.append(f"LOOK: {words}")

# --- Ed25519, RFC 8032: points as (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z
def plus(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P

def times(n, p):
    q = (0, 1, 1, 0)
    while n:
        if n & 1:
            q = plus(q, p)
        p, n = plus(p, p), n >> 1
    return q

def point(data):
    y, sign = int.from_bytes(data, "little") & (1 << 255) - 1, data[31] >> 7
    xx = (y * y - 1) * pow(D * y * y + 1, -1, P) % P  # x squared; its root, if it has one, is one of two
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - xx) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P

BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))

def signed_by(public, signature, message):
    a = point(public) if len(public) == 32 and len(signature) == 64 else None
    s = int.from_bytes(signature[32:], "little")
    if a is None or s >= L:
        return False
    k = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % L
    x, y, z, _ = plus(times(s, BASE), times(k, (P - a[0], a[1], 1, P - a[3])))  # R = sB - kA
    z = pow(z, -1, P)
    x, y = x * z % P, y * z % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]

# --- canonical JSON, signed notes, tree (RFC 8785 profile; C2SP; RFC 6962)
def pairs(found):
    if len({key for key, _ in found}) != len(found):
        raise Bad("a key is said twice")
    return dict(found)

def refuse(word):
    raise Bad(f"{word} is not an integer")

def plain(value, depth=0):
    """RFC 8785's profile: small integers, plain keys in the outer two levels, not too deep."""
    if isinstance(value, (dict, list)) and depth > 32 or type(value) is int and abs(value) >= 2**53:
        raise Bad("is nested too deep, or has a number too large")
    for key in value if isinstance(value, dict) else ():
        if not (re.fullmatch("[a-z0-9_]+", key) if depth < 2 else key and max(key) <= "\uffff"):
            raise Bad("has a key that may not be")
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        plain(inner, depth + 1)

def canonical(data):
    try:
        value = json.loads(data.decode(), object_pairs_hook=pairs, parse_float=refuse, parse_constant=refuse)
        plain(value)
        again = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    except (ValueError, RecursionError) as why:
        raise Bad(f"is not canonical JSON: {why}") from why
    if again != data:
        raise Bad("is not canonical JSON: another spelling of the same value")
    return value

def unbase64(text, size):
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text or len(data) != size:
        raise Bad(f"is not canonical base64 of {size} bytes")
    return data

def open_note(data, name, public):
    """The text of a note with exactly one signature, by the key `name`; not checked where no key is known."""
    text, gap, line = data.decode().rpartition("\n\n")
    text += "\n"
    found = re.fullmatch("\u2014 (\\S+) ([A-Za-z0-9+/]+=*)\n", line)
    if not gap or not found or len(data) > 10**6 or re.search("[\0-\x09\x0b-\x1f\x7f]", text):
        raise Bad("is not a signed note")
    raw = unbase64(found[2], 68)
    if public and (found[1] != name or not signed_by(public, raw[4:], text.encode())
                   or raw[:4] != sha256(name.encode() + b"\n\x01" + public).digest()[:4]):
        raise Bad("is not signed by the key of this log")
    return text

def open_checkpoint(data, origin, public):
    lines = open_note(data, origin, public).split("\n")
    if len(lines) != 4 or lines[3] or not re.fullmatch("0|[1-9][0-9]{0,15}", lines[1]) or lines[0] != origin:
        raise Bad("is not a checkpoint of this log")
    return int(lines[1]), unbase64(lines[2], 32)

def node_of(left, right):
    return sha256(b"\1" + left + right).digest()

def grow(stack, leaf, size):
    """Add leaf number `size`: the stack holds the roots of the full subtrees, largest first."""
    while size & 1:
        leaf, size = node_of(stack.pop(), leaf), size >> 1
    stack.append(leaf)

def root_of(stack):
    return reduce(lambda right, left: node_of(left, right), reversed(stack)) if stack else sha256().digest()

def over(leaves):
    stack = []
    for size, leaf in enumerate(leaves):
        grow(stack, leaf, size)
    return root_of(stack)

def top_of(leaf, index, size, proof):
    """The root that a proof leads to (RFC 6962, section 2.1.1); None for one too long or too short."""
    if size == 1 or not proof:
        return leaf if size == 1 and not proof else None
    half = 1 << (size - 1).bit_length() - 1
    below = top_of(leaf, index % half, half if index < half else size - half, proof[:-1])
    return below and (node_of(below, proof[-1]) if index < half else node_of(proof[-1], below))

def proved(leaf, index, size, proof, root):
    return 0 <= index < size and top_of(leaf, index, size, proof) == root

# --- files
def files_in(step, folder, skip=()):
    names = set()
    for at, below, files in os.walk(folder):
        below[:] = [name for name in below if at != folder or name not in skip]
        for name in files + [name for name in below if os.path.islink(os.path.join(at, name))]:
            path = os.path.join(at, name)
            short = os.path.relpath(path, folder).replace(os.sep, "/")
            if os.path.islink(path) or not os.path.isfile(path):
                fault(step, short, "is a link or a device, not a file")
            else:
                names.add(short)
    return names

def read(folder, name, act=lambda kept: kept.read()):
    try:
        with open(os.path.join(folder, name), "rb") as kept:
            return act(kept)
    except OSError:
        return b""

def digest_of(folder, name, algorithm="sha256"):
    return read(folder, name, lambda kept: file_digest(kept, algorithm).hexdigest())

def fingerprint(public):
    return sha256(public).hexdigest()[:32]

def attempt(step, name, act, *values):
    """The result of a check, or None after naming the file that fails it."""
    try:
        return act(*values)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as why:
        fault(step, name, str(why) if isinstance(why, Bad) else f"has not the form it must have ({why})")

# --- a release: the numbers are those of the steps above
def release(folder):
    names, data = files_in(5, folder), read(folder, "RELEASE.json")
    found = attempt(1, "RELEASE.json", manifest, data)
    if not found:
        return "its list cannot be read, so nothing else could be checked", 1
    whole, origin, public, listed, others = found
    text = attempt(2, "RELEASE.sig", open_note, read(folder, "RELEASE.sig"), origin, public)
    if text and text != f"{whole['format']}\n{origin}\n{sha256(data).hexdigest()}\n":
        fault(2, "RELEASE.json", "is not the list that was signed")
    head = attempt(3, "RELEASE.json", open_checkpoint, whole["checkpoint"].encode(), origin, public)
    for name, (size, digest) in listed.items():
        if name not in names:
            fault(4, name, "is missing")
        elif os.path.getsize(os.path.join(folder, name)) != size or digest_of(folder, name) != digest:
            fault(4, name, "is not what was signed")
    strays(5, names - set(listed) - {"RELEASE.json", "RELEASE.sig"}, "is not part of the release")
    cited = attempt(6, "RELEASE.json", proofs, whole, head, others) if head else None
    if "RECORDS.jsonl" in listed and cited is not None:
        for line in read(folder, "RECORDS.jsonl").splitlines(keepends=True):
            if line[-1:] != b"\n" or sha256(b"\0" + line[:-1]).digest() not in cited:
                fault(7, "RECORDS.jsonl", "holds a record that is not cited")
    return f"{len(listed)} files and {len(whole['records'])} records, {whose(public, whole['demo'])}", 7

def manifest(data):
    whole = canonical(data)
    listed = {str(file["name"]): (int(file["size"]), file["sha256"]) for file in whole["files"]}
    logs = [(log["origin"], bytes.fromhex(log["public"]), log["checkpoint"].encode())
            for log in [whole, *whole.get("others", [])]]
    shapes = [re.fullmatch("bearwitness/[0-9a-f]{32}/([0-9a-f]{32})/[1-9][0-9]{0,5}", origin) for origin, _, _ in logs]
    if whole["format"] != "bearwitness-release/1" or len(listed) != len(whole["files"]) \
            or not all(isinstance(whole[key], kind) for key, kind in SHAPES.items()) \
            or not all(-1 <= int(record.get("log", -1)) < len(logs) - 1 for record in whole["records"]) \
            or any(not shape or shape[1] != fingerprint(log[1]) for shape, log in zip(shapes, logs, strict=True)):
        raise Bad("is not a list of a known format, of the key its log is named after")
    return whole, logs[0][0], logs[0][1], listed, logs[1:]

def proofs(whole, head, others):
    heads = [*(open_checkpoint(data, origin, public) for origin, public, data in others), head]
    nodes, cited = [bytes.fromhex(node) for node in whole["nodes"]], set()
    for record in whole["records"]:
        leaf, index, path = bytes.fromhex(record["leaf"]), int(record["index"]), [nodes[step] for step in record["proof"]]
        size, root = heads[int(record.get("log", -1))]
        if not proved(leaf, index, size, path, root):
            raise Bad(f"cites record {record['leaf']}, which is not proved to be in the log")
        cited.add(leaf)
    return cited

def whose(public, demo):
    return f"signed by key {fingerprint(public)}" + (", MADE FOR A DEMONSTRATION" if demo is True else "")

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

def strays(step, names, what):
    for name in sorted(names):
        if name.split("/")[-1] in LITTER:
            notes.append(f"{name} was left by a desktop.")
        else:
            fault(step, name, what)

def bag(folder):
    """Step 0: BagIt 1.0, RFC 8493. Every file stands in both manifests of its kind, with its digests."""
    names = files_in(0, folder)
    for algorithm in ("sha256", "sha512"):
        listed = set()
        for kind in ("manifest", "tagmanifest"):
            if f"{kind}-{algorithm}.txt" not in names:
                fault(0, f"{kind}-{algorithm}.txt", "is missing")
            for line in read(folder, f"{kind}-{algorithm}.txt").decode("utf-8", "replace").splitlines():
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
        if not self.enough(entry, self.authority):
            return "adds a key or a custodian without the signatures of the case's authority"
        if body.get("purpose") == "custodian":
            return ""
        return "" if self.admit(public, str(body.get("person") or entry.actor)) else "adds a key that was added before"

    def admit(self, public, person):
        key = SimpleNamespace(public=bytes.fromhex(public), person=person, ended=None, since="")
        return self.keys.setdefault(fingerprint(key.public), key) is key

    def rotated(self, entry):
        body, (version, threshold, keys) = entry.body, self.authority
        if "authority" in body:
            new = attempt(9, f"{entry.origin}, entry {entry.at}", authority_of, body["authority"])
            if not new or new[0] != version + 1 or not self.enough(entry, self.authority) or not self.enough(entry, new):
                return "replaces the authority without a next version, signed by the old one and by the new one"
            self.authority = new
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
            self.authority = version, threshold, {**{name: keys[name] for name in keys if name != old}, new: raw}
        return ""

    def revoked(self, entry):
        name, (_, threshold, keys) = str(entry.body.get("fingerprint")), self.authority
        if name not in self.keys:
            return "revokes a key that is not of this case"
        if not self.signers(entry, {name: self.keys[name].public}) and not self.enough(entry, self.authority):
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

def main(words):
    folder = words[0] if words else os.path.dirname(os.path.abspath(__file__))
    inner, steps = os.path.join(folder, ".bearwitness"), re.split(r"\nA (?:release|case)[^\n]*:\n", __doc__)
    if any(os.path.exists(os.path.join(folder, name)) for name in ("RELEASE.json", "RELEASE.sig")):
        kind, (summary, done), titles = "Release", release(folder), steps[1]
    elif os.path.isfile(os.path.join(folder, "bagit.txt")):
        bag(folder)
        kind, (summary, done), titles = "Bundle", case(os.path.join(folder, "data"), True), steps[2]
    elif os.path.isdir(inner):
        kind, (summary, done), titles = "Case", case(inner), re.sub(r"^ 0.*?\.  +", " ", steps[2])
    else:
        print(f"There is no release, bundle or case in {folder}.", file=sys.stderr)
        return 2
    print(f"{kind}: {summary}")
    for number, title in re.findall(r"(\d) (.*?)(?:  +|\n|$)", titles):
        wrong = [f"{name}: {what}" for step, name, what in faults if step == int(number)]
        print(f" {number} {'CHANGED' if wrong else 'ok     ' if int(number) <= done else '-      '} {title}")
        print("".join(f"           {ascii(line)[1:-1]}\n" for line in wrong), end="")
    print("".join(f"   note: {ascii(note)[1:-1]}\n" for note in notes), end="")
    if faults:
        print("Not as it was sealed. Nothing was repaired. Compare this copy with another one.")
        return 4
    print("Nothing sealed has changed. That says it is whole, and which key signed; not that it is true,\n"
          "nor that no newer edition exists, nor whose key it is: compare the fingerprint.")
    return 3 if any(note.startswith("LOOK") for note in notes) else 0

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
