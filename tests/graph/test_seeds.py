"""The five sample acts: who is who, and what the evaluation reads in the published dump."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graph.export import export
from graph.mapping import map_document, map_identities
from graph.release import Published, build
from graph.resolve import Registry, resolve

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture(scope="module")
def resolution(seed_facts):
    return resolve(seed_facts, Registry())


def test_92_spellings_are_87_persons(seed_facts, resolution):
    written = {
        name.written
        for facts in seed_facts
        for entry in facts.sessions[0].attendance
        for name in (entry.member, entry.proxy_holder)
        if name
    }
    assert len(written) == 92
    assert len(resolution.persons) == 87


def test_presidents_and_secretaries_are_members(seed_facts, resolution):
    for facts in seed_facts:
        keys = resolution[facts.sha256].sessions[0]
        assert keys.president == "francois-rebsamen"
        assert keys.secretary in keys.members


def test_cesam_alone_is_the_cesam_of_the_long_form(resolution):
    entity = resolution.organisations["cesam"]
    assert entity.names[0].text == "Concilier l'Economique et le Social et Aider aux Mutations"
    assert entity.aliases[0].text == "CESAM"
    assert len(entity.signatures) == 2


def test_the_city_contract_is_one_and_followed_by_the_next(resolution):
    contract = resolution.programmes["contrat-de-ville-2015-2020"]
    assert contract.label == "Contrat de ville 2015-2020"
    assert contract.extended_to == 2023
    assert resolution.programmes["contrat-de-ville-2024-2030"].replaces == (contract.key,)
    assert resolution.programmes["contrat-de-ville"].start is None
    reception = resolution.programmes["contrat-territorial-d-accueil-et-d-integration-2022"]
    assert reception.replaces == ("contrat-territorial-d-accueil-et-d-integration-des-refugies-2019",)


def test_the_authority_is_known_to_the_reference_data(resolution):
    assert resolution.organisations["dijon-metropole"].siren == "242100410"


def test_the_evaluation_finds_everything_in_the_dump(seed_facts, resolution, tmp_path):
    documents = [Published(f, map_document(f, resolution)) for f in seed_facts]
    identities = map_identities(resolution, [f.sha256 for f in seed_facts], "http://localhost:8000")
    release = build(tmp_path, documents, identities)
    export(release, "nquads", tmp_path / "dump.nq")
    command = [sys.executable, SHARED / "evaluate.py", tmp_path / "dump.nq", SHARED / "gold"]
    subprocess.run([*command, "--json", tmp_path / "scores.json"], check=True, capture_output=True)
    scores = json.loads((tmp_path / "scores.json").read_text())
    assert {field: s["f1"] for field, s in scores.items() if s["f1"] < 1} == {}
    assert sum(s["tp"] for s in scores.values()) == 501


def test_the_communes_and_groups_of_the_seeds_are_linked_to_their_own_numbers(resolution):
    linked = {e.names[0].text: (e.siren, e.insee) for e in resolution.organisations.values() if e.siren or e.insee}
    assert linked == {
        "Dijon métropole": ("242100410", None),
        "Ville de Dijon": ("212102313", "21231"),
        "Ville de Quetigny": ("212105159", "21515"),
    }
