"""The facts of a document laid out for a reader: what was read, and under it the sentence it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from extract.facts import (
    ActFacts,
    AttendanceFact,
    DocumentFacts,
    Evidence,
    FundingFact,
    OrganisationFact,
    PersonName,
    ProgrammeFact,
    SessionFacts,
    VoteFacts,
)
from service.cli.console import out, settings
from service.pages.french import date_fr, euros, word, years

#: Longest passage shown whole, in characters.
_PASSAGE = 220
_STATUS = {"awarded": "Awarded", "requested": "Requested", "budgeted": "Budgeted", "rejected": "Rejected"}
_PRESENCE = {"present": "Présents", "represented": "Représentés", "absent": "Absents"}


class _Page:
    """The lines being laid out for one document."""

    def __init__(self, facts: DocumentFacts, console: Console) -> None:
        self.text, self.console = facts.text, console

    def heading(self, title: str) -> None:
        self.console.print(Text(f"\n{title}", style="bold"))

    def fact(self, label: str, value: object, evidence: Sequence[Evidence] = ()) -> None:
        """One fact with its passages; nothing where there is no value."""
        if value is None or value == "":
            return
        self.console.print(Text(f"  {label} : ", style="cyan") + Text(str(value)))
        for passage in evidence:
            quote = " ".join(self.text[passage.start : passage.end].split())
            shown = quote if len(quote) <= _PASSAGE else quote[: _PASSAGE - 1] + "…"
            page = f", page {passage.page}" if passage.page else ""
            self.console.print(Text(f"      « {shown} » ({passage.start}-{passage.end}{page})", style="dim"))


def print_facts(facts: DocumentFacts) -> None:
    """Write the facts of a document to standard output."""
    page = _Page(facts, out())
    page.console.print(Text(f"{facts.file_name} : {_count(len(facts.acts), 'délibération')}", style="bold"))
    for notice in facts.notices:
        page.fact("attention", notice)
    for number, session in enumerate(facts.sessions):
        _session(page, session)
        for act in facts.acts:
            if act.session == number:
                _act(page, act)


def _session(page: _Page, session: SessionFacts) -> None:
    found = session.evidence.get
    page.heading("Séance")
    page.fact("date", date_fr(session.date), found("date", ()))
    page.fact("convocation", date_fr(session.convocation_date), found("convocation_date", ()))
    page.fact("organe", " de ".join(part for part in (session.body, session.authority) if part), found("body", ()))
    page.fact("président", _person(session.president), found("president", ()))
    page.fact("secrétaire", _person(session.secretary), found("secretary", ()))
    page.fact("membres", session.members, found("members", ()))
    page.fact("en exercice", session.members_in_office, found("members_in_office", ()))
    page.fact("présents (selon l'acte)", session.present_count, found("present_count", ()))
    page.fact("pouvoirs (selon l'acte)", session.proxy_count, found("proxy_count", ()))
    for status, title in _PRESENCE.items():
        members = [entry for entry in session.attendance if entry.status == status]
        if members:
            page.fact(f"{title} ({len(members)})", ", ".join(map(_attendance, members)))


def _act(page: _Page, act: ActFacts) -> None:
    page.heading(act.title or "Délibération sans titre")
    if act.title_lent:
        page.fact("titre", "aucun n'est imprimé : cette phrase en tient lieu", act.evidence.get("title", ()))
    page.fact("numéro", act.number, act.evidence.get("number", ()))
    page.fact("thème", act.theme, act.evidence.get("theme", ()))
    names = {item.id: item.sigle or item.name for item in act.organisations}
    names |= {item.id: _programme(item) for item in act.programmes}
    names |= {item.id: item.label for item in act.actions}
    for funding in act.fundings:
        page.fact(_funding_label(funding), _funding(funding, names), funding.evidence)
    for organisation in act.organisations:
        page.fact("organisation", _organisation(organisation), organisation.evidence[:1])
    for programme in act.programmes:
        page.fact("dispositif", _programme(programme), programme.evidence[:1])
    for agreement in act.agreements:
        parties = ", ".join(names.get(party, party) for party in agreement.parties)
        period = years(agreement.start_year, agreement.end_year)
        page.fact("convention", _joined((agreement.type, parties, period)), agreement.evidence[:1])
    for strand in act.strands:
        page.fact(strand.kind, _joined((strand.number, strand.label)), strand.evidence[:1])
    for action in act.actions:
        page.fact("action", _joined((action.number, action.label)), action.evidence[:1])
    for person in act.persons:
        page.fact("personne", _joined((_person(person.name), person.role)), person.evidence[:1])
    for citation in act.citations:
        page.fact("acte cité", citation.label, citation.evidence[:1])
    for decision in act.decisions:
        page.fact(f"décision {decision.number}", decision.text)
    if act.vote is not None:
        page.fact("scrutin", _vote(act.vote), act.vote.evidence)


def _funding_label(funding: FundingFact) -> str:
    label = f"{word('status', _STATUS[funding.status])}, {word('kind', funding.kind)}".lower()
    doubtful = funding.status == "awarded" and funding.confidence < settings().publish_threshold
    name = "lecture incertaine, à revoir" if doubtful else "financement"
    return f"{name} ({label}, confiance {funding.confidence:.2f})"


def _funding(funding: FundingFact, names: dict[str, str]) -> str:
    amount = euros(funding.amount) if funding.amount is not None else "montant non dit"
    beneficiary = "personne privée" if funding.private else names.get(funding.beneficiary or "", "?")
    return _joined((
        f"{amount}{' par an' if funding.per else ''}",
        f"{names.get(funding.funder or '', '?')} → {beneficiary}",
        years(funding.start_year, funding.end_year),
        names.get(funding.programme or "", ""),
        names.get(funding.action or "", ""),
        "part d'un total" if funding.part_of else "",
        "sous condition" if funding.conditional else "",
    ))  # fmt: skip


def _organisation(organisation: OrganisationFact) -> str:
    sigle = f" ({organisation.sigle})" if organisation.sigle else ""
    return f"{organisation.name}{sigle}, {word('organisation', _camel(organisation.kind))}"


def _programme(programme: ProgrammeFact) -> str:
    extended = f"prorogé à {programme.extended_to}" if programme.extended_to else ""
    return _joined((programme.name, years(programme.start_year, programme.end_year), extended))


def _vote(vote: VoteFacts) -> str:
    counts = {
        "pour": vote.votes_for,
        "contre": vote.votes_against,
        "abstention": vote.abstentions,
        "ne se prononcent pas": vote.not_voting,
        "dont pouvoirs": vote.proxy_votes,
    }
    told = [f"{label} {count}" for label, count in counts.items() if count is not None]
    return ", ".join([*told, *(["à l'unanimité"] if vote.unanimous else [])])


def _attendance(entry: AttendanceFact) -> str:
    holder = f" (pouvoir à {_person(entry.proxy_holder)})" if entry.proxy_holder else ""
    return f"{_person(entry.member)}{holder}"


def _person(person: PersonName | None) -> str:
    return person.written if person else ""


def _joined(parts: Iterable[str | None]) -> str:
    return " ; ".join(part for part in parts if part)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number > 1 else ''}"


def _camel(key: str) -> str:
    return "".join(part.capitalize() for part in key.split("_"))
