"""Lists of grants as towns write them: odd sums, short rows, remarks between rows, leads without a colon, minutes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from extract.facts import ActFacts

Read = Callable[..., ActFacts]


def granted(act: ActFacts) -> dict[str, Decimal | None]:
    """What each organisation is granted."""
    names = {o.id: o.name for o in act.organisations}
    told = [(names[f.beneficiary], f.amount) for f in act.fundings if f.status == "awarded" and f.beneficiary]
    assert len(told) == len(dict(told)), told
    return dict(told)


def test_sums_with_a_dash_for_the_cents(act: Read) -> None:
    body = """M. Perrin présente les propositions de la commission réunie le 26 novembre.

- Musique Sainte-Odile : 1.250,- € (dont l'uniforme des jeunes)
- Société d'aviculture : 250,-- €
- Football-Club Montclair 1928 : 1.800,– €
- Chorale paroissiale : 75.- €

Les associations qui n'ont pas remis leur bilan attendront."""
    found = act(
        "- décide d'accorder les subventions telles que détaillées ci-dessus.", body=body, title="Subventions 2024"
    )
    assert granted(found) == {
        "Musique Sainte-Odile": 1250,
        "Société d'aviculture": 250,
        "Football-Club Montclair 1928": 1800,
        "Chorale paroissiale": 75,
    }
    assert {f.start_year for f in found.fundings} == {2024}


@pytest.mark.parametrize(
    "lead",
    [
        "accorde les subventions suivantes pour 2024 :",
        "attribue pour 2024 les subventions suivantes",
        "décide de verser\nen 2024 :",
        "vote les subventions ci-après au titre de l'année 2024 :",
    ],
)
@pytest.mark.parametrize("row", ["- {0} : {1} €", "{0} {1} €", "• {0} – {1} euros", "{0} {1},- €"])
def test_short_rows(act: Read, lead: str, row: str) -> None:
    wanted = {"Football-Club Montclair 1928": 1800, "Chorale paroissiale": 250, "Association des parents d'élèves": 400}
    rows = "\n".join(row.format(name, value) for name, value in wanted.items())
    found = act(f"- {lead}\n\n{rows}")
    assert granted(found) == wanted
    assert {f.start_year for f in found.fundings} == {2024}


def test_remarks_between_rows_and_a_telling_again_in_prose(act: Read) -> None:
    body = """Elle propose :
 • Épicerie solidaire « Ar Bara » (association) : 3 000 €, qui correspond à la location de la chambre froide et à
   une partie du salaire de l'animatrice ;
 • Restos du Cœur, centre de Montclair : 800 €
 • Secours Populaire, comité du pays de Vannec : 500 €, sous réserve qu'il nous transmette son rapport."""
    found = act(
        "- APPROUVE le versement des subventions ci-dessus, à savoir 3 000 € à Ar Bara, 800 € aux Restos du Cœur "
        "et 500 € au Secours Populaire ;",
        body=body,
        title="Subventions aux structures d'aide alimentaire",
    )
    assert granted(found) == {
        "Épicerie solidaire « Ar Bara »": 3000,
        "Restos du Cœur, centre de Montclair": 800,
        "Secours Populaire, comité du pays de Vannec": 500,
    }


def test_a_list_that_goes_on_below_a_remark(act: Read) -> None:
    found = act(
        "- vote les subventions ci-après :\n- Comité des fêtes : 1 200 €\nMme Noël ne prend pas part au vote.\n"
        "- Amicale des pêcheurs : 150 €\n- Société de chasse Saint-Hubert : 160 €"
    )
    assert granted(found) == {
        "Comité des fêtes": 1200,
        "Amicale des pêcheurs": 150,
        "Société de chasse Saint-Hubert": 160,
    }


def test_minutes_in_prose_decide_a_list(act: Read) -> None:
    body = """Le Maire donne lecture des courriers.
Après discussion, le conseil décide d'accorder pour 2024 :
- Foyer rural de Courlanne : 400 €
- Comité d'animation de Saint-Paul : 300 €
- Souvenir Français, comité de Vallebreuil : 60 €"""
    assert granted(act("- Adopté", body=body)) == {
        "Foyer rural de Courlanne": 400,
        "Comité d'animation de Saint-Paul": 300,
        "Souvenir français, comité de Vallebreuil": 60,
    }


def test_a_list_of_requests_is_no_list_of_grants(act: Read) -> None:
    body = """Les demandes suivantes ont été reçues.

- Foyer rural de Courlanne : 400 €
- Chorale paroissiale : 300 €"""
    found = act("- décide de reporter l'examen de ces demandes.", body=body, title="Demandes")
    assert not [f for f in found.fundings if f.rule.startswith("list_row") or f.confidence > 0.5]


def test_sums_of_a_series_go_each_to_the_name_behind_it(act: Read) -> None:
    found = act(
        "- accorde les aides proposées, à savoir 700 € pour le Comité des fêtes de Brenac, 350 euros à la Chorale "
        "paroissiale et 200 € aux Amis du Vieux Moulin ;"
    )
    assert granted(found) == {
        "Comité des fêtes de Brenac": 700,
        "Chorale paroissiale": 350,
        "Amis du Vieux Moulin": 200,
    }


def test_two_branches_of_a_national_body_stay_two(act: Read) -> None:
    found = act(
        "- attribue les subventions suivantes :\n- Secours Populaire, comité de Vannec : 500 €\n"
        "- Secours Populaire, comité de Brenac : 300 €"
    )
    assert granted(found) == {
        "Secours populaire français, comité de Vannec": 500,
        "Secours populaire français, comité de Brenac": 300,
    }


def test_the_branch_of_a_national_body_keeps_its_place(act: Read) -> None:
    found = act("- décide de verser une subvention de 1 000 € aux Restaurants du Cœur de Maine-et-Loire ;")
    assert granted(found) == {"Restos du Cœur de Maine-et-Loire": 1000}


def test_a_head_noun_before_a_verb_names_nobody(act: Read) -> None:
    read = act(
        "- d'attribuer 3 100 € à l'association Les Lanternes du port",
        body="L'agence demande 3 100 € pour ses permanences ; le syndicat propose un local.",
    )
    assert not {o.name for o in read.organisations} & {"agence demande", "syndicat propose"}


@pytest.mark.parametrize(
    "row",
    [
        "- aide à l'énergie (gaz, bois) : 250 € maximum par an,",
        "- aide alimentaire d'urgence : 60 € par personne,",
        "- Aide au permis de conduire pour les moins de 25 ans : 400 €,",
        "- aide exceptionnelle d'urgence : 180 €,",
        "- Colis de Noël : 30 € par foyer,",
    ],
)
def test_a_scale_of_social_aid_grants_nothing(act: Read, row: str) -> None:
    found = act(
        "- ADOPTE le règlement des aides facultatives ;",
        body=f"Il est proposé les montants suivants :\n{row}\n{row.replace('-', '- autre', 1)}",
        title="Aides facultatives",
    )
    assert granted(found) == {}
    assert len(found.organisations) == 1


def test_grants_told_with_how_they_are_reckoned(act: Read) -> None:
    body = """La participation est de 6,50 € par élève en maternelle. Les effectifs sont les suivants :

- École maternelle Les Coquelicots : 112 élèves x 6,50€ = 728,00€
- École élémentaire Jean-Moulin : 187 élèves x 8€ = 1496,00€"""
    found = act("- de verser aux écoles les participations mentionnées ci-dessus ;", body=body)
    assert granted(found) == {"École maternelle Les Coquelicots": 728, "École élémentaire Jean-Moulin": 1496}


@pytest.mark.parametrize(
    "row",
    ["- {} : {}, {} € ;", "• {} : {} ({} euros)", "- {} : {} – {} €", "- {} : {}, une aide de {} € (900 € demandés) ;"],
)
def test_what_a_grant_is_for_may_stand_before_its_sum(act: Read, row: str) -> None:
    told = [("Cap Sud", "ateliers de lecture en salle d'attente", 300), ("Union locale Horizon", "séjour d'été", 450)]
    rows = "\n".join(row.format(*each) for each in told)
    body = (
        f"Les actions retenues sont les suivantes :\n\nAxe 1 - Éducation\n\n{rows}\n\nAxe 2 - Ville\n\n- Arpège : 700 €"
    )
    found = act(
        "- de verser aux porteurs de projets les subventions correspondantes ;", body=body, title="Programmation"
    )
    assert granted(found) == {"Cap Sud": 300, "Union locale Horizon": 450, "Arpège": 700}


def test_a_name_behind_a_heading_is_not_the_purpose_of_a_grant_to_the_heading(act: Read) -> None:
    rows = "- Sports : Judo Club Kodokan, 300 €\n- Culture : Théâtre du Val, 200 €"
    body = f"Les aides proposées sont les suivantes :\n\n{rows}"
    found = act("- d'accorder les subventions ci-dessus ;", body=body, title="Subventions")
    assert not {"Sports", "Culture"} & set(granted(found))


def test_who_receives_may_stand_behind_what_it_does(act: Read) -> None:
    rows = """- Emploi : association Horizon, 28 000 € ;
- Mobilité : garage solidaire Le Verger, 12 400 € ;
- Culture : Théâtre du Puits, 3 000 €."""
    found = act(
        "- d'attribuer les subventions ci-dessus ;", body=f"Il est proposé d'attribuer aux opérateurs :\n\n{rows}"
    )
    assert granted(found) == {"Horizon": 28000, "garage solidaire Le Verger": 12400, "Théâtre du Puits": 3000}


def test_a_year_told_of_another_sum_is_not_that_of_the_row(act: Read) -> None:
    body = (
        "En 2023, la Ville avait soutenu 29 actions pour un montant de 148 700 €.\n\nIl est proposé de retenir "
        "les aides suivantes :\n\n- Judo Club : 4 000 € (3 500 € en 2023)\n- Foyer rural : 900 € (nouvelle action)\n"
    )
    found = act("- d'attribuer les subventions ci-dessus pour 2024 ;", body=body)
    assert {f.start_year for f in found.fundings if f.status == "awarded"} <= {2024, None}


def test_a_committee_for_employment_may_choose_what_is_granted(act: Read) -> None:
    body = (
        "Le comité de sélection, auquel siège la direction de l'emploi et du travail, a retenu les projets "
        "suivants :\n\n"
        "- Judo Club (chantier) : 4 000 € ;\n- Foyer rural (cours de français) : 900 €."
    )
    found = act("- d'attribuer aux opérateurs les subventions détaillées ci-dessus ;", body=body)
    assert sorted(int(f.amount or 0) for f in found.fundings if f.status == "awarded") == [900, 4000]


def test_items_numbered_with_a_slash_that_go_on_with_their_instalments(act: Read) -> None:
    aim = "l'accompagnement de 15 collégiens exclus temporairement de leur établissement scolaire"
    body = f"""Pour la période de septembre à août, il est proposé de retenir :

1/ L'association Lire en Chemin, pour l'action « Premiers mots » : 12 000 €, dont 7 200 € versés et 4 800 € au bilan ;

2/ L'Association de Prévention des Rives (APR), pour {aim} : 9 000 €, dont 5 400 € à la signature et 3 600 € au bilan ;

3/ La Maison des Parents, pour le cycle de groupes de parole : 2 700 €, versés en une seule fois."""
    found = act("- décide d'attribuer aux opérateurs les participations détaillées ci-dessus.", body=body)
    names = {o.id: o.name for o in found.organisations}
    wholes = {
        names[f.beneficiary]: f.amount
        for f in found.fundings
        if f.status == "awarded" and f.beneficiary and not f.part_of
    }
    assert wholes == {
        "Lire en Chemin": 12000,
        "Association de Prévention des Rives": 9000,
        "La Maison des Parents": 2700,
    }
    assert sorted(f.amount for f in found.fundings if f.part_of) == [3600, 4800, 5400, 7200]


def test_the_sum_of_a_list_told_behind_it_in_its_sentence_is_no_grant(act: Read) -> None:
    found = act(
        "- décide d'attribuer aux trois clubs, au titre de l'année 2024, les subventions suivantes : 58 000 € à l'Union"
        " Athlétique, 31 500 € au Basket Club du Val et 26 000 € au Cercle des Nageurs, soit un total de 115 500 €."
    )
    assert granted(found) == {"Union Athlétique": 58000, "Basket Club du Val": 31500, "Cercle des Nageurs": 26000}


def test_shares_of_a_sum_that_the_sentence_above_tells_are_of_its_grant(act: Read) -> None:
    body = """La Mission locale du Val, association loi 1901, accueille les jeunes.

Au regard de ces éléments, il est proposé de porter la subvention à 148 600 euros, répartis de la manière suivante :

- 120 000 euros pour l'accueil et l'accompagnement des jeunes ;
- 28 600 euros pour l'animation du PLIE."""
    found = act("- décide d'attribuer à la Mission locale du Val une subvention de 148 600 euros.", body=body)
    names = {o.id: o.name for o in found.organisations}
    got = {f.amount: (names.get(f.beneficiary or ""), f.part_of) for f in found.fundings if f.status == "awarded"}
    (whole,) = [f.id for f in found.fundings if f.amount == 148600]
    assert got == {
        148600: ("Mission Locale du Val", None),
        120000: ("Mission Locale du Val", whole),
        28600: ("Mission Locale du Val", whole),
    }
