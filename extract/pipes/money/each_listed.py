"""One sum that each of a list gets: "une subvention de 500 € à chacune des associations suivantes :", names below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.finder import finder
from extract.patterns import pattern
from extract.pipes.model import Sentence, within
from extract.pipes.money.cells import Cell
from extract.pipes.money.draft import Draft
from extract.pipes.money.line_cells import is_no_name
from extract.pipes.money.rows import row_organisation
from extract.pipes.money.weigh import PLACED
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in
from extract.pipes.those import those
from extract.text import fold, squeeze

_LONGEST = 120
#: How sure it is whom "chacune" means where that is not plain.
_UNSURE = 0.3
_LINE = re.compile(r"[^\n]+")


def share_among(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """The drafts, those that each of a list gets told once for each; none where the list cannot be read."""
    found: list[Draft] = []
    for draft in drafts:
        index = reading.sentence_at(draft.position)
        sentence = reading.sentences[index]
        each = finder("fundings", "shared.each_listed").search(reading.text_of(sentence))
        alone = _is_alone(reading, draft, sentence)
        told = draft.status == "awarded" and draft.table is None and alone
        if not told or each is None:
            found += _each_of_named(reading, draft, index) if told else [draft]
            continue
        for receiver, span in _listed(reading, index):
            found.append(replace(draft, beneficiary=receiver, how="row", split=True, spans=[*draft.spans, span]))
    return found


def _is_alone(reading: Reading, draft: Draft, sentence: Sentence) -> bool:
    """Whether a sum is the only one of its sentence but for what it comes to: "1 000 € chacune, soit 3 000 €"."""
    sums = within(reading.amounts, sentence.start, sentence.end)
    others = [each for each in sums if each.start != draft.position]
    reckoned = pattern("fundings", "shared.comes_to")
    return all(
        each.start > draft.position and reckoned.search(reading.folded, draft.position, each.start) for each in others
    )


def _each_of_named(reading: Reading, draft: Draft, index: int) -> list[Draft]:
    """ "500 € à chacune de ces associations", "à ces trois clubs 500 € chacun": once for each of those just named.

    Told to nobody, and to be looked at, where those are not as many as is told, or not surely a list of names.
    """
    sentence = reading.sentences[index]
    text = reading.text_of(sentence)
    each = finder("fundings", "shared.each_of_them").search(text)
    if each is None and pattern("fundings", "shared.each").search(text):
        each = finder("fundings", "shared.these").search(text)
    if each is None or draft.split or draft.how in ("private", "anonymous"):
        return [draft]
    at = sentence.start + each.start()
    if any(o is not reading.authority for _, _, o in mentions_in(reading, at, sentence.end)):
        return [draft]
    named = those(reading, sentence.start, at, "deux" if each.group().endswith("autre") else each["count"])
    if named:
        sure = max(draft.sure or 0, PLACED) if draft.section == "decision" else draft.sure
        return [replace(draft, beneficiary=o, how="row", split=True, sure=sure, spans=[*draft.spans]) for o in named]
    draft.beneficiary, draft.how, draft.sure = None, "none", min(draft.sure or _UNSURE, _UNSURE)
    return [draft]


def _listed(reading: Reading, index: int) -> list[tuple[Organisation, tuple[int, int]]]:
    """Who is named below a lead, one a line; the list ends with a stop, or where a line is no name."""
    found: list[tuple[Organisation, tuple[int, int]]] = []
    for start, end in _lines(reading, index):
        cell = _name(reading, start, end)
        words = fold(cell.text)
        if is_no_name(cell.text) or any(pattern("tables", name).match(words) for name in ("row.item", "row.said")):
            break
        organisation = row_organisation(reading, cell)
        if organisation is None:
            break
        found.append((organisation, (cell.start, cell.end)))
        if reading.text[start:end].rstrip().endswith("."):
            break
    return found


def _lines(reading: Reading, index: int) -> Iterator[tuple[int, int]]:
    """The lines of the items that a lead introduces, down to one that holds a sum or is too long for a name."""
    for item in reading.sentences[index + 1 :]:
        if item.lead != index or within(reading.amounts, item.start, item.end):
            return
        for line in _LINE.finditer(reading.text, item.start, item.end):
            if line.end() - line.start() > _LONGEST:
                return
            if any(map(str.isalpha, line.group())):
                yield line.span()


def _name(reading: Reading, start: int, end: int) -> Cell:
    """An item without its mark, "l'" or "à", and stop."""
    mark = pattern("tables", "row.listed_mark").match(reading.folded, start, end)
    start = mark.end() if mark else start
    while end > start and reading.text[end - 1] in " \t\n,;.":
        end -= 1
    return Cell(squeeze(reading.text[start:end]), start, end)
