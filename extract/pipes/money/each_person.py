"""Aids to persons that the exposé tells one by one and the decision grants by what they come to.

"Dossier n° 117 : 310 € ; dossier n° 121 : 600 €. […] DÉCIDE d'accorder les deux aides proposées, soit 910 €": two aids.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.patterns import pattern
from extract.pipes.model import Amount, Found
from extract.pipes.money.draft import Draft
from extract.pipes.reading import Reading

_FEWEST, _MOST = 2, 8


def each_person(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Drafts with the aids that a sum of the decision adds up in its place, where one passage above tells them."""
    found: list[Draft] = []
    gone: set[int] = set()
    for whole in drafts:
        told = _told(reading, whole, drafts) if _adds_up(reading, whole) else ()
        if not told:
            continue
        places = {each.start for each in told}
        gone |= {id(d) for d in drafts if d is whole or d.position in places}
        found += [_aid(reading, whole, each) for each in told]
    kept = [d for d in drafts if id(d) not in gone]
    return sorted([*kept, *found], key=lambda d: d.position) if found else drafts


def _adds_up(reading: Reading, whole: Draft) -> bool:
    """Whether a sum is granted to several persons whom nobody names: "les trois aides individuelles, soit 1 060 €"."""
    if whole.status != "awarded" or whole.how != "anonymous" or whole.section != "decision" or not whole.value:
        return False
    sentence = reading.sentences[reading.sentence_at(whole.position)]
    return pattern("fundings", "each_person.several").search(reading.text_of(sentence)) is not None


def _told(reading: Reading, whole: Draft, drafts: Sequence[Draft]) -> Sequence[Found[Amount]]:
    """The sums of the one passage above that come to a sum, none of which goes to a body."""
    above = [a for a in reading.amounts if a.start < whole.position]
    named = (d for d in drafts if d.beneficiary is not None and d.how in ("stated", "row") and d.rule != "listed")
    bodies = {d.position for d in named}
    found = [
        series
        for series in _series(reading, above)
        if sum(each.value.value for each in series) == whole.value and not any(e.start in bodies for e in series)
    ]
    return found[0] if len(found) == 1 else ()


def _series(reading: Reading, amounts: Sequence[Found[Amount]]) -> Iterator[Sequence[Found[Amount]]]:
    """Sums that stand next to each other in a paragraph of the exposé."""
    for first in range(len(amounts)):
        for size in range(_FEWEST, min(_MOST, len(amounts) - first) + 1):
            series = amounts[first : first + size]
            ends = [reading.sentences[reading.sentence_at(each.start)] for each in (series[0], series[-1])]
            near = ends[0].paragraph == ends[1].paragraph or (ends[0].lead is not None and ends[0].lead == ends[1].lead)
            if near and ends[0].section == ends[1].section == "body":
                yield series


def _aid(reading: Reading, whole: Draft, each: Found[Amount]) -> Draft:
    """One of the aids that a sum adds up, as sure as it is."""
    sentence = reading.sentences[reading.sentence_at(each.start)]
    return replace(whole, amount=each.value, position=each.start, spans=[(sentence.start, sentence.end), *whole.spans])
