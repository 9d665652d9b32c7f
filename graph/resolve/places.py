"""Bodies known by their kind and place (State, communes, CCAS …), told from names by declared forms.

The forms are in ``data/organisations.toml``; authorities are looked up in the reference data of ``ontology``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from extract.facts import OrganisationKind
from graph.iri import slug
from graph.normal import compact, words
from graph.resolve.names import DATA
from ontology.authorities import Authority, find

_PARENTHESIS = re.compile(r"\s*\([^)]*\)")
_ARTICLE = re.compile(r"^(?:la|le|les|l) ")
_VOWEL = re.compile(r"^[aeiouyh]", re.IGNORECASE)
_ELIDED = re.compile(r"^(?P<article>l'|l’|le |les |la )", re.IGNORECASE)


@cache
def settings() -> Mapping[str, Any]:
    """Forms, words and scores: ``data/organisations.toml``."""
    return tomllib.loads((DATA / "organisations.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Body:
    """A body whose identity lies in its kind and place.

    ``signature`` is the same in every act. ``label`` is the name in full that the mention stands for, None where
    it is the name as written; ``slug`` is None where the label makes it. ``seat`` is the signature of the commune
    that a CCAS belongs to.
    """

    signature: str
    kind: OrganisationKind
    label: str | None
    slug: str | None = None
    siren: str | None = None
    insee: str | None = None
    seat: str | None = None
    authority: Authority | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """The deciding authority of an act, which settles homonyms and names without a place."""

    signature: str
    authority: Authority | None = None

    @property
    def territory(self) -> str:
        """Where a name is expected to mean one organisation: the EPCI where known, else the authority itself."""
        epci = self.authority.epci_siren if self.authority else None
        return f"siren:{epci}" if epci else self.signature

    @property
    def seat(self) -> str | None:
        """Name of the commune that decides, None for other authorities."""
        return self.authority.name if self.authority and self.authority.kind == "commune" else None


def body(name: str, context: Context | None, place: str | None = None) -> Body | None:
    """The body that ``name`` means by its kind and place, None for a name like any other.

    ``place`` is the commune that the act gives it where the name itself has none.
    """
    bare = _PARENTHESIS.sub("", name).strip() or name
    national = _national().get(compact(bare))
    if national:
        return national
    folded = " ".join(words(bare))
    for form in settings()["form"]:
        match = _pattern(form["words"]).fullmatch(folded)
        if match:
            found = next((value for value in match.groupdict().values() if value), None)
            return _placed(form, bare, _written(bare, found) or place, context)
    return None


def authority_body(name: str, organ: str | None) -> Body | None:
    """The authority of an act's header; a bare place is a commune where the organ is municipal."""
    known = body(name, None)
    if known is None and organ and "municipal" in words(organ):
        return body(f"Commune de {name}", None)
    return known


def with_preposition(place: str) -> str:
    """``place`` after "de": "de Dijon", "d'Ahuy", "du Creusot", "des Lilas", "de La Châtre"."""
    article = _ELIDED.match(place)
    if article and article["article"].lower() == "le ":
        return f"du {place[3:]}"
    if article and article["article"].lower() == "les ":
        return f"des {place[4:]}"
    return f"d'{place}" if _VOWEL.match(place) else f"de {place}"


def _placed(form: Mapping[str, Any], name: str, place: str | None, context: Context | None) -> Body | None:
    if form["kind"] == "etat":
        return Body("etat", form["class"], form["label"])
    if place is None and form.get("bare") == "seat" and context:
        place = context.seat
    if place is None:
        return _own_authority(form, context)
    known = _referred(form, name, place, context)
    if known:
        return known
    seat = body(f"Commune de {place}", context) if form["kind"] == "ccas" else None
    town = seat.authority.name if seat and seat.authority else place
    label = form["label"].format(de=with_preposition(town)) if "label" in form else None
    if seat:
        return Body(f"ccas:{seat.signature}", form["class"], label, seat=seat.signature)
    return Body(_unreferred(form["kind"], place, context), form["class"], label)


def _unreferred(kind: str, place: str, context: Context | None) -> str:
    """Signature of a body that the reference data do not tell from its namesakes: one in each territory."""
    signature = f"{kind}:{_ARTICLE.sub('', ' '.join(words(place)))}"
    if kind != "commune" or context is None or context.signature == signature:
        return signature
    return f"{signature}@{context.territory}"


def _own_authority(form: Mapping[str, Any], context: Context | None) -> Body | None:
    """ "la Métropole", "la commune": the deciding authority, where it is of that kind."""
    own = context.authority if context else None
    if own is None or form.get("bare") != "authority" or own.kind not in form.get("refer", ()):
        return None
    return _of_reference(form, own)


def _referred(form: Mapping[str, Any], name: str, place: str, context: Context | None) -> Body | None:
    kinds = form.get("refer", ())
    own = context.authority if context else None
    asked = f"Commune de {place}" if kinds == ["commune"] else name
    for candidate in (asked, place) if kinds else ():
        found = find(candidate, own.department if own else None, own.epci_siren if own else None)
        if found and found.kind in kinds:
            return _of_reference(form, found)
    return None


def _of_reference(form: Mapping[str, Any], found: Authority) -> Body:
    code = f"siren:{found.siren}" if found.siren else f"{found.kind}:{found.insee}"
    shown = None
    if found.kind == "commune":
        shown = slug(f"ville {with_preposition(found.name)}")
    elif found.kind == "epci":
        shown = slug(found.name)
    return Body(code, form["class"], None, shown, found.siren, found.insee, authority=found)


@cache
def _national() -> Mapping[str, Body]:
    return {
        compact(name): Body(f"national:{key}", entry["class"], None, key)
        for key, entry in settings()["national"].items()
        for name in entry["names"]
    }


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def _written(name: str, found: str | None) -> str | None:
    """The end of ``name`` that folds to ``found``: the place as the act writes it."""
    if found is None:
        return None
    for start in range(len(name)):
        if (start == 0 or not name[start - 1].isalnum()) and " ".join(words(name[start:])) == found:
            return name[start:].strip()
    return found
