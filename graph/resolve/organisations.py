"""Which organisations the acts name: bodies by kind and place, others by name, sigle and the forms an act ties.

Each mention becomes a node by what its own document says; :mod:`organisation_matches` then decides which are one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extract.facts import OrganisationFact, SessionFacts
from graph.normal import words
from graph.resolve.cluster import Clustering, Pair, cluster, for_review
from graph.resolve.former import placed_former, split_former
from graph.resolve.identifiers import Identifiers, read
from graph.resolve.match import Candidate
from graph.resolve.organisation_matches import conflict_among, matches
from graph.resolve.organisation_nodes import (
    KIND,
    PARENTHESIS,
    OrganisationNode,
    article_genders,
    legal_forms,
    normal_words,
)
from graph.resolve.places import Body, Context, authority_body, body, by_number, settings, told_best

_SIGLE = re.compile(r"[A-Z0-9ÀÉÈ][A-Z0-9ÀÉÈ&.'’-]{1,14}")
_LEAD = re.compile(r"^(?:l['’]\s*)?association\s+(?=(?-i:[A-ZÀ-Ý0-9«\"]))|^l['’]\s*(?=association\b)", re.IGNORECASE)


def cluster_organisations(
    nodes: Mapping[str, OrganisationNode], together: Sequence[Pair] = (), apart: Sequence[Pair] = ()
) -> tuple[Clustering, tuple[Candidate, ...]]:
    """The clusters, and the pairs for a person to review: a function of the nodes alone."""
    sure, doubtful = matches(nodes)
    found = cluster(KIND, nodes, sure, conflict_among(nodes), together, apart)
    return found, for_review((*doubtful, *found.refused), found, apart)


class OrganisationNodes:
    """Collects the organisations of all acts."""

    def __init__(self) -> None:
        self.nodes: dict[str, OrganisationNode] = {}
        self._articles: dict[tuple[str, int, tuple[str, ...]], Mapping[str, str]] = {}

    def authority(self, session: SessionFacts, digest: str) -> Context:
        """The deciding authority of a séance, as its header names it."""
        name = session.authority or ""
        known = authority_body(name, session.body, session.department, session.siren)
        signature = known.signature if known else f"authority:{'-'.join(normal_words(name))}"
        place = known.authority if known else None
        context = Context(signature, place, name, place.department if place else session.department, known)
        node = self._node(signature, normal_words(name), known, context)
        self._name(node, known, name, digest)
        node.kinds["local_authority"] += 1
        return context

    def mention(self, context: Context, digest: str, act: int, fact: OrganisationFact) -> str:
        """Signature of an organisation that an act names."""
        name, numbers = split_former(_sigle_last(fact.name)), read(fact)
        found = self._body(name.current, fact, numbers, context)
        normal = self._normal(name.current, digest, act)
        signature = found.signature if found else "|".join((context.signature, " ".join(normal), *numbers.keys))
        node = self._node(signature, normal, found, context)
        if found is None:
            node.identifiers = numbers
        node.acts.add(f"{digest}#{act}")
        node.legal_forms |= legal_forms(name.current)
        self._name(node, found, name.current, digest)
        node.kinds[fact.kind] += 1
        for former in name.former:
            node.former.add(placed_former(normal_words(former), normal))
            node.aliases.add(former, digest)
        self._other_forms(node, fact, digest)
        return signature

    def _normal(self, name: str, digest: str, act: int) -> tuple[str, ...]:
        """The words of a name; with its articles where another line of the act gives a noun the other gender."""
        normal, genders = normal_words(name), article_genders(name)
        first = self._articles.setdefault((digest, act, normal), genders)
        if any(first.get(noun, gender) != gender for noun, gender in genders.items()):
            return tuple(words(name))
        return normal

    @staticmethod
    def _body(name: str, fact: OrganisationFact, numbers: Identifiers, context: Context) -> Body | None:
        """The body that is meant by its kind and place; a SIREN that is another's says that it is not."""
        found = _itself(name, context) or body(name, context, fact.place)
        if found and found.siren and numbers.siren and found.siren != numbers.siren:
            return by_number(numbers.siren)
        return found

    def _node(self, signature: str, normal: tuple[str, ...], found: Body | None, context: Context) -> OrganisationNode:
        node = self.nodes.get(signature)
        if node is None:
            node = self.nodes[signature] = OrganisationNode(signature, normal, found)
            node.identifiers = Identifiers(siren=found.siren) if found else Identifiers()
        node.contexts[context.signature] = min(context, node.contexts.get(context.signature, context), key=told_best)
        return node

    @staticmethod
    def _name(node: OrganisationNode, found: Body | None, name: str, digest: str) -> None:
        """A name that stands for another in full, or says nothing without its act, is no label."""
        if found and found.label:
            node.names.add(found.label, digest)
        if found and (found.label or body(name, None) is None):
            node.aliases.add(name, digest)
        else:
            node.names.add(_LEAD.sub("", name) or name, digest)

    @staticmethod
    def _other_forms(node: OrganisationNode, fact: OrganisationFact, digest: str) -> None:
        name = _sigle_last(fact.name)
        bracketed = PARENTHESIS.search(name)
        if bracketed and _SIGLE.fullmatch(bracketed[1]):
            node.sigles[bracketed[1]] += 1
            node.aliases.add(name[: bracketed.start()], digest)
        if fact.sigle:
            node.sigles[fact.sigle] += 1
            node.aliases.add(fact.sigle, digest)
        for alias in fact.aliases:
            folded = " ".join(words(alias))
            if not folded or folded in settings()["words"]["anaphors"]:
                continue
            plain = split_former(alias).current
            node.aliases.add(plain, digest)
            if "(" in alias:
                node.aliases.add(alias, digest)  # as the act writes it, with what it adds in brackets
            if _SIGLE.fullmatch(plain):
                node.sigles[plain] += 1
            elif node.body is None:
                node.other_forms.add(normal_words(plain))
                if plain != alias:
                    node.former.add(normal_words(plain))


def _sigle_last(name: str) -> str:
    """ "ASL (Association sports et loisirs)" → "Association sports et loisirs (ASL)"."""
    found = PARENTHESIS.search(name)
    head = name[: found.start()].strip() if found else ""
    if found and _SIGLE.fullmatch(head) and len(words(found[1])) > 1 and not found[1].isupper():
        return f"{found[1].strip()} ({head})"
    return name


def _itself(name: str, context: Context) -> Body | None:
    """The authority itself: named as in the header, or as the same body of a place that no register knows."""
    own = context.body
    known = body(name, None)
    if own and known and known.signature == context.signature:
        return own
    if not context.written or normal_words(context.written) != normal_words(name):
        return None
    return own or Body(context.signature, "local_authority", None)
