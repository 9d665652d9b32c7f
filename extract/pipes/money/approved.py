"""Another body's grants, approved as a whole: "d'approuver le versement par la CAF des aides ci-dessus".

The exposé tells the sums, in a table or in sentences; whose grants they are, the decision says. Builds in
``patterns/fundings.toml`` ([above]).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.patterns import pattern
from extract.pipes.model import Sentence
from extract.pipes.money.cues import decided_without_sum
from extract.pipes.money.draft import Draft
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading, once
from extract.pipes.roles import CONTEXT, mentions_in
from extract.text import fold


def pay_approved(reading: Reading, drafts: Sequence[Draft]) -> None:
    """Give the rows of a table to the body whose payment of "le tableau ci-dessus" the decision approves.

    Where that body receives by such a row, it is the deliberating one that does; nothing is changed where the decision
    gives something itself.
    """
    payers = {payer.id: payer for payer, _ in approved(reading)}
    if len(payers) != 1:
        return
    payer = next(iter(payers.values()))
    for draft in drafts:
        listed = draft.table is not None and draft.status == "awarded" and draft.rule == "table_row"
        if listed and draft.funder is reading.authority and draft.beneficiary is not payer:
            draft.funder = payer


@once
def _approving(reading: Reading) -> list[Sentence]:
    """The sentences of the decision that approve what is told above, without its sums."""
    told = ((sentence, reading.text_of(sentence)) for sentence in decided_without_sum(reading))
    forms = pattern("fundings", "above.approves"), pattern("tables", "status.above")
    return [sentence for sentence, text in told if all(form.search(text) for form in forms)]


def approved(reading: Reading) -> Iterator[tuple[Organisation, Sentence]]:
    """Whose payments above the decision approves, with the sentence that does."""
    for sentence in _approving(reading):
        for start, _, organisation in mentions_in(reading, sentence.start, sentence.end):
            before = reading.folded[max(sentence.start, start - CONTEXT) : start]
            by = pattern("fundings", "above.paid_by").search(before)
            of = pattern("fundings", "above.grant_of").search(before)
            gives = of and pattern("fundings", "above.giver").match(fold(organisation.name))
            if organisation is not reading.authority and (by or gives):
                yield organisation, sentence
