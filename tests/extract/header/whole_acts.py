"""Acts of one council, whole, that tests vary in one place."""

from __future__ import annotations

from extract.acts import extract_source
from extract.facts import ActFacts, DocumentFacts
from extract.read import read_bytes

COUNCIL = "COMMUNE DE VALMORIN\nCONSEIL MUNICIPAL\nSéance du 6 mars 2023\n"
ROSTER = "Présents : Mme Aline MARSEC, maire, M. Bruno TESSIER, Mme Carla NOIR\nAbsent : M. Denis PAUL\n"
DECIDED = "Le conseil, après en avoir délibéré, à l'unanimité,\nDÉCIDE de verser 500 € au club de voile de Valmorin.\n"


def facts(text: str) -> DocumentFacts:
    return extract_source(read_bytes("acte.txt", text.encode()))


def titles(document: DocumentFacts) -> list[str | None]:
    return [act.title for act in document.acts]


def act(text: str) -> ActFacts:
    (only,) = facts(text).acts
    return only
