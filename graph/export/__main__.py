"""``python -m graph.export RELEASE FORMAT FILE``: one export in a process of its own, as the service asks for it.

Exit code 0 when the files are there, 1 with the reason on standard error.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from graph.export import ExportError, export
from graph.release.layout import ReleaseError, load


def main(arguments: list[str]) -> int:
    """Write one export; the process gives way to those that answer users."""
    release, form, out = arguments
    os.nice(10)
    try:
        _room(Path(release), Path(out).parent)
        export(load(Path(release)), form, Path(out))
    except (ExportError, ReleaseError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _room(release: Path, directory: Path) -> None:
    """Make the directory of the exports inside the release; never the release, which may just have been removed."""
    for level in (directory.parent, directory):
        if release in level.parents:
            level.mkdir(exist_ok=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
