"""Where an act tells its vote, whatever the layout: not the commission's in the recitals, not that on the minutes."""

from __future__ import annotations

import re

from extract.finder import finder
from extract.patterns import pattern
from extract.segment.layout import ActLayout, Span

#: Marks this near belong to one vote, unless a sentence ends between them; longer with names in parentheses.
_NEAR, _FAR, _REST = 60, 420, 90
#: A vote is told at most so far below the decisions; what follows is annexes.
_BELOW = 1_500
_WEAK_REACH = 60
_SENTENCE = re.compile(r"(?<!\b[mdlr])(?<!\bmm)(?<!\bmme)(?<!\bmmes)[.;](?=\s|$)|\n")
#: The figure of the last label, behind dots or a colon.
_FIGURE = re.compile(r"[ \t.…:=(]*\d{1,3}\)?(?![\w%€])")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


def find_ballot(source: str, layout: ActLayout) -> Span | None:
    """The last passage that tells a vote of the body itself, with figures where one has them."""
    runs = _runs(source, _marks(source, layout))
    telling = [finder("vote", f"mark.{name}") for name in ("strong", "columns")]
    figured = [run for run in runs if any(form.search(source, *run) for form in telling)]
    chosen = (figured or runs)[-1:]
    return _whole(source, chosen[0], layout.whole.end) if chosen else None


def _whole(source: str, run: Span, end: int) -> Span:
    """A run with the rest of its sentence: "Votants 12 - Pour 9 - Contre 0", "à l'unanimité des votants (8 voix)"."""
    figure = _FIGURE.match(source, run.end, end)
    last = min(end, run.end + _REST)
    stop = _SENTENCE.search(source, figure.end() if figure else run.end, last)
    return Span(run.start, stop.start() if stop else last)


def _marks(source: str, layout: ActLayout) -> list[Span]:
    begin = layout.title.end if layout.title and layout.title.end <= layout.whole.end else layout.body.start
    end = min(layout.whole.end, max(layout.tail.start, *(d.end for d in layout.decisions), begin) + _BELOW)
    told = [
        Span(*found.span())
        for name in ("columns", "strong", "word")
        for found in finder("vote", f"mark.{name}").finditer(source, begin, end)
    ]
    weak = [Span(*found.span()) for found in finder("vote", "mark.weak").finditer(source, begin, end)]
    told += [
        mark
        for mark in weak
        if any(
            abs(mark.start - other.end) <= _WEAK_REACH or abs(other.start - mark.end) <= _WEAK_REACH for other in told
        )
    ]
    about_minutes = (
        layout.title is not None and finder("vote", "mark.minutes").search(source, *layout.title) is not None
    )
    return sorted(mark for mark in told if not _elsewhere(source, begin, mark, about_minutes=about_minutes))


def _elsewhere(source: str, begin: int, mark: Span, *, about_minutes: bool) -> bool:
    """Whether a mark tells the vote of another body, or on something else than the act."""
    head = begin
    for stop in _SENTENCE.finditer(source, max(begin, mark.start - _FAR), mark.start):
        head = stop.end()
    end = _SENTENCE.search(source, mark.end)
    line = source[source.rfind("\n", 0, mark.start) + 1 : mark.start]
    if "(" in line and pattern("vote", "mark.row").match(line):
        return True
    minutes = finder("vote", "mark.minutes").search(source, head, end.start() if end else len(source))
    if minutes and not about_minutes:
        return True
    others = list(finder("vote", "mark.elsewhere").finditer(source, head, mark.start))
    return bool(others) and finder("vote", "mark.itself").search(source, others[-1].end(), mark.start) is None


def _runs(source: str, marks: list[Span]) -> list[Span]:
    """Marks put together that tell one vote, each run from its first mark to the end of its sentence."""
    runs: list[Span] = []
    for mark in marks:
        if runs and _one(source, runs[-1].end, mark.start):
            runs[-1] = Span(runs[-1].start, max(runs[-1].end, mark.end))
        else:
            runs.append(mark)
    return runs


def _one(source: str, end: int, start: int) -> bool:
    if start <= end:
        return True
    if start - end > _FAR or _PARAGRAPH.search(source, end, start):
        return False
    between = re.sub(r"\([^()]*\)", "", source[end:start])
    return len(between) <= _NEAR or not _SENTENCE.search(between)


def around(source: str, layout: ActLayout, span: Span) -> Span:
    """A passage with the rest of its paragraph, which names the voters."""
    start = span.start
    for stop in _SENTENCE.finditer(source, max(layout.body.start, span.start - _FAR), span.start):
        start = stop.end()
    start = max(start, span.start - _FAR) if start == span.start else start
    last = min(layout.whole.end, span.end + _FAR)
    below = _PARAGRAPH.search(source, span.end, last)
    return Span(min(start, span.start), below.start() if below else last)
