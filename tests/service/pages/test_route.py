"""A page is made anew where the release that it read of was pruned under it; a fault that stays is no page."""

from __future__ import annotations

import sqlite3

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient

from service.pages.render import PageRoute


def _client(errors: list[Exception]) -> TestClient:
    """A page that meets one of ``errors`` each time it is made, until there are no more."""
    router = APIRouter(route_class=PageRoute)

    def made() -> str:
        if errors:
            raise errors.pop(0)
        return "page"

    router.get("/p")(made)
    router.post("/p")(made)
    app = FastAPI()
    app.include_router(router)
    return TestClient(app)


@pytest.mark.parametrize("error", [sqlite3.OperationalError("unable to open database file"), FileNotFoundError("dump")])
def test_a_release_pruned_under_a_reader_costs_a_second_look(error: Exception) -> None:
    assert _client([error]).get("/p").json() == "page"


def test_what_fails_twice_fails() -> None:
    with pytest.raises(sqlite3.OperationalError):
        _client([sqlite3.OperationalError("x"), sqlite3.OperationalError("x")]).get("/p")


def test_what_changes_something_is_never_done_twice() -> None:
    with pytest.raises(sqlite3.OperationalError):
        _client([sqlite3.OperationalError("x")]).post("/p")
