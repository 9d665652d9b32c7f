"""What a request asks of a named query: its values, which rows, in which order they come. Pure reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from fastapi import Request

from queries import NamedQuery
from service.problems import Problem

#: Parameters of the address that say how to answer and are no values of a query.
FORMS: Final = frozenset({"excel", "lang", "limit", "offset"})
MAX_LIMIT: Final = 100_000
MAX_OFFSET: Final = 1_000_000_000
_SELECT: Final = "SELECT"


@dataclass(frozen=True)
class Slice:
    """Which rows: all of them, or ``limit`` from ``offset`` on."""

    limit: int | None
    offset: int

    def links(self, path: str, address: str, total: int) -> dict[str, str]:
        """Addresses of the first, previous, next and last pages, those there are; ``address``: the values, encoded."""
        if self.limit is None:
            return {}
        last = max(0, (total - 1) // self.limit * self.limit)
        offsets = {"first": 0}
        if self.offset > 0:
            offsets["prev"] = max(0, min(self.offset - self.limit, last))
        if self.offset + self.limit < total:
            offsets["next"] = self.offset + self.limit
        offsets["last"] = last
        start = f"{path}?{address}&" if address else f"{path}?"
        return {rel: f"{start}limit={self.limit}&offset={offset}" for rel, offset in offsets.items()}


@dataclass(frozen=True)
class Asked:
    """A named query with what the address gives it; ``values`` without the empty ones."""

    query: NamedQuery
    values: Mapping[str, str]
    rows: Slice
    excel: bool

    @property
    def address(self) -> str:
        """The values, as they stand in an address."""
        return urlencode(self.values)


def read(request: Request, query: NamedQuery) -> Asked:
    """What the address asks. Raises Problem 400, which says which parameter, what was expected, and an example."""
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in given:
            raise _refused(query.name, name, "donné deux fois", "une seule valeur", f"{name}={value}")
        given[name] = value.strip()
    values = {name: value for name, value in given.items() if value and name not in FORMS}
    rows = Slice(
        _count(query, given, "limit", 1, MAX_LIMIT),
        _count(query, given, "offset", 0, MAX_OFFSET) or 0,
    )
    return Asked(query, values, rows, given.get("excel", "") not in ("", "0", "false"))


def _count(query: NamedQuery, given: Mapping[str, str], name: str, least: int, most: int) -> int | None:
    text = given.get(name, "")
    if not text:
        return None
    if query.form != _SELECT:
        raise _refused(query.name, name, "sans objet", "rien : cette requête rend un graphe, tout entier", "")
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
        expected = f"un nombre entier de {least} à {most}"
        raise _refused(query.name, name, f"« {text[:50]} »", expected, f"{name}=100")
    return int(text)


def _refused(query: str, name: str, reason: str, expected: str, example: str) -> Problem:
    detail = f"Requête « {query} », paramètre « {name} » : {reason} ; attendu : {expected}."
    return Problem.of_value(detail, name, expected, example)
