"""The flow diagram keeps its sums, its room and its order, whatever flows there are."""

import itertools
import re
from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pages.funding.sankey import LABEL_HEIGHT, REST, Link, layout

party = st.sampled_from([f"n{i}" for i in range(30)])
links = st.lists(
    st.builds(
        lambda a, b, c, cents: Link((a, b, c), (a, b, c), Decimal(cents) / 100),
        party,
        party,
        party,
        st.integers(1, 10**13),
    ),
    min_size=1,
    max_size=60,
)


def link(funder, programme, beneficiary, amount):
    names = (funder, programme, beneficiary)
    return Link(names, names, Decimal(amount))


def test_nothing_to_draw():
    assert layout([]) is None
    assert layout([link("a", "p", "b", 0)]) is None


def test_money_in_a_circle_is_drawn():
    diagram = layout([link("a", "p", "b", 10), link("b", "p", "a", 5)])
    assert [(n.column, n.name, n.total) for n in diagram.nodes] == [
        (0, "a", 10),
        (0, "b", 5),
        (1, "p", 15),
        (2, "b", 10),
        (2, "a", 5),
    ]


def test_long_names_are_cut_and_what_is_gathered_comes_last():
    rest = Link(("Ville", "p", REST), ("Ville", "p", "autres"), Decimal(1000))
    diagram = layout([rest, *(link("Ville", "p", f"Association {i:03} " + "x" * 80, 1 + i) for i in range(12))])
    right = [n for n in diagram.nodes if n.column == 2]
    assert len(right) == 13
    assert right[-1].key == REST
    assert all(len(n.label) <= 29 for n in right)


def test_without_programmes_there_are_two_columns():
    diagram = layout([Link(("a", "b"), ("a", "b"), Decimal(3)), Link(("b", "a"), ("b", "a"), Decimal(2))])
    assert [(n.column, n.name, n.anchor) for n in diagram.nodes] == [
        (0, "a", "start"), (0, "b", "start"), (1, "b", "end"), (1, "a", "end"),
    ]  # fmt: skip


@given(links)
def test_every_column_holds_the_whole_sum(found):
    diagram = layout(found)
    whole = sum((each.amount for each in found), Decimal(0))
    totals = defaultdict(Decimal)
    for node in diagram.nodes:
        totals[node.column] += node.total
    assert set(totals.values()) == {whole}


@given(links)
def test_labels_never_overlap_and_nothing_leaves_the_picture(found):
    diagram = layout(found)
    for column in range(3):
        nodes = [n for n in diagram.nodes if n.column == column]
        for above, below in itertools.pairwise(nodes):
            assert below.y - above.y >= max(LABEL_HEIGHT, above.height) - 1e-6
        assert nodes[-1].y + nodes[-1].height <= diagram.height


@given(links)
def test_ribbons_leave_and_reach_what_the_nodes_hold(found):
    diagram = layout(found)
    out = defaultdict(Decimal)
    for ribbon in diagram.ribbons:
        out[ribbon.source, ribbon.target] += ribbon.amount
    whole = sum((each.amount for each in found), Decimal(0))
    assert sum(out.values()) == 2 * whole


@pytest.mark.parametrize("amount", ["0.01", "999999999999.99"])
def test_one_flow_of_any_size(amount):
    diagram = layout([link("a", "p", "b", amount)])
    assert diagram.height < 600


@given(links)
def test_ribbons_stay_within_their_nodes(found):
    diagram = layout(found)
    bottom = max(node.y + node.height for node in diagram.nodes)
    for ribbon in diagram.ribbons:
        assert float(re.search(r"V([0-9.]+)", ribbon.path)[1]) <= bottom + 1
