"""Who was there, read off a table: one member a row, or one list a column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extract.patterns import pattern
from extract.segment.layout import RosterTable, Span
from extract.segment.tabular import rows_of
from extract.text import fold

#: "à M. NOIR", in the column of the proxies.
_TO = re.compile(r"^[àÀ]\s+")


class Row(NamedTuple):
    """One member as a roster would write them: the words, the kind of list they would stand in, the passages."""

    written: str
    kind: str
    spans: tuple[Span, ...]


def table_rows(text: str, source: str, table: RosterTable) -> Iterator[Row]:
    """Every member of a table."""
    heads = _heads(text, source, table)
    for row in rows_of(text, source, table):
        if table.by_column:
            listed = zip(heads, row, strict=True)
            yield from (
                Row(_said(text, span), kind, (span,)) for kind, span in listed if kind and span.end > span.start
            )
        elif found := _member(text, table, row):
            yield found


def _heads(text: str, source: str, table: RosterTable) -> list[str]:
    """What each column's heading says, empty where it is no list."""
    head = RosterTable(table.head, Span(table.head.start, table.head.end), table.kinds)
    (labels,) = list(rows_of(text, source, head))[:1]
    return [source[s.start : s.end] if kind == "list" else "" for kind, s in zip(table.kinds, labels, strict=True)]


def _member(text: str, table: RosterTable, row: list[Span]) -> Row | None:
    told: dict[str, Span] = {}
    for kind, span in zip(table.kinds, row, strict=True):
        if kind and span.end > span.start:
            told.setdefault(kind, span)
    name = told.get("name") or _first_name(row)
    if name is None:
        return None
    spans = tuple(told[kind] for kind in ("title", "name", "given", "proxy") if kind in told) or (name,)
    parts = [_said(text, told[kind]) for kind in ("title", "name", "given") if kind in told] or [_said(text, name)]
    written = " ".join(parts)
    if "present" in told and not _denies(text, told["present"]):
        return Row(written, "présents", spans)
    if "status" in told and pattern("roster", "here").match(fold(_said(text, told["status"]))):
        return Row(written, "présents", spans)
    if "proxy" in told and not _denies(text, told["proxy"]):
        holder = _TO.sub("", _said(text, told["proxy"]))
        linked = pattern("roster", "by_proxy").search(fold(holder))
        return Row(f"{written} {holder}" if linked else f"{written} pouvoir à {holder}", "absents", spans)
    if "status" in table.kinds and "status" not in told and "present" not in table.kinds:
        return None  # a signature that was drawn, or none
    said = f" {_said(text, told['status'])}" if "status" in told else ""
    return Row(f"{written}{said}", "absents", spans)


def _first_name(row: list[Span]) -> Span | None:
    return next((span for span in row if span.end > span.start), None)


def _denies(text: str, span: Span) -> bool:
    """A cell that says no, or says nothing: "non", "-", "0", "absent"."""
    return pattern("roster", "denies").fullmatch(fold(_said(text, span))) is not None


def _said(text: str, span: Span) -> str:
    return text[span.start : span.end].strip(" *")
