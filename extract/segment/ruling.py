"""The decided points of an act that has no list of them: one sentence of prose, or a vote in two words.

"Le Conseil, à l'unanimité, approuve le montant et autorise le Maire à le verser." decides two points; "Il est proposé
de céder le lot 7. Adopté à l'unanimité." decides what was proposed. A point that was withdrawn decides nothing.
"""

from __future__ import annotations

import re
from itertools import pairwise

from extract.finder import finder
from extract.patterns import pattern
from extract.segment.decisions import read_decisions
from extract.segment.layout import DecisionSpan, Span
from extract.segment.lines import lines_of, trim

#: Where a sentence ends: a stop before a capital, an empty line, a line that is finished.
_STOP = re.compile(
    r"(?<![A-Z])(?<!\bM)(?<!MM)(?<!\bn)(?<!\bart)(?<!\n\d)(?<!\n\d\d)[.!?](?=\s+[«\"A-ZÀ-Ý0-9–-]|\s*$)|\n\s*\n|\n(?=\s*[-–•])"
)
#: A vote this short tells nothing of what is voted.
_BARE = 90
#: A line that ends with a figure, or holds one between the cells of a row.
_FIGURED = re.compile(r"(?:^|[\t|\s])\d[\d .,]*(?:€|euros?|eur)?[\s|]*(?:$|[\t|])")
_ALONE = re.compile(r"[\s|]*\d[\d .,]*(?:€|euros?|eur)?[\s|]*")


def is_withdrawn(source: str, span: Span) -> bool:
    """Whether the act says that it was withdrawn or put off."""
    return withdrawn_at(source, span) is not None


def withdrawn_at(source: str, span: Span) -> Span | None:
    """Where an act says that it was withdrawn or put off.

    One request of several may be put off and the others granted: "à l'exception de celle du club, dont l'examen est
    reporté".
    """
    for found in finder("decisions", "withdrawn").finditer(source, span.start, span.end):
        start = max(source.rfind(". ", 0, found.start()), source.rfind("\n", 0, found.start())) + 1
        of_some = pattern("fundings", "undone.of_some").match(source, found.end())
        if (
            of_some is None
            and not _is_cell(source, found)
            and finder("fundings", "undone.of_one").search(source, start, found.start()) is None
        ):
            return Span(*found.span())
    return None


def _is_cell(source: str, found: re.Match[str]) -> bool:
    """Whether what was found is a cell of a table of sums: one request is put off, its neighbours are not."""
    above = source[: source.rfind("\n", 0, found.end()) + 1].rstrip().rsplit("\n", 1)[-1]
    if found.group()[:1] not in ("\t", "|"):
        return _ALONE.fullmatch(above) is not None  # one cell a line, below the sum that was asked for
    own = source[source.rfind("\n", 0, found.end()) + 1 : found.end()]
    below = source[found.end() :].partition("\n")[2].lstrip().partition("\n")[0]
    return any(re.search(r"[\t|]", line) and _FIGURED.search(line) for line in (own, above, below))


def is_bare_adoption(source: str, points: tuple[DecisionSpan, ...]) -> bool:
    """Whether the only point adopts what was proposed above, without saying it again."""
    form = pattern("decisions", "adoption")
    return len(points) == 1 and form.match(source, points[0].start, points[0].end) is not None


def read_proposed(text: str, source: str, span: Span) -> tuple[DecisionSpan, ...]:
    """The items of the last proposal ("Il est proposé au conseil :"), which are decided when it is adopted."""
    leads = list(finder("decisions", "proposed").finditer(source, span.start, span.end))
    return read_decisions(text, source, leads[-1].end(), span.end) if leads else ()


def split_ruling(text: str, source: str, points: tuple[DecisionSpan, ...]) -> tuple[DecisionSpan, ...]:
    """A single point in one sentence of prose cut at its verbs ("approuve … et autorise …")."""
    if len(points) != 1:
        return points
    start, end = points[0].start, points[0].end
    moved = finder("decisions", "movement").search(source, start, end)
    end = moved.start() if moved else end
    forms = (pattern("decisions", name).match(source, start, end) for name in ("finite", "infinitive"))
    first = next((found for found in forms if found), None)
    if first is None or "\n\n" in text[start:end].strip() or re.search(r":\s*\n", text[start:end]):
        return points
    stop = _STOP.search(text, start, end)
    cut = _numbered(text, _cut(text, source, Span(start, stop.start() if stop else end), first.end()))
    return cut if len(cut) > 1 or moved else points


def read_ruling(text: str, source: str, body: Span, vote: Span | None, end: int) -> tuple[DecisionSpan, ...]:
    """What ``text[body.start:end]`` decides in prose, none if nothing is decided."""
    told = _told(text, source, body.start, end)
    if told is not None:
        sentence, verb = told
        whole = _with_list(text, source, sentence, body.end)
        return _numbered(text, [whole] if whole.end > sentence.end else _cut(text, source, sentence, verb))
    sign = finder("segment", "decided").search(source, vote.start if vote else body.start, end)
    if sign is None:
        return ()
    first, last = _sentence(text, sign.start(), body.start, end)
    proposed = _proposed(text, source, Span(body.start, first), short=last - first < _BARE)
    ruling = _with_list(text, source, Span(first, last), body.end)
    return _numbered(text, [ruling._replace(start=proposed if proposed is not None else first)])


def _told(text: str, source: str, start: int, end: int) -> tuple[Span, int] | None:
    """The last sentence in which the organ decides, and where its verb ends."""
    found: tuple[Span, int] | None = None
    for match in finder("decisions", "prose").finditer(source, start, end):
        verb = text[match.start("verb") : match.end("verb")]
        if verb.endswith(("é", "É")) and not verb.isupper():
            continue
        stop = _STOP.search(text, match.end(), end)
        found = Span(match.start(), stop.start() if stop else end), match.end()
    return found


def _with_list(text: str, source: str, sentence: Span, end: int) -> Span:
    """A sentence that ends with a colon, with the list it introduces: marked items, else the lines of one paragraph."""
    if sentence.end >= end or not text[sentence.start : sentence.end].rstrip(" \t\n*_").endswith(":"):
        return sentence
    bullet, last, marked = pattern("segment", "bullet"), sentence.end, None
    for line in lines_of(source, sentence.end, end):
        if line.blank:
            continue
        mark = bullet.match(line.text) is not None
        marked = mark if marked is None else marked
        if line.after_blank and last > sentence.end and not (marked and mark):
            break
        last = line.end
    return Span(sentence.start, last)


def _cut(text: str, source: str, sentence: Span, verb: int) -> list[Span]:
    """One sentence cut before each verb after the first (which ends at ``verb``): those in capitals, if any is."""
    joined = [
        found
        for found in finder("decisions", "joined").finditer(source, verb, sentence.end)
        if not text[found.start("verb") : found.end("verb")].endswith("é")
    ]
    shouted = [found for found in joined if text[found.start("verb") : found.end("verb")].isupper()]
    cuts = [found.start() for found in (shouted or [f for f in joined if " et" in f.group() or f.group()[:2] == "et"])]
    places = [sentence.start, *cuts, sentence.end]
    return [Span(first, last) for first, last in pairwise(places)]


def _sentence(text: str, at: int, start: int, end: int) -> tuple[int, int]:
    """The sentence that holds a place."""
    first = max((found.end() for found in _STOP.finditer(text, start, at)), default=start)
    stop = _STOP.search(text, at, end)
    return first, stop.start() if stop else end


def _proposed(text: str, source: str, span: Span, *, short: bool) -> int | None:
    """Where the proposal begins that a bare vote adopts; the sentence above it where none says "propose"."""
    proposals = list(finder("decisions", "proposal").finditer(source, span.start, span.end))
    if proposals:
        return _sentence(text, proposals[-1].start(), span.start, span.end)[0]
    if not short or not text[span.start : span.end].strip():
        return None
    last = text[: span.end].rstrip(" \t\n.;:!")
    return _sentence(text, len(last) - 1, span.start, span.end)[0]


def _numbered(text: str, spans: list[Span]) -> tuple[DecisionSpan, ...]:
    kept = [trim(text, span.start, span.end) for span in spans]
    return tuple(DecisionSpan(n, s.start, s.end) for n, s in enumerate((s for s in kept if s.end > s.start), 1))
