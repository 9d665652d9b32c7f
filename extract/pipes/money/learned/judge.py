"""What the models decide of an amount: its status, its parties, and how sure they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extract.facts import FundingStatus
from extract.linear import Linear, Seen, load
from extract.patterns import pattern
from extract.pipes.money.learned.candidates import Candidate
from extract.pipes.money.learned.party import PartyView
from extract.pipes.money.learned.reader import Scene
from extract.pipes.money.learned.roles import RoleModel
from extract.pipes.money.window import Parties
from extract.pipes.orgbook import Organisation
from extract.pipes.roles import guessed_kind
from extract.pipes.short_names import without_head
from extract.text import key

STATUSES: dict[str, FundingStatus] = {
    "awarded": "awarded",
    "requested": "requested",
    "budgeted": "budgeted",
    "rejected": "rejected",
    "kind": "awarded",
}
_LEAST = 0.5
#: From what probability on the rules' own reading is oftener right than another one (``training``, cross-validated).
_NEARLY: dict[FundingStatus, float] = {"awarded": 0.4, "requested": 0.15, "rejected": 0.1}


@dataclass(frozen=True, slots=True)
class Models:
    """The models of the money reader: what an amount is, and who of the organisations around it has which role."""

    status: Linear
    roles: RoleModel


@cache
def models() -> Models:
    """The models that travel with the package."""
    return Models(load("status"), RoleModel(load("beneficiary"), load("funder")))


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate with its probability; ``candidate`` is None where nobody is the likeliest."""

    candidate: Candidate | None
    sure: float
    place: str = "none"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The class of an amount ("none", "kind" or a status) and its probability.

    ``either`` is that of its being money for somebody at all: awarded or of a kind of its own, awarded or asked for.
    """

    label: str
    sure: float
    either: float = 0.0


def judge_status(models: Models, seen: Seen, ruled: FundingStatus | None) -> Verdict:
    """The likeliest class of an amount; that of the rules (``ruled``) where the model is nearly of their mind."""
    found = models.status.probabilities(seen)
    label = max(found, key=lambda name: found[name])
    if ruled is not None and found.get(ruled, 0.0) >= _NEARLY.get(ruled, 1.0):
        label = ruled
    other = "requested" if label == "requested" else "kind"
    return Verdict(label, found[label], found.get("awarded", 0.0) + found.get(other, 0.0))


def choose(views: list[PartyView], chances: list[float]) -> Choice:
    """The candidate most probably in a role, and how sure that is; nobody where none is likelier than not."""
    sure = max(chances, default=0.0)
    if sure < _LEAST:
        return Choice(None, 1 - sure)
    best = views[chances.index(sure)]
    return Choice(best.candidate, sure, best.place)


def rule_features(view: PartyView, parties: Parties, role: str) -> list[str]:
    """What the rules say of a candidate: it is their party, another is, or they have none."""
    said: Organisation | None = parties.beneficiary if role == "beneficiary" else parties.funder
    how = parties.how if role == "beneficiary" else "rule"
    if said is None:
        return [f"rule_{role}=none"]
    organisation = view.candidate.organisation
    if organisation is said:
        return [f"rule_{role}=this", f"rule_{role}=this/{how}", f"rule_{role}=this/{how}&place={view.place}"]
    return [f"rule_{role}=other", f"rule_{role}=other/{how}"]


def organisation_of(scene: Scene, candidate: Candidate) -> Organisation:
    """The organisation of a candidate; a guessed name becomes one of the act."""
    if candidate.organisation is not None:
        return candidate.organisation
    reading = scene.reading
    book, text = reading.organisations, reading.text
    name = candidate.name
    whole = " ".join(text[candidate.start : candidate.end].split()).strip(' "«»')
    association = pattern("candidates", "kinds.association").search(key(whole)) is not None
    kind = "association" if association else guessed_kind(reading, whole)
    known = without_head(book, name)
    if known is not None:
        book.complete(known, names=(name,), mention=(candidate.start, candidate.end))
    entry = known or book.add(name, kind, mention=(candidate.start, candidate.end))
    if whole != name:
        book.complete(entry, names=(whole,))
    candidate.organisation = entry
    return entry
