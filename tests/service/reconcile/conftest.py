"""A release of two authorities and their acts, served; and a client that does as OpenRefine does."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from extract.facts import (
    ActFacts,
    AttendanceFact,
    DocumentFacts,
    Evidence,
    FundingFact,
    OrganisationFact,
    PersonName,
    ProgrammeFact,
    SessionFacts,
)
from graph.mapping import map_document, map_identities
from graph.release import Published, build
from graph.resolve import Registry, resolve
from service.app import create_app
from service.settings import Settings

BASE = "http://localhost:8000"


def person(written: str) -> PersonName:
    given, family = written.split(" ", 1)
    return PersonName(written=written, given=given, family=family)


def deed(
    name: str,
    authority: str,
    body: str,
    year: int,
    grants: list[tuple[str, int, dict[str, object]]],
    members: list[str],
) -> DocumentFacts:
    """An act by which an authority gives each of `grants` (association, euros, fields of the organisation)."""
    text = f"Séance de {year} : {name}"
    passage = (Evidence(start=0, end=len(text), page=1),)
    organisations = [OrganisationFact(id="d", name=authority, kind="local_authority", evidence=passage)]
    fundings = []
    for number, (to, amount, fields) in enumerate(grants):
        given = {"kind": "association", **fields}
        organisations.append(OrganisationFact(id=f"o{number}", name=to, evidence=passage, **given))
        fundings.append(
            FundingFact(
                id=f"f{number}", status="awarded", funder="d", beneficiary=f"o{number}", amount=Decimal(amount),
                amount_written=f"{amount} €", rule="test", confidence=0.9, evidence=passage,
            )
        )  # fmt: skip
    return DocumentFacts(
        extractor="0.1.0+test",
        file_name=name,
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        media_type="text/plain",
        text=text,
        sessions=(
            SessionFacts(
                date=dt.date(year, 3, 2),
                authority=authority,
                body=body,
                attendance=tuple(AttendanceFact(member=person(m), status="present", evidence=passage) for m in members),
                evidence={"date": passage},
            ),
        ),
        acts=(
            ActFacts(
                session=0,
                span=passage[0],
                title=f"Subventions {year} ({name})",
                organisations=tuple(organisations),
                programmes=(
                    ProgrammeFact(
                        id="p", name="Contrat de ville", family="contrat-de-ville", start_year=2015, end_year=2020,
                        evidence=passage,
                    ),
                ),
                fundings=tuple(fundings),
                evidence={"title": passage},
            ),
        ),
    )  # fmt: skip


FEST = "Comité des fêtes"
ACTS = [
    deed("dijon-2022.txt", "Dijon métropole", "Bureau métropolitain", 2022,
         [("Les Amis du Livre", 1000, {"sigle": "ADL"}), (FEST, 300, {})], ["Anne DURAND", "Jean MARTIN"]),
    deed("dijon-2023.txt", "Dijon métropole", "Bureau métropolitain", 2023,
         [("Les Amis du Livre", 1500, {}), ("Banque alimentaire de Bourgogne", 8000, {"siren": "732829320"})],
         ["Anne DURAND"]),
    deed("bordeaux-2023.txt", "Commune de Bordeaux", "Conseil municipal", 2023,
         [(FEST, 700, {}), ("Harmonie municipale et fanfare du faubourg Bretonnière", 50, {"rna": "W212001234"})],
         ["Jean MARTIN", "Zoé KERVADEC"]),
]  # fmt: skip


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("reconcile")
    found = resolve(ACTS, Registry())
    identities = map_identities(found, [d.sha256 for d in ACTS], BASE)
    build(data, [Published(d, map_document(d, found)) for d in ACTS], identities)
    return data


@pytest.fixture(scope="session")
def client(data: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(data=data)), base_url="http://data.test") as client:
        yield client


@pytest.fixture(scope="session")
def match(client: TestClient) -> Callable[..., list[dict]]:
    """match(name, kind=…, limit=…, **hints) → the candidates of one query."""

    def match(name: str = "", kind: object = None, limit: int | None = None, **hints: object) -> list[dict]:
        query = {"query": name, "properties": [{"pid": pid, "v": value} for pid, value in hints.items()]}
        if kind is not None:
            query["type"] = kind
        if limit is not None:
            query["limit"] = limit
        answer = client.post("/reconcile", data={"queries": json.dumps({"q0": query})})
        assert answer.status_code == 200, answer.text
        return answer.json()["q0"]["result"]

    return match
