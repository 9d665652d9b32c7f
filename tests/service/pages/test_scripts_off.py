"""With scripts off, every word and number of every page is there: scripts only add."""

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


def words(text: str) -> set[str]:
    text = re.sub(r"\d+[,.]\d+ s\b", "", text)  # how long a query took: never twice the same
    return set(re.findall(r"\w[\w\u202f\u00a0.,’'-]*", text))


def told(page: Any, url: str) -> set[str]:
    page.goto(url)
    settle(page)
    return words(page.evaluate(SAID))


@pytest.mark.parametrize("url", PAGES)
def test_every_word_and_number_is_there_without_scripts(opened: Any, url: str) -> None:
    shown = told(opened().page, url)
    page = opened(java_script_enabled=False).page
    page.goto(url)
    plain = words(page.locator("main").text_content())
    assert shown - plain == set()
    assert len(plain) > 5
