"""From tellings to fundings: duplicates become one with more evidence, parts are tied to their total."""

from __future__ import annotations

from itertools import combinations

from extract.pipes.money.draft import Draft, GrantTable
from extract.pipes.reading import Reading
from extract.text import key

_MOST_PARTS = 6
_RANK = {
    "stated": 6,
    "row": 6,
    "private": 6,
    "lead": 5,
    "authority": 4,
    "phrase": 5,
    "anaphora": 4,
    "weak": 3,
    "subject": 2,
    "none": 0,
}


def merge(drafts: list[Draft]) -> list[Draft]:
    """One draft per funding: the same amount told twice, in recital and decision, is one with two passages.

    Rows of tables are never merged with each other; a sentence that repeats a row's amount for the same beneficiary
    adds evidence to it.
    """
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.section != "decision" and d.table is None, d.position)):
        twin = next((k for k in kept if _same(k, draft)), None)
        if twin is None:
            kept.append(draft)
        else:
            _absorb(twin, draft)
    firm = {span for k in kept if not k.passing for span in k.spans}
    held = [d for d in kept if not d.passing or ((d.share or d.part) and firm & set(d.spans))]
    return sorted(held, key=lambda d: d.position)


def _same(one: Draft, other: Draft) -> bool:
    if one.value is None or one.value != other.value or not _statuses_agree(one, other):
        return False
    if one.table is not None and other.table is not None:
        return False
    if one.spans[:1] == other.spans[:1] and one.position != other.position and one.how != "none":
        return False  # two sums of one sentence
    if one.split and other.split:
        return one.beneficiary is other.beneficiary and one.spans != other.spans
    if one.section == other.section == "decision" and one.table is None and other.table is None:
        return (
            one.beneficiary is not None
            and one.beneficiary is other.beneficiary
            and _years_agree(one, other)
            and one.spans == other.spans
        )
    return _agree(one, other) and _years_agree(one, other)


def _same_person(one: str, other: str) -> bool:
    """ "Florian et Sabrina KUHN" and "KUHN": one household, when all of the shorter stands in the longer."""
    first, second = set(key(one).split()), set(key(other).split())
    return first <= second or second <= first


def _statuses_agree(one: Draft, other: Draft) -> bool:
    if one.status == other.status:
        return True
    # the plan's line and the decision that solicits or approves it are one funding
    pair = {one.status, other.status}
    body = one if one.section == "body" else other
    if (
        pair == {"budgeted", "awarded"}
        and body.status == "budgeted"
        and (body.how == "none" or one.beneficiary is other.beneficiary)
        and one.section != other.section
    ):
        return True
    return (
        "budgeted" in pair
        and "plan_line" in (one.rule, other.rule)
        and one.funder is not None
        and one.funder is other.funder
    )


def _agree(one: Draft, other: Draft) -> bool:
    if (one.private_name is None) != (other.private_name is None) and "none" not in (one.how, other.how):
        return False
    if one.private_name and other.private_name and not _same_person(one.private_name, other.private_name):
        return False
    return _compatible(one, other) and (one.funder is None or other.funder is None or one.funder is other.funder)


def _compatible(one: Draft, other: Draft) -> bool:
    if one.beneficiary is None or other.beneficiary is None or one.beneficiary is other.beneficiary:
        return True
    weak = min(_RANK[one.how], _RANK[other.how])
    return weak <= _RANK["subject"]


def _years_agree(one: Draft, other: Draft) -> bool:
    return one.first is None or other.first is None or (one.first, one.last) == (other.first, other.last)


def _absorb(kept: Draft, other: Draft) -> None:
    """Complete a funding by another telling of it; the surer beneficiary wins."""
    kept.passing = kept.passing and other.passing
    if kept.status == "budgeted" and other.status != "budgeted":
        kept.status, kept.rule = other.status, other.rule
    if _RANK[other.how] > _RANK[kept.how]:
        kept.beneficiary, kept.how, kept.private_name = (
            other.beneficiary,
            other.how,
            other.private_name or kept.private_name,
        )
    kept.funder = kept.funder or other.funder
    if kept.first is None:
        kept.first, kept.last = other.first, other.last
    if other.per_year and kept.amount is not None and other.amount is not None and not kept.amount.per_year:
        kept.amount = other.amount
    kept.programme = kept.programme or other.programme
    kept.action = kept.action or other.action
    kept.purpose = kept.purpose or other.purpose
    kept.conditional = kept.conditional or other.conditional
    kept.part = kept.part or other.part
    kept.spans += [s for s in other.spans if s not in kept.spans]
    if kept.kind == "subsidy" and other.kind != "subsidy":
        kept.kind = other.kind


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
        together = [d for d in loose if d.spans and draft.spans and d.spans[0] == draft.spans[0]]
        whole = sum(d.value for d in together if d.value)
        totals = [d for d in awarded if not d.part and d.value == whole]
        parent = (
            min(totals, key=lambda d: abs(d.position - draft.position)) if totals else _nearest_total(draft, awarded)
        )
        if parent is not None:
            draft.parent = parent
            draft.beneficiary, draft.funder, draft.how = parent.beneficiary, parent.funder, "part"
            draft.private_name = parent.private_name
            if draft.first is None:
                draft.first, draft.last = parent.first, parent.last


def _find_parts(total: Draft, others: list[Draft]) -> None:
    candidates = [d for d in others if d.value is not None and total.value is not None and d.value < total.value]
    marked = [d for d in candidates if d.part or d.share]
    for pool in (marked, [d for d in candidates if d.table is None or total.table is None]):
        for size in range(2, min(len(pool), _MOST_PARTS) + 1):
            for parts in combinations(pool, size):
                if sum(d.value for d in parts if d.value) == total.value and _one_time(total, parts):
                    for part in parts:
                        part.parent = total
                    return
    for draft in candidates:
        if draft.share and set(draft.spans) & set(total.spans):
            draft.parent = total


def _one_time(total: Draft, parts: tuple[Draft, ...]) -> bool:
    """Sums of several years are no parts of one year's grant, unless the total covers them."""
    if all(set(p.spans) & set(total.spans) for p in parts):
        return True
    years = {p.first for p in parts}
    return len(years) == 1 or total.first is None or total.first != total.last


def _nearest_total(part: Draft, awarded: list[Draft]) -> Draft | None:
    larger = [
        d for d in awarded
        if d is not part and not d.part and d.value and part.value and d.value > part.value
        and (part.beneficiary is None or d.beneficiary is None or d.beneficiary is part.beneficiary)
    ]  # fmt: skip
    return min(larger, key=lambda d: abs(d.position - part.position)) if larger else None


def drop_totals(drafts: list[Draft], tables: list[GrantTable]) -> list[Draft]:
    """A sentence's sum that is a table's total, printed or computed, is no funding of its own."""
    totals = set()
    for table in tables:
        rows = [d.value for d in table.drafts if d.status == "awarded" and d.value]
        totals |= {sum(rows)} | ({table.stated_total} if table.stated_total else set())
    every = sum(d.value for d in drafts if d.status == "awarded" and d.table is not None and d.value)
    kept = []
    for draft in drafts:
        whole = draft.table is None and draft.value is not None and draft.value in totals | {every}
        if (
            whole
            and draft.status in ("awarded", "budgeted")
            and draft.how in ("none", "subject", "anaphora", "lead", "phrase")
        ):
            continue
        kept.append(draft)
    return kept


def drop_sums(drafts: list[Draft]) -> list[Draft]:
    """A sum without beneficiary that adds up the act's other awards is their total."""
    named = [d for d in drafts if d.status == "awarded" and d.how not in ("none",) and d.value and d.parent is None]
    total = sum(d.value for d in named if d.value)
    return [
        d for d in drafts
        if not (len(named) > 1 and d.status == "awarded" and d.how == "none" and d.value == total and d.private_name is None)
    ]  # fmt: skip


def attach(reading: Reading, drafts: list[Draft]) -> None:
    """Programme and action of each funding: of its sentence, its list's lead or item, else the act's main ones."""
    main = main_programme(reading)
    for draft in drafts:
        sentence = reading.sentences[reading.sentence_at(draft.position)]
        draft.action = draft.action or _action(reading, draft.position)
        if draft.programme is None:
            draft.programme = _programme_in(reading, sentence.start, sentence.end)
        if draft.programme is None and sentence.lead is not None:
            lead = reading.sentences[sentence.lead]
            draft.programme = _programme_in(reading, lead.start, lead.end)
        if draft.programme is None and draft.kind in ("subsidy", "contribution", "inKind"):
            draft.programme = main


def _programme_in(reading: Reading, start: int, end: int) -> str | None:
    found = {p.id for p in reading.programmes if any(start <= s < end for s, _ in p.mentions)}
    return found.pop() if len(found) == 1 else None


def main_programme(reading: Reading) -> str | None:
    """The programme an act is about: of its title, else approved by it, else the only family it names."""
    programmes = reading.programmes
    title = reading.context.title
    if title:
        named = [p for p in programmes if any(title[0] <= s < title[1] for s, _ in p.mentions)]
        if named:
            return str(named[0].id)
    decided = [
        p for p in programmes
        if any(reading.sentences[reading.sentence_at(s)].section == "decision" for s, _ in p.mentions)
    ]  # fmt: skip
    if decided:
        return str(decided[0].id)
    families = {p.family or p.id for p in programmes}
    if len(families) == 1:
        year = reading.context.session_date.year if reading.context.session_date else None
        valid = [p for p in programmes if year is not None and p.valid_in(year)]
        return str((valid or programmes)[0].id)
    return None


def _action(reading: Reading, position: int) -> str | None:
    """The action whose item holds the amount, or whose heading is the last above it in the same list."""
    index = reading.sentence_at(position)
    sentence = reading.sentences[index]
    actions = reading.actions
    for action in actions:
        if action.start <= position < action.end or action.sentence == index:
            return str(action.id)
    above = [a for a in actions if a.sentence < index and a.number is not None]
    if above and sentence.section == "body" and sentence.lead is not None:
        last = above[-1]
        if reading.sentences[last.sentence].lead == sentence.lead:
            return str(last.id)
    return None
