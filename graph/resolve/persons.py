"""Who is who among the persons of one authority, over all its acts.

Full names are compared by the features of :mod:`features` and by the lists they stand on. Then names by initials
("A. MARSEC"), then family names alone ("M. MARSEC") are tied to the one member whom they fit; where they fit several
they are left open, for review.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from graph.resolve.cluster import Clustering, Pair, cluster, for_review
from graph.resolve.features import Never, compare, family_names, given_names, honorifics
from graph.resolve.match import Candidate, Match, Reason
from graph.resolve.names import PersonForm, settings
from graph.resolve.person_groups import in_two_councils, two_communes
from graph.resolve.person_nodes import KIND, PersonNode

Nodes = Mapping[str, PersonNode]
Rosters = Mapping[str, frozenset[str]]
_SAME_ROSTER = "inscrits ensemble dans une même liste de membres"
_TWO_COMMUNES = "élus de deux communes"
_TWO_COUNCILS = "même nom courant dans une commune et dans son intercommunalité"
_YEAR = 365.25


def cluster_persons(
    nodes: Nodes, rosters: Rosters, together: Sequence[Pair] = (), apart: Sequence[Pair] = ()
) -> tuple[Clustering, tuple[Candidate, ...]]:
    """The clusters, and the pairs for a person to review.

    A function of the nodes alone; nodes of two authorities meet only where one is a commune of the other
    (:mod:`person_groups`).
    """
    return _Persons(nodes, rosters).cluster(together, apart)


class _Persons:
    def __init__(self, nodes: Nodes, rosters: Rosters) -> None:
        self._nodes = nodes
        self._rosters = rosters
        self._forms = {signature: node.settled for signature, node in nodes.items()}
        self._compared: dict[tuple[PersonForm, PersonForm], tuple[float, tuple[Reason, ...]] | Never] = {}

    def cluster(self, together: Sequence[Pair], apart: Sequence[Pair]) -> tuple[Clustering, tuple[Candidate, ...]]:
        scored = list(self._scored())
        threshold = settings()["thresholds"]["sure"]
        sure = [m for m in scored if m.score >= threshold]
        found = cluster(KIND, self._nodes, sure, self._conflict, together, apart)
        unclear: list[Candidate] = []
        for asked in (self._initials(), self._bare()):
            ties, open_ties = self._tie(asked, found)
            unclear += open_ties
            if ties:
                sure += ties
                found = cluster(KIND, self._nodes, sure, self._conflict, together, apart)
        shared = list(in_two_councils(self._nodes, self._forms))
        if shared:
            sure += [m for m in shared if m.score >= threshold]
            found = cluster(KIND, self._nodes, sure, self._conflict, together, apart)
        doubtful = [
            Candidate(KIND, m, _TWO_COUNCILS if m in shared else "ressemblance insuffisante")
            for m in (*scored, *shared)
            if m.score < threshold and not self._conflict(frozenset((m.left,)), frozenset((m.right,)))
        ]
        return found, for_review((*doubtful, *unclear, *found.refused), found, apart)

    def _scored(self) -> Iterator[Match]:
        """Every pair of full names worth a look, scored, from the threshold of review up."""
        limits = settings()["thresholds"]
        for one, other in sorted(self._pairs()):
            outcome = self._compare(one, other)
            if isinstance(outcome, Never) or outcome[0] < limits["review"]:
                continue
            score, reasons = outcome
            for extra in self._circumstances(one, other, score):
                score += extra.value
                reasons = (*reasons, extra)
            if score >= limits["review"]:
                yield Match.of(one, other, score, reasons)

    def _pairs(self) -> set[Pair]:
        """Pairs of full names in one authority that share the given name or a word of the family name."""
        blocks: dict[tuple[str, str], list[str]] = {}
        for signature, form in self._forms.items():
            if form.is_full:
                scope = self._nodes[signature].scope
                for word in {form.given_letters, form.family_letters, *form.core}:
                    blocks.setdefault((scope, word), []).append(signature)
        pairs = (pair for block in blocks.values() for pair in combinations(sorted(block), 2))
        return {pair for pair in pairs if self._may_meet(*pair)}

    def _may_meet(self, one: str, other: str) -> bool:
        """Not listed together, and not the second "Jean MARTIN" of one list with the first of another."""
        left, right = self._nodes[one], self._nodes[other]
        if left.number != right.number and left.form == right.form:
            return False
        return left.rosters.isdisjoint(right.rosters)

    def _compare(self, one: str, other: str) -> tuple[float, tuple[Reason, ...]] | Never:
        forms = self._forms[one], self._forms[other]
        known = self._compared.get(forms)
        if known is None:
            known = self._compared[forms] = compare(*forms)
        return known

    def _circumstances(self, one: str, other: str, score: float) -> Iterator[Reason]:
        weights, sure = settings()["weights"], settings()["thresholds"]["sure"]
        if self._forms[one].is_common and self._gap(one, other) > settings()["terms"]["gap"]:
            yield Reason("terms.gap", weights["gap"], "aucune séance en commun pendant plus de douze ans")
        elif score < sure and self._same_seat(one, other):
            yield Reason("roster.seat", weights["seat"], "même place dans deux listes par ailleurs semblables")

    def _gap(self, one: str, other: str) -> float:
        """Years between the last séance of the one and the first of the other, 0 where they overlap."""
        left, right = self._nodes[one], self._nodes[other]
        if not (left.first and left.last and right.first and right.last):
            return 0.0
        return max((right.first - left.last).days, (left.first - right.last).days, 0) / _YEAR

    def _same_seat(self, one: str, other: str) -> bool:
        limits = settings()["seat"]
        if self._nodes[one].term != self._nodes[other].term:
            return False
        for left in (self._rosters[r] for r in self._nodes[one].rosters):
            for right in (self._rosters[r] for r in self._nodes[other].rosters):
                longest = max(len(left), len(right))
                if longest >= limits["members"] and len(left & right) >= limits["shared"] * longest:
                    return True
        return False

    def _conflict(self, one: frozenset[str], other: frozenset[str]) -> str | None:
        mine: set[str] = set().union(*(self._nodes[s].rosters for s in one))
        if any(not mine.isdisjoint(self._nodes[s].rosters) for s in other):
            return _SAME_ROSTER
        for left in sorted(one):
            for right in sorted(other):
                if two_communes(self._nodes[left], self._nodes[right]):
                    return _TWO_COMMUNES
                given = given_names(self._forms[left], self._forms[right])
                no = honorifics(self._forms[left], self._forms[right]) or (given if isinstance(given, Never) else None)
                if no:
                    return no.why
        return None

    def _initials(self) -> list[str]:
        return sorted(s for s, form in self._forms.items() if form.given and not form.is_full)

    def _bare(self) -> list[str]:
        return sorted(s for s, form in self._forms.items() if not form.given and not self._nodes[s].employer)

    def _tie(self, asked: Sequence[str], found: Clustering) -> tuple[list[Match], list[Candidate]]:
        """Names without a full given name → the one member whom each fits."""
        bearers = self._bearers(found, frozenset(asked))
        values = settings()["incomplete"]
        matches: list[Match] = []
        unclear: list[Candidate] = []
        strangers: dict[tuple[str, PersonForm], list[str]] = {}
        for signature in asked:
            fitting = self._fitting(signature, bearers, found)
            ends = [self._nearest(signature, members) for members in fitting]
            if len(ends) == 1:
                initial = bool(self._forms[signature].given)
                text = "seul élu de ce nom et de cette initiale" if initial else "seul élu de ce nom dans l'assemblée"
                reason = Reason("initial.only" if initial else "family.only", values["only"], text)
                matches.append(Match.of(signature, ends[0], values["only"], (reason,)))
            elif not ends:
                strangers.setdefault((self._nodes[signature].scope, self._nodes[signature].form), []).append(signature)
            for end in ends if len(ends) > 1 else ():
                maybe = Match.of(signature, end, values["several"], ())
                unclear.append(Candidate(KIND, maybe, "plusieurs élus de ce nom dans l'assemblée"))
        matches += self._strangers(strangers.values())
        return matches, unclear

    @staticmethod
    def _strangers(groups: Iterable[list[str]]) -> Iterator[Match]:
        """One name in several terms, of which no act gives the given name in full."""
        score = settings()["incomplete"]["only"]
        for group in groups:
            for one, other in pairwise(sorted(group)):
                reason = Reason("family.only", score, "même nom, prénom jamais écrit en entier")
                yield Match.of(one, other, score, (reason,))

    def _bearers(self, found: Clustering, asked: frozenset[str]) -> dict[tuple[str, str], set[int]]:
        """(scope, word of the family name) → the clusters that hold a name with more than those asked about."""
        bearers: dict[tuple[str, str], set[int]] = {}
        for index, group in enumerate(found.clusters):
            for signature in group.members:
                form = self._forms[signature]
                if form.given and signature not in asked:
                    for word in _family_words(form):
                        bearers.setdefault((self._nodes[signature].scope, word), set()).add(index)
        return bearers

    def _fitting(
        self, signature: str, bearers: Mapping[tuple[str, str], set[int]], found: Clustering
    ) -> list[tuple[str, ...]]:
        node, form = self._nodes[signature], self._forms[signature]
        near = {i for word in _family_words(form) for i in bearers.get((node.scope, word), ())}
        fitting = [found.clusters[i].members for i in sorted(near)]
        fitting = [
            members
            for members in fitting
            if signature not in members
            and any(self._bears(form, self._forms[s]) for s in members)
            and not self._conflict(frozenset((signature,)), frozenset(members))
        ]
        own = [members for members in fitting if any(self._nodes[s].term == node.term for s in members)]
        return own or fitting

    @staticmethod
    def _bears(form: PersonForm, other: PersonForm) -> bool:
        """Whether ``other`` is a name in which ``form`` may be written short."""
        family = family_names(form, other)
        if isinstance(family, Never) or family.feature == "family.typo":
            return False
        return bool(other.given) and not isinstance(given_names(form, other), Never)

    def _nearest(self, signature: str, members: Iterable[str]) -> str:
        """The member of a cluster that an explanation shows: of the same term, written in full."""
        node = self._nodes[signature]

        def rank(other: str) -> tuple[bool, bool, str]:
            return self._nodes[other].term != node.term, not self._forms[other].is_full, other

        return min(members, key=rank)


def _family_words(form: PersonForm) -> frozenset[str]:
    return frozenset((form.family_letters, "".join(form.core), *form.core))
