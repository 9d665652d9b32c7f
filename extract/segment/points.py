"""The points of minutes: procès-verbal, compte rendu, relevé de décisions, liste des délibérations.

Every authority heads its points in one way of its own: an act number, "Point n° 3", "III.", "3 -", "OBJET :", a line in
capitals. :func:`find_points` reads the text in each of these ways and keeps the one under which most headings come to a
decision; lines that stand alone head points where nothing else does. An agenda, which has the headings without the
decisions, is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from extract.finder import finder
from extract.patterns import pattern
from extract.segment.headings import Family, Mark, announced, capitals, numbered_acts, objets, ordinals, symbols, titles
from extract.segment.layout import Span
from extract.segment.lines import is_capitals, lines_of
from extract.segment.numbered import find_number
from extract.text import key

#: So many points that come to a decision make minutes.
_FEWEST = 2
#: The words that tell minutes stand within this many characters of the head.
_HEAD = 3_000
#: Numbers of points may leave out a few; no document has more headings than this.
_WIDEST_STEP, _MOST_MARKS = 3, 800
#: A rubric is shorter than this and counts nothing.
_LONGEST_RUBRIC, _DIGITS = 70, re.compile(r"\d")
#: Numbers may begin again under each rubric: what one such beginning costs, in decisions, below a rubric or not.
_RESTART, _BARE_RESTART = 0.6, 1.1
_LONGEST_AGENDA, _LONGEST_ITEM = 8_000, 250
#: An item of an agenda that comes last has no more than this below it.
_AGENDA_ITEM = 260


class Points(NamedTuple):
    """The headings of the acts of minutes, each with the end of its section; ``start`` is where the first stands."""

    family: Family
    start: int
    sections: tuple[tuple[Mark, int], ...]


def find_points(text: str, source: str, block: Span) -> Points | None:
    """The points of a block, None where it is no minutes."""
    annexed = finder("segment", "annexed").search(source, block.start, block.end)
    block = Span(block.start, annexed.start() if annexed else block.end)
    agenda = _agenda(source, block)
    headed = _headed(agenda, _readings(text, source, block, agenda))
    minutes = _is_minutes(source, block)
    if not headed and not minutes:
        return None
    told = finder("segment", "decided" if minutes else "decided_surely").finditer(source, block.start, block.end)
    decided = sorted({match.start() for match in told if not _appoints(source, match.start())})
    best = _best(text, source, block, headed, decided)
    if best is None and minutes:
        apart = titles(text, source, lines_of(source, block.start, block.end), apart=True)
        best = _best(text, source, block, _headed(agenda, [(Family.TITLE, list(apart))]), decided)
    if best and _rubrics(source, block, best):
        return None
    return best and best._replace(sections=(*_before(text, source, block, best, decided), *best.sections))


def _headed(agenda: Span | None, readings: Iterable[tuple[Family, list[Mark]]]) -> list[tuple[Family, list[Mark]]]:
    """The headings of each reading outside the agenda, where there are several."""
    found: list[tuple[Family, list[Mark]]] = []
    for family, every in readings:
        marks = [mark for mark in every if not (agenda and agenda.start <= mark.start < agenda.end)]
        found += [(family, marks)] if len(marks) >= _FEWEST else []
    return found


def _best(
    text: str, source: str, block: Span, headed: list[tuple[Family, list[Mark]]], decided: list[int]
) -> Points | None:
    """The reading under which most headings come to a decision, several of them."""
    best: Points | None = None
    most = _FEWEST - 1
    surely = not _is_minutes(source, block)
    for family, marks in headed:
        if len(marks) <= most:
            continue
        kept = _chain(text, source, marks, block.end, decided) if family.ordinal else _once(text, marks, block.end)
        if len(kept) <= most or (family.ordinal and surely and _recited(source, block, kept[0])):
            continue
        sections = tuple(_sections(text, source, kept, block.end, decided))
        if len(sections) > most:
            best, most = Points(family, kept[0].start, sections), len(sections)
    return best


def _rubrics(source: str, block: Span, points: Points) -> bool:
    """Whether headings are rubrics of one act: what all of them come to stands below the last, once."""
    numbered = points.family is Family.NUMBER  # of files: "2024-141 | Dette de loyer | 412,60 €"
    if not (points.family.ordinal or numbered) or _is_minutes(source, block):
        return False
    told = [found.start() for found in finder("segment", "deliberated").finditer(source, *block)]
    last = points.sections[-1][0].end
    if not told:
        return not numbered and _cited_below(source, block, last)
    head = Span(block.start, points.start)
    return (
        len(told) == 1
        and told[0] > last
        and (_titled(source, head) or (not numbered and find_number(source, head) is not None))
    )


def _titled(source: str, head: Span) -> bool:
    """Whether one title, "OBJET : …", stands above the first heading: what is numbered below it are its parts."""
    return len(list(objets(source, head))) == 1


def _cited_below(source: str, block: Span, last: int) -> bool:
    """Whether recitals and the first article of the one act stand below its last rubric, and nowhere above."""
    recital = finder("segment", "recital").search(source, *block)
    articles = [match.start() for match in finder("segment", "first_article").finditer(source, *block)]
    return recital is not None and recital.start() >= last and len(articles) == 1 and articles[0] >= last


def _recited(source: str, block: Span, first: Mark) -> bool:
    """Whether recitals stand above the first of several headings: "I. Aides aux comités" heads a part of one act."""
    return finder("segment", "recital").search(source, block.start, first.start) is not None


def _appoints(source: str, at: int) -> bool:
    """Whether a decision is that on the secretary of the séance: it stands in the head, below no point."""
    stop = source.find("\n", at)
    line = source[source.rfind("\n", 0, at) + 1 : stop if stop >= 0 else len(source)]
    return len(line) < _LONGEST_ITEM and pattern("segment", "appointing").search(line) is not None


def _agenda(source: str, block: Span) -> Span | None:
    """The agenda: from its heading to the empty line after its items, or to "Questions diverses"."""
    found = finder("segment", "agenda").search(source, block.start, block.end)
    if found is None:
        return None
    end = found.end()
    for line in lines_of(source, found.end(), min(block.end, found.end() + _LONGEST_AGENDA)):
        if line.blank and source[found.end() : line.start].strip():
            break
        if len(line.text) > _LONGEST_ITEM or pattern("segment", "decided_surely").search(line.text):
            break
        end = line.end
        if pattern("segment", "aside").search(line.text):
            break
    return Span(found.start(), end)


def _once(text: str, marks: list[Mark], end: int) -> list[Mark]:
    """Headings that are told twice: an item of an agenda goes, and so does a number that heads a page again."""
    kept: list[Mark] = []
    stops = [*(mark.start for mark in marks[1:]), end]
    names = [key(text[m.number.start : m.number.end]) if m.number else key(text[m.title : m.end]) for m in marks]
    for at, mark in enumerate(marks):
        short = stops[at] - mark.end < _AGENDA_ITEM
        if short and names[at] in names[at + 1 :]:
            continue
        kept.append(mark)
    return kept


def _before(text: str, source: str, block: Span, points: Points, decided: list[int]) -> Iterator[tuple[Mark, int]]:
    """The approval of the last minutes, which may have a heading of its own before the first point."""
    lines = lines_of(source, block.start, points.start)
    for mark in capitals(text, source, lines) if points.family is not Family.CAPITALS else ():
        if pattern("headings", "approval").match(source, mark.title) and _has(decided, mark.end, points.start):
            yield mark, points.start
            return


def _is_minutes(source: str, block: Span) -> bool:
    return finder("segment", "minutes").search(source, block.start, min(block.end, block.start + _HEAD)) is not None


def _readings(text: str, source: str, block: Span, agenda: Span | None) -> Iterator[tuple[Family, list[Mark]]]:
    lines = lines_of(source, block.start, block.end)
    by_shape: Callable[[Mark], str] = lambda mark: mark.shape  # noqa: E731
    for _, same in groupby(sorted(numbered_acts(text, lines), key=by_shape), key=by_shape):
        yield Family.NUMBER, list(same)
    yield Family.POINT, list(ordinals(Family.POINT, text, lines))
    counted = [line for line in lines if pattern("headings", "ordinal.counted").match(line.text)]
    for family in (Family.ROMAN, Family.ARABIC, Family.DECIMAL):
        yield family, list(ordinals(family, text, counted))
    yield Family.OBJET, list(objets(source, block))
    yield Family.CAPITALS, list(capitals(text, source, lines))
    if _is_minutes(source, block):
        yield Family.SYMBOL, list(symbols(text, lines))
        yield Family.TITLE, list(titles(text, source, lines))
    if agenda:
        below = lines_of(source, agenda.end, block.end)
        yield Family.AGENDA, list(announced(text, below, lines_of(source, agenda.start, agenda.end)[1:]))


def _sections(text: str, source: str, marks: list[Mark], end: int, decided: list[int]) -> Iterator[tuple[Mark, int]]:
    """The headings that come to a decision, with the ends of their sections ("Questions diverses", an annex)."""
    for index, mark in enumerate(marks):
        stop = marks[index + 1].start if index + 1 < len(marks) else end
        if pattern("segment", "aside").match(source, mark.title):
            yield from _asides(text, source, mark.end, stop)
            continue
        if not _decides(source, decided, mark, stop):
            continue
        found = finder("segment", "closing").search(source, mark.end, stop)
        if found and _decides(source, decided, mark, found.start()):
            stop = found.start()
        yield mark, _without_next(text, source, mark.end, stop)


def _asides(text: str, source: str, start: int, end: int) -> Iterator[tuple[Mark, int]]:
    """Of the sundry questions, "6.3 …", those that are put to the vote."""
    marks = list(ordinals(Family.DECIMAL, text, lines_of(source, start, end)))
    for mark, stop in zip(marks, [*(m.start for m in marks), end][1:], strict=True):
        if pattern("segment", "put_to_vote").search(source, mark.end, stop):
            yield mark, _without_next(text, source, mark.end, stop)


def _without_next(text: str, source: str, start: int, stop: int) -> int:
    """The end of a section without what heads the next: a rubric in capitals, members who come and go."""
    for line in reversed(lines_of(source, start, stop)):
        written = text[line.start : line.end].strip()
        rubric = len(written) < _LONGEST_RUBRIC and is_capitals(written) and not _DIGITS.search(written)
        told = pattern("segment", "decided").search(line.text) is not None
        if not line.blank and (told or not (rubric or pattern("decisions", "movement").match(line.text))):
            break
        stop = line.start
    return max(start, stop)


def _restart(text: str, mark: Mark) -> float:
    above = text[max(0, mark.start - _LONGEST_RUBRIC) : mark.start].rstrip(" \t\n*_")
    return _RESTART if is_capitals(above[above.rfind("\n") + 1 :]) else _BARE_RESTART


def _chain(text: str, source: str, marks: list[Mark], end: int, decided: list[int]) -> list[Mark]:
    """Of the chains of growing numbers, the one with most decisions; items of an agenda are left out first."""
    stops = [*(mark.start for mark in marks[1:]), end]
    items = [
        mark
        for mark, after in zip(marks, stops[: len(marks)], strict=True)
        if after - mark.end >= _AGENDA_ITEM or _decides(source, decided, mark, after)
    ][:_MOST_MARKS]
    best: list[float] = []
    links: list[int] = []
    for at, mark in enumerate(items):
        score, link = 0.0, -1
        for before in range(at):
            step = mark.value - items[before].value
            if 1 <= step <= _WIDEST_STEP or mark.value == 1:
                price = 0.1 * (step - 1) if step > 0 else _restart(text, mark)
                told = best[before] + _decides(source, decided, items[before], mark.start) - price
                if told >= score:
                    score, link = told, before
        best.append(score)
        links.append(link)
    if not items:
        return []
    last = max(range(len(items)), key=lambda at: (best[at] + _decides(source, decided, items[at], end), at))
    chain: list[Mark] = []
    while last >= 0:
        chain.insert(0, items[last])
        last = links[last]
    return chain


def _decides(source: str, decided: list[int], mark: Mark, end: int) -> bool:
    """Whether a section comes to a decision, below its heading or in the cell beside it."""
    if _has(decided, mark.end, end):
        return True
    told = (pattern("headings", "part.vote"), pattern("segment", "decided_surely"))
    return any(form.search(source, mark.title, mark.end) for form in told)


def _has(places: list[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end
