"""Tables of grants: columns, heads and rows as a secretary sets them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from benchmarks.corpus.language import Named

#: What is asked beside what is given.
_BESIDE = ("asked", "before")


@dataclass(frozen=True)
class Row:
    """A line of the table; ``sums`` by column, what is given under ``granted``."""

    who: Named
    object: str
    sums: Mapping[str, int]

    def cell(self, column: str, write: Callable[[int], str]) -> str:
        """What stands in a column."""
        if column == "name":
            return str(self.who)
        return self.object if column == "object" else write(self.sums[column])


@dataclass(frozen=True)
class Table:
    """A table as text, and its rows; ``beside`` are the other sums it tells."""

    text: str
    rows: tuple[Row, ...]
    beside: tuple[int, ...]


def table(
    ways: Mapping[str, Any], rows: Sequence[Row], write: Callable[[int], str], grid: str, year: int, chance: Random
) -> Table:
    """One of the shapes of ``ways`` (``[tables]`` of matters.toml) with these rows, at times with a total."""
    columns = chance.choice(ways["shapes"])
    lines = [[chance.choice(ways[column]).format(year=year, last=year - 1) for column in columns]]
    lines += [[row.cell(column, write) for column in columns] for row in rows]
    beside = [row.sums[column] for row in rows for column in columns if column in _BESIDE]
    if chance.random() < 0.5:
        totals = {c: sum(row.sums[c] for row in rows) for c in columns if c not in ("name", "object")}
        lines.append([write(totals[c]) if c in totals else "" for c in columns])
        lines[-1][0] = chance.choice(ways["total"])
        beside += totals.values()
    return Table(_SET[grid](lines), tuple(rows), tuple(beside))


def _tabs(lines: Sequence[Sequence[str]]) -> str:
    return "\n".join("\t".join(line) for line in lines)


def _pipes(lines: Sequence[Sequence[str]]) -> str:
    told = [f"| {' | '.join(line)} |" for line in lines]
    return "\n".join([told[0], "|" + "---|" * len(lines[0]), *told[1:]])


def _blanks(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) + 3 for column in zip(*lines, strict=True)]
    return "\n".join(
        "".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


_SET = {"tabs": _tabs, "pipes": _pipes, "blanks": _blanks}
