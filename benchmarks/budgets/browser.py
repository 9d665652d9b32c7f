"""One visit of a page in headless Chromium, and what it cost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from benchmarks.budgets.service import BudgetError

_PATIENCE: Final = 90_000.0  # milliseconds
_DRAWN: Final = 10_000.0  # after the navigation began
_FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
#: Types of the protocol of Chromium that a script is, or asks for; all others come before or without scripts.
_OF_SCRIPTS: Final = frozenset({"Script", "Fetch", "XHR", "EventSource", "WebSocket", "Other"})
_WATCH: Final = """
window.moved = 0;
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.moved += shift.value;
}).observe({ type: "layout-shift", buffered: true });
"""
# Not by wait_for_function, which has the page evaluate a text, and the policy of our pages forbids that.
_AWAIT: Final = """(most) => new Promise((done) => {
  const drawn = () => performance.getEntriesByName("first-contentful-paint").length;
  const look = () => (drawn() || performance.now() > most ? done() : setTimeout(look, 20));
  look();
})"""
_TIMES: Final = """() => {
  const asked = performance.getEntriesByType("navigation")[0];
  const drawn = performance.getEntriesByName("first-contentful-paint")[0];
  return [asked.responseStart - asked.requestStart, drawn ? drawn.startTime : null, window.moved];
}"""


@dataclass(frozen=True)
class Visit:
    """What one visit cost: milliseconds, bytes as sent, requests; ``fcp`` None where nothing was drawn."""

    status: int
    ttfb: float
    fcp: float | None
    cls: float
    bytes: int
    html: int
    script_bytes: int
    requests: int
    outside: tuple[str, ...]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser. Raises BudgetError where there is none."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise BudgetError("no Chromium: apt-get install chromium, or say where it is by CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        yield browser
        browser.close()


def visit(browser: Browser, base: str, address: str) -> Visit:
    """Go to an address of the service with nothing cached, as a French reader on a laptop."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="fr-FR")
    try:
        context.add_init_script(_WATCH)
        page = context.new_page()
        kinds: dict[str, str] = {}
        asked: dict[str, str] = {}
        sizes: dict[str, float] = {}
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")

        def sent(event: dict[str, Any]) -> None:
            asked[event["requestId"]], kinds[event["requestId"]] = event["request"]["url"], event["type"]

        wire.on("Network.requestWillBeSent", sent)
        wire.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}))
        answer = page.goto(base + address, wait_until="networkidle", timeout=_PATIENCE)
        page.evaluate(_AWAIT, _DRAWN)  # a page that draws nothing is told by what follows
        ttfb, fcp, moved = page.evaluate(_TIMES)
        of_scripts = sum(size for one, size in sizes.items() if kinds.get(one) in _OF_SCRIPTS)
        urls = [url for url in asked.values() if not url.startswith("data:")]
        return Visit(
            status=answer.status if answer else 0,
            ttfb=ttfb,
            fcp=fcp,
            cls=moved,
            html=len(answer.body()) if answer else 0,
            bytes=round(sum(sizes.values()) - of_scripts),
            script_bytes=round(of_scripts),
            requests=len(urls),
            outside=tuple(url for url in urls if urlsplit(url).netloc != urlsplit(base).netloc),
        )
    finally:
        context.close()
