"""Fundings as the pages show them: one row a funding and year, with filters, sums and the query behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fastapi import Request

import queries
from service.pages import ask, links
from service.pages.sankey import Link

#: Name of the query behind /funding; its parameters are the filters of the page.
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
    conditional: bool
    confidence: str | None
    act: str
    act_iri: str
    date: str
    sentence: str | None


def flows(request: Request, filters: Mapping[str, str]) -> list[Flow]:
    """The fundings that pass ``filters``, latest year first. Raises queries.ValueRefusedError."""
    return [_flow(row) for row in ask.rows(request, queries.find(QUERY), filters)]


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


def _flow(row: ask.Record) -> Flow:
    return Flow(
        funding=row["funding_iri"],
        year=int(row["year"]),
        funder=_party(row, "funder", "Financeur non nommé"),
        programme=_party(row, "programme", "Hors dispositif"),
        beneficiary=_party(row, "beneficiary", "Bénéficiaire non nommé"),
        amount=Decimal(row["amount"]) if "amount" in row else None,
        period=row["period"],
        status=row["status"],
        kind=row.get("kind", ""),
        conditional="conditional" in row,
        confidence=row.get("confidence"),
        act=row.get("act", "Sans objet"),
        act_iri=row["act_iri"],
        date=row["date"],
        sentence=links.sentence(row.get("evidence_iri")),
    )


def _party(row: ask.Record, role: str, missing: str) -> Party:
    iri = row.get(f"{role}_iri")
    return Party(row.get(role) or (links.fallback_label(iri) if iri else missing), iri)
