"""Human judgements: merge, keep apart, reject a fact. They always win and survive re-ingestion.

They are lines of ``curation/judgements.jsonl``, an append-only log: the last word on a pair counts. A thing is
named by its IRI or ``type/key`` as published; where the registry may be lost, the mention signatures can be given
too (``left_signatures``, ``right_signatures``), which mean the same on any machine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from graph.iri import reference
from graph.resolve.registry import Registry


class JudgementError(ValueError):
    """A line of the log cannot be read; str() names the file, the line and what to do, in French."""


class Judgement(BaseModel):
    """One line of the log. ``right`` is None for a rejected fact."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    verb: Literal["merge", "keep-apart", "reject"]
    left: str
    right: str | None = None
    left_signatures: tuple[str, ...] = ()
    right_signatures: tuple[str, ...] = ()
    author: str
    date: dt.date
    reason: str


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """The judgements of a log, in order; none where the file does not exist. Raises :class:`JudgementError`."""
    if not path.exists():
        return ()
    out: list[Judgement] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
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
        if judgement.verb != "reject" and not judgement.right:
            raise JudgementError(
                f"{path}:{number} : « {judgement.verb} » demande deux entités. Ajouter « right » ou ôter la ligne."
            )
        out.append(judgement)
    return tuple(out)


class Judgements:
    """The judgements as the resolution asks for them: pairs of signatures by kind, and rejected facts."""

    def __init__(self, judgements: Sequence[Judgement], registry: Registry) -> None:
        """``registry`` turns published keys into the mention signatures they were minted for."""
        self._registry = registry
        self._last: dict[tuple[str, frozenset[str]], str] = {}
        self.rejected: frozenset[str] = frozenset(_current(registry, j.left) for j in judgements if j.verb == "reject")
        for judgement in judgements:
            if judgement.verb != "reject" and judgement.right is not None:
                self._record(judgement, judgement.right)

    def together(self, kind: str) -> list[tuple[str, str]]:
        """Pairs of signatures that a person merged."""
        return self._pairs(kind, "merge")

    def apart(self, kind: str) -> list[tuple[str, str]]:
        """Pairs of signatures that a person keeps apart."""
        return self._pairs(kind, "keep-apart")

    def _record(self, judgement: Judgement, right: str) -> None:
        kind = reference(judgement.left).partition("/")[0]
        lefts = self._signatures(judgement.left, judgement.left_signatures)
        rights = self._signatures(right, judgement.right_signatures)
        for one, other in product(lefts, rights):
            if one != other:
                self._last[kind, frozenset((one, other))] = judgement.verb

    def _signatures(self, iri: str, given: Iterable[str]) -> list[str]:
        kind, _, key = reference(iri).partition("/")
        return sorted(set(given) or self._registry.signatures(kind, key))

    def _pairs(self, kind: str, verb: str) -> list[tuple[str, str]]:
        pairs = (tuple(sorted(p)) for (k, p), v in self._last.items() if k == kind and v == verb)
        return sorted((one, other) for one, other in pairs)


def _current(registry: Registry, iri: str) -> str:
    """``type/key`` as it is now; a reading to review stands for the funding it would be."""
    kind, _, key = reference(iri).partition("/")
    kind = "funding" if kind == "reading" else kind
    return f"{kind}/{registry.current(kind, key)}"
