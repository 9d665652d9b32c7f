"""Payments of several grants told at once: "60 % en octobre, soit 57 000 € et 37 200 €, et le solde en mars".

Each of the sums that stand together is the same stated part of a grant of its own. Patterns in
``patterns/fundings.toml`` ([proportion]).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.finder import finder
from extract.patterns import pattern
from extract.pipes.model import Amount, Found, within
from extract.pipes.money.draft import Draft
from extract.pipes.money.parts import instalments
from extract.pipes.reading import Reading

#: How many of a part, by the name of its group in the pattern, make the whole.
_WHOLE = {"half": Decimal(2), "third": Decimal(3), "quarter": Decimal(4)}


def share_alike(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Add to each of several grants its part where a sentence tells one part of them all, sum by sum."""
    grants = [d for d in drafts if d.status == "awarded" and not d.part and d.value and d.spans]
    found: list[Draft] = []
    for sentence in reading.sentences if len(grants) > 1 else ():
        text = reading.text_of(sentence)
        if not finder("fundings", "part.modalities").search(text):
            continue
        stated = set(_stated(text))
        for sums in _runs(reading, within(reading.amounts, sentence.start, sentence.end)) if stated else ():
            for total, one in _each_of(sums, grants, stated):
                if not sentence.start <= total.position < sentence.end:
                    found += instalments(reading, total, [one], drafts)
    return drafts + found


def _stated(text: str) -> Iterator[Decimal]:
    """The parts that folded words tell, of one: "60 %", "la moitié"; with what is left of them for the balance."""
    for told in pattern("fundings", "proportion.stated").finditer(text):
        share = Decimal(told["percent"].replace(",", ".")) / 100 if told["percent"] else 1 / _WHOLE[str(told.lastgroup)]
        yield from (share, 1 - share)


def _runs(reading: Reading, sums: Sequence[Found[Amount]]) -> Iterator[list[Found[Amount]]]:
    """Sums that only a comma or "et" parts from each other: two and more."""
    run: list[Found[Amount]] = []
    for each in sums:
        if run and not pattern("fundings", "proportion.and").fullmatch(reading.folded[run[-1].end : each.start]):
            if len(run) > 1:
                yield run
            run = []
        run.append(each)
    if len(run) > 1:
        yield run


def _each_of(
    sums: Sequence[Found[Amount]], grants: Sequence[Draft], stated: set[Decimal]
) -> list[tuple[Draft, Found[Amount]]]:
    """Each sum with the one grant that it is the stated part of, in their order; nothing where one has none or two."""
    for part in stated:
        pairs: list[tuple[Draft, Found[Amount]]] = []
        for each in sums:
            wholes = [d for d in grants if part and d.value == each.value.value / part]
            if len(wholes) == 1 and wholes[0] not in [d for d, _ in pairs]:
                pairs.append((wholes[0], each))
        if len(pairs) == len(sums):
            return pairs
    return []
