"""The SPARQL page in a real browser: the editor, the views of a result, nothing asked of another host."""

from urllib.parse import urlencode

import pytest

QUERY = """SELECT ?qui ?montant ?payeur ?receveur WHERE {
  ?f a dg:Funding ; dg:amount ?montant ; dg:funder ?payeur ; dg:beneficiary ?receveur .
  ?receveur skos:prefLabel ?qui
} ORDER BY DESC(?montant) LIMIT 5"""
pytestmark = pytest.mark.browser


def asked(query: str = QUERY, **more: str) -> str:
    return "/sparql?" + urlencode({"query": query, **more})


def test_the_editor_takes_the_place_of_the_box_and_its_query_runs(scripted):
    scripted.goto("/sparql")
    editor = scripted.get_by_role("textbox", name="La requête")
    editor.focus()
    scripted.keyboard.press("Control+a")
    scripted.keyboard.type("ASK { ?f a dg:Funding }")
    scripted.keyboard.press("Control+Enter")
    scripted.wait_for_url("**ASK**")
    assert scripted.locator(".note").inner_text() == "Oui."


def test_the_prefixes_that_a_query_uses_are_declared_for_other_endpoints(scripted):
    scripted.goto(asked("ASK { ?f a dg:Funding ; rdfs:comment 'skos: no prefix' }"))
    scripted.locator(".CodeMirror").wait_for()
    declared = scripted.locator("#query").input_value()
    assert declared.startswith("PREFIX ")
    assert "PREFIX dg: <https://w3id.org/delibgraph/ns#>" in declared
    assert "PREFIX skos:" not in declared
    assert scripted.locator(".parseErrorIcon").count() == 0


def test_terms_are_completed_from_the_page_alone(scripted):
    scripted.goto("/sparql")
    scripted.get_by_role("textbox", name="La requête").focus()
    scripted.keyboard.press("Control+a")
    scripted.keyboard.type("SELECT * WHERE { ?f dg:amountAsW")
    scripted.keyboard.press("Control+Space")
    hint = scripted.locator(".CodeMirror-hint").first
    assert hint.inner_text() == "dg:amountAsWritten"


def test_the_keyboard_leaves_the_editor(scripted):
    """WCAG 2.1.2: Tab goes on, it is not a character of the query."""
    scripted.goto("/sparql")
    scripted.get_by_role("textbox", name="La requête").focus()
    scripted.keyboard.press("Tab")
    assert scripted.evaluate("document.activeElement.textContent") == "Zone de texte simple"
    scripted.keyboard.press("Enter")
    assert scripted.evaluate("document.activeElement.id") == "query"


def test_a_result_as_a_network_is_drawn(scripted):
    scripted.goto(asked(view="graph"))
    scripted.locator("#sparql-network canvas").first.wait_for()
    assert scripted.locator("#sparql-network").bounding_box()["height"] > 200


def test_every_view_is_readable_without_scripts(client):
    table = client.get(asked(), headers={"Accept": "text/html"}).text
    assert "view=chart" in table
    assert "view=graph" in table
    bars = client.get(asked(view="chart"), headers={"Accept": "text/html"}).text
    assert bars.count('<svg class="bar"') == 5
    assert 'x="0.0" width="100.0"' in bars  # the largest
    links = client.get(asked(view="graph"), headers={"Accept": "text/html"}).text
    assert links.count('<tr role="row">') == 6


def test_a_graph_is_shown_as_a_network_and_a_result_without_figures_has_no_bars(client):
    made = client.get(
        asked("CONSTRUCT WHERE { ?f dg:funder ?o } LIMIT 3", view="graph"), headers={"Accept": "text/html"}
    )
    assert made.text.count('<tr role="row">') == 4
    plain = client.get(asked("SELECT ?f WHERE { ?f a dg:Funding }", view="chart"), headers={"Accept": "text/html"}).text
    assert "view=chart#resultat" not in plain
    assert '<table class="data"' in plain


def test_the_page_is_in_english_too(client):
    page = client.get(asked(lang="en"), headers={"Accept": "text/html"}).text
    assert "Query in SPARQL" in page
    assert 'name="lang" value="en"' in page
