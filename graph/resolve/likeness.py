"""Names of organisations that look alike: what a slip of the pen is, and which pairs are worth a look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from graph.resolve.organisation_nodes import OrganisationNode
from graph.resolve.places import settings

#: Names alike in this share of their letters are worth a look; one letter in a name of twelve keeps it above.
_WORTH_A_LOOK = 88
_ALIKE = 90
_ROWS = 256


def alike_names(nodes: Mapping[str, OrganisationNode], group: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The pairs of ``group`` whose names look alike, each in canonical order."""
    names = [" ".join(nodes[signature].normal) for signature in group]
    for start in range(0, len(names), _ROWS):
        rows = process.cdist(names[start : start + _ROWS], names, scorer=fuzz.ratio, score_cutoff=_WORTH_A_LOOK)
        for row, column in zip(*rows.nonzero(), strict=True):
            one, other = start + int(row), int(column)
            if one < other:
                yield (group[one], group[other])


def alike_to(name: str, names: Sequence[str]) -> list[int]:
    """Which of ``names`` look like ``name``, by their places."""
    return [
        place for _, _, place in process.extract(name, names, scorer=fuzz.ratio, score_cutoff=_WORTH_A_LOOK, limit=None)
    ]


def are_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names look like one."""
    return fuzz.ratio(" ".join(one), " ".join(other)) >= _ALIKE


def alikeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """The measure behind :func:`are_alike`, in 0..1; 1 for the same words alone."""
    return fuzz.ratio(" ".join(one), " ".join(other)) / 100


def is_slip(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Two words or more, all equal but one, in which one letter is wrong: a long word, or a common one misspelt.

    In a name of many words, one letter of a shorter word too. A word cut in two, or two run together, is a slip
    ("Inter Générations").
    """
    if len(one) < 2 and len(other) < 2:
        return False
    joined, limits = ("".join(one), "".join(other)), settings()["slip"]
    if joined[0] == joined[1]:
        return True
    if len(one) != len(other):
        return min(map(len, joined)) >= limits["long_name"] and OSA.distance(*joined, score_cutoff=1) == 1
    wrong = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if wrong and all(_is_glued(a, b) or _is_glued(b, a) for a, b in wrong):
        return True
    if len(wrong) != 1 or any(any(c.isdigit() for c in word) for word in wrong[0]):
        return False
    first, second = wrong[0]
    misspelt = (first in _known_words()) != (second in _known_words())
    lenient = misspelt or len(one) >= limits["many_words"]
    shortest = limits["letters_common"] if lenient else limits["letters"]
    return max(len(first), len(second)) >= shortest and OSA.distance(first, second, score_cutoff=1) == 1


def is_one_letter(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names differ by one letter, in whatever word; a figure is no letter."""
    joined = "".join(one), "".join(other)
    figures = ["".join(c for c in name if c.isdigit()) for name in joined]
    return figures[0] == figures[1] and OSA.distance(*joined, score_cutoff=1) <= 1


def _is_glued(word: str, other: str) -> bool:
    """Whether ``word`` is ``other`` with an article or preposition that lost its space ("Pasde-Calais")."""
    lost = word.removeprefix(other) if word.startswith(other) else word.removesuffix(other)
    return len(other) > 2 and lost != word and len(lost) > 1 and lost in settings()["words"]["dropped"]


@cache
def _known_words() -> frozenset[str]:
    """The words of which a neighbour by one letter is a slip of the pen."""
    return frozenset((*settings()["words"]["generic"], *settings()["slip"]["words"]))
