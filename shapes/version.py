"""The version of the gate: of the shapes, of the code that applies them and of what they read, by content.

A verdict that was kept is worth what the gate that gave it is: any change here asks every document again.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

#: What a verdict depends on beside our own files.
_ENGINES: Final = ("pyshacl", "rdflib")
_SOURCES: Final = (".py", ".ttl", ".rq", ".toml")


@cache
def gate_version() -> str:
    """SHA-256, in hexadecimal, of all that a verdict depends on but the graph."""
    digest = hashlib.sha256(" ".join(metadata.version(name) for name in _ENGINES).encode())
    for room in ("shapes", "ontology"):
        for name, content in _files(files(room)):
            digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()


def _files(folder: Traversable) -> list[tuple[str, bytes]]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            found += _files(entry)
        elif entry.name.endswith(_SOURCES):
            found.append((entry.name, entry.read_bytes()))
    return found
