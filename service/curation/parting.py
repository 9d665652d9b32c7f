"""What a split would do, told before it is decided: the two sides, each with the address that it would have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from extract import EXTRACTOR
from extract.facts import DocumentFacts
from graph.iri import dockey
from graph.resolve import Judgement, Registry, Resolution, read_judgements
from graph.resolve.incremental import KeptResolver, State
from service.curation.decide import LOG, Wish, judged
from service.ingest.documents import DocumentStore
from service.ingest.lock import writing
from service.ingest.quarantine import Quarantine
from service.settings import Settings
from service.store import ReleaseReader


@dataclass(frozen=True)
class Part:
    """One thing that a split would make: ``ref`` is its type/key, ``names`` its spellings, the label first."""

    ref: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Parting:
    """What stays, and what goes. Both hold the same thing where other judgements bind them."""

    stays: tuple[Part, ...]
    goes: tuple[Part, ...]

    @property
    def parts(self) -> bool:
        """Whether the split would part anything."""
        return set(self.stays).isdisjoint(self.goes)


class _Rehearsed(Exception):
    """The resolution was only tried: undo it."""

    def __init__(self, found: Parting) -> None:
        super().__init__()
        self.found = found


def parting(wish: Wish, settings: Settings, *, wait: float = 0.0) -> Parting:
    """Try the split ``wish``: all is resolved under it and taken back, nothing is written.

    Raises CurationError, DataDirectoryBusy, NoReleaseError, JudgementError, RegistryError.
    """
    store = ReleaseReader(settings.data).on_disk()
    with writing(settings.data, wait=wait), Registry(settings.data / "identities.sqlite") as registry:
        log = read_judgements(settings.data.joinpath(*LOG))
        judgement = judged(wish, "?", store, settings.base, registry, log)
        state = State(registry)  # before the transaction: it opens its tables, which ends one
        try:
            with registry.transaction():
                resolver = KeptResolver(state, registry, (*log, judgement))
                _rehearse(judgement, _resolved(settings, resolver), registry)
        except _Rehearsed as rehearsed:
            return rehearsed.found


def _resolved(settings: Settings, resolver: KeptResolver) -> Resolution:
    """The resolution of what is published."""
    documents, held = DocumentStore(settings.data), {held.key for held in Quarantine(settings.data).held()}
    records = {r.sha256: r for r in documents.accepted() if dockey(r.sha256) not in held}
    stamps = {sha: documents.stamp(sha) for sha in records if documents.facts_path(sha).exists()}

    def facts(sha: str) -> DocumentFacts:
        found = documents.facts(sha, records[sha].name, EXTRACTOR)
        if found is None:
            raise LookupError(f"{documents.facts_path(sha)}: facts of another version, though published")
        return found

    return resolver.resolve(stamps, facts)


def _rehearse(judgement: Judgement, resolution: Resolution, registry: Registry) -> NoReturn:
    kind = judgement.left.partition("/")[0]
    sides = (judgement.left_signatures, judgement.right_signatures)
    stays, goes = (_parts(kind, registry.assigned(kind, side).values(), resolution) for side in sides)
    raise _Rehearsed(Parting(stays, goes))


def _parts(kind: str, keys: Iterable[str], resolution: Resolution) -> tuple[Part, ...]:
    entities = {
        "person": resolution.persons,
        "organisation": resolution.organisations,
        "programme": resolution.programmes,
    }[kind]
    known = [entities[key] for key in sorted(set(keys)) if key in entities]
    return tuple(
        Part(f"{kind}/{each.key}", tuple(spelling.text for spelling in (*each.names, *each.aliases))) for each in known
    )
