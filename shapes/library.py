"""The shapes, read once a process: as written for other engines, and prepared for ours.

As written they are plain SHACL core with SPARQL targets. Prepared, the prefixes are put in front of each SELECT,
which spares pySHACL collecting them again at every validation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pyshacl.shapes_graph import ShapesGraph
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from ontology.terms import DGS, bind_prefixes

#: What a shape says to people alone.
FOR_READERS = frozenset({SH.message, DGS.template, DGS.concerns})


@dataclass(frozen=True, slots=True)
class ShapeText:
    """What a shape says: messages and templates by language, the property it is about, its SELECT.

    ``severity`` is the IRI sh:Violation, sh:Warning or sh:Info. ``path`` is the property of sh:path (of an inverse
    path, the property walked back; of alternatives, the first) or of dgs:concerns. ``select`` is the full query of
    the SPARQL target, prefixes included, None for a shape with a core target.
    """

    severity: URIRef
    messages: dict[str, str]
    templates: dict[str, str]
    path: URIRef | None
    select: str | None


@cache
def load() -> Graph:
    """The shapes graph as written in ``shapes/*.ttl``. It is shared: do not change it."""
    graph = bind_prefixes(Graph())
    for path in sorted(files("shapes").iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".ttl"):
            graph.parse(data=path.read_text(encoding="utf-8"), format="turtle")
    return graph


@cache
def prepared() -> ShapesGraph:
    """pySHACL's own view of the shapes, built once: building it costs more than validating an act.

    What only people read is left out: pySHACL compares every predicate of a shape with every SHACL parameter.
    """
    graph = Graph(store="SimpleMemory")
    for triple in load():
        if triple[1] not in FOR_READERS:
            graph.add(triple)
    for target, select in list(graph.subject_objects(SH.select)):
        graph.remove((target, SH.prefixes, None))
        graph.set((target, SH.select, Literal(_with_prefixes(str(select)))))
    prepared = ShapesGraph(graph)
    _ = prepared.shapes  # gathers them all; asked for a few by name, pySHACL would know those few ever after
    return prepared


@cache
def texts() -> dict[str, ShapeText]:
    """What each shape says, by the IRI of the shape."""
    graph = load()
    return {str(shape): _text(graph, shape) for shape in set(graph.subjects(SH.severity, None))}


def _text(graph: Graph, shape: Node) -> ShapeText:
    target = graph.value(shape, SH.target)
    select = graph.value(target, SH.select) if target is not None else None
    return ShapeText(
        severity=URIRef(str(graph.value(shape, SH.severity))),
        messages=_by_language(graph, shape, SH.message),
        templates=_by_language(graph, shape, DGS.template),
        path=_property(graph, graph.value(shape, SH.path) or graph.value(shape, DGS.concerns)),
        select=_with_prefixes(str(select)) if select is not None else None,
    )


def _property(graph: Graph, path: Node | None) -> URIRef | None:
    if path is None or isinstance(path, URIRef):
        return path
    alternatives = graph.value(path, SH.alternativePath)
    inner = graph.value(path, SH.inversePath) or (graph.value(alternatives, RDF.first) if alternatives else None)
    return _property(graph, inner)


def _by_language(graph: Graph, shape: Node, predicate: URIRef) -> dict[str, str]:
    literals = (value for value in graph.objects(shape, predicate) if isinstance(value, Literal))
    return {value.language or "": str(value) for value in literals}


def _with_prefixes(select: str) -> str:
    return prefixes() + select


@cache
def prefixes() -> str:
    """The PREFIX lines that every SELECT of this room is written with (sh:declare in ``shapes.ttl``)."""
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in sorted(namespaces().items()))


@cache
def namespaces() -> dict[str, str]:
    """The namespaces by prefix."""
    graph = load()
    return {
        str(graph.value(node, SH.prefix)): str(graph.value(node, SH.namespace))
        for node in graph.objects(None, SH.declare)
    }
