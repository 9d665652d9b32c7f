"""Curation as a user meets it: naming things, deciding, and seeing the two sides of a doubt with their evidence."""

from service.curation.decide import Outcome, Wish, author_of, decide
from service.curation.naming import CurationError, fact, thing
from service.curation.waiting import Doubt, Side, doubts

__all__ = [
    "CurationError",
    "Doubt",
    "Outcome",
    "Side",
    "Wish",
    "author_of",
    "decide",
    "doubts",
    "fact",
    "thing",
]
