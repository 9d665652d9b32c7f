"""Documents → facts: readers, segmentation and the spaCy pipeline. Knows no RDF.

    from extract import extract_source
    from extract.read import read_file

    facts = extract_source(read_file(Path("acte.txt")))

Names are loaded when first used: importing :mod:`extract.facts` alone (as ``graph`` does) loads no spaCy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.acts import extract_source
    from extract.errors import DocumentError, NotAnAct, ReadError
    from extract.version import EXTRACTOR

__all__ = ["EXTRACTOR", "DocumentError", "NotAnAct", "ReadError", "extract_source"]

_HOMES = {
    "EXTRACTOR": "extract.version",
    "DocumentError": "extract.errors",
    "NotAnAct": "extract.errors",
    "ReadError": "extract.errors",
    "extract_source": "extract.acts",
}


def __getattr__(name: str) -> object:
    """Load a public name from its module."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'extract' has no attribute {name!r}")
