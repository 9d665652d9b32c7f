"""Awards read in passages of acts, straight from extraction: texts without head, which the gate would set aside.

    python tests/acts/passages.py FOLDER [--published 0.65]

FOLDER holds NAME.txt and gold/NAME.json (README.md, "Gold": of `financements` the rows `attribue` without `genre` are
looked for; `facultatif` rows cost nothing). A text that is not taken for an act is given a head of two lines. Right is
an award of the same sum to a name that shares most of its words with the gold's.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from extract import DocumentError, extract_source  # noqa: E402
from extract.facts import DocumentFacts  # noqa: E402
from extract.read import read_file  # noqa: E402

HEAD: Final = "{}\nConseil municipal\nSéance du 12 mars 2019\n\n"
_SMALL: Final = set(re.findall(r"\w+", "l la le les de du des d association a au aux et en club comite pour sur"))
_ALIKE: Final = 0.6
_FLOWS: Final = ("subsidy", "contribution")


@dataclass
class Tally:
    """What some passages came to; ``lines`` tell each error."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    lines: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of what would be published that is right."""
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what is granted that would be published."""
        return self.right / (self.right + self.missed)


def words(name: str) -> set[str]:
    """The words of a name that tell it from another, folded."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("œ", "oe"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return set(re.findall(r"[a-z0-9]+", plain)) - _SMALL


def alike(one: str, other: str) -> bool:
    """Whether most words of the shorter name stand in the longer."""
    left, right = words(one), words(other)
    if not left or not right:
        return one.casefold() == other.casefold()
    return len(left & right) / min(len(left), len(right)) >= _ALIKE


def read(path: Path, authority: str) -> DocumentFacts | None:
    """The facts of a passage; with a head where it has none; None where it is refused all the same."""
    for head in ("", HEAD.format(authority)):
        with tempfile.TemporaryDirectory() as scratch:
            copy = Path(scratch) / path.name
            copy.write_text(head + path.read_text(encoding="utf-8"), encoding="utf-8")
            try:
                return extract_source(read_file(copy))
            except DocumentError:
                continue
    return None


def awards(facts: DocumentFacts | None, published: float) -> list[tuple[float, list[str]]]:
    """The sums published as granted, each with the names of who receives it (none where nobody is told)."""
    found: list[tuple[float, list[str]]] = []
    for act in facts.acts if facts else []:
        known = {o.id: [o.name, *([o.sigle] if o.sigle else []), *o.aliases] for o in act.organisations}
        for funding in act.fundings:
            flow = funding.status == "awarded" and funding.kind in _FLOWS
            if flow and funding.amount is not None and funding.confidence >= published:
                found.append((float(funding.amount), known.get(funding.beneficiary or "", [])))
    return found


def score(path: Path, gold: dict[str, Any], published: float, tally: Tally) -> None:
    """Count one passage."""
    told = [row for row in gold.get("financements", []) if row.get("statut") == "attribue" and not row.get("genre")]
    names = {o["nom"]: [o["nom"], *(o.get("aussi") or [])] for o in gold.get("organisations", [])}
    optional = {row.get("montant") for row in gold.get("financements", []) if row.get("facultatif")}
    for amount, receivers in awards(read(path, gold.get("collectivite") or "Commune de Saint-Orval"), published):
        hit = next((row for row in told if _same(row, amount, receivers, names)), None)
        if hit is not None:
            told.remove(hit)
            tally.right += 1
        elif amount not in optional:
            tally.wrong += 1
            tally.lines.append(f"{path.stem}: wrong {amount} → {', '.join(receivers) or '?'}")
    for row in told:
        if not row.get("facultatif"):
            tally.missed += 1
            tally.lines.append(f"{path.stem}: missed {row.get('montant')} → {row.get('beneficiaire')}")


def _same(row: dict[str, Any], amount: float, receivers: list[str], names: dict[str, list[str]]) -> bool:
    if row.get("montant") != amount:
        return False
    wanted = row.get("beneficiaire")
    if not wanted:
        return bool(row.get("beneficiaire_non_note")) or not receivers
    return any(alike(known, found) for known in names.get(wanted, [wanted]) for found in receivers)


def main() -> None:
    """Score a folder and print what is wrong or missed, then the sums."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--published", type=float, default=0.65, help="the publish threshold")
    arguments = parser.parse_args()
    tally = Tally()
    for path in sorted(arguments.folder.glob("*.txt")):
        gold = arguments.folder / "gold" / f"{path.stem}.json"
        if gold.exists():
            score(path, json.loads(gold.read_text(encoding="utf-8")), arguments.published, tally)
    print(*tally.lines, sep="\n")
    precision = tally.right / max(1, tally.right + tally.wrong)
    recall = tally.right / max(1, tally.right + tally.missed)
    print(f"right {tally.right} wrong {tally.wrong} missed {tally.missed}: P {precision:.3f} R {recall:.3f}")


if __name__ == "__main__":
    main()
