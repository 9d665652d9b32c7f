"""The document and the portraits in a real browser: light that goes both ways, the keyboard alone, scripts off."""

import pytest

from tests.service.pages.conftest import context

DOCUMENT = "/document/aaaa000000000001"
pytestmark = pytest.mark.browser


@pytest.fixture(params=[390, 1280], ids=["phone", "laptop"])
def tab(request, opened, address):
    """A page with scripts; a message of the console (a refused script, a missing file) fails the test."""
    found = opened(viewport={"width": request.param, "height": 700})
    yield found.page
    assert found.told == []
    assert [url for url in found.asked if not url.startswith(address)] == []


def lit(tab) -> set[str]:
    return set(tab.locator(".lit").evaluate_all("all => all.map(each => each.id || each.textContent)"))


def test_a_fact_lights_its_sentence_and_back(tab):
    tab.goto(DOCUMENT)
    tab.locator("#funding-a-via .thing").hover()
    assert lit(tab) == {"funding-a-via", "e-627-659"}
    tab.locator("#e-664-696").hover()
    assert lit(tab) == {"funding-a-alpha", "e-664-696"}
    tab.locator("h1").hover()
    assert lit(tab) == set()


def test_the_focus_lights_as_the_mouse_does(tab):
    tab.goto(DOCUMENT)
    tab.locator("#funding-a-etat .to").focus()
    assert lit(tab) == {"funding-a-etat", "e-698-751"}
    tab.keyboard.press("Enter")
    tab.wait_for_url("**#e-698-751")
    tab.locator("a#e-698-751").focus()
    assert "funding-a-etat" in lit(tab)
    box = tab.locator("#funding-a-etat").bounding_box()
    if tab.viewport_size["width"] > 1000:  # the list scrolls alone there, and shows the fact
        assert 0 <= box["y"] < 700


def test_light_never_moves_the_page(tab):
    tab.goto(DOCUMENT)
    before = tab.evaluate("scrollY")
    tab.locator("a.ev").first.evaluate("each => each.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}))")
    assert tab.evaluate("scrollY") == before


def test_a_link_to_a_fact_in_a_folded_group_opens_it(tab):
    tab.goto(DOCUMENT)
    folded = tab.locator("details:has(.fact)").filter(has=tab.locator("[id]"))
    tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = false)")
    fact = folded.first.locator(".fact").first.get_attribute("id")
    tab.evaluate("id => { location.hash = id }", fact)
    tab.locator(f"#{fact}").wait_for(state="visible")


def test_from_a_fact_to_a_line_to_copy_by_keyboard_alone(tab):
    tab.goto(DOCUMENT)
    tab.locator("#funding-a-via .tools a", has_text="signaler").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/review/report?**")
    tab.locator("#reason").focus()
    tab.keyboard.type("L’acte dit 4 000 €")
    tab.keyboard.press("Tab")
    tab.keyboard.type("Anne Durand")
    tab.keyboard.press("Enter")
    line = tab.locator("pre").first
    line.wait_for()
    assert '"left":"funding/a-via"' in line.inner_text().replace(" ", "")


def test_an_organisation_by_its_contents(tab):
    tab.goto("/id/organisation/dijon-metropole")
    tab.locator(".contents a", has_text="L’argent").click()
    assert tab.locator("#years").is_visible()
    assert tab.evaluate("document.documentElement.scrollWidth") <= tab.viewport_size["width"]
    tab.locator("details.raw summary").click()
    assert tab.get_by_text("Ce que disent les données", exact=True).is_visible()
    assert tab.evaluate("document.documentElement.scrollWidth") <= tab.viewport_size["width"]


def test_without_scripts_all_is_there(browser, address):
    tab = context(browser, address, java_script_enabled=False).new_page()
    tab.goto(DOCUMENT)
    tab.locator("#funding-a-via .to").first.click()
    tab.wait_for_url("**#e-627-659")
    tab.locator("#e-627-659 + a.ref").click()
    tab.wait_for_url("**#funding-a-via")
    tab.context.close()
