"""Linear models over named features, as data: one weight a feature and class, read from ``extract/models``."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Linear:
    """``weights`` maps a feature to one weight a class; ``bias`` is one number a class."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]

    def scores(self, features: Iterable[str]) -> list[float]:
        """The sum of the weights of each class."""
        weights = self.weights
        if len(self.bias) == 1:
            total = self.bias[0]
            for known in map(weights.get, features):
                if known is not None:
                    total += known[0]
            return [total]
        sums = list(self.bias)
        for known in map(weights.get, features):
            if known is not None:
                for index, weight in enumerate(known):
                    sums[index] += weight
        return sums

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """Each class with its probability; of a model with one score, that of its only class."""
        sums = self.scores(features)
        if len(sums) == 1:
            return {self.classes[0]: 1 / (1 + math.exp(-sums[0]))}
        top = max(sums)
        powers = [math.exp(s - top) for s in sums]
        whole = sum(powers)
        return {name: power / whole for name, power in zip(self.classes, powers, strict=True)}


@cache
def load(name: str) -> Linear:
    """The model ``extract/models/{name}.json.gz``."""
    data = json.loads(gzip.decompress(files("extract").joinpath("models", f"{name}.json.gz").read_bytes()))
    return Linear(tuple(data["classes"]), tuple(data["bias"]), {f: tuple(w) for f, w in data["weights"].items()})
