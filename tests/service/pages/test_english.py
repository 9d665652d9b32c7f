"""The pages in English: every text, links that keep the language, and French where the words are an act's."""

from __future__ import annotations

import re
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

import service
from service import problems

PAGES = [
    "/document/aaaa000000000001", "/document/bbbb000000000002", "/quality", "/organisation", "/person", "/programme",
    "/session", "/document", "/document?filter=zzz", "/search?q=cesam", "/search?q=zzz",
    "/search?q=zzz&kind=Person", "/search?q=dijon&kind=Organisation", "/review/report?thing=funding/a-via",
    "/review/report?thing=organisation/cesam&verb=merge&other=&reason=x&author=A", "/review/report?thing=vote/a",
    "/review", "/ingest", "/releases",
]  # fmt: skip
#: Pages that say in French too what went wrong, as French, and their statuses.
ERRORS = {
    "/introuvable": 404, "/document/0000000000000000": 404, "/id/organisation/personne": 404, "/queries/aucune": 404,
    "/document/aaaa000000000001/page/1.png": 404, "/funding?from=hier": 400, "/queries/money-to?status=x": 400,
    "/queries/votes.docx": 406, "/sparql?query=SELECT": 400, "/search?q=" + "a" * 600: 400,
}  # fmt: skip
#: Words that only French has, and that pages are full of.
FRENCH = re.compile(
    r"\b(?:les?|la|des?|du|une?|et|est|sont|pour|avec|sans|dans|sur|qui|que|cette|voir|lire|aux?|ou|où|par|pas|"
    r"délibérations?|financements?|séance)\b", re.IGNORECASE,
)  # fmt: skip
#: Names and files of the fixture, numbers, and what keeps its form in any language.
NAMES = re.compile(
    r"Concilier l'Economique et le Social et Aider aux Mutations|CCAS de Dijon|Contrats? de ville|"
    r"Bureau métropolitain de Dijon métropole|Contrat Territorial d'Accueil et d'Intégration|Dijon métropole|"
    r"\S+\.(?:pdf|txt|html)|[\w-]+/[\w/-]+|heldout-?\w+"
)


def english(page, url: str) -> str:
    return url + ("&" if "?" in url else "?") + "lang=en"


def foreign(element) -> bool:
    named = element.tag == "a" and element.get("href", "").startswith("/id/")  # names are in no language
    return named or element.get("lang") == "fr" or element.tag in ("code", "pre", "script", "style", "input")


def spoken(element) -> str:
    """The text of an element, without what is said to be French or is code."""
    if foreign(element):
        return element.tail or ""
    return (element.text or "") + " ".join(spoken(child) for child in element) + (element.tail or "")


@pytest.mark.parametrize("url", [*PAGES, *ERRORS])
def test_no_word_of_the_page_is_french_unless_it_says_so(client, parse, url):
    answer = client.get(english(parse, url), headers={"Accept": "text/html"})
    assert answer.status_code in ((ERRORS[url],) if url in ERRORS else (200, 403, 422))
    page = parse(answer.text)
    assert page.root.find(".").get("lang") == "en"
    said = spoken(page.one("main"))
    for element in page.all(within=page.one("main")):
        if not foreign(element):
            said += " . " + " . ".join(filter(None, (element.get("aria-label"), element.get("data-label"))))
    said = NAMES.sub("", said)
    said = " ".join(said.split())
    assert [said[max(0, m.start() - 25) : m.end() + 25] for m in FRENCH.finditer(said)] == []


@pytest.mark.parametrize("url", [*PAGES, *ERRORS])
def test_links_to_our_pages_keep_the_language(client, parse, url):
    page = parse(client.get(english(parse, url), headers={"Accept": "text/html"}).text)
    for href in page.hrefs(page.one("body")):
        parts = urlsplit(href)
        file = re.search(r"\.\w+$", parts.path) or parts.path.startswith(("/static/", "/sparql", "/dump", "/ns"))
        if href.startswith("/") and not file and parts.path != "/shapes":
            assert "lang" in parse_qs(parts.query), href


@pytest.mark.parametrize("url", PAGES)
def test_the_same_facts_are_told_in_both_languages(client, parse, url):
    pages = [parse(client.get(each, headers={"Accept": "text/html"}).text) for each in (url, english(parse, url))]
    shapes = [
        [
            (e.tag, e.get("id"), e.get("class"))
            for e in page.all(within=page.one("main"))
            if e.get("type") != "hidden"  # the language that a form keeps
            and (e.tag, e.get("class")) != ("span", None)  # what is said to be French
        ]
        for page in pages
    ]
    assert shapes[0] == shapes[1]


def test_the_words_of_an_act_are_said_to_be_french(client, parse, see, say):
    page = see(client, "/document/aaaa000000000001?lang=en")
    assert page.one("div", class_="act-text").get("lang") == "fr"
    fact = page.one("li", id="funding-a-via")
    assert "€40,000.00" in say(fact)
    assert "see the sentence" in say(fact)
    french = [say(e) for e in page.all("span", within=fact, lang="fr")]
    assert french[0] == "Dijon métropole"
    assert any("€" in words for words in french)  # as the act writes it
    assert '<span lang="fr">' not in say(page.root)
    assert not see(client, "/document/aaaa000000000001").all("span", lang="fr")
    assert say(page.one("h2", id="faits")) == "What was read"


def test_a_browser_that_prefers_english_gets_it_and_caches_know(client, parse):
    for url in ("/document/aaaa000000000001", "/quality", "/person", "/search?q=cesam"):
        answer = client.get(url, headers={"Accept": "text/html", "Accept-Language": "en-GB"})
        assert 'lang="en"' in answer.text
        assert "Accept-Language" in answer.headers["Vary"]
    told = [client.get("/search?q=cesam", headers={"Accept-Language": tag}).headers["ETag"] for tag in ("fr", "en")]
    assert told[0] != told[1]


def test_warnings_are_in_the_language_of_the_page(serve, see, say):
    trig = """@prefix dg: <https://w3id.org/delibgraph/ns#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
      @base <http://localhost:8000/> .
      <graph/d> { <id/document/d> a dg:Document ; dg:fileName "d.pdf" . <id/deliberation/a> a dg:Deliberation ;
          dg:session <id/session/s> .
        <id/evidence/d-0-3> <http://purl.org/dc/terms/source> <id/document/d> ; dg:supports <id/deliberation/a> ;
          dg:start 0 ; dg:end 3 . }
      <graph/d/report> { [] a sh:ValidationResult ; sh:focusNode <id/deliberation/a> ; sh:resultSeverity sh:Warning ;
          sh:resultMessage "L'acte dit 42, la liste donne 43."@fr, "The act says 42, the roster has 43."@en . }"""
    with serve(trig) as client:
        for url in ("/quality", "/document/d"):
            assert "L'acte dit 42" in say(see(client, url).one("main"))
            shown = say(see(client, f"{url}?lang=en").one("main"))
            assert "The act says 42" in shown
            assert "L'acte dit 42" not in shown


def test_every_kind_of_error_is_told_in_english():
    code = "".join(path.read_text(encoding="utf-8") for path in Path(service.__file__).parent.rglob("*.py"))
    named = set(re.findall(r"""(?:Problem\(|_at\([^"]*?,)\s*(?:\d{3}[^"]*?, )?"([a-z-]+)",""", code))
    usual = {
        HTTPStatus(status).name.lower().replace("_", "-") for status in (400, 401, 403, 404, 405, 406, 422, 500, 503)
    }
    assert len(named) > 25
    assert named | usual <= set(problems.english())


def test_programs_get_errors_in_their_language(client):
    french = client.get("/queries/votes?limit=x", headers={"Accept": "application/json"})
    told = client.get("/queries/votes?limit=x", headers={"Accept": "application/json", "Accept-Language": "en"})
    assert "Accept-Language" in told.headers["Vary"]
    assert french.json()["title"] == "Valeur refusée"
    assert told.json()["title"] == "Value refused"
    assert "limit" in told.json()["detail"]
    assert told.json()["detail_fr"] == french.json()["detail"]
    assert told.json()["type"] == french.json()["type"]


def test_a_fault_of_the_service_is_told_in_english(app, parse, monkeypatch):
    monkeypatch.setattr("service.pages.home.page", lambda *_args, **_more: 1 / 0)
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/?lang=en", headers={"Accept": "text/html"})
    assert answer.status_code == 500
    assert "Fault of the service" in spoken(parse(answer.text).one("main"))
