"""The organ that deliberates and the authority it belongs to, as the header names them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from extract.finder import finder, finders
from extract.header.found import Found
from extract.patterns import named, pattern, table
from extract.segment.layout import Span
from extract.text import fold, key, squeeze
from extract.view import Stamp
from ontology.authorities import by_siren, find

#: A line of a header this long may have been wrapped.
_FULL_LINE = 60
#: No longer word stands in the name of a place without a capital: "sous", "près".
_SMALL_WORD = 4
_MAYORS_OFFICE = re.compile(r"^mairie\s*(?=d[eu'\u2019 ])", re.IGNORECASE)
_POINTS = re.compile(r"\b(?:[A-Z]\.){3,}")
_VOWELS = frozenset("aeiouy")
#: Forms of a letterhead, in the order in which they are looked for.
_LETTERHEADS = ("sigled", "split", "line", "named", "region", "group", "above", "beside", "inline", "region_inline")
_KINDS = {"commune": "Commune de", "departement": "Département de", "region": "Région"}


def read_body(
    text: str, source: str, header: Span, stamps: Iterable[Stamp] = ()
) -> tuple[Found[str] | None, Found[str] | None]:
    """The organ and its authority, as written, the authority without its leading article.

    The authority is that of the formula ("du Conseil municipal de la Ville de X"), else of the letterhead, else of
    the SIREN in the transmission stamp, else the commune whose mayor is named.
    """
    body: Found[str] | None = None
    for _, form in finders("header", "body"):
        for found in form.finditer(source, header.start, header.end):
            span = Span(*found.span("body"))
            organ = Found(_organ(squeeze(text[span.start : span.end])), span)
            body = body or organ
            if "authority" not in form.form.groupindex:
                break
            authority = _authority(text, source, Span(*found.span("authority")), organ.value)
            if authority and not _cut_short(text, authority.span):
                organ = _named(organ, authority.value)
                return _narrower(text, source, header, _fuller(text, source, header, organ)), _with_kind(
                    text, source, header, authority
                )
    named_elsewhere = (
        _letterhead(text, source, header)
        or _stamped(source, stamps)
        or _titled(text, source, header)
        or _placed(text, source, header)
        or _mayors(text, source, header)
        or _halls(text, source, header, body)
        or _establishment(text, source, header, body)
    )
    body = body and _narrower(text, source, header, _fuller(text, source, header, body))
    return body, _social(source, header, body, named_elsewhere)


def read_deciding(text: str, source: str, clause: Span) -> Found[str] | None:
    """The organ that the clause of the decision names ("le Conseil municipal, à l'unanimité, décide").

    For an act whose head names none; None too where the clause names two, of which nobody knows which one sat.
    """
    told = [
        Found(_organ(squeeze(text[slice(*found.span("body"))])), Span(*found.span("body")))
        for found in finder("header", "deciding.clause").finditer(source, clause.start, clause.end)
    ]
    return told[0] if len({fold(organ.value) for organ in told}) == 1 else None


def _with_kind(text: str, source: str, header: Span, authority: Found[str]) -> Found[str]:
    """The authority as the letterhead has it, where a formula leaves out what it is or says it twice.

    "Conseil communautaire du Val d'Orne" below "COMMUNAUTÉ DE COMMUNES DU VAL D'ORNE", "Communauté
    d'agglomération Orval Agglomération" below "Orval Agglomération"; nor the town, "Caisse des écoles".
    """
    told = _letterhead(text, source, header)
    if told is None:
        return authority
    name, head = f" {key(authority.value)}", f" {key(told.value)}"
    bare = pattern("header", "authority.sort").match(head[1:]) is not None and head.endswith(name)
    twice = pattern("header", "authority.sort").sub("", name[1:], count=1) == head
    placeless = pattern("header", "authority.placeless").fullmatch(name[1:]) and head.startswith(f"{name} ")
    return told if name != head and (bare or twice or placeless) else authority


def _narrower(text: str, source: str, header: Span, body: Found[str]) -> Found[str]:
    """The commission permanente that sits where the letterhead names its assembly above it."""
    if pattern("header", "body_narrowed.assembly").fullmatch(fold(body.value)) is None:
        return body
    found = finder("header", "body_narrowed.commission").search(source, header.start, header.end)
    return Found(squeeze(text[slice(*found.span("body"))]), Span(*found.span("body"))) if found else body


def _social(source: str, header: Span, body: Found[str] | None, authority: Found[str] | None) -> Found[str] | None:
    """The centre of social action whose letterhead names its town on a line of its own."""
    if authority is None or (body and not pattern("header", "social.board").fullmatch(fold(body.value))):
        return authority
    town = pattern("header", "social.town").match(fold(authority.value))
    if town is None or not finder("header", "social.centre").search(source, header.start, header.end):
        return authority
    return Found(f"CCAS {authority.value[town.end() :].strip()}", authority.span)


def _fuller(text: str, source: str, header: Span, body: Found[str]) -> Found[str]:
    """The organ in full ("Bureau communautaire") where the header also names it in one word ("réunion du bureau").

    So too the organ that a sentence names by its authority ("le Conseil de la Communauté de communes X").
    """
    if pattern("header", "body_narrowed.of_community").fullmatch(fold(body.value)):
        own = fold(table("header")["own_organs"]["communauté"])
        for found in finder("header", "body.head").finditer(source, header.start, header.end):
            if found["body"] == own:
                return Found(squeeze(text[slice(*found.span("body"))]), Span(*found.span("body")))
    if " " in body.value:
        return body
    for found in finder("header", "body.head").finditer(source, header.start, header.end):
        written = squeeze(text[slice(*found.span("body"))])
        if fold(written).startswith(fold(body.value) + " "):
            return Found(written, Span(*found.span("body")))
    return body


def _cut_short(text: str, span: Span) -> bool:
    """Whether a line break cuts the name, so that nobody knows if its hyphen is part of it."""
    return text[span.end - 1] in "-‐" or text[span.end : span.end + 2] == "-\n"


def _letterhead(text: str, source: str, header: Span) -> Found[str] | None:
    """The authority named on a line of its own ("COMMUNE DE X"), a département only where nothing else is.

    A title that opens with another body ("Syndicat mixte du Val – Contribution 2022") is none.
    """
    return _headed(text, source, header, *_LETTERHEADS)


def _establishment(text: str, source: str, header: Span, body: Found[str] | None) -> Found[str] | None:
    """The school or the hospital whose board sits, where nothing else is named."""
    if body is not None and pattern("header", "social.board").fullmatch(fold(body.value)) is None:
        return None
    return _headed(text, source, header, "establishment")


def _headed(text: str, source: str, header: Span, *names: str) -> Found[str] | None:
    """The authority that a line of its own names, by the first of several forms."""
    for name in names:
        for found in finder("header", f"authority.{name}").finditer(source, header.start, header.end):
            if pattern("header", "matter.title").search(found["authority"]):
                continue
            if authority := _authority(text, source, Span(*found.span("authority"))):
                return _town_above(text, source, authority) or authority
    return None


def _town_above(text: str, source: str, authority: Found[str]) -> Found[str] | None:
    """The commune on the line above one that only tells its département: "BRESSONNIÈRES", "Commune de Savoie – 900 m".

    None where a commune is called so itself.
    """
    area = pattern("header", "authority.area").match(fold(authority.value))
    head = source.rfind("\n", 0, authority.span.start)
    if area is None or head < 0 or find(area[0]) is not None or find(f"departement {area['name']}") is None:
        return None
    above = pattern("header", "authority.town_above").match(source, source.rfind("\n", 0, head) + 1, head)
    if above is None:
        return None
    name = squeeze(text[slice(*above.span("authority"))])
    return Found(commune_of(name), Span(*above.span("authority"))) if _is_place(name) else None


def _stamped(source: str, stamps: Iterable[Stamp]) -> Found[str] | None:
    """The body whose SIREN a stamp gives, where the text names it too: a wrong figure would make it another."""
    borne = [(stamp, known) for stamp in stamps if (known := by_siren(stamp.siren))]
    written = f" {key(source)} " if borne else ""  # the words of a whole document, made only where they are asked
    for stamp, known in borne:
        if f" {_bare(known.name)} " in written:
            kind = _KINDS.get(known.kind)
            return Found(f"{kind} {known.name}" if kind else known.name, Span(stamp.start, stamp.end))
    return None


def _bare(name: str) -> str:
    """The words of an official name without those that say what sort of body it is ("CC ", "Métropole ")."""
    return pattern("header", "authority.sort").sub("", key(name), count=1).strip()


def commune_of(name: str) -> str:
    """The commune of a bare name, as letterheads write it: "Commune d'Ahuy", "Commune de Dijon"."""
    particle = "d'" if fold(name[:1]) in _VOWELS else "de "
    return f"Commune {particle}{name}"


def _titled(text: str, source: str, header: Span) -> Found[str] | None:
    """The commune that the title of minutes names before the council ("Valmorin - Compte rendu du conseil …")."""
    found = pattern("header", "authority.titled").match(source, 0, header.end) if header.start == 0 else None
    if found is None or not _authority(text, source, Span(*found.span("authority"))):
        return None
    name = squeeze(text[slice(*found.span("authority"))])
    return Found(commune_of(name), Span(*found.span("authority")))


def _placed(text: str, source: str, header: Span) -> Found[str] | None:
    """The commune whose bare name stands on the line above its council ("GRANDCHAMP", then "CONSEIL MUNICIPAL")."""
    for found in finder("header", "authority.placed").finditer(source, header.start, header.end):
        span = Span(*found.span("authority"))
        name = squeeze(text[slice(*span)])
        if _is_place(name) and _authority(text, source, span):
            return Found(commune_of(name), span)
    return None


def _is_place(name: str) -> bool:
    """Whether words are written as a place is: in capitals, or each with its own but the small ones."""
    return name.isupper() or all(word[:1].isupper() for word in re.split(r"[ -]", name) if len(word) > _SMALL_WORD)


def _mayors(text: str, source: str, header: Span) -> Found[str] | None:
    """The commune of "Nous, X, Maire de La Roche"."""
    for found in finder("header", "authority.mayor").finditer(source, header.start, header.end):
        span = Span(*found.span("authority"))
        name = text[span.start : span.end].strip()
        if name.split("'")[-1].split("’")[-1].split()[-1][:1].isupper() and _authority(text, source, span):
            stop = finder("header", "name.stop").search(source, span.start + 3, span.end)
            return Found(f"Commune {squeeze(text[span.start : stop.start() if stop else span.end])}", span)
    return None


def _halls(text: str, source: str, header: Span, body: Found[str] | None) -> Found[str] | None:
    """The commune in whose town hall a municipal council sits."""
    if body is None or pattern("header", "unnamed.municipal").search(fold(body.value)) is None:
        return None
    for found in finder("header", "authority.hall").finditer(source, header.start, header.end):
        span = Span(*found.span("authority"))
        if _authority(text, source, span):
            return Found(f"Commune {squeeze(text[slice(*span)])}", span)
    return None


def _organ(written: str) -> str:
    """The organ, also where its members are named instead of it ("les conseillers municipaux")."""
    return _organs().get(fold(written)) or _capitalised(written)


def _named(organ: Found[str], authority: str) -> Found[str]:
    """The organ, where it is only called "Conseil" by what such an authority calls it: "du Conseil de X métropole"."""
    if fold(organ.value) != "conseil":
        return organ
    return Found(table("header")["own_organs"].get(authority.rsplit(maxsplit=1)[-1].lower(), organ.value), organ.span)


@cache
def _organs() -> dict[str, str]:
    return {fold(members): organ for members, organ in table("header")["organs"].items()}


def _with_next_line(source: str, span: Span) -> Span:
    """The name with its second line, where that completes it: the first is full, a kind alone, or cut in a name."""
    if span.end >= len(source) or source[span.end] != "\n":
        return span
    head, below = source.rfind("\n", 0, span.start) + 1, span.end + 1
    name = source[span.start : span.end].strip("\t *")
    article = pattern("header", "name.article").match(name)
    kind_alone = pattern("header", "name.nobody").fullmatch(name, article.end() if article else 0)
    forms = [] if pattern("header", "name.placed_town").match(name) else ["complement"]
    if kind_alone or span.end - head >= _FULL_LINE or finder("header", "name.open").search(source, head, span.end):
        forms = ["continued", "complement", "completed"]
        forms += ["rest"] if finder("header", "name.articled").search(source, head, span.end) else []
    found = next((m for form in forms if (m := pattern("header", f"name.{form}").match(source, below))), None)
    return Span(span.start, found.end()) if found else span


def _authority(text: str, source: str, span: Span, organ: str = "") -> Found[str] | None:
    """The name of an authority without its article; where ``organ`` is an assembly, the authority it governs."""
    span = _with_next_line(source, span)
    article = pattern("header", "name.article").match(source[span.start : span.end])
    start = span.start + (article.end() if article else 0)
    stop = finder("header", "name.stop").search(source, start + 1, span.end)
    end = stop.start() if stop else span.end
    name = squeeze(text[start:end].replace("-\n", "-")).strip("*_ -–—:,.|")
    if not any(c.isalpha() for c in name) or pattern("header", "name.nobody").fullmatch(fold(name)):
        return None
    governed = _governed(f"{organ} {squeeze(text[span.start : end])}") or _governed(name)
    mended = _POINTS.sub(lambda found: found.group().replace(".", ""), _MAYORS_OFFICE.sub("Commune ", name))
    return Found(governed or _capitalised(mended), Span(start, end))


def _governed(name: str) -> str | None:
    """The authority that an assembly governs, where the name is that of the assembly."""
    for authority, assembly in named("header", "assembly"):
        if found := assembly.match(fold(name)):
            return f"{authority} {name[found.end() :]}"
    return None


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]
