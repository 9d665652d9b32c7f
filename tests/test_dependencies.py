"""docs/dependencies.md tells every direct dependency, and no other."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CELLS = 4  # package, licence, what it does, what would replace it


def _told(section: str) -> list[list[str]]:
    """The rows of the table under a heading, cell by cell."""
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    below = text.split(f"## {section}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in below.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines][1:]


def _names(requirements: list[str]) -> set[str]:
    return {re.match(r"[\w.-]+", requirement)[0] for requirement in requirements}


def _asked() -> dict[str, set[str]]:
    """Names by section; what is wanted in several is told in the first."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    run = _names(project["dependencies"])
    optional = _names([one for name, listed in extras.items() if name != "dev" for one in listed])
    browser = set(json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"])
    development = _names(extras["dev"])
    return {
        "Run time": run,
        "Extras": optional - run,
        "Development": development - run - optional,
        "In the browser": browser,
    }


SECTIONS = ("Run time", "Extras", "Development", "In the browser")


@pytest.mark.parametrize("section", SECTIONS)
def test_each_direct_dependency_is_told_once_and_no_other(section: str) -> None:
    told = [row[0] for row in _told(section)]
    assert sorted(told) == sorted(_asked()[section])


@pytest.mark.parametrize("section", SECTIONS)
def test_each_is_told_with_its_licence_its_use_and_what_would_replace_it(section: str) -> None:
    for row in _told(section):
        assert len(row) == CELLS, row
        assert all(row), row


def test_what_is_installed_beside_is_told_too() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    for name in ("requirements-ftm.in", "requirements-build.in", "requirements-uv.in"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        for package in _names([line for line in lines if line and not line.startswith("#")]):
            assert f"`{package}`" in text or f"| {package} |" in text


def _pinned(lock: str) -> set[str]:
    return set(re.findall(r"^[\w.-]+==\S+", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))


def test_the_lock_of_the_tests_holds_what_runs() -> None:
    """So `make test` installs it alone."""
    assert _pinned("requirements.lock") <= _pinned("requirements-dev.lock")
