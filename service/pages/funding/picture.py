"""The drawing of a view on its own: SVG that needs no style sheet, pixels, and the network as data for scripts."""

from __future__ import annotations

from importlib import resources
from typing import Any, Final

import resvg_py

from service.pages.funding import views
from service.pages.funding.asked import Asked
from service.pages.funding.page import figure
from service.pages.render import environment

#: Views that are a drawing.
DRAWN: Final = ("flows", "network", "years")
#: Pixels a user unit: sharp on paper.
_ZOOM: Final = 2


def svg(asked: Asked) -> str | None:
    """The drawing of the view asked for; None where the view is a table or there is nothing to draw."""
    if asked.shown.view not in DRAWN:
        return None
    basics = views.basics(asked.request, asked.criteria)
    view = figure(asked, basics)
    if view["drawing"] is None:
        return None
    template = environment().get_template("funding/alone.svg")
    return template.render(asked=asked, shown=asked.shown, basics=basics, view=view, say=asked.say)


def png(drawing: str) -> bytes:
    """A drawing in pixels, on white, with the font that travels with the service (a server may have none)."""
    font = resources.files("service").joinpath("fonts", "DejaVuSans-latin.ttf")
    with resources.as_file(font) as path:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=drawing,
                zoom=_ZOOM,
                background="#ffffff",
                skip_system_fonts=True,
                font_files=[str(path)],
                font_family="DejaVu Sans",
                sans_serif_family="DejaVu Sans",
            )
        )


def network(asked: Asked) -> dict[str, Any]:
    """Bodies with their place and sums, payments with their sum, as the drawing has them."""
    shown = asked.shown
    look = Asked(
        asked.request, asked.base, asked.spoken, type(shown)(**{**vars(shown), "view": "network"}), asked.criteria
    )
    view = figure(look, views.basics(asked.request, asked.criteria))
    drawing = view["drawing"]
    if drawing is None:
        return {"bodies": [], "payments": []}
    return {
        "bodies": [
            {
                "id": disc.id,
                "name": asked.name(disc.id, "funder"),
                "x": round(disc.x, 1),
                "y": round(disc.y, 1),
                "radius": round(disc.radius, 1),
                "paid": float(disc.paid),
                "received": float(disc.received),
                "ego": look.shown.href(ego=asked.path(disc.id) or ""),
                "page": asked.home(disc.id),
                "centre": disc.id == view["ego"],
            }
            for disc in drawing.discs
        ],
        "payments": [
            {
                "payer": arrow.payer,
                "receiver": arrow.receiver,
                "amount": float(arrow.amount),
                "told": asked.euros(arrow.amount),
                "width": round(arrow.width, 1),
            }
            for arrow in drawing.arrows
        ],
    }
