"""Who funds whom: the list of flows, their table by year, and the network they make (DESIGN §5).

Sums count top-level fundings only: a part of a total is left out, unless a programme is asked for of which the
total is not part. "par an" over a period is one flow a year in the table by year; a sum over several years
without "par an" is counted in its first year; a flow without a year in that of its séance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

import networkx as nx
import pyoxigraph as ox

from ontology.terms import DG, FOAF, RDF, SKOS

_QUERY = (Path(__file__).parent / "data" / "flows.rq").read_text(encoding="utf-8")
_KINDS_IN_FLOWS: Final = frozenset({"subsidy", "contribution"})
CLASSES: Final = ("Association", "LocalAuthority", "State", "PublicEstablishment", "Company")
PRIVATE_LABEL: Final = "Personne privée"
UNKNOWN_LABEL: Final = "Non précisé"


@dataclass(frozen=True, slots=True)
class Party:
    """One end of a flow. ``kind`` is the class of an organisation ("Association") or "PrivatePerson"."""

    iri: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Flow:
    """One funding as the graph tells it. ``amount`` is in euros, None where the act states none.

    ``year`` is the first year it counts in; ``per_year`` tells that the amount is due each year from ``start`` to
    ``end``. ``programme`` and ``action`` are (IRI, label).
    """

    funding: str
    status: str
    kind: str
    funder: Party | None
    beneficiary: Party | None
    amount: Decimal | None
    per_year: bool
    start: int | None
    end: int | None
    programme: tuple[str, str] | None
    action: tuple[str, str] | None
    part_of: str | None
    deliberation: str
    title: str
    number: str | None
    date: str | None
    confidence: float | None
    purpose: str | None

    @property
    def year(self) -> int | None:
        """The first year the flow counts in."""
        return self.start or (int(self.date[:4]) if self.date else None)

    @property
    def years(self) -> tuple[int, ...]:
        """Every year it counts in: all of its period where the amount is due each year."""
        if self.year is None:
            return ()
        last = self.end if self.per_year and self.end and self.end >= self.year else self.year
        return tuple(range(self.year, last + 1))


def flows(
    store: ox.Store,
    *,
    year: int | None = None,
    programme: str | None = None,
    status: str | None = "Awarded",
    funder: str | None = None,
    beneficiary: str | None = None,
    outside: bool = False,
) -> list[Flow]:
    """The flows of a store, by date. ``programme``, ``funder`` and ``beneficiary`` are IRIs; None means all.

    ``status`` None gives every status. ``outside`` adds the kinds that are no subsidy (guarantees, fees …). An end
    that the act does not name is None; :func:`network` leaves such flows out.
    """
    every = list(read_flows(store))
    programmes = {flow.funding: flow.programme[0] for flow in every if flow.programme}
    kept = []
    for flow in every:
        if status is not None and flow.status != status:
            continue
        if not outside and flow.kind not in _KINDS_IN_FLOWS:
            continue
        if year is not None and year not in flow.years:
            continue
        if programme is not None and (flow.programme is None or flow.programme[0] != programme):
            continue
        if flow.part_of and (programme is None or programmes.get(flow.part_of) == programme):
            continue
        if not _ends_at(flow.funder, funder) or not _ends_at(flow.beneficiary, beneficiary):
            continue
        kept.append(flow)
    return kept


def by_year(found: Iterable[Flow]) -> Iterator[tuple[int | None, Flow]]:
    """(year, flow) for each year a flow counts in: the table by year."""
    for flow in found:
        years: tuple[int | None, ...] = flow.years or (None,)
        for year in years:
            yield year, flow


def network(found: Iterable[Flow]) -> nx.MultiDiGraph[str]:
    """The flows with both ends known as a network of organisations.

    Nodes are IRIs with ``label`` and ``kind``; edges are keyed by the funding's IRI, with ``amount`` (float euros,
    absent where none is stated), ``year``, ``status``, ``programme``, ``kind``, ``per_year``, ``deliberation``.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for flow in found:
        if flow.funder is None or flow.beneficiary is None:
            continue
        for party in (flow.funder, flow.beneficiary):
            graph.add_node(party.iri, label=party.label, kind=party.kind)
        attributes = {
            "amount": None if flow.amount is None else float(flow.amount),
            "year": flow.year,
            "status": flow.status,
            "programme": flow.programme[1] if flow.programme else None,
            "kind": flow.kind,
            "per_year": flow.per_year,
            "deliberation": flow.deliberation,
        }
        known = {name: value for name, value in attributes.items() if value is not None}
        graph.add_edge(flow.funder.iri, flow.beneficiary.iri, key=flow.funding, **known)
    return graph


def read_flows(store: ox.Store) -> Iterator[Flow]:
    """Every funding of the store, parts and all kinds and statuses included, one each, by date."""
    names = _Names(store)
    solutions = store.query(_QUERY)
    seen: set[str] = set()
    for row in solutions if isinstance(solutions, ox.QuerySolutions) else ():
        flow = _flow(row, names)
        if flow.funding not in seen:  # a séance in two states gives its date twice
            seen.add(flow.funding)
            yield flow


class _Names:
    """Labels and classes of things, each read once."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._labels: dict[str, str] = {}
        self._kinds: dict[str, str] = {}

    def label(self, iri: str) -> str:
        if iri not in self._labels:
            found = [*self._values(iri, SKOS.prefLabel), *self._values(iri, FOAF.name)]
            self._labels[iri] = min(found, default=iri.rsplit("/", 1)[-1])
        return self._labels[iri]

    def kind(self, iri: str) -> str:
        if iri not in self._kinds:
            classes = {value.removeprefix(str(DG)) for value in self._values(iri, RDF.type)}
            self._kinds[iri] = next((c for c in CLASSES if c in classes), "Organisation")
        return self._kinds[iri]

    def _values(self, iri: str, predicate: str) -> Iterator[str]:
        for quad in self._store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None, None):
            yield _text(quad.object) or ""


def _flow(row: Mapping[str, object] | ox.QuerySolution, names: _Names) -> Flow:
    def text(name: str) -> str | None:
        return _text(row[name])

    def labelled(name: str) -> tuple[str, str] | None:
        iri = text(name)
        return (iri, names.label(iri)) if iri else None

    funder, beneficiary, amount = text("funder"), text("beneficiary"), text("amount")
    confidence = text("confidence")
    received = None
    if beneficiary and text("private"):
        received = Party(beneficiary, PRIVATE_LABEL, "PrivatePerson")
    elif beneficiary:
        received = Party(beneficiary, names.label(beneficiary), names.kind(beneficiary))
    return Flow(
        funding=text("funding") or "",
        status=_local(text("status")),
        kind=_local(text("kind")) or "subsidy",
        funder=Party(funder, names.label(funder), names.kind(funder)) if funder else None,
        beneficiary=received,
        amount=Decimal(amount) if amount else None,
        per_year=text("per") is not None,
        start=_year(text("start")),
        end=_year(text("end")),
        programme=labelled("programme"),
        action=labelled("action"),
        part_of=text("total"),
        deliberation=text("act") or "",
        title=text("title") or "",
        number=text("number"),
        date=text("date"),
        confidence=float(confidence) if confidence else None,
        purpose=text("purpose"),
    )


def _ends_at(party: Party | None, wanted: str | None) -> bool:
    return wanted is None or (party is not None and party.iri == wanted)


def _text(term: object) -> str | None:
    return str(getattr(term, "value", term)) if term is not None else None


def _local(iri: str | None) -> str:
    return (iri or "").rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _year(text: str | None) -> int | None:
    return int(text[:4]) if text else None
