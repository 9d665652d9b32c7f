"""The formats that a named query is answered in, by its form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from queries import NamedQuery
from service.negotiation import HTML, TRIPLES, Format

#: Of a SELECT: ours for people and spreadsheets (CSV, JSON with figures as numbers), then those of SPARQL.
TABLES: Final = (
    Format("csv", "text/csv", "csv"),
    Format("json", "application/json", "json"),
    Format("tsv", "text/tab-separated-values", "tsv"),
    Format("srj", "application/sparql-results+json", "srj"),
    Format("xml", "application/sparql-results+xml", "xml", ("application/xml", "text/xml")),
)
#: Of a CONSTRUCT.
GRAPHS: Final = TRIPLES
SUFFIXES: Final = tuple(offer.suffix for offer in (*TABLES, *GRAPHS, HTML))


def data(query: NamedQuery) -> Sequence[Format]:
    """The formats of the answer as data."""
    return TABLES if query.form == "SELECT" else GRAPHS


def offers(query: NamedQuery) -> Sequence[Format]:
    """The page, where nothing is asked for, and the formats of :func:`data`."""
    return (HTML, *data(query))
