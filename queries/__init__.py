"""Named SPARQL queries (one ``.rq`` file each) and their loader. Imports nothing of ours but the ontology."""

from queries.loader import (
    EXAMPLES,
    Column,
    HeaderError,
    NamedQuery,
    Parameter,
    QueryError,
    UnknownQueryError,
    ValueRefusedError,
    catalogue,
    find,
    fold,
)

__all__ = [
    "EXAMPLES",
    "Column",
    "HeaderError",
    "NamedQuery",
    "Parameter",
    "QueryError",
    "UnknownQueryError",
    "ValueRefusedError",
    "catalogue",
    "find",
    "fold",
]
