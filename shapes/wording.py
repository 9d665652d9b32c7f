"""Figures and names put into the messages of shapes, as each language writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rdflib import Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NO_BREAK_SPACE = "\u00a0"


def fill(template: str, rows: Sequence[Mapping[str, Node]], language: str) -> str | None:
    """``template`` with its {placeholders} filled from the variables of ``rows``, None where one has no value.

    Several rows (two holders with two proxies each) give as many sentences.
    """
    names = _PLACEHOLDER.findall(template)
    sentences = []
    for row in rows:
        if any(name not in row for name in names):
            return None
        sentences.append(template.format_map({name: written(row[name], language) for name in names}))
    return " ".join(sorted(set(sentences))) or None


def written(term: Node, language: str) -> str:
    """A term as a reader writes it: 37 900,50 or 37,900.50 for an amount, 12/09/2024 in French for a date."""
    if isinstance(term, URIRef):
        return re.split(r"[/#]", str(term).rstrip("/#"))[-1]
    text = str(term)
    datatype = term.datatype if isinstance(term, Literal) else None
    if datatype == XSD.decimal and re.fullmatch(r"-?\d+(\.\d+)?", text):
        return _amount(text, language)
    if datatype == XSD.date and language == "fr" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        year, month, day = text.split("-")
        return f"{day}/{month}/{year}"
    return text


def _amount(text: str, language: str) -> str:
    whole, _, fraction = text.partition(".")
    cents = fraction.rstrip("0").ljust(2, "0") if fraction.strip("0") else ""
    grouped = f"{int(whole):,}"
    if whole.startswith("-0"):
        grouped = "-" + grouped
    if language == "fr":
        return grouped.replace(",", _NO_BREAK_SPACE) + (f",{cents}" if cents else "")
    return grouped + (f".{cents}" if cents else "")
