"""What the page shows, to take home: its lines as CSV and JSON, its network as GEXF, its drawing as SVG and PNG."""

from __future__ import annotations

import json as json_file
from collections.abc import Iterator

import networkx as nx
from fastapi import APIRouter, Request, Response

import queries
from graph.export.networks import gexf
from graph.ledger import Line
from queries.loader import DG
from service.pages import ask, french, money, tables
from service.pages.funding import asked as asking
from service.pages.funding import picture, views
from service.pages.funding.asked import Asked
from service.pages.render import PageRoute, csv_file, json, missing

router = APIRouter(route_class=PageRoute)

#: The named query that has the same columns.
QUERY = "flows"


@router.get("/funding.csv")
def funding_csv(request: Request, excel: bool = False) -> Response:
    """All lines of the selection as CSV (``excel=1``: semicolons and decimal commas)."""
    content = tables.to_csv(queries.find(QUERY).columns, _records(asking.read(request)), excel=excel)
    return csv_file(content, "financements")


@router.get("/funding.json")
def funding_json(request: Request) -> Response:
    """All lines of the selection as JSON, with the filters and the sum."""
    asked = asking.read(request)
    sums = views.basics(request, asked.criteria).sums
    rows = tables.to_json(queries.find(QUERY).columns, _records(asked))
    told = None if sums.amount is None else float(sums.amount)
    filters: dict[str, object] = {}
    for name, value in asked.selection.pairs():
        filters[name] = [*asked.selection.years] if name == "year" and len(asked.selection.years) > 1 else value
    return json({"query": QUERY, "filters": filters, "total": told, "count": len(rows), "rows": rows})


@router.get("/funding.gexf")
def funding_gexf(request: Request) -> Response:
    """The selection as a network for Gephi: one edge a pair, its weight the sum. An end that no act names is a node
    of its own, so that the edges add up to the sum of the page."""
    asked = asking.read(request)
    content = gexf(_network(asked), _created(asked))
    headers = {"Content-Disposition": 'attachment; filename="financements.gexf"'}
    return Response(content, media_type="application/gexf+xml", headers=headers)


@router.get("/funding/network.json")
def funding_network(request: Request) -> Response:
    """The network as drawn: bodies with their place, payments with their sum."""
    asked = asking.read(request)
    return json(picture.network(asked))


@router.get("/funding.svg")
def funding_svg(request: Request) -> Response:
    """The drawing of the view asked for, alone."""
    return Response(_drawing(asking.read(request)), media_type="image/svg+xml", headers=_named("svg"))


@router.get("/funding.png")
def funding_png(request: Request) -> Response:
    """The same in pixels."""
    content = picture.png(_drawing(asking.read(request)))
    return Response(content, media_type="image/png", headers=_named("png"))


def _drawing(asked: Asked) -> str:
    drawn = picture.svg(asked)
    if drawn is None:
        raise missing("Cette vue n’a pas de dessin", "Les vues en schéma, en réseau et par année en ont un.")
    return drawn


def _named(suffix: str) -> dict[str, str]:
    return {"Content-Disposition": f'inline; filename="financements.{suffix}"'}


def _records(asked: Asked) -> Iterator[dict[str, str]]:
    """The lines as rows of the query ``flows``, for CSV and JSON."""
    for line in views.lines(asked.request, asked.criteria, asked.shown.order, 0, -1):
        yield {name: value for name, value in _record(asked, line).items() if value}


def _record(asked: Asked, line: Line) -> dict[str, str]:
    row = {
        "year": str(line.year),
        "amount": "" if line.amount is None else f"{line.amount:f}",
        "period": french.years(line.first, line.last),
        "status": DG + line.status,
        "kind": DG + line.kind,
        "confidence": "" if line.confidence is None else f"{line.confidence:f}",
        "act": line.title,
        "act_iri": line.act,
        "date": line.date,
        "evidence_iri": line.evidence or "",
        "funding_iri": line.funding,
    }
    for role in ("funder", "programme", "beneficiary"):
        party = getattr(line, role)
        if party is not None:
            row |= {role: asked.things[party].label, f"{role}_iri": asked.things[party].iri}
    return row


def _created(asked: Asked) -> str:
    """The day the release was made, ISO 8601; the first of all days where its manifest does not tell."""
    manifest = json_file.loads((ask.reader(asked.request).live().path / "manifest.json").read_text(encoding="utf-8"))
    return str(manifest.get("created", "1970-01-01"))[:10]


def _network(asked: Asked) -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    with money.of(asked.request).ledger.choose(asked.criteria, once=True) as chosen:
        pairs = chosen.pairs()
    for (payer, receiver), amount in pairs.items():
        ends = [_node(graph, asked, payer, "funder"), _node(graph, asked, receiver, "beneficiary")]
        graph.add_edge(*ends, weight=float(amount), amount=float(amount))
    return graph


def _node(graph: nx.DiGraph[str], asked: Asked, party: int | None, role: str) -> str:
    thing = asked.things[party] if party is not None else None
    key = thing.iri if thing else f"unnamed-{role}"
    graph.add_node(key, label=asked.name(party, role), kind=thing.kind if thing else "")
    return key
