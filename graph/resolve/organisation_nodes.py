"""The organisations as the acts name them, before it is decided which are one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.normal import compact, words
from graph.resolve.match import Cluster
from graph.resolve.places import Body, Context, settings
from graph.resolve.spelling import SpellingCounter

KIND = "organisation"
#: A sigle, or a gloss, in brackets at the end of a name.
PARENTHESIS = re.compile(r"\s*\(([^)]*)\)\s*$")


@dataclass
class OrganisationNode:
    """All mentions of one name by one authority (of one body, for bodies): the unit that is clustered.

    ``names`` may become the label, ``aliases`` only other labels. ``acts`` are the acts that name it.
    """

    signature: str
    normal: tuple[str, ...]
    body: Body | None = None
    contexts: dict[str, Context] = field(default_factory=dict)
    names: SpellingCounter = field(default_factory=SpellingCounter)
    aliases: SpellingCounter = field(default_factory=SpellingCounter)
    sigles: Counter[str] = field(default_factory=Counter)
    other_forms: set[tuple[str, ...]] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    acts: set[str] = field(default_factory=set)

    @property
    def sigle_keys(self) -> frozenset[str]:
        """Its sigles as they are compared."""
        return frozenset(compact(sigle) for sigle in self.sigles)

    @property
    def is_long(self) -> bool:
        """Whether the name says more than a sigle."""
        return len(self.normal) > 1


def normal_words(name: str) -> tuple[str, ...]:
    """The words by which names are compared: no "association", no articles, no sigle in brackets at the end."""
    dropped = settings()["words"]["dropped"]
    every = words(PARENTHESIS.sub("", name) or name) or (compact(name),)
    return tuple(word for word in every if word not in dropped) or every


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


def nodes_of(found: Cluster, nodes: dict[str, OrganisationNode]) -> list[OrganisationNode]:
    """The nodes of a cluster, in canonical order."""
    return [nodes[signature] for signature in found.members]
