"""RDF exports. N-Quads and TriG keep the named graphs; the formats of triples hold their union."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from graph.rdf import union
from graph.release.layout import Release
from ontology.terms import PREFIXES


def write_packed(release: Release, out: Path) -> None:
    """The dump as it is: gzipped N-Quads."""
    shutil.copyfile(release.dump, out)


def write_nquads(release: Release, out: Path) -> None:
    """The dump, unpacked, in a stream."""
    with gzip.open(release.dump, "rb") as packed, out.open("wb") as plain:
        shutil.copyfileobj(packed, plain, 1 << 20)


def write_trig(release: Release, out: Path) -> None:
    """All named graphs, in a stream."""
    _write_graphs(release, out, ox.RdfFormat.TRIG)


def write_jsonld(release: Release, out: Path) -> None:
    """All named graphs as JSON-LD, in a stream."""
    _write_graphs(release, out, ox.RdfFormat.JSON_LD)


def write_turtle(release: Release, out: Path) -> None:
    """The union of the named graphs, in a stream."""
    _write_union(release, out, ox.RdfFormat.TURTLE)


def write_rdfxml(release: Release, out: Path) -> None:
    """The union of the named graphs, in a stream."""
    _write_union(release, out, ox.RdfFormat.RDF_XML)


def _write_graphs(release: Release, out: Path, form: ox.RdfFormat) -> None:
    with gzip.open(release.dump, "rb") as packed:
        quads = ox.parse(cast("IO[bytes]", packed), ox.RdfFormat.N_QUADS)
        ox.serialize(quads, str(out), form, prefixes=PREFIXES)


def _write_union(release: Release, out: Path, form: ox.RdfFormat) -> None:
    found = release.store().quads_for_pattern(None, None, None, ox.DefaultGraph())
    ox.serialize(union(found), str(out), form, prefixes=PREFIXES)
