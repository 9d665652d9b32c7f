"""What an act states of what the law asks of minutes (CGCT, L. 2121-15): criteria in ``completeness.toml``.

Careful words: a criterion is "told" where a fact was read, "word" where only a word of the text speaks of it, "missing"
where neither was found, which may be the reader's fault; nothing here says that an act breaks the law.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final, Literal, TypeAlias

from fastapi import Request

from queries import fold
from service.pages import ask

Told: TypeAlias = Literal["told", "word", "missing", "unsought"]
#: Longest text in which words are looked for: the rest of a bundle adds nothing.
_LONGEST: Final = 400_000


@dataclass(frozen=True)
class Criterion:
    """One thing that the law asks; ``texts`` by language.

    ``rare``: asked only where it happened; its absence counts for nothing.
    """

    key: str
    how: Literal["fact", "word", "none"]
    texts: Mapping[str, str]
    words: re.Pattern[str] | None
    rare: bool


@dataclass(frozen=True)
class Line:
    """A criterion as a document answers it: how, and by how many of its acts where facts tell."""

    criterion: Criterion
    told: Told
    acts: int


@dataclass(frozen=True)
class Grade:
    """A document's answers. ``told`` of ``asked``: criteria answered, of those sought and not rare."""

    lines: tuple[Line, ...]
    told: int
    asked: int
    acts: int


@functools.cache
def criteria() -> tuple[Criterion, ...]:
    """The criteria, in the order of the law."""
    text = resources.files("service.pages").joinpath("completeness.toml").read_text(encoding="utf-8")
    return tuple(
        Criterion(
            key=each["key"],
            how=each["how"],
            texts={"fr": each["fr"], "en": each["en"]},
            words=re.compile(each["words"]) if "words" in each else None,
            rare=each.get("rare", False),
        )
        for each in tomllib.loads(text)["criterion"]
    )


def of_document(request: Request, key: str, text: str) -> Grade | None:
    """What a document states; None where no deliberation was read in it."""
    base = ask.settings(request).base
    rows = ask.page_rows(request, "document-completeness", graph=f"{base}/graph/{key}")
    facts: dict[str, set[str]] = {}
    for row in rows:
        facts.setdefault(row["criterion"], set()).add(row["act_iri"])
    acts = len(facts.get("act", ()))
    if not acts:
        return None
    lines = tuple(_lines(facts, fold(text[:_LONGEST])))
    counted = [line for line in lines if not line.criterion.rare and line.told != "unsought"]
    return Grade(lines, sum(line.told in ("told", "word") for line in counted), len(counted), acts)


def _lines(facts: dict[str, set[str]], folded: str) -> Iterator[Line]:
    for criterion in criteria():
        acts: Collection[str] = facts.get(criterion.key, ())
        told: Told = "missing"
        if criterion.how == "none":
            told = "unsought"
        elif acts:
            told = "told"
        elif criterion.words and criterion.words.search(folded):
            told = "word"
        yield Line(criterion, told, len(acts))


@dataclass(frozen=True)
class Share:
    """How many of the release's acts answer a criterion by a fact; ``share`` from 0 to 100."""

    criterion: Criterion
    acts: int
    share: float


def of_release(request: Request) -> tuple[Sequence[Share], Sequence[tuple[int, int]], int]:
    """Over the live release: each criterion that facts tell; (criteria told, acts) from most to least; all acts."""
    known = [each for each in criteria() if each.how == "fact"]
    counts, grades = Counter[str](), Counter[int]()
    for row in ask.page_rows(request, "completeness"):
        told, acts = [c for c in known if row.get(c.key) == "true"], int(row["acts"])
        counts.update({criterion.key: acts for criterion in told})
        grades[sum(not criterion.rare for criterion in told)] += acts
    whole = grades.total()
    shares = [Share(c, counts[c.key], 100 * counts[c.key] / whole if whole else 0) for c in known]
    return shares, sorted(grades.items(), reverse=True), whole
