"""Whether the act grants what a table or a list tells: its decision takes it up, or what introduces it proposes it."""

from __future__ import annotations

from extract.patterns import pattern
from extract.pipes.money.cues import granted_above, is_history, proposes
from extract.pipes.money.rows import heading_of, title_of
from extract.pipes.reading import Reading
from extract.text import PARENTHESES

_LEAD = 200


def taken_up(reading: Reading, start: int, header: str) -> bool:
    """Whether the sums of a table that begins at ``start`` are granted by the act.

    What recalls the past is not, unless the decision refers to the table; what is about grants is, when it is neither
    a budget nor a statistic.
    """
    if pattern("tables", "status.no_receiver").match(header):
        return False
    heading = heading_of(reading, start)
    granted = pattern("tables", "header.decided").search(header) is not None
    above = granted_above(reading)
    lead = _lead(heading)
    recalled = pattern("tables", "status.recalled").search(lead) is not None or (not above and is_history(lead))
    if recalled and not granted and not proposes(lead):
        return False
    wide = header + " " + heading + title_of(reading)
    return above or pattern("tables", "status.grants").search(wide) is not None


def _lead(heading: str) -> str:
    """The sentence that introduces a table, cut to what stands near."""
    return PARENTHESES.sub(" ", heading.rstrip()[-_LEAD:]).rpartition(". ")[2]
