"""The fundings of a release as lines to select, rank and add up without asking the store again.

A file of SQLite made when the release is, from SPARQL over its store (`*.rq` here), so that a page over ten thousand
acts costs some thousandths of a second. What counts, and in which year, is that of :mod:`graph.flows` (DESIGN §5), with
one rule more: a part counts where the selection is of parties that its total does not name.
"""

from __future__ import annotations

from graph.ledger.account import Account, Cut, Listed, Party
from graph.ledger.kept import Kept
from graph.ledger.layout import FILE, VERSION
from graph.ledger.lines import Line, Thing
from graph.ledger.reading import Chosen, Ledger
from graph.ledger.selection import Criteria, Order
from graph.ledger.totals import Sums, Totals
from graph.ledger.writer import Select, as_asked, write

__all__ = [
    "FILE",
    "VERSION",
    "Account",
    "Chosen",
    "Criteria",
    "Cut",
    "Kept",
    "Ledger",
    "Line",
    "Listed",
    "Order",
    "Party",
    "Select",
    "Sums",
    "Thing",
    "Totals",
    "as_asked",
    "write",
]
