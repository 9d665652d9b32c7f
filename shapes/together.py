"""The SPARQL targets asked of several documents at once, each a named graph of one Oxigraph in memory.

Most of what such a query costs is to parse it: asked of sixteen documents it costs each of them a third. A query is
asked of every named graph where it can be put so; tests hold the answers to be those to each document alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, cast

import pyoxigraph as ox
from rdflib import URIRef

from shapes import library, targets
from shapes.index import Index
from shapes.targets import Row, Rows

_HEAD: Final = re.compile(r"\s*SELECT(\s+(?:DISTINCT|REDUCED))?((?:\s+\?\w+)+)\s+(?:WHERE\s*)?", re.IGNORECASE)
_SELECT: Final = re.compile(r"\bSELECT(\s+(?:DISTINCT|REDUCED))?(?=\s+[?(])", re.IGNORECASE)
_GROUP: Final = re.compile(r"\bGROUP\s+BY\b", re.IGNORECASE)
#: What is of a whole query, not of a graph; and what would take our variable for its own.
_ELSE: Final = re.compile(r"\b(?:LIMIT|OFFSET|ORDER|GRAPH|SERVICE|VALUES)\b|[?$]graph\b|\bSELECT\s*\*", re.IGNORECASE)


def answers(documents: Sequence[tuple[Index, Sequence[bytes]]]) -> list[dict[str, Rows]]:
    """What :func:`shapes.targets.answers` gives of each document and its N-Quads, which have no blank node."""
    store, told = ox.Store(), [targets.told(index) for index, _ in documents]
    for number, (_, lines) in enumerate(documents):
        targets.load(store, lines, to_graph=_name(number))
    found: list[dict[str, Rows]] = [{} for _ in documents]
    for target, query in _questions():
        wanted = [number for number, each in enumerate(told) if target.may_select(*each)]
        if not wanted:
            continue
        if query is None:
            rows = {number: _ask(store, target.query, _name(number)) for number in wanted}
        else:
            rows = _by_graph(_ask(store, query, None))
        for number in wanted:
            if some := rows.get(number):
                found[number][target.query] = Rows(some)
    return found


def _ask(store: ox.Store, query: str, graph: ox.NamedNode | None) -> list[Row]:
    return list(targets.rows(cast(ox.QuerySolutions, store.query(query, default_graph=graph))))


def _by_graph(rows: Sequence[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(_number(row.pop("graph")), []).append(row)
    return found


def _name(number: int) -> ox.NamedNode:
    return ox.NamedNode(f"urn:delibgraph:{number}")


def _number(name: object) -> int:
    return int(cast(URIRef, name).rpartition(":")[2])


@cache
def _questions() -> tuple[tuple[targets.Target, str | None], ...]:
    return tuple((target, of_every_graph(target.query)) for target in targets.targets())


def of_every_graph(query: str) -> str | None:
    """The query of a target asked of every named graph, its name as ?graph; None where it cannot be put so."""
    text = targets.COMMENT_OR_TEXT.sub(lambda found: "" if found[0][0] == "#" else found[0], _without_prefixes(query))
    bare = targets.COMMENT_OR_TEXT.sub(" ", text)
    head, _, rest = text.partition("{")
    body, _, tail = rest.rpartition("}")
    start = _HEAD.fullmatch(head)
    nested = len(_SELECT.findall(bare)) - 1
    if start is None or tail.strip() or _ELSE.search(bare) or len(_GROUP.findall(bare)) != nested:
        return None
    body = _GROUP.sub("GROUP BY ?graph", _SELECT.sub(r"SELECT\1 ?graph", body))
    return f"{library.prefixes()}SELECT{start[1] or ''} ?graph{start[2]} WHERE {{ GRAPH ?graph {{{body}}} }}"


def _without_prefixes(query: str) -> str:
    return query.removeprefix(library.prefixes())
