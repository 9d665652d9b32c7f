"""The fact model: what one document says, typed, versioned and serialisable.

This is the only module of ``extract`` that ``graph`` knows. A fact is a statement of the document, never a
judgement about the world: names are as written (with broken hyphens mended), identities are resolved later.

Offsets are Python string indices into :attr:`DocumentFacts.text`, the text kept for the document, so that
``facts.text[evidence.start:evidence.end]`` is always the quoted passage. Amounts are decimal euros.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

#: Raised whenever a field is added, removed or changes its meaning: facts cached under another are re-read.
FACTS_VERSION = 6

OrganisationKind = Literal["association", "local_authority", "state", "public_establishment", "company", "organisation"]
AttendanceStatus = Literal["present", "represented", "absent"]
#: Keys of the roles of members (ontology/roles.ttl, "role-" + key).
MemberOffice = Literal["mayor", "deputy-mayor", "president", "vice-president", "delegated-councillor", "councillor"]
FundingStatus = Literal["awarded", "requested", "budgeted", "rejected"]
#: Keys of the SKOS scheme dg:FundingKinds (ontology/funding-kinds.ttl).
FundingKind = Literal[
    "subsidy", "contribution", "inKind", "matchingFund", "membership", "guarantee", "advance", "loan", "purchase"
]
CitationKind = Literal["deliberation", "law", "code", "decree", "order", "circular", "other"]
#: What the reading rules say of a sum that the trained models judge: the same, nothing, or something else.
Rules = Literal["agreed", "silent", "opposed"]
VoteOutcome = Literal["adopted", "rejected", "noted", "postponed"]


class Fact(BaseModel):
    """Base of all facts: immutable, and strict about unknown fields so that a stale cache is noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Fact):
    """A passage of the document: ``start`` and ``end`` in characters of its text, ``page`` counted from 1."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    page: int | None = None


class PersonName(Fact):
    """A person as one act names them.

    ``written`` is the name without honorific, hyphenation mended ("AKPINAR- ISTIQUAM" → "AKPINAR-ISTIQUAM").
    ``given`` is None where the act gives the family name alone ("Monsieur HOAREAU").
    """

    written: str
    family: str
    given: str | None = None
    honorific: Literal["M.", "Mme"] | None = None


class AttendanceFact(Fact):
    """One entry of the roster. ``valid_from``/``valid_until``: a time or an item, as written, where stated.

    ``office`` is the member's, where the roster prints it beside the name or above a group; ``commune`` the member's
    commune, as the reference data name it, where the roster of its group of communes writes it beside the name.
    """

    member: PersonName
    status: AttendanceStatus
    proxy_holder: PersonName | None = None
    office: MemberOffice | None = None
    commune: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    evidence: tuple[Evidence, ...] = ()


class SessionFacts(Fact):
    """The séance as its header tells it. Counts are those the act states, never derived from the roster.

    ``members`` is "nombre de membres du conseil"; ``members_in_office`` "en exercice"; ``present_count``
    "présents participant au vote"; ``proxy_count`` "procurations". ``evidence`` maps a field to its passages.
    ``department`` is the code of the département that the header or the stamp names ("21", "2A"), and ``siren`` the
    nine digits of the authority where the act or its stamp gives them: they tell communes of one name apart.
    """

    date: dt.date | None = None
    convocation_date: dt.date | None = None
    authority: str | None = None
    department: str | None = None
    siren: str | None = None
    body: str | None = None
    president: PersonName | None = None
    secretary: PersonName | None = None
    members: int | None = None
    members_in_office: int | None = None
    present_count: int | None = None
    proxy_count: int | None = None
    attendance: tuple[AttendanceFact, ...] = ()
    evidence: dict[str, tuple[Evidence, ...]] = Field(default_factory=dict)


class VoteFacts(Fact):
    """The scrutin. A figure that the act leaves blank is None, never zero.

    ``proxy_votes`` are inside the other figures ("DONT 4 PROCURATION(S)"). ``not_voting`` is "ne se prononce
    pas" or "ne prend pas part au vote".
    """

    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None
    not_voting: int | None = None
    proxy_votes: int | None = None
    unanimous: bool | None = None
    outcome: VoteOutcome | None = None
    voted_against_by: tuple[PersonName, ...] = ()
    abstained_by: tuple[PersonName, ...] = ()
    not_voting_by: tuple[PersonName, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class DecisionFact(Fact):
    """One decided point, numbered from 1 in the order of the act."""

    number: int
    text: str
    evidence: tuple[Evidence, ...] = ()


class CitationFact(Fact):
    """An act or a law that the deliberation cites. ``label`` is the citation in normal form."""

    label: str
    kind: CitationKind
    number: str | None = None
    date: dt.date | None = None
    evidence: tuple[Evidence, ...] = ()


class OrganisationFact(Fact):
    """An organisation as one act names it.

    ``name`` is its fullest name in the act, ``sigle`` the short form tied to it, ``aliases`` every other
    written form. ``place`` is the commune of a "CCAS de X" or "ville de X". ``id`` is local to the act.
    ``siren`` (9 digits), ``siret`` (14) and ``rna`` (W and 9) are the register numbers that the act gives it,
    without spaces; the reader leaves out those whose check digit is wrong.
    """

    id: str
    name: str
    kind: OrganisationKind = "organisation"
    sigle: str | None = None
    aliases: tuple[str, ...] = ()
    place: str | None = None
    siren: str | None = None
    siret: str | None = None
    rna: str | None = None
    evidence: tuple[Evidence, ...] = ()


class PersonMentionFact(Fact):
    """A person named in the text outside the roster, with the role and organisation the text gives them."""

    name: PersonName
    role: str | None = None
    organisation: str | None = None
    evidence: tuple[Evidence, ...] = ()


class ProgrammeFact(Fact):
    """A programme, contract or plan (dispositif) as one act names it.

    ``family`` is the key of its family in ontology/programme-families.ttl, None for one we have no family of.
    ``end_year`` is the year first agreed, ``extended_to`` the year it was prolonged to ("prorogé jusqu'en").
    ``signatories`` are organisation ids; ``replaces`` and ``part_of`` programme ids of the same act.
    """

    id: str
    name: str
    family: str | None = None
    sigle: str | None = None
    start_year: int | None = None
    end_year: int | None = None
    extended_to: int | None = None
    territory: str | None = None
    signatories: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    part_of: str | None = None
    evidence: tuple[Evidence, ...] = ()


class AgreementFact(Fact):
    """A convention: ``type`` in lower case ("convention d'objectifs et de moyens"), ``parties`` organisation ids.

    ``approved`` tells that this act approves it or authorises its signature (it is then dg:approvedBy the act).
    """

    id: str
    type: str
    title: str | None = None
    parties: tuple[str, ...] = ()
    start_year: int | None = None
    end_year: int | None = None
    programme: str | None = None
    approved: bool = True
    evidence: tuple[Evidence, ...] = ()


class StrandFact(Fact):
    """An axe, pilier or volet of a programme."""

    id: str
    kind: str
    label: str
    number: str | None = None
    programme: str | None = None
    evidence: tuple[Evidence, ...] = ()


class ActionFact(Fact):
    """An action, with the programme and strand it belongs to and the organisation that carries it."""

    id: str
    label: str
    number: str | None = None
    programme: str | None = None
    strand: str | None = None
    carried_by: str | None = None
    evidence: tuple[Evidence, ...] = ()


class FundingFact(Fact):
    """One amount of money with its status (DESIGN §5).

    ``funder`` and ``beneficiary`` are organisation ids, ``programme``, ``action`` and ``part_of`` (the total this
    is a part of) ids of the same act. ``amount`` None means that none is stated, never zero. ``per`` is "year"
    for "par an". ``private`` tells that the beneficiary is a natural person: ``private_name`` stays in the local
    facts and is never published. ``rule`` names the reading rule, ``confidence`` is its calibrated precision.
    ``evidence`` begins with the sentence that carries the amount.
    """

    id: str
    status: FundingStatus
    kind: FundingKind = "subsidy"
    funder: str | None = None
    beneficiary: str | None = None
    private: bool = False
    private_name: str | None = None
    amount: Decimal | None = None
    amount_written: str | None = None
    per: Literal["year"] | None = None
    start_year: int | None = None
    end_year: int | None = None
    conditional: bool = False
    programme: str | None = None
    action: str | None = None
    part_of: str | None = None
    purpose: str | None = None
    rule: str = ""
    confidence: float = Field(default=0.5, ge=0, le=1)
    evidence: tuple[Evidence, ...] = ()


class TableFact(Fact):
    """A table of grants: its rows (funding ids) and the total the act prints, which is checked, never counted."""

    rows: tuple[str, ...] = ()
    stated_total: Decimal | None = None
    evidence: tuple[Evidence, ...] = ()


class ActFacts(Fact):
    """One délibération. ``session`` is an index into :attr:`DocumentFacts.sessions`; ``span`` its extent.

    ``title_lent`` tells that the act prints no title, and that ``title`` is the sentence which says what it is about.
    """

    session: int
    span: Evidence
    number: str | None = None
    title: str | None = None
    title_lent: bool = False
    theme: str | None = None
    matters: tuple[str, ...] = ()
    vote: VoteFacts | None = None
    decisions: tuple[DecisionFact, ...] = ()
    citations: tuple[CitationFact, ...] = ()
    organisations: tuple[OrganisationFact, ...] = ()
    persons: tuple[PersonMentionFact, ...] = ()
    programmes: tuple[ProgrammeFact, ...] = ()
    agreements: tuple[AgreementFact, ...] = ()
    strands: tuple[StrandFact, ...] = ()
    actions: tuple[ActionFact, ...] = ()
    fundings: tuple[FundingFact, ...] = ()
    tables: tuple[TableFact, ...] = ()
    evidence: dict[str, tuple[Evidence, ...]] = Field(default_factory=dict)


class DocumentFacts(Fact):
    """All that was read in one file.

    ``redactions`` are the passages (names and addresses of private persons) that no published text may show.
    ``pages`` gives the extent of each page of ``text``; ``notices`` tell the owner what could not be read.
    """

    facts_version: int = FACTS_VERSION
    extractor: str
    file_name: str
    sha256: str
    media_type: str
    text: str
    pages: tuple[Evidence, ...] = ()
    sessions: tuple[SessionFacts, ...] = ()
    acts: tuple[ActFacts, ...] = ()
    redactions: tuple[Evidence, ...] = ()
    notices: tuple[str, ...] = ()
