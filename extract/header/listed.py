"""Rosters that commas, dashes, lines or case alone part: "Aline MARSEC, Bruno TESSIER", "Mmes ROY, NOIR et PONT"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.finder import finder, hastened
from extract.header.cells import entry_starts
from extract.header.joints import behind_office, parted, rejoined
from extract.header.names import read_name
from extract.patterns import pattern
from extract.segment.layout import Span

_SEPARATOR = hastened(
    re.compile(
        # a dash glued to the name before it: "Aline MARSEC- Bruno TESSIER", "MARSEC Aline- TESSIER Bruno"
        r"(?<=[A-ZÀ-Ý]{2})[-–—]\s+(?!(?:L[ae]s?|D[eu]s?)\s)(?=[A-ZÀ-Ý][a-zà-ÿ]+(?:[ -][A-ZÀ-Ý][a-zà-ÿ]+)*\s[A-ZÀ-Ý]{2})"
        r"|(?<=[a-zà-ÿ]{2})[-–—]\s+(?=[A-ZÀ-Ý][A-ZÀ-Ý'’-]+\s[A-ZÀ-Ý][a-zà-ÿ])"
        r"|[,;•·&|]|\s[-–—]+\s|\s[-–—]{2,}|(?<=[A-ZÀ-Ý]\.)[-–—]\s+(?=[A-ZÀ-Ý]{2})|(?<![\n\t])\t|\s/\s|:\s*\n|(?<!\b[A-ZÀ-Ý])\.\s*\n|(?<!-)\n(?=[^\n,;:()]{2,45}\s?:\s)|(?<=[A-ZÀ-Ý]{3})(?<!M)\.\s+(?=[A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)?\s[A-ZÀ-Ý]['’]?[A-ZÀ-Ý])|\s+et\s+(?=[A-ZÀ-Ý])"
    )
)
_BREAK = re.compile(r"\n")
_GIVEN_FIRST = re.compile(r"(?<=[A-ZÀ-Ý]{2})\s+(?=[A-ZÀ-Ý](?:[a-zà-ÿ-]|['’][a-zà-ÿ]))")
_FAMILY_FIRST = re.compile(r"(?<=[a-zà-ÿ])\s+(?=[A-ZÀ-Ý'’-]{2,})")
#: "DOYEN Virginie": an office in capitals with a given name behind it, which is a family name.
_OFFICE_NAME = re.compile(r"[A-ZÀ-Ý]{4,}\s[A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)?")
_HYPHEN = re.compile(r"-\s+")
_CAPITALS = re.compile(r"[A-ZÀ-Ý]{2}")
_LABELLED = re.compile(r"\s*:\s")
_LABEL = re.compile(r"^[^:,;()]{2,60}(?:\([\d/ ]+\) ?)?:\s*(?=\S)")
#: A line of a paragraph is longer than this; what is said of a name is told in its first characters.
_FULL, _SAID = 50, 40
#: A list of more lines is one of names a line, or a table.
_MOST_LINES = 120
#: So many words tell that somebody is absent and excused.
_STATUS = 3
#: One name turns from small letters to capitals, or back, twice at most.
_SEVERAL = 3
_PLACED = re.compile(r"^(?P<place>[^()]{2,40}?)\s*\((?P<people>[^()]{4,200})\)\s*\.?$")


def split_list(text: str, source: str, cells: list[Span], *, by_proxy: bool = False) -> list[Span]:
    """The spans of the names. Line breaks part names only where no other sign does."""
    if not cells:
        return []
    whole = Span(cells[0].start, cells[-1].end)
    spans = _cut(text, source, cells, whole, by_proxy=by_proxy)
    names = _split(text, source, spans, by_proxy=by_proxy)
    if spans == [whole] or len(cells) > _MOST_LINES:
        return names
    halves = _halves(text, source, names, by_proxy=by_proxy)
    if not halves:
        return names
    across = _split(text, source, [whole], by_proxy=by_proxy)
    fewer = _halves(text, source, across, by_proxy=by_proxy)
    return across if fewer < halves and len(across) - fewer >= max(1, len(names) - halves) else names


def _halves(text: str, source: str, names: list[Span], *, by_proxy: bool) -> int:
    """How many entries name somebody without a given or a family name, as a line does that was cut inside a name."""
    halves = 0
    for written in names:
        given_by = pattern("roster", "given_by").match(source, *written) if by_proxy else None
        name = Span(given_by.end(), written.end) if given_by else written
        links = [m for link in _links(by_proxy) for m in finder("roster", link).finditer(source, *name)]
        link = min(links, key=lambda found: found.start(), default=None)
        parts = [text[name.start : link.start()], text[link.end() : name.end]] if link else [text[slice(*name)]]
        halves += any((told := read_name(part)) is None or told.given is None for part in parts)
    return halves


def _split(text: str, source: str, spans: list[Span], *, by_proxy: bool) -> list[Span]:
    """The names of a list that is cut at the ends of ``spans`` and at the signs inside them."""
    pieces = [
        part
        for piece in _pieces(text, source, spans, _SEPARATOR)
        for one in parted(text, source, piece)
        for part in _civil(text, source, one)
    ]
    pieces = _placed(text, source, pieces)
    merged: list[Span] = []
    for piece in pieces:
        if merged and (at := behind_office(text, source, piece)):
            merged[-1] = Span(merged[-1].start, at)
            merged.append(Span(at, piece.end))
        elif merged and ":" in text[merged[-1].end : piece.start] and _says_status(source, piece):
            continue  # "Commune de Sault : excusée"
        elif merged and (_goes_on(text, source, piece, by_proxy=by_proxy) or _awaits(source, merged[-1])):
            merged[-1] = Span(merged[-1].start, piece.end)
        else:
            merged.append(piece)
    merged = [piece for piece in merged if text[piece.end - 1] != ":" and not _LABELLED.match(text, piece.end)]
    merged = rejoined(text, merged)
    family_first = _family_first(text, source, merged)
    return [
        name
        for piece in merged
        for name in _by_case(
            text, source, _unlabelled(text, source, piece), by_proxy=by_proxy, family_first=family_first
        )
    ]


def signs_in(text: str, source: str, whole: Span) -> int:
    """How many signs part names in a stretch: commas, dashes, bullets; not the tabs of its columns.

    A comma before what is said of a name (", pouvoir à Mme X") parts none.
    """
    said = pattern("roster", "said")
    return sum(
        "\t" not in found.group() and said.match(f" {source[found.end() : found.end() + _SAID]}") is None
        for found in _SEPARATOR.finditer(text, whole.start, whole.end)
    )


def bare_behind_sign(text: str, source: str, cells: list[Span]) -> bool:
    """Whether a sign or a line break stands before a capital that opens neither a civility nor an office."""
    entry, role = pattern("roster", "entry"), pattern("roster", "role")
    starts = [found.end() for found in _SEPARATOR.finditer(text, cells[0].start, cells[-1].end)]
    for start in (*starts, *(cell.start for cell in cells)):
        at = start + len(text[start : start + _SAID]) - len(text[start : start + _SAID].lstrip(" \t\n*-–—"))
        if text[at : at + 1].isupper() and not entry.match(source, at) and not role.match(source, at):
            return True
    return False


def _wrapped(cells: list[Span]) -> bool:
    """Whether lines are those of a paragraph: all but the last about as long, and long."""
    lengths = [cell.end - cell.start for cell in cells]
    return min(lengths[:-1]) >= max(_FULL, 0.7 * max(lengths))


def _links(by_proxy: bool) -> tuple[str, ...]:
    """The patterns of what stands between who gives a proxy and who holds it."""
    return ("proxy", "proxy_bare", "holds_for") if by_proxy else ("proxy",)


def _run_on(text: str, source: str, cells: list[Span], links: tuple[str, ...]) -> bool:
    """Whether most lines hold several names that case alone parts, the last of a line going on below."""
    several = 0
    for cell in cells:
        turns = sum(1 for glue in (_GIVEN_FIRST, _FAMILY_FIRST) for _ in glue.finditer(text, *cell))
        if turns >= _SEVERAL:
            told = sum(1 for link in links for _ in finder("roster", link).finditer(source, *cell))
            several += turns >= _SEVERAL + 2 * (told + text.count("(", *cell))
    return 2 * several >= len(cells)


def _cut(text: str, source: str, cells: list[Span], whole: Span, *, by_proxy: bool) -> list[Span]:
    """What is cut at its signs: line by line where lines part the names, but not where each holds one word."""
    signs = signs_in(text, source, whole)
    by_line = (
        signs < len(cells) > 1
        and not (signs and _wrapped(cells))
        and not _run_on(text, source, cells, _links(by_proxy))
    )
    single = [
        word
        for cell in cells
        if len(words := _HYPHEN.sub("-", text[cell.start : cell.end]).split()) == 1
        for word in words
    ]
    mixed = any(word.isupper() for word in single) and not all(word.isupper() for word in single)
    if by_line and mixed and len(single) >= 0.8 * len(cells):
        by_line = False
    return cells if by_line else [whole]


def _pieces(text: str, source: str, spans: list[Span], separator: re.Pattern[str]) -> Iterator[Span]:
    for span in spans:
        at = span.start
        written = text[span.start : span.end]
        depth = last = 0
        for found in _signs(separator, written, source[span.start : span.end]):
            depth += written.count("(", last, found.start()) - written.count(")", last, found.start())
            depth, last = max(depth, 0), found.start()
            if depth and written.find(")", found.end(), found.end() + 160) >= 0:
                continue
            depth = 0
            yield from _solid(text, at, span.start + found.start())
            at = span.start + found.end()
        yield from _solid(text, at, span.end)


def _signs(separator: re.Pattern[str], written: str, source: str) -> list[re.Match[str]]:
    """What parts the names of a stretch: its signs, and the communes that head those behind them."""
    places = list(finder("roster", "place_label").finditer(source))
    within = (
        found for found in separator.finditer(written) if not any(p.start() <= found.start() < p.end() for p in places)
    )
    return sorted((*places, *within), key=lambda found: found.start())


def _solid(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and (text[start].isspace() or text[start] in "-–—*_"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def _civil(text: str, source: str, piece: Span) -> Iterator[Span]:
    """A piece cut again where a civility opens a further name."""
    at = piece.start
    for start in entry_starts(text, source, piece, by_proxy=True, outside=True):
        yield from _solid(text, at, start)
        at = start
    yield from _solid(text, at, piece.end)


def _placed(text: str, source: str, pieces: list[Span]) -> list[Span]:
    """Names that stand in parentheses behind their commune ("VALMORIN (TESSIER Bruno)"), where most do."""
    inside: list[Span] = []
    for piece in pieces:
        found = _PLACED.match(text[piece.start : piece.end])
        place = read_name(found["place"]) if found else None
        people = read_name(found["people"]) if found else None
        if found and people and people.given and (place is None or place.given is None) and place != people:
            people_at = piece.start + found.start("people")
            inside += _pieces(text, source, [Span(people_at, piece.start + found.end("people"))], _SEPARATOR)
    return inside if len(inside) > 1 and len(inside) >= 0.6 * len(pieces) else pieces


def _goes_on(text: str, source: str, piece: Span, *, by_proxy: bool) -> bool:
    """A piece that says something of the name before it: a proxy, a role, an excuse; not "pouvoir de M. X à M. Y"."""
    if by_proxy and pattern("roster", "given_by").match(source, piece.start, piece.end):
        return False
    if by_proxy and pattern("roster", "proxy_bare").match(" " + source[piece.start : piece.end]):
        return True
    if pattern("roster", "role").match(source, *piece) and _OFFICE_NAME.fullmatch(text, *piece):
        return False
    return pattern("roster", "said").match(" " + source[piece.start : piece.end]) is not None


def _says_status(source: str, piece: Span) -> bool:
    """A piece that tells that nobody of a commune came, and names nobody: "excusée", "absents"."""
    said = source[slice(*piece)].split()
    return len(said) <= _STATUS and finder("roster", "excused").search(f" {' '.join(said)}") is not None


def _awaits(source: str, piece: Span) -> bool:
    """A piece that ends with "pouvoir à": the next is the holder."""
    tail = source[piece.start : piece.end] + " "
    return any(found.end() == len(tail) for found in finder("roster", "proxy").finditer(tail))


def _unlabelled(text: str, source: str, piece: Span) -> Span:
    """A piece without the commune or the role before its colon."""
    label = _LABEL.match(text[piece.start : piece.end])
    if not label or pattern("roster", "said").match(" " + source[piece.start + label.end() : piece.end]):
        return piece
    return Span(piece.start + label.end(), piece.end)


def _family_first(text: str, source: str, pieces: list[Span]) -> bool:
    """Whether most names begin with the family name in capitals."""
    given_by = pattern("roster", "given_by")
    starts = [found.end() if (found := given_by.match(source, *piece)) else piece.start for piece in pieces]
    heads = [text[start : piece.end].split(maxsplit=1)[0] for start, piece in zip(starts, pieces, strict=True)]
    return sum(len(head) > 1 and head.isupper() for head in heads) > len(heads) / 2


def _by_case(text: str, source: str, piece: Span, *, by_proxy: bool, family_first: bool) -> Iterator[Span]:
    """Names that capitals alone part: "Aline MARSEC Bruno TESSIER", "MARSEC Aline TESSIER Bruno".

    Where proxies are told, the names are cut behind each holder.
    """
    told = [
        m.end() for link in _links(by_proxy) for m in finder("roster", link).finditer(source, piece.start, piece.end)
    ]
    glue = _FAMILY_FIRST if family_first else _GIVEN_FIRST
    at = piece.start
    bracket = text.find("(", *piece)
    last = piece.end if bracket < 0 else bracket
    for found in glue.finditer(text, piece.start, last):
        if any(at < link for link in told) and not any(
            at < link and _CAPITALS.search(text, link, found.start()) for link in told
        ):
            continue
        if text[at : found.start()].rsplit(maxsplit=1)[-1][0].islower():  # "remplacée par sa suppléante NOIR Anne"
            continue
        if _CAPITALS.search(text, at, found.start()) and _CAPITALS.search(text, found.end(), last):
            yield from _solid(text, at, found.start())
            at = found.end()
    yield from _solid(text, at, piece.end)
