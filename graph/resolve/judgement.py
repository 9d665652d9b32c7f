"""Human judgements: merge, keep apart, reject or accept a fact, undo. They always win and survive re-ingestion.

They are lines of ``curation/judgements.jsonl``, an append-only log: the last word on a pair or a fact counts. A thing
is named by its IRI or ``type/key`` as published; the mention signatures (``left_signatures``, ``right_signatures``)
say the same on any machine, and win over the name where they are given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from graph.iri import reference, short_hash
from graph.resolve.person_nodes import KIND as PERSON
from graph.resolve.person_nodes import later_signatures
from graph.resolve.registry import Registry

Verb = Literal["merge", "keep-apart", "reject", "accept", "undo"]
#: Verbs that judge a pair of things; the others judge one fact, or an earlier judgement (undo).
PAIRS: frozenset[str] = frozenset({"merge", "keep-apart"})


class JudgementError(ValueError):
    """A line of the log cannot be read; str() names the file, the line and what to do, in French."""


class Judgement(BaseModel):
    """One line of the log.

    ``left`` and ``right`` are IRIs or ``type/key``; ``right`` is None for a fact. Of an undo, ``left`` is the ``id`` of
    the judgement that it takes back.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    verb: Verb
    left: str
    right: str | None = None
    left_signatures: tuple[str, ...] = ()
    right_signatures: tuple[str, ...] = ()
    author: str
    date: dt.date
    reason: str

    @property
    def id(self) -> str:
        """Ten hexadecimal digits of its content, the same on every machine."""
        return short_hash(
            self.verb, self.left, self.right, self.left_signatures, self.right_signatures,
            self.author, self.date, self.reason,
        )  # fmt: skip


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """The judgements of a log, in order; none where the file does not exist. Raises :class:`JudgementError`."""
    if not path.exists():
        return ()
    out: list[Judgement] = []
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            judgement = Judgement.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "ligne"
            raise JudgementError(
                f"{path}:{number} : décision illisible ({where} : {first['msg']}). Corriger ou ôter la ligne."
            ) from error
        if judgement.verb in PAIRS and not judgement.right:
            raise JudgementError(
                f"{path}:{number} : « {judgement.verb} » demande deux entités. Ajouter « right » ou ôter la ligne."
            )
        out.append(judgement)
    return tuple(out)


def not_undone(judgements: Sequence[Judgement]) -> list[Judgement]:
    """The judgements that no later one takes back, without the undoing ones; an undo may be undone too."""
    undone: set[str] = set()
    kept: list[Judgement] = []
    for judgement in reversed(judgements):
        if judgement.id in undone:
            undone.discard(judgement.id)  # the same words may be said again, and then stand
        elif judgement.verb == "undo":
            undone.add(judgement.left)
        else:
            kept.append(judgement)
    return kept[::-1]


@dataclass(frozen=True)
class Standing:
    """A judgement that is the last word on something.

    ``kind`` is the type of what it judges (a reading counts as the funding it would be); ``lefts`` and ``rights`` are
    the mention signatures of its two sides, empty where nothing tells what it means (see :mod:`graph.curation.audit`).
    """

    judgement: Judgement
    kind: str
    lefts: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()


@dataclass
class Judgements:
    """The judgements as the resolution asks for them: pairs of signatures by kind, and the facts judged.

    ``registry`` turns published keys into the mention signatures they were minted for. The facts are looked up when
    they are asked for: after the run has minted its keys.
    """

    judgements: Sequence[Judgement]
    registry: Registry
    _last: dict[tuple[str, frozenset[str]], Standing] = field(default_factory=dict, init=False)
    _every: list[Standing] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        """Settle who has the last word on each pair."""
        for judgement in not_undone(self.judgements):
            standing = self._standing(judgement)
            self._every.append(standing)
            for one, other in product(standing.lefts, standing.rights):
                if one != other:
                    self._last[standing.kind, frozenset((one, other))] = standing

    def together(self, kind: str) -> list[tuple[str, str]]:
        """Pairs of signatures that a person merged."""
        return self._pairs(kind, "merge")

    def apart(self, kind: str) -> list[tuple[str, str]]:
        """Pairs of signatures that a person keeps apart."""
        return self._pairs(kind, "keep-apart")

    @property
    def rejected(self) -> frozenset[str]:
        """``type/key`` of the facts that a person rejected."""
        return frozenset(fact for fact, s in self._facts().items() if s.judgement.verb == "reject")

    @property
    def accepted(self) -> dict[str, str]:
        """``type/key`` of the readings that a person accepted, under the type "funding" → id of the judgement."""
        return {fact: s.judgement.id for fact, s in self._facts().items() if s.judgement.verb == "accept"}

    def standing(self) -> list[Standing]:
        """The judgements in force, in the order of the log; those that a later one overrides are left out."""
        winners = {id(s) for s in (*self._last.values(), *self._facts().values())}
        return [s for s in self._every if id(s) in winners or not self._said(s)]

    def overridden(self) -> list[tuple[Standing, Judgement]]:
        """The judgements of which later ones have the last word on all that they say, each with the latest of these."""
        winners = [*self._last.values(), *self._facts().values()]
        places = {id(s): place for place, s in enumerate(self._every)}
        held = {id(s) for s in winners}
        found = []
        for standing in self._every:
            if id(standing) in held or not self._said(standing):
                continue
            later = max(self._instead(standing), key=lambda s: places[id(s)])
            if later.judgement.id != standing.judgement.id:  # else the same words were said again
                found.append((standing, later.judgement))
        return found

    def facts(self, standing: Standing) -> frozenset[str]:
        """``type/key`` of what a judgement on a fact means here; empty where nothing does."""
        if standing.lefts:
            keys = self.registry.keys(standing.kind, standing.lefts)
            return frozenset(f"{standing.kind}/{self.registry.current(standing.kind, key)}" for key in keys)
        _, _, key = reference(standing.judgement.left).partition("/")
        return frozenset({f"{standing.kind}/{self.registry.current(standing.kind, key)}"})

    def _said(self, standing: Standing) -> bool:
        """Whether the judgement says something of known things."""
        return bool(standing.rights and standing.lefts) or standing.judgement.verb not in PAIRS

    def _instead(self, standing: Standing) -> Iterator[Standing]:
        """What has the last word on what ``standing`` says."""
        if standing.judgement.verb not in PAIRS:
            facts = self._facts()
            yield from (facts[fact] for fact in self.facts(standing))
            return
        for one, other in product(standing.lefts, standing.rights):
            if one != other:
                yield self._last[standing.kind, frozenset((one, other))]

    def _facts(self) -> dict[str, Standing]:
        found: dict[str, Standing] = {}
        for standing in self._every:
            if standing.judgement.verb not in PAIRS:
                found.update(dict.fromkeys(self.facts(standing), standing))
        return found

    def _standing(self, judgement: Judgement) -> Standing:
        kind = reference(judgement.left).partition("/")[0]
        kind = "funding" if kind == "reading" else kind
        if judgement.verb not in PAIRS:
            return Standing(judgement, kind, judgement.left_signatures)
        lefts = self._signatures(judgement.left, judgement.left_signatures)
        rights = self._signatures(judgement.right or "", judgement.right_signatures)
        return Standing(judgement, kind, lefts, rights)

    def _signatures(self, iri: str, given: Iterable[str]) -> tuple[str, ...]:
        kind, _, key = reference(iri).partition("/")
        found = set(given) or self.registry.signatures(kind, key)
        if kind == PERSON:
            found = {later for signature in found for later in later_signatures(signature)}
        return tuple(sorted(found))

    def _pairs(self, kind: str, verb: str) -> list[tuple[str, str]]:
        pairs = (tuple(sorted(p)) for (k, p), s in self._last.items() if k == kind and s.judgement.verb == verb)
        return sorted((one, other) for one, other in pairs)
