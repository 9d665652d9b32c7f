"""Which thing or fact a person means: an IRI, ``type/key``, or a name that only one thing bears."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode

from graph.iri import reference
from graph.normal import words
from ontology.terms import DG, FOAF, RDF, SKOS
from service.linked_data.resource import successor
from service.store import Quads

#: What can be merged and kept apart, and its class.
THINGS: Final = {"person": DG.Person, "organisation": DG.Organisation, "programme": DG.Programme}
#: What can be rejected. A reading is a funding that awaits judgement.
FACTS: Final = frozenset({"funding", "reading", "agreement", "strand", "action", "attendance"})
_NAMES = tuple(NamedNode(str(p)) for p in (SKOS.prefLabel, SKOS.altLabel, SKOS.notation, FOAF.name))
_TYPE = NamedNode(str(RDF.type))
_FORM = re.compile(r"([a-z]+)/([^/\s]+)")
#: Candidates that an error lists.
_SHOWN = 8


class CurationError(ValueError):
    """A judgement cannot be given as asked; str() says why and what to do, in French."""


def thing(store: Quads, base: str, said: str) -> tuple[str, str]:
    """(type, key) of the person, organisation or programme that ``said`` means. Raises :class:`CurationError`."""
    if (found := _named(base, said)) is None:
        return _by_name(store, base, said)
    kind, key = found
    if kind not in THINGS:
        raise CurationError(
            f"« {said} » : seuls person/…, organisation/… et programme/… se rapprochent ou se séparent."
        )
    node = NamedNode(f"{base}/id/{kind}/{key}")
    node = successor(store, node) or node
    if not _is_a(store, node, str(THINGS[kind])):
        raise CurationError(f"« {said} » : inconnu de la version publiée. Chercher : delibgraph query names name=…")
    return kind, node.value.rsplit("/", 1)[-1]


def fact(store: Quads, base: str, said: str) -> tuple[str, str]:
    """(type, key) of the fact that ``said`` means, as it is published now. Raises :class:`CurationError`."""
    found = _named(base, said)
    if found is None or found[0] not in FACTS:
        raise CurationError(
            f"« {said} » : un fait se nomme par son adresse ou type/clé ({', '.join(sorted(FACTS))})."
            " Les lectures incertaines : delibgraph review"
        )
    kind, key = found
    for each in (kind, "reading" if kind == "funding" else "funding" if kind == "reading" else kind):
        node = NamedNode(f"{base}/id/{each}/{key}")
        if any(str(DG) in str(quad.object) for quad in store.quads_for_pattern(node, _TYPE, None)):
            return each, key
    raise CurationError(f"« {said} » : aucun fait de ce nom dans la version publiée.")


def name_of(store: Quads, base: str, kind: str, key: str) -> str:
    """What to call a thing: its first label, its key where it has none."""
    node = NamedNode(f"{base}/id/{kind}/{key}")
    for predicate in _NAMES:
        for quad in store.quads_for_pattern(node, predicate, None, DefaultGraph()):
            if isinstance(quad.object, Literal):
                return str(quad.object.value)
    return key


def _named(base: str, said: str) -> tuple[str, str] | None:
    """(type, key) where ``said`` is an IRI of ours or ``type/key``."""
    text = said.strip().removesuffix("/")
    if text.startswith(base + "/id/"):
        text = reference(text)
    elif "://" in text:
        raise CurationError(f"« {said} » : cette adresse n'est pas de ce site ({base}).")
    found = _FORM.fullmatch(text)
    return (found[1], found[2]) if found and found[1] in {*THINGS, *FACTS} else None


def _by_name(store: Quads, base: str, said: str) -> tuple[str, str]:
    found = sorted(set(_bearers(store, base, said)))
    if len(found) == 1:
        return found[0]
    if not found:
        raise CurationError(
            f"« {said} » : personne ni organisme de ce nom exact. Chercher : delibgraph query names name=…"
        )
    listed = " ; ".join(f"{kind}/{key} ({name_of(store, base, kind, key)})" for kind, key in found[:_SHOWN])
    more = f" ; et {len(found) - _SHOWN} autres" if len(found) > _SHOWN else ""
    raise CurationError(f"« {said} » : plusieurs portent ce nom. Préciser : {listed}{more}")


def _bearers(store: Quads, base: str, said: str) -> Iterator[tuple[str, str]]:
    wanted = words(said)
    for predicate in _NAMES:
        for quad in store.quads_for_pattern(None, predicate, None, DefaultGraph()):
            node, value = quad.subject, quad.object
            if not isinstance(node, NamedNode) or not isinstance(value, Literal):
                continue
            kind, _, key = reference(node.value).partition("/")
            if kind in THINGS and node.value.startswith(base + "/id/") and words(value.value) == wanted:
                yield kind, key


def _is_a(store: Quads, node: NamedNode, kind: str) -> bool:
    return next(store.quads_for_pattern(node, _TYPE, NamedNode(kind), DefaultGraph()), None) is not None
