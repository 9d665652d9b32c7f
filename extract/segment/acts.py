"""How many acts a text holds, and where each begins: the blocks of :mod:`extract.segment.blocks`, cut at their points.

Under one header, an act begins at an OBJET that follows a decision, or at a point of minutes.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from typing import NamedTuple

from extract.finder import finders
from extract.segment.blocks import blocks, objet_key, objets, searches
from extract.segment.layout import Span
from extract.segment.pointed import Heading, read_point
from extract.segment.points import find_points
from extract.segment.rosters import find_rosters, tells_present

#: How many kinds of sign make a text an act.
_ENOUGH = 2
#: The signs that stand in a header, and show no decision.
_HEADERS = ("council", "secretary")
#: A heading stands within this many characters of the top.
_HEAD = 2_500
#: So many names make a list of those present; signs and lines part them.
_NAMES, _PARTED = 3, re.compile(r"[,;\n](?=\s*\S)|\s[-–—]\s")


class Extent(NamedTuple):
    """One act: its extent, where its header begins, and its OBJET mark (None where there is none).

    A point of minutes has its heading in ``point``; ``header_end`` is then where the first of them stands.
    """

    whole: Span
    header_start: int
    objet: Span | None
    point: Heading | None = None
    header_end: int | None = None


def _is_act(text: str, source: str, span: Span) -> bool:
    """Whether the span shows enough kinds of sign of a deliberation: header, séance, roster, decision, scrutin.

    Decisions told in few words ("à l'unanimité") prove nothing alone: newspapers write them too; they count below a
    heading or a roster. The head of an excerpt has neither decision nor scrutin: there a public body that sat on a
    day, with a list of those present, is enough.
    """
    header = any(searches(name, source, span) for name in ("start", "start_capitals"))
    roster = any(searches(name, source, span) for name in ("present", "absent"))
    signs = header + roster + searches("seance", source, span)
    for _, found in finders("segment", "signs"):
        if signs >= _ENOUGH:
            return True
        signs += found.search(source, span.start, span.end) is not None
    headed = searches("headed", source, Span(span.start, min(span.end, span.start + _HEAD)))
    if signs < _ENOUGH and (headed or header or roster):
        signs += (headed and not header) + searches("decided_surely", source, span)
    return signs >= _ENOUGH or _is_head(text, source, span)


def _is_head(text: str, source: str, span: Span) -> bool:
    """Whether a stretch tells that a public body sat on a day, and who was there: three names at least."""
    top = Span(span.start, min(span.end, span.start + _HEAD))
    if not (searches("sat", source, top)):
        return False
    present = [roster for roster in find_rosters(text, source, span) if tells_present(roster.kind)]
    commas = max((len(_PARTED.findall(text, *roster.listed)) for roster in present), default=0)
    return commas >= _NAMES - 1


def _decision_marks(source: str, span: Span) -> list[int]:
    """Where the span shows that an act has come to its decision: "après en avoir délibéré", a scrutin."""
    forms = [form for name, form in finders("segment", "signs") if name not in _HEADERS]
    return sorted(found.start() for form in forms for found in form.finditer(source, span.start, span.end))


def _by_objet(text: str, source: str, block: Span) -> list[Extent]:
    """One block cut at each OBJET that follows a decision under the same header."""
    marks = objets(source, block)
    if len(marks) < 2:
        return [Extent(block, block.start, next(iter(marks), None))]
    kept = [marks[0]]
    last = objet_key(text, source, marks[0], block.end)
    decided = _decision_marks(source, block)
    for mark in marks[1:]:
        if bisect(decided, kept[-1].end) == bisect(decided, mark.start):
            continue
        said = objet_key(text, source, mark, block.end)
        if said != last:
            kept.append(mark)
            last = said
    extents = []
    for index, mark in enumerate(kept):
        start = block.start if index == 0 else mark.start
        end = kept[index + 1].start if index + 1 < len(kept) else block.end
        extents.append(Extent(Span(start, end), block.start, mark))
    return extents


def extents(text: str, source: str) -> list[Extent]:
    """The acts of a text (``source`` is its folded form), none if it shows fewer than two kinds of sign."""
    acts: list[Extent] = []
    for block in blocks(text, source):
        if _is_act(text, source, block):
            single = _by_objet(text, source, block)
            several = list(_by_points(text, source, block))
            acts += several if len(several) > 1 and len(several) >= len(single) else single
    return acts


def _by_points(text: str, source: str, block: Span) -> Iterator[Extent]:
    """One block of minutes cut at its points. Ordinals number the acts where nothing else does."""
    points = find_points(text, source, block)
    if points is None:
        return
    headings = [read_point(text, source, points.family, mark, stop) for mark, stop in points.sections]
    numbered = any(heading.number for heading in headings)
    for (mark, stop), heading in zip(points.sections, headings, strict=True):
        told = heading if numbered else heading._replace(number=heading.ordinal)
        yield Extent(Span(mark.start, stop), block.start, None, told, points.start)
