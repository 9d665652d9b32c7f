"""``/quality``: what was read, what was set aside and why, what the acts get wrong, how sure it all is."""

from __future__ import annotations

import json as json_reader
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response

from service.pages import ask, french, links
from service.pages.render import PageRoute, json, page

router = APIRouter(route_class=PageRoute)

#: Warnings shown of one rule; the query "doubts" has all of them.
SHOWN = 25


@dataclass(frozen=True)
class Kept:
    """A document in quarantine: its name, and what the gate says against it."""

    name: str
    key: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """The warnings of one rule: how many, and the first of them (message, document, link)."""

    name: str
    severity: str
    count: int
    shown: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Level:
    """How many fundings were read with a confidence of this level (share from 0 to 100)."""

    name: str
    floor: float
    fundings: int
    share: float


def quarantined(data: Path) -> list[Kept]:
    """The documents in quarantine, by name. A report that cannot be read is told as such, never skipped."""
    folders = sorted(p for p in (data / "quarantine").glob("*") if p.is_dir())
    return sorted((_kept(folder) for folder in folders), key=lambda kept: (kept.name, kept.key))


def _kept(folder: Path) -> Kept:
    report, facts = _read(folder / "report.json"), _read(folder / "facts.json")
    name = str(facts.get("file_name") or report.get("file_name") or folder.name)
    results = report.get("results") or []
    reasons = dict.fromkeys(str(r["message_fr"]) for r in results if r.get("severity", "violation") == "violation")
    return Kept(name, folder.name, tuple(reasons) or ("Rapport illisible : relancer l’ingestion de ce document.",))


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json_reader.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json_reader.JSONDecodeError):
        return {}
    return found if isinstance(found, dict) else {"results": found}


def rules(request: Request) -> list[Rule]:
    """The warnings of the release, rule by rule, most frequent first."""
    base = ask.settings(request).base
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for row in ask.page_rows(request, "warnings"):
        href = f"{links.document(row['file_iri'])}#{links.anchor(links.local(row['focus_iri'], base))}"
        kind = (row.get("shape", ""), row["severity"])
        found.setdefault(kind, []).append((row["message"], row["file"], href))
    told = [
        Rule(
            links.fallback_label(shape) or "autre règle",
            french.word("severity", severity),
            len(all_),
            tuple(all_[:SHOWN]),
        )
        for (shape, severity), all_ in found.items()
    ]
    return sorted(told, key=lambda rule: (-rule.count, rule.name))


def levels(request: Request) -> Iterator[Level]:
    """Fundings by level of confidence, surest first."""
    counts = [(float(r["confidence"]), int(r["fundings"])) for r in ask.page_rows(request, "confidences")]
    whole = sum(count for _, count in counts)
    ceiling = 2.0
    for _, floor in french.confidence_levels():
        fundings = sum(count for value, count in counts if floor <= value < ceiling)
        yield Level(french.confidence(floor), floor, fundings, 100 * fundings / whole if whole else 0)
        ceiling = floor


@router.get("/quality")
def quality(request: Request) -> Response:
    """The page."""
    (counts,) = ask.page_rows(request, "counts")
    return page(
        request,
        "quality.html",
        counts=counts,
        documents=len(ask.page_rows(request, "documents")),
        quarantined=quarantined(ask.settings(request).data),
        rules=rules(request),
        levels=list(levels(request)),
    )


@router.get("/quality.json")
def quality_json(request: Request) -> Response:
    """The same as data."""
    kept = [{"file": k.name, "key": k.key, "reasons": k.reasons} for k in quarantined(ask.settings(request).data)]
    warnings = [{"rule": r.name, "severity": r.severity, "count": r.count} for r in rules(request)]
    told = [{"level": lv.name, "from": lv.floor, "fundings": lv.fundings} for lv in levels(request)]
    documents = len(ask.page_rows(request, "documents"))
    return json({"documents": documents, "quarantined": kept, "warnings": warnings, "confidence": told})
