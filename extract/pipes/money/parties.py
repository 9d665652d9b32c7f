"""Funder and beneficiary of one amount, by the roles that the words around organisations give them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.facts import FundingStatus
from extract.patterns import pattern
from extract.pipes.model import Reading, Sentence
from extract.pipes.names import strip_name
from extract.pipes.orgbook import Organisation
from extract.pipes.roles import mentions_in, previous, said, said_after, subject


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of a sentence that belongs to one amount: from the amount before to the amount after."""

    sentence: Sentence
    left: int
    start: int
    end: int
    right: int
    first: bool = True


@dataclass(slots=True)
class Parties:
    """Who pays, who receives, how the receiver was found, and a private person's name where one receives."""

    funder: Organisation | None = None
    beneficiary: Organisation | None = None
    how: str = "none"
    private_name: str | None = None
    private_span: tuple[int, int] | None = None


def find_parties(reading: Reading, text: str, window: Window, status: FundingStatus) -> Parties:
    """The parties of an amount of the given status; what the act only implies is left out."""
    parties = Parties()
    if _private(reading, text, window, parties):
        parties.funder = _funder(reading, window, status)
        return parties
    parties.funder = _funder(reading, window, status)
    _receiver(reading, window, status, parties)
    authority = reading.extras["authority"]
    if parties.funder is not None and parties.funder is parties.beneficiary:
        parties.beneficiary, parties.how = (None, "none")
    if status == "awarded" and parties.funder not in (None, authority) and parties.beneficiary is None:
        # the body approves what another pays: it pays the body, unless the act says otherwise
        parties.beneficiary, parties.how = authority, "authority"
    return parties


def _private(reading: Reading, text: str, window: Window, parties: Parties) -> bool:
    """A natural person who receives: kept in the local facts only."""
    for begin, stop in ((window.end, window.right), (window.left, window.start)):
        for match in pattern("fundings", "role.private").finditer(reading.folded, begin, stop):
            start, end = match.span("who")
            written = text[match.start("name") : match.end("name")]
            if not any(w[:1].isupper() for w in written.split()) or reading.extras["organisations"].at(start):
                continue
            if re.search(r"(?:represent|presid|sign|autoris|charg|rapport)\w*[^.;]{0,40}$", reading.folded[begin:start]):
                continue
            parties.private_name, parties.private_span, parties.how = strip_name(written), (start, end), "private"
            return True
    return False


def _funder(reading: Reading, window: Window, status: FundingStatus) -> Organisation | None:
    """Who pays: an agent ("par l'État"), a source ("auprès de", "subvention de la CAF"), a subject ("X versera")."""
    sentence = window.sentence
    near = mentions_in(reading, window.left, window.right)
    for start, end, organisation in near:
        if said(reading, "from", start, sentence.start):
            return organisation
        if said(reading, "agent", start, sentence.start) and not said(reading, "not_agent", start, sentence.start):
            return organisation
        if start >= window.end and organisation.kind != "association" and _amount_of(reading, window, start):
            return organisation
        if end <= window.start and organisation.kind != "association" and said(reading, "grant_of", start, sentence.start):
            return organisation
        if said_after(reading, "pays", end, sentence.end) and not said(reading, "receives", start, sentence.start):
            return organisation
    for start, end, organisation in mentions_in(reading, sentence.start, window.left):
        if said_after(reading, "pays", end, sentence.end) or said(reading, "from", start, sentence.start):
            return organisation
    if status == "requested":
        return None
    authority: Organisation | None = reading.extras["authority"]
    return authority


def _amount_of(reading: Reading, window: Window, start: int) -> bool:
    between = reading.folded[window.end : start]
    return pattern("fundings", "role.amount_of").fullmatch(between) is not None or re.fullmatch(
        r"\s*(?:par an\s*)?(?:de la |de l'|du |de |d'|des )(?:la |l'|le )?", between
    ) is not None


def _receiver(reading: Reading, window: Window, status: FundingStatus, parties: Parties) -> None:
    """Who receives, by falling certainty: said after the amount, before it, item of a list, subject, lead, pronoun."""
    sentence, authority = window.sentence, reading.extras["authority"]
    for start, end in ((window.end, window.right), (window.left, window.start)):
        for begin, stop, organisation in mentions_in(reading, start, end):
            if organisation is parties.funder and organisation is not authority:
                continue
            if said(reading, "receives", begin, start) and not said(reading, "from", begin, sentence.start):
                parties.beneficiary, parties.how = organisation, "stated"
                return
            if said_after(reading, "gets", stop, sentence.end):
                parties.beneficiary, parties.how = organisation, "stated"
                return
    if _by_item(reading, window, parties) or _by_weaker(reading, window, status, parties):
        return
    if status == "requested" and parties.funder is not authority:
        if parties.funder is not None or sentence.section == "decision":
            parties.beneficiary, parties.how = authority, "authority"
        return
    _by_context(reading, window, status, parties)


def _by_item(reading: Reading, window: Window, parties: Parties) -> bool:
    """ "- Association Horizon : 500 €": the organisation that opens a list item receives."""
    sentence = window.sentence
    for start, end, organisation in mentions_in(reading, sentence.start, window.start):
        before = reading.folded[sentence.start : start]
        after = reading.folded[end : window.start]
        if pattern("fundings", "role.item").match(before) and re.match(r"[\s\"]*(?:\([^)]*\)\s*)?[:,–-]", after):
            if organisation is not parties.funder or organisation is not reading.extras["authority"]:
                parties.beneficiary, parties.how = organisation, "row"
                return True
    return False


def _by_weaker(reading: Reading, window: Window, status: FundingStatus, parties: Parties) -> bool:
    """ "pour l'action de CREATIV'", or an association of which a grant is said ("la subvention de l'association X")."""
    sentence = window.sentence
    for start, _, organisation in mentions_in(reading, sentence.start, sentence.end):
        if organisation in (parties.funder, reading.extras["authority"]) or status == "budgeted":
            continue
        if said(reading, "receives_weak", start, sentence.start) or (
            organisation.kind in ("association", "company") and said(reading, "grant_of", start, sentence.start)
        ):
            parties.beneficiary, parties.how = organisation, "weak"
            return True
    for start, _, organisation in mentions_in(reading, sentence.start, window.left):
        if organisation is not parties.funder and said(reading, "receives", start, sentence.start):
            parties.beneficiary, parties.how = organisation, "stated"
            return True
    return False


def _by_context(reading: Reading, window: Window, status: FundingStatus, parties: Parties) -> None:
    """The lead of the list, a pronoun, then the act's subject."""
    sentence = window.sentence
    lead = reading.sentences[sentence.lead] if sentence.lead is not None else None
    if lead is not None:
        for start, _, organisation in mentions_in(reading, lead.start, lead.end):
            if organisation is not parties.funder and said(reading, "receives", start, lead.start):
                parties.beneficiary, parties.how = organisation, "lead"
                return
    anaphora = pattern("organisations", "anaphora.beneficiary").search(reading.folded, sentence.start, sentence.end)
    if anaphora and status != "budgeted":
        meant = previous(reading, anaphora.start())
        if meant is not None and meant is not parties.funder:
            parties.beneficiary, parties.how = meant, "anaphora"
            return
    about = subject(reading)
    if about is None or about is parties.funder:
        return
    if status == "budgeted":
        if "structure" in reading.text_of(sentence) or any(
            o is about for _, _, o in mentions_in(reading, sentence.start, sentence.end)
        ):
            parties.beneficiary, parties.how = about, "subject"
    elif about.kind not in ("state", "local_authority") or any(
        o is about for _, _, o in mentions_in(reading, sentence.start, sentence.end)
    ):
        parties.beneficiary, parties.how = about, "subject"
