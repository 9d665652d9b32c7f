"""How a selection is looked at: which view, what is unfolded, how the table is sorted. All of it is in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from graph.ledger import Order
from graph.ledger.selection import SORTS
from service.language import Language
from service.pages.funding import selection as selections
from service.pages.funding.selection import Selection

#: The views, the first where none is asked.
VIEWS: Final = ("flows", "network", "years", "matrix", "compare")
ROLES: Final = ("funder", "programme", "beneficiary")
_LATEST: Final = Order()
_DOWN_FIRST: Final = ("year", "amount", "confidence")


@dataclass(frozen=True)
class Shown:
    """A look at a selection. ``opened``: the column of the diagram that is unfolded; ``direct``: without programmes;
    ``ego``: path of the body that the network is around; ``by``: what two years are compared by; ``language``: what
    the address asks, "" for nothing."""

    selection: Selection
    view: str = "flows"
    opened: str = ""
    direct: bool = False
    ego: str = ""
    order: Order = _LATEST
    number: int = 1
    by: str = "beneficiary"
    language: Language | str = ""

    def address(self, **changed: object) -> str:
        """The query string of this look with changes; a change of selection or order goes back to the first page."""
        if "number" not in changed:
            changed["number"] = 1
        look = replace(self, **changed)  # type: ignore[arg-type]
        sign = "-" if look.order.down else ""
        extra = {
            "view": look.view if look.view != VIEWS[0] else "",
            "open": look.opened,
            "direct": "1" if look.direct else "",
            "ego": look.ego,
            "by": look.by if look.by != "beneficiary" else "",
            "sort": f"{sign}{look.order.column}" if look.order != _LATEST else "",
            "page": str(look.number) if look.number > 1 else "",
            "lang": look.language,
        }
        return urlencode([*look.selection.pairs(), *((name, value) for name, value in extra.items() if value)])

    def href(self, path: str = "/funding", fragment: str = "", **changed: object) -> str:
        """The same as an address on this host."""
        query = self.address(**changed)
        return path + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")

    def sorted_by(self, column: str) -> Order:
        """The order that a click on a column's heading asks for: the other way where it is sorted by it already."""
        down = not self.order.down if self.order.column == column else column in _DOWN_FIRST
        return Order(column, down)


def read(values: Mapping[str, str], selection: Selection, base: str, language: str) -> Shown:
    """The look that an address asks for; what it does not understand is as not asked."""
    sort = values.get("sort", "")
    column = sort.removeprefix("-")
    number = values.get("page", "")
    ego = values.get("ego", "").strip().removeprefix(base)
    return Shown(
        selection=selection,
        view=values["view"] if values.get("view") in VIEWS else VIEWS[0],
        opened=values["open"] if values.get("open") in ROLES else "",
        direct=values.get("direct") == "1",
        ego=ego if selections.is_path(ego) else "",
        order=Order(column, sort.startswith("-")) if column in SORTS else _LATEST,
        number=max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 9 else 1,
        by=values["by"] if values.get("by") in ROLES else "beneficiary",
        language=language,
    )
