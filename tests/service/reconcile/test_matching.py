"""Who is meant: a match only where the resolution would tie the name to that thing, candidates otherwise."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.service.reconcile.schemas import RESULTS, validate

DIJON, BORDEAUX = "Dijon métropole", "Ville de Bordeaux"


def sure(candidates):
    return [c["id"] for c in candidates if c["match"]]


@pytest.mark.parametrize(
    ("name", "hints", "meant"),
    [
        ("Dijon Métropole", {}, "organisation/dijon-metropole"),  # a body by its kind and place
        ("Les Amis du Livre", {"authority": DIJON}, "organisation/adl"),
        ("amis du livre", {"authority": "DIJON METROPOLE"}, "organisation/adl"),
        ("Association les Amis du livre", {"authority": "242100410"}, "organisation/adl"),
        ("A.D.L.", {"authority": {"id": "organisation/dijon-metropole"}}, "organisation/adl"),
        ("Harmonie municipale & fanfare du faubourg Bretonnière", {"commune": "Bordeaux"}, None),
        ("Anne DURAND", {"authority": DIJON}, "person/anne-durand"),
        ("DURAND, Anne", {"authority": DIJON}, "person/anne-durand"),
        ("durand anne", {"authority": DIJON}, "person/anne-durand"),
        ("Mme Anne Durand", {"authority": DIJON}, "person/anne-durand"),
        ("Contrat de ville 2015-2020", {"authority": DIJON}, "programme/contrat-de-ville-2015-2020"),
        ("dijon-2023.txt", {}, None),
        ("732 829 320", {}, "organisation/banque-alimentaire-de-bourgogne"),
        ("", {"siren": "73282932000074"}, "organisation/banque-alimentaire-de-bourgogne"),
    ],
)
def test_what_the_resolution_would_tie_is_a_match(match, name, hints, meant):
    found = match(name, **hints)
    if meant is None:
        assert len(sure(found)) == 1
    else:
        assert sure(found) == [found[0]["id"]]
        assert found[0]["id"].startswith(meant)


@pytest.mark.parametrize(
    ("name", "hints"),
    [
        ("Comité des fêtes", {}),  # one in every commune
        ("ADL", {}),  # a sigle, anybody's
        ("ADL", {"authority": BORDEAUX}),
        ("Anne DURAND", {}),  # nobody is held to be the same in two assemblies
        ("Anne DURAND", {"authority": BORDEAUX}),
        ("Anne DURAND", {"authority": "Commune de Nulle-Part"}),
        ("DURAND", {"authority": DIJON}),  # the family name alone
        ("Jean MARTIN", {}),
        ("Contrat de ville 2015-2020", {}),  # every town has one
        ("Les Amis du Livret", {"authority": DIJON}),
        ("Les Amis", {"authority": DIJON}),
    ],
)
def test_what_it_would_not_tie_is_for_a_person_to_choose(match, name, hints):
    found = match(name, **hints)
    assert sure(found) == []


def test_namesakes_are_told_apart_by_the_authority(match):
    every = match("Comité des fêtes", kind="Association")
    assert every[0]["score"] == every[1]["score"]
    dijon, bordeaux = (match("Comité des fêtes", authority=a)[0]["id"] for a in (DIJON, BORDEAUX))
    assert {dijon, bordeaux} == {c["id"] for c in every}
    assert dijon != bordeaux


def test_another_number_says_that_it_is_another(match):
    assert match("Banque alimentaire de Bourgogne", siren="732829320")[0]["match"]
    assert not [c for c in match("Banque alimentaire de Bourgogne", siren="552100554") if "banque" in c["id"]]


def test_an_identifier_is_its_thing(match):
    identifier = match("Anne DURAND")[0]["id"]
    assert sure(match(identifier)) == [identifier]
    assert sure(match(f"http://localhost:8000/id/{identifier}")) == [identifier]


def test_types_restrict_and_each_candidate_has_its_own(match):
    assert {t["id"] for c in match("Dijon", kind="Person") for t in c["type"]} <= {"Person"}
    assert all("Association" in {t["id"] for t in c["type"]} for c in match("amis", kind=["Association"]))
    assert match("Dijon métropole", kind={"id": "LocalAuthority", "name": "x"})[0]["match"]
    assert match("Dijon métropole", kind="Association") == []
    assert match("Dijon métropole", kind="Q5") == []


def test_a_candidate_says_why(match):
    (found,) = match("Les Amis du Livre", limit=1, authority=DIJON, year=2022)
    features = {f["id"]: f["value"] for f in found["features"]}
    assert features["name.identical"] is True
    assert features["authority"] is True
    assert features["year"] is True
    assert features["documents"] == 2
    assert "association" in found["description"]
    assert len(features) == len(found["features"])


def test_what_does_not_fit_the_hints_comes_later(match):
    at_home, _ = match("Jean MARTIN", kind="Person", authority=DIJON)
    assert at_home["match"]
    scores = [c["score"] for c in match("Jean MARTIN", kind="Person", authority=DIJON)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[1]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
query = st.fixed_dictionaries(
    {},
    optional={
        "query": values | st.text(max_size=400),
        "type": values | st.sampled_from(["Person", "Organisation"]),
        "limit": values,
        "properties": st.lists(
            st.fixed_dictionaries(
                {"pid": st.sampled_from(["authority", "commune", "siren", "rna", "year", "x"]), "v": values}
            )
        )
        | values,
        "type_strict": st.sampled_from(["any", "all", "should", 3]),
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(st.dictionaries(st.text(max_size=5), query, max_size=3) | values)
def test_no_batch_breaks_it(client, batch):
    text = json.dumps(batch)
    for answer in (
        client.post("/reconcile", data={"queries": text}),
        client.get("/reconcile", params={"queries": text}),
    ):
        assert answer.status_code in (200, 400)
        if answer.status_code == 200 and "versions" not in answer.json():
            validate(answer.json(), RESULTS)
            assert set(answer.json()) == set(json.loads(text))
