"""Private persons: the passages that no published text may show (CRPA art. L312-1-2; GDPR).

A natural person who receives money is hidden wherever the document names them, with their address. The owner of
the data keeps the text; publication masks these passages.
"""

from __future__ import annotations

import re

from extract.facts import Evidence
from extract.patterns import pattern
from extract.text import fold

_HONORIFIC = re.compile(r"^(?:monsieur|madame|mademoiselle|messieurs|mesdames|mme|mmes|mlle|mr|mm\.|m\.|m)\s+")
_SHORTEST = 3
_ADDRESS_REACH = 160


def redactions(text: str, private: list[Evidence]) -> tuple[Evidence, ...]:
    """Every passage to hide, sorted and without overlap: each private name wherever it stands, and addresses."""
    if not private:
        return ()
    folded = fold(text)
    spans: set[tuple[int, int]] = set()
    for passage in private:
        spans.add((passage.start, passage.end))
        spans |= _everywhere(text, folded, passage)
        address = pattern("fundings", "role.address").search(folded, passage.end, passage.end + _ADDRESS_REACH)
        if address:
            spans.add(address.span("address"))
    return tuple(Evidence(start=s, end=e) for s, e in _joined(sorted(spans)))


def _everywhere(text: str, folded: str, passage: Evidence) -> set[tuple[int, int]]:
    """The name again, whole, or its family name (the words in capitals) after an honorific."""
    whole = _HONORIFIC.sub("", folded[passage.start : passage.end].strip())
    found = {m.span() for m in re.finditer(r"(?<!\w)" + r"\s+".join(map(re.escape, whole.split())) + r"(?!\w)", folded)}
    capitals = [
        w for w in re.findall(r"[\w'’-]+", text[passage.start : passage.end]) if w.isupper() and len(w) >= _SHORTEST
    ]
    for word in capitals:
        expression = re.compile(
            r"(?:monsieur|madame|mme|mlle|m\.|mr|epoux)\s+(?:\w+\s+)?(" + re.escape(fold(word)) + r")(?!\w)"
        )
        found |= {m.span(1) for m in expression.finditer(folded)}
    return found


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
