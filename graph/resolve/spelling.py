"""How often, and in which documents, a thing is written in which way; the first in rank becomes its label."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass

from graph.normal import squeeze


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way of writing a name; ``documents`` counts its acts by SHA-256 of the document."""

    text: str
    documents: Mapping[str, int]

    def count(self, published: Collection[str] | None = None) -> int:
        """In how many acts it is met, over all documents or the published ones."""
        if published is None:
            return sum(self.documents.values())
        if len(published) < len(self.documents):  # one act, of a name that thousands have
            return sum(self.documents.get(digest, 0) for digest in published)
        return sum(n for digest, n in self.documents.items() if digest in published)


class SpellingCounter:
    """Counts spellings as documents are read, in any order."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[str, int]] = {}

    def add(self, text: str, digest: str, times: int = 1) -> None:
        """``times`` more acts of document ``digest`` write ``text``."""
        tidy = squeeze(text)
        if tidy:
            counts = self._counts.setdefault(tidy, {})
            counts[digest] = counts.get(digest, 0) + times

    def update(self, spellings: Iterable[Spelling]) -> None:
        """Add what another counter counted."""
        for spelling in spellings:
            counts = self._counts.setdefault(spelling.text, {})
            for digest, times in spelling.documents.items():
                counts[digest] = counts.get(digest, 0) + times

    def totals(self) -> dict[str, int]:
        """How often each spelling is met, over all documents."""
        return {text: sum(counts.values()) for text, counts in self._counts.items()}

    def spellings(self, among: Container[str] | None = None) -> tuple[Spelling, ...]:
        """All of them, or those that are ``among`` some texts; best label first."""
        found = self._counts.items()
        return ranked(Spelling(text, dict(counts)) for text, counts in found if among is None or text in among)


def ranked(spellings: Iterable[Spelling], published: Collection[str] | None = None) -> tuple[Spelling, ...]:
    """The spellings met in ``published`` (all where None), best label first.

    Most frequent first; at a tie the one without a stray letter ("LOVICH I"), then the one that begins with a
    capital, then the longest, then by alphabet.
    """
    counted = [(n, spelling) for spelling in spellings if (n := spelling.count(published))]
    if len(counted) > 1:
        counted.sort(key=_rank)
    return tuple(spelling for _, spelling in counted)


def _rank(pair: tuple[int, Spelling]) -> tuple[int, bool, bool, int, str]:
    count, spelling = pair
    text = spelling.text
    return -count, _stray(text), text[:1].islower(), -len(text), text


def _stray(text: str) -> bool:
    return any(len(word) == 1 and word.isalpha() for word in text.split()[1:])
