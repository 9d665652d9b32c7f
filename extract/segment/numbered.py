"""The number of an act, in any syntax: "2013 / 129", "DBC 2021-094", "D.CCAS/2026/19", "20220330_010"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.finder import Finder, finders
from extract.patterns import pattern
from extract.segment.layout import Span

#: The last word of a line, from its first figure on.
_FIGURED_END = re.compile(r"\d[\w./-]*[\t\x20*]*$", re.MULTILINE)


def leading_number(text: str, source: str, head: Span) -> tuple[Span | None, Span]:
    """The number at the head of a title, and the title without it."""
    for name in ("ordinal.point", "number.labelled", "number.bare", "ordinal.roman", "ordinal.arabic"):
        found = pattern("headings", name).match(source, head.start, head.end)
        if not found or not text[found.end() : head.end].strip(" \t\n*_"):
            continue
        if name.startswith("ordinal") and not text[found.end() : found.end() + 1].isupper():
            continue
        number = Span(*found.span("number")) if name.startswith("number") else None
        return number, Span(found.end(), head.end)
    return None, head


def leading_ordinal(line: str) -> bool:
    """Whether a folded line begins with the number of a point ("I - …", "3. …")."""
    return any(pattern("headings", f"ordinal.{name}").match(line) for name in ("point", "roman", "arabic"))


def find_number(source: str, head: Span) -> Span | None:
    """The number that the head of an act prints: on a line of its own, after a label, or at the end of a line."""
    for name, form in finders("headings", "act"):
        for found in _ending(form, source, head) if name == "ending" else form.finditer(source, head.start, head.end):
            line = source[source.rfind("\n", 0, found.start("number")) + 1 : found.start("number")]
            if pattern("headings", "cited").search(line) is None:
                return Span(*found.span("number"))
    return None


def _ending(form: Finder, source: str, head: Span) -> Iterator[re.Match[str]]:
    """The numbers that end a line, looked for in the lines whose last word has a figure."""
    for end in _FIGURED_END.finditer(source, *head):
        line = max(head.start, source.rfind("\n", 0, end.start()) + 1)
        yield from form.finditer(source, line, end.end())
