"""What another body pays, told as its own: "L'État verse par ailleurs 500 € à X", "bénéficie d'une aide de la Région".

The words tell whose money it is: the subject of the verb, who stands behind "crédits de", a clause with a subject of
its own ("la CAF apportant 500 €"). Such a sum is never the deliberating body's, whoever receives it.
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.patterns import pattern
from extract.pipes.money.window import Parties, Window
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in, said
from extract.text import key

_PUBLIC = ("state", "local_authority", "public_establishment")
#: Words between who pays and the sum, where "crédits de l'État" stand in brackets or behind it.
_NEAR = 60


def is_anothers(reading: Reading, window: Window) -> bool:
    """Whether a sum that was read as the deliberating body's is told to be another's."""
    if _apart(reading, window) or _donates(reading, window):
        return True
    if window.sentence.section == "body" and (_whose(reading, window) or _whose_above(reading, window)):
        return True
    paid = _pays_itself(reading, window)
    if paid is None:
        return False
    return all(o is not reading.authority for _, _, o in mentions_in(reading, paid, window.start))


def turn_owed(reading: Reading, window: Window, parties: Parties) -> None:
    """Give what is left of a grant to whose grant it is: "le solde du fonds de concours de la commune"."""
    payer, begin = parties.funder, window.sentence.start
    if parties.beneficiary is not reading.authority or payer in (None, reading.authority):
        return
    places = (start for start, _, body in mentions_in(reading, begin, window.sentence.end) if body is payer)
    if any(said(reading, "balance_of", start, begin) for start in places):
        parties.funder, parties.beneficiary, parties.how = reading.authority, payer, "stated"


def pays_beside(reading: Reading, window: Window, parties: Parties) -> bool:
    """Whether another's payment to a third is told beside what is decided: "L'État verse par ailleurs à l'association".

    What the body approves or notes is decided: "approuve le versement par l'État", "prend acte que la CAF versera".
    """
    third = parties.beneficiary is not None and parties.beneficiary is not reading.authority
    return third and _pays_itself(reading, window) is not None


def _others(reading: Reading, start: int, end: int) -> Iterator[tuple[int, int, Organisation]]:
    """The public bodies that a stretch names, but the deliberating one and those that may be called like it."""
    own = reading.authority
    first = key(own.name).split()[:1] if own is not None else []
    for begin, stop, body in mentions_in(reading, start, end):
        if body is not own and body.kind in _PUBLIC and key(body.name).split()[:1] != first:
            yield begin, stop, body


def _pays_itself(reading: Reading, window: Window) -> int | None:
    """Where the verb of a sentence ends whose subject is another public body: "Pour information, l'État finance"."""
    sentence = window.sentence
    for start, end, _ in _others(reading, sentence.start, window.start):
        if pattern("fundings", "role.informs").fullmatch(reading.folded, sentence.start, start) is None:
            continue
        verb = pattern("fundings", "role.pays_itself").match(reading.folded, end, window.start)
        if verb is None or pattern("fundings", "role.turns").search(reading.folded, verb.end(), window.start):
            return None
        return verb.end()
    return None


def _apart(reading: Reading, window: Window) -> bool:
    """Whether a clause with a subject of its own pays: "les bailleurs y participant pour leur part à hauteur de"."""
    clause = pattern("fundings", "theirs.clause").search(reading.folded, window.left, window.start)
    if clause is None:
        return False
    return all(body is not reading.authority for _, _, body in mentions_in(reading, *clause.span("payer")))


def _donates(reading: Reading, window: Window) -> bool:
    """Whether another body gives a sum away: "L'association Le Four fait un don de 500 €"."""
    gift = pattern("fundings", "theirs.donates").search(reading.folded, window.left, window.start)
    if gift is None:
        return False
    givers = [body for _, _, body in mentions_in(reading, window.sentence.start, gift.start())]
    return bool(givers) and all(body is not reading.authority for body in givers)


def _whose(reading: Reading, window: Window) -> bool:
    """Whether the exposé tells whose a sum is: "un financement du Département de 500 €"."""
    folded = reading.folded
    for start, end, _ in _others(reading, window.left, min(window.right, window.end + _NEAR)):
        if end <= window.start:
            of = pattern("fundings", "role.grant_of").search(folded, window.left, start)
            if of and pattern("fundings", "theirs.behind").fullmatch(folded, end, window.start):
                return True
        elif start >= window.end and pattern("fundings", "theirs.of").fullmatch(folded, window.end, start):
            return True
    bare = pattern("fundings", "theirs.bare").search(folded, window.left, window.start)
    return bare is not None and reading.authority is not None and bare["payer"] not in key(reading.authority.name)


def _whose_above(reading: Reading, window: Window) -> bool:
    """Whether a sum is of those that the sentence above tells to be another's: "Ces crédits s'élèvent à 500 €"."""
    sentences = reading.sentences
    at = reading.sentence_at(window.sentence.start)
    if not at or sentences[at - 1].paragraph != window.sentence.paragraph:
        return False
    if pattern("fundings", "theirs.those").match(reading.folded, window.sentence.start, window.start) is None:
        return False
    above = sentences[at - 1]
    for start, _, _ in _others(reading, above.start, above.end):
        if pattern("fundings", "role.grant_of").search(reading.folded, above.start, start):
            return all(o is not reading.authority for _, _, o in mentions_in(reading, above.start, start))
    return False
