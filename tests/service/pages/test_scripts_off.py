"""With scripts off, every word and number of every page is there: scripts only add.

What the browser parses without running scripts (``DOMParser``, to which ``<noscript>`` is what it says) is what it
shows with scripts off, at a third of the price of showing it.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.service.pages.conftest import settle
from tests.service.pages.test_axe import PAGES

pytestmark = pytest.mark.browser

#: What a page says: all its text, folded groups included, without the editor that takes the place of a text box.
SAID = """() => {
  const main = document.querySelector('main').cloneNode(true);
  for (const one of main.querySelectorAll('.yasqe, .CodeMirror, .editor-line, script, datalist')) one.remove();
  return main.textContent;
}"""
PLAIN = "(page) => new DOMParser().parseFromString(page, 'text/html').querySelector('main').textContent"


def words(text: str) -> set[str]:
    text = re.sub(r"\d+[,.]\d+ s\b", "", text)  # how long a query took: never twice the same
    return set(re.findall(r"\w[\w\u202f\u00a0.,’'-]*", text))


def told(page: Any, url: str) -> set[str]:
    page.goto(url)
    settle(page)
    return words(page.evaluate(SAID))


@pytest.mark.parametrize("url", PAGES)
def test_every_word_and_number_is_there_without_scripts(opened: Any, url: str) -> None:
    page = opened().page
    shown = told(page, url)
    served = page.request.get(url, headers={"Accept": "text/html"}).text()
    plain = words(page.evaluate(PLAIN, served))
    assert shown - plain == set()
    assert len(plain) > 5


def test_a_browser_without_scripts_shows_what_is_served(opened: Any) -> None:
    page = opened(java_script_enabled=False).page
    page.goto("/funding")
    plain = words(page.locator("main").text_content())
    served = page.request.get("/funding", headers={"Accept": "text/html"}).text()
    page = opened().page
    page.goto("/")
    assert words(page.evaluate(PLAIN, served)) == plain
