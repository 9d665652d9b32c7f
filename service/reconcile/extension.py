"""Data extension: the values of properties of things that were matched, from the index and the store of one release."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, TypeAlias

from fastapi import Request
from pyoxigraph import NamedNode

from graph import flows
from graph.search import entities
from graph.search.entities import Entity
from service.pages import ask
from service.reconcile import offer
from service.reconcile.offer import Property
from service.reconcile.queries import Extension
from service.store import legible

Cell: TypeAlias = dict[str, Any]
#: Euros by role ("received", "paid"), thing and year; a year without a stated amount is not there.
Sums: TypeAlias = Mapping[tuple[str, str], Mapping[int, Decimal]]


@cache
def _query(name: str) -> str:
    return resources.files("service.reconcile").joinpath("rq", f"{name}.rq").read_text(encoding="utf-8")


def extend(request: Request, asked: Extension) -> dict[str, Any]:
    """The answer to a data extension query; properties that are not offered are left out."""
    index, base = ask.reader(request).live().path / "search.sqlite", ask.settings(request).base
    wanted = [each for name in asked.properties if (each := offer.find_property(name)) and each.source]
    found = {each.iri: each for each in entities.find(index, [_iri(base, each) for each in asked.ids])}
    reader = _Reader(request, base, {each.iri: each for each in _authorities(index, found.values())})
    rows = {
        each: {p.id: reader.cells(p, thing) if (thing := found.get(_iri(base, each))) else [] for p in wanted}
        for each in asked.ids
    }
    return {"meta": [_meta(each) for each in wanted], "rows": rows}


def key(entity: Entity, base: str) -> str:
    """The identifier of a thing in the service: "organisation/cesam"."""
    return entity.iri.removeprefix(f"{base}/id/")


def _iri(base: str, identifier: str) -> str:
    return identifier if identifier.startswith(f"{base}/id/") else f"{base}/id/{identifier}"


def _meta(wanted: Property) -> dict[str, Any]:
    kind = offer.types()["Organisation"].told() if wanted.source == "authorities" else None
    return {"id": wanted.id, "name": wanted.name, **({"type": kind} if kind else {})}


def _authorities(index: Any, things: Iterable[Entity]) -> tuple[Entity, ...]:
    return entities.find(index, sorted({iri for thing in things for iri in thing.authorities}))


class _Reader:
    """Reads the cells of one answer."""

    def __init__(self, request: Request, base: str, authorities: Mapping[str, Entity]) -> None:
        self._request = request
        self._base = base
        self._named = authorities
        self._sources: dict[str, Callable[[Property, Entity], list[Cell]]] = {
            "names": lambda _, thing: [{"str": name} for name in thing.names],
            "types": self._types,
            "authorities": self._authorities,
            "years": self._years,
            "money": self._money,
            "acts": self._acts,
            "same": self._same,
        }

    def cells(self, wanted: Property, thing: Entity) -> list[Cell]:
        """The values of one property of one thing."""
        read = self._sources.get(wanted.source or "")
        if read is not None:
            return read(wanted, thing)
        return [{"str": value[:4] if wanted.id in ("start", "end") else value}
                for value in sorted(thing.details.get(wanted.source or "", ()))]  # fmt: skip

    def _types(self, _: Property, thing: Entity) -> list[Cell]:
        return [{"str": each.name} for each in offer.types_of(thing.kind, thing.classes)[:1]]

    def _authorities(self, _: Property, thing: Entity) -> list[Cell]:
        known = [self._named[iri] for iri in thing.authorities if iri in self._named]
        return [{"id": key(each, self._base), "name": each.label} for each in known]

    def _years(self, wanted: Property, thing: Entity) -> list[Cell]:
        every = sorted(int(year) for year in thing.years)
        if wanted.id == "firstYear":
            every = every[:1]
        elif wanted.id == "lastYear":
            every = every[-1:]
        return [{"int": year} for year in every]

    def _money(self, wanted: Property, thing: Entity) -> list[Cell]:
        """Nothing where no amount is stated: an amount that no act states is no zero."""
        role = wanted.id.partition("-")[0]
        by_year = sums(self._request).get((role, thing.iri), {})
        if wanted.year is not None:
            return [{"float": float(by_year[wanted.year])}] if wanted.year in by_year else []
        return [{"float": float(sum(by_year.values()))}] if by_year else []

    def _acts(self, _: Property, thing: Entity) -> list[Cell]:
        rows = ask.reader(self._request).select(_query("acts"), thing=NamedNode(thing.iri))
        return [{"int": int(ask.text(row["acts"]))} for row in rows]

    def _same(self, _: Property, thing: Entity) -> list[Cell]:
        rows = ask.reader(self._request).select(_query("same"), thing=NamedNode(thing.iri))
        return [{"str": ask.text(row["same"])} for row in rows]


def sums(request: Request) -> Sums:
    """Euros awarded, by role, thing and year, counted as everywhere (:mod:`graph.flows`); made once a release."""

    def make() -> Sums:
        found: dict[tuple[str, str], dict[int, Decimal]] = {}
        with legible(ask.settings(request).data):
            every = flows.flows(ask.reader(request).on_disk())
        for year, flow in flows.by_year(every):
            for role, party in (("received", flow.beneficiary), ("paid", flow.funder)):
                if party is not None and flow.amount is not None and year is not None:
                    by_year = found.setdefault((role, party.iri), {})
                    by_year[year] = by_year.get(year, Decimal(0)) + flow.amount
        return found

    return ask.remember(request, "reconcile.sums", make)
