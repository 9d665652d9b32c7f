"""Facts and identities → RDF, one named graph a document, one for the identities (see docs and contract example).

Pure and deterministic: no time stamp, no blank node; the same facts give the same graph.
"""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import Graph

from extract.facts import DocumentFacts
from graph.iri import DEFAULT_BASE, Iris
from graph.mapping.act import map_act
from graph.mapping.context import PUBLISH_THRESHOLD, Mapping
from graph.mapping.document import map_evidence, map_source
from graph.mapping.identities import map_identities
from graph.mapping.money import entail_funds, map_money
from graph.mapping.named import map_named
from graph.mapping.session import map_session
from graph.privacy import Privacy
from graph.resolve.resolution import Resolution
from graph.triples import TripleGraph

__all__ = ["PUBLISH_THRESHOLD", "map_document", "map_identities"]


def map_document(
    facts: DocumentFacts,
    resolution: Resolution,
    base: str = DEFAULT_BASE,
    file_names: Sequence[str] = (),
    threshold: float = PUBLISH_THRESHOLD,
) -> Graph:
    """The named graph of one document. ``file_names`` are the other names its content came under.

    An award read with less confidence than ``threshold`` is mapped as a reading to review. The graph tells the
    threshold, so that a release made under another one is another release.

    Facts that a person rejected are left out, with all that refers to them.
    """
    graph = TripleGraph()
    mapping = Mapping(facts, resolution, Iris(base), graph.found, Privacy(facts), threshold)
    map_source(mapping, file_names)
    for session, session_keys in zip(facts.sessions, mapping.keys.sessions, strict=True):
        map_session(mapping, session, session_keys)
    for act_facts, act_keys in zip(facts.acts, mapping.keys.acts, strict=True):
        act = map_act(mapping, act_facts, act_keys)
        map_named(mapping, act, act_facts, act_keys)
        map_money(mapping, act, act_facts, act_keys)
    map_evidence(mapping)
    _leave_out(mapping)
    entail_funds(mapping.triples)
    return graph


def _leave_out(mapping: Mapping) -> None:
    """Take out all that a person rejected, and what refers to it."""
    rejected = mapping.rejected
    if rejected:
        triples = mapping.triples
        triples -= {triple for triple in triples if triple[0] in rejected or triple[2] in rejected}
