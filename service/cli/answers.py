"""Answers of the store laid out for a person or a program: table, CSV, TSV, JSON, Turtle."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Mapping
from typing import Literal, TypeAlias

import pyoxigraph as ox
from rich import box
from rich.table import Table

from graph.export.cells import safe_cell
from queries import NamedQuery
from service.cli.console import CommandError, out, say, tell
from service.pages.french import date_fr, euros, word
from service.pages.tables import NUMERIC
from service.store import ReleaseReader

Format = Literal["table", "csv", "tsv", "json", "turtle", "nt"]
Values: TypeAlias = Mapping[ox.Variable, ox.NamedNode | ox.Literal]
Answer: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_RESULTS: dict[Format, ox.QueryResultsFormat] = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
}
_FIGURES = {"euros", "number", "confidence"}
_GRAPHS: dict[Format, ox.RdfFormat] = {"turtle": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES}


class _Tsv(csv.Dialect):
    """SPARQL 1.1 TSV: tabs and line ends inside a term are escaped by the serialiser, quotes are part of it."""

    delimiter, lineterminator, quoting, quotechar = "\t", "\n", csv.QUOTE_NONE, None


def run(reader: ReleaseReader, text: str, values: Values, name: str) -> Answer:
    """Run a query on the live release. Raises CommandError, NoReleaseError."""
    try:
        return reader.on_disk().query(text, substitutions=dict(values))
    except SyntaxError as error:
        raise CommandError(f"{name} : requête mal formée ({error}). Corrigez-la et recommencez.") from error


def show(result: Answer, form: Format, named: NamedQuery | None) -> None:
    """Write an answer to standard output. Raises CommandError when it cannot take the form asked for."""
    if isinstance(result, ox.QueryTriples):
        chosen = _GRAPHS.get("turtle" if form == "table" else form)
        if chosen is None:
            raise CommandError("Cette requête rend un graphe : --format turtle ou nt.")
        sys.stdout.write((result.serialize(format=chosen) or b"").decode())
    elif form in _GRAPHS:
        raise CommandError("Cette requête rend un tableau : --format table, csv, tsv ou json.")
    elif isinstance(result, ox.QuerySolutions) and form == "table":
        _table(result, named)
    elif form == "table":
        say("oui" if result else "non")
    else:
        text = (result.serialize(format=_RESULTS[form]) or b"").decode()
        sys.stdout.write(_without_parameters(text, form, named) if named else text)


def _without_parameters(text: str, form: Format, named: NamedQuery) -> str:
    """A result without the variables of the parameters (``_year``), which named queries must project.

    No text of a CSV is a formula to a spreadsheet.
    """
    if form == "json":
        answer = json.loads(text)
        answer["head"]["vars"] = [name for name in answer["head"]["vars"] if not name.startswith("_")]
        for row in answer["results"]["bindings"]:
            for name in [name for name in row if name.startswith("_")]:
                del row[name]
        return json.dumps(answer, ensure_ascii=False) + "\n"
    dialect = _Tsv if form == "tsv" else csv.excel
    rows = list(csv.reader(io.StringIO(text, newline=""), dialect))
    kept = [index for index, name in enumerate(rows[0]) if not name.lstrip("?").startswith("_")]
    written = io.StringIO()
    figures = {column.name for column in named.columns if column.kind in NUMERIC}
    told = [index in kept and form == "csv" and name not in figures for index, name in enumerate(rows[0])]
    csv.writer(written, dialect).writerows(
        [safe_cell(row[index]) if told[index] else row[index] for index in kept] for row in rows
    )
    return written.getvalue()


def _table(solutions: ox.QuerySolutions, named: NamedQuery | None) -> None:
    """A table for the eye: French column titles and amounts where the query declares them, no IRI columns."""
    if named is not None:
        columns = [(c.name, c.labels["fr"], c.kind) for c in named.columns if c.kind != "iri"]
    else:
        columns = [(v.value, v.value, "text") for v in solutions.variables]
    table = Table(box=box.SIMPLE_HEAD)
    for _, title, kind in columns:
        figure = kind in _FIGURES
        table.add_column(title, justify="right" if figure else "left", overflow="fold", no_wrap=figure)
    for row in solutions:
        table.add_row(*(_cell(row[name], kind) for name, _, kind in columns))
    out().print(table if table.row_count else "Aucun résultat.")
    if table.row_count:
        tell(f"{table.row_count} lignes")


def _cell(term: object, kind: str) -> str:
    if term is None:
        return ""
    value = term.value if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode) else str(term)
    match kind:
        case "euros":
            return euros(value)
        case "date":
            return date_fr(value)
        case "kind" | "status":
            return word(kind, value)
        case _:
            return value
