"""What the pool remembers, to be fair: who has used the processor at length lately, and which queries are long."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

#: Seconds in which half of what a client has used is forgotten.
_HALF_LIFE: Final = 30.0
#: Debts below this are none.
_SETTLED: Final = 0.05


class Ledger:
    """Seconds that the long queries of each client took, forgotten by half every 30 s; short queries cost nothing."""

    def __init__(self, most: int = 10_000, clock: Callable[[], float] = time.monotonic) -> None:
        """`most`: clients remembered at most; beyond, who has been quiet longest is forgotten."""
        self._most = most
        self._clock = clock
        self._debts: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        """How many clients are remembered."""
        return len(self._debts)

    def spend(self, client: str, seconds: float) -> None:
        """A long query of a client took so many seconds."""
        owed = self.debt(client) + seconds
        self._debts[client] = (owed, self._clock())
        self._debts.move_to_end(client)
        if len(self._debts) > self._most:
            self._debts.popitem(last=False)

    def debt(self, client: str) -> float:
        """What a client has used lately, in seconds."""
        if (known := self._debts.get(client)) is None:
            return 0.0
        owed = known[0] * math.exp2((known[1] - self._clock()) / _HALF_LIFE)
        if owed < _SETTLED:
            del self._debts[client]
            return 0.0
        return owed


class LongQueries:
    """The texts of queries that ran long on a release: the next time they need not be tried in the fast lane."""

    def __init__(self, most: int = 1000) -> None:
        """`most`: texts remembered at most, those met last."""
        self._most = most
        self._texts: OrderedDict[int, None] = OrderedDict()

    def add(self, text: str) -> None:
        """This query ran long."""
        self._texts[hash(text)] = None
        self._texts.move_to_end(hash(text))
        if len(self._texts) > self._most:
            self._texts.popitem(last=False)

    def discard(self, text: str) -> None:
        """This query was quick after all."""
        self._texts.pop(hash(text), None)

    def __contains__(self, text: str) -> bool:
        """Whether this query ran long the last time."""
        return hash(text) in self._texts
