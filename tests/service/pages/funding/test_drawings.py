"""The drawings of /funding: what is in them, whatever there is to draw."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from service.pages.funding import network, timeline
from service.pages.render import short

payments = st.dictionaries(
    st.tuples(st.integers(1, 20), st.integers(1, 20)),
    st.integers(1, 10**14).map(lambda c: Decimal(c) / 100),
    max_size=40,
)


@given(payments)
def test_the_network_has_every_payment_between_two_bodies(found: dict[tuple[int, int], Decimal]) -> None:
    drawn = network.layout(found)
    between = {pair: amount for pair, amount in found.items() if pair[0] != pair[1]}
    if not between:
        assert drawn is None
        return
    assert drawn is not None
    assert {(arrow.payer, arrow.receiver): arrow.amount for arrow in drawn.arrows} == between
    assert {disc.id for disc in drawn.discs} == {body for pair in between for body in pair}
    assert len({(round(disc.x), round(disc.y)) for disc in drawn.discs}) == len(drawn.discs)
    assert sum(disc.paid for disc in drawn.discs) == sum(disc.received for disc in drawn.discs)


def test_two_ways_between_two_bodies_are_two_curves() -> None:
    drawn = network.layout({(1, 2): Decimal(10), (2, 1): Decimal(10)})
    assert drawn is not None
    there, back = drawn.arrows
    assert there.path.split("Q")[1].split()[:2] != back.path.split("Q")[1].split()[:2]


def test_an_ego_network_reaches_two_steps_and_no_further() -> None:
    chain = {(n, n + 1): Decimal(1) for n in range(1, 6)}
    assert network.around(chain, 1, 2, 30) == {1, 2, 3}
    assert network.around(chain, 3, 2, 30) == {1, 2, 3, 4, 5}
    star = {(1, n): Decimal(n) for n in range(2, 50)}
    assert len(network.around(star, 1, 2, 30)) <= 30


def test_years_without_money_keep_their_place() -> None:
    drawn = timeline.layout({2020: Decimal(5), 2023: Decimal(10), 2024: None})
    assert drawn is not None
    assert [bar.year for bar in drawn.bars] == [2020, 2021, 2022, 2023, 2024]
    assert [bar.height > 0 for bar in drawn.bars] == [True, False, False, True, False]
    assert timeline.layout({2020: None}) is None
    assert timeline.layout({}) is None


@pytest.mark.parametrize(
    ("amount", "french", "english"),
    [
        ("0", "0\u00a0€", "€0"), ("999.4", "999\u00a0€", "€999"), ("12500", "12,5\u00a0k€", "€12.5k"),
        ("404000", "404\u00a0k€", "€404k"), ("1234567", "1,23\u00a0M€", "€1.23M"),
        ("5e12", "5\u202f000\u00a0Md€", "€5,000bn"),
    ],
)  # fmt: skip
def test_amounts_are_told_short(amount: str, french: str, english: str) -> None:
    assert short(Decimal(amount), "fr") == french
    assert short(Decimal(amount), "en") == english


@pytest.mark.parametrize("view", ["flows", "network", "years"])
def test_a_drawing_is_taken_home_as_svg_and_png(client: TestClient, view: str) -> None:
    drawn = client.get(f"/funding.svg?view={view}")
    root = etree.fromstring(drawn.content)
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert not root.findall(".//{*}a")
    assert root.find("{*}title") is not None
    image = Image.open(io.BytesIO(client.get(f"/funding.png?view={view}").content))
    assert image.width == 1920
    colours = image.convert("RGB").getcolors(10**7)
    assert colours is not None
    assert len(colours) > 50  # text, which is smoothed, is drawn


def test_a_table_or_nothing_is_no_drawing(client: TestClient) -> None:
    assert client.get("/funding.svg?view=matrix").status_code == 404
    assert client.get("/funding.png?year=1990").status_code == 404


def test_the_network_as_data_is_the_drawing(client: TestClient) -> None:
    told = client.get("/funding/network.json").json()
    assert {body["name"] for body in told["bodies"]} >= {"Dijon métropole"}
    ids = {body["id"] for body in told["bodies"]}
    assert all({payment["payer"], payment["receiver"]} <= ids for payment in told["payments"])
    assert client.get("/funding/network.json?year=1990").json() == {"bodies": [], "payments": []}
