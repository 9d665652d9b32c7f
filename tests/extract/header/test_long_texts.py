"""Texts made to be slow: reading stays linear in their length."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from extract.header import read_session
from extract.header.citations import read_citations
from extract.header.vote import read_vote
from extract.segment import segment

#: Of processor, whatever else the machine does: a quadratic reader needs minutes.
SECONDS = 6.0
LENGTH = 40_000


@pytest.mark.parametrize(
    "piece",
    ["article 1, ", "code de la ville ", "délibération ", "loi pour la ", "le conseil ", "Monsieur ", "\t",
     "OBJET : x\n", "Madame X pouvoir à Monsieur Y ", "\n- d'approuver", "nombre de ", "\n", " ", "-", "1"],
)  # fmt: skip
def test_a_piece_repeated_thousands_of_times(act: Callable[..., str], piece: str) -> None:
    run = piece * (LENGTH // len(piece))
    text = act(present=run[: LENGTH // 2], exposé=run[LENGTH // 2 :])
    began = time.process_time()
    for layout in segment(text)[:3]:
        session = read_session(text, layout, lambda _offset: None)
        read_vote(text, layout, session, lambda _offset: None)
        read_citations(text, layout.whole.start, layout.whole.end, lambda _offset: None)
    assert time.process_time() - began < SECONDS
