"""What can be wrong with a cluster."""

from __future__ import annotations


class ClusterError(Exception):
    """The cluster cannot be used; str() says what is wrong and what to do, in French."""

    def __init__(self, address: str, reason: str, remedy: str) -> None:
        """``address`` is that of the scheduler or of the worker at fault."""
        super().__init__(f"{address} : {reason}. {remedy}")
