"""How often, and in which documents, a thing is written in which way; the first in rank becomes its label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
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
        self._counts: dict[str, Counter[str]] = {}

    def add(self, text: str, digest: str, times: int = 1) -> None:
        """``times`` more acts of document ``digest`` write ``text``."""
        tidy = squeeze(text)
        if tidy:
            self._counts.setdefault(tidy, Counter())[digest] += times

    def update(self, spellings: Iterable[Spelling]) -> None:
        """Add what another counter counted."""
        for spelling in spellings:
            self._counts.setdefault(spelling.text, Counter()).update(spelling.documents)

    def totals(self) -> dict[str, int]:
        """How often each spelling is met, over all documents."""
        return {text: sum(counts.values()) for text, counts in self._counts.items()}

    def spellings(self) -> tuple[Spelling, ...]:
        """All of them, best label first."""
        return ranked(Spelling(text, dict(counts)) for text, counts in self._counts.items())


def ranked(spellings: Iterable[Spelling], published: Collection[str] | None = None) -> tuple[Spelling, ...]:
    """The spellings met in ``published`` (all where None), best label first.

    Most frequent first; at a tie the one without a stray letter ("LOVICH I"), then the one that begins with a
    capital, then the longest, then by alphabet.
    """
    counted = [(spelling.count(published), spelling) for spelling in spellings]
    return tuple(s for n, s in sorted(((n, s) for n, s in counted if n), key=_rank))


def _rank(pair: tuple[int, Spelling]) -> tuple[int, bool, bool, int, str]:
    count, spelling = pair
    text = spelling.text
    return -count, _stray(text), text[:1].islower(), -len(text), text


def _stray(text: str) -> bool:
    return any(len(word) == 1 and word.isalpha() for word in text.split()[1:])
