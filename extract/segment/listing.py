"""Where a list of the header stops being a list of persons."""

from __future__ import annotations

import re

from extract.finder import finder
from extract.patterns import cased, pattern, words
from extract.segment.layout import Span
from extract.segment.lines import is_capitals
from extract.text import fold

_TOKEN = re.compile(
    r"\([^()]{0,200}\)|[^\W\d_](?:[\w'.\u2019-]*[^\W_])?\.?|\n\s*\n|[,;:\n\t/|•·]|\d+(?:\s?(?:h(?![^\W\d_])|:)\s?\d{0,2})?"
)
#: "ROYER M.-H.": capitals that are a name.
_INITIALLED = re.compile(r"[^\W\d_][\w'’ -]{1,40} (?:[A-ZÀ-Ý]\.-?){1,3}|(?:[A-ZÀ-Ý]\.-?){1,3} ?[^\W\d_][\w'’ -]{1,40}")
#: A word so long with a full stop ends a sentence; a shorter one is abridged ("Mme.", "adj.").
_ABRIDGED = 5
#: The number of a page stands so near to the blank lines around it.
_TURN = 40
#: A civility stands so near to the beginning of a list whose entries have one.
_OPENING = 60
#: What stands before a given name in small letters: a family name in capitals, or another such name.
_BEHIND_FAMILY = re.compile(r"[A-ZÀ-Ý]{2}[ -]\Z|\bj[a-zà-ÿ]+[ -]\Z")
_BREAK = frozenset(",;\n\t/|•·")
#: What may stand around a heading or a name on its line.
MARGIN = " \t*#>|_\"'-–—•·\u00a0"


def within(at: int, spans: tuple[Span, ...]) -> bool:
    """Whether a place stands in one of several spans."""
    return any(span.start <= at < span.end for span in spans)


def list_end(text: str, source: str, span: Span, noise: tuple[Span, ...] = (), pages: tuple[Span, ...] = ()) -> int:
    """Where a stretch stops being a list of persons: before the item that holds a foreign word.

    ``noise`` is what interrupts it, ``pages`` are the lines that hold but the number of a page.
    """
    item = entry = span.start
    office = False
    opens, role, speech = pattern("roster", "entry"), pattern("roster", "role"), words("roster", "speech")
    closing = words("roster", "closing")
    places = tuple(Span(*found.span()) for found in finder("roster", "place_label").finditer(source, *span))
    first = noise[0].end if noise and not text[span.start : noise[0].start].strip() else span.start
    opened = opens.search(source, first, min(span.end, first + 2 * _OPENING))
    civil = opened is not None and opened.start() < first + _OPENING
    for token in _TOKEN.finditer(source, span.start, span.end):
        word, at = token.group(), token.start()
        if (noise and within(at, noise)) or (pages and within(at, pages) and not word.isspace()):
            continue
        if places and within(at, places):
            item = entry = token.end()
            continue
        if word in _BREAK or word.isspace():
            above = next((page.start for page in pages if page.end == at), at)
            if word.count("\n") > 1 and not (
                within(token.end(), noise) or _list_resumes(text, source, span, Span(above, token.end()), civil=civil)
            ):
                return at
            item, office = token.end(), False
            entry = item if "\n" in word else entry
        elif text[at].isupper() and opens.match(source, at):
            item, office, entry = at, False, at
        elif (text[at].islower() and word.rstrip(".") in speech) or (
            text[at].islower() and source[:at].endswith(" est ") and role.match(source, at)
        ):
            return max(span.start, _trimmed(text, span.start, _next_sentence(text, entry, at)))
        elif text[at].islower() and word in closing:
            return max(span.start, _trimmed(text, span.start, at))
        elif office or role.match(source, at):
            office = True
        elif _foreign(text, word, at):
            return max(span.start, _trimmed(text, span.start, _next_sentence(text, item, at)))
        elif word.endswith(".") and len(word) > _ABRIDGED:
            item, office = token.end(), False
    return span.end


def _next_sentence(text: str, start: int, at: int) -> int:
    """Where the sentence opens that holds the word at ``at``, behind a name that no sign closes; else ``start``."""
    opened = cased("names", "opens_next").search(text, start, at + 1)
    return opened.start() if opened and opened.start() < at else start


def _foreign(text: str, word: str, at: int) -> bool:
    """A word in small letters that neither joins names nor tells what becomes of a member."""
    bare = word.rstrip(".").split("'")[-1]
    if text[at + 1 : at + 3].isupper() and word[0] == "j":  # "jONCOUR": the same of a family name
        return False
    if not text[at].islower() or word[0] == "(" or text[at + len(word.rstrip(".")) - len(bare)].isupper():
        return False
    if pattern("roster", "small_given").fullmatch(bare) and _BEHIND_FAMILY.search(text, max(0, at - _OPENING), at):
        return False
    return bare not in words("roster", "known") and pattern("roster", "particle").fullmatch(bare) is None


def _trimmed(text: str, start: int, at: int) -> int:
    while at > start and text[at - 1] in " \t\n,;":
        at -= 1
    return at


def _another_group(source: str, start: int, head: int, line: str) -> bool:
    """Whether a line opens a group by its civility: several at once, or one alone where another group did so above."""
    plural = pattern("roster", "plural")
    if plural.match(source, head, head + len(line)):
        return True
    alone = cased("names", "person_written").fullmatch(line.rstrip(MARGIN))
    opened = pattern("roster", "entry").match(source, head) is not None
    return alone is not None and opened and finder("roster", "plural").search(source, start, head) is not None


def _list_resumes(text: str, source: str, span: Span, gap: Span, *, civil: bool) -> bool:
    """Whether a list goes on below an empty line.

    One that began on the line of its heading does behind a comma alone; others with a civility where they use them,
    behind a comma where they use those, else with no title and no capitals alone.
    """
    at = gap.end
    turned = finder("roster", "page_turn").search(source, max(span.start, at - _TURN), min(span.end, at + _TURN))
    start = turned.end() if turned and not text[at : turned.start()].strip(MARGIN + "\n") else at
    head = span.end - len(text[max(at, start) : span.end].lstrip(MARGIN + "\n"))
    stop = source.find("\n", head, span.end)
    line = text[head : span.end if stop < 0 else stop]
    above = text[span.start : gap.start].rstrip()
    if pattern("roster", "link_alone").fullmatch(source, head, head + len(line.rstrip(MARGIN))):
        return True
    last = above[above.rfind("\n") + 1 :]
    if above and (
        pattern("roster", "unfinished").search(fold(last)) or pattern("roster", "link_alone").fullmatch(fold(last))
    ):
        return True
    if civil and _another_group(source, span.start, head, line):
        return True
    if above and text[span.start : at].split("\n", 1)[0].strip():
        return False
    if _INITIALLED.fullmatch(line.strip(MARGIN)) and (not civil or _INITIALLED.fullmatch(last.strip(MARGIN))):
        return True
    if civil or not line or not above:
        return not above or pattern("roster", "entry").match(source, head, span.end) is not None
    if "," in above or ";" in above:
        return above[-1] in ",;-–—"
    return not is_capitals(line) and finder("segment", "title_words").search(source, head, head + len(line)) is None
