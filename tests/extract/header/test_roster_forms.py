"""Every roster of ``rosters.toml`` says who was there, who was away, and who held whose proxy."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extract.header import read_session
from extract.segment import segment
from extract.view import view
from tests.extract.header.composed import key

WAYS = tomllib.loads(Path(__file__).with_name("rosters.toml").read_text(encoding="utf-8"))
ACT = """COMMUNE DE MONTCLAIR

DÉLIBÉRATION DU CONSEIL MUNICIPAL
Séance du 16 mars 2023

{roster}

Secrétaire de séance : Mme Carla NOIRAUD

OBJET : Subvention au club de voile

Le maire expose que le club accueille chaque été les enfants des écoles.

Le conseil municipal, après en avoir délibéré, à l'unanimité,

DÉCIDE d'attribuer une subvention de 500 € au club.

Fait et délibéré les jour, mois et an susdits.
"""


@pytest.mark.parametrize("way", WAYS["roster"], ids=lambda way: way["text"][:80])
def test_who_was_there(way: dict[str, Any]) -> None:
    text = view(ACT.format(roster=way["text"])).text
    (act,) = segment(text)
    facts = read_session(text, act, lambda _: None).attendance
    for status in ("present", "absent"):
        assert sorted(key(f.member.written) for f in facts if f.status == status) == sorted(map(key, way[status])), text
    held = [
        (key(f.member.written), f.proxy_holder and key(f.proxy_holder.written))
        for f in facts
        if f.status == "represented"
    ]
    assert sorted(held) == sorted(tuple(map(key, pair.split(" > "))) for pair in way["proxies"]), text
