"""Organisations that a head noun announces: "l'association Les Amis du livre", "SARL Dupont", "le comité des fêtes".

A name in capitals or quotes after the head is a name anywhere; a name in lower case ("l'amicale des pompiers") only
where its role shows that one organisation is meant: it receives, or it opens an item.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from extract.facts import OrganisationKind
from extract.finder import finder
from extract.openings import needed
from extract.patterns import cased, pattern, table, words
from extract.pipes.complements import purpose_end
from extract.pipes.declared import declared_at
from extract.pipes.known import in_programme, known_names
from extract.pipes.names import house_end, in_its_place, name_end, strip_name
from extract.pipes.orgbook import Organisation, OrgBook
from extract.pipes.phrases import LETTER, SPACE, occurrences
from extract.pipes.reading import Reading
from extract.text import fold

_CONTEXT = 70
#: The word that opens a line is at most so long.
_FIRST_WORD = 16
#: A name so short is told with its noun.
_SHORT = 3
_WORD = re.compile(r"[a-z]{2,}")
#: The first word of a noun of the data, and the mark of its plural where it is one word.
_FIRST = re.compile(r"(\w+)(\?)?(?![\w+*{\[])")


@lru_cache(maxsize=1)
def heads() -> tuple[tuple[OrganisationKind, re.Pattern[str]], ...]:
    """The head nouns of each kind, longest first, matched in folded text."""
    found = []
    for kind, nouns in table("organisations")["heads"].items():
        ordered = sorted(nouns, key=len, reverse=True)
        source = "|".join(fold(noun).replace(" ", r"\s+") for noun in ordered)
        found.append(
            (kind, re.compile(r"(?<![\w'-])(?:" + source + r")(?![\w'-])|(?<=[ld]')(?:" + source + r")(?![\w'-])"))
        )
    return tuple(found)


class _Firsts(NamedTuple):
    """Which of :func:`heads` a word may begin, and which may begin with any word where one of some words follows."""

    words: dict[str, set[int]]
    loose: dict[int, set[str]]


@lru_cache(maxsize=1)
def _firsts() -> _Firsts:
    found = _Firsts(defaultdict(set), defaultdict(set))
    for number, nouns in enumerate(table("organisations")["heads"].values()):
        for noun in map(fold, nouns):
            first = _FIRST.match(noun)
            if first is None:
                found.loose[number] |= needed(re.compile(noun))
                continue
            found.words[first[1]].add(number)
            if first[2]:  # "associations?"
                found.words[first[1][:-1]].add(number)
    return found


def _announced(folded: str) -> list[list[re.Match[str]]]:
    """The head nouns of a text, for each of :func:`heads`: tried only where their first word stands."""
    firsts, forms = _firsts(), [expression for _, expression in heads()]
    found: list[list[re.Match[str]]] = [[] for _ in forms]
    whole = {number for number, words in firsts.loose.items() if any(word in folded for word in words)}
    for number in whole:
        found[number] = list(forms[number].finditer(folded))
    for word in firsts.words.keys() & _WORD.findall(folded):  # some are parts of words, which are passed over below
        for start, _ in occurrences([word], folded, SPACE, LETTER):
            for number in firsts.words[word] - whole:
                if match := forms[number].match(folded, start):
                    found[number].append(match)
    return _outermost([_apart(sorted(matches, key=re.Match.start)) for matches in found])


def _outermost(found: list[list[re.Match[str]]]) -> list[list[re.Match[str]]]:
    """Without those inside a longer one: "société coopérative d'intérêt collectif" is no collectif."""
    inside: set[tuple[int, int]] = set()
    begin = reach = -1
    for start, end in sorted({match.span() for matches in found for match in matches}, key=lambda s: (s[0], -s[1])):
        if start >= reach:
            begin, reach = start, end
        elif end <= reach and (start, end) != (begin, reach):
            inside.add((start, end))
    return [[m for m in matches if m.span() not in inside] for matches in found] if inside else found


def _apart(matches: list[re.Match[str]]) -> list[re.Match[str]]:
    """Of matches that overlap the first alone."""
    kept: list[re.Match[str]] = []
    for match in matches:
        if not kept or match.start() >= kept[-1].end():
            kept.append(match)
    return kept


def add_headed(book: OrgBook, reading: Reading, text: str) -> None:
    """Add every organisation that a head noun announces."""
    for (kind, _), found in zip(heads(), _announced(reading.folded), strict=True):
        for match in found:
            start, end = match.span()
            taken = (
                book.at(start)
                or pattern("organisations", "name.no_head").match(reading.folded, start)
                or in_programme(reading, start)
                or (match.group() in words("organisations", "heads_in_capitals") and not text[start:end].isupper())
                or cased("organisations", "cased.inside").search(text[max(0, start - 24) : start])
            )
            if not taken and not pattern("organisations", "name.outside_body").search(
                reading.folded, max(0, start - 12), start
            ):
                _add(book, reading, text, kind, (start, end))


def add_receiving(book: OrgBook, reading: Reading, text: str) -> None:
    """Nouns that name an organisation only where it receives: "au festival Lézards de Rue"."""
    expression = finder("organisations", "role.if_receiving")
    for match in expression.finditer(reading.folded):
        start, end = match.span()
        sentence = reading.sentences[reading.sentence_at(start)]
        before = reading.folded[max(sentence.start, start - _CONTEXT) : start]
        capital = text[end + 1 : end + 2].isupper() or text[end + 1 : end + 2] in '«"“'
        receives = capital and not book.at(start) and pattern("fundings", "role.receives").search(before)
        if receives and pattern("fundings", "award.decision_noun").search(reading.text_of(sentence)):
            _add_proper(
                book,
                reading,
                text,
                "association",
                match.span(),
                cased("organisations", "cased.link").match(text, end, end + 30),
            )


def _add(book: OrgBook, reading: Reading, text: str, kind: OrganisationKind, head: tuple[int, int]) -> None:
    _, end = head
    link = cased("organisations", "cased.link").match(text, end, end + 30)
    begin = link.end() if link else end
    if "\t" in text[end : begin + 1] or "\n\n" in text[end : begin + 2] or _heads_column(text, *head):
        return
    below = cased("names", "next_line").search(text, end, begin + _FIRST_WORD)
    anew = below is not None and below.start() < begin  # the next line is another sentence
    if not anew and (text[begin : begin + 1].isupper() or text[begin : begin + 1] in '«"“'):
        _add_proper(book, reading, text, kind, head, link)
    elif not _add_official(book, reading, text, kind, head):
        _add_common(book, reading, text, kind, head)


def _heads_column(text: str, start: int, end: int) -> bool:
    """Whether a word has a line for itself: the head of a column of a flattened table, not of a name below it."""
    return text[start].isupper() and text[start - 1 : start] in ("\n", "") and text[end : end + 1] == "\n"


def _add_proper(
    book: OrgBook,
    reading: Reading,
    text: str,
    kind: OrganisationKind,
    head: tuple[int, int],
    link: re.Match[str] | None,
) -> None:
    """A head and a name in capitals or quotes: the name alone after "association", the whole otherwise."""
    start, end = head
    begin = link.end() if link else end
    word = reading.folded[start:end]
    known = book.at(begin)
    bare = link is None or not link.group().strip()
    if known is not None:
        if bare:
            book.complete(known, kind)
        return
    declared = declared_at(book, reading.folded, begin)
    if declared is not None:
        entry, stop = declared
        book.complete(entry, kind, names=(strip_name(text[begin:stop]),), mention=(begin, stop))
        return
    stop = name_end(text, begin, taken=known_names(book, reading))
    stop = house_end(text, start, stop)
    name = strip_name(text[begin:stop])
    if stop <= begin or len(name) < 2 or fold(name) in ("loi", "le", "la", "les"):
        return
    if word not in words("organisations", "heads_alone") or pattern("organisations", "name.of_head").match(fold(name)):
        stop = max(stop, purpose_end(text, start, len(text)))
        full = strip_name(text[start:stop])
        placed = in_its_place(text, start, stop)
        twin = book.find(name) if bare else None
        if twin is not None and twin.kind == kind:
            book.complete(twin, names=(full, *placed), mention=(start, stop))
            return
        if _placed(book, word, full, (start, stop)):
            return
        entry = book.add(full[:1].upper() + full[1:], kind, mention=(start, stop), aliases=placed)
        if bare and (_droppable(word, name) or _is_common(text, head, name)):
            book.complete(entry, names=(name,))
        return
    article = link["link"] if link and link["link"] and fold(link["link"]).strip() in ("la", "le", "les", "l'") else ""
    own = strip_name(text[begin - len(article) : stop]) if article else name
    genitive = link is not None and bool(link["link"]) and not article
    headed = None if genitive else _known_by_head(book, own, kind)
    if headed is not None:
        book.complete(headed, names=(own, name), mention=(begin, stop))
        return
    entry = book.add(
        strip_name(text[start:stop]) if genitive else own, kind, mention=(start if genitive else begin, stop)
    )
    if not genitive:
        book.complete(entry, names=(own, name, strip_name(text[start:stop])))


def _known_by_head(book: OrgBook, name: str, kind: OrganisationKind) -> Organisation | None:
    """The only body known by a noun and this name: "Pôle de compétitivité X" is the association X."""
    tail = f" {fold(name)}"
    found = [
        o
        for o in book.entries
        if o.kind == kind
        and fold(o.name).endswith(tail)
        and any(noun.fullmatch(fold(o.name)[: -len(tail)]) for _, noun in heads())
    ]
    return found[0] if len(found) == 1 and len(name) > _SHORT else None


def _droppable(head: str, name: str) -> bool:
    """Whether a name stands for the whole without its head: "SARL Dupont" is Dupont, "le syndicat VALEO" VALEO."""
    if pattern("organisations", "name.droppable_head").fullmatch(head):
        return not _is_hallowed(name)
    sigle = cased("organisations", "cased.sigle").fullmatch(name)
    return sigle is not None and pattern("organisations", "name.sigle_head").fullmatch(head) is not None


def _is_common(text: str, head: tuple[int, int], name: str) -> bool:
    """Whether a head in small letters only says what bears a name: "au club Valorge Natation"."""
    small = text[head[0]].islower() and pattern("organisations", "name.common_head").fullmatch(fold(text[slice(*head)]))
    return bool(small) and " " in name and not _is_hallowed(name)


def _is_hallowed(name: str) -> bool:
    """Whether a name is a saint's: "Société Saint-Vincent-de-Paul" goes by the whole."""
    return cased("organisations", "cased.saint").match(name) is not None


def _add_official(book: OrgBook, reading: Reading, text: str, kind: OrganisationKind, head: tuple[int, int]) -> bool:
    """A head with a capital inside a sentence begins a name: "le Syndicat départemental d'énergie du Cher"."""
    start, end = head
    sentence = reading.sentences[reading.sentence_at(start)]
    if not text[start].isupper() or start <= sentence.start + 2 or text[start:end].isupper():
        return False
    stop = name_end(text, start, taken=known_names(book, reading))
    if stop <= end + 3:
        return False
    name = strip_name(text[start:stop])
    if known := _known_at(book, reading, start, name):
        book.mention(*known)
        return True
    book.add(name, kind, mention=(start, stop))
    return True


def _placed(book: OrgBook, head: str, name: str, span: tuple[int, int]) -> bool:
    """Give "le comité des fêtes" that was named alone its whole name, "comité des fêtes de Valmorin"."""
    alone = book.find(head) if pattern("organisations", "role.complete").fullmatch(head) else None
    if alone is None or fold(alone.name) != head or len(name) <= len(head):
        return False
    alone.name = name[:1].upper() + name[1:]
    book.complete(alone, names=(name,), mention=span)
    return True


def _add_common(book: OrgBook, reading: Reading, text: str, kind: OrganisationKind, head: tuple[int, int]) -> None:
    """A head and common nouns: "le comité des fêtes", "l'association des parents d'élèves de l'école Jean-Macé"."""
    start, end = head
    word = reading.folded[start:end]
    since = cased("names", "since").match(text, end)
    complement = None if since else pattern("organisations", "role.lower").match(reading.folded, end)
    whole = pattern("organisations", "role.complete").fullmatch(word) is not None
    if not whole and not (complement and pattern("organisations", "role.common").fullmatch(word)):
        return
    sentence = reading.sentences[reading.sentence_at(start)]
    before = reading.folded[max(sentence.start, start - _CONTEXT) : start]
    meant = pattern("fundings", "role.receives").search(before) or pattern("fundings", "role.item").match(before)
    if not meant and not (text[start].isupper() and start > sentence.start + 3):
        return
    stop = complement.end() if complement else end
    told = pattern("organisations", "role.school_told").match(reading.folded, stop)
    placed = told is not None and cased("organisations", "cased.school_goes_on").match(text, told.end())
    stop = told.end() if told is not None and placed else stop
    inner = next((e for s, e, _ in book.mentions_from(start + 1, stop) if s < stop < e), None)
    if inner is not None:
        stop = inner  # "foyer socio-éducatif du collège" and the college's name
    elif placed:
        stop = max(stop, name_end(text, placed.end(), taken=known_names(book, reading)))
    elif text[stop : stop + 1] == " " and text[stop + 1 : stop + 2].isupper():
        stop = max(stop, name_end(text, stop + 1, taken=known_names(book, reading)))
    name = strip_name(text[start:stop])
    if known := _known_at(book, reading, start, name):
        book.mention(*known)
        return
    longer = book.longer(name) if whole else []
    if len(longer) == 1 and book.find(name) is None:
        book.mention(longer[0], (start, stop))  # "le comité des fêtes" of the act that names that of Valmorin
    elif not _placed(book, word, name, (start, stop)):
        book.add(name, kind, mention=(start, stop))


def _known_at(book: OrgBook, reading: Reading, start: int, name: str) -> tuple[Organisation, tuple[int, int]] | None:
    """The body whose longer name, known from elsewhere in the act, the words go on with: "… et amis du musée"."""
    for body in book.longer(name):
        for written in sorted(map(fold, body.names.values()), key=len, reverse=True):
            if len(written) > len(name) and reading.folded.startswith(written, start):
                return body, (start, start + len(written))
    return None
