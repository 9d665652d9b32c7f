"""What differs between the default graphs of two releases, where the second was made from the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeAlias

import pyoxigraph as ox

#: So many triples that may differ, or such a part of all, and it is cheaper to ask everything anew.
MOST: Final = 300_000
PART: Final = 0.03
#: Subject, predicate, object; one of them is given.
Pattern: TypeAlias = tuple[Any, Any, Any]
_DEFAULT: Final = ox.DefaultGraph()
_TYPE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


@dataclass(frozen=True)
class Delta:
    """``triples`` of named graphs that came or went: another graph may state them still, or did so before.

    ``named``: the graphs that came, went or differ.
    """

    before: ox.Store
    after: ox.Store
    triples: frozenset[ox.Triple]
    named: frozenset[str]

    @cached_property
    def net(self) -> dict[ox.Triple, int]:
        """Triples of the default graph that came (1) or went (-1)."""
        found: dict[ox.Triple, int] = {}
        for each in self.triples:
            now, was = _stored(self.after, each), _stored(self.before, each)
            if (known := now or was) is not None and (now is None or was is None):
                found[known] = 1 if now is not None else -1
        return found

    @cached_property
    def touched(self) -> list[ox.NamedNode]:
        """Subjects of these triples, in order."""
        named = {each.subject for each in self.net if isinstance(each.subject, ox.NamedNode)}
        return sorted(named, key=lambda node: node.value)

    @cached_property
    def graphs(self) -> list[ox.NamedNode]:
        """The graphs that came, went or differ, in order."""
        return [ox.NamedNode(name) for name in sorted(self.named)]

    def tally(self) -> dict[str, int]:
        """How many more triples, subjects, properties and objects there are."""
        return {
            "triples": sum(self.net.values()),
            "subjects": self._more({each.subject for each in self.net}, lambda term: (term, None, None)),
            "properties": self._more({each.predicate for each in self.net}, lambda term: (None, term, None)),
            "objects": self._more({each.object for each in self.net}, lambda term: (None, None, term)),
        }

    def types(self) -> Counter[str]:
        """How many more things there are of each class, by its IRI."""
        found: Counter[str] = Counter()
        for each, change in self.net.items():
            if each.predicate == _TYPE:
                found[str(getattr(each.object, "value", each.object))] += change
        return found

    def _more(self, terms: Iterable[object], pattern: Callable[[object], Pattern]) -> int:
        return sum(_meets(self.after, pattern(term)) - _meets(self.before, pattern(term)) for term in terms)


def _stored(store: ox.Store, triple: ox.Triple) -> ox.Triple | None:
    """The triple as the store writes it ("1.5" for "1.50"), None where it has none."""
    if ox.Quad(triple.subject, triple.predicate, triple.object, _DEFAULT) not in store:
        return None
    found = next(iter(store.quads_for_pattern(triple.subject, triple.predicate, triple.object, _DEFAULT)))
    return found.triple


def _meets(store: ox.Store, pattern: Pattern) -> bool:
    """Whether there is such a triple.

    Of a number whose last byte is 255 (2559) pyoxigraph 0.5.13 gives those of the numbers behind it, too.
    """
    wanted = next(term for term in pattern if term is not None)
    found = store.quads_for_pattern(*pattern, _DEFAULT)
    return any(wanted in (each.subject, each.predicate, each.object) for each in found)
