"""Generate ``ontology/reference/*.csv.gz`` from the npm package ``@etalab/decoupage-administratif``.

Usage: ``npm pack @etalab/decoupage-administratif`` in a scratch folder, unpack it, then
``python -m ontology.build_reference PATH/TO/package``. The same package gives the same bytes (gzip time 0).
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

TARGET = Path(__file__).with_name("reference")
Row = tuple[str, ...]


def build(package: Path, target: Path = TARGET) -> None:
    """Read the JSON files of the unpacked ``package`` and write the five tables into ``target``."""
    communes = [c for c in _json(package, "communes") if c["type"] == "commune-actuelle"]
    epcis, epts = _json(package, "epci"), _json(package, "ept")
    epci_of = {member["code"]: epci["code"] for epci in epcis for member in epci["membres"]}
    department_of = {c["code"]: c["departement"] for c in communes}
    region_of = {d["code"]: d["region"] for d in _json(package, "departements")}
    _write(
        target / "communes.csv.gz",
        ("insee", "name", "department", "region", "epci", "siren"),
        (
            (c["code"], c["nom"], c["departement"], c["region"], epci_of.get(c["code"], ""), c.get("siren", ""))
            for c in communes
        ),
    )
    for name, groups in (("epci", epcis), ("ept", epts)):
        _write(
            target / f"{name}.csv.gz",
            ("siren", "name", "type", "department", "region"),
            (_group_row(group, department_of, region_of) for group in groups),
        )
    _write(
        target / "departements.csv.gz",
        ("code", "name", "region"),
        ((d["code"], d["nom"], d["region"]) for d in _json(package, "departements")),
    )
    _write(target / "regions.csv.gz", ("code", "name"), ((r["code"], r["nom"]) for r in _json(package, "regions")))


def _group_row(group: dict[str, Any], department_of: dict[str, str], region_of: dict[str, str]) -> Row:
    """A group of communes sits in the département of most of its communes (the first code if several)."""
    counts = Counter(department_of[m["code"]] for m in group["membres"] if m["code"] in department_of)
    department = min(counts, key=lambda code: (-counts[code], code), default="")
    return group["code"], group["nom"], group["type"], department, region_of.get(department, "")


def _json(package: Path, name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads((package / "data" / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def _write(path: Path, header: Row, rows: Iterable[Row]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(sorted(rows))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.getvalue().encode("utf-8"), compresslevel=9, mtime=0))


if __name__ == "__main__":
    build(Path(sys.argv[1]))
