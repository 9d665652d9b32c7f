"""The title of an act that has no "OBJET :" before it.

What stands between the letterhead and the exposé is header, roster or title. Lines are told apart one by one, since
texts without empty lines occur; of the runs of lines that may be a title, the likeliest is kept: in capitals, with the
nouns of titles, right above the exposé.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.patterns import pattern
from extract.segment.layout import Span
from extract.segment.lines import Line, is_capitals, lines_of, trim
from extract.segment.numbered import leading_number, leading_ordinal
from extract.segment.title import read_heading
from extract.text import fold

_LONGEST, _SHORTEST = 420, 8
#: A line of prose this long begins the exposé; one in the head is told by its words.
_PROSE, _SENTENCE = 150, 75
_MOST_LINES, _MOST_RECITALS = 6, 60
#: A line of so many words in capitals, without a comma, names nobody.
_MOST_NAMES = 5
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SMALL = frozenset(["de", "du", "des", "d", "la", "le", "les", "l", "à", "et", "par", "en", "pour", "au", "aux", "sur"])


class Untitled(NamedTuple):
    """Number before the title, theme, title, where the header ends and where the exposé begins."""

    number: Span | None
    theme: Span | None
    title: Span | None
    header_end: int
    end: int


class _Run(NamedTuple):
    """Lines that may be a title: indices of the first and the one after the last."""

    first: int
    after: int
    score: float


def find_untitled(text: str, source: str, whole: Span, rosters: tuple[Span, ...]) -> Untitled:
    """The title of ``whole``; no line of its rosters is one."""
    rosters = tuple(Span(span.start, _list_end(text, source, span)) for span in rosters)
    listed = max((span.end for span in rosters), default=whole.start)
    lines = [
        line
        for line in lines_of(source, whole.start, whole.end)
        if not line.blank and not any(span.start < line.end and line.start < span.end - 1 for span in rosters)
    ]
    body = _body_line(text, lines, listed)
    runs = list(_runs(text, lines, body))
    if not runs:
        end = lines[body].start if body < len(lines) else whole.end
        return Untitled(None, None, _below_recitals(text, lines, body), end, end)
    best = max(runs, key=lambda run: (run.score, run.first))
    start, stop = lines[best.first].start, lines[best.after - 1].end
    if label := pattern("untitled", "label").match(source, start, stop):
        start = label.end()
    number, head = leading_number(text, source, Span(start, stop))
    theme, title = _parts(text, source, head)
    if all(_is_service(line) for line in lines[best.after : body]):
        return Untitled(number, theme, title, start, stop)
    end = lines[body].start if body < len(lines) else max(stop, listed)  # a list alone may follow the title
    return Untitled(number, theme, title, end, end)


def _below_recitals(text: str, lines: list[Line], body: int) -> Span | None:
    """A title that stands alone between the recitals and the exposé."""
    for index in range(body, min(len(lines) - 1, body + _MOST_RECITALS)):
        line, after = lines[index], lines[index + 1]
        if pattern("segment", "signs.decide").search(line.text) or pattern("segment", "below_rosters").match(line.text):
            break
        alone = line.after_blank and after.after_blank and not line.text.rstrip().endswith((".", ",", ";", ":"))
        if not alone or _is_body(line) or not _may_be_title(text, lines, index):
            continue
        named = pattern("segment", "title_words").search(line.text) or is_capitals(text[line.start : line.end])
        if named and (_is_body(after) or pattern("untitled", "speech").match(after.text)):
            return trim(text, line.start, line.end)
    return None


def _is_body(line: Line) -> bool:
    """Whether a line opens the recitals, the exposé or the decision."""
    if pattern("untitled", "decided").search(line.text):
        return True
    return any(pattern(*name).match(line.text) for name in (("segment", "body"), ("untitled", "ruling")))


def _list_end(text: str, source: str, roster: Span) -> int:
    """Where a list stops short of a title in capitals that was taken for names."""
    for line in lines_of(source, roster.start, roster.end):
        written = text[line.start : line.end]
        if line.after_blank and is_capitals(written) and pattern("segment", "title_words").search(line.text):
            return line.start
        if (
            line.after_blank
            and is_capitals(written)
            and len(_WORD.findall(written)) > _MOST_NAMES
            and "," not in written
        ):
            return line.start
    return roster.end


def _body_line(text: str, lines: list[Line], listed: int) -> int:
    """The first line of the exposé or the decision."""
    for index, line in enumerate(lines):
        if line.start >= listed and pattern("segment", "signs.decide").search(line.text):
            return index  # "le conseil, après en avoir délibéré, à l'unanimité des membres présents :" is no head
        if line.start < listed or (_is_header(line) and not _told_before(line)):
            continue
        written = text[line.start : line.end].strip(" \t*_#>|-")
        if (written[:1].islower() and not line.after_blank) or _is_service(line):
            continue
        if _is_body(line):
            return index
        if pattern("untitled", "speech").match(line.text) and not is_capitals(written):
            return index
        long = _SENTENCE if written.endswith(".") else _PROSE
        if len(written) >= long and not _names(written) and not is_capitals(written) and index:
            return index
    return len(lines)


def _is_header(line: Line) -> bool:
    told = pattern("untitled", "header").search(line.text) is not None
    return told and pattern("untitled", "decided").search(line.text) is None


def _told_before(line: Line) -> bool:
    """Whether somebody takes the floor before a line comes to words of the head: it is the exposé."""
    speech = pattern("untitled", "speech").match(line.text)
    head = pattern("untitled", "header").search(line.text)
    return speech is not None and head is not None and speech.end() <= head.start()


def _is_service(line: Line) -> bool:
    """A line that stands between title and exposé, or above both: the reporter, the service in charge."""
    return len(line.text) < _PROSE and pattern("headings", "part.service").match(line.text) is not None


def _runs(text: str, lines: list[Line], body: int) -> list[_Run]:
    found: list[_Run] = []
    first: int | None = None
    for index in range(body + 1):
        may = index < body and _may_be_title(text, lines, index)
        joins = index < body and first is not None and _joins(lines[index - 1], lines[index])
        if first is not None and not joins:
            found.append(_Run(first, index, _score(text, lines, first, index, body)))
            first = None
        if may and first is None:
            first = index
    return found


def _joins(above: Line, line: Line) -> bool:
    """Whether two lines that may be a title are one: no empty line, and neither a heading of its own."""
    if any(pattern("untitled", name).search(line.text) for name in ("header", "noise")) or leading_ordinal(line.text):
        return False
    if line.after_blank:
        return pattern("segment", "unfinished").search(above.text) is not None
    if pattern("untitled", "label").match(line.text):
        return False
    return not above.text.rstrip().endswith((".", ":")) and not line.text.lstrip().startswith("#")


def _may_be_title(text: str, lines: list[Line], index: int) -> bool:
    line = lines[index]
    written = text[line.start : line.end].strip(" \t*_#>|")
    if pattern("untitled", "one_word").fullmatch(fold(written)):
        return True
    if pattern("headings", "part.theme").match(line.text):
        return False
    if written.count("|") > 1 or written.count("€") > 1 or _is_row(lines, index):
        return False
    if not _SHORTEST <= sum(map(str.isalpha, written)) <= _LONGEST or written.endswith((":", ";")):
        return False
    if written.endswith(".") and not is_capitals(written) and pattern("untitled", "prose").search(line.text):
        return False
    if any(pattern("untitled", name).search(line.text) for name in ("header", "noise")) or any(
        pattern("segment", name).search(line.text)
        for name in (*(() if _numbered(line) else ("header_line",)), "present", "absent", "named_line", "vote")
    ):
        return False
    if pattern("segment", "bullet").match(line.text) and not line.text.lstrip().startswith(("#", ">", "*")):
        return leading_ordinal(line.text) and len(_WORD.findall(written)) > 1
    return "\t" not in written and not _names(written) and len(_WORD.findall(written)) > 1


def _is_row(lines: list[Line], index: int) -> bool:
    """Whether a line is one of several that end with a sum: a list, no title."""
    rows = [pattern("untitled", "row").search(line.text) is not None for line in lines[max(0, index - 1) : index + 2]]
    return rows[min(index, 1)] and sum(rows) > 1


def _numbered(line: Line) -> bool:
    """Whether the title follows the number of the act on one line ("Délibération n° 2023-31 Toiture de l'église")."""
    label = pattern("headings", "number.labelled").match(line.text)
    return label is not None and sum(map(str.isalpha, line.text[label.end() :])) >= _SHORTEST


def _titled(line: Line) -> bool:
    """Whether the number of the act stands before its title, and not before its matter or the service in charge."""
    label = pattern("headings", "number.labelled").match(line.text)
    if label is None or not _numbered(line):
        return False
    title = line.text[label.end() :]
    return not title[:1].isdigit() and pattern("untitled", "noise").search(title) is None


def _names(written: str) -> bool:
    """A list of persons: nearly every word with a capital, in small letters after it, or commas between capitals."""
    words: list[str] = [word for word in _WORD.findall(written) if word.lower().strip("'’") not in _SMALL]
    if len(words) < 2 or pattern("segment", "title_words").search(fold(written)):
        return False
    upper = sum(word[0].isupper() for word in words)
    if upper < 0.8 * len(words):
        return False
    if is_capitals(written):
        return written.count(",") > 1
    mixed = sum(word[:1].isupper() and word[-1:].islower() for word in words)
    capitals = sum(len(word) > 1 and word.isupper() for word in words)
    return mixed > 0 and capitals > 0


def _score(text: str, lines: list[Line], first: int, after: int, body: int) -> float:
    """How likely a run is the title of the act."""
    written = text[lines[first].start : lines[after - 1].end]
    folded = " ".join(line.text for line in lines[first:after])
    score = 3.0 if all(_is_service(line) for line in lines[after:body]) else 0.0
    score += 2.0 if pattern("segment", "title_words").search(folded) else 0.0
    score += 6.0 if pattern("untitled", "label").match(lines[first].text) else 0.0
    score += 1.5 if is_capitals(written) else 0.0
    score += 1.5 if lines[first].text.lstrip().startswith("##") else 0.0
    numbered = pattern("headings", "number.labelled").match(lines[first].text) is not None
    titled = _titled(lines[first])
    score += 4.0 if titled else 1.0 if numbered else 0.0
    score -= 1.0 if written.rstrip(" \t*_").endswith(".") else 0.0  # a sentence of the exposé
    score -= 2.0 if first < 3 and after < body and not titled else 0.0
    score -= 2.0 if after - first > _MOST_LINES else 0.0
    return score


def _parts(text: str, source: str, head: Span) -> tuple[Span | None, Span | None]:
    """Theme and title of a run of lines."""
    broken = source.find("\n", head.start, head.end)
    if (
        broken > 0
        and pattern("segment", "rubric").match(source[head.start : broken])
        and _is_rubric(source, Span(head.start, broken))
    ):
        return trim(text, head.start, broken), trim(text, broken, head.end)
    rubric = pattern("headings", "part.rubric").match(source, head.start, head.end)
    if rubric and "\n" not in source[head.start : rubric.end()]:
        theme = Span(*rubric.span("theme"))
        if is_capitals(text[theme.start : theme.end]) and not is_capitals(text[rubric.end() : head.end]):
            return theme, trim(text, rubric.end(), head.end)
    told = read_heading(text, source, head.start, head.end)
    if told.title is None:
        return None, trim(text, head.start, head.end)
    if told.theme and not _is_rubric(source, told.theme):
        return None, trim(text, told.theme.start, told.title.end)
    return told.theme, Span(told.title.start, max(told.title.end, trim(text, head.start, head.end).end))


def _is_rubric(source: str, theme: Span) -> bool:
    words = source[theme.start : theme.end]
    return pattern("segment", "title_words").search(words) is None and not any(c.isdigit() for c in words)
