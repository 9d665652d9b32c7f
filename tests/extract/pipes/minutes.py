"""What tests of minutes share: their head, the sums they grant, a list of two."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from extract.facts import ActFacts

HEAD = """\
COMMUNE DE MONTCLAIR
Compte rendu de la séance du conseil municipal du 12 mars 2019

Présents : M. Alain PERRIN, Mme Claire NOEL, M. Paul ROUX
Secrétaire : Mme Claire NOEL

"""
ROWS = "- Judo Club : 500 €\n- Foyer rural de Courlanne : 300 €"
BOTH = {"Judo Club": 500, "Foyer rural de Courlanne": 300}
Minutes = Callable[[str], ActFacts]


def granted(act: ActFacts) -> dict[str | None, Decimal | None]:
    """What is published as granted, by who receives."""
    names = {o.id: o.name for o in act.organisations}
    awarded = [f for f in act.fundings if f.status == "awarded" and f.confidence >= 0.5]
    return {names.get(f.beneficiary or ""): f.amount for f in awarded}
