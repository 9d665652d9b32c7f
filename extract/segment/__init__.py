"""Cut a text into acts, and each act into its parts: header, roster, title, exposé, decisions, vote, tail.

Only marks and positions are looked at here; what the parts say is read by :mod:`extract.header` and the pipeline.
"""

from __future__ import annotations

from extract.segment.acts import Extent, extents
from extract.segment.decisions import read_decisions, read_rest, read_table_alone
from extract.segment.ending import Ending, find_ending
from extract.segment.intro import Intro, find_intro
from extract.segment.layout import ActLayout, DecisionSpan, RosterSpan, Span
from extract.segment.lent import lent_title
from extract.segment.lines import folded, plain
from extract.segment.opening import Opening, read_opening
from extract.segment.ruling import is_bare_adoption, is_withdrawn, read_proposed, read_ruling, split_ruling

__all__ = ["ActLayout", "DecisionSpan", "RosterSpan", "Span", "plain", "segment"]


def segment(text: str) -> tuple[ActLayout, ...]:
    """The acts of a text in their order; empty when it is no act.

    An act shows at least two kinds of sign: formula of the register, date of séance, roster, "après en avoir
    délibéré", scrutin.
    """
    source = folded(text)
    return tuple(_layout(text, source, extent) for extent in extents(text, source))


def _decisions(
    text: str, source: str, opening: Opening, intro: Intro | None, ending: Ending, extent: Extent
) -> tuple[DecisionSpan, ...]:
    """The decided points: listed, proposed and adopted, or told in prose; none where the act was withdrawn."""
    start = intro.span.end if intro else opening.end
    stop = ending.tail if extent.point is None else extent.whole.end
    if is_withdrawn(source, Span(start, stop)):
        return ()
    listed = split_ruling(text, source, read_decisions(text, source, start, ending.start))
    if intro is None or not listed or is_bare_adoption(source, listed):
        proposed = read_proposed(text, source, Span(opening.end, intro.span.start if intro else ending.start))
        listed = proposed or listed
    told = listed or read_ruling(text, source, Span(start, ending.start), ending.vote, stop)
    if told or intro is None:
        return told
    return read_table_alone(text, source, Span(start, ending.start)) or read_rest(
        text, source, intro.span, ending.start
    )


def _layout(text: str, source: str, extent: Extent) -> ActLayout:
    end = extent.whole.end
    opening: Opening = read_opening(text, source, extent)
    intro: Intro | None = find_intro(source, opening.end, end)
    decided = intro.span.end if intro else opening.end
    ending: Ending = find_ending(text, source, decided, end)
    body_end = intro.span.start if intro else ending.start
    decisions = _decisions(text, source, opening, intro, ending, extent)
    if not intro and decisions:
        body_end = decisions[0].start
    body = Span(opening.end, max(opening.end, body_end))
    decided_upon = bool(decisions) or intro is not None or ending.vote is not None
    untitled = opening.title is None and decided_upon
    return ActLayout(
        whole=extent.whole,
        header=opening.header,
        rosters=opening.rosters,
        number=opening.number,
        theme=opening.theme,
        title=opening.title,
        body=body,
        intro=intro.span if intro else None,
        decisions=decisions,
        vote=ending.vote or (intro.vote if intro else None),
        tail=Span(ending.tail, end),
        lent=lent_title(text, source, body, decisions) if untitled else None,
    )
