"""Grants that the exposé tells and the decision repeats, in another order and in other words: one flow, the decision's.

A list of lauréats in the recital and the list that the decision votes are the same money. What the decision tells has
the last word on the year, the name and the kind. Each of its grants takes up one told before, so that two grants of one
sum to one body, told twice each, stay two; an investment is none with an operation, nor one action with another.
Patterns in ``patterns/fundings.toml`` ([twice]).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby

from extract.patterns import pattern
from extract.pipes.money.cues import granted_above, proposes
from extract.pipes.money.draft import Draft
from extract.pipes.reading import Reading
from extract.text import fold, key

#: How sure a grant of the exposé is that the decision passes over while it repeats those around it.
_PASSED_OVER = 0.5
#: Kinds of money that are never another telling of a grant.
_APART = frozenset(("advance", "guarantee", "loan", "membership", "inKind", "purchase"))


def told_once(reading: Reading, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts without the grants of the exposé that one of the decision repeats; the latter keeps their passages."""
    taken: dict[int, Draft] = {}
    decided = [d for d in drafts if _is_told(d) and d.section == "decision"]
    exposed = [d for d in drafts if _is_told(d) and d.section == "body"]
    _pair(reading, exposed, decided, taken, _same_body)
    for _, rows in groupby((d for d in exposed if d.table is not None), key=lambda d: d.table):
        of_list = list(rows)
        left = [d for d in of_list if id(d) not in taken]
        if 2 * len(left) <= len(of_list):  # a list that the decision repeats but for how it writes some names
            _pair(reading, left, decided, taken, partial(_alike, reading))
            _doubt_left(reading, [d for d in left if id(d) not in taken])
    _pair_by_sum(reading, [d for d in exposed if id(d) not in taken], decided, taken)
    drafts = [d for d in drafts if not _is_shared_out(d, decided)]
    for draft in exposed:
        if (twin := taken.get(id(draft))) is not None:
            _enrich(twin, draft)
            _hand_over(drafts, draft, twin)
    return [d for d in drafts if id(d) not in taken]


def _doubt_left(reading: Reading, left: Sequence[Draft]) -> None:
    """Leave to review what a decision that repeats most of a list, and does not take it up as a whole, passes over.

    So too where the list is only what was asked: "Elles ont sollicité :", of which the decision grants the others.
    """
    for draft in left:
        if not granted_above(reading) or _is_asked(reading, draft):
            draft.sure = _PASSED_OVER


def _is_asked(reading: Reading, row: Draft) -> bool:
    """Whether the sentence that introduces a row tells what was asked for, and proposes nothing."""
    at = reading.sentence_at(row.position)
    lead = reading.sentences[at].lead
    text = reading.text_of(reading.sentences[lead]) if lead is not None else ""
    return pattern("fundings", "requested.verb").search(text) is not None and not proposes(text)


def _is_told(draft: Draft) -> bool:
    """Whether a draft is a grant of a known sum to a body; sums by year and shares have readers of their own."""
    own = draft.rule == "yearly_row" or draft.part or draft.share or draft.split
    return draft.status == "awarded" and draft.value is not None and draft.beneficiary is not None and not own


def _pair(
    reading: Reading,
    exposed: Sequence[Draft],
    decided: Sequence[Draft],
    taken: dict[int, Draft],
    same: Callable[[Draft, Draft], bool],
) -> None:
    """Give each grant of the exposé the one of the decision that repeats it, each of which repeats one."""
    used = {id(twin) for twin in taken.values()}
    for draft in exposed:
        if draft.table is None and not any(draft.value == d.value and d.table is not None for d in decided):
            continue  # told in prose twice: the merging of sentences knows more of it
        twin = next((d for d in decided if id(d) not in used and same(draft, d) and _one(reading, draft, d)), None)
        if twin is not None:
            used.add(id(twin))
            taken[id(draft)] = twin


def _pair_by_sum(reading: Reading, exposed: Sequence[Draft], decided: Sequence[Draft], taken: dict[int, Draft]) -> None:
    """A sum proposed once and decided once is one grant, and the decision says whose.

    "Compte tenu de l'arrivée de la commune de X, il est envisagé de fixer sa participation à 900 €" gets its receiver
    by guess; where the decision never names that body and gives the sum to another, the guess was wrong.
    """
    used = {id(twin) for twin in taken.values()}
    items = [s for s in reading.sentences if s.section == "decision"]
    spoken = {body.id for s in items for _, _, body in reading.organisations.mentions_from(s.start, s.end)}
    for draft in exposed:
        twins = [d for d in decided if d.value == draft.value]
        alone = sum(d.value == draft.value for d in exposed) == 1 and len(twins) == 1
        if draft.table is not None or not alone or id(twins[0]) in used:
            continue
        body = draft.beneficiary
        guessed = body is not None and (body.id not in spoken or _is_meant(reading, draft, twins[0], decided))
        said = ("stated", "anaphora") if draft.how in ("stated", "row") else ("stated", "anaphora", "row", "weak")
        if guessed and twins[0].how in said and _one(reading, draft, twins[0]):
            taken[id(draft)] = twins[0]


def _is_meant(reading: Reading, told: Draft, twin: Draft, decided: Sequence[Draft]) -> bool:
    """Whether a pronoun alone gives a sum to a body that the decision gives nothing, and names another for it."""
    if twin.beneficiary is None or twin.beneficiary.name.islower():
        return False
    named = (o for start, end in told.spans for _, _, o in reading.organisations.mentions_from(start, end))
    return all(o is not told.beneficiary for o in named) and all(d.beneficiary is not told.beneficiary for d in decided)


def _is_shared_out(total: Draft, decided: Sequence[Draft]) -> bool:
    """Whether a sum of the exposé that names nobody is what one passage of the decision gives to several.

    "Une aide de 900 €, répartie entre X et Y" is decided as "500 € à X et 400 € à Y".
    """
    if total.status != "awarded" or total.section != "body" or total.value is None or total.beneficiary is not None:
        return False
    for _, shares in groupby(decided, key=lambda d: d.table if d.table is not None else d.spans[:1]):
        values = [d.value for d in shares if d.value is not None]
        if len(values) > 1 and sum(values) == total.value:
            return True
    return False


def _hand_over(drafts: Sequence[Draft], told: Draft, twin: Draft) -> None:
    """Parts of a total told in the exposé are those of the decision's, and go to whom it names."""
    for part in drafts:
        if part.parent is told:
            part.parent = twin
            if part.beneficiary is told.beneficiary:
                part.beneficiary = twin.beneficiary


def _same_body(told: Draft, decided: Draft) -> bool:
    return told.value == decided.value and (told.beneficiary is decided.beneficiary or _is_short(told, decided))


def _is_short(told: Draft, decided: Draft) -> bool:
    """Whether common nouns tell of the body that a row names: "la société de chasse"."""
    if told.beneficiary is None or decided.beneficiary is None or told.table is not None or decided.table is None:
        return False
    name = told.beneficiary.name
    return name.islower() and fold(decided.beneficiary.name).startswith(f"{fold(name)} ")


def _alike(reading: Reading, told: Draft, decided: Draft) -> bool:
    """The same sum, where one row holds all words of the name that the other writes: "Groupe X (GX) du Val", "GX"."""
    return told.value == decided.value and (_holds(reading, told, decided) or _holds(reading, decided, told))


def _holds(reading: Reading, row: Draft, named: Draft) -> bool:
    words = set(key(named.beneficiary.name).split()) if named.beneficiary is not None else set()
    return bool(words) and words <= set(key(reading.text[slice(*row.spans[0])]).split())


def _one(reading: Reading, told: Draft, decided: Draft) -> bool:
    """Whether two tellings may be of one grant: of one payer, kind, action and nature."""
    if told.funder is not decided.funder and None not in (told.funder, decided.funder):
        return False
    if told.kind != decided.kind and not _APART.isdisjoint((told.kind, decided.kind)):
        return False
    if told.action != decided.action and None not in (told.action, decided.action):
        return False
    natures = _natures(reading, told), _natures(reading, decided)
    return not all(natures) or not natures[0].isdisjoint(natures[1])


def _natures(reading: Reading, draft: Draft) -> set[str]:
    """What the passage of a grant and its lead call it: of investment, of operation."""
    sentence = reading.sentences[reading.sentence_at(draft.position)]
    texts = [reading.folded[s:e] for s, e in draft.spans] + [reading.text_of(sentence)]
    if sentence.lead is not None:
        texts.append(reading.text_of(reading.sentences[sentence.lead]))
    names = ("investment", "operation")
    return {n for n in names if any(pattern("fundings", f"twice.{n}").search(text) for text in texts)}


def _enrich(kept: Draft, other: Draft) -> None:
    """Complete what the decision tells by what only the exposé told."""
    if kept.first is None:
        kept.first, kept.last = other.first, other.last
    kept.programme = kept.programme or other.programme
    kept.action = kept.action or other.action
    kept.purpose = kept.purpose or other.purpose
    kept.conditional = kept.conditional or other.conditional
    kept.spans += [s for s in other.spans if s not in kept.spans]
