"""Bodies known by their kind and place (State, communes, CCAS …), told from names by declared forms.

The forms are in ``data/organisations.toml``; authorities are looked up in the reference data of ``ontology``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from rapidfuzz.distance import OSA

from extract.facts import OrganisationKind
from graph.iri import slug
from graph.normal import compact, words
from graph.resolve.names import DATA
from ontology.authorities import Authority, by_siren, candidates_for, everything, find, normalise

_PARENTHESIS = re.compile(r"\s*\([^)]*\)")
_ARTICLE = re.compile(r"^(?:la|le|les|l) ")
_DOTTED = re.compile(r"\b(?:\w\.){2,}(?:\w\b)?")
#: From so many letters on, the name of an authority may have one wrong and be told by its SIREN all the same.
_ONE_WRONG = 7
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
    """The deciding authority of an act, which settles homonyms and names without a place.

    ``written`` is its name as the header gives it, ``department`` the code of its département where it is known,
    ``body`` what it is of a known kind.
    """

    signature: str
    authority: Authority | None = None
    written: str = ""
    department: str | None = None
    body: Body | None = None

    @property
    def territory(self) -> str:
        """Where a name is expected to mean one organisation: the EPCI where known, else the authority itself."""
        epci = self.authority.epci_siren if self.authority else None
        return f"siren:{epci}" if epci else self.signature

    @property
    def town(self) -> str | None:
        """Name of the commune that decides, whether the reference data know it or not."""
        if self.authority:
            return self.seat
        kind, _, name = self.signature.partition("@")[0].partition(":")
        return name if kind == "commune" else None

    @property
    def seat(self) -> str | None:
        """Name of the commune that decides, None for other authorities."""
        return self.authority.name if self.authority and self.authority.kind == "commune" else None


def told_best(context: Context) -> tuple[bool, str, str]:
    """Orders what several headers tell of one authority: the département first, then by alphabet."""
    return context.department is None, context.department or "", context.written


def body(name: str, context: Context | None, place: str | None = None) -> Body | None:
    """The body that ``name`` means by its kind and place, None for a name like any other.

    ``place`` is the commune that the act gives it where the name itself has none.
    """
    bare = _PARENTHESIS.sub("", undotted(name)).strip() or name
    national = _national().get(compact(bare))
    if national:
        return national
    folded = " ".join(words(bare))
    for form in settings()["form"]:
        match = _pattern(form["words"]).fullmatch(folded)
        if match and _is_of_a_place(form, match.groupdict().get("area")):
            found = next((value for value in match.groupdict().values() if value), None)
            return _placed(
                form,
                bare,
                _written(bare, found) or (bracketed(name) if form.get("bare") == "seat" else None) or place,
                context,
            )
    return _own_group(bare, context)


def bracketed(name: str) -> str | None:
    """The commune that stands in a bracket behind a body of a commune ("CCAS (Chenôve)"); never a sigle."""
    found = _PARENTHESIS.search(name)
    inside = found[0].strip(" ()") if found else ""
    is_sigle = inside.isupper() and not name.isupper()
    return inside if inside and not is_sigle and candidates_for(f"Commune de {inside}") else None


def authority_body(
    name: str, organ: str | None, department: str | None = None, siren: str | None = None
) -> Body | None:
    """The authority of an act's header; a bare place is a commune where the organ is municipal.

    The SIREN decides where it fits the name, else the département: a commune that neither tells from its namesakes,
    or that lies elsewhere, stays an authority of its own, known to no register.
    """
    unplaced = Context("", department=department)
    known = body(name, unplaced)
    if known is None and organ and "municipal" in words(organ):
        name = f"Commune de {name}"
        known = body(name, unplaced)
    told = by_siren(siren) if siren else None
    if told is None or not _bears(told, name):
        siren = told = None  # a stamp of somebody else, who transmits for it or whose act is annexed
    if told and (known is None or told.kind == _kind_of(known)):
        return of_reference(told)
    if known is None:
        found = find(name, department)
        known = of_reference(found) if found and found.kind != "commune" else None
    if known and known.authority and _contradicted(known.authority, told, department):
        return Body(f"{known.authority.kind}:{normalise(name)}@{siren or department}", known.kind, None)
    if known and known.authority is None and department and candidates_for(name):
        return replace(known, signature=f"{known.signature}@{department}")
    return known


def by_number(siren: str) -> Body | None:
    """The authority that bears ``siren``, None where the reference data know none."""
    known = by_siren(siren)
    return of_reference(known) if known else None


def _kind_of(known: Body) -> str:
    return known.authority.kind if known.authority else known.signature.partition(":")[0]


def _bears(told: Authority, name: str) -> bool:
    """Whether the register's name for a SIREN is the one that the header writes.

    A name that the reference data give to nobody (mutilated by the layout, or newer than the register) is compared by
    its letters, without the words that say what sort of authority it is.
    """
    candidates = candidates_for(name)
    if candidates:
        return told in candidates
    written, known = (_letters(text) for text in (name, told.name))
    return len(known) > 3 and (written == known or (len(known) >= _ONE_WRONG and OSA.distance(written, known) <= 1))


def _letters(name: str, also: Sequence[str] = ()) -> str:
    sorts = (*settings()["words"]["authority_sorts"], *also)
    every = normalise(name).split()
    return "".join(word for word in every if word not in sorts) or "".join(every)


def _contradicted(found: Authority, told: Authority | None, department: str | None) -> bool:
    """Whether the SIREN or the département of the header says that another authority is meant."""
    if told is not None:
        return told != found
    return found.kind == "commune" and None not in (department, found.department) and department != found.department


def department_name(code: str) -> str:
    """The name of a département by its code, the code itself where there is none."""
    found = _codes("departement").get(code)
    return found.name if found else code


def undotted(name: str) -> str:
    """ "C.A.F. du Tarn" → "CAF du Tarn"."""
    return _DOTTED.sub(lambda found: found[0].replace(".", ""), name)


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
    if "within" in form:
        return _within(form, name, place, context)
    if place is None:
        return _own_authority(form, context)
    known = _referred(form, name, place, context)
    if known:
        return known
    seat = body(f"Commune de {place}", context) if form.get("bare") == "seat" else None
    town = seat.authority.name if seat and seat.authority else place
    label = form["label"].format(de=with_preposition(town)) if "label" in form else None
    if seat:
        return Body(f"{form['kind']}:{seat.signature}", form["class"], label, seat=seat.signature)
    return Body(_unreferred(form["kind"], place, context), form["class"], label)


def _unreferred(kind: str, place: str, context: Context | None) -> str:
    """Signature of a body that the reference data do not tell from its namesakes: one in each territory."""
    signature = f"{kind}:{_ARTICLE.sub('', ' '.join(words(place)))}"
    if kind != "commune" or context is None or not context.signature:
        return signature
    if context.signature.partition("@")[0] == signature:
        return context.signature
    return f"{signature}@{context.territory}"


def _is_of_a_place(form: Mapping[str, Any], area: str | None) -> bool:
    """Whether words that no preposition brings in are a place ("CCAS Talant", "SDIS 39", not "CAF animations")."""
    if area is None:
        return True
    return (
        area_called(form["within"], area) is not None
        if "within" in form
        else bool(candidates_for(f"Commune de {area}"))
    )


def _within(form: Mapping[str, Any], name: str, place: str | None, context: Context | None) -> Body | None:
    """ "CAF 21", "la CAF" in an act of Dijon: the one of the département; of a place that is none, its own.

    Without a place, in the acts of an authority whose département is unknown, it is that authority's alone.
    """
    area = area_called(form["within"], place) if place else around(form["within"], context)
    if area:
        label = None if place else f"{form.get('short', form['kind'].upper())} {area.name}"
        return Body(f"{form['kind']}:{area.kind}:{area.insee}", form["class"], label)
    if place:
        return Body(_unreferred(form["kind"], place, context), form["class"], None)
    return Body(f"{form['kind']}:@{context.signature}", form["class"], name) if context and context.signature else None


def area_called(kind: str, written: str) -> Authority | None:
    """The département or région that is called so, by its name, its number or its initials."""
    folded = _ARTICLE.sub("", " ".join(words(written)))
    if kind == "departement" and folded.upper() in _codes(kind):
        return _codes(kind)[folded.upper()]
    if kind == "region":
        written = settings()["regions"].get(folded, written)
    found = find(f"{'Département' if kind == 'departement' else 'Région'} {written}")
    return found if found and found.kind == kind else None


def around(kind: str, context: Context | None) -> Authority | None:
    """The département or région in which the deciding authority lies."""
    department = context.department if context else None
    if department is None:
        return None
    found = _codes("departement").get(department)
    return found if kind == "departement" or found is None else _codes("region").get(found.region or "")


@cache
def _codes(kind: str) -> Mapping[str, Authority]:
    return {a.insee: a for a in everything() if a.kind == kind and a.insee}


def _own_authority(form: Mapping[str, Any], context: Context | None) -> Body | None:
    """ "la Métropole", "la commune": the deciding authority, where it is of that kind; the area that it lies in."""
    if form.get("bare") != "authority" or context is None:
        return None
    own, kinds = context.authority, form.get("refer", ())
    if own and own.kind in kinds:
        return of_reference(own)
    area = around(kinds[0], context) if kinds and kinds[0] in ("departement", "region") else None
    return replace(of_reference(area), label=_area_name(area)) if area else None


def _area_name(area: Authority) -> str:
    """A département or a région in full: "Département de la Côte-d'Or", "Région Grand Est"."""
    if area.kind == "region":
        return f"Région {area.name}"
    brought_in = (f"{article}{area.name}" for article, codes in settings()["articles"].items() if area.insee in codes)
    return f"Département {next(brought_in, with_preposition(area.name))}"


def _own_group(name: str, context: Context | None) -> Body | None:
    """ "Grand Dole": the EPCI of the deciding commune, named without its kind; never a name that a commune bears.

    Other names without a kind ("Pays de Lure") may be an association's or a pole's and stay names like any other.
    """
    group = _group(context)
    if group is None or not normalise(name).startswith(tuple(settings()["words"]["group_words"])):
        return None
    if _letters(name) != _letters(group.name) or candidates_for(f"Commune de {name}"):
        return None
    return of_reference(group)


def _same_group(place: str, context: Context | None) -> Body | None:
    """The EPCI of the deciding commune, of whatever kind it was when the act was written, "Grand" or not."""
    group = _group(context)
    grand = settings()["words"]["group_words"]
    if group is None or _letters(place, grand) != _letters(group.name, grand):
        return None
    return of_reference(group)


def _group(context: Context | None) -> Authority | None:
    own = context.authority if context else None
    return by_siren(own.epci_siren) if own and own.kind == "commune" and own.epci_siren else None


def _referred(form: Mapping[str, Any], name: str, place: str, context: Context | None) -> Body | None:
    kinds = form.get("refer", ())
    own = context.authority if context else None
    asked = f"Commune de {place}" if kinds == ["commune"] else name
    area = area_called(kinds[0], place) if kinds and kinds[0] in ("departement", "region") else None
    if area:
        return of_reference(area)
    if own and own.kind in kinds and normalise(own.name) == normalise(place):
        return of_reference(own)
    for candidate in (asked, place) if kinds else ():
        found = find(candidate, context.department if context else None, own.epci_siren if own else None)
        if found and found.kind in kinds and not _outranks(name, found):
            return of_reference(found)
    return _same_group(place, context) if "epci" in kinds else None


def _outranks(name: str, found: Authority) -> bool:
    """Whether ``name`` is that of a métropole and the register knows a communauté de communes: they are two."""
    metropole = settings()["words"]["metropole"]
    return metropole in words(name) and metropole not in words(found.name) and found.name.startswith("CC ")


def of_reference(found: Authority) -> Body:
    """An authority of the reference data as a body."""
    code = f"siren:{found.siren}" if found.siren else f"{found.kind}:{found.insee}"
    shown = None
    if found.kind == "commune":
        shown = slug(f"ville {with_preposition(found.name)}")
    elif found.kind == "epci":
        shown = slug(found.name)
    elif found.kind in ("departement", "region"):
        shown = slug(_area_name(found))
    return Body(code, "local_authority", None, shown, found.siren, found.insee, authority=found)


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
