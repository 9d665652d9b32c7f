"""Which organisations the acts name: bodies by kind and place, others by name, sigle and the forms an act ties.

A sigle and a long form tied in one act carry over to the other acts of the same authority, unless two long forms
claim the sigle. A name common enough to have namesakes is one organisation inside one territory only.
"""

from __future__ import annotations

import re

from extract.facts import OrganisationFact
from graph.normal import words
from graph.resolve.cluster import Clustering, cluster, for_review
from graph.resolve.judgement import Judgements
from graph.resolve.match import Candidate
from graph.resolve.organisation_matches import conflict_among, matches
from graph.resolve.organisation_nodes import KIND, PARENTHESIS, OrganisationNode, normal_words
from graph.resolve.places import Body, Context, authority_body, body, settings

_SIGLE = re.compile(r"[A-Z0-9ÀÉÈ][A-Z0-9ÀÉÈ&.'’-]{1,14}")


class Organisations:
    """Collects the organisations of all acts, then clusters them."""

    def __init__(self) -> None:
        self.nodes: dict[str, OrganisationNode] = {}

    def authority(self, name: str, organ: str | None, digest: str) -> Context:
        """The deciding authority of a séance, as ``authority`` and ``body`` of the header name it."""
        known = authority_body(name, organ)
        signature = known.signature if known else f"authority:{'-'.join(normal_words(name))}"
        context = Context(signature, known.authority if known else None)
        node = self._node(signature, normal_words(name), known, context)
        self._name(node, known, name, digest)
        node.kinds["local_authority"] += 1
        return context

    def mention(self, context: Context, digest: str, act: int, fact: OrganisationFact) -> str:
        """Signature of an organisation that an act names."""
        found = self._itself(fact.name, context) or body(fact.name, context, fact.place)
        normal = normal_words(fact.name)
        signature = found.signature if found else f"{context.signature}|{' '.join(normal)}"
        node = self._node(signature, normal, found, context)
        node.acts.add(f"{digest}#{act}")
        self._name(node, found, fact.name, digest)
        node.kinds[fact.kind] += 1
        self._other_forms(node, fact, digest)
        return signature

    def cluster(self, judgements: Judgements) -> tuple[Clustering, tuple[Candidate, ...]]:
        """The clusters, and the pairs for a person to review."""
        sure, doubtful = matches(self.nodes)
        conflict = conflict_among(self.nodes)
        together, apart = judgements.together(KIND), judgements.apart(KIND)
        found = cluster(KIND, self.nodes, sure, conflict, together, apart)
        return found, for_review((*doubtful, *found.refused), found, apart)

    def _itself(self, name: str, context: Context) -> Body | None:
        """The authority itself: named as in the header, or as the same body of a place that no register knows."""
        own = self.nodes.get(context.signature)
        known = body(name, None)
        if own and own.body and known and known.signature == context.signature:
            return own.body
        if own and own.body is None and own.normal == normal_words(name):
            return Body(context.signature, "local_authority", None)
        return own.body if own and own.body and own.normal == normal_words(name) else None

    def _node(self, signature: str, normal: tuple[str, ...], found: Body | None, context: Context) -> OrganisationNode:
        node = self.nodes.setdefault(signature, OrganisationNode(signature, normal, found))
        node.contexts[context.signature] = context
        return node

    @staticmethod
    def _name(node: OrganisationNode, found: Body | None, name: str, digest: str) -> None:
        """A name that stands for another in full, or says nothing without its act, is no label."""
        if found and found.label:
            node.names.add(found.label, digest)
        if found and (found.label or body(name, None) is None):
            node.aliases.add(name, digest)
        else:
            node.names.add(name, digest)

    @staticmethod
    def _other_forms(node: OrganisationNode, fact: OrganisationFact, digest: str) -> None:
        bracketed = PARENTHESIS.search(fact.name)
        if bracketed and _SIGLE.fullmatch(bracketed[1]):
            node.sigles[bracketed[1]] += 1
            node.aliases.add(fact.name[: bracketed.start()], digest)
        if fact.sigle:
            node.sigles[fact.sigle] += 1
            node.aliases.add(fact.sigle, digest)
        for alias in fact.aliases:
            folded = " ".join(words(alias))
            if not folded or folded in settings()["words"]["anaphors"]:
                continue
            node.aliases.add(alias, digest)
            if _SIGLE.fullmatch(alias):
                node.sigles[alias] += 1
            elif node.body is None:
                node.other_forms.add(normal_words(alias))
