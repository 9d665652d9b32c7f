"""Parts of a grant that are told twice: by the report and by the decision, as what it is for and as what is paid."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from extract.pipes.money.draft import Draft


def parts_once(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts without the second telling of parts, where those that are told twice come to their whole once.

    "8 000 €, soit 7 000 € de fonctionnement et 1 000 € d'investissement. La somme de 7 000 € est versée à la
    signature, celle de 1 000 € sur facture." Two equal halves of a grant come to it together, and stay two. A part as
    large as its whole is that whole, told again.
    """
    again = {
        id(d): d.parent
        for d in drafts
        if d.parent is not None and d.value == d.parent.value and d.parent.parent is None
    }
    of: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.parent is not None and draft.value and draft.spans and draft.table is None:
            of[id(draft.parent)].append(draft)
    for whole in drafts:
        parts = of.get(id(whole), [])
        told = Counter(d.value for d in parts)
        twice = {value for value, times in told.items() if value and times > 1}
        if len(twice) < 2 or sum(twice) != whole.value:
            continue
        first: dict[object, Draft] = {}
        for part in parts:
            if part.value not in twice:
                continue
            kept = first.setdefault(part.value, part)
            if kept is not part:
                again[id(part)] = kept
    for draft in drafts:
        kept = again.get(id(draft), draft)
        kept.spans += [span for span in draft.spans if span not in kept.spans]
        draft.parent = again.get(id(draft.parent), draft.parent)
    return [d for d in drafts if id(d) not in again]
