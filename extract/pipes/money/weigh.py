"""Who pays and who receives, as the models choose among the candidates; what the rules found is one thing they weigh.

Both roles are decided together: one organisation has one role, and who is nobody's choice leaves the authority as the
payer, so that how sure this is depends on how likely another payer was.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from extract.facts import FundingStatus
from extract.patterns import pattern
from extract.pipes.money.built import Built
from extract.pipes.money.draft import Draft
from extract.pipes.money.learned.candidates import Candidate
from extract.pipes.money.learned.judge import Choice, Models, choose, organisation_of, rule_features
from extract.pipes.money.learned.party import PartyView
from extract.pipes.money.learned.reader import Scene
from extract.pipes.money.learned.roles import Chances
from extract.pipes.money.placed import gapped_payer, placed_receiver
from extract.pipes.money.window import Parties, Window
from extract.pipes.orgbook import Organisation
from extract.pipes.roles import said
from extract.text import fold, key

#: From what probability on a receiver that the rules find too is one.
_NEARLY_RECEIVES = 0.4
#: From what probability on a name receives the sum that stands where it does in a series.
_IN_TURN = 0.3
#: From what probability on a name pays; how likely known names receive that stand where their sums do.
_PAYS, _TURN_OF_KNOWN = 0.3, 0.9
#: How sure it is that a known body receives, where one just named is meant of whom nobody knows who it is.
_UNMET = 0.3
#: A series has at least so many sums.
_FEWEST = 2
#: How a beneficiary was found, by where it stands.
_HOW = {"own": "stated", "lead": "lead", "back1": "anaphora", "back2": "anaphora", "title": "subject"}
#: How sure a party is that the build of the text tells.
PLACED = 0.95
_PAID = ("awarded", "rejected")


def place_parties(scene: Scene, window: Window, status: FundingStatus, parties: Parties, last: Draft | None) -> bool:
    """Set the parties that the build of the text tells, whatever the models would say; whether it does."""
    payer = gapped_payer(scene.reading, window, last) if status == "awarded" else None
    if payer is not None and last is not None:
        parties.funder, parties.beneficiary, parties.how = payer, last.beneficiary, last.how
        return True
    receiver = placed_receiver(scene, window) if status in _PAID else None
    if receiver is None or receiver is scene.reading.authority:
        return False
    parties.funder = parties.funder if parties.funder is not receiver else scene.reading.authority
    parties.beneficiary, parties.how, parties.others, parties.private_name = receiver, "stated", [], None
    return True


def place_built(scene: Scene, built: Built, parties: Parties) -> None:
    """Set the parties that the build of a sentence tells; whom it leaves out is the body that deliberates."""
    authority = scene.reading.authority
    if built.persons:
        named = parties.private_name is not None
        parties.funder, parties.beneficiary, parties.others = authority, None, []
        parties.how = "private" if named else "anonymous"
        return
    if built.shared:
        parties.funder, parties.beneficiary, parties.how, parties.others = authority, None, "none", []
        return
    receiver = organisation_of(scene, built.receiver) if built.receiver is not None else authority
    parties.funder = organisation_of(scene, built.payer) if built.payer is not None else authority
    if receiver is not parties.beneficiary:
        parties.beneficiary, parties.how, parties.others, parties.private_name = receiver, "stated", [], None
        parties.used = built.receiver.start if built.receiver is not None else None
    parties.how = "authority" if receiver is authority else "stated"
    if built.others:
        each = [organisation_of(scene, candidate) for candidate in built.others]
        parties.others = [o for o in each if o is not receiver]


def weigh_parties(scene: Scene, trained: Models, index: int, status: FundingStatus, parties: Parties) -> float:
    """Set who pays and who receives an amount; the probability that both are right."""
    reading, views = scene.reading, scene.parties(index)
    chances = [trained.roles.chances(view, status, _ruled(view, parties)) for view in views]
    receiver, payer = _together(scene, views, chances, parties)
    if receiver.candidate is None and parties.how == "stated" and parties.funder is not reading.authority:
        receiver = _nearly(views, chances, parties.beneficiary) or receiver
    if parties.private_name or parties.how == "anonymous":
        return 1.0
    authority = reading.authority
    if receiver.candidate is not None:
        found = organisation_of(scene, receiver.candidate)
        if found is not parties.beneficiary:
            parties.others = []
            parties.beneficiary, parties.how, parties.used = (
                found,
                _HOW.get(receiver.place, "weak"),
                receiver.candidate.start,
            )
    elif parties.how != "authority":
        parties.beneficiary, parties.how, parties.others = None, "none", []
    if payer.candidate is not None:
        found = organisation_of(scene, payer.candidate)
        if found is not parties.funder:
            parties.payers = []
        parties.funder = found
    elif status in _PAID:
        parties.funder = authority
    elif status == "requested" and parties.funder is None and parties.beneficiary not in (None, authority):
        parties.funder = authority  # an association asks the body that deliberates
    if parties.funder is authority and status in _PAID:
        payer = Choice(payer.candidate, max(payer.sure, 1 - _likeliest_other(views, chances, authority, receiver)))
    sure = receiver.sure * payer.sure
    if any(v.candidate.unmet and v.place == "own" for v in views):
        sure = min(sure, _UNMET)
    _apart(parties, authority, payer.sure < receiver.sure)
    return sure


def _apart(parties: Parties, authority: Organisation | None, received: bool) -> None:
    """Leave out one role of an organisation that has both; the authority's as payer where it rather receives."""
    if parties.funder is None or parties.funder is not parties.beneficiary:
        return
    if parties.funder is authority and received:
        parties.funder = None
    else:
        parties.beneficiary, parties.how = None, "none"


def _together(scene: Scene, views: list[PartyView], chances: list[Chances], parties: Parties) -> tuple[Choice, Choice]:
    """The likeliest receiver and payer; one organisation that would be both has the role that the rules give it.

    Where they give it none, the likelier one.
    """
    reached = [v.candidate.unmet or _is_reached(scene, v) for v in views]
    gets = [0.0 if tied else g for g, tied in zip(_received(scene, views, chances), reached, strict=True)]
    gives = [0.0 if v.candidate.unmet or _is_dative(v) else c.funder for v, c in zip(views, chances, strict=True)]
    receiver, payer = choose(views, gets), choose(views, gives)
    if (
        receiver.candidate is not None
        and payer.candidate is not None
        and _who(receiver.candidate) == _who(payer.candidate)
    ):
        whom = receiver.candidate.organisation
        ruled = (whom is not None and whom is parties.beneficiary) - (whom is not None and whom is parties.funder)
        if ruled > 0 or (ruled == 0 and receiver.sure > payer.sure):
            payer = choose(*_without(views, gives, _who(receiver.candidate)))
        else:
            receiver = choose(*_without(views, gets, _who(payer.candidate)))
    elif receiver.candidate is None and payer.candidate is not None:
        receiver = choose(*_without(views, gets, _who(payer.candidate)))  # who pays is no doubt about who receives
    elif payer.candidate is None and receiver.candidate is not None:
        payer = choose(*_without(views, gives, _who(receiver.candidate)))
    return receiver, payer


def _received(scene: Scene, views: list[PartyView], chances: list[Chances]) -> list[float]:
    """How likely each candidate receives, where known names and sums of the sentence alternate: each name its sum.

    Of annotated names nearly all do, unless they pay. Where a name is only guessed, the model has to lean that way.
    """
    turn = next((v for v in views if v.place == "own" and _is_turn(scene, v)), None)
    if turn is not None and chances[views.index(turn)].funder < _PAYS:
        own = [v.place == "own" and v.candidate is not turn.candidate for v in views]
        return [
            min(c.beneficiary, 1 - _TURN_OF_KNOWN) if other
            else max(c.beneficiary, _TURN_OF_KNOWN) if v is turn
            else c.beneficiary
            for v, c, other in zip(views, chances, own, strict=True)
        ]  # fmt: skip
    leaning = (c.beneficiary >= _IN_TURN and c.funder < _PAYS and v.paired for v, c in zip(views, chances, strict=True))
    return [(1 + c.beneficiary) / 2 if lean else c.beneficiary for c, lean in zip(chances, leaning, strict=True)]


def _is_turn(scene: Scene, view: PartyView) -> bool:
    """Whether a candidate is the known name that stands where the sum does, known names and sums alternating."""
    if view.candidate.guessed or view.standing.at is None:
        return False
    line, amount = view.standing.line, view.view.at
    names = [place for place in line.organisations if not scene.candidates[line.refs[place]].guessed]
    if len(names) != len(line.amounts) or len(names) < _FEWEST:
        return False
    order = sorted([*((place, 0) for place in names), *((place, 1) for place in line.amounts)])
    if any(one == other for (_, one), (_, other) in pairwise(order)):
        return False
    return names.index(view.standing.at) == line.amounts.index(amount) if view.standing.at in names else False


def _is_reached(scene: Scene, view: PartyView) -> bool:
    """Whether something reaches a candidate and gives it nothing: "l'extension du festival à la commune de X"."""
    start, reading = view.candidate.start, scene.reading
    return said(reading, "reached", start, reading.sentences[reading.sentence_at(start)].start)


def _is_dative(view: PartyView) -> bool:
    """Whether a candidate is "lui": who is given something pays nothing."""
    return (
        view.candidate.anaphora
        and pattern("candidates", "proper.dative").fullmatch(fold(view.candidate.name)) is not None
    )


def _who(candidate: Candidate | None) -> str:
    """The organisation of a candidate, or the name that is only guessed; "" for nobody."""
    if candidate is None:
        return ""
    return candidate.organisation.id if candidate.organisation is not None else key(candidate.name)


def _without(views: list[PartyView], chances: list[float], who: str) -> tuple[list[PartyView], list[float]]:
    """The candidates that are somebody else."""
    kept = [(v, c) for v, c in zip(views, chances, strict=True) if _who(v.candidate) != who]
    return [v for v, _ in kept], [c for _, c in kept]


def _likeliest_other(
    views: list[PartyView], chances: list[Chances], authority: Organisation | None, receiver: Choice
) -> float:
    """How likely somebody else than the authority pays."""
    got = _who(receiver.candidate)
    return max(
        (
            chance.funder
            for view, chance in zip(views, chances, strict=True)
            if view.candidate.organisation is not authority and not _is_dative(view) and _who(view.candidate) != got
        ),
        default=0.0,
    )


def _nearly(views: list[PartyView], chances: list[Chances], ruled: Organisation | None) -> Choice | None:
    """Whom the rules find to receive what another pays ("versé par l'État à la Ville"), the model being nearly sure."""
    told = [
        (chance.beneficiary, view)
        for chance, view in zip(chances, views, strict=True)
        if view.candidate.organisation is ruled
    ]
    chance, view = max(told, key=lambda each: each[0], default=(0.0, None))
    return Choice(view.candidate, chance, view.place) if view is not None and chance >= _NEARLY_RECEIVES else None


def _ruled(view: PartyView, parties: Parties) -> Iterator[str]:
    """What the rules say of a candidate in both roles."""
    yield from rule_features(view, parties, "beneficiary")
    yield from rule_features(view, parties, "funder")
