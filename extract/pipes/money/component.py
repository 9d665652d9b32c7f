"""The last component: every funding of an act. Registered as ``delibgraph_fundings``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extract.facts import FundingStatus
from extract.patterns import pattern
from extract.pipes.actions import carriers
from extract.pipes.again import add_again
from extract.pipes.money.added_up import drop_sums
from extract.pipes.money.amended import drop_amended
from extract.pipes.money.approved import pay_approved
from extract.pipes.money.asked import ask
from extract.pipes.money.attach import attach
from extract.pipes.money.contributions import turn_told
from extract.pipes.money.cues import decided_without_sum, is_rejected, proposes
from extract.pipes.money.draft import Draft, GrantTable
from extract.pipes.money.each_listed import share_among
from extract.pipes.money.each_person import each_person
from extract.pipes.money.exposed import mark_exposed
from extract.pipes.money.kinds import pay_dues, tell_kinds
from extract.pipes.money.merge import merge
from extract.pipes.money.parts import drop_totals, link_parts, restore_totals, tell_instalments, tie_shares
from extract.pipes.money.private import hide_receivers
from extract.pipes.money.proportions import share_alike
from extract.pipes.money.put_off import keep_asked
from extract.pipes.money.repeated import parts_once
from extract.pipes.money.several import leave_shared
from extract.pipes.money.statements import read_statements
from extract.pipes.money.summed import tell_summed
from extract.pipes.money.tables import read_tables
from extract.pipes.money.taken import grant_adopted
from extract.pipes.money.told_total import tie_to_told
from extract.pipes.money.twice import told_once
from extract.pipes.money.undone import refuse_undone
from extract.pipes.money.unstated import read_without_amount
from extract.pipes.money.uses import tell_uses
from extract.pipes.money.works import leave_works
from extract.pipes.money.years import fill_years
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in

#: How who receives an instalment is known, where it is given alone.
_KNOWN = ("stated", "subject", "anaphora")


def find_fundings(reading: Reading, text: str) -> tuple[list[Draft], list[GrantTable]]:
    """The fundings of an act and its tables; drafts carry their ids."""
    tables = read_tables(reading, text)
    add_again(reading.organisations, reading, text)  # what tables revealed is named elsewhere too
    drafts = [d for table in tables for d in table.drafts]
    told = read_statements(reading, [(t.start, t.end) for t in tables])
    turn_told(reading, told)
    drafts += drop_totals(reading, leave_shared(reading, share_among(reading, told)), tables)
    drafts += read_without_amount(reading, text, drafts)
    merged = restore_totals(reading, merge(reading, told_once(reading, drafts)))
    attach(reading, merged)
    fill_years(reading, merged)
    merged = drop_sums(drop_amended(reading, merged))
    tell_kinds(reading, merged)
    pay_dues(reading, merged)
    merged = each_person(reading, merged)
    merged = tell_summed(reading, share_alike(reading, tell_instalments(reading, merged)))
    tie_to_told(reading, merged)
    link_parts(merged)
    tie_shares(reading, merged)
    merged = parts_once(tell_uses(reading, merged, tables))
    for draft in merged:
        if draft.part and draft.parent is None and draft.how in _KNOWN and _is_given(reading, draft):
            draft.part = False  # an advance on a grant that another act decides is a grant of this one
    merged = [d for d in merged if d.parent is not None or not d.part]
    ask(reading, merged)
    grant_adopted(reading, merged)
    pay_approved(reading, merged)
    refuse_undone(reading, merged)
    refused = _refused_without_sum(reading)
    for draft in merged:
        if draft.status == "requested" and draft.beneficiary is not None and draft.beneficiary.id in refused:
            draft.status, draft.rule = "rejected", "refused"
    keep_asked(reading, merged)
    if not reading.context.adopted:
        for draft in merged:
            undone: FundingStatus = "requested" if reading.context.put_off else "rejected"
            draft.status = undone if draft.status == "awarded" else draft.status
    for draft in merged:
        own = draft.rule == "plan_line" and draft.status == "budgeted"
        if draft.beneficiary is not None and draft.beneficiary is draft.funder and not own:
            draft.beneficiary, draft.how = None, "none"
            if draft.table is not None and draft.status == "awarded":
                draft.status, draft.rule = "budgeted", "budgeted"  # a row of what the authority carries itself
    leave_works(reading, merged)
    mark_exposed(reading, merged)
    for number, draft in enumerate(merged, 1):
        draft.id = f"f{number}"
    return merged, tables


def _is_given(reading: Reading, draft: Draft) -> bool:
    """Whether an instalment is decided here, or proposed: in its sentence, or item by item of a list of advances."""
    if draft.section == "decision":
        return True
    item = reading.sentences[reading.sentence_at(draft.position)]
    if proposes(reading.folded[item.start : draft.position]):
        return True
    above = (s for s in reading.sentences if s.end <= item.start and s.section != "title")
    return item.bullet and any(
        proposes(text) and pattern("fundings", "part.advance").search(text) for text in map(reading.text_of, above)
    )


def _refused_without_sum(reading: Reading) -> set[str]:
    """Ids of the organisations whose request the decision refuses without repeating its sum."""
    return {
        organisation.id
        for sentence in decided_without_sum(reading)
        if is_rejected(reading.text_of(sentence))
        for _, _, organisation in mentions_in(reading, sentence.start, sentence.end)
        if organisation is not reading.authority
    }  # fmt: skip


@Language.component("delibgraph_fundings")
def fundings_component(doc: Doc) -> Doc:
    """Fill ``reading.fundings`` and ``tables``."""
    reading: Reading = doc._.reading
    carriers(reading)
    reading.fundings, reading.tables = find_fundings(reading, reading.text)
    hide_receivers(reading)
    return doc
