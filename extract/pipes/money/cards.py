"""Actions told one below the other, each with who carries it and, on a line of its own, what it is given.

"Action n° 1 – Aller vers / Porteur : La Boutique Solidaire / Part de la Ville : 36 500 €"; "Club de lutte – Stages
d'été / Ce projet … / Montant de la subvention proposée : 900 €". They are rows of a list with more lines: the same
lead grants them. Patterns in ``patterns/tables.toml`` ([cards]).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.finder import finder
from extract.patterns import pattern
from extract.pipes.money.carried import unquoted
from extract.pipes.money.cells import Cell
from extract.pipes.money.cues import granted_above
from extract.pipes.money.draft import GrantTable
from extract.pipes.money.list_leads import lead_of
from extract.pipes.money.lists import read_rows
from extract.pipes.money.plan import is_own
from extract.pipes.money.rows import title_of
from extract.pipes.reading import Reading
from extract.text import squeeze

#: One alone is read with the sentences.
_FEWEST = 2
#: So many lines above the first card what introduces them is looked for.
_REACH = 10
_FORMS = ("labelled", "filed", "shared", "headed", "named")


def read_cards(reading: Reading, text: str, taken: list[tuple[int, int]], number: int) -> list[GrantTable]:
    """The cards of an act as one table, of the first form that several of them have, and what others pay in them."""
    if not any(finder("tables", f"cards.{line}").search(reading.folded) for line in ("sum", "shares")):
        return []
    others, folded = _of_others(reading)
    for form in _FORMS:
        cards = [card for card in _cards(reading, form, folded) if _is_free(card, taken)]
        if len(cards) >= _FEWEST:
            table = read_rows(reading, text, cards, number, _lead(reading, cards))
            return [table, *others] if table is not None and _with_purposes(reading, table, cards) else others
    return others


def _is_free(card: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    return not any(start < card.end() and end > card.start() for start, end in taken)


def _of_others(reading: Reading) -> tuple[list[GrantTable], str]:
    """The lines of cards with sums of other payers, which are no grants; the folded text in which they are no sums."""
    folded = reading.folded
    tables = []
    for line in pattern("tables", "cards.paid").finditer(reading.folded):
        if is_own(reading, Cell(line["payer"], *line.span("payer"))):
            continue
        block = max(0, reading.folded.rfind("\n\n", 0, line.start()))
        if pattern("organisations", "name.labelled").search(reading.folded, block, line.start()):
            tables.append(GrantTable([], None, *line.span()))
        folded = folded[: line.start()] + line.group().replace("€", " ") + folded[line.end() :]
    return tables, folded


def _cards(reading: Reading, form: str, folded: str) -> Iterator[re.Match[str]]:
    """The cards of a form that name somebody, with a sum of ours."""
    for card in pattern("tables", f"cards.{form}").finditer(folded):
        if form in _ASKED and not _ASKED[form](reading, card):
            continue
        yield card


def _is_ours(reading: Reading, card: re.Match[str]) -> bool:
    """Whether the share of a card is what the deliberating body gives: "État : 4 000 € - Ville : 3 000 €"."""
    return is_own(reading, Cell(card["payer"], *card.span("payer")))


def _names_somebody(reading: Reading, card: re.Match[str]) -> bool:
    """Whether what heads a card is a name, not "Action n° 2" or a total."""
    head = card["name"]
    unnamed = any(pattern("tables", form).match(head) for form in ("cards.no_name", "row.total", "row.plural"))
    return reading.text[card.start("name")].isupper() and not unnamed


#: What is asked of the cards of a form; those of a labelled carrier are told by their label.
_ASKED = {"shared": _is_ours, "headed": _names_somebody, "named": _names_somebody}


def _lead(reading: Reading, cards: Sequence[re.Match[str]]) -> str:
    """What introduces the cards: the lead of a list, else the nearest line above with a colon, else the title."""
    if (lead := lead_of(reading, list(cards))) is not None:
        return lead
    index = reading.sentence_at(cards[0].start())
    for above in reversed(reading.sentences[max(0, index - _REACH) : index]):
        told = reading.text_of(above).rstrip()
        if above.section != "title" and (told.endswith(":") or pattern("tables", "status.following").search(told)):
            return told
    return title_of(reading) if granted_above(reading) else ""


def _with_purposes(reading: Reading, table: GrantTable, cards: Sequence[re.Match[str]]) -> bool:
    """Give each grant the action of its card; whether there are any."""
    told = {card.span(): card for card in cards}
    for draft in table.drafts:
        card = told.get(draft.spans[0])
        if card is not None and card.groupdict().get("project"):
            draft.purpose = unquoted(squeeze(reading.text[slice(*card.span("project"))]))
    return bool(table.drafts)
