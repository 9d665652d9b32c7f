"""What comes from npm is what the lock says, unchanged, with its licence."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "service" / "static" / "vendor"
FOR_TESTS = ROOT / "tests" / "vendor"


@pytest.mark.parametrize("folder", [VENDOR, FOR_TESTS], ids=["served", "tests"])
def test_vendored_files_are_as_they_were_fetched(folder):
    told = {}
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        told[name] = digest
    there = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    there.pop("SHA256SUMS")
    assert there == told
    assert any(name.endswith(".LICENSE") for name in told)


def test_the_version_is_that_of_the_lock():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    version = lock["packages"]["node_modules/cytoscape"]["version"]
    assert re.search(
        rf'version\s*[:=]\s*"{re.escape(version)}"|"{re.escape(version)}"',
        (VENDOR / "cytoscape.esm.min.mjs").read_text(),
    )


def test_the_lock_names_no_registry():
    assert "resolved" not in (ROOT / "package-lock.json").read_text()
