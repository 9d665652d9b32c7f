"""Parts and totals: instalments and shares are tied to their total, a total of others is no funding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from math import comb

from extract.finder import finder
from extract.patterns import pattern
from extract.pipes.model import Amount, Found, within
from extract.pipes.money.draft import GRANTS, Draft, GrantTable
from extract.pipes.money.regular import in_brackets, is_equal, is_regular, times_told
from extract.pipes.money.years import near_years
from extract.pipes.reading import Reading

#: A total has no more parts than this, nor as many that this many groups of sums would have to be tried: some add up
#: by chance, and they are more than a machine can count.
_MOST_PARTS, _MOST_TRIED = 6, 20_000
_NEAR = 600

#: Rows of one table are grants of their own, whoever receives.
_ROWS = ("row", "anonymous", "private")


def link_parts(drafts: list[Draft]) -> None:
    """Tie instalments and shares to the total they are parts of."""
    awarded = [d for d in drafts if d.status == "awarded" and d.value]
    groups: dict[tuple[str | None, str | None, str | None], list[Draft]] = {}
    for draft in awarded:
        owner = draft.beneficiary.id if draft.beneficiary else None
        payer = draft.funder.id if draft.funder else None
        groups.setdefault((owner, payer, draft.private_name), []).append(draft)
    for group in groups.values():
        for total in sorted(group, key=lambda d: d.value or 0, reverse=True):
            if total.parent is None and not total.part:
                _find_parts(total, [d for d in group if d is not total and d.parent is None])
    _tie_instalments(awarded)


def _tie_instalments(awarded: list[Draft]) -> None:
    """Instalments take payer, receiver and years from the total they add up to, or else from the nearest larger one."""
    loose = [d for d in awarded if d.part and d.parent is None]
    for draft in loose:
        if _is_told_whole(draft, awarded):
            continue
        together = [d for d in loose if d.spans and draft.spans and d.spans[0] == draft.spans[0]]
        whole = sum(d.value for d in together if d.value)
        totals = [d for d in awarded if not d.part and d.value == whole]
        parent = min(totals, key=lambda d: _distance(d, draft)) if totals else _nearest_total(draft, awarded)
        if parent is not None:
            draft.parent = parent
            if totals:
                _belong(draft, parent)
            draft.beneficiary, draft.funder, draft.how = parent.beneficiary, parent.funder, "part"
            draft.private_name = parent.private_name
            if draft.first is None:
                draft.first, draft.last = parent.first, parent.last


def _is_told_whole(draft: Draft, awarded: list[Draft]) -> bool:
    """Whether an advance is a grant of its own that a row or another sentence tells too: it is told once, there."""
    whole = (d for d in awarded if not d.part and d.value == draft.value and d.beneficiary is draft.beneficiary)
    one = next(whole, None) if draft.beneficiary is not None else None
    if one is None:
        return False
    one.spans += [span for span in draft.spans if span not in one.spans]
    draft.beneficiary, draft.how = None, "none"
    return True


def _belong(part: Draft, total: Draft) -> None:
    """Tie one of the sums that add up to a total: that they do makes each as sure as it."""
    part.parent = total
    if part.sure is not None and total.sure is not None and total.sure > part.sure:
        part.sure, part.rules = total.sure, total.rules


def tell_instalments(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Add the instalments that a total is said to be paid in, where not all were read: "85 000 €, soit 60 000 € à la

    signature et 25 000 € en février". The sums that follow it in its sentence must come to it.
    """
    found = [*_told_apart(reading, drafts), *_equal_apart(reading, drafts)]
    for total in drafts:
        if total.status != "awarded" or total.table is not None or total.part or not total.value or not total.spans:
            continue
        sentence = reading.sentences[reading.sentence_at(total.position)]
        sums = within(reading.amounts, sentence.start, sentence.end)
        after = [each for each in sums if each.start > total.position]
        if after and is_equal(reading, total, after[0]):
            found += instalments(reading, total, after[:1], drafts)
        if inside := in_brackets(reading, total, after):
            found += instalments(reading, total, inside, drafts)
            continue
        if len(after) < 2 or sum(each.value.value for each in after) != total.value:
            continue
        lead = reading.folded[total.position : after[0].start]
        if not pattern("fundings", "part.paid_in").search(lead) or not all(
            pattern("fundings", "part.when").match(reading.folded, each.end) for each in after
        ):
            continue
        found += instalments(reading, total, after, drafts)
    return drafts + found


def _equal_apart(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """The equal payments of a grant, told in another sentence: "versée en trois acomptes, de 3 200 € chacun"."""
    grants = [d for d in drafts if d.status == "awarded" and not d.part and d.value]
    found: list[Draft] = []
    for sentence in reading.sentences if grants else ():
        for one in within(reading.amounts, sentence.start, sentence.end):
            times = times_told(reading, sentence.start, one)
            totals = [d for d in grants if times and d.value == times * one.value.value]
            totals = totals or [
                d for d in grants if is_regular(reading, d, one) and not _others(reading, d, [one], drafts)
            ]
            if len(totals) == 1 and not sentence.start <= totals[0].position < sentence.end:
                found += instalments(reading, totals[0], [one], drafts)
    return found


def _told_apart(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """The payments or shares of a grant that another passage tells: "versée en trois fois : 50 %, soit 60 000 €, …".

    Sums that follow each other in a sentence, or item by item of a list, come to one grant of the act and to no other.
    """
    grants = [d for d in drafts if d.status == "awarded" and not d.part and d.value and d.spans]
    times = Counter(d.value for d in grants)
    single = {d.value: d for d in grants if d.value and times[d.value] == 1}
    whole = {(d.parent.value, d.value) for d in drafts if d.parent is not None}
    found: list[Draft] = []
    for sums in _passages(reading) if single else ():
        for series in _series(sums):
            total = single.get(sum((each.value.value for each in series), Decimal(0)))
            if total is None or _others(reading, total, series, drafts):
                continue
            if any((total.value, each.value.value) in whole for each in series):
                continue  # told already; payments and shares of one grant are two ways to come to it
            first, last = (reading.sentence_at(series[at].start) for at in (0, -1))
            if reading.sentences[first].start <= total.position < reading.sentences[last].end:
                continue
            found += instalments(reading, total, series, drafts)
            whole.update((total.value, each.value.value) for each in series)
            break
    return found


def _passages(reading: Reading) -> Iterator[Sequence[Found[Amount]]]:
    """The sums of each sentence, and of each list, that tells how something is paid, shared or spread over years."""
    listed: dict[int, list[Found[Amount]]] = {}
    for sentence in reading.sentences:
        sums = within(reading.amounts, sentence.start, sentence.end)
        if sentence.bullet and sentence.lead is not None:
            listed.setdefault(sentence.lead, []).extend(sums[-1:])
        if len(sums) > 1 and finder("fundings", "part.modalities").search(reading.text_of(sentence)):
            yield sums
    for lead, sums in listed.items():
        if finder("fundings", "part.modalities").search(reading.text_of(reading.sentences[lead])):
            yield sums


def _series(sums: Sequence[Found[Amount]]) -> Iterator[Sequence[Found[Amount]]]:
    """Sums that stand next to each other, the longest series first."""
    for size in range(min(len(sums), _MOST_PARTS), 1, -1):
        for first in range(len(sums) - size + 1):
            yield sums[first : first + size]


def _others(reading: Reading, total: Draft, series: Sequence[Found[Amount]], drafts: list[Draft]) -> bool:
    """Whether one of some sums is a row, is asked for, comes from another body than a grant, or goes to another.

    Who is named near a payment may only be where it is spent, but in the decision.
    """
    at = {each.start for each in series}
    rows = [span for d in drafts if d.table is not None and d is not total for span in d.spans]
    if any(start <= place < end for place in at for start, end in rows):
        return True
    given = {each.start for each in series if pattern("fundings", "part.given").match(reading.folded, each.end)}
    return any(
        d.status not in ("awarded", "budgeted")
        or d.funder not in (None, total.funder)
        or (d.beneficiary not in (None, total.beneficiary) and (d.section == "decision" or d.position in given))
        for d in drafts
        if d.position in at
    )


def instalments(reading: Reading, total: Draft, sums: Sequence[Found[Amount]], drafts: list[Draft]) -> list[Draft]:
    """Tie what is read at the sums to the total that they come to; the drafts of those that nothing was read at."""
    found: list[Draft] = []
    for each in sums:
        sentence = reading.sentences[reading.sentence_at(each.start)]
        at = (d for d in drafts if d.position == each.start and d.status in ("awarded", "budgeted") and d.table is None)
        told = next(at, None) or _elsewhere(total, each.value.value, sentence.section, drafts)
        if told is not None:
            told.part, told.status = True, "awarded"
            told.spans += [span for span in [(sentence.start, sentence.end)] if span not in told.spans]
            _belong(told, total)
            told.beneficiary, told.funder, told.how = total.beneficiary, total.funder, "part"
            continue
        years = near_years(reading, each.start, each.start, each.end, sentence.end)
        part = replace(total, amount=each.value, position=each.start, part=True, parent=total, how="part")
        part.spans = [(sentence.start, sentence.end)]
        part.first, part.last = years or (total.first, total.last)
        found.append(part)
    return found


def _elsewhere(total: Draft, value: Decimal, section: str, drafts: list[Draft]) -> Draft | None:
    """The same payment where the exposé tells it of the decision, or the other way round."""
    twins = [
        d for d in drafts
        if d is not total and d.status == "awarded" and d.value == value and d.table is None and d.section != section
        and (d.part or d.parent is total) and d.beneficiary in (None, total.beneficiary)
    ]  # fmt: skip
    return twins[0] if len(twins) == 1 else None


def tie_shares(reading: Reading, drafts: list[Draft]) -> None:
    """Tie a share to the grant whose sum stands before it, wherever the act tells that: "12 400 €, dont 2 400 € pour".

    The sentence of the share may only recall the grant that a list or the decision tells.
    """
    for draft in drafts:
        if not draft.share or draft.parent is not None or draft.status != "awarded" or draft.table is not None:
            continue
        sentence = reading.sentences[reading.sentence_at(draft.position)]
        before = within(reading.amounts, sentence.start, draft.position)
        whole = before[-1].value.value if before else _only_grant(draft, drafts)
        if whole is None or not draft.value or draft.value >= whole:
            continue
        totals = [
            d for d in drafts
            if d.status == "awarded" and d.value == whole and d.parent is None and d.beneficiary is not None
            and draft.beneficiary in (None, d.beneficiary)
        ]  # fmt: skip
        if len(totals) == 1:
            draft.parent = totals[0]
            if draft.beneficiary is None:
                draft.beneficiary, draft.how = totals[0].beneficiary, "part"


def _only_grant(share: Draft, drafts: list[Draft]) -> Decimal | None:
    """The sum of the one grant of whoever gets a share: "La subvention allouée à X comprend une part de 1 500 €"."""
    alike = (d for d in drafts if d is not share and d.kind == share.kind and share.kind in GRANTS)
    given = [d for d in alike if d.status == "awarded" and d.parent is None and d.value]
    wholes = [d.value for d in given if share.beneficiary is not None and d.beneficiary is share.beneficiary]
    return wholes[0] if len(wholes) == 1 else None


def restore_totals(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Add the total that instalments of one sentence come to, where the act tells it before them without a receiver.

    "Fixe la participation à 612 € x 14 élèves, soit 8 568 € ; dit que cette somme sera versée à X en trois fois : …".
    """
    sentences: dict[tuple[int, int], list[Draft]] = {}
    for draft in drafts:
        if draft.part and draft.status == "awarded" and draft.value and draft.spans and draft.table is None:
            sentences.setdefault(draft.spans[0], []).append(draft)
    found: list[Draft] = []
    for (start, _), parts in sentences.items():
        whole = sum(d.value for d in parts if d.value)
        if len(parts) < 2 or len({d.beneficiary.id if d.beneficiary else None for d in parts}) > 1:
            continue
        if any(d.status == "awarded" and d.value == whole for d in drafts):
            continue
        told = [a for a in reading.amounts if a.value.value == whole and 0 < start - a.start < _NEAR]
        if told:
            place = reading.sentences[reading.sentence_at(told[-1].start)]
            spans = [(place.start, place.end), parts[0].spans[0]]
            found.append(replace(parts[0], amount=told[-1].value, position=told[-1].start, part=False, spans=spans))
    return drafts + found


def _find_parts(total: Draft, others: list[Draft]) -> None:
    candidates = [d for d in others if d.value is not None and total.value is not None and d.value < total.value]
    marked = [d for d in candidates if d.part or d.share]
    for pool in (marked, [d for d in candidates if None in (d.table, total.table) or d.how not in _ROWS]):
        for parts in _adding_up(pool, total.value):
            if _one_time(total, parts):
                for part in parts:
                    _belong(part, total)
                return
    for draft in candidates:
        if draft.share and set(draft.spans) & set(total.spans):
            draft.parent = total


def _adding_up(pool: list[Draft], total: Decimal | None) -> Iterator[tuple[Draft, ...]]:
    """The groups of drafts whose sums add up to a total, the smallest first."""
    values = [draft.value or Decimal(0) for draft in pool]
    for size in range(2, min(len(pool), _MOST_PARTS) + 1):
        if comb(len(pool), size) > _MOST_TRIED:
            return
        for places in combinations(range(len(pool)), size):
            if sum(values[at] for at in places) == total:
                yield tuple(pool[at] for at in places)


def _one_time(total: Draft, parts: tuple[Draft, ...]) -> bool:
    """Sums of several years are no parts of one year's grant, unless the total covers them."""
    if all(set(p.spans) & set(total.spans) for p in parts):
        return True
    years = {p.first for p in parts if p.first is not None}
    return len(years) <= 1 or total.first is None or total.first != total.last


def _nearest_total(part: Draft, awarded: list[Draft]) -> Draft | None:
    larger = [
        d for d in awarded
        if d is not part and not d.part and d.value and part.value and d.value > part.value
        and (part.beneficiary is None or d.beneficiary is None or d.beneficiary is part.beneficiary)
        and (None in (part.first, d.first) or (d.first or 0) <= (part.first or 0) <= (d.last or d.first or 0))
    ]  # fmt: skip
    return min(larger, key=lambda d: _distance(d, part)) if larger else None


def _distance(total: Draft, part: Draft) -> int:
    """How far a part stands from the nearest passage that tells its total."""
    return min(abs(start - part.position) for start in (total.position, *(s for s, _ in total.spans)))


def drop_totals(reading: Reading, drafts: list[Draft], tables: list[GrantTable]) -> list[Draft]:
    """A sentence's sum that is a table's total, printed or computed, is no funding of its own.

    But what a paragraph gives to the body that it is about: "L'association X organise … d'accorder à l'association".
    """
    totals = set()
    for table in tables:
        rows = [d.value for d in table.drafts if d.status == "awarded" and d.value]
        totals |= {sum(rows)} | ({table.stated_total} if table.stated_total else set())
    every = sum(d.value for t in tables for d in t.drafts if d.status == "awarded" and d.parent is None and d.value)
    kept = []
    for draft in drafts:
        whole = draft.table is None and draft.value is not None and draft.value in totals | {every}
        if (
            whole
            and draft.status in ("awarded", "budgeted")
            and draft.how in ("none", "subject", "anaphora", "lead", "phrase", "anonymous")
            and not (draft.how == "anaphora" and _is_of_paragraph(reading, draft, tables))
        ):
            continue
        kept.append(draft)
    return kept


def _is_of_paragraph(reading: Reading, draft: Draft, tables: list[GrantTable]) -> bool:
    """Whether a sum goes to a body that its paragraph names before it, and no row of a table does."""
    body = draft.beneficiary
    if body is None or any(row.beneficiary is body for table in tables for row in table.drafts):
        return False
    paragraph = reading.sentences[reading.sentence_at(draft.position)].paragraph
    named = (start for start, _ in body.mentions if start < draft.position)
    return any(reading.sentences[reading.sentence_at(start)].paragraph == paragraph for start in named)
