"""What a result can be shown as beside a table: bars where it has figures, a network where it has links.

Both are made here, so that the page says them without scripts; a script may then enliven the network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Literal, TypeAlias

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, RdfFormat, parse

from service.labels import compact, local_path

View: TypeAlias = Literal["table", "chart", "graph"]
#: Bars and links that are shown; the table and the files have all of them.
MOST_BARS: Final = 60
MOST_LINKS: Final = 200

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS: Final = frozenset(_XSD + name for name in ("integer", "decimal", "double", "float", "int", "long"))
#: The width of the drawing of a bar, in its own units.
_SPAN: Final = Decimal(100)

Binding: TypeAlias = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Bar:
    """One row: its label, its figure as written, where its bar begins and how long it is (0 to 100)."""

    label: str
    href: str | None
    figure: str
    start: float
    length: float


@dataclass(frozen=True)
class Chart:
    """Bars of the column ``measure``, named by the column ``label`` ("" where there is none)."""

    label: str
    measure: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Link:
    """An arrow between two things, each with its address on this host or elsewhere."""

    source: str
    source_href: str | None
    name: str
    target: str
    target_href: str | None


def cell(term: Mapping[str, Any] | None, base: str) -> tuple[str, str | None]:
    """Text of a cell and where it leads: our own resources to their page on this host, others to themselves."""
    if term is None:
        return "", None
    value = str(term["value"])
    return thing(value, base) if term["type"] == "uri" else (value, None)


def thing(iri: str, base: str) -> tuple[str, str | None]:
    """An IRI as a reader may bear it, and where it leads."""
    path = local_path(iri, base)
    if path is None and iri.startswith(("http://", "https://")):
        path = iri
    return compact(iri, base), path


def chart(names: Sequence[str], bindings: Sequence[Binding], base: str) -> Chart | None:
    """Bars of the first column of numbers, named by the first that is not; None where no column is of numbers."""
    figures = {name: [_number(row.get(name)) for row in bindings[:MOST_BARS]] for name in names}
    measure = next((name for name in names if any(value is not None for value in figures[name])), None)
    if measure is None:
        return None
    known = [value for value in figures[measure] if value is not None]
    least, most = min(Decimal(0), *known), max(Decimal(0), *known)
    scale = _SPAN / ((most - least) or Decimal(1))
    label = next((name for name in names if all(value is None for value in figures[name])), "")
    bars = []
    for row, value in zip(bindings, figures[measure], strict=False):
        if value is not None:
            text, href = cell(row.get(label), base)
            start, length = (min(value, Decimal(0)) - least) * scale, abs(value) * scale
            bars.append(Bar(text, href, str(row[measure]["value"]), round(float(start), 2), round(float(length), 2)))
    return Chart(label, measure, tuple(bars))


def _number(term: Mapping[str, Any] | None) -> Decimal | None:
    if term is None or term.get("datatype") not in _NUMBERS:
        return None
    try:
        value = Decimal(str(term["value"]))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def links_of_rows(names: Sequence[str], bindings: Sequence[Binding], base: str) -> tuple[Link, ...]:
    """Arrows from the first column of resources to the second, told by the first column that is neither."""
    resources = [name for name in names if any(row.get(name, {}).get("type") == "uri" for row in bindings[:MOST_LINKS])]
    if len(resources) < 2:
        return ()
    source, target = resources[:2]
    told = next((name for name in names if name not in resources), "")
    ends = (row for row in bindings if source in row and target in row)
    made = (Link(*cell(row[source], base), cell(row.get(told), base)[0], *cell(row[target], base)) for row in ends)
    return _first(made)


def links_of_triples(turtle: bytes, base: str) -> tuple[Link, ...]:
    """Arrows of a graph: a triple each; literals are things of their own, without address."""
    return _first(_arrows(turtle, base))


def _arrows(turtle: bytes, base: str) -> Iterator[Link]:
    for quad in parse(turtle, format=RdfFormat.TURTLE):
        subject, target = quad.subject, quad.object
        from_, to = ((_end(node, base)) for node in (subject, target))
        yield Link(*from_, compact(quad.predicate.value, base), *to)


def _end(node: object, base: str) -> tuple[str, str | None]:
    if isinstance(node, NamedNode):
        return thing(node.value, base)
    return (node.value if isinstance(node, RdfLiteral) else str(node)), None


def _first(links: Iterator[Link]) -> tuple[Link, ...]:
    return tuple(link for link, _ in zip(links, range(MOST_LINKS), strict=False))
