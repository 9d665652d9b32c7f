"""Journeys over /funding and the home page in a real browser: with scripts, without, and by keyboard alone."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest

pytestmark = pytest.mark.browser
VIEWS = ("flows", "network", "years", "matrix", "compare")


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def total(tab: Any) -> str:
    return plain(tab.locator("strong.sum").inner_text())


def tab_to(tab: Any, name: str, most: int = 80) -> None:
    """Press Tab until an element of this text has the focus."""
    for _ in range(most):
        tab.keyboard.press("Tab")
        if name in tab.evaluate("document.activeElement.textContent || document.activeElement.id"):
            return
    raise AssertionError(f"« {name} » is not reached by the keyboard")


def test_from_a_name_in_the_diagram_to_the_sentence_and_home_again(tab: Any) -> None:
    tab.goto("/funding")
    assert total(tab) == "211 200,00 €"
    tab.locator(".drawing a text.name", has_text="Concilier").click()
    assert "beneficiary=/id/organisation/cesam" in unquote(tab.url)
    assert total(tab) == "72 000,00 €"
    assert tab.locator(".chip").inner_text().startswith("Concilier")
    with tab.expect_download() as taken:
        tab.get_by_role("link", name="CSV", exact=True).click()
    lines = taken.value.path().read_text(encoding="utf-8").splitlines()
    assert len(lines) == tab.locator("table.lines tbody tr").count() + 1
    tab.locator("table.lines td.source a", has_text="la phrase").first.click()
    assert tab.locator(":target").inner_text()


def test_the_query_behind_gives_the_sum_of_the_page(tab: Any) -> None:
    tab.goto("/funding?beneficiary=cesam")
    shown = total(tab)
    link = tab.get_by_role("link", name="la requête de la somme").get_attribute("href")
    answer = tab.request.get(link, headers={"Accept": "application/sparql-results+json"}).json()
    (row,) = answer["results"]["bindings"]
    assert shown == "72 000,00 €"
    assert row["total"]["value"] == "72000"


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_reached_by_keyboard_alone(tab: Any, view: str) -> None:
    tab.goto("/funding")
    names = {"flows": "Schéma", "network": "Réseau", "years": "Par année", "matrix": "Matrice", "compare": "Comparer"}
    tab_to(tab, names[view])
    tab.keyboard.press("Enter")
    tab.wait_for_load_state()
    assert tab.locator(".views [aria-current]").inner_text().startswith(names[view])


def test_the_form_is_filled_and_sent_by_keyboard(tab: Any) -> None:
    tab.goto("/funding")
    tab_to(tab, "f-beneficiary")
    tab.keyboard.type("cesam")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**beneficiary=cesam**")
    assert total(tab) == "72 000,00 €"


def test_the_network_moves_and_leads_to_what_is_around_a_body(tab: Any) -> None:
    tab.goto("/funding?view=network")
    tab.locator(".network-canvas canvas").first.wait_for()
    assert not tab.locator(".network svg").is_visible()
    tab.locator(".bodies a", has_text="Dijon métropole").first.click()
    assert "ego=/id/organisation/dijon-metropole" in unquote(tab.url)
    assert tab.locator(".bodies .centre").inner_text().startswith("Dijon métropole")
    tab.locator(".network-canvas canvas").first.wait_for()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("view", VIEWS)
def test_without_scripts_every_view_is_there_and_fits(browser: Any, address: str, view: str, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=False, base_url=address, locale="fr-FR"
    )
    tab = context.new_page()
    tab.goto(f"/funding?view={view}")
    assert total(tab)
    drawn = tab.locator("svg") if view in ("flows", "network", "years") else tab.locator("table.small")
    assert drawn.first.is_visible()
    assert tab.locator("table.lines tbody tr").count() > 0
    assert tab.locator("html").bounding_box()["width"] <= width
    context.close()


def test_english_is_kept_from_page_to_page(tab: Any) -> None:
    tab.goto("/?lang=en")
    tab.get_by_role("link", name="Who funds whom?").click()
    assert tab.locator("html").get_attribute("lang") == "en"
    tab.locator(".views a", has_text="Matrix").click()
    tab.locator("header nav a", has_text="Who funds whom").click()
    assert tab.locator("h1").inner_text() == "Who funds whom"
    assert total(tab) == "€211,200.00"


def test_the_search_box_of_the_home_page_completes_names(tab: Any) -> None:
    tab.goto("/")
    box = tab.get_by_label("Chercher une association")
    with tab.expect_response("**/search/suggest.json**"):
        box.press_sequentially("dijon")
    tab.locator("#q-home-names option").first.wait_for(state="attached")
    assert "Dijon métropole" in tab.locator("#q-home-names option").evaluate_all("all => all.map(one => one.value)")
    box.press("Enter")
    tab.wait_for_url("**/search?**")


def test_the_embedded_page_alone_may_be_framed(tab: Any, address: str) -> None:
    tab.goto("/funding/embed?view=years")
    assert "frame-ancestors *" in tab.request.get("/funding/embed").headers["content-security-policy"]
    assert "frame-ancestors 'none'" in tab.request.get("/funding").headers["content-security-policy"]
    assert tab.locator("svg").is_visible()
    assert tab.get_by_role("link", name="La page entière").get_attribute("target") == "_blank"


def test_dark_screens_are_dark(browser: Any, address: str) -> None:
    context = browser.new_context(base_url=address, color_scheme="dark")
    tab = context.new_page()
    tab.goto("/funding")
    ground = tab.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert max(map(int, ground.removeprefix("rgb(").removesuffix(")").split(","))) < 60
    context.close()
