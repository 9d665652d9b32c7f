"""The members listed by one séance, and which of them a name means."""

from __future__ import annotations

from collections.abc import Iterator

from graph.resolve.features import Never, compare
from graph.resolve.names import PersonForm, settings


class Roster:
    """The entries of one list, in its order: signature and form of each."""

    def __init__(self, entries: tuple[tuple[str, PersonForm], ...]) -> None:
        """``entries`` may name one person twice, where a presence is told in two parts."""
        self.entries = entries
        self._exact: dict[tuple[str, str], list[tuple[str, PersonForm]]] = {}
        for signature, form in entries:
            self._exact.setdefault((form.family_letters, form.given_letters), []).append((signature, form))

    def find(self, form: PersonForm, *, besides: str | None = None, outsider: bool = False) -> str | None:
        """Signature of the one member that ``form`` means, None where there is none or more than one.

        An ``outsider`` (someone who acts for another organisation) is a member only under the full, same name.
        """
        exact = self._exact.get((form.family_letters, form.given_letters), ())
        signatures = {s for s, other in exact if s != besides and not _opposed(form, other)}
        if form.given and len(signatures) == 1:
            return signatures.pop()
        if outsider:
            return None
        best: dict[str, float] = {}
        for signature, score in self._scores(form):
            if signature != besides:
                best[signature] = max(score, best.get(signature, 0.0))
        return _clear_winner(best)

    def _scores(self, form: PersonForm) -> Iterator[tuple[str, float]]:
        bonus = settings()["weights"]["roster"]
        for signature, other in self.entries:
            outcome = compare(form, other)
            if not isinstance(outcome, Never):
                yield signature, outcome[0] + bonus


def _opposed(one: PersonForm, other: PersonForm) -> bool:
    if one.generation != other.generation:
        return True
    return bool(one.honorific and other.honorific and one.honorific != other.honorific)


def _clear_winner(scores: dict[str, float]) -> str | None:
    limits = settings()["thresholds"]
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
    if not ranked or ranked[0][1] < limits["roster"]:
        return None
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < limits["margin"]:
        return None
    return ranked[0][0]
