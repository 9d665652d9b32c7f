"""Questions and exports, as a user asks for them."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import networkx as nx
import pyoxigraph as ox
import pytest

from graph.export import FORMATS
from service.cli.export import Format

Command = Callable[..., Any]
DG, ELI = "https://w3id.org/delibgraph/ns#", "http://data.europa.eu/eli/ontology#"
TITLE = f"SELECT ?t {{ ?s <{DG}session> ?x ; <{ELI}title> ?t }}"


def test_queries_are_listed_with_their_parameters(delibgraph: Command) -> None:
    told = delibgraph("query")
    assert told.code == 0
    assert "money-to\n    Tout l’argent reçu" in told.out
    assert "name=…" in told.out
    listed = json.loads(delibgraph("query", "--json").out)
    assert {"name", "title", "description", "parameters"} <= listed[0].keys()


def test_table_is_for_the_eye_and_csv_for_the_spreadsheet(delibgraph: Command, published: Path) -> None:
    table = delibgraph("query", "money-to", "name=cesam", "--data", published)
    assert "300\u202f000,00\u00a0€" in table.out
    assert "Bénéficiaire" in table.out
    assert "http://" not in table.out
    rows = list(
        csv.DictReader(io.StringIO(delibgraph("query", "money-to", "name=cesam", "-f", "csv", "--data", published).out))
    )
    assert {row["amount"] for row in rows} == {"300000", "22000", "36736", "5000"}
    assert not [name for name in rows[0] if name.startswith("_")]


def test_every_form_tells_the_same_rows(delibgraph: Command, published: Path) -> None:
    def told(form: str) -> str:
        return str(delibgraph("query", "who-funds-whom", "year=2023", "-f", form, "--data", published).out)

    comma = list(csv.reader(io.StringIO(told("csv"))))
    tab = [line.split("\t") for line in told("tsv").splitlines()]
    answer = json.loads(told("json"))
    assert comma[0] == [name.removeprefix("?") for name in tab[0]] == answer["head"]["vars"]
    assert len(comma) - 1 == len(tab) - 1 == len(answer["results"]["bindings"]) > 0


def test_file_of_sparql_is_run(delibgraph: Command, published: Path, tmp_path: Path) -> None:
    select, ask, construct = (tmp_path / f"{name}.rq" for name in ("select", "ask", "construct"))
    select.write_text(TITLE)
    ask.write_text("ASK { ?s ?p ?o }")
    construct.write_text("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }")
    rows = list(csv.reader(io.StringIO(delibgraph("query", select, "-f", "csv", "--data", published).out)))
    assert len(rows) == 6
    assert delibgraph("query", ask, "--data", published).out == "oui\n"
    turtle = delibgraph("query", construct, "--data", published).out
    assert len(list(ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE))) > 100


@pytest.mark.parametrize(
    ("text", "form", "told"),
    [
        ("SELEC ?s", "table", "mal formée"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "table", "mal formée"),
        (TITLE, "turtle", "rend un tableau"),
        ("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }", "csv", "rend un graphe"),
    ],
)
def test_query_that_cannot_be_answered_says_why(
    delibgraph: Command, published: Path, tmp_path: Path, text: str, form: str, told: str
) -> None:
    file = tmp_path / "q.rq"
    file.write_text(text)
    outcome = delibgraph("query", file, "-f", form, "--data", published)
    assert outcome.code == 2
    assert told in outcome.err


def test_missing_query_file_is_named(delibgraph: Command, published: Path, tmp_path: Path) -> None:
    outcome = delibgraph("query", tmp_path / "absent.rq", "--data", published)
    assert outcome.code == 1
    assert "absent.rq" in outcome.err


def test_formats_are_those_of_the_exporter() -> None:
    assert set(get_args(Format)) == set(FORMATS)


@pytest.mark.parametrize("form", get_args(Format))
def test_every_export_is_written_and_told(delibgraph: Command, published: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"export.{form}"
    outcome = delibgraph("export", "--format", form, "-o", target, "--data", published)
    assert outcome.code == 0
    beside = FORMATS[form].companion
    names = {target.name, *([beside(target.name)] if beside else [])}
    assert {path.name for path in tmp_path.iterdir()} == names
    assert all(f"{tmp_path / name} : " in outcome.err for name in names)
    rdf = {"nquads": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "turtle": ox.RdfFormat.TURTLE,
           "jsonld": ox.RdfFormat.JSON_LD, "rdfxml": ox.RdfFormat.RDF_XML}  # fmt: skip
    if form in rdf:
        store = ox.Store()
        store.load(path=str(target), format=rdf[form])
        assert len({row["t"] for row in store.query(TITLE, use_default_graph_as_union=True)}) == 5
    elif form in {"gexf", "graphml"}:
        network = nx.read_gexf(target, version="1.3") if form == "gexf" else nx.read_graphml(target)
        assert network.number_of_edges() > 0
    elif form not in {"parquet", "nquads-gz", "ftm"}:
        assert "Dijon métropole" in target.read_text("utf-8")


def test_export_that_cannot_be_written_says_so(delibgraph: Command, published: Path, tmp_path: Path) -> None:
    outcome = delibgraph("export", "-f", "csv", "-o", tmp_path / "nulle" / "part.csv", "--data", published)
    assert outcome.code == 1
    assert "écriture impossible" in outcome.err
    assert delibgraph("export", "-f", "csv", "-o", tmp_path / "x.csv", "--data", tmp_path).code == 1
