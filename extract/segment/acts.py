"""How many acts a text holds, and where each begins.

An act begins at the formula of the register, or, under one header (procès-verbal), at an OBJET that follows a
decision. A formula repeated at the head of a page, with no new séance, roster or objet, begins nothing.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from typing import NamedTuple

from extract.patterns import named, pattern
from extract.segment.layout import Span
from extract.segment.lines import is_capitals
from extract.segment.pointed import Heading, read_point
from extract.segment.points import find_points
from extract.segment.title import read_heading
from extract.text import key

_SIGNS = ("start", "start_capitals", "seance", "present", "absent")
#: How many kinds of sign make a text an act.
_ENOUGH = 2
#: A heading stands within this many characters of the top.
_HEAD = 2_500
#: Theme and title stand within this many characters of their OBJET.
_LONGEST_OBJET = 2_000


class Extent(NamedTuple):
    """One act: its extent, where its header begins, and its OBJET mark (None where there is none).

    A point of minutes has its heading in ``point``; ``header_end`` is then where the first of them stands.
    """

    whole: Span
    header_start: int
    objet: Span | None
    point: Heading | None = None
    header_end: int | None = None


def _searches(name: str, source: str, span: Span) -> bool:
    return pattern("segment", name).search(source, span.start, span.end) is not None


def _is_act(source: str, span: Span) -> bool:
    """Whether the span shows enough kinds of sign of a deliberation: header, séance, roster, decision, scrutin.

    Decisions told in few words ("à l'unanimité") prove nothing alone: newspapers write them too; they count below a
    heading or a roster.
    """
    header = any(_searches(name, source, span) for name in ("start", "start_capitals"))
    roster = any(_searches(name, source, span) for name in ("present", "absent"))
    others = [found.search(source, span.start, span.end) is not None for _, found in named("segment", "signs")]
    signs = sum([header, roster, _searches("seance", source, span), *others])
    headed = _searches("headed", source, Span(span.start, min(span.end, span.start + _HEAD)))
    if signs < _ENOUGH and (headed or header or roster):
        signs += (headed and not header) + _searches("decided_surely", source, span)
    return signs >= _ENOUGH


def _formula_lines(text: str, source: str) -> list[int]:
    """Offsets of the lines that may open an act, with the letterhead just above them."""
    starts = {found.start() for found in pattern("segment", "start").finditer(source)}
    for found in pattern("segment", "start_capitals").finditer(source):
        stop = source.find("\n", found.start())
        if is_capitals(text[found.start() : len(text) if stop < 0 else stop]):
            starts.add(found.start())
    return [_with_letterhead(source, at) for at in sorted(starts)]


def _with_letterhead(source: str, at: int) -> int:
    above = pattern("segment", "above")
    while at > 0:
        head = source.rfind("\n", 0, at - 1) + 1
        if not above.match(source, head, at - 1):
            break
        at = head
    return at


def _objets(source: str, span: Span) -> list[Span]:
    return [Span(m.start(), m.end()) for m in pattern("segment", "objet").finditer(source, span.start, span.end)]


def _objet_key(text: str, source: str, mark: Span, end: int) -> str:
    """What an OBJET says, in the form in which two are compared."""
    stop = min(end, mark.end + _LONGEST_OBJET)
    heading = read_heading(text, source, mark.end, stop)
    title = heading.title or heading.theme
    return key(text[title.start : title.end]) if title else ""


def _objet_keys(text: str, source: str, span: Span) -> set[str]:
    return {_objet_key(text, source, mark, span.end) for mark in _objets(source, span)}


def _seances(source: str, span: Span) -> set[str]:
    return {key(m.group()) for m in pattern("segment", "seance").finditer(source, span.start, span.end)}


def _decision_marks(source: str, span: Span) -> list[int]:
    """Where the span shows that an act has come to its decision: "après en avoir délibéré", a scrutin."""
    forms = [form for name, form in named("segment", "signs") if name != "council"]
    return sorted(found.start() for form in forms for found in form.finditer(source, span.start, span.end))


def _continues(text: str, source: str, act: Span, block: Span) -> bool:
    """Whether a block that begins with the formula still belongs to the act before it."""
    if not (_objets(source, act) or _decision_marks(source, act)):
        return True
    if _searches("present", source, block):
        return False
    new_date = bool(_seances(source, block) - _seances(source, act))
    return not new_date and _objet_keys(text, source, block) <= _objet_keys(text, source, act)


def _blocks(text: str, source: str) -> list[Span]:
    """The text cut at each formula that begins a new act; what stands before the first goes with it."""
    starts = [0, *_formula_lines(text, source)[1:]]
    merged: list[Span] = []
    for index, start in enumerate(starts):
        block = Span(start, starts[index + 1] if index + 1 < len(starts) else len(source))
        if merged and _continues(text, source, merged[-1], block):
            merged[-1] = Span(merged[-1].start, block.end)
        else:
            merged.append(block)
    return merged


def _by_objet(text: str, source: str, block: Span) -> list[Extent]:
    """One block cut at each OBJET that follows a decision under the same header."""
    marks = _objets(source, block)
    if not marks:
        return [Extent(block, block.start, None)]
    kept = [marks[0]]
    last = _objet_key(text, source, marks[0], block.end)
    decided = _decision_marks(source, block)
    for mark in marks[1:]:
        if bisect(decided, kept[-1].end) == bisect(decided, mark.start):
            continue
        said = _objet_key(text, source, mark, block.end)
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
    for block in _blocks(text, source):
        if _is_act(source, block):
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
