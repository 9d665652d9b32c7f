"""The acts of a world, as facts, with the true identity of every mention."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from benchmarks.identities import variants
from benchmarks.identities.world import TERMS, Body, Organisation, Person, build
from extract.facts import (
    ActFacts,
    AttendanceFact,
    DocumentFacts,
    Evidence,
    FundingFact,
    OrganisationFact,
    PersonName,
    SessionFacts,
)
from extract.header.names import read_name
from graph.normal import compact

#: A mention: digest of the document, kind, place in the document.
Mention = tuple[str, str, str]
_ACTS_A_SESSION = 10
_PASSAGE = (Evidence(start=0, end=1),)


@dataclass
class Corpus:
    """Documents of one act each, and the identity that each mention stands for.

    ``former`` gives, by identity, the letters of the name that an organisation bore before.
    """

    documents: list[DocumentFacts] = field(default_factory=list)
    truth: dict[Mention, str] = field(default_factory=dict)
    former: dict[str, str] = field(default_factory=dict)


def generate(acts: int, seed: int = 1, bodies: int | None = None) -> Corpus:
    """A corpus of ``acts`` acts by ``bodies`` authorities (all of the world where None).

    The same seed gives the same corpus, and the first acts of a longer one are others.
    """
    chance = random.Random(seed)  # noqa: S311 (a reproducible draw, no secret)
    world = build(seed)[:bodies]
    styles = [variants.style(chance) for _ in world]
    corpus = Corpus()
    while len(corpus.documents) < acts:
        at = chance.randrange(len(world))
        _session(corpus, world[at], styles[at], min(_ACTS_A_SESSION, acts - len(corpus.documents)), chance)
    _untie(corpus)
    return corpus


def _untie(corpus: Corpus) -> None:
    """An organisation that no act ties to its former name is another under that name, for all that can be known."""
    written = {(d.sha256, fact.id): fact.name for d in corpus.documents for fact in d.acts[0].organisations}
    mentions = [(m, written[m[0], m[2]]) for m in corpus.truth if m[1] == "organisation"]
    tied = {corpus.truth[mention] for mention, name in mentions if variants.is_tie(name)}
    for mention, name in mentions:
        identity = corpus.truth[mention]
        if identity not in tied and corpus.former.get(identity) == compact(variants.bare(name)):
            corpus.truth[mention] = f"{identity} before"


def _session(corpus: Corpus, body: Body, how: variants.Style, acts: int, chance: random.Random) -> None:
    """One séance: its roster written once, its acts one document each."""
    term = chance.randrange(len(TERMS))
    council = body.councils[term]
    year = chance.randint(*TERMS[term])
    date = dt.date(year, chance.randint(1, 12), chance.randint(1, 28))
    how = replace(how, initials=chance.random() < variants.INITIALS)
    families = {p.id: variants.family_in(p, chance) for p in council}
    roster = [(p, _named(variants.write_person(p, families[p.id], how, chance))) for p in council]
    chance.shuffle(roster)
    officers = [_officer(council[index], families, council, how, chance) for index in (0, -1)]
    attendance = tuple(_attendance(name, chance) for _, name in roster)
    kind = "Conseil municipal" if body.authority.kind == "commune" else "Conseil communautaire"
    written = f"Commune de {body.authority.name}" if body.authority.kind == "commune" else body.authority.name
    session = SessionFacts(
        date=date,
        authority=written,
        department=body.authority.department,
        body=kind,
        president=officers[0],
        secretary=officers[1],
        attendance=attendance,
    )
    people = [p.id for p, _ in roster]
    for number in range(acts):
        _document(corpus, session, people, council, body, number, chance)


def _document(
    corpus: Corpus,
    session: SessionFacts,
    people: list[str],
    council: tuple[Person, ...],
    body: Body,
    number: int,
    chance: random.Random,
) -> None:
    named = list(_organisations(body, chance))
    serial = len(corpus.documents)
    digest = hashlib.sha256(f"{serial}".encode()).hexdigest()
    fundings = tuple(
        FundingFact(
            id=f"f{i}",
            confidence=0.9,
            status="awarded",
            beneficiary=fact.id,
            amount=Decimal(chance.randrange(2, 400) * 100),
            evidence=_PASSAGE,
        )
        for i, (_, fact) in enumerate(named)
    )
    act = ActFacts(
        session=0,
        span=Evidence(start=0, end=1),
        number=f"{session.date}-{serial}",
        title=f"Subventions, point {number + 1}",
        organisations=tuple(fact for _, fact in named),
        fundings=fundings,
    )
    corpus.documents.append(
        DocumentFacts(
            extractor="generated",
            file_name=f"{serial}.txt",
            sha256=digest,
            media_type="text/plain",
            text=".",
            sessions=(session,),
            acts=(act,),
        )
    )
    for place, person in enumerate(people):
        corpus.truth[digest, "person", f"member {place}"] = person
    corpus.truth[digest, "person", "president"] = council[0].id
    corpus.truth[digest, "person", "secretary"] = council[-1].id
    for organisation, fact in named:
        corpus.truth[digest, "organisation", fact.id] = organisation.id
        if organisation.former:
            corpus.former[organisation.id] = compact(organisation.former)


def _organisations(body: Body, chance: random.Random) -> Iterator[tuple[Organisation, OrganisationFact]]:
    for index, organisation in enumerate(chance.sample(body.organisations, chance.randint(1, 5))):
        name, sigle = variants.write_organisation(organisation, chance)
        yield organisation, OrganisationFact(id=f"o{index}", name=name, sigle=sigle, kind="association")


def _officer(
    person: Person, families: dict[str, str], council: tuple[Person, ...], how: variants.Style, chance: random.Random
) -> PersonName:
    """President or secretary: in full, or by family name where nobody else bears it."""
    alone = sum(families[p.id] == families[person.id] for p in council) == 1
    if alone and chance.random() < 0.3:
        return _named(("Monsieur " if person.gender == "m" else "Madame ") + families[person.id].upper())
    return _named(variants.write_person(person, families[person.id], replace(how, honorific=True), chance))


def _attendance(name: PersonName, chance: random.Random) -> AttendanceFact:
    return AttendanceFact(member=name, status="present" if chance.random() < 0.85 else "absent", evidence=_PASSAGE)


def _named(written: str) -> PersonName:
    """The name as the extraction reads it."""
    name = read_name(written)
    if name is None:
        raise ValueError(f"« {written} » is read as no name")
    return name
