"""Which organisations are one: bodies by kind and place, sigles tied in one act, names near and far."""

from __future__ import annotations

import pytest

from extract.facts import OrganisationFact
from graph.resolve import Registry, resolve


def _organisation(name, **fields):
    return OrganisationFact(id="o", name=name, **{"kind": "association", **fields})


def _resolve(make, *mentions, judgements=()):
    """One act a mention, which is (authority, organisation fact). Returns the keys in order, and the whole."""
    documents = [
        make.document(
            [make.act(title=f"Acte {i}", organisations=(fact,))],
            [make.session(authority=authority)],
            file_name=f"{i}.txt",
        )
        for i, (authority, fact) in enumerate(mentions)
    ]
    found = resolve(documents, Registry(), judgements)
    return [found[d.sha256].acts[0].organisations["o"] for d in documents], found


DIJON = "Dijon métropole"
LONG = "Concilier l'Economique et le Social et Aider aux Mutations"


def test_a_sigle_tied_in_one_act_carries_over(make):
    keys, found = _resolve(make, (DIJON, _organisation(LONG, sigle="CESAM")), (DIJON, _organisation("CESAM")))
    assert keys == ["cesam", "cesam"]
    assert found.organisations["cesam"].sigle == "CESAM"


def test_a_sigle_in_brackets_counts_as_tied(make):
    keys, _ = _resolve(make, (DIJON, _organisation(f"{LONG} (CESAM)")), (DIJON, _organisation("le CESAM")))
    assert keys[0] == keys[1]


def test_two_long_forms_of_a_sigle_stay_apart_and_the_sigle_alone_is_for_review(make):
    keys, found = _resolve(
        make,
        (DIJON, _organisation("Association sportive lycéenne", sigle="ASL")),
        (DIJON, _organisation("Amicale des soldats de Longvic", sigle="ASL")),
        (DIJON, _organisation("ASL")),
    )
    assert len(set(keys)) == 3
    assert len([c for c in found.candidates if c.why == "deux noms développés pour un même sigle"]) == 2


def test_a_sigle_does_not_carry_over_to_another_territory(make):
    keys, _ = _resolve(
        make, (DIJON, _organisation(LONG, sigle="CESAM")), ("Commune de Lannion", _organisation("CESAM"))
    )
    assert keys[0] != keys[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CREATIV'", "CREATIV"),
        ("CREATIV'", "« CREATIV »"),
        ("association Les Amis du Lac Kir", "Amis du lac Kir"),
        ("Mission Locale", "la mission locale"),
        ("État", "l’Etat"),
        ("Ville de Quetigny", "commune de Quetigny"),
        ("Dijon métropole", "Dijon Métropole"),
        ("CCAS de Dijon", "Centre Communal d'Action sociale de Dijon"),
        ("Conseil départemental de la Côte-d'Or", "Département de la Côte-d’Or"),
        ("Vers l'insertion et les apprentissages", "Vers l'insertion et les apprentissage"),
    ],
)
def test_names_of_one_organisation(make, one, other):
    keys, _ = _resolve(make, (DIJON, _organisation(one)), (DIJON, _organisation(other)))
    assert keys[0] == keys[1]


def test_the_bodies_of_one_place_are_kept_apart(make):
    names = ["CCAS de Dijon", "Ville de Dijon", "Dijon", "Dijon métropole", "CAF de Dijon", "CCAS de Talant"]
    keys, found = _resolve(make, *((DIJON, _organisation(n)) for n in names))
    assert len(set(keys)) == len(names)
    assert found.organisations["ccas-de-dijon"].part_of == "ville-de-dijon"
    assert found.organisations["ccas-de-dijon"].kind == "public_establishment"


def test_the_place_given_by_the_act_completes_a_bare_ccas(make):
    bare = _organisation("Centre Communal d'Action sociale", place="Dijon")
    keys, found = _resolve(make, (DIJON, bare))
    entity = found.organisations[keys[0]]
    assert (entity.key, entity.names[0].text) == ("ccas-de-dijon", "CCAS de Dijon")
    assert [s.text for s in entity.aliases] == ["Centre Communal d'Action sociale"]


def test_a_common_name_is_one_organisation_in_one_authority_only(make):
    keys, found = _resolve(
        make,
        ("Commune de Lannion", _organisation("Comité des fêtes")),
        ("Commune de Cachan", _organisation("Comité des fêtes")),
        ("Commune de Lannion", _organisation("Secours populaire Bretagne Trégor")),
        ("Commune de Cachan", _organisation("Secours populaire Bretagne Trégor")),
        ("Ville de Dijon", _organisation("Amicale laïque")),
        (DIJON, _organisation("Amicale laïque")),
    )
    assert keys[0] != keys[1]
    assert keys[2] == keys[3]
    assert keys[4] != keys[5]
    assert [c.match.reasons[0].feature for c in found.candidates] == ["name.common"]


def test_two_like_names_of_one_act_are_two(make):
    names = ["Club des seniors du Nord", "Club des seniors du Word"]
    facts = make.document(
        [make.act(organisations=tuple(OrganisationFact(id=n, name=n) for n in names))], [make.session()]
    )
    keys = resolve([facts], Registry())[facts.sha256].acts[0].organisations
    assert len(set(keys.values())) == 2


def test_an_anaphor_is_no_name(make):
    _, found = _resolve(make, (DIJON, _organisation("Vélo club", aliases=("l'association", "VCD"))))
    assert [s.text for s in found.organisations["vcd"].aliases] == ["VCD"]


def test_a_ccas_that_no_register_knows_is_the_one_that_decides(make):
    """Header and text write it in full and by its sigle: one organisation, found under both names."""
    long, short = "Centre communal d'action sociale de Lormeray", "CCAS de Lormeray"
    facts = OrganisationFact(id="o", name=long, kind="public_establishment", aliases=(short,))
    keys, found = _resolve(make, (long, facts), (short, _organisation(short, kind="public_establishment")))
    assert len({*keys, *(s.authority for d in found.documents.values() for s in d.sessions)}) == 1
    shown = found.organisations[keys[0]]
    assert {long, short} <= {s.text for s in (*shown.names, *shown.aliases)}


@pytest.mark.parametrize(
    "written",
    [
        "Ligue de Beaune (ex-Atelier Dumas)",
        "Ligue de Beaune, anciennement Atelier Dumas",
        "Ligue de Beaune (anciennement dénommée Atelier Dumas)",
        "Atelier Dumas, devenu la Ligue de Beaune",
        "Atelier Dumas (devenue Ligue de Beaune)",
    ],
)
def test_a_former_name_is_another_label_of_the_newer_one(make, written):
    keys, found = _resolve(
        make,
        (DIJON, _organisation("Atelier Dumas")),
        (DIJON, _organisation(written)),
        (DIJON, _organisation("Ligue de Beaune")),
    )
    assert len(set(keys)) == 1
    entity = found.organisations[keys[0]]
    assert entity.names[0].text == "Ligue de Beaune"
    assert "Atelier Dumas" in {s.text for s in entity.aliases}


SIREN, OTHER_SIREN = "732829320", "404833048"


def test_a_register_number_decides(make):
    keys, found = _resolve(
        make,
        (DIJON, _organisation("Comité des fêtes", siren=SIREN)),
        ("Commune de Lannion", _organisation("Les Fêtes", siret=f"{SIREN}00074")),
        (DIJON, _organisation("Comité des fêtes", siren=OTHER_SIREN)),
        (DIJON, _organisation("Comité des fêtes", siren="732829321")),
    )
    assert keys[0] == keys[1] != keys[2]
    assert found.organisations[keys[0]].siren == SIREN
    assert keys[3] not in keys[:3]
    assert {c.why for c in found.candidates} == {"plusieurs rapprochements également plausibles"}


def test_an_rna_number_decides(make):
    keys, found = _resolve(
        make,
        (DIJON, _organisation("Les Pieds Bleus", rna="W212001234")),
        ("Commune de Lannion", _organisation("Compagnie des Pieds", rna="W212001234")),
    )
    assert keys[0] == keys[1]
    assert found.organisations[keys[0]].rna == "W212001234"


def _authorities(make, *sessions):
    documents = [
        make.document([make.act(title=f"Acte {i}")], [make.session(**fields)], file_name=f"{i}.txt")
        for i, fields in enumerate(sessions)
    ]
    found = resolve(documents, Registry())
    return [found.organisations[found[d.sha256].sessions[0].authority] for d in documents]


def test_communes_of_one_name_are_told_by_departement_or_siren_and_else_left_open(make):
    known, other, open_one = _authorities(
        make,
        {"authority": "Commune de Saint-Denis", "body": "Conseil municipal", "department": "93"},
        {"authority": "Commune de Saint-Denis", "body": "Conseil municipal", "department": "974"},
        {"authority": "Commune de Saint-Denis", "body": "Conseil municipal"},
    )
    assert (known.insee, other.insee, open_one.insee) == ("93066", "97411", None)
    assert open_one.siren is None
    by_siren, elsewhere = _authorities(
        make,
        {"authority": "Commune de Saint-Denis", "body": "Conseil municipal", "siren": known.siren},
        {"authority": "Commune de Quetigny", "body": "Conseil municipal", "department": "59"},
    )
    assert by_siren.insee == "93066"
    assert elsewhere.siren is None


CHENOVE_SIREN, DIJON_SIREN = "212101661", "212102313"


@pytest.mark.parametrize(
    ("authority", "siren", "insee"),
    [
        ("Commune de Dijon", CHENOVE_SIREN, "21231"),  # the stamp of a neighbour: the name decides
        ("Commune de Kerlivan", CHENOVE_SIREN, None),  # a name of no register is not the stamp's commune
        ("Commune de Chenove", CHENOVE_SIREN, "21166"),
        ("Commune d'Ahuit", "212100036", None),  # a short name with a wrong letter may be another's
        ("Commune de Fontaine-lès-Dijjon", "212102784", "21278"),
        ("Commune de Saint-Denis", DIJON_SIREN, None),  # open, as without any number
        ("Syndicat mixte du Dijonnais", DIJON_SIREN, None),
        ("CCAS de Dijon", CHENOVE_SIREN, None),
    ],
)
def test_the_siren_of_a_header_links_only_the_authority_whose_name_it_bears(make, authority, siren, insee):
    (found,) = _authorities(make, {"authority": authority, "body": "Conseil municipal", "siren": siren})
    assert found.insee == insee
    assert found.siren is None or insee is not None


def test_a_group_of_communes_is_its_communes_own_in_relative_form(make):
    keys, _ = _resolve(
        make,
        ("Commune de Dijon", _organisation("Communauté urbaine du Grand Dijon")),
        ("Commune de Chenôve", _organisation("Dijon Métropole")),
        ("Commune de Dole", _organisation("Communauté d'agglomération du Grand Dole")),
        ("Commune de Dole", _organisation("Grand Dole")),
        ("Commune de Lannion", _organisation("Grand Dijon")),
        ("Commune de Chenôve", _organisation("Dijon")),
    )
    assert keys[0] == keys[1]
    assert keys[2] == keys[3]
    assert len(set(keys)) == 4
    pays, _ = _resolve(
        make,
        ("Commune de Lure", _organisation("Communauté de communes du Pays de Lure")),
        ("Commune de Lure", _organisation("Pays de Lure")),
    )
    assert len(set(pays)) == 2  # an association may be called so


def test_the_legal_form_left_off_is_one_in_the_departement_and_no_company_is_an_association(make):
    keys, _ = _resolve(
        make,
        ("Commune de Quimper", _organisation("Finistère Habitat")),
        ("Commune de Brest", _organisation("OPH Finistère Habitat")),
        ("Commune d'Albi", _organisation("SARL Roseaux Bleus")),
        ("Commune de Castres", _organisation("Association Roseaux Bleus")),
    )
    assert keys[0] == keys[1]
    assert keys[2] != keys[3]


def test_a_former_form_of_an_office_is_that_of_its_town(make):
    keys, _ = _resolve(
        make,
        ("Commune de Dole", _organisation("OPAC de Dole")),
        ("Commune de Dole", _organisation("OPH de Dole (ex-OPAC)")),
        ("Commune de Dole", _organisation("OPAC du Jura")),
    )
    assert keys[0] == keys[1] != keys[2]


def test_a_name_in_quotes_is_one_with_what_goes_before_where_it_says_enough(make):
    keys, _ = _resolve(
        make,
        (DIJON, _organisation("l'association sportive « Les Archers du Suzon »")),
        (DIJON, _organisation("Les Archers du Suzon")),
        (DIJON, _organisation("l'association culturelle « Jean Jaurès »")),
        (DIJON, _organisation("l'association sportive « Jean Jaurès »")),
    )
    assert keys[0] == keys[1]
    assert keys[2] != keys[3]


def test_a_sigle_that_the_name_of_a_body_makes_is_that_body_and_a_service_of_the_state_is_not_the_state(make):
    keys, _ = _resolve(
        make,
        (DIJON, _organisation("Caisse des dépôts et consignations", sigle="CDC")),
        (DIJON, _organisation("CDC")),
        (DIJON, _organisation("État (DDCS)")),
        (DIJON, _organisation("DDCS")),
    )
    assert keys[0] == keys[1]
    assert keys[2] != keys[3]


def test_a_department_or_an_agency_without_a_place_is_that_of_the_authority(make):
    names = ["le Département", "CD 21", "Département de la Côte-d'Or", "la CAF", "CAF 21", "C.A.F. de la Côte-d'Or"]
    keys, found = _resolve(make, *(("Ville de Dijon", _organisation(n)) for n in names))
    assert len(set(keys[:3])) == 1
    assert len(set(keys[3:])) == 1
    assert found.organisations[keys[0]].insee == "21"


def test_legal_forms_alone_are_no_name_to_match(make):
    """ "le groupement d'intérêt public", "la société anonyme": forms of something, that nothing ties together."""
    keys, _ = _resolve(
        make,
        (DIJON, _organisation("Groupement d'Intérêt Public")),
        (DIJON, _organisation("Société coopérative d'intérêt collectif")),
        (DIJON, _organisation("Groupement d'Intérêt")),
    )
    assert len(set(keys)) == 3


@pytest.mark.parametrize(
    ("town", "written", "label", "key"),
    [
        (("Commune de Dijon", "21"), "le Département", "Département de la Côte-d'Or", "departement-de-la-cote-d-or"),
        (("Commune de Dijon", "21"), "la Région", "Région Bourgogne-Franche-Comté", "region-bourgogne-franche-comte"),
        (("Commune d'Albi", "81"), "Conseil départemental", "Département du Tarn", "departement-du-tarn"),
    ],
)
def test_the_area_of_an_authority_is_named_in_full(make, town, written, label, key):
    fact = OrganisationFact(id="o", name=written, kind="local_authority")
    session = make.session(authority=town[0], department=town[1], body="Conseil municipal")
    document = make.document([make.act(organisations=(fact,))], [session])
    found = resolve([document], Registry())
    entity = found.organisations[found[document.sha256].acts[0].organisations["o"]]
    assert (entity.key, entity.names[0].text) == (key, label)
    assert written in [alias.text for alias in entity.aliases]
