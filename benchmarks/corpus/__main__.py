"""Write a corpus: ``python -m benchmarks.corpus DIR --acts 1000 --seed 1 --pdf 0.1``; see the package."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import orjson

from benchmarks.corpus.act import Document, documents
from benchmarks.corpus.paper import printed


def keep(folder: Path, made: Document) -> None:
    """Write one document and its gold; whoever scores a folder looks for the gold in ``gold``."""
    if made.printed:
        (folder / f"{made.name}.pdf").write_bytes(printed(made.text))
    else:
        (folder / f"{made.name}.txt").write_text(made.text, encoding="utf-8")
    (folder / "gold" / f"{made.name}.json").write_bytes(orjson.dumps(made.gold, option=orjson.OPT_INDENT_2))


def main() -> None:
    """Read the command line, write the corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--acts", type=int, default=1000, help="documents")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pdf", type=float, default=0.0, metavar="SHARE", help="of documents printed to PDF")
    asked = parser.parse_args()
    (asked.folder / "gold").mkdir(parents=True, exist_ok=True)
    for made in documents(asked.acts, asked.seed, asked.pdf):
        keep(asked.folder, made)
    sys.stdout.write(f"{asked.folder} : {asked.acts} documents\n")


if __name__ == "__main__":
    main()
