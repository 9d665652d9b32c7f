"""Flows that the build of a text tells: who of several is meant, what is told twice, what partners pay, years."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.pipes.money.draft import Draft
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading
from extract.text import key
from tests.examples import examples

CITY, COUNTY = "Ville de Montclair", "Département de la Haute-Brenne"
Flow = tuple[str, str, float]


def _named(organisation: Organisation | None, wanted: str) -> bool:
    return organisation is not None and key(wanted) in [
        key(n) for n in (organisation.name, *organisation.names.values())
    ]


def _awarded(reading: Reading) -> list[Draft]:
    return [d for d in reading.fundings if d.status == "awarded" and d.kind in ("subsidy", "contribution")]


def _check(reading: Reading, expected: list[Flow]) -> None:
    found = _awarded(reading)
    told = [(d.funder and d.funder.name, d.beneficiary and d.beneficiary.name, d.value) for d in found]
    assert len(found) == len(expected), told
    for funder, beneficiary, value in expected:
        assert any(
            d.value == value and _named(d.funder, funder) and _named(d.beneficiary, beneficiary) for d in found
        ), told


RECEIVERS: dict[str, tuple[str, str, list[Flow]]] = {
    "the association that is announced is not the one before": (
        "Il est proposé de participer à hauteur de 12 000 € au fonctionnement de l'ADIL et de 8 400 € à celui "
        "de l'association Clés en Main.",
        "d'approuver ces participations ;",
        [(CITY, "ADIL", 12000), (CITY, "Clés en Main", 8400)],
    ),
    "respectively, names behind": (
        "",
        "d'allouer respectivement 5 000 €, 3 000 € et 1 000 € au CIDFF du Gers, à l'ADAPEI et au Secours catholique ;",
        [(CITY, "CIDFF du Gers", 5000), (CITY, "ADAPEI", 3000), (CITY, "Secours catholique", 1000)],
    ),
    "a share of one grant is no share of the next one": (
        "",
        "d'allouer au Vélo-club une subvention de 45 000 €, dont 10 000 € fléchés sur le centre de formation, au Judo "
        "club une subvention de 18 000 €, et à l'Union gymnique une subvention de 12 500 €.",
        [
            (CITY, "Vélo-club", 45000),
            (CITY, "Vélo-club", 10000),
            (CITY, "Judo club", 18000),
            (CITY, "Union gymnique", 12500),
        ],
    ),
    "the body that bears a school's name": (
        "",
        "d'attribuer à l'amicale laïque de l'école Macé 400 € et au foyer socio-éducatif du lycée Condorcet 600 € ;",
        [(CITY, "amicale laïque de l'école Macé", 400), (CITY, "foyer socio-éducatif du lycée Condorcet", 600)],
    ),
    "a name that only the verb shows": (
        "",
        "d'allouer 900 € au Conseil des Sages ;",
        [(CITY, "Conseil des Sages", 900)],
    ),
    "an office of the young is no organ": (
        "",
        "d'allouer une subvention de 2 500 € au Bureau des Jeunes de Montclair ;",
        [(CITY, "Bureau des Jeunes de Montclair", 2500)],
    ),
    "what a verb pays for is no cost": (
        "",
        "de prendre en charge, au profit de l'association Entraide, le loyer du local à hauteur de 1 020 € ;",
        [(CITY, "Entraide", 1020)],
    ),
    "told of a service, granted to the body that bears it": (
        "Un soutien de 8 200 euros serait accordé au Bus Santé, porté par l'association Médecins du Coin.",
        "d'attribuer 8 200 € à Médecins du Coin ;",
        [(CITY, "Médecins du Coin", 8200)],
    ),
    "a grant that is annulled": ("", "d'annuler la subvention de 500 € accordée au Moto-club des Collines ;", []),
    "fields of a form": (
        "Bénéficiaire : Les Amis du Moulin\nObjet : restauration de la roue\nMontant accordé : 1 350 €\n\n"
        "Bénéficiaire : Fanfare en Fête\nObjet : achat d'instruments\nMontant accordé : 700 €",
        "d'attribuer les subventions ci-dessus ;",
        [(CITY, "Les Amis du Moulin", 1350), (CITY, "Fanfare en Fête", 700)],
    ),
    "a heading above its fields": (
        "1. Association Les Amis du Moulin\nProjet : restauration de la roue\nSubvention proposée : 1 350 €\n\n"
        "2. Fanfare en Fête\nProjet : achat d'instruments\nSubvention proposée : 700 €",
        "d'attribuer les subventions proposées ci-dessus ;",
        [(CITY, "Les Amis du Moulin", 1350), (CITY, "Fanfare en Fête", 700)],
    ),
}


@pytest.mark.parametrize("case", RECEIVERS)
def test_who_receives_is_told_by_the_build_of_the_text(decide: Callable[..., Reading], case: str) -> None:
    body, point, expected = RECEIVERS[case]
    _check(decide(point, title="Subventions", body=body), expected)


PARTNERS: dict[str, tuple[str, str, str, list[Flow]]] = {
    "contributions of partners, the verb left out": (
        COUNTY,
        "Pour 2024, la CAF du Vexin versera au Département 95 000 €, EDF lui versera 30 000 € et l'OPH Brenne Habitat "
        "12 500 €.",
        "d'accepter les contributions des partenaires au FSL ;",
        [("CAF du Vexin", COUNTY, 95000), ("EDF", COUNTY, 30000), ("OPH Brenne Habitat", COUNTY, 12500)],
    ),
    "an agreement that is approved": (
        CITY,
        "La CAF du Rhône s'engage à verser à la commune une prestation de 61 300 €.",
        "d'approuver la convention d'objectifs et de financement avec la CAF du Rhône ;",
        [("CAF du Rhône", CITY, 61300)],
    ),
    "told for information": (
        CITY,
        "Le Département versera de son côté 12 000 € à l'association Horizon.",
        "d'attribuer 500 € à l'association Horizon ;",
        [(CITY, "Horizon", 500)],
    ),
    "asked for": (
        CITY,
        "L'Agence de l'eau pourrait intervenir à hauteur de 107 500 €.",
        "de solliciter auprès de l'Agence de l'eau une subvention de 107 500 € ;",
        [],
    ),
}


@pytest.mark.parametrize("case", PARTNERS)
def test_what_partners_pay_counts_where_the_decision_takes_it_up(decide: Callable[..., Reading], case: str) -> None:
    authority, body, point, expected = PARTNERS[case]
    _check(decide(point, title="Partenariats", body=body, authority=authority), expected)


_LINES = st.sampled_from(
    [
        "{year}\t{sum} €",
        "- {year} : {sum} €",
        "• Année {year} : {sum} €",
        "- {sum} € en {year} ;",
        "Exercice {year} - {sum} euros",
    ]
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(9))
@given(
    line=_LINES,
    first=st.integers(2024, 2030),
    sums=st.lists(st.integers(2, 999).map(lambda n: n * 500), min_size=2, max_size=4),
)
def test_sums_told_year_by_year_are_one_funding_a_year(
    decide: Callable[..., Reading], line: str, first: int, sums: list[int]
) -> None:
    rows = "\n".join(line.format(year=first + i, sum=f"{value:,}".replace(",", " ")) for i, value in enumerate(sums))
    body = f"L'association Théâtre du Fil gère la salle.\n\nLe soutien de la Ville serait le suivant :\n\n{rows}"
    reading = decide(
        "d'approuver la convention avec l'association Théâtre du Fil ;", title="Convention pluriannuelle", body=body
    )
    assert [(d.value, d.first, d.last) for d in _awarded(reading)] == [
        (value, first + i, first + i) for i, value in enumerate(sums)
    ]
    assert all(_named(d.beneficiary, "Théâtre du Fil") for d in _awarded(reading))


def test_a_total_told_behind_the_sums_of_its_years_is_no_funding(decide: Callable[..., Reading]) -> None:
    reading = decide(
        "d'attribuer à l'association Radio Nova une subvention de 10 000 € pour 2024, 11 000 € pour 2025 et "
        "12 000 € pour 2026, soit 33 000 € au total ;"
    )
    assert [(d.value, d.first) for d in _awarded(reading)] == [(10000, 2024), (11000, 2025), (12000, 2026)]


@pytest.mark.parametrize("lead", ["Le budget du projet est le suivant :", "Les crédits de paiement seraient :"])
def test_a_budget_year_by_year_is_no_grant(decide: Callable[..., Reading], lead: str) -> None:
    body = f"L'association Théâtre du Fil gère la salle.\n\n{lead}\n\n2024 : 10 000 €\n2025 : 11 000 €"
    reading = decide("d'approuver la convention avec l'association Théâtre du Fil ;", title="Convention", body=body)
    assert _awarded(reading) == []


def test_a_full_line_goes_on_before_a_capital(decide: Callable[..., Reading]) -> None:
    body = (
        "La commission a examiné les demandes reçues avant le 31 janvier, au nombre de neuf, et les a classées. Le\n"
        "Skate Crew 62 demandait 1 800 € pour une étape de la coupe régionale, il est proposé de retenir 1 200 €\n"
        "pour cette manifestation, qui rassemblera plus de cent jeunes venus de toute la région au mois de mai et qui\n"
        "animera le centre de la ville pendant deux jours, avec des démonstrations et des initiations pour le public\n"
        "de tous les âges. La Mission locale du Val interviendra aussi sur place pour informer les jeunes sur elle."
    )
    _check(
        decide("d'accorder 1 200 € au Skate Crew 62 ;", title="Jeunesse", body=body), [(CITY, "Skate Crew 62", 1200)]
    )


def test_a_body_only_named_beside_is_not_the_one_meant(decide: Callable[..., Reading]) -> None:
    body = (
        "Le Montclair Brenne Handball (MBHB) compte 412 licenciés. Il mène l'accueil des publics éloignés du sport, en "
        "lien avec le centre social Les Tilleuls. La commission propose une aide de 42 000 €, versée en deux fois "
        ": 25 200 € en mars, et le solde, soit 16 800 €, en octobre, que le club emploiera à la formation."
    )
    found = decide("ATTRIBUE au MBHB une subvention de 42 000 € ;", body=body, title="Soutien au handball")
    assert {d.beneficiary.name for d in _awarded(found) if d.beneficiary} == {"Montclair Brenne Handball"}


@pytest.mark.parametrize(
    "words", ["dont l'aide dépasse 5 000 €", "aidées au-delà de 23 000 €", "d'un montant supérieur à 23 000 €"]
)
def test_a_threshold_is_given_to_nobody(decide: Callable[..., Reading], words: str) -> None:
    assert not decide(f"AUTORISE le Maire à signer une convention avec les associations {words} ;").fundings


@pytest.mark.parametrize(
    "before",
    [
        "En 2023, la ville lui avait alloué une aide de 28 000 €, à laquelle s'était ajoutée une aide de 2 500 €.",
        "Le montant avait été accordé à l'école Notre-Dame en 2019, soit 45 € par enfant, ce qui fait 1 890 €.",
    ],
)
def test_what_was_given_before_is_no_grant(decide: Callable[..., Reading], before: str) -> None:
    found = decide("d'attribuer 30 000 € au Judo club ;", body=f"Le Judo club est aidé chaque année. {before}")
    _check(found, [(CITY, "Judo club", 30000)])


@pytest.mark.parametrize(
    "lead", ["qui se décompose comme suit :", "répartie de la façon suivante :", "ainsi ventilée :"]
)
def test_the_parts_of_a_grant_go_to_whom_it_goes(decide: Callable[..., Reading], lead: str) -> None:
    body = (
        f"Il est proposé d'attribuer à l'association Brenne Innov une subvention de 295 000 €, {lead}\n\n"
        "- 190 000 € pour l'incubateur Le Tremplin,\n- 75 000 € pour l'animation de la filière,\n"
        "- 30 000 € pour l'entrepreneuriat étudiant."
    )
    found = decide("d'attribuer 295 000 € à l'association Brenne Innov ;", body=body)
    _check(found, [(CITY, "Brenne Innov", value) for value in (295000, 190000, 75000, 30000)])
    assert sum(d.parent is not None for d in found.fundings) == 3


def test_the_comite_is_the_one_the_act_names(decide: Callable[..., Reading]) -> None:
    body = (
        "Le Maire lit le courrier du Comité d'Animation de Montclair, qui a avancé les frais du feu d'artifice. Le "
        "Comité sollicite la commune à hauteur de 2 300 €."
    )
    found = decide("ACCORDE 1 200 € au Comité d'Animation de Montclair ;", body=body)
    assert {d.beneficiary.name for d in found.fundings if d.beneficiary} == {"Comité d'Animation de Montclair"}
