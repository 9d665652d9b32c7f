"""Measure how often sums that the exposé alone tells are grants, in acts whose decision gives sums of its own.

    python -m tests.acts.beside [FOLDER ...]     all annotated sets but heldout-b, whose errors nobody reads

What is read as awarded by its sentence (no table, no list, no part), by how sure the reader was before
``extract/patterns/beside.toml`` has its say. That file holds what this prints.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from unittest.mock import patch

import extract.assemble
from extract import extract_source
from extract.facts import ActFacts, FundingFact
from extract.patterns import table
from extract.read import read_file
from tests.acts.calibrate import is_right

HERE = Path(__file__).parent
FLOWS = ("subsidy", "contribution")


def told_beside(act: ActFacts) -> list[FundingFact]:
    """The fundings of an act that ``beside.toml`` is about, published or not."""
    begins = min((e.start for d in act.decisions for e in d.evidence), default=None)
    given = [f for f in act.fundings if f.status == "awarded" and f.beneficiary]
    if begins is None or not any(e.start >= begins for f in given for e in f.evidence):
        return []
    single = [f for f in given if f.part_of is None and f.kind in FLOWS and f.confidence >= 0.5]
    meant = [f for f in single if f.rule.split("/")[1] in table("beside")["hows"]]
    return [f for f in meant if all(e.end <= begins for e in f.evidence)]


def main() -> None:
    """Print right and read, below and above ``surely``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    every = [p.parent for p in sorted(HERE.glob("*/*/gold")) if p.parent.name != "heldout-b"]
    parser.add_argument("folders", nargs="*", type=Path, default=every)
    seen: Counter[tuple[bool, bool]] = Counter()
    with patch.object(extract.assemble, "told_beside", lambda sure: sure):
        for gold_file in (
            g for folder in parser.parse_args().folders for g in sorted((folder / "gold").glob("*.json"))
        ):
            gold = json.loads(gold_file.read_text(encoding="utf-8"))
            for text in gold_file.parents[1].glob(f"{gold_file.stem}.*"):
                for act in extract_source(read_file(text)).acts:
                    for funding in told_beside(act):
                        seen[funding.confidence >= table("beside")["surely"], is_right(funding, act, gold)] += 1
    for surely, name in ((False, "less sure"), (True, "surely")):
        print(f"{name}: {seen[surely, True]} of {seen[surely, True] + seen[surely, False]} are grants")


if __name__ == "__main__":
    main()
