"""Register numbers that an act writes beside an organisation: SIREN, SIRET, RNA.

A number belongs to the organisation named last before it, on the same line or in the same sentence. One whose form or
check digit is wrong is left out, and so is an organisation's when the act gives it two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from extract.finder import finder
from extract.patterns import pattern
from extract.pipes.orgbook import OrgBook
from ontology.identifiers import is_rna, is_siren, is_siret

#: A number stands at most so many characters after the name.
_REACH = 160


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one organisation, without spaces; None for what the act does not give."""

    siren: str | None = None
    siret: str | None = None
    rna: str | None = None


def register_numbers(book: OrgBook, folded: str) -> dict[str, Numbers]:
    """Numbers by id of organisation; ``folded`` is the folded text of the act."""
    told: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    mentions = [(end, entry.id) for _, end, entry in book.mentions(generic=False)]
    for kind in ("siret", "siren", "rna"):
        for found in finder("identifiers", kind).finditer(folded):
            number = re.sub(r"[^0-9a-z]", "", found["number"]).upper()
            owner = _owner(mentions, folded, found.start())
            if owner and _CHECKS[kind](number):
                told[owner][kind].add(number)
    return {owner: _numbers(kinds) for owner, kinds in told.items()}


_CHECKS = {"siret": is_siret, "siren": is_siren, "rna": is_rna}


def _owner(mentions: Iterable[tuple[int, str]], folded: str, start: int) -> str | None:
    """The organisation whose name ends last before ``start``, unless a sentence or a line of a list ends between."""
    near = [(end, entry) for end, entry in mentions if start - _REACH <= end <= start]
    if not near:
        return None
    end, owner = max(near)
    return None if pattern("identifiers", "apart").search(folded, end, start) else owner


def _numbers(kinds: dict[str, set[str]]) -> Numbers:
    """One number of each kind; the SIREN is also the head of the SIRET, and must agree with it."""
    single = {kind: next(iter(numbers)) for kind, numbers in kinds.items() if len(numbers) == 1}
    siret, siren = single.get("siret"), single.get("siren")
    if siret and siren and not siret.startswith(siren):
        return Numbers(rna=single.get("rna"))
    return Numbers(siren or (siret[:9] if siret else None), siret, single.get("rna"))
