"""Who pays whom as a network on a circle: bodies as discs by their money, payments as arrows by their sum.

On a circle every label has room and nothing moves from one visit to the next. Two bodies that pay each other have two
arrows, bent apart. Units: SVG user units.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 960, 900
_RADIUS = 210
LABEL_CHARS = 30
_LARGEST_DISC, _SMALLEST_DISC = 20.0, 4.0
_WIDEST, _THINNEST = 9.0, 1.0

#: Sums by (payer, receiver), in euros.
Payments = Mapping[tuple[int, int], Decimal]


@dataclass(frozen=True)
class Disc:
    """A body on the circle. ``angle`` in degrees, for its label, which is upright on both sides."""

    id: int
    x: float
    y: float
    radius: float
    angle: float
    flipped: bool
    paid: Decimal
    received: Decimal


@dataclass(frozen=True)
class Arrow:
    """A payment: its curve, its width, its ends, its sum."""

    path: str
    width: float
    payer: int
    receiver: int
    amount: Decimal


@dataclass(frozen=True)
class Network:
    """All that the template draws."""

    discs: tuple[Disc, ...]
    arrows: tuple[Arrow, ...]
    width: int = WIDTH
    height: int = HEIGHT


def around(payments: Payments, centre: int, steps: int, most: int) -> set[int]:
    """The bodies within so many steps of one, whichever way the money goes; the nearest, then the largest, first."""
    near: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for (payer, receiver), amount in payments.items():
        near[payer][receiver] = near[payer].get(receiver, Decimal(0)) + amount
        near[receiver][payer] = near[receiver].get(payer, Decimal(0)) + amount
    found, edge = {centre}, [centre]
    for _ in range(steps):
        reached: dict[int, Decimal] = defaultdict(Decimal)
        for body in edge:
            for other, amount in near[body].items():
                if other not in found:
                    reached[other] += amount
        # half of the room is kept for the second step
        room = (most - len(found) + 1) // 2 if edge == [centre] else most - len(found)
        edge = sorted(reached, key=lambda body: (-reached[body], body))[:room]
        found.update(edge)
    return found


def layout(payments: Payments) -> Network | None:
    """Place the bodies of ``payments``; None where there is nothing to draw."""
    payments = {pair: amount for pair, amount in payments.items() if amount > 0 and pair[0] != pair[1]}
    if not payments:
        return None
    paid: dict[int, Decimal] = defaultdict(Decimal)
    received: dict[int, Decimal] = defaultdict(Decimal)
    for (payer, receiver), amount in payments.items():
        paid[payer] += amount
        received[receiver] += amount
    order = _order(payments, paid)
    largest = max(float(paid[body] + received[body]) for body in order)
    discs = {
        body: _disc(body, place, len(order), largest, paid[body], received[body]) for place, body in enumerate(order)
    }
    widest = math.sqrt(max(map(float, payments.values())))
    arrows = [_arrow(discs[a], discs[b], amount, widest) for (a, b), amount in sorted(payments.items())]
    return Network(tuple(discs.values()), tuple(arrows))


def _order(payments: Payments, paid: Mapping[int, Decimal]) -> Sequence[int]:
    """Each large payer followed by those it pays: short arrows, fewer crossings."""
    pays: dict[int, list[tuple[Decimal, int]]] = defaultdict(list)
    for (payer, receiver), amount in payments.items():
        pays[payer].append((amount, receiver))
    order: dict[int, None] = {}
    for payer in sorted(pays, key=lambda body: (-paid[body], body)):
        order.setdefault(payer)
        for _, receiver in sorted(pays[payer], key=lambda pair: (-pair[0], pair[1])):
            order.setdefault(receiver)
    return list(order)


def _disc(body: int, place: int, count: int, largest: float, paid: Decimal, received: Decimal) -> Disc:
    turn = 2 * math.pi * place / count - math.pi / 2
    degrees = math.degrees(turn) % 360
    share = math.sqrt(float(paid + received) / largest)
    return Disc(
        id=body,
        x=WIDTH / 2 + _RADIUS * math.cos(turn),
        y=HEIGHT / 2 + _RADIUS * math.sin(turn),
        radius=max(_SMALLEST_DISC, _LARGEST_DISC * share),
        angle=degrees,
        flipped=90 < degrees < 270,
        paid=paid,
        received=received,
    )


def _arrow(a: Disc, b: Disc, amount: Decimal, widest: float) -> Arrow:
    """A curve that leans to the right of the way it goes, so that two ways never cover each other; it ends at the
    rim of the receiver."""
    along_x, along_y = b.x - a.x, b.y - a.y
    bend = 0.18
    # towards the centre, and to the side
    control_x = (a.x + b.x) / 2 * 0.72 + WIDTH / 2 * 0.28 - along_y * bend
    control_y = (a.y + b.y) / 2 * 0.72 + HEIGHT / 2 * 0.28 + along_x * bend
    end_x, end_y = _towards(b.x, b.y, control_x, control_y, b.radius + 7)
    start_x, start_y = _towards(a.x, a.y, control_x, control_y, a.radius)
    path = f"M{start_x:.1f} {start_y:.1f}Q{control_x:.1f} {control_y:.1f} {end_x:.1f} {end_y:.1f}"
    return Arrow(path, max(_THINNEST, _WIDEST * math.sqrt(float(amount)) / widest), a.id, b.id, amount)


def _towards(x: float, y: float, to_x: float, to_y: float, length: float) -> tuple[float, float]:
    distance = math.hypot(to_x - x, to_y - y) or 1
    return x + (to_x - x) / distance * length, y + (to_y - y) / distance * length
