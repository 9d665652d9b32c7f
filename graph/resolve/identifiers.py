"""The register numbers that acts give organisations: one that is equal decides yes, one that differs decides no."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.facts import OrganisationFact
from ontology.identifiers import is_rna, is_siren, is_siret


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The numbers that one mention gives its organisation, valid ones only."""

    siren: str | None = None
    rna: str | None = None

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.siren or self.rna)

    @property
    def keys(self) -> tuple[str, ...]:
        """Each number with its register: what two mentions of one organisation share."""
        numbers = (("siren", self.siren), ("rna", self.rna))
        return tuple(f"{register}:{number}" for register, number in numbers if number)

    def contradicts(self, other: Identifiers) -> str | None:
        """Which register tells the two apart, None where neither does; one equal number settles it."""
        if (self.siren and self.siren == other.siren) or (self.rna and self.rna == other.rna):
            return None
        if self.siren and other.siren:
            return "SIREN"
        return "RNA" if self.rna and other.rna else None


def read(fact: OrganisationFact) -> Identifiers:
    """The numbers of an organisation as an act names it; one that fails its check is left aside."""
    siren, siret, rna = (_bare(text) for text in (fact.siren, fact.siret, fact.rna))
    if not is_siren(siren):
        siren = siret[:9] if is_siret(siret) else ""
    return Identifiers(siren or None, rna if is_rna(rna) else None)


def _bare(text: str | None) -> str:
    """A number without the spaces, points and hyphens that group its figures."""
    return re.sub(r"[\s.-]", "", text or "").upper()
