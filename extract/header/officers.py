"""Who presided and who was secretary, in whatever phrase the header names them."""

from __future__ import annotations

import re
from functools import cache

from extract.facts import PersonName
from extract.finder import finder, finders
from extract.header.found import Found
from extract.header.names import is_particle, read_name, split_honorific
from extract.patterns import cased, pattern
from extract.segment.layout import Span
from extract.text import fold

#: The forms in which the name stands before the words that tell the office.
_BEFORE = {"president": "president_before", "secretary": "secretary_before"}
#: A name stands within this many characters of the words that tell the office.
_REACH = 90
#: So far from the words that tell who takes the chair stand those that tell why.
_ASIDE = 160
#: What parts a name from the field in the next column ("Présidence : Mme ROY     Secrétaire : M. PAUL").
_COLUMN = re.compile(r"\t| {3,}")
#: A civility with a name behind it; a full stop with a sentence behind it.
_CIVILITY_INSIDE = re.compile(r"(?<![\w'’.-])(?:M\.|M|Mme|Me?lle|Mr|Monsieur|Madame|Mademoiselle)\s+(?=[A-ZÀ-Ýa-z])")
_SENTENCE = re.compile(r"[^\W\d_]{3}\.\s")
#: Whoever stands before a colon speaks: "Secrétaire de séance : Anne NOIR : je propose …".
_SPEAKS = re.compile(r"[ \t]*:[ \t]*\S")
#: The first words of a sentence stand within so many characters of a name.
_OPENING = 12
#: The longest civility ("mademoiselle") and the space behind it.
_CIVILITY = 14
#: "la candidature de Monsieur Paul NOIR": what stands before a civility is no part of the name.
_PREPOSITION = re.compile(r"^(?:de|du)\s+(?=(?:Monsieur|Madame|Mademoiselle|M\.|Mr|Mme|Mlle)\s)")
#: The number of the act, glued behind the name: "M. NOIR DEL2023-01".
_NUMBERED = re.compile(r"\s+(?=[^\W\d_]*\d)")
_BRACKETS = re.compile(r"\([^()]*\)")


def read_officer(kind: str, text: str, source: str, span: Span) -> Found[PersonName] | None:
    """The president or the secretary (``kind``) of a stretch of text: the name after, then before the words."""
    for _, form in finders("header", kind):
        for found in form.finditer(source, span.start, span.end):
            at = found.start("name")
            if kind == "president" and _for_a_point(source, span, found.start()):
                continue
            name = name_at(text, at, span.end)
            if name is not None and not (kind == "secretary" and _SPEAKS.match(text, name.span.end)):
                return name
    for _, form in finders("header", _BEFORE[kind]):
        for found in form.finditer(source, span.start, span.end):
            if kind == "president" and _for_a_point(source, span, found.start()):
                continue
            if (name := name_before(text, span.start, found.start())) is not None:
                return name
    return None


def _for_a_point(source: str, span: Span, at: int) -> bool:
    """Whether somebody takes the chair because who holds it leaves the room: for the accounts, for one vote."""
    start = max(span.start, at - _ASIDE, source.rfind("\n\n", span.start, at))
    stop = source.find("\n\n", at, min(span.end, at + _ASIDE))
    end = stop if stop >= 0 else min(span.end, at + _ASIDE)
    return finder("header", "chair_left").search(source, start, end) is not None


@cache
def _person() -> re.Pattern[str]:
    return cased("names", "person_written")


def name_at(text: str, at: int, end: int) -> Found[PersonName] | None:
    """The person whose name begins at ``at``, white space and emphasis aside."""
    while at < end and text[at] in " \t\n*_\u00a0":
        at += 1
    civility = pattern("roster", "honorific").match(fold(text[at : at + _CIVILITY]))
    if civility and text[at : at + 1].islower():  # "de monsieur Paul NOIR"
        named = name_at(text, at + civility.end(), end)
        return named and Found(_styled(civility["civility"], named.value), Span(at, named.span.end))
    stop = min(end, at + _REACH)
    column = _COLUMN.search(text, at, stop)
    read = [
        Found(name, Span(at, at + len(written)))
        for reach in ((column.start(), stop) if column else (stop,))
        if (found := _person().match(text, at, reach))
        and (written := _to_next(text, found))
        and (name := read_name(written))
    ]
    return next((found for found in read if found.value.given), read[-1] if read else None)


def _to_next(text: str, found: re.Match[str]) -> str:
    """A name without the words that open the next sentence, in a text glued into one line."""
    following = cased("names", "opens_next").search(text, found.start(), found.end() + _OPENING)
    numbered = _NUMBERED.search(text, found.start(), found.end())
    return text[found.start() : min(cut.start() if cut else found.end() for cut in (following, numbered))]


def _styled(civility: str, name: PersonName) -> PersonName:
    """A name with a civility that stands in small letters before it."""
    honorific, _ = split_honorific(civility.capitalize())
    return name.model_copy(update={"honorific": name.honorific or honorific})


def _is_aside(between: str) -> bool:
    """Whether what stands between a name and the words of an office goes with the name: a role, how it was chosen."""
    if between in ("le", "la") or pattern("roster", "role").match(between):
        return True
    return pattern("header", "officer.aside").match(between) is not None


def name_before(text: str, start: int, end: int) -> Found[PersonName] | None:
    """The person whose name ends at ``end``."""
    head = max(start, end - _REACH)
    civilities = list(_CIVILITY_INSIDE.finditer(text, head, end))
    if civilities and not _SENTENCE.search(text, civilities[-1].end(), end):
        head = civilities[-1].start()
    for written in reversed(list(_person().finditer(text, head, end))):
        between = _BRACKETS.sub("", text[written.end() : end]).strip(" \t\n,*")
        name = read_name(_PREPOSITION.sub("", written.group()))
        if name is None:
            continue
        if between and not _is_aside(fold(between)):
            return None
        last = name.written.split()[-1]
        if len(last.rstrip(".")) > 1 and is_particle(
            last
        ):  # "DÉSIGNATION DU secrétaire" names nobody, "MASSON É." does
            return None
        if name.honorific or name.given or written.group()[:1].isupper():  # "directeur du CCAS" names nobody
            return Found(name, Span(*written.span()))
    return None
