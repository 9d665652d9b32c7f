"""What a table means: grants row by row, a plan de financement line by line, or no money at all.

Patterns in ``patterns/tables.toml``.
"""

from __future__ import annotations

import re

from extract.patterns import pattern
from extract.pipes.model import within
from extract.pipes.money.activities import are_activities
from extract.pipes.money.adopted import taken_up, tells_else
from extract.pipes.money.cards import read_cards
from extract.pipes.money.cases import read_cases
from extract.pipes.money.cells import Grid
from extract.pipes.money.contributions import are_contributions, bears_kind, turn
from extract.pipes.money.draft import Draft, GrantTable
from extract.pipes.money.flat_lists import read_flat_lists
from extract.pipes.money.flattened import flattened_grids
from extract.pipes.money.glued import glued_grids
from extract.pipes.money.grants import read_grants
from extract.pipes.money.heads import pointed_at
from extract.pipes.money.inline_lists import read_inline_lists
from extract.pipes.money.inline_plan import read_inline_plan
from extract.pipes.money.kinds import is_part_of_lead
from extract.pipes.money.layout import line_grids
from extract.pipes.money.list_leads import finances
from extract.pipes.money.lists import read_lists
from extract.pipes.money.paid_in import accepts_contributions, pay_in
from extract.pipes.money.plan import bear_together, read_plan
from extract.pipes.money.rows import heading_of, title_of
from extract.pipes.money.stacked import stacked_grids
from extract.pipes.money.stacked_rows import is_total_label
from extract.pipes.money.turned import upright
from extract.pipes.money.uses import table_of_uses
from extract.pipes.money.yearly import read_years
from extract.pipes.reading import Reading
from extract.text import fold

_NEAR = 160
_VERY_NEAR = 80
#: Letters above a table of members within which what they pay is spoken of.
_FAR = 700
_STOP = re.compile(r"\.\s")


def read_tables(reading: Reading, text: str) -> list[GrantTable]:
    """Every table of the act that tells money."""
    if not reading.amounts and not any(c.isdigit() for c in text):
        return []
    yearly = read_years(reading, text, 1)
    taken = [(y.start, y.end) for y in yearly]
    grids: list[Grid] = []
    for find in (glued_grids, flattened_grids, line_grids, stacked_grids):
        found = find(text, reading.folded)
        grids += [g for g in found if _is_free(g, [*taken, *((other.start, other.end) for other in grids)])]
    tables = list(yearly)
    for number, grid in enumerate(sorted(map(upright, grids), key=lambda g: g.start), len(yearly) + 1):
        table = _read_grid(reading, grid, number)
        if table:
            tables.append(table)
    for find_lists in (read_cases, read_cards, read_inline_lists, read_flat_lists, read_lists):
        held = [(t.start, t.end) for t in tables]
        tables += find_lists(reading, text, held, len(grids) + len(tables) + 1)
    plan = read_inline_plan(reading, [(t.start, t.end) for t in tables], len(grids) + len(tables) + 1)
    return tables + ([plan] if plan else [])


def _is_free(grid: Grid, taken: list[tuple[int, int]]) -> bool:
    """Whether no other table is read where a grid stands."""
    return not any(grid.start < end and grid.end > start for start, end in taken)


def _read_grid(reading: Reading, grid: Grid, number: int) -> GrantTable | None:
    if any(pattern("tables", "row.decided").match(fold(row[0].text)) for row in grid.rows if row):
        return None  # points of a decision, each of which ends with a sum
    header = " | ".join(fold(c.text) for c in grid.header)
    near = heading_of(reading, grid.start)[-_NEAR:]
    dues = are_contributions(reading, f"{near} | {header}") or _of_members(reading, grid)
    contributed = dues or _contributed(grid, near + title_of(reading))
    paid = not contributed and _paid_in(reading, grid)
    if not contributed and _is_plan(reading, grid, near, header):
        return read_plan(reading, grid, number)
    told = " | ".join(head for head in header.split(" | ") if not pattern("tables", "header.count").search(head))
    lead = _STOP.split(near[-_VERY_NEAR:].rstrip())[-1]
    unpaid = pattern("tables", "status.not_money").search(f"{told} {lead}")
    if unpaid and not dues and not paid and not pattern("tables", "header.granted").search(header):
        return None
    if not contributed and tells_else(reading, grid.start, header):
        return GrantTable([], None, grid.start, grid.end) if grid.header else None  # nor are its rows sentences
    if not contributed and not taken_up(reading, grid.start, header):
        return None
    uses = not contributed and (_tells_uses(reading, grid, "what_for") or _tells_activities(reading, grid))
    if uses or _parts_one(reading, grid):
        return table_of_uses(grid)
    table = read_grants(reading, grid, number, communes=dues)
    if table is None and not contributed and _tells_uses(reading, grid, "what_done"):
        return table_of_uses(grid)
    for draft in table.drafts if table is not None else ():
        if dues:
            turn(reading, draft)
        elif paid and draft.beneficiary is not reading.authority:
            pay_in(reading, draft)
        elif contributed:
            _turn(reading, draft, near)
    return table


def _of_members(reading: Reading, grid: Grid) -> bool:
    """Whether a syndicate's table of groupings and communes tells what the text above calls its members' dues."""
    named = [row[0].text for row in grid.rows if row and row[0].words and not is_total_label(row[0])]
    if reading.authority is None or not named or not all(map(bears_kind, named)):
        return False
    if pattern("contributions", "body.syndicate").search(fold(reading.authority.name)) is None:
        return False
    above = reading.folded[max(0, grid.start - _FAR) : grid.start]
    if any(pattern("contributions", f"said.{name}").search(above[-_NEAR:]) for name in ("grants", "given")):
        return False
    return pattern("contributions", "said.of_members").search(above) is not None


def _is_plan(reading: Reading, grid: Grid, near: str, header: str) -> bool:
    """Whether a table tells who pays for something: its heads or what introduces it say so, or its rows alone."""
    if not grid.header and bear_together(reading, (row[0] for row in grid.rows if row[0].words)):
        return True
    told = pattern("tables", "status.plan").search(near) or pattern("tables", "header.resources").search(header)
    if told is None or pattern("tables", "header.private").search(header) or finances(near):
        return False
    return not _granted(reading, grid, near)


def _parts_one(reading: Reading, grid: Grid) -> bool:
    """Whether rows are the parts of the one grant that their lead tells: "une subvention de 900 €, ventilée :"."""
    first = reading.sentences[reading.sentence_at(grid.start)]
    if first.lead is None or not is_part_of_lead(reading, first):
        return False
    lead = reading.sentences[first.lead]
    told = {amount.value.value for amount in within(reading.amounts, lead.start, lead.end)}
    sums = [row[-1].value for row in grid.rows if row and not is_total_label(row[0])]
    return None not in sums and sum(value for value in sums if value is not None) in told


def _tells_activities(reading: Reading, grid: Grid) -> bool:
    """Whether rows without a head name what is done, and nobody: "accompagnement à la scolarité | 15 000 €"."""
    return not grid.header and are_activities(reading, (row[0] for row in grid.rows if row[0].words))


def _tells_uses(reading: Reading, grid: Grid, head: str) -> bool:
    """Whether rows tell what one grant is for, which receives nothing: "Objet | Montant", and nobody in any cell."""
    words = [fold(c.text) for c in grid.header]
    if not words or not pattern("tables", f"header.{head}").fullmatch(words[0]):
        return False
    if any(any(c.isalpha() for c in cell.text) and cell.value is None for row in grid.rows for cell in row[1:]):
        return False
    named = sum(bool(reading.organisations.mentions_from(row[0].start, row[0].end)) for row in grid.rows if row)
    return 2 * named <= len(grid.rows)


def _granted(reading: Reading, grid: Grid, near: str) -> bool:
    """Whether the heads tell who receives and whose grant it is: "Bailleur | … | Participation de la métropole".

    Or, but under the words "plan de financement", who carries a project and what is proposed: "Porteur | Proposition".
    Or the decision points to a column of it: "les subventions figurant dans la colonne « Ville »".
    """
    words = [fold(c.text) for c in grid.header]
    if pointed_at(reading, grid, range(grid.width)) is not None:
        return True
    if any(pattern("tables", "header.receiver").fullmatch(w) for w in words) and any(
        pattern("tables", "header.granted_by").match(w) for w in words
    ):
        return True
    planned = pattern("tables", "inline.heading").search(near) is not None and not near.rstrip().endswith(".")
    carried = any(pattern("tables", "status.candidate").fullmatch(w) for w in words)
    return not planned and carried and any(pattern("tables", "header.granted").search(w) for w in words)


def _contributed(grid: Grid, introduced: str) -> bool:
    """Whether the rows of a table pay: "Partenaire | Participation", introduced as the partners' contributions."""
    if pattern("tables", "status.partners_given").search(introduced):
        return False
    words = [fold(c.text) for c in grid.header]
    pays = any(pattern("tables", "status.payer").match(w) for w in words)
    sums = any(pattern("tables", "status.contribution").match(w) for w in words)
    told = pattern("tables", "status.contributors").search(introduced) is not None
    if pays and pattern("tables", "status.plan").search(introduced) is None:
        return True
    return told and sums and any(pattern("tables", "status.contributor").match(w) for w in words)


def _paid_in(reading: Reading, grid: Grid) -> bool:
    """Whether the decision accepts what rows pay: "Collectivité | Participation", "d'accepter les participations"."""
    words = [fold(c.text) for c in grid.header]
    sums = any(pattern("tables", "status.contribution").match(w) for w in words)
    return sums and accepts_contributions(reading)


def _turn(reading: Reading, draft: Draft, introduced: str) -> None:
    """Make a payer of a row; members pay the body they are members of, of partners only the payer is told."""
    members = pattern("tables", "status.members").search(introduced) is not None
    draft.funder, draft.kind = draft.beneficiary, "contribution"
    draft.beneficiary, draft.how = (reading.authority, "authority") if members else (None, "payer")
