"""Sentences, list items and table lines, each with the sentence that introduces its list.

Registered as ``delibgraph_sentences``. Administrative French is written in lists: "Dijon métropole s'engage à
cofinancer les actions suivantes :" governs every item below it, so each sentence knows its lead.
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from extract.patterns import pattern
from extract.pipes.model import Sentence
from extract.pipes.reading import Reading
from extract.text import fold

_LINE = re.compile(r"[^\n]+")
_SHORT_ITEM = 160
#: So many breaks between two lines leave one blank.
_BLANK_LINE = 2
#: Lines so long may be full, where a text has so many of them; a text with longer ones was not broken into lines.
_SHORTEST_FULL, _FEWEST_FULL, _WIDEST = 60, 5, 180
#: A line is full from so much of the longest one on.
_FULL = 0.95


def _cuts(text: str, folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut one paragraph into sentences at stops that a capital or a list mark follows."""
    pieces, begin = [], start
    for stop in pattern("sentences", "line.stop").finditer(folded, start, end):
        after = stop.end()
        while after < end and text[after].isspace():
            after += 1
        if after >= end:
            break
        opens = text[after].isupper() or text[after] in '«"“-–•*('
        if text[stop.start()] == ";":
            opens = True
        if text[stop.start()] == "." and pattern("sentences", "abbreviation.before").search(
            folded, start, stop.start()
        ):
            continue
        if opens:
            pieces.append((begin, stop.end()))
            begin = after
    pieces.append((begin, end))
    return [(s, e) for s, e in pieces if text[s:e].strip()]


def _width(text: str) -> int | None:
    """How long the lines of a text are that was broken into lines, None of one that was not.

    Few lines are longer (the foot of a page): the longest twentieth is not asked.
    """
    lengths = sorted((len(line.rstrip()) for line in text.splitlines()), reverse=True)
    lengths = [length for length in lengths if length >= _SHORTEST_FULL]
    width = lengths[len(lengths) // 20] if len(lengths) >= _FEWEST_FULL else None
    return width if width is not None and width <= _WIDEST else None


def _is_full(before: str, here: str, width: int | None) -> bool:
    """Whether a line is broken because the next word did not fit: a capital there begins nothing."""
    if width is None or here.isupper() or pattern("sentences", "line.field").match(fold(here)):
        return False
    reached = len(before) + 1 + len(here.split(maxsplit=1)[0])
    return len(before) <= width and reached > _FULL * width


def _continues(
    text: str, folded: str, previous: tuple[int, int], line: tuple[int, int], width: int | None = None
) -> bool:
    """A line goes on with the one above when that did not end and this does not begin anew."""
    before, here = text[previous[0] : previous[1]].rstrip(), text[line[0] : line[1]].strip()
    if "\t" in before or "\t" in here or not before or before[-1] in ".:;!?":
        return False
    if here[:1].islower() or before[-1] in ",-'’(" or (len(before) > 70 and not here[:1].isupper()):
        return True
    if _is_full(before.rsplit("\n", 1)[-1], here, width):
        return True
    return pattern("sentences", "line.unfinished").search(folded, previous[0], previous[0] + len(before)) is not None


def paragraphs(text: str, folded: str) -> list[tuple[int, int, bool]]:
    """Lines joined where wrapped: (start, end, is a list item), blank lines and marks dropped."""
    bullet, width = pattern("sentences", "line.bullet"), _width(text)
    out: list[tuple[int, int, bool]] = []
    for match in _LINE.finditer(text):
        start, end = match.span()
        if not text[start:end].strip():
            continue
        mark = bullet.match(folded, start, end)
        fresh = out and text.count("\n", out[-1][1], start) < _BLANK_LINE
        if not mark and fresh and _continues(text, folded, out[-1][:2], (start, end), width):
            out[-1] = (out[-1][0], end, out[-1][2])
        else:
            out.append((start, end, mark is not None))
    return out


def _section(reading: Reading, start: int) -> tuple[str, int]:
    context = reading.context
    if context.title and context.title[0] <= start < context.title[1]:
        return "title", 0
    for number, first, last in context.decisions:
        if first <= start < last:
            return "decision", number
    if context.decision_start is not None and start >= context.decision_start:
        return "decision", 0
    return "body", 0


def _before_decision(folded: str, decided: int, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence parted where the decision begins in it: "Après discussion, | le conseil décide de lui accorder"."""
    inside = start < decided < end and pattern("sentences", "line.mark").fullmatch(folded, start, decided) is None
    return [(start, decided), (decided, end)] if inside else [(start, end)]


def _behind_mark(reading: Reading, text: str, start: int, end: int) -> int:
    """Where the words of a list item begin: a decided point is told from there on ("Article 3 – ", "Art. 2 :")."""
    folded = reading.folded
    for _, first, _ in reading.context.decisions:
        if start <= first < end and pattern("sentences", "line.mark").fullmatch(folded, start, first):
            return first
    mark = pattern("sentences", "line.bullet").match(folded, start, end)
    at = mark.end() if mark else start
    while at < end - 1 and text[at].isspace():
        at += 1
    return at


def find_sentences(text: str, reading: Reading) -> list[Sentence]:
    """Cut the act into sentences; an item's lead is the last sentence that ended with a colon above its list."""
    found: list[Sentence] = []
    lead: int | None = None
    decided = min((begin for _, begin, _ in reading.context.decisions), default=0)
    for number, (start, end, bullet) in enumerate(paragraphs(text, reading.folded)):
        words = _behind_mark(reading, text, start, end)
        section, decision = _section(reading, words)
        last = found[-1] if found else None
        if last and section not in (last.section, _section(reading, last.end - 1)[0]):
            lead = None  # unless what introduces a list comes to the decision in its last words
        item = bullet or "\t" in text[start:end] or end - start < _SHORT_ITEM
        if not item and lead is not None and not text[start:end].lstrip()[:1].islower():
            lead = None
        cuts = _cuts(text, reading.folded, start, end)
        for first, stop in (part for cut in cuts for part in _before_decision(reading.folded, decided, *cut)):
            section, decision = _section(reading, max(first, words))
            found.append(Sentence(first, stop, section, decision, bullet, number, lead))
        if text[start:end].rstrip(" *\t").endswith(":"):
            lead = len(found) - 1
    return found


@Language.component("delibgraph_sentences")
def sentences_component(doc: Doc) -> Doc:
    """Fill ``doc._.reading.sentences``."""
    reading: Reading = doc._.reading
    reading.sentences = find_sentences(reading.text, reading)
    return doc
