"""What is asked of each server: small look-ups, a few queries of each size, all named queries with their parameters.

Every text is asked once in a run (it ends in a comment of its own), with values drawn from the data: names, years,
addresses that are there. The values stand in the text as terms, so that every server gets the same.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from ontology.terms import PREFIXES
from queries import NamedQuery, catalogue
from service.remote.bound import bind

_PROLOGUE: Final = "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in ("dg", "dct", "eli", "foaf", "skos"))
#: What somebody looks up who has an address at hand; `?_it` is of the kind that stands before it.
SMALL: Final = {
    "ten names": ("", "SELECT ?o ?l { ?o a dg:Association ; skos:prefLabel ?l } LIMIT 10"),
    "name of an organisation": ("organisation", "SELECT ?l { ?_it skos:prefLabel ?l }"),
    "all of an organisation": ("organisation", "SELECT ?p ?o { ?_it ?p ?o }"),
    "what an organisation received": (
        "organisation",
        "SELECT ?f ?a ?l { ?f dg:beneficiary ?_it ; dg:funder ?p OPTIONAL { ?f dg:amount ?a } ?p skos:prefLabel ?l }",
    ),
    "title and date of an act": ("act", "SELECT ?t ?d { ?_it eli:title ?t ; dg:session/dct:date ?d }"),
    "who sat at a session": ("session", "SELECT ?n { ?e dg:session ?_it ; dg:member ?m . ?m foaf:name ?n }"),
    "sessions of a person": ("person", "SELECT ?d { ?e dg:member ?_it ; dg:session ?s . ?s dct:date ?d }"),
    "is it an organisation": ("organisation", "ASK { ?_it a dg:Organisation }"),
}
#: From half a millisecond to two hundred, whole classes.
SIZES: Final = {
    "one class counted": "SELECT (COUNT(*) AS ?n) { ?f a dg:Funding }",
    "all amounts": "SELECT ?f ?a { ?f a dg:Funding ; dg:amount ?a }",
    "who funds whom": "SELECT ?p ?b ?a { ?f dg:funder ?x ; dg:beneficiary ?y ; dg:amount ?a . "
    "?x skos:prefLabel ?p . ?y skos:prefLabel ?b }",
    "attendance, 5,000 rows": "SELECT ?n ?d { ?e a dg:Attendance ; dg:member ?m ; dg:session ?s . "
    "?m foaf:name ?n . ?s dct:date ?d } LIMIT 5000",
    "sums by status": "SELECT ?s (SUM(?a) AS ?t) { ?f dg:status ?s ; dg:amount ?a } GROUP BY ?s",
}
_DRAWN: Final = {
    "organisation": "SELECT ?it ?name { ?it a dg:Organisation ; skos:prefLabel ?name }",
    "person": "SELECT ?it ?name { ?it a dg:Person ; foaf:name ?name }",
    "programme": "SELECT ?it ?name { ?it a dg:Programme ; skos:prefLabel ?name }",
    "body": "SELECT ?it ?name { ?it a dg:GoverningBody ; skos:prefLabel ?name }",
    "act": "SELECT ?it ?name { ?it a dg:Deliberation ; eli:title ?name }",
    "session": "SELECT ?it ?name { ?it a dg:Session ; dct:date ?name }",
    "document": "SELECT ?it ?name { ?it a dg:Document ; dg:fileName ?name }",
    "fact": "SELECT ?it ?name { ?it a dg:Funding ; dg:status ?name }",
}
#: Parameters that are named otherwise than the kind of what they name.
_KINDS: Final = {
    "about": "organisation", "beneficiary": "organisation", "funder": "organisation", "party": "organisation",
    "name": "organisation",
}  # fmt: skip
_FIXED: Final = {"status": "Budgeted", "string": "0.8", "integer": "10"}


@dataclass(frozen=True)
class Group:
    """Texts of one label, each asked once; `kind` is small, size or named."""

    kind: str
    label: str
    texts: tuple[str, ...]


class _Draw:
    """Things that are in the data, drawn at random, alike in every run."""

    def __init__(self, store: Store) -> None:
        self._random = random.Random(5)  # noqa: S311 - a sample
        self._things = {kind: _things(store, _PROLOGUE + query) for kind, query in _DRAWN.items()}
        self._serial = secrets.token_hex(4)
        self._number = 0

    def thing(self, kind: str) -> tuple[NamedNode, str]:
        """Its address and its name."""
        return self._random.choice(self._things[kind])

    def value(self, name: str, kind: str) -> str:
        """For a parameter of that name and type."""
        if kind in _FIXED:
            return _FIXED[kind]
        if kind in ("year", "date"):
            return self.thing("session")[1][: 4 if kind == "year" else 10]
        iri, called = self.thing(_KINDS.get(name, name))
        return iri.value if kind == "iri" else called

    def once(self, text: str) -> str:
        """The text as nobody asked it before."""
        self._number += 1
        return f"{text} # {self._serial} {self._number}"


def groups(store: Store, small: int, large: int) -> Iterator[Group]:
    """All that is asked: so many texts of each small look-up, and of each of the others."""
    draw = _Draw(store)
    for label, (kind, query) in SMALL.items():
        yield Group("small", label, tuple(_small(draw, kind, query) for _ in range(small)))
    for label, query in SIZES.items():
        yield Group("size", label, tuple(draw.once(_PROLOGUE + query) for _ in range(large)))
    for name, named in catalogue().items():
        texts = (draw.once(bind(named.text, named.bind(_values(draw, named, turn)))) for turn in range(large))
        yield Group("named", name, tuple(texts))


def _small(draw: _Draw, kind: str, query: str) -> str:
    values = {"_it": draw.thing(kind)[0]} if kind else {}
    return draw.once(bind(_PROLOGUE + query, values))


def _values(draw: _Draw, query: NamedQuery, turn: int) -> Mapping[str, str]:
    """One parameter, each in its turn."""
    if not query.parameters:
        return {}
    parameter = query.parameters[turn % len(query.parameters)]
    return {parameter.name: draw.value(parameter.name, parameter.type)}


def _things(store: Store, query: str) -> list[tuple[NamedNode, str]]:
    solutions = store.query(query)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError(query)
    found = {
        (row["it"].value, row["name"].value)
        for row in solutions
        if isinstance(row["it"], NamedNode) and isinstance(row["name"], NamedNode | Literal)
    }
    return [(NamedNode(iri), name) for iri, name in sorted(found)]
