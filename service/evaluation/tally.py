"""Counting: what is right, what is wrong, what is missed, by field, with a note for each fault."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from service.evaluation.names import any_same


@dataclass
class Score:
    """Counts of one field. Precision and recall are 0 where nothing was found or nothing was there."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Part of what was found that is right."""
        found = self.right + self.wrong
        return self.right / found if found else 0.0

    @property
    def recall(self) -> float:
        """Part of what is there that was found."""
        there = self.right + self.missed
        return self.right / there if there else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if self.right else 0.0


@dataclass(frozen=True)
class Miss:
    """One fault: where, in which field, what."""

    document: str
    field: str
    note: str


@dataclass
class Tally:
    """The scores of all fields, and every fault behind them."""

    scores: dict[str, Score] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def score(self, name: str) -> Score:
        """The counts of a field, zero at first."""
        return self.scores.setdefault(name, Score())

    def total(self) -> Score:
        """All fields together."""
        scores = self.scores.values()
        return Score(sum(s.right for s in scores), sum(s.wrong for s in scores), sum(s.missed for s in scores))

    def note(self, name: str, document: str, note: object) -> None:
        """Record a fault, without counting it."""
        self.misses.append(Miss(document, name, str(note)))

    def value(self, name: str, document: str, *, right: bool, found: object | None) -> None:
        """Count one value: absent (`found` is None) it is missed, different it is missed and wrong."""
        score = self.score(name)
        if found is None:
            score.missed += 1
        elif right:
            score.right += 1
            return
        else:
            score.missed += 1
            score.wrong += 1
        self.note(name, document, f"publié : {found}" if found is not None else "absent")

    def hit(self, name: str) -> None:
        """Count one thing found."""
        self.score(name).right += 1

    def miss(self, name: str, document: str, what: object) -> None:
        """Count one thing not found."""
        self.score(name).missed += 1
        self.note(name, document, f"manque : {what}")

    def surplus(self, name: str, document: str, things: Iterable[object]) -> None:
        """Count things found that are not there."""
        for thing in things:
            self.score(name).wrong += 1
            self.note(name, document, f"en trop : {thing}")

    def named(
        self,
        name: str,
        document: str,
        wanted: Iterable[Sequence[str]],
        found: Sequence[Sequence[str]],
        *,
        neutral: Sequence[str] = (),
        partial: bool = False,
    ) -> None:
        """Match things that have several names each, one to one, in order, on any shared name.

        A thing found that matches nothing is wrong, unless it has no name or a `neutral` one, or the gold is
        `partial`.
        """
        self.score(name)
        left = list(found)
        for names in wanted:
            hit = next((labels for labels in left if any_same(names, labels)), None)
            if hit is None:
                self.miss(name, document, names[0])
            else:
                left.remove(hit)
                self.hit(name)
        if not partial:
            self.surplus(name, document, (labels[0] for labels in left if labels and not any_same(labels, neutral)))
