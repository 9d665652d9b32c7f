"""Who is who, over all documents: persons, organisations, programmes, acts, and the keys of their IRIs.

    with Registry(data / "identities.sqlite") as registry:
        resolution = resolve(documents, registry, read_judgements(data / "curation" / "judgements.jsonl"))

Source facts are never rewritten. The resolution is a function of the set of facts and judgements: the order of
documents changes nothing; over several runs the clusters are the same and keys stay as first minted.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.facts import DocumentFacts
from graph.resolve.judgement import Judgement, JudgementError, read_judgements
from graph.resolve.match import Candidate, Match, Reason
from graph.resolve.registry import Registry, RegistryError
from graph.resolve.resolution import Resolution
from graph.resolve.resolver import Resolver

__all__ = [
    "Candidate",
    "Judgement",
    "JudgementError",
    "Match",
    "Reason",
    "Registry",
    "RegistryError",
    "Resolution",
    "read_judgements",
    "resolve",
]


def resolve(documents: Sequence[DocumentFacts], registry: Registry, judgements: Sequence[Judgement] = ()) -> Resolution:
    """Resolve ``documents`` together; keys are minted in ``registry``, all of them or, on an error, none."""
    with registry.transaction():
        return Resolver(registry, judgements).resolve(documents)
