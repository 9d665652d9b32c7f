"""Whom an act is about, and whom "lui", "l'association", "cette structure" mean."""

from __future__ import annotations

import re
from collections import Counter

from extract.patterns import pattern
from extract.pipes.named_kind import is_a
from extract.pipes.orgbook import Organisation, OrgBook
from extract.pipes.reading import Reading
from extract.pipes.roles import CONTEXT, mentions_in, said
from extract.text import fold

_PUBLIC = ("state", "local_authority")
#: So many sentences above may name "le premier" and "le second", who are two.
_FAR, _BOTH = 8, 2
#: What "l'association", "la société" never mean.
_OTHER = (*_PUBLIC, "public_establishment")


def subject(reading: Reading) -> Organisation | None:
    """The organisation an act is about: that of its title, else the only association it names, else None."""
    book: OrgBook = reading.organisations
    authority = reading.authority
    title = reading.context.title
    if title:
        named = [o for s, _, o in book.mentions(generic=False) if title[0] <= s < title[1] and o is not authority]
        named = list({o.id: o for o in named}.values())
        private = [o for o in named if o.kind not in _PUBLIC]
        for choice in (private, named):
            if len(choice) == 1:
                return choice[0]
            if len(choice) > 1:
                return None
    associations = [o for o in book.entries if o.kind == "association" and o is not authority]
    return associations[0] if len(associations) == 1 else None


def previous(reading: Reading, position: int, word: str = "") -> Organisation | None:
    """What "l'association", "la même société" or "lui" means at a character.

    The last one named before in its sentence, else, in a decision, the act's subject, else the last one named; of
    the kind that the word says.
    """
    book: OrgBook = reading.organisations
    authority = reading.authority
    company = "societe" in word or "entreprise" in word
    kinds = ("association", "organisation") if "association" in word else ("company",) if company else None
    about = [
        (s, o)
        for s, _, o in book.mentions(generic=False)
        if s < position
        and o is not authority
        and o.kind not in _PUBLIC
        and (kinds is None or o.kind in kinds)
        and not _beside(reading, s)
    ]
    sentence = reading.sentences[reading.sentence_at(position)]
    told = _by_word(reading, sentence.start, position, word, bare=kinds is None)
    if told:
        return told[0]
    about = about or [(s, o) for s, o in _only_body(reading, position) if kinds is None or o.kind not in _OTHER]
    near = [o for s, o in about if s >= sentence.start]
    if near or (near := _alone_before(reading, sentence.start, position, word, kinds)):
        return near[0]
    named = just_named(reading, position)
    if (
        named is not None
        and pattern("organisations", "anaphora.this").match(word)
        and any(o is named for _, o in about)
    ):
        return named
    title = subject(reading)
    private = title is not None and title.kind not in _PUBLIC and sentence.section == "decision"
    asking = _asking(reading, about) if sentence.section == "decision" and not _in_title(reading, title) else None
    if asking is not None:
        return asking
    topic = _topic(reading, about) if sentence.section == "decision" and not _in_title(reading, title) else None
    if topic is not None:
        return topic
    if title is not None and private and (kinds is None or title.kind in kinds):
        return title
    if not about:
        return title
    opener = _opener(reading, about, position) if sentence.section == "body" else None
    if opener is not None:
        return opener
    just = sentence.section != "decision" or pattern("organisations", "anaphora.this").match(word)
    return about[-1][1] if just else _spoken_of(about)


def _alone_before(
    reading: Reading, start: int, position: int, word: str, kinds: tuple[str, ...] | None
) -> list[Organisation]:
    """The only body of the kind that "cette association" means that its sentence names before it, in whatever role."""
    if pattern("organisations", "anaphora.demonstrative").match(word) is None:
        return []
    named = [o for _, _, o in mentions_in(reading, start, position) if o is not reading.authority]
    found = {o.id: o for o in named if kinds is None or o.kind in kinds}
    return list(found.values()) if len(found) == 1 else []


def _by_word(reading: Reading, start: int, position: int, word: str, *, bare: bool) -> list[Organisation | None]:
    """Whom a word means by itself, None for nobody: a school, the first of two, who is given something or agreed with.

    Nothing where the word alone does not tell; ``start`` is that of its sentence, ``bare`` a word without a kind.
    """
    noun = of_its_kind(word)
    if noun is not None:
        named = reversed(reading.organisations.mentions(generic=False))
        return [next((o for s, _, o in named if s < position and is_a(o, noun)), None)]
    if (called := named_so(reading, position, word)) is not None:
        return [called]
    ordinal = pattern("organisations", "anaphora.ordinal").fullmatch(word)
    if ordinal is not None:
        return [_by_rank(reading, position, 0 if ordinal["first"] else 1)]
    meant = _given_to(reading, position) if word == "lui" else None
    if meant is None and bare and pattern("organisations", "anaphora.this").match(word):
        meant = _alone_agreed(reading, start, position)
    return [meant] if meant is not None else []


def named_so(reading: Reading, position: int, word: str) -> Organisation | None:
    """The only body named before a character that its noun is said of: "à l'harmonie" after "l'harmonie La Lyre".

    None for nouns that any body is called by, and where two are called so.
    """
    noun = pattern("organisations", "anaphora.noun").search(word)
    if noun is None:
        return None
    told = re.compile(rf"\b{re.escape(noun['noun'])}\b(?: [a-z'-]+){{0,2}} ?[\"«]? ?\Z")
    found = {
        o.id: o
        for start, _, o in reading.organisations.mentions(generic=False)
        if start < position
        and o is not reading.authority
        and (is_a(o, noun["noun"]) or told.search(reading.folded[max(0, start - CONTEXT // 2) : start]))
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _alone_agreed(reading: Reading, start: int, position: int) -> Organisation | None:
    """The only body that a sentence names before a character, where it agrees with it: "l'avenant avec la commune"."""
    named = [m for m in mentions_in(reading, start, position) if m[2] is not reading.authority]
    if len({o.id for _, _, o in named}) != 1:
        return None
    agreed = pattern("organisations", "anaphora.agreed").search(reading.folded[start : named[0][0]])
    return named[0][2] if agreed is not None else None


def of_its_kind(word: str) -> str | None:
    """The noun that tells one kind of body: "cette même école" → "ecole"; None for what any body is called."""
    found = pattern("organisations", "anaphora.of_kind").fullmatch(word)
    return found["kind"] if found is not None else None


def spoken_of(reading: Reading) -> Organisation | None:
    """The only body that the exposé names, where it begins a sentence with it or tells what it asks: whom it is about.

    Those who only pay beside it, the State, communes and their like, count for nobody.
    """
    about = [
        (start, o)
        for start, _, o in reading.organisations.mentions(generic=False)
        if o is not reading.authority and o.kind not in _PUBLIC and not _beside(reading, start)
        and pattern("fundings", "above.giver").match(fold(o.name)) is None
        and reading.sentences[reading.sentence_at(start)].section in ("body", "title")
    ]  # fmt: skip
    if len({o.id for _, o in about}) != 1:
        return None
    return _topic(reading, about) or _asking(reading, about)


def decided_for(reading: Reading) -> Organisation | None:
    """The only body that the decision names, and gives to: "d'octroyer à X une aide ; de fixer une autre aide à"."""
    items = [s for s in reading.sentences if s.section == "decision"]
    mentions = [m for s in items for m in mentions_in(reading, s.start, s.end) if m[2] is not reading.authority]
    if len({o.id for _, _, o in mentions}) != 1 or mentions[0][2].kind in _PUBLIC:
        return None
    start, _, body = mentions[0]
    item = reading.sentences[reading.sentence_at(start)]
    return body if said(reading, "receives", start, item.start) else None


def _spoken_of(about: list[tuple[int, Organisation]]) -> Organisation:
    """Whom an exposé is about, by how often it names it; of two named as often the one named first.

    The last one named may be somebody of whom a member only asks why it receives nothing.
    """
    often = Counter(organisation.id for _, organisation in about)
    first = {organisation.id: -start for start, organisation in reversed(about)}
    return max((o for _, o in about), key=lambda o: (often[o.id], first[o.id]))


def just_named(reading: Reading, position: int) -> Organisation | None:
    """The only body that the item before names, where a decision goes on about it: "avec X ; … à cette association"."""
    index = reading.sentence_at(position)
    above = reading.sentences[index - 1] if index else None
    if above is None or not above.section == reading.sentences[index].section == "decision":
        return None
    named = {o.id: o for _, _, o in mentions_in(reading, above.start, above.end) if o is not reading.authority}
    return next(iter(named.values())) if len(named) == 1 else None


def _in_title(reading: Reading, organisation: Organisation | None) -> bool:
    """Whether the title names an organisation."""
    extent = reading.context.title
    if extent is None or organisation is None:
        return False
    return any(extent[0] <= start < extent[1] for start, _ in organisation.mentions)


def _topic(reading: Reading, about: list[tuple[int, Organisation]]) -> Organisation | None:
    """The only one with whose name a sentence of the exposé begins: whom it is about."""
    opening = {
        o.id: o
        for s, o in about
        for sentence in (reading.sentences[reading.sentence_at(s)],)
        if sentence.section == "body"
        and pattern("fundings", "role.opens").fullmatch(reading.folded, sentence.start, s)
        and not pattern("fundings", "rejected.cue").search(reading.text_of(sentence))
    }
    return next(iter(opening.values())) if len(opening) == 1 else None


def _opener(reading: Reading, about: list[tuple[int, Organisation]], position: int) -> Organisation | None:
    """Whom a paragraph is about at a character: the body with whose name the nearest sentence of it begins."""
    index = reading.sentence_at(position)
    here = reading.sentences[index]
    opens = pattern("fundings", "role.opens")
    for above in reversed(reading.sentences[:index]):
        if above.paragraph != here.paragraph:
            break
        named = [(s, o) for s, o in about if above.start <= s < above.end]
        if named and opens.fullmatch(reading.folded, above.start, named[0][0]):
            return named[0][1]
    return None


def _asking(reading: Reading, about: list[tuple[int, Organisation]]) -> Organisation | None:
    """The only one of whom the exposé says that it asks: "la scierie X sollicite une aide"."""
    asks = pattern("fundings", "role.asks")
    found = {
        organisation.id: organisation
        for start, organisation in about
        if reading.sentences[reading.sentence_at(start)].section == "body"
        for begin, end in organisation.mentions
        if begin == start and asks.match(reading.folded, end)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _only_body(reading: Reading, position: int) -> list[tuple[int, Organisation]]:
    """The only body named before a character, where none of the kind that is spoken of is: "l'ACCA", "le CCAS"."""
    found = [
        (s, o)
        for s, _, o in reading.organisations.mentions(generic=False)
        if s < position and o is not reading.authority and not _beside(reading, s)
    ]
    private = [(s, o) for s, o in found if o.kind not in _PUBLIC]
    return next((each for each in (private, found) if len({o.id for _, o in each}) == 1), [])


def _beside(reading: Reading, start: int) -> bool:
    """Whether a body is only named beside what is told: "en lien avec le centre social X", "la CAF y contribuant"."""
    before = reading.folded[max(0, start - CONTEXT) : start]
    if pattern("fundings", "role.beside").search(before) is not None:
        return True
    named = reading.organisations.mentions_from(start, start + 1)
    end = max((e for s, e, _ in named if s == start), default=start)
    return pattern("fundings", "role.gives_beside").match(reading.folded, end) is not None


def _by_rank(reading: Reading, position: int, rank: int) -> Organisation | None:
    """The first or the second of the two organisations named last, by one sentence or by two that follow each other.

    "Varzelles refait son stade. Le Val refait sa piste. […] Article 1 : à la première […]. Article 2 : à la seconde".
    """
    index = reading.sentence_at(position)
    found: list[Organisation] = []
    for above in reversed(reading.sentences[max(0, index - _FAR) : index]):
        named = (o for _, _, o in mentions_in(reading, above.start, above.end) if o is not reading.authority)
        bodies = list({o.id: o for o in named}.values())
        if found and not bodies:
            break
        found = [*(o for o in bodies if o not in found), *found]
        if len(found) > 1:
            break
    return found[rank] if len(found) == _BOTH else None


def _given_to(reading: Reading, position: int) -> Organisation | None:
    """Who received just before "EDF lui versera": told in the same clauses, the authority too; None where nobody did.

    Only where another organisation is the subject of the verb: else "lui" is whom the text is about.
    """
    index = reading.sentence_at(position)
    sentence = reading.sentences[index]
    named = mentions_in(reading, sentence.start, position)
    if not named or named[-1][2] is reading.authority or reading.folded[named[-1][1] : position].strip(" )\n"):
        return None
    for before in reversed(reading.sentences[max(0, index - 2) : index + 1]):
        for start, _, organisation in reversed(mentions_in(reading, before.start, min(before.end, named[-1][0]))):
            if organisation is not named[-1][2] and said(reading, "receives", start, before.start):
                return organisation
    return reading.authority
