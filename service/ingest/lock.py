"""One writer at a time: an advisory lock on the data directory, freed by the system when its holder dies."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_POLL = 0.1


class DataDirectoryBusy(Exception):
    """Another process writes to the data directory; str() says which, since when and what to do, in French."""

    def __init__(self, data: Path, holder: str) -> None:
        super().__init__(
            f"{data} : une autre ingestion est en cours ({holder}). "
            "Attendez sa fin, ou relancez avec --wait pour attendre votre tour."
        )
        self.data, self.holder = data, holder


@contextmanager
def writing(data: Path, *, wait: float = 0.0) -> Iterator[None]:
    """Hold the data directory for writing, waiting at most `wait` seconds. Raises DataDirectoryBusy.

    The lock is the system's (flock), not the file: a killed ingest leaves nothing to clean up.
    """
    data.mkdir(parents=True, exist_ok=True)
    with (data / "lock").open("a+", encoding="utf-8") as handle:
        _acquire(handle, data, wait)
        handle.seek(0)
        handle.truncate()
        since = dt.datetime.now(dt.UTC).astimezone().isoformat(timespec="seconds")
        json.dump({"pid": os.getpid(), "since": since}, handle)
        handle.flush()
        yield
        handle.truncate(0)


def _acquire(handle: IO[str], data: Path, wait: float) -> None:
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= deadline:
                raise DataDirectoryBusy(data, _holder(handle)) from error
            time.sleep(_POLL)
        else:
            return


def _holder(handle: IO[str]) -> str:
    handle.seek(0)
    try:
        told = json.load(handle)
    except ValueError:  # its holder has the lock and has not yet written its name
        return "processus inconnu"
    return f"processus {told['pid']}, depuis {told['since']}"
