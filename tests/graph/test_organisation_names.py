"""One organisation under the names that acts give it: networks, offices, adjectives of towns, titles, lines."""

from __future__ import annotations

import pytest

from benchmarks.identities.corpus import generate
from extract.facts import OrganisationFact
from graph.resolve import Registry, resolve
from tests.graph.test_incremental import Kept

AUTHORITIES = {
    "Dole": ("Commune de Dole", "39"),
    "Albi": ("Commune d'Albi", "81"),
    "Dijon": ("Commune de Dijon", "21"),
    "Beaune": ("Commune de Beaune", "21"),
    "Châlons": ("Commune de Châlons-en-Champagne", "51"),
    "Besançon": ("Commune de Besançon", "25"),
}


def _fact(name, number=0, sigle=None):
    return OrganisationFact(id=f"o{number}", name=name, sigle=sigle, kind="association")


def _document(make, town, number, *facts):
    authority, department = AUTHORITIES[town]
    act = make.act(title=f"Acte {number}", organisations=facts)
    session = make.session(authority=authority, department=department, body="Conseil municipal")
    return make.document([act], [session], file_name=f"{number}.txt")


def _keys(make, *mentions):
    """The key of each mention, which is (town, name) or (town, name, sigle), one act each; the whole resolution too.

    What is found one document at a time must be the same.
    """
    documents = [
        _document(make, town, number, _fact(name, sigle=next(iter(sigle), None)))
        for number, (town, name, *sigle) in enumerate(mentions)
    ]
    found = resolve(documents, Registry())
    keys = [found[d.sha256].acts[0].organisations["o0"] for d in documents]
    kept = Kept(documents)
    for count in range(1, len(documents) + 1):
        last = kept.resolve(documents[:count])
    one_by_one = [last[d.sha256].acts[0].organisations["o0"] for d in documents]
    assert [keys.index(k) for k in keys] == [one_by_one.index(k) for k in one_by_one]
    return keys, found


@pytest.mark.parametrize(
    ("town", "one", "other"),
    [
        ("Albi", "Les Restos du Cœur", "Restaurants du coeur"),
        ("Albi", "Les Restaurants du Cœur - Les Relais du Cœur du Tarn", "Restos du cœur du Tarn"),
        ("Albi", "Secours Catholique - Caritas France", "Secours catholique"),
        ("Albi", "Mouvement français pour le planning familial du Tarn", "Planning familial 81"),
        ("Albi", "UNC d'Albi", "Union nationale des combattants, section d'Albi"),
        ("Albi", "Rugby Club Albigeois", "R.C. Albi"),
        ("Dole", "Athlétique Club Dolois", "Dole Athlétique Club"),
        ("Châlons", "Judo Club Châlonnais", "Judo-club de Châlons-en-Champagne"),
        ("Besançon", "Harmonie bisontine", "Harmonie de Besançon"),
        ("Dole", "Club du 3e âge", "Club du troisième âge"),
        ("Dole", "Les 3 Fontaines solidaires", "Les Trois Fontaines solidaires"),
        ("Dole", "1 001 Fables", "1001 fables"),
        ("Dole", "Cent. social des Bleuets", "Centre social des Bleuets"),
        ("Dole", "OT de Dole", "Office de tourisme de Dole"),
        ("Dole", "OGEC Sainte-Mathilde", "Organisme de gestion de l'école catholique Sainte-Mathilde"),
        ("Beaune", "SAEML Verdelin Habitat", "Verdelin Habitat"),
        ("Beaune", "Société coopérative d'intérêt collectif Le Grenier Commun", "SCIC Le Grenier commun"),
        ("Dole", "Atelier vélo « Le Pignon Fixe »", "Le Pignon fixe"),
        ("Dole", "Compagnie La Girandole Rousse", "LA GIRANDOLE ROUSSE"),
        ("Dole", "Résau de danse de Corse", "Réseau de danse de Corse"),
    ],
)
def test_one_organisation_under_two_names(make, town, one, other):
    keys, _ = _keys(make, (town, one), (town, other))
    assert keys[0] == keys[1]


@pytest.mark.parametrize(
    ("town", "one", "other"),
    [
        ("Dijon", "Association Cap 21", "Association Cap 24"),
        ("Dole", "Fondation Tréguidel", "Association Tréguidel"),
        ("Dole", "GAEC des Trois Ormes", "EARL des Trois Ormes"),
        ("Dole", "École « Les Coquelicots bleus »", "Crèche « Les Coquelicots bleus »"),
        ("Dole", "École « Les Coquelicots bleus »", "Les Coquelicots bleus"),
        ("Dole", "Club du 3e âge", "Club du 4e âge"),
        ("Albi", "Rugby Club Albigeois", "Racing Club Albigeois"),
        ("Dole", "Secours populaire", "Secours catholique"),
        ("Dole", "Les Amis du Dolmen", "Les Amis"),
        ("Dijon", "CAF animations", "CAF de la Côte-d'Or"),
        ("Dijon", "Préfecture de la Côte-d'Or", "État"),
        ("Dijon", "Préfecture de la région Bourgogne-Franche-Comté", "Préfecture de la Côte-d'Or"),
    ],
)
def test_two_organisations_under_like_names(make, town, one, other):
    keys, _ = _keys(make, (town, one), (town, other))
    assert keys[0] != keys[1]


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("SDIS 21", "Service départemental d'incendie et de secours de la Côte-d'Or"),
        ("CPAM de la Côte-d'Or", "la CPAM"),
        ("CIDFF 21", "Centre d'information sur les droits des femmes et des familles (CIDFF) de la Côte-d'Or"),
        ("DDETS de Côte d'Or", "Direction départementale de l'emploi, du travail et des solidarités (DDETS)"),
        ("Préfet de la Côte-d'Or", "la Préfecture"),
        ("DREETS Bourgogne-Franche-Comté", "la DREETS"),
        ("Chambre d'agriculture de la Côte-d'Or", "Chambre d’agriculture"),
        ("UDAF de Côte-d'Or", "Union départementale des associations familiales de la Côte-d'Or"),
    ],
)
def test_an_office_of_the_departement_is_one_in_all_its_communes(make, written, same):
    keys, _ = _keys(make, ("Dijon", written), ("Beaune", same), ("Dole", "SDIS 39"))
    assert keys[0] == keys[1] != keys[2]


@pytest.mark.parametrize(
    "name", ["la CAF", "Caisse d'allocations familiales", "Direction départementale des finances publiques", "MSA"]
)
def test_an_office_without_a_place_is_the_authoritys_alone_where_its_departement_is_unknown(make, name):
    documents = [
        make.document(
            [make.act(title=f"Acte {i}", organisations=(_fact(name, sigle="CAF"),))],
            [make.session(authority=authority, body="Conseil municipal")],
            file_name=f"{i}.txt",
        )
        for i, authority in enumerate(("Commune de Valmorin", "Commune de Kerlivan", "Commune de Valmorin"))
    ]
    found = resolve(documents, Registry())
    keys = [found[d.sha256].acts[0].organisations["o0"] for d in documents]
    assert keys[0] == keys[2] != keys[1]
    assert found.organisations[keys[0]].names[0].text == name


def test_a_body_of_a_commune_needs_no_preposition_and_a_word_that_is_no_commune_makes_none(make):
    keys, found = _keys(
        make,
        ("Dijon", "CCAS de Talant"),
        ("Beaune", "C.C.A.S. Talant"),
        ("Beaune", "CCAS animations"),
        ("Dijon", "Caisse des écoles de Talant"),
    )
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3
    assert found.organisations[keys[3]].part_of == found.organisations[keys[0]].part_of


def test_pole_emploi_became_france_travail(make):
    keys, _ = _keys(make, ("Dijon", "Pôle emploi"), ("Dole", "France Travail"))
    assert keys[0] == keys[1]


def test_whose_name_it_is_without_its_title_stays_open_where_two_bear_it(make):
    keys, found = _keys(
        make,
        ("Dole", "Chorale « Les Coquelicots bleus »"),
        ("Dole", "Atelier « Les Coquelicots bleus »"),
        ("Dole", "Les Coquelicots bleus"),
    )
    assert len(set(keys)) == 3
    assert {c.match.reasons[0].feature for c in found.candidates} == {"name.title"}


def test_a_sigle_alone_is_the_name_that_it_spells(make):
    keys, _ = _keys(
        make,
        ("Dole", "Institut de médiation et de réemploi Wallis", "IMRW"),
        ("Dole", "Ligue d'escalade Toussaint", "IMRW"),
        ("Dole", "IMRW"),
    )
    assert keys[2] == keys[0] != keys[1]


def test_a_former_name_known_elsewhere_is_no_second_long_form_of_the_sigle(make):
    new, old = "Fabrique d'escalade et d'insertion Lombard", "Institut d'écologie et d'hébergement Ramos"
    keys, _ = _keys(
        make,
        ("Dole", f"{new} (ex-{old})", "FEIL"),
        ("Albi", new, "FEIL"),
        ("Besançon", new, "FEIL"),
        ("Besançon", old, "FEIL"),
    )
    assert len(set(keys)) == 1


def test_one_letter_and_one_sigle_is_a_slip(make):
    keys, _ = _keys(make, ("Dole", "Collectif de l'Île Bleue", "CIB"), ("Dole", "Collectif de l'Ie Bleue", "CIB"))
    assert keys[0] == keys[1]


@pytest.mark.parametrize(
    "name",
    [
        "Ligue d'escalade Gosselin",
        "Fédération de théâtre Gaudin",
        "Observatoire de la lecture Loiseau",
        "Compagnie de danse Da Silva",
        "Institut de danse Charpentier",
        "Atelier de lecture et d'escalade Texier",
        "Collectif de théâtre et de cinéma Duhamel",
    ],
)
def test_what_bears_somebodys_name_and_says_enough_beside_it_is_one_in_far_towns(make, name):
    keys, _ = _keys(make, ("Dole", name), ("Albi", f"l'association {name.upper()}"))
    assert keys[0] == keys[1]


@pytest.mark.parametrize(
    "name",
    [
        "Atelier d'escalade Gosselin",
        "Compagnie Gosselin",
        "Fédération des chasseurs",
        "Fédération des œuvres laïques",
        "Ligue de tennis Fontaine",
        "Foyer Romain Rolland",
        "Institut médico-éducatif Lefebvre",
        "Réseau d'éducation prioritaire Lefebvre",
        "Ligue de lecture Saint-Bernard",
        "École maternelle et primaire Lefebvre",
        "Centre social et culturel Lefebvre",
        "Maison de retraite Lefebvre",
        "Groupe scolaire primaire Lefebvre",
        "Club de l'école de danse Lefebvre",
        "Compagnie de transports Lefebvre",
        "Syndicat des locataires Lefebvre",
        "Société de chasse communale de Fontaine",
        "Comité des fêtes du quartier Lefebvre",
        "Fondation Jean Moulin",
    ],
)
def test_what_towns_name_after_somebody_stays_apart(make, name):
    keys, _ = _keys(make, ("Dole", name), ("Albi", name))
    assert keys[0] != keys[1]


def test_a_word_that_only_its_accent_tells_from_a_commoner_one_is_another(make):
    names = (
        "CLUB DES JEUNES DE DOLE",
        "Club des jeûnes de Dole",
        "Club des jeunes de Dole",
        "CLUB DE PECHE",
        "Club de pêche",
    )
    document = _document(make, "Dole", 0, *(_fact(name, number) for number, name in enumerate(names)))
    keys = resolve([document], Registry())[document.sha256].acts[0].organisations
    assert keys["o0"] == keys["o2"] != keys["o1"]
    assert keys["o3"] == keys["o4"]


def test_two_lines_of_one_act_are_two_where_their_articles_differ_in_gender(make):
    facts = (_fact("THEATRE DU MARCHE", 0), _fact("Théâtre de la Marche", 1), _fact("Théâtre du marché", 2))
    document = _document(make, "Dole", 0, *facts)
    keys = resolve([document], Registry())[document.sha256].acts[0].organisations
    assert keys["o0"] == keys["o2"] != keys["o1"]


def test_figures_of_a_generated_corpus_do_not_fall():
    from benchmarks.identities.measure import b_cubed
    from benchmarks.identities.table import assigned

    corpus = generate(600, seed=5, bodies=12)
    found = assigned(corpus, resolve(corpus.documents, Registry()))
    for kind, floor in (("person", 0.995), ("organisation", 0.98)):
        truth = {m: identity for m, identity in corpus.truth.items() if m[1] == kind}
        assert b_cubed(truth, found).f1 >= floor
