"""Why two mentions are held to be one: reasons, matches, and the clusters they make."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """What one feature says of a pair: its value in [0, 1] and the reason, in French, as a curator reads it."""

    feature: str
    value: float
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """A scored pair of mention signatures, ``left`` < ``right``."""

    left: str
    right: str
    score: float
    reasons: tuple[Reason, ...] = ()

    @classmethod
    def of(cls, one: str, other: str, score: float, reasons: tuple[Reason, ...]) -> Match:
        """A match with its two ends in canonical order, its score rounded to three places."""
        left, right = sorted((one, other))
        return cls(left, right, round(score, 3), reasons)


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """A pair that was not merged and that a person should look at, with what held it back, in French."""

    kind: str
    match: Match
    why: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """Signatures held to be one thing, sorted, and the matches that brought them together."""

    members: tuple[str, ...]
    merges: tuple[Match, ...] = ()

    @property
    def confidence(self) -> float:
        """That of its weakest merge, 1 where there was nothing to merge."""
        return min((match.score for match in self.merges), default=1.0)
