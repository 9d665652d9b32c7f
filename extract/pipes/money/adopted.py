"""Whether the act grants what a table or a list tells: its decision takes it up, or what introduces it proposes it."""

from __future__ import annotations

import re

from extract.patterns import pattern
from extract.pipes.money.cues import granted_above, is_history, proposes
from extract.pipes.money.rows import heading_of, title_of
from extract.pipes.reading import Reading
from extract.text import PARENTHESES

_LEAD = 200
_STOP = re.compile(r"\.\s|\n\s*\n")


def tells_else(reading: Reading, start: int, header: str) -> bool:
    """Whether a table tells something else than what the act grants: what was given before, a budget, statistics."""
    if pattern("tables", "status.no_receiver").match(header):
        return True
    if pattern("tables", "header.decided").search(header):
        return False
    lead = _lead(heading_of(reading, start))
    recalled = pattern("tables", "status.recalled").search(lead) is not None
    return (recalled or (is_history(lead) and not granted_above(reading))) and not proposes(lead)


def taken_up(reading: Reading, start: int, header: str) -> bool:
    """Whether the sums of a table that begins at ``start`` are granted: it, or what stands above it, is about grants.

    Or the decision refers to it: "les subventions figurant au tableau".
    """
    wide = header + " " + heading_of(reading, start) + title_of(reading)
    return granted_above(reading) or pattern("tables", "status.grants").search(wide) is not None


def _lead(heading: str) -> str:
    """The sentence that introduces a table, cut to what stands near."""
    return _STOP.split(PARENTHESES.sub(" ", heading.rstrip()[-_LEAD:]))[-1]
