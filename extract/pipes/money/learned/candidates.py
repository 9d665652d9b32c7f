"""Who an amount may come from or go to: the organisations of the act, and names that only look like one.

A guessed name ("au Bocal", "les Couturières solidaires") becomes an organisation only where a model finds that it
gives or receives; its words and where they end are those of :func:`extract.pipes.names.name_end`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from extract.finder import finder
from extract.patterns import cased, pattern
from extract.pipes.known import in_programme, known_names
from extract.pipes.meant import named_so, of_its_kind, previous
from extract.pipes.model import Sentence, within
from extract.pipes.money.line_cells import is_no_name
from extract.pipes.money.phrase import phrase_at
from extract.pipes.name_ends import likeliest, name_part
from extract.pipes.names import is_heading, name_end, name_limit, strip_name
from extract.pipes.orgbook import Organisation, OrgBook
from extract.pipes.reading import Reading
from extract.pipes.roles import guessed_kind, is_person, mentions_in
from extract.text import fold, key

#: So many characters before a name hold a civility and two forenames.
_TITLED = 48
_SHORTEST = 3
#: What begins the words of no one body: "associations figurant au tableau", "subvention de fonctionnement".
_NOBODY = (("candidates", "common.anyone"), ("candidates", "common.several"), ("organisations", "name.no_head"))
#: What a number of an act has and no name: "D2022/61".
_CODE = re.compile(r"\w*\d+[/.]\d|^\W*\d|^[A-Z]+\d{3}")
_QUOTES = frozenset('«"“')


@dataclass(slots=True)
class Candidate:
    """A place where an organisation may be named: ``organisation`` is None for a name that is only guessed.

    ``start`` is where its words begin, head noun included; ``proper`` where its proper name does. ``whole`` tells a
    name that holds a known one, which is not meant here, ``phrase`` one that only the verb before it shows. ``unmet``
    is a word for somebody just named whom nothing shows to be an organisation.
    """

    start: int
    end: int
    name: str
    organisation: Organisation | None = None
    proper: int = -1
    anaphora: bool = False
    whole: bool = False
    phrase: bool = False
    unmet: bool = False

    @property
    def guessed(self) -> bool:
        """Whether no organisation is known here yet."""
        return self.organisation is None


def find_candidates(reading: Reading, text: str, sentences: list[Sentence]) -> list[Candidate]:
    """The organisations of the whole act, and guessed names in ``sentences``, in the order of the text."""
    found = [
        Candidate(start, end, text[start:end], _known_as(reading, organisation), start)
        for start, end, organisation in mentions_in(reading, 0, len(text))
    ]
    for sentence in sentences:
        found += guesses(reading, text, sentence)
        found += _anaphora(reading, text, sentence, found)
        found += _bodies_of(reading, text, sentence)
        found += _budgets(reading, text, sentence)
        found += _phrases(reading, text, sentence, found)
    return _once(reading, _apart(found))


def _apart(found: list[Candidate]) -> list[Candidate]:
    """Candidates that do not overlap, in the order of the text: known organisations first, then the longest."""
    kept: list[Candidate] = []
    for each in sorted(found, key=lambda c: (c.phrase, c.guessed and not c.whole, c.start - c.end)):
        at = bisect_left(kept, each.start, key=lambda c: c.start)
        before, after = kept[max(0, at - 1) : at], kept[at : at + 1]
        if all(b.end <= each.start for b in before) and all(each.end <= a.start for a in after):
            kept.insert(at, each)
    return kept


def _once(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """Candidates without the sigle in brackets that follows a name: it is no second organisation of a series."""
    kept: list[Candidate] = []
    for each in found:
        last = kept[-1] if kept else None
        if last is not None and each.organisation is not None and each.organisation is last.organisation:
            between = reading.folded[last.end : each.start]
            if pattern("candidates", "proper.sigle_follows").fullmatch(between):
                last.end = each.end
                continue
        kept.append(each)
    return kept


def _bodies_of(reading: Reading, text: str, sentence: Sentence) -> Iterator[Candidate]:
    """Bodies that bear the name of a school or a house they belong to: "le foyer socio-éducatif du collège X"."""
    for start, end, inner in mentions_in(reading, sentence.start, sentence.end):
        if inner.kind != "public_establishment" or inner is reading.authority:
            continue
        head = pattern("candidates", "proper.owned").search(reading.folded, sentence.start, start)
        if head is not None and reading.organisations.at(head.start("head")) is None:
            begin = head.start("head")
            name = strip_name(text[begin:end])
            yield Candidate(begin, end, name, reading.organisations.find(name), begin, whole=True)


def _budgets(reading: Reading, text: str, sentence: Sentence) -> Iterator[Candidate]:
    """Budgets that the main one pays: "verser du budget principal au budget annexe Camping une subvention"."""
    if pattern("candidates", "common.balanced").search(reading.folded, sentence.start, sentence.end) is None:
        return
    for found in finder("candidates", "common.budget").finditer(reading.folded, sentence.start, sentence.end):
        start, end = found.span("name")
        name = strip_name(text[start:end])
        yield Candidate(start, end, name, reading.organisations.find(name), start, whole=True)


def _phrases(reading: Reading, text: str, sentence: Sentence, guesses: list[Candidate]) -> list[Candidate]:
    """What a decision gives to in words of no known form: "d'attribuer au Conseil des Sages".

    It stands back where another name is known or guessed, unless that is its last words.
    """
    found = list(_given_phrases(reading, text, sentence)) if sentence.section == "decision" else []
    for each in found:
        inside = any(g.guessed and g.end == each.end and g.start > each.start for g in guesses)
        each.phrase = not (inside and text[each.start].isupper())
        headed = any(g.guessed and g.end == each.end and _is_head(text[each.start : g.start]) for g in guesses)
        each.whole, each.phrase = headed, each.phrase and not headed
    return found


def _is_head(words: str) -> bool:
    """Whether one common noun stands before a name, whatever it means: "à l'ikastola Ametza"."""
    return len(words.split()) == 1 and words.strip().isalpha() and words.islower()


def _given_phrases(reading: Reading, text: str, sentence: Sentence) -> Iterator[Candidate]:
    """The names that stand behind a verb of giving or a sum, in a decision."""
    for verb in pattern("fundings", "role.explicit").finditer(reading.folded, sentence.start, sentence.end):
        found = phrase_at(reading, text, verb.end(), sentence.end, after=False)
        if found is not None:
            yield Candidate(found[1], found[2], found[0], None, found[1], phrase=True)
    for amount in within(reading.amounts, sentence.start, sentence.end):
        direct = pattern("fundings", "role.direct").match(reading.folded[amount.end : sentence.end])
        found = direct and phrase_at(reading, text, amount.end + direct.end(), sentence.end, after=True)
        if found:
            yield Candidate(found[1], found[2], found[0], None, found[1], phrase=True)


def _known_as(reading: Reading, organisation: Organisation) -> Organisation:
    """The authority, where a bare "Courcelange" or "le Département" can only be the body that deliberates."""
    authority = reading.authority
    if authority is None or organisation is authority:
        return organisation
    short, whole = key(organisation.name), key(authority.name)
    bare = pattern("candidates", "proper.of_town").sub("", whole, count=1)
    return authority if short == bare or (whole.startswith(short + " ") and " " not in short) else organisation


def _own_article(text: str, begin: int) -> bool:
    """A capital article that a capital follows inside a sentence belongs to the name: "aider Le Bocal"."""
    inside = text[max(0, begin - 2) : begin].strip() not in (".", "")
    return inside and cased("candidates", "proper.own_article").match(text, begin) is not None


def _common(reading: Reading, text: str, name: str, span: tuple[int, int]) -> bool:
    """Words that are no name though they look like one: a heading in capitals, the authority's own place."""
    authority = key(reading.authority.name) if reading.authority else ""
    return key(name) in authority or is_heading(text, *span)


def _announces(text: str, words: str, end: int) -> bool:
    """Whether a noun is followed by the name it announces: "l'association Horizon" means nobody named before."""
    if pattern("candidates", "proper.announcing").search(words) is None:
        return False
    after = text[end : end + 3].lstrip()[:1]
    named = after != "" and (after.isupper() or after in _QUOTES)
    return named or cased("candidates", "proper.announced").match(text, end) is not None


def _is_paid(reading: Reading, pronoun: re.Match[str]) -> bool:
    """Whether a pronoun means money, by what is done with it: "Celle-ci sera versée en deux fois"."""
    opens = pattern("organisations", "anaphora.subject").match(pronoun.group()) is not None
    return opens and pattern("candidates", "meant.is_paid").match(reading.folded, pronoun.end()) is not None


def _anaphora(reading: Reading, text: str, sentence: Sentence, guessed: list[Candidate]) -> Iterator[Candidate]:
    """ "au même office", "cette dernière", "lui": the organisation meant."""
    for found in finder("organisations", "anaphora.beneficiary").finditer(reading.folded, sentence.start, sentence.end):
        if _announces(text, found.group(), found.end()) or _is_paid(reading, found):
            continue
        if reading.organisations.at(found.start()) is None and reading.organisations.at(found.end()) is None:
            just = _just_guessed(reading, sentence, found, guessed)
            unmet = just is not None and not _is_party(
                reading, reading.sentences[reading.sentence_at(just.start)], just
            )
            if just is None:
                meant = previous(reading, found.start(), found.group())
                unmet = meant is None and of_its_kind(found.group()) is not None
            else:
                meant = None if unmet else _now_known(reading, text, just)
            if meant is not None or unmet:
                whom = text[slice(*found.span())]
                yield Candidate(found.start(), found.end(), whom, meant, found.start(), True, unmet=unmet)
    yield from _called(reading, text, sentence)


def _just_guessed(
    reading: Reading, sentence: Sentence, pronoun: re.Match[str], guessed: list[Candidate]
) -> Candidate | None:
    """The name of nobody known that stands nearest before "lui", "cette société": nobody named before it is meant."""
    word = pronoun.group()
    if pattern("organisations", "anaphora.this").match(word) is None or of_its_kind(word) is not None:
        return None
    at = pronoun.start()
    above = map(reading.sentences.__getitem__, reading.above(reading.sentence_at(at)))
    near = (s for s in above if sentence.section == s.section or sentence.paragraph == s.paragraph)
    for place in (sentence, *near):
        known = [end for _, end, _ in mentions_in(reading, place.start, min(place.end, at))]
        until = at if word != "lui" else len(reading.folded[:at].rstrip(' )\n"'))  # "X lui verse": another
        named = (
            c
            for c in guessed
            if place.start <= c.start
            and c.end <= at
            and c.end != until
            and (_is_proper(c) or (place is not sentence and _opens_small(reading, place, c)))
        )
        last = max(named, key=lambda c: c.end, default=None)
        if last is not None and max(known, default=0) <= last.start:
            is_party = _is_party(reading, place, last)
            if is_party or (place is sentence and _is_somebody(reading, place, last)):
                return last
        if known:
            return None
    return None


def _is_party(reading: Reading, sentence: Sentence, guess: Candidate) -> bool:
    """Whether a name stands where a body does: "la convention avec X", "X sollicite"."""
    before = reading.folded[sentence.start : guess.start]
    if pattern("candidates", "meant.party").search(before) is not None:
        return True
    opens = pattern("candidates", "meant.opens").fullmatch(before) is not None
    acts = opens and pattern("organisations", "role.acts").match(reading.folded, guess.end) is not None
    if _opens_small(reading, sentence, guess):
        return True
    return acts and not mentions_in(reading, sentence.start, guess.start)


def _is_proper(guess: Candidate) -> bool:
    """Whether a name of nobody known is one by its capital: "les ateliers du mercredi", "D2022/61" are nobody's."""
    written = any(map(str.isupper, guess.name)) and _CODE.search(guess.name) is None
    return guess.guessed and not guess.phrase and written


def _opens_small(reading: Reading, sentence: Sentence, guess: Candidate) -> bool:
    """Whether a sentence is about a body of common nouns: "Le comité d'animation prend en charge la buvette."."""
    before = reading.folded[sentence.start : guess.start]
    opens = pattern("candidates", "meant.small_opens").fullmatch(before) is not None
    acts = pattern("candidates", "meant.acts").match(reading.folded, guess.end) is not None
    return guess.guessed and not guess.phrase and len(guess.name.split()) > 1 and opens and acts


def _is_somebody(reading: Reading, sentence: Sentence, guess: Candidate) -> bool:
    """Whether a name may be a body's: behind an article, and not where, when or for what something is done."""
    before = reading.folded[sentence.start : guess.start]
    return all(
        (pattern("candidates", f"meant.{form}").search(before) is not None) is told
        for form, told in (("named", True), ("setting", False))
    )


def _now_known(reading: Reading, text: str, guess: Candidate) -> Organisation:
    """The body that a name of nobody known is; the only one whose name begins so, as "le Comité" of Valmorin's does."""
    name = strip_name(text[guess.start : guess.end])
    longer = reading.organisations.only_longer(name)
    if longer is not None:
        return longer
    guess.organisation = reading.organisations.add(name, guessed_kind(reading, name), mention=(guess.start, guess.end))
    return guess.organisation


def _called(reading: Reading, text: str, sentence: Sentence) -> Iterator[Candidate]:
    """ "L'office de tourisme", "la pépinière": the only body named before whose name begins so."""
    for found in finder("candidates", "common.called").finditer(reading.folded, sentence.start, sentence.end):
        start, end = found.span("noun")
        book = reading.organisations
        if book.at(start) is not None or text[end : end + 2].strip()[:1].isupper():
            continue
        meant = (
            book.only_longer(found["noun"])
            or _of_its_words(book, found["noun"], reading.text_of(sentence))
            or named_so(reading, start, found["noun"])
        )
        named = meant is not None and any(begin < start for begin, _ in meant.mentions)
        if meant is not None and named and meant is not reading.authority:
            yield Candidate(start, end, text[start:end], meant, start, anaphora=True)


def guesses(reading: Reading, text: str, sentence: Sentence) -> Iterator[Candidate]:
    """Names of a sentence that no known organisation answers to."""
    book = reading.organisations
    taken = known_names(book, reading)
    at = sentence.start
    for opening in cased("candidates", "proper.opening").finditer(text, sentence.start, sentence.end):
        begin = opening.start()
        if begin < at or book.at(begin) is not None or in_programme(reading, begin):
            continue
        if _names_nobody(reading, text, sentence, begin):
            continue
        stop = min(name_end(text, begin, taken=taken), sentence.end)
        name = strip_name(text[begin:stop])
        if (
            len(name) < _SHORTEST
            or is_person(name)
            or _common(reading, text, name, (begin, stop))
            or pattern("names", "whole").fullmatch(fold(name))
            or (text[stop : stop + 1] == "." and cased("names", "initialled").fullmatch(name))
        ):
            continue
        if alone := pattern("candidates", "common.alone").fullmatch(fold(name)):
            if (meant := book.only_longer(alone["noun"])) is not None:
                yield Candidate(begin, stop, name, meant, begin, anaphora=True)
                at = stop
            continue
        head = pattern("candidates", "proper.head").search(reading.folded, sentence.start, begin)
        start = head.start("head") if head else begin
        yield Candidate(start, stop, name, None, begin)
        at = stop
    yield from _of_common_nouns(reading, text, sentence)


def _of_common_nouns(reading: Reading, text: str, sentence: Sentence) -> Iterator[Candidate]:
    """Names of a sentence that begin with a common noun: "le comité des fêtes", where no body is known to stand."""
    book = reading.organisations
    tasks = pattern("candidates", "common.task").finditer(reading.folded, sentence.start, sentence.end)
    nouns = {task.start("noun") for task in tasks}
    for found in finder("candidates", "common.name").finditer(reading.folded, sentence.start, sentence.end):
        start, stop = found.span("name")
        if start in nouns or book.at(start) is not None or in_programme(reading, start):
            continue
        if any(pattern(*form).match(reading.folded, start) for form in _NOBODY):
            continue
        limit = min(name_limit(text, start, len(text)), sentence.end)
        stop = min(likeliest(text, start, limit, stop), limit)
        stop = start + name_part(text[start:stop])  # "le groupe d'opposition propose de"
        uncut = pattern("candidates", "common.cut").search(reading.folded, start, stop) is None
        uncut &= pattern("candidates", "common.purpose").search(reading.folded, sentence.start, stop) is None
        if uncut and not is_no_name(text[start:stop]):
            name = strip_name(text[start:stop])
            whole = _named_in_full(book, name) or _of_its_words(book, name, reading.text_of(sentence))
            yield Candidate(start, stop, name, whole, start)


def _names_nobody(reading: Reading, text: str, sentence: Sentence, begin: int) -> bool:
    """Whether what stands at or right before a capital makes no organisation of it: a verb, an event, a person."""
    folded = reading.folded
    if begin == sentence.start and cased("candidates", "proper.opens_sentence").match(text, begin):
        return True
    if pattern("candidates", "proper.never").match(folded, begin) and not _own_article(text, begin):
        return True
    quoted = text[begin] in _QUOTES or text[max(0, begin - 3) : begin].rstrip()[-1:] in _QUOTES
    if quoted and pattern("candidates", "proper.quoted_thing").search(folded, sentence.start, begin):
        return True
    if pattern("candidates", "proper.event").search(folded, sentence.start, begin):
        return True
    if pattern("candidates", "proper.street").search(folded, max(sentence.start, begin - _TITLED), begin):
        return True
    if pattern("candidates", "proper.located").search(folded, sentence.start, begin):
        return True
    if pattern("candidates", "proper.decides").match(folded, begin):
        return True
    return cased("candidates", "proper.of_person").search(text, max(sentence.start, begin - _TITLED), begin) is not None


def _of_its_words(book: OrgBook, noun: str, sentence: str) -> Organisation | None:
    """Of several that begin so, the one whose other words the sentence says: "à la classe de mer de l'école de Bray,
    à verser à la coopérative" means the "Coopérative de l'école de Bray".
    """
    said = set(key(sentence).split())
    found = [body for body in book.longer(noun) if set(key(body.name).split()) <= said]
    return found[0] if len(found) == 1 else None


def _named_in_full(book: OrgBook, name: str) -> Organisation | None:
    """ "Le comité des fêtes" of an act that names that of Valmorin, None where it names none or several."""
    if not pattern("organisations", "role.complete").fullmatch(fold(name)):
        return None
    return book.only_longer(name)
