"""Who is who among the persons of one authority, over all its acts.

Inside one séance, the president, the secretary, the proxy holders and the voters are looked for among the members
listed; across séances, spellings are compared by the features of :mod:`features`. Invariant: two entries of one
roster are never one person, unless a person says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from extract.facts import AttendanceFact, PersonName
from graph.normal import squeeze
from graph.resolve.cluster import Clustering, cluster, for_review
from graph.resolve.features import Never, compare, given_names, honorifics
from graph.resolve.judgement import Judgements
from graph.resolve.match import Candidate, Match, Reason
from graph.resolve.names import PersonForm, settings
from graph.resolve.roster import Roster
from graph.resolve.spelling import SpellingCounter

KIND = "person"
_SAME_ROSTER = "inscrits ensemble dans une même liste de membres"


@dataclass
class PersonNode:
    """All mentions of one spelling in one authority: the unit that is clustered."""

    scope: str
    form: PersonForm
    spellings: SpellingCounter = field(default_factory=SpellingCounter)
    names: dict[str, PersonName] = field(default_factory=dict)
    honorifics: Counter[str] = field(default_factory=Counter)
    rosters: set[frozenset[str]] = field(default_factory=set)

    def add(self, name: PersonName, digest: str) -> None:
        """One more mention, as written."""
        text = squeeze(name.written)
        self.spellings.add(text, digest)
        known = self.names.get(text)
        if known is None or name.model_dump_json() < known.model_dump_json():
            self.names[text] = name
        if name.honorific:
            self.honorifics[name.honorific] += 1

    @property
    def settled(self) -> PersonForm:
        """The form with the honorific that its acts agree on, none where they do not."""
        agreed = next(iter(self.honorifics)) if len(self.honorifics) == 1 else None
        return replace(self.form, honorific=agreed)


class Persons:
    """Collects the persons of all acts, then clusters them."""

    def __init__(self) -> None:
        self.nodes: dict[str, PersonNode] = {}

    def roster(self, scope: str, digest: str, entries: Sequence[AttendanceFact]) -> Roster:
        """The members that one séance lists, each with its signature; entries of one name are numbered apart."""
        signatures: list[str] = []
        seen: dict[str, list[AttendanceFact]] = {}
        for entry in entries:
            form = PersonForm.of(entry.member)
            earlier = seen.setdefault(f"{scope}|{form.signature}", [])
            if not _continues(earlier, entry):
                earlier.append(entry)
            signature = _numbered(f"{scope}|{form.signature}", len(earlier))
            self._node(signature, scope, form).add(entry.member, digest)
            signatures.append(signature)
        together = frozenset(signatures)
        for signature in together:
            self.nodes[signature].rosters.add(together)
        return Roster(tuple(zip(signatures, (PersonForm.of(e.member) for e in entries), strict=True)))

    def mention(
        self,
        scope: str,
        digest: str,
        name: PersonName,
        roster: Roster | None = None,
        *,
        besides: str | None = None,
        employer: str | None = None,
    ) -> str:
        """Signature of a person named outside the roster: that of the member meant, else one of their own.

        ``besides`` is a member who cannot be meant (who gives the proxy does not hold it); ``employer`` tells that
        the person acts for another organisation, so that the family name alone means no member.
        """
        form = PersonForm.of(name)
        signature = roster.find(form, besides=besides, outsider=employer is not None) if roster else None
        if signature is None:
            signature = f"{scope}|{form.signature}" + (f"@{employer}" if employer and not form.given else "")
        self._node(signature, scope, form).add(name, digest)
        return signature

    def cluster(self, judgements: Judgements) -> tuple[Clustering, tuple[Candidate, ...]]:
        """The clusters, and the pairs for a person to review."""
        forms = {signature: node.settled for signature, node in self.nodes.items()}
        scored = list(self._scored(forms))
        threshold = settings()["thresholds"]["sure"]
        sure = [m for m in scored if m.score >= threshold]

        def conflict(one: frozenset[str], other: frozenset[str]) -> str | None:
            return self._conflict(forms, one, other)

        together, apart = judgements.together(KIND), judgements.apart(KIND)
        first = cluster(KIND, self.nodes, sure, conflict, together, apart)
        bare, unclear = self._bare(forms, first)
        final = cluster(KIND, self.nodes, [*sure, *bare], conflict, together, apart) if bare else first
        doubtful = [
            Candidate(KIND, m, "ressemblance insuffisante")
            for m in scored
            if m.score < threshold and not conflict(frozenset((m.left,)), frozenset((m.right,)))
        ]
        return final, for_review((*doubtful, *unclear, *final.refused), final, apart)

    def _node(self, signature: str, scope: str, form: PersonForm) -> PersonNode:
        return self.nodes.setdefault(signature, PersonNode(scope, replace(form, honorific=None)))

    def _scored(self, forms: dict[str, PersonForm]) -> Iterator[Match]:
        """Every pair worth a look, scored, from the threshold of review up."""
        review = settings()["thresholds"]["review"]
        for one, other in sorted(self._pairs(forms)):
            outcome = compare(forms[one], forms[other])
            if not isinstance(outcome, Never) and outcome[0] >= review:
                yield Match.of(one, other, *outcome)

    def _pairs(self, forms: dict[str, PersonForm]) -> set[tuple[str, str]]:
        """Pairs of full names in one authority that share the given name or a word of the family name."""
        blocks: dict[tuple[str, str], list[str]] = {}
        for signature, form in forms.items():
            if form.given:
                scope = self.nodes[signature].scope
                for word in {form.given_letters, form.family_letters, *form.core}:
                    blocks.setdefault((scope, word), []).append(signature)
        pairs = (pair for block in blocks.values() for pair in combinations(sorted(block), 2))
        return {(one, other) for one, other in pairs if not self._listed_together(one, other)}

    def _listed_together(self, one: str, other: str) -> bool:
        return not self.nodes[one].rosters.isdisjoint(self.nodes[other].rosters)

    def _conflict(self, forms: dict[str, PersonForm], one: frozenset[str], other: frozenset[str]) -> str | None:
        mine = set().union(*(self.nodes[s].rosters for s in one))
        if not mine.isdisjoint(set().union(*(self.nodes[s].rosters for s in other))):
            return _SAME_ROSTER
        for left in sorted(one):
            for right in sorted(other):
                given = given_names(forms[left], forms[right])
                no = honorifics(forms[left], forms[right]) or (given if isinstance(given, Never) else None)
                if no:
                    return no.why
        return None

    def _bare(self, forms: dict[str, PersonForm], found: Clustering) -> tuple[list[Match], list[Candidate]]:
        """A family name alone is the only bearer of that name in its authority, if there is only one."""
        bearers: dict[tuple[str, str], set[int]] = {}
        for index, group in enumerate(found.clusters):
            for signature in group.members:
                form = forms[signature]
                if form.given:
                    for word in {form.family_letters, "".join(form.core), *form.core}:
                        bearers.setdefault((self.nodes[signature].scope, word), set()).add(index)
        matches: list[Match] = []
        unclear: list[Candidate] = []
        for signature, form in sorted(forms.items()):
            if form.given or "@" in signature:
                continue
            alone = frozenset((signature,))
            fitting = [
                found.clusters[i].members
                for i in sorted(bearers.get((self.nodes[signature].scope, form.family_letters), ()))
                if not self._conflict(forms, alone, frozenset(found.clusters[i].members))
            ]
            reason = Reason("family.only", 0.9, "seul élu de ce nom dans l'assemblée")
            if len(fitting) == 1:
                matches.append(Match.of(signature, fitting[0][0], 0.9, (reason,)))
            for members in fitting if len(fitting) > 1 else ():
                maybe = Match.of(signature, members[0], 0.5, ())
                unclear.append(Candidate(KIND, maybe, "plusieurs élus de ce nom dans l'assemblée"))
        return matches, unclear


def _continues(earlier: Iterable[AttendanceFact], entry: AttendanceFact) -> bool:
    """Whether the entry goes on with an earlier one of the same name (absent until item 5, then present)."""
    return any((a.valid_until and entry.valid_from) or (a.valid_from and entry.valid_until) for a in earlier)


def _numbered(signature: str, number: int) -> str:
    return signature if number == 1 else f"{signature}#{number}"
