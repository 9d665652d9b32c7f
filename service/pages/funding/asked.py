"""What an address of /funding asks, resolved: the selection, its criteria, the look at it, and how to call things."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from fastapi import Request

from graph.ledger import Criteria, Thing
from service import language as languages
from service.language import Language
from service.pages import ask, money, tables
from service.pages.funding import selection as selections
from service.pages.funding import shown as looks
from service.pages.funding import views
from service.pages.funding.selection import Selection
from service.pages.funding.shown import Shown


@dataclass(frozen=True)
class Asked:
    """One request to /funding, in its language."""

    request: Request
    base: str
    spoken: Language
    shown: Shown
    criteria: Criteria

    @property
    def selection(self) -> Selection:
        """What is selected."""
        return self.shown.selection

    @cached_property
    def say(self) -> Callable[[str], str]:
        """The texts of the page."""
        return languages.speaker(self.spoken)

    @cached_property
    def things(self) -> dict[int, Thing]:
        """Everything that has a name."""
        return money.of(self.request).things

    def name(self, party: int | None, role: str) -> str:
        """How a party is called."""
        if party is None:
            return self.say(f"funding-unnamed-{role}")
        return self.say("funding-others") if party == views.GATHERED else self.things[party].label

    def path(self, party: int | None) -> str | None:
        """How the address tells a party exactly; None where it has no name of its own."""
        return selections.path_of(self.things[party].iri, self.base) if party else None

    def narrowed(self, **parties: int | None) -> str | None:
        """The address of the same look, narrowed to parties (role=id); None where one of them cannot be told."""
        paths = {role: self.path(party) for role, party in parties.items()}
        if not all(paths.values()):
            return None
        return self.shown.href(selection=self.selection.with_(**paths))

    def home(self, party: int) -> str:
        """The page of a party, on this host."""
        path = urlsplit(self.things[party].iri.removeprefix(self.base)).path
        return f"{path}?lang={self.shown.language}" if self.shown.language else path

    def text(self, kind: str, value: object) -> str:
        """A figure as the readers of the language expect it: euros, number, confidence, status, date."""
        return tables.shown(kind, "" if value is None else str(value), self.spoken)

    def euros(self, value: object) -> str:
        """An amount; the cents only where there are some in English as in French."""
        return self.text("euros", value)


def read(request: Request) -> Asked:
    """What the address asks. Raises SelectionError, service.store.NoReleaseError."""
    base = ask.settings(request).base
    selection = selections.read(request.query_params.multi_items(), base)
    known = money.of(request)
    shown = looks.read(request.query_params, selection, base, languages.explicit(request) or "")
    if shown.view == "compare" and len(selection.years) != 2:
        shown = _two_years(shown, known)
    criteria = selections.criteria(shown.selection, known, base)
    return Asked(request, base, languages.of(request), shown, criteria)


def _two_years(shown: Shown, known: money.Money) -> Shown:
    """The comparison wants two years: those of the selection, else the last two of the séances."""
    selection = shown.selection
    there = [
        year
        for year in known.ledger.years(selection.status)
        # years that no séance has reached hold only what was promised for them
        if year <= known.figures.get("last", year)
        if (selection.first or year) <= year <= (selection.last or year)
    ]
    if len(selection.years) == 1:
        chosen = [selection.years[0] - 1, selection.years[0]]
    else:
        chosen = sorted(selection.years[-2:] or there[:2])
    if len(chosen) < 2:
        return shown
    return Shown(**{**vars(shown), "selection": selection.with_(years=tuple(chosen))})
