"""What stands for the title of an act that has none: the first sentence that says what it is about, as it is written.

An act with a date, an authority and decisions is an act, whatever its typist left out. The sentence is taken from the
exposé where it names an object of deliberation, else from the first decided point, and is cut at a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.patterns import pattern
from extract.segment.layout import DecisionSpan, Span
from extract.segment.lines import trim

#: Titles are shorter than this, and say something in at least so many words.
_LONGEST, _FEWEST_WORDS = 180, 4
#: The exposé tells its object within its first sentences.
_SENTENCES = 6
_END = re.compile(
    r"[;:](?=\s|$)|,[ \t]*\n(?=\s*[A-ZÀ-Ý])|\n\s*\n"
    r"|(?<![A-ZÀ-Ý])(?<!\bM)(?<!\bMM)(?<!\bMme)(?<!\bDr)(?<!\bart)(?<!\bn)\.(?=\s|$)"
)
_EDGES = " \t\n*_#>|│:-–—.;,•"


def lent_title(text: str, source: str, body: Span, decisions: tuple[DecisionSpan, ...]) -> Span | None:
    """The passage of an act without title that tells its object; None where neither exposé nor decisions tell one."""
    told = [span for span, _ in zip(_sentences(text, source, body), range(_SENTENCES), strict=False)]
    forms = (pattern("segment", "title_words"), pattern("segment", "proposes"))
    named = [span for span in told if any(form.search(source, *span) for form in forms)]
    decided = [s for d in decisions[:1] for s in _sentences(text, source, Span(d.start, d.end))]
    return next(iter([*named, *decided, *told]), None)


def _sentences(text: str, source: str, stretch: Span) -> Iterator[Span]:
    """The sentences of a stretch that are no recital and no formula, without what opens and closes them."""
    at = stretch.start
    while at < stretch.end:
        found = _END.search(text, at, stretch.end)
        stop = found.start() if found else stretch.end
        span = _cut(text, _trimmed(text, at, stop))
        at = found.end() if found else stretch.end
        if len(text[span.start : span.end].split()) < _FEWEST_WORDS:
            continue
        if not pattern("segment", "formula").match(source, span.start, span.end):
            yield span


def _trimmed(text: str, start: int, end: int) -> Span:
    span = trim(text, start, end)
    start, end = span.start, span.end
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end)


def _cut(text: str, span: Span) -> Span:
    """A long sentence up to its last whole word."""
    if span.end - span.start <= _LONGEST:
        return span
    stop = text.rfind(" ", span.start, span.start + _LONGEST)
    return _trimmed(text, span.start, stop if stop > span.start else span.start + _LONGEST)
