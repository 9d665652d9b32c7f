"""The pages in a real browser, scripts off, on a phone and on a laptop."""

import json
from itertools import pairwise

import pytest

from tests.service.pages.conftest import arrived, context, follow

DOCUMENT = "/document/aaaa000000000001"
UNSURE = "/document/bbbb000000000002"
PAGES = [
    "/", "/funding", DOCUMENT, UNSURE, "/queries", "/queries/money-to?name=cesam", "/quality", "/queries/fundings",
    "/queries/to-review", "/catalog", "/ns", "/shapes", "/api", "/id/organisation/cesam",
    "/queries/fundings?lang=en&limit=2",
]  # fmt: skip
pytestmark = pytest.mark.browser


@pytest.fixture(params=[390, 1280], ids=["phone", "laptop"])
def tab(request, opened):
    """A page without scripts; a message of the console (a refused style, a missing file) fails the test."""
    found = opened(viewport={"width": request.param, "height": 800}, java_script_enabled=False)
    yield found.page
    assert found.told == []


@pytest.mark.parametrize("url", PAGES)
def test_nothing_overflows_the_window(tab, url):
    tab.goto(url)
    width = tab.viewport_size["width"]
    assert tab.locator("h1").is_visible()
    # bounding boxes come from the browser itself: scripts of the page stay off
    for name in ("header.site", "main", "h1", "footer.site"):
        box = tab.locator(name).first.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width + 0.5
    assert tab.locator("html").bounding_box()["width"] <= width


@pytest.mark.parametrize("url", ["/", "/id/deliberation/a", "/id/organisation/cesam", "/ns", "/catalog", "/api"])
def test_with_scripts_on_descriptions_are_data_that_the_policy_lets_be(scripted, url):
    """A block of JSON-LD is no script to the browser: nothing is refused, nothing runs, and its JSON is read."""
    scripted.goto(url)
    texts = "found => found.map(b => b.textContent)"
    blocks = scripted.eval_on_selector_all('script[type="application/ld+json"]', texts)
    assert len(blocks) == (1 if url == "/" or url.startswith("/id/") else 0)
    assert all(json.loads(block)["@context"] == "https://schema.org" for block in blocks)


def test_a_reader_changes_the_language_and_keeps_it(tab):
    tab.goto("/queries")
    follow(tab.get_by_role("link", name="English"))
    follow(tab.get_by_role("link", name="All the money to an organisation"))
    tab.get_by_label("Name, acronym or part of a name").fill("ccas")
    follow(tab.get_by_role("button", name="Answer"))
    assert "lang=en" in tab.url
    assert tab.locator("tbody tr").count() == 3
    follow(tab.get_by_role("link", name="Français"))
    assert tab.locator("html").get_attribute("lang") == "fr"
    assert tab.locator("tbody tr").count() == 3


def test_the_diagram_of_the_vocabulary_leads_to_definitions(tab):
    tab.goto("/ns")
    tab.locator('.diagram a[href="#Funding"]').click()
    assert tab.locator(":target").inner_text() == "dg:Funding – financement"


def test_a_fact_leads_to_its_sentence_and_back(tab):
    tab.goto(DOCUMENT)
    tab.locator("#funding-a-etat a.to").click()
    passage = tab.locator(":target")
    assert passage.inner_text() == "Une aide de 15 000 € est sollicitée auprès de l'État."
    box = passage.bounding_box()
    assert 0 <= box["y"] < 800
    passage.click()
    assert tab.locator(":target").get_attribute("id") == "funding-a-etat"


def test_what_awaits_review_is_found_from_the_quality_page_and_looks_unsure(tab):
    tab.goto("/quality")
    follow(tab.locator("#a-revoir ~ ul a").first)
    reading = tab.locator("#reading-b-mission")
    mark = reading.locator(".badge.unsure")
    assert mark.inner_text() == "lecture incertaine, non publiée"
    assert mark.is_visible()
    assert reading.locator("q").inner_text() == "Elle pourrait recevoir 4 000 €, et une habitante 250 €."
    reading.locator("a.to").last.click()
    assert tab.locator(":target").inner_text() == "Elle pourrait recevoir 4 000 €, et une habitante 250 €."


def test_filters_are_a_form_that_changes_the_address(tab):
    tab.goto("/funding")
    tab.get_by_label("De", exact=True).select_option("2023")
    tab.get_by_label("À", exact=True).select_option("2023")
    tab.get_by_role("combobox", name="Bénéficiaire").fill("cesam")
    follow(tab.get_by_role("button", name="Filtrer"))
    assert "from=2023&to=2023" in tab.url
    assert tab.locator("strong.sum").inner_text().replace("\u202f", " ").replace("\u00a0", " ") == "60 000,00 €"
    assert tab.get_by_label("De", exact=True).input_value() == "2023"


def test_the_diagram_is_drawn_and_coloured(tab):
    tab.goto("/funding")
    ribbons = tab.locator("svg .flow path")
    assert ribbons.count() == 8
    assert ribbons.first.bounding_box()["height"] > 10


def test_a_question_is_asked_by_its_form(tab):
    tab.goto("/queries")
    follow(tab.get_by_role("link", name="Tout l’argent reçu"))
    tab.get_by_label("Nom, sigle ou partie du nom").fill("ccas")
    follow(tab.get_by_role("button", name="Répondre"))
    assert tab.locator("tbody tr").count() == 3


def test_the_keyboard_skips_to_the_content(tab):
    tab.goto("/funding")
    tab.keyboard.press("Tab")
    skip = tab.locator("a.skip")
    assert skip.bounding_box()["x"] >= 0
    tab.keyboard.press("Enter")
    arrived(tab, "**#contenu")


def test_on_paper_tables_are_tables_though_a_sheet_is_narrow(browser, address):
    page = context(browser, address, viewport={"width": 680, "height": 960}).new_page()
    page.goto("/id/deliberation/a")
    row = page.locator("#money tbody tr").first
    assert row.evaluate("row => getComputedStyle(row).display") == "block"  # a card, on a screen so narrow
    page.emulate_media(media="print")
    assert row.evaluate("row => getComputedStyle(row).display") == "table-row"
    assert not page.locator("header nav").is_visible()
    page.context.close()


def test_long_labels_of_cards_keep_clear_of_the_next_one(tab):
    tab.goto("/organisation")
    if tab.viewport_size["width"] > 720:
        return
    card = tab.locator("tbody tr").first
    label = card.locator("td[data-label='Actes qui le nomment']")
    line = card.locator("td[data-label='Nature']")
    assert label.bounding_box()["height"] > line.bounding_box()["height"]  # two lines of label, two lines of room


def test_what_is_laid_out_later_is_soon_there_for_a_screenshot(scripted):
    scripted.goto("/funding")
    ended = "async box => { for (const each of box.getAnimations()) await each.finished; }"
    scripted.locator(".later").first.evaluate(ended)
    shown = "box => getComputedStyle(box).contentVisibility"
    assert scripted.locator(".later").first.evaluate(shown) == "visible"


def test_a_short_table_is_laid_out_at_once_so_that_nothing_jumps(scripted):
    scripted.goto("/person")
    scripted.goto(scripted.locator("table.data tbody a").first.get_attribute("href"))
    assert 0 < scripted.locator("table.data tbody tr").count() <= 30
    assert scripted.locator(".later").count() == 0


def test_names_of_the_network_stand_apart(scripted):
    scripted.goto("/funding?view=network")
    scripted.locator(".network-canvas").wait_for()
    places = scripted.evaluate(
        "import('/static/funding-network.js').then(({ placed }) => placed([...Array(24).keys()].map((n) => ({"
        " x: 480 + 210 * Math.cos(n), y: 450 + 210 * Math.sin(n) }))).map(({ right, at }) => [right, at.x, at.y]))"
    )
    for side in (True, False):
        heights = sorted(y for right, _, y in places if right is side)
        assert len(heights) == 12
        assert min(b - a for a, b in pairwise(heights)) >= 20
    assert all((x > 0) is right for right, x, _ in places)


def test_names_of_the_network_are_read_on_a_phone(scripted):
    scripted.set_viewport_size({"width": 390, "height": 844})
    scripted.goto("/funding?view=network")
    scripted.locator(".network-canvas").wait_for()
    span, ends = scripted.evaluate(
        "import('/static/funding-network.js').then(({ placed, brief, SLIM }) => {"
        " const bodies = [...Array(32).keys()].map((n) => ({ x: Math.cos(n), y: Math.sin(n) }));"
        " const at = placed(bodies, SLIM).map((one) => one.at);"
        " return [[Math.max(...at.map(({ x }) => x)) - Math.min(...at.map(({ x }) => x)) + 2 * SLIM.name,"
        "   Math.max(...at.map(({ y }) => y)) - Math.min(...at.map(({ y }) => y))],"
        "   [brief('Commune de Saint-Pair-sur-Mer', SLIM.letters), brief('CESAM', SLIM.letters)]]; })"
    )
    # in pixels of the drawing: what fits the box is shown at the size it is written in
    box = scripted.locator(".network-canvas").bounding_box()
    assert span[0] <= box["width"]
    assert span[1] <= box["height"]
    assert ends == ["Commu…ir-sur-Mer", "CESAM"]
