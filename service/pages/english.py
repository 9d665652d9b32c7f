"""English typography of figures and vocabulary values, for the pages that have an English version."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from ontology.terms import DG
from service import labels
from service.pages.wording import look_up


def shown(kind: str, value: str) -> str:
    """``value`` as English readers expect a ``kind`` of column; dates stay as ISO 8601 has them."""
    if kind in ("status", "kind"):
        return term(value)
    if kind not in ("euros", "number", "confidence") or not value:
        return value
    try:
        figure = Decimal(value)
    except InvalidOperation:
        return value
    if kind == "euros":
        return f"€{figure:,.2f}"
    return f"{figure:.0%}" if kind == "confidence" else f"{figure:,f}"


def word(group: str, key: str | None) -> str:
    """The English word for ``key`` (an IRI, its local name, a French word) in words-en.toml; the key where unknown."""
    return look_up("words-en.toml", group, key)


def term(value: str) -> str:
    """The English label of a term of the vocabulary, by its IRI or its local name; the value where there is none."""
    iri = value if value.startswith("http") else str(DG) + value
    found = labels.vocabulary("en").get(iri)
    return found or re.sub(r".*[#/]", "", value)
