"""What is read of whole annotated acts: floors on the development acts, all awarded money of the seeds.

The floors are in ``floors.toml``: raise one when reading gets better, never lower one to let a change through.
Acts of ``heldout`` folders are not read here: they are only ever scored (tests/acts/README.md).
"""

from __future__ import annotations

import json
import runpy
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract import extract_source
from extract.facts import ActFacts, FundingFact
from extract.read import read_file
from extract.text import key
from ontology import families

HERE = Path(__file__).parent
ACTS = HERE.parents[1] / "acts"
DEV = ACTS / "dijon-template" / "dev"
SHARED = HERE.parents[3] / "shared"
CALIBRATE = runpy.run_path(str(ACTS / "calibrate.py"))
STATUS: dict[str, str] = CALIBRATE["STATUS"]
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
Names = list[str]


@dataclass
class Count:
    """Right, wrong and missed facts of one field."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)


def same(wanted: Names, found: Names) -> bool:
    return any(CALIBRATE["ratio"](key(a), key(b)) >= CALIBRATE["ALIKE"] for a in wanted for b in found)


def match(
    count: Count, wanted: list[Names], found: list[Names], neutral: Iterable[str] = (), *, partial: bool = False
) -> None:
    """Pair wanted and found names one to one; neutral ones, and all others of a partial gold, count neither way."""
    left = list(found)
    for names in wanted:
        hit = next((f for f in left if same(names, f)), None)
        count.right += hit is not None
        count.missed += hit is None
        if hit is not None:
            left.remove(hit)
    count.wrong += 0 if partial else sum(not same(list(neutral), f) for f in left)


def is_told(funding: FundingFact, row: dict[str, Any], act: ActFacts, gold: dict[str, Any]) -> bool:
    """Whether a row of the gold is this funding; the sums, the parties it names and whether it is a part."""
    amount = None if funding.amount is None else float(funding.amount)
    if (amount, funding.part_of is not None) != (row.get("montant"), bool(row.get("partie_de"))):
        return False
    names, alike = CALIBRATE["names"], CALIBRATE["alike"]
    payer = alike(row.get("financeur"), gold, names(act, funding.funder))
    return bool(payer and alike(row.get("beneficiaire"), gold, names(act, funding.beneficiary)))


def count_fundings(counts: dict[str, Count], act: ActFacts, gold: dict[str, Any]) -> None:
    rows = gold.get("financements")
    if rows is None:
        return
    aside = {row.get("montant") for row in rows if row["statut"] == "autre"}
    for field, is_award in (("awarded", True), ("other_amounts", False)):
        left = [f for f in act.fundings if (f.status == "awarded") == is_award]
        told = [r for r in rows if r["statut"] in STATUS and (STATUS[r["statut"]] == "awarded") == is_award]
        for row in sorted(told, key=lambda r: bool(r.get("facultatif"))):
            hit = next((f for f in left if f.status == STATUS[row["statut"]] and is_told(f, row, act, gold)), None)
            counts[field].right += hit is not None
            counts[field].missed += hit is None and not row.get("facultatif")
            left = [f for f in left if f is not hit]
        grants = [f for f in left if f.kind in ("subsidy", "contribution") or not is_award]
        counts[field].wrong += sum(f.amount is None or float(f.amount) not in aside for f in grants)


def programme_names(act: ActFacts) -> list[Names]:
    known = {f.key: [f.pref_label, *f.alt_labels, *f.notations] for f in families.load()}
    return [
        [
            p.name,
            *([p.sigle] if p.sigle else []),
            f"{p.name} {p.start_year}-{p.end_year}",
            *known.get(p.family or "", []),
        ]
        for p in act.programmes
    ]


def count_agreements(count: Count, act: ActFacts, gold: dict[str, Any]) -> None:
    names, alike = CALIBRATE["names"], CALIBRATE["alike"]
    for agreement in gold.get("conventions") or []:
        parties = agreement.get("parties", [])
        hit = any(all(any(alike(p, gold, names(act, i)) for i in a.parties) for p in parties) for a in act.agreements)
        count.right += hit
        count.missed += not hit


@cache
def counts() -> dict[str, Count]:
    """What is right, wrong and missed, by field, over the development acts."""
    found = {field: Count() for field in FLOORS}
    for path in sorted((DEV / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        act = read(DEV / f"{path.stem}.txt", gold)
        count_fundings(found, act, gold)
        organisations = [[o["nom"], *(o.get("aussi") or [])] for o in gold.get("organisations") or []]
        named = [[n for n in (o.name, o.sigle, *o.aliases) if n] for o in act.organisations]
        partial = gold.get("organisations") is None or bool(gold.get("organisations_partielles"))
        match(found["organisations"], organisations, named, gold.get("organisations_neutres") or (), partial=partial)
        programmes = [p if isinstance(p, dict) else {"nom": p} for p in gold.get("programmes") or []]
        wanted = [[p["nom"], *([p["sigle"]] if p.get("sigle") else [])] for p in programmes]
        neutral = gold.get("programmes_neutres") or ()
        match(found["programmes"], wanted, programme_names(act), neutral, partial=gold.get("programmes") is None)
        for field, french, labels in (("actions", "actions", act.actions), ("strands", "axes", act.strands)):
            match(
                found[field],
                [[n] for n in gold.get(french) or []],
                [[x.label] for x in labels],
                partial=not gold.get(french),
            )
        count_agreements(found["agreements"], act, gold)
    return found


def read(path: Path, gold: dict[str, Any]) -> ActFacts:
    """The act of a file that the gold is about: of several, the one whose title it has."""
    acts = extract_source(read_file(path)).acts
    return max(acts, key=lambda act: float(CALIBRATE["ratio"](key(act.title or ""), key(gold.get("objet") or ""))))


@pytest.mark.parametrize(("field", "measure"), [(f, m) for f, floors in FLOORS.items() for m in floors])
def test_development_acts(field: str, measure: str) -> None:
    count = counts()[field]
    assert getattr(count, measure) >= FLOORS[field][measure], f"{field}: {count}"


SEEDS = sorted((SHARED / "gold").glob("*.json"))


@pytest.mark.skipif(not SEEDS, reason="the seeds of ../shared are not part of this repository")
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_awarded_money_of_the_seeds(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    found = {field: Count() for field in ("awarded", "other_amounts")}
    act = read(SHARED / "seeds" / f"{path.stem}.txt", gold)
    count_fundings(found, act, gold)
    assert (found["awarded"].missed, found["awarded"].wrong) == (0, 0)


def test_the_scorer_counts() -> None:
    """A wrong name, a missed one and a neutral one each count as what they are."""
    count = Count()
    match(count, [["MJC Centre"], ["Cap Sud"]], [["MJC Centre"], ["Autre chose"], ["État"]], ["État"])
    assert (count.right, count.wrong, count.missed) == (1, 1, 1)
