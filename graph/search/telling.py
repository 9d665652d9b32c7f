"""What a graph tells of each thing that can be found: its kind, names, details and facets."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeVar

import orjson
from rdflib import URIRef
from rdflib.term import Node

from graph.triples import Triple
from ontology.terms import DCT, DG, ELI, FOAF, ORG, RDF, SKOS

#: Classes of what can be found, in the order in which the first that a thing has is its kind.
KINDS: Final = (
    "Deliberation", "Organisation", "Person", "Programme", "Action", "Strand", "GoverningBody", "Document",
)  # fmt: skip
#: Names, best first.
LABELS: Final = (
    ELI.title, FOAF.name, SKOS.prefLabel, DG.fileName, DCT.alternative, SKOS.altLabel, SKOS.notation, ELI.id_local,
)  # fmt: skip
_DETAILS: Final[dict[Node, str]] = {
    DG.siren: "siren", DG.rna: "rna", DG.inseeCode: "insee", SKOS.notation: "sigle", FOAF.givenName: "given",
    FOAF.familyName: "family", DG.startYear: "start", DG.endYear: "end", DG.sha256: "sha256",
}  # fmt: skip
_LINKS: Final = (
    DG.session, DG.governingBody, ORG.unitOf, DG.mentions, DG.decidedBy, DG.status, DG.funder, DG.beneficiary,
    DG.underProgramme, DG.family, DG.member, DG.president, DG.secretary, DG.proxyHolder, DG.supports, DG.start, DG.end,
    DCT.date, DCT.source, DCT.isPartOf,
)  # fmt: skip
_PEOPLE: Final = (DG.president, DG.secretary)
_RANKS: Final[dict[Node, int]] = {predicate: rank for rank, predicate in enumerate(LABELS)}
_KINDS: Final[dict[Node, int]] = {DG[kind]: rank for rank, kind in enumerate(KINDS)}

Facet = tuple[str, str]
Row = tuple[str, str, str, str]
S = TypeVar("S", bound=tuple[Any, ...])
#: Shares of what a graph of any size tells: one at a time is plain values, and is told again only where it changed.
SHARES: Final = 64


@dataclass(frozen=True)
class Quote:
    """A passage that a fact was read from: offsets in the published text, and what it tells, as facets."""

    start: int
    end: int
    facets: frozenset[Facet]


class _Role(NamedTuple):
    """What a predicate is to the index. It holds the predicate, whose identity it is found by."""

    predicate: Node
    links: dict[Node, list[Node]] | None
    is_type: bool
    rank: int | None
    detail: str | None
    says_nothing: bool


class Telling:
    """One graph, read once, as the index needs it."""

    def __init__(self, graph: Iterable[Triple]) -> None:
        self.kinds: dict[Node, int] = {}
        self.names: dict[Node, list[tuple[int, str]]] = defaultdict(list)
        self.details: set[tuple[Node, str, str]] = set()
        self._links: dict[Node, dict[Node, list[Node]]] = {link: defaultdict(list) for link in _LINKS}
        #: Place of a class among the kinds, its name where it is ours, by its identity: it is held here.
        self._classes: dict[int, tuple[Node, int | None, str | None]] = {}
        known: dict[int, _Role] = {}  # by identity: the few predicates of a graph are few objects
        for node, predicate, value in graph:
            role = known.get(id(predicate))
            if role is None:
                role = known[id(predicate)] = self._role(predicate)
            if role.says_nothing:
                continue
            if role.links is not None:
                role.links[node].append(value)
            elif role.is_type:
                self._class(node, value)
            if role.rank is not None:
                self.names[node].append((role.rank, str(value)))
            if role.detail is not None:
                self.details.add((node, role.detail, str(value)))

    def _role(self, predicate: Node) -> _Role:
        links, is_type = self._links.get(predicate), predicate == RDF.type
        rank, detail = _RANKS.get(predicate), _DETAILS.get(predicate)
        says_nothing = links is None and not is_type and rank is None and detail is None
        return _Role(predicate, links, is_type, rank, detail, says_nothing)

    def _class(self, node: Node, value: Node) -> None:
        found = self._classes.get(id(value))
        if found is None:
            is_ours = isinstance(value, URIRef) and value.startswith(str(DG))
            name = str(value).removeprefix(str(DG)) if is_ours else None
            found = self._classes[id(value)] = (value, _KINDS.get(value), name)
        _, rank, name = found
        if rank is not None and isinstance(node, URIRef):
            self.kinds[node] = min(rank, self.kinds.get(node, rank))
        if name is not None:
            self.details.add((node, "class", name))

    def named(self) -> Iterator[tuple[Node, int, str]]:
        """Each name: whose, its place in :data:`LABELS`, the text."""
        for node, names in self.names.items():
            if isinstance(node, URIRef):
                yield from ((node, rank, text) for rank, text in names)

    def detailed(self) -> Iterator[tuple[Node, str, str]]:
        """The details of what this graph names or classes."""
        known = self.kinds.keys() | {node for node, _, _ in self.named()}
        yield from (told for told in self.details if told[0] in known)

    def _of(self, node: Node, link: Node) -> list[Node]:
        return self._links[link].get(node, [])

    def facets(self) -> Iterator[tuple[Node, frozenset[Facet]]]:
        """Each thing with what it can be narrowed by; a thing may come several times."""
        for act, sessions in self._links[DG.session].items():
            if self.kinds.get(act) == 0:
                yield from self._act(act, sessions)
            else:
                yield from self._seat(act, sessions)
        for funding, acts in self._links[DG.decidedBy].items():
            told = self._money(funding)
            for link in (DG.funder, DG.beneficiary, DG.underProgramme):
                yield from ((end, told) for end in self._of(funding, link))
            yield from ((act, told) for act in acts)
        for thing in (*self._links[DG.family], *self._links[DCT.isPartOf]):
            yield thing, self._families((thing, *self._of(thing, DCT.isPartOf)))

    def _act(self, act: Node, sessions: Iterable[Node]) -> Iterator[tuple[Node, frozenset[Facet]]]:
        where = frozenset(facet for session in sessions for facet in self._where(session))
        named = self._of(act, DG.mentions)
        yield act, where | self._families(named)
        for session in sessions:
            people = [person for link in _PEOPLE for person in self._of(session, link)]
            bodies = self._of(session, DG.governingBody)
            authorities = [authority for body in bodies for authority in self._of(body, ORG.unitOf)]
            yield from ((thing, where) for thing in (*people, *bodies, *authorities))
        yield from ((thing, where) for thing in (*named, *self._of(act, DCT.source)))

    def _seat(self, entry: Node, sessions: Iterable[Node]) -> Iterator[tuple[Node, frozenset[Facet]]]:
        """An entry of a roster."""
        where = frozenset(facet for session in sessions for facet in self._where(session))
        for person in (*self._of(entry, DG.member), *self._of(entry, DG.proxyHolder)):
            yield person, where

    def _where(self, session: Node) -> Iterator[Facet]:
        for date in self._of(session, DCT.date):
            yield "year", str(date)[:4]
        for body in self._of(session, DG.governingBody):
            for authority in self._of(body, ORG.unitOf):
                yield "authority", str(authority)

    def _families(self, things: Iterable[Node]) -> frozenset[Facet]:
        return frozenset(("family", str(family)) for thing in things for family in self._of(thing, DG.family))

    def _money(self, funding: Node) -> frozenset[Facet]:
        if not self._of(funding, DG.decidedBy):
            return frozenset()  # an attendance has a status too
        statuses = frozenset(("status", str(status).removeprefix(str(DG))) for status in self._of(funding, DG.status))
        return statuses | self._families(self._of(funding, DG.underProgramme))

    @property
    def where(self) -> frozenset[Facet]:
        """Authority and year of the séances that the graph tells of."""
        return frozenset(f for sessions in self._links[DG.session].values() for s in sessions for f in self._where(s))

    def quotes(self) -> list[Quote]:
        """Every passage that supports a fact, in the order of the text."""
        found = []
        for evidence, facts in self._links[DG.supports].items():
            starts, ends = self._of(evidence, DG.start), self._of(evidence, DG.end)
            if starts and ends:
                told = frozenset(f for fact in facts for f in (*self._money(fact), *self._families((fact,))))
                found.append(Quote(int(str(starts[0])), int(str(ends[0])), told))
        return sorted(found, key=lambda quote: (quote.start, quote.end))


def _statements(
    kinds: Iterable[tuple[Node, int]],
    named: Iterable[tuple[Node, int, str]],
    detailed: Iterable[tuple[Node, str, str]],
    facets: Iterable[tuple[Node, frozenset[Facet]]],
) -> tuple[tuple[tuple[str, int], ...], tuple[Row, ...]]:
    """``kinds`` and ``rows`` of :class:`Told`."""
    rows = {(str(node), "name", str(rank), text) for node, rank, text in named}
    rows |= {(str(node), "detail", detail, value) for node, detail, value in detailed}
    rows |= {(str(node), "facet", *facet) for node, every in facets for facet in every}
    return tuple(sorted((str(node), kind) for node, kind in kinds)), tuple(sorted(rows))


def _shared(statements: Iterable[S]) -> list[list[S]]:
    """The statements by the share of the thing they begin with."""
    found: list[list[S]] = [[] for _ in range(SHARES)]
    for each in statements:
        found[zlib.crc32(str(each[0]).encode()) % SHARES].append(each)
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """What a graph tells of things, as plain values: all that the index needs of it.

    ``kinds``: (IRI, place of its kind in :data:`KINDS`); ``rows``: (IRI, "name", "detail" or "facet", key, value), the
    key of a name being its place in :data:`LABELS`; ``where``: authority and year of the séances.
    """

    kinds: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]
    where: tuple[Facet, ...] = ()
    quotes: tuple[Quote, ...] = ()

    @classmethod
    def of(cls, graph: Iterable[Triple]) -> Told:
        """Read a graph once."""
        telling = Telling(graph)
        kinds, rows = _statements(telling.kinds.items(), telling.named(), telling.detailed(), telling.facets())
        return cls(kinds, rows, tuple(sorted(telling.where)), tuple(telling.quotes()))

    @classmethod
    def shares(cls, graph: Iterable[Triple]) -> Iterator[Told]:
        """What a graph of any size tells of things, in :data:`SHARES`, each made when it is asked for.

        A thing is always in the same one, whatever else is told.
        """
        telling = Telling(graph)
        kinds, named = _shared(telling.kinds.items()), _shared(telling.named())
        detailed, facets = _shared(telling.detailed()), _shared(telling.facets())
        for place in range(SHARES):
            yield cls(*_statements(kinds[place], named[place], detailed[place], facets[place]))

    def pack(self) -> bytes:
        """As bytes."""
        quotes = [(quote.start, quote.end, sorted(quote.facets)) for quote in self.quotes]
        return zlib.compress(orjson.dumps((self.kinds, self.rows, self.where, quotes)), 1)

    @classmethod
    def unpack(cls, packed: bytes) -> Told:
        """What :meth:`pack` made bytes of."""
        kinds, rows, where, quotes = orjson.loads(zlib.decompress(packed))
        return cls(
            tuple(map(tuple, kinds)),
            tuple(map(tuple, rows)),
            tuple(map(tuple, where)),
            tuple(Quote(start, end, frozenset(map(tuple, facets))) for start, end, facets in quotes),
        )
