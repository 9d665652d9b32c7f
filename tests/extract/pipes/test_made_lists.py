"""Lists composed at random are read back: nothing that the act does not grant, and nearly all of what it does."""

from __future__ import annotations

from pathlib import Path
from random import Random

from rapidfuzz.fuzz import token_set_ratio

from extract.acts import extract_source
from extract.read import read_file
from extract.text import key
from tests.extract.pipes.made_lists import MadeList, made_list

_SEEDS = 150
_ALIKE = 75
_PUBLISHED = 0.65
_LEAST_READ = 0.95


def granted(made: MadeList, path: Path) -> list[tuple[int, tuple[str, ...]]]:
    """The sums awarded with some confidence, each with the names of who receives."""
    path.write_text(made.text, encoding="utf-8")
    found = []
    for act in extract_source(read_file(path)).acts:
        known = {o.id: (o.name, *o.aliases, o.sigle or "") for o in act.organisations}
        found += [
            (int(each.amount or 0), known.get(each.beneficiary or "", ()))
            for each in act.fundings
            if each.status == "awarded" and each.confidence >= _PUBLISHED
        ]
    return found


def test_what_a_list_grants_is_read_and_nothing_else(tmp_path: Path) -> None:
    wrong: list[tuple[int, object]] = []
    missed: list[tuple[int, str]] = []
    told = 0
    for seed in range(_SEEDS):
        made = made_list(Random(seed))
        left = dict(made.grants)
        told += len(left)
        for value, names in granted(made, tmp_path / "acte.txt"):
            meant = [n for n, v in left.items() if v == value]
            named = [n for n in meant if any(token_set_ratio(key(n), key(other)) >= _ALIKE for other in names)]
            if named:
                del left[named[0]]
            else:
                wrong.append((seed, (value, names)))
        missed += [(seed, name) for name in left]
    assert not wrong, wrong
    assert len(missed) <= (1 - _LEAST_READ) * told, missed
