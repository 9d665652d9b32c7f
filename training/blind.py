"""How often awards that are read of acts nobody had read before are right, by what the reader says of them.

    python -m training.blind                 print the counts that extract/patterns/seen.toml holds
    python -m training.blind --add FOLDER    read the acts of a folder with gold, and append what came of each award

``training/blind.tsv`` has one line an award: the set, the rule and the way its receiver was found, the confidence that
models and rules gave it, whether the decision tells it, whether it was right. A set belongs there once, read by the
reader of that hour, before anybody who writes rules has seen it: what has been mended since tells nothing.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import extract.assemble
from extract import extract_source
from extract.facts import ActFacts, FundingFact
from extract.patterns import table
from extract.read import read_file
from graph.mapping.context import PUBLISH_THRESHOLD
from tests.acts.calibrate import is_right

TABLE = Path(__file__).parent / "blind.tsv"


class Seen(NamedTuple):
    """What came of one award of a blind set."""

    set: str
    rule: str
    how: str
    confidence: float
    decided: bool
    right: bool


def seen() -> list[Seen]:
    """What the table holds."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            Seen(
                row["set"],
                row["rule"],
                row["how"],
                float(row["confidence"]),
                row["decided"] == "1",
                row["right"] == "1",
            )
            for row in csv.DictReader(file, delimiter="\t")
        ]


def _is_decided(funding: FundingFact, act: ActFacts) -> bool:
    items = [e for d in act.decisions for e in d.evidence]
    return any(i.start <= e.start < i.end for e in funding.evidence for i in items)


def read(folder: Path) -> Iterator[Seen]:
    """The awards of a folder that models and rules alone would publish."""
    with patch.object(extract.assemble, "as_seen", lambda sure, *_, **__: sure):
        for gold_file in sorted((folder / "gold").glob("*.json")):
            gold = json.loads(gold_file.read_text(encoding="utf-8"))
            for source in folder.glob(f"{gold_file.stem}.*"):
                for act in extract_source(read_file(source)).acts:
                    for funding in act.fundings:
                        if funding.status == "awarded" and funding.amount and funding.confidence >= PUBLISH_THRESHOLD:
                            rule, how = funding.rule.split("/")
                            yield Seen(
                                folder.name,
                                rule,
                                how,
                                funding.confidence,
                                _is_decided(funding, act),
                                is_right(funding, act, gold),
                            )


def add(folder: Path) -> None:
    """Append the awards of a folder, once."""
    if any(row.set == folder.name for row in seen()):
        raise SystemExit(f"{folder.name} is in {TABLE} already")
    rows = list(read(folder))  # whole, before a line is written: a set is added once
    with TABLE.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerows((*row[:4], int(row.decided), int(row.right)) for row in rows)


def main() -> None:
    """Append, or print right and read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--add", metavar="FOLDER", type=Path)
    folder = parser.parse_args().add
    if folder:
        add(folder)
        return
    held = table("seen")
    surely, fields, nobody = held["exposed"]["surely"], held["exposed"]["fields"], held["nobody"]["rules"]
    counts: Counter[tuple[str, bool]] = Counter()
    for row in seen():
        if row.how == "none" and row.rule in nobody:
            kind = "nobody receives"
        elif row.confidence >= surely:
            kind = f"{surely} and more, {'decided' if row.decided else 'exposed'}"
        elif row.decided or row.rule in fields:
            kind = f"less than {surely}, decided or a field"
        else:
            kind = f"less than {surely}, exposed"
        counts[kind, row.right] += 1
    for kind in sorted({kind for kind, _ in counts}):
        right, read_ = counts[kind, True], counts[kind, True] + counts[kind, False]
        print(f"{kind}: {right} of {read_} are right, {(right + 1) / (read_ + 2):.2f}")


if __name__ == "__main__":
    main()
