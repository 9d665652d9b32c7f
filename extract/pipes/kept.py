"""Properties that are found once an object: those of the standard library, without the lock of theirs (Python 3.11)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class kept(Generic[T]):  # noqa: N801 - a decorator, named as one
    """As :class:`functools.cached_property`, for objects that one thread has."""

    def __init__(self, ask: Callable[[Any], T]) -> None:
        self.ask, self.name, self.__doc__ = ask, ask.__name__, ask.__doc__

    @overload
    def __get__(self, instance: None, owner: type | None = None) -> kept[T]: ...
    @overload
    def __get__(self, instance: object, owner: type | None = None) -> T: ...
    def __get__(self, instance: object | None, owner: type | None = None) -> kept[T] | T:
        """The answer, which stands in the place of the property from now on."""
        if instance is None:
            return self
        told = instance.__dict__[self.name] = self.ask(instance)
        return told
