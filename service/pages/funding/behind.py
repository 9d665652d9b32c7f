"""The query behind a selection: SPARQL that asks for exactly what the page shows, and no more."""

from __future__ import annotations

import functools
from decimal import Decimal
from typing import Final

import jinja2
import pyoxigraph as ox

import queries
from service.language import Language, speaker
from service.pages.funding import selection as selections
from service.pages.funding.selection import Selection

#: Property of a funding that tells each role.
ROLES: Final = {"funder": "funder", "programme": "underProgramme", "beneficiary": "beneficiary"}
#: What names are folded by, innermost first (graph.ledger folds the same letters).
FOLDS: Final = (
    ("[àáâäã]", "a"), ("[éèêë]", "e"), ("[ìíîï]", "i"), ("[òóôöõ]", "o"), ("[ùúûü]", "u"), ("[ÿý]", "y"),
    ("ç", "c"), ("ñ", "n"), ("œ", "oe"), ("æ", "ae"), ("[’'‘‐‑–-]", " "),
)  # fmt: skip
_NOTES: Final = ("kind", "confidence", "parts", "parts_of_parties", "years")


@functools.cache
def template() -> jinja2.Template:
    """The template of the query, compiled."""
    loader = jinja2.PackageLoader("service.pages", "sparql")
    environment = jinja2.Environment(  # noqa: S701 - SPARQL, not HTML; every value is a number or a serialised term
        loader=loader,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("selection.rq.j2")


def query(selection: Selection, base: str, *, summed: bool = False, language: Language = "fr") -> str:
    """The lines of a selection as a SELECT, or, ``summed``, what they add up to (total, lines, with_amount)."""
    say = speaker(language)
    asked = [name for name in selections.NAMED if getattr(selection, name)]
    exact = {name: value for name in asked if selections.is_path(value := getattr(selection, name))}
    return template().render(
        selection=selection,
        summed=summed,
        roles=ROLES,
        asked=asked,
        asked_roles=[name for name in asked if name in ROLES],
        exact={name: str(ox.NamedNode(selections.iri(value, base))) for name, value in exact.items()},
        named={name: str(ox.Literal(queries.fold(getattr(selection, name)))) for name in asked if name not in exact},
        floor=None if selection.confidence is None else Decimal(selection.confidence) / 100,
        folds=FOLDS,
        title=say("behind-title-sum" if summed else "behind-title"),
        explained=say("behind-explained"),
        notes={note: say(f"behind-{note.replace('_', '-')}") for note in _NOTES},
    )
