"""Short ways to make the terms and literals that the descriptions are made of."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode

from ontology.terms import PREFIXES

#: ``rdf:type``.
A: Final = NamedNode(PREFIXES["rdf"] + "type")
_NAMESPACES: Final = {
    **PREFIXES,
    "dcatap": "http://data.europa.eu/r5r/",
    "file": "http://publications.europa.eu/resource/authority/file-type/",
    "iana": "https://www.iana.org/assignments/media-types/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}


def term(name: str) -> NamedNode:
    """``dct:title`` → its IRI."""
    prefix, _, local = name.partition(":")
    return NamedNode(_NAMESPACES[prefix] + local)


def typed(value: str | int, datatype: str) -> Literal:
    """A literal of a datatype of XML Schema: ``typed(3, "nonNegativeInteger")``."""
    return Literal(str(value), datatype=term(f"xsd:{datatype}"))
