"""The owner's pages in a real browser: by the keyboard alone, in English, without a violation that axe finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.cli.serve import samples
from service.ingest import ingest
from service.settings import Settings
from tests.service.conftest import Plant, running
from tests.service.pages.conftest import CHROMIUM, FLAGS, context
from tests.service.pages.test_keyboard import SHOWN, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no chromium")]
TOKEN = "s3cret-s3cret-s3cret"
ACT = next(path for path in samples() if path.suffix == ".txt")
AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
#: Width, colours, medium.
LOOKS = ((1280, "light", "screen"), (390, "dark", "screen"), (1280, "light", "print"))


@pytest.fixture
def tab(plant: Plant, tmp_path: Path) -> Iterator[Any]:
    """A page of a service with a doubt and an unsure reading; nothing may go wrong on it."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    settings = Settings(data=tmp_path / "data", token=TOKEN, workers=1)
    plant(settings.data, "a.txt", member="Jean DUPONT", amount=900)
    plant(settings.data, "b.txt", member="Jean DUPOND", amount=200)
    plant(settings.data, "c.txt", to="Vélo club", amount=77, confidence=0.2)
    ingest((), settings)
    with running(settings) as address, sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = context(browser, address, locale="en-GB", bypass_csp=True).new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
        browser.close()
        assert errors == []


def sound(tab: Any) -> None:
    """No violation of this page, however it is looked at."""
    for width, colours, medium in LOOKS:
        tab.set_viewport_size({"width": width, "height": 800})
        tab.emulate_media(color_scheme=colours, media=medium)
        tab.evaluate(AXE)
        found = tab.evaluate("axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)")
        assert [(one["id"], one["nodes"][0]["target"], tab.url, width, medium) for one in found] == []
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.emulate_media(color_scheme="light", media="screen")


def reach(tab: Any, wanted: str) -> None:
    """By the Tab key alone; what has the focus shows it."""
    tab_to(tab, wanted)
    assert tab.evaluate(SHOWN) == "yes"


def chooser(tab: Any) -> Any:
    """The dialog of files, opened by Enter.

    On a busy machine Chromium now and then opens none (5 of 100 presses in a page of one input under a load of 6), so
    the key is pressed again, as a person would.
    """
    opened: list[Any] = []
    tab.on("filechooser", lambda dialog: opened.append(dialog))
    for _ in range(10):
        tab.keyboard.press("Enter")
        for _ in range(50):
            if opened:
                return opened[0]
            tab.wait_for_timeout(100)
    raise AssertionError("Enter on the input of files opened no dialog")


def open_session(tab: Any) -> None:
    reach(tab, "author")
    tab.keyboard.type("Anne Durand")
    reach(tab, "token")
    tab.keyboard.type(TOKEN)
    tab.keyboard.press("Enter")


def test_files_are_deposited_by_the_keyboard_alone(tab: Any) -> None:
    tab.goto("/ingest")
    sound(tab)
    open_session(tab)
    tab.get_by_role("heading", name="Deposit acts").wait_for()
    sound(tab)
    tab.goto("/ingest")
    tab.locator(".drop.alive").wait_for()  # its script is there
    reach(tab, "files")
    chooser(tab).set_files(str(ACT))
    tab.get_by_text(re.compile(r"^1 file, \d+ kB")).wait_for()
    reach(tab, "Deposit and publish")
    tab.keyboard.press("Enter")
    tab.get_by_role("heading", name="All read").wait_for()
    sound(tab)
    told = tab.locator("main").inner_text()
    assert "1 file published" in told
    assert "point to check in the act" in told
    tab.reload()
    reach(tab, "to check in the act")
    tab.keyboard.press("Enter")
    shown = tab.locator("details[open] li").first.inner_text()
    assert not re.search(r"\b(le|la|une|sans|sur)\b", shown), shown
    tab_to(tab, ACT.name)
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/document/**")
    tab.locator(".act-text").wait_for()


def test_readings_and_doubts_are_judged_by_the_keyboard_alone(tab: Any) -> None:
    tab.goto("/review")
    sound(tab)
    open_session(tab)
    tab.get_by_role("heading", name="Is it the same entity?").wait_for()
    sound(tab)
    tab.goto("/review")
    reach(tab, "m1")
    tab.keyboard.type("two persons")
    reach(tab, "No, keep apart")
    tab.keyboard.press("Enter")
    tab.get_by_text("kept apart").first.wait_for()
    sound(tab)
    tab.goto("/review")
    reach(tab, "l1")
    tab.keyboard.type("the act says so")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.get_by_text("reading accepted").first.wait_for()
    reach(tab, "undo-done")
    tab.keyboard.type("not so")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.get_by_text("Judgement withdrawn.").wait_for()


def test_errors_and_releases_are_sound(tab: Any) -> None:
    """One after the other in one browser: that and its service cost more than the pages."""
    of_queries = ["/queries/votes.docx", "/queries/money-to?status=x"]
    for address in ["/introuvable", "/id/organisation/personne", *of_queries, "/releases"]:
        tab.goto(address)
        sound(tab)
        assert tab.locator("h1").is_visible(), address
