"""The graphs of the whole of a set of documents, of which most were in the last set."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from itertools import islice
from typing import Final

from graph.curation import merges_of
from graph.iri import Iris
from graph.mapping.identities import KINDS, former_keys, redirects, territories, thing
from graph.mapping.mandates import map_organ
from graph.mapping.registers import map_register_matches
from graph.registers import RegisterMatch
from graph.release import Identities, Piece
from graph.resolve import Resolution
from graph.resolve.resolution import Entity, Mark, OrganisationEntity
from graph.search import Told as Searched
from graph.triples import Triple, TripleGraph
from graph.whole.kept import anew
from graph.whole.said import Said
from graph.whole.told import Saying
from graph.whole.units import Unit, Units

#: Things that are looked at together.
_TOGETHER: Final = 2_000
_ORGAN: Final = "organ"
_IDENTITIES, _MERGES = range(2)


class Whole:
    """Who is who in the documents published, and why names are one. Look at it after :meth:`update`."""

    def __init__(self, db: sqlite3.Connection, base: str) -> None:
        """``db``: that of :func:`graph.whole.kept`, or another with its schema; ``base``: that of the IRIs."""
        self._iris, self._base = Iris(base), base
        self._names = str(self._iris.identities), str(self._iris.graph("matches"))
        self._use(db)

    def update(self, resolution: Resolution, sayings: Sequence[Saying], matches: Iterable[RegisterMatch] = ()) -> None:
        """Make the graphs of these documents, which are all of the resolution; ``matches``: those of the registers."""
        found: dict[str, list[RegisterMatch]] = defaultdict(list)
        for match in matches:
            found[match.organisation].append(match)
        try:
            self._update(resolution, sayings, found)
        except sqlite3.DatabaseError:  # damaged, or a full disk: made anew, in memory, and nothing is kept
            with suppress(sqlite3.DatabaseError):
                self._db.execute("ROLLBACK")
            self._use(anew())
            self._update(resolution, sayings, found)

    def identities(self) -> Identities:
        """Who is who, as a release takes it. What it tells the search index is read as it is asked for."""
        return Identities(self._units.piece(_IDENTITIES), self._units.told())

    def merges(self) -> Piece | None:
        """The graph of matches within things (:func:`graph.curation.merges_of`); None where it would be empty."""
        piece = self._units.piece(_MERGES)
        return piece if piece.quads else None

    def authorities(self) -> list[str]:
        """The keys of the organisations that are local authorities, in order."""
        return self._units.authorities()

    def is_published(self, kind: str, key: str) -> bool:
        """Whether a thing is told in the graph of identities."""
        return self.said.is_named(kind, key) or (kind, key) in self._territories

    def _use(self, db: sqlite3.Connection) -> None:
        self._db, self.said, self._units = db, Said(db), Units(db, self._names)
        self._territories: frozenset[tuple[str, str]] = frozenset()

    def _update(
        self, resolution: Resolution, sayings: Sequence[Saying], matches: dict[str, list[RegisterMatch]]
    ) -> None:
        organs = self.said.update(sayings)
        self._territories = frozenset(territories(resolution, self.said.named("programme", "", None)))
        published, former = frozenset(each.sha256 for each in sayings), former_keys(resolution)
        for kind in KINDS:
            for mark in self._changed(kind, resolution, former, matches):
                entity = resolution.entities(kind)[mark.key]
                texts = resolution.texts(kind, entity, published)
                self._units.put(self._thing(kind, entity, texts, mark, former.get((kind, mark.key), ()), matches))
        for organ in sorted(organs):
            self._organ(organ)

    def _changed(
        self,
        kind: str,
        resolution: Resolution,
        former: dict[tuple[str, str], tuple[str, ...]],
        matches: dict[str, list[RegisterMatch]],
    ) -> Iterator[Mark]:
        """The marks of published things of which something differs, stamped; those published no more are dropped."""
        marks, after = resolution.marks(kind), ""
        while True:
            some = list(islice(marks, _TOGETHER))
            last = some[-1].key if some else None
            known, named = self._units.stamps(kind, after, last), self.said.named(kind, after, last)
            for mark in some:
                if mark.key not in named and (kind, mark.key) not in self._territories:
                    continue
                links = [self.is_published(*link) for link in mark.links]
                found = matches.get(mark.key, ()) if kind == "organisation" else ()
                stamp = _hashed(mark.told, former.get((kind, mark.key), ()), links, found)
                if known.pop(mark.key, None) != stamp:
                    yield mark._replace(told=stamp)
            for key in known:
                self._units.drop(kind, key)
            if last is None:
                return
            after = last

    def _thing(
        self,
        kind: str,
        entity: Entity,
        texts: list[str],
        mark: Mark,
        former: Collection[str],
        matches: dict[str, list[RegisterMatch]],
    ) -> Unit:
        told: Iterable[Triple] = {
            *thing(kind, entity, texts, self.is_published, self._iris),
            *redirects(kind, entity.key, former, self._iris),
        }
        if kind == "organisation" and entity.key in matches:
            graph = TripleGraph()
            graph.found.update(told)
            map_register_matches(matches[entity.key], graph, self._base)
            told = graph
        is_authority = isinstance(entity, OrganisationEntity) and entity.kind == "local_authority"
        searched = Searched.of(told).pack()
        graphs = told, set(merges_of(kind, entity, self._iris))
        return Unit(kind, entity.key, mark.told, searched, graphs, is_authority)

    def _organ(self, organ: str) -> None:
        if sittings := self.said.sittings(organ):
            graph = map_organ(sittings, self._base)
            self._units.put(Unit(_ORGAN, organ, b"", Searched.of(graph).pack(), (graph, ())))
        else:
            self._units.drop(_ORGAN, organ)


def _hashed(told: bytes, *others: object) -> bytes:
    digest = blake2b(told, digest_size=16)
    digest.update(repr(others).encode())
    return digest.digest()
