"""FollowTheMoney entities, one JSON object a line: who paid whom, who sits where.

Payments are the awarded, top-level fundings that count as flows, both ends known. "Payment" is the nearest of the
schemata: what an act decides is an award, which its summary says. A natural person who receives is in none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import orjson
import pyoxigraph as ox

from graph.export.reading import Agent, Person, agents, local, people, rows
from graph.flows import Flow, flows
from graph.release.layout import Release
from graph.resolve.parts import amount_text

#: Class of an organisation → FollowTheMoney schema.
_SCHEMATA: Final = {
    "Association": "Organization",
    "LocalAuthority": "PublicBody",
    "State": "PublicBody",
    "PublicEstablishment": "PublicBody",
    "GoverningBody": "PublicBody",
    "Company": "Company",
    "Organisation": "Organization",
}
_AWARD: Final = "Attribution décidée par délibération ; le paiement lui-même n'est pas connu."
Entity = dict[str, Any]


def write_ftm(release: Release, out: Path) -> None:
    """Write the entities: organisations and bodies, persons, memberships, payments."""
    store = release.store()
    with out.open("wb") as stream:
        for entity in _entities(store):
            stream.write(orjson.dumps(entity) + b"\n")


def entity_id(iri: str) -> str:
    """Id of the entity that stands for ``iri``: the same in every release, unlike any other publisher's."""
    return f"delibgraph-{sha256(iri.encode()).hexdigest()[:24]}"


def _entities(store: ox.Store) -> Iterator[Entity]:
    known = agents(store)
    persons = people(store)
    for agent in known.values():
        yield _agent(agent)
    for person in persons.values():
        yield _person(person)
    seats = (row for row in rows(store, "memberships") if row["person"] in persons and row["organisation"] in known)
    for _, roles in groupby(seats, key=lambda row: row["membership"]):
        yield _membership(list(roles))
    for flow in flows(store):
        if (payment := _payment(flow)) is not None:
            yield payment


def _entity(iri: str, schema: str, **properties: str | tuple[str, ...] | None) -> Entity:
    """An entity with the properties that have a value; each is a list in this model."""
    told = {name: [value] if isinstance(value, str) else list(value or ()) for name, value in properties.items()}
    kept = {name: [value for value in values if value] for name, values in told.items()}
    return {
        "id": entity_id(iri),
        "schema": schema,
        "properties": {name: values for name, values in kept.items() if values},
    }


def _agent(agent: Agent) -> Entity:
    return _entity(
        agent.iri,
        _SCHEMATA[agent.kind],
        name=agent.label,
        alias=agent.other_names,
        abbreviation=agent.sigle,
        registrationNumber=tuple(number for number in (agent.siren, agent.siret, agent.rna) if number),
        legalForm="association" if agent.kind == "Association" else None,
        country="fr",
        parent=entity_id(agent.unit_of) if agent.unit_of else None,
        sourceUrl=agent.iri,
    )


def _person(person: Person) -> Entity:
    return _entity(
        person.iri,
        "Person",
        name=person.name,
        alias=person.other_names,
        firstName=person.given,
        lastName=person.family,
        sourceUrl=person.iri,
    )


def _membership(roles: Sequence[Mapping[str, str]]) -> Entity:
    """A membership from its rows, one a role: who was a councillor, then a deputy, is one member."""
    row = roles[0]
    return _entity(
        row["membership"],
        "Membership",
        member=entity_id(row["person"]),
        organization=entity_id(row["organisation"]),
        role=tuple(local(each["role"]).removeprefix("role-") for each in roles if "role" in each),
        sourceUrl=row["membership"],
    )


def _payment(flow: Flow) -> Entity | None:
    if flow.funder is None or flow.beneficiary is None or flow.beneficiary.kind == "PrivatePerson":
        return None
    amount = amount_text(flow.amount) or None
    yearly = " Montant dû chaque année." if flow.per_year else ""
    return _entity(
        flow.funding,
        "Payment",
        payer=entity_id(flow.funder.iri),
        beneficiary=entity_id(flow.beneficiary.iri),
        amount=amount,
        amountEur=amount,
        currency="EUR" if amount else None,
        date=flow.date,
        startDate=str(flow.start) if flow.start else None,
        endDate=str(flow.end) if flow.end else None,
        purpose=flow.purpose or flow.title,
        programme=flow.programme[1] if flow.programme else None,
        summary=_AWARD + yearly,
        recordId=flow.number,
        sourceUrl=flow.funding,
    )
