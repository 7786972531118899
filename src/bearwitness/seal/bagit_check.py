"""Is this folder a valid bag? Versions 0.93 to 1.0, strictly; nothing is fetched, nothing outside the folder is opened.

The steps, in order; each number stands again where it happens:
 1 bagit.txt declares a known version and an encoding, in exactly its form, without a byte order mark.
 2 Every manifest and fetch.txt names files inside the bag only: no absolute path, drive, `..`, `~`, UNC, %VARIABLE%.
 3 No file is listed twice with different digests (in 1.0: not twice at all); in 1.0 every payload manifest lists all files.
 4 Every listed file is there with its digest, or is still to be fetched; every payload file is listed.
 5 Every listed tag file is there with its digest.                6 Payload-Oxum, where given, is the size and count.
Warnings say what works on one system and not on another: names that differ by case or by Unicode normalization only,
system files, names with a leading `./`, md5sum's own marks.
Sources: RFC 8493 (1.0); draft-kunze-bagit-05 to -14 (0.93 to 0.97); verdicts as in the Library of Congress suite.
"""
from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

VERSIONS = ("0.93", "0.94", "0.95", "0.96", "0.97", "1.0")
_DECLARED = re.compile(r"BagIt-Version: (\d+\.\d+)\r?\n?Tag-File-Character-Encoding: ([\w.:-]+)\s*\Z")
_MANIFEST = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt")
_LINE = re.compile(r"([0-9a-fA-F]+)[ \t]+(\*)?(.*)")
_SYSTEM = re.compile(r"(^|/)(\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$", re.IGNORECASE)
_DEVICE = re.compile(r"(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.[^/]*)?$", re.IGNORECASE)
MAX_TAG = 64 * 2**20


@dataclass(slots=True)
class Verdict:
    """faults: why it is no valid bag. warnings: what a person should know. truthy when valid."""

    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return not self.faults


def check_bag(folder: Path) -> Verdict:
    """The verdict on a folder. Never raises for what the folder holds."""
    return _Bag(Path(folder)).check()


class _Bag:
    def __init__(self, folder: Path) -> None:
        self.folder, self.found = folder, Verdict()
        self.version, self.encoding = (0, 0), "utf-8"
        self.there: dict[str, Path] = {}
        self.gone = 0
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_symlink():
                self.fault(f"{name} is a link, and a link is not followed")
            elif path.is_file():
                self.there[name] = path

    def fault(self, words: str) -> None:
        if words not in self.found.faults:
            self.found.faults.append(words)

    def warn(self, words: str) -> None:
        if words not in self.found.warnings:
            self.found.warnings.append(words)

    def check(self) -> Verdict:
        if not self.declared():
            return self.found
        fetch = self.fetch()
        lists = {name: self.manifest(name) for name in self.there if _MANIFEST.fullmatch(name)}
        payload = {name: listed for name, listed in lists.items() if not name.startswith("tag")}
        tags = {name: listed for name, listed in lists.items() if name.startswith("tag")}
        if not payload:
            self.fault("there is no payload manifest")
        if not (self.folder / "data").is_dir():
            self.fault("there is no folder data/")
        self.payload(payload, fetch)
        for name, listed in tags.items():
            self.digests(name, listed, set())
        self.oxum(fetch)
        return self.found

    def text(self, name: str, encoding: str) -> str | None:
        """A tag file's text; None, and a fault, where it cannot be read."""
        path = self.there.get(name)
        if path is None or path.stat().st_size > MAX_TAG:
            self.fault(f"{name} is missing or too large")
            return None
        try:
            return path.read_bytes().decode(encoding)
        except (UnicodeDecodeError, LookupError):
            self.fault(f"{name} is not in the encoding {encoding}")
            return None

    def declared(self) -> bool:  # step 1
        text = self.text("bagit.txt", "utf-8")
        if text is None:
            return False
        found = _DECLARED.fullmatch(text)
        if not found or "\n" not in text.strip():
            self.fault("bagit.txt is not two lines, a version and an encoding, in their form")
            return False
        if found[1] not in VERSIONS:
            self.fault(f"bagit.txt declares version {found[1]}, which is not known")
            return False
        self.version = tuple(int(part) for part in found[1].split("."))          # type: ignore[assignment]
        self.encoding = found[2]
        return True

    def manifest(self, name: str) -> dict[str, str]:
        """File name -> digest, of one manifest."""
        text = self.text(name, self.encoding if self.version < (1, 0) else "utf-8")
        listed: dict[str, str] = {}
        for line in (text or "").splitlines():
            if not line.strip():
                continue
            row = _LINE.fullmatch(line)
            if not row:
                self.fault(f"{name} has a line that is none: {line[:60]!r}")
                continue
            file, digest = self.spelled(row[3]), row[1].lower()
            if row[2]:
                self.warn(f"{name} was made with md5sum's own tools: names have a star")
            if file.startswith("./"):
                self.warn(f"{name} names files with a leading ./")
                file = file[2:]
            if not self.inside(name, file):
                continue
            if file in listed:  # step 3
                self.twice(name, file, listed[file] == digest)
            listed[file] = digest
        self.alike(name, list(listed))
        return listed

    def spelled(self, name: str) -> str:
        """A name as its manifest means it: %0A, %0D and %25 stand for themselves, from version 1.0 also by rule."""
        return re.sub("%(0[AaDd]|25)", lambda found: unquote(found[0]), name) if name not in self.there else name

    def twice(self, manifest: str, file: str, same: bool) -> None:
        if same and self.version < (1, 0):
            self.warn(f"{manifest} lists {file} twice")
        else:
            self.fault(f"{manifest} lists {file} twice" + ("" if same else " with different digests"))

    def inside(self, where: str, name: str) -> bool:  # step 2
        plain = name.replace("\\", "/")
        outside = (plain.startswith(("/", "~")) or re.match(r"[A-Za-z]:", plain) or re.match("%[A-Za-z]+%", plain)
                   or ".." in plain.split("/") or "\x00" in plain)
        if outside:
            self.fault(f"{where} names {name!r}, which lies outside of the bag")
        elif _DEVICE.search(plain):
            self.warn(f"{name} is the name of a device on Windows")
        return not outside

    def alike(self, manifest: str, names: list[str]) -> None:
        seen: dict[str, str] = {}
        for name in names:
            key = unicodedata.normalize("NFC", name).casefold()
            if key in seen:
                kind = "case" if unicodedata.normalize("NFC", name) != unicodedata.normalize("NFC", seen[key]) \
                    else "Unicode normalization"
                self.warn(f"{manifest} lists {name!r} and {seen[key]!r}, which differ by {kind} only")
            seen[key] = name
            if _SYSTEM.search(name):
                self.warn(f"{name} is a system's own file")

    def fetch(self) -> set[str]:
        """Names of files that are still to be fetched."""
        out: set[str] = set()
        if "fetch.txt" not in self.there:
            return out
        for line in (self.text("fetch.txt", self.encoding) or "").splitlines():
            parts = line.split(None, 2)
            if len(parts) != 3 or not re.fullmatch(r"-|\d+", parts[1]):
                self.fault(f"fetch.txt has a line that is none: {line[:60]!r}") if line.strip() else None
                continue
            name = self.spelled(parts[2])
            if self.inside("fetch.txt", name):
                out.add(name)
                if not name.startswith("data/"):
                    self.fault(f"fetch.txt names {name!r}, which is no payload")
        return out

    def payload(self, manifests: dict[str, dict[str, str]], fetch: set[str]) -> None:  # step 4
        there = {name for name in self.there if name.startswith("data/")}
        every = set().union(*manifests.values()) if manifests else set()
        for name, listed in manifests.items():
            self.digests(name, listed, fetch)
            missing = (every if self.version >= (1, 0) else set()) - set(listed)
            if missing:
                self.fault(f"{name} does not list {sorted(missing)[0]}, which another manifest lists")
        composed = {unicodedata.normalize("NFC", name) for name in every}
        for name in sorted(there - every):
            if unicodedata.normalize("NFC", name) in composed:
                self.warn(f"{name!r} is listed in another Unicode normalization")
            else:
                self.fault(f"{name} is in no manifest")

    def digests(self, manifest: str, listed: dict[str, str], fetch: set[str]) -> None:  # steps 4 and 5
        algorithm = _MANIFEST.fullmatch(manifest)[2]                             # type: ignore[index]
        if algorithm not in hashlib.algorithms_available:
            self.fault(f"{manifest} uses an algorithm that is not known")
            return
        forms = {unicodedata.normalize("NFC", name): path for name, path in self.there.items()}
        for name, digest in listed.items():
            path = self.there.get(name) or forms.get(unicodedata.normalize("NFC", name))
            other = next((at for each, at in self.there.items() if each.casefold() == name.casefold()), None)
            if path is None and name in fetch:
                self.warn(f"{name} is still to be fetched")
            elif path is None and _SYSTEM.search(name):
                self.warn(f"{name}, a system's own file, is listed and gone")
                self.gone += 1
            elif path is None and other is not None and _digest(other, algorithm) == digest:
                self.warn(f"{name!r} is there as {other.name!r}, which differs by case only")
            elif path is None:
                self.fault(f"{name} is listed in {manifest} and is missing")
            elif _digest(path, algorithm) != digest:
                self.fault(f"{name} is not what {manifest} lists")

    def oxum(self, fetch: set[str]) -> None:  # step 6
        name = "bag-info.txt" if "bag-info.txt" in self.there else "package-info.txt"
        if name not in self.there:
            return
        found = re.search(r"^Payload-Oxum\s*:\s*(\S+)", self.text(name, self.encoding) or "", re.MULTILINE | re.IGNORECASE)
        if not found or fetch:
            return
        files = [path for each, path in self.there.items() if each.startswith("data/")]
        if not self.gone and found[1] != f"{sum(path.stat().st_size for path in files)}.{len(files)}":
            self.fault(f"Payload-Oxum says {found[1]}, and the payload is another")


def _digest(path: Path, algorithm: str) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, algorithm).hexdigest()
