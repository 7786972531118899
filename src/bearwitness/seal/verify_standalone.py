"""Is this release, or this case, what was sealed? Needs Python 3.11 or later and nothing else.

    python3 -I verify.py [FOLDER]       FOLDER: a release or a case; without it, the folder of this file

It reads and never writes. It ends with 0 when nothing changed, with 4 when something did (each file is named),
with 3 when entries are not under a signature yet, with 2 when there is nothing to verify.
A release:
 1 RELEASE.json is spelled in its one way; its key is the one its log is named after.
 2 RELEASE.sig is its digest, signed by that key.            3 So is the checkpoint inside.
 4 Every listed file has its size and digest.                5 No other file is there.
 6 Every cited record is proved to be in the log.            7 Every printed record is one of those.
A case (its signed notebook is the folder .bearwitness):
 1 BEARWITNESS gives the case.                               2 One log, named after its key.
 3 Every line is whole, canonical, numbered, linked.         4 The first two open the case and add the key.
 5 Every checkpoint is signed and fits the log.              6 What is not sealed yet is said.
 7 Every sealed file has its digest; none is missing.        8 Nothing else lies there.
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
SHAPES = {"checkpoint": str, "records": list, "nodes": list, "demo": bool}
Bad = type("Bad", (ValueError,), {"__doc__": "Not in the form it must have."})
faults, notes = [], []

def fault(step, name, what):
    faults.append((step, name, what))

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

def proved(leaf, index, size, proof, root):
    if not 0 <= index < size:
        return False
    last = size - 1
    for step in proof:
        if not last:
            return False
        if index & 1 or index == last:
            leaf = node_of(step, leaf)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            leaf = node_of(leaf, step)
        index, last = index >> 1, last >> 1
    return not last and leaf == root

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

def digest_of(folder, name):
    try:
        with open(os.path.join(folder, name), "rb") as kept:
            return file_digest(kept, "sha256").hexdigest()
    except OSError:
        return ""

def read(folder, name):
    try:
        with open(os.path.join(folder, name), "rb") as kept:
            return kept.read()
    except OSError:
        return b""

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
    whole, origin, public, listed = found
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
    cited = attempt(6, "RELEASE.json", proofs, whole, head) if head else None
    if "RECORDS.jsonl" in listed and cited is not None:
        for line in read(folder, "RECORDS.jsonl").splitlines(keepends=True):
            if line[-1:] != b"\n" or sha256(b"\0" + line[:-1]).digest() not in cited:
                fault(7, "RECORDS.jsonl", "holds a record that is not cited")
    return f"{len(listed)} files and {len(whole['records'])} records, {whose(public, whole['demo'])}", 7

def manifest(data):
    whole = canonical(data)
    origin, public = whole["origin"], bytes.fromhex(whole["public"])
    shape = re.fullmatch("bearwitness/[0-9a-f]{32}/([0-9a-f]{32})/[1-9][0-9]{0,5}", origin)
    listed = {str(file["name"]): (int(file["size"]), file["sha256"]) for file in whole["files"]}
    if whole["format"] != "bearwitness-release/1" or len(listed) != len(whole["files"]) \
            or not all(isinstance(whole[key], kind) for key, kind in SHAPES.items()) \
            or not shape or shape[1] != fingerprint(public):
        raise Bad("is not a list of a known format, of the key its log is named after")
    return whole, origin, public, listed

def proofs(whole, head):
    nodes, cited = [bytes.fromhex(node) for node in whole["nodes"]], set()
    for record in whole["records"]:
        leaf, path = bytes.fromhex(record["leaf"]), [nodes[step] for step in record["proof"]]
        if not proved(leaf, int(record["index"]), head[0], path, head[1]):
            raise Bad(f"cites record {record['leaf']}, which is not proved to be in the log")
        cited.add(leaf)
    return cited

def whose(public, demo):
    return f"signed by key {fingerprint(public)}" + (", MADE FOR A DEMONSTRATION" if demo is True else "")

# --- a case
def case(folder):
    names = files_in(8, folder, ("cache", "vault"))
    mark = re.fullmatch(b"bearwitness-case/1\ncase ([0-9a-f]{32})\n", read(folder, "BEARWITNESS"))
    if not mark:
        fault(1, "BEARWITNESS", "is not the mark of a case")
    logs = sorted({name.split("/")[1] for name in names if name.startswith("logs/")})
    if len(logs) != 1 or not re.fullmatch("[0-9a-f]{32}-[1-9][0-9]{0,5}", logs[0]):
        fault(2, "logs", "does not hold one log, named after its key")
    base = f"logs/{logs[0]}/" if logs else "logs/"
    origin = f"bearwitness/{mark[1].decode() if mark else '0' * 32}/{base[5:-1].replace('-', '/')}"
    heads = {name for name in names if re.fullmatch(re.escape(base) + "checkpoints/[0-9]{12,}", name)}
    lines = base + "entries.jsonl"
    log = read_log(folder, lines, {int(name.split("/")[-1]) for name in heads})
    public = attempt(4, lines, opening, log.first, origin)
    sealed, good = 0, {}
    for name in sorted(heads):
        head = attempt(5, name, open_checkpoint, read(folder, name), origin, public)
        if head and f"{head[0]:012d}" != name.split("/")[-1]:
            fault(5, name, "is not named after its size")
        elif head:
            good[head[0]] = read(folder, name)
            if log.roots.get(head[0]) == head[1]:
                sealed = head[0]
            else:
                fault(5, lines, f"entries {sealed} to {head[0] - 1} are not the ones that were sealed")
    newest = read(folder, base + "checkpoint")
    if newest not in good.values():
        fault(5, base + "checkpoint", "is missing, or none of the published checkpoints")
    if (loose := log.size - sealed) or log.torn or newest != good.get(max(good, default=0)):  # step 6
        notes.append(f"NOT SEALED YET: {loose} entries, {log.torn} bytes. A command is at work or has died.")
    objects = stored(folder, names, log)
    rest(folder, names - objects - heads, base, log.first)
    who = whose(public, log.first[1]["body"].get("demo")) if public else "of an unknown key"
    return f"{log.size} entries, {sealed} of them sealed, {len(objects)} sealed files, {who}", 8

def read_log(folder, name, sizes):
    """What its lines give. roots: at the given sizes. named, long: digest -> entry that names it."""
    log = SimpleNamespace(first=[], size=0, torn=0, roots={}, named={}, long={}, gone=set())
    stack, previous, follows = [], "0" * 64, 0
    for line in io.BytesIO(read(folder, name)):
        if line[-1:] != b"\n":
            log.torn = len(line)
            break
        entry = attempt(3, f"{name} entry {log.size}", read_entry, line[:-1], log)
        if entry and follows is not None and entry["seq"] != follows:
            fault(3, f"{name} entry {log.size}", f"is numbered {entry['seq']} where {follows} follows")
        elif entry and follows is not None and entry["prev"] != previous:
            fault(3, f"{name} entry {max(log.size - 1, 0)}", f"or {log.size} was changed: the link does not fit")
        follows = entry["seq"] + 1 if entry else None
        leaf = sha256(b"\0" + line[:-1]).digest()
        grow(stack, leaf, log.size)
        previous, log.size = leaf.hex(), log.size + 1
        if log.size in sizes:
            log.roots[log.size] = root_of(stack)
    return log

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

def stored(folder, names, log):
    found = (re.fullmatch(r"objects/([0-9a-f]{2})/(\1[0-9a-f]{62})", name) for name in names)
    there = {place[2]: place[0] for place in found if place}
    now = {digest: digest_of(folder, name) for digest, name in there.items()}
    for digest, seq in log.long.items():
        if now.get(digest) == digest:
            body = attempt(7, there[digest], canonical, b'{"body":' + read(folder, there[digest]) + b"}")
            log.named.update({named: seq for named in digests(body or {}) if named not in log.named})
    for digest, seq in log.named.items():
        if digest not in there and digest not in log.gone:
            fault(7, f"objects/{digest[:2]}/{digest}", f"is missing; entry {seq} names it")
    for digest in sorted(digest for digest in there if now[digest] != digest):
        fault(7, there[digest], f"is not what was sealed (entry {log.named.get(digest, 'unknown')})")
    return set(there.values())

def rest(folder, names, base, first):
    files = first[0]["body"].get("files") if first else None
    for pair in files if isinstance(files, list) else []:
        if isinstance(pair, list) and len(pair) == 2 and str(pair[0]) in names \
                and digest_of(folder, pair[0]) != pair[1]:
            fault(8, pair[0], "is not what it was when the case was opened")
    known = {"BEARWITNESS", "README.txt", base + "entries.jsonl", base + "checkpoint"}
    for name in sorted(known - names):
        fault(8, name, "is missing")
    lock = base + "lock" if not read(folder, base + "lock") else ""
    strays(8, names - known - {lock}, "does not belong here; no digest covers it")

def strays(step, names, what):
    for name in sorted(names):
        if name.split("/")[-1] in LITTER:
            notes.append(f"{name} was left by a desktop.")
        else:
            fault(step, name, what)

def main(words):
    folder = words[0] if words else os.path.dirname(os.path.abspath(__file__))
    inner, steps = os.path.join(folder, ".bearwitness"), re.split(r"\nA (?:release|case)[^\n]*:\n", __doc__)
    if any(os.path.exists(os.path.join(folder, name)) for name in ("RELEASE.json", "RELEASE.sig")):
        kind, (summary, done), titles = "Release", release(folder), steps[1]
    elif os.path.isdir(inner):
        kind, (summary, done), titles = "Case", case(inner), steps[2]
    else:
        print(f"There is neither a release nor a case in {folder}.", file=sys.stderr)
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
    return 3 if any(note.startswith("NOT SEALED") for note in notes) else 0

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
