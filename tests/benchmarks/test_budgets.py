"""The budgets of pages: which addresses are measured, what counts as over, one real visit."""

from __future__ import annotations

import dataclasses
import tomllib
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from benchmarks.budgets import __main__ as budgets
from benchmarks.budgets.browser import Visit
from benchmarks.register import publish

PLAN = tomllib.loads((Path(budgets.__file__).with_name("budgets.toml")).read_text(encoding="utf-8"))
CHEAP = Visit(200, 20.0, 100.0, 0.0, 40_000, 90_000, 3_000, 4, ())
BUDGET = {**PLAN["budget"]}


def test_an_address_names_what_was_found():
    paths = {"document": "/id/document/abc", "funding": "/id/funding/f-1"}
    assert budgets.address("/document/{document.key}", paths) == "/document/abc"
    assert budgets.address("/review/report?thing={funding.ref}", paths) == "/review/report?thing=funding/f-1"
    assert budgets.address("{funding}", paths) == "/id/funding/f-1"
    assert budgets.address("{person}", paths) is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, []),
        ({"bytes": 300_000}, ["bytes"]),
        ({"requests": 99}, ["requests"]),
        ({"cls": 0.4}, ["cls"]),
        ({"outside": ("https://cdn.example/x.js",)}, ["leaves the host"]),
        ({"ttfb": 900.0}, ["cold_ttfb_ms"]),
        ({"status": 500}, ["status 500"]),
    ],
)
def test_what_is_over_is_told(change, told):
    cost = budgets.judged("p", "/", [dataclasses.replace(CHEAP, **change)], [CHEAP], 50.0, BUDGET)
    assert [next(one for one in told if line.startswith(one)) for line in cost.over] == told


def test_one_slow_visit_of_several_is_not_the_page():
    again = [CHEAP, dataclasses.replace(CHEAP, ttfb=5000.0, fcp=5000.0), CHEAP]
    assert budgets.judged("p", "/", [CHEAP], again, 50.0, BUDGET).over == ()


def test_a_page_that_draws_nothing_is_over():
    blank = dataclasses.replace(CHEAP, fcp=None)
    assert budgets.judged("p", "/", [blank], [blank], 50.0, BUDGET).over


@pytest.mark.browser
def test_a_page_is_visited_in_a_real_browser(tmp_path):
    publish(tmp_path / "data", 5)
    (cost,) = budgets.measured(tmp_path / "data", "matrix", 1)
    assert cost.address == "/funding?view=matrix"
    assert 1_000 < cost.figures["bytes"] < 200_000
    assert cost.figures["requests"] >= 2
    assert not any("leaves" in one for one in cost.over)
