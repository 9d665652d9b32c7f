"""Programmes, contracts and plans: recognised, dated, tied to their sigle and to each other.

Registered as ``delibgraph_programmes``. Families come from ``ontology/programme-families.toml`` by phrase
matching; other programmes by what closes or follows their name (``patterns/programmes.toml``). Mentions are then
gathered into instances: one per family and period, the undated mentions joining the instance they can mean.
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

from extract.patterns import pattern
from extract.pipes.model import Definition, Found, Programme
from extract.pipes.norms import norm
from extract.pipes.reading import Reading
from extract.text import key, squeeze
from ontology import families

_AFTER = 170
_BEFORE = 24
_SUCCESSOR_REACH = 260


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
def _sigle_pattern() -> re.Pattern[str]:
    sigles = sorted(_by_sigle(), key=len, reverse=True)
    return re.compile(r"(?<![\w'’.-])(?:" + "|".join(map(re.escape, sigles)) + r")(?![\w+])")


def _family_mentions(doc: Doc, matcher: PhraseMatcher) -> Iterator[Found[Mention]]:
    matches = sorted(matcher(doc), key=lambda m: (m[1], m[1] - m[2]))
    end = -1
    for label, first, last in matches:
        if first < end:
            continue
        end = last
        span = doc[first:last]
        yield Found(span.start_char, span.end_char, Mention(squeeze(span.text), doc.vocab.strings[label]))


def _sigle_mentions(
    doc: Doc, reading: Reading, known: list[Found[Mention]], tied: dict[str, str | None]
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


def _defined(reading: Reading, text: str, known: list[Found[Mention]]) -> Iterator[Found[Mention]]:
    """Programmes of no family, by "long form (SIGLE)" with a programme's head noun."""
    head = pattern("programmes", "name.head")
    for each in reading.definitions:
        if any(each.start < m.end and each.end > m.start for m in known):
            continue
        if head.match(reading.folded, each.start):
            yield Found(each.start, each.end, Mention(squeeze(text[each.start : each.end]), None, each.sigle))


def _titled(reading: Reading, text: str) -> Iterator[Found[Mention]]:
    """Programmes of no family, by a head noun with a name in quotes, in capitals, or with years."""
    for match in pattern("programmes", "name.dated").finditer(reading.folded):
        name = squeeze(text[match.start() : match.end()])
        words = re.sub(r"\s*(?:19|20)\d\d\s?[-–—]\s?(?:19|20)\d\d$", "", name)
        if len(words.split()) >= 2 and (any(c.isupper() for c in words[1:]) or len(words.split()) <= 6):
            yield Found(match.start(), match.start() + len(words), Mention(words, None))
    for match in pattern("programmes", "name.called").finditer(reading.folded):
        start, end = match.span("name")
        if text[start].isupper() and not pattern("programmes", "name.level").match(match["name"]):
            yield Found(start, end, Mention(text[start:end], None))
    for match in pattern("programmes", "name.titled").finditer(reading.folded):
        start, end = match.span("name")
        name = squeeze(text[start:end].strip('«»"“” '))
        if name.isupper() or match["name"].startswith('"'):
            yield Found(start, end, Mention(name, None, name if name.isupper() and " " not in name else None))


def _closing(reading: Reading, text: str) -> Iterator[Found[Mention]]:
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


def _dated(found: Found[Mention], folded: str, stop: int | None = None) -> Found[Mention]:
    """Add to a mention the years that stand right of it, before the next programme, and whether it is former or new."""
    before = folded[max(0, found.start - _BEFORE) : found.start]
    limit = found.end + _AFTER
    after = folded[found.end : limit if stop is None else max(found.end, min(limit, stop))]
    first = last = until = None
    for name in ("adjacent", "territory", "in_force", "single", "signed"):
        match = pattern("programmes", f"period.{name}").match(after)
        if match:
            first = int(match["first"])
            last = int(match["last"]) if "last" in match.groupdict() else None
            break
    if last is not None and first is not None and not 0 <= last - first <= 30:
        first = last = None
    extension = pattern("programmes", "period.extended").search(re.split(r"[.;](?=\s)|\n\n", after)[0])
    if extension:
        until = int(extension["until"])
    value = replace(
        found.value,
        first=first,
        last=last,
        until=until,
        former=pattern("programmes", "period.former").search(before) is not None,
        coming=pattern("programmes", "period.coming").search(before) is not None,
    )
    return Found(found.start, found.end, value)


def _instances(mentions: list[Found[Mention]], year: int | None) -> list[Programme]:
    """Gather mentions of one family (or name) into instances, in the order in which the act names them."""
    groups: dict[str, list[Found[Mention]]] = defaultdict(list)
    for mention in mentions:
        groups[mention.value.family or "name:" + key(mention.value.name)].append(mention)
    programmes: list[Programme] = []
    for group in groups.values():
        programmes += _group_instances(group, year)
    programmes.sort(key=lambda p: p.mentions[0])
    for number, programme in enumerate(programmes, 1):
        programme.id = f"p{number}"
    by_family: dict[str, list[Programme]] = defaultdict(list)
    for programme in programmes:
        if programme.family and programme.first:
            by_family[programme.family].append(programme)
    for same in by_family.values():
        same.sort(key=lambda p: (p.first or 0, p.last or 0))
        for earlier, later in zip(same, same[1:], strict=False):
            if (earlier.until or earlier.last or 0) < (later.first or 0) + 1:
                later.replaces.append(earlier.id)
    return programmes


def _group_instances(group: list[Found[Mention]], year: int | None) -> list[Programme]:
    dated: list[Programme] = []
    for mention in group:
        value = mention.value
        if value.first is None:
            continue
        same = next((p for p in dated if _one_period(p, value)), None)
        if same is None:
            same = Programme("", value.name, value.family, value.sigle, value.first, value.last)
            dated.append(same)
        _absorb(same, mention)
    for mention in group:
        if mention.value.first is None:
            target = _meant(dated, mention.value, year)
            if target is None:
                target = Programme("", mention.value.name, mention.value.family, mention.value.sigle)
                dated.append(target)
            _absorb(target, mention)
    return dated


def _one_period(programme: Programme, mention: Mention) -> bool:
    if programme.first == mention.first:
        return programme.last is None or mention.last is None or programme.last == mention.last
    # a single year inside a known period is a year of that contract
    return mention.last is None and programme.last is not None and programme.valid_in(mention.first or 0)


def _absorb(programme: Programme, mention: Found[Mention]) -> None:
    value = mention.value
    programme.mentions.append((mention.start, mention.end))
    programme.mentions.sort()
    programme.last = programme.last or value.last
    programme.until = programme.until or value.until
    programme.sigle = programme.sigle or value.sigle
    if programme.name == programme.sigle or (len(value.name) > len(programme.name) and not value.by_sigle):
        programme.name = value.name


def _meant(dated: list[Programme], mention: Mention, year: int | None) -> Programme | None:
    """The instance an undated mention means: the only one, the former or new one it says, else the valid one."""
    if not dated:
        return None
    ordered = sorted(dated, key=lambda p: p.first or 0)
    if mention.until is not None or mention.former:
        return ordered[0]
    if mention.coming:
        # the new contract is none of those that have ended
        ended = year is not None and (ordered[-1].until or ordered[-1].last or year) < year
        return None if ended else ordered[-1]
    valid = [p for p in ordered if year is not None and p.valid_in(year)]
    return valid[-1] if valid else ordered[-1]


def find_programmes(doc: Doc, reading: Reading, matcher: PhraseMatcher) -> list[Programme]:
    """Every programme of the act."""
    text = reading.text
    known = list(_family_mentions(doc, matcher))
    tied = _tied_sigles(reading.definitions, known)
    known = [_with_sigle(m, tied) for m in known]
    known += list(_sigle_mentions(doc, reading, known, {s: f for s, (f, _) in tied.items()}))
    for finder in (_defined(reading, text, known), _titled(reading, text), _closing(reading, text)):
        for mention in finder:
            if not any(mention.start < m.end and mention.end > m.start for m in known):
                known.append(mention)
    known += list(_successors(reading, known))
    known.sort(key=lambda m: m.start)
    following = [*(m.start for m in known[1:]), len(text)][: len(known)]
    mentions = [_dated(m, reading.folded, stop) for m, stop in zip(known, following, strict=True)]
    year = reading.context.session_date.year if reading.context.session_date else None
    return _instances(_same_names(mentions, text, reading), year)


def _successors(reading: Reading, known: list[Found[Mention]]) -> Iterator[Found[Mention]]:
    """ "et le suivant portant sur la période 2024-2030": the next contract of the family last named."""
    for match in pattern("programmes", "period.successor").finditer(reading.folded):
        before = [m for m in known if match.start() - _SUCCESSOR_REACH < m.start < match.start()]
        if before and before[-1].value.family:
            last = max(before, key=lambda m: m.start)
            start, end = match.span("word")
            yield Found(start, end, replace(last.value, sigle=None, by_sigle=True))


def _tied_sigles(
    defined: list[Definition], known: list[Found[Mention]]
) -> dict[str, tuple[str | None, tuple[int, int]]]:
    """Sigles that the act ties to the long form of a family: "Contrat local des solidarités (CLS)"."""
    tied: dict[str, tuple[str | None, tuple[int, int]]] = {}
    for each in defined:
        owner = next((m for m in known if m.start < each.end and m.end > each.start), None)
        if owner:
            tied.setdefault(each.sigle, (owner.value.family, (owner.start, owner.end)))
    return tied


def _with_sigle(mention: Found[Mention], tied: dict[str, tuple[str | None, tuple[int, int]]]) -> Found[Mention]:
    for sigle, (_, extent) in tied.items():
        if extent == (mention.start, mention.end):
            return Found(mention.start, mention.end, replace(mention.value, sigle=sigle))
    return mention


def _same_names(mentions: list[Found[Mention]], text: str, reading: Reading) -> list[Found[Mention]]:
    """Later mentions of a programme of no family by its sigle alone."""
    out = list(mentions)
    for mention in mentions:
        sigle = mention.value.sigle
        if mention.value.family or not sigle or mention.value.by_sigle:
            continue
        for match in re.finditer(r"(?<![\w'’(])" + re.escape(sigle) + r"(?![\w])", text):
            if not any(match.start() < m.end and match.end() > m.start for m in out):
                value = replace(mention.value, first=None, last=None, until=None, by_sigle=True)
                out.append(_dated(Found(match.start(), match.end(), value), reading.folded))
    return sorted(out, key=lambda m: m.start)


@Language.factory("delibgraph_programmes")
def make_programmes(nlp: Language, name: str) -> ProgrammesComponent:
    """The component; its phrases are built once from the families data."""
    return ProgrammesComponent(nlp)


class ProgrammesComponent:
    """Fills ``reading.programmes``."""

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
