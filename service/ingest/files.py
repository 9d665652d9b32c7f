"""Writing files so that a reader, or a process killed at any moment, never meets half of one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

#: Prefix of files being written; whatever carries it when an ingest begins was left by a killed one.
PARTIAL = ".partial-"


def write_atomically(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step, on disk before it has its name. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, partial = tempfile.mkstemp(prefix=PARTIAL, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        Path(partial).replace(path)
    except OSError:
        Path(partial).unlink(missing_ok=True)
        raise


def sweep_partial(folder: Path) -> None:
    """Remove what a killed ingest left half-written in `folder`."""
    for partial in folder.glob(f"{PARTIAL}*"):
        partial.unlink(missing_ok=True)
