"""Journeys over /funding and the home page in a real browser: with scripts, without, and by keyboard alone."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest

from tests.service.pages.conftest import context, follow

pytestmark = pytest.mark.browser
VIEWS = ("flows", "network", "years", "matrix", "compare")


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def total(scripted: Any) -> str:
    return plain(scripted.locator("strong.sum").inner_text())


def tab_to(scripted: Any, name: str, most: int = 80) -> None:
    """Press Tab until an element of this text has the focus."""
    for _ in range(most):
        scripted.keyboard.press("Tab")
        if name in scripted.evaluate("document.activeElement.textContent || document.activeElement.id"):
            return
    raise AssertionError(f"« {name} » is not reached by the keyboard")


def test_from_a_name_in_the_diagram_to_the_sentence_and_home_again(scripted: Any) -> None:
    scripted.goto("/funding")
    assert total(scripted) == "211 200,00 €"
    follow(scripted.locator(".drawing a text.name", has_text="Concilier"))
    assert "beneficiary=/id/organisation/cesam" in unquote(scripted.url)
    assert total(scripted) == "72 000,00 €"
    assert scripted.locator(".chip").inner_text().startswith("Concilier")
    with scripted.expect_download() as taken:
        scripted.get_by_role("link", name="CSV", exact=True).click()
    lines = taken.value.path().read_text(encoding="utf-8").splitlines()
    assert len(lines) == scripted.locator("table.lines tbody tr").count() + 1
    follow(scripted.locator("table.lines td.source a", has_text="la phrase").first)
    assert scripted.locator(":target").inner_text()


def test_the_query_behind_gives_the_sum_of_the_page(scripted: Any) -> None:
    scripted.goto("/funding?beneficiary=cesam")
    shown = total(scripted)
    link = scripted.get_by_role("link", name="la requête de la somme").get_attribute("href")
    answer = scripted.request.get(link, headers={"Accept": "application/sparql-results+json"}).json()
    (row,) = answer["results"]["bindings"]
    assert shown == "72 000,00 €"
    assert row["total"]["value"] == "72000"


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_reached_by_keyboard_alone(scripted: Any, view: str) -> None:
    scripted.goto("/funding")
    names = {"flows": "Schéma", "network": "Réseau", "years": "Par année", "matrix": "Matrice", "compare": "Comparer"}
    tab_to(scripted, names[view])
    scripted.keyboard.press("Enter")
    scripted.locator(".views [aria-current]", has_text=names[view]).wait_for()


def test_the_form_is_filled_and_sent_by_keyboard(scripted: Any) -> None:
    scripted.goto("/funding")
    tab_to(scripted, "f-beneficiary")
    scripted.keyboard.type("cesam")
    scripted.keyboard.press("Enter")
    scripted.wait_for_url("**beneficiary=cesam**")
    assert total(scripted) == "72 000,00 €"


def test_the_network_moves_and_leads_to_what_is_around_a_body(scripted: Any) -> None:
    scripted.goto("/funding?view=network")
    scripted.locator(".network-canvas canvas").first.wait_for()
    assert not scripted.locator(".network svg").is_visible()
    follow(scripted.locator(".bodies a", has_text="Dijon métropole").first)
    assert "ego=/id/organisation/dijon-metropole" in unquote(scripted.url)
    assert scripted.locator(".bodies .centre").inner_text().startswith("Dijon métropole")
    scripted.locator(".network-canvas canvas").first.wait_for()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("view", VIEWS)
def test_without_scripts_every_view_is_there_and_fits(opened: Any, view: str, width: int) -> None:
    page = opened(viewport={"width": width, "height": 800}, java_script_enabled=False).page
    page.goto(f"/funding?view={view}")
    assert total(page)
    drawn = page.locator("svg") if view in ("flows", "network", "years") else page.locator("table.small")
    assert drawn.first.is_visible()
    assert page.locator("table.lines tbody tr").count() > 0
    assert page.locator("html").bounding_box()["width"] <= width


def test_english_is_kept_from_page_to_page(scripted: Any) -> None:
    scripted.goto("/?lang=en")
    follow(scripted.get_by_role("link", name="Who funds whom?"))
    assert scripted.locator("html").get_attribute("lang") == "en"
    follow(scripted.locator(".views a", has_text="Matrix"))
    follow(scripted.locator("header nav a", has_text="Who funds whom"))
    assert scripted.locator("h1").inner_text() == "Who funds whom"
    assert total(scripted) == "€211,200.00"


def test_the_search_box_of_the_home_page_completes_names(scripted: Any) -> None:
    scripted.goto("/")
    box = scripted.get_by_label("Chercher une association")
    with scripted.expect_response("**/search/suggest.json**"):
        box.press_sequentially("dijon")
    scripted.locator("#q-home-names option").first.wait_for(state="attached")
    assert "Dijon métropole" in scripted.locator("#q-home-names option").evaluate_all(
        "all => all.map(one => one.value)"
    )
    box.press("Enter")
    scripted.wait_for_url("**/search?**")


def test_the_embedded_page_alone_may_be_framed(scripted: Any, address: str) -> None:
    scripted.goto("/funding/embed?view=years")
    assert "frame-ancestors *" in scripted.request.get("/funding/embed").headers["content-security-policy"]
    assert "frame-ancestors 'none'" in scripted.request.get("/funding").headers["content-security-policy"]
    assert scripted.locator("svg").is_visible()
    assert scripted.get_by_role("link", name="La page entière").get_attribute("target") == "_blank"


def test_dark_screens_are_dark(browser: Any, address: str) -> None:
    page = context(browser, address, color_scheme="dark").new_page()
    page.goto("/funding")
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert max(map(int, ground.removeprefix("rgb(").removesuffix(")").split(","))) < 60
    page.context.close()
