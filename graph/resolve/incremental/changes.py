"""What one update of the identities changed, so that what was made of them can be made anew where it must."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.resolve.match import Candidate

#: A thing by its type and its key.
Thing = tuple[str, str]


@dataclass(frozen=True)
class Changes:
    """``touched`` are the things that gained or lost a mention or a part, by their keys after the update.

    ``merged`` maps a key to the one that took it in, ``split`` a key to those that its parts have now. ``documents``
    are the digests of the documents, taken in before or now, whose mentions have other keys than before.
    ``candidates`` are the pairs for review among the things touched.
    """

    touched: frozenset[Thing] = frozenset()
    merged: Mapping[Thing, str] = field(default_factory=dict)
    split: Mapping[Thing, frozenset[str]] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()
    candidates: tuple[Candidate, ...] = ()

    def __add__(self, other: Changes) -> Changes:
        """Both, of two kinds of things."""
        return Changes(
            self.touched | other.touched,
            {**self.merged, **other.merged},
            {**self.split, **other.split},
            self.documents | other.documents,
            tuple(sorted((*self.candidates, *other.candidates))),
        )


def compared(kind: str, before: Mapping[str, str], after: Mapping[str, str], touched: Iterable[str]) -> Changes:
    """The changes between two assignments of signatures to keys; ``touched`` are signatures that gained or lost."""
    homes: dict[str, set[str]] = {}
    for signature, key in before.items():
        homes.setdefault(key, set()).add(after.get(signature, ""))
    changed = {after[s] for s in touched if s in after}
    changed |= {after[s] for s, key in before.items() if s in after and after[s] != key}
    merged: dict[Thing, str] = {}
    split: dict[Thing, frozenset[str]] = {}
    for key, now in homes.items():
        parts = now - {""}
        if len(parts) > 1:
            split[kind, key] = frozenset(parts)
        elif parts and key not in parts:
            merged[kind, key] = next(iter(parts))
    return Changes(frozenset((kind, key) for key in changed), merged, split)
