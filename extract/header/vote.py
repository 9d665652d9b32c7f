"""The scrutin: its figures, its outcome and the voters whom the act names.

A cell left blank, or filled with "/" or "-", is None and never zero. Procurations are inside the other figures.
"""

from __future__ import annotations

import re

from extract.facts import Evidence, PersonName, SessionFacts, VoteFacts, VoteOutcome
from extract.finder import finder, finders
from extract.header.ballot import around, find_ballot
from extract.header.numbers import read_number
from extract.header.roster import PageOf
from extract.header.voters import named_voters
from extract.segment.layout import ActLayout, Span
from extract.segment.lines import folded


def read_vote(text: str, layout: ActLayout, session: SessionFacts, page_of: PageOf) -> VoteFacts | None:
    """The vote of an act, None where the act tells nothing of it.

    ``unanimous`` is True only where the formula of the decision or the scrutin says so, False only where it says
    "à la majorité". Names are completed from the roster of ``session`` where they are a family name alone.
    """
    source = folded(text)
    ballot = None if _is_grid(source, layout.vote) else find_ballot(source, layout)
    told = _told(layout, ballot)
    figures = _figures(source, ballot or layout.vote or layout.intro)
    unanimous = _unanimous(source, [ballot] if ballot and _tells(source, ballot) else told, figures)
    voters = named_voters(text, source, layout, session, around(source, layout, ballot) if ballot else None)
    outcome = _outcome(source, layout, told, figures, unanimous)
    if layout.vote is None and not figures and unanimous is None and not voters and outcome is None:
        return None
    spans = _distinct(
        [*([ballot or layout.vote] if ballot or layout.vote else told[:1]), *(s for _, s in voters.values())]
    )
    names: dict[str, tuple[PersonName, ...]] = {field: people for field, (people, _) in voters.items()}
    return VoteFacts.model_validate(
        {
            **_counted(names),
            **figures,
            **names,
            "unanimous": unanimous,
            "outcome": outcome,
            "evidence": tuple(Evidence(start=s.start, end=s.end, page=page_of(s.start)) for s in spans if s),
        }
    )


def _counted(names: dict[str, tuple[PersonName, ...]]) -> dict[str, int]:
    """Those who took no part, where the act names them one by one and prints no figure."""
    return {"not_voting": len(names["not_voting_by"])} if names.get("not_voting_by") else {}


def _is_grid(source: str, span: Span | None) -> bool:
    return span is not None and finder("vote", "words.scrutin").search(source, *span) is not None


def _tells(source: str, span: Span) -> bool:
    """Whether a passage says by what majority, in words."""
    return any(finder("vote", f"words.{name}").search(source, *span) for name in ("unanimous", "majority"))


def _told(layout: ActLayout, ballot: Span | None) -> list[Span]:
    """Where the vote is told: its passage, the scrutin or its sentence, and the formula of the decision."""
    return [span for span in (ballot, layout.vote, layout.intro) if span is not None]


def _distinct(spans: list[Span]) -> list[Span]:
    """Spans that no earlier one holds."""
    kept: list[Span] = []
    for span in spans:
        if not any(other.start <= span.start and span.end <= other.end for other in kept):
            kept.append(span)
    return kept


def _figures(source: str, span: Span | None) -> dict[str, int]:
    """The figures of the scrutin; a grid ("POUR : 38") wins over prose ("38 voix pour")."""
    if span is None:
        return {}
    grid = _read(source, span, "grid")
    if _is_grid(source, span) or (grid and finder("vote", "words.grid").search(source, span.start, span.end)):
        return grid
    label = finder("vote", "words.label").search(source, span.start, span.end)
    prefixed = label and finder("vote", "words.figured").search(source, span.start, label.start())
    bare = {} if prefixed else _read(source, span, "bare")
    return bare or _read(source, span, "prose") | grid


def _read(source: str, span: Span, forms: str) -> dict[str, int]:
    """The first figure of each kind; a label without one ("CONTRE : /") tells none."""
    found: dict[str, int] = {}
    for name, form in finders("vote", forms):
        figures = (_figure(match) for match in form.finditer(source, span.start, span.end))
        value = next((figure for figure in figures if figure is not None), None)
        if value is not None:
            found[name] = value
    return found


def _figure(found: re.Match[str]) -> int | None:
    groups = found.groupdict()
    written = groups.get("figure") or groups.get("after") or groups.get("all")
    return read_number(written) if written else None


def _unanimous(source: str, told: list[Span], figures: dict[str, int]) -> bool | None:
    """As the act says in words; never where it counts votes against."""
    majority, unanimous = finder("vote", "words.majority"), finder("vote", "words.unanimous")
    if not figures.get("votes_against") and any(unanimous.search(source, *span) for span in told):
        return True
    return False if any(majority.search(source, *span) for span in told) else None


def _outcome(
    source: str, layout: ActLayout, told: list[Span], figures: dict[str, int], unanimous: bool | None
) -> VoteOutcome | None:
    """What came of it: as the sentence of the vote says, else as the figures and the decisions show."""
    if layout.vote is not None:
        for name, form in finders("vote", "outcome"):
            if form.search(source, *layout.vote):
                return _OUTCOMES[name]
    if figures.get("votes_against", 0) > figures.get("votes_for", 0):
        return "rejected"
    if layout.decisions and all(_notes(source, d.start, d.end) for d in layout.decisions):
        return "noted"
    adopted = unanimous or "votes_for" in figures or bool(layout.decisions)
    return "adopted" if told and adopted else None


def _notes(source: str, start: int, end: int) -> bool:
    """Whether a decided point only takes note."""
    return finder("vote", "outcome.noted").search(source, start, min(end, start + 40)) is not None


_OUTCOMES: dict[str, VoteOutcome] = {
    "rejected": "rejected",
    "postponed": "postponed",
    "noted": "noted",
    "adopted": "adopted",
}
