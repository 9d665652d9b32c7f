"""What one document mentions: its organisations, persons and organs as signatures, before anything is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extract.facts import ActFacts, DocumentFacts, PersonName, SessionFacts
from graph.iri import dockey
from graph.privacy import Privacy
from graph.resolve.acts import Organs, session_place
from graph.resolve.organisations import OrganisationNodes
from graph.resolve.parts import PartKeys
from graph.resolve.person_nodes import Group, PersonNodes, Sitting
from graph.resolve.places import Context
from graph.resolve.roster import Roster

_VOTERS = ("voted_against_by", "abstained_by", "not_voting_by")


@dataclass
class SessionMentions:
    """One header under way: signatures first, keys at the end."""

    facts: SessionFacts
    context: Context
    organ: str | None = None
    place: str = ""
    roster: Roster | None = None
    people: list[str | None] = field(default_factory=list)


@dataclass
class ActMentions:
    """One act under way."""

    facts: ActFacts
    session: SessionMentions
    organisations: dict[str, str] = field(default_factory=dict)
    persons: list[str | None] = field(default_factory=list)
    voters: dict[str, list[str]] = field(default_factory=dict)
    programmes: int = 0
    parts: PartKeys | None = None


@dataclass
class DocumentMentions:
    """One document under way."""

    facts: DocumentFacts
    privacy: Privacy
    sessions: list[SessionMentions]
    acts: list[ActMentions]


class Mentions:
    """Collects the nodes of the documents that it is shown, and tells the signature of each of their mentions."""

    def __init__(self) -> None:
        self.organisations = OrganisationNodes()
        self.persons = PersonNodes()
        self.organs = Organs()

    def begin(self, facts: DocumentFacts) -> DocumentMentions:
        """Take in the authorities and organisations of a document."""
        sessions = [self._session(facts, index) for index in range(len(facts.sessions))]
        acts = [ActMentions(act, sessions[act.session]) for act in facts.acts]
        for index, act in enumerate(acts):
            for organisation in act.facts.organisations:
                act.organisations[organisation.id] = self.organisations.mention(
                    act.session.context, facts.sha256, index, organisation
                )
        return DocumentMentions(facts, Privacy(facts), sessions, acts)

    def _session(self, facts: DocumentFacts, index: int) -> SessionMentions:
        session = facts.sessions[index]
        if session.authority is None:
            return SessionMentions(session, Context(f"doc:{dockey(facts.sha256)}"))
        return SessionMentions(session, self.organisations.authority(session, facts.sha256))

    def name_people(self, document: DocumentMentions, org_keys: Mapping[str, str]) -> None:
        """Take in its persons, once the keys of the authorities are known."""
        digest = document.facts.sha256
        for index, session in enumerate(document.sessions):
            self._name_session(session, self._sitting(session, document, org_keys))
            if session.facts.body:
                session.organ = self.organs.add(session.context.signature, session.facts.body, digest)
            organ = session.organ or session.context.signature
            session.place = session_place(organ, session.facts.date, digest, index)
        for act in document.acts:
            self._name_act(act, self._sitting(act.session, document, org_keys), document)

    @staticmethod
    def _sitting(session: SessionMentions, document: DocumentMentions, org_keys: Mapping[str, str]) -> Sitting:
        scope = org_keys.get(session.context.signature, session.context.signature)
        return Sitting(scope, document.facts.sha256, session.facts.date, _group(session.context))

    def _name_session(self, session: SessionMentions, sitting: Sitting) -> None:
        facts = session.facts
        session.roster = roster = self.persons.roster(sitting, facts.attendance)
        for name in (facts.president, facts.secretary):
            session.people.append(self.persons.mention(sitting, name, roster) if name else None)
        for entry, (signature, _) in zip(facts.attendance, roster.entries, strict=True):
            holder = entry.proxy_holder
            session.people.append(signature)
            session.people.append(self.persons.mention(sitting, holder, roster, besides=signature) if holder else None)

    def _name_act(self, act: ActMentions, sitting: Sitting, document: DocumentMentions) -> None:
        roster = act.session.roster
        own = act.session.context.signature
        for person in act.facts.persons:
            if document.privacy.hides(person.name, person.evidence):
                act.persons.append(None)
                continue
            employer = act.organisations.get(person.organisation or "")
            outside = employer if employer != own else None
            act.persons.append(self.persons.mention(sitting, person.name, roster, employer=outside))
        for role in _VOTERS if act.facts.vote else ():
            names: tuple[PersonName, ...] = getattr(act.facts.vote, role)
            act.voters[role] = [self.persons.mention(sitting, name, roster) for name in names]


def _group(context: Context) -> Group | None:
    """The group of communes that the authority is, or that it is of."""
    known = context.authority
    if known and known.kind == "commune" and known.epci_siren:
        return Group(known.epci_siren, is_commune=True, insee=known.insee or "")
    return Group(known.siren, is_commune=False) if known and known.kind == "epci" and known.siren else None
