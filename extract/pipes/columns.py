"""Attributes of all tokens at once, as columns of numbers: far cheaper than a Python object for each token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, cast

import numpy as np
from spacy.tokens import Doc

Attribute = Literal["IDX", "NORM", "ORTH", "SENT_START"]


def column(doc: Doc, attribute: Attribute) -> list[int]:
    """The value of an attribute of every token: string hashes, or characters for "IDX"."""
    return cast("list[int]", doc.to_array([attribute]).ravel().tolist())


def set_column(doc: Doc, attribute: Attribute, values: Sequence[int]) -> None:
    """Set an attribute of every token; starts of sentences, which may be -1, as spaCy has them (two's complement)."""
    numbers: Any = np.array(values, dtype=np.int64 if attribute == "SENT_START" else np.uint64).view(np.uint64)
    doc.from_array([attribute], numbers.reshape(-1, 1))
