"""RDF exports. N-Quads and TriG keep the named graphs; the formats of triples hold their union."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pyoxigraph as ox

from graph.rdf import union
from graph.release.layout import Release
from ontology.terms import PREFIXES


def write_nquads(release: Release, out: Path) -> None:
    """The dump, unpacked, in a stream."""
    with gzip.open(release.dump, "rb") as packed, out.open("wb") as plain:
        shutil.copyfileobj(packed, plain, 1 << 20)


def write_trig(release: Release, out: Path) -> None:
    """All named graphs, in a stream."""
    release.store().dump(str(out), ox.RdfFormat.TRIG, prefixes=PREFIXES)


def write_jsonld(release: Release, out: Path) -> None:
    """All named graphs as JSON-LD, in a stream."""
    release.store().dump(str(out), ox.RdfFormat.JSON_LD, prefixes=PREFIXES)


def write_turtle(release: Release, out: Path) -> None:
    """The union of the named graphs, in a stream."""
    _write_union(release, out, ox.RdfFormat.TURTLE)


def write_rdfxml(release: Release, out: Path) -> None:
    """The union of the named graphs, in a stream."""
    _write_union(release, out, ox.RdfFormat.RDF_XML)


def _write_union(release: Release, out: Path, form: ox.RdfFormat) -> None:
    found = release.store().quads_for_pattern(None, None, None, None)
    ox.serialize(union(found), str(out), form, prefixes=PREFIXES)
