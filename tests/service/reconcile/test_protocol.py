"""The protocol: each answer against its schema, and what OpenRefine does from the manifest to the fetched columns."""

import json
from urllib.parse import quote, urlsplit

import html5rdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.service.reconcile.schemas import EXTENDED, FLYOUT, MANIFEST, PROPOSED, RESULTS, SUGGESTED, validate

COLUMN = [
    ("Les amis du livre", "Dijon métropole"), ("ADL", "Dijon métropole"), ("Comité des fêtes", "Dijon métropole"),
    ("Comité des fêtes", "Bordeaux"), ("Banque Alimentaire de Bourgogne", "Dijon métropole"), ("Inconnue", "Bordeaux"),
    *[(f"Association n° {n}", "Bordeaux") for n in range(17)],
]  # fmt: skip


@pytest.fixture(scope="module")
def manifest(client):
    return client.get("/reconcile").json()


def follow(client, service, *more, **parameters):
    """The answer at an address that the manifest gives, which must be one of the host that was asked."""
    address = service["service_url"] + service["service_path"] + "".join(more)
    assert address.startswith("http://data.test/")
    return client.get(address, params=parameters or None)


def test_the_manifest_is_valid_and_open_to_every_origin(client, manifest):
    answer = client.get("/reconcile", headers={"Origin": "http://127.0.0.1:3333"})
    validate(answer.json(), MANIFEST)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert manifest["identifierSpace"] == "http://localhost:8000/id/"
    preflight = client.options("/reconcile", headers={"Origin": "null", "Access-Control-Request-Method": "POST"})
    assert preflight.status_code == 204
    assert client.get(urlsplit(manifest["documentation"]).path).status_code == 200


def test_as_openrefine_does(client, manifest):
    """Register, guess the types of a column, reconcile it in batches of ten, fetch columns for what matched."""
    sample = {f"q{n}": {"query": name, "limit": 3} for n, (name, _) in enumerate(COLUMN[:10])}
    guesses = client.post("/reconcile", data={"queries": json.dumps(sample)}).json()
    validate(guesses, RESULTS)
    votes = [t["id"] for result in guesses.values() for c in result["result"][:1] for t in c["type"]]
    guessed = max(sorted(set(votes)), key=votes.count)
    assert guessed in {t["id"] for t in manifest["defaultTypes"]}
    assert guessed in ("Association", "Organisation")

    matched = {}
    for start in range(0, len(COLUMN), 10):
        batch = {
            f"q{n}": {
                "query": name, "type": guessed, "type_strict": "should", "limit": 3,
                "properties": [{"pid": "authority", "v": authority}],
            }
            for n, (name, authority) in enumerate(COLUMN[start : start + 10], start)
        }  # fmt: skip
        results = client.post("/reconcile", data={"queries": json.dumps(batch)}).json()
        validate(results, RESULTS)
        assert results.keys() == batch.keys()
        for key, result in results.items():
            assert len(result["result"]) <= 3
            matched[int(key[1:])] = next((c["id"] for c in result["result"] if c["match"]), None)
    assert matched[0] == matched[1] is not None
    assert len({matched[2], matched[3], None}) == 3
    assert matched[4] is not None
    assert {matched[n] for n in range(5, len(COLUMN))} == {None}

    proposed = follow(client, manifest["extend"]["propose_properties"], type=guessed).json()
    validate(proposed, PROPOSED)
    wanted = {p["id"] for p in proposed["properties"]}
    assert {"siren", "received", "received-2022", "received-2023", "authority"} <= wanted
    query = {
        "ids": sorted({each for each in matched.values() if each}),
        "properties": [{"id": each} for each in sorted(wanted)],
    }
    answer = client.post("/reconcile", data={"extend": json.dumps(query)}).json()
    validate(answer, EXTENDED)
    assert [m["id"] for m in answer["meta"]] == sorted(wanted)
    assert answer["rows"].keys() == set(query["ids"])
    amis, bank = answer["rows"][matched[0]], answer["rows"][matched[4]]
    assert amis["received"] == [{"float": 2500.0}]
    assert amis["received-2022"] == [{"float": 1000.0}]
    assert amis["paid"] == []
    assert amis["acts"] == [{"int": 2}]
    assert (amis["firstYear"], amis["lastYear"]) == ([{"int": 2022}], [{"int": 2023}])
    assert amis["sigle"] == [{"str": "ADL"}]
    assert [a["name"] for a in amis["authority"]] == ["Dijon métropole"]
    assert bank["siren"] == [{"str": "732829320"}]
    assert bank["received-2022"] == []  # never a zero that no act states


def test_a_person_and_a_programme_have_their_columns(client, match):
    person = match("Anne DURAND", authority="Dijon métropole")[0]["id"]
    programme = match("Contrat de ville 2015-2020", authority="Dijon métropole")[0]["id"]
    query = {
        "ids": [person, programme, "person/nobody", "../../x"],
        "properties": [{"id": p} for p in ("acts", "start", "end", "type", "nope")],
    }
    answer = client.get("/reconcile", params={"extend": json.dumps(query)}).json()
    validate(answer, EXTENDED)
    assert [m["id"] for m in answer["meta"]] == ["acts", "start", "end", "type"]
    assert answer["rows"][person]["acts"] == [{"int": 2}]
    assert answer["rows"][programme] == {
        "acts": [{"int": 2}],
        "start": [{"str": "2015"}],
        "end": [{"str": "2020"}],
        "type": [{"str": "dispositif ou contrat"}],
    }
    assert answer["rows"]["person/nobody"] == {"acts": [], "start": [], "end": [], "type": []}


def test_suggestions_are_valid_and_have_flyouts(client, manifest):
    for what, typed in (("entity", "amis du li"), ("type", "assoc"), ("property", "sir")):
        service = manifest["suggest"][what]
        answer = follow(client, service, prefix=typed)
        validate(answer.json(), SUGGESTED)
        first = answer.json()["result"][0]
        path = service["flyout_service_path"].replace("${id}", quote(first["id"], safe=""))
        flyout = client.get(service["flyout_service_url"] + path).json()
        validate(flyout, FLYOUT)
        assert flyout["id"] == first["id"]
        assert first["name"] in "".join(html5rdf.parse(flyout["html"], treebuilder="etree").itertext())


def test_entities_are_suggested_by_prefix_identifier_and_type_and_go_on(client, manifest):
    service = manifest["suggest"]["entity"]
    every = follow(client, service, prefix="comite").json()["result"]
    assert [e["name"] for e in every] == ["Comité des fêtes"] * 2
    assert follow(client, service, prefix="comite", cursor=1).json()["result"] == every[1:]
    identifier = every[0]["id"]
    assert follow(client, service, prefix=identifier).json()["result"][0]["id"] == identifier
    people = follow(client, service, prefix="du", type="Person").json()["result"]
    assert {t["id"] for e in people for t in e["notable"]} == {"Person"}


def test_the_view_and_the_preview_of_a_candidate(client, manifest, match):
    identifier = match("Les Amis du Livre")[0]["id"]
    encoded = quote(identifier, safe="")
    view = manifest["view"]["url"].replace("{{id}}", encoded)
    assert client.get(urlsplit(view).path, headers={"Accept": "text/html"}).status_code == 200
    preview = client.get(manifest["preview"]["url"].replace("{{id}}", encoded))
    assert "Les Amis du Livre" in preview.text
    assert "1 500,00 €" in preview.text.replace("\u202f", " ").replace("\u00a0", " ")
    assert "frame-ancestors *" in preview.headers["content-security-policy"]
    assert "unsafe" not in preview.headers["content-security-policy"]
    assert client.get("/reconcile/preview", params={"id": "organisation/none"}).status_code == 404


def test_answers_are_kept_until_the_next_release(client):
    answer = client.get("/reconcile")
    again = client.get("/reconcile", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"queries": "{"}, 400),
        ({"queries": "[]"}, 400),
        ({"queries": '{"q": 1}'}, 400),
        ({"queries": '{"q": {}}'}, 400),
        ({"queries": '{"q": {"query": "x", "limit": 0}}'}, 400),
        ({"queries": "[" * 100_000}, 400),
        ({"queries": json.dumps({f"q{n}": {"query": "x"} for n in range(51)})}, 413),
        ({"queries": "x" * 600_000}, 413),
        ({"extend": '{"ids": "a", "properties": []}'}, 400),
        ({"extend": '{"ids": [], "properties": ["a"]}'}, 400),
        ({"extend": json.dumps({"ids": ["a"] * 501, "properties": []})}, 413),
    ],
)
def test_what_is_no_query_is_told(client, form, status):
    answer = client.post("/reconcile", data=form)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_a_body_that_is_no_form_is_told(client):
    assert client.post("/reconcile", json={"queries": {}}).status_code == 415


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=60), st.text(max_size=12), st.sampled_from(["entity", "type", "property", "x"]))
def test_no_address_breaks_it(client, text, other, what):
    for path, parameters in (
        (f"/reconcile/suggest/{what}", {"prefix": text, "cursor": other, "type": other}),
        (f"/reconcile/flyout/{what}", {"id": text}),
        ("/reconcile/preview", {"id": text}),
        ("/reconcile/properties", {"type": text, "limit": other}),
        (
            "/reconcile",
            {"extend": json.dumps({"ids": [text], "properties": [{"id": other}, {"id": "received-" + other}]})},
        ),
    ):
        assert client.get(path, params=parameters).status_code in (200, 400, 404)


def test_the_help_is_in_both_languages_and_names_all_that_is_offered(client) -> None:
    manifest = client.get("/reconcile").json()
    for language, word in (("fr", "association"), ("en", "public establishment")):
        text = client.get("/reconcile/help", params={"lang": language}).text
        assert word in text
        assert all(f'id="{each["id"]}"' in text for each in manifest["defaultTypes"])
    assert "établissement" not in client.get("/reconcile/help", params={"lang": "en"}).text
