"""Linear models over named features, as data: one weight a feature and class, read from ``extract/models``.

Weights have three decimals: they are kept as whole thousandths, those of all classes side by side in one integer
(:func:`pack`). So all the scores of a list of features are one sum of integers, exact in whatever order.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

#: Bits of one class: room for a hundred million features of the greatest weight.
_LANE = 40
_HALF, _MASK = 1 << (_LANE - 1), (1 << _LANE) - 1
_UNIT = 1000


def pack(weights: Sequence[float]) -> int:
    """One weight a class, in one integer; packed weights add up class by class."""
    packed = 0
    for weight in reversed(weights):
        packed = (packed << _LANE) + round(weight * _UNIT)
    return packed


def unpack(packed: int, classes: int) -> list[float]:
    """The sum of the weights of each class."""
    found = []
    for _ in range(classes):
        low = ((packed + _HALF) & _MASK) - _HALF
        found.append(low / _UNIT)
        packed = (packed - low) >> _LANE
    return found


def beside(first: int, second: int) -> int:
    """The packed weights of two models of one class each, as those of one model of two classes."""
    return first + (second << _LANE)


def alike(weights: Mapping[str, int]) -> dict[str, int]:
    """The same weights, equal ones as one object: fewer of them stay nearer to the processor."""
    met: dict[int, int] = {}
    return {feature: met.setdefault(weight, weight) for feature, weight in weights.items()}


def total(weights: Mapping[str, int], features: Iterable[str]) -> int:
    """The sum of the packed weights of some features; unknown ones weigh nothing."""
    return sum(filter(None, map(weights.get, features)))


class Bag:
    """Features that several things share, and the sum that each table of weights gives them, found once."""

    __slots__ = ("_sums", "features")

    def __init__(self, features: Iterable[str]) -> None:
        self.features = tuple(features)
        self._sums: dict[int, int] = {}

    def total(self, weights: Mapping[str, int]) -> int:
        """The sum of the packed weights of all features, by a table that outlives the bag."""
        known = self._sums.get(id(weights))
        if known is None:
            known = self._sums[id(weights)] = total(weights, self.features)
        return known


class Seen(NamedTuple):
    """The features of one thing: its own, and bags of those that it shares."""

    own: list[str]
    shared: list[Bag]

    def total(self, weights: Mapping[str, int]) -> int:
        """The sum of the packed weights of all features."""
        return total(weights, self.own) + sum([bag.total(weights) for bag in self.shared])

    def told(self, more: Iterable[str]) -> Seen:
        """These features and some more."""
        return Seen([*self.own, *more], self.shared)

    def names(self) -> list[str]:
        """All features in one list."""
        return [*self.own, *(feature for bag in self.shared for feature in bag.features)]


def logistic(score: float) -> float:
    """The probability that a score stands for."""
    return 1 / (1 + math.exp(-score))


@dataclass(frozen=True, slots=True)
class Linear:
    """``weights`` maps a feature to its packed weights, ``bias`` is what all sums begin with, packed too."""

    classes: tuple[str, ...]
    bias: int
    weights: Mapping[str, int]

    @classmethod
    def of(cls, classes: Iterable[str], bias: Sequence[float], weights: Mapping[str, Sequence[float]]) -> Linear:
        """A model from one number a class."""
        return cls(tuple(classes), pack(bias), alike({feature: pack(each) for feature, each in weights.items()}))

    def chance(self, features: Iterable[str]) -> float:
        """The probability of the only class of a model with one score."""
        return logistic(unpack(self.bias + total(self.weights, features), 1)[0])

    def probabilities(self, seen: Seen) -> dict[str, float]:
        """Each class with its probability; of a model with one score, that of its only class."""
        sums = unpack(self.bias + seen.total(self.weights), len(self.classes))
        if len(sums) == 1:
            return {self.classes[0]: logistic(sums[0])}
        top = max(sums)
        powers = [math.exp(s - top) for s in sums]
        whole = sum(powers)
        return {name: power / whole for name, power in zip(self.classes, powers, strict=True)}


@cache
def load(name: str) -> Linear:
    """The model ``extract/models/{name}.json.gz``."""
    data = json.loads(gzip.decompress(files("extract").joinpath("models", f"{name}.json.gz").read_bytes()))
    return Linear.of(data["classes"], data["bias"], data["weights"])
