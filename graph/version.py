"""The version of all that makes a graph of facts, and its pieces of a release: by content."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from extract.facts import FACTS_VERSION

#: What the pieces depend on beside our own files.
_ENGINES: Final = ("pyoxigraph", "rdflib")
_SOURCES: Final = (".py", ".toml", ".csv", ".sql", ".json", ".gz", ".ttl")


@cache
def graph_version() -> str:
    """SHA-256, in hexadecimal, of all that a mapping depends on but facts, identities and settings."""
    told = f"facts {FACTS_VERSION} " + " ".join(f"{name} {metadata.version(name)}" for name in _ENGINES)
    digest = hashlib.sha256(told.encode())
    for room in ("graph", "ontology"):
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
