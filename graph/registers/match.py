"""Which organisations of the graph are in a register, how surely, and why.

A name alone proves little: it must be that of one entry, seated where the acts that name it are from. An RNA number
that an act gives settles it: the entry that bears it is meant, one that bears another is not. Where two registers give
one organisation different numbers, none is published. The confidences are stated in ``scores.toml``, not calibrated: no
gold of register numbers is at hand.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from graph.registers.index import Registered, RegisterIndex
from graph.resolve.organisation_nodes import normal_words
from graph.resolve.places import settings as organisation_settings
from graph.resolve.resolution import OrganisationEntity, Resolution
from ontology.authorities import Authority, by_insee, by_siren, members

#: Entries of one name and register that are worth showing.
_MOST = 5


@dataclass(frozen=True, slots=True, order=True)
class RegisterMatch:
    """An organisation (its key) and the entry that it may be, with the confidence in [0, 1] and the reason in French.

    ``sure`` tells that the number may be published as the organisation's own; the others are for a person to look at.
    """

    organisation: str
    register: str
    id: str
    confidence: float
    reason: str
    sure: bool
    siren: str | None = None
    siret: str | None = None
    rna: str | None = None


@cache
def scores() -> Mapping[str, float]:
    """Confidence of each sort of match, and the threshold of publication: ``scores.toml``."""
    loaded = tomllib.loads((Path(__file__).parent / "scores.toml").read_text("utf-8"))
    return {name: float(value) for name, value in loaded.items()}


def reconcile(resolution: Resolution, index: RegisterIndex) -> tuple[RegisterMatch, ...]:
    """The matches of every organisation that has no number yet, in the order of their keys.

    Bodies that the reference data know (authorities, CCAS) are left to them.
    """
    places = _places(resolution)
    found: list[RegisterMatch] = []
    for key, entity in sorted(resolution.organisations.items()):
        if entity.siren is None and entity.kind in ("association", "organisation", "company", "public_establishment"):
            found += _agreed(_of_number(entity.rna, list(_matches(entity, places.get(key, frozenset()), index))))
    return tuple(found)


def _of_number(rna: str | None, found: list[RegisterMatch]) -> list[RegisterMatch]:
    """The matches under the RNA number that the acts give: the entry of that number, surely; none of another."""
    if rna is None:
        return found
    meant = [m for m in found if m.rna == rna]
    if meant:
        reason, score = f"même nom et même numéro RNA ({rna}) que dans l'acte", scores()["number"]
        return [replace(m, confidence=score, reason=reason, sure=True) for m in meant]
    other = f"l'acte donne un autre numéro RNA ({rna})"
    return [
        replace(m, confidence=min(m.confidence, scores()["other_number"]), reason=f"{m.reason} ; {other}", sure=False)
        if m.rna
        else m
        for m in found
    ]


def _agreed(found: list[RegisterMatch]) -> list[RegisterMatch]:
    """The matches of one organisation; none is sure where the sure ones give it two numbers of one register."""
    sure = [m for m in found if m.sure]
    numbers = ({m.siren for m in sure} - {None}, {m.rna for m in sure} - {None})
    if all(len(of_one_register) < 2 for of_one_register in numbers):
        return found
    reason = "les registres lus lui donnent deux numéros"
    score = scores()["several"]
    return [replace(m, confidence=score, reason=f"{m.reason} ; {reason}", sure=False) if m.sure else m for m in found]


def _matches(entity: OrganisationEntity, places: frozenset[str], index: RegisterIndex) -> Iterable[RegisterMatch]:
    """The entries that bear one of its names: the one seated where it is named, or all of them for review."""
    forms = {normal_words(spelling.text) for spelling in (*entity.names, *entity.aliases)}
    long = {words for words in forms if len(words) > 1}
    entries = {(e.register, e.id): e for words in sorted(long) for e in index.named(" ".join(words))}
    for register in sorted({register for register, _ in entries}):
        bearers = [e for (r, _), e in sorted(entries.items()) if r == register]
        near = [e for e in bearers if _is_near(e, places)]
        told = [e for e in bearers if entity.rna and e.association == entity.rna]
        candidates = told or [e for e in near if e.open] or near or bearers
        for entry in candidates[:_MOST]:
            score, reason = _score(entry, alone=len(candidates) == 1, near=bool(near), distinctive=_distinctive(long))
            yield RegisterMatch(
                entity.key,
                entry.register,
                entry.id,
                score,
                reason,
                score >= scores()["sure"],
                entry.siren,
                entry.siret,
                entry.association,
            )


def _score(entry: Registered, *, alone: bool, near: bool, distinctive: bool) -> tuple[float, str]:
    values = scores()
    if not alone:
        where = "sur le territoire de l'acte" if near else "dans les registres lus"
        return values["several"], f"plusieurs organismes de ce nom {where} (ici {entry.insee or 'siège inconnu'})"
    score, reason = values["elsewhere"], "même nom, le seul dans les registres lus, siège hors du territoire de l'acte"
    if near:
        score, reason = values["near"], "même nom, le seul dont le siège est sur le territoire de l'acte"
    elif not distinctive:
        score, reason = values["elsewhere_common"], "même nom, courant, siège hors du territoire de l'acte"
    if not entry.open:
        return score + values["closed"], f"{reason} ; dissous ou fermé"
    return score, reason


def _distinctive(forms: Iterable[tuple[str, ...]]) -> bool:
    """Whether a name says more than what every commune has ("comité des fêtes")."""
    generic = organisation_settings()["words"]["generic"]
    return any(len([w for w in words if w not in generic and len(w) > 2]) > 1 for words in forms)


def _is_near(entry: Registered, places: frozenset[str]) -> bool:
    """Whether its seat is in one of the communes, or in one of the départements ("21*")."""
    return entry.insee is not None and (entry.insee in places or f"{_department(entry.insee)}*" in places)


def _department(insee: str) -> str:
    return insee[:3] if insee.startswith("97") else insee[:2]


def _places(resolution: Resolution) -> dict[str, frozenset[str]]:
    """Key of each organisation → where the authorities are that name it."""
    named_by: dict[str, set[str]] = defaultdict(set)
    for keys in resolution.documents.values():
        authorities = {session.authority for session in keys.sessions if session.authority}
        for act in keys.acts:
            for organisation in act.organisations.values():
                named_by[organisation] |= authorities
    areas = {a: _area(resolution.organisations[a]) for group in named_by.values() for a in group}
    return {key: frozenset().union(*(areas[a] for a in group)) for key, group in named_by.items()}


def _area(authority: OrganisationEntity) -> frozenset[str]:
    """The communes of an authority as INSEE codes; a département as "21*"; nothing where it is not known."""
    known = (by_siren(authority.siren) if authority.siren else None) or _by_code(authority)
    if known is None:
        return frozenset()
    if known.kind == "commune" and known.insee:
        return frozenset((known.insee,))
    if known.kind == "epci" and known.siren:
        return frozenset(m.insee for m in members(known.siren) if m.insee)
    return frozenset((f"{known.department}*",)) if known.department else frozenset()


def _by_code(authority: OrganisationEntity) -> Authority | None:
    return by_insee(authority.insee) if authority.insee else None
