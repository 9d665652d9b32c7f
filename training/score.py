"""Precision and recall of the awarded money of a text, as ``evaluate.py`` counts it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.facts import Rules
from extract.pipes.money.draft import Draft
from training.dataset import named
from training.observations import Case, Row

_GRANTS = ("subsidy", "contribution")


@dataclass
class Score:
    """Right, wrong and missed; ``notes`` tell which."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    notes: list[str] = field(default_factory=list)

    def __iadd__(self, other: Score) -> Score:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        self.notes += other.notes
        return self

    def __str__(self) -> str:
        read, told = self.right + self.wrong, self.right + self.missed
        figures = f"({self.right} right, {self.wrong} wrong, {self.missed} missed)"
        return f"P {self.right / max(read, 1):.3f}  R {self.right / max(told, 1):.3f}  {figures}"


def score(case: Case, least: float = 0.0) -> Score:
    """The awarded money of a case that is at least that sure."""
    found = [
        d for d in case.reading.fundings
        if d.status == "awarded" and d.value is not None and (d.sure is None or d.sure >= least)
    ]  # fmt: skip
    result = Score()
    for row in sorted((r for r in case.rows if r.status == "awarded" and not r.own_kind), key=lambda r: r.optional):
        hit = next((d for d in found if _tells(d, row)), None)
        if hit is not None:
            found.remove(hit)
            result.right += 1
        elif not row.optional:
            result.missed += 1
            result.notes.append(f"{case.document}\tmissed {row}")
    excused = {r.value for r in case.rows if r.own_kind or r.status == "none"}
    for draft in found:
        if draft.kind not in _GRANTS and float(draft.value or 0) in excused:
            continue
        result.wrong += 1
        result.notes.append(
            f"{case.document}\twrong {draft.value} {draft.funder and draft.funder.name}"
            f" -> {draft.beneficiary and draft.beneficiary.name} {draft.sure} {draft.rule} {draft.kind}"
        )
    return result


def judged(case: Case) -> Iterator[tuple[float, Rules, bool]]:
    """Each awarded sum the models read: how sure they are, what rules say, whether the annotation tells it."""
    rows = [r for r in case.rows if r.status == "awarded"]
    for draft in case.reading.fundings:
        if draft.status == "awarded" and draft.sure is not None and draft.kind in _GRANTS:
            yield draft.sure, draft.rules, any(_tells(draft, row) for row in rows)


def _tells(draft: Draft, row: Row) -> bool:
    if abs(float(draft.value or 0) - row.value) >= 0.01:
        return False
    for wanted, got in ((row.funder, draft.funder), (row.beneficiary, draft.beneficiary)):
        if wanted and (got is None or not named(got, got.name, wanted)):
            return False
    return row.part is None or row.part == (draft.parent is not None)
