"""What an organisation is, before the name that it bears: "Atelier vélo « Le Pignon fixe »", "Compagnie La Girandole".

Acts write the name alone as well. Both are one in the acts of one authority, where one organisation only bears the name
under a title: "Chorale Les Coquelicots" and "Atelier Les Coquelicots" leave open whose the name alone is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from graph.normal import words
from graph.resolve.match import Match
from graph.resolve.name_keys import NameKey, name_key
from graph.resolve.organisation_nodes import OrganisationNode, may_share_form, normal_words
from graph.resolve.organisation_relations import Nodes, match_of
from graph.resolve.organisation_words import specific_words
from graph.resolve.places import Context, settings

#: Key of the name alone, and the title before it.
Titled = tuple[NameKey, str]


def titled(node: OrganisationNode, context: Context) -> frozenset[Titled]:
    """The names that this one may be written as without its title, each with the title; none for a common name."""
    found = (_expression().fullmatch(text.strip()) for text in node.names.totals())
    parts = [match.groupdict() for match in found if match]
    named = ((normal_words(p["quoted"] or p["plain"]), " ".join(words(p["title"]))) for p in parts)
    return frozenset(
        (name_key(normal, context.town), title) for normal, title in named if len(specific_words(normal)) > 1
    )


def bare(node: OrganisationNode, context: Context) -> NameKey | None:
    """The key of a name that has no title and could be one without it."""
    return None if titled(node, context) else name_key(node.normal, context.town)


def same_titles(named: Nodes) -> Iterator[Match]:
    """Names with their title and without it, in the acts of one authority."""
    alone: dict[tuple[str, NameKey], list[str]] = {}
    whole: dict[tuple[str, NameKey], dict[str, list[str]]] = {}
    for signature, node in named.items():
        for context in node.contexts.values():
            key = bare(node, context)
            if key:
                alone.setdefault((context.signature, key), []).append(signature)
            for name, title in titled(node, context):
                whole.setdefault((context.signature, name), {}).setdefault(title, []).append(signature)
    scores = settings()["scores"]
    for place, titles in sorted(whole.items(), key=lambda entry: sorted(entry[1].items())):
        score = scores["key"] if len(titles) == 1 else scores["alike"]
        for one in sorted(s for signatures in titles.values() for s in signatures):
            for other in sorted(alone.get(place, ())):
                a, b = named[one], named[other]
                if a.acts.isdisjoint(b.acts) and may_share_form(a, b):
                    yield match_of(one, other, score, "name.title", "même nom, sans ce qu'est l'organisation")


@cache
def _expression() -> re.Pattern[str]:
    return re.compile(settings()["words"]["titled"])
