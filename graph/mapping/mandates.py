"""Mandates: offices in an assembly with the séances they are seen in, and roles in organisations that a text states.

Only what acts print. First and last séance are those of the acts read: a mandate may have begun before and go on.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rdflib import Graph, URIRef

from extract.facts import DocumentFacts, PersonMentionFact
from graph.iri import Iris
from graph.mapping.context import Mapping as Document
from graph.mapping.identities import count_roles, memberships
from graph.normal import fold
from graph.resolve.resolution import ActKeys, DocumentKeys
from graph.triples import TripleGraph
from ontology.terms import DG, ORG, RDF

_ROLES = Path(__file__).parents[1] / "data" / "roles.toml"


class Sitting(NamedTuple):
    """What a roster says of mandates: keys of the organ, the séance (of two versions the first) and its members.

    ``date`` as ISO 8601 writes it; ``offices``: (member, office printed); ``president``: key of who presided.
    """

    body: str
    date: str | None
    session: str
    members: tuple[str, ...]
    offices: tuple[tuple[str, str], ...]
    president: str | None = None


@dataclass
class _Seat:
    """One person in one organ: first and last of the séances whose roster lists them, and the offices printed.

    Of several séances of a day the first by its key.
    """

    first: tuple[str, str] | None = None
    last: tuple[str, str] | None = None
    offices: set[str] = field(default_factory=set)

    def see(self, date: str, session: str) -> None:
        """A séance lists them."""
        seen = date, session
        if self.first is None or seen < self.first:
            self.first = seen
        if self.last is None or date > self.last[0] or (date == self.last[0] and session < self.last[1]):
            self.last = seen


def stated_role(document: Document, fact: PersonMentionFact, person: str, keys: ActKeys) -> None:
    """The role that an act gives a person in an organisation it names, with its passage."""
    organisation = keys.organisations.get(fact.organisation or "")
    if organisation is None or fact.role is None:
        return
    node = document.iris.thing("membership", f"{person}-{organisation}")
    document.type(node, ORG.Membership)
    document.add(node, ORG.member, document.iris.thing("person", person))
    document.add(node, ORG.organization, document.iris.thing("organisation", organisation))
    document.add(node, ORG.role, role_of(fact.role))
    document.add(node, DG.roleAsWritten, document.text(fact.role))
    document.supported(node, fact.evidence)


def role_of(written: str) -> URIRef:
    """The role that a text calls ``written``.

    >>> role_of("Présidente").fragment
    'role-president'
    """
    return DG[f"role-{_role_words().get(fold(written), 'representative')}"]


def sittings(document: DocumentFacts, keys: DocumentKeys) -> Iterator[Sitting]:
    """The séances of a document whose organ is known."""
    for facts, found in zip(document.sessions, keys.sessions, strict=True):
        if found.body:
            pairs = zip(facts.attendance, found.members, strict=True)
            offices = tuple((member, entry.office) for entry, member in pairs if entry.office)
            date = facts.date.isoformat() if facts.date else None
            session = found.version_of or found.session
            yield Sitting(found.body, date, session, found.members, offices, found.president)


def map_organ(told: Collection[Sitting], base: str) -> Graph:
    """The memberships of one organ, by all that rosters say of it."""
    roles: dict[tuple[str, str], Counter[str]] = {}
    for each in told:
        count_roles(roles, each.body, each.members, each.president)
    graph = TripleGraph()
    graph.found.update(memberships(roles, Iris(base)))
    map_mandates(told, graph, base)
    return graph


def map_mandates(told: Iterable[Sitting], identities: Graph, base: str) -> None:
    """Add to the memberships of ``identities`` their first and last séance and the offices that rosters print.

    An office printed takes the place of the bare membership.
    """
    iris = Iris(base)
    for (person, body), seat in _seats(told).items():
        node = iris.thing("membership", f"{person}-{body}")
        if (node, RDF.type, ORG.Membership) not in identities:
            continue
        if seat.first:
            identities.add((node, DG.firstSession, iris.thing("session", seat.first[1])))
        if seat.last:
            identities.add((node, DG.lastSession, iris.thing("session", seat.last[1])))
        if seat.offices:
            identities.remove((node, ORG.role, DG["role-member"]))
        for office in seat.offices:
            identities.add((node, ORG.role, DG[f"role-{office}"]))


def _seats(told: Iterable[Sitting]) -> dict[tuple[str, str], _Seat]:
    found: dict[tuple[str, str], _Seat] = {}
    for sitting in told:
        for member in sitting.members:
            seat = found.setdefault((member, sitting.body), _Seat())
            if sitting.date:
                seat.see(sitting.date, sitting.session)
        for member, office in sitting.offices:
            found[member, sitting.body].offices.add(office)
    return found


@cache
def _role_words() -> Mapping[str, str]:
    table = tomllib.loads(_ROLES.read_text(encoding="utf-8"))
    return {fold(word): role for role, words in table.items() for word in words}
