"""A small register, written by hand, with all that an export may meet; and the seeds where they are."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef

from extract.facts import ActionFact, FundingFact, OrganisationFact, ProgrammeFact, VoteFacts
from graph.export import export
from graph.mapping import map_document, map_identities
from graph.release import BuildOptions, Published, Release, build
from graph.resolve import Registry, resolve
from ontology.terms import DG

BASE = "https://deliberations.example.org"
DATA = Path(__file__).parent / "data"
#: A SIRET that the check digits allow, of nobody we know.
SIRET = "73282932000074"

Written = Callable[..., Path]


def organisation(key: str, name: str, kind: str = "association", **fields: Any) -> OrganisationFact:
    return OrganisationFact(id=key, name=name, kind=kind, **fields)


def funding(key: str, amount: object = None, **fields: Any) -> FundingFact:
    given = {"status": "awarded", "funder": "o0", "confidence": 0.97, "rule": "test", **fields}
    return FundingFact(id=key, amount=amount, **given)


def money(make: Any) -> Any:
    """An act with every sort of funding."""
    return make.act(
        title="Subventions aux associations",
        number="2023-014",
        matters=("7.5",),
        organisations=(
            organisation("o0", "Dijon métropole", "local_authority"),
            organisation("o1", "Atelier du Pont", sigle="ADP"),
            organisation("o2", '=HYPERLINK("x") & Cie <i>'),
            organisation("o3", "État", "state"),
        ),
        programmes=(ProgrammeFact(id="p0", name="Contrat de ville 2015-2020", start_year=2015, end_year=2020),),
        actions=(ActionFact(id="a0", label="chantier d'insertion", programme="p0"),),
        fundings=(
            funding("f0", "4500.50", beneficiary="o1", programme="p0", action="a0", start_year=2023, end_year=2023),
            funding("f1", "1000", beneficiary="o2", purpose="-2 %\nde loyer"),
            funding("f2", None, beneficiary="o1", kind="contribution"),
            funding("f3", "3000", beneficiary="o1", per="year", start_year=2023, end_year=2025),
            funding("f4", "600", private=True, private_name="Jeanne DUPONT"),
            funding("f5", "1000"),
            funding("f6", "250", beneficiary="o1", part_of="f5"),
            funding("f7", "750", beneficiary="o2", part_of="f5"),
            funding("f8", "90000", beneficiary="o0", funder="o3", status="requested"),
            funding("f9", "70000", beneficiary="o0", funder="o3"),
            funding("f10", "5000000", beneficiary="o1", kind="guarantee"),
            funding("f11", "777777", beneficiary="o1", confidence=0.2),  # to review
        ),
        vote=VoteFacts(votes_for=30, votes_against=2, abstentions=1, not_voting=4, outcome="adopted"),
    )


def documents(make: Any) -> list[Any]:
    roster = make.roster(present=["M. Jean MARTIN", "Mme Anne LE GOFF"], proxies=[("M. Luc PETIT", "M. Jean MARTIN")])
    session = make.session(roster, members_in_office=42, president=make.name("M. Jean MARTIN"))
    silent = make.act(title="@Vœu : motion", vote=VoteFacts(votes_for=30))
    too_many = make.act(
        title="Rapport", matters=("7.1", "7.5"), vote=VoteFacts(votes_for=40, votes_against=2, abstentions=1)
    )
    return [
        make.document([money(make)], [session], file_name="argent.txt", text="Subventions."),
        make.document([silent], [session], file_name="voeu.txt", text="Vœu."),
        make.document([too_many], [session], file_name="rapport.txt", text="Rapport."),
    ]


def publish(found: list[Any], folder: Path, add: Callable[[Graph], None] | None = None) -> Release:
    """A release of documents; ``add`` completes the graph of identities."""
    resolution = resolve(found, Registry())
    items = [Published(d, map_document(d, resolution, BASE)) for d in found]
    identities = map_identities(resolution, [d.sha256 for d in found], BASE)
    if add is not None:
        add(identities)
    return build(folder, items, identities, BuildOptions(base=BASE))


@pytest.fixture(scope="session")
def register(make: Any, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The small register, of which the association and the authority have a number of the national registers."""

    def numbers(identities: Graph) -> None:
        adp = URIRef(f"{BASE}/id/organisation/adp")
        assert (adp, None, None) in identities
        identities.add((adp, DG.rna, Literal("W212345678")))
        identities.add((URIRef(f"{BASE}/id/organisation/dijon-metropole"), DG.siret, Literal(SIRET)))

    return publish(documents(make), tmp_path_factory.mktemp("register"), numbers)


@pytest.fixture(scope="session")
def written(register: Release, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """written("ftm") → the file of the small register in that format, its companion beside it."""
    folder = tmp_path_factory.mktemp("written")

    def write(form: str, release: Release = register) -> Path:
        target = folder / release.id / f"{form}.out"
        target.parent.mkdir(exist_ok=True)
        if not target.exists():
            export(release, form, target)
        return target

    return write


@pytest.fixture(scope="session")
def seeds(seed_facts: list[Any], tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of the five sample acts as a perfect reader reads them; skipped where they are not there."""
    return publish(seed_facts, tmp_path_factory.mktemp("seeds"))


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def report(path: Path) -> list[dict[str, str]]:
    return table(path.with_name(f"{path.stem}.a-completer.csv"))
