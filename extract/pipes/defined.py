"""Organisations that the text itself defines: a long form that a sigle closes, "X, association loi 1901"."""

from __future__ import annotations

import re

from extract.facts import OrganisationKind
from extract.patterns import cased, pattern, table
from extract.pipes.headed import heads
from extract.pipes.known import in_programme
from extract.pipes.model import Definition
from extract.pipes.names import name_end, strip_name
from extract.pipes.orgbook import Organisation, OrgBook
from extract.pipes.reading import Reading
from extract.text import fold, key, squeeze


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
            book.complete(owner, sigle=each.sigle, names=(long, _as_written(text, each)))


def _as_written(text: str, each: Definition) -> str:
    """The long form and its sigle together, in the order of the act, with the adjective that may follow them.

    "ASL (Association Sport et Loisirs)", "Union sportive de Valmorin (USV) omnisports".
    """
    start, stop = min(each.start, each.sigle_start), max(each.end, each.sigle_start + len(each.sigle))
    closed = text.find(")", stop, stop + 4)
    stop = closed + 1 if closed >= 0 else stop
    more = pattern("names", "adjective").match(fold(text[stop + 1 : stop + 30])) if closed >= 0 else None
    return squeeze(text[start : stop + 1 + more.end() if more else stop])


def _announced(
    book: OrgBook, reading: Reading, text: str, start: int, long: str, sigle: str, extent: tuple[int, int]
) -> Organisation | None:
    if pattern("names", "legal_kind").fullmatch(fold(long)):
        return None
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
    kinds = pattern("organisations", "name.kind_told")
    for sentence in reading.sentences:
        if kinds.search(reading.folded, sentence.start, sentence.end) is None:
            continue
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
