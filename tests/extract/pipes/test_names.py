"""Where a proper name ends, and which sigles belong to which long form."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts
from extract.pipes.abbreviations import find_definitions, long_form
from extract.pipes.name_ends import name_part
from extract.pipes.names import name_end, strip_name
from extract.pipes.orgbook import name_key
from extract.pipes.roles import is_person


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CESAM et à la ville", "CESAM"),
        ("MJC de Dijon et le club", "MJC de Dijon"),
        ("« La Table Ouverte » une subvention", "« La Table Ouverte »"),
        ("Office municipal des sports pour 2024", "Office municipal des sports"),
        ("Amis du livre, pour son salon", "Amis du livre"),
        ("Médecins sans frontières, une aide", "Médecins sans frontières"),
        ("Cap Sud 500 €", "Cap Sud"),
        ("Radio 21, qui", "Radio 21"),
        ("Horizon 2024", "Horizon"),
        ("Horizon et Madame Claire NOEL", "Horizon"),
        ("une subvention", ""),
    ],
)
def test_extent_of_names(text: str, name: str) -> None:
    assert text[: name_end(text, 0)] == name


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("l'association Graines de Palabre, pour ses veillées", "l'association Graines de Palabre"),
        ("La Ruche Volante, qui anime le jardin partagé", "La Ruche Volante"),
        ("Aviron Clavennois, gestionnaire du plan d'eau", "Aviron Clavennois"),
        ("MJC du Val au titre de 2024", "MJC du Val"),
        ("Les Amis du livre - pour l'organisation du salon", "Les Amis du livre"),
        ("Ombre & Sel, aide à la structuration", "Ombre & Sel"),
        ("Ligue contre le cancer", "Ligue contre le cancer"),
        ("Souvenir Français, comité de Brenac", "Souvenir Français, comité de Brenac"),
        ("Conseil d'architecture, d'urbanisme et de l'environnement", None),
        ("Association « Ceux qui marchent »", None),
        ("Une Rose, un Espoir", None),
    ],
)
def test_what_a_cell_tells_of_a_body_is_not_its_name(cell: str, name: str | None) -> None:
    assert cell[: name_part(cell)] == (name or cell)


def test_names_that_begin_with_an_article() -> None:
    text = "Les amis du livre, pour son salon"
    assert text[: name_end(text, 0)] == "Les amis du livre"


def test_a_name_stops_where_another_is_known() -> None:
    text = "Horizon et Cap Sud"
    assert text[: name_end(text, 0)] == "Horizon et Cap Sud"
    assert text[: name_end(text, 0, taken=lambda position: position == 11)] == "Horizon"


@pytest.mark.parametrize(
    ("written", "name"),
    [("« CREATIV' », ", "CREATIV'"), ("Régie (dite RQ", "Régie"), ("Anne- Marie", "Anne-Marie"), ("A\n  B", "A B")],
)
def test_stripped_names(written: str, name: str) -> None:
    assert strip_name(written) == name


@pytest.mark.parametrize("other", ["l'association Horizon", "HORIZON", "L’Association  HORIZON", "Horizon."])
def test_names_with_one_key(other: str) -> None:
    assert name_key(other) == name_key("Horizon")


def test_different_names_have_different_keys() -> None:
    assert name_key("Horizon") != name_key("Horizons nouveaux")
    assert name_key("Centre communal d'action sociale de Talant") == name_key("CCAS de Talant")


@pytest.mark.parametrize(
    ("text", "sigle", "long"),
    [
        ("Centre communal d'action sociale (CCAS)", "CCAS", "Centre communal d'action sociale"),
        ("le Plan local pour l'insertion et l'emploi (PLIE)", "PLIE", "Plan local pour l'insertion et l'emploi"),
        ("CIDFF (Centre d'information sur les droits des femmes et des familles)", "CIDFF", "Centre"),
        ("l'Office public de l'habitat, dit OPH,", "OPH", "Office public de l'habitat"),
        ("Union Nationale de Familles et Amis de personnes malades (UNAFAM)", "UNAFAM", "Union Nationale"),
        ("le Montclair Iroise Handball (MIHB)", "MIHB", "Montclair Iroise Handball"),
        ("le Comité des Œuvres Sociales (COS)", "COS", "Comité des Œuvres Sociales"),
    ],
)
def test_sigles_tied_to_their_long_form(text: str, sigle: str, long: str) -> None:
    (found,) = find_definitions(text)
    assert found.sigle == sigle
    assert text[found.start : found.end].startswith(long)


def test_letters_that_do_not_align_are_no_definition() -> None:
    assert long_form("la subvention annuelle", "CCAS") is None
    assert find_definitions("la réunion du bureau (DIJON)") == []


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Enzo MARCHAND", True),
        ("Anne-Marie LE GOFF", True),
        ("Harmonie municipale", False),
        ("Confluent Habitat OPH", False),
    ],
)
def test_natural_persons_by_their_name_alone(name: str, person: bool) -> None:
    assert is_person(name) is person


def test_a_town_cut_after_its_hyphen(act: Callable[..., ActFacts]) -> None:
    """The rest of a town's name below is not left out: "Montrabé-" then "la-Garde" is another town than Montrabé."""
    facts = act("- d'attribuer à la commune de Montrabé-\nla-Garde une subvention d'équipement de 118 400 € ;")
    (funding,) = [f for f in facts.fundings if f.status == "awarded"]
    assert {o.id: o.place for o in facts.organisations}[funding.beneficiary or ""] == "Montrabé-la-Garde"


def test_a_house_bears_the_commune_behind_its_name_as_another_name(act: Callable[..., ActFacts]) -> None:
    body = "Collège Jules-Rouanet à Ostabat-le-Pont\tRugby\t1 500 €\nCollège des Gaves à Larribère\tEscalade\t1 200 €"
    found = act("- décide d'attribuer les subventions ci-dessus.", body=f"Les aides sont les suivantes :\n\n{body}")
    told = {o.name: o.aliases for o in found.organisations}
    assert "Collège Jules-Rouanet à Ostabat-le-Pont" in told["Collège Jules-Rouanet"]
    assert "Collège des Gaves à Larribère" in told["Collège des Gaves"]


def test_a_society_of_charity_is_no_company(act: Callable[..., ActFacts]) -> None:
    found = act("- décide d'attribuer 1 800 € à la Société Saint-Vincent-de-Paul, conférence Notre-Dame.")
    (society,) = [o for o in found.organisations if "Vincent" in o.name]
    assert society.kind == "association"
    assert society.name.startswith("Société Saint-Vincent-de-Paul")


def test_the_sigle_of_a_kind_means_the_only_body_of_it(act: Callable[..., ActFacts]) -> None:
    body = "L'établissement public de coopération culturelle (EPCC) Opéra de l'Orme associe la Ville et la Région."
    found = act(
        "- d'approuver la contribution à l'EPCC Opéra de l'Orme, d'un montant de 315 000 € ;\n"
        "- d'attribuer à l'EPCC une subvention d'équipement de 85 000 €.",
        body=body,
    )
    houses = {f.beneficiary for f in found.fundings if f.status == "awarded"}
    assert len(houses) == 1
    assert None not in houses


def test_what_the_expose_tells_in_the_conditional_is_granted_by_a_decision_that_takes_it_up(
    act: Callable[..., ActFacts],
) -> None:
    body = "L'association Basket Support recevrait, pour l'école de basket, 45 000 €."
    found = act("- d'attribuer aux clubs susmentionnés les subventions indiquées.", body=body)
    (award,) = [f for f in found.fundings if f.status == "awarded"]
    assert (award.amount, award.confidence > 0.8) == (45000, True)
    unsettled = act("- d'adopter le budget.", body=body)
    assert not [f for f in unsettled.fundings if f.status == "awarded" and f.confidence >= 0.65]
