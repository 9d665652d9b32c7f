"""Conventions: their type, parties and period. Registered as ``delibgraph_agreements``.

Parties are those the sentence joins ("entre A et B", "avec B"); the convention that an act approves without
naming its parties binds the authority and the act's subject. Patterns in ``patterns/agreements.toml``.
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from extract.finder import finder
from extract.patterns import pattern
from extract.pipes.known import in_programme
from extract.pipes.meant import subject
from extract.pipes.model import Agreement, Sentence, within
from extract.pipes.orgbook import OrgBook
from extract.pipes.reading import Reading
from extract.text import fold, squeeze

_REACH = 160


def _spelled(text: str, match: re.Match[str]) -> str:
    """The type as the text spells it (accents kept), in lower case, singular noun."""
    written = squeeze(text[match.start("noun") : match.end()]).lower()
    written = pattern("agreements", "agreement.plural").sub(r"\g<noun>", written)
    return ("avenant à la " if match["avenant"] else "") + written


def _parties(reading: Reading, sentence: Sentence, end: int, *, loose: bool = True) -> list[str]:
    """Organisation ids that the sentence joins around a convention that ends at ``end``."""
    book: OrgBook = reading.organisations
    authority = reading.authority
    after = reading.folded[end : min(sentence.end, end + _REACH)]
    between = pattern("agreements", "agreement.between").match(after)
    if between:
        begin = end + between.end()
        found = _ids(book, begin, min(sentence.end, begin + 260), stop=reading.folded)
        if len(found) >= 2:
            return found
    joined = pattern("agreements", "agreement.with").match(after)
    if joined and authority is not None:
        begin = end + joined.end()
        found = [i for i in _ids(book, begin, min(sentence.end, begin + 220), stop=reading.folded) if i != authority.id]
        if found:
            return [authority.id, *found]
    meant = _pronoun(reading, sentence, end, after)
    if authority is not None and meant is not None and meant != authority.id:
        return [authority.id, meant]
    if not loose:
        return []
    around = _ids(book, sentence.start, sentence.end)
    if len(around) >= 2 and pattern("agreements", "agreement.concluding").search(reading.text_of(sentence)):
        return around
    return []


def _pronoun(reading: Reading, sentence: Sentence, end: int, after: str) -> str | None:
    """Id of who "la convention à conclure avec elle" means: the only other organisation named before it."""
    if not pattern("agreements", "agreement.with_them").match(after):
        return None
    authority = reading.authority
    named = {o.id for _, _, o in reading.organisations.mentions_from(sentence.start, end) if o is not authority}
    return named.pop() if len(named) == 1 else None


def _each_of(reading: Reading, sentence: Sentence, end: int) -> list[list[str]]:
    """ "les conventions à conclure avec ces deux associations": one with each that the item before grants money."""
    authority = reading.authority
    if sentence.section != "decision" or authority is None:
        return []
    if not pattern("agreements", "agreement.these").match(reading.folded[end : min(sentence.end, end + _REACH)]):
        return []
    index = reading.sentence_at(sentence.start)
    before = reading.sentences[index - 1] if index else None
    if before is None or before.section != "decision" or not within(reading.amounts, before.start, before.end):
        return []
    mentions = reading.organisations.mentions_from(before.start, before.end)
    named = [i for i in dict.fromkeys(o.id for _, _, o in mentions) if i != authority.id]
    return [[authority.id, i] for i in named] if len(named) > 1 else []


def joined_ids(reading: Reading, start: int, end: int) -> list[str]:
    """Ids of the organisations that a list joins from ``start`` on ("entre l'État, la CAF et la Ville")."""
    return _ids(reading.organisations, start, end, stop=reading.folded)


def _ids(book: OrgBook, start: int, end: int, stop: str | None = None) -> list[str]:
    """Organisations mentioned from ``start`` on; with ``stop``, only while a list goes on."""
    found: list[str] = []
    position = start
    for first, last, organisation in book.mentions_from(start, end):
        if (
            stop is not None
            and found
            and not pattern("agreements", "agreement.joined").fullmatch(stop, position, first)
        ):
            break
        if stop is not None and not found and first - start > 60:
            break
        if organisation.id not in found:
            found.append(organisation.id)
        position = last
    return found


def find_agreements(text: str, reading: Reading) -> list[Agreement]:
    """Every convention of the act with known parties; one entry per set of parties."""
    by_parties: dict[frozenset[str], Agreement] = {}
    loose: list[tuple[re.Match[str], Sentence]] = []
    found = [*finder("agreements", "agreement.type").finditer(reading.folded)]
    taken = {m.start() for m in found}
    found += [m for m in finder("agreements", "agreement.amendment").finditer(reading.folded) if m.start() not in taken]
    for match in sorted(found, key=lambda m: m.start()):
        if in_programme(reading, match.start()):
            continue
        sentence = reading.sentences[reading.sentence_at(match.start())]
        several = _each_of(reading, sentence, match.end())
        for pair in several:
            _merge(by_parties, pair, match, sentence, text, reading)
        parties = [] if several else _parties(reading, sentence, match.end())
        if several:
            continue
        if not parties:
            loose.append((match, sentence))
            continue
        _merge(by_parties, parties, match, sentence, text, reading)
    for match, sentence in loose:
        _place(by_parties, match, sentence, text, reading)
    _contracts(by_parties, text, reading)
    agreements = sorted(by_parties.values(), key=lambda a: a.mentions[0])
    for number, agreement in enumerate(agreements, 1):
        agreement.id = f"c{number}"
    return [a for a in agreements if a.approved or len(a.parties) >= 2]


def _contracts(by_parties: dict[frozenset[str], Agreement], text: str, reading: Reading) -> None:
    """Programmes that are contracts ("la Convention territoriale globale à conclure avec la CAF"), where approved."""
    for programme in reading.programmes:
        if not pattern("agreements", "agreement.contract").match(fold(programme.name)):
            continue
        for start, end in programme.mentions:
            sentence = reading.sentences[reading.sentence_at(start)]
            if sentence.section != "decision" or not pattern("agreements", "agreement.approves").search(
                reading.text_of(sentence)
            ):
                continue
            parties = _parties(reading, sentence, end, loose=False)
            if len(parties) >= 2 and frozenset(parties) not in by_parties:
                name = squeeze(text[start:end])
                by_parties[frozenset(parties)] = Agreement(
                    "", name[:1].lower() + name[1:], parties, programme.first, programme.last, programme.id, True,
                    [(sentence.start, sentence.end)],
                )  # fmt: skip


def _place(
    by_parties: dict[frozenset[str], Agreement],
    match: re.Match[str],
    sentence: Sentence,
    text: str,
    reading: Reading,
) -> None:
    """A convention without parties: the only one known, else that of the authority with the act's subject."""
    if len(by_parties) == 1:
        only = next(iter(by_parties.values()))
        _complete(only, match, sentence, text, reading)
        return
    authority, about = reading.authority, subject(reading)
    if by_parties or authority is None or about is None or sentence.section == "body":
        return
    _merge(by_parties, [authority.id, about.id], match, sentence, text, reading)


def _merge(
    by_parties: dict[frozenset[str], Agreement],
    parties: list[str],
    match: re.Match[str],
    sentence: Sentence,
    text: str,
    reading: Reading,
) -> None:
    agreement = by_parties.setdefault(frozenset(parties), Agreement("", _spelled(text, match), parties))
    _complete(agreement, match, sentence, text, reading)


def _complete(agreement: Agreement, match: re.Match[str], sentence: Sentence, text: str, reading: Reading) -> None:
    agreement.mentions.append((sentence.start, sentence.end))
    agreement.mentions.sort()
    spelled = _spelled(text, match)
    if len(spelled) > len(agreement.type):
        agreement.type = spelled
    # "renouvelé par avenant en 2020 et 2021" dates what was done, not what the convention covers
    spans = [
        p
        for p in within(reading.periods, match.start(), sentence.end)
        if not p.value.in_date
        and not pattern("agreements", "agreement.in_year").search(reading.folded, p.start - 4, p.start)
    ]
    ranges = [p for p in spans if p.value.last > p.value.first] or spans
    programmes = reading.programmes
    ranges = [
        r for r in ranges if not any(s <= r.start and r.start - e < 30 for p in programmes for s, e in p.mentions)
    ]
    if ranges and agreement.first is None and ranges[0].start - match.end() < _REACH:
        agreement.first, agreement.last = ranges[0].value.first, ranges[0].value.last
    approving = pattern("agreements", "agreement.approves").search(reading.text_of(sentence)) is not None
    agreement.approved |= sentence.section == "title" or (sentence.section == "decision" and approving)


@Language.component("delibgraph_agreements")
def agreements_component(doc: Doc) -> Doc:
    """Fill ``reading.agreements``."""
    reading: Reading = doc._.reading
    reading.agreements = find_agreements(reading.text, reading)
    return doc
