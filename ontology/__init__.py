"""The vocabulary: ontology, its Python names and the reference data. Imports nothing of ours.

Importing this package, :mod:`ontology.families` or :mod:`ontology.authorities` does not load rdflib, so that
``extract`` may use them; :mod:`ontology.terms` does.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable


def data_path(name: str) -> Traversable:
    """The data file ``name`` of this room, by its path inside it ("delibgraph.ttl", "reference/communes.csv.gz").

    It need not exist: what is returned is where it is or would be. It works from a wheel and a zip alike.
    """
    return files("ontology").joinpath(*name.split("/"))
