"""Funder and beneficiary of one amount, by the roles that the words around organisations give them."""

from __future__ import annotations

from extract.facts import FundingStatus
from extract.patterns import pattern
from extract.pipes.money.funder import accepts, contributes, find_funder, other, pays
from extract.pipes.money.private import anonymous, find_private, meant_person, ranked_person
from extract.pipes.money.receiver import find_receiver
from extract.pipes.money.window import Parties, Window
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in


def find_parties(reading: Reading, text: str, window: Window, status: FundingStatus) -> Parties:
    """The parties of an amount of the given status; what the act only implies is left out."""
    parties, authority = Parties(), reading.authority
    parties.funder = find_funder(reading, window, status)
    if ranked_person(reading, window, parties):
        return parties
    if find_private(reading, text, window, parties, status) or meant_person(reading, window, parties):
        return parties
    if parties.funder is not authority and contributes(reading, window):
        parties.beneficiary, parties.how = authority, "authority"
    else:
        find_receiver(reading, text, window, status, parties)
    if parties.funder is not None and parties.funder is parties.beneficiary:
        parties.beneficiary, parties.how = None, "none"
    if parties.how in ("none", "subject", "weak", "authority") and anonymous(reading, window):
        _to_unnamed(reading, window, parties)
    if status == "awarded":
        _awarded(reading, window, parties)
    own = parties.funder is None and parties.beneficiary not in (None, authority)
    if status in ("requested", "rejected") and own:
        parties.funder = authority  # an association asks the body that deliberates
    return parties


def _to_unnamed(reading: Reading, window: Window, parties: Parties) -> None:
    """A sum for a person whom the act does not name; whoever is told after it gives something else."""
    parties.beneficiary, parties.how = None, "anonymous"
    told = [o for _, _, o in mentions_in(reading, window.sentence.start, window.start)]
    if parties.funder not in told:
        parties.funder = reading.authority


def _awarded(reading: Reading, window: Window, parties: Parties) -> None:
    """What an award implies of its parties: each of several payers, money that the body takes or approves."""
    authority = reading.authority
    each = pattern("fundings", "shared.payers").search(reading.text_of(window.sentence)) is not None
    if parties.funder is not authority and each:
        parties.payers = [
            o
            for s, _, o in mentions_in(reading, window.sentence.start, window.right)
            if o is not parties.funder and o is not authority and pays(reading, window.sentence, s)
        ]
    if parties.funder is authority and accepts(reading, window):
        parties.funder = other(reading, window.sentence, authority)
        parties.beneficiary, parties.how = authority, "authority"
    if parties.funder not in (None, authority) and parties.beneficiary is None:
        # the body approves what another pays: it pays the body, unless the act says otherwise
        parties.beneficiary, parties.how = authority, "authority"
