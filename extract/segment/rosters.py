"""The lists of a header: where each begins ("Étaient présents :"), and where it stops being a list.

A heading is recognised at the head of a line or, in texts whose lines are glued together, wherever a capital opens
it. A list runs to the next heading, to a field of the header ("Secrétaire de séance :"), or to the first word that
no list of persons holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extract.finder import finder
from extract.patterns import cased, pattern
from extract.segment.layout import RosterSpan, Span
from extract.segment.lines import is_capitals, lines_of
from extract.segment.listing import MARGIN, list_end, within
from extract.segment.tabular import find_tables
from extract.segment.unlabelled import told_entries, unlabelled_head

#: The first list stands within this many characters of the head; two lists are at most so far apart.
_FIRST, _APART = 9_000, 2_500
#: A list of persons is never longer: the largest assemblies have some hundred and fifty members.
_LONGEST = 12_000
#: So far before a heading stands whose list it is ("Membres consultatifs présents :").
_BEFORE = 24
#: A column in the margin shows on the first lines of a list.
_MARGIN_LINES = 12
#: A label with its figure: "Présents : 12".
_COUNT = re.compile(r"[a-z][ \t]*[:=][ \t]*\d{1,3}\b")
_INITIAL = re.compile(r"(?<![^\W\d_])[A-ZÀ-Ý]\.$")
#: Words after which a name is no entry of a list: "pouvoir de M. X", "représentée par Mme Y".
_LEADING = (" à", " a", " À", " A", " de", " par", " pour")
#: "VALMORIN : M. X, Mme Y", "Pour le Département :": the members of one commune or of one body, in a part of their own.
_PLACE = re.compile(
    r"[\s.;,*]*(?P<label>Pour (?:le |la |les |l['’])[^\n:,;()]{3,80}?|[A-ZÀ-Ý][^\n:,;().]{1,60}?)"
    r"[ \t*]*:(?=\s*[A-ZÀ-Ý])[ \t*]*"
)
#: "Présents : (12)": the figure stands behind the colon.
_COUNTED = re.compile(r":[ \t]*\(\d{1,3}\)[ \t]*$")
#: The same on a line of its own, in capitals.
_PLACE_LINE = re.compile(
    r"\s*(?P<label>(?<![^\s])[A-ZÀ-Ý][A-ZÀ-Ý'’ -]{2,40}?)[ \t*]*\n\s*(?=(?:M|Mme|Mlle|Mr|Monsieur|Madame)\b\.?\s)"
)
#: "Absents : 3 Mme BLANC", where a line break was lost behind the figure.
_COUNT_FIRST = re.compile(r"\x20?\d{1,3}\x20(?=[A-ZÀ-Ý])")
#: So many words at least has a name, on the average of a list.
_WORDS_EACH = 1.5
#: A name of a list has two words or more; a comma parts it from the next, an office between them at most.
_TWO_WORDS = 2
_NEXT_NAME = re.compile(
    r"(?:\s*+\([^()]{2,40}\))?(?:\s*+[,;]|\s++[-–—]\s)\s*+(?:[Mm]aire|[Pp]résidente?)?[\s,;]*+(?=[A-ZÀ-Ý])"
)
#: The number of the point that follows a list, on a line of its own.
_LONE_NUMBER = re.compile(r"\s*\n[ \t]*\d{1,3}[ \t]?[.)°-]{0,2}\s*$")
#: The colon of a heading that a line break set apart.
_LATE_COLON = re.compile(r"[ \t]*+\n?[ \t]*+:[ \t]*+(?=\S)")
_COMMA = re.compile(r"[ \t]*[,:][ \t]*")
_NEXT_LINE = re.compile(r"[ \t*]*\n[ \t*]*(?=[A-Z])")


def tells_present(kind: str) -> bool:
    """Whether the words of a heading announce those who are there."""
    return pattern("roster", "by_proxy").search(kind) is None and pattern("roster", "away").search(kind) is None


def _opens(text: str, at: int) -> bool:
    """Whether a heading or a field can begin here: at the head of a line, after a mark, or with a capital."""
    before = text[max(0, at - 40) : at].rstrip(MARGIN)
    initial = _INITIAL.search(before) is not None
    if not before or (before[-1] in "\n.;:" and not initial) or "\n" in text[len(before) + max(0, at - 40) : at]:
        return True
    return text[at].isupper() and not text[at - 1].isalnum() and text[at - 1] not in "'’"


def _headings(text: str, source: str, zone: Span) -> Iterator[tuple[Span, str]]:
    for found in _labels(text, source, zone):
        start = found.start("label")
        counted = finder("roster", "counted").search(source, max(zone.start, start - 24), start)
        opened = _opens(text, start) or (found["close"] and pattern("roster", "clause").search(source, start - 2))
        remarked = _remarked(source, max(zone.start, start - 200), start) or not opened
        if _is_count(text, source, found) or counted:
            continue
        if (found["but"] and text[found.end() : found.end() + 1].isupper()) or (
            (found["inside"] or not remarked) and _closes(text, source, found)
        ):
            yield Span(start, found.end()), found["kind"] or found["label"]


def _is_count(text: str, source: str, found: re.Match[str]) -> bool:
    """Whether a heading with its figure is one of several counts on a line or on lines of their own, no list below."""
    if not source[found.start("label") : found.end()].rstrip(MARGIN)[-1:].isdigit():
        return False
    head = source.rfind("\n", 0, found.start("label")) + 1
    below = text[found.end() : found.end() + _MARGIN_LINES]
    if below.strip(" \t*") and not below.lstrip(" \t*").startswith("\n"):
        return False
    if _names_below(text, source, found.end()):
        return False
    above = source[:head].rstrip()
    beside = _COUNT.search(source, head, found.start("label")) is not None
    stacked = _COUNT.search(above[above.rfind("\n") + 1 :]) is not None and "\n\n" in below.replace(" ", "")
    return beside or stacked


def _names_below(text: str, source: str, at: int) -> bool:
    """Whether members stand on the next line: "M. et Mmes Michel …", "Mme BLANC", but not "M. le Maire"."""
    if pattern("roster", "address").match(source, at):
        return True
    line = _NEXT_LINE.match(text, at)
    entry = pattern("roster", "entry").match(source, line.end()) if line else None
    return entry is not None and text[entry.end() : entry.end() + 2].lstrip()[:1].isupper()


def _names_at(text: str, source: str, at: int) -> bool:
    """Whether a list begins at a place: with a civility and a name, or with two names and a comma."""
    entry = pattern("roster", "entry").match(source, at)
    return _lists(text, at) or (
        entry is not None and text[at].isupper() and text[entry.end() : entry.end() + 2].lstrip()[:1].isupper()
    )


def _labels(text: str, source: str, zone: Span) -> Iterator[re.Match[str]]:
    """What reads like a heading; where a line ends in it that opens none, the next line may ("…, conseillers / Avait
    donné procuration :")."""
    at, form = zone.start, finder("roster", "heading")
    while at < zone.end:
        for found in form.finditer(source, at, zone.end):
            yield found
            broken = source.find("\n", *found.span("label"))
            if broken >= 0 and not _opens(text, found.start("label")):
                at = broken + 1
                break
        else:
            return


def _closes(text: str, source: str, found: re.Match[str]) -> bool:
    """A heading ends with a colon or its line; without either it is in capitals, or a name with civility follows."""
    if found["close"] or _COUNTED.search(source, *found.span()):
        return True
    if found["close"] is not None:
        return text[found.start("label")].isupper()
    label = text[found.start("label") : found.end("label")]
    after = pattern("roster", "entry").match(source, found.end())
    named = after is not None and text[found.end()].isupper()
    if not text[found.end() : found.end() + 1].isupper():
        return False
    if label.rstrip().endswith(_LEADING):  # "X, POUVOIR A Y": no list begins behind it
        return False
    placed = _PLACE.match(text, found.end())
    listed = _lists(text, found.end()) or (placed is not None and _lists(text, placed.end()))
    return is_capitals(label) or named or (label[0].isupper() and listed)


def _lists(text: str, at: int) -> bool:
    """Whether two names with a comma between them stand at a place: "Présents S. Blanc, L. Noir"."""
    first = cased("names", "person_written").match(text, at)
    comma = _NEXT_NAME.match(text, first.end()) if first else None
    second = cased("names", "person_written").match(text, comma.end()) if comma else None
    return all(name is not None and len(name.group().split()) >= _TWO_WORDS for name in (first, second))


def _stops(text: str, source: str, span: Span, noise: tuple[Span, ...]) -> int:
    """The first field of the header inside a list."""
    form = finder("roster", "numbered")
    listed = pattern("roster", "first_number").match(source, span.start, span.end) is not None
    numbered = () if listed else (found.start() for found in form.finditer(source, span.start, span.end))
    end = next((at for at in numbered if not within(at, noise) and not _tells_when(source, span.start, at)), span.end)
    fields = (found.start() for found in finder("roster", "field").finditer(source, span.start, end))
    ends = (at for at in fields if _opens(text, at) and not within(at, noise) and not _is_name(text, at))
    return next((at for at in ends if text[span.start : at].strip() or not _chair_named(text, source, at)), end)


def _chair_named(text: str, source: str, at: int) -> bool:
    """Whether an office opens a list with the name of who holds it: "Le Maire, Luc NOIR, les adjoints : …"."""
    chair = pattern("roster", "chair").match(source, at)
    comma = _COMMA.match(text, chair.end()) if chair else None
    name = cased("names", "person_written").match(text, comma.end()) if comma else None
    return name is not None and len(name.group().split()) >= _TWO_WORDS and text[name.end() : name.end() + 1] in ",;\n"


def _is_name(text: str, at: int) -> bool:
    """Whether "LE MAIRE" goes on with a given name: a family name, no office."""
    before = text[max(0, at - 8) : at].rstrip(" ")
    return text[at + 1 : at + 2].isupper() and text[at + 2 : at + 3] == " " and before[-1:].islower()


def _tells_when(source: str, start: int, at: int) -> bool:
    """Whether a number is that of a point since which a member sits: "(point n° 3)", "à partir du point n° 3"."""
    return _remarked(source, start, at) or finder("roster", "since").search(source, start, at) is not None


def _remarked(source: str, start: int, at: int) -> bool:
    """Whether a passage stands in the parentheses of a remark ("(à partir du point n° 3)")."""
    return source.rfind("(", start, at) > source.rfind(")", start, at)


def _noise(text: str, source: str, heading: Span, span: Span) -> tuple[Span, ...]:
    """What interrupts a list: formulas of interleaved columns, pages, and the cells of a column in the margin."""
    found = [Span(*m.span()) for m in finder("roster", "noise").finditer(source, span.start, span.end)]
    if alone := pattern("roster", "address_alone").match(source, *span):
        found.append(Span(alone.start("address"), alone.end()))
    head = source.rfind("\n", 0, heading.start) + 1
    found += _beside(text, source, heading.start - head, text[head : heading.start], span)
    if "\t" in text[head : heading.start]:
        lines = [line for line in lines_of(source, span.start, span.end)[1:] if not line.blank]
        indented = sum(text[line.start] == "\t" for line in lines[:_MARGIN_LINES])
        if lines and 2 * indented > len(lines[:_MARGIN_LINES]):
            margins = (Span(line.start, source.find("\t", line.start, line.end) + 1) for line in lines)
            found += [margin for margin in margins if margin.end > margin.start + 1]
    return tuple(sorted(found))


def _beside(text: str, source: str, width: int, above: str, span: Span) -> Iterator[Span]:
    """What stands left of a list that begins in a column of its own, on the lines that leave a gap before it."""
    if not above.endswith("   ") or "\t" in above:
        return
    short: list[Span] = []
    for line in lines_of(source, span.start, span.end)[1:]:
        if line.blank:
            continue
        edge = line.start + width
        if edge >= line.end and above.strip():
            short.append(Span(line.start, line.end))
            continue
        if edge >= line.end:
            return
        if text[edge - 2 : edge].strip() or not text[edge].strip():
            return
        yield from short  # cells of the margin alone, where the list goes on below
        short = []
        if text[line.start : edge].strip():
            yield Span(line.start, edge)


@lru_cache(maxsize=8)
def find_rosters(text: str, source: str, zone: Span) -> tuple[RosterSpan, ...]:
    """The lists of a header, in the order of the text; empty when it names nobody.

    Several readers ask for those of one header: the latest are kept.
    """
    tables = [RosterSpan(t.head, "table", t.rows, (), t) for t in find_tables(text, source, zone)]
    if whole := [table for table in tables if table.table and table.table.complete]:
        zone = Span(whole[-1].listed.end, zone.end)
    tables += () if whole else told_entries(text, source, zone)
    taken = tuple(Span(table.heading.start, table.listed.end) for table in tables)
    heads = [head for head in _headings(text, source, zone) if not within(head[0].start, taken)]
    found = _below(text, source, zone, heads, tables)
    if not any(tells_present(each.kind) and _holds(text, each) for each in (*tables, *found)):
        heads = [head for head in heads if not tells_present(head[1])]
        away = [each for each in found if not tells_present(each.kind)]
        first = unlabelled_head(text, source, zone, (*tables, *away))
        found = _below(text, source, zone, sorted([*heads, first]), tables) if first else found
    return tuple(sorted((*tables, *found), key=lambda roster: roster.heading.start))


def _holds(text: str, roster: RosterSpan) -> bool:
    return roster.table is not None or bool(text[slice(*roster.listed)].strip(MARGIN + "\n.;,:"))


def _below(
    text: str, source: str, zone: Span, heads: list[tuple[Span, str]], tables: list[RosterSpan]
) -> list[RosterSpan]:
    """The lists below their headings; ``tables`` tell already what stands in them."""
    found: list[RosterSpan] = []
    for index, (heading, named) in enumerate(heads):
        kind = found[-1].kind if found and _is_part(source, heading, named) else named
        last = found[-1].listed.end if found else zone.start + _FIRST - _APART
        if heading.start > last + _APART:
            break
        if any(other.heading.start <= heading.start < other.heading.end for other in found[-1:]):
            continue
        if pattern("roster", "consultative").search(source, max(zone.start, heading.start - _BEFORE), heading.end):
            continue
        if _attends(source, heading, kind) and (
            any(tells_present(other.kind) for other in found) or any(map(_tells_members, tables))
        ):
            continue
        end = heads[index + 1][0].start if index + 1 < len(heads) else zone.end
        end = min([end, *(table.heading.start for table in tables if table.heading.start >= heading.end)])
        listed = _begun(text, source, heading, Span(heading.end, min(end, heading.end + _LONGEST)))
        if count := _COUNT_FIRST.match(text, *listed):
            if _names_at(text, source, count.end()):
                listed = Span(count.end(), listed.end)
            elif len(text[count.end() : listed.end].split()) < _WORDS_EACH * int(count.group()):
                continue  # "Absents : 6 Associations": a count, and what another column says
        found.append(_list(text, source, heading, kind, listed))
        while group := _group(text, source, found[-1], listed.end):
            found.append(_list(text, source, group, kind, Span(group.end, listed.end)))
    return found


def _is_part(source: str, heading: Span, kind: str) -> bool:
    """Whether a heading tells whom it lists and not what became of them: "Mmes et MM. les conseillers :"."""
    addressed = pattern("roster", "address").match(source, heading.start) is not None
    return addressed and tells_present(kind) and pattern("roster", "told_present").search(kind) is None


def _begun(text: str, source: str, heading: Span, listed: Span) -> Span:
    """A list without what stands between its heading and the first name: a late colon, "Mesdames et Messieurs"."""
    if source[heading.start].isdigit() and source[max(0, heading.start - 1)] == "(":
        closed = source.find(")", listed.start, listed.end)
        listed = Span(listed.start, closed if closed >= 0 else listed.end)
    if colon := _LATE_COLON.match(text, *listed):
        listed = Span(colon.end(), listed.end)
    if address := pattern("roster", "address").match(source, listed.start, listed.end):
        below = address.group().rstrip("\t ").endswith("\n")
        listed = Span(address.end() - below, listed.end)
    return _behind_margin(text, source, listed)


def _attends(source: str, heading: Span, kind: str) -> bool:
    """Whether a heading tells of those who attend besides: "Assistaient :", "Étaient également présents :"."""
    form = pattern("roster", "attended")
    return form.match(kind) is not None or form.match(source[slice(*heading)]) is not None


def _behind_margin(text: str, source: str, listed: Span) -> Span:
    """A list without the figures or the letterhead that a column in the margin left between heading and names."""
    for name in ("figures_first", "letterhead_first"):
        found = pattern("roster", name).match(source, *listed)
        if found and _names_at(text, source, found.end()):
            return Span(found.end(), listed.end)
    return listed


def _tells_members(roster: RosterSpan) -> bool:
    """Whether a table, or the word behind each name, tells who is there, so that whoever else attends is no member."""
    return roster.table is None or bool({"present", "status", "list"} & set(roster.table.kinds))


def _list(text: str, source: str, heading: Span, kind: str, listed: Span) -> RosterSpan:
    """The list below a heading, which may go on to the end of ``listed``."""
    noise = _noise(text, source, heading, listed)
    listed = Span(listed.start, _stops(text, source, listed, noise))
    pages = tuple(Span(*m.span()) for m in finder("roster", "page_turn").finditer(source, *listed))
    if not tells_present(kind) and not pattern("roster", "by_proxy").search(kind):
        listed = Span(listed.start, _before_holders(source, listed))
    end = list_end(text, source, listed, noise, pages)
    noise = tuple(sorted((*noise, *pages)))
    number = _LONE_NUMBER.search(text, max(listed.start, end - _MARGIN_LINES), end)
    return RosterSpan(heading, kind, Span(listed.start, number.start() if number else end), noise)


def _before_holders(source: str, listed: Span) -> int:
    """Where the line begins, below those absent, that tells who holds a proxy: "Mme X a reçu pouvoir de M. Y"."""
    told = finder("unlabelled", "told.received").search(source, *listed)
    line = source.rfind("\n", listed.start, told.start()) if told else -1
    return line if line >= 0 else listed.end


def _group(text: str, source: str, above: RosterSpan, end: int) -> Span | None:
    """The heading of a further part of a list, right behind it: "Vice-présidents :", a commune where one opened it."""
    placed = pattern("roster", "heading").match(source, above.heading.start) is None  # itself such a part
    places = _PLACE.match(text, above.listed.start, above.listed.end) or (
        placed and _PLACE.match(text, above.heading.start)
    )
    form = pattern("roster", "group")
    for name, found in (
        ("role", form.match(source, above.listed.end, end)),
        ("place", _PLACE.match(text, above.listed.end, end)),
    ):
        if found and (name == "role" or (places and not _field_at(source, found.start("label")))):
            return Span(found.start("label"), found.end())
    if _PLACE_LINE.match(text, above.listed.start) or _PLACE_LINE.match(text, above.heading.start):
        found = _PLACE_LINE.match(text, above.listed.end, end)
        if found and not _field_at(source, found.start("label")):
            return Span(*found.span("label"))
    return None


def _field_at(source: str, at: int) -> bool:
    """Whether a field of the header or a heading begins at a place."""
    return any(pattern("roster", name).match(source, at) is not None for name in ("field", "trailing", "heading"))
