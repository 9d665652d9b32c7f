"""Which things a query may mean, scored; a match only where the resolution itself would be sure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from extract.facts import OrganisationKind, PersonName
from graph.normal import words
from graph.resolve.asking import (
    AskedOrganisation,
    KnownOrganisation,
    KnownPerson,
    Seat,
    Verdict,
    ask_organisation,
    ask_person,
)
from graph.resolve.likeness import alikeness
from graph.resolve.match import Reason
from graph.resolve.organisation_nodes import normal_words
from graph.resolve.places import undotted
from graph.search import entities
from graph.search.entities import Entity
from ontology.identifiers import is_rna, is_siren, is_siret
from service.reconcile import offer
from service.reconcile.names import read_person
from service.reconcile.queries import Query
from service.reconcile.seats import Authorities

KINDS: Final = ("Organisation", "Person", "Programme", "Deliberation", "Document")
_ORGANISATIONS: Final[Mapping[str, OrganisationKind]] = {
    "Association": "association", "LocalAuthority": "local_authority", "State": "state",
    "PublicEstablishment": "public_establishment", "Company": "company",
}  # fmt: skip
#: Things that the resolution compares for one query; where more are called just so, none of them is sure.
_COMPARED: Final = 40
#: What likeness alone is worth beside the word of the resolution, and what a hint that does not fit leaves of a score.
_ALIKE: Final = 0.9
_NOT_THERE: Final = 0.7
_NOT_THEN: Final = 0.8
#: A candidate below is no help to whoever must choose.
_WORTH_SHOWING: Final = 35.0


@dataclass(frozen=True)
class Scored:
    """A candidate: its score in 0..100, whether it is sure, and the features that say why."""

    entity: Entity
    score: float
    match: bool
    features: Mapping[str, float | bool]


@dataclass
class _Told:
    """What a query tells beside its name."""

    siren: str | None = None
    rna: str | None = None
    seat: Seat | None = None
    years: frozenset[str] = field(default_factory=frozenset)


class Matcher:
    """Answers queries over one release."""

    def __init__(self, index: Path, base: str) -> None:
        """``index`` is the search index of the release, ``base`` the base of its IRIs."""
        self._index = index
        self._ids = f"{base}/id/"
        self._authorities = Authorities(index, self._ids)

    def match(self, query: Query) -> list[Scored]:
        """The candidates of a query, best first. Raises graph.search.SearchIndexError, SearchTooLongError."""
        kinds = _kinds(query.types)
        told = self._told(query)
        direct = self._direct(query.name)
        numbered = self._numbered(told)
        named = entities.candidates(self._index, undotted(query.name), kinds) if kinds and not direct else ()
        every = list({each.iri: each for each in (*direct, *numbered, *named)}.values())
        sure = {each.iri for each in direct} or self._alone(query, numbered)
        compared = _nearest(query.name, every, told.seat)
        scored = self._scored(query.name, compared, told, sure)
        shown = [each for each in scored if each.match or each.score >= _WORTH_SHOWING]
        fitting = [each for each in shown if _has_type(each.entity, query.types)]
        fitting.sort(key=lambda each: (-each.match, -each.score, -each.entity.weight, each.entity.iri))
        return fitting[: query.limit]

    def _told(self, query: Query) -> _Told:
        hints = query.hints
        siren = next((_siren(text) for text in (*hints.get("siren", ()), query.name) if _siren(text)), None)
        rna = next((_bare(text) for text in (*hints.get("rna", ()), query.name) if is_rna(_bare(text))), None)
        return _Told(siren, rna, self._authorities.told(hints), frozenset(t[:4] for t in hints.get("year", ())))

    def _direct(self, name: str) -> tuple[Entity, ...]:
        """The thing whose identifier or IRI is given as the name."""
        if "/" not in name or " " in name:
            return ()
        return entities.find(self._index, [name if name.startswith(self._ids) else self._ids + name])

    def _numbered(self, told: _Told) -> tuple[Entity, ...]:
        numbers = (("siren", told.siren), ("rna", told.rna))
        return tuple(each for detail, n in numbers if n for each in entities.numbered(self._index, detail, n))

    @staticmethod
    def _alone(query: Query, numbered: Sequence[Entity]) -> set[str]:
        """The only thing that bears a number, where the query gives no name of something else."""
        is_number = not query.name or bool(_siren(query.name)) or is_rna(_bare(query.name))
        found = {each.iri for each in numbered}
        return found if is_number and len(found) == 1 else set()

    def _scored(self, name: str, compared: Sequence[Entity], told: _Told, sure: set[str]) -> list[Scored]:
        verdicts = {
            "Organisation": lambda some: self._organisations(name, some, told),
            "Person": lambda some: self._persons(name, some, told.seat),
            "Programme": lambda some: _programmes(name, some, told.seat),
            "Document": lambda some: _documents(name, some),
        }
        found: list[Scored] = []
        for kind in KINDS:
            some = [each for each in compared if each.kind == kind]
            verdict = verdicts[kind](some) if some and name and kind in verdicts else Verdict()
            for each in some:
                scored = _score(name, each, told, verdict, sure)
                if scored is not None:
                    found.append(scored)
        # a name that is sure in two kinds is sure in none
        certain = [each for each in found if each.match]
        return found if len(certain) < 2 else [_unsure(each) for each in found]

    def _organisations(self, name: str, some: Sequence[Entity], told: _Told) -> Verdict:
        known = [self._organisation(each) for each in some]
        return ask_organisation(AskedOrganisation(name, told.siren, told.rna, told.seat), known)

    def _organisation(self, entity: Entity) -> KnownOrganisation:
        told = [_ORGANISATIONS[each] for each in entity.classes if each in _ORGANISATIONS]
        kind: OrganisationKind = told[0] if told else "organisation"
        return KnownOrganisation(
            entity.iri,
            entity.names,
            kind,
            entity.detail("sigle"),
            entity.detail("siren"),
            entity.detail("rna"),
            self._authorities.of(entity),
        )

    def _persons(self, name: str, some: Sequence[Entity], seat: Seat | None) -> Verdict:
        """The best of the readings of the name; two readings that mean two persons are sure of neither."""
        known = [KnownPerson(each.iri, _person_names(each), self._authorities.of(each)) for each in some]
        verdicts = [ask_person(reading, known, seat) for reading in read_person(name)]
        sure = {verdict.sure for verdict in verdicts} - {None}
        scores: dict[str, float] = {}
        reasons: dict[str, tuple[Reason, ...]] = {}
        for verdict in verdicts:
            for key, score in verdict.scores.items():
                if score > scores.get(key, 0.0):
                    scores[key], reasons[key] = score, verdict.reasons.get(key, ())
        return Verdict(next(iter(sure)) if len(sure) == 1 else None, scores, reasons)


def _kinds(asked: Iterable[str]) -> tuple[str, ...]:
    """The kinds of the index that types belong to; all that are offered where none is asked for."""
    every = tuple(asked)
    known = [offer.types()[each] for each in every if each in offer.types()]
    return tuple(dict.fromkeys(each.broader or each.id for each in known)) if every else KINDS


def _has_type(entity: Entity, asked: Sequence[str]) -> bool:
    return not asked or entity.kind in asked or not set(asked).isdisjoint(entity.classes)


def _nearest(name: str, every: Sequence[Entity], seat: Seat | None) -> list[Entity]:
    """The things to compare: those that the authority told names and that are called so, before others."""
    here = seat.key if seat else ""
    return sorted(every, key=lambda e: (-_likeness(name, e), here not in e.authorities, -e.weight, e.iri))[:_COMPARED]


def _likeness(name: str, entity: Entity) -> float:
    """How alike the name and the nearest of an entity's are, in 0..1: 1 where they are the same words."""
    if entity.kind == "Person":
        asked = tuple(sorted(words(name)))
        return max((alikeness(asked, tuple(sorted(words(each)))) for each in entity.names), default=0.0)
    if entity.kind == "Organisation":
        return max((alikeness(normal_words(name), normal_words(each)) for each in entity.names), default=0.0)
    return max((alikeness(words(name), words(each)) for each in entity.names), default=0.0)


def _score(name: str, entity: Entity, told: _Told, verdict: Verdict, sure: set[str]) -> Scored | None:
    """None for a thing whose number says that it is another."""
    features: dict[str, float | bool] = {}
    for detail, number in (("siren", told.siren), ("rna", told.rna)):
        own = entity.detail(detail)
        if number and own:
            features[detail] = own == number
    if False in features.values() and True not in features.values():
        return None
    likeness = _likeness(name, entity) if name else 0.0
    features |= {reason.feature: reason.value for reason in verdict.reasons.get(entity.iri, ())}
    features |= {"name.likeness": round(likeness, 3), "name.identical": likeness == 1.0}
    score = max(verdict.scores.get(entity.iri, 0.0), likeness * _ALIKE)
    if told.seat is not None:
        features["authority"] = told.seat.key in (*entity.authorities, entity.iri)
        score *= 1.0 if features["authority"] else _NOT_THERE
    if told.years:
        features["year"] = not told.years.isdisjoint(entity.years)
        score *= 1.0 if features["year"] else _NOT_THEN
    match = entity.iri in sure if sure else entity.iri == verdict.sure
    if match or True in (features.get("siren"), features.get("rna")):
        score = max(score, 1.0 if entity.iri in sure else 0.95)
    features["documents"] = entity.weight
    return Scored(entity, round(100 * min(score, 1.0), 1), match, features)


def _unsure(scored: Scored) -> Scored:
    return Scored(scored.entity, scored.score, False, scored.features)


def _programmes(name: str, some: Sequence[Entity], seat: Seat | None) -> Verdict:
    """A programme is its name, with its period, in its territory: the only one called so there."""
    called = [each for each in some if words(name) in map(words, each.names)]
    here = [each.iri for each in called if seat is not None and seat.key in each.authorities]
    reasons = {each.iri: (Reason("name.same", 1.0, "même nom"),) for each in called}
    return Verdict(here[0] if len(here) == 1 else None, {each.iri: 0.95 for each in called}, reasons)


def _documents(name: str, some: Sequence[Entity]) -> Verdict:
    """A document is its file name, where it is the only one that came under it."""
    called = [each.iri for each in some if name in (*each.names, *each.details.get("sha256", ()))]
    return Verdict(called[0] if len(called) == 1 else None, dict.fromkeys(called, 0.95))


def _person_names(entity: Entity) -> tuple[PersonName, ...]:
    given, family = entity.detail("given"), entity.detail("family")
    first = (PersonName(written=entity.label, given=given, family=family),) if family else ()
    return (*first, *(name for text in entity.names[len(first) :] for name in read_person(text)[:1]))


def _siren(text: str) -> str | None:
    number = _bare(text)
    if is_siren(number):
        return number
    return number[:9] if is_siret(number) else None


def _bare(text: str) -> str:
    return re.sub(r"[\s.-]", "", text).upper()
