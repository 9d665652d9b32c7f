"""Sums told year by year, one a line: "2026 : 48 000 €", "48 000 € en 2027", or a row under a header of years.

Each is one funding of its year. They name nobody: who receives stands in the sentence that introduces them, or is whom
the act is about. Patterns in ``patterns/tables.toml`` ([yearly]).
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from extract.patterns import pattern
from extract.pipes.meant import subject
from extract.pipes.model import Sentence
from extract.pipes.money.cells import Cell, figure
from extract.pipes.money.cues import granted_above, is_history, is_rejected, last_cue, proposes
from extract.pipes.money.draft import Draft, GrantTable
from extract.pipes.money.line_cells import lines
from extract.pipes.money.rows import row_draft
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in, said, said_after
from extract.text import squeeze

_FEWEST = 2
#: How many sentences above its lead may name who receives.
_BACK = 2
_PUBLIC = ("state", "local_authority")
#: A part of the exposé is no longer than so many sentences; an article before a name no longer than so many letters.
_PART, _ARTICLE = 10, 4


def read_years(reading: Reading, text: str, number: int) -> list[GrantTable]:
    """The blocks of yearly sums that the act grants; a block that it only tells is left to the sentences' reader."""
    groups: list[list[re.Match[str]]] = []
    last = 0
    for start, end in lines(text):
        match = _row(reading.folded, start, end)
        if match is None:
            continue
        if groups and not reading.folded[last:start].strip() and int(match["year"]) > int(groups[-1][-1]["year"]):
            groups[-1].append(match)
        else:
            groups.append([match])
        last = end
    found: list[GrantTable] = []
    for group in groups:
        table = _read(reading, text, group, number + len(found)) if len(group) >= _FEWEST else None
        if table is not None:
            found.append(table)
    return found


def _row(folded: str, start: int, end: int) -> re.Match[str] | None:
    """A line that holds a year and its sum, and nothing else."""
    for name in ("year_first", "sum_first"):
        match = pattern("tables", f"yearly.{name}").fullmatch(folded, start, end)
        if match is not None:
            return match
    return None


def _read(reading: Reading, text: str, group: list[re.Match[str]], number: int) -> GrantTable | None:
    start, end = group[0].start(), group[-1].end()
    lead = _lead(reading, start)
    if lead is None or not pattern("tables", "yearly.money").search(reading.folded, lead.start, end):
        return None
    if not _granted(reading, lead) or _is_past(reading, group, lead):
        return None
    receiver = _receiver(reading, lead)
    if receiver is None:
        return None
    drafts = []
    for match in group:
        value = figure(match["sum"].strip())
        if value:
            drafts.append(_draft(reading, text, match, value, (number, receiver), (lead.start, lead.end)))
    return GrantTable(drafts, None, start, end) if len(drafts) >= _FEWEST else None


def _is_past(reading: Reading, group: list[re.Match[str]], lead: Sentence) -> bool:
    """Whether a block of the exposé tells years that are over: what was given in each of them is no grant."""
    today = reading.context.session_date
    return today is not None and lead.section != "decision" and int(group[-1]["year"]) < today.year


def _draft(
    reading: Reading,
    text: str,
    match: re.Match[str],
    value: Decimal,
    table: tuple[int, Organisation],
    lead: tuple[int, int],
) -> Draft:
    """The funding of one year."""
    start, end = match.span("sum")
    draft = row_draft(reading, [Cell(squeeze(text[start:end]), start, end)], value, table[0])
    year = int(match["year"])
    last = int(match["until"]) if match["until"] else year
    return replace(
        draft, rule="yearly_row", beneficiary=table[1], how="lead", first=year,
        last=last + 2000 if last < 100 else last, spans=[match.span(), lead],
    )  # fmt: skip


def _lead(reading: Reading, start: int) -> Sentence | None:
    """The sentence above a block: it introduces it."""
    index = reading.sentence_at(start)
    while index and pattern("tables", "yearly.header").fullmatch(reading.text_of(reading.sentences[index])):
        index -= 1  # "Année | Montant"
        start = reading.sentences[index].end
    sentence = reading.sentences[index]
    if sentence.lead is not None:
        return reading.sentences[sentence.lead]
    above = [s for s in reading.sentences[max(0, index - 2) : index] if reading.text_of(s).rstrip().endswith(":")]
    return above[-1] if above else (reading.sentences[index - 1] if index else None)


def _granted(reading: Reading, lead: Sentence) -> bool:
    """Whether the act grants what its lead introduces: it decides or proposes it, or approves the agreement of it."""
    words = pattern("tables", "yearly.reserve").sub(" ", reading.text_of(lead))
    if is_rejected(words) or is_history(words) or pattern("tables", "yearly.else").search(words):
        return False
    fixed = pattern("tables", "yearly.fixed").search(words) is not None
    cue = None if fixed else last_cue(words)  # "compte tenu du budget, la participation est fixée comme suit :"
    gives = pattern("tables", "yearly.grants").search(words) is not None
    if cue is not None and cue.family not in ("award", "cost"):
        return False
    if not gives and (cue is None or cue.family != "award"):
        settled = pattern("tables", "yearly.settled").search(words) is not None
        return cue is None and settled and granted_above(reading)  # "une progression plus lente a été arrêtée :"
    agreed = any(
        s.section == "decision" and pattern("fundings", "said.agreement_approved").search(reading.text_of(s))
        for s in reading.sentences
    )
    return lead.section == "decision" or proposes(words) or granted_above(reading) or agreed


def _receiver(reading: Reading, lead: Sentence) -> Organisation | None:
    """Who receives: said in the lead, else the one that the sentences before it are about, else the act's subject."""
    payers = [o for s, e, o in mentions_in(reading, lead.start, lead.end) if said(reading, "grant_of", s, lead.start)]
    if any(o is not reading.authority for o in payers):
        return None  # another body's money
    for start, end, organisation in mentions_in(reading, lead.start, lead.end):
        gets = said(reading, "receives", start, lead.start) or said_after(reading, "gets", end, lead.end)
        if organisation is not reading.authority and (gets or said(reading, "object", start, lead.start)):
            return organisation
    index = reading.sentence_at(lead.start)
    for sentence in reversed(reading.sentences[max(0, index - _BACK) : index + 1]):
        named = {o.id: o for _, _, o in mentions_in(reading, sentence.start, sentence.end) if o.kind not in _PUBLIC}
        named = {k: o for k, o in named.items() if o is not reading.authority}
        if len(named) == 1:
            return next(iter(named.values()))
        if named:
            break
    headed, body = _heading(reading, index)
    if headed or named:
        return body if headed else _decided(reading)
    return subject(reading) or _decided(reading)


def _heading(reading: Reading, index: int) -> tuple[bool, Organisation | None]:
    """Whether a name heads the part of the exposé in which a sentence stands ("1. Val Handball"), and whose it is."""
    for at in range(index - 1, max(0, index - _PART), -1):
        above, number = reading.sentences[at], reading.sentences[at - 1]
        named = reading.organisations.mentions_from(above.start, above.end)
        if above.section != "body" or number.section != "body":
            break
        if len(named) == 1:
            start, end, body = named[0]
            alone = start <= above.start + _ARTICLE and not reading.folded[end : above.end].strip(" :.\n")
            if alone and body is not reading.authority:
                return True, body
        if not named and pattern("tables", "yearly.number").fullmatch(reading.text_of(number)):
            return True, None  # whoever it is, it is none of those that the act knows
    return False, None


def _decided(reading: Reading) -> Organisation | None:
    """The only body, other than public ones, that the decision names."""
    items = [s for s in reading.sentences if s.section == "decision"]
    named = {o.id: o for s in items for _, _, o in mentions_in(reading, s.start, s.end) if o.kind not in _PUBLIC}
    found = [o for o in named.values() if o is not reading.authority]
    return found[0] if len(found) == 1 else None
