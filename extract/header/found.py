"""A value read in a header, with the passage that states it."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from extract.segment.layout import Span

T_co = TypeVar("T_co", covariant=True)


class Found(NamedTuple, Generic[T_co]):
    """A value and the passage that states it."""

    value: T_co
    span: Span
