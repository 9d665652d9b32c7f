"""The review page: closed without a token, proof against other sites, and the judgement it makes."""

import os
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi.testclient import TestClient

from service.app import create_app
from service.curation import session as sessions
from service.ingest import ingest
from service.ingest.lock import writing
from service.settings import Settings
from tests.service.pages.conftest import CHROMIUM, FLAGS, context, follow

TOKEN = "un jeton très long"


@pytest.fixture
def settings(plant, tmp_path: Path) -> Settings:
    """Two persons of like names, and a reading that is too unsure."""
    settings = Settings(data=tmp_path / "data", token=TOKEN)
    plant(settings.data, "a.txt", member="Jean DUPONT", amount=900)
    plant(settings.data, "b.txt", member="Jean DUPOND", amount=200)
    plant(settings.data, "c.txt", to="Vélo club", amount=77, confidence=0.2)
    ingest((), settings)
    return settings


@pytest.fixture
def site(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings), follow_redirects=False) as client:
        yield client


@pytest.fixture
def curator(site: TestClient) -> TestClient:
    """The client of a curator whose session is open."""
    opened = site.post("/review", data={"do": "open", "author": " Anne  Durand ", "token": TOKEN})
    assert (opened.status_code, opened.headers["location"]) == (303, "/review")
    assert re.search(r"HttpOnly; Max-Age=28800; Path=/review; SameSite=strict", opened.headers["set-cookie"])
    return site


def form(curator: TestClient, page, do: str) -> dict[str, str]:
    """The fields of the first form that has a button ``do``."""
    parsed = page(curator.get("/review").text)
    for each in parsed.all("form", class_="judge"):
        if any(button.get("value") == do for button in parsed.all("button", within=each)):
            return {e.get("name"): e.get("value", "") for e in parsed.all("input", within=each)}
    raise LookupError(do)


def amounts(site: TestClient) -> list[str]:
    return sorted(line for line in site.get("/queries/fundings.csv").text.split(",") if line.endswith("77"))


def test_without_a_token_it_explains_and_edits_nothing(settings: Settings, parse) -> None:
    with TestClient(create_app(settings.model_copy(update={"token": ""}))) as client:
        for answer in (client.get("/review"), client.post("/review", data={"do": "open", "token": "", "author": "A"})):
            assert answer.status_code == 403
            assert "DELIBGRAPH_TOKEN" in answer.text
            assert not [f for f in parse(answer.text).all("form") if f.get("method") == "post"]


def test_in_english_all_is_english_but_the_words_of_acts_and_it_stays_so(curator: TestClient, parse) -> None:
    page = parse(curator.get("/review?lang=en").text)
    assert page.root.find(".").get("lang") == "en"
    assert [h.text for h in page.all("h2")] == [
        "Is it the same entity?", "Does the act say so?", "Another judgement", "Judgements in force",
    ]  # fmt: skip
    assert all(quote.get("lang") == "fr" for quote in page.all("blockquote"))
    forms = page.all("form", class_="judge")
    assert {each.get("action") for each in forms} == {"/review?lang=en"}
    fields = {e.get("name"): e.get("value", "") for e in page.all("input", within=forms[1])}
    judged = curator.post("/review?lang=en", data={**fields, "do": "keep-apart", "reason": "two persons"})
    assert judged.headers["location"].endswith("&lang=en")
    assert "kept apart" in curator.get(judged.headers["location"]).text
    wrong = curator.post("/review?lang=en", data={"do": "open", "author": "A", "token": "x"})
    assert "This is not the right token." in wrong.text


def test_a_wrong_token_opens_nothing(site: TestClient) -> None:
    assert site.get("/review").status_code == 401
    for token in ("", "un jeton", TOKEN + "x", TOKEN[:-1], "\udcff"):
        data = {"do": "open", "author": "Anne", "token": token.encode("utf-8", "replace")}
        assert site.post("/review", data=data).status_code == 401
    assert site.post("/review", data={"do": "open", "author": " ", "token": TOKEN}).status_code == 422
    assert not site.cookies
    for name in ("pas le nôtre", "QQ.9999999999.00.abcdef", "..", ""):
        assert sessions.find_session(TOKEN, name) is None


def test_sessions_end_and_belong_to_their_token() -> None:
    opened = sessions.open_session(TOKEN, "Zoé", now=1000)
    assert sessions.find_session(TOKEN, opened.cookie, now=1001) == opened
    assert sessions.find_session(TOKEN, opened.cookie, now=1000 + sessions.LASTS + 1) is None
    assert sessions.find_session("another", opened.cookie, now=1001) is None
    assert sessions.find_session("", opened.cookie, now=1001) is None
    forged = opened.cookie.replace(opened.cookie.split(".")[1], "99999999999")
    assert sessions.find_session(TOKEN, forged, now=1001) is None


def test_another_site_cannot_post(curator: TestClient, settings: Settings) -> None:
    data = {"do": "reject", "left": "reading/x", "reason": "non"}
    assert curator.post("/review", data=data).status_code == 403
    assert curator.post("/review", data={**data, "form": "0" * 64}).status_code == 403
    assert curator.post("/review", json=data).status_code == 415
    assert curator.post("/review", data={"x": "y" * 70_000}).status_code == 413
    assert not (settings.data / "curation").exists()


def test_the_page_shows_both_sides_and_is_sound(curator: TestClient, parse, say) -> None:
    answer = curator.get("/review")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["access-control-allow-origin"] == "http://localhost:8000"
    page = parse(answer.text)
    pair, reading = page.all("article")[:2]
    for words in ("Jean DUPONT", "Jean DUPOND", "Dans les actes de : Dijon métropole", "Séance de 2023-03-16"):
        assert words in say(pair)
    assert "Vélo club" in say(reading)
    assert "77,00 €" in say(reading)
    ids = [e.get("id") for e in page.all() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert {e.get("id") for e in page.all("input") if e.get("type") != "hidden"} <= {
        e.get("for") for e in page.all("label")
    }
    assert not page.all("script")
    assert len(page.all("style")) == 1  # the style sheet, which the policy names by its hash


def test_accepted_from_the_page_and_undone_there(curator: TestClient, parse, say) -> None:
    fields = form(curator, parse, "accept")
    assert curator.post("/review", data={**fields, "do": "accept", "reason": ""}).status_code == 422
    done = curator.post("/review", data={**fields, "do": "accept", "reason": "vu dans l'acte <b>"})
    assert done.status_code == 303
    assert amounts(curator)
    page = parse(curator.get(done.headers["location"]).text)
    (status,) = [e for e in page.all("div") if e.get("role") == "status"]
    assert "lecture acceptée" in say(status)
    assert "vu dans l'acte <b>" in say(page.all("article")[-1])
    assert "Anne Durand" in say(page.all("article")[-1])
    fields = {e.get("name"): e.get("value", "") for e in page.all("input", within=status)}
    undone = curator.post("/review", data={**fields, "do": "undo", "reason": "finalement non"})
    assert undone.status_code == 303
    assert "Décision retirée" in curator.get(undone.headers["location"]).text
    assert not amounts(curator)


@pytest.mark.parametrize("do", ["merge", "keep-apart"])
def test_a_doubt_is_settled(curator: TestClient, parse, do: str) -> None:
    done = curator.post("/review", data={**form(curator, parse, do), "do": do, "reason": "registre"})
    assert "notée et publiée" in curator.get(done.headers["location"]).text
    assert form(curator, parse, do)["left"] == ""  # only the free form is left


def test_a_split_shows_both_sides_with_their_addresses_before_it_is_confirmed(
    curator: TestClient, parse, say, settings: Settings
) -> None:
    log = settings.data / "curation" / "judgements.jsonl"
    curator.post("/review", data={**form(curator, parse, "merge"), "do": "merge", "reason": "registre"})
    fields = {**form(curator, parse, "part"), "left": "Jean DUPONT", "right": "", "reason": "deux élus"}
    page = parse(curator.post("/review", data={**fields, "do": "part"}).text)
    (asked,) = [e for e in page.all("section") if e.get("role") == "status"]
    told = say(asked)
    assert re.search(r"Reste.*person/jean-dupon[td].*S’en va.*person/jean-dupon[td]", told)
    assert {"person/jean-dupont", "person/jean-dupond"} <= set(re.findall(r"person/[a-z-]+", told))
    assert len(log.read_text().splitlines()) == 1
    confirmed = {e.get("name"): e.get("value", "") for e in page.all("input", within=asked)}
    done = curator.post("/review", data={**confirmed, "do": "split"})
    assert done.status_code == 303
    listed = parse(curator.get("/review").text).all("article")[-2:]
    assert "deux élus" in say(listed[0])
    assert "Remplacée par une décision plus récente" in say(listed[1])
    nothing = curator.post("/review", data={**fields, "do": "part"})
    assert (nothing.status_code, len(log.read_text().splitlines())) == (422, 2)


def test_mistakes_and_a_busy_directory_are_told(curator: TestClient, parse, settings: Settings) -> None:
    fields = {**form(curator, parse, "part"), "do": "merge", "left": "Personne", "right": "Autre", "reason": "r"}
    answer = curator.post("/review", data=fields)
    assert answer.status_code == 422
    assert "de ce nom exact" in answer.text
    assert curator.post("/review", data={**fields, "do": "nothing"}).status_code == 400
    with writing(settings.data):
        answer = curator.post("/review", data={**form(curator, parse, "accept"), "do": "accept", "reason": "r"})
        assert answer.status_code == 409
        assert "en cours" in answer.text


def test_the_session_is_closed(curator: TestClient, parse) -> None:
    fields = form(curator, parse, "accept")
    assert curator.post("/review", data={"do": "close", "form": fields["form"]}).status_code == 303
    assert curator.get("/review").status_code == 401


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium, or set CHROMIUM")
def test_a_person_judges_in_a_browser_without_scripts(settings: Settings) -> None:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    server = uvicorn.Server(uvicorn.Config(create_app(settings), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        with sync_api.sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            phone = {"width": 390, "height": 800}
            tab = context(browser, address, viewport=phone, java_script_enabled=False).new_page()
            tab.goto("/review")
            tab.get_by_label("Votre nom").fill("Anne Durand")
            tab.get_by_label("Jeton").fill(TOKEN)
            follow(tab.get_by_role("button", name="Ouvrir"))
            first = tab.get_by_role("article").first
            if shots := os.environ.get("SHOTS"):
                tab.screenshot(path=f"{shots}/review.png", full_page=True)
            assert first.bounding_box()["width"] <= 390
            first.get_by_label("Motif").fill("deux élus distincts")
            follow(first.get_by_role("button", name="Non, maintenir distinctes"))
            assert "notée et publiée" in tab.get_by_role("status").inner_text()
            tab.get_by_role("status").get_by_label("Motif").fill("trop vite")
            follow(tab.get_by_role("button", name="Annuler cette décision").first)
            assert "Décision retirée" in tab.get_by_role("status").inner_text()
            browser.close()
    finally:
        server.should_exit = True
        thread.join()
