"""Further mentions of names already known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.pipes.known import in_programme
from extract.pipes.orgbook import OrgBook
from extract.pipes.reading import Reading
from extract.text import fold

_INSIDE = re.compile(r"[\w-]")


def _occurrences(form: re.Pattern[str], folded: str) -> Iterator[re.Match[str]]:
    """Where a form stands at the head of a word; a form that begins with its letters is found fastest."""
    at = 0
    while found := form.search(folded, at):
        start = found.start()
        if start and _INSIDE.match(folded, start - 1):
            at = start + 1
        else:
            yield found
            at = found.end()


def add_again(book: OrgBook, reading: Reading, text: str) -> None:
    """Every further mention of a known name or sigle."""
    for entry in list(book.entries):
        for name in {*entry.names.values(), entry.sigle or ""}:
            if len(name) < 3 or fold(name) == "etat":
                continue
            words = [re.escape(w) for w in re.split(r"[\s]+", fold(name)) if w]
            for match in _occurrences(re.compile(r"\s+".join(words) + r"(?![\w-])"), reading.folded):
                span = match.span()
                if name.isupper() and len(name) < 8 and not text[span[0] : span[1]].isupper():
                    continue
                if not book.at(span[0]) and not in_programme(reading, span[0]):
                    book.mention(entry, span)
