"""One amount of a sentence as a funding: its status, its parties, how sure both are."""

from __future__ import annotations

from dataclasses import replace

from extract.facts import FundingStatus
from extract.finder import finder
from extract.patterns import pattern
from extract.pipes.model import Amount, Found
from extract.pipes.money.built import Built, find_built, is_nobodys
from extract.pipes.money.cues import Cue, given_before
from extract.pipes.money.draft import GRANTS, Draft
from extract.pipes.money.kinds import (
    breaks_down,
    find_kind,
    is_conditional,
    is_first_payment,
    is_part_of_lead,
    is_sum_of_years,
    is_total,
    kind_texts,
    set_budget_parties,
)
from extract.pipes.money.learned.judge import STATUSES, Models, Verdict, judge_status
from extract.pipes.money.learned.reader import Scene
from extract.pipes.money.matter import is_bought, matter_of
from extract.pipes.money.nobody import is_bare, to_nobody, unset_other
from extract.pipes.money.parties import find_parties
from extract.pipes.money.passing import in_passing, is_none
from extract.pipes.money.persons import given_to_persons
from extract.pipes.money.received import Received, find_received, take_in
from extract.pipes.money.status import find_status, led
from extract.pipes.money.theirs import turn_owed
from extract.pipes.money.weigh import PLACED, place_built, place_parties, weigh_parties
from extract.pipes.money.window import Parties, Window
from extract.pipes.money.years import near_years, sentence_years
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in

_SURE_OF_NOBODY, _AGREED = 0.85, 0.5
#: What is given to an organisation that a common noun alone names goes to review.
_UNIDENTIFIED = 0.3
_STOPS = (",", ";", ".")
#: A noun alone, "à la section", ends so far behind its sum.
_NEXT = 40


def status_rules(reading: Reading, window: Window, cue: Cue | None) -> list[str]:
    """What the rules say of an amount's status, for the model to weigh."""
    ruling = cue or led(reading, window.sentence)
    status = find_status(reading, window, ruling) if ruling else None
    return [f"rule={status}", f"rule={status}/{ruling.rule if ruling else None}"]


def told(
    scene: Scene, trained: Models, index: int, window: Window, ruling: Cue, cue: Cue | None, last: Draft | None
) -> list[tuple[Draft, int | None]]:
    """The funding of one amount, with where its beneficiary stands; several where each of a list gets it."""
    reading = scene.reading
    if ruling.rule == "recalled" or is_nobodys(scene, window, index):
        return []
    ruled = find_status(reading, window, ruling) if ruling.rule != "learned" else None
    received = find_received(scene, window, index)
    built = given_to_persons(scene, window, index) or find_built(scene, window, index)
    built = built or (received.built if received is not None else None)
    verdict, status = _judged(scene, trained, index, window, cue, ruled, built)
    if status is None:
        return []
    parties = find_parties(reading, reading.text, window, status)
    by_rule = (parties.funder, parties.beneficiary, parties.private_name)
    if built is not None:
        place_built(scene, built, parties)
    placed = built is not None or place_parties(scene, window, status, parties, last)
    known = PLACED if placed else weigh_parties(scene, trained, index, status, parties)
    if received is not None and built is None and status == "awarded":
        known = _taken_in(scene, received, parties, known)
    turn_owed(reading, window, parties)
    bought = status == "awarded" and is_bought(reading, window, parties.beneficiary)
    draft = None if bought else draft_of(reading, scene.amounts[index], window, ruling, status, parties)
    if draft is None or _is_of_kind(draft, verdict) or unset_other(reading, window, draft):
        return []
    if is_none(reading, window, draft):
        return []
    if ruled == draft.status and by_rule == (parties.funder, parties.beneficiary, parties.private_name):
        draft.rules = "agreed"
    elif ruled != draft.status and ruling.family != "award":
        draft.rules = "opposed"  # words of cost, history, request or refusal govern it
    draft.passing &= received is None or not received.sure  # another body's money is this body's decision
    beside = built if built is not None and draft.status != built.status else None
    verdict = _weighed_beside(scene, trained, index, window, cue, ruled, beside) if beside else verdict
    draft.sure = _sureness(reading, window, draft, verdict, known)
    recalled = draft.section == "body" and draft.rule == "history" and status == "awarded" and not draft.part
    if recalled and draft.how in ("none", "subject", "weak"):
        return []  # "la commune a soutenu le foyer à hauteur de 500 € en 2022"
    if to_nobody(draft, reading) and draft.sure < (_AGREED if draft.rules == "agreed" else _SURE_OF_NOBODY):
        if ruled != "budgeted" or window.sentence.section != "decision":
            return []
        draft.status, draft.rule = "budgeted", "budgeted"
    each = [replace(draft, funder=payer, spans=list(draft.spans), split=True) for payer in parties.payers]
    each += [replace(draft, beneficiary=other, spans=list(draft.spans), split=True) for other in parties.others]
    draft.split = bool(each)
    return [(draft, parties.used), *((other, None) for other in each)]


def _is_of_kind(draft: Draft, verdict: Verdict | None) -> bool:
    """Whether the model finds money of a kind of its own where the words tell a grant."""
    return verdict is not None and verdict.label == "kind" and draft.kind in GRANTS


def _taken_in(scene: Scene, received: Received, parties: Parties, known: float) -> float:
    """How sure the parties of a sum that the body may take are: one may accept what one has to give."""
    return known if take_in(scene, received, parties) else min(known, _UNIDENTIFIED)


def _judged(
    scene: Scene,
    trained: Models,
    index: int,
    window: Window,
    cue: Cue | None,
    ruled: FundingStatus | None,
    built: Built | None,
) -> tuple[Verdict | None, FundingStatus | None]:
    """The class of an amount and its status, None where nothing is funded; a build that tells it is not weighed."""
    verdict = _weighed(scene, trained, index, window, cue, ruled) if built is None else None
    status = built.status if built is not None else STATUSES.get(verdict.label) if verdict is not None else None
    if status == "awarded" and ruled == "requested" and verdict is not None and verdict.label == "kind":
        return verdict, "requested"  # "a demandé une avance remboursable de 20 000 €"
    if status == "awarded":
        return verdict, _unless_of_else(scene.reading, window)
    if status is None and ruled == "budgeted":
        status = "budgeted"  # a cost or an envelope: nobody's grant
    return verdict, status


def _weighed(
    scene: Scene, trained: Models, index: int, window: Window, cue: Cue | None, ruled: FundingStatus | None
) -> Verdict:
    """What the model makes of an amount."""
    seen = scene.view(index).seen().told(status_rules(scene.reading, window, cue))
    return judge_status(trained, seen, ruled)


def _weighed_beside(
    scene: Scene,
    trained: Models,
    index: int,
    window: Window,
    cue: Cue | None,
    ruled: FundingStatus | None,
    built: Built,
) -> Verdict:
    """What the model makes of an amount that comes to something else than its build tells: heard where both agree."""
    verdict = _weighed(scene, trained, index, window, cue, ruled)
    return verdict if STATUSES.get(verdict.label) == built.status else Verdict(built.status, PLACED)


def _unless_of_else(reading: Reading, window: Window) -> FundingStatus | None:
    """ "awarded", but for what an act or a list makes of a sum by what it is about."""
    matter = matter_of(reading, window)
    if matter in ("goods", "past") or given_before(reading, window):
        return None
    return "budgeted" if matter == "budget" else "requested" if matter == "asked" else "awarded"


def _sureness(reading: Reading, window: Window, draft: Draft, verdict: Verdict | None, known: float) -> float:
    """How sure a funding is: of its status and its parties, where both are known at all; as built without verdict."""
    sure = PLACED
    if verdict is not None:
        of_kind = draft.kind not in GRANTS or verdict.label == "requested"
        sure = (max(verdict.sure, verdict.either) if of_kind else verdict.sure) * known
    if draft.beneficiary is not None and is_bare(draft.beneficiary):
        sure = min(sure, _UNIDENTIFIED)
    said = reading.text_of(window.sentence)
    forms = ("pronoun", "bare_noun") if to_nobody(draft, reading) else ()
    if any(pattern("fundings", f"role.{form}").search(said) for form in forms):
        sure = min(sure, _UNIDENTIFIED)  # somebody is meant, and it is not known who
    if draft.beneficiary is not None and _goes_to_another(reading, window, draft.beneficiary):
        sure = min(sure, _UNIDENTIFIED)
    if window.sentence.section == "body" and finder("fundings", "said.spent").search(reading.text_of(window.sentence)):
        sure = min(sure, _UNIDENTIFIED)  # what is spent on somebody may be what the work for them costs
    return sure


def _goes_to_another(reading: Reading, window: Window, receiver: Organisation) -> bool:
    """Whether right behind a sum it goes to a noun alone, and the receiver is only named behind that: who knows whom.

    "400 € à la section, le Souvenir français complétant".
    """
    noun = pattern("fundings", "role.bare_noun").search(reading.folded, window.end, window.end + _NEXT)
    if noun is None or reading.folded[window.end : noun.start()].strip():
        return False
    if reading.folded[noun.end() : noun.end() + 2].strip()[:1] not in _STOPS:
        return False  # "à l'association Un Toit"
    named = [start for start, _, o in mentions_in(reading, window.sentence.start, window.right) if o is receiver]
    return bool(named) and min(named) > noun.end()


def draft_of(
    reading: Reading, amount: Found[Amount], window: Window, cue: Cue, status: FundingStatus, parties: Parties
) -> Draft | None:
    """The funding, None where the words make of the sum a cost, a loan or a total."""
    sentence, authority = window.sentence, reading.authority
    near, wide = kind_texts(reading, window)
    kind = find_kind(reading, window, near, wide)
    if kind is None:
        return None
    if kind == "guarantee" and pattern("fundings", "kind.guarantee").search(
        reading.folded, sentence.start, window.start
    ):
        parties.funder = authority
    unnamed = parties.beneficiary is None and not parties.private_name
    told = pattern("fundings", "award_after.participle").match(reading.folded[window.end : window.right])
    granted = parties.how == "anonymous" and told  # "la subvention de 1 000 € maximum accordée à une propriétaire"
    if status == "awarded" and amount.value.ceiling and unnamed and not granted:
        status = "budgeted"
    if status == "requested" and sentence.section == "body" and (parties.beneficiary is None or parties.funder is None):
        return None
    if status == "budgeted":
        set_budget_parties(reading, window, near, parties)
    part = finder("fundings", "part.instalment").search(near) is not None or is_part_of_lead(reading, sentence)
    part = part or is_first_payment(reading, window)
    if status == "awarded":
        if kind == "subsidy" and pattern("fundings", "said.contribution_of").search(near):
            kind = "contribution"
        unsaid = parties.how in ("none", "subject") and cue.rule != "accepts" and not part
        if (unsaid and is_total(near)) or (not part and is_sum_of_years(reading, window, near)):
            return None
    years = near_years(reading, window.left, window.start, window.end, window.right)
    first, last = years or sentence_years(reading, sentence) or (None, None)
    if parties.private_span:
        reading.private.append(parties.private_span)
    return Draft(
        status,
        kind,
        cue.rule if cue.family == "award" else cue.family,
        window.start,
        sentence.section,
        amount=amount.value,
        funder=parties.funder,
        beneficiary=parties.beneficiary,
        private_name=parties.private_name,
        first=first,
        last=last,
        conditional=is_conditional(reading, sentence),
        part=part,
        share=pattern("fundings", "part.share").search(near) is not None or breaks_down(reading, window, amount.value),
        how=parties.how,
        spans=[(sentence.start, sentence.end)],
        passing=status == "awarded" and in_passing(reading, window, parties),
    )
