"""FollowTheMoney, 360Giving and Popolo, by their own schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, URIRef

from extract.facts import VoteFacts
from graph.export import export
from graph.export.ftm import entity_id
from graph.release import Release
from ontology.terms import DG, ORG
from tests.graph.export.conftest import BASE, DATA, Written, publish, report

ACT = f"{BASE}/id/deliberation/dijon-metropole-bureau-metropolitain-2023-01-25-subventions-aux"


def entities(path: Path) -> dict[str, dict[str, Any]]:
    found = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert len({entity["id"] for entity in found}) == len(found)
    return {entity["id"]: entity for entity in found}


def conforms(path: Path, schema: str) -> Any:
    import jsonschema  # 1.4 s of processor, which each process of the suite spent to list its tests

    content = json.loads(path.read_text(encoding="utf-8"))
    described = json.loads((DATA / schema).read_text(encoding="utf-8"))
    checker = jsonschema.Draft202012Validator(described, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in checker.iter_errors(content)] == []
    return content


def sound(path: Path) -> dict[str, dict[str, Any]]:
    """The entities, each of which the model takes as it is, links to entities of the right sort included."""
    reader = pytest.importorskip(
        "followthemoney", reason="followthemoney is not installed: requirements-ftm.lock (Debian: libicu-dev, g++)"
    )
    model = reader.model
    found = entities(path)
    proxies = {key: model.get_proxy(entity, cleaned=False) for key, entity in found.items()}
    for key, proxy in proxies.items():
        proxy.schema.validate(found[key])
        for prop, value in proxy.itervalues():
            assert prop.type.validate(value) or prop.type.clean(value), (prop.name, value)
            if prop.type.name == "entity":
                assert proxies[value].schema.is_a(prop.range), (prop.name, value)
        told = {name for name, values in found[key]["properties"].items() if values}
        assert told == {prop.name for prop in proxy.iterprops()}
        assert set(proxy.schema.required) <= told
    return found


def test_ftm_entities_are_sound(written: Written) -> None:
    found = sound(written("ftm"))
    schemata = [entity["schema"] for entity in found.values()]
    assert schemata.count("Payment") == 5
    assert schemata.count("Person") == 3


def test_ftm_of_the_seeds_is_sound(written: Written, seeds: Release) -> None:
    found = sound(written("ftm", seeds))
    assert sum(entity["schema"] == "Person" for entity in found.values()) == 87


def test_a_payment_field_by_field(written: Written) -> None:
    found = entities(written("ftm"))
    (payment,) = (e["properties"] for e in found.values() if e["properties"].get("amount") == ["4500.5"])
    assert payment["payer"] == [entity_id(f"{BASE}/id/organisation/dijon-metropole")]
    assert payment["beneficiary"] == [entity_id(f"{BASE}/id/organisation/adp")]
    assert (payment["currency"], payment["amountEur"]) == (["EUR"], ["4500.5"])
    assert (payment["date"], payment["startDate"], payment["endDate"]) == (["2023-01-25"], ["2023"], ["2023"])
    assert payment["programme"] == ["Contrat de ville 2015-2020"]
    assert "paiement lui-même n'est pas connu" in payment["summary"][0]
    association = found[payment["beneficiary"][0]]
    assert association["schema"] == "Organization"
    assert association["properties"]["registrationNumber"] == ["W212345678"]
    assert association["properties"]["abbreviation"] == ["ADP"]


def test_360giving_conforms_field_by_field(written: Written) -> None:
    path = written("360giving")
    grants = conforms(path, "360giving.json")["grants"]
    (grant,) = (grant for grant in grants if grant["amountAwarded"] == 4500.5)
    assert grant["awardDate"] == "2023-01-25"
    assert grant["fundingOrganization"][0]["name"] == "Dijon métropole"
    assert grant["recipientOrganization"] == [
        {
            "id": f"{BASE}/id/organisation/adp",
            "name": "Atelier du Pont",
            "url": f"{BASE}/id/organisation/adp",
            "description": "RNA W212345678",
            "alternateName": "ADP",
        }
    ]
    assert grant["grantProgramme"][0]["title"] == "Contrat de ville 2015-2020"
    assert (grant["dataSource"], grant["plannedDates"]) == (ACT, [{"startDate": "2023", "endDate": "2023"}])
    assert sorted(grant["amountAwarded"] for grant in grants) == [1000, 3000, 4500.5, 70000]
    reasons = sorted(row["raison"] for row in report(path) if row["quoi"] == "laissé de côté")
    assert reasons == [
        "La norme demande ce que l'acte ne dit pas : le montant.",
        "La norme demande ce que l'acte ne dit pas : qui reçoit.",
        "Le bénéficiaire est une personne physique, que rien ici ne nomme.",
    ]


def test_popolo_conforms_field_by_field(written: Written) -> None:
    content = conforms(written("popolo"), "popolo.json")
    names = {person["id"]: person["name"] for person in content["persons"]}
    assert sorted(names.values()) == ["Anne LE GOFF", "Jean MARTIN", "Luc PETIT"]
    (body,) = (o for o in content["organizations"] if o["classification"] == "governing body")
    (authority,) = (o for o in content["organizations"] if o["classification"] == "local authority")
    assert body["parent_id"] == authority["id"]
    assert {"scheme": "SIREN", "identifier": "242100410"} in authority["identifiers"]
    (event,) = content["events"]
    assert sorted(p["name"] for p in event["attendees"]) == ["Anne LE GOFF", "Jean MARTIN"]
    roles = {names[m["person_id"]]: m["role"] for m in content["memberships"]}
    assert roles == {"Jean MARTIN": "president", "Anne LE GOFF": "member", "Luc PETIT": "member"}
    (vote,) = (v for v in content["vote_events"] if v["motion_id"] == ACT)
    assert {c["option"]: c["value"] for c in vote["counts"]} == {"yes": 30, "no": 2, "abstain": 1, "not voting": 4}
    assert (vote["result"], vote["identifier"]) == ("pass", "2023-014")


@pytest.mark.parametrize(("form", "schema"), [("360giving", "360giving.json"), ("popolo", "popolo.json")])
def test_the_seeds_conform(written: Written, seeds: Release, form: str, schema: str) -> None:
    content = conforms(written(form, seeds), schema)
    if form == "popolo":
        assert len(content["persons"]) == 87


def test_named_votes_and_each_role_of_a_member_are_told(make: Any, tmp_path: Path) -> None:
    roster = make.roster(present=["M. Jean MARTIN", "Mme Anne LE GOFF"])
    vote = VoteFacts(votes_for=1, votes_against=1, abstentions=0, voted_against_by=(make.name("Mme Anne LE GOFF"),))
    release = publish([make.document([make.act(vote=vote)], [make.session(roster)])], tmp_path / "data", _deputy)
    export(release, "popolo", tmp_path / "p.json")
    content = conforms(tmp_path / "p.json", "popolo.json")
    names = {person["id"]: person["name"] for person in content["persons"]}
    (event,) = content["vote_events"]
    assert [(names[v["voter_id"]], v["option"]) for v in event["votes"]] == [("Anne LE GOFF", "no")]
    told = sorted(m["role"] for m in content["memberships"] if names[m["person_id"]] == "Anne LE GOFF")
    assert told == ["deputy-mayor", "member"]
    assert len({m["id"] for m in content["memberships"]}) == len(content["memberships"])
    export(release, "ftm", tmp_path / "f.json")
    assert sound(tmp_path / "f.json")


def _deputy(identities: Graph) -> None:
    """Give the membership of Anne LE GOFF a second role."""
    for node in list(identities.subjects(ORG.member, URIRef(f"{BASE}/id/person/anne-le-goff"))):
        identities.add((node, ORG.role, DG["role-deputy-mayor"]))
