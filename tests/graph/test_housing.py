"""Housing offices and the authority that each belongs to, by its name, whoever writes it."""

from __future__ import annotations

import datetime as dt

import pytest

from extract.facts import OrganisationFact
from graph.resolve import Registry, resolve
from graph.resolve.housing import owner
from graph.resolve.places import Context, authority_body, body
from tests.graph.test_incremental import Kept

DIJON, METROPOLE, COTE_D_OR = "siren:212102313", "siren:242100410", "departement:21"


def _of(name, department="21"):
    found = authority_body(name, "Conseil municipal" if name.startswith("Commune") else None, department)
    return Context(found.signature, found.authority, name, department, found)


WRITERS = [_of("Commune de Dijon"), _of("Dijon métropole"), _of("Département de la Côte-d'Or")]
OFFICES = {
    "siren:212101661": [  # Chenôve
        "OPH de Chenôve", "OPAC de Chenôve", "l'OPH de Chenôve", "OPHLM de Chenôve", "O.P.H.L.M. de Chenove",
        "OPH Chenôve", "Office public de l'habitat de Chenôve", "Office Public d'HLM de la Ville de Chenôve",
        "OPH (Chenôve)", "Office municipal HLM de Chenôve", "office municipal d’H.L.M. de Chenôve",
        "OFFICE PUBLIC DE L'HABITAT DE CHENOVE", "Office public municipal d'HLM de Chenôve",
        "Office public de l'habitat (OPH) de Chenôve", "Office HLM - Chenôve",
        "Office public d'habitations à loyer modéré de Chenôve", "OPAC de la commune de Chenôve",
        "OPMHLM de Chenôve", "Office public d'aménagement et de construction de Chenôve", "OPH de Chenôve (21)",
    ],
    METROPOLE: [
        "Office public de l'habitat de Dijon métropole", "OPH de Dijon métropole", "OPH Dijon Métropole",
        "OPH de la métropole de Dijon", "Office public métropolitain de l'habitat de Dijon métropole",
        "OPAC DE DIJON METROPOLE", "Office public intercommunal de l'habitat de Dijon métropole",
    ],
    COTE_D_OR: [
        "OPH de la Côte-d'Or", "OPAC de la Côte d'Or", "OPH Côte-d'Or", "OPH 21",
        "Office public de l'habitat de Côte-d'Or", "OPH du Département de la Côte-d'Or",
        "Office départemental de l'habitat", "Office public départemental d'HLM",
        "Office public de l'habitat du conseil général de la Côte-d'Or", "OPDHLM de la Côte-d'Or",
        "Office public départemental HLM de la Côte-d'Or", "OPAC 21", "office départemental d'HLM (OPDHLM)",
    ],
}  # fmt: skip
NOBODY_S = [
    "OPH", "l'Office public de l'habitat", "les offices HLM", "OPAC", "Habitat 76", "Habitat 21", "OPH Habitat 21",
    "Dijon Habitat", "OPH Dijon Habitat", "Grand Dijon Habitat", "Office public de l'habitat Orvelle Habitat",
    "SA d'HLM de Dijon", "Villéo", "Office de tourisme de Dijon", "Office municipal des sports de Dijon",
    "Office municipal de la culture", "OPH de Saint-Orval", "Office public de la langue bretonne",
    "Office départemental HLM de Chenôve", "Office municipal d'HLM de la Côte-d'Or",
    "OPH de la région Bourgogne-Franche-Comté", "OPH du CCAS de Dijon", "OPH de Saint-Denis",
    "Office national des forêts",
]  # fmt: skip


@pytest.mark.parametrize(("signature", "name"), [(s, name) for s, names in OFFICES.items() for name in names])
def test_an_office_is_of_the_authority_that_its_name_gives_and_not_that_authority(signature, name):
    for writer in WRITERS:
        found = owner(name, writer)
        assert found is not None
        assert found.signature == signature
        assert body(name, writer) is None


@pytest.mark.parametrize("name", NOBODY_S)
def test_a_name_without_a_place_of_its_own_is_of_no_authority(name):
    for writer in WRITERS:
        assert owner(name, writer) is None
        assert body(name, writer) is None


def test_a_municipal_office_without_a_place_is_that_of_the_commune_that_decides():
    town, group, department = (owner("l'office municipal d'HLM", writer) for writer in WRITERS)
    assert town is not None
    assert (town.signature, group, department) == (DIJON, None, None)


@pytest.mark.parametrize(
    ("name", "writer", "signature"),
    [
        ("OPH de la Vienne", _of("Commune de Vienne", "38"), "departement:86"),
        ("OPH de Vienne", _of("Commune de Vienne", "38"), "siren:213805443"),
        ("OPH de Vienne", _of("Commune de Poitiers", "86"), None),
        ("OPH de la Mayenne", _of("Commune de Mayenne", "53"), "departement:53"),
        ("OPH de Mayenne", _of("Commune de Dijon"), None),
        ("OPH du Mans", _of("Commune de Dijon"), "siren:217201813"),
    ],
)
def test_a_town_and_a_departement_of_one_name_are_told_by_the_article(name, writer, signature):
    found = owner(name, writer)
    assert (found.signature if found else None) == signature


def _documents(make, *named):
    return [
        make.document(
            [
                make.act(
                    title=f"Subvention {n}",
                    number=f"N{n}",
                    organisations=tuple(
                        OrganisationFact(id=f"o{i}", name=name, kind="organisation") for i, name in enumerate(names)
                    ),
                )
            ],
            [make.session(authority=writer, body=organ, department="21", date=dt.date(2023, 1, n + 1))],
            file_name=f"{n}.txt",
        )
        for n, (writer, organ, names) in enumerate(named)
    ]


def _keys(found, documents):
    return [
        [found[d.sha256].acts[0].organisations[f"o{i}"] for i in range(len(d.acts[0].organisations))] for d in documents
    ]


def test_an_office_is_one_under_its_old_and_new_forms_and_belongs_to_its_town(make):
    documents = _documents(
        make,
        ("Commune de Dijon", "Conseil municipal", ["OPAC de Chenôve", "Commune de Chenôve"]),
        ("Dijon métropole", "Bureau métropolitain", ["Office public de l'habitat de Chenôve"]),
        ("Commune de Chenôve", "Conseil municipal", ["l'office municipal HLM", "OPH de Dijon métropole"]),
    )
    kept = Kept(documents)
    for last in range(1, len(documents) + 1):
        kept.check(documents[:last])
    found = resolve(documents, Registry())
    (opac, town), (office,), (municipal, other) = _keys(found, documents)
    assert opac == office == municipal
    assert len({opac, town, other}) == 3
    assert found.organisations[opac].part_of == town
    assert found.organisations[opac].kind == "public_establishment"
    assert found.organisations[opac].siren is None
    group = found.organisations[other].part_of
    assert group is not None
    assert found.organisations[group].siren == "242100410"


def test_the_offices_of_two_authorities_are_two_however_alike(make):
    documents = _documents(
        make,
        ("Commune de Dijon", "Conseil municipal", ["OPH de Dijon"]),
        ("Commune de Dijon", "Conseil municipal", ["OPH de Dijon métropole"]),
        ("Commune de Dijon", "Conseil municipal", ["OPH de la Côte-d'Or"]),
    )
    found = resolve(documents, Registry())
    keys = _keys(found, documents)
    assert len({key for (key,) in keys}) == 3


def test_an_office_that_passed_to_the_metropole_is_one_where_an_act_says_so(make):
    documents = _documents(
        make,
        ("Commune de Dijon", "Conseil municipal", ["OPH de Dijon"]),
        ("Commune de Dijon", "Conseil municipal", ["OPH de Dijon métropole (ex-OPH de Dijon)"]),
    )
    found = resolve(documents, Registry())
    (before,), (after,) = _keys(found, documents)
    assert before == after
    assert found.organisations[before].part_of is None  # of two authorities, one after the other
