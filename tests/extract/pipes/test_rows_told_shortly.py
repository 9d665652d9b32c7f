"""Rows that tell more than a name and a sum: parts of a total, the number of a file, a cost in brackets, a refusal."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from tests.extract.header.whole_acts import act as whole_act
from tests.extract.pipes.test_small_lists import published

Act = Callable[..., ActFacts]
Minutes = Callable[[str], ActFacts]
ABOVE = "- d'attribuer les aides figurant au tableau ci-dessus ;"


def test_parts_that_add_up_to_a_total_are_parts_of_it(act: Act) -> None:
    table = (
        "| Club | Niveau | Part résultats | Part formation | Total |\n|---|---|---|---|---|\n"
        "| Volley Ball Lamure | Élite | 24 000 € | 8 000 € | 32 000 € |\n"
        "| Aviron Brionnais | National 1 | 6 000 € | 4 500 € | 10 500 € |"
    )
    facts = act(ABOVE, title="Sport - Aides aux clubs", body=table)
    wholes = [int(f.amount or 0) for f in facts.fundings if f.status == "awarded" and f.part_of is None]
    parts = [int(f.amount or 0) for f in facts.fundings if f.part_of is not None]
    assert wholes == [32000, 10500]
    assert parts == [24000, 8000, 6000, 4500]


def test_parts_that_several_bear_are_no_parts_of_a_grant(act: Act) -> None:
    table = (
        "| Association | Part familles | Part Département | Total |\n|---|---|---|---|\n"
        "| Volley Ball Lamure | 24 000 € | 8 000 € | 32 000 € |\n| Aviron Brionnais | 6 000 € | 4 500 € | 10 500 € |"
    )
    facts = act(ABOVE, title="Sport - Aides aux clubs", body=table)
    assert not any(f.part_of for f in facts.fundings)


@pytest.mark.parametrize("leader", [" : ", " .............. "])
def test_a_name_stands_between_the_number_of_its_file_and_what_is_granted_for(act: Act, leader: str) -> None:
    rows = (
        f"Dossier n° 24-587 – HANDBALL CLUB DU VAL (26) – N1 féminine{leader}45 000 €\n"
        f"Dossier n° 24-602 – Roller Skating Lamurois (07) – Élite masculine{leader}22 500 €"
    )
    found = published(act(f"Attribue les subventions suivantes :\n\n{rows}", title="Clubs de haut niveau"))
    assert found == [("HANDBALL CLUB DU VAL", 45000), ("Roller Skating Lamurois", 22500)]


def test_a_cost_in_brackets_stands_between_a_name_and_its_aid(act: Act) -> None:
    rows = (
        "SARL Fournil de Lamure (extension du laboratoire, 48 200 € HT) : 4 820 €\n"
        "Librairie Le Grimoire (rayonnages, 21 500 € HT) : 2 150 €"
    )
    found = published(act(f"Décide d'attribuer les aides suivantes :\n{rows}", title="Économie"))
    assert found == [("SARL Fournil de Lamure", 4820), ("Librairie Le Grimoire", 2150)]


SUPPORT = "La communauté soutient les associations dont le rayonnement dépasse une commune. "
ROWS = (
    "- École de musique du Bocage : 27 000 €\n- Association Ciné-Pré, pour le cinéma itinérant : 4 200 €\n"
    "- Compagnie Herbe Haute : 0 € (demande de 3 000 € non retenue, hors critères)\n"
)


def test_what_the_commission_proposes_for_bodies_that_are_supported_is_voted(act: Act) -> None:
    facts = act("VOTE : Pour : 12 – Contre : 0", title="Culture", body=f"{SUPPORT}La commission propose :\n{ROWS}")
    assert published(facts) == [("École de musique du Bocage", 27000), ("Ciné-Pré", 4200)]
    assert [int(f.amount or 0) for f in facts.fundings if f.status == "rejected"] == [3000]


def test_what_is_proposed_without_a_word_of_support_is_no_grant(act: Act) -> None:
    body = f"Le planning de la salle est chargé. La commission propose :\n{ROWS}"
    assert published(act("VOTE : unanimité", title="Salle des fêtes", body=body)) == []


@pytest.mark.parametrize(
    "point",
    [
        "de verser à l'association Horizon 2 000 € pour 2023 et d'adhérer à l'Union du Val pour 120 € de cotisation ;",
        "d'attribuer à l'association Horizon la mise à disposition gratuite d'une salle et une subvention de 2 000 € ;",
    ],
)
def test_the_kind_of_a_grant_is_not_that_of_what_stands_beside_it(act: Act, point: str) -> None:
    facts = act(f"- {point}", title="Vie associative")
    assert next(f.kind for f in facts.fundings if f.amount == 2000) == "subsidy"


def test_what_the_body_bears_itself_makes_a_plan_of_the_rows_beside_it(act: Act) -> None:
    """Who bears the rest gives: the reader had published grants of the syndicate to the agency and the region."""
    rows = "Agence du Sud\t50 %\t60 000 €\nRégion\t30 %\t36 000 €\nAutofinancement du syndicat\t20 %\t24 000 €"
    body = f"Les aides suivantes pourraient être obtenues :\n\n{rows}\n\nIl est proposé d'y souscrire."
    facts = act("- de solliciter les aides les plus élevées possibles ;", title="Berges - Subventions", body=body)
    assert published(facts) == []
    assert {int(f.amount or 0) for f in facts.fundings} >= {60000, 36000}


def test_no_row_is_named_by_the_verb_of_a_decision(act: Act) -> None:
    rows = "- d'attribuer :\nComité de tennis de table ; 3 150 €\nComité de handball ; 5 600 €\n"
    refused = "- de rejeter la demande de l'association Karting du Pré (4 000 €) ;"
    facts = act(f"{rows}\n{refused}", title="Sport - Subventions")
    assert 4000 not in [amount for _, amount in published(facts)]
    assert [int(f.amount or 0) for f in facts.fundings if f.status == "rejected"] == [4000]


def test_a_cell_agrees_to_a_sum_or_refuses_the_file(act: Act) -> None:
    """The reader had left the whole table unread, since its last column held words."""
    rows = (
        "Dossier\tNature de l'aide\tMontant demandé\tAvis de la commission\n"
        "2024-11\tDette de loyer\t400 €\tAccord : 300 €\n"
        "2024-12\tPermis de conduire\t750 €\tRefus\n2024-15\tFacture d'eau\t180 €\tAvis favorable : 180 €"
    )
    decided = "- d'accorder les secours des dossiers 2024-11 et 2024-15 pour les montants proposés par la commission ;"
    body = f"Les demandes sont présentées ci-dessous :\n\n{rows}\n\nSuite."
    facts = act(decided, title="Aides facultatives", body=body)
    awarded = [(f.beneficiary, int(f.amount or 0)) for f in facts.fundings if f.status == "awarded"]
    assert awarded == [(None, 300), (None, 180)]
    assert [int(f.amount or 0) for f in facts.fundings if f.status == "rejected"] == [750]


def test_what_members_of_a_syndicate_pay_is_told_some_sentences_above_their_table() -> None:
    """The reader had published the members' dues as grants of the syndicate to them."""
    facts = whole_act(
        "Syndicat mixte de la Brenne\n\nDÉLIBÉRATION DU COMITÉ SYNDICAL\n\nSéance du 12 février 2025\n\n"
        "Objet : Contributions des membres et demande de subvention\n\n"
        "Les dépenses du syndicat sont couvertes par les contributions de ses membres, selon leur population. "
        "Le débat d'orientation budgétaire a montré un besoin de 500 000 € compte tenu du coût des travaux.\n\n"
        "La répartition est la suivante :\n\nCommunauté d'agglomération du Val     60 %     300 000 €\n"
        "Communauté de communes des Prés      40 %     200 000 €\n"
        "Total                               100 %     500 000 €\n\n"
        "Le comité syndical, à l'unanimité :\n- FIXE les contributions comme ci-dessus."
    )
    names = {o.id: o.name for o in facts.organisations}
    told = [(f.kind, names.get(f.beneficiary or "")) for f in facts.fundings if f.status == "awarded"]
    assert told == [("membership", "Syndicat mixte de la Brenne")] * 2
