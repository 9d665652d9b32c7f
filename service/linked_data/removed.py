"""410 for what went with a removed document, with the reason its publisher gave."""

from __future__ import annotations

from pathlib import Path

from graph.release import removal
from service.linked_data.resource import spellings
from service.pages.french import date_fr
from service.problems import Problem


def check(release: Path, raw_path: str) -> None:
    """Raise Problem 410 for an address that a removed document took away from a release, by its directory.

    ``raw_path`` is the path of the address as it was sent, with the suffix of a format or without; to be asked once the
    release is known not to hold it: another document may still say the same.
    """
    for path in spellings(raw_path):
        for asked in (path, path.rpartition(".")[0]):
            if (found := removal(release, asked)) is not None:
                detail = f"Le document qui le disait a été retiré le {date_fr(found.date)} : {found.reason}"
                raise Problem(410, "removed", "Document retiré", detail, removed=found.date)
