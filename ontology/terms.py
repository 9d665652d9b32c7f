"""The namespaces of the graph and the prefixes they are bound to, everywhere the same.

``PREFIXES`` is the one table of prefixes: serialisers, SPARQL forms, shapes and pages bind from it.
"""

from __future__ import annotations

from typing import Final

from rdflib import Graph, URIRef
from rdflib import namespace as _of_rdflib
from rdflib.namespace import DefinedNamespace, Namespace


class Terms(Namespace):
    """A namespace that makes each of its terms once: the same IRI is then the same object, which compares at once."""

    def __getattr__(self, name: str) -> URIRef:
        """The term ``name``; asked for again, Python finds it as an attribute."""
        if name.startswith("__"):
            raise AttributeError(name)
        made = self.__dict__[name] = self.term(name)
        return made

    def __getitem__(self, key: str) -> URIRef:  # type: ignore[override]
        """The term ``key``, for names that Python does not allow."""
        known: URIRef | None = self.__dict__.get(key)
        return known if known is not None else self.__getattr__(key)


class Known:
    """A namespace of rdflib's, which knows its terms and makes one whenever it is asked; here each is made once."""

    def __init__(self, namespace: type[DefinedNamespace]) -> None:
        self._namespace = namespace

    def __getattr__(self, name: str) -> URIRef:
        """The term ``name``; asked for again, Python finds it as an attribute."""
        if name.startswith("_"):
            raise AttributeError(name)
        made: URIRef = getattr(self._namespace, name)
        self.__dict__[name] = made
        return made

    def __getitem__(self, key: str) -> URIRef:
        """The term ``key``, for names that Python does not allow."""
        known: URIRef | None = self.__dict__.get(key)
        if known is None:
            known = self.__dict__[key] = self._namespace[key]
        return known

    def __str__(self) -> str:
        """Its IRI."""
        return str(self._namespace)


DCAT: Final = Known(_of_rdflib.DCAT)
DCT: Final = Known(_of_rdflib.DCTERMS)
FOAF: Final = Known(_of_rdflib.FOAF)
ORG: Final = Known(_of_rdflib.ORG)
OWL: Final = Known(_of_rdflib.OWL)
PROV: Final = Known(_of_rdflib.PROV)
RDF: Final = Known(_of_rdflib.RDF)
RDFS: Final = Known(_of_rdflib.RDFS)
SH: Final = Known(_of_rdflib.SH)
SKOS: Final = Known(_of_rdflib.SKOS)
VOID: Final = Known(_of_rdflib.VOID)
XSD: Final = Known(_of_rdflib.XSD)
DG: Final = Terms("https://w3id.org/delibgraph/ns#")
#: The ontology itself, without the hash.
ONTOLOGY_IRI: Final = "https://w3id.org/delibgraph/ns"
#: Shapes: ``DGS["funding-amount-negative"]``.
DGS: Final = Terms("https://w3id.org/delibgraph/shapes#")
ELI: Final = Terms("http://data.europa.eu/eli/ontology#")
ELI_DL: Final = Namespace("http://data.europa.eu/eli/eli-draft-legislation-ontology#")
BESLUIT: Final = Namespace("http://data.vlaanderen.be/ns/besluit#")
MANDAAT: Final = Namespace("http://data.vlaanderen.be/ns/mandaat#")
FRAPO: Final = Namespace("http://purl.org/cerif/frapo/")
CV: Final = Namespace("http://data.europa.eu/m8g/")
OA: Final = Namespace("http://www.w3.org/ns/oa#")
OPENGOV: Final = Namespace("http://www.w3.org/ns/opengov#")
SCHEMA: Final = Namespace("http://schema.org/")

PREFIXES: Final[dict[str, str]] = {
    "dg": str(DG),
    "dgs": str(DGS),
    "besluit": str(BESLUIT),
    "cv": str(CV),
    "dcat": str(DCAT),
    "dct": str(DCT),
    "eli": str(ELI),
    "eli-dl": str(ELI_DL),
    "foaf": str(FOAF),
    "frapo": str(FRAPO),
    "mandaat": str(MANDAAT),
    "oa": str(OA),
    "opengov": str(OPENGOV),
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SCHEMA),
    "sh": str(SH),
    "skos": str(SKOS),
    "void": str(VOID),
    "xsd": str(XSD),
}

__all__ = [
    "BESLUIT",
    "CV",
    "DCAT",
    "DCT",
    "DG",
    "DGS",
    "ELI",
    "ELI_DL",
    "FOAF",
    "FRAPO",
    "MANDAAT",
    "OA",
    "ONTOLOGY_IRI",
    "OPENGOV",
    "ORG",
    "OWL",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SH",
    "SKOS",
    "VOID",
    "XSD",
    "bind_prefixes",
]


def bind_prefixes(graph: Graph) -> Graph:
    """Bind every prefix of :data:`PREFIXES` on ``graph`` and return it."""
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, override=True, replace=True)
    return graph
