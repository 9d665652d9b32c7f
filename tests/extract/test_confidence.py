"""What awards of acts that nobody had read came to has the last word on how sure a reading is."""

from __future__ import annotations

import pytest

from extract.confidence import as_seen
from graph.mapping.context import PUBLISH_THRESHOLD
from training.blind import TABLE, seen


@pytest.mark.parametrize(
    ("sure", "rule", "how", "exposed", "published"),
    [
        (0.7, "infinitive", "stated", True, False),
        (0.7, "infinitive", "stated", False, True),
        (0.95, "list_row", "row", True, True),
        (0.7, "labelled", "subject", True, True),
        (0.9, "learned", "none", False, False),
        (0.83, "engages", "none", True, True),
    ],
)
def test_what_failed_unread_goes_to_review(sure: float, rule: str, how: str, exposed: bool, published: bool) -> None:
    told = as_seen(sure, rule, how, exposed=exposed)
    assert told <= sure
    assert (told >= PUBLISH_THRESHOLD) is published


def test_what_is_sure_or_decided_was_right_and_the_rest_was_not() -> None:
    named = [row for row in seen() if row.how != "none"]
    unsure = [row for row in named if row.confidence < 0.8 and not row.decided and row.how != "part"]
    sure = [row for row in named if row.confidence >= 0.8]
    assert len(named) > 2000, TABLE
    assert sum(row.right for row in unsure) / len(unsure) < 0.6
    assert sum(row.right for row in sure) / len(sure) > 0.9
