"""Collections that are read when asked for, most of them once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Generic, TypeVar, overload

T = TypeVar("T")


class LookedUp(Mapping[str, T], Generic[T]):
    """Values by key, each read when it is first asked for; with ``most`` only so many are remembered."""

    def __init__(
        self, read: Callable[[str], T | None], keys: Callable[[], Iterator[str]], most: int | None = None
    ) -> None:
        """``read`` returns None for a key that there is not; ``keys`` gives all that there are."""
        self._read = read
        self._keys = keys
        self._most = most
        self._known: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        """The value of ``key``. Raises KeyError."""
        found = self._known.pop(key, None)
        if found is None:
            found = self._read(key)
            if found is None:
                raise KeyError(key)
            if self._most is not None and len(self._known) >= self._most:
                self._known.pop(next(iter(self._known)))  # the one asked for longest ago
        self._known[key] = found
        return found

    def __iter__(self) -> Iterator[str]:
        """All keys."""
        return self._keys()

    def __len__(self) -> int:
        """How many there are."""
        return sum(1 for _ in self._keys())


class Later(Sequence[T], Generic[T]):
    """A sequence that is read when it is first looked at."""

    def __init__(self, read: Callable[[], Sequence[T]]) -> None:
        """``read`` gives all of it."""
        self._read = read

    @cached_property
    def _all(self) -> Sequence[T]:
        return self._read()

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        """One, or some."""
        return self._all[index]

    def __len__(self) -> int:
        """How many there are."""
        return len(self._all)


class LaterMapping(Mapping[tuple[str, str], str]):
    """A mapping that is read when it is first looked at."""

    def __init__(self, read: Callable[[], Mapping[tuple[str, str], str]]) -> None:
        """``read`` gives all of it."""
        self._read = read

    @cached_property
    def _all(self) -> Mapping[tuple[str, str], str]:
        return self._read()

    def __getitem__(self, key: tuple[str, str]) -> str:
        """The value of ``key``. Raises KeyError."""
        return self._all[key]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """All keys."""
        return iter(self._all)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._all)
