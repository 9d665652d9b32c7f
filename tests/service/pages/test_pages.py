"""The pages over the three made-up acts; the sums are those of tests/queries/test_known_answers.py."""

import base64
import csv
import hashlib
import io
import json
import re

import pytest

import queries

A, B = "/document/aaaa000000000001", "/document/bbbb000000000002"
PAGES = [
    "/", "/funding", "/funding?year=2023", "/funding?status=Budgeted", A, B, "/queries", "/quality",
    "/search?q=cesam", "/organisation", "/person", "/programme", "/session", "/document",
    *[f"/queries/{name}" for name in queries.catalogue()],
]  # fmt: skip


@pytest.mark.parametrize("url", PAGES)
def test_every_page_is_a_sound_french_page(client, parse, url):
    response = client.get(url)
    page = parse(response.text)
    assert page.root.get("lang") == "fr"
    assert len(page.all("h1")) == len(page.all("main")) == 1
    assert page.one("a", class_="skip").get("href") == "#contenu"
    # strict content security policy: nothing inline that runs, nothing from elsewhere
    scripts = [script for script in page.all("script") if script.get("type") != "application/ld+json"]
    assert all(script.get("src", "").startswith("/static/") for script in scripts)
    (sheet,) = page.all("style")
    digest = base64.b64encode(hashlib.sha256(sheet.text.encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}';" in response.headers["content-security-policy"]
    assert not [n for e in page.all() for n in e.attrib if n == "style" or n.startswith("on")]
    assert "unsafe-inline" not in response.headers["content-security-policy"]
    ids = [e.get("id") for e in page.all() if e.get("id")]
    assert len(ids) == len(set(ids))
    labels = {e.get("for") for e in page.all("label")}
    assert {e.get("id") for e in page.all("input", "select")} <= labels
    assert {e.get("scope") for e in page.all("th")} <= {"col", "row"}
    assert {h[1:] for h in page.hrefs() if h.startswith("#")} <= set(ids)


@pytest.mark.parametrize("url", ["/", "/funding", A, "/quality", "/search?q=c", "/organisation"])
def test_every_link_to_our_pages_leads_somewhere(client, see, url):
    ours = re.compile(r"^/(funding|document|queries|quality|search|organisation|person|programme|session|static)\b")
    for href in set(see(client, url).hrefs()):
        if ours.match(href):
            assert client.get(href.partition("#")[0]).status_code == 200, href


def test_home_counts(client, see, say):
    page = see(client, "/")
    figures = dict(zip(map(say, page.all("dt")), map(say, page.all("dd")), strict=True))
    assert figures["délibérations"] == "3"
    assert figures["organes délibérants"] == "2"
    assert figures["années"] == "2022-2024"
    told = next(value for label, value in figures.items() if label.startswith("attribués"))
    assert told == "211 200,00 €"  # 30 000 + 60 000 + 10 000 × 3 + 90 000 + 1 200


def test_funding_sums_top_level_awarded_flows(client, see, say):
    page = see(client, "/funding")
    assert say(page.one("strong", class_="sum")) == "211 200,00 €"
    years = see(client, "/funding?view=years")
    assert "2024101 200,00 €4" in [say(row) for row in years.all("tr")]
    assert "60 000,00 €" in say(see(client, "/funding?year=2023&beneficiary=cesam").all("tfoot")[-1])


def test_unstated_amounts_are_listed_and_not_drawn(client, see, say):
    page = see(client, "/funding?year=2024&beneficiary=cesam")
    assert not page.all("svg")
    assert "rien à dessiner" in say(page.one("main"))
    assert "1 est sans montant écrit" in say(page.one("p", class_="lead"))
    assert "non écrit" in say(page.one("table"))


def test_every_row_of_funding_leads_to_its_act_and_its_sentence(client, see):
    page = see(client, "/funding")
    sources = page.all("td", class_="source")
    assert len(sources) == 8
    for source in sources:
        sentence, act = page.hrefs(source)
        assert act.startswith("/id/deliberation/")
        path, _, fragment = sentence.partition("#")
        assert see(client, path).one(id=fragment) is not None


def test_no_funding_matches(client, see, say):
    assert "Aucun financement" in say(see(client, "/funding?year=1990").one("main"))


def test_csv_and_json_are_what_the_page_shows(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/funding.csv?year=2024").text)))
    assert sorted(row["amount"] for row in rows) == ["", "10000", "1200", "90000"]
    assert {row["status"] for row in rows} == {"Attribué"}
    found = client.get("/funding.json?year=2024").json()
    assert found["total"] == 101200
    assert found["filters"] == {"year": "2024"}
    assert len(found["rows"]) == 4


def test_funding_links_the_query_behind_it(client, see):
    links = [h for h in see(client, "/funding?year=2024").hrefs() if h.startswith("/sparql?query=")]
    assert len(links) == 2  # the lines, and their sum
    assert all("2024" in link for link in links)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("/funding?year=soon", "quatre chiffres"),
        ("/funding.json?status=Promised", "Awarded"),
        ("/queries/votes?date=yesterday", "2023-01-25"),
        ("/queries/votes?colour=red", "paramètre inconnu"),
        ("/queries/votes.csv?date=x", "2023-01-25"),
    ],
)
def test_a_refused_value_is_a_400_in_french_with_the_remedy(client, url, told):
    response = client.get(url)
    assert response.status_code == 400
    assert told in response.text


@pytest.mark.parametrize("url", ["/queries/nothing", "/document/ffff", "/document/ffff.json"])
def test_what_is_not_there_is_a_404(client, url):
    assert client.get(url).status_code == 404


def test_the_document_shows_its_text_as_laid_out(client, see):
    shown = "".join(see(client, A).one("div", class_="act-text").itertext()).replace("↗", "")
    assert shown == client.get(f"{A}.json").json()["text"]
    assert "REBSAMEN\tMadame" in shown


def test_facts_and_passages_lead_to_each_other(client, see, say):
    page = see(client, A)
    fact = page.one(id="funding-a-etat")
    assert "Demandé" in say(fact)
    assert "15 000,00 €" in say(fact)
    assert "lecture probable" in say(fact)
    anchor = page.one("a", class_="to", within=fact).get("href")
    passage = page.one(id=anchor[1:])
    assert say(passage) == "Une aide de 15 000 € est sollicitée auprès de l'État."
    assert passage.get("href") == "#funding-a-etat"


def test_nested_passages_are_nested_marks(client, see, say):
    page = see(client, A)
    (outer,) = (m for m in page.all("mark") if "#programme-contrat-de-ville-2015-2020" in page.hrefs(m))
    assert say(outer).startswith("Dijon métropole attribue une subvention")
    assert page.after(outer).get("href") == "#funding-a-total"


def test_parts_of_a_total_are_said_not_to_count_twice(client, see, say):
    assert "non comptée en plus" in say(see(client, A).one(id="funding-a-via"))


def test_warnings_stand_beside_the_facts(client, see, say):
    page = see(client, A)
    warning = page.one("li", within=page.one("div", class_="checks"))
    assert "La liste nomme 4 membres, l'acte dit 5 en exercice." in say(warning)
    assert page.hrefs(warning) == ["#session-bureau-2023-01-25"]


def test_titles_are_text_never_markup(client, see, say):
    assert "<script>" not in client.get(B).text
    assert '<script>alert("x")</script>' in say(see(client, B).root)


def test_a_private_person_is_not_named(client, see, say):
    assert "Particulier (nom non publié)" in say(see(client, B).one(id="funding-b-person"))


def test_quality_tells_warnings_quarantine_and_confidence(client, see, say):
    page = say(see(client, "/quality").one("main"))
    assert "La liste nomme 4 membres" in page
    assert "2021-acte-sans-date.pdf" in page
    assert "La séance n'a pas de date." in page
    assert "n'a pas de phrase" in page
    assert "PRIVEE" not in page
    assert "Un avertissement." not in page
    told = client.get("/quality.json").json()
    assert [(lv["level"], lv["fundings"]) for lv in told["confidence"]] == [
        ("lecture sûre", 12),
        ("lecture probable", 1),
        ("lecture incertaine", 1),
        ("lecture douteuse", 0),
    ]


def test_an_unsure_reading_stands_beside_the_facts_marked_as_such_with_its_sentence(client, see, say):
    page = see(client, B)
    reading = page.one("li", id="reading-b-mission")
    told = say(reading)
    assert "lecture incertaine, non publiée" in told
    assert "4 000,00 €" in told
    assert "Dijon métropole → Mission locale" in told
    assert "confiance : 31 %" in told
    assert say(page.one("q", within=reading)) == "Elle pourrait recevoir 4 000 €, et une habitante 250 €."
    assert not page.all("span", class_="badge Awarded", within=reading)
    group = next(h for h in page.all("h4") if say(h) == "À vérifier")
    assert page.after(group) == next(ul for ul in page.all("ul", class_="facts") if reading in list(ul))
    passage = page.one(id=page.all("a", class_="to", within=reading)[-1].get("href")[1:])
    assert say(passage) == "Elle pourrait recevoir 4 000 €, et une habitante 250 €."
    assert "Particulier (nom non publié)" in say(page.one("li", id="reading-b-habitante"))
    assert passage.get("class") == "ev unsure"
    assert "en pointillé mènent à une lecture incertaine" in say(page.one("section", id="texte"))


def test_a_document_without_unsure_readings_says_nothing_of_them(client, see, say):
    page = see(client, A)
    assert "non publiée" not in say(page.one("main"))
    assert not [e for e in page.all("a", "mark") if "unsure" in e.get("class", "")]
    assert "À vérifier" not in [say(h) for h in page.all("h4")]


def test_quality_counts_what_awaits_review_and_leads_to_it(client, see, say):
    page = see(client, "/quality")
    section = page.one("h2", id="a-revoir")
    assert say(section) == "À vérifier"
    assert "moins de 50 %" in say(page.after(section))
    main = say(page.one("main"))
    assert "2 lectures incertaines, non publiées : les voir avec leur phrase" in main
    assert "lectures à revoir2" in main
    assert {"/queries/to-review", "/queries/to-review.csv", B} <= set(page.hrefs(page.one("main")))
    assert client.get("/quality.json").json()["to_review"] == {
        "count": 2,
        "threshold": 0.5,
        "documents": [{"file": "2024-09-12-bureau-ccas.txt", "page": B, "count": 2}],
    }


def test_what_awaits_review_is_counted_nowhere_else(client, see, say):
    for status in ("Awarded", "Requested", "Budgeted", "Rejected"):
        rows = client.get(f"/funding.json?status={status}").json()["rows"]
        assert not [row for row in rows if "reading" in row["funding_iri"]]
    assert "Mission locale" not in [row.get("beneficiary") for row in client.get("/funding.json").json()["rows"]]
    assert "2 lectures incertaines n’y sont pas" in say(see(client, "/funding").one("main"))
    assert "à vérifier" not in say(see(client, "/funding?status=Requested").one("main"))
    counted = {row["file"]: row["fundings"] for row in client.get("/document.json").json()}
    assert counted["2024-09-12-bureau-ccas.txt"] == 5


def test_the_list_to_review_leads_to_each_sentence(client, see, say):
    page = see(client, "/queries/to-review?name=mission")
    (row,) = page.all("tr", within=page.one("tbody"))
    (sentence,) = (h for h in page.hrefs(row) if "#e-" in h)
    path, _, fragment = sentence.partition("#")
    assert path == B
    assert say(see(client, path).one(id=fragment)) == "Elle pourrait recevoir 4 000 €, et une habitante 250 €."


def test_nothing_to_review_is_said(serve, see, say):
    page = say(see(serve(""), "/quality").one("main"))
    assert "Aucune lecture incertaine à revoir." in page
    assert "moins de" not in page


def test_search_finds_any_spelling(client, see):
    def hits(words):
        page = see(client, f"/search?q={words}")
        return [href for found in page.all("ul", class_="plain results") for href in page.hrefs(found)]

    assert hits("nobody+of+that+name") == []
    assert hits("nuray+ISTIQUAM") == ["/id/person/nuray-akpinar-istiqam"]
    assert hits("metropolitaine+réseau") == []
    assert [href.partition("#")[0] for href in hits("adhere+reseau")].count("/document/bbbb000000000002") > 0
    assert "/id/deliberation/a" in hits("concilier")
    assert see(client, "/search?q=" + "a" * 300, 400).one("p", class_="note error") is not None


def test_the_page_and_the_published_query_count_the_same(client):
    """What the ledger gives the page and what the named query gives a SPARQL user are the same rows."""
    for filters in (
        "",
        "year=2024",
        "status=Requested",
        "status=Budgeted",
        "programme=ctai",
        "funder=etat",
        "beneficiary=cesam",
    ):
        page = {(r["funding_iri"], r["year"]): r for r in client.get(f"/funding.json?{filters}").json()["rows"]}
        query = {(r["funding_iri"], r["year"]): r for r in client.get(f"/queries/flows.json?{filters}").json()["rows"]}
        assert page.keys() == query.keys()
        for key, row in page.items():
            told = {name: row.get(name) for name in ("amount", "period", "evidence_iri", "funder_iri", "date")}
            assert told == {name: query[key].get(name) for name in told}


def test_a_list_is_filtered_without_accents(client, see, say):
    page = see(client, "/organisation?filter=metropole")
    assert [say(row.find("td")) for row in page.all("tr", within=page.one("tbody"))] == ["Dijon métropole"]
    assert len(json.loads(client.get("/programme.json").text)) == 3


def test_the_query_is_shown_with_its_values(client, see, say):
    page = see(client, "/queries/money-to?name=cesam")
    assert 'VALUES (?_name ?_status) { ("cesam"' in say(page.one("pre"))
    assert len(page.all("tr", within=page.one("tbody"))) == 3


def test_before_the_first_release_the_pages_say_how_to_begin(tmp_path):
    from fastapi.testclient import TestClient

    from service.app import create_app
    from service.settings import Settings

    client = TestClient(create_app(Settings(data=tmp_path)))
    assert "delibgraph ingest" in client.get("/", headers={"Accept": "text/html"}).text
    assert client.get("/").status_code == 503
    assert client.get("/funding.json").status_code == 503


@pytest.mark.parametrize("url", [p for p in PAGES if not p.startswith("/document/")])
def test_an_empty_dataset_looks_right(serve, url, see, say):
    assert "None" not in say(see(serve(""), url).root)


def test_no_amount_at_all_looks_right(serve, see, say):
    client = serve("""
        @prefix dg: <https://w3id.org/delibgraph/ns#> . @prefix dct: <http://purl.org/dc/terms/> .
        <http://localhost:8000/graph/e> {
          <urn:f> a dg:Funding ; dg:status dg:Awarded ; dg:decidedBy <urn:d> .
          <urn:d> a dg:Deliberation ; dg:session <urn:s> ; dct:source <http://localhost:8000/id/document/e> .
          <urn:s> dct:date "2024-01-01"^^<http://www.w3.org/2001/XMLSchema#date> .
          <http://localhost:8000/id/document/e> a dg:Document ; dg:fileName "e.txt" . }
    """)
    assert "Aucun montant n’est écrit" in say(see(client, "/funding").root)
    assert "aucun montant" in say(see(client, "/").root)


@pytest.mark.parametrize("url", ["/funding?year=2024", "/queries/money-to?name=cesam", "/queries/doubts"])
def test_the_query_taken_to_the_sparql_page_runs_there(client, see, url):
    link = next(h for h in see(client, url).hrefs() if h.startswith("/sparql?query="))
    response = client.get(link, headers={"Accept": "application/sparql-results+json"})
    assert response.status_code == 200, response.text[:500]
    shown = client.get(url.replace("?", ".json?") if "?" in url else f"{url}.json").json()["rows"]
    assert len(response.json()["results"]["bindings"]) == len(shown)


def test_a_register_of_several_acts_tells_a_shared_session_once(serve, see, say):
    client = serve("""
        @base <http://localhost:8000/> . @prefix dg: <https://w3id.org/delibgraph/ns#> .
        @prefix dct: <http://purl.org/dc/terms/> . @prefix eli: <http://data.europa.eu/eli/ontology#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <graph/e> {
          <id/document/e> a dg:Document ; dg:fileName "pv.txt" .
          <id/deliberation/z> a dg:Deliberation ; eli:title "Premier objet" ; dg:session <id/session/s> ;
            eli:is_about <id/theme/a>, <id/theme/b> ; dct:source <id/document/e> .
          <id/theme/a> skos:prefLabel "Habitat"@fr . <id/theme/b> skos:prefLabel "Emploi"@fr .
          <id/deliberation/y> a dg:Deliberation ; eli:title "Second objet" ; dg:session <id/session/s> ;
            dct:source <id/document/e> .
          <id/session/s> a dg:Session ; dct:date "2024-01-01"^^xsd:date .
          <id/evidence/e-0-5> dct:source <id/document/e> ;
            dg:supports <id/deliberation/z> ; dg:start 0 ; dg:end 5 .
          <id/evidence/e-9-12> dct:source <id/document/e> ;
            dg:supports <id/deliberation/y> ; dg:start 9 ; dg:end 12 .
        }
    """)
    page = see(client, "/document/e")
    acts = page.all("article")
    assert [say(page.one("h3", within=act)) for act in acts] == ["Premier objet", "Second objet"]
    assert len(page.all(id="session-s")) == 1
    assert {"Habitat", "Emploi"} == set(say(page.one("p", class_="fine", within=acts[0])).split(" ; "))
    assert "Le texte de ce document n’est pas dans la version publiée" in say(page.root)
