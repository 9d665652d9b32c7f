"""A question whose answer is kept with a release, and how the answer of the last release is brought forward.

Comments in the text of the query say so, since whoever writes the query knows on what a row depends::

    # kept by ?name_iri            each row is of one thing, told by this column: the rows of other things stand
    # summed ?fundings by ?act     what this column counts adds up over these things, each counted in one row or more
    # kept as triples              one row: how many triples, subjects, properties and objects there are
    # kept as types ?class ?count  a row a class: how many things are of it
    # all ?act ← { … }             the things there may be rows of; those of a release are asked for some at a time
    # reached ?act ← { … }         a thing that this pattern leads to from a ?touched one is asked for anew, too
    # touched are graphs           rows depend on what a named graph says, not on what all of them say
    … #each ?x                     here stand the things to ask for, as values of ?x

A thing is touched where a triple of which it is the subject came or went; a named graph, where it came, went or
differs. A text without such comments is asked anew.
"""

from __future__ import annotations

import re
import sqlite3
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Literal, TypeAlias, TypeVar

import pyoxigraph as ox

from graph.delta import Delta

Kind: TypeAlias = Literal["whole", "rows", "sums", "triples", "types"]
T = TypeVar("T")
#: Rows of a SELECT: terms or text, unbound variables absent or None.
Select: TypeAlias = Callable[[str], Iterable[Mapping[str, Any]]]
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | str | None

_BY: Final = re.compile(r"^# kept by \?(\w+)$", re.MULTILINE)
_SUMMED: Final = re.compile(r"^# summed \?(\w+) by \?(\w+)$", re.MULTILINE)
_TRIPLES: Final = re.compile(r"^# kept as triples$", re.MULTILINE)
_TYPES: Final = re.compile(r"^# kept as types \?(\w+) \?(\w+)$", re.MULTILINE)
_ALL: Final = re.compile(r"^# all \?\w+ ← \{(.+)\}$", re.MULTILINE)
_REACHED: Final = re.compile(r"^# reached \?\w+ ← \{(.+)\}$", re.MULTILINE)
_GRAPHS: Final = re.compile(r"^# touched are graphs$", re.MULTILINE)
_EACH: Final = re.compile(r"#each (\?\w+)$", re.MULTILINE)
_PREFIX: Final = re.compile(r"^PREFIX .*$", re.MULTILINE)
_ORDER: Final = re.compile(r"^ORDER BY (.*)$", re.MULTILINE)
_BY_WHAT: Final = re.compile(r"(DESC\()?\?(\w+)")
#: Things asked for at once.
TOGETHER: Final = 500
_NUMBERS: Final = ("integer", "decimal", "double", "float")
_SIGN: Final = 1 << 63


@dataclass(frozen=True)
class Question:
    """``key``: column of the things that rows are of; ``counted``: of what adds up; ``order``: (column, descending).

    ``of_graphs``: graphs are touched, not things. ``all``: patterns that give every thing there may be rows of.
    """

    text: str
    kind: Kind = "whole"
    key: str = ""
    counted: str = ""
    reached: tuple[str, ...] = ()
    order: tuple[tuple[str, bool], ...] = ()
    of_graphs: bool = False
    all: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> Question:
        """Read the comments of a text."""
        last = _ORDER.findall(text)
        order = tuple((name, bool(down)) for down, name in _BY_WHAT.findall(last[-1])) if last else ()
        reached, every = tuple(_REACHED.findall(text)), tuple(_ALL.findall(text))
        if found := _BY.search(text):
            return cls(text, "rows", found[1], "", reached, order, bool(_GRAPHS.search(text)), every)
        if found := _SUMMED.search(text):
            return cls(text, "sums", found[2], found[1], reached, order, all=every)
        if found := _TYPES.search(text):
            return cls(text, "types", found[1], found[2], (), order)
        return cls(text, "triples" if _TRIPLES.search(text) else "whole", order=order)

    def about(self, things: Sequence[ox.NamedNode]) -> str:
        """The text that asks for these things alone."""
        values = " ".join(map(str, things))
        return _EACH.sub(lambda found: f"VALUES {found[1]} {{ {values} }}", self.text)

    def reaching(self, touched: Sequence[ox.NamedNode]) -> list[str]:
        """Texts that ask, as ``?{key}``, which things those touched lead to."""
        values = " ".join(map(str, touched))
        head = f"{self._prefixes}\nSELECT DISTINCT ?{self.key} WHERE {{ VALUES ?touched {{ {values} }}"
        return [f"{head} {pattern} }}" for pattern in self.reached]

    def listing(self) -> list[str]:
        """Texts that ask, as ``?{key}``, for every thing there may be rows of; one may come several times."""
        head = f"{self._prefixes}\nSELECT ?{self.key} WHERE {{"  # DISTINCT would hold them all
        return [f"{head} {pattern} FILTER(ISIRI(?{self.key})) }}" for pattern in self.all]

    @property
    def _prefixes(self) -> str:
        return "\n".join(_PREFIX.findall(self.text))

    def place(self, row: Mapping[str, Term], columns: Sequence[str]) -> bytes:
        """Bytes that sort as the rows stand: by the ORDER BY, then by all columns in turn."""
        named = {name for name, _ in self.order}
        rest = [(name, False) for name in columns if name not in named]
        return b"".join(_sorted(row.get(name), down=down) for name, down in (*self.order, *rest))


def _sorted(term: Term, *, down: bool) -> bytes:
    """Bytes that sort as SPARQL orders terms: unbound, blank nodes, IRIs, literals; ``down``: the other way round."""
    found = _rank(term)
    return bytes(255 - each for each in found) if down else found


def _rank(term: Term) -> bytes:
    if term is None:
        return b"\0"
    if isinstance(term, ox.Literal) and term.datatype.value.rpartition("#")[2] in _NUMBERS:
        return b"\3" + _number(float(term.value))
    kind = {ox.BlankNode: b"\1", ox.NamedNode: b"\2"}.get(type(term), b"\4")
    return kind + str(getattr(term, "value", term)).encode().replace(b"\0", b"") + b"\0"


def _number(value: float) -> bytes:
    """Eight bytes that sort as numbers do (IEEE 754, total order)."""
    (bits,) = struct.unpack(">Q", struct.pack(">d", value))
    return struct.pack(">Q", bits ^ 0xFFFFFFFFFFFFFFFF if bits & _SIGN else bits | _SIGN)


def reached(question: Question, delta: Delta) -> list[ox.NamedNode]:
    """The things to ask for anew, in order: those touched, and those that they lead to or led to."""
    touched = delta.graphs if question.of_graphs else delta.touched
    found = set(touched)
    for some in batched(touched, TOGETHER):
        for text in question.reaching(some):
            for store in (delta.before, delta.after):
                things = (row.get(question.key) for row in rows_of(store, text))
                found |= {thing for thing in things if isinstance(thing, ox.NamedNode)}
    return sorted(found, key=lambda thing: thing.value)


def every(db: sqlite3.Connection, question: Question, select: Select) -> Iterator[str]:
    """The texts that together ask for all, about some things each, in order.

    Asked at once, the engine holds all that it joins and groups: 11 kB an act for how complete acts are. The things lie
    in a temporary table of ``db`` meanwhile. A question that does not tell which there are is asked as it stands.
    """
    if not question.all:
        yield question.text
        return
    db.execute("CREATE TEMP TABLE every (thing TEXT PRIMARY KEY) WITHOUT ROWID")
    for text in question.listing():
        rows = ((_value(row[question.key]),) for row in select(text))
        db.executemany("INSERT OR IGNORE INTO temp.every VALUES (?)", rows)
    found = db.execute("SELECT thing FROM temp.every ORDER BY thing")
    while some := found.fetchmany(TOGETHER):
        yield question.about([ox.NamedNode(thing) for (thing,) in some])
    db.execute("DROP TABLE temp.every")


def _value(term: Any) -> str:
    return str(getattr(term, "value", term))


def rows_of(store: ox.Store, text: str) -> Iterator[dict[str, Term]]:
    """The rows of a SELECT, None where a variable is unbound."""
    found = store.query(text)
    if isinstance(found, ox.QuerySolutions):
        names = [variable.value for variable in found.variables]
        for row in found:
            yield dict(zip(names, row, strict=True))


def batched(every: Iterable[T], size: int) -> Iterator[list[T]]:
    """``every`` in lists of ``size``, the last one shorter."""
    left = iter(every)
    while some := list(islice(left, size)):
        yield some
