"""Actions told one below the other with their carrier and their sum; actions in quotes behind a name; what is over."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.facts import ActFacts
from tests.examples import examples

Act = Callable[..., ActFacts]

NAMES = [
    "La Boutique Solidaire",
    "Femmes du Val",
    "Club de lutte",
    "Les Jardins du Haut-Val",
    "Vélo École",
    "Cap Jeunes",
]
PROJECTS = [
    "Permanences d'accès aux droits",
    "Stages d'été",
    "Aller vers les personnes isolées",
    "Ateliers du mercredi",
]
FORMS = {
    "labelled": "Action n° {n} – {project}\nPorteur : {name}\nPart de la Ville : {sum} €",
    "labelled below": "{project}\nStructure porteuse : {name}\nPublic : 40 familles\nSubvention accordée : {sum} €",
    "headed": "{name} – {project}\nCe projet tient à l'émancipation.\nMontant de la subvention proposée : {sum} €",
    "with costs": (
        "Association {name}\nAction : {project}\nCoût total : 12 000 €\nSubvention demandée : 9 900 €\n"
        "Subvention proposée : {sum} €"
    ),
    "shared": ("Porteur : {name}\nAction : {project}\nCoût : 12 000 € – État : 4 000 € – Ville : {sum} €"),
    "with others": (
        "Bénéficiaire : {name}\nProjet : {project}\nPart de l'État : 7 777 €\nParticipation de la Ville : {sum} €"
    ),
}
DECISION = "d'attribuer aux porteurs de projets les subventions mentionnées ci-dessus ;"
TITLE = "Contrat de ville – Programmation 2025"


def told(facts: ActFacts) -> set[tuple[str | None, int]]:
    names = {o.id: o.name for o in facts.organisations}
    return {(names.get(f.beneficiary or ""), int(f.amount or 0)) for f in facts.fundings if f.status == "awarded"}


@settings(max_examples=examples(8), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    form=st.sampled_from(sorted(FORMS)),
    cards=st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(PROJECTS), st.integers(5, 480)),
        min_size=2,
        max_size=5,
        unique_by=(lambda card: card[0], lambda card: card[2]),
    ),
)
def test_each_card_gives_its_carrier_its_sum(act: Act, form: str, cards: list[tuple[str, str, int]]) -> None:
    written = [FORMS[form].format(n=n, name=name, project=p, sum=100 * s) for n, (name, p, s) in enumerate(cards, 1)]
    body = "\n\n".join(["Les actions retenues sont les suivantes :", *written])
    assert told(act(DECISION, title=TITLE, body=body)) == {(name, 100 * s) for name, _, s in cards}


def test_a_card_tells_what_its_grant_is_for(act: Act) -> None:
    cards = [FORMS["headed"].format(name=name, project=p, sum=900) for name, p in zip(NAMES, PROJECTS, strict=False)]
    facts = act(DECISION, title=TITLE, body="\n\n".join(["Voici la seconde série :", *cards]))
    assert {action.label for action in facts.actions} == set(PROJECTS)


def test_what_others_pay_is_no_grant_of_the_authority(act: Act) -> None:
    cards = [f"Porteur : {name}\nPart du Département : 4 000 €\nPart de la Région : 3 000 €" for name in NAMES[:3]]
    facts = act("d'approuver la programmation ;", title=TITLE, body="\n\n".join(["Les actions sont :", *cards]))
    assert told(facts) == set()


def test_an_action_in_quotes_is_no_part_of_the_name(act: Act) -> None:
    rows = ["- Cap Jeunes – « Chantiers d'été » : 7 500 €", "- Boxing Club du Val – « Gants et cahiers » : 2 800 €"]
    rows += ["- Compagnie « Les Fous du quai » : 900 €"]
    facts = act(DECISION, title=TITLE, body="\n".join(["Il est proposé d'aider les actions suivantes :", *rows]))
    assert {("Cap Jeunes", 7500), ("Boxing Club du Val", 2800)} <= told(facts)
    assert {"Chantiers d'été", "Gants et cahiers"} <= {action.label for action in facts.actions}
    assert any("Les Fous du quai" in str(name) for name, _ in told(facts))


@pytest.mark.parametrize(
    "body",
    [
        "La régie emploie 40 salariés. La Ville a versé à ce titre une aide de 33 000 € chaque année.",
        "Considérant que la subvention municipale s'est élevée à 33 000 € pour la saison écoulée ;",
        "Les partenaires ont fait connaître leurs intentions : 90 000 € pour l'État et 33 000 € pour la Région.",
    ],
)
def test_what_was_given_and_what_partners_mean_to_give_is_not_granted(act: Act, body: str) -> None:
    facts = act("d'attribuer à la Régie de quartier du Val une subvention de 36 000 € ;", title="Subvention", body=body)
    assert told(facts) == {("Régie de quartier du Val", 36000)}


def test_a_society_of_friends_keeps_its_whole_name(act: Act) -> None:
    facts = act("d'attribuer une subvention de 5 000 € à la Société des Amis de Saint-Andoche ;", title="Subvention")
    assert told(facts) == {("Société des Amis de Saint-Andoche", 5000)}


def test_a_carrier_without_a_sum_does_not_take_that_of_the_next_card(act: Act) -> None:
    cards = [
        "Porteur : Cap Jeunes\nAction : Chantiers d'été",
        *(
            f"Porteur : {name}\nSubvention proposée : {sum_} €"
            for name, sum_ in (("Femmes du Val", 900), ("Vélo École", 700))
        ),
    ]
    facts = act(DECISION, title=TITLE, body="\n\n".join(["Les actions sont les suivantes :", *cards]))
    assert told(facts) == {("Femmes du Val", 900), ("Vélo École", 700)}


def test_a_row_that_tells_its_cost_first_grants_the_aid(act: Act) -> None:
    rows = [
        "- SARL Boulangerie Morel, 14 rue Basse : devanture. Dépenses : 21 400 € HT. Aide de la Ville : 6 420 €.",
        "- EURL Garage du Pont, à Montclair, achat d'un pont élévateur, dépense retenue 11 200 €, aide de 2 240 € ;",
        "- Jardins du Val : création de douze parcelles, coût 7 850 €, aide proposée 2 500 € ;",
    ]
    decision = "- d'attribuer à chacun des porteurs énumérés ci-dessus l'aide proposée ;"
    facts = act(decision, title=TITLE, body="\n".join(["Les dossiers retenus sont les suivants :", *rows]))
    assert told(facts) == {("SARL Boulangerie Morel", 6420), ("EURL Garage du Pont", 2240), ("Jardins du Val", 2500)}


def test_a_row_with_the_aid_of_another_body_grants_nothing(act: Act) -> None:
    rows = [
        f"- SARL {name} : devanture. Dépenses : 21 400 € HT. Aide de la Région : 6 420 €."
        for name in ("Morel", "Petit")
    ]
    decision = "- d'approuver les aides indiquées ci-dessus ;"
    facts = act(decision, title=TITLE, body="\n".join(["Les dossiers retenus sont les suivants :", *rows]))
    assert told(facts) == set()
