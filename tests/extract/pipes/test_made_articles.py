"""Decisions in articles are read back: what the other articles, the exposé and the recitals tell is nobody's grant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Protocol

import pytest

from extract.acts import extract_source
from extract.facts import ActFacts
from extract.read import read_bytes
from graph.mapping.context import PUBLISH_THRESHOLD
from tests.extract.pipes.made_articles import HEAD, bare, made_articles
from tests.extract.pipes.test_made_tables import bare as compared
from tests.extract.pipes.test_made_tables import names

_SEEDS, _LEAST_READ = 30, 0.97
FORMULA = "Le conseil municipal, après en avoir délibéré, à l'unanimité,\n\nDÉCIDE\n\n"


def published(text: str) -> list[tuple[set[str], int]]:
    """The names of who receives, and the sum, of each award of an act that is published."""
    (act,) = extract_source(read_bytes("acte.txt", text.encode())).acts
    return granted(act)


def granted(act: ActFacts) -> list[tuple[set[str], int]]:
    told = {o.id: names(o) for o in act.organisations}
    sure = [f for f in act.fundings if f.status == "awarded" and f.confidence >= PUBLISH_THRESHOLD]
    return [(told.get(f.beneficiary or "", set()), int(f.amount or 0)) for f in sure if f.beneficiary]


def awards(articles: str, told: str = "La commune soutient la vie locale.") -> dict[str, int]:
    """Receiver → sum of a decision in articles."""
    text = HEAD.format(title="Vie locale") + f"{told}\n\n{FORMULA}{articles}\n"
    return {max(known, key=len): value for known, value in published(text)}


class Made(Protocol):
    """A composed text, who receives what of it, and the traits it was drawn with."""

    text: str
    granted: list[tuple[str, int]]
    traits: list[str]


def assert_read_back(
    make: Callable[[Random], Made], read: Callable[[str], list[tuple[set[str], int]]], seeds: int, least_read: float
) -> None:
    """That no text of so many seeds is read to grant what it does not, and at least this share of what it does."""
    told = 0
    missed: Counter[tuple[str, int]] = Counter()
    wrong: list[tuple[int, int, list[str]]] = []
    for seed in range(seeds):
        made = make(Random(seed))
        wanted = [(compared(bare(name)), value) for name, value in made.granted]
        told += len(wanted)
        for known, value in read(made.text):
            hit = next((w for w in wanted if w[1] == value and w[0] in known), None)
            if hit is None:
                wrong.append((seed, value, made.traits))
            else:
                wanted.remove(hit)
        missed += Counter(wanted)
    assert not wrong, wrong
    assert sum(missed.values()) <= (1 - least_read) * told, missed


def test_articles_are_read_back_and_nothing_beside_them() -> None:
    assert_read_back(made_articles, published, _SEEDS, _LEAST_READ)


@pytest.mark.parametrize("form", ["a) {n} : {s}", "1) {n}, {s}", "b) {n} ({s})", "c) {s} à l'{n}", "2. {n} – {s}"])
def test_letters_and_figures_before_rows_are_no_part_of_names(form: str) -> None:
    rows = {"Amicale laïque": 640, "Harmonie de Valmore": 320}
    listed = "\n".join(form.format(n=name, s=f"{value} €") for name, value in rows.items())
    assert awards(f"Article 1 : Attribue les subventions suivantes :\n{listed}") == {
        compared(name): value for name, value in rows.items()
    }


def test_a_name_may_begin_with_an_indefinite_article() -> None:
    listed = "- Un Toit Demain : 640 €\n- Une Voile au Vent : 320 €\n- une formation : 150 €"
    found = awards(f"Article 1 : Attribue les subventions suivantes :\n{listed}")
    assert (found.get("un toit demain"), found.get("une voile au vent")) == (640, 320)


def test_a_sum_that_a_line_parts_is_one_sum() -> None:
    line = "Article 1 : Il est accordé à l'Amicale laïque une subvention de fonctionnement de 13\n770,00 €."
    assert awards(line) == {"amicale laique": 13770}


def test_two_cells_of_a_table_are_no_parted_sum() -> None:
    rows = "Association\nAdhérents\nSubvention\nAmicale laïque\n12\n770 €\nHarmonie de Valmore\n30\n450 €"
    found = awards("Article 1 : Attribue les subventions figurant au tableau ci-dessus.", rows)
    assert sorted(found.values()) == [450, 770]


@pytest.mark.parametrize("club", ["Tennis club valmorin", "Judo club rouvrais", "Vélo club des Prés", "Moto club"])
def test_a_club_keeps_its_whole_name(club: str) -> None:
    assert awards(f"Article 1 : Attribue au {club} une subvention de 400 €.") == {compared(club): 400}


@pytest.mark.parametrize(
    "article",
    [
        "Abroge la délibération du 6 avril 2022 attribuant 500 € à l'association Horizon.",
        "Annule et remplace la délibération du 6 avril 2022 qui attribuait à l'association Horizon 500 €.",
        "Prend acte que l'association Horizon a perçu 500 € en 2023.",
        "Rappelle que la commune a versé 500 € à l'association Horizon.",
    ],
)
def test_what_an_article_undoes_or_notes_is_given_elsewhere(article: str) -> None:
    assert awards(f"Article 1 : Attribue à l'Amicale laïque une aide de 300 €.\n\nArticle 2 : {article}") == {
        "amicale laique": 300
    }


def test_a_recital_grants_nothing() -> None:
    recital = "Vu la délibération du 6 avril 2022 attribuant une subvention de 500 € à l'association Horizon,"
    assert awards("Article 1 : Attribue à l'Amicale laïque une aide de 300 €.", recital) == {"amicale laique": 300}


def test_a_common_name_means_nobody_named_elsewhere() -> None:
    """ "L'association sportive du collège" is a body, not the one that another article gives to."""
    found = awards(
        "Article 1 : Fixe à 300 € la participation communale aux frais de l'association sportive du collège.\n\n"
        "Article 2 : Fixe à 400 € la participation communale aux frais de la Croix-Rouge française."
    )
    assert found == {compared("association sportive du collège"): 300, "croix rouge francaise": 400}


@pytest.mark.parametrize(
    "told",
    [
        "La Caisse d'allocations familiales a notifié le 11 avril à la commune une dotation de 9 400 €.",
        "L'association Horizon souhaite que la commune s'engage sur 2 000 € en 2024 et 3 000 € en 2025.",
        "Un avenant, approuvé par délibération du 14 mars 2023, a confié à l'association Horizon un registre et "
        "a ouvert à ce titre une aide complémentaire de 5 000 € pour la seule année 2023.",
        "Considérant l'aide que le Département se propose de verser à l'association Horizon, soit 4 000 € ;",
    ],
)
def test_what_others_give_ask_or_gave_is_no_grant_of_the_body(told: str) -> None:
    assert awards("Article 1 : Attribue à l'Amicale laïque une aide de 300 €.", told) == {"amicale laique": 300}


def test_what_partners_have_in_common_is_no_town() -> None:
    told = "L'accueil répond aux priorités communes de la CAF et aux actions communes de l'Agence régionale de santé."
    text = HEAD.format(title="Vie locale") + f"{told}\n\n{FORMULA}Article 1 : Attribue 300 € à l'Amicale laïque.\n"
    (act,) = extract_source(read_bytes("acte.txt", text.encode())).acts
    assert not [
        o.name for o in act.organisations if o.name.startswith(("Ville", "Commune")) and "VALMORE" not in o.name
    ]
