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
The second half, for a case or a bundle, is verify_case.py, beside this file. Both were written apart from the program
they check, to be read. The format: docs/reference/log-format.md.
"""
# mypy: ignore-errors
import base64
import json
import os
import re
import sys
from functools import reduce
from hashlib import file_digest, sha256, sha512
from types import ModuleType

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
HEX, LITTER = re.compile(r"[0-9a-f]{64}"), {".DS_Store", "Thumbs.db", "desktop.ini"}
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

def strays(step, names, what):
    for name in sorted(names):
        if name.split("/")[-1] in LITTER:
            notes.append(f"{name} was left by a desktop.")
        else:
            fault(step, name, what)

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

# --- the other half: what a case and a bundle need stands in a file of its own beside this one
def case_part():
    here = os.path.dirname(os.path.abspath(__file__))
    places = [os.path.join(here, name) for name in ("verify_case.py", "verify_standalone_case.py")]
    place = next((place for place in places if os.path.isfile(place)), None)
    if place is None:
        return None
    sys.modules["verify"] = sys.modules[__name__]  # it takes what both halves need from here
    part = ModuleType("verify_case")
    with open(place, "rb") as half:
        exec(compile(half.read(), place, "exec"), part.__dict__)  # not imported: that would write a file of its own
    return part

def main(words):
    folder = words[0] if words else os.path.dirname(os.path.abspath(__file__))
    inner, steps = os.path.join(folder, ".bearwitness"), re.split(r"\nA (?:release|case)[^\n]*:\n", __doc__)
    if any(os.path.exists(os.path.join(folder, name)) for name in ("RELEASE.json", "RELEASE.sig")):
        kind, (summary, done), titles = "Release", release(folder), steps[1]
    elif os.path.isfile(os.path.join(folder, "bagit.txt")) or os.path.isdir(inner):
        part, bundle = case_part(), os.path.isfile(os.path.join(folder, "bagit.txt"))
        if part is None:
            print("A case or a bundle needs verify_case.py beside verify.py: take both from one release.", file=sys.stderr)
            return 2
        kind, (summary, done) = "Bundle" if bundle else "Case", part.bundle(folder) if bundle else part.case(inner)
        titles = steps[2] if bundle else re.sub(r"^ 0.*?\.  +", " ", steps[2])
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
