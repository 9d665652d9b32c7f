"""Documents planted with facts written by hand, so that the gate's verdict is chosen by the test."""

import datetime as dt
import hashlib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from extract.facts import (
    ActFacts,
    AttendanceFact,
    DocumentFacts,
    Evidence,
    FundingFact,
    OrganisationFact,
    PersonName,
    SessionFacts,
)
from extract.version import EXTRACTOR
from service.ingest.documents import DocumentRecord, DocumentStore

Plant = Callable[..., str]


def facts(
    name: str,
    *,
    date: dt.date | None = dt.date(2023, 3, 16),
    to: str = "Les Amis du Livre",
    amount: int = 1000,
    title: str | None = None,
    confidence: float = 0.9,
    member: str = "Anne DURAND",
) -> DocumentFacts:
    """An act by which Dijon métropole gives `amount` to an association; without a date it is a violation."""
    text = f"Séance de {date} : {amount} € à {to} ({name})"
    passage = (Evidence(start=0, end=len(text), page=1),)
    given, family = member.split()
    return DocumentFacts(
        extractor=EXTRACTOR,
        file_name=name,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        media_type="text/plain",
        text=text,
        sessions=(
            SessionFacts(
                date=date,
                authority="Dijon métropole",
                body="Bureau métropolitain",
                attendance=(AttendanceFact(
                        member=PersonName(written=member, given=given, family=family),
                        status="present",
                        evidence=passage,
                    ),
                ),
                evidence={"date": passage},
            ),
        ),
        acts=(
            ActFacts(
                session=0,
                span=passage[0],
                title=title or f"Subvention à {to}, {name}",
                organisations=(
                    OrganisationFact(id="o1", name="Dijon métropole", kind="local_authority", evidence=passage),
                    OrganisationFact(id="o2", name=to, kind="association", evidence=passage),
                ),
                fundings=(
                    FundingFact(
                        id="f1", status="awarded", funder="o1", beneficiary="o2", amount=Decimal(amount),
                        amount_written=f"{amount} €", rule="test", confidence=confidence, evidence=passage,
                    ),
                ),
                evidence={"title": passage},
            ),
        ),
    )  # fmt: skip


@pytest.fixture
def plant() -> Plant:
    """plant(data, name, **facts) puts a document with its facts into the store, as a read one; its key."""

    def planted(data: Path, name: str, **values: object) -> str:
        told = facts(name, **values)  # type: ignore[arg-type]
        store = DocumentStore(data)
        store.raw_path(told.sha256).write_text(told.text)
        store.facts_path(told.sha256).write_text(told.model_dump_json())
        store.accept(
            DocumentRecord(
                sha256=told.sha256,
                names=(name,),
                media_type="text/plain",
                size=len(told.text),
                first_seen="2026-01-01",
            )
        )
        return told.sha256[:16]

    return planted
