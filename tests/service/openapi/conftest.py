"""A running service over the three made-up acts, with its texts and its search index."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.settings import Settings
from tests.service.conftest import running
from tests.service.pages.conftest import release

REGISTER = Path(__file__).parents[2] / "queries" / "register"


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of that service; long queries are cut short."""
    data = release(
        tmp_path_factory.mktemp("openapi"), (REGISTER / "register.trig").read_bytes(), sorted(REGISTER.glob("*.json"))
    )
    with running(Settings(data=data, sparql_timeout=5.0, sparql_max_timeout=5.0, sparql_workers=2)) as url:
        yield url
