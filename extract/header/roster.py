"""The roster: who was present, absent, represented, and by whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from extract.facts import AttendanceFact, AttendanceStatus, Evidence, PersonName
from extract.finder import finder, may_match
from extract.header.entries import entries_of
from extract.header.found import Found
from extract.header.merge import merged, same_person
from extract.header.names import by_initials, read_name
from extract.header.prose import told_proxies
from extract.header.proxies import Proxy, read_proxy
from extract.header.tabled import table_rows
from extract.patterns import pattern
from extract.segment.layout import ActLayout, Span
from extract.segment.lines import folded
from extract.segment.rosters import tells_present
from extract.text import fold, key, squeeze

PageOf = Callable[[int], int | None]
#: Initials of a given name are at most so long ("J.-P").
_INITIALS = 4
#: A name in brackets behind a giver's: "ARNAUD Yves (BLANC Anne)".
_BRACKETED = re.compile(r"\((?P<holder>[^()\d]{3,50})\)[\s.,;–—-]*\Z")
#: What may be said beside a name: in most lists of the present, nothing.
_BESIDE = ("excused", "remark", "moment_beside")
_REMARKS = (*_BESIDE, "substitute", "substitute_of", "received", "proxy", "proxy_alone", "arrival", "departure")


class Section(NamedTuple):
    """One list of the roster: what becomes of those it names, and whether they gave a proxy, or a substitute sits."""

    status: AttendanceStatus
    by_proxy: bool
    by_substitute: bool = False


class _Told(NamedTuple):
    """One entry: the number of its list, what that list says, the words, and where they stand."""

    number: int
    section: Section
    written: str
    spans: tuple[Span, ...]


def read_roster(
    text: str, layout: ActLayout, page_of: PageOf, president: PersonName | None = None, header: Span | None = None
) -> tuple[AttendanceFact, ...]:
    """Every entry of the act's rosters, in the order of the text; one person told twice in one way is one entry.

    A person listed among the absent who gave their proxy is "represented"; one whose proxy names no holder is too,
    where the heading says that all of them gave one. ``president`` is the holder of a proxy "à Monsieur le Maire".
    Proxies that a sentence of the ``header`` tells beside the lists count too, but for those who are present.
    """
    told = sorted(_told(text, layout), key=lambda each: each.spans[0].start)
    initials = by_initials(tuple(each.written for each in told))
    facts = [
        (each.number, fact)
        for each in told
        for fact in _attendance(each.written, _evidence(each.spans, page_of), each.section, president, initials)
    ]
    present = [fact.member for _, fact in facts if fact.status == "present"]
    facts = [
        (number, _with_bracketed(text, fact, [*present, *([president] if president else [])])) for number, fact in facts
    ]
    facts = [(number, _with_full_holder(fact, present)) for number, fact in facts]
    beside = _beside_lists(text, header or layout.header, layout, page_of) if facts else ()
    facts += [
        (len(layout.rosters), fact)
        for fact in beside
        if not any(same_person(fact.member, member, present) for member in present) and not _already(fact, facts)
    ]
    return merged(facts)


def _with_bracketed(text: str, fact: AttendanceFact, members: Sequence[PersonName]) -> AttendanceFact:
    """A giver with the holder whose name stands in brackets behind, where that is somebody present: "X (Y)"."""
    if fact.status != "represented" or fact.proxy_holder:
        return fact
    written = text[fact.evidence[0].start : fact.evidence[-1].end]
    found = _BRACKETED.search(written)
    holder = read_name(found["holder"]) if found else None
    if holder is None or not any(same_person(holder, member, list(members)) for member in members):
        return fact
    return fact.model_copy(update={"proxy_holder": holder})


def _with_full_holder(fact: AttendanceFact, members: Sequence[PersonName]) -> AttendanceFact:
    """A proxy whose holder is told by initials ("F. BLANC"), with the name of the one member present who bears them."""
    holder = fact.proxy_holder
    if holder is None or holder.given is None or len(holder.given.strip(".")) > _INITIALS:
        return fact
    full = [each for each in members if each.given and same_person(holder, each, list(members))]
    named = {key(each.written): each for each in full if len(each.given or "") > len(holder.given)}
    return fact.model_copy(update={"proxy_holder": next(iter(named.values()))}) if len(named) == 1 else fact


def _already(told: AttendanceFact, facts: Sequence[tuple[int, AttendanceFact]]) -> bool:
    """Whether a list names the giver more fully, or less: the same first name, a family name in common."""
    family = set(key(told.member.family).split())
    return any(
        fact.status == "represented"
        and fact.member.given == told.member.given is not None
        and family & set(key(fact.member.family).split())
        for _, fact in facts
    )


def _beside_lists(text: str, header: Span, layout: ActLayout, page_of: PageOf) -> Iterator[AttendanceFact]:
    """The proxies that sentences of the header tell."""
    lists = [Span(roster.heading.start, roster.listed.end) for roster in layout.rosters]
    for giver, holder in told_proxies(text, folded(text), header, lists):
        spans = (Span(min(giver.span.start, holder.span.start), max(giver.span.end, holder.span.end)),)
        yield AttendanceFact(
            member=giver.value, status="represented", proxy_holder=holder.value, evidence=_evidence(spans, page_of)
        )


def _told(text: str, layout: ActLayout) -> Iterator[_Told]:
    """Every entry of every list, and every row of every table."""
    source = folded(text)
    for number, roster in enumerate(layout.rosters):
        if roster.table:
            for row in table_rows(text, source, roster.table):
                yield _Told(number, _section(row.kind), row.written, row.spans)
            continue
        section = _section(roster.kind)
        if pattern("roster", "by_substitute").search(source, *roster.heading):
            section = Section("absent", False, True)
        for entry in entries_of(text, source, roster, by_proxy=section.by_proxy):
            yield _Told(number, section, entry.text(text), tuple(entry.fragments))


def _section(kind: str) -> Section:
    if tells_present(kind):
        return Section("present", False)
    by_proxy = bool(pattern("roster", "by_proxy").search(kind)) and not pattern("roster", "excluded").search(kind)
    # "Absents ou représentés" leaves it to each entry; "absents ayant donné pouvoir" holds for all.
    all_of_them = by_proxy and not pattern("roster", "either").search(kind)
    return Section("represented" if all_of_them else "absent", by_proxy)


def _evidence(spans: Iterable[Span], page_of: PageOf) -> tuple[Evidence, ...]:
    return tuple(Evidence(start=s.start, end=s.end, page=page_of(s.start)) for s in spans)


def _attendance(
    written: str, evidence: tuple[Evidence, ...], section: Section, president: PersonName | None, initials: bool
) -> Iterator[AttendanceFact]:
    """The facts of one entry: its member, and whoever gave that member a proxy ("Y (procuration de X)").

    ``initials`` tells that the roster gives first names by initials alone, "M." among them.
    """
    if not section.by_proxy and not may_match("roster", _REMARKS)(fold(written)):
        if member := read_name(written, initials=initials):
            yield AttendanceFact(member=member, status=section.status, evidence=evidence)
        return
    proxy = read_proxy(written, by_proxy=section.by_proxy, president=president, initials=initials)
    member = read_name(_without_remarks(proxy.member), initials=initials)
    if member is None:
        return
    if section.by_substitute and proxy.holder:
        proxy = Proxy(proxy.member, substitute=proxy.holder)
    for giver in proxy.givers:
        yield AttendanceFact(member=giver, status="represented", proxy_holder=member, evidence=evidence)
    if proxy.substitute:
        yield AttendanceFact(member=proxy.substitute, status="present", evidence=evidence)
    if proxy.givers and section.status != "present":
        return
    since, until = _moment("arrival", written), _moment("departure", written)
    if section.status == "present" and proxy.linked and proxy.holder and (since or until):
        # "X (a donné procuration à Y à compter du point 9)": there until then
        yield AttendanceFact(member=member, status="present", valid_from=until, valid_until=since, evidence=evidence)
    yield AttendanceFact(
        member=member,
        status=_status(proxy, section),
        proxy_holder=proxy.holder,
        valid_from=since,
        valid_until=until,
        evidence=evidence,
    )


def _status(proxy: Proxy, section: Section) -> AttendanceStatus:
    """A member whose substitute sits is absent, on whatever list."""
    if proxy.substitute:
        return "absent"
    return "represented" if proxy.linked else section.status


def _without_remarks(name: str) -> str:
    for remark in _BESIDE:
        if found := finder("roster", remark).search(fold(name)):
            name = name[: found.start()]
    return name


def _moment(kind: str, written: str) -> str | None:
    found = finder("roster", kind).search(fold(written))
    return squeeze(written[slice(*found.span("moment"))]).rstrip(" .") if found else None


def read_titled(text: str, layout: ActLayout) -> Found[PersonName] | None:
    """The member whom the list of the present calls mayor or president: who presides, where nothing else is said."""
    source = folded(text)
    for roster in layout.rosters:
        if roster.table or not tells_present(roster.kind):
            continue
        for entry in entries_of(text, source, roster, by_proxy=False):
            written = entry.text(text)
            name = read_name(_without_remarks(written))
            if name and pattern("roster", "chairs").search(fold(written)):
                return Found(name, Span(entry.fragments[0].start, entry.fragments[-1].end))
    return None
