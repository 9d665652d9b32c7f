"""Programmes named: by a form of their family, by sigle, by a head noun with a name of its own.

Families come from ``ontology/programme-families.toml`` by phrase matching; other programmes by what closes or follows
their name (``patterns/programmes.toml``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from extract.finder import Finder, finder
from extract.patterns import pattern
from extract.pipes.model import Definition, Found
from extract.pipes.norms import norm
from extract.pipes.reading import Reading
from extract.text import squeeze
from ontology import families


@dataclass(frozen=True, slots=True)
class Mention:
    """A programme named once. ``family`` is a key of the families data, ``name`` as written."""

    name: str
    family: str | None
    sigle: str | None = None
    first: int | None = None
    last: int | None = None
    until: int | None = None
    former: bool = False
    coming: bool = False
    by_sigle: bool = False


def add_phrases(matcher: PhraseMatcher, language: Language) -> None:
    """Give a matcher on NORM every written form of every family."""
    for family in families.load():
        docs = []
        for form in dict.fromkeys(family.written_forms):
            doc = language.make_doc(form)
            for token in doc:
                token.norm_ = norm(token.text)
            docs.append(doc)
        matcher.add(family.key, docs)


@lru_cache(maxsize=1)
def _by_sigle() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for family in families.load():
        for notation in family.notations:
            found[notation] = (*found[notation], family.key)
    return dict(found)


@lru_cache(maxsize=1)
def _sigle_pattern() -> Finder:
    sigles = sorted(_by_sigle(), key=len, reverse=True)
    return Finder(re.compile(r"(?<![\w'’.-])(?:" + "|".join(map(re.escape, sigles)) + r")(?![\w+])"))


def family_mentions(doc: Doc, matcher: PhraseMatcher) -> Iterator[Found[Mention]]:
    """Programmes written in full, by a form of their family; the longest of those that overlap."""
    matches = sorted(matcher(doc), key=lambda m: (m[1], m[1] - m[2]))
    end = -1
    for label, first, last in matches:
        if first < end:
            continue
        end = last
        span = doc[first:last]
        yield Found(span.start_char, span.end_char, Mention(squeeze(span.text), doc.vocab.strings[label]))


def sigle_mentions(
    reading: Reading, known: list[Found[Mention]], tied: dict[str, str | None]
) -> Iterator[Found[Mention]]:
    """Sigles: of the family whose long form the act ties them to, else the only one, else unresolved."""
    present = {m.value.family for m in known}
    for match in _sigle_pattern().finditer(reading.text):
        if any(match.start() < m.end and match.end() > m.start for m in known):
            continue
        sigle = match.group()
        around = reading.text[max(0, match.start() - 25) : match.start()] + reading.text[match.end() : match.end() + 25]
        letters = [c for c in around if c.isalpha()]
        if letters and sum(c.isupper() for c in letters) > 0.6 * len(letters):
            continue  # a line in capitals: the sigle may be any word
        candidates = _by_sigle()[sigle]
        here = [c for c in candidates if c in present]
        family = tied.get(sigle) if sigle in tied else (here or list(candidates))[0]
        if sigle not in tied and len(candidates) > 1 and len(here) != 1:
            family = None
        yield Found(match.start(), match.end(), Mention(sigle, family, sigle, by_sigle=True))


def defined(reading: Reading, text: str, known: list[Found[Mention]]) -> Iterator[Found[Mention]]:
    """Programmes of no family, by "long form (SIGLE)" with a programme's head noun."""
    head = pattern("programmes", "name.head")
    for each in reading.definitions:
        if any(each.start < m.end and each.end > m.start for m in known):
            continue
        if head.match(reading.folded, each.start):
            yield Found(each.start, each.end, Mention(squeeze(text[each.start : each.end]), None, each.sigle))


def titled(reading: Reading, text: str) -> Iterator[Found[Mention]]:
    """Programmes of no family, by a head noun with a name in quotes, in capitals, or with years."""
    for match in finder("programmes", "name.dated").finditer(reading.folded):
        name = squeeze(text[match.start() : match.end()])
        words = re.sub(r"\s*(?:19|20)\d\d\s?[-–—]\s?(?:19|20)\d\d$", "", name)
        if len(words.split()) >= 2 and (any(c.isupper() for c in words[1:]) or len(words.split()) <= 6):
            yield Found(match.start(), match.start() + len(words), Mention(words, None))
    for match in finder("programmes", "name.called").finditer(reading.folded):
        start, end = match.span("name")
        if text[start].isupper() and not pattern("programmes", "name.level").match(match["name"]):
            yield Found(start, end, Mention(text[start:end], None))
    for match in finder("programmes", "name.titled").finditer(reading.folded):
        start, end = match.span("name")
        name = squeeze(text[start:end].strip('«»"“” '))
        if match["name"].startswith('"'):
            yield Found(start, end, Mention(name, None, name if name.isupper() and " " not in name else None))
        elif name.isupper() and not text[match.start() : start].isupper():  # in a line of capitals they mark no name
            yield Found(start, end, Mention(name, None, name))


def closing(reading: Reading, text: str) -> Iterator[Found[Mention]]:
    """Names in parentheses that close the items of a list of missions: "… (plateforme mobilité),"."""
    for sentence in reading.sentences:
        if sentence.lead is None or not sentence.bullet:
            continue
        lead = reading.text_of(reading.sentences[sentence.lead])
        match = pattern("programmes", "name.closing").search(reading.folded, sentence.start, sentence.end)
        if not match or not _introduces_missions(lead):
            continue
        start, end = match.span("name")
        if not pattern("programmes", "name.not_a_name").match(match["name"]):
            yield Found(start, end, Mention(squeeze(text[start:end]), None))


def _introduces_missions(lead: str) -> bool:
    return pattern("programmes", "name.missions").search(lead.rstrip()) is not None


def tied_sigles(
    defined: list[Definition], known: list[Found[Mention]]
) -> dict[str, tuple[str | None, tuple[int, int]]]:
    """Sigles that the act ties to the long form of a family: "Contrat local des solidarités (CLS)"."""
    tied: dict[str, tuple[str | None, tuple[int, int]]] = {}
    for each in defined:
        owner = next((m for m in known if m.start < each.end and m.end > each.start), None)
        if owner:
            tied.setdefault(each.sigle, (owner.value.family, (owner.start, owner.end)))
    return tied


def with_sigle(mention: Found[Mention], tied: dict[str, tuple[str | None, tuple[int, int]]]) -> Found[Mention]:
    """A mention with the sigle that the text ties to it."""
    for sigle, (_, extent) in tied.items():
        if extent == (mention.start, mention.end):
            return Found(mention.start, mention.end, replace(mention.value, sigle=sigle))
    return mention
