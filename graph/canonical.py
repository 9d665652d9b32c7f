"""A hash of a dataset that does not depend on order or on blank node labels (RDF Dataset Canonicalization 1.0).

https://www.w3.org/TR/rdf-canon/
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

import pyoxigraph as ox
from rdflib import Graph

from graph.rdf import quads


def canonical_hash(found: Iterable[ox.Quad]) -> str:
    """SHA-256, in hexadecimal, of the canonical N-Quads of a dataset."""
    dataset = ox.Dataset(found)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = (ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    return sha256(b"".join(sorted(lines))).hexdigest()


def canonical_hash_of_graphs(graphs: Mapping[str, Graph]) -> str:
    """The same, of rdflib graphs by name."""
    return canonical_hash(quad for name, graph in graphs.items() for quad in quads(graph, name))
