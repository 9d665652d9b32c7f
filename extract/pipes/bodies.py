"""Known bodies by their long forms and sigles, with the place that makes them one of many ("CAF de la Côte-d'Or")."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from extract.finder import Finder
from extract.patterns import cased, pattern, table
from extract.pipes.known import known_names
from extract.pipes.names import name_end, strip_name
from extract.pipes.norms import norm
from extract.pipes.orgbook import Organisation, OrgBook
from extract.pipes.reading import Reading
from extract.text import fold

#: What opens a name that is quoted.
_QUOTES = ("«", "“", '"')


class Bodies:
    """Known bodies by their long forms (phrases on NORM) and their sigles (in capitals)."""

    def __init__(self, nlp: Language) -> None:
        self.data: list[dict[str, Any]] = table("bodies")["body"]
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
        form = r"(?<![\w.-])(?<!\w\w['’])(?:" + "|".join(map(re.escape, sigles)) + r")(?![\w-])"
        self.sigle = Finder(re.compile(form))
        self.by_sigle = {b["sigle"]: b for b in self.data if "sigle" in b}

    def find(self, doc: Doc) -> Iterator[tuple[int, int, dict[str, Any]]]:
        """Bodies written in full: start, end and entry of the data."""
        end = -1
        for label, first, last in sorted(self.matcher(doc), key=lambda m: (m[1], m[1] - m[2])):
            span = doc[first:last]
            body = self.data[int(doc.vocab.strings[label])]
            if span.start_char >= end and _written_as_name(span.text, body):
                end = span.end_char
                yield span.start_char, span.end_char, body

    def sigles(self, text: str) -> Iterator[tuple[int, int, dict[str, Any]]]:
        """Bodies written by their sigle."""
        for match in self.sigle.finditer(text):
            yield match.start(), match.end(), self.by_sigle[match.group()]


def _written_as_name(form: str, body: dict[str, Any]) -> bool:
    """Long official names need no capital ("caisse d'allocations familiales") but where they are common words too."""
    return not form[:1].islower() or (len(form.split()) > 1 and not body.get("capital"))


def add_bodies(book: OrgBook, doc: Doc, reading: Reading, bodies: Bodies) -> None:
    """Known bodies, with the place that makes them one of many ("CAF de la Côte-d'Or")."""
    text = reading.text
    found = []
    for start, end, body in [*bodies.find(doc), *bodies.sigles(text)]:
        if book.at(start) or pattern("organisations", "name.outside_body").search(
            reading.folded, max(0, start - 10), start
        ):
            continue
        numbered = cased("organisations", "cased.of_number").match(text, end) if text[start:end].isupper() else None
        if (text[end : end + 3].strip()[:1] in _QUOTES) if body.get("local") else numbered is not None:
            continue  # "l'AAPPMA « La Truite »": of many such, the name tells which; "CNL 54" is no national body
        stop = _with_place(text, end, body.get("sigle"), known_names(book, reading)) if body.get("local") else end
        stop = numbered.end() if numbered is not None and stop == end else stop
        stop = _with_branch(reading, text, stop, known_names(book, reading)) if body["kind"] == "association" else stop
        found.append((start, end, stop, body))
    for start, end, stop, body in sorted(found, key=lambda each: each[1] == each[2]):  # those with their place first
        if book.at(start):
            continue
        sigle = body.get("sigle")
        written = strip_name(text[start:stop])
        base = str(body["name"])
        place = strip_name(re.sub(r"^\s*\([^)]*\)", "", text[end:stop]))
        joint = ", " if text[end:stop].startswith(",") else " "
        name = f"{base[:1].upper()}{base[1:]}{joint}{place}".strip() if place else base[:1].upper() + base[1:]
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
    """A body named without its place is the only one that the act names with it."""
    exact = book.find(name)
    if place:
        return exact
    forms = {fold(f) for f in (body["name"], *body.get("also", ()))}
    found = [o for o in book.entries if any(fold(o.name).startswith(f) for f in forms)]
    return found[0] if len(found) == 1 else exact


def _with_branch(reading: Reading, text: str, end: int, known: Callable[[int], object]) -> int:
    """Extend a national body's name over the branch that is meant: "Restos du Cœur – antenne de Bray"."""
    branch = pattern("tables", "row.branch").match(reading.folded, end)
    of = cased("organisations", "cased.of_branch").match(text, branch.end()) if branch is not None else None
    if branch is None or of is None:
        return end
    stop = name_end(text, of.end(), taken=known)
    if "(" in branch.group():
        return stop + 1 if text[stop : stop + 1] == ")" else end
    return stop


def _with_place(text: str, end: int, sigle: str | None, known: Callable[[int], object]) -> int:
    """Extend a body's name over what says how far it goes, its sigle in parentheses and its place."""
    area = cased("organisations", "cased.of_area").match(text, end)
    end = area.end() if area is not None else end
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
