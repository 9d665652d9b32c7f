"""Awards to review beside published ones: the act's arithmetic is about all it prints, whatever is published of it."""

from __future__ import annotations

import pytest

from ontology.terms import DGS
from shapes import gate


def names(report: gate.Report) -> set[str]:
    return {result.shape.removeprefix(str(DGS)) for result in report.results}


@pytest.mark.parametrize(("total", "found"), [("2150.0", set()), ("1900.0", {"table-total"})])
def test_a_row_to_review_is_a_row_of_the_printed_total(vary, total, found):
    add = f"<table/t> dg:row <reading/r> ; dg:statedTotal {total} ."
    assert names(gate.check(vary(["table/t dg:statedTotal"], add))) == found


def test_a_table_of_rows_to_review_alone_has_rows(vary):
    add = "<table/t> dg:row <reading/r> ; dg:statedTotal 250.0 ."
    assert names(gate.check(vary(["table/t dg:row", "table/t dg:statedTotal"], add))) == set()


@pytest.mark.parametrize(("amount", "found"), [("250.0", set()), ("300.0", {"funding-parts-total"})])
def test_a_part_to_review_is_a_part_of_the_total(vary, amount, found):
    drop = ["funding/asso dg:amount", "table/t", "reading/r dg:proposedAmount"]
    add = (
        f"<funding/asso> dg:amount 1750.0 . <reading/r> dg:proposedPartOf <funding/asso> ; dg:proposedAmount {amount} ."
    )
    assert names(gate.check(vary(drop, add))) == found


def test_a_reading_without_ends_or_amount_does_not_set_the_act_aside(vary):
    drop = ["reading/r dg:proposedFunder", "reading/r dg:proposedBeneficiary", "reading/r dg:proposedAmount"]
    assert gate.check(vary(drop)).results == ()
