"""Fundings as the pages show them: one row a funding and year, with filters and sums.

What counts and in which year is settled in :mod:`graph.flows`; here rows are only chosen, named and added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fastapi import Request

import queries
from graph import flows as graph_flows
from queries.loader import DG
from service.pages import ask, french, links
from service.pages.sankey import Link

#: The named query that answers as /funding does (a test holds them together); its parameters are the filters.
QUERY = "flows"


@dataclass(frozen=True)
class Party:
    """A funder, programme or beneficiary: name as shown, address (None: not stated)."""

    name: str
    iri: str | None


@dataclass(frozen=True)
class Flow:
    """One funding in one year. ``amount`` in euros of that year, None where the act states none."""

    funding: str
    year: int
    funder: Party
    programme: Party
    beneficiary: Party
    amount: Decimal | None
    period: str
    status: str
    kind: str
    confidence: str | None
    act: str
    act_iri: str
    date: str
    evidence: str | None

    @property
    def sentence(self) -> str | None:
        """The address of the passage it was read from, on the page of its document."""
        return links.sentence(self.evidence)


def flows(request: Request, filters: Mapping[str, str]) -> list[Flow]:
    """The fundings that pass ``filters``, latest year first, as :mod:`graph.flows` counts them.

    ``filters`` are those of the query ``flows``: year, programme, status, funder, beneficiary. Names are searched
    in every known spelling. Raises queries.ValueRefusedError.
    """
    bound = {name: term.value for name, term in queries.find(QUERY).bind(filters).items()}
    status = bound["_status"].removeprefix(DG)
    wanted = {role: _named(request, bound[f"_{role}"]) for role in ("funder", "beneficiary", "programme")}
    if wanted["programme"] is None:
        found = _read(request, status, None)
    else:
        found = [flow for iri in sorted(wanted["programme"]) for flow in _read(request, status, iri)]
    passages = {row["funding_iri"]: row["evidence_iri"] for row in ask.page_rows(request, "funding-passages")}
    shown = [
        _flow(year, flow, passages.get(flow.funding))
        for year, flow in graph_flows.by_year(found)
        if bound["_year"] in ("", str(year)) and _ends(flow.funder, wanted["funder"])
        if _ends(flow.beneficiary, wanted["beneficiary"])
    ]
    return sorted(shown, key=lambda f: (-f.year, -(f.amount or 0), f.amount is None, f.beneficiary.name, f.funding))


def _read(request: Request, status: str, programme: str | None) -> list[graph_flows.Flow]:
    def read() -> list[graph_flows.Flow]:
        return graph_flows.flows(ask.reader(request).live().store, status=status or None, programme=programme)

    return ask.remember(request, ("graph.flows", status, programme), read)


def _named(request: Request, folded: str) -> set[str] | None:
    """The IRIs that have a name which holds ``folded``; None where no name is asked for."""
    if not folded:
        return None
    return {row["thing_iri"] for row in ask.page_rows(request, "labels") if folded in queries.fold(row["label"])}


def _ends(party: graph_flows.Party | None, wanted: set[str] | None) -> bool:
    return wanted is None or (party is not None and party.iri in wanted)


def total(found: Iterable[Flow]) -> Decimal | None:
    """Sum of the stated amounts, None when none is stated: an unstated amount is never a zero."""
    stated = [flow.amount for flow in found if flow.amount is not None]
    return sum(stated, Decimal(0)) if stated else None


def by_year(found: Iterable[Flow]) -> dict[int, Decimal]:
    """Sums of the stated amounts by year, latest first."""
    sums: dict[int, Decimal] = {}
    for flow in found:
        if flow.amount is not None:
            sums[flow.year] = sums.get(flow.year, Decimal(0)) + flow.amount
    return dict(sorted(sums.items(), reverse=True))


def to_draw(found: Sequence[Flow]) -> list[Link]:
    """The sums of the diagram: one link a (funder, programme, beneficiary) with a stated amount."""
    sums: dict[tuple[Party, Party, Party], Decimal] = {}
    for flow in found:
        if flow.amount:
            parties = (flow.funder, flow.programme, flow.beneficiary)
            sums[parties] = sums.get(parties, Decimal(0)) + flow.amount
    return [
        Link((f.iri or f.name, p.iri or p.name, b.iri or b.name), (f.name, p.name, b.name), amount)
        for (f, p, b), amount in sums.items()
    ]


def names(found: Iterable[Flow], role: str) -> list[str]:
    """The names that a role (funder, programme, beneficiary) has in ``found``, for a form's suggestions."""
    parties = (getattr(flow, role) for flow in found)
    return sorted({party.name for party in parties if party.iri and "/private-" not in party.iri})


def record(flow: Flow) -> dict[str, str]:
    """A flow as a row of the query ``flows``, for CSV and JSON."""
    row = {
        "year": str(flow.year),
        "amount": "" if flow.amount is None else f"{flow.amount:f}",
        "period": flow.period,
        "status": flow.status,
        "kind": flow.kind,
        "confidence": flow.confidence or "",
        "act": flow.act,
        "act_iri": flow.act_iri,
        "date": flow.date,
        "evidence_iri": flow.evidence or "",
        "funding_iri": flow.funding,
    }
    for role in ("funder", "programme", "beneficiary"):
        party: Party = getattr(flow, role)
        row |= {role: party.name, f"{role}_iri": party.iri} if party.iri else {}
    return {name: value for name, value in row.items() if value}


def _flow(year: int | None, flow: graph_flows.Flow, evidence: str | None) -> Flow:
    return Flow(
        funding=flow.funding,
        year=year or 0,
        funder=_party(flow.funder, "Financeur non nommé"),
        programme=Party(flow.programme[1], flow.programme[0]) if flow.programme else Party("Hors dispositif", None),
        beneficiary=_party(flow.beneficiary, "Bénéficiaire non nommé"),
        amount=flow.amount,
        period=french.years(flow.start or year, flow.end or flow.start or year),
        status=flow.status,
        kind=flow.kind,
        confidence=None if flow.confidence is None else str(flow.confidence),
        act=flow.title or "Sans objet",
        act_iri=flow.deliberation,
        date=flow.date or "",
        evidence=evidence,
    )


def _party(party: graph_flows.Party | None, missing: str) -> Party:
    return Party(party.label, party.iri) if party else Party(missing, None)
