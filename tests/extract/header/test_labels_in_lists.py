"""Labels, titles and remarks inside the lists of a head: they name nobody, and take nobody's name away.

Every head is of our own writing, on what heads of real town halls were seen to do; the names are invented.
"""

from __future__ import annotations

import pytest

from extract.facts import PersonName, SessionFacts
from tests.extract.header.test_composed import read

DECIDED = """

OBJET : Subvention au club de voile

Le conseil, après en avoir délibéré, à l'unanimité, DÉCIDE d'attribuer 500 € au club de voile.
"""


def session(lists: str, council: str = "COMMUNE DE VALMORIN\nConseil municipal\n") -> SessionFacts:
    return read(f"{council}Séance du 6 mars 2023\n\n{lists}{DECIDED}")


def names(facts: SessionFacts, status: str) -> list[str]:
    return [f"{one.member.given} {one.member.family}" for one in facts.attendance if one.status == status]


def full(name: PersonName | None) -> str:
    return f"{name.given} {name.family}" if name else ""


def test_a_secretary_below_her_heading_is_nobody_who_is_absent() -> None:
    told = session(
        "ÉTAIENT PRÉSENTS\nM. Luc TERRADE, Mme Inès VIGUIER\n\nÉTAIENT ABSENTS\nM. David DURIF\n\n"
        "SECRÉTAIRE DE SÉANCE\nM. Luc TERRADE\n"
    )
    assert names(told, "absent") == ["David DURIF"]
    assert full(told.secretary) == "Luc TERRADE"


@pytest.mark.parametrize(
    "label", ["Membres suppléants avec Voix Délibératives", "Délégués suppléants siégeant", "Membres suppléants"]
)
def test_the_first_of_those_behind_a_label_is_kept(label: str) -> None:
    told = session(
        f"Étaient présents : Membres titulaires : MARSEC Aline, TESSIER Bruno. {label} : NOIRAUD Carla, PAUL Denis"
    )
    assert names(told, "present") == ["Aline MARSEC", "Bruno TESSIER", "Carla NOIRAUD", "Denis PAUL"]


def test_those_who_sit_without_a_vote_are_no_members() -> None:
    told = session(
        "Délégués titulaires présents : Mme MARSEC Aline, M. TESSIER Bruno\n"
        "Délégués suppléants présents sans voix délibérative : Mme NOIRAUD Carla\n"
        "Délégués absents : M. PAUL Denis\n"
    )
    assert names(told, "present") == ["Aline MARSEC", "Bruno TESSIER"]
    assert names(told, "absent") == ["Denis PAUL"]


def test_who_replaces_somebody_is_not_absent_with_him() -> None:
    told = session(
        "Présents : Mme MARSEC Aline (Sault), M. TESSIER Bruno (Pontet)\n"
        "Excusés : M. PAUL Denis (Pontet) remplacé par M. TESSIER Bruno, Mme NOIRAUD Carla (Sault)\n"
    )
    assert names(told, "absent") == ["Denis PAUL", "Carla NOIRAUD"]


@pytest.mark.parametrize(
    "address", ["MM. et Mmes les conseillers ", "Mesdames et Messieurs les conseillers municipaux "]
)
def test_the_address_of_a_list_takes_no_family_name(address: str) -> None:
    told = session(f"Présents : {address}MARSEC Aline, TESSIER Bruno, NOIRAUD Carla\n")
    assert names(told, "present") == ["Aline MARSEC", "Bruno TESSIER", "Carla NOIRAUD"]


def test_the_civilities_of_all_are_those_of_none() -> None:
    told = session("Présents : M. Denis PAUL, Maire, Mmes et MM. Aline MARSEC, Bruno TESSIER, Carla NOIRAUD\n")
    civilities = {full(one.member): one.member.honorific for one in told.attendance}
    assert civilities == {"Denis PAUL": "M.", "Aline MARSEC": None, "Bruno TESSIER": None, "Carla NOIRAUD": None}


def test_who_left_before_the_end_was_there() -> None:
    told = session(
        "Élus présents :\n- Aline MARSEC\n- Bruno TESSIER (a quitté la séance à 21h15)\n\n"
        "Élus absents avec pouvoir :\n- Carla NOIRAUD (à Aline MARSEC)\n"
    )
    assert names(told, "present") == ["Aline MARSEC", "Bruno TESSIER"]
    assert names(told, "represented") == ["Carla NOIRAUD"]


def test_a_moment_ends_where_the_proxy_is_told() -> None:
    told = session(
        "Présents : Aline MARSEC, Bruno TESSIER, Denis PAUL\n"
        "Excusés : Carla NOIRAUD (jusqu'à 11 h 50 - délégation de vote à Aline MARSEC)\n"
    )
    (away,) = (one for one in told.attendance if one.status == "represented")
    assert (away.valid_until, full(away.proxy_holder)) == ("11 h 50", "Aline MARSEC")


@pytest.mark.parametrize(
    ("present", "told"),
    [
        ("- Aline MARSEC,- Bruno TESSIER,\n- Carla NOIRAUD- Denis PAUL.", "Carla NOIRAUD"),
        ("MARSEC Aline, TESSIER Bruno, NOIRAUD Carla- PAUL Denis", "Carla NOIRAUD"),
        ("Aline MARSEC, Bruno TESSIER, Carla NOIRAUD- PONS, Denis PAUL", "Carla NOIRAUD-PONS"),
        ("MARSEC A. – TESSIER.B – NOIRAUD C. – PAUL D.", "B TESSIER"),
    ],
)
def test_a_dash_or_a_point_glued_to_a_name(present: str, told: str) -> None:
    found = names(session(f"Étaient présents :\n{present}\n"), "present")
    assert len(found) == 4
    assert told in [name.rstrip(".") for name in found]


def test_a_list_that_the_mayor_opens_by_his_office() -> None:
    told = session(
        "Présents : Le Maire, Luc AYMARD, les adjoints : Rose BOURRET, Théo CROUZET, les conseillers : Vera ESCANDE\n"
        "Absents : Zélie IZARD\n"
    )
    assert names(told, "present") == ["Luc AYMARD", "Rose BOURRET", "Théo CROUZET", "Vera ESCANDE"]
    assert full(told.president) == "Luc AYMARD"


@pytest.mark.parametrize(
    ("said", "president", "secretary"),
    [
        ("La séance est ouverte à 18 h 30 par Mme Aline MARSEC, Maire.", "Aline MARSEC", ""),
        ("Mme Carla NOIRAUD se propose. Elle est désignée secrétaire à l'unanimité.", "", "Carla NOIRAUD"),
    ],
)
def test_officers_told_in_a_sentence_below_the_lists(said: str, president: str, secretary: str) -> None:
    told = session(f"Présents : Mme Aline MARSEC, M. Bruno TESSIER, Mme Carla NOIRAUD\n\n{said}\n")
    assert (full(told.president), full(told.secretary)) == (president, secretary)


def test_an_engineers_office_is_no_organ() -> None:
    told = session(
        "Présents : Mme MARSEC, M. TESSIER\nAssistaient à la réunion : Bureau d'études Hydra : M. PAUL\n",
        "SYNDICAT DES EAUX DU VAL D'ORGE\n",
    )
    assert told.body is None


def proxies(facts: SessionFacts) -> list[tuple[str, str]]:
    return [(full(one.member), full(one.proxy_holder)) for one in facts.attendance if one.status == "represented"]


PRESENT = "Présents : Aline MARSEC, Bruno TESSIER, Carla D'ARCY, Denis DU BOIS\n"


@pytest.mark.parametrize(
    "given",
    [
        "Mme Éva QUINT\tpouvoir à\tMme Aline MARSEC\nM. Franck RIBES\tpouvoir à\tMme Carla D'ARCY",
        "Procuration de Éva QUINT à Aline MARSEC, Procuration de Franck RIBES à Carla D'ARCY",
        "QUINT Éva, mandataire MARSEC Aline\nRIBES Franck, mandataire D'ARCY Carla",
    ],
)
def test_each_proxy_goes_to_its_holder(given: str) -> None:
    told = session(f"{PRESENT}\nOnt donné pouvoir :\n{given}\n")
    assert proxies(told) == [("Éva QUINT", "Aline MARSEC"), ("Franck RIBES", "Carla D'ARCY")]


def test_a_holder_whose_name_begins_with_a_particle_in_capitals() -> None:
    told = session(f"{PRESENT}Pouvoirs :\nQUINT Éva, mandataire DU BOIS Denis\nRIBES Franck, mandataire MARSEC Aline\n")
    assert proxies(told) == [("Éva QUINT", "Denis DU BOIS"), ("Franck RIBES", "Aline MARSEC")]


def test_all_but_two_without_a_civility() -> None:
    told = session(
        "PRÉSENTS : tous les membres du conseil sauf Bruno TESSIER et Carla NOIRAUD (pouvoir à Aline MARSEC)\n"
    )
    assert names(told, "absent") == ["Bruno TESSIER"]
    assert proxies(told) == [("Carla NOIRAUD", "Aline MARSEC")]


@pytest.mark.parametrize(
    "present",
    [
        "Sault : Mme Aline MARSEC, M. Bruno TESSIER\nPontet : Mme Carla NOIRAUD, M. Denis PAUL",
        "Commune de Sault : Mme Aline MARSEC - M. Bruno TESSIER\n"
        "Commune de Pontet : Mme Carla NOIRAUD et M. Denis PAUL\nCommune de Belmont : excusée",
    ],
)
def test_the_members_of_two_communes(present: str) -> None:
    told = session(f"Membres présents :\n{present}\n", "SYNDICAT DES EAUX DU VAL D'ORGE\nComité syndical\n")
    assert names(told, "present") == ["Aline MARSEC", "Bruno TESSIER", "Carla NOIRAUD", "Denis PAUL"]


def test_a_member_who_comes_at_a_numbered_point_ends_no_list() -> None:
    told = session(
        "Présents : Aline MARSEC (Sault), Bruno TESSIER (Pontet) à partir de la délibération n°3, Carla NOIRAUD\n"
    )
    assert names(told, "present") == ["Aline MARSEC", "Bruno TESSIER", "Carla NOIRAUD"]
    assert told.attendance[1].valid_from == "la délibération n°3"


@pytest.mark.parametrize(
    ("heading", "listed"),
    [
        ("Présents :", "L. MARSEC, A. TESSIER, K. NOIRAUD, M. PAUL et F. RIBES."),
        ("Présents :", "\nM. MARSEC\nA. TESSIER\nK. NOIRAUD\nL. PAUL\nF. RIBES"),
        ("Présents (5) :", "\nL. MARSEC\n\nM. TESSIER\n\nK. NOIRAUD\n\nA. PAUL\n\nF. RIBES"),
    ],
)
def test_an_initial_m_among_initials_is_no_civility(heading: str, listed: str) -> None:
    told = session(f"{heading} {listed}\nAbsente : Mme Éva QUINT\n")
    families = [one.member.family.rstrip(".") for one in told.attendance if one.status == "present"]
    assert families == ["MARSEC", "TESSIER", "NOIRAUD", "PAUL", "RIBES"]


def test_who_resigned_is_no_member_any_more() -> None:
    told = session("Présents : Aline MARSEC, Bruno TESSIER\nAbsent : Denis PAUL\nDémissionnaire : Éva QUINT\n")
    assert names(told, "absent") == ["Denis PAUL"]


def test_deputies_who_are_addressed_first() -> None:
    told = session(
        "Présents : MM. et Mmes les Adjoints Aline MARSEC, Bruno TESSIER ; MM. et Mmes les Conseillers Carla NOIRAUD\n"
    )
    assert names(told, "present") == ["Aline MARSEC", "Bruno TESSIER", "Carla NOIRAUD"]


def test_a_committee_and_a_town_with_its_postcode() -> None:
    sat = session("Présents : Mme MARSEC, M. TESSIER\n", "SYNDICAT DES EAUX DU VAL D'ORGE\n")
    assert sat.body is None
    committee = read(
        f"SYNDICAT DES EAUX DU VAL D'ORGE\nSéance du comité du 8 février 2024\nPrésents : Mme MARSEC{DECIDED}"
    )
    assert committee.body == "Comité"
    town = session("Sous la présidence de : M. René PAUL, Maire\n", "MAIRIE DE VALMORIN 42990\nConseil municipal\n")
    assert (town.authority, full(town.president)) == ("Commune DE VALMORIN", "René PAUL")


def test_a_list_of_titular_members_and_substitutes() -> None:
    told = session(
        "Présents titulaires/suppléants : Aline MARSEC, Bruno TESSIER (suppléant de Denis PAUL)\nAbsent : Éva QUINT\n"
    )
    assert names(told, "present") == ["Aline MARSEC", "Bruno TESSIER"]


def test_parts_of_an_assembly_addressed_one_after_the_other() -> None:
    told = session(
        "Assistaient à la réunion sous la présidence de Mme Aline MARSEC\n"
        "Mmes et MM. les Vice-présidents-es : Bruno TESSIER (a donné procuration à Carla NOIRAUD à compter du "
        "point 9)\n"
        "Mmes et MM. les Conseillers-es : Carla NOIRAUD, Denis PAUL\n"
        "Étaient absents-es et excusés-es : Mmes et MM. les Vice-présidents-es : Éva QUINT (a donné procuration à "
        "Denis PAUL)\n"
        "Mmes et MM. les Conseillers-es : Franck RIBES\n",
        "Conseil de l'Eurométropole de Montclair\n",
    )
    assert (told.body, told.authority) == ("Conseil de l'Eurométropole", "Eurométropole de Montclair")
    assert set(names(told, "present")) == {"Aline MARSEC", "Bruno TESSIER", "Carla NOIRAUD", "Denis PAUL"}
    assert names(told, "absent") == ["Franck RIBES"]
    assert proxies(told) == [("Bruno TESSIER", "Carla NOIRAUD"), ("Éva QUINT", "Denis PAUL")]


def test_who_gives_a_proxy_later_is_there_until_then() -> None:
    told = session("Présents : Aline MARSEC, Bruno TESSIER (a donné procuration à Aline MARSEC à compter du point 9)\n")
    first, second = (one for one in told.attendance if one.member.family == "TESSIER")
    assert (first.status, first.valid_until) == ("present", "point 9")
    assert (second.status, second.valid_from) == ("represented", "point 9")


def test_the_law_before_the_heading_of_the_proxies() -> None:
    told = session(
        "Présents : M. TESSIER, Mme MARSEC\nExcusés : Conformément à l'article L. 2121-20 du code général des "
        "collectivités territoriales, ont donné pouvoir écrit de voter en leur nom : "
        "Mme QUINT à M. TESSIER M. RIBES à Mme MARSEC\n"
    )
    assert proxies(told) == [("None QUINT", "None TESSIER"), ("None RIBES", "None MARSEC")]


def test_givers_and_holders_in_two_columns_with_a_remark() -> None:
    told = session(
        "Présents : Aline Marsec, Bruno Tessier\n"
        "Absents représentés : Éva Quint (jusqu'à 20h58) Franck Ribes Pouvoir à Aline Marsec Pouvoir à Bruno Tessier\n"
    )
    assert proxies(told) == [("Éva Quint", "Aline Marsec"), ("Franck Ribes", "Bruno Tessier")]


@pytest.mark.parametrize(
    ("present", "families"),
    [
        ("Thomas NOIR, Maire Colette MARSEC, Fouad SAR1, Denis PAUL2, Adjoints. Éva QUINT, Franck RIBES", 6),
        ("3 P. NOIR – A.M. MARSEC – M. PAUL", 3),
        ("Éva QUINT, Fouad EL M'KHANTER, Aline MARSEC", 3),
        ("NOIR Vincent ; DOYEN Virginie ; MAIRE Paul ; MARSEC Aline", 4),
    ],
)
def test_names_that_look_like_something_else(present: str, families: int) -> None:
    found = session(f"Présents : {present}\nAbsent : Gilda SANS\n")
    listed = [one.member.family for one in found.attendance if one.status == "present"]
    assert len(listed) == len(set(listed)) == families
    assert not any(sign.isdigit() for family in listed for sign in family)


def test_a_count_whose_line_goes_on_with_another_column_lists_nobody() -> None:
    told = session("Absents : 6 Associations, sur la convocation du maire\nPrésents : Aline MARSEC, Bruno TESSIER\n")
    assert names(told, "absent") == []


@pytest.mark.parametrize(
    ("said", "secretary"),
    [
        ("Secrétaire de séance : M. Bruno TESSIER DEL2023-01 Objet : tarifs", "Bruno TESSIER"),
        (
            "Aline MARSEC est désignée, à l'unanimité des présents, pour remplir les fonctions de secrétaire.",
            "Aline MARSEC",
        ),
    ],
)
def test_the_secretary_beside_a_number_or_by_all_present(said: str, secretary: str) -> None:
    assert full(session(f"Présents : Aline MARSEC, Bruno TESSIER\n\n{said}\n").secretary) == secretary


@pytest.mark.parametrize(
    ("council", "body", "authority"),
    [
        (
            "BUREAU du lundi 16 janvier 2023 - Salle du Conseil d'Administration de la caisse\n"
            "COMMUNAUTÉ DE COMMUNES DU VAL",
            "Bureau",
            "COMMUNAUTÉ DE COMMUNES DU VAL",
        ),
        (
            "Le Conseil communautaire s'est réuni à Sault, au siège de la Communauté de Communes du Val. Convoqué le "
            "1er mars",
            "Conseil communautaire",
            "Communauté de Communes du Val",
        ),
    ],
)
def test_the_organ_and_the_seat_of_a_community(council: str, body: str, authority: str) -> None:
    told = session("Présents : Mme MARSEC, M. TESSIER\n", f"{council}\n")
    assert ((told.body or "").lower(), told.authority) == (body.lower(), authority)
