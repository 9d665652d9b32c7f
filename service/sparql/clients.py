"""How many queries one client may have under way: the queue is shared, and nobody may fill it alone."""

import ipaddress
from collections import Counter
from functools import lru_cache

from service.sparql import failures


class Clients:
    """Counts the queries of each client from the question to the last byte of the answer; forgets who has none."""

    def __init__(self, limit: int) -> None:
        """`limit`: queries of one client under way at most."""
        self._limit = limit
        self._under_way: Counter[str] = Counter()

    @property
    def known(self) -> int:
        """How many clients have a query under way."""
        return len(self._under_way)

    def admit(self, address: str | None) -> "Admission":
        """One more query of a client. Raises Problem 429 when it has as many as it may."""
        client = group(address)
        if self._under_way[client] >= self._limit:
            raise failures.too_many(self._limit)
        self._under_way[client] += 1
        return Admission(self, client)

    def leave(self, client: str) -> None:
        """One query less."""
        self._under_way[client] -= 1
        if self._under_way[client] <= 0:
            del self._under_way[client]


class Admission:
    """A place among the queries of a client; `leave` gives it back, once."""

    def __init__(self, clients: Clients, client: str) -> None:
        """Made by Clients.admit."""
        self._clients = clients
        self.client = client
        self._left = False

    def leave(self) -> None:
        """Give the place back; again does nothing."""
        if not self._left:
            self._left = True
            self._clients.leave(self.client)


@lru_cache(maxsize=1024)
def group(address: str | None) -> str:
    """Who asks: an IPv4 address, or the /64 of an IPv6 address, which is what a household or a machine is given."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return address or ""
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found.packed, 64), strict=False))
    return str(found)
