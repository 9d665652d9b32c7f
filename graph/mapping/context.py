"""What every mapping module works with: the triples under way, IRIs, keys, privacy, and the few typed literals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Final

from rdflib import Literal, URIRef
from rdflib.term import Node

from extract.facts import DocumentFacts, Evidence
from graph.iri import Iris, dockey
from graph.privacy import Privacy
from graph.remembered import remembered
from graph.resolve.parts import amount_text
from graph.resolve.resolution import DocumentKeys, Resolution
from graph.triples import Triple
from ontology.terms import DG, RDF, XSD

#: The confidence from which an award is published, unless the setting ``publish_threshold`` says otherwise.
PUBLISH_THRESHOLD: Final = 0.65
#: Names come back in every act, passages do not: only texts up to this length are made once and kept.
_SHORT: Final = 120
#: dg: class of each organisation kind; every organisation is also a dg:Organisation.
ORGANISATION_CLASSES: Final = {
    "association": DG.Association,
    "local_authority": DG.LocalAuthority,
    "state": DG.State,
    "public_establishment": DG.PublicEstablishment,
    "company": DG.Company,
}


@dataclass
class Mapping:
    """The mapping of one document. Add with :meth:`add`, which leaves out what the facts do not say.

    ``threshold`` is the confidence that an award must reach to be published as a funding.
    """

    facts: DocumentFacts
    resolution: Resolution
    iris: Iris
    triples: set[Triple]
    privacy: Privacy
    threshold: float
    support: dict[Evidence, set[URIRef]] = field(default_factory=dict)

    @property
    def keys(self) -> DocumentKeys:
        """Keys of the document's local entities."""
        return self.resolution[self.facts.sha256]

    @cached_property
    def rejected(self) -> frozenset[URIRef]:
        """What a person rejected; a rejected funding is rejected as a reading to review, too."""
        references = [reference.split("/", 1) for reference in self.resolution.rejected]
        readings = [("reading", key) for kind, key in references if kind == "funding"]
        return frozenset(self.iris.thing(kind, key) for kind, key in (*references, *readings))

    @property
    def dockey(self) -> str:
        """Key of the document."""
        return dockey(self.facts.sha256)

    @cached_property
    def document(self) -> URIRef:
        """IRI of the document."""
        return self.iris.thing("document", self.dockey)

    def add(self, subject: URIRef, predicate: URIRef, value: Node | None) -> None:
        """Add one triple; none for a value that is None."""
        if value is not None:
            self.triples.add((subject, predicate, value))

    def type(self, subject: URIRef, *classes: URIRef) -> None:
        """State the classes of ``subject``."""
        for each in classes:
            self.triples.add((subject, RDF.type, each))

    def thing(self, kind: str, key: str | None) -> URIRef | None:
        """IRI of a thing, None where there is no key."""
        return self.iris.thing(kind, key) if key else None

    def supported(self, node: URIRef, evidence: Iterable[Evidence]) -> None:
        """Note the passages that support ``node``; the evidence nodes are made at the end, one a passage."""
        for passage in evidence:
            self.support.setdefault(passage, set()).add(node)

    def french(self, text: str | None) -> Literal | None:
        """A text of the document as a French label, private names masked."""
        return french(self.privacy.mask(text)) if text else None

    def text(self, text: str | None) -> Literal | None:
        """A text of the document as a plain string, private names masked."""
        return plain(self.privacy.mask(text)) if text else None


def french(text: str) -> Literal:
    """A text in French."""
    return _french(text) if len(text) <= _SHORT else Literal(text, lang="fr")


def register_page(siren: str) -> URIRef:
    """The public page of an organisation in the national register, by its SIREN (Annuaire des entreprises, Etalab)."""
    return URIRef(f"https://annuaire-entreprises.data.gouv.fr/entreprise/{siren}")


def plain(text: str) -> Literal:
    """A text without a language."""
    return _plain(text) if len(text) <= _SHORT else Literal(text)


@remembered(4096)
def _french(text: str) -> Literal:
    return Literal(text, lang="fr")


@remembered(4096)
def _plain(text: str) -> Literal:
    return Literal(text)


@remembered(4096)
def integer(value: int | None) -> Literal | None:
    """A count, as xsd:integer."""
    return None if value is None else Literal(value)


@remembered(4096)
def year(value: int | None) -> Literal | None:
    """A calendar year, as xsd:gYear."""
    return None if value is None else Literal(f"{value:04d}", datatype=XSD.gYear)


@remembered(4096)
def decimal(value: Decimal | float | None) -> Literal | None:
    """A decimal in its shortest form, the one the store keeps: "22000", "0.97"."""
    if value is None:
        return None
    return Literal(amount_text(Decimal(str(value))), datatype=XSD.decimal)


def stated(confidence: float) -> float:
    """A confidence as it is published, to four decimals: the one that is compared with the threshold."""
    return round(confidence, 4)


def true() -> Literal:
    """The truth value."""
    return Literal("true", datatype=XSD.boolean)
