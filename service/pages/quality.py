"""``/quality``: what was read, what was set aside and why, what the acts get wrong, how sure it all is."""

from __future__ import annotations

import functools
import json as json_reader
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request, Response
from markupsafe import Markup
from pydantic import ValidationError

from extract.facts import DocumentFacts
from graph.privacy import Privacy
from service import language
from service.curation.waiting import total
from service.language import Language
from service.pages import ask, completeness, french, links, lists, money, review, scores, tables
from service.pages.render import PageRoute, environment, json, page, saying

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


def quarantined(data: Path, spoken: Language = "fr") -> list[Kept]:
    """The documents in quarantine, by name; names and messages masked as everything published is."""
    reports = sorted((data / "quarantine").glob("*/report.json"))
    return sorted((_kept(report, spoken) for report in reports), key=lambda kept: (kept.name, kept.key))


def _kept(report: Path, spoken: Language) -> Kept:
    key = report.parent.name
    results = json_reader.loads(report.read_text(encoding="utf-8"))["results"]
    told = dict.fromkeys(
        str(r.get(f"message_{spoken}") or r["message_fr"]) for r in results if r["severity"] == "violation"
    )
    try:
        facts = DocumentFacts.model_validate_json((report.parent / "facts.json").read_bytes())
    except (FileNotFoundError, ValidationError):
        # facts of another version cannot tell what to mask: nothing of the document is shown
        return Kept(f"Document {key}", key, (saying(spoken)("quality-other-version"),))
    masked = Privacy(facts).mask
    return Kept(masked(facts.file_name), key, tuple(masked(reason) for reason in told))


def rules(request: Request, spoken: Language = "fr") -> list[Rule]:
    """The warnings of the release, rule by rule, most frequent first."""
    base = ask.settings(request).base
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for row in ask.page_rows(request, "warnings"):
        href = f"{links.document(row['file_iri'])}#{links.anchor(links.local(row['focus_iri'], base))}"
        kind = (row.get("shape", ""), row["severity"])
        message = row.get("message_en", row["message"]) if spoken == "en" else row["message"]
        found.setdefault(kind, []).append((message, row["file"], href))
    told = [
        Rule(
            links.fallback_label(shape) or saying(spoken)("quality-other-rule"),
            tables.word("severity", severity, spoken),
            len(all_),
            tuple(all_[:SHOWN]),
        )
        for (shape, severity), all_ in found.items()
    ]
    return sorted(told, key=lambda rule: (-rule.count, rule.name))


def levels(request: Request, spoken: Language = "fr") -> Iterator[Level]:
    """Fundings by level of confidence, surest first."""
    counts = [(float(r["confidence"]), int(r["fundings"])) for r in ask.page_rows(request, "confidences")]
    whole = sum(count for _, count in counts)
    ceiling = 2.0
    for level, floor in french.confidence_levels():
        fundings = sum(count for value, count in counts if floor <= value < ceiling)
        name = tables.word("confidence", level, spoken)
        yield Level(name, floor, fundings, 100 * fundings / whole if whole else 0)
        ceiling = floor


@functools.cache
def _worth(spoken: Language) -> Markup:
    """What the reading is worth on gold: no release changes it, so it is written once a language."""
    template = environment().get_template("quality-scores.html")
    return Markup(template.render(language=spoken, say=saying(spoken), scores=scores.read()))  # noqa: S704 (escaped there)


@router.get("/quality")
def quality(request: Request) -> Response:
    """The page."""
    spoken = language.of(request)
    return page(
        request,
        "quality.html",
        language=spoken,
        bilingual=True,
        counts=money.of(request).figures,
        documents=lists.count(request, "document"),
        quarantined=quarantined(ask.settings(request).data, spoken),
        review=review.awaiting(request),
        matches=total(ask.reader(request).live().store),
        rules=rules(request, spoken),
        levels=list(levels(request, spoken)),
        worth=_worth(spoken),
        completeness=completeness.of_release(request),
        criteria=completeness.criteria(),
    )


@router.get("/quality.json")
def quality_json(request: Request) -> Response:
    """The same as data."""
    kept = [{"file": k.name, "key": k.key, "reasons": k.reasons} for k in quarantined(ask.settings(request).data)]
    warnings = [{"rule": r.name, "severity": r.severity, "count": r.count} for r in rules(request)]
    told = [{"level": lv.name, "from": lv.floor, "fundings": lv.fundings} for lv in levels(request)]
    documents = lists.count(request, "document")
    waiting = review.awaiting(request)
    shares, grades, _ = completeness.of_release(request)
    stated = {share.criterion.key: share.acts for share in shares}
    unsure = {
        "count": waiting.count,
        "threshold": waiting.threshold,
        "documents": [{"file": w.name, "page": w.href, "count": w.count} for w in waiting.documents],
    }
    return json(
        {
            "documents": documents,
            "quarantined": kept,
            "to_review": unsure,
            "warnings": warnings,
            "confidence": told,
            "stated": {"criteria": stated, "acts_by_number": [{"criteria": n, "acts": acts} for n, acts in grades]},
            "scores": scores.read(),
        }
    )
