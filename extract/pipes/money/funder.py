"""Who pays an amount: an agent, a source, a subject, else the authority that deliberates."""

from __future__ import annotations

from extract.facts import FundingStatus
from extract.finder import finder
from extract.patterns import pattern
from extract.pipes.model import Sentence
from extract.pipes.money.window import Window
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in, said, said_after


def find_funder(reading: Reading, window: Window, status: FundingStatus) -> Organisation | None:
    """Who pays: an agent ("par l'État"), a source ("auprès de", "subvention de la CAF"), a subject ("X versera")."""
    told = (
        _contributor(reading, window)
        or _latter(reading, window)
        or _near(reading, window, status)
        or _next_giver(reading, window)
    )
    if told is None and status == "requested":
        told = _asked(reading, window)
    if told is None:
        told = _before(reading, window)
    if told is not None or status == "requested":
        return told
    sentence = window.sentence
    anaphoric = pattern("fundings", "role.anaphoric").match(reading.text_of(sentence))
    if sentence.section == "body" and anaphoric and status in ("awarded", "budgeted"):
        if said_after(reading, "gets", sentence.start + anaphoric.end(), sentence.end):
            return reading.authority
        return antecedent(reading, sentence, reading.authority)
    return reading.authority


def _contributor(reading: Reading, window: Window) -> Organisation | None:
    """The member that pays: "les contributions des communes : 41 325 € pour la commune de X"."""
    if contributes(reading, window):
        for start, _, organisation in mentions_in(reading, window.end, window.right):
            if said(reading, "for_whom", start, window.end):
                return organisation
    return None


def _latter(reading: Reading, window: Window) -> Organisation | None:
    """ "l'avenant à conclure avec l'État et d'accepter le versement par celui-ci": who was named last pays."""
    sentence = window.sentence
    meant = pattern("fundings", "role.latter").search(reading.folded, window.left, window.start)
    if meant is None:
        return None
    named = [o for _, _, o in mentions_in(reading, sentence.start, meant.start()) if o is not reading.authority]
    return named[-1] if named else None


def _near(reading: Reading, window: Window, status: FundingStatus) -> Organisation | None:
    """The first organisation of the amount's own stretch that its words make the payer."""
    begin = window.sentence.start
    for start, _, organisation in mentions_in(reading, window.end, window.right):
        if pattern("fundings", "role.from_direct").fullmatch(reading.folded, window.end, start):
            return organisation
    for start, end, organisation in mentions_in(reading, window.left, window.right):
        # "demander au Département": what is asked of someone, he pays
        receives = status != "requested" and said(reading, "receives", start, begin)
        public, after = organisation.kind != "association", start >= window.end
        if said(reading, "from", start, begin) and not receives:
            return organisation
        if pays(reading, window.sentence, start):
            return organisation
        if public and after and _amount_of(reading, window, start):
            return organisation
        placed = end <= window.start or (after and organisation is not reading.authority)
        if public and placed and said(reading, "grant_of", start, begin):
            return organisation
        if not receives and said_after(reading, "pays", end, window.sentence.end):
            return organisation
    return None


def _next_giver(reading: Reading, window: Window) -> Organisation | None:
    """A further giver of a series: "les participations de la CAF, pour 900 €, et de la MSA, pour 300 €"."""
    begin = window.sentence.start
    giving = any(
        o.kind != "association" and said(reading, "grant_of", start, begin)
        for start, _, o in mentions_in(reading, begin, window.left)
    )
    for start, _, organisation in mentions_in(reading, window.left, window.start) if giving else []:
        if organisation.kind != "association" and said(reading, "grant_of_next", start, window.left):
            return organisation
    return None


def _asked(reading: Reading, window: Window) -> Organisation | None:
    """Of several sums asked for in one sentence, each is asked of the one named before it."""
    begin = window.sentence.start
    named = mentions_in(reading, window.left, window.start) if window.left > begin else []
    asked = [o for start, _, o in named if not said(reading, "receives", start, begin)]
    return asked[-1] if asked else None


def _before(reading: Reading, window: Window) -> Organisation | None:
    """The payer that the sentence named before an earlier amount."""
    sentence = window.sentence
    for start, end, organisation in mentions_in(reading, sentence.start, window.left):
        if said_after(reading, "pays", end, sentence.end) or said(reading, "from", start, sentence.start):
            return organisation
    return None


def pays(reading: Reading, sentence: Sentence, start: int) -> bool:
    """ "par l'ARS et par la CPAM, d'une aide de 20 000 € chacune": each agent pays."""
    return said(reading, "agent", start, sentence.start) and not said(reading, "not_agent", start, sentence.start)


def contributes(reading: Reading, window: Window) -> bool:
    """Members pay the body: "d'arrêter les contributions des membres : 41 325 € pour la Communauté de …"."""
    return (
        finder("fundings", "role.contributors").search(reading.folded, window.sentence.start, window.start) is not None
    )


def accepts(reading: Reading, window: Window) -> bool:
    """The body takes money: "d'accepter la participation de 6 200 €", and takes no part in something with it."""
    if pattern("fundings", "role.takes_part").match(reading.folded, window.end):
        return False
    before = reading.folded[window.sentence.start : window.start]
    verbs = [m.end() for m in pattern("fundings", "role.accepting").finditer(before)]
    gives = [m.end() for m in pattern("fundings", "award.infinitive").finditer(before)]
    return bool(verbs) and (not gives or gives[-1] < verbs[-1])


def other(reading: Reading, sentence: Sentence, authority: Organisation | None) -> Organisation | None:
    """The only other organisation of a sentence."""
    named = {o.id: o for _, _, o in mentions_in(reading, sentence.start, sentence.end) if o is not authority}
    return next(iter(named.values())) if len(named) == 1 else None


def antecedent(reading: Reading, sentence: Sentence, authority: Organisation | None) -> Organisation | None:
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
