"""Writing the log of judgements, and what a judgement means in signatures, which hold on any machine."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from graph.normal import words
from graph.resolve.judgement import Judgement, Judgements
from graph.resolve.registry import Registry

#: What a signature holds behind the spelling: term of office and civility, employer, number, register numbers.
_NO_SPELLING = re.compile(r"[~#@].*|\|(?:siren|rna):.*")


class SidesError(ValueError):
    """A thing cannot be taken apart as asked; str() says why and what to do, in French."""


def append(path: Path, judgement: Judgement) -> None:
    """Add a line to the log, written through to the disk. A broken last line is not glued to."""
    path.parent.mkdir(parents=True, exist_ok=True)
    line = judgement.model_dump_json(exclude_defaults=True) + "\n"
    with path.open("a+b") as log:
        if log.tell() and not _ends_line(path):
            line = "\n" + line
        log.write(line.encode())
        log.flush()
        os.fsync(log.fileno())


def signatures(registry: Registry, kind: str, key: str) -> tuple[str, ...]:
    """All mentions that ``key`` stands for today: its own, and those of the keys that redirect to it."""
    olds = [old for (of, old), target in registry.redirects().items() if of == kind and target == key]
    return tuple(sorted(set().union(*(registry.signatures(kind, each) for each in (key, *olds)))))


def sides(
    registry: Registry, judgements: Sequence[Judgement], kind: str, key: str, off: Iterable[str] = ()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The two sides into which a thing is taken apart: what stays and what goes.

    ``off`` names what goes, by signature or spelling. Without it, the last merge that a person made is taken back,
    else the two things that a machine made one are parted again. Raises :class:`SidesError` where that is not clear.
    """
    every = signatures(registry, kind, key)
    if len(every) < 2:
        raise SidesError(f"{kind}/{key} n'est faite que d'une graphie : rien à séparer.")
    wanted = tuple(off)
    if wanted:
        goes = tuple(s for s in every if any(_means(each, s) for each in wanted))
        unknown = [each for each in wanted if not any(_means(each, s) for s in every)]
        if unknown or len(goes) == len(every):
            told = f"« {unknown[0]} » n'en est pas une graphie" if unknown else "tout s'en irait"
            raise SidesError(f"{kind}/{key} : {told}. Graphies : {_listed(every)}")
        return tuple(s for s in every if s not in goes), goes
    return _by_hand(registry, judgements, kind, every) or _by_key(registry, kind, key, every)


def _by_hand(
    registry: Registry, judgements: Sequence[Judgement], kind: str, every: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The sides of the last merge by a person, where it made this thing."""
    for standing in reversed(Judgements(judgements, registry).standing()):
        if standing.kind == kind and standing.judgement.verb == "merge":
            lefts = tuple(s for s in standing.lefts if s in every)
            rights = tuple(s for s in standing.rights if s in every and s not in lefts)
            if lefts and rights:
                return lefts, rights
    return None


def _by_key(registry: Registry, kind: str, key: str, every: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    own = tuple(sorted(registry.signatures(kind, key)))
    others = tuple(s for s in every if s not in own)
    if len(every) == 2:
        return every[:1], every[1:]
    olds = registry.keys(kind, others)
    if own and len(olds) == 1:
        return own, others
    raise SidesError(f"{kind}/{key} : dire ce qui s'en va, par --off GRAPHIE. Graphies : {_listed(every)}")


def _means(name: str, signature: str) -> bool:
    """Whether a person means this mention: its signature, or a spelling of its words in any order."""
    if name == signature:
        return True
    tail = _NO_SPELLING.sub("", signature.split("|", 1)[-1])
    return sorted(words(name)) == sorted(words(tail))


def _listed(every: Iterable[str]) -> str:
    return " ; ".join(every)


def _ends_line(path: Path) -> bool:
    with path.open("rb") as log:
        log.seek(-1, os.SEEK_END)
        return log.read(1) == b"\n"
