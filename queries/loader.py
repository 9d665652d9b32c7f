"""Reads the named queries: one ``.rq`` file each, whose header comments say what it asks and what it takes.

Header lines, before the first PREFIX::

    # title@fr: Qui finance qui
    # description@fr: …                       (several lines add up)
    # param year year "" @fr Année @en Year   (name, type, default between quotes, labels)
    # column total euros @fr Montant @en Amount

Types of parameters: ``iri``, ``string``, ``name`` (any spelling: folded by :func:`fold`), ``year``, ``integer``,
``status``, ``date``. A parameter ``year`` is the variable ``?_year`` of the text, projected by its outermost
SELECT: pyoxigraph 0.5 substitutes only projected variables, and folds ``BOUND(?_year)`` to false at parse time,
so texts test ``COALESCE(STR(?_year), "") = ""`` for "not given" instead. Values are handed over as RDF terms.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import TypeAlias

import pyoxigraph as ox

Term: TypeAlias = ox.NamedNode | ox.Literal

DG = "https://w3id.org/delibgraph/ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
STATUSES = ("Awarded", "Requested", "Budgeted", "Rejected")
MAX_VALUE = 500  # characters of one value

_CONSTRUCT = re.compile(r"^CONSTRUCT\b", re.MULTILINE)
_ORDERED = re.compile(r"^ORDER BY [^\n]*\n\Z", re.MULTILINE)
_JOINED = re.compile(r'\(GROUP_CONCAT\([^;]*; *separator="([^"]+)"\) +AS +\?(\w+)\)', re.IGNORECASE)
_META = re.compile(r"# (title|description)@(fr|en): (.*)")
_PARAM = re.compile(r'# param (\w+) (iri|string|name|year|integer|status|date) "([^"]*)" @fr (.+?) @en (.+)')
_COLUMN = re.compile(r"# column (\w+) (text|euros|number|year|date|status|kind|confidence|iri) @fr (.+?) @en (.+)")


class QueryError(ValueError):
    """Base of the errors below; str() is a French sentence with the remedy."""


class UnknownQueryError(QueryError):
    """No named query has this name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"Requête « {name} » : inconnue. Choisir parmi : {', '.join(sorted(known))}.")


class ValueRefusedError(QueryError):
    """A value that a parameter cannot take, or a parameter that the query does not have."""

    def __init__(self, query: str, parameter: str, reason: str, expected: str, example: str = "") -> None:
        """``expected``: a French sentence that says what the parameter takes; ``example``: a value it does take."""
        super().__init__(f"Requête « {query} », paramètre « {parameter} » : {reason}. {expected}")
        self.query, self.parameter, self.expected, self.example = query, parameter, expected, example


class HeaderError(QueryError):
    """The header of a ``.rq`` file cannot be read."""

    def __init__(self, file: str, line: str, remedy: str) -> None:
        super().__init__(f"{file} : en-tête illisible « {line} ». {remedy}")


def fold(text: str) -> str:
    """Lower case, without accents, hyphens and apostrophes as spaces: the form in which names are searched."""
    text = unicodedata.normalize("NFC", text).lower().replace("œ", "oe").replace("æ", "ae")
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[’'‘‐‑–-]", " ", bare).split())


@dataclass(frozen=True)
class Parameter:
    """One typed parameter; ``default`` is "" where "any" is meant. ``labels`` by language."""

    name: str
    type: str
    default: str
    labels: Mapping[str, str]

    @property
    def variable(self) -> str:
        """Name of the SPARQL variable, without question mark."""
        return f"_{self.name}"


@dataclass(frozen=True)
class Column:
    """One column of the result; ``X_iri`` (kind ``iri``) is the link of the column ``X``."""

    name: str
    kind: str
    labels: Mapping[str, str]


@dataclass(frozen=True)
class NamedQuery:
    """A named query: what it asks (by language), what it takes, what it gives, and its text, ready to run."""

    name: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str

    @property
    def form(self) -> str:
        """``SELECT``, or ``CONSTRUCT`` for a query that gives a graph."""
        return "CONSTRUCT" if _CONSTRUCT.search(self.text) else "SELECT"

    @property
    def ordered(self) -> str:
        """``text`` with every column in its ORDER BY, last ones last: pages of the result are then always the same."""
        if not _ORDERED.search(self.text):
            return self.text
        return f"{self.text.rstrip()} {' '.join(f'?{column.name}' for column in self.columns)}\n"

    @functools.cached_property
    def joined(self) -> Mapping[str, str]:
        """What parts the names of a column that has several in one cell, by the column: SPARQL gives them no order."""
        return {name: separator for separator, name in _JOINED.findall(self.text)}

    def bind(self, values: Mapping[str, str]) -> dict[str, Term]:
        """RDF terms of ``values`` (missing or empty: the default) by variable name, for ``substitutions``.

        Every parameter is bound: "any" is the empty string. Raises ValueRefusedError.
        """
        known = {parameter.name for parameter in self.parameters}
        for name in values:
            if name not in known:
                remedy = f"Paramètres : {', '.join(sorted(known))}." if known else "Elle n’en prend aucun."
                raise ValueRefusedError(self.name, name, "paramètre inconnu", remedy)
        return {p.variable: self._term(p, values.get(p.name, "").strip() or p.default) for p in self.parameters}

    def substitutions(self, values: Mapping[str, str]) -> dict[ox.Variable, ox.NamedNode | ox.Literal]:
        """The same, keyed by Variable as ``pyoxigraph.Store.query`` takes them."""
        return {ox.Variable(name): term for name, term in self.bind(values).items()}

    def standalone(self, values: Mapping[str, str]) -> str:
        """The text to show and take away: values in a VALUES row, serialised as terms. We run ``text``."""
        bound = self.bind(values)
        if not bound:
            return self.text
        names = " ".join(f"?{name}" for name in bound)
        row = f"\n  VALUES ({names}) {{ ({' '.join(str(term) for term in bound.values())}) }}"
        head, where, rest = self.text.partition("\nWHERE {")
        return head + where + row + rest

    def _term(self, parameter: Parameter, value: str) -> Term:
        if len(value) > MAX_VALUE:
            raise ValueRefusedError(self.name, parameter.name, f"{len(value)} caractères", f"{MAX_VALUE} au plus.")
        if not value:
            return ox.Literal("")
        try:
            return _READERS[parameter.type](value)
        except ValueError as error:
            raise ValueRefusedError(
                self.name,
                parameter.name,
                f"valeur « {value} » refusée",
                _REMEDIES[parameter.type],
                EXAMPLES[parameter.type],
            ) from error


def _iri(value: str) -> Term:
    if not re.fullmatch(r"(https?|urn):[^\s<>\"{}|\\^`]+", value):
        raise ValueError(value)
    return ox.NamedNode(value)


def _year(value: str) -> Term:
    if not re.fullmatch(r"[12][0-9]{3}", value):
        raise ValueError(value)
    return ox.Literal(value, datatype=ox.NamedNode(XSD + "gYear"))


def _integer(value: str) -> Term:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
        raise ValueError(value)
    return ox.Literal(str(int(value)), datatype=ox.NamedNode(XSD + "integer"))


def _date(value: str) -> Term:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise ValueError(value)
    return ox.Literal(dt.date.fromisoformat(value).isoformat(), datatype=ox.NamedNode(XSD + "date"))


def _status(value: str) -> Term:
    found = next((s for s in STATUSES if s.casefold() == value.removeprefix(DG).casefold()), None)
    if found is None:
        raise ValueError(value)
    return ox.NamedNode(DG + found)


_READERS = {
    "iri": _iri,
    "string": ox.Literal,
    "name": lambda value: ox.Literal(fold(value)),
    "year": _year,
    "integer": _integer,
    "date": _date,
    "status": _status,
}
#: A value of each type, for forms, documentation and refusals.
EXAMPLES = {
    "iri": "http://localhost:8000/id/organisation/cesam",
    "string": "CESAM",
    "name": "cesam",
    "year": "2023",
    "integer": "10",
    "date": "2023-01-25",
    "status": "Awarded",
}
_REMEDIES = {
    "iri": "Donner une adresse complète, par exemple http://localhost:8000/id/organisation/cesam.",
    "string": "Donner un texte.",
    "name": "Donner un nom ou une partie d’un nom.",
    "year": "Donner une année sur quatre chiffres, par exemple 2023.",
    "integer": "Donner un nombre entier.",
    "date": "Donner une date de la forme 2023-01-25.",
    "status": f"Choisir parmi : {', '.join(STATUSES)}.",
}


def parse(name: str, source: str) -> NamedQuery:
    """Read one ``.rq`` file. Raises HeaderError for a header line of unknown form or a missing title."""
    titles: dict[str, str] = {}
    descriptions: dict[str, str] = {}
    parameters: list[Parameter] = []
    columns: list[Column] = []
    lines = source.splitlines()
    header = [line for line in lines[: _first_prefix(lines)] if line.strip()]
    for line in header:
        if meta := _META.fullmatch(line):
            target = titles if meta[1] == "title" else descriptions
            target[meta[2]] = f"{target[meta[2]]} {meta[3]}" if meta[2] in target else meta[3]
        elif param := _PARAM.fullmatch(line):
            parameters.append(Parameter(param[1], param[2], param[3], {"fr": param[4], "en": param[5]}))
        elif column := _COLUMN.fullmatch(line):
            columns.append(Column(column[1], column[2], {"fr": column[3], "en": column[4]}))
        else:
            raise HeaderError(f"{name}.rq", line, "Voir queries/README.md.")
    for language in ("fr", "en"):
        if language not in titles or language not in descriptions:
            raise HeaderError(f"{name}.rq", "", f"Ajouter title@{language} et description@{language}.")
    text = "\n".join(lines[_first_prefix(lines) :]).strip() + "\n"
    return NamedQuery(name, titles, descriptions, tuple(parameters), tuple(columns), text)


def _first_prefix(lines: list[str]) -> int:
    return next((i for i, line in enumerate(lines) if line.startswith(("PREFIX", "SELECT", "CONSTRUCT"))), len(lines))


@functools.cache
def catalogue() -> dict[str, NamedQuery]:
    """All the named queries of this package by name, in the order of their names."""
    files = sorted((f for f in resources.files("queries").iterdir() if f.name.endswith(".rq")), key=lambda f: f.name)
    return {f.name[:-3]: parse(f.name[:-3], f.read_text(encoding="utf-8")) for f in files}


def find(name: str) -> NamedQuery:
    """The named query ``name``. Raises UnknownQueryError, which lists the names there are."""
    queries = catalogue()
    if name not in queries:
        raise UnknownQueryError(name, queries)
    return queries[name]
