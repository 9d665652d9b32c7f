"""What the gate says: of the live release, of the quarantine, of the whole dataset, or of one RDF file."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from graph.rdf import read_foreign
from ontology.terms import DG, RDF, SH
from service.cli.console import CommandError
from service.evaluation.published import Published
from service.ingest.quarantine import Quarantine
from service.store import ReleaseReader
from shapes.dataset import checks, run
from shapes.gate import check as check_graph


@dataclass(frozen=True)
class Finding:
    """One finding of the gate: on which document (or file), how grave, what, in French."""

    file: str
    state: str
    severity: str
    message: str


def of_file(file: Path) -> Iterable[Finding]:
    """Findings on an RDF file. Raises CommandError when it cannot be read, OSError."""
    # A value that is not of its type is told by the gate, not by a traceback in rdflib's log.
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)
    try:
        graph = read_foreign(file.read_bytes(), file.suffix, file.resolve().as_uri())
    except ValueError as error:
        reason = " ".join(str(error).split())[:200]
        raise CommandError(
            f"{file} : RDF illisible ({reason}). Donnez du Turtle, N-Triples, JSON-LD ou RDF/XML."
        ) from error
    for result in check_graph(graph).results:
        yield Finding(file.name, "fichier", result.severity, result.message_fr)


def of_dataset(data: Path) -> Iterable[Finding]:
    """Findings on a data directory. Raises NoReleaseError."""
    for held in Quarantine(data).held():
        for result in held.results:
            yield Finding(held.file, "en quarantaine", str(result["severity"]), str(result["message_fr"]))
    store = ReleaseReader(data).on_disk()
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
        node for node in published.subjects(RDF.type, NamedNode(str(DG.Document))) if str(node).endswith(f"/{key}>")
    ]
    return published.text(documents, DG.fileName) or key
