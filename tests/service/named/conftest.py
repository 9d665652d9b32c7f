"""The service over the three made-up acts of tests/queries/register."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import Settings
from tests.service.conftest import publish

REGISTER = Path(__file__).parents[2] / "queries" / "register" / "register.trig"


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of that service."""
    data = publish(tmp_path_factory.mktemp("named"), "r1", REGISTER.read_bytes())
    with TestClient(create_app(Settings(data=data)), follow_redirects=False) as client:
        yield client
