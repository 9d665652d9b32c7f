"""On how many examples a property is tried: those of each run of the suite, or many times as many (``make deep``)."""

import os

_DEEP = int(os.environ.get("DEEP", "1"))


def examples(number: int) -> int:
    """``number``, or as many times more as DEEP says."""
    return number * _DEEP
