"""Sigles: alone, with the rest of a name, or one word that is a name; tied to the long forms that acts give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.resolve.match import Candidate, Match
from graph.resolve.name_keys import NameKey, located_key, name_key
from graph.resolve.organisation_nodes import KIND, PARENTHESIS, OrganisationNode, normal_words
from graph.resolve.organisation_relations import Nodes, by_key, is_member, match_of, neighbours, share_authority
from graph.resolve.organisation_words import NAME_LETTERS, specific_words
from graph.resolve.places import Context, settings

TWO_LONG_FORMS = "deux noms développés pour un même sigle"
_SHORTEST_INITIALS = 3
_SURE_INITIALS = 4


def part_sigles(named: Nodes) -> Iterator[Match]:
    """ "CPN Les Loutres" where an act ties CPN to "Connaître et protéger la nature Les Loutres"."""
    score = settings()["scores"]["part"]
    told: dict[tuple[str, str], list[str]] = {}
    for signature, node in named.items():
        for authority in node.contexts if node.is_long else ():
            for sigle in node.sigle_keys:
                told.setdefault((authority, sigle), []).append(signature)
    for signature, node in named.items():
        for context in node.contexts.values() if node.is_long else ():
            for sigle in node.normal:
                for other in told.get((context.signature, sigle), ()):
                    rest = name_key(tuple(w for w in node.normal if w != sigle), context.town)
                    whole = _whole(named[other], sigle, context)
                    if other != signature and sigle not in named[other].normal and rest <= whole:
                        yield match_of(
                            signature, other, score, "sigle.part", f"« {sigle.upper()} » développé dans un acte"
                        )


def _whole(node: OrganisationNode, sigle: str, context: Context) -> NameKey:
    """What may stand beside the sigle of a name: its words, its town where few organisations bear the sigle."""
    common = sigle in settings()["words"]["common_sigles"]
    return (name_key if common else located_key)(node.normal, context.town)


def sigles(nodes: Nodes, groups: Mapping[str, int]) -> tuple[list[Match], list[Candidate]]:
    """Sigles written alone, tied to the one long form that the authority (else its territory) gives them."""
    named = {signature: node for signature, node in nodes.items() if node.body is None}
    told, spelt = _long_forms(named)
    for signature, node in nodes.items():
        for sigle in own_initials(node) if node.body else ():
            for place in node.contexts:
                told.setdefault((place, sigle), []).append(signature)
    linked: list[Match] = []
    unclear: list[Candidate] = []
    for node in named.values():
        if node.is_long:
            continue
        ties = _spelling_it(node, nodes, next(filter(None, _ties_of(node, told, spelt)), []))
        if len({groups[_long_end(node, tie)] for tie in ties}) == 1:
            linked.append(ties[0])
        else:
            unclear += [Candidate(KIND, tie, TWO_LONG_FORMS) for tie in ties]
    return linked, unclear


def _spelling_it(node: OrganisationNode, nodes: Nodes, ties: list[Match]) -> list[Match]:
    """Of several long names that acts give a sigle, those of which it is the initials."""
    spelt = [tie for tie in ties if node.normal[0] in _made_of(nodes[_long_end(node, tie)].normal)]
    return spelt or ties


def _long_end(node: OrganisationNode, tie: Match) -> str:
    return tie.left if tie.right == node.signature else tie.right


def _made_of(normal: tuple[str, ...]) -> frozenset[str]:
    """The initials of a name: of all its words, of those of three letters and more; "association" may have been one."""
    made = {"".join(word[0] for word in kept) for kept in (normal, [w for w in normal if len(w) > 2])}
    return frozenset(made | {f"a{initials}" for initials in made})


_Index = dict[tuple[str, str], list[str]]


def _long_forms(named: Nodes) -> tuple[_Index, _Index]:
    """(place, sigle) → the long names to which acts tie the sigle, and those whose initials make it."""
    told: _Index = {}
    spelt: _Index = {}
    for signature, node in named.items():
        if node.is_long:
            for place in {*node.contexts, *node.territories}:
                for sigle in node.sigle_keys:
                    told.setdefault((place, sigle), []).append(signature)
            for place in node.contexts:
                for sigle in initials_of(node):
                    spelt.setdefault((place, sigle), []).append(signature)
    return told, spelt


def _ties_of(node: OrganisationNode, told: _Index, spelt: _Index) -> Iterator[list[Match]]:
    """The ties of a sigle to long names, the surest sort first."""
    scores, sigle = settings()["scores"], node.normal[0]
    initials = scores["initials" if len(sigle) >= _SURE_INITIALS else "initials_short"]
    shown = f"sigle « {sigle.upper()} »"
    for index, places, score, feature, text in (
        (told, node.contexts, scores["sigle"], "sigle", f"{shown} développé dans un acte"),
        (told, node.territories, scores["sigle_nearby"], "sigle", f"{shown} développé dans un acte"),
        (spelt, node.contexts, initials, "initials", f"{shown} : initiales du nom"),
    ):
        long = sorted({s for place in places for s in index.get((place, sigle), ())})
        yield [match_of(node.signature, s, score, feature, text) for s in long]


def initials_of(node: OrganisationNode) -> frozenset[str]:
    """The sigles that the initials of its name make, for a name whose acts give none."""
    if node.sigles:
        return frozenset()
    made = "".join(word[0] for word in node.normal if len(word) > 2)
    return frozenset((made,)) if len(made) >= _SHORTEST_INITIALS else frozenset()


def own_initials(node: OrganisationNode) -> frozenset[str]:
    """The sigles that acts give a body and that its name makes: "l'État (DDCS)" names a service, not the State."""
    names = [tuple(w for w in normal_words(_bare(text)) if len(w) > 1) for text in node.names.totals()]
    made = {"".join(word[0] for word in name) for name in names if len(name) > 1}
    return node.sigle_keys & made


def _bare(name: str) -> str:
    return PARENTHESIS.sub("", name)


def same_short_names(named: Nodes, linked: list[Match], groups: Mapping[str, int]) -> Iterator[Match]:
    """A one-word name in one territory is one organisation, unless it stands for two long forms there."""
    scores, common = settings()["scores"], settings()["words"]["common_sigles"]
    meant: dict[str, int] = {}
    for match in linked:
        short, long = (match.left, match.right) if match.left not in groups else (match.right, match.left)
        meant[short] = groups[long]
    for group in by_key(named, lambda node: [] if node.is_long else [node.normal[0]]):
        word = named[group[0]].normal[0]
        for one, other in neighbours(named, group):
            if meant.get(one, meant.get(other)) != meant.get(other, meant.get(one)):
                continue
            if share_authority(named[one], named[other]):
                yield match_of(one, other, scores["same_name"], "name.same", "même nom, même collectivité")
            elif len(word) >= NAME_LETTERS and word not in common and specific_words((word,)):
                yield match_of(one, other, scores["nearby"], "name.nearby", "même nom, même intercommunalité")
            elif is_member(named[one], named[other]) or is_member(named[other], named[one]):
                text = "même sigle, dans une commune et dans son intercommunalité"
                yield match_of(one, other, scores["common_nearby"], "name.common", text)
