"""Programmes, contracts and plans: recognised, dated, tied to their sigle and to each other.

Registered as ``delibgraph_programmes``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from extract.pipes.model import Found, Programme
from extract.pipes.programmes.dating import dated, successors
from extract.pipes.programmes.instances import instances
from extract.pipes.programmes.mentions import (
    Mention,
    add_phrases,
    closing,
    defined,
    family_mentions,
    sigle_mentions,
    tied_sigles,
    titled,
    with_sigle,
)
from extract.pipes.reading import Reading

_FEWEST_WORDS = 2


def find_programmes(doc: Doc, reading: Reading, matcher: PhraseMatcher) -> list[Programme]:
    """Every programme of the act."""
    text = reading.text
    known = list(family_mentions(doc, matcher))
    tied = tied_sigles(reading.definitions, known)
    known = [with_sigle(m, tied) for m in known]
    known += list(sigle_mentions(reading, known, {s: f for s, (f, _) in tied.items()}))
    for finder in (defined(reading, text, known), titled(reading, text), closing(reading, text)):
        for mention in finder:
            if not any(mention.start < m.end and mention.end > m.start for m in known):
                known.append(mention)
    known += list(successors(reading, known))
    known.sort(key=lambda m: m.start)
    following = [*(m.start for m in known[1:]), len(text)][: len(known)]
    mentions = [dated(m, reading.folded, stop) for m, stop in zip(known, following, strict=True)]
    year = reading.context.session_date.year if reading.context.session_date else None
    return instances(_same_names(mentions, text, reading), year)


def _same_names(mentions: list[Found[Mention]], text: str, reading: Reading) -> list[Found[Mention]]:
    """Other mentions of a programme of no family, by its whole name or its sigle alone."""
    out = list(mentions)
    for mention in mentions:
        sigle, name = mention.value.sigle, mention.value.name
        if mention.value.family or mention.value.by_sigle:
            continue
        words = [w for w in (sigle, name if len(name.split()) > _FEWEST_WORDS else None) if w]
        again = r"(?<![\w'’(])(?:" + "|".join(map(re.escape, words)) + r")(?![\w])"
        for match in re.finditer(again, text) if words else ():
            if not any(match.start() < m.end and match.end() > m.start for m in out):
                value = replace(mention.value, first=None, last=None, until=None, by_sigle=match.group() == sigle)
                out.append(dated(Found(match.start(), match.end(), value), reading.folded))
    return sorted(out, key=lambda m: m.start)


@Language.factory("delibgraph_programmes")
def make_programmes(nlp: Language, name: str) -> ProgrammesComponent:  # noqa: ARG001 - spaCy's signature
    """The component; its phrases are built once from the families data."""
    return ProgrammesComponent(nlp)


class ProgrammesComponent:
    """Fills ``reading.programmes`` and ``programme_places``."""

    def __init__(self, nlp: Language) -> None:
        self.matcher = PhraseMatcher(nlp.vocab, attr="NORM")
        add_phrases(self.matcher, nlp)

    def __call__(self, doc: Doc) -> Doc:
        """Find the programmes of one act."""
        reading: Reading = doc._.reading
        reading.programmes = find_programmes(doc, reading, self.matcher)
        reading.programme_places = frozenset(
            position for p in reading.programmes for start, end in p.mentions for position in range(start, end)
        )
        return doc
