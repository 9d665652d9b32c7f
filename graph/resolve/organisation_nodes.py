"""The organisations as the acts name them, before it is decided which are one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from graph.normal import compact, words
from graph.remembered import remembered
from graph.resolve.identifiers import Identifiers
from graph.resolve.match import Cluster
from graph.resolve.places import Body, Context, settings, undotted
from graph.resolve.spelling import SpellingCounter

KIND = "organisation"
_ASSOCIATION = "association"
#: The accent alone tells "Sté" (société) from "Ste" (sainte).
_SOCIETE = re.compile(r"\bSté\b\.?")
#: A sigle, or a gloss, in brackets at the end of a name.
PARENTHESIS = re.compile(r"\s*\(([^)]*)\)\s*$")


@dataclass
class OrganisationNode:
    """All mentions of one name by one authority (of one body, for bodies): the unit that is clustered.

    ``names`` may become the label, ``aliases`` only other labels. ``acts`` are the acts that name it. ``legal_forms``
    are those that its names give ("sarl", "association"), ``other_forms`` names that an act gives it beside its own,
    ``former`` those it bore before.
    """

    signature: str
    normal: tuple[str, ...]
    body: Body | None = None
    contexts: dict[str, Context] = field(default_factory=dict)
    names: SpellingCounter = field(default_factory=SpellingCounter)
    aliases: SpellingCounter = field(default_factory=SpellingCounter)
    sigles: Counter[str] = field(default_factory=Counter)
    other_forms: set[tuple[str, ...]] = field(default_factory=set)
    former: set[tuple[str, ...]] = field(default_factory=set)
    legal_forms: set[str] = field(default_factory=set)
    identifiers: Identifiers = field(default_factory=Identifiers)
    kinds: Counter[str] = field(default_factory=Counter)
    acts: set[str] = field(default_factory=set)

    @property
    def territories(self) -> frozenset[str]:
        """Where its name is expected to mean one organisation: the EPCI of its authorities, else themselves."""
        return frozenset(context.territory for context in self.contexts.values())

    @property
    def sigle_keys(self) -> frozenset[str]:
        """Its sigles as they are compared."""
        return frozenset(compact(sigle) for sigle in self.sigles)

    @property
    def is_long(self) -> bool:
        """Whether the name says more than a sigle."""
        return len(self.normal) > 1


@remembered(2048)
def normal_words(name: str) -> tuple[str, ...]:
    """The words by which names are compared: no "association", no articles, no sigle in brackets at the end."""
    dropped = settings()["words"]["dropped"]
    text = _told_by_accent(undotted(_SOCIETE.sub("société", name)))
    every = words(_without_gloss(text)) or (compact(name),)
    if OSA.distance(every[0], _ASSOCIATION, score_cutoff=1) == 1:
        every = every[1:] or every
    return tuple(word for word in every if word not in dropped) or every


def _told_by_accent(text: str) -> str:
    """The text with each word that only its accent tells from a commoner one ("jeûnes") made a word of its own.

    Capitals without accents mean the commoner word, which is why no other word is treated so ("PECHE" is "pêche").
    """
    if text.isascii():
        return text
    lowered = text.lower()
    for word in settings()["words"]["told_by_accent"]:
        if word in lowered:
            text = re.sub(rf"\b{word}\b", f"{word}accent", text, flags=re.IGNORECASE)
    return text


def article_genders(name: str) -> dict[str, str]:
    """The gender that articles give the nouns of a name: "du marché" is no "de la marche", nor in capitals.

    >>> article_genders("THEATRE DU MARCHE")
    {'marche': 'm'}
    """
    every = words(name)
    found = ((noun, settings()["words"]["articles"].get(article)) for article, noun in pairwise(every))
    return {noun: gender for noun, gender in found if gender}


def _without_gloss(name: str) -> str:
    """The name without what stands in brackets behind it, unless that is a part of it (a place, a section)."""
    found = PARENTHESIS.search(name)
    if found is None:
        return name
    inside = found[1].strip()
    is_gloss = inside.isupper() or not inside or words(inside)[:1] == ("siege",)
    return name[: found.start()] if is_gloss else f"{name[: found.start()]} {inside}"


def quoted_name(name: str) -> str | None:
    """The name in quotes behind "association" and an adjective or two, None for a name written otherwise."""
    found = _described().fullmatch(name.strip())
    return found["name"].strip() if found else None


@cache
def _described() -> re.Pattern[str]:
    return re.compile(settings()["words"]["described"])


def legal_forms(name: str) -> frozenset[str]:
    """The legal forms that a name gives: "association" where it begins so, the form of a company anywhere."""
    every = words(undotted(name))
    found = {word for word in every if word in settings()["words"]["company_forms"]}
    leading = next((word for word in every if word not in settings()["words"]["dropped"] or word == _ASSOCIATION), "")
    return frozenset(found | {_ASSOCIATION} if leading == _ASSOCIATION else found)


def may_share_form(one: OrganisationNode, other: OrganisationNode) -> bool:
    """Whether the legal forms of two names may be one organisation's: a company is no association."""
    return not (one.legal_forms and other.legal_forms and one.legal_forms.isdisjoint(other.legal_forms))


def chosen_kind(nodes: Iterable[OrganisationNode]) -> str:
    """The class that most acts give; "organisation" only where none says more."""
    kinds: Counter[str] = Counter()
    for node in nodes:
        if node.body:
            return node.body.kind
        kinds.update(node.kinds)
    told = {kind: n for kind, n in kinds.items() if kind != "organisation"} or dict(kinds)
    return min(told, key=lambda kind: (-told[kind], kind), default="organisation")


def chosen_sigle(nodes: Iterable[OrganisationNode]) -> str | None:
    """The sigle that most acts write, None where there is none."""
    sigles: Counter[str] = Counter()
    for node in nodes:
        sigles.update(node.sigles)
    return min(sigles, key=lambda sigle: (-sigles[sigle], sigle), default=None)


def chosen_identifiers(nodes: Iterable[OrganisationNode]) -> Identifiers:
    """Its numbers in the registers; none of a register in which its acts give several."""
    found = [node.identifiers for node in nodes]
    sirens, numbers = {i.siren for i in found if i.siren}, {i.rna for i in found if i.rna}
    return Identifiers(
        next(iter(sirens)) if len(sirens) == 1 else None, next(iter(numbers)) if len(numbers) == 1 else None
    )


def nodes_of(found: Cluster, nodes: Mapping[str, OrganisationNode]) -> list[OrganisationNode]:
    """The nodes of a cluster, in canonical order."""
    return [nodes[signature] for signature in found.members]
