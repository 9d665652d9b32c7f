"""Dates of acts, few or many."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import ledger


def select(query: str) -> list[dict[str, str]]:
    """A store of 50 acts, told to the query of acts alone."""
    if "?title" not in query:
        return []
    return [{"act": f"http://x/id/deliberation/{n}", "date": f"2024-01-{n % 28 + 1:02}"} for n in range(50)]


@pytest.mark.parametrize("many", [10, 1_000])
def test_few_or_many_acts_have_the_same_dates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr("graph.ledger.reading._MANY", many)
    ledger.write(tmp_path / ledger.FILE, select)
    wanted = {f"http://x/id/deliberation/{n}" for n in range(30, 70)}
    found = ledger.Ledger(tmp_path / ledger.FILE).dates(wanted)
    assert len(found) == 20
    assert found["http://x/id/deliberation/30"] == "2024-01-03"
