"""Organisations: the deliberating authority, the State, known bodies, bodies of a commune, named associations.

Registered as ``delibgraph_organisations``; knowledge in ``patterns/organisations.toml``. Each finder adds to the
act's :class:`~extract.pipes.orgbook.OrgBook`; organisations that only a money sentence or a convention reveals
are added by :mod:`extract.pipes.roles`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from extract.facts import OrganisationKind
from extract.patterns import cased, pattern, table
from extract.pipes.again import add_again
from extract.pipes.headed import add_headed, add_receiving, heads
from extract.pipes.known import in_programme, known_names
from extract.pipes.names import name_end, strip_name
from extract.pipes.norms import norm
from extract.pipes.orgbook import Organisation, OrgBook
from extract.pipes.places import place_bodies
from extract.pipes.reading import Reading
from extract.text import fold, key


def authority_kind(name: str) -> OrganisationKind:
    """The kind of a deliberating authority, by its own name."""
    if pattern("organisations", "authority.public_establishment").search(fold(name)):
        return "public_establishment"
    return "local_authority"


def add_authority(book: OrgBook, reading: Reading, text: str) -> Organisation | None:
    """The deliberating authority, wherever it is named or spoken of by its kind ("la métropole")."""
    name = reading.context.authority
    if not name:
        return None
    authority = book.add(name, authority_kind(name))
    words = [re.escape(w) for w in re.split(r"[\s'’-]+", fold(name)) if w]
    expression = re.compile(r"(?<!\w)" + r"[\s'-]+".join(words) + r"(?!\w)")
    for match in expression.finditer(reading.folded):
        if not _longer_name(text, match.end()):
            book.mention(authority, match.span())
    kind = next(
        (k for k in table("organisations")["generic"] if pattern("organisations", f"authority.{k}").search(fold(name))),
        "ville" if authority.kind == "local_authority" else None,
    )
    if kind:
        for match in pattern("organisations", f"generic.{kind}").finditer(reading.folded):
            if not _followed_by_name(text, match.end()):
                book.mention(authority, match.span(), generic=True)
    return authority


def _longer_name(text: str, end: int) -> bool:
    """ "Dijon Métropole Habitat" is not Dijon métropole."""
    return cased("organisations", "cased.longer_name").match(text, end) is not None


def _followed_by_name(text: str, end: int) -> bool:
    return cased("organisations", "cased.name_follows").match(text, end) is not None


def add_state(book: OrgBook, text: str) -> None:
    """The State, told from a state of things by its capital."""
    for match in cased("organisations", "state.state").finditer(text):
        if not pattern("organisations", "state.not_state").match(fold(text[match.end() : match.end() + 40])):
            book.add("État", "state", mention=match.span())


class _Bodies:
    """Known bodies by their long forms (phrases on NORM) and their sigles (in capitals)."""

    def __init__(self, nlp: Language) -> None:
        self.data: list[dict[str, Any]] = table("organisations")["body"]
        self.matcher = PhraseMatcher(nlp.vocab, attr="NORM")
        for number, body in enumerate(self.data):
            docs = []
            for form in (body["name"], *body.get("also", ())):
                doc = nlp.make_doc(form)
                for token in doc:
                    token.norm_ = norm(token.text)
                docs.append(doc)
            self.matcher.add(str(number), docs)
        sigles = [b["sigle"] for b in self.data if "sigle" in b]
        self.sigle = re.compile(r"(?<![\w'’.-])(?:" + "|".join(map(re.escape, sigles)) + r")(?![\w-])")
        self.by_sigle = {b["sigle"]: b for b in self.data if "sigle" in b}

    def find(self, doc: Doc) -> Iterator[tuple[int, int, dict[str, Any]]]:
        end = -1
        for label, first, last in sorted(self.matcher(doc), key=lambda m: (m[1], m[1] - m[2])):
            span = doc[first:last]
            if span.start_char >= end and span.text[:1].isupper() | span.text[:1].isdigit() | _titled(span.text):
                end = span.end_char
                yield span.start_char, span.end_char, self.data[int(doc.vocab.strings[label])]

    def sigles(self, text: str) -> Iterator[tuple[int, int, dict[str, Any]]]:
        for match in self.sigle.finditer(text):
            yield match.start(), match.end(), self.by_sigle[match.group()]


def _titled(form: str) -> bool:
    """Long official names are often written without any capital ("caisse d'allocations familiales")."""
    return len(form.split()) >= 2


def add_bodies(book: OrgBook, doc: Doc, reading: Reading, bodies: _Bodies) -> None:
    """Known bodies, with the place that makes them one of many ("CAF de la Côte-d'Or")."""
    text = reading.text
    for start, end, body in [*bodies.find(doc), *bodies.sigles(text)]:
        if book.at(start) or pattern("organisations", "name.outside_body").search(
            reading.folded, max(0, start - 10), start
        ):
            continue
        stop, sigle = end, body.get("sigle")
        if body.get("local"):
            stop = _with_place(text, end, sigle, known_names(book, reading))
        written = strip_name(text[start:stop])
        base = str(body["name"])
        place = strip_name(re.sub(r"^\s*\([^)]*\)", "", text[end:stop]))
        name = f"{base[:1].upper()}{base[1:]} {place}".strip() if place else base[:1].upper() + base[1:]
        known = _same_body(book, body, name, place)
        entry = known or book.add(name, body["kind"], sigle=sigle)
        book.add(
            entry.name,
            body["kind"],
            sigle=sigle,
            mention=(start, stop),
            aliases=(re.sub(r"\s*\([^)]*\)", "", written),),
        )


def _same_body(book: OrgBook, body: dict[str, Any], name: str, place: str) -> Organisation | None:
    """A body named again without its place is the one named with it."""
    exact = book.find(name)
    if exact or place:
        return exact
    forms = {fold(f) for f in (body["name"], *body.get("also", ()))}
    return next((o for o in book.entries if any(fold(o.name).startswith(f) for f in forms)), None)


def _with_place(text: str, end: int, sigle: str | None, known: Callable[[int], object]) -> int:
    """Extend a body's name over its sigle in parentheses and its place."""
    after = end
    tied = re.match(r"\s*\(\s*[A-Z][A-Za-z0-9]{1,8}\s*\)", text[end : end + 16])
    if tied:
        after = end + tied.end()
    of = cased("organisations", "cased.of_place").match(text, after, after + 9)
    if not of or not of.group():
        return end
    start = of.end()
    if not text[start : start + 1].isupper() and not of.group().strip():
        return end
    common = cased("organisations", "cased.territory").match(text, start, start + 32)
    name_start = common.end() if common else start
    if not text[name_start : name_start + 1].isupper():
        return end
    stop = name_end(text, name_start, taken=known)
    return stop if stop > name_start and text[name_start:stop].strip() != (sigle or "-") else end


def add_defined(book: OrgBook, reading: Reading, text: str) -> None:
    """Long forms that a sigle closes: the organisations' own, or those that no head noun announced."""
    for each in reading.definitions:
        if in_programme(reading, each.start) or in_programme(reading, max(each.start, each.end - 1)):
            continue
        owner = book.at(each.start) or book.at(max(each.start, each.end - 1))
        long = strip_name(text[each.start : each.end])
        if owner is None:
            owner = _announced(book, reading, text, each.start, long, each.sigle, (each.start, each.end))
        if owner is not None:
            if key(long).startswith(key(owner.name)) and not pattern("organisations", "authority.communaute").search(
                fold(long)
            ):
                owner.name = long  # "et" had cut the name short: the sigle shows it whole
            book.complete(owner, sigle=each.sigle, names=(long,))


def _announced(
    book: OrgBook, reading: Reading, text: str, start: int, long: str, sigle: str, extent: tuple[int, int]
) -> Organisation | None:
    before = reading.folded[max(0, start - 60) : start]
    for kind, expression in heads():
        if re.search(r"(?:" + expression.pattern + r")[^.;:()]{0,12}$", before) or expression.match(
            reading.folded, start
        ):
            return book.add(long, kind, sigle=sigle, mention=extent)
    capitals = [w for w in re.split(r"[\s'’]+", long) if w[:1].isupper()]
    generic = pattern("names", "not_an_organisation").match(fold(long)) or pattern("names", "not_a_body").match(
        fold(long)
    )
    if (
        len(capitals) >= 3
        and text[extent[1] : extent[1] + 3].lstrip().startswith("(")
        and long[:1].isupper()
        and not generic
    ):
        # a name of its own, in capitals, that its sigle closes: "Concilier l'Economique et le Social (…)"
        kind = "association" if "association" in reading.folded else "organisation"
        return book.add(long, kind, sigle=sigle, mention=extent)
    return None


def _apposition(words_said: str) -> OrganisationKind:
    """The kind that "association loi 1901", "société d'économie mixte" … tell of the name they follow."""
    kinds: dict[str, OrganisationKind] = table("organisations")["apposition"]
    return kinds[key(words_said)]


def add_described(book: OrgBook, reading: Reading, text: str) -> None:
    """ "X, association loi 1901", "X est une association": a name at the start of its sentence that says what it is."""
    for sentence in reading.sentences:
        lead = cased("organisations", "cased.opening").match(text, sentence.start, sentence.end)
        begin = lead.end() if lead else sentence.start
        stop = name_end(text, begin, sentence.end)
        if stop <= begin:
            continue
        known = book.at(begin)
        rest = re.sub(r"^\s*\([^)]*\)", "", reading.folded[stop : sentence.end])
        for form in ("apposed", "describes"):
            match = pattern("organisations", f"name.{form}").match(rest)
            if match:
                kind = _apposition(match["kind"])
                if known is not None:
                    book.complete(known, kind)
                else:
                    book.add(strip_name(text[begin:stop]), kind, mention=(begin, stop))
                break


@Language.factory("delibgraph_organisations")
def make_organisations(nlp: Language, name: str) -> OrganisationsComponent:  # noqa: ARG001 - spaCy's signature
    """The component; known bodies are compiled once."""
    return OrganisationsComponent(nlp)


class OrganisationsComponent:
    """Fills ``reading.organisations`` with the act's OrgBook, ``["authority"]`` with its authority."""

    def __init__(self, nlp: Language) -> None:
        self.bodies = _Bodies(nlp)

    def __call__(self, doc: Doc) -> Doc:
        """Find the organisations of one act."""
        reading: Reading = doc._.reading
        book = OrgBook()
        reading.organisations = book
        reading.authority = add_authority(book, reading, reading.text)
        add_state(book, reading.text)
        add_defined(book, reading, reading.text)
        place_bodies(book, reading, reading.text)
        add_bodies(book, doc, reading, self.bodies)
        add_headed(book, reading, reading.text)
        add_receiving(book, reading, reading.text)
        add_defined(book, reading, reading.text)
        add_described(book, reading, reading.text)
        add_again(book, reading, reading.text)
        return doc
