"""Memory that a store took to be filled goes back to the system."""

from __future__ import annotations

import platform

import pytest

from graph.release import heap


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be told so")
def test_glibc_is_told_to_give_back_large_pieces() -> None:
    assert heap.lean()


def test_another_c_library_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heap.ctypes, "CDLL", lambda _: object())
    assert not heap.lean.__wrapped__()
