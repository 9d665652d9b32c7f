"""The Service Description: description.ttl with the formats on offer and the counts of the live release."""

from importlib import resources
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from service.catalogue.statistics import Counts
from service.negotiation import GRAPHS, RESULTS

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
# Unique URIs for file formats, www.w3.org/ns/formats/
_FORMATS: Final = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
    "ntriples": "N-Triples",
    "trig": "TriG",
    "nquads": "N-Quads",
}


def describe(base: str, counts: Counts | None) -> list[Triple]:
    """The triples of the description; `counts` is None before a first release."""
    text = resources.files("service.sparql").joinpath("description.ttl").read_bytes()
    quads = parse(text, RdfFormat.TURTLE, base_iri=f"{base}/")
    triples = [Triple(quad.subject, quad.predicate, quad.object) for quad in quads]
    service = NamedNode(f"{base}/sparql#service")
    triples += [
        Triple(service, NamedNode(_SD + "resultFormat"), NamedNode("http://www.w3.org/ns/formats/" + _FORMATS[name]))
        for name in (offer.name for offer in (*RESULTS, *GRAPHS))
    ]
    if counts is not None:
        union = NamedNode(f"{base}/sparql#union")
        triples.append(Triple(union, NamedNode(_VOID + "triples"), Literal(counts.triples)))
    return triples
