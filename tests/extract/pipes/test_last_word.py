"""What the act says in the end has the last word: over what was proposed, planned before, or given another year."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts

Act = Callable[..., ActFacts]
Minutes = Callable[[str], ActFacts]


def awards(facts: ActFacts, kinds: tuple[str, ...] = ("subsidy", "contribution")) -> list[tuple[str, int]]:
    """Receiver and sum of each award of a kind that no other one holds."""
    told = {o.id: o.name for o in facts.organisations}
    return sorted(
        (told.get(f.beneficiary or "", "?"), int(f.amount or 0))
        for f in facts.fundings
        if f.status == "awarded" and f.kind in kinds and f.part_of is None
    )


@pytest.mark.parametrize(
    ("change", "decided"),
    [
        (
            "M. PAUL dépose un amendement tendant à porter l'aide à 900 €. L'amendement est adopté.",
            "attribue en conséquence une aide de 900 € à l'association Les Voiles du Val.",
        ),
        (
            "M. PAUL propose de porter cette aide à 900 €. Cette modification est acceptée par le rapporteur.",
            "attribue à l'association Les Voiles du Val une aide de 900 €.",
        ),
        (
            "Mme NOIR souhaite une aide plus forte. Mis aux voix, son amendement est adopté.",
            "adopte la délibération ainsi amendée : l'aide à l'association Les Voiles du Val est fixée à 900 €.",
        ),
        (
            "Après discussion, le montant est revu.",
            "adopte le projet ainsi modifié : une aide de 900 € est attribuée à l'association Les Voiles du Val.",
        ),
    ],
)
def test_an_amendment_changes_what_was_proposed(minutes: Minutes, change: str, decided: str) -> None:
    proposed = "Il est proposé d'attribuer à l'association Les Voiles du Val une aide de 600 €"
    other = "et d'attribuer à l'association Cap Sud une aide de 400 €."
    text = f"1. Subventions 2024\n\n{proposed} {other}\n\n{change}\n\nLe conseil municipal, à l'unanimité, {decided}\n"
    told = awards(minutes(text))
    assert ("Les Voiles du Val", 900) in told
    assert ("Les Voiles du Val", 600) not in told


def test_without_an_amendment_two_grants_to_one_body_stay_two(act: Act) -> None:
    told = act(
        "- ATTRIBUE 600 € à l'association Les Voiles du Val pour son fonctionnement ;\n"
        "- ATTRIBUE 900 € à l'association Les Voiles du Val pour la Nuit des phares.\n"
    )
    assert awards(told) == [("Les Voiles du Val", 600), ("Les Voiles du Val", 900)]


@pytest.mark.parametrize(
    "aside",
    [
        ", initialement prévue à 500 €",
        ", au lieu de 500 €",
        ", et non 500 €",
        ", primitivement fixée à 500 €",
        ", que celle-ci reversera à ses clubs sous forme de bourses de 500 €",
        ", qu'elle redistribuera à chaque club à hauteur de 500 €",
        ", à charge pour elle de reverser 500 € à chaque club",
    ],
)
def test_what_a_grant_was_before_or_becomes_is_no_grant(act: Act, aside: str) -> None:
    told = act(f"- ATTRIBUE à l'association Les Voiles du Val une aide de 900 €{aside}.\n")
    assert [value for _, value in awards(told)] == [900]


@pytest.mark.parametrize(
    "recalled",
    [
        "Une aide de 500 € lui avait en outre été accordée en 2021 pour ses bateaux.",
        "Une subvention de 500 € avait déjà été versée à l'association Les Voiles du Val l'an passé.",
        "La subvention de 500 €, qui lui avait été consentie en 2022, est soldée.",
    ],
)
def test_what_had_been_granted_is_no_grant(act: Act, recalled: str) -> None:
    body = f"L'association Les Voiles du Val accueille 60 enfants. {recalled}"
    told = act("- ATTRIBUE à l'association Les Voiles du Val une aide de 900 €.\n", body=body)
    assert awards(told) == [("Les Voiles du Val", 900)]


@pytest.mark.parametrize(
    "payments",
    [
        "une avance de 400 €, un acompte de 300 € et un solde de 200 €",
        "un premier versement de 400 €, puis deux acomptes de 200 € et un solde de 100 €",
        "une avance forfaitaire de 40 %, soit 400 €, et le solde au vu du bilan, soit 500 €",
    ],
)
def test_the_payments_of_a_grant_are_its_parts(act: Act, payments: str) -> None:
    told = act(
        "- ATTRIBUE à l'association Les Voiles du Val une subvention de 900 € ;\n"
        f"- APPROUVE la convention avec l'association Les Voiles du Val, qui prévoit {payments}.\n"
    )
    assert awards(told) == [("Les Voiles du Val", 900)]


@pytest.mark.parametrize(
    "lines",
    [
        "Parmi les dépenses : 9 000 € pour les subventions et 24 300 € de participation au SDIS.",
        "Au chapitre 65 figurent 24 300 € de contribution au SDIS de l'Orge.",
        "Les charges comprennent 24 300 € de participation au Syndicat scolaire du Val.",
    ],
)
def test_lines_of_a_budget_are_no_grants(act: Act, lines: str) -> None:
    told = act(f"- ADOPTE le budget primitif 2024. {lines}\n", title="Budget primitif 2024", body=lines)
    assert awards(told) == []


def test_a_verb_gives_in_an_act_about_the_budget_all_the_same(act: Act) -> None:
    point = "- DÉCIDE de verser 900 € de participation, sur les crédits du chapitre 65, à l'association Cap Sud.\n"
    assert awards(act(point, title="Budget primitif 2024")) == [("Cap Sud", 900)]


LIST = "\n".join(("Judo Club du Val : 300 €", "Cap Sud : 250 €", "Les Voiles du Val : 400 €"))


@pytest.mark.parametrize(
    "lead",
    [
        "Pour les autres, elle s'en tient aux montants de l'an passé :",
        "La commission reconduit les aides de l'année précédente :",
        "Les subventions sont maintenues au niveau de l'an dernier :",
        "Les montants proposés sont identiques à ceux de l'an dernier :",
    ],
)
def test_sums_of_last_year_that_are_kept_are_granted(act: Act, lead: str) -> None:
    told = act("- APPROUVE la liste des subventions ci-dessus.\n", body=f"La commission a siégé.\n\n{lead}\n\n{LIST}")
    assert [value for _, value in awards(told)] == [250, 300, 400]


@pytest.mark.parametrize("lead", ["L'an passé, les subventions étaient les suivantes :", "Pour mémoire, en 2023 :"])
def test_sums_of_last_year_that_are_recalled_are_not(act: Act, lead: str) -> None:
    told = act("- ATTRIBUE 900 € à l'association Horizon.\n", body=f"La commission a siégé.\n\n{lead}\n\n{LIST}")
    assert awards(told) == [("Horizon", 900)]


def test_a_table_that_lost_its_lines_gives_nothing_by_its_sentence(act: Act) -> None:
    rows = "Comité des fêtes du Val 1 000 € 1 200 € Foyer rural 600 € 650 € Judo Club du Val 300 € 310 €"
    body = f"La commission propose de retenir : Association Versé en 2023 Proposition 2024 {rows} Un débat s'engage."
    assert awards(act("- DIT que les crédits sont ouverts au budget.\n", body=body)) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("(« Parents d'abord », demande de 600 €)", "(« Vents libres », demande de 400 €)"),
        ("(600 € demandés)", "(400 € demandés)"),
        ("(demande : 600 €)", "(dont 100 € pour ses bateaux)"),
    ],
)
def test_requests_in_brackets_stand_beside_a_series(act: Act, first: str, second: str) -> None:
    told = act(
        f"- ATTRIBUE 500 € à l'association Cap Sud {first} et 300 € à l'association Les Voiles du Val {second}.\n"
    )
    assert awards(told) == [("Cap Sud", 500), ("Les Voiles du Val", 300)]
    names = {o.id: o.name for o in told.organisations}
    asked = [(names.get(f.beneficiary or ""), int(f.amount or 0)) for f in told.fundings if f.status == "requested"]
    assert ("Cap Sud", 600) in asked


@pytest.mark.parametrize(
    "rows", ["2021\t38 000 €\n2022\t41 000 €\n2023\t45 200 €", "2021 : 38 000 €\n2022 : 41 000 €\n2023 : 45 200 €"]
)
def test_a_table_of_years_that_are_over_grants_nothing(act: Act, rows: str) -> None:
    facts = act(
        "- d'attribuer à l'association Horizon une participation de 48 500 € pour 2024 ;",
        title="Association Horizon - Participation 2024",
        body="La Ville apporte chaque année à l'association Horizon une participation dont l'évolution a été la"
        f" suivante :\n\nExercice\tParticipation\n{rows}\n",
    )
    assert [(name.removeprefix("association "), value) for name, value in awards(facts)] == [("Horizon", 48500)]


@pytest.mark.parametrize("lead", ["Elle se décompose ainsi :", "Cette participation se ventile comme suit :"])
def test_what_a_participation_is_made_of_names_nobody(act: Act, lead: str) -> None:
    facts = act(
        "- d'attribuer à l'association Horizon une participation de 48 500 € ;",
        title="Association Horizon - Participation 2024",
        body=f"La participation à l'association Horizon s'élève à 48 500 €. {lead}\n\nObjet\tMontant\n"
        "Socle de fonctionnement\t30 000 €\nPermanences dans les communes\t12 500 €\nFonds d'aide\t6 000 €\n",
    )
    assert [(name.removeprefix("association "), value) for name, value in awards(facts)] == [("Horizon", 48500)]
