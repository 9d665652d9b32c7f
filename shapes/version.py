"""The version of the gate: of the shapes, of the code that applies them and of what they read, by content.

A verdict that was kept is worth what the gate that gave it is: any change here asks every document again.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from importlib.resources import files
from typing import Final

from ontology.sources import package_files

#: What a verdict depends on beside our own files.
_ENGINES: Final = ("pyshacl", "rdflib")
_SOURCES: Final = (".py", ".ttl", ".rq", ".toml")


@cache
def gate_version() -> str:
    """SHA-256, in hexadecimal, of all that a verdict depends on but the graph."""
    digest = hashlib.sha256(" ".join(metadata.version(name) for name in _ENGINES).encode())
    for room in ("shapes", "ontology"):
        for name, content in package_files(files(room), _SOURCES):
            digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()
