"""Layout of the flow diagram: funder → programme → beneficiary, or funder → beneficiary.

A body that pays and receives stands in both outer columns, so money that goes in a circle is drawn like any other.
What is gathered (key ``REST``) comes last in its column. Heights are proportional to sums; a node keeps at least the
room of its label. Units: SVG user units (pixels at 100 %).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 960
NODE_WIDTH = 14
LABEL_HEIGHT = 34  # two lines of text: name and sum
FLOW_HEIGHT = 420  # drawn height of the whole sum
NODE_HEIGHT = 130  # of a node on average, at most: few nodes make a low drawing, not a wall of colour
TOP = 26  # room of the column titles
#: Characters of a label, by number of columns and column, so that labels never meet.
LABEL_CHARS = {3: (44, 31, 29), 2: (52, 52)}
COLUMNS_X = {3: (0, 473, WIDTH - NODE_WIDTH), 2: (0, WIDTH - NODE_WIDTH)}
SHADES = 8  # colours of the funders
THINNEST = 0.6  # drawn height of the least of flows
REST = "rest"


@dataclass(frozen=True)
class Link:
    """One sum to draw: keys and names of its nodes, one a column, amount in euros (> 0)."""

    keys: tuple[str, ...]
    names: tuple[str, ...]
    amount: Decimal


@dataclass
class Node:
    """A placed node; ``y`` and ``height`` in pixels, ``shade`` the number of its colour, ``label`` cut to fit."""

    key: str
    name: str
    column: int
    columns: int
    total: Decimal
    y: float = 0
    height: float = 0
    shade: int = 0

    @property
    def x(self) -> int:
        """Left edge."""
        return COLUMNS_X[self.columns][self.column]

    @property
    def last(self) -> bool:
        """Whether it stands in the right-hand column."""
        return self.column == self.columns - 1

    @property
    def label(self) -> str:
        """The name, cut at ``LABEL_CHARS``; the whole name is in the table and in the title."""
        limit = LABEL_CHARS[self.columns][self.column]
        return self.name if len(self.name) <= limit else self.name[: limit - 1].rstrip() + "…"

    @property
    def label_x(self) -> int:
        """Where its label begins (left and middle columns) or ends (right column)."""
        return self.x - 8 if self.last else self.x + NODE_WIDTH + 8

    @property
    def anchor(self) -> str:
        """SVG ``text-anchor`` of its label."""
        return "end" if self.last else "start"


@dataclass(frozen=True)
class Ribbon:
    """A drawn flow between two nodes: SVG path, number of its colour, and what it tells."""

    path: str
    shade: int
    source: str
    target: str
    amount: Decimal


@dataclass(frozen=True)
class Diagram:
    """All that the template draws."""

    nodes: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]
    height: int
    width: int = WIDTH
    node_width: int = NODE_WIDTH


def layout(links: Sequence[Link]) -> Diagram | None:
    """Place the nodes and ribbons of ``links``, all of two columns or all of three; None where nothing is to draw."""
    links = [link for link in links if link.amount > 0]
    if not links:
        return None
    columns = [_column(links, index) for index in range(len(links[0].keys))]
    whole = sum((link.amount for link in links), Decimal(0))
    scale = min(FLOW_HEIGHT, NODE_HEIGHT * max(map(len, columns))) / float(whole)
    _order_by_source(columns, links)
    bottom = max(_place(nodes.values(), scale) for nodes in columns)
    for shade, node in enumerate(columns[0].values()):
        node.shade = shade % SHADES
    ribbons = _ribbons(columns, links, scale)
    return Diagram(tuple(n for nodes in columns for n in nodes.values()), tuple(ribbons), int(bottom) + 8)


def _column(links: Sequence[Link], index: int) -> dict[str, Node]:
    """Nodes of one column, largest first, what is gathered last."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    names: dict[str, str] = {}
    for link in links:
        totals[link.keys[index]] += link.amount
        names[link.keys[index]] = link.names[index]
    ranked = sorted(totals, key=lambda key: (key == REST, -totals[key], names[key]))
    return {key: Node(key, names[key], index, len(links[0].keys), totals[key]) for key in ranked}


def _order_by_source(columns: Sequence[dict[str, Node]], links: Iterable[Link]) -> None:
    """Order the columns after the first by the weighted rank of where their money comes from: fewer crossings."""
    links = list(links)
    for index in range(1, len(columns)):
        ranks = {key: rank for rank, key in enumerate(columns[index - 1])}
        weight: dict[str, float] = defaultdict(float)
        for link in links:
            weight[link.keys[index]] += ranks[link.keys[index - 1]] * float(link.amount)
        nodes = columns[index]
        order = sorted(nodes, key=lambda key: (key == REST, weight[key] / float(nodes[key].total), -nodes[key].total))
        placed = {key: nodes[key] for key in order}
        nodes.clear()
        nodes.update(placed)


def _place(nodes: Iterable[Node], scale: float) -> float:
    """Stack the nodes of a column; the y of its bottom."""
    y = float(TOP)
    for node in nodes:
        node.y, node.height = y, max(1.0, float(node.total) * scale)
        y += max(node.height + 8, LABEL_HEIGHT)
    return y


def _ribbons(columns: Sequence[dict[str, Node]], links: Iterable[Link], scale: float) -> list[Ribbon]:
    """One ribbon for each pair of neighbours, coloured by funder on the way in and on the way out."""
    sums: dict[tuple[int, str, str, int], Decimal] = defaultdict(Decimal)
    for link in links:
        shade = columns[0][link.keys[0]].shade
        for index in range(len(columns) - 1):
            sums[index, link.keys[index], link.keys[index + 1], shade] += link.amount
    left: dict[tuple[int, str], float] = defaultdict(float)
    right: dict[tuple[int, str], float] = defaultdict(float)
    order = {(i, key): rank for i, nodes in enumerate(columns) for rank, key in enumerate(nodes)}
    ribbons = []
    for index, a, b, shade in sorted(sums, key=lambda k: (k[0], order[k[0], k[1]], order[k[0] + 1, k[2]], k[3])):
        amount = sums[index, a, b, shade]
        source, target, height = columns[index][a], columns[index + 1][b], float(amount) * scale
        start, end = source.y + left[index, a], target.y + right[index, b]
        left[index, a] += height
        right[index, b] += height
        path = _path(source.x + NODE_WIDTH, start, target.x, end, max(THINNEST, height))
        ribbons.append(Ribbon(path, shade, source.name, target.name, amount))
    return ribbons


def _path(x0: float, y0: float, x1: float, y1: float, height: float) -> str:
    middle = (x0 + x1) / 2
    return (
        f"M{x0:g} {y0:.1f}C{middle:g} {y0:.1f} {middle:g} {y1:.1f} {x1:g} {y1:.1f}V{y1 + height:.1f}"
        f"C{middle:g} {y1 + height:.1f} {middle:g} {y0 + height:.1f} {x0:g} {y0 + height:.1f}Z"
    )
