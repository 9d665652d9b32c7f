"""Sums of the exposé beside those of the decision: parts of a grant, and a sum that only happens to be a table's."""

from __future__ import annotations

from collections.abc import Callable

from extract.facts import ActFacts
from tests.extract.pipes.test_small_lists import published

Act = Callable[..., ActFacts]


def _parts(facts: ActFacts) -> list[int]:
    return [int(f.amount or 0) for f in facts.fundings if f.part_of is not None]


OGEC = (
    "Les effectifs sont arrêtés :\n\nOGEC Sainte-Claire : 40 élèves de maternelle et 75 d'élémentaire, soit {} euros "
    "et 45 900 euros ;\nOGEC Saint-Roch : 20 et 50 élèves, soit 29 720 euros et 30 600 euros."
)
VERSE = "- de verser 105 340 euros à l'OGEC Sainte-Claire et 60 320 euros à l'OGEC Saint-Roch ;"


def test_sums_of_an_item_that_come_to_the_grant_of_its_body_are_parts_of_it(act: Act) -> None:
    facts = act(VERSE, title="Forfait communal", body=OGEC.format("59 440"))
    assert _parts(facts) == [59440, 45900, 29720, 30600]


def test_sums_of_an_item_that_come_to_something_else_are_no_parts(act: Act) -> None:
    facts = act(VERSE, title="Forfait communal", body=OGEC.format("50 000"))
    assert _parts(facts) == [29720, 30600]


def test_a_grant_of_the_body_of_a_paragraph_is_no_total_of_a_table_above(act: Act) -> None:
    table = "Club\tSubvention\nJudo Club du Val\t1 500 €\nAviron Brionnais\t4 500 €"
    told = (
        "L'association Trail des Estives organise en juin la quinzième Traversée. Son budget est de 84 000 €. Il est "
        "proposé d'accorder à l'association une subvention de 6 000 €."
    )
    facts = act("- d'attribuer les subventions ci-dessus détaillées ;", title="Sport", body=f"{table}\n\n{told}")
    assert ("Trail des Estives", 6000) in published(facts)
