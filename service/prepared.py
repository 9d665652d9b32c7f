"""The queries of the pages, and those of them whose answers are kept with a release (:mod:`graph.release.answers`).

What takes no value is asked once, when the release is made: no reader waits for it, whatever the number of acts.
"""

from __future__ import annotations

import functools
from importlib import resources
from typing import Final

from queries import NamedQuery
from queries.loader import parse

#: Queries of the catalogue that its pages ask (service/catalogue/rq).
_CATALOGUE: Final = ("counts.rq", "classes.rq", "period.rq", "places.rq")


@functools.cache
def page_query(name: str) -> NamedQuery:
    """A query of the pages (service/pages/sparql), same header as the named ones."""
    # by its path: the package of the pages is heavy, and the ingest does without it
    source = resources.files("service").joinpath("pages", "sparql", f"{name}.rq").read_text(encoding="utf-8")
    return parse(name, source)


def catalogue_query(name: str) -> str:
    """The text of a query of the catalogue."""
    return resources.files("service").joinpath("catalogue", "rq", name).read_text(encoding="utf-8")


@functools.cache
def questions() -> frozenset[str]:
    """The texts to ask when a release is made."""
    folder = resources.files("service").joinpath("pages", "sparql")
    names = [file.name.removesuffix(".rq") for file in folder.iterdir() if file.name.endswith(".rq")]
    asked = (query.ordered for query in map(page_query, names) if not query.parameters)
    return frozenset((*asked, *map(catalogue_query, _CATALOGUE)))
