"""From a source to the facts of its acts: segmentation, header, vote, then the pipeline on each act's text.

Everything is read in the working view (:mod:`extract.view`), whose offsets are those of the document's text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator

from extract.assemble import Assembler
from extract.errors import NotAnAct
from extract.facts import ActFacts, DecisionFact, DocumentFacts, Evidence, SessionFacts, VoteFacts
from extract.header import read_session
from extract.header.citations import read_citations
from extract.header.unnamed import find_unnamed
from extract.header.vote import read_vote
from extract.pipeline import read_act
from extract.pipes.model import ActContext
from extract.pipes.money.attach import main_programme
from extract.pipes.reading import Reading
from extract.privacy import redactions
from extract.read import Source
from extract.segment import ActLayout, RosterSpan, Span, segment
from extract.strangers import private_passages
from extract.text import squeeze
from extract.version import EXTRACTOR
from extract.view import View, view

_REFUSED = frozenset(["rejected", "postponed"])


def extract_source(source: Source) -> DocumentFacts:
    """All facts of one document.

    Raises:
        NotAnAct: when the text shows none of the signs of a deliberation.
    """
    seen = view(source.text)
    layouts = segment(seen.text)
    if not layouts:
        raise NotAnAct(
            source.file_name,
            "ce texte n'est pas une délibération (ni séance, ni présents, ni décision)",
            "Vérifier le fichier, ou l'ôter du dossier.",
        )
    page_of = _page_finder(source)
    sessions: list[SessionFacts] = []
    acts: list[ActFacts] = []
    hidden: list[Evidence] = []
    for layout, session in _headed(seen, layouts, page_of, source.file_name):
        if session not in sessions:
            sessions.append(session)
        act, private = _read(seen, layout, sessions.index(session), session, page_of)
        acts.append(act)
        hidden += private
    return DocumentFacts(
        extractor=EXTRACTOR,
        file_name=source.file_name,
        sha256=source.sha256,
        media_type=source.media_type,
        text=source.text,
        pages=source.pages,
        sessions=tuple(sessions),
        acts=tuple(acts),
        redactions=redactions(source.text, hidden),
        notices=source.notices,
    )


def readings(source: Source) -> Iterator[tuple[str, Reading]]:
    """Each act of a document as the pipeline reads it, with its title: what training and diagnosis look at."""
    seen, page_of = view(source.text), _page_finder(source)
    for layout, session in _headed(seen, segment(seen.text), page_of, source.file_name):
        vote = read_vote(seen.text, layout, session, page_of)
        begin, end = _text_span(layout)
        yield (
            _said(seen.text, layout.title) or "",
            read_act(seen.text[begin:end], _context(layout, session, vote, begin)),
        )


def _headed(
    seen: View, layouts: tuple[ActLayout, ...], page_of: Callable[[int], int | None], file_name: str
) -> Iterator[tuple[ActLayout, SessionFacts]]:
    """Each act with its séance; acts under one head share one."""
    heads: dict[tuple[Span, tuple[RosterSpan, ...]], SessionFacts] = {}
    for layout in layouts:
        head = (layout.header, layout.rosters)
        if (session := heads.get(head)) is None:
            stamps = seen.stamps_in(layout.whole.start, layout.whole.end) or seen.stamps[:1]
            session = read_session(seen.text, layout, page_of, stamps)
            heads[head] = session = _with_authority(seen.text, session, page_of, file_name)
        yield layout, session


def _with_authority(
    text: str, session: SessionFacts, page_of: Callable[[int], int | None], file_name: str
) -> SessionFacts:
    """The séance with the authority that the file name and the text tell together, where its head tells none."""
    found = None if session.authority else find_unnamed(text, file_name, session.body)
    if found is None:
        return session
    passage = Evidence(start=found.span.start, end=found.span.end, page=page_of(found.span.start))
    return session.model_copy(
        update={"authority": found.value, "evidence": {**session.evidence, "authority": (passage,)}}
    )


def _page_finder(source: Source) -> Callable[[int], int | None]:
    starts = [page.start for page in source.pages]

    def page_of(position: int) -> int | None:
        return source.pages[max(0, bisect_right(starts, position) - 1)].page if starts else None

    return page_of


def _text_span(layout: ActLayout) -> Span:
    """The part of an act that the pipeline reads: theme, title, exposé, decisions, and what follows one in prose."""
    begin = next((s.start for s in (layout.theme, layout.title) if s is not None), layout.body.start)
    begin = min(begin, layout.body.start)  # recitals may stand above the title
    last = [layout.body.end, *(d.end for d in layout.decisions)]
    if layout.intro is None:
        last.append(min(s.start for s in (layout.vote, layout.tail) if s is not None))
    return Span(begin, max(begin, *last))


def _context(layout: ActLayout, session: SessionFacts, vote: VoteFacts | None, begin: int) -> ActContext:
    return ActContext(
        authority=session.authority,
        body=session.body,
        session_date=session.date,
        title=(layout.title.start - begin, layout.title.end - begin) if layout.title else None,
        decisions=tuple((d.number, d.start - begin, d.end - begin) for d in layout.decisions),
        decision_start=layout.intro.start - begin if layout.intro else None,
        adopted=vote is None or vote.outcome not in _REFUSED,
        put_off=vote is not None and vote.outcome == "postponed",
        voted=vote is not None and vote.outcome == "adopted",
    )


def _read(
    seen: View,
    layout: ActLayout,
    index: int,
    session: SessionFacts,
    page_of: Callable[[int], int | None],
) -> tuple[ActFacts, list[Evidence]]:
    text = seen.text
    vote = read_vote(text, layout, session, page_of)
    begin, end = _text_span(layout)
    reading = read_act(text[begin:end], _context(layout, session, vote, begin))
    assembler = Assembler(reading, text, begin, page_of)
    main = main_programme(reading)
    actions = assembler.actions(main)

    def passage(span: Span | None) -> tuple[Evidence, ...]:
        return (Evidence(start=span.start, end=span.end, page=page_of(span.start)),) if span else ()

    facts = ActFacts(
        session=index,
        span=Evidence(start=layout.whole.start, end=layout.whole.end, page=page_of(layout.whole.start)),
        number=_said(text, layout.number),
        title=_said(text, layout.title or layout.lent),
        title_lent=layout.title is None and layout.lent is not None,
        theme=_said(text, layout.theme),
        matters=seen.matters_in(layout.whole.start, layout.body.end),
        vote=vote,
        decisions=tuple(
            DecisionFact(
                number=d.number,
                text=squeeze(text[d.start : d.end].replace("**", "")).rstrip(" ;"),
                evidence=passage(Span(d.start, d.end)),
            )
            for d in layout.decisions
        ),
        citations=read_citations(text, begin, end, page_of),
        organisations=assembler.organisations(),
        persons=assembler.persons(),
        programmes=assembler.programmes(),
        agreements=assembler.agreements(),
        strands=assembler.strands(main),
        actions=actions,
        fundings=assembler.fundings(),
        tables=assembler.tables(),
        evidence={
            name: passage(span)
            for name, span in (
                ("title", layout.title or layout.lent),
                ("theme", layout.theme),
                ("number", layout.number),
            )
            if span
        },
    )
    private = [Evidence(start=s + begin, end=e + begin, page=None) for s, e in reading.private]
    begin = min(layout.title.start, layout.body.start) if layout.title else layout.body.start
    return facts, [*private, *private_passages(text, begin, layout.tail.start, session)]


def _said(text: str, span: Span | None) -> str | None:
    return squeeze(text[span.start : span.end].replace("**", "")) or None if span else None
