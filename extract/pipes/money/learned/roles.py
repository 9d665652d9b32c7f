"""The models of both roles of an organisation, asked together: who receives an amount, and who pays it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from extract.facts import FundingStatus
from extract.linear import Linear, alike, beside, logistic, total, unpack
from extract.pipes.money.learned.party import PartyView

_ROLES = 2
_STATUSES: tuple[FundingStatus, ...] = ("awarded", "requested", "budgeted", "rejected")


class Chances(NamedTuple):
    """How probable it is that an organisation receives an amount, and that it pays it."""

    beneficiary: float
    funder: float


class RoleModel:
    """Both models in one table of packed weights, and a table a status of what is joined with it, alone and joined."""

    def __init__(self, beneficiary: Linear, funder: Linear) -> None:
        self._bias = beside(beneficiary.bias, funder.bias)
        self._plain: dict[str, int] = {}
        joined_with: dict[str, dict[str, int]] = {status: {} for status in _STATUSES}
        for feature in {*beneficiary.weights, *funder.weights}:
            both = beside(beneficiary.weights.get(feature, 0), funder.weights.get(feature, 0))
            status, _, joined = feature.partition("|")
            if joined and status in joined_with:
                joined_with[status][joined] = both
            else:
                self._plain[feature] = both
        self._tied = {status: self._with_plain(joined) for status, joined in joined_with.items()}

    def _with_plain(self, joined: dict[str, int]) -> dict[str, int]:
        """The weights of features alone and joined with a status together."""
        return alike(self._plain | {name: weight + self._plain.get(name, 0) for name, weight in joined.items()})

    def chances(self, view: PartyView, status: FundingStatus, rules: Iterable[str]) -> Chances:
        """What both models say of a candidate for an amount of some status, told also what the rules say."""
        tied, loose = view.seen()
        plain = loose.total(self._plain) + total(self._plain, rules)
        scores = unpack(self._bias + plain + tied.total(self._tied[status]), _ROLES)
        return Chances(*map(logistic, scores))
