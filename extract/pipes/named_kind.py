"""What kind of body a name tells by itself: "Collège Jean-Moulin", "Sauvigny Basket Club", "Étoile sportive du Val".

A name that a form, a table or a list gives has no word before it that says what it is; its own first or last words may.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extract.facts import OrganisationKind
from extract.patterns import named, pattern
from extract.pipes.headed import heads
from extract.pipes.orgbook import Organisation
from extract.text import fold


@lru_cache(maxsize=4096)
def named_kind(name: str) -> OrganisationKind | None:
    """The kind that the head noun of a name tells, the longest that begins it; None where it tells none."""
    folded = fold(name)
    told = [(m.end(), kind) for kind, noun in heads() if (m := noun.match(folded))]
    if told and pattern("organisations", "by_name.unsure").match(folded) is None:
        return max(told)[1]
    if pattern("organisations", "by_name.local_authority").match(folded):
        return "local_authority"
    return "association" if pattern("organisations", "by_name.association").search(folded) else None


def is_a(organisation: Organisation, noun: str) -> bool:
    """Whether a body's name says that it is of a kind: "École de musique du Val" is a school, a SCIC a coopérative."""
    name = fold(organisation.name)
    if re.search(rf"\b{noun}", name) is not None:
        return True
    return any(kind == noun and form.search(name) for kind, form in named("organisations", "called"))
