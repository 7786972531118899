"""The bytes of plain files, with few calls: a case has tens of thousands of small ones. Reads only.

A small file costs one opening, two reads and one closing; the second read is the proof that nothing follows.
"""
from __future__ import annotations

import os
from hashlib import sha256

SMALL, BLOCK = 1 << 16, 1 << 20
"""First read, and each later one [byte]: room for a long read costs more than a small file does."""
FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def read(path: str) -> bytes:
    """All bytes of a file. Raises OSError."""
    handle = os.open(path, FLAGS)
    try:
        found = os.read(handle, SMALL)
        block = os.read(handle, BLOCK if len(found) == SMALL else 1)
        if not block:
            return found
        blocks = [found]
        while block:
            blocks.append(block)
            block = os.read(handle, BLOCK)
        return b"".join(blocks)
    finally:
        os.close(handle)


def digest(path: str) -> str:
    """SHA-256 of a file, in hexadecimal. Raises OSError."""
    handle = os.open(path, FLAGS)
    try:
        block = os.read(handle, SMALL)
        total = sha256(block)
        block = os.read(handle, BLOCK if len(block) == SMALL else 1)
        while block:
            total.update(block)
            block = os.read(handle, BLOCK)
        return total.hexdigest()
    finally:
        os.close(handle)
