"""Natural persons are named in no published fact, and every quoted passage is in the text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extract import extract_source
from extract.facts import DocumentFacts
from extract.read import read_file

Document = Callable[..., DocumentFacts]
DEV = Path(__file__).parents[2] / "acts" / "dijon-template" / "dev"
TABLE = """\
Aides aux ménages :

Nom et prénom\tAdresse\tMontant attribué
GIRAUD Paul\t3 rue Haute\t1 200 €
LENOIR Zoé\t8 quai Bas\t800 €"""
BARE = "- d'attribuer une bourse de 700 € à Enzo MARCHAND pour son permis ;"
AT_THE_END = "- d'attribuer une aide de 700 € à Enzo MARCHAND, au titre de la bourse ;"
LIST = "- d'attribuer les aides suivantes :\n- Mme Anne DUVAL : 300 €\n- M. Luc PETIT : 400 €"


def published(facts: DocumentFacts) -> str:
    """The text as it is published, and all names of organisations and persons."""
    text = list(facts.text)
    for passage in facts.redactions:
        text[passage.start : passage.end] = "█" * (passage.end - passage.start)
    names = [n for act in facts.acts for o in act.organisations for n in (o.name, o.sigle or "", *o.aliases)]
    people = [p.name.written for act in facts.acts for p in act.persons]
    return "\n".join(["".join(text), *names, *people])


@pytest.mark.parametrize(
    ("decisions", "body", "hidden"),
    [
        ("- d'attribuer à Madame Sonia KERLEAU, demeurant 12 rue des Lilas à Montclair, une aide de 900 € ;",
         "Madame KERLEAU a présenté sa demande.", ["KERLEAU", "12 rue des Lilas"]),
        (BARE, "Le jeune est méritant.", ["MARCHAND"]),
        (AT_THE_END, "Enzo MARCHAND a 19 ans.", ["MARCHAND"]),
        (LIST, "Aides.", ["DUVAL", "PETIT"]),
        ("- d'attribuer les aides figurant au tableau ci-dessus ;", TABLE, ["GIRAUD", "LENOIR"]),
    ],
)  # fmt: skip
def test_private_persons_are_hidden_everywhere(
    document: Document, decisions: str, body: str, hidden: list[str]
) -> None:
    facts = document(decisions, title="Aides individuelles", body=body)
    shown = published(facts)
    assert [word for word in hidden if word in shown] == []


def test_their_money_is_kept_without_receiver(document: Document) -> None:
    facts = document("- d'attribuer à Madame Sonia KERLEAU une aide de 900 € ;", title="Aides individuelles")
    (funding,) = facts.acts[0].fundings
    assert (funding.private, funding.beneficiary, funding.private_name) == (True, None, "Sonia KERLEAU")


def test_who_holds_an_office_is_named(document: Document) -> None:
    body = "Monsieur Luc PETIT, président de l'association Horizon, a présenté son bilan."
    facts = document("- d'attribuer à l'association Horizon une subvention de 500 € ;", body=body)
    (person,) = facts.acts[0].persons
    assert (person.name.written, person.role) == ("Luc PETIT", "président")
    assert facts.redactions == ()


@pytest.mark.parametrize("path", sorted(DEV.glob("*.txt")), ids=lambda path: path.stem)
def test_evidence_lies_in_the_text_and_writes_the_amount(path: Path) -> None:
    facts = extract_source(read_file(path))
    for act in facts.acts:
        findings = (
            act.organisations,
            act.persons,
            act.programmes,
            act.agreements,
            act.strands,
            act.actions,
            act.tables,
        )
        for passage in (e for found in findings for each in found for e in each.evidence):
            assert 0 <= passage.start < passage.end <= len(facts.text)
            assert facts.text[passage.start : passage.end].strip()
        for funding in act.fundings:
            assert funding.evidence
            first = funding.evidence[0]
            assert funding.amount_written is None or funding.amount_written in " ".join(
                facts.text[first.start : first.end].split()
            )
