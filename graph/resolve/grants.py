"""What acts of one title award: how two acts that share all but their money are told apart.

A secretary gives each grant of an evening the title "Attribution d'une subvention". Two files of one act (.txt and
.pdf) tell at least one grant alike, even where a name or a row was read differently; two acts tell none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from rapidfuzz.fuzz import ratio

from extract.facts import ActFacts
from graph.normal import compact

#: Each grant: its amount as written by ``str``, and the compact name of who receives it, "" where none is published.
Grants = tuple[tuple[str, str], ...]

#: From how alike, of 100, two readings of a name may be of one receiver.
_ALIKE = 85.0

T = TypeVar("T")


def grants_of(act: ActFacts) -> Grants:
    """The grants that an act awards, in canonical order, each once. Nobody's private name is among them."""
    names = {organisation.id: compact(organisation.name) for organisation in act.organisations}
    return tuple(
        sorted(
            {
                (str(funding.amount.normalize()), names.get(funding.beneficiary or "", ""))
                for funding in act.fundings
                if funding.status == "awarded" and funding.amount is not None
            }
        )
    )


def told_together(acts: Sequence[T], grants: Callable[[T], Grants]) -> Iterator[list[T]]:
    """The acts, parted by what they award; those that award nothing go with the others where these are one.

    The parts do not depend on the order of the acts, their inner order is kept.
    """
    telling = [act for act in acts if grants(act)]
    parts: list[list[T]] = []
    for act in telling:
        near = [part for part in parts if any(_alike(grants(act), grants(other)) for other in part)]
        parts = [part for part in parts if part not in near] + [[*(a for part in near for a in part), act]]
    silent = [act for act in acts if not grants(act)]
    if len(parts) > 1:
        yield from ([act for act in acts if act in part] for part in parts)
        if silent:
            yield silent
    elif acts:
        yield list(acts)


def _alike(one: Grants, other: Grants) -> bool:
    """Whether a grant of one is a grant of the other: the amount, and the receiver where both name one.

    A name cut at the end of a line in one file is whole in the other.
    """
    return any(
        amount == same and (name in called or called in name or ratio(name, called) >= _ALIKE)
        for amount, name in one
        for same, called in other
    )
