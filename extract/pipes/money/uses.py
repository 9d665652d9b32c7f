"""What the money of one body is for, told row by row: "Objet | Montant", "Elle se décompose ainsi :".

Such rows name nobody. Where they add up to a grant of the act they are its parts; where the sentence above grants "à
l'association X les subventions ci-après" each is a grant to X. Rows of neither are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extract.patterns import pattern
from extract.pipes.meant import subject
from extract.pipes.model import Amount, Sentence
from extract.pipes.money.cells import Cell, Grid
from extract.pipes.money.cues import granted_above, is_history, is_rejected, last_cue, proposes
from extract.pipes.money.draft import GRANTS, Draft, GrantTable, Use
from extract.pipes.money.rows import row_draft
from extract.pipes.money.totals import totals
from extract.pipes.money.years import fill_years
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in, said
from extract.text import fold, squeeze

_FEWEST = 2
_PUBLIC = ("state", "local_authority")


def use_of(label: Cell, figure: Cell) -> Use | None:
    """A row as what its sum is for; None where it has no sum, or is a total."""
    if not figure.value or pattern("tables", "row.total").match(fold(label.text)):
        return None
    return Use(label.text, Amount(figure.value, figure.text), figure.start, (label.start, figure.end))


def table_of_uses(grid: Grid) -> GrantTable:
    """A table of one column of sums as what each row is for, with its total; one of more columns tells nothing."""
    told = GrantTable([], None, grid.start, grid.end)
    width = range(1, grid.width)
    money = [at for at in width if any(row[at].value is not None for row in grid.rows)]
    if len(money) != 1 or not all(row[0].words for row in grid.rows):
        return told
    added = totals(grid.rows, money[0], 0)
    rows = [row for at, row in enumerate(grid.rows) if at not in added]
    told.uses = [use for row in rows if (use := use_of(row[0], row[money[0]])) is not None]
    told.stated_total = next((grid.rows[at][money[0]].value for at, whole in added.items() if whole), None)
    return told


def tell_uses(reading: Reading, drafts: Sequence[Draft], tables: Sequence[GrantTable]) -> list[Draft]:
    """The drafts, with the parts of grants, and the grants of one body, that the rows of tables tell."""
    found: list[Draft] = []
    for number, table in enumerate(tables, 1):
        if len(table.uses) < _FEWEST:
            continue
        whole = sum((use.amount.value for use in table.uses), Decimal(0))
        wholes = [d for d in drafts if _is_whole(d, whole)]
        if len(wholes) == 1:
            found += _parts(wholes[0], table)
        elif not wholes:
            found += _grants(reading, table, number)
    told = {(d.value, d.beneficiary.id) for d in drafts if d.status == "awarded" and d.beneficiary is not None}
    new = [d for d in found if d.beneficiary is not None and (d.value, d.beneficiary.id) not in told]
    fill_years(reading, new)
    leads = {span for d in new if d.parent is None for span in d.spans[1:]}
    return [d for d in drafts if d.value is not None or not leads.intersection(d.spans)] + new


def _is_whole(draft: Draft, whole: Decimal) -> bool:
    given = draft.status == "awarded" and draft.beneficiary is not None and draft.parent is None
    return given and draft.value == whole and draft.kind in GRANTS


def _parts(whole: Draft, table: GrantTable) -> list[Draft]:
    return [
        replace(
            whole, amount=use.amount, position=use.position, purpose=use.purpose, part=True, parent=whole, how="part",
            table=None, spans=[use.span, *whole.spans[:1]],
        )
        for use in table.uses
    ]  # fmt: skip


def _grants(reading: Reading, table: GrantTable, number: int) -> list[Draft]:
    """The rows as grants to the one body that the sentence above them gives them to; none where there is none."""
    lead = reading.sentences[reading.sentence_at(max(0, table.start - 1))]
    receiver = one_receiver(reading, lead) if lead.section != "title" and lead.start < table.start else None
    if receiver is None:
        return []
    found = []
    for use in table.uses:
        row = [Cell(squeeze(reading.text[slice(*use.span)]), *use.span)]
        draft = row_draft(reading, row, use.amount.value, number, table.start)
        draft.amount, draft.table, draft.position = use.amount, None, use.position
        draft.beneficiary, draft.how, draft.purpose = receiver, "lead", use.purpose
        draft.spans = [use.span, (lead.start, lead.end)]
        found.append(draft)
    return found


def one_receiver(reading: Reading, lead: Sentence) -> Organisation | None:
    """To whom alone a sentence grants what follows it: "Attribue à l'association X les subventions ci-après :"."""
    words = reading.text_of(lead)
    if pattern("tables", "status.uses_follow").search(words) is None or is_history(words) or is_rejected(words):
        return None
    cue = last_cue(words)
    several = pattern("fundings", "shared.several").search(words) is not None
    if cue is None or cue.family != "award" or several:
        return None
    if lead.section != "decision" and not (proposes(words) and granted_above(reading)):
        return None
    named = {o.id: (s, o) for s, _, o in mentions_in(reading, lead.start, lead.end) if o is not reading.authority}
    gets = [o for s, o in named.values() if said(reading, "receives", s, lead.start)]
    if len(gets) == 1 and all(o is gets[0] or o.kind in _PUBLIC for _, o in named.values()):
        return gets[0]
    meant = not named and pattern("tables", "status.uses_of_it").search(words) is not None
    return subject(reading) if meant else None


def name_nobody(reading: Reading, rows: Sequence[tuple[int, int]]) -> bool:
    """Whether stretches that name rows name no body, known or told by its kind."""
    return not any(
        reading.organisations.mentions_from(start, end)
        or pattern("tables", "row.pair_body").match(reading.folded, start)
        for start, end in rows
    )
