"""Results as tables: HTML cells, CSV that a spreadsheet opens without running anything, JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from graph.export.cells import safe_cell
from queries import Column
from service.language import Language
from service.pages import english, french, links

NUMERIC = {"euros", "number", "year", "confidence"}
#: Columns that hold words of the acts, hence French.
_QUOTED = {"act", "title", "quote", "sentence", "written", "text", "theme", "about", "action"}


@dataclass(frozen=True)
class Cell:
    """One HTML cell: text as shown, where it leads (None: nowhere), kind of its column (a CSS class)."""

    text: str
    href: str | None
    kind: str
    lang: str = ""
    """The language of its text, where it is not that of the page."""


@dataclass(frozen=True)
class Table:
    """An HTML table: headings (label, kind) and rows of as many cells."""

    headings: tuple[tuple[str, str], ...]
    body: tuple[tuple[Cell, ...], ...]


def html(columns: Sequence[Column], rows: Iterable[Mapping[str, str]], base: str, language: Language = "fr") -> Table:
    """The table of ``rows``; a column ``X_iri`` becomes the link of the column ``X``."""
    names = {column.name for column in columns}
    shown = [c for c in columns if not (c.name.endswith("_iri") and c.name.removesuffix("_iri") in names)]
    headings = tuple((column.labels[language], column.kind) for column in shown)
    return Table(headings, tuple(tuple(_cell(column, row, base, language) for column in shown) for row in rows))


def _cell(column: Column, row: Mapping[str, str], base: str, language: Language) -> Cell:
    value = row.get(column.name, "")
    if column.kind == "iri":
        return Cell(_link_text(value, language), _href(value, base), column.kind)
    iri = row.get(f"{column.name}_iri", "")
    text = shown(column.kind, value, language) or (links.fallback_label(iri) if iri else "")
    quoted = bool(text) and language != "fr" and column.name in _QUOTED
    return Cell(text, _href(iri, base), column.kind, "fr" if quoted else "")


def _link_text(iri: str, language: Language) -> str:
    kind = iri.partition("/id/")[2].partition("/")[0]
    known = french.words("link") if language == "fr" else {}
    return known.get(kind) or (links.fallback_label(iri) if iri else "")


def _href(iri: str, base: str) -> str | None:
    if not iri.startswith(("http://", "https://")):
        return None
    path = links.local(iri, base)
    if path.startswith("/id/document/"):
        return links.document(path)
    return links.sentence(path) or path


def shown(kind: str, value: str, language: Language = "fr") -> str:
    """``value`` as the readers of a language expect a ``kind`` of column."""
    if language == "en":
        return english.shown(kind, value)
    if kind == "euros":
        return french.euros(value)
    if kind == "number":
        return french.number(value)
    if kind == "date":
        return french.date_fr(value)
    if kind == "confidence":
        return french.confidence(value)
    if kind in ("status", "kind"):
        return french.word(kind, value)
    return value


def word(group: str, key: str | None, language: Language = "fr") -> str:
    """The word for a value of the vocabulary in a language (words.toml, words-en.toml); the key where unknown."""
    return french.word(group, key) if language == "fr" else english.word(group, key)


def to_csv(columns: Sequence[Column], rows: Iterable[Mapping[str, str]], *, excel: bool = False) -> bytes:
    """CSV in UTF-8: comma and decimal point, or, for a French Excel, byte-order mark, semicolon and comma.

    A text that a spreadsheet would run as a formula is preceded by an apostrophe (OWASP, CSV injection).
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if excel else ",", lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    for row in rows:
        writer.writerow([_plain(column.kind, row.get(column.name, ""), excel) for column in columns])
    return out.getvalue().encode("utf-8-sig" if excel else "utf-8")


def _plain(kind: str, value: str, excel: bool) -> str:
    if kind in NUMERIC and _number(value) is not None:
        return value.replace(".", ",") if excel else value
    if kind in ("status", "kind"):
        return french.word(kind, value)
    return safe_cell(value)


def to_json(columns: Sequence[Column], rows: Iterable[Mapping[str, str]]) -> list[dict[str, object]]:
    """Rows for JSON: figures as numbers, missing cells absent."""
    kinds = {column.name: column.kind for column in columns}
    return [{name: _typed(kinds.get(name, "text"), value) for name, value in row.items()} for row in rows]


def _typed(kind: str, value: str) -> object:
    figure = _number(value) if kind in NUMERIC else None
    if figure is None:
        return value
    return int(figure) if figure == figure.to_integral_value() else float(figure)


def _number(value: str) -> Decimal | None:
    try:
        figure = Decimal(value)
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None
