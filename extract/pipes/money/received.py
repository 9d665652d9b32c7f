"""Sums that the deliberating body takes: "de percevoir la participation de 500 €", "ACCEPTE l'aide qu'elle prévoit".

To receive and to cash leave no doubt; one accepts what one is given, and at times what one has to give. The payer is
who the sentence names, else the only other party of the convention. Builds in ``patterns/constructions.toml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.finder import finder
from extract.patterns import named, pattern
from extract.pipes.model import Sentence
from extract.pipes.money.approved import approved
from extract.pipes.money.built import Built
from extract.pipes.money.cues import decided_without_sum
from extract.pipes.money.learned.candidates import Candidate
from extract.pipes.money.learned.judge import organisation_of
from extract.pipes.money.learned.reader import Scene
from extract.pipes.money.learned.signed import Signed
from extract.pipes.money.window import Parties, Window
from extract.pipes.reading import Reading, once


@dataclass(frozen=True, slots=True)
class Received:
    """Who pays a sum that the body takes, None where it is not told; ``sure`` where the act leaves no doubt of it."""

    payer: Candidate | None
    sure: bool

    @property
    def built(self) -> Built | None:
        """The parties, where they are beyond doubt."""
        return Built(None, self.payer) if self.sure and self.payer is not None else None


def find_received(scene: Scene, window: Window, index: int) -> Received | None:
    """The payer of a sum that the decision takes, or approves as the exposé tells it; None where it takes none."""
    sentence = window.sentence
    signed = scene.signed(sentence)
    token = signed.line.amount_of.get(index)
    if sentence.section == "title" or token is None:
        return None
    text = signed.about(token)
    if sentence.section == "body":
        return _approved(scene, signed, text, signed.offsets[token])
    if (paid := _paid_by(scene, sentence, signed, text)) is not None:
        return paid
    taken = finder("constructions", "received.taken").search(text)
    accepted = finder("constructions", "received.accepted").search(text)
    verb = taken or accepted
    if verb is None or pattern("constructions", "received.given").match(text, signed.offsets[token]):
        return None
    for _, expression in named("constructions", "received_from"):
        found = expression.search(text, verb.start())
        if found is not None:
            return Received(_candidate(scene, signed, found), sure=True)
    payer = _party(scene, sentence)
    told = pattern("constructions", "received.agreed").search(text) is not None
    by_them = pattern("constructions", "received.by_them").search(text) is not None
    sure = payer is not None and (by_them or (told and (taken is not None or _gives(scene, payer))))
    return Received(payer, sure)


def _paid_by(scene: Scene, sentence: Sentence, signed: Signed, text: str) -> Received | None:
    """Who is told to pay the body, in what it approves: "le versement par l'État à la Ville d'une aide de 500 €".

    "La convention avec X, relative au versement à la Ville de 500 €" tells it by whom it agrees with.
    """
    told = pattern("constructions", "received.paid_by").search(text)
    if told is None and pattern("constructions", "received.paid_to_us").search(text):
        payer = _party(scene, sentence)
        return Received(payer, sure=payer is not None)
    if told is None or "◇" not in told.group():
        return None
    payer = _candidate(scene, signed, told) if told["payer"] else _party(scene, sentence)
    return Received(payer, sure=True) if payer is not None else None


def _approved(scene: Scene, signed: Signed, text: str, at: int) -> Received | None:
    """What another body is told to give, where the decision approves what it gives "ci-dessus"."""
    promised = _accepts(scene.reading) and pattern("constructions", "received_promised.gives").search(text)
    if promised:
        return Received(_candidate(scene, signed, promised), sure=True)
    payers = {organisation.id for organisation, _ in approved(scene.reading)}
    told = pattern("constructions", "received_above.gives").search(text) if payers else None
    if told is None or pattern("constructions", "received.given").match(text, at):
        return None
    payer = _candidate(scene, signed, told)
    known = payer.organisation is not None and payer.organisation.id in payers
    return Received(payer, sure=True) if known else None


@once
def _accepts(reading: Reading) -> bool:
    """Whether a point of the decision accepts money without telling how much: "d'accepter cette participation"."""
    return any(finder("fundings", "taken.accepts").search(reading.text_of(s)) for s in decided_without_sum(reading))


def take_in(scene: Scene, received: Received, parties: Parties) -> bool:
    """Set who pays and receives a sum that the body takes; whether that is what was read of it before."""
    authority = scene.reading.authority
    if parties.beneficiary is authority and parties.funder not in (None, authority):
        return True
    parties.funder = organisation_of(scene, received.payer) if received.payer is not None else None
    parties.beneficiary, parties.how, parties.others, parties.private_name = authority, "authority", [], None
    return False


def _party(scene: Scene, sentence: Sentence) -> Candidate | None:
    """The only body that a sentence names, else the only other party of the conventions of the act."""
    named = {c.organisation.id if c.organisation else c.name: c for c in scene.named(sentence)}
    if named:
        return next(iter(named.values())) if len(named) == 1 else None
    reading = scene.reading
    parties = {party for agreement in reading.agreements for party in agreement.parties}
    others = {p for p in parties if reading.authority is None or p != reading.authority.id}
    told = (c for c in scene.candidates if c.organisation is not None and c.organisation.id in others)
    return next(told, None) if len(others) == 1 else None


def _gives(scene: Scene, payer: Candidate) -> bool:
    """Whether the exposé tells of a body that it pays the deliberating one."""
    for sentence in scene.reading.sentences:
        if sentence.section != "body":
            continue
        signed = scene.signed(sentence)
        for _, expression in named("constructions", "received_told"):
            found = (_candidate(scene, signed, match) for match in expression.finditer(signed.text))
            if any(each.organisation is payer.organisation for each in found):
                return True
    return False


def _candidate(scene: Scene, signed: Signed, match: re.Match[str]) -> Candidate:
    """Whom the sign of the payer stands for."""
    return scene.candidates[signed.line.refs[signed.token_at(match.start("payer"))]]
