"""Which programmes the acts name: by family (or name), territory and period.

"Contrat de ville 2015-2020" and "2014-2020" are one: same family and territory, same end, starts a year apart. A
mention without years means the only one its act dates that is in force on the day of the séance, else the
programme in general. Successive periods of one family, and successive families, follow one another (dct:replaces).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from extract.facts import ProgrammeFact
from graph.normal import words
from graph.resolve.cluster import Clustering, cluster, for_review
from graph.resolve.judgement import Judgements
from graph.resolve.match import Candidate, Cluster, Match, Reason
from graph.resolve.places import settings
from graph.resolve.spelling import SpellingCounter
from ontology.families import by_key

KIND = "programme"
_STARTS_APART = 1
_SAME_END = Reason("period.end", 0.95, "même fin, débuts à un an près")
_SAME_START = Reason("period.start", 0.95, "même début, une seule fin connue")


@dataclass
class ProgrammeNode:
    """All mentions of one family (or name), territory and stated period. Years are calendar years."""

    signature: str
    scope: str
    subject: str
    family: str | None
    start: int | None
    end: int | None
    extensions: Counter[int] = field(default_factory=Counter)
    names: SpellingCounter = field(default_factory=SpellingCounter)
    sigles: Counter[str] = field(default_factory=Counter)
    mentions: int = 0

    @property
    def is_dated(self) -> bool:
        """Whether any mention states a year."""
        return self.start is not None or self.end is not None

    @property
    def last_year(self) -> int | None:
        """The last year in force, extension included, None where it is not stated."""
        return max(self.extensions) if self.extensions else self.end

    def in_force(self, year: int) -> bool:
        """Whether the period holds ``year``."""
        return (self.start is None or self.start <= year) and (self.last_year is None or year <= self.last_year)


class Programmes:
    """Collects the programmes of all acts, then clusters them."""

    def __init__(self) -> None:
        self.nodes: dict[str, ProgrammeNode] = {}
        self._acts: list[tuple[str, int | None, tuple[ProgrammeFact, ...], tuple[str, ...]]] = []

    def act(self, scopes: Sequence[str], digest: str, year: int | None, facts: Sequence[ProgrammeFact]) -> int:
        """Take in the programmes of one act; returns its place in :meth:`settle`.

        ``scopes`` are their territories, one each; ``year`` is that of the séance.
        """
        signatures = [self._add(scope, fact) for scope, fact in zip(scopes, facts, strict=True)]
        self._acts.append((digest, year, tuple(facts), tuple(signatures)))
        return len(self._acts) - 1

    def settle(self) -> list[list[str]]:
        """Signatures of the programmes of each act, once all acts are known (extensions may be told elsewhere)."""
        settled: list[list[str]] = []
        for digest, year, facts, signatures in self._acts:
            meant = [self._dated(s, signatures, year) for s in signatures]
            for fact, signature in zip(facts, meant, strict=True):
                node = self.nodes[signature]
                node.names.add(fact.name, digest)
                node.mentions += 1
                if fact.sigle:
                    node.sigles[fact.sigle] += 1
            settled.append(meant)
        self.nodes = {s: node for s, node in self.nodes.items() if node.mentions}
        return settled

    def cluster(self, judgements: Judgements) -> tuple[Clustering, tuple[Candidate, ...]]:
        """The clusters, and the pairs for a person to review."""
        together, apart = judgements.together(KIND), judgements.apart(KIND)
        found = cluster(KIND, self.nodes, list(self._matches()), self._conflict, together, apart)
        return found, for_review(found.refused, found, apart)

    def _add(self, scope: str, fact: ProgrammeFact) -> str:
        subject = subject_of(fact)
        signature = node_signature(f"{scope}|{subject}", fact.start_year, fact.end_year)
        node = self.nodes.setdefault(
            signature, ProgrammeNode(signature, scope, subject, fact.family, fact.start_year, fact.end_year)
        )
        if fact.extended_to:
            node.extensions[fact.extended_to] += 1
        return signature

    def _dated(self, signature: str, of_act: Iterable[str], year: int | None) -> str:
        """The dated programme that an undated mention means in its act."""
        node = self.nodes[signature]
        if node.is_dated or year is None:
            return signature
        others = {
            s
            for s in of_act
            if (n := self.nodes[s]).is_dated and (n.scope, n.subject) == (node.scope, node.subject) and n.in_force(year)
        }
        return others.pop() if len(others) == 1 else signature

    def _matches(self) -> Iterator[Match]:
        groups: dict[tuple[str, str], list[ProgrammeNode]] = {}
        for node in self.nodes.values():
            if node.is_dated:
                groups.setdefault((node.scope, node.subject), []).append(node)
        for group in groups.values():
            for one, other in combinations(sorted(group, key=lambda node: node.signature), 2):
                reason = _same_period(one, other)
                if reason:
                    yield Match.of(one.signature, other.signature, reason.value, (reason,))

    def _conflict(self, one: frozenset[str], other: frozenset[str]) -> str | None:
        starts = {n.start for s in one | other if (n := self.nodes[s]).start is not None}
        ends = {n.end for s in one | other if (n := self.nodes[s]).end is not None}
        known = [s for s in starts if s is not None]
        if len(ends) > 1:
            return "fins différentes"
        if known and max(known) - min(known) > _STARTS_APART:
            return "débuts différents"
        return None


@dataclass(frozen=True, slots=True)
class Period:
    """Years of a programme: agreed, and extended to."""

    start: int | None
    end: int | None
    extended_to: int | None

    @property
    def last(self) -> int | None:
        """The last year in force."""
        return self.extended_to or self.end


def subject_of(fact: ProgrammeFact) -> str:
    """What a programme is, wherever and whenever: its family, or the words of its name."""
    return fact.family or f"~{' '.join(subject_words(fact.name))}"


def node_signature(group: str, start: int | None, end: int | None) -> str:
    """What all mentions of one period share; ``group`` is "territory|subject"."""
    return f"{group}|{start or ''}-{end or ''}"


def subject_words(name: str) -> tuple[str, ...]:
    """The words by which programmes without a family are compared: no articles, no years."""
    dropped = settings()["words"]["dropped"]
    every = words(name)
    return tuple(w for w in every if w not in dropped and not (w.isdigit() and len(w) == 4)) or every


def period_of(nodes: Sequence[ProgrammeNode]) -> Period:
    """The years most mentions state; at a tie, the shorter period; the latest extension."""
    starts: Counter[int] = Counter()
    for node in nodes:
        if node.start is not None:
            starts[node.start] += node.mentions
    end = next((node.end for node in nodes if node.end is not None), None)
    extension = max((year for node in nodes for year in node.extensions), default=None)
    return Period(max(starts, key=lambda year: (starts[year], year), default=None), end, extension)


def successions(found: Iterable[tuple[str, str, str, Period]]) -> Iterator[tuple[str, str]]:
    """(later, earlier) of the dated programmes given as (key, territory, subject, period), in the order of their keys.

    Successive periods and families follow one another.
    """
    dated: dict[tuple[str, str], list[tuple[int, str, Period]]] = {}
    for key, scope, subject, period in found:
        if period.start is not None:
            dated.setdefault((scope, subject), []).append((period.start, key, period))
    for (scope, subject), programmes in sorted(dated.items()):
        programmes.sort(key=lambda entry: (entry[0], entry[1]))
        for (_, earlier, before), (start, later, _) in pairwise(programmes):
            if before.last is None or 0 < start - before.last <= 1:
                yield later, earlier
        family = by_key().get(subject)
        for predecessor in family.replaces if family else ():
            older = [e for e in sorted(dated.get((scope, predecessor), [])[:]) if e[0] < programmes[0][0]]
            if older:
                yield programmes[0][1], older[-1][1]


def label_of(found: Cluster, nodes: dict[str, ProgrammeNode]) -> str:
    """The preferred label: the family's, else the most frequent spelling, with the years where they are known."""
    members = [nodes[s] for s in found.members]
    family = by_key().get(members[0].family or "")
    names = SpellingCounter()
    for node in members:
        names.update(node.names.spellings())
    label = family.pref_label if family else names.spellings()[0].text
    period = period_of(members)
    years = "-".join(str(year) for year in (period.start, period.end) if year)
    return label if not years or years in label else f"{label} {years}"


def _same_period(one: ProgrammeNode, other: ProgrammeNode) -> Reason | None:
    if one.end is not None and one.end == other.end:
        if one.start is None or other.start is None:
            return _SAME_START
        extensions = set(one.extensions) | set(other.extensions)
        if abs(one.start - other.start) <= _STARTS_APART and (
            len(extensions) <= 1 or not one.extensions or not other.extensions
        ):
            return _SAME_END
    if one.start is not None and one.start == other.start and (one.end is None or other.end is None):
        return _SAME_START
    return None
