"""What the template of a portrait shows: facts in a word, tables cut into pages, money by year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, TypeVar

from pyoxigraph import NamedNode

from service import labels
from service.language import Language, speaker
from service.pages import links, tables
from service.pages.entity.graph import Facts
from service.pages.money import Money

#: Rows of a table a page.
ROWS: Final = 20
T = TypeVar("T")


@dataclass(frozen=True)
class Cell:
    """One cell: text as shown, where it leads, its kind (a CSS class), the length of its bar in hundredths."""

    text: str
    href: str | None = None
    kind: str = "text"
    bar: float | None = None


@dataclass(frozen=True)
class Block:
    """A table under a heading. ``key`` is its anchor and the parameter of its page."""

    key: str
    title: str
    headings: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Cell, ...], ...]
    count: int
    number: int = 1
    pages: int = 1
    note: str = ""
    total: tuple[Cell, ...] = ()
    whole: bool = False
    """Whether it is a summary, never cut, whose rows are not worth counting."""


@dataclass(frozen=True)
class Portrait:
    """All that is told of an entity, in order."""

    facts: tuple[tuple[str, tuple[Cell, ...]], ...]
    blocks: tuple[Block, ...]
    title: str = ""
    """What to call it where its own name says too little: that of a séance is its date."""
    quoted: bool = False
    """Whether the sentences that say it are part of it."""


@dataclass
class Desk:
    """What the makers of blocks share: the facts, the reader's language, what the address asks.

    ``count`` asks the store how many resources have a node for a property.
    """

    facts: Facts
    base: str
    language: Language
    asked: Mapping[str, str]
    money: Money
    count: Callable[[NamedNode, NamedNode], int]
    blocks: list[Block] = field(default_factory=list)
    lines: list[tuple[str, tuple[Cell, ...]]] = field(default_factory=list)
    title: str = ""
    quoted: bool = False

    def days(self, acts: Iterable[NamedNode]) -> dict[str, str]:
        """The dates (ISO) of acts by their IRIs; one that has none is absent."""
        return self.money.ledger.dates({act.value for act in acts})

    def say(self, key: str) -> str:
        """A text of texts-entity.toml in the reader's language."""
        return speaker(self.language)(f"entity-{key}")

    def name(self, node: NamedNode) -> str:
        """What to call a resource."""
        found = labels.of_resource(self.facts.store, node, self.language)
        return found or links.fallback_label(node.value, self.language)

    def link(self, node: NamedNode | None, text: str = "", kind: str = "text") -> Cell:
        """A resource and its page; "not named" for None."""
        if node is None:
            return Cell(self.say("unnamed"), None, "unknown")
        if "/person/private-" in node.value:
            return Cell(self.name(node), None, kind)
        return Cell(text or self.name(node), labels.local_path(node.value, self.base) or node.value, kind)

    def figure(self, kind: str, value: Decimal | int | str | None, bar: float | None = None) -> Cell:
        """A number as its reader writes it (kinds of :mod:`service.pages.tables`); empty for None."""
        text = "" if value is None or value == "" else tables.shown(kind, str(value), self.language)
        return Cell(text, None, kind, bar)

    def term(self, iri: str) -> str:
        """A value of the vocabulary in the reader's language."""
        return labels.of_term(iri, self.language)

    def told(self, key: str, *cells: Cell) -> None:
        """A line of the list of facts, left out where it has no value."""
        if kept := tuple(cell for cell in cells if cell.text):
            self.lines.append((self.say(key), kept))

    def table(
        self,
        key: str,
        headings: Sequence[tuple[str, str]],
        found: Sequence[T],
        row: Callable[[T], Iterable[Cell]],
        *,
        note: str = "",
        total: Iterable[Cell] = (),
        whole: bool = False,
    ) -> None:
        """A table of ``found``, cut at the page that is asked for unless ``whole``; left out where there is nothing.

        ``headings`` are (key of a text, kind). Cells are made for the rows of the page alone; a column that is empty
        there is left out.
        """
        if not found:
            return
        pages = 1 if whole else -(-len(found) // ROWS)
        wanted = self.asked.get(key, "")
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else 1
        number = min(max(number, 1), pages)
        shown = found if whole else found[(number - 1) * ROWS : number * ROWS]
        made = [tuple(row(one)) for one in shown]
        filled = [n for n in range(len(headings)) if any(cells[n].text for cells in made)]
        self.blocks.append(
            Block(
                key=key,
                title=self.say(key),
                headings=tuple((self.say(f"col-{headings[n][0]}"), headings[n][1]) for n in filled),
                rows=tuple(tuple(cells[n] for n in filled) for cells in made),
                count=len(found),
                number=number,
                pages=pages,
                note=note,
                total=tuple(total),
                whole=whole,
            )
        )

    def portrait(self) -> Portrait:
        """What was gathered."""
        return Portrait(tuple(self.lines), tuple(self.blocks), self.title, self.quoted)
