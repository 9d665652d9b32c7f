"""The pictures of the README are there, small, and say what they show; `make screenshots` takes them anew."""

import html
import re
from pathlib import Path

from PIL import Image

from benchmarks.pictures.__main__ import FORMS, MOST, MOST_IN_ALL, TARGET, plan

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_each_picture_of_the_plan_is_kept_and_no_other() -> None:
    names = {f"{picture['name']}.png" for picture in plan()["picture"]}
    assert {path.name for path in TARGET.iterdir()} == names


def test_pictures_are_small() -> None:
    sizes = [path.stat().st_size for path in TARGET.iterdir()]
    assert max(sizes) <= MOST
    assert sum(sizes) <= MOST_IN_ALL


def test_pictures_have_the_size_of_their_screen() -> None:
    for picture in plan()["picture"]:
        width, height, pixels, _ = FORMS[picture["form"]]
        with Image.open(TARGET / f"{picture['name']}.png") as image:
            if picture["form"] != "print":
                assert image.size == (round(width * pixels), round(height * pixels)), picture["name"]


def test_the_readme_shows_phone_laptop_and_print_and_says_what_they_show() -> None:
    told = {picture["name"]: picture for picture in plan()["picture"]}
    shown = re.findall(r'<img src="docs/pictures/([\w-]+)\.png" [^>]*alt="([^"]+)"', README)
    assert {told[name]["form"] for name, _ in shown} >= {"phone", "laptop", "print"}
    assert [(name, html.unescape(alt)) for name, alt in shown] == [(name, told[name]["alt"]) for name, _ in shown]
