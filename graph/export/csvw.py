"""The table of fundings with its description by CSV on the Web (W3C Tabular Data Model).

The description lies where the standard makes a reader look for it: beside the file, under its name and
"-metadata.json".
"""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

from graph.export.tables import write_csv
from graph.release.layout import Release


def write_csvw(release: Release, out: Path) -> None:
    """Write the table, and beside it its description."""
    write_csv(release, out)
    text = resources.files("graph.export").joinpath("data", "fundings-metadata.json").read_text(encoding="utf-8")
    described: dict[str, Any] = json.loads(text)
    described["url"] = out.name
    described["dc:modified"] = {"@value": str(release.manifest["created"])[:10], "@type": "xsd:date"}
    described["dc:identifier"] = release.id
    target = out.with_name(metadata_name(out.name))
    target.write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def metadata_name(name: str) -> str:
    """Name of the description of the file ``name``, by the standard's default (§5.3)."""
    return f"{name}-metadata.json"
