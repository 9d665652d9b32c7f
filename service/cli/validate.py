"""``delibgraph validate``: what the gate says of the dataset, or of a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from pyoxigraph import Literal, NamedNode, Triple

from ontology.terms import DG, RDF, SH
from service.cli.console import CommandError, Data, Json, say, settings, write_json
from service.evaluation.published import Published
from service.ingest.quarantine import Quarantine
from service.pages.french import word
from service.store import ReleaseReader
from shapes.dataset import checks, run

_SEVERITIES = ("violation", "warning", "info")


@dataclass(frozen=True)
class Finding:
    """One finding of the gate: on which document (or file), how grave, what, in French."""

    file: str
    state: str
    severity: str
    message: str


def validate(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FICHIER.ttl", help="Un graphe à contrôler ; sinon les données.", show_default=False
        ),
    ] = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Dit ce que le contrôle (SHACL) trouve dans les données publiées et en quarantaine, ou dans un fichier RDF.

    Une erreur écarte l'acte ; un avertissement est publié à côté du fait. Code de sortie 1 s'il y a une erreur.

    Exemples :

      delibgraph validate

      delibgraph validate graphe.ttl --json
    """
    findings = list(_of_file(file)) if file else list(_of_dataset(settings(data=data).data))
    findings.sort(key=lambda f: (_SEVERITIES.index(f.severity), f.file, f.message))
    if json:
        write_json(
            [{"file": f.file, "state": f.state, "severity": f.severity, "message": f.message} for f in findings]
        )
    else:
        for finding in findings:
            label = word("severity", finding.severity.capitalize())
            say(f"{label} : {finding.file} ({finding.state}) : {finding.message}")
        counts = {severity: sum(f.severity == severity for f in findings) for severity in _SEVERITIES}
        say(", ".join(f"{count} {word('severity', key.capitalize())}(s)" for key, count in counts.items()))
    raise typer.Exit(1 if any(finding.severity == "violation" for finding in findings) else 0)


def _of_file(file: Path) -> Iterable[Finding]:
    from rdflib import Graph
    from rdflib.exceptions import ParserError
    from rdflib.plugin import PluginException
    from rdflib.util import guess_format

    from shapes.gate import check

    graph = Graph()
    try:
        graph.parse(
            data=file.read_bytes(), format=guess_format(str(file)) or "turtle", publicID=file.resolve().as_uri()
        )
    except (ParserError, PluginException, SyntaxError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        raise CommandError(
            f"{file} : RDF illisible ({reason}). Donnez du Turtle, N-Triples, JSON-LD ou RDF/XML."
        ) from error
    for result in check(graph).results:
        yield Finding(file.name, "fichier", result.severity, result.message_fr)


def _of_dataset(data: Path) -> Iterable[Finding]:
    for held in Quarantine(data).held():
        for result in held.results:
            yield Finding(held.file, "en quarantaine", str(result["severity"]), str(result["message_fr"]))
    store = ReleaseReader(data).live().store
    for check in checks():
        for found in run(check, store):
            yield Finding(found.about or found.this, "jeu de données", check.severity, check.title_fr)
    published = Published(store)
    for quad in store.quads_for_pattern(None, NamedNode(str(SH.result)), None):
        if isinstance(quad.object, Literal | Triple) or not isinstance(quad.graph_name, NamedNode):
            continue
        key = quad.graph_name.value.removesuffix("/report").rsplit("/", 1)[-1]
        severity = str(published.nodes(quad.object, SH.resultSeverity)[0]).rstrip(">").rsplit("#", 1)[-1].lower()
        messages = published.objects(quad.object, SH.resultMessage)
        french = [term.value for term in messages if isinstance(term, Literal) and term.language == "fr"]
        yield Finding(_file_name(published, key), "publié", severity, french[0])


def _file_name(published: Published, key: str) -> str:
    documents = [
        node
        for node in published.subjects(RDF.type, NamedNode(str(DG.Document)))
        if str(node).endswith(f"/{key}>")
    ]
    return published.text(documents, DG.fileName) or key


COMMANDS = {"validate": validate}
