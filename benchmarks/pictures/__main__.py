"""``python -m benchmarks.pictures``: takes every picture of pictures.toml anew, into docs/pictures."""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import re
import secrets
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page

from benchmarks.budgets.browser import chromium
from benchmarks.budgets.service import BudgetError, found, serving
from graph.iri import dockey
from service.cli.serve import samples
from service.ingest import ingest
from service.settings import Settings

PLAN: Final = Path(__file__).with_name("pictures.toml")
TARGET: Final = Path(__file__).parents[2] / "docs" / "pictures"
#: Width, height in CSS pixels, pixels for each, colour scheme.
FORMS: Final[Mapping[str, tuple[int, int, float, Any]]] = {
    "laptop": (1280, 800, 1.0, "light"),
    "dark": (1280, 800, 1.0, "dark"),
    "phone": (390, 844, 1.5, "light"),
    "print": (1280, 800, 1.0, "light"),
}
#: Bytes of one picture, and of all.
MOST: Final = 150_000
MOST_IN_ALL: Final = 1_500_000
_COLOURS: Final = (128, 64, 32)
_PAPER_SCALE: Final = 1.25  # pixels a point
_BROKEN: Final = b"%PDF-1.4 cut short"


def plan() -> dict[str, Any]:
    """pictures.toml, as it is."""
    return tomllib.loads(PLAN.read_text(encoding="utf-8"))


def main() -> int:
    """Take the pictures; 1 where one is too large, 2 where they cannot be taken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="pictures whose name has this in it")
    only = parser.parse_args().only
    TARGET.mkdir(parents=True, exist_ok=True)
    wanted = [picture for picture in plan()["picture"] if only in picture["name"]]
    try:
        with chromium() as browser:
            taken = sum(map(len, _all(browser, wanted)))
    except BudgetError as error:
        sys.stderr.write(f"pictures: {error}\n")
        return 2
    sys.stdout.write(f"{len(wanted)} pictures, {taken:,} bytes\n")
    large = [path.name for path in TARGET.glob("*.png") if path.stat().st_size > MOST]
    if large or sum(path.stat().st_size for path in TARGET.glob("*.png")) > MOST_IN_ALL:
        sys.stderr.write(f"pictures: too large: {', '.join(large) or 'all together'}\n")
        return 1
    return 0


def _all(browser: Browser, wanted: list[dict[str, Any]]) -> Iterator[bytes]:
    """Every picture, written to its file."""
    with _published() as data, serving(data) as service:
        places = {**found(data, plan()["find"]), **_keys()}
        for picture in wanted:
            if not picture.get("deposit"):
                yield _take(browser, service.address, picture, places)
    for picture in wanted:
        if picture.get("deposit"):
            yield _take_deposit(browser, picture)


@contextmanager
def _published() -> Iterator[Path]:
    """A data directory with the samples published."""
    with tempfile.TemporaryDirectory() as folder:
        ingest(samples(), Settings(data=Path(folder)))
        yield Path(folder)


def _keys() -> dict[str, str]:
    """The key of each sample, by its file name."""
    return {path.name: dockey(hashlib.sha256(path.read_bytes()).hexdigest()) for path in samples()}


def _take(browser: Browser, base: str, picture: Mapping[str, Any], places: Mapping[str, str]) -> bytes:
    with _opened(browser, base, picture["form"]) as page:
        page.goto(re.sub(r"\{([^}]+)\}", lambda match: places[match[1]], picture["address"]))
        page.wait_for_load_state("networkidle")
        if "at" in picture:
            page.locator(picture["at"]).first.evaluate("it => it.scrollIntoView({ block: 'start' })")
        return _keep(page, picture)


def _take_deposit(browser: Browser, picture: Mapping[str, Any]) -> bytes:
    """Three files sent to a service that holds nothing yet, and what became of them."""
    token = os.environ["DELIBGRAPH_TOKEN"] = secrets.token_hex(16)
    texts = [path for path in samples() if path.suffix == ".pdf"][:2]
    with tempfile.TemporaryDirectory() as folder:
        broken = Path(folder) / "2024-02-15-conseil-compte-rendu.pdf"
        broken.write_bytes(_BROKEN)
        data = Path(folder) / "data"
        ingest([samples()[-1]], Settings(data=data))
        with serving(data) as service, _opened(browser, service.address, picture["form"]) as page:
            page.goto(picture["address"])
            page.get_by_label("Votre nom").fill("Anne Durand")
            page.get_by_label("Jeton").fill(token)
            page.get_by_role("button", name="Ouvrir").click()
            page.get_by_label("Fichiers à déposer").set_input_files([str(path) for path in (broken, *texts)])
            page.get_by_role("button", name="Déposer et publier").click()
            page.get_by_role("heading", name="Lecture finie").wait_for(timeout=120_000)
            return _keep(page, picture)


@contextmanager
def _opened(browser: Browser, base: str, form: str) -> Iterator[Page]:
    width, height, pixels, scheme = FORMS[form]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=pixels,
        color_scheme=scheme,
        base_url=base,
        locale="fr-FR",
    )
    try:
        yield context.new_page()
    finally:
        context.close()


def _keep(page: Page, picture: Mapping[str, Any]) -> bytes:
    """Write what is seen, in as few colours as its size asks for."""
    image = _printed(page) if picture["form"] == "print" else Image.open(io.BytesIO(page.screenshot()))
    for colours in _COLOURS:
        written = io.BytesIO()
        image.convert("RGB").quantize(colours, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
        if written.tell() <= MOST:
            break
    (TARGET / f"{picture['name']}.png").write_bytes(written.getvalue())
    return written.getvalue()


def _printed(page: Page) -> Image.Image:
    margins: Any = dict.fromkeys(("top", "bottom", "left", "right"), "1.5cm")
    document = pypdfium2.PdfDocument(page.pdf(format="A4", margin=margins))
    image: Image.Image = document[0].render(scale=_PAPER_SCALE).to_pil()
    return image


if __name__ == "__main__":
    sys.exit(main())
