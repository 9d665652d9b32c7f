"""Funder and beneficiary of one amount, by the roles that the words around organisations give them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.facts import FundingStatus, OrganisationKind
from extract.patterns import pattern
from extract.pipes.model import Sentence
from extract.pipes.names import strip_name
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading
from extract.pipes.roles import holds_person, is_person, mentions_in, previous, said, said_after, subject
from extract.text import fold

_REACH = 30
_MOST_WORDS = 9
_SHORTEST = 4
_FIGURE = re.compile(r"[^.;]{0,40}\d")
_ITEM_ENDS = re.compile(r"[\s\"]*(?:\([^)]*\)\s*)?[:,–-]")


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of a sentence that belongs to one amount: from the amount before to the amount after.

    ``consumed`` holds where organisations stand that an earlier amount of the sentence already has.
    """

    sentence: Sentence
    left: int
    start: int
    end: int
    right: int
    consumed: frozenset[int] = frozenset()


@dataclass(slots=True)
class Parties:
    """Who pays, who receives, how the receiver was found, and a private person's name where one receives.

    ``others`` are further beneficiaries of the same amount each ("2 000 € chacune"); ``used`` where the beneficiary
    stands in the text.
    """

    funder: Organisation | None = None
    beneficiary: Organisation | None = None
    how: str = "none"
    private_name: str | None = None
    private_span: tuple[int, int] | None = None
    others: list[Organisation] = field(default_factory=list)
    payers: list[Organisation] = field(default_factory=list)
    used: int | None = None
    unknown_agent: bool = False


def find_parties(reading: Reading, text: str, window: Window, status: FundingStatus) -> Parties:
    """The parties of an amount of the given status; what the act only implies is left out."""
    parties = Parties()
    parties.funder = _funder(reading, window, status)
    if _private(reading, text, window, parties, status):
        return parties
    authority = reading.authority
    parties.unknown_agent = parties.funder is authority and status == "awarded" and _unknown_agent(reading, window)
    if parties.funder is not authority and _contributes(reading, window):
        parties.beneficiary, parties.how = authority, "authority"
    else:
        _receiver(reading, text, window, status, parties)
    if parties.funder is not None and parties.funder is parties.beneficiary:
        parties.beneficiary, parties.how = (None, "none")
    if (
        status == "awarded"
        and parties.funder is not authority
        and pattern("fundings", "shared.payers").search(reading.text_of(window.sentence))
    ):
        parties.payers = [
            o
            for s, _, o in mentions_in(reading, window.sentence.start, window.right)
            if o is not parties.funder and o is not authority and _pays(reading, window.sentence, s)
        ]
    if status == "awarded" and parties.funder is authority and _accepts(reading, window):
        parties.funder = _other(reading, window.sentence, authority)
        parties.unknown_agent = parties.funder is None
        parties.beneficiary, parties.how = authority, "authority"
    if status == "awarded" and parties.funder not in (None, authority) and parties.beneficiary is None:
        # the body approves what another pays: it pays the body, unless the act says otherwise
        parties.beneficiary, parties.how = authority, "authority"
    if status in ("requested", "rejected") and parties.funder is None and parties.beneficiary not in (None, authority):
        parties.funder = authority  # an association asks the body that deliberates
    return parties


def _private(reading: Reading, text: str, window: Window, parties: Parties, status: FundingStatus) -> bool:
    """A natural person who receives: kept in the local facts only."""
    names = ["private_item", "private", "private_untitled", *(["private_by"] if status == "rejected" else [])]
    for name in names:
        expression = pattern("fundings", f"role.{name}")
        for begin, stop in ((window.end, window.right), (window.sentence.start, window.start)):
            for match in expression.finditer(reading.folded, begin, stop):
                if name == "private_item" and match.start() != window.sentence.start:
                    continue
                start, end = match.span("who")
                written_name = text[match.start("name") : match.end("name")]
                capital = any(w[:1].isupper() for w in written_name.split())
                if name == "private_untitled" and not is_person(written_name):
                    continue
                if (
                    not capital
                    or (name != "private_untitled" and reading.organisations.at(start))
                    or _acts_for(reading, begin, start)
                ):
                    continue
                parties.private_name, parties.private_span = strip_name(written_name), (start, end)
                parties.how = "private"
                return True
    return False


def _acts_for(reading: Reading, begin: int, start: int) -> bool:
    """A person named as signing, presiding or reporting receives nothing."""
    before = reading.folded[begin:start]
    return pattern("fundings", "role.acts_for").search(before) is not None


def _funder(reading: Reading, window: Window, status: FundingStatus) -> Organisation | None:
    """Who pays: an agent ("par l'État"), a source ("auprès de", "subvention de la CAF"), a subject ("X versera")."""
    sentence = window.sentence
    near = mentions_in(reading, window.left, window.right)
    if pattern("fundings", "role.contributors").search(reading.folded, sentence.start, window.start):
        for start, _, organisation in near:
            if start >= window.end and said(reading, "for_whom", start, window.end):
                return organisation
    for start, end, organisation in near:
        if said(reading, "from", start, sentence.start) and not said(reading, "receives", start, sentence.start):
            return organisation
        if said(reading, "agent", start, sentence.start) and not said(reading, "not_agent", start, sentence.start):
            return organisation
        if start >= window.end and organisation.kind != "association" and _amount_of(reading, window, start):
            return organisation
        public = organisation.kind != "association"
        sum_first = start >= window.end and organisation is not reading.authority
        if public and (end <= window.start or sum_first) and said(reading, "grant_of", start, sentence.start):
            return organisation
        if said_after(reading, "pays", end, sentence.end) and not said(reading, "receives", start, sentence.start):
            return organisation
    if status == "requested":
        asked = [
            o
            for s, _, o in mentions_in(reading, window.left, window.start)
            if not said(reading, "receives", s, sentence.start)
        ]
        if asked and window.left > sentence.start:
            return asked[-1]
    for start, end, organisation in mentions_in(reading, sentence.start, window.left):
        if said_after(reading, "pays", end, sentence.end) or said(reading, "from", start, sentence.start):
            return organisation
    if status == "requested":
        return None
    authority: Organisation | None = reading.authority
    anaphoric = pattern("fundings", "role.anaphoric").match(reading.text_of(sentence))
    if sentence.section == "body" and anaphoric and status in ("awarded", "budgeted"):
        return _antecedent(reading, sentence, authority)
    return authority


def _pays(reading: Reading, sentence: Sentence, start: int) -> bool:
    """ "par l'ARS et par la CPAM, d'une aide de 20 000 € chacune": each agent pays."""
    return said(reading, "agent", start, sentence.start) and not said(reading, "not_agent", start, sentence.start)


def _contributes(reading: Reading, window: Window) -> bool:
    """Members pay the body: "d'arrêter les contributions des membres : 41 325 € pour la Communauté de …"."""
    return (
        pattern("fundings", "role.contributors").search(reading.folded, window.sentence.start, window.start) is not None
    )


def _accepts(reading: Reading, window: Window) -> bool:
    """The body takes money: "d'accepter la participation de 6 200 €"."""
    before = reading.folded[window.sentence.start : window.start]
    verbs = [m.end() for m in pattern("fundings", "role.accepting").finditer(before)]
    gives = [m.end() for m in pattern("fundings", "award.infinitive").finditer(before)]
    return bool(verbs) and (not gives or gives[-1] < verbs[-1])


def _other(reading: Reading, sentence: Sentence, authority: Organisation | None) -> Organisation | None:
    """The only other organisation of a sentence."""
    named = {o.id: o for _, _, o in mentions_in(reading, sentence.start, sentence.end) if o is not authority}
    return next(iter(named.values())) if len(named) == 1 else None


def _unknown_agent(reading: Reading, window: Window) -> bool:
    """Someone pays who is not named ("le versement par les deux caisses"): then nobody's money is told."""
    for match in pattern("fundings", "role.agent_unknown").finditer(
        reading.folded, window.sentence.start, window.right
    ):
        if not mentions_in(reading, match.start(), match.end() + 1):
            return True
    return False


def _antecedent(reading: Reading, sentence: Sentence, authority: Organisation | None) -> Organisation | None:
    """Who "elle versera", "sa participation" means: the first organisation of the sentence before."""
    index = reading.sentence_at(sentence.start)
    for before in reversed(reading.sentences[max(0, index - 3) : index]):
        if before.paragraph != sentence.paragraph:
            break
        named = mentions_in(reading, before.start, before.end)
        if named:
            return named[0][2]
    return authority


def _amount_of(reading: Reading, window: Window, start: int) -> bool:
    between = reading.folded[window.end : start]
    return (
        pattern("fundings", "role.amount_of").fullmatch(between) is not None
        or pattern("fundings", "role.sum_of").fullmatch(between) is not None
    )


def _receiver(reading: Reading, text: str, window: Window, status: FundingStatus, parties: Parties) -> None:
    """Who receives, by falling certainty: said in the amount's stretch, item of a list, lead, pronoun, subject."""
    sentence, authority = window.sentence, reading.authority
    if _stated(reading, window, status, parties) or _by_item(reading, window, parties):
        return
    if status == "awarded" and sentence.section == "decision" and _by_phrase(reading, text, window, parties):
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


def _stated(reading: Reading, window: Window, status: FundingStatus, parties: Parties) -> bool:
    """ "attribuer à X une subvention de 500 €", "500 € à X", "X percevra 500 €"; what an amount took is taken."""
    sentence = window.sentence
    for start, end in ((window.left, window.start), (window.end, window.right)):
        for begin, stop, organisation in mentions_in(reading, start, end):
            if organisation is parties.funder and organisation is not reading.authority:
                continue
            receives = said(reading, "receives", begin, start)
            if begin in window.consumed or (said(reading, "from", begin, sentence.start) and not receives):
                continue
            if (
                said(reading, "receives", begin, start)
                or (start == window.end and _right_after(reading, window, begin))
                or said(reading, "object", begin, start)
                or said_after(reading, "gets", stop, sentence.end)
            ):
                parties.beneficiary, parties.how, parties.used = organisation, "stated", begin
                _each(reading, window, stop, parties)
                return True
    return False


def _right_after(reading: Reading, window: Window, begin: int) -> bool:
    """ "800 € pour le collège": in a list of sums, "pour" right after the sum says who receives."""
    return pattern("fundings", "role.for_direct").match(reading.folded[window.end : begin]) is not None


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
        meant = _antecedent(reading, sentence, None)
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


def _by_phrase(reading: Reading, text: str, window: Window, parties: Parties) -> bool:
    """A receiver that the decision names in words of no known form: "d'attribuer aux pupilles de l'école publique"."""
    left = [m.end() for m in pattern("fundings", "role.explicit").finditer(reading.folded, window.left, window.start)]
    direct = pattern("fundings", "role.direct").match(reading.folded[window.end : window.right])
    places = [(p, window.start) for p in left[-1:]] + ([(window.end + direct.end(), window.right)] if direct else [])
    for begin, limit in places:
        article = pattern("fundings", "role.article").match(reading.folded[begin:limit])
        start = begin + (article.end() if article else 0)
        if pattern("fundings", "role.anyone").match(reading.folded[begin:limit].lstrip()) or pattern(
            "fundings", "role.anyone"
        ).match(reading.folded[start:limit]):
            continue
        phrase = pattern("fundings", "role.noun_phrase").match(reading.folded[start:limit])
        if not phrase or len(phrase["name"].split()) > _MOST_WORDS:
            continue
        inner = mentions_in(reading, start, start + phrase.end())
        if inner and not pattern("fundings", "role.complement").search(reading.folded[start : inner[0][0]]):
            continue
        name = strip_name(text[start : start + phrase.end("name")])
        lower = not any(c.isupper() for c in name)
        if lower and begin >= window.end and not pattern("organisations", "role.common").match(fold(name)):
            continue
        if len(name) >= _SHORTEST and not holds_person(name):
            kind: OrganisationKind = "association" if "association" in reading.folded else "organisation"
            mention = (start, start + phrase.end("name"))
            parties.beneficiary = reading.organisations.add(name, kind, mention=mention)
            parties.how, parties.used = "phrase", start
            return True
    return False


def _by_item(reading: Reading, window: Window, parties: Parties) -> bool:
    """ "- Association Horizon : 500 €": the organisation that opens a list item receives."""
    sentence = window.sentence
    for start, end, organisation in mentions_in(reading, sentence.start, window.start):
        before = reading.folded[sentence.start : start]
        after = reading.folded[end : window.start]
        if pattern("fundings", "role.item").match(before) and _ITEM_ENDS.match(after):
            if organisation is not parties.funder or organisation is not reading.authority:
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
