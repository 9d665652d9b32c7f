"""What the short passages grant is read: each file at least as well as when it was last looked at."""

from __future__ import annotations

import pytest

from tests.acts.short_passages import FOLDER, Passage, read, score

#: Precision and recall that each file had, less a little: see README.md, "Short passages".
FLOORS = {
    "prose": (0.91, 0.71),
    "tables": (0.96, 0.86),
    "minutes": (0.98, 0.81),
    "bodies": (0.96, 0.79),
    "mixed": (0.87, 0.75),
}


@pytest.mark.parametrize("name", FLOORS)
def test_passages_are_read_as_well_as_they_were(name: str) -> None:
    tally = score(list(read(FOLDER / f"{name}.txt")))
    floor = FLOORS[name]
    assert tally.precision >= floor[0], tally.lines
    assert tally.recall >= floor[1], tally.lines


def test_every_file_has_its_floor() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(FLOORS)


@pytest.mark.parametrize("name", FLOORS)
def test_gold_names_stand_in_their_passage(name: str) -> None:
    def absent(passage: Passage) -> list[str]:
        told = passage.text.casefold().split()
        return [n for n in passage.names if not set(n.casefold().split()) & set(told) and n not in passage.text]

    assert [(p.number, names) for p in read(FOLDER / f"{name}.txt") if (names := absent(p))] == []
