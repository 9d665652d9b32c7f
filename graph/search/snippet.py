"""What of a text is shown in a list of results: the stretch around the words that were looked for."""

from __future__ import annotations

from collections.abc import Sequence

from graph.search.words import Wanted

#: Characters of a text that are shown.
WIDTH = 200
_LEAD = 40


def pieces(text: str, wanted: Wanted, width: int = WIDTH) -> tuple[tuple[str, bool], ...]:
    """The best ``width`` characters of ``text``, in pieces, each with whether it is a word that was looked for."""
    marks = list(wanted.places(text))
    start, end = _window(text, marks, width)
    found: list[tuple[str, bool]] = []
    place = start
    for first, last in marks:
        if start <= first and last <= end:
            found += [(text[place:first], False), (text[first:last], True)]
            place = last
    found.append((text[place:end], False))
    if start > 0:
        found.insert(0, ("… ", False))
    if end < len(text):
        found.append((" …", False))
    return tuple((piece, marked) for piece, marked in found if piece)


def _window(text: str, marks: Sequence[tuple[int, int]], width: int) -> tuple[int, int]:
    """The stretch that holds most marks, the first one at a tie, cut between words where there are any."""
    if len(text) <= width:
        return 0, len(text)
    best, first = 0, 0
    for place, (start, _) in enumerate(marks):
        held = sum(1 for _, end in marks[place : place + width] if end <= start + width - _LEAD)
        if held > best:
            best, first = held, start
    start = max(0, min(first - _LEAD, len(text) - width))
    end = min(len(text), start + width)
    if start and (space := text.find(" ", start, start + _LEAD)) >= 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", max(start + 1, end - _LEAD), end)) > 0:
        end = space
    return start, end
