"""From tellings to fundings: what is told twice becomes one funding with more evidence."""

from __future__ import annotations

from extract.pipes.money.cues import proposes
from extract.pipes.money.draft import Draft
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in
from extract.text import key

_RANK = {
    "stated": 6,
    "row": 6,
    "private": 6,
    "anonymous": 5,
    "lead": 5,
    "authority": 4,
    "payer": 4,
    "phrase": 5,
    "anaphora": 4,
    "weak": 3,
    "subject": 2,
    "shared": 1,
    "none": 0,
}


def merge(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """One draft per funding: the same amount told twice, in recital and decision, is one with two passages.

    Rows of tables are never merged with each other; a sentence that repeats a row's amount for the same beneficiary
    adds evidence to it.
    """
    kept: list[Draft] = []
    offered = {id(d) for d in drafts if d.section == "decision" and _is_offered(reading, d)}
    for draft in sorted(drafts, key=lambda d: (d.section != "decision" and d.table is None, d.position)):
        twin = next(
            (k for k in kept if _same(k, draft, taken_up=(id(k) in offered) is not (id(draft) in offered))), None
        )
        if twin is None:
            kept.append(draft)
        else:
            _absorb(twin, draft)
    kept = _told_otherwise(reading, kept)
    firm = {span for k in kept if not k.passing for span in k.spans}
    held = [d for d in kept if not d.passing or ((d.share or d.part) and firm & set(d.spans))]
    return sorted(held, key=lambda d: d.position)


def _told_otherwise(reading: Reading, kept: list[Draft]) -> list[Draft]:
    """Drafts without those of the exposé that the decision tells of somebody else whom their sentence names too.

    "Un soutien de 8 200 € au Bus Santé, porté par X" is what the decision grants to X; "la CAF, 145 000 €" is what it
    accepts of the CAF; "l'Agence de l'eau pourrait apporter 9 000 €" is what it solicits.
    """
    decided = [d for d in kept if d.section == "decision" and d.table is None and d.beneficiary is not None]
    found: list[Draft] = []
    for draft in kept:
        twins = [d for d in decided if draft.section == "body" and _restates(reading, draft, d)]
        if len(twins) == 1:
            twins[0].spans += [s for s in draft.spans if s not in twins[0].spans]
        else:
            found.append(draft)
    return found


def _restates(reading: Reading, told: Draft, decided: Draft) -> bool:
    """Whether a sum of the exposé is one that only the decision tells rightly: of another, the other way, asked for."""
    if told.table is not None or told.value != decided.value or told.status != "awarded":
        return False
    if any(reading.sentences[reading.sentence_at(s)].section != "decision" for s, _ in decided.spans):
        return False  # the exposé tells it elsewhere
    named = {o.id for s, e in told.spans for _, _, o in mentions_in(reading, s, e)}
    if decided.status == "requested":  # "pourrait intervenir à hauteur de" is what is then solicited
        return decided.funder is not None and decided.funder.id in named and told.funder is reading.authority
    if decided.status != "awarded":
        return False
    if told.funder is not decided.funder:
        return told.beneficiary is decided.funder and told.funder is decided.beneficiary
    dated = told.beneficiary is decided.beneficiary  # by other words of the exposé
    return dated or (decided.beneficiary is not None and decided.beneficiary.id in named)


def _is_offered(reading: Reading, draft: Draft) -> bool:
    """Whether the sentence of a sum proposes it: "Il est proposé 500 €. Adopté : la commune versera 500 € à X"."""
    return proposes(reading.text_of(reading.sentences[reading.sentence_at(draft.position)]))


def _same(one: Draft, other: Draft, *, taken_up: bool) -> bool:
    """Whether two drafts tell one funding; ``taken_up`` where one proposes what the other may decide."""
    if one.value is None or one.value != other.value or not _statuses_agree(one, other):
        return False
    if one.table is not None and other.table is not None:
        return False
    if (one.table is not None and other.part) or (other.table is not None and one.part):
        return False  # a row's sum may be that of another's instalment
    if one.spans[:1] == other.spans[:1] and one.position != other.position and one.how != "none":
        return False  # two sums of one sentence
    if one.split and other.split:
        return one.beneficiary is other.beneficiary and one.spans != other.spans
    if one.section == other.section == "decision" and one.table is None and other.table is None and not taken_up:
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
        and not {"plan_line", "plan_acquired"}.isdisjoint((one.rule, other.rule))
        and one.funder is not None
        and one.funder is other.funder
    )


def _agree(one: Draft, other: Draft) -> bool:
    open_ended = {"none", "anonymous"} & {one.how, other.how}
    if (one.private_name is None) != (other.private_name is None) and not open_ended:
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
    if one.first is None or other.first is None or (one.first, one.last) == (other.first, other.last):
        return True
    if one.section == other.section:
        return False
    return any(_is_year_of(a, b) or _is_first_year(a, b) for a, b in ((one, other), (other, one)))


def _is_first_year(decided: Draft, every: Draft) -> bool:
    """Whether the decision grants for its first year what the exposé tells as given every year by a new convention."""
    if decided.section != "decision" or not every.per_year or every.first is None or every.first == every.last:
        return False
    return decided.first == decided.last == every.first


def _is_year_of(one: Draft, every: Draft) -> bool:
    """Whether a grant of one year is one that is given every year: told of the first in the exposé's budget."""
    if not every.per_year or every.section != "decision" or one.first is None or one.first != one.last:
        return False
    return (every.first or 0) <= one.first <= (every.last or every.first or 0)


def _reassure(kept: Draft, other: Draft) -> None:
    """What two passages tell alike is as sure as the surer of them."""
    if kept.status != other.status or kept.funder is not other.funder or kept.beneficiary is not other.beneficiary:
        return
    if kept.sure is not None and other.sure is not None and other.sure > kept.sure:
        kept.sure, kept.rules = other.sure, other.rules


def _absorb(kept: Draft, other: Draft) -> None:
    """Complete a funding by another telling of it; the surer beneficiary wins."""
    granted = kept.status == "budgeted" and other.status != "budgeted" and not other.passing
    planned = kept.passing and other.status == "budgeted"  # what another has granted is a line of the plan
    if granted or planned:
        kept.status, kept.rule = other.status, other.rule
    if granted and other.section == "decision":
        kept.section = other.section  # the line of the plan that the decision grants
    kept.passing = kept.passing and other.passing
    _reassure(kept, other)
    unnamed = kept.beneficiary is None and kept.private_name is None and kept.how == "row"  # a line of a plan
    if _RANK[other.how] > _RANK[kept.how] or (unnamed and other.beneficiary is not None):
        if kept.beneficiary is not other.beneficiary:
            kept.sure, kept.rules = other.sure, other.rules
        kept.beneficiary, kept.how, kept.private_name = (
            other.beneficiary,
            other.how,
            other.private_name or kept.private_name,
        )
    kept.funder = kept.funder or other.funder
    if kept.first is None or _is_year_of(kept, other):
        kept.first, kept.last = other.first, other.last
    if other.per_year and kept.amount is not None and other.amount is not None and not kept.amount.per_year:
        kept.amount = other.amount
    kept.programme = kept.programme or other.programme
    kept.action = kept.action or other.action
    kept.purpose = kept.purpose or other.purpose
    kept.conditional = kept.conditional or other.conditional
    kept.part |= other.part and other.beneficiary is kept.beneficiary  # never "le solde" of what somebody else bears
    kept.spans += [s for s in other.spans if s not in kept.spans]
    if kept.kind == "subsidy" and other.kind != "subsidy":
        kept.kind = other.kind
