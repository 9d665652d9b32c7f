"""Popolo JSON: persons, organs and their authorities, memberships, séances, motions and votes.

A deliberation is a motion, its scrutin a vote event. "Ne se prononce pas" is the count "not voting", which the
specification has beside yes, no and abstain.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from graph.export.reading import Act, Agent, Person, Vote, acts, agents, local, people, rows
from graph.release.layout import Release

Entry = dict[str, Any]
_RESULTS: Final = {"Adopted": "pass", "NotAdopted": "fail", "Noted": "noted", "Postponed": "postponed"}
_CLASSES: Final = {"GoverningBody": "governing body", "LocalAuthority": "local authority"}


def write_popolo(release: Release, out: Path) -> None:
    """Write one JSON object with a list a class of the specification."""
    store = release.store()
    known, every = agents(store), acts(store)
    persons = people(store)
    bodies = {act.body for act in every if act.body}
    authorities = {act.authority for act in every if act.authority}
    content = {
        "persons": [_person(person) for person in persons.values()],
        "organizations": [_organisation(known[iri]) for iri in sorted(bodies | authorities) if iri in known],
        "memberships": _memberships(store, persons, bodies),
        "events": _events(store, every, persons),
        "motions": [_motion(act) for act in every],
        "vote_events": [_vote_event(act, act.vote) for act in every if act.vote],
    }
    out.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _entry(**members: object) -> Entry:
    """The members that have a value."""
    return {name: value for name, value in members.items() if value not in (None, [], "")}


def _sources(iri: str) -> list[Entry]:
    return [{"url": iri}]


def _person(person: Person) -> Entry:
    return _entry(
        id=person.iri,
        name=person.name,
        given_name=person.given,
        family_name=person.family,
        other_names=[{"name": name} for name in person.other_names],
        sources=_sources(person.iri),
    )


def _organisation(agent: Agent) -> Entry:
    numbers = {"SIREN": agent.siren, "SIRET": agent.siret, "INSEE": agent.insee}
    return _entry(
        id=agent.iri,
        name=agent.label,
        other_names=[{"name": name} for name in agent.other_names],
        identifiers=[{"scheme": scheme, "identifier": number} for scheme, number in numbers.items() if number],
        classification=_CLASSES.get(agent.kind, "organisation"),
        parent_id=agent.unit_of,
        sources=_sources(agent.iri),
    )


def _memberships(store: ox.Store, persons: Mapping[str, Person], bodies: set[str]) -> list[Entry]:
    """One entry a role, as the specification has it: who was a councillor, then a deputy, has two."""
    seats = (row for row in rows(store, "memberships") if row["person"] in persons and row["organisation"] in bodies)
    found = []
    for membership, told in groupby(seats, key=lambda row: row["membership"]):
        held = list(told)
        for row in held:
            role = local(row["role"]).removeprefix("role-") if "role" in row else None
            key = f"{membership}#{role}" if len(held) > 1 else membership
            found.append(_entry(id=key, person_id=row["person"], organization_id=row["organisation"], role=role))
    return found


def _events(store: ox.Store, every: Iterable[Act], persons: Mapping[str, Person]) -> list[Entry]:
    present: dict[str, list[Entry]] = defaultdict(list)
    for row in rows(store, "attendance"):
        if row["person"] in persons:
            present[row["session"]].append({"id": row["person"], "name": persons[row["person"]].name})
    held = {act.session: act for act in every if act.session}
    return [
        _entry(
            id=session,
            name=f"Séance du {act.date}" if act.date else "Séance",
            classification="meeting",
            start_date=act.date,
            organization_id=act.body,
            attendees=present[session],
            sources=_sources(session),
        )
        for session, act in held.items()
    ]


def _motion(act: Act) -> Entry:
    return _entry(
        id=act.iri,
        organization_id=act.body,
        legislative_session_id=act.session,
        text=act.title,
        classification="deliberation",
        date=act.date,
        result=_RESULTS.get(act.vote.outcome or "") if act.vote else None,
        sources=_sources(act.iri),
    )


def _vote_event(act: Act, vote: Vote) -> Entry:
    counts = {"yes": vote.votes_for, "no": vote.against, "abstain": vote.abstentions, "not voting": vote.not_voting}
    return _entry(
        id=vote.iri,
        organization_id=act.body,
        legislative_session_id=act.session,
        motion_id=act.iri,
        identifier=act.number,
        start_date=act.date,
        result=_RESULTS.get(vote.outcome or ""),
        counts=[{"option": option, "value": value} for option, value in counts.items() if value is not None],
        votes=[{"voter_id": person, "option": option} for option, person in vote.voters],
        sources=_sources(vote.iri),
    )
