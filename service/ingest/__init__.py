"""Documents → release: the ingest, which only strings the rooms together."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from service.ingest.report import IngestReport, Progress, Watcher, unwatched

if TYPE_CHECKING:
    from service.settings import Settings

__all__ = ["IngestReport", "Progress", "Watcher", "ingest", "unwatched"]


def ingest(
    paths: Iterable[Path],
    settings: Settings,
    progress: Watcher = unwatched,
    *,
    wait: float = 0.0,
    take_back: bool = False,
    fresh: bool = False,
    scheduler: str | None = None,
) -> IngestReport:
    """Take documents in and publish the dataset they make with those already there.

    `paths` are files, folders (read throughout) and zip archives. A document that cannot be read is refused, one
    that violates a shape is quarantined; neither stops the others. The same documents make the same release,
    which is then left as it is. A process killed at any point leaves the live release as it was, and its work is
    taken up by the next ingest. With `take_back`, documents that were removed come back; with `fresh`, nothing is
    taken over from the live release. With the address of a dask `scheduler`, its workers read and judge. Waits at
    most `wait` seconds for another one. Raises DataDirectoryBusy, ClusterError, OSError.
    """
    # The rooms are loaded on the first call, so that the command line can answer --help at once.
    from service.ingest.run import run

    return run(paths, settings, progress, wait=wait, take_back=take_back, fresh=fresh, scheduler=scheduler)
