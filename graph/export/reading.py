"""What the exports read of a release beside its flows: acts, votes, organisations, persons. By trusted queries only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import pyoxigraph as ox

from graph.flows import CLASSES
from ontology.terms import DG, FOAF, ORG, RDF, SKOS

Row = dict[str, str]
_OF_AGENTS: Final = tuple(
    map(
        str,
        (RDF.type, SKOS.prefLabel, SKOS.altLabel, SKOS.notation, DG.siren, DG.siret, DG.rna, DG.inseeCode, ORG.unitOf),
    )
)
_OF_PERSONS: Final = tuple(map(str, (FOAF.name, FOAF.givenName, FOAF.familyName, SKOS.altLabel)))
#: What a named voter did, as Popolo calls it.
_OPTIONS: Final = {"votedAgainstBy": "no", "abstainedBy": "abstain", "notVotingBy": "not voting"}


@dataclass(frozen=True, slots=True)
class Vote:
    """The figures of a vote, None where the act states none. ``voters`` pairs what a person did with her IRI."""

    iri: str
    votes_for: int | None
    against: int | None
    abstentions: int | None
    not_voting: int | None
    outcome: str | None
    voters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """A deliberation. ``session``, ``body`` and ``authority`` are IRIs; ``matters`` codes of ACTES ("7.5", "7")."""

    iri: str
    title: str
    number: str | None
    date: str | None
    session: str | None
    office: int | None
    body: str | None
    authority: str | None
    matters: tuple[str, ...]
    vote: Vote | None


@dataclass(frozen=True, slots=True)
class Agent:
    """An organisation or a governing body; ``kind`` is its class ("Association", "GoverningBody").

    A number that two sources contradict is None: neither is surely its own.
    """

    iri: str
    label: str
    kind: str
    other_names: tuple[str, ...]
    sigle: str | None
    siren: str | None
    siret: str | None
    rna: str | None
    insee: str | None
    unit_of: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """A person who may be named."""

    iri: str
    name: str
    given: str | None
    family: str | None
    other_names: tuple[str, ...]


def rows(store: ox.Store, name: str) -> Iterator[Row]:
    """The rows of the query ``data/{name}.rq`` over the union of the graphs; an unbound variable is absent."""
    found = store.query(_query(name))
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError(f"{name}.rq is no SELECT")
    names = [variable.value for variable in found.variables]
    for solution in found:
        pairs = zip(names, solution, strict=True)
        yield {key: str(getattr(term, "value", term)) for key, term in pairs if term is not None}


def acts(store: ox.Store) -> list[Act]:
    """Every deliberation, by date. What two documents tell differently is told as the first of both, in order."""
    told: dict[str, Row] = {}
    for row in rows(store, "acts"):
        kept = told.setdefault(row["act"], row)
        if row.get("session") == kept.get("session"):
            kept.update({key: min(value, kept.get(key, value)) for key, value in row.items()})
    matters: dict[str, list[str]] = defaultdict(list)
    for row in rows(store, "matters"):
        matters[row["act"]].append(row["matter"].rsplit("matter-", 1)[1].replace("-", "."))
    votes = _votes(store)
    return [_act(row, tuple(matters[iri]), votes.get(iri)) for iri, row in told.items()]


def agents(store: ox.Store) -> dict[str, Agent]:
    """Organisations and governing bodies, by IRI, in their order."""
    found = _values(store, (DG.Organisation, DG.GoverningBody), _OF_AGENTS)
    return {iri: _agent(iri, values) for iri, values in found.items()}


def people(store: ox.Store) -> dict[str, Person]:
    """The persons who may be named, by IRI, in their order; never a private person, nor one without a name."""
    private = set(_of_class(store, DG.PrivatePerson))
    found = {}
    for iri, values in _values(store, (DG.Person,), _OF_PERSONS).items():
        names = values[str(FOAF.name)]
        if names and iri not in private:
            given, family = _one(values, FOAF.givenName), _one(values, FOAF.familyName)
            found[iri] = Person(iri, names[0], given, family, tuple(values[str(SKOS.altLabel)]))
    return found


def local(iri: str) -> str:
    """The last part of an IRI: the name of a term, the key of a thing."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


@cache
def _query(name: str) -> str:
    return resources.files("graph.export").joinpath("data", f"{name}.rq").read_text(encoding="utf-8")


def _act(row: Row, matters: tuple[str, ...], vote: Vote | None) -> Act:
    return Act(
        iri=row["act"],
        title=row.get("title", ""),
        number=row.get("number"),
        date=row.get("date"),
        session=row.get("session"),
        office=_int(row.get("office")),
        body=row.get("body"),
        authority=row.get("authority"),
        matters=matters,
        vote=vote,
    )


def _votes(store: ox.Store) -> dict[str, Vote]:
    voters: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows(store, "voters"):
        voters[row["act"]].append((_OPTIONS[local(row["did"])], row["person"]))
    figures: dict[str, dict[str, set[str]]] = {}
    for row in rows(store, "votes"):
        found = figures.setdefault(row["act"], defaultdict(set))
        for name, value in row.items():
            found[name].add(value)
    return {act: _vote(found, tuple(voters[act])) for act, found in figures.items()}


def _vote(found: Mapping[str, set[str]], voters: tuple[tuple[str, str], ...]) -> Vote:
    """A figure that two documents tell differently is none."""

    def figure(name: str) -> int | None:
        told = found.get(name, set())
        return int(next(iter(told))) if len(told) == 1 else None

    outcomes = found.get("outcome", set())
    outcome = local(next(iter(outcomes))) if len(outcomes) == 1 else None
    return Vote(
        iri=min(found["vote"]),
        votes_for=figure("for"),
        against=figure("against"),
        abstentions=figure("abstentions"),
        not_voting=figure("notVoting"),
        outcome=outcome,
        voters=voters,
    )


def _of_class(store: ox.Store, name: str) -> Iterator[str]:
    """The IRIs of the things of a class."""
    kind = ox.NamedNode(name)
    for quad in store.quads_for_pattern(None, ox.NamedNode(str(RDF.type)), kind, ox.DefaultGraph()):
        yield str(getattr(quad.subject, "value", ""))


def _values(store: ox.Store, classes: Iterable[str], properties: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """The values of some properties of the things of some classes: thing → property → values, all in their order.

    A walk over each property: joined by the engine, the same takes ten times as long.
    """
    things = sorted({iri for name in classes for iri in _of_class(store, name)})
    found: dict[str, dict[str, list[str]]] = {iri: defaultdict(list) for iri in things}
    for name in properties:
        for quad in store.quads_for_pattern(None, ox.NamedNode(name), None, ox.DefaultGraph()):
            told = found.get(str(getattr(quad.subject, "value", "")))
            if told is not None:
                told[name].append(str(getattr(quad.object, "value", "")))
    for told in found.values():
        for values in told.values():
            values.sort()
    return found


def _agent(iri: str, values: Mapping[str, list[str]]) -> Agent:
    kinds = {local(value) for value in values[str(RDF.type)]}
    kind = next((c for c in (*CLASSES, "GoverningBody") if c in kinds), "Organisation")
    labels = values[str(SKOS.prefLabel)]
    return Agent(
        iri=iri,
        label=labels[0] if labels else local(iri),
        kind=kind,
        other_names=tuple(dict.fromkeys([*labels[1:], *values[str(SKOS.altLabel)]])),
        sigle=_one(values, SKOS.notation),
        siren=_one(values, DG.siren),
        siret=_one(values, DG.siret),
        rna=_one(values, DG.rna),
        insee=_one(values, DG.inseeCode),
        unit_of=_one(values, ORG.unitOf),
    )


def _one(values: Mapping[str, list[str]], predicate: str) -> str | None:
    found = values[str(predicate)]
    return found[0] if len(found) == 1 else None


def _int(text: str | None) -> int | None:
    return int(text) if text else None
