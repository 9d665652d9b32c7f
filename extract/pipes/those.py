"""Whom a plural means that names nobody: "ces deux clubs", "à chacune de ces associations"."""

from __future__ import annotations

from itertools import pairwise

from extract.header.numbers import read_number
from extract.patterns import pattern
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in

#: So many sentences back those are named whom a plural means.
_BACK = 8


def those(reading: Reading, start: int, position: int, count: str | None) -> list[Organisation]:
    """The bodies just named above a plural at ``position`` of the sentence from ``start`` on, in their order.

    As many as its number tells where it tells one; else those that one sentence joins by commas and "et". Empty where
    the nearest that name any name others.
    """
    number = read_number(count) if count else None
    index = reading.sentence_at(start)
    above = (s for s in reversed(reading.sentences[max(0, index - _BACK) : index]))
    for begin, end in [(start, position), *((s.start, s.end) for s in above)]:
        named = [m for m in mentions_in(reading, begin, end) if m[2] is not reading.authority]
        bodies = list({o.id: o for _, _, o in named}.values())
        if number is not None and len(bodies) == number:
            return bodies
        joints = (reading.folded[one[1] : other[0]] for one, other in pairwise(named))
        joined = all(pattern("fundings", "shared.receivers").fullmatch(joint) for joint in joints)
        if number is None and len(bodies) > 1 and joined:
            return bodies
        if len(bodies) > 1:
            return []
    return []
