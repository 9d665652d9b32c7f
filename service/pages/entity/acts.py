"""Deliberations in a portrait, latest first: all that name, are about or cite a node."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from pyoxigraph import NamedNode

from service.pages.entity.blocks import Cell, Desk
from service.pages.entity.graph import term


class Latest(Sequence[NamedNode]):
    """The acts that have a node for a property, latest first, then by their addresses; those without a date last.

    Of a node that many acts name, the latest acts of all are gone through until the page is full: the store need not
    give all of them to be put in order.
    """

    #: Acts up to which all are read and put in order.
    FEW = 1_000
    #: How many of the latest acts of all are gone through.
    LATEST = 1_000

    def __init__(self, desk: Desk, name: str, node: NamedNode) -> None:
        """``name`` is the property, compact ("dg:mentions")."""
        self._desk, self._name, self._node = desk, name, node
        self._count = desk.count(term(name), node)
        self.days: dict[str, str] = {}
        """Dates (ISO) of the acts that were given, by IRI."""

    def __len__(self) -> int:
        """How many they are."""
        return self._count

    @overload
    def __getitem__(self, place: int) -> NamedNode: ...
    @overload
    def __getitem__(self, place: slice) -> list[NamedNode]: ...
    def __getitem__(self, place: int | slice) -> NamedNode | list[NamedNode]:
        """One, or a page of them."""
        if isinstance(place, int):
            return self._all()[place]
        start, stop, _ = place.indices(self._count)
        found = self._among_latest(start, stop) or self._all()[start:stop]
        self.days |= self._desk.days(found)
        return found

    def _among_latest(self, start: int, stop: int) -> list[NamedNode]:
        """The page, where it is found among the latest acts of all; empty where not."""
        if self._count <= self.FEW:
            return []
        facts, found = self._desk.facts, list[NamedNode]()
        for iri in self._desk.money.ledger.latest(self.LATEST):
            act = NamedNode(iri)
            if facts.leads(act, self._name, self._node):
                found.append(act)
            if len(found) == stop:
                return found[start:]
        return []

    def _all(self) -> list[NamedNode]:
        every = set(self._desk.facts.pointing(self._name, self._node))
        days = self._desk.days(every)
        return sorted(every, key=lambda act: (days.get(act.value, ""), act.value), reverse=True)


def acts(desk: Desk, name: str, node: NamedNode, key: str = "acts") -> None:
    """The table of the acts that have ``node`` for the property ``name``."""
    facts, found = desk.facts, Latest(desk, name, node)

    def row(act: NamedNode) -> list[Cell]:
        session = facts.one(act, "dg:session")
        body = facts.one(session, "dg:governingBody") if session else None
        return [desk.figure("date", found.days.get(act.value)), desk.link(act), desk.link(body) if body else Cell("")]

    desk.table(key, [("date", "date"), ("act", "text"), ("body", "text")], found, row)
