"""/search, /search.json, /search/suggest.json: what is told, paged, cached; and what is refused."""

from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.app import create_app
from service.settings import Settings

JSON = "/search.json"


def test_results_tell_where_they_are_and_why(client):
    told = client.get(JSON, params={"q": "nuray istiquam"}).json()
    (hit,) = told["results"]
    assert (hit["kind"], hit["href"]) == ("Person", "/id/person/nuray-akpinar-istiqam")
    assert hit["iri"].endswith(hit["href"])
    assert [hit["text"][slice(*mark)].lower() for mark in hit["marks"]] == ["nuray", "istiquam"]
    assert told["total"] == 1
    assert told["next"] is None


def test_a_passage_leads_to_its_sentence_on_the_page_of_its_document(client, see):
    for hit in client.get(JSON, params={"q": "convention", "kind": "Passage"}).json()["results"]:
        path, _, fragment = hit["href"].partition("#")
        page = see(client, path)
        assert page.one(id=fragment) is not None


def test_the_page_and_the_data_tell_the_same(client, see):
    told = client.get(JSON, params={"q": "de"}).json()
    page = see(client, "/search?q=de")
    shown = [
        page.hrefs(entry)[0]
        for entry in page.all("li", within=page.one("ul", class_="plain results"))
        if page.hrefs(entry)
    ]
    assert shown == [hit["href"] for hit in told["results"]]


def test_pages_go_on_to_the_end(client):
    every, address = [], f"{JSON}?q=de&limit=3"
    while address:
        answer = client.get(address)
        told = answer.json()
        assert len(told["results"]) <= 3
        every += [(hit["href"], hit["text"]) for hit in told["results"]]
        assert (told["next"] is None) == ("link" not in answer.headers)
        address = told["next"]
    assert len(every) == told["total"] > 6
    assert told["page"] == told["pages"]


def test_a_facet_narrows_and_can_be_taken_off(client, see):
    page = see(client, "/search?q=convention")
    narrowing = [href for href in page.hrefs(page.one("nav", class_="facets")) if "year=" in href]
    narrowed = see(client, narrowing[0])
    back = [href for href in narrowed.hrefs(narrowed.one("nav", class_="facets")) if "year=" not in href]
    assert "/search?q=convention" in back
    told = client.get(narrowing[0].replace("/search", JSON, 1)).json()
    (value,) = [
        v for v in client.get(f"{JSON}?q=convention").json()["facets"]["year"] if v["value"] == told["narrowed"]["year"]
    ]
    assert value["count"] == told["total"]


def test_facets_have_french_names(client):
    facets = client.get(JSON, params={"q": "contrat"}).json()["facets"]
    assert {"Contrat de ville"} <= {value["label"] for value in facets["family"]}
    assert {"Attribué"} <= {value["label"] for value in facets["status"]}
    assert {"Dijon métropole"} <= {value["label"] for value in facets["authority"]}


def test_the_page_and_the_facets_are_in_english_for_whom_asks(client, see):
    text = client.get("/search", params={"q": "contrat", "lang": "en"}).text
    for word in ("Narrow the search", "Family of programmes", "results", "awarded"):
        assert word in text
    for word in ("Restreindre", "résultat", "Famille de dispositif"):
        assert word not in text
    page = see(client, "/search?q=contrat&lang=en")
    narrowing = page.hrefs(page.one("nav", class_="facets"))
    assert all("lang=en" in href for href in narrowing)
    assert "Next page" in client.get("/search?q=de&limit=3&lang=en").text
    assert "characters" in client.get("/search", params={"q": "x" * 201, "lang": "en"}).text
    told = client.get(JSON, params={"q": "contrat"}, headers={"Accept-Language": "en"})
    assert {"awarded"} <= {value["label"] for value in told.json()["facets"]["status"]}
    assert "Accept-Language" in told.headers["vary"]


def test_every_kind_that_is_found_has_a_name_in_both_languages(client):
    facets = client.get(JSON, params={"q": "de"}).json()["facets"]
    for language in ("fr", "en"):
        told = client.get(JSON, params={"q": "de", "lang": language}).json()["facets"]["kind"]
        assert len({value["label"] for value in told}) == len(facets["kind"]) > 3


@pytest.mark.parametrize("path", ["/search?q=de", f"{JSON}?q=de", "/search/suggest.json?q=de"])
def test_an_answer_is_kept_until_the_next_release(client, path):
    answer = client.get(path)
    assert answer.headers["access-control-allow-origin"] == "*"
    again = client.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path + "x").headers["etag"] != answer.headers["etag"]


def test_completion(client):
    told = client.get("/search/suggest.json", params={"q": "nur"}).json()["suggestions"]
    assert told[0]["href"] == "/id/person/nuray-akpinar-istiqam"
    kinds = client.get("/search/suggest.json", params={"q": "c", "kind": "Programme"}).json()["suggestions"]
    assert {s["kind"] for s in kinds} == {"Programme"}


def test_what_is_no_search_is_refused(client):
    for path in (JSON, "/search/suggest.json"):
        answer = client.get(path, params={"q": "a" * 10_000})
        assert answer.status_code == 400
        assert answer.headers["content-type"] == "application/problem+json"
        assert "200" in answer.json()["detail"]


def test_a_release_without_its_index_says_what_to_do(tmp_path, publish):
    data = publish(tmp_path, b"", [])
    (data / "current" / "search.sqlite").unlink()
    answer = TestClient(create_app(Settings(data=data))).get(JSON, params={"q": "a"})
    assert answer.status_code == 503
    assert "delibgraph ingest" in answer.json()["detail"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.one_of(st.text(max_size=80), st.text(alphabet='"*()^:-{} \x00\x1f\x7fé', max_size=80)),
    st.sampled_from(["", "0", "-1", "2", "1e9", "99999999", "٣", "x"]),
    st.sampled_from(["", "Person", "Passage", "'", "%00"]),
)
def test_no_address_breaks_it(client, q, number, kind):
    for path in ("/search", JSON, "/search/suggest.json"):
        address = f"{path}?q={quote(q.encode('utf-8', 'replace'))}&page={quote(number)}&kind={quote(kind)}"
        assert client.get(address).status_code in (200, 400)
