"""Sums that a grant is paid in, told beside it: so many alike, each month or quarter, or those in brackets."""

from __future__ import annotations

from collections.abc import Sequence

from extract.finder import finder
from extract.pipes.model import Amount, Found
from extract.pipes.money.draft import Draft
from extract.pipes.reading import Reading

#: In how many payments a grant is paid, in words.
_COUNTS = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "dix": 10, "douze": 12}
#: No more regular payments make a year's grant.
_MOST_REGULAR = 12


def in_brackets(reading: Reading, total: Draft, after: Sequence[Found[Amount]]) -> list[Found[Amount]]:
    """The sums of the brackets behind a total that come to it: "15 000 € sur trois exercices (5 000 € en 2022, …)"."""
    opened = reading.folded.find("(", total.position, after[0].start) if after else -1
    closed = reading.folded.find(")", opened) if opened >= 0 else -1
    inside = [each for each in after if opened < each.start < closed]
    return inside if len(inside) > 1 and sum(each.value.value for each in inside) == total.value else []


def is_equal(reading: Reading, total: Draft, one: Found[Amount]) -> bool:
    """Whether a sum is one of so many alike that a grant is paid in: "265 000 €, en deux versements de 132 500 €"."""
    return total.value == times_told(reading, total.position, one) * one.value.value or is_regular(reading, total, one)


def is_regular(reading: Reading, total: Draft, one: Found[Amount]) -> bool:
    """Whether a sum is paid regularly until it comes to a total: "240 000 €, versée mensuellement à hauteur de"."""
    if total.value is None or not one.value.value or not one.value.value < total.value:
        return False
    times, rest = divmod(total.value, one.value.value)  # asked first: of a long list each sum is held against each
    if rest or times > _MOST_REGULAR:
        return False
    text = reading.text_of(reading.sentences[reading.sentence_at(one.start)])
    return bool(finder("fundings", "part.regular").search(text) and finder("fundings", "part.is_paid").search(text))


def times_told(reading: Reading, start: int, one: Found[Amount]) -> int:
    """In how many payments of a sum something is said to be paid before it: "en trois acomptes, de"; 0 if not said."""
    told = finder("fundings", "part.equal").search(reading.folded, start, one.start)
    if told is None:
        return 0
    count = told["count"] or told["years"] or "douze"
    return int(count) if count.isdigit() else _COUNTS[count]
