"""The search index of a release: names, titles and passages, accents folded, with facets (SQLite FTS5).

SQLite is in Python itself, its file travels with the release and is read without a server, and building it takes
memory that does not grow with the number of documents; `docs/benchmarks.md` has what it costs.
"""

from __future__ import annotations

from graph.search.kept import Kept
from graph.search.reading import (
    FACETS,
    FacetValue,
    Found,
    Hit,
    SearchIndexError,
    SearchTooLongError,
    Suggestion,
    count,
    search,
    suggest,
)
from graph.search.telling import Told
from graph.search.words import Wanted
from graph.search.writer import PASSAGE, VERSION, IndexWriter, Shown

__all__ = [
    "FACETS",
    "PASSAGE",
    "VERSION",
    "FacetValue",
    "Found",
    "Hit",
    "IndexWriter",
    "Kept",
    "SearchIndexError",
    "SearchTooLongError",
    "Shown",
    "Suggestion",
    "Told",
    "Wanted",
    "count",
    "search",
    "suggest",
]
