"""The head of an act: séance, organ, authority, officers, counts and roster, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.fuzz import ratio

from extract.facts import AttendanceFact, Evidence, PersonName, SessionFacts
from extract.finder import finder, finders
from extract.header.bodies import read_body, read_deciding
from extract.header.counts import read_counts
from extract.header.found import Found
from extract.header.merge import same_person
from extract.header.officers import name_at, read_officer
from extract.header.offices import with_offices
from extract.header.register import read_department, read_siren
from extract.header.roster import PageOf, read_roster, read_titled
from extract.header.seance import read_dates
from extract.header.towns import group_of, with_towns
from extract.segment.layout import ActLayout, Span
from extract.segment.lines import folded
from extract.text import key
from extract.view import Stamp

__all__ = ["PageOf", "read_session"]

#: A header shorter than this tells nothing; what stands above the recitals is at most so long.
_SHORTEST, _LONGEST = 80, 2_500
#: The sentence that names the secretary may stand this far below the lists.
_BELOW = 700
#: Family names so much alike may be one name, misspelt.
_SPELT_ALIKE = 75
#: The signatures stand within this many characters of the end of the decisions.
_TAIL = 1_500
#: The name above "Maire de Valmorin" stands so far before that line at most.
_ABOVE = 160


def read_session(text: str, layout: ActLayout, page_of: PageOf, stamps: Iterable[Stamp] = ()) -> SessionFacts:
    """The séance of an act.

    ``page_of`` gives the page of an offset (None where the document has no pages); ``stamps`` are those printed on
    the act. A field the header does not state is None; a president or secretary named by family alone keeps
    ``given=None``. ``evidence`` has a key for each field found, named as the field; the roster carries its own.
    """
    source = folded(text)
    stamps = tuple(stamps)
    header = _head(source, layout)
    below = Span(header.start, min(layout.whole.end, header.end + _BELOW))
    body, authority = read_body(text, source, header, stamps)
    body = body or read_deciding(text, source, _clause(layout))
    named = authority.value if authority else None
    date, convocation = read_dates(text, source, header, below, stamps, _lists_at(layout))
    president = _officer("president", text, source, (header, below)) or read_titled(text, layout)
    president = _signed(text, source, layout, president)
    counts, lower = read_counts(source, header), read_counts(source, below)
    found: dict[str, Found[object] | None] = {
        "date": date,
        "convocation_date": convocation,
        "body": body,
        "authority": authority,
        "department": read_department(text, source, header, named),
        "siren": read_siren(source, header, stamps),
        "president": president,
        "secretary": _officer("secretary", text, source, (header, below)),
        **{name: count or lower[name] for name, count in counts.items()},
    }
    stated = {name: field for name, field in found.items() if field is not None}
    evidence = {
        name: (Evidence(start=field.span.start, end=field.span.end, page=page_of(field.span.start)),)
        for name, field in stated.items()
    }
    values = {name: field.value for name, field in stated.items()}
    attendance = read_roster(text, layout, page_of, president.value if president else None, header)
    if president and _presides_unlisted(president.value, attendance, found["present_count"]):
        attendance = (
            AttendanceFact(member=president.value, status="present", evidence=evidence["president"]),
            *attendance,
        )
    told = SessionFacts.model_validate({**values, "attendance": with_offices(source, attendance), "evidence": evidence})
    group = group_of(told.authority, told.siren, told.department)
    return told.model_copy(update={"attendance": with_towns(source, group, told.attendance)})


def _lists_at(layout: ActLayout) -> int | None:
    return layout.rosters[0].heading.start if layout.rosters else None


def _clause(layout: ActLayout) -> Span:
    """From the formula that brings the decision in, else from the title, to the signatures."""
    start = layout.intro.start if layout.intro else layout.body.start
    return Span(start, max(start, layout.tail.start))


def _head(source: str, layout: ActLayout) -> Span:
    """The header; where it holds nothing, what stands above the recitals."""
    header = layout.header
    if header.end - header.start > _SHORTEST:
        return header
    stop = min(layout.whole.end, header.start + _LONGEST)
    recital = finder("header", "recital").search(source, header.end, stop)
    return Span(header.start, max(header.end, recital.start() if recital else stop))


def _signed(text: str, source: str, layout: ActLayout, president: Found[PersonName] | None) -> Found[PersonName] | None:
    """Who presides, as the signature tells: where nothing else does, or only a family name or an initial is told."""
    if president and president.value.given and "." not in president.value.given:
        return president
    stop = min(layout.whole.end, layout.tail.start + _TAIL)
    for name, form in finders("header", "signature"):
        start = layout.tail.start if name != "above" else max(layout.body.start, layout.tail.start - _ABOVE)
        for found in form.finditer(source, start, stop):
            signer = name_at(text, found.start("name"), stop)
            if signer and signer.value.given and (not president or _is_fuller(signer.value, president.value)):
                return signer
    below = _signed_below(text, source, layout)
    return below if below and (not president or _is_fuller(below.value, president.value)) else president


def _is_fuller(signer: PersonName, president: PersonName) -> bool:
    """Whether a signature gives in full the name that the head abridges."""
    if signer.family != president.family or "." in (signer.given or ""):
        return False
    return president.given is None or (signer.given or "")[:1] == president.given[:1]


def _signed_below(text: str, source: str, layout: ActLayout) -> Found[PersonName] | None:
    """Who signs the minutes that an act is a point of, below the last of them."""
    if layout.header.end > layout.whole.start:
        return None
    for found in finder("header", "signature.name").finditer(source, layout.whole.end):
        signer = name_at(text, found.start("name"), len(text))
        if signer and signer.value.given:
            return signer
    return None


def _officer(kind: str, text: str, source: str, spans: tuple[Span, ...]) -> Found[PersonName] | None:
    return next((found for span in spans if (found := read_officer(kind, text, source, span))), None)


def _presides_unlisted(
    president: PersonName, attendance: tuple[AttendanceFact, ...], count: Found[object] | None
) -> bool:
    """Whether the list of the present leaves out who presides, and the count does not contradict it."""
    present = sum(fact.status == "present" for fact in attendance)
    if not present or (count and count.value == present):
        return False
    members = [fact.member for fact in attendance]
    if president.given is None:
        holders = [fact.proxy_holder for fact in attendance if fact.proxy_holder]
        others = [member for member in members if ratio(key(member.family), key(president.family)) >= _SPELT_ALIKE]
        return not others and any(key(holder.family) == key(president.family) for holder in holders)
    return not any(same_person(president, member, members, alike=True) for member in members)
