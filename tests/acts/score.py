"""Ingest a folder of acts into a temporary data directory and score what is published against its gold.

    python tests/acts/score.py FOLDER [GOLD] [--errors] [--whole] [--keep DIR]

FOLDER holds the documents; GOLD is FOLDER/gold unless given. The whole path runs: reading, resolution, gate, release.
With --whole, gold that lists the `points` of minutes is scored over every deliberation of its document.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> None:
    """One delibgraph command of this checkout; its refusals are printed and do not stop the scoring."""
    subprocess.run(
        [sys.executable, "-m", "service.cli", *arguments], check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )


def main() -> None:
    """Ingest, then evaluate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("gold", type=Path, nargs="?")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--whole", action="store_true", help="score minutes over all their deliberations")
    parser.add_argument("--keep", metavar="DIR", help="keep the data directory there")
    arguments = parser.parse_args()
    gold = arguments.gold or arguments.folder / "gold"
    documents = [p for p in sorted(arguments.folder.iterdir()) if p.is_file() and (gold / f"{p.stem}.json").exists()]
    with tempfile.TemporaryDirectory() as scratch:
        data = arguments.keep or scratch
        run("--data", data, "ingest", *map(str, documents))
        options = [f"--{name}" for name in ("errors", "whole") if getattr(arguments, name)]
        run("--data", data, "evaluate", str(gold), *options)


if __name__ == "__main__":
    main()
