"""All findings on one act: the one object that the components fill in their order and read from each other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, NoReturn, TypeVar, cast

from spacy.tokens import Doc

from extract.errors import ComponentMissing
from extract.pipes.model import (
    ActContext,
    Action,
    Agreement,
    Amount,
    Definition,
    Found,
    Period,
    Person,
    Programme,
    Sentence,
    Strand,
)
from extract.pipes.money.draft import Draft, GrantTable
from extract.pipes.orgbook import Organisation, OrgBook
from extract.text import fold

T = TypeVar("T")

#: A star that opens an item; any other is Markdown's emphasis.
_STAR = re.compile(r"^([ \t]*)\*(?=[ \t]+[^\s*])", re.MULTILINE)

#: Which component fills each field.
FILLED_BY = {
    "sentences": "delibgraph_sentences",
    "amounts": "delibgraph_amounts",
    "periods": "delibgraph_periods",
    "definitions": "delibgraph_abbreviations",
    "programmes": "delibgraph_programmes",
    "programme_places": "delibgraph_programmes",
    "organisations": "delibgraph_organisations",
    "authority": "delibgraph_organisations",
    "strands": "delibgraph_actions",
    "actions": "delibgraph_actions",
    "agreements": "delibgraph_agreements",
    "people": "delibgraph_people",
    "fundings": "delibgraph_fundings",
    "tables": "delibgraph_fundings",
}


class Reading:
    """What is read of one act. ``text`` is its text, ``folded`` the same, character by character, as patterns see it.

    Every other field is filled by one component (:data:`FILLED_BY`); ``private`` gathers the extents of the names of
    private persons, from whichever component meets them.

    Raises:
        ComponentMissing: on a field whose component has not run, naming the component to add.
    """

    sentences: list[Sentence]
    amounts: list[Found[Amount]]
    periods: list[Found[Period]]
    definitions: list[Definition]
    programmes: list[Programme]
    programme_places: frozenset[int]
    organisations: OrgBook
    authority: Organisation | None
    strands: list[Strand]
    actions: list[Action]
    agreements: list[Agreement]
    people: list[Person]
    fundings: list[Draft]
    tables: list[GrantTable]

    def __init__(self, context: ActContext, text: str) -> None:
        self.context = context
        self.text = text
        # marks of emphasis would stand between a verb and its object
        self.folded = _STAR.sub(r"\1•", fold(text)).replace("*", " ")
        self.private: list[tuple[int, int]] = []
        #: What each sum asks of the whole act, by the question (:func:`once`).
        self.answers: dict[str, object] = {}
        self._starts: list[int] = []

    if not TYPE_CHECKING:  # a type checker knows the fields by their annotations

        def __getattr__(self, name: str) -> NoReturn:
            """A field that no component has filled."""
            if name in FILLED_BY:
                raise ComponentMissing(name, FILLED_BY[name])
            raise AttributeError(f"Reading has no field {name!r}")

    def above(self, index: int) -> list[int]:
        """The sentence above one, none above the first; words that only begin the latter stand for none.

        "Le comité tient la buvette. Pour compenser cette dépense, | le conseil lui attribue 450 €."
        """
        if index and self.text[self.sentences[index - 1].start : self.sentences[index - 1].end].rstrip().endswith(","):
            return list(range(max(0, index - 2), index - 1))
        return [index - 1] if index else []

    def sentence_at(self, position: int) -> int:
        """Index of the sentence that holds a character."""
        if len(self._starts) != len(self.sentences):
            self._starts = [s.start for s in self.sentences]
        return max(0, bisect_right(self._starts, position) - 1)

    def text_of(self, sentence: Sentence) -> str:
        """The folded text of a sentence."""
        return self.folded[sentence.start : sentence.end]


def once(ask: Callable[[Reading], T]) -> Callable[[Reading], T]:
    """A question about amounts and sentences that each sum of an act asks of the whole: answered once an act."""
    name = f"{ask.__module__}.{ask.__qualname__}"

    @wraps(ask)
    def asked(reading: Reading) -> T:
        if name not in reading.answers:
            reading.answers[name] = ask(reading)
        return cast("T", reading.answers[name])

    return asked


def register_extensions() -> None:
    """Declare the custom attributes of ``Doc`` (idempotent)."""
    if not Doc.has_extension("reading"):
        Doc.set_extension("reading", default=None)
