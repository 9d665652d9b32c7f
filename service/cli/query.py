"""``delibgraph query``: a named query, or a file of SPARQL, on the live release."""

from __future__ import annotations

import csv
import io
import json as json_module
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import pyoxigraph as ox
import typer
from rich.table import Table

from queries import NamedQuery, catalogue, find
from service.cli.console import CommandError, Data, Json, out, say, settings, tell, write_json
from service.pages.french import euros
from service.store import ReleaseReader

Format = Literal["table", "csv", "tsv", "json", "turtle", "nt"]
_RESULTS: dict[Format, ox.QueryResultsFormat] = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
}
_FIGURES = {"euros", "number", "confidence"}
_GRAPHS: dict[Format, ox.RdfFormat] = {"turtle": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES}
_Values: TypeAlias = Mapping[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]


class _Tsv(csv.Dialect):
    """SPARQL 1.1 TSV: tabs and line ends inside a term are escaped by the serialiser, quotes are part of it."""

    delimiter, lineterminator, quoting, quotechar = "\t", "\n", csv.QUOTE_NONE, None


def query(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NOM|FICHIER.rq", help="Sans nom : la liste des requêtes.", show_default=False),
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Argument(metavar="CLE=VALEUR…", help="Les paramètres d'une requête nommée.", show_default=False),
    ] = None,
    data: Data = None,
    form: Annotated[
        Format, typer.Option("--format", "-f", help="Forme du résultat ; turtle et nt pour CONSTRUCT.")
    ] = "table",
    json: Json = False,
) -> None:
    """Pose une question à la version publiée : une requête nommée, ou la vôtre en SPARQL.

    Sans argument, liste les requêtes nommées et leurs paramètres. Les noms se cherchent par partie, sans accents.

    Exemples :

      delibgraph query

      delibgraph query who-funds-whom year=2023

      delibgraph query money-to name=cesam --format csv > cesam.csv

      delibgraph query ma-requete.rq --json
    """
    form = "json" if json else form
    if name is None:
        _list(as_json=json)
        return
    reader = ReleaseReader(settings(data=data).data)
    if name.endswith(".rq"):
        if values:
            raise CommandError(
                "CLE=VALEUR ne s'emploie qu'avec une requête nommée ; écrivez les valeurs dans le fichier."
            )
        _print(_run(reader, Path(name).read_text(encoding="utf-8"), {}, name), form, None)
    else:
        named = find(name)
        _print(_run(reader, named.text, named.substitutions(_pairs(values or [])), name), form, named)


def _list(*, as_json: bool) -> None:
    if as_json:
        write_json([
            {"name": q.name, "title": dict(q.titles), "description": dict(q.descriptions),
             "parameters": [{"name": p.name, "type": p.type, "default": p.default, "label": dict(p.labels)}
                            for p in q.parameters]}
            for q in catalogue().values()
        ])  # fmt: skip
        return
    for named in catalogue().values():
        say(f"{named.name}\n    {named.titles['fr']}")
        for parameter in named.parameters:
            default = f" (défaut : {parameter.default})" if parameter.default else ""
            say(f"      {parameter.name}=…  {parameter.labels['fr']}{default}")


def _pairs(values: Sequence[str]) -> dict[str, str]:
    pairs = dict(value.split("=", 1) for value in values if "=" in value)
    if len(pairs) < len(values):
        wrong = next((value for value in values if "=" not in value), values[-1])
        raise CommandError(
            f"« {wrong} » : un paramètre s'écrit CLE=VALEUR, une seule fois chacun, par exemple year=2023."
        )
    return pairs


def _run(
    reader: ReleaseReader, text: str, values: _Values, name: str
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    try:
        return reader.live().store.query(text, use_default_graph_as_union=True, substitutions=dict(values))
    except SyntaxError as error:
        raise CommandError(f"{name} : requête mal formée ({error}). Corrigez-la et recommencez.") from error


def _print(
    result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, form: Format, named: NamedQuery | None
) -> None:
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
        sys.stdout.write(_without_parameters(text, form) if named else text)


def _without_parameters(text: str, form: Format) -> str:
    """A result without the variables of the parameters (``_year``), which named queries must project."""
    if form == "json":
        answer = json_module.loads(text)
        answer["head"]["vars"] = [name for name in answer["head"]["vars"] if not name.startswith("_")]
        for row in answer["results"]["bindings"]:
            for name in [name for name in row if name.startswith("_")]:
                del row[name]
        return json_module.dumps(answer, ensure_ascii=False) + "\n"
    dialect = _Tsv if form == "tsv" else csv.excel
    rows = list(csv.reader(io.StringIO(text, newline=""), dialect))
    kept = [index for index, name in enumerate(rows[0]) if not name.lstrip("?").startswith("_")]
    written = io.StringIO()
    csv.writer(written, dialect).writerows([row[index] for index in kept] for row in rows)
    return written.getvalue()


def _table(solutions: ox.QuerySolutions, named: NamedQuery | None) -> None:
    """A table for the eye: French column titles and amounts where the query declares them, no IRI columns."""
    if named is not None:
        columns = [(c.name, c.labels["fr"], c.kind) for c in named.columns if c.kind != "iri"]
    else:
        columns = [(v.value, v.value, "text") for v in solutions.variables]
    table = Table()
    for _, title, kind in columns:
        table.add_column(title, justify="right" if kind in _FIGURES else "left", overflow="fold")
    for row in solutions:
        table.add_row(*(_cell(row[name], kind) for name, _, kind in columns))
    out().print(table if table.row_count else "Aucun résultat.")
    if table.row_count:
        tell(f"{table.row_count} lignes")


def _cell(term: object, kind: str) -> str:
    if term is None:
        return ""
    value = term.value if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode) else str(term)
    return euros(value) if kind == "euros" else value


COMMANDS = {"query": query}
