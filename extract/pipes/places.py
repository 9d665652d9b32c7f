"""Bodies of a commune, département or région, alone or in a list.

"les CCAS de Chenôve, Dijon, Longvic, Talant et la ville de Quetigny" names four CCAS and one town;
"la ville de Dijon et son Centre communal d'action sociale" names the town and its CCAS.
"""

from __future__ import annotations

import re

from extract.facts import OrganisationKind
from extract.finder import cased_finder, finder
from extract.patterns import cased, pattern
from extract.pipes.known import in_programme
from extract.pipes.names import name_end, strip_name
from extract.pipes.orgbook import Organisation, OrgBook
from extract.pipes.reading import Reading
from extract.text import fold

_BODIES: tuple[tuple[str, str, OrganisationKind], ...] = (
    ("ccas", "CCAS", "public_establishment"),
    ("cias", "CIAS", "public_establishment"),
    ("town", "Ville", "local_authority"),
    ("department", "Département", "local_authority"),
    ("region", "Région", "local_authority"),
)


def _town_end(text: str, start: int) -> int:
    """Where the name of one commune ends: hyphenated or capitalised words, an inner "et" or "de" not alone."""
    match = cased("organisations", "cased.town").match(text, start)
    if not match:
        return start
    return start + len(match.group())


def _names(text: str, start: int, several: bool) -> list[tuple[int, int]]:
    """The places named from ``start`` on: one, or a list where the body's noun is plural."""
    found = []
    position = start
    while True:
        end = _town_end(text, position)
        if end <= position:
            break
        found.append((position, end))
        following = cased("organisations", "cased.next_town").match(text, end) if several else None
        if not following:
            break
        position = following.end()
    return found


def place_bodies(book: OrgBook, reading: Reading, text: str) -> None:
    """Add every body of a place to the act's organisations."""
    for name, label, kind in _BODIES:
        for match in finder("organisations", f"place.{name}").finditer(reading.folded):
            if book.at(match.start()) is None and not in_programme(reading, match.start()):
                _add(book, reading, text, (label, kind), match.span())


def add_bare_territories(book: OrgBook, reading: Reading, text: str) -> None:
    """ "demandée au Département", "la CCVL": a territory by its kind or sigle alone.

    It is the one of that kind that the act names in full, if it names one.
    """
    for match in finder("organisations", "place.bare").finditer(reading.folded):
        start, end = match.span("name")
        if book.at(start) is not None or in_programme(reading, start) or not _pays_or_named(reading, text, start, end):
            continue
        kind = (
            fold(text[start:end]).replace("conseil departemental", "departement").replace("conseil regional", "region")
        )
        full = [o for o in book.entries if o.kind == "local_authority" and fold(o.name).startswith(f"{kind} ")]
        if len(full) == 1:
            book.mention(full[0], (start, end))
        elif not full:
            written = text[start:end]
            book.add(written[:1].upper() + written[1:], "local_authority", mention=(start, end))
    for match in cased_finder("organisations", "cased.community_sigle").finditer(text):
        known = book.at(match.start("name"))
        if known is None:
            book.add(match["name"], "local_authority", mention=match.span("name"))
        elif known.kind == "organisation":
            known.kind = "local_authority"


def _pays_or_named(reading: Reading, text: str, start: int, end: int) -> bool:
    """Whether the words name the authority, by their capital or by what it does, and not the land."""
    named = pattern("organisations", "place.named_after").match(reading.folded, end, end + 8)
    if named and text[named.end() : named.end() + 1].isupper():
        return False
    line = reading.sentences[reading.sentence_at(start)]
    asked = pattern("organisations", "place.bare_asked").search(reading.folded, line.start, start)
    pays = pattern("organisations", "place.bare_pays").match(reading.folded, end, line.end)
    capital = text[start].isupper() and not text[start:end].isupper()
    return capital or asked is not None or pays is not None


def _add(book: OrgBook, reading: Reading, text: str, body: tuple[str, OrganisationKind], span: tuple[int, int]) -> None:
    label, kind = body
    start, end = span
    if label in ("Région", "Département"):
        _add_territory(book, text, body, span)
        return
    of = cased("organisations", "cased.of_towns").match(text, end)
    written = text[start:end]
    several = written.rstrip(")").rstrip().endswith("s") or text[max(0, start - 4) : start].lower().endswith("les ")
    places = _names(text, of.end(), several) if of else []
    if not places and label != "Ville":
        _add_unplaced(book, reading, text, body, span)
    for first, last in places:
        place = strip_name(text[first:last])
        if pattern("organisations", "place.not_a_town").match(fold(place)):
            continue
        article = (
            "du "
            if of and of.group().strip() == "du" and len(places) == 1
            else "des "
            if of and of.group().strip() == "des" and not several
            else ""
        )
        name = f"{label} {article}{place}" if article else of_place(label, place)
        if label == "Ville" and reading.authority is not None and _is_town(reading.authority.name, place):
            spelled = strip_name(text[start:last]) if not several else name
            book.complete(reading.authority, names=(spelled,), mention=(first if several else start, last))
            continue
        entry = book.add(name, kind, place=place, mention=(first, last) if several else (start, last))
        form = strip_name(re.sub(r"\s*\([^)]*\)", "", written))
        if not several and fold(form) != fold(label):
            spelled = f"{form} {_de(place)}{place}"
            book.add(name, kind, aliases=(spelled,))
        if several and first == places[0][0]:
            book.widen(entry, (start, last))


def _is_town(authority: str, place: str) -> bool:
    """Whether an authority is the commune of a place: "Commune de Valmorin" and "la Ville de Valmorin"."""
    town = pattern("organisations", "place.of_town").match(fold(authority))
    return town is not None and fold(authority[town.end() :]).replace("-", " ") == fold(place).replace("-", " ")


def of_place(label: str, place: str) -> str:
    """ "Commune du Bois-Hardy", "Ville d'Objat": a body's name with its place, the article contracted."""
    if place.startswith("Le "):
        return f"{label} du {place[3:]}"
    if place.startswith("Les "):
        return f"{label} des {place[4:]}"
    return f"{label} {_de(place)}{place}"


def _de(place: str) -> str:
    return "d'" if fold(place[:1]) in "aeiouy" else "de "


def _add_unplaced(
    book: OrgBook, reading: Reading, text: str, body: tuple[str, OrganisationKind], span: tuple[int, int]
) -> None:
    """A CCAS without a place: of the town just named ("la ville de Dijon et son CCAS"), or of the town that decides."""
    label, kind = body
    start, end = span
    before = reading.folded[max(0, start - 6) : start]
    towns = [(s, e, o) for s, e, o in book.mentions() if o.place and o.kind == "local_authority" and e <= start]
    authority = reading.authority
    place: str | None = None
    theirs = pattern("organisations", "place.theirs").match(reading.folded, end, end + 40)
    if pattern("organisations", "place.son").search(before) or theirs:
        nearest = cased("organisations", "cased.town_before").search(text[max(0, start - 120) : start])
        place = nearest[1] if nearest else (towns[-1][2].place if towns else None)
    elif len(only := _named_before(book, label, start)) == 1:
        book.mention(only[0], span)  # the one that the act is about
        return
    elif authority is not None and authority.kind == "local_authority":
        town = pattern("organisations", "place.of_town").match(fold(authority.name))
        place = authority.name[town.end() :] if town else None
    elif authority is not None and pattern("organisations", "authority.ccas").match(fold(authority.name)):
        book.mention(authority, span)
        return
    if place:
        written = strip_name(re.sub(r"\s*\([^)]*\)", "", text[start:end]))
        spelled = f"{written} {_de(place)}{place}"
        alone = (
            (text[start:end].rstrip("."), written.rstrip(".")) if not theirs else ()
        )  # "le CCAS" of an act is that of its town
        book.add(f"{label} {_de(place)}{place}", kind, place=place, mention=span, aliases=(spelled, *alone))
    else:
        known = [o for o in book.entries if fold(o.name).startswith(label.lower())]
        if len(known) == 1:
            book.mention(known[0], span)


def _named_before(book: OrgBook, label: str, position: int) -> list[Organisation]:
    """The bodies of a kind that the act has named with their place before."""
    before = {o.id: o for s, _, o in book.mentions(generic=False) if s < position and o.place}
    return [o for o in before.values() if fold(o.name).startswith(f"{label.lower()} ")]


def _add_territory(book: OrgBook, text: str, body: tuple[str, OrganisationKind], span: tuple[int, int]) -> None:
    """ "Région Grand Est", "Conseil départemental de l'Aisne", "Départements de l'Aisne et de l'Oise"."""
    label, kind = body
    start, end = span
    link = cased("organisations", "cased.of_territory").match(text[end : end + 10])
    if not link or "\n\n" in link.group():
        return
    begin = end + link.end()
    stop = name_end(text, begin, taken=book.begins) if text[begin : begin + 1].isupper() else begin
    if stop <= begin:
        return
    given = text.find(" à ", begin, stop)  # "accordée par le Département du Gers à Val en Scène": to whom
    stop = given if given > begin else stop
    written = strip_name(text[start:stop])
    article = text[end + 1 : begin]
    name = f"{label} {article}{strip_name(text[begin:stop])}"
    book.add(
        name,
        kind,
        place=strip_name(text[begin:stop]),
        mention=(start, stop),
        aliases=(written[:1].upper() + written[1:],),
    )
