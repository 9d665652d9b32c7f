"""The version of the extractor: of code, data and models, so that a changed pattern re-reads what it read."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable

_DIGITS = 8


def _sources(folder: Traversable) -> list[tuple[str, bytes]]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir() and entry.name != "__pycache__":
            found += _sources(entry)
        elif entry.name.endswith((".py", ".toml", ".gz")):
            found.append((entry.name, entry.read_bytes()))
    return found


@cache
def _digest() -> str:
    digest = hashlib.sha256()
    families = files("ontology").joinpath("programme-families.toml")
    for name, content in [*_sources(files("extract")), (families.name, families.read_bytes())]:
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()[:_DIGITS]


def _package() -> str:
    try:
        return metadata.version("delibgraph")
    except metadata.PackageNotFoundError:
        return "0"


EXTRACTOR = f"delibgraph {_package()}+{_digest()}"
