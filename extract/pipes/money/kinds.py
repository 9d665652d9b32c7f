"""What the words near an amount make of it: its kind, a total, a breakdown, the authority's own budget."""

from __future__ import annotations

from collections.abc import Iterable

from extract.facts import FundingKind
from extract.finder import finder
from extract.patterns import pattern
from extract.pipes.model import Amount, Sentence, within
from extract.pipes.money.cues import kind_of
from extract.pipes.money.draft import Draft
from extract.pipes.money.rows import title_of
from extract.pipes.money.window import Parties, Window
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in

_GUARANTEED: tuple[FundingKind, ...] = ("subsidy", "contribution", "loan", "guarantee")


def own_budget(reading: Reading, window: Window, authority: object) -> bool:
    """Whether a budgeted sum is the authority's own: an envelope, credits, or said of it."""
    near = reading.folded[window.left : window.right]
    lead = reading.sentences[window.sentence.lead] if window.sentence.lead is not None else None
    led = reading.text_of(lead) if lead is not None and lead.section == "decision" else ""
    if pattern("fundings", "said.own_budget").search(near) or pattern("fundings", "said.own_budget").search(led):
        return True
    return any(o is authority for _, _, o in mentions_in(reading, window.left, window.start))


def tell_kinds(reading: Reading, drafts: Iterable[Draft]) -> None:
    """Give sums the kind that the lead of their list alone tells, or the title of their act.

    "ACCORDE les fonds de concours suivants :"; "Adhésions 2025", and below it "CAUE de l'Orne : 120 €".
    """
    title = title_of(reading)
    grants = pattern("fundings", "said.given_title")
    dues = pattern("fundings", "said.dues_title").search(title) is not None and grants.search(title) is None
    for draft in drafts:
        if draft.kind != "subsidy" or draft.status != "awarded" or not draft.spans:
            continue
        sentence = reading.sentences[reading.sentence_at(draft.position)]
        if dues and grants.search(reading.text_of(sentence)) is None:
            draft.kind = "membership"
        lead = reading.text_of(reading.sentences[sentence.lead]) if sentence.lead is not None else ""
        told = pattern("fundings", "kind.matchingFund").search(lead)
        if told and not pattern("fundings", "said.other_grants").search(lead):
            draft.kind = "matchingFund"


def pay_dues(reading: Reading, drafts: Iterable[Draft]) -> None:
    """Members pay their dues: no body pays any to a commune, a communauté, a département or a région.

    "APPROUVE la contribution statutaire de 12 950 €" of an act about a syndicat reads as what the syndicat pays.
    """
    authority = reading.authority
    if authority is None or authority.kind != "local_authority":
        return
    for draft in drafts:
        if draft.kind == "membership" and draft.beneficiary is authority and draft.funder not in (None, authority):
            draft.funder, draft.beneficiary, draft.how = authority, draft.funder, "anaphora"


def kind_texts(reading: Reading, window: Window) -> tuple[str, str]:
    """The words near an amount, and its whole sentence with the title."""
    left = _clause(reading, window)
    near = reading.folded[max(left, window.start - 90) : window.start]
    title = reading.context.title
    heading = reading.folded[title[0] : title[1]] if title and window.sentence.section == "decision" else ""
    behind = reading.folded[window.end : min(window.right, window.end + 40)]
    thing = pattern("fundings", "said.and_thing").search(behind)  # "une subvention de 500 € et la mise à disposition"
    own = reading.folded[left : window.start] + (behind[: thing.start()] if thing else behind)
    own = (
        pattern("fundings", "said.and_another").split(own[: window.start - window.left + 41])[-1]
        if window.start == window.left
        else own
    )
    told = pattern("fundings", "award.decision_noun").search(own) or pattern("fundings", "said.given_thing").search(
        near
    )
    if told or not pattern("fundings", "said.guaranteed").search(heading):
        return near, own
    return near, own + " " + heading


def _clause(reading: Reading, window: Window) -> int:
    """Where the words of a grant begin behind those of another matter: "d'adhérer à X et de lui verser une aide de"."""
    found = pattern("fundings", "said.and_grants").search(reading.folded, window.left, window.start)
    return found.start() if found is not None else window.left


def breaks_down(reading: Reading, window: Window, amount: Amount) -> bool:
    """ "une aide de 1 050 000 €, soit 350 000 € en 2022, …": a smaller sum after "soit" begins a breakdown."""
    if not pattern("fundings", "said.that_is").search(
        reading.folded[max(window.left, window.start - 8) : window.start]
    ):
        return False
    earlier = within(reading.amounts, window.sentence.start, window.left)
    return (
        bool(earlier)
        and earlier[-1].value.value > amount.value
        and bool(within(reading.amounts, window.end, window.sentence.end))
    )


def find_kind(reading: Reading, window: Window, near: str, wide: str) -> FundingKind | None:
    """The kind of a funding, None for a loan: of a loan only the guarantee is the authority's."""
    kind = kind_of(near, wide)
    before = reading.folded[window.sentence.start : window.start]
    if kind in _GUARANTEED and pattern("fundings", "kind.guarantee").search(before):
        more = within(reading.amounts, window.end, window.sentence.end)
        if more and pattern("fundings", "said.loan_of").search(near):
            return None  # the loan, whose guaranteed share is told after it
        kind = "guarantee"
    said_of = pattern("fundings", "said.guaranteed")
    unsaid = kind == "guarantee" and not said_of.search(near) and said_of.search(wide) is not None
    return None if kind == "loan" or unsaid else kind


def set_budget_parties(reading: Reading, window: Window, near: str, parties: Parties) -> None:
    """Whose budget a sum is: the authority's where it is its own share or its own envelope, else unknown."""
    lead = reading.sentences[window.sentence.lead] if window.sentence.lead is not None else None
    if lead is not None and pattern("tables", "status.budget").search(reading.text_of(lead)):
        parties.funder, parties.beneficiary = reading.authority, None  # a line of its own budget, whatever it names
        return
    if pattern("fundings", "said.own_share").search(near):
        parties.funder, parties.beneficiary = reading.authority, None
    if parties.funder is reading.authority and not own_budget(reading, window, reading.authority):
        parties.funder = None


def is_total(near: str) -> bool:
    """Whether the words before a sum make it a total."""
    return pattern("fundings", "part.total").search(near) is not None


def is_sum_of_years(reading: Reading, window: Window, near: str) -> bool:
    """Whether a sum only adds up years told before it: "40 000 € par an, soit un engagement global de 120 000 €"."""
    told = within(reading.amounts, window.sentence.start, window.start)
    return bool(told) and pattern("fundings", "part.overall").search(near) is not None


def is_first_payment(reading: Reading, window: Window) -> bool:
    """Whether a sum is the advance of a grant, whose other payments follow: "une avance de 500 € et un solde de"."""
    before, behind = (reading.folded[window.left : window.start], reading.folded[window.end : window.sentence.end])
    first = pattern("fundings", "part.first").search(before) is not None
    return first and pattern("fundings", "part.then").search(behind) is not None


def is_part_of_lead(reading: Reading, sentence: Sentence) -> bool:
    """Whether an item is a part of the one grant that its list's lead tells, of a named body or by its sum."""
    lead = reading.sentences[sentence.lead] if sentence.lead is not None else None
    if lead is None or pattern("tables", "status.parts").search(reading.text_of(lead)) is None:
        return False
    named = any(o is not reading.authority for _, _, o in mentions_in(reading, lead.start, lead.end))
    return named or len(within(reading.amounts, lead.start, lead.end)) == 1


def is_conditional(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence grants under a condition, or up to a ceiling."""
    return finder("fundings", "condition.cue").search(reading.text_of(sentence)) is not None
