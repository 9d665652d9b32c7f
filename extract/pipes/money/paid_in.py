"""What partners pay the authority, told as a list: "les contributions suivantes versées à la Métropole : EDF, …".

Their names stand where those who receive stand in other lists; the money goes the other way. Rows are flows where the
act decides or approves them; where they are only told, hoped for or recalled, they are nobody's, and never grants.
Patterns in ``patterns/contributions.toml`` ([received]).
"""

from __future__ import annotations

from extract.patterns import pattern
from extract.pipes.money.cues import granted_above, is_history, proposes
from extract.pipes.money.draft import Draft
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading
from extract.text import fold

_TOWN = frozenset(("ville", "commune"))
#: Who pays in is told at most so many sentences above the list.
_REACH = 8


def are_paid_in(reading: Reading, lead: str, start: int) -> bool:
    """Whether a folded lead introduces what others pay the authority, in a list that begins at ``start``."""
    if reading.authority is None or pattern("contributions", "received.given").search(lead):
        return False
    if _told_above(reading, lead, start):
        return True
    if any(pattern("contributions", f"received.{name}").search(lead) for name in ("of_partners", "partners_give")):
        return True
    found = (pattern("contributions", f"received.{name}").search(lead) for name in ("to_us", "we_get", "got_by_us"))
    return any(match is not None and _is_us(match["kind"], match["place"], reading.authority) for match in found)


def _told_above(reading: Reading, lead: str, start: int) -> bool:
    """Whether dues that a lead does not say whose they are were told of above: "Les communes y participent. […]".

    Or the decision tells it: "les conventions par lesquelles EDF et Orange contribuent au fonds".
    """
    if not pattern("contributions", "received.dues").search(lead) or is_history(lead):
        return False
    index = reading.sentence_at(start)
    fed = any(
        pattern("contributions", "received.feeds").search(reading.text_of(s))
        for s in reading.sentences[max(0, index - _REACH) : index]
    )
    return fed or any(
        s.section == "decision" and pattern("contributions", "received.by_agreement").search(reading.text_of(s))
        for s in reading.sentences
    )


def are_decided(reading: Reading, lead: str, section: str) -> bool:
    """Whether what a lead tells as paid in is decided here, not hoped for or recalled."""
    if pattern("contributions", "received.hoped").search(lead):
        return False
    approved = any(
        s.section == "decision" and pattern("contributions", "received.approved").search(reading.text_of(s))
        for s in reading.sentences
    )
    return section == "decision" or proposes(lead) or granted_above(reading) or approved


def accepts_contributions(reading: Reading) -> bool:
    """Whether the decision takes the contributions told above: "d'accepter les participations des communes"."""
    return any(
        s.section == "decision" and pattern("contributions", "received.accepted").search(reading.text_of(s))
        for s in reading.sentences
    )


def pay_in(reading: Reading, draft: Draft) -> None:
    """Make a payer of whom a row names, and of the authority the receiver."""
    draft.funder, draft.beneficiary = draft.beneficiary, reading.authority
    draft.kind, draft.how = "contribution", "authority"


def _is_us(kind: str | None, place: str | None, authority: Organisation) -> bool:
    """Whether "la Métropole", "la commune de X" is the authority."""
    name = fold(authority.name)
    if kind is None or kind == "collectivite":
        return True
    kinds = _TOWN if kind in _TOWN else {kind}
    return any(k in name for k in kinds) and (place is None or place in name)
