"""Triples as an HTTP answer: serialised with the project's prefixes, in the format that was negotiated."""

from collections.abc import Iterable, Sequence
from typing import Final

from fastapi import Request
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from ontology.terms import PREFIXES
from service.negotiation import Choice, Format, by_name, choose
from service.problems import Problem

#: The engine's format of each name of service.negotiation.GRAPHS.
ENGINE: Final = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
}


def write(triples: Iterable[Triple], format_name: str) -> bytes:
    """Triples in a format of service.negotiation.GRAPHS."""
    kept = list(triples)
    data = serialize(kept, format=ENGINE[format_name], prefixes=_used(kept))
    return data if data is not None else b""


def _used(triples: list[Triple]) -> dict[str, str]:
    """The prefixes that some IRI of the triples begins with."""
    terms = (term for triple in triples for term in (triple.subject, triple.predicate, triple.object))
    iris = {term.value for term in terms if isinstance(term, NamedNode)}
    iris |= {t.object.datatype.value for t in triples if isinstance(t.object, Literal)}
    namespaces = {iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in iris}
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if namespace in namespaces}


def negotiate(request: Request, offers: Sequence[Format], asked: str | None = None) -> Choice:
    """The format of `asked` (the format= parameter or a suffix), else the best for Accept. Raises Problem 406."""
    choice = by_name(asked, offers) if asked else choose(request.headers.get("accept"), offers)
    if choice is None:
        formats = [offer.media for offer in offers]
        detail = f"Formats proposés : {', '.join(formats)} ; par Accept, ou format={'|'.join(o.name for o in offers)}."
        raise Problem(406, "not-acceptable", "Format non proposé", detail, formats=formats)
    return choice
