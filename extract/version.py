"""The version of the extractor: of code, data and models, so that a changed pattern re-reads what it read."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from importlib.resources import files

from ontology.sources import package_files

_DIGITS = 8
_SOURCES = (".py", ".toml", ".gz")


@cache
def _digest() -> str:
    digest = hashlib.sha256()
    families = files("ontology").joinpath("programme-families.toml")
    for name, content in [*package_files(files("extract"), _SOURCES), (families.name, families.read_bytes())]:
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()[:_DIGITS]


def _package() -> str:
    try:
        return metadata.version("delibgraph")
    except metadata.PackageNotFoundError:
        return "0"


EXTRACTOR = f"delibgraph {_package()}+{_digest()}"
