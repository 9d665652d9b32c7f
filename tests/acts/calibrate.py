"""Measure how often each reading rule is right on the annotated acts and write extract/patterns/confidence.toml.

    python tests/acts/calibrate.py            write the figures
    python tests/acts/calibrate.py --table    print stated confidence against the share that is right

A funding is right when the gold has a row of its status and amount whose funder and beneficiary (where the gold names
them) are those read. The figure of a rule is (right + 1) / (read + 2), Laplace's rule of succession: a rule seen twice
is not sure. Rules seen fewer than four times take the figure of the coarser rule.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rapidfuzz.fuzz import ratio

from extract import extract_source
from extract.facts import ActFacts, FundingFact
from extract.read import read_file
from extract.text import key

HERE = Path(__file__).parent
SETS = tuple(HERE / "dijon-template" / name for name in ("dev", "heldout", "heldout2", "heldout3"))
TARGET = HERE.parents[1] / "extract" / "patterns" / "confidence.toml"
STATUS = {"attribue": "awarded", "sollicite": "requested", "budget": "budgeted", "refuse": "rejected"}
FEWEST = 4
ALIKE = 88.0


def names(act: ActFacts, identifier: str | None) -> list[str]:
    """All forms under which an organisation of the act is written."""
    return [n for o in act.organisations if o.id == identifier for n in (o.name, o.sigle, *o.aliases) if n]


def alike(wanted: str | None, gold: dict[str, Any], found: list[str]) -> bool:
    """Whether a gold name, or one of its other forms, is among the names found; a row without name matches all."""
    if not wanted:
        return True
    forms = [wanted]
    for organisation in gold.get("organisations") or []:
        if wanted in (organisation["nom"], *(organisation.get("aussi") or [])):
            forms += [organisation["nom"], *(organisation.get("aussi") or [])]
    return any(ratio(key(a), key(b)) >= ALIKE or key(a) in key(b) for a in forms for b in found)


def is_right(funding: FundingFact, act: ActFacts, gold: dict[str, Any]) -> bool:
    """Whether the gold tells this funding."""
    for row in gold.get("financements") or []:
        if row["statut"] == "autre":
            if funding.kind not in ("subsidy", "contribution") and row.get("montant") == _number(funding):
                return True
            continue
        if STATUS[row["statut"]] != funding.status or row.get("montant") != _number(funding):
            continue
        if alike(row.get("financeur"), gold, names(act, funding.funder)) and alike(
            row.get("beneficiaire"), gold, names(act, funding.beneficiary)
        ):
            return True
    return False


def _number(funding: FundingFact) -> float | None:
    return None if funding.amount is None else float(funding.amount)


def observations() -> Iterator[tuple[FundingFact, bool]]:
    """Every funding read in the annotated acts, and whether it is right."""
    for folder in SETS:
        for path in sorted((folder / "gold").glob("*.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            for act in extract_source(read_file(folder / f"{path.stem}.txt")).acts:
                for funding in act.fundings:
                    yield funding, is_right(funding, act, gold)


def figures(seen: list[tuple[FundingFact, bool]]) -> dict[str, float]:
    """The figure of each rule, by "status/rule/how", "status/rule" and "status"."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for funding, right in seen:
        rule = funding.rule.split("/")[0]
        for name in (f"{funding.status}/{funding.rule}", f"{funding.status}/{rule}", funding.status):
            counts[name][0] += right
            counts[name][1] += 1
    return {
        name: round((right + 1) / (read + 2), 3)
        for name, (right, read) in sorted(counts.items())
        if read >= FEWEST or "/" not in name
    }


def table(seen: list[tuple[FundingFact, bool]]) -> list[str]:
    """Stated confidence in bands against the share of right fundings."""
    bands: dict[float, list[bool]] = defaultdict(list)
    for funding, right in seen:
        bands[int(funding.confidence * 10) / 10].append(right)
    lines = ["| stated confidence | fundings | right |", "|---|---|---|"]
    for low, rights in sorted(bands.items()):
        lines.append(f"| {low:.1f}–{low + 0.1:.1f} | {len(rights)} | {sum(rights) / len(rights):.2f} |")
    return lines


def main() -> None:
    """Write the figures, or print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--table", action="store_true")
    arguments = parser.parse_args()
    seen = list(observations())
    if arguments.table:
        print("\n".join(table(seen)))
        return
    lines = [
        "# Written by tests/acts/calibrate.py; do not edit by hand.",
        f"# {len(seen)} fundings of {sum(1 for s in SETS for _ in (s / 'gold').glob('*.json'))} annotated acts.",
        "[rule]",
        *(f'"{name}" = {value}' for name, value in figures(seen).items()),
    ]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
