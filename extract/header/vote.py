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
from extract.patterns import pattern
from extract.segment.layout import ActLayout, Span
from extract.segment.lines import folded
from extract.segment.ruling import withdrawn_at

#: An act that decides more than one point is not put off as a whole.
_FEW = 2
_CELL = re.compile(r"\d{1,3}|/|-")


def read_vote(text: str, layout: ActLayout, session: SessionFacts, page_of: PageOf) -> VoteFacts | None:
    """The vote of an act, None where the act tells nothing of it.

    ``unanimous`` is True only where the formula of the decision or the scrutin says so, False only where it says
    "à la majorité". Names are completed from the roster of ``session`` where they are a family name alone.
    """
    source = folded(text)
    source = _without_empty_boxes(source, layout.vote)
    ballot = None if _is_grid(source, layout.vote) else find_ballot(source, layout)
    told = _told(layout, ballot)
    figures = _figures(source, ballot or layout.vote or layout.intro)
    if not figures and (printed := _above(source, layout)):
        figures, told = _read(source, printed, "grid"), [*told, printed]
    unanimous = _unanimous(source, [ballot] if ballot and _tells(source, ballot) else told, figures)
    voters = named_voters(text, source, layout, session, around(source, layout, ballot) if ballot else None)
    alone = _alone(source, layout)
    outcome = _outcome(source, layout, told, figures, unanimous) if alone is None else alone[0]
    if layout.vote is None and not figures and unanimous is None and not voters and outcome is None:
        return None
    spans = _distinct(
        [
            *([ballot or layout.vote] if ballot or layout.vote else told[:1]),
            *(s for _, s in voters.values()),
            *(alone[1:] if alone else ()),
        ]
    )
    spans = spans or [Span(decision.start, decision.end) for decision in layout.decisions[:1]]
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


def _without_empty_boxes(source: str, span: Span | None) -> str:
    """The text with blanks for what stands behind an empty box of the scrutin: "[X] Unanimité  [ ] Majorité"."""
    if span is None or not (lines := list(finder("vote", "box.line").finditer(source, *span))):
        return source
    for line in lines:
        for box in finder("vote", "box.empty").finditer(source, *line.span()):
            source = source[: box.start()] + " " * (box.end() - box.start()) + source[box.end() :]
    return source


def _counted(names: dict[str, tuple[PersonName, ...]]) -> dict[str, int]:
    """Those who took no part, where the act names them one by one and prints no figure."""
    return {"not_voting": len(names["not_voting_by"])} if names.get("not_voting_by") else {}


def _is_grid(source: str, span: Span | None) -> bool:
    return span is not None and finder("vote", "words.scrutin").search(source, *span) is not None


def _above(source: str, layout: ActLayout) -> Span | None:
    """The line of a scrutin that the head of an act prints among its counts; none of the head of minutes."""
    if layout.header.end <= layout.whole.start:
        return None
    found = finder("vote", "mark.printed").search(source, *layout.header)
    return Span(*found.span()) if found else None


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
    if columns := _columns(source, span):
        return columns
    grid = _read(source, span, "grid")
    if (_is_grid(source, span) and finder("vote", "words.colon").search(source, *span)) or (
        grid and finder("vote", "words.grid").search(source, span.start, span.end)
    ):
        return grid
    label = finder("vote", "words.label").search(source, span.start, span.end)
    prefixed = label and finder("vote", "words.figured").search(source, span.start, label.start())
    if prefixed and _ends_with_figure(source, span):
        prefixed = None
    bare = {} if prefixed else _read(source, span, "bare")
    return bare or _read(source, span, "prose") | grid


def _columns(source: str, span: Span) -> dict[str, int]:
    """The figures of a table, each below its label."""
    found = finder("vote", "mark.columns").search(source, *span)
    if found is None:
        return {}
    labels = [
        each.group() for each in pattern("vote", "words.column").finditer(source, found.start(), found.start("figures"))
    ]
    figures = _CELL.findall(found["figures"])
    if len(labels) != len(figures):
        return {}
    told = [(name, figure) for label, figure in zip(labels, figures, strict=True) for name in _named(label)]
    return {name: int(figure) for name, figure in told if figure.isdigit()}


def _named(label: str) -> list[str]:
    """The field that a label of a column names, none for the votants."""
    return [name for name, form in finders("vote", "columned") if form.search(label)]


def _ends_with_figure(source: str, span: Span) -> bool:
    """Whether a figure follows the last label: labels stand before their figures ("Votants 11 Pour 11 Contre 0")."""
    labels = list(finder("vote", "words.label").finditer(source, *span))
    if not labels or source[: labels[-1].start()].endswith("voix "):  # "9 voix contre 2"
        return False
    return pattern("vote", "words.followed").match(source, labels[-1].end(), span.end) is not None


def _read(source: str, span: Span, forms: str) -> dict[str, int]:
    """The first figure of each kind; a label without one ("CONTRE : /") tells none.

    Where groups are told one after the other and no total before them, the sum of their figures.
    """
    found: dict[str, int] = {}
    for name, form in finders("vote", forms):
        matches = form.finditer(source, span.start, span.end)
        figures = [(match.start(), figure) for match in matches if (figure := _figure(match)) is not None]
        if figures:
            told = sum(figure for _, figure in figures) if _by_group(source, span, figures[0][0]) else figures[0][1]
            found[name] = told
    return found


def _by_group(source: str, span: Span, first: int) -> bool:
    """Whether the votes are those of several groups, the first of them named before its figure."""
    head = source.rfind("\n", 0, span.start) + 1
    groups = [found.start() for found in finder("vote", "words.by_group").finditer(source, head, span.end)]
    return len(groups) > 1 and groups[0] < first


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
    counted = "votes_for" in figures or unanimous is not False  # "à la majorité (2 contre : MM. X et Y)"
    if counted and figures.get("votes_against", 0) > figures.get("votes_for", 0):
        return "rejected"
    if layout.decisions and all(_notes(source, d.start, d.end) for d in layout.decisions):
        return "noted"
    adopted = unanimous or "votes_for" in figures or bool(layout.decisions)
    return "adopted" if told and adopted else None


def _alone(source: str, layout: ActLayout) -> tuple[VoteOutcome, Span] | None:
    """What a sentence of its own says came of the act, and that sentence: it was put off, or only taken note of."""
    body = Span(layout.body.start, max(layout.tail.start, *(d.end for d in layout.decisions), layout.body.end))
    if not layout.decisions and (put_off := withdrawn_at(source, body)) is not None:
        return "postponed", put_off
    if len(layout.decisions) < _FEW:
        for name, form in finders("vote", "alone"):
            if found := form.search(source, layout.intro.start if layout.intro else body.start, body.end):
                return _OUTCOMES[name], Span(*found.span())
    return None


def _notes(source: str, start: int, end: int) -> bool:
    """Whether a decided point only takes note."""
    return finder("vote", "outcome.noted").search(source, start, min(end, start + 40)) is not None


_OUTCOMES: dict[str, VoteOutcome] = {
    "rejected": "rejected",
    "postponed": "postponed",
    "noted": "noted",
    "adopted": "adopted",
}
