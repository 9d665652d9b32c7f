"""The working view of a document: the same text, at the same offsets, as its author laid it out.

Readers of layout meet four things that are no part of an act: transmission stamps printed over it, page furniture
that a converter left in the middle of a sentence, lines that a converter glued into one, and apostrophes or words that
it broke. :func:`view` gives a text of the same length in which the first two are blank, the third is undone (a space
becomes a line break) and the last is mended (:mod:`extract.mended`), so that whatever is found in it stands at the
same offsets in the document::

    seen = view(source.text)
    assert len(seen.text) == len(source.text)
    seen.stamps[0].date            # date(2023, 3, 16): the séance, as transmitted
    seen.stamps_in(start, end)     # those of one act

What the blanked stamps say is kept as values: the eight figures of an @CTES stamp are the date of the séance, its nine
figures the SIREN of the authority, its number that of the act. :attr:`View.matters` are the codes of the ACTES
nomenclature that the text prints ("7.5 Subventions"). Patterns are in ``patterns/view.toml``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.boxes import unticked
from extract.finder import finder
from extract.furniture import furniture
from extract.mended import mended
from extract.panels import panel_breaks
from extract.patterns import cased
from extract.segment.layout import Span
from extract.text import fold

#: What every stamp holds: a date behind a dash.
_DATED = re.compile(r"-\x20?(?:19|20)\d{6}")
#: A stamp is printed in pieces, each within this many characters of another.
_STAMP_REACH = 220
#: A line this long that shows several marks of structure was glued by a converter.
_GLUED = 450
#: A word of one capital at the end of a run of them begins the sentence that follows.
_OPENED = (" À", " A")
_MARKS = 3
#: One this long always was.
_LONGEST_PARAGRAPH = 2_500
#: A title is no longer than this.
_LONGEST_TITLE = 420
#: Words of a run of capitals, and its characters, that make it a heading rather than a name.
_RUN_WORDS = 3
_RUN_LENGTH = 22
#: How many matters each of the nine chapters of the ACTES nomenclature has (ontology/actes-matters.ttl).
_MATTERS = (7, 3, 6, 5, 8, 5, 10, 9, 4)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A transmission stamp: ``date`` is the séance's, ``number`` the act's as printed (often normalised)."""

    start: int
    end: int
    siren: str
    date: dt.date | None
    number: str
    nature: str


@dataclass(frozen=True, slots=True)
class Matter:
    """A code of the ACTES nomenclature, two levels of it ("7.5"), and where it is printed."""

    start: int
    end: int
    code: str


@dataclass(frozen=True, slots=True)
class View:
    """``text`` has the document's length and offsets."""

    text: str
    stamps: tuple[Stamp, ...] = ()
    matters: tuple[Matter, ...] = ()

    def stamps_in(self, start: int, end: int) -> tuple[Stamp, ...]:
        """The stamps printed between two offsets."""
        return tuple(stamp for stamp in self.stamps if start <= stamp.start < end)

    def matters_in(self, start: int, end: int) -> tuple[str, ...]:
        """The codes printed between two offsets, each once."""
        return tuple(dict.fromkeys(m.code for m in self.matters if start <= m.start < end))


def view(text: str) -> View:
    """The working view of a document's text."""
    text = mended(text.replace("\f", "\n"))
    source = fold(text)
    stamps = tuple(_stamps(text, source))
    taken = sorted({*_stamp_parts(source, stamps), *furniture(source), *unticked(source)})
    cleared = _blank(text, taken)
    for at in panel_breaks(source):
        cleared = f"{cleared[:at]}\n{cleared[at + 1 :]}"
    return View(_broken(cleared), stamps, tuple(_matters(source)))


def _stamps(text: str, source: str) -> Iterator[Stamp]:
    for found in finder("view", "stamp.id").finditer(source) if _DATED.search(source) else ():
        digits = found["date"]
        try:
            date = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        except ValueError:
            date = None
        number = text[found.start("number") : found.end("number")].strip()
        yield Stamp(found.start(), found.end(), found["siren"], date, number, found["nature"].upper())


def _stamp_parts(source: str, stamps: tuple[Stamp, ...]) -> Iterator[Span]:
    """The stamps, and the words of transmission printed beside them."""
    sure = [Span(stamp.start, stamp.end) for stamp in stamps]
    for name in ("head", "before_number"):
        sure += [Span(*found.span()) for found in finder("view", f"stamp.{name}").finditer(source)]
    yield from sure
    if not sure:
        return
    edges = sorted(edge for span in sure for edge in span)
    for found in finder("view", "stamp.near").finditer(source):
        if any(abs(found.start() - edge) <= _STAMP_REACH for edge in edges):
            edges.append(found.end())
            yield Span(*found.span())


def _matters(source: str) -> Iterator[Matter]:
    for name in ("label", "line"):
        for found in finder("view", f"matter.{name}").finditer(source):
            first, second = map(int, found["code"].split("."))
            if 1 <= second <= _MATTERS[first - 1]:
                yield Matter(found.start(), found.end(), found["code"])


def _blank(text: str, taken: list[Span]) -> str:
    """The text without what was taken; a line that held nothing else goes, with the break above it."""
    chars = list(text)
    for start, end in taken:
        chars[start:end] = [c if c in "\n\t" else " " for c in chars[start:end]]
    for start, end in taken:
        head = text.rfind("\n", 0, start) + 1
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop
        if not "".join(chars[head:stop]).strip() and head > 0:
            _join(chars, head, stop)
    return "".join(chars)


def _join(chars: list[str], head: int, stop: int) -> None:
    """Take an emptied line out: its neighbours meet, with the empty lines around it unless a sentence runs on."""
    above, below = head - 1, stop
    while above > 0 and chars[above - 1] in " \t\n":
        above -= 1
    while below < len(chars) - 1 and chars[below + 1] in " \t\n":
        below += 1
    before = chars[above - 1] if above > 0 else ""
    after = chars[below + 1] if below + 1 < len(chars) else ""
    for at in range(head, stop):
        chars[at] = " "
    chars[head - 1] = " "
    # "CCAS du Fresnoy-", page, "Malbray": a word cut by the page runs on whatever its next letter
    if before and before not in ".:;!?" and (after.islower() or (before == "-" and after.isalpha())):
        breaks = [at for at in range(above, min(below + 1, len(chars))) if chars[at] == "\n"]
        for at in breaks[:-1]:
            chars[at] = " "


def _broken(text: str) -> str:
    """The text with a break before each mark of structure of a glued line."""
    chars: list[str] | None = None
    stop = -1
    for passage in text.split("\n"):
        start, stop = stop + 1, stop + 1 + len(passage)
        if len(passage) < _GLUED:
            continue
        source = fold(passage)
        marks = sum(1 for _ in _starts(source, "break.strong"))
        alone = 2 * len(passage) > len(text.strip())
        if marks < _MARKS and len(passage) < _LONGEST_PARAGRAPH and not alone:
            continue
        chars = chars or list(text)
        for at in _breaks(passage, source):
            if 0 < at < len(passage) and passage[at - 1] in " \t":
                chars[start + at - 1] = "\n"
        for found in cased("view", "cased.stuck").finditer(passage):
            chars[start + found.start()] = "\n"
    return "".join(chars) if chars else text


def _title_ends(passage: str, source: str) -> Iterator[int]:
    """Where the exposé begins after a title, told by a capital alone."""
    titles = [found.end() for found in finder("view", "break.title").finditer(source)]
    for name in ("number", "coded", "secretary"):
        titles += [found.end() for found in cased("view", f"cased.{name}").finditer(passage)]
    for title in titles:
        if found := cased("view", "cased.body").search(passage, title + 1, title + _LONGEST_TITLE):
            yield found.end()


def _may_precede(word: str) -> bool:
    """Whether a heading may follow a word: no first name, no initial, no dash, no number."""
    if len(word) == len("A.") and word.endswith("."):
        return False
    if word[-1] in ".:;!?)|€":
        return True
    return word[-1].isalnum() and not word[0].isdigit() and not (word[0].isupper() and word[-1].islower())


def _starts(source: str, name: str) -> Iterator[int]:
    return (found.start() for found in finder("view", name).finditer(source))


def _breaks(passage: str, source: str) -> Iterator[int]:
    yield from _starts(source, "break.strong")
    yield from _starts(source, "break.anchors")
    for name in ("number", "coded", "deliberation", "decide", "verb", "adopted", "numbered", "item"):
        yield from (found.start() for found in cased("view", f"cased.{name}").finditer(passage))
    yield from _title_ends(passage, source)
    for found in cased("view", "cased.run").finditer(passage):
        words = [word for word in found.group().split() if sum(map(str.isalpha, word)) > 2]
        if len(words) < _RUN_WORDS or len(found.group()) < _RUN_LENGTH:
            continue
        before = passage[max(0, found.start() - 40) : found.start()].rsplit(maxsplit=1)[-1:]
        if not before or _may_precede(before[0]):
            yield found.start()
        following = passage[found.end() + 1 : found.end() + 2]
        if following.islower() and found.group().endswith(_OPENED):
            yield found.end() - 1  # « SUBVENTIONS À l'occasion »: the last word opens the sentence
        elif following.isalpha():
            yield found.end() + 1
    for found in cased("view", "cased.alone").finditer(passage):
        yield from (found.start(), found.end() + 1)
    for found in cased("view", "cased.secretary").finditer(passage):
        yield found.end() + 1
