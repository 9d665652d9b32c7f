"""All that is remembered of a resolution, table by table."""

from __future__ import annotations

from dataclasses import dataclass

from graph.resolve.incremental.documents import Documents
from graph.resolve.incremental.identities import Identities
from graph.resolve.incremental.parts import KeptParts
from graph.resolve.incremental.programmes import KeptProgrammes
from graph.resolve.incremental.seances import Deeds, Sessions
from graph.resolve.incremental.store import Store
from graph.resolve.incremental.things import Things
from graph.resolve.judgement import Judgements
from graph.resolve.registry import Registry


@dataclass(frozen=True)
class Tables:
    """The tables of one registry, and the judgements as they stood before the update."""

    registry: Registry
    judgements: Judgements
    store: Store
    documents: Documents
    things: Things
    identities: Identities
    sessions: Sessions
    deeds: Deeds
    programmes: KeptProgrammes
    parts: KeptParts

    @classmethod
    def of(cls, registry: Registry, judgements: Judgements) -> Tables:
        """Those attached to a registry."""
        store, found = Store(registry.connection), Things(registry.connection)
        return cls(
            registry,
            judgements,
            store,
            Documents(registry.connection),
            found,
            Identities(registry, store, found, judgements),
            Sessions(registry),
            Deeds(registry),
            KeptProgrammes(registry, found, judgements),
            KeptParts(registry),
        )
