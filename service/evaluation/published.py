"""The published dataset as an evaluation reads it: plain triple patterns over the union of the named graphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from pyoxigraph import BlankNode, Literal, NamedNode, Store

from ontology.terms import DCT, DG, ELI, FOAF, RDF, SKOS

Node = NamedNode | BlankNode
_LABELS = (SKOS.prefLabel, SKOS.altLabel, FOAF.name, SKOS.notation)


@dataclass(frozen=True)
class Act:
    """One published deliberation read from the document: its node, number and title, "" where it has none."""

    node: Node
    number: str
    title: str


class Published:
    """Reads a store; predicates are those of ontology.terms."""

    def __init__(self, store: Store) -> None:
        """Nothing is read before it is asked for."""
        self._store = store

    def objects(self, subject: Node, predicate: str) -> list[Node | Literal]:
        """Distinct objects, in the order of their text."""
        found = {quad.object for quad in self._store.quads_for_pattern(subject, NamedNode(str(predicate)), None)}
        return sorted((term for term in found if isinstance(term, Node | Literal)), key=str)

    def nodes(self, subject: Node, *path: str) -> list[Node]:
        """Distinct nodes at the end of a path of predicates."""
        here: list[Node] = [subject]
        for predicate in path:
            steps = {term for node in here for term in self.objects(node, predicate) if isinstance(term, Node)}
            here = sorted(steps, key=str)
        return here

    def subjects(self, predicate: str, value: Node) -> list[Node]:
        """Distinct subjects, in order."""
        quads = self._store.quads_for_pattern(None, NamedNode(str(predicate)), value)
        return sorted({quad.subject for quad in quads if isinstance(quad.subject, Node)}, key=str)

    def texts(self, subjects: Iterable[Node], *predicates: str) -> list[str]:
        """The literal values of any of the predicates, distinct, in the order of the predicates."""
        return list(dict.fromkeys(self._texts(subjects, predicates)))

    def _texts(self, subjects: Iterable[Node], predicates: Iterable[str]) -> Iterator[str]:
        nodes = list(subjects)
        for predicate in predicates:
            for node in nodes:
                yield from (term.value for term in self.objects(node, predicate) if isinstance(term, Literal))

    def text(self, subjects: Iterable[Node], predicate: str) -> str | None:
        """One literal value, None where there is none."""
        return next(iter(self.texts(subjects, predicate)), None)

    def labels(self, node: Node) -> list[str]:
        """Every name of a thing, the preferred one first."""
        return self.texts([node], *_LABELS)

    def classes(self, node: Node) -> set[str]:
        """Local names of the dg: classes of a thing."""
        return {str(c.value).removeprefix(str(DG)) for c in self.nodes(node, RDF.type) if isinstance(c, NamedNode)}

    def mentioned(self, act: Node, *classes: str) -> list[Node]:
        """What an act mentions that is of one of the classes."""
        return [node for node in self.nodes(act, DG.mentions) if self.classes(node).intersection(classes)]

    def acts(self, stem: str) -> list[Act]:
        """The deliberations read from the files named `stem`, whatever their suffix."""
        found: dict[Node, Act] = {}
        for quad in self._store.quads_for_pattern(None, NamedNode(str(DG.fileName)), None):
            name = quad.object.value if isinstance(quad.object, Literal) else ""
            if PurePath(name).stem != stem or not isinstance(quad.subject, Node):
                continue
            for node in self.subjects(DCT.source, quad.subject):
                if "Deliberation" in self.classes(node):
                    number, title = self.text([node], ELI.id_local), self.text([node], ELI.title)
                    found[node] = Act(node, number or "", title or "")
        return [found[node] for node in sorted(found, key=str)]

    def programme_names(self, node: Node) -> list[str]:
        """Every name of a programme, those of its family included."""
        return self.labels(node) + [label for family in self.nodes(node, DG.family) for label in self.labels(family)]
