"""The séance: organ, dates, counts, who presided, who was there and who held whose proxy."""

from __future__ import annotations

from collections import Counter

from rdflib import Literal, URIRef

from extract.facts import SessionFacts
from graph.mapping.context import Mapping, integer
from graph.resolve.resolution import SessionKeys
from ontology.terms import DCT, DG, ORG, SKOS, XSD

_STATUS = {"present": DG.Present, "represented": DG.Represented, "absent": DG.Absent}
_COUNTS = {
    "members": DG.members,
    "members_in_office": DG.membersInOffice,
    "present_count": DG.presentCount,
    "proxy_count": DG.proxyCount,
}


def map_session(mapping: Mapping, facts: SessionFacts, keys: SessionKeys) -> None:
    """One header of the document."""
    session = mapping.iris.thing("session", keys.session)
    mapping.type(session, DG.Session)
    mapping.add(session, DCT.isVersionOf, mapping.thing("session", keys.version_of))
    for predicate, date in ((DCT.date, facts.date), (DG.convocationDate, facts.convocation_date)):
        mapping.add(session, predicate, Literal(str(date), datatype=XSD.date) if date else None)
    for name, predicate in _COUNTS.items():
        mapping.add(session, predicate, integer(getattr(facts, name)))
    mapping.add(session, DG.governingBody, _body(mapping, keys))
    for predicate, key in ((DG.president, keys.president), (DG.secretary, keys.secretary)):
        mapping.add(session, predicate, person(mapping, key))
    for passages in facts.evidence.values():
        mapping.supported(session, passages)
    _attendance(mapping, session, facts, keys)


def person(mapping: Mapping, key: str | None) -> URIRef | None:
    """IRI of a person, stated to be one."""
    node = mapping.thing("person", key)
    if node is not None:
        mapping.type(node, DG.Person)
    return node


def _body(mapping: Mapping, keys: SessionKeys) -> URIRef | None:
    authority = mapping.thing("organisation", keys.authority)
    if authority is not None:
        mapping.type(authority, DG.Organisation, DG.LocalAuthority)
    if keys.body is None:
        return None
    entity = mapping.resolution.bodies[keys.body]
    body = mapping.iris.thing("body", keys.body)
    mapping.type(body, DG.GoverningBody)
    mapping.add(body, SKOS.prefLabel, Literal(entity.label, lang="fr"))
    if entity.names[0].text != entity.label:
        mapping.add(body, SKOS.altLabel, Literal(entity.names[0].text, lang="fr"))
    mapping.add(body, ORG.unitOf, authority)
    return body


def _attendance(mapping: Mapping, session: URIRef, facts: SessionFacts, keys: SessionKeys) -> None:
    seen: Counter[str] = Counter()
    for entry, member, holder in zip(facts.attendance, keys.members, keys.holders, strict=True):
        seen[member] += 1
        number = "" if seen[member] == 1 else f"-{seen[member]}"  # someone who came or left in between
        node = mapping.iris.thing("attendance", f"{keys.session}-{member}{number}")
        mapping.type(node, DG.Attendance)
        mapping.add(node, DG.session, session)
        mapping.add(node, DG.member, person(mapping, member))
        mapping.add(node, DG.status, _STATUS[entry.status])
        mapping.add(node, DG.proxyHolder, person(mapping, holder))
        mapping.add(node, DG.office, DG[f"role-{entry.office}"] if entry.office else None)
        mapping.add(node, DG.forCommune, mapping.text(entry.commune))
        mapping.add(node, DG["from"], mapping.text(entry.valid_from))
        mapping.add(node, DG.until, mapping.text(entry.valid_until))
        mapping.supported(node, entry.evidence)
