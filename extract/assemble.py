"""From the findings of the pipeline to the facts of one act: ids kept, offsets moved to the document's text."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from extract.confidence import as_part, as_seen, confidence
from extract.facts import (
    ActionFact,
    AgreementFact,
    Evidence,
    FundingFact,
    OrganisationFact,
    PersonMentionFact,
    ProgrammeFact,
    StrandFact,
    TableFact,
)
from extract.pipes.forms import other_forms
from extract.pipes.identifiers import Numbers, register_numbers
from extract.pipes.money.draft import Draft
from extract.pipes.named_kind import named_kind
from extract.pipes.orgbook import Organisation, name_key
from extract.pipes.reading import Reading
from extract.text import key, squeeze

PageOf = Callable[[int], int | None]
_MOST_MENTIONS = 3
_UNNUMBERED = Numbers()


class Assembler:
    """Turns one act's :class:`Reading` into facts. ``offset`` is where its text begins in the document."""

    def __init__(self, reading: Reading, text: str, offset: int, page_of: PageOf) -> None:
        self.reading, self.text, self.offset, self.page_of = reading, text, offset, page_of
        self.used = self._used_organisations()
        self._passages: dict[tuple[int, int], Evidence] = {}

    def evidence(self, spans: Iterable[tuple[int, int]]) -> tuple[Evidence, ...]:
        """Passages of the act as evidence in the document."""
        found: dict[tuple[int, int], Evidence] = {}
        for start, end in spans:
            first, last = self._trim(start + self.offset, end + self.offset)
            if last > first:
                found.setdefault((first, last), self._passage(first, last))
        return tuple(found.values())

    def _passage(self, first: int, last: int) -> Evidence:
        """One passage, made once for all facts that quote it."""
        known = self._passages.get((first, last))
        if known is None:
            known = self._passages[first, last] = Evidence(start=first, end=last, page=self.page_of(first))
        return known

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.text[start] in " \t\n\r*-•–—>\u00a0":
            start += 1
        while end > start and self.text[end - 1] in " \t\n\r*\u00a0":
            end -= 1
        return start, end

    def sentences_of(self, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """The sentences that hold the first few mentions: what evidence quotes."""
        sentences = self.reading.sentences
        found: dict[int, tuple[int, int]] = {}
        for start, _ in sorted(spans):
            index = self.reading.sentence_at(start)
            if sentences and len(found) < _MOST_MENTIONS:
                found.setdefault(index, (sentences[index].start, sentences[index].end))
        return list(found.values())

    def _used_organisations(self) -> list[Organisation]:
        return list(self.reading.organisations.entries)

    def organisations(self) -> tuple[OrganisationFact, ...]:
        """Every organisation the act names."""
        facts = []
        numbers = register_numbers(self.reading.organisations, self.reading.folded)
        for entry in self.used:
            own = numbers.get(entry.id, _UNNUMBERED)
            aliases = {squeeze(n) for k, n in entry.names.items() if name_key(n) != name_key(entry.name)}
            aliases |= set(other_forms(squeeze(entry.name)))
            facts.append(
                OrganisationFact(
                    id=entry.id,
                    name=squeeze(entry.name),
                    kind=entry.kind if entry.kind != "organisation" else named_kind(entry.name) or "organisation",
                    sigle=entry.sigle,
                    aliases=tuple(sorted(aliases - {entry.name, entry.sigle})),
                    place=entry.place,
                    siren=own.siren,
                    siret=own.siret,
                    rna=own.rna,
                    evidence=self.evidence(self.sentences_of(entry.mentions)),
                )
            )
        return tuple(facts)

    def persons(self) -> tuple[PersonMentionFact, ...]:
        """Persons named with an office in an organisation."""
        private = {draft.private_name for draft in self.reading.fundings}
        return tuple(
            PersonMentionFact(
                name=p.name,
                role=p.role,
                organisation=p.organisation,
                evidence=self.evidence(self.sentences_of([(p.start, p.end)])),
            )
            for p in self.reading.people
            if p.name.written not in private
        )

    def programmes(self) -> tuple[ProgrammeFact, ...]:
        """Every programme the act names, each instance once."""
        return tuple(
            ProgrammeFact(
                id=p.id,
                name=squeeze(p.name),
                family=p.family,
                sigle=p.sigle,
                start_year=p.first,
                end_year=p.last,
                extended_to=p.until,
                signatories=tuple(p.signatories),
                replaces=tuple(p.replaces),
                evidence=self.evidence(self.sentences_of(p.mentions)),
            )
            for p in self.reading.programmes
        )

    def agreements(self) -> tuple[AgreementFact, ...]:
        """Every convention with known parties."""
        return tuple(
            AgreementFact(
                id=a.id,
                type=a.type,
                parties=tuple(a.parties),
                start_year=a.first,
                end_year=a.last,
                programme=a.programme,
                approved=a.approved,
                evidence=self.evidence(dict.fromkeys(a.mentions)),
            )
            for a in self.reading.agreements
        )

    def strands(self, programme: str | None) -> tuple[StrandFact, ...]:
        """Axes, piliers and volets, of the programme the act is about."""
        return tuple(
            StrandFact(
                id=s.id,
                kind=s.kind,
                label=s.label,
                number=s.number,
                programme=programme,
                evidence=self.evidence([(s.start, s.end)]),
            )
            for s in self.reading.strands
        )

    def actions(self, programme: str | None) -> tuple[ActionFact, ...]:
        """Numbered and named actions, and those that the rows of a grant table name."""
        listed = [
            ActionFact(
                id=a.id,
                label=a.label,
                number=a.number,
                strand=a.strand,
                programme=programme,
                carried_by=a.carried_by,
                evidence=self.evidence([(a.start, a.end)]),
            )
            for a in self.reading.actions
        ]
        labels = {key(a.label): a.id for a in listed}
        for draft in self.reading.fundings:
            if draft.purpose and draft.table is not None and draft.status == "awarded":
                name = key(draft.purpose)
                if name not in labels:
                    labels[name] = f"a{len(listed) + 1}"
                    listed.append(
                        ActionFact(
                            id=labels[name],
                            label=squeeze(draft.purpose),
                            programme=draft.programme,
                            carried_by=draft.beneficiary.id if draft.beneficiary else None,
                            evidence=self.evidence(draft.spans),
                        )
                    )
                draft.action = draft.action or labels[name]
        return tuple(listed)

    def fundings(self) -> tuple[FundingFact, ...]:
        """Every funding."""
        return tuple(self._funding(draft) for draft in self.reading.fundings)

    def _funding(self, draft: Draft) -> FundingFact:
        return FundingFact(
            id=draft.id,
            status=draft.status,
            kind=draft.kind,
            funder=draft.funder.id if draft.funder else None,
            beneficiary=draft.beneficiary.id if draft.beneficiary and not draft.private_name else None,
            private=draft.private_name is not None,
            private_name=draft.private_name,
            amount=draft.value,
            amount_written=draft.amount.written if draft.amount else None,
            per="year" if draft.per_year else None,
            start_year=draft.first,
            end_year=draft.last,
            conditional=draft.conditional,
            programme=draft.programme,
            action=draft.action,
            part_of=draft.parent.id if draft.parent else None,
            purpose=draft.purpose,
            rule=f"{draft.rule}/{draft.how}",
            confidence=self._confidence(draft),
            evidence=self.evidence(draft.spans),
        )

    def _confidence(self, draft: Draft) -> float:
        sure = confidence(draft.status, draft.rule, draft.how, draft.sure, draft.rules)
        if draft.status != "awarded":
            return sure
        seen = as_seen(sure, draft.rule, draft.how, exposed=draft.exposed)
        whole = draft.parent
        return as_part(seen, self._confidence(whole)) if whole is not None and whole.status == "awarded" else seen

    def tables(self) -> tuple[TableFact, ...]:
        """Tables that print a total, with their rows."""
        kept = {id(d): d.id for d in self.reading.fundings}
        return tuple(
            TableFact(
                rows=tuple(kept[id(d)] for d in table.drafts if id(d) in kept and d.status == "awarded"),
                stated_total=table.stated_total,
                evidence=self.evidence([(table.start, table.end)]),
            )
            for table in self.reading.tables
            if table.stated_total is not None and any(id(d) in kept and d.status == "awarded" for d in table.drafts)
        )
