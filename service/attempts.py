"""How often a wrong token may be tried: so many times a minute from one address, then not at all for a while."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

from service.problems import Problem
from service.sparql.clients import group

_WINDOW: Final = 60.0
#: Addresses remembered; the one that failed longest ago is forgotten first.
_REMEMBERED: Final = 10_000


class Attempts:
    """The failed attempts of each client in the last minute. Belongs to one thread or event loop."""

    def __init__(self, limit: int, now: Callable[[], float] = time.monotonic) -> None:
        """`limit`: failures of one client a minute; `now` tells the time in seconds."""
        self._limit = limit
        self._now = now
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()

    def check(self, address: str | None) -> None:
        """Raises Problem 429 for a client that failed too often; right or wrong, its token is not looked at."""
        times = self._recent(group(address))
        if len(times) >= self._limit:
            wait = max(1, int(times[0] + _WINDOW - self._now()) + 1)
            detail = f"Trop d'essais avec un mauvais jeton. Réessayez dans {wait} s."
            raise Problem(429, "too-many-attempts", "Trop d'essais", detail, {"Retry-After": str(wait)})

    def failed(self, address: str | None) -> None:
        """One more failure."""
        client = group(address)
        times = self._recent(client)
        times.append(self._now())
        self._failed[client] = times
        self._failed.move_to_end(client)
        while len(self._failed) > _REMEMBERED:
            self._failed.popitem(last=False)

    def _recent(self, client: str) -> deque[float]:
        times = self._failed.get(client, deque())
        while times and times[0] <= self._now() - _WINDOW:
            times.popleft()
        return times
