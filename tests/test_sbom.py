"""The bill of materials says what the locks say, as its standard has it."""

import json
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from dependencies.lock import read_lock
from dependencies.sbom import sbom

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "sbom.cdx.json"


@pytest.fixture(scope="module")
def told() -> dict:
    return json.loads(KEPT.read_text(encoding="utf-8"))


def test_the_validator_of_the_standard_accepts_it() -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(KEPT.read_text(encoding="utf-8")) is None


def test_the_one_kept_is_that_of_the_locks_to_the_byte() -> None:
    assert sbom() == KEPT.read_text(encoding="utf-8"), "the locks have changed: run `make sbom`"


def test_each_package_of_the_lock_is_told_with_its_version_and_its_hashes(told: dict) -> None:
    packages = [one for one in told["components"] if one["purl"].startswith("pkg:pypi/")]
    there = {
        (one["name"], one["version"]): {digest["content"] for digest in one["externalReferences"][0]["hashes"]}
        for one in packages
    }
    lock = read_lock(ROOT / "requirements.lock")
    assert there == {(one.name, one.version): set(one.hashes) for one in lock}
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert len(lock) == sum("==" in line for line in lines)
    assert sum(len(one.hashes) for one in lock) == sum("--hash=" in line for line in lines)


def test_everything_is_reached_from_us(told: dict) -> None:
    below = {one["ref"]: one.get("dependsOn", []) for one in told["dependencies"]}
    reached, waiting = set(), ["delibgraph"]
    while waiting:
        ref = waiting.pop()
        if ref not in reached:
            reached.add(ref)
            waiting += below[ref]
    assert reached == {one["bom-ref"] for one in told["components"]} | {"delibgraph"}


def test_served_scripts_are_told_with_what_they_contain(told: dict) -> None:
    by_name = {one["name"]: one for one in told["components"] if one["purl"].startswith("pkg:npm/")}
    assert {"cytoscape", "yasqe", "codemirror"} <= set(by_name)
    assert "axe-core" not in by_name, "it is served to nobody"
    sums = (ROOT / "service" / "static" / "vendor" / "SHA256SUMS").read_text().splitlines()
    files = {
        (file["hashes"][0]["content"], file["name"].rsplit("/", 1)[-1])
        for one in by_name.values()
        for file in one.get("components", [])
    }
    assert files == {tuple(line.split()) for line in sums}


def test_a_lock_without_a_hash_is_refused(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("jinja2==3.1.6\n    # via delibgraph (pyproject.toml)\n")
    with pytest.raises(ValueError, match="jinja2 has no hash"):
        read_lock(lock)
