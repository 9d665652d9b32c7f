"""The gate: does the graph of a document satisfy the shapes, and if not, what does the reader get told?

A violation quarantines the act, a warning is published beside the fact, an info is told on the quality page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal as Choice

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from ontology.terms import DGS, bind_prefixes
from shapes import engine, library
from shapes.engine import Document
from shapes.wording import fill

Severity = Choice["violation", "warning", "info"]
_SEVERITIES: dict[URIRef, Severity] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
_ABSOLUTE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\\\^`]*")
_RANK: dict[Severity, int] = {"violation": 0, "warning": 1, "info": 2}
#: Stands for a term no store would take: the graph is then not validated further.
_INVALID_TERM = str(DGS["graph-terms"])
#: Stands for a value where only a number can be compared: likewise.
_UNORDERED_VALUE = str(DGS["graph-values"])
#: The shapes told before all others, which are then not looked at; pySHACL knows nothing of them.
BEFORE_ALL = frozenset({_INVALID_TERM, _UNORDERED_VALUE})


@dataclass(frozen=True, slots=True)
class Result:
    """One finding. ``focus``, ``path`` and ``shape`` are IRIs; ``value`` is the offending value, where it has one.

    The messages tell the figures where they are known ("l'acte dit 42, la liste de présence en donne 43").
    """

    severity: Severity
    focus: str
    path: str | None
    value: str | None
    message_fr: str
    message_en: str
    shape: str


@dataclass(frozen=True, slots=True)
class Report:
    """All findings on one graph, violations first, in an order that depends on the findings alone.

    ``conforms`` means that there is no violation.
    """

    conforms: bool
    results: tuple[Result, ...]

    @property
    def graph(self) -> Graph:
        """The sh:ValidationReport, made when asked for: most reports have nothing to say.

        Its blank nodes are named by what they say, so that the same findings make the same triples.
        """
        return _as_graph(self.conforms, self.results)

    @property
    def violations(self) -> tuple[Result, ...]:
        """What quarantines the act."""
        return tuple(result for result in self.results if result.severity == "violation")

    @property
    def warnings(self) -> tuple[Result, ...]:
        """What is shown beside the facts."""
        return tuple(result for result in self.results if result.severity == "warning")


def check(*graphs: Graph, lines: Sequence[bytes] = ()) -> Report:
    """The report on ``graphs`` together: a document's, and that of the identities of the entities it names.

    ``lines`` are the N-Quads of each graph, of any one name, where the caller has them: they spare writing the graphs
    again. Nothing is fetched and the graphs are left unchanged.
    """
    return next(check_all([Document(graphs, lines)]))


def check_all(documents: Sequence[Document]) -> Iterator[Report]:
    """The report on each document, as :func:`check` gives it; together they cost less."""
    for document, answers in zip(documents, engine.answered(documents), strict=True):
        yield _check(document, answers)


def _check(document: Document, known: dict[str, engine.Rows] | None) -> Report:
    try:
        found, answers = engine.validate(document, known)
    except engine.InvalidTermError as error:
        return report([_result(_INVALID_TERM, Literal(error.term), None, [{"value": Literal(error.term)}])])
    except engine.UnorderedValueError as error:
        return report(_unordered(error))
    return report(_results(found, answers))


def _results(found: Graph, answers: dict[str, engine.Rows]) -> Iterable[Result]:
    texts = library.texts()
    for broken, at, rows in engine.broken(answers):
        yield _result(broken, at, None, rows)
    for node in found.objects(None, SH.result):
        shape = str(found.value(node, SH.sourceShape))
        focus, value = found.value(node, SH.focusNode), found.value(node, SH.value)
        if focus is None:  # SHACL gives every result its focus node
            continue
        select = texts[shape].select
        if select is None:
            yield _result(shape, focus, value, [{"value": _as_written(value)}] if value is not None else [])
        else:
            yield _result(shape, focus, None, [row for row in answers[select] if row["this"] == focus])


def _unordered(error: engine.UnorderedValueError) -> Iterable[Result]:
    for subject, predicate, value in error.triples:
        # A blank node has no name that a reader could look for.
        told = Literal("[]") if isinstance(value, BNode) else Literal(str(value))
        row: dict[str, Node] = {"value": told, "property": predicate}
        yield _result(_UNORDERED_VALUE, subject, told, [row])


def _result(shape: str, focus: Node, value: Node | None, rows: Sequence[dict[str, Node]]) -> Result:
    text = library.texts()[shape]
    messages = {
        language: fill(text.templates.get(language, ""), rows, language) or message
        for language, message in text.messages.items()
    }
    return Result(
        severity=_SEVERITIES[text.severity],
        focus=str(focus),
        path=str(text.path) if text.path is not None else None,
        value=str(value) if value is not None else None,
        message_fr=messages["fr"],
        message_en=messages["en"],
        shape=shape,
    )


def _as_written(value: Node) -> Node:
    """A value is told as the graph has it, for it may be wrong; figures of a SELECT are put in French form."""
    return Literal(str(value)) if isinstance(value, Literal) else value


def report(results: Iterable[Result]) -> Report:
    """The report that these findings make, whatever their order."""
    ordered = tuple(
        sorted(set(results), key=lambda r: (_RANK[r.severity], r.shape, r.focus, r.value or "", r.message_fr))
    )
    conforms = not any(result.severity == "violation" for result in ordered)
    return Report(conforms, ordered)


def _as_graph(conforms: bool, results: Sequence[Result]) -> Graph:
    graph = bind_prefixes(Graph())
    nodes = [BNode("r" + _digest(result)) for result in results]
    report = BNode("v" + _digest(*results))
    graph.add((report, RDF.type, SH.ValidationReport))
    graph.add((report, SH.conforms, Literal(conforms)))
    for node, result in zip(nodes, results, strict=True):
        graph.add((report, SH.result, node))
        graph.add((node, RDF.type, SH.ValidationResult))
        graph.add((node, SH.resultSeverity, SH[result.severity.capitalize()]))
        graph.add((node, SH.focusNode, _focus(result.focus)))
        graph.add((node, SH.sourceShape, URIRef(result.shape)))
        graph.add((node, SH.resultMessage, Literal(result.message_fr, lang="fr")))
        graph.add((node, SH.resultMessage, Literal(result.message_en, lang="en")))
        if result.path is not None:
            graph.add((node, SH.resultPath, URIRef(result.path)))
        if result.value is not None:
            graph.add((node, SH.value, Literal(result.value)))
    return graph


def _focus(text: str) -> Node:
    return URIRef(text) if _ABSOLUTE_IRI.fullmatch(text) else Literal(text)


def _digest(*results: Result) -> str:
    return hashlib.sha256(repr(results).encode("utf-8")).hexdigest()[:16]
