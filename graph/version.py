"""The version of all that makes a graph of facts, and its pieces of a release: by content."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from importlib.resources import files
from typing import Final

from extract.facts import FACTS_VERSION
from ontology.sources import package_files

#: What the pieces depend on beside our own files.
_ENGINES: Final = ("pyoxigraph", "rdflib")
_SOURCES: Final = (".py", ".toml", ".csv", ".sql", ".json", ".gz", ".ttl")


@cache
def graph_version() -> str:
    """SHA-256, in hexadecimal, of all that a mapping depends on but facts, identities and settings."""
    told = f"facts {FACTS_VERSION} " + " ".join(f"{name} {metadata.version(name)}" for name in _ENGINES)
    digest = hashlib.sha256(told.encode())
    for room in ("graph", "ontology"):
        for name, content in package_files(files(room), _SOURCES):
            digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()
