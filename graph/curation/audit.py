"""Whether the judgements in force hold: one that means nothing any more, or contradicts another, is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from extract.facts import DocumentFacts
from graph.mapping.money import accepted_by, to_review
from graph.resolve.judgement import PAIRS, Judgement, Judgements, Standing
from graph.resolve.resolution import Resolution

_UNKNOWN = "ne désigne plus rien de ce qui est publié"
_NO_FACT = "ne désigne aucun fait lu dans les documents d'aujourd'hui"
_STILL_TWO = "n'a pas d'effet : une décision plus récente les maintient distincts"
_STILL_ONE = "est contredit par d'autres décisions, qui les rapprochent de proche en proche"
_NOT_PUBLISHABLE = "ne suffit pas à publier : la lecture n'a ni payeur ni bénéficiaire, ou son total reste à revoir"


@dataclass(frozen=True)
class Finding:
    """A judgement without its effect, and why, in French."""

    judgement: Judgement
    why: str

    def __str__(self) -> str:
        """One sentence, with what to do."""
        told = self.judgement
        what = " et ".join(name for name in (told.left, told.right) if name)
        return (
            f"décision {told.id} ({told.verb} {what}, {told.author}, {told.date}) : {self.why}."
            f" La retirer : delibgraph undo {told.id} --reason …"
        )


def audit(
    judgements: Judgements, resolution: Resolution, documents: Iterable[DocumentFacts], threshold: float
) -> tuple[Finding, ...]:
    """The judgements in force that came to nothing in ``resolution``, in the order of the log."""
    standing = judgements.standing()
    facts = _facts(resolution, documents, threshold) if any(_is_fact(s) for s in standing) else {}
    homes = judged_homes(standing, resolution)
    found = []
    for each in standing:
        why = _fact(each, judgements.facts(each), facts) if _is_fact(each) else _pair(each, homes.get(each.kind, {}))
        if why:
            found.append(Finding(each.judgement, why))
    return tuple(found)


def _is_fact(standing: Standing) -> bool:
    return standing.judgement.verb not in PAIRS


def _pair(standing: Standing, home: Mapping[str, str]) -> str | None:
    lefts = {home[s] for s in standing.lefts if s in home}
    rights = {home[s] for s in standing.rights if s in home}
    if not lefts or not rights:
        return _UNKNOWN
    if standing.judgement.verb == "merge":
        return _STILL_TWO if len(lefts | rights) > 1 else None
    return _STILL_ONE if lefts & rights else None


def _fact(standing: Standing, meant: frozenset[str], facts: Mapping[str, bool]) -> str | None:
    if standing.kind != "funding":
        return None  # other facts are told by their key alone
    if not any(fact in facts for fact in meant):
        return _NO_FACT
    if standing.judgement.verb == "accept" and not any(facts.get(fact) for fact in meant):
        return _NOT_PUBLISHABLE
    return None


def judged_homes(standing: Iterable[Standing], resolution: Resolution) -> dict[str, dict[str, str]]:
    """Type → signature → key, of what is judged to be one, or two."""
    named: dict[str, set[str]] = defaultdict(set)
    for each in standing:
        if not _is_fact(each):
            named[each.kind] |= {*each.lefts, *each.rights}
    return {kind: resolution.homes(kind, sorted(signatures)) for kind, signatures in named.items()}


def _facts(resolution: Resolution, documents: Iterable[DocumentFacts], threshold: float) -> dict[str, bool]:
    """Every funding that is read ("funding/key"), and whether it is publishable somewhere."""
    found: dict[str, bool] = {}
    for key, publishable in _readings(resolution, documents, threshold):
        found[key] = found.get(key, False) or publishable
    return found


def _readings(
    resolution: Resolution, documents: Iterable[DocumentFacts], threshold: float
) -> Iterator[tuple[str, bool]]:
    for document in documents:
        for facts, keys in zip(document.acts, resolution[document.sha256].acts, strict=True):
            accepted = {fact.id for fact in facts.fundings if accepted_by(resolution, keys, fact)}
            doubtful = to_review(facts.fundings, threshold, accepted)
            for fact in facts.fundings:
                yield f"funding/{keys.fundings[fact.id]}", fact.id not in doubtful
