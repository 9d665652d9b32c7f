"""Who receives an amount, by falling certainty: said of it, item of a list, phrase, demand, lead, pronoun, subject."""

from __future__ import annotations

import re

from extract.facts import FundingStatus
from extract.patterns import pattern
from extract.pipes.meant import previous, subject
from extract.pipes.model import Sentence
from extract.pipes.money.funder import antecedent
from extract.pipes.money.phrase import by_phrase
from extract.pipes.money.window import Parties, Window
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in, said, said_after

_REACH = 30
_FIGURE = re.compile(r"[^.;]{0,40}\d")
_ITEM_ENDS = re.compile(r"[\s\"]*(?:\([^)]*\)\s*)?[:,–-]")


def find_receiver(reading: Reading, text: str, window: Window, status: FundingStatus, parties: Parties) -> None:
    """Who receives, by falling certainty: said in the amount's stretch, item of a list, lead, pronoun, subject."""
    sentence, authority = window.sentence, reading.authority
    if _stated(reading, window, parties) or _by_item(reading, window, parties):
        return
    if status == "awarded" and sentence.section == "decision" and by_phrase(reading, text, window, parties):
        return
    if status == "awarded" and _by_pronoun(reading, window, parties):
        return
    if _asked(reading, window, status, parties) or _by_weaker(reading, window, status, parties):
        return
    if parties.funder not in (None, authority):
        if status == "requested":
            parties.beneficiary, parties.how = authority, "authority"
        return
    if status == "requested" and sentence.section == "decision":
        parties.beneficiary, parties.how = authority, "authority"
        return
    _by_context(reading, window, status, parties)


def _stated(reading: Reading, window: Window, parties: Parties) -> bool:
    """ "attribuer à X une subvention de 500 €", "500 € à X", "X percevra 500 €"; what an amount took is taken."""
    sentence = window.sentence
    for start, end in ((window.left, window.start), (window.end, window.right)):
        for begin, stop, organisation in mentions_in(reading, start, end):
            if organisation is parties.funder and organisation is not reading.authority:
                continue
            receives = said(reading, "receives", begin, start)
            if said(reading, "bound", begin, sentence.start):
                continue
            if begin in window.consumed or (said(reading, "from", begin, sentence.start) and not receives):
                continue
            if (
                said(reading, "receives", begin, start)
                or (start == window.end and _right_after(reading, window, begin))
                or said(reading, "object", begin, start)
                or _in_brackets(reading, window, stop)
                or said_after(reading, "gets", stop, sentence.end)
            ):
                parties.beneficiary, parties.how, parties.used = organisation, "stated", begin
                _each(reading, window, stop, parties)
                return True
    return False


def _by_pronoun(reading: Reading, window: Window, parties: Parties) -> bool:
    """ "Elle recevrait une subvention de 54 000 €": who the sentence before is about."""
    sentence = window.sentence
    pronoun = pattern("fundings", "role.anaphoric").match(reading.text_of(sentence))
    if not pronoun or not said_after(reading, "gets", sentence.start + pronoun.end(), window.start):
        return False
    meant = antecedent(reading, sentence, None)
    if meant is None or meant is parties.funder or meant is reading.authority:
        return False
    parties.beneficiary, parties.how = meant, "anaphora"
    return True


def _right_after(reading: Reading, window: Window, begin: int) -> bool:
    """ "800 € pour le collège": in a list of sums, "pour" right after the sum says who receives."""
    return pattern("fundings", "role.for_direct").match(reading.folded[window.end : begin]) is not None


def _in_brackets(reading: Reading, window: Window, stop: int) -> bool:
    """ "Amicale laïque (600 €)": the sum stands in brackets after the name."""
    opened = pattern("fundings", "role.bracket").fullmatch(reading.folded[stop : window.start])
    return opened is not None and reading.folded[window.end : window.right].lstrip().startswith(")")


def _each(reading: Reading, window: Window, stop: int, parties: Parties) -> None:
    """Further organisations of the same list, each of which gets the amount; a shared sum has no one beneficiary."""
    following: list[Organisation] = []
    position = stop
    for begin, end, organisation in mentions_in(reading, stop, window.sentence.end):
        if not pattern("fundings", "shared.receivers").fullmatch(reading.folded[position:begin]):
            break
        following.append(organisation)
        position = end
    if not following:
        return
    if pattern("fundings", "shared.each").search(reading.text_of(window.sentence)):
        parties.others = [o for o in following if o is not parties.beneficiary]
    elif not _FIGURE.match(reading.folded, position, window.sentence.end) or position <= window.start:
        parties.beneficiary, parties.how = None, "shared"


def _asked(reading: Reading, window: Window, status: FundingStatus, parties: Parties) -> bool:
    """Whose demand it is: "la demande de la commune de X", "l'association sollicite"."""
    if status not in ("requested", "rejected"):
        return False
    sentence = window.sentence
    for start, _, organisation in mentions_in(reading, sentence.start, window.start):
        before = reading.folded[max(sentence.start, start - 70) : start]
        if pattern("fundings", "requested.asked").search(before) and organisation is not parties.funder:
            parties.beneficiary, parties.how = organisation, "stated"
            return True
    if pattern("fundings", "role.anaphoric").match(reading.text_of(sentence)):
        meant = antecedent(reading, sentence, None)
        if meant is not None and meant is not parties.funder and meant is not reading.authority:
            parties.beneficiary, parties.how = meant, "anaphora"
            return True
    for start, _, organisation in mentions_in(reading, window.end, sentence.end):
        if said(reading, "by_whom", start, window.end) and organisation is not parties.funder:
            parties.beneficiary, parties.how = organisation, "stated"
            return True
    anaphora = pattern("organisations", "anaphora.association").search(reading.folded, sentence.start, window.start)
    if anaphora and not reading.organisations.at(anaphora.end() + 1):
        meant = previous(reading, anaphora.start())
        if meant is not None:
            parties.beneficiary, parties.how = meant, "anaphora"
            return True
    return False


def _by_item(reading: Reading, window: Window, parties: Parties) -> bool:
    """ "- Association Horizon : 500 €": the organisation that opens a list item receives."""
    sentence = window.sentence
    for start, end, organisation in mentions_in(reading, sentence.start, window.start):
        opens = pattern("fundings", "role.item").match(reading.folded[sentence.start : start])
        other = organisation is not parties.funder or organisation is not reading.authority
        if opens and other and _ITEM_ENDS.match(reading.folded[end : window.start]):
            parties.beneficiary, parties.how = organisation, "row"
            return True
    return False


def _by_weaker(reading: Reading, window: Window, status: FundingStatus, parties: Parties) -> bool:
    """ "pour l'action de CREATIV'", or an association of which a grant is said ("la subvention de l'association X")."""
    sentence = window.sentence
    for start, _, organisation in mentions_in(reading, sentence.start, sentence.end):
        if organisation in (parties.funder, reading.authority) or status == "budgeted":
            continue
        if pattern("fundings", "role.reserve").search(reading.folded, sentence.start, start):
            break
        carries = said(reading, "carried_by", start, sentence.start)
        if (
            carries
            or said(reading, "receives_weak", start, sentence.start)
            or (organisation.kind in ("association", "company") and said(reading, "grant_of", start, sentence.start))
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
    if anaphora and status != "budgeted" and not reading.organisations.at(anaphora.end() + 1):
        meant = previous(reading, anaphora.start(), anaphora.group())
        if meant is not None and meant is not parties.funder:
            parties.beneficiary, parties.how = meant, "anaphora"
            return
    if status == "budgeted":
        _budget_of(reading, window, parties)
        return
    about = subject(reading)
    if about is None or about is parties.funder or _names_another(reading, sentence):
        return
    named = any(o is about for _, _, o in mentions_in(reading, sentence.start, sentence.end))
    if about.kind not in ("state", "local_authority") or named:
        parties.beneficiary, parties.how = about, "subject"


def _names_another(reading: Reading, sentence: Sentence) -> bool:
    """Whether the sentence says who receives, in words that no known organisation answers to."""
    for match in pattern("fundings", "role.explicit").finditer(reading.folded, sentence.start, sentence.end):
        reach = match.end() + _REACH
        if not mentions_in(reading, match.end() - 1, reach) and not pattern(
            "organisations", "anaphora.beneficiary"
        ).search(reading.folded, match.end() - 3, reach):
            return True
    return False


def _budget_of(reading: Reading, window: Window, parties: Parties) -> None:
    """ "le budget de l'association est de …": whose budget it is."""
    sentence = window.sentence
    before = reading.folded[sentence.start : window.start]
    if not pattern("fundings", "said.budget").search(before):
        return
    for start, _, organisation in mentions_in(reading, sentence.start, window.start):
        if pattern("fundings", "said.budget_of").search(reading.folded[sentence.start : start]):
            parties.beneficiary, parties.how = organisation, "stated"
            return
    meant = pattern("organisations", "anaphora.beneficiary").search(reading.folded, sentence.start, window.start)
    about = previous(reading, meant.start()) if meant else None
    if about is not None:
        parties.beneficiary, parties.how = about, "anaphora"
