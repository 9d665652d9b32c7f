"""How the C library keeps what was freed, told to keep little of it.

RocksDB is given some megabytes at a time and sorts them; glibc keeps such pieces for the next ones, and what is made
between them keeps it from giving any back: 3,000 acts leave 100 MB to a process that only reads from then on.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Final

#: malloc.h: from this size on a piece is mapped alone, and goes back to the system when it is freed. The size glibc
#: begins with; it raises it up to 32 MiB as pieces are freed, but where it is told.
_M_MMAP_THRESHOLD: Final = -3
_APART: Final = 128 << 10


@cache
def lean() -> bool:
    """Large pieces of memory go back to the system as soon as they are freed; whether the C library can be told so."""
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)  # there is none in musl, nor on macOS
    return set_option is not None and bool(set_option(_M_MMAP_THRESHOLD, _APART))
