"""Every journey by the keyboard alone, in a real browser: no mouse, no focus set by a script, keys only."""

from __future__ import annotations

from typing import Any

import pytest

from tests.service.pages.conftest import arrived, settle

pytestmark = pytest.mark.browser

FOCUSED = """() => {
  const at = document.activeElement;
  return at === document.body ? null : [at.id, at.getAttribute('href') || '', (at.textContent || '').trim(),
    at.getAttribute('aria-label') || '', at.closest('[id]')?.id || ''];
}"""
#: How the focused element shows: its outline, or, in a drawing, the stroke of what it holds.
SHOWN = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  if (at.closest('.CodeMirror')) return 'editor';
  const lines = [at, ...at.querySelectorAll('rect, circle, text')].map((one) => getComputedStyle(one));
  const drawn = lines.some((style) => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
    || (at.closest('svg') && parseFloat(style.strokeWidth) >= 2 && style.stroke !== 'none')
    || style.textDecorationLine === 'underline' && at.closest('svg'));
  const box = at.getBoundingClientRect();
  const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0;
  return drawn && seen ? 'yes' : at.outerHTML.slice(0, 200);
}"""


def tab_to(page: Any, wanted: str, most: int = 250) -> None:
    """Press Tab until what has the focus is, leads to or says ``wanted``."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if any(wanted in told for told in page.evaluate(FOCUSED) or ()):
            return
    raise AssertionError(f"« {wanted} » is not reached by the keyboard")


def enter(page: Any, address: str) -> None:
    page.keyboard.press("Enter")
    arrived(page, address)


def test_from_a_name_to_the_money_the_sentence_and_a_file(scripted: Any) -> None:
    scripted.goto("/")
    tab_to(scripted, "q-home")
    scripted.keyboard.type("cesam")
    enter(scripted, "**/search?q=cesam")
    tab_to(scripted, "/id/organisation/cesam")
    enter(scripted, "**/id/organisation/cesam")
    tab_to(scripted, "/funding?beneficiary=")
    enter(scripted, "**/funding?beneficiary=**")
    assert scripted.locator("strong.sum").inner_text().replace("\u202f", " ").startswith("72 000,00")
    tab_to(scripted, "/funding.csv")
    with scripted.expect_download() as taken:
        scripted.keyboard.press("Enter")
    lines = taken.value.path().read_text(encoding="utf-8").splitlines()
    assert len(lines) == scripted.locator("table.lines tbody tr").count() + 1
    tab_to(scripted, "#e-505-622")
    enter(scripted, "**/document/aaaa000000000001#e-505-622")
    assert "72 000" in scripted.locator(":target").inner_text() or scripted.locator(":target").inner_text()


def test_facts_and_sentences_lead_to_each_other(scripted: Any) -> None:
    scripted.goto("/document/aaaa000000000001")
    tab_to(scripted, "#e-627-659")
    assert "funding-a-via" in scripted.locator(".fact.lit").get_attribute("id")
    enter(scripted, "**#e-627-659")
    # the focus goes on from the target, as the reader expects; the arrow after it leads back
    tab_to(scripted, "#funding-a-via")
    assert scripted.locator("#funding-a-via.lit").count() == 1
    enter(scripted, "**#funding-a-via")


def test_folded_groups_open(scripted: Any) -> None:
    scripted.goto("/document/aaaa000000000001")
    tab_to(scripted, "Ce que la loi demande")
    scripted.keyboard.press("Enter")
    assert scripted.locator("details.grade").get_attribute("open") is not None


def test_filters_are_chosen_and_sent(scripted: Any) -> None:
    scripted.goto("/funding")
    tab_to(scripted, "f-beneficiary")
    scripted.keyboard.type("ccas")
    enter(scripted, "**beneficiary=ccas**")
    assert scripted.locator("table.lines tbody tr").count() > 0
    scripted.goto("/person")
    tab_to(scripted, "f")
    while scripted.evaluate("document.activeElement.id") != "f":
        scripted.keyboard.press("Tab")
    scripted.keyboard.type("zivkovic")
    enter(scripted, "**filter=zivkovic**")
    assert scripted.locator("table.data tbody tr").count() == 1


def test_the_list_beside_the_network_goes_around_it(scripted: Any) -> None:
    scripted.goto("/funding?view=network")
    scripted.locator(".network-canvas canvas").first.wait_for()
    tab_to(scripted, "ego=%2Fid%2Forganisation%2Fcesam")
    enter(scripted, "**ego=**")
    assert scripted.locator(".bodies .centre").inner_text().startswith("Concilier")


def test_the_editor_is_entered_used_and_left(scripted: Any) -> None:
    scripted.goto("/sparql")
    scripted.locator(".CodeMirror").wait_for()
    for _ in range(60):
        scripted.keyboard.press("Tab")
        if scripted.evaluate("!!document.activeElement.closest('.CodeMirror')"):
            break
    scripted.keyboard.press("Control+a")
    scripted.keyboard.type("ASK { ?f a dg:Funding }")
    scripted.keyboard.press("Escape")
    scripted.keyboard.press("Tab")
    assert not scripted.evaluate("!!document.activeElement.closest('.CodeMirror')")
    scripted.keyboard.press("Shift+Tab")
    scripted.keyboard.press("Control+Enter")
    arrived(scripted, "**query=**")


def test_the_skip_link_comes_first_shows_and_skips(scripted: Any) -> None:
    for url in ("/", "/funding", "/document/aaaa000000000001", "/id/organisation/cesam", "/quality", "/sparql"):
        scripted.goto(url)
        scripted.keyboard.press("Tab")
        skip = scripted.locator("a.skip")
        assert skip.evaluate("each => each === document.activeElement")
        box = skip.bounding_box()
        assert box["x"] >= 0
        assert box["y"] >= 0
        scripted.keyboard.press("Enter")
        scripted.keyboard.press("Tab")
        assert scripted.evaluate("!!document.activeElement.closest('main')"), url


@pytest.mark.parametrize(
    "url",
    [
        "/", "/funding", "/funding?view=network", "/funding?view=matrix", "/document/bbbb000000000002", "/quality",
        "/id/organisation/cesam", "/search?q=cesam", "/queries/money-to?name=cesam", "/sparql", "/person", "/data",
        "/review/report?thing=funding/a-via",
    ],
)  # fmt: skip
def test_the_focus_is_always_seen_and_never_caught(scripted: Any, url: str) -> None:
    scripted.goto(url)
    settle(scripted)
    hidden, stops = [], 0
    for _ in range(400):
        scripted.keyboard.press("Tab")
        shown = scripted.evaluate(SHOWN)
        if shown is None:  # past the last: the browser has the focus
            break
        stops += 1
        hidden += [shown] if shown not in ("yes", "editor") else []
    else:
        raise AssertionError(f"{url}: the focus never leaves the page")
    assert stops > 10
    assert hidden == []
