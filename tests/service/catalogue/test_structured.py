"""Pages described in schema.org: what search engines read, and nothing that a browser runs."""

import json
import re
from collections.abc import Callable
from typing import Any

import httpx

BASE = "http://localhost:8000"
HTML = {"Accept": "text/html"}


def blocks(page: str) -> list[dict[str, Any]]:
    """The data blocks of a page."""
    # a data block does not run; what runs is a file of ours
    ours = page.count('<script type="module" src="/static/')
    assert page.count("<script") == page.count('<script type="application/ld+json">') + ours
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [json.loads(text) for text in found]


def test_the_home_page_describes_catalogue_dataset_and_files(http: httpx.Client) -> None:
    (block,) = blocks(http.get("/").text)
    data = block["dataset"]
    assert (block["@type"], data["@type"], data["version"]) == ("DataCatalog", "Dataset", "r1")
    assert data["temporalCoverage"] == "2024-03-14/2024-03-14"
    assert "licence-ouverte" in data["license"]
    files = {file["contentUrl"]: file["encodingFormat"] for file in data["distribution"]}
    assert files[f"{BASE}/dump/scdl-subventions.csv"] == "text/csv"


def test_a_deliberation_is_legislation_with_its_number_and_date(http: httpx.Client) -> None:
    (block,) = blocks(http.get("/id/deliberation/valmont-conseil-2024-03-14-atelier", headers=HTML).text)
    told = {name: block[name] for name in ("@type", "legislationIdentifier", "legislationDate", "name", "isBasedOn")}
    assert told == {
        "@type": "Legislation",
        "legislationIdentifier": "2024-031",
        "legislationDate": "2024-03-14",
        "name": "Atelier du Pont – subvention 2024",
        "isBasedOn": f"{BASE}/id/document/aaaa000000000001",
    }


def test_organisations_and_elected_persons_by_their_kind(http: httpx.Client) -> None:
    for path, kind in (
        ("organisation/valmont", "GovernmentOrganization"),
        ("organisation/atelier-du-pont", "NGO"),
        ("person/jeanne-morel", "Person"),
    ):
        (block,) = blocks(http.get(f"/id/{path}", headers=HTML).text)
        assert (block["@type"], block["@id"]) == (kind, f"{BASE}/id/{path}")
        assert block["name"]


def test_a_name_that_looks_like_markup_ends_no_block(http: httpx.Client) -> None:
    page = http.get("/id/organisation/atelier-du-pont", headers=HTML).text
    (block,) = blocks(page)
    assert block["name"] == "Atelier du Pont <script>alert(1)</script>"
    assert "<script>alert" not in page


def test_a_private_person_and_a_thing_without_a_name_are_described_by_none(serve: Callable[..., httpx.Client]) -> None:
    dg = "https://w3id.org/delibgraph/ns#"
    client = serve(
        f"<{BASE}/graph/d> {{ <{BASE}/id/person/private-1> a <{dg}PrivatePerson> , <{dg}Person> ; "
        f'<http://xmlns.com/foaf/0.1/name> "Nobody" . <{BASE}/id/organisation/x> a <{dg}Organisation> }}'.encode()
    )
    for path in ("person/private-1", "organisation/x"):
        assert blocks(client.get(f"/id/{path}", headers=HTML).text) == []


def test_several_values_are_a_list_and_numbers_name_their_register(serve: Callable[..., httpx.Client]) -> None:
    dg, skos = "https://w3id.org/delibgraph/ns#", "http://www.w3.org/2004/02/skos/core#"
    client = serve(
        f'<{BASE}/graph/d> {{ <{BASE}/id/organisation/x> a <{dg}Company> ; <{skos}prefLabel> "X" ; '
        f'<{skos}altLabel> "Xe" , "Ixe" ; <{dg}siren> "123456789" }}'.encode()
    )
    (block,) = blocks(client.get("/id/organisation/x", headers=HTML).text)
    assert (block["@type"], block["alternateName"]) == ("Corporation", ["Ixe", "Xe"])
    assert block["identifier"] == {"@type": "PropertyValue", "propertyID": "SIREN", "value": "123456789"}
