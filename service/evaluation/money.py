"""Scores of money: who funds whom, how much, under which status; then year and programme of what was found.

An awarded row of the gold must be published as Awarded, between the same two, with the same amount, as a
whole or as a part as it is. Rows "facultatif" are not counted when missed. What the gold tells as
"autre" (a price, history, another body's money) is no false grant when it is published under a kind
that stays out of who-funds-whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from ontology.terms import DG
from service.evaluation.gold import Funding, Gold
from service.evaluation.names import TITLE, any_same, normal
from service.evaluation.published import Node, Published
from service.evaluation.tally import Tally

_STATUS = {"attribue": "Awarded", "sollicite": "Requested", "budget": "Budgeted", "refuse": "Rejected"}
#: Kinds that stay out of who-funds-whom (ontology/funding-kinds.ttl).
_NO_GRANT = {"guarantee", "advance", "membership", "purchase", "loan", "matchingFund", "inKind"}
_AWARDED, _OTHER = "financements attribués", "autres montants"
_CENT = 0.01


@dataclass(frozen=True)
class Flow:
    """One published funding."""

    node: Node
    status: str
    kind: str
    amount: float | None
    start: str | None
    end: str | None
    part: bool
    funders: tuple[str, ...]
    beneficiaries: tuple[str, ...]
    programmes: tuple[str, ...]

    def __str__(self) -> str:
        """A line for the list of faults."""
        ends = f"{next(iter(self.funders), '?')} → {next(iter(self.beneficiaries), '?')}"
        return f"{self.amount} {self.status} {self.kind} {ends} {self.start}-{self.end}"


def score_money(pub: Published, acts: Sequence[Node], name: str, gold: Gold, tally: Tally) -> None:
    """Every funding of one act."""
    if gold.financements is None:
        return
    nodes = sorted({node for act in acts for node in pub.subjects(DG.decidedBy, act)}, key=str)
    flows = [flow for flow in (_flow(pub, node) for node in nodes) if flow is not None]
    for field, awarded in ((_AWARDED, True), (_OTHER, False)):
        pool = [flow for flow in flows if (flow.status == "Awarded") == awarded]
        rows = [r for r in gold.financements if r.statut in _STATUS and (r.statut == "attribue") == awarded]
        _match(rows, pool, field, name, gold, tally)
        tally.surplus(field, name, _unexcused(pool, gold, awarded=awarded))


def _flow(pub: Published, node: Node) -> Flow | None:
    status = [s.value for s in pub.nodes(node, DG.status) if isinstance(s, NamedNode)]
    if "Funding" not in pub.classes(node) or not status:
        return None
    kind = [k.value for k in pub.nodes(node, DG.kind) if isinstance(k, NamedNode)]
    amount = pub.text([node], DG.amount)

    def names(predicate: str) -> tuple[str, ...]:
        return tuple(label for thing in pub.nodes(node, predicate) for label in pub.labels(thing))

    return Flow(
        node=node,
        status=status[-1].removeprefix(str(DG)),
        kind=kind[-1].replace("#", "/").rsplit("/", 1)[-1] if kind else "",
        amount=round(float(amount), 2) if amount is not None else None,
        start=(pub.text([node], DG.startYear) or "")[:4] or None,
        end=(pub.text([node], DG.endYear) or "")[:4] or None,
        part=bool(pub.nodes(node, DG.partOf)),
        funders=names(DG.funder),
        beneficiaries=names(DG.beneficiary),
        programmes=tuple(n for p in pub.nodes(node, DG.underProgramme) for n in pub.programme_names(p)),
    )


def _match(rows: Sequence[Funding], pool: list[Flow], field: str, name: str, gold: Gold, tally: Tally) -> None:
    """Match gold rows to flows one to one, the obligatory ones first; what is matched leaves `pool`."""
    for row in sorted(rows, key=lambda row: row.facultatif):
        hits = [flow for flow in pool if _fits(row, flow, gold)]
        hit = next((flow for flow in hits if _year_fits(row, flow)), hits[0] if hits else None)
        if hit is not None:
            pool.remove(hit)
            tally.hit(field)
            if field == _AWARDED:
                _score_details(row, hit, name, gold, tally)
        elif not row.facultatif:
            tally.miss(field, name, row.model_dump(exclude_none=True, exclude_defaults=True))


def _fits(row: Funding, flow: Flow, gold: Gold) -> bool:
    if row.montant is None or flow.amount is None:
        if row.montant is not None or flow.amount is not None:
            return False
    elif abs(flow.amount - row.montant) >= _CENT:
        return False
    return (
        flow.status == _STATUS[row.statut]
        and (not row.financeur or any_same(gold.aliases(row.financeur), flow.funders))
        and (not row.beneficiaire or any_same(gold.aliases(row.beneficiaire), flow.beneficiaries))
        and bool(row.partie_de) == flow.part
    )


def _year_fits(row: Funding, flow: Flow) -> bool:
    wanted = row.annee or row.debut
    if not wanted:
        return True
    return flow.start is not None and flow.start <= wanted <= (flow.end or flow.start)


def _score_details(row: Funding, flow: Flow, name: str, gold: Gold, tally: Tally) -> None:
    if row.annee or row.debut:
        told = f"{flow.start}-{flow.end} pour {row.annee or row.debut}" if flow.start else None
        tally.value("année d'un financement", name, right=_year_fits(row, flow), found=told)
    if row.programme and not gold.organisations_partielles:
        right = any_same([row.programme], flow.programmes, TITLE) or any(
            normal(row.programme) in normal(programme) for programme in flow.programmes
        )
        told = f"{flow.programmes[0]} pour {row.programme}" if flow.programmes else None
        tally.value("programme d'un financement", name, right=right, found=told)


def _unexcused(pool: Sequence[Flow], gold: Gold, *, awarded: bool) -> list[Flow]:
    other, requested = _told(gold, "autre"), _told(gold, "sollicite")
    if awarded:
        return [flow for flow in pool if not (flow.kind in _NO_GRANT and (flow.amount is None or flow.amount in other))]
    return [
        flow
        for flow in pool
        if flow.amount not in other and not (flow.status == "Budgeted" and flow.amount in requested)
    ]


def _told(gold: Gold, status: str) -> set[float | None]:
    rows = gold.financements or ()
    return {round(row.montant, 2) for row in rows if row.statut == status and row.montant is not None}
