"""Our queries for a store that works values out wrongly: it is asked for what matches, and the rest is worked out here.

The text of a query marks its patterns, each run of them between two lines of comment::

    # matched {
    ?funding a dg:Funding . OPTIONAL { ?funding dg:amount ?amount }
    # } matched

Such a store is asked each run alone, as a SELECT of its variables, and the rows take its place in the query as VALUES.
What that query then filters, binds, groups and sorts is the work of our own engine, on no other data. This is how a
query is put together by the standard (SPARQL 1.1 Query, 18.2.2): each run gives the same rows wherever it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeAlias

import pyoxigraph as ox
from pyoxigraph import NamedNode

from service.sparql.screen import TOKEN
from service.store import QueryKindError, Row

Answer: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_RUN: Final = re.compile(r"^[ \t]*# matched \{\n(.*?)^[ \t]*# \} matched$", re.MULTILINE | re.DOTALL)
_FORM: Final = re.compile(r"^(?:SELECT|CONSTRUCT|ASK)\b", re.MULTILINE)
#: What stands before a run that an EXISTS is all about.
_TESTED: Final = re.compile(r"\bEXISTS\s*\{\s*\Z")
#: After these words a group asks, and gives no value to what stands around it.
_ASKING: Final = frozenset({"FILTER", "EXISTS", "MINUS"})


def is_marked(query: str) -> bool:
    """Whether a query says which of it are patterns."""
    return _RUN.search(query) is not None


def asked(query: str) -> list[str]:
    """What a store is asked for a query, whose values are in its text (`service.remote.bound`)."""
    return [_select(query, run) for run in _RUN.finditer(query)]


def worked_out(query: str, select: Callable[[str], Iterable[Row]]) -> Answer:
    """The answer of a query whose patterns `select` finds. Raises QueryKindError for a blank node."""
    store, text = local(query, select)
    return store.query(text)


def local(query: str, select: Callable[[str], Iterable[Row]]) -> tuple[ox.Store, str]:
    """What is left to work out, and the store to ask it of."""
    store = ox.Store()

    def found(run: re.Match[str]) -> str:
        names, rows = _needed(query, run), list(select(_select(query, run)))
        if len(names) > 1 or not _TESTED.search(query, 0, run.start()):
            return _values(names, rows)
        nodes = [row.get(names[0]) for row in rows]
        kept = [node for node in nodes if isinstance(node, NamedNode)]
        if len(kept) < len(nodes):
            return _values(names, rows)
        # An EXISTS asks for each row whether there is one: a triple is found without reading all.
        mark = NamedNode(f"urn:delibgraph:run:{run.start()}")
        store.bulk_extend(ox.Quad(node, mark, mark) for node in kept)
        return f"?{names[0]} {mark} {mark}"

    return store, _RUN.sub(found, query)


def variables(run: str) -> list[str]:
    """Names of the variables to which a run of patterns gives a value, in the order of their first places."""
    found: dict[str, None] = {}
    skipped: list[bool] = [False]
    word = ""
    for match in TOKEN.finditer(run):
        text, kind = match.group(), match.lastgroup
        if kind == "blank":
            continue
        if kind == "open":
            skipped.append(skipped[-1] or word in _ASKING)
        elif kind == "close":
            skipped.pop()
        elif kind == "variable" and not skipped[-1]:
            found[text[1:]] = None
        word = text.upper() if kind == "run" else ""
    return list(found)


def _needed(query: str, run: re.Match[str]) -> list[str]:
    """The variables of a run that stand elsewhere in the query, too; all where none does."""
    elsewhere = query[: run.start()] + query[run.end() :]
    named = {match.group()[1:] for match in TOKEN.finditer(elsewhere) if match.lastgroup == "variable"}
    return [name for name in variables(run[1]) if name in named] or variables(run[1])


def _select(query: str, run: re.Match[str]) -> str:
    prologue = query[: begun.start()] if (begun := _FORM.search(query)) else ""
    return f"{prologue}SELECT {' '.join(f'?{name}' for name in _needed(query, run))} WHERE {{\n{run[1]}}}"


def _values(names: Iterable[str], rows: Iterable[Row]) -> str:
    names = list(names)
    lines = (f"({' '.join(_written(row, name) for name in names)})\n" for row in rows)
    return f"VALUES ({' '.join(f'?{name}' for name in names)}) {{\n{''.join(lines)}}}"


def _written(row: Mapping[str, object], name: str) -> str:
    term = row.get(name)
    if isinstance(term, ox.BlankNode | ox.Triple):
        raise QueryKindError(f"{name}: {term!r} cannot be said in VALUES")
    return "UNDEF" if term is None else str(term)
