"""Mandates: offices in an assembly with the séances they are seen in, and roles in organisations that a text states.

Only what acts print. First and last séance are those of the acts read: a mandate may have begun before and go on.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from rdflib import Graph, URIRef

from extract.facts import DocumentFacts, PersonMentionFact, SessionFacts
from graph.iri import Iris
from graph.mapping.context import Mapping as Document
from graph.normal import fold
from graph.resolve.resolution import ActKeys, Resolution, SessionKeys
from ontology.terms import DG, ORG, RDF

_ROLES = Path(__file__).parents[1] / "data" / "roles.toml"


@dataclass
class _Seat:
    """One person in one organ: the séances whose roster lists them, by date, and the offices printed."""

    sessions: set[tuple[dt.date, str]] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)


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


def map_mandates(documents: Iterable[DocumentFacts], resolution: Resolution, identities: Graph, base: str) -> None:
    """Add to the memberships of ``identities`` their first and last séance and the offices that rosters print.

    An office printed takes the place of the bare membership.
    """
    iris = Iris(base)
    for (person, body), seat in _seats(documents, resolution).items():
        node = iris.thing("membership", f"{person}-{body}")
        if (node, RDF.type, ORG.Membership) not in identities:
            continue
        if seat.sessions:
            identities.add((node, DG.firstSession, iris.thing("session", min(seat.sessions)[1])))
            last = max(date for date, _ in seat.sessions)
            identities.add((node, DG.lastSession, iris.thing("session", min(k for d, k in seat.sessions if d == last))))
        if seat.offices:
            identities.remove((node, ORG.role, DG["role-member"]))
        for office in seat.offices:
            identities.add((node, ORG.role, DG[f"role-{office}"]))


def _seats(documents: Iterable[DocumentFacts], resolution: Resolution) -> dict[tuple[str, str], _Seat]:
    found: dict[tuple[str, str], _Seat] = {}
    for document in documents:
        for facts, keys in zip(document.sessions, resolution[document.sha256].sessions, strict=True):
            if keys.body:
                _read(facts, keys, keys.body, found)
    return found


def _read(facts: SessionFacts, keys: SessionKeys, body: str, found: dict[tuple[str, str], _Seat]) -> None:
    for entry, member in zip(facts.attendance, keys.members, strict=True):
        seat = found.setdefault((member, body), _Seat())
        if facts.date:
            seat.sessions.add((facts.date, keys.version_of or keys.session))
        if entry.office:
            seat.offices.add(entry.office)


@cache
def _role_words() -> Mapping[str, str]:
    table = tomllib.loads(_ROLES.read_text(encoding="utf-8"))
    return {fold(word): role for role, words in table.items() for word in words}
