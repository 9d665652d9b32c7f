"""Organisations: the authority, bodies of places, known bodies, named associations, and what names none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.errors import ComponentMissing
from extract.facts import ActFacts
from extract.pipeline import pipeline
from extract.pipes.model import ActContext
from extract.pipes.orgbook import OrgBook
from extract.pipes.reading import Reading
from extract.pipes.spans import mark

Decide = Callable[..., Reading]


def names(reading: Reading) -> dict[str, str]:
    return {o.name: o.kind for o in reading.organisations.entries}


def test_lists_of_towns_name_one_body_each(decide: Decide) -> None:
    found = names(decide("de conventionner avec les CCAS de Chenôve, Dijon, Longvic et la ville de Quetigny ;"))
    assert {"CCAS de Chenôve", "CCAS de Dijon", "CCAS de Longvic", "Ville de Quetigny"} <= set(found)
    assert found["CCAS de Dijon"] == "public_establishment"
    assert found["Ville de Quetigny"] == "local_authority"


def test_the_ccas_of_a_town_just_named(decide: Decide) -> None:
    reading = decide("d'approuver la convention avec la ville de Talant et son Centre communal d'action sociale ;")
    assert {"Ville de Talant", "CCAS de Talant"} <= set(names(reading))


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("à l'association Les Amis du livre", "Les Amis du livre", "association"),
        ("à la CAF de la Côte-d'Or", "Caisse d'allocations familiales de la Côte-d'Or", "public_establishment"),
        ("à la SARL Dupont", "SARL Dupont", "company"),
        ("à La Table Ouverte", "La Table Ouverte", "organisation"),
        ("au comité des fêtes", "comité des fêtes", "association"),
        ("au Département de la Nièvre", "Département de la Nièvre", "local_authority"),
        ("à l'État", "État", "state"),
    ],
)
def test_receivers_are_found_with_their_kind(decide: Decide, text: str, name: str, kind: str) -> None:
    assert names(decide(f"de verser une subvention de 500 € {text} ;")).get(name) == kind


@pytest.mark.parametrize(
    "text",
    ["l'état des lieux", "le Conseil municipal", "Monsieur le Maire", "le Code du travail", "inscrite au BP2026"],
)
def test_what_is_no_organisation(decide: Decide, text: str) -> None:
    assert set(names(decide(f"de prendre acte : {text} est cité ;"))) == {"Ville de Montclair"}


def test_one_organisation_under_all_its_names(act: Callable[..., ActFacts]) -> None:
    facts = act(
        "- d'attribuer 500 € à la Régie de quartiers du Lac (RQL) ;",
        body="La RQL est née en 2001. L'association Régie de quartiers du Lac emploie douze personnes.",
    )
    (found,) = [o for o in facts.organisations if "Lac" in o.name]
    assert found.sigle == "RQL"
    assert facts.fundings[0].beneficiary == found.id


def test_a_book_answers_by_place_and_name() -> None:
    book = OrgBook()
    first, second = book.add("Horizon", mention=(10, 17)), book.add("Cap Sud", mention=(15, 22))
    assert (book.at(16), book.at(17), book.at(9)) == (first, second, None)
    assert [m[2] for m in book.mentions_from(11, 30)] == [second]
    book.widen(second, (5, 22))
    assert (book.at(6), book.begins(5), book.begins(15)) == (second, True, False)
    assert book.add("l'association Horizon", "association") is first
    assert first.kind == "association"


def test_a_component_alone_says_what_is_missing() -> None:
    reading = Reading(ActContext(None, None, None), "Un texte.")
    with pytest.raises(ComponentMissing, match="delibgraph_programmes"):
        _ = reading.programmes
    doc = pipeline().make_doc("Un texte.")
    doc._.reading = reading
    with pytest.raises(ComponentMissing, match="delibgraph_organisations"):
        pipeline().get_pipe("delibgraph_roles")(doc)


def test_spacy_sees_what_was_read() -> None:
    text = "La ville verse 500 € à l'association Horizon dans le cadre du contrat de ville 2024-2030."
    nlp = pipeline()
    doc = nlp.make_doc(text)
    doc._.reading = Reading(ActContext("Ville de Montclair", None, None), text)
    groups = mark(nlp(doc)).spans
    assert [s.text for s in doc.sents] == [text]
    assert [s.text for s in groups["amounts"]] == ["500 €"]
    assert "Horizon" in {s.text for s in groups["organisations"]}
    assert [(s.text, s.label_) for s in groups["programmes"]] == [("contrat de ville", "contrat-de-ville")]
    assert [s.text for s in groups["periods"]] == ["2024-2030"]
