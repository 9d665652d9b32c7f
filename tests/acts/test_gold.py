"""The gold of the blind acts says only what their texts say."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
ACTS = ROOT / "tests/acts"
STRICT = ("dev", "heldout", "heldout2", "heldout3")
GOLD = sorted(
    [
        *(path for name in STRICT for path in (ACTS / "dijon-template" / name / "gold").glob("*.json")),
        *(ROOT / "samples/gold").glob("*.json"),
    ]
)
#: Gold of authors who left out what an act does not tell, or wrote names with the commune in front.
LOOSE = sorted({path.parent for path in set(ACTS.rglob("gold/*.json")) - set(GOLD)})
GENERIC = {"ccas", "ville", "commune", "departement", "region", "college", "programme", "contrat", "communaute"}
HOLDER_CODES = {"mandataire-inconnu", "mandataire-absent", "mandataire-orthographe"}


def normal(text: str) -> str:
    bare = unicodedata.normalize("NFD", text).casefold().replace("œ", "oe")
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def stands(name: str, words: set[str], text: str) -> bool:
    """The name stands in the text as such, or word by word in a list ("les CCAS de A, B et C")."""
    return f" {normal(name)} " in text or set(normal(name).split()) - GENERIC <= words


def amount_pattern(value: float) -> str:
    """The ways in which an act may write ``value`` euros."""
    cents = round(value * 100) % 100
    digits = f"{int(value):,}".replace(",", r"[\s.’'\u00a0\u202f]?")
    forms = [rf"(?<!\d){digits}" + (rf"[,.]{cents // 10}{cents % 10 or '0?'}" if cents else r"(?:[,.]00)?") + r"(?!\d)"]
    forms.append(rf"(?<![\d,]){f'{value / 1e3:g}'.replace('.', ',')}\s?[kK]€")
    forms.append(rf"(?<![\d,]){f'{value / 1e6:g}'.replace('.', ',')}\d?\s?(?:M€|million)")
    return "|".join(forms)


@pytest.fixture(params=GOLD, ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest) -> tuple[dict[str, Any], str]:
    path: Path = request.param
    text = (path.parent.parent / f"{path.stem}.txt").read_text(encoding="utf-8")
    return json.loads(path.read_text(encoding="utf-8")), text


def test_names_stand_in_the_text(case: tuple[dict[str, Any], str]) -> None:
    gold, text = case
    flat = f" {normal(re.sub('- ', '-', text))} "
    words = set(flat.split()) | {w[:-1] for w in flat.split() if w.endswith("s")}
    names = [entry["nom"] for key in ("organisations", "programmes") for entry in gold[key]]
    names += gold.get("axes", []) + gold.get("actions", []) + gold.get("prives", [])
    people = gold["presents"] + gold["absents"] + [name for pair in gold["pouvoirs"] for name in pair]
    missing = [name for name in names if not stands(name, words, flat)]
    missing += [
        name
        for name in people
        if normal(name) not in flat and normal(name).replace(" ", "") not in flat.replace(" ", "")
    ]
    assert missing == []


def test_money_is_written_and_between_known_names(case: tuple[dict[str, Any], str]) -> None:
    gold, text = case
    known = {name for entry in gold["organisations"] for name in (entry["nom"], *entry.get("aussi", ()))}
    programmes = {name for entry in gold["programmes"] for name in (entry["nom"], entry.get("sigle"))}
    amounts = {row.get("montant") for row in gold["financements"]}
    for row in gold["financements"]:
        assert row["statut"] in {"attribue", "sollicite", "budget", "refuse", "autre"}
        assert row.get("montant") is None or re.search(amount_pattern(row["montant"]), text), row
        assert {row[key] for key in ("financeur", "beneficiaire") if key in row} <= known, row
        assert "programme" not in row or row["programme"] in programmes, row
        assert "action" not in row or row["action"] in gold["actions"], row
        assert row.get("partie_de") is None or row["partie_de"] in amounts, row


def test_contradictions_of_the_act_are_told(case: tuple[dict[str, Any], str]) -> None:
    gold, _ = case
    codes, stated, votes = set(gold["controles"]), gold["effectif"], gold["votes"]
    listed = len(gold["presents"]) + len(gold["absents"]) + len(gold["pouvoirs"])
    cast = sum(votes[key] for key in ("pour", "contre", "abstention", "nppv"))
    holders = [holder for _, holder in gold["pouvoirs"]]
    assert (listed != stated["en_exercice"]) == ("effectif" in codes)
    assert (cast != stated["presents"] + stated["procurations"]) == ("votes" in codes)
    assert (len(holders) != len(set(holders))) == ("double-pouvoir" in codes)
    assert bool(set(holders) - set(gold["presents"])) == bool(codes & HOLDER_CODES)
    assert not codes or gold["anomalies"]


@pytest.mark.parametrize("folder", LOOSE, ids=lambda folder: folder.parent.name)
def test_gold_of_further_authors_is_of_its_texts(folder: Path) -> None:
    paths = sorted(set(folder.glob("*.json")) - set(GOLD))
    assert paths
    assert [path.stem for path in paths if not _is_of_its_text(path)] == []


def _is_of_its_text(path: Path) -> bool:
    gold = json.loads(path.read_text(encoding="utf-8"))
    data = (path.parent.parent / f"{path.stem}.txt").read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    flat = f" {normal(re.sub('- ', '-', text))} "
    words = set(flat.split()) | {w[:-1] for w in flat.split() if w.endswith("s")}
    names = [entry["nom"] for entry in gold.get("organisations") or []]
    standing = sum(stands(name, words, flat) for name in names)
    return bool(gold.get("collectivite")) and standing >= 0.7 * len(names)
