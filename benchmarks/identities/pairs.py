"""The labelled pairs of names of ``tests/graph/pairs``, resolved one by one: ``python -m benchmarks.identities.pairs``.

Each pair becomes one document or two, as its contexts say (see the README there), and is resolved with nothing else
around it; the decision is whether both mentions got one key.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, utils

from benchmarks.identities.baseline import THRESHOLD
from extract.facts import (
    ActFacts,
    AttendanceFact,
    DocumentFacts,
    Evidence,
    OrganisationFact,
    PersonMentionFact,
    PersonName,
    SessionFacts,
)
from extract.header.names import read_name
from graph.resolve import Registry, resolve
from ontology.authorities import find

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "graph" / "pairs"
_CONTEXT = re.compile(r"(?P<authority>.+?)(?: \((?P<department>[^()]+)\))? (?P<year>\d{4})(?:; (?P<flags>.*))?")
_PASSAGE = Evidence(start=0, end=1)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two names and where it stands."""

    name: str
    sigle: str | None
    authority: str
    department: str | None
    year: int
    flags: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names and whether they are one."""

    id: str
    left: Side
    right: Side
    same: bool
    phenomenon: str

    @property
    def is_one_act(self) -> bool:
        """Whether both names stand in one act."""
        if (self.left.authority, self.left.year) != (self.right.authority, self.right.year):
            return False
        return any(flag in self.left.flags for flag in ("same-roster", "same-table", "roster", "mention"))


@dataclass(frozen=True, slots=True)
class Scored:
    """Precision and recall of "they are one", and the pairs that were judged wrongly."""

    precision: float
    recall: float
    wrong: tuple[Pair, ...]


def load(name: str) -> list[Pair]:
    """The pairs of one file of ``tests/graph/pairs`` (:data:`SETS`)."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return [_pair(row) for row in csv.DictReader(stream)]


def score(name: str, decide: Callable[[Pair], bool]) -> Scored:
    """How well ``decide`` tells the pairs of one file that are one."""
    pairs = load(name)
    said = {pair.id for pair in pairs if decide(pair)}
    true = {pair.id for pair in pairs if pair.same}
    right = len(said & true)
    wrong = tuple(pair for pair in pairs if (pair.id in said) != pair.same)
    return Scored(right / len(said) if said else 1.0, right / len(true), wrong)


def same_person(pair: Pair) -> bool:
    """What the resolution says of two names of persons; what the reading takes for no name is nobody's."""
    if any(read_name(side.name) is None for side in _sides(pair)):
        return False
    documents = list(_person_documents(pair))
    found = resolve(documents, Registry())
    keys = [key for d in documents for key in found[d.sha256].sessions[0].members]
    keys += [key for d in documents for key in found[d.sha256].acts[0].persons if key]
    return len(set(keys)) == 1


def same_organisation(pair: Pair) -> bool:
    """What the resolution says of two names of organisations."""
    documents = list(_organisation_documents(pair))
    found = resolve(documents, Registry())
    return len({key for d in documents for key in found[d.sha256].acts[0].organisations.values()}) == 1


def alike(pair: Pair) -> bool:
    """What a threshold on rapidfuzz says."""
    left, right = pair.left.name, pair.right.name
    return fuzz.token_sort_ratio(left, right, processor=utils.default_process) >= THRESHOLD


SETS = {
    "persons": same_person,
    "organisations": same_organisation,
    "persons-b": same_person,
    "organisations-b": same_organisation,
}
"""The files of pairs, and what decides them."""


def main() -> None:
    """Print the scores, and with ``--errors`` the pairs that are judged wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="show the pairs that are judged wrongly")
    arguments = parser.parse_args()
    for name, decide in SETS.items():
        found = score(name, decide)
        figures = f"precision {found.precision:.4f}, recall {found.recall:.4f}"
        sys.stdout.write(f"{name}: {len(load(name))} pairs, {figures}\n")
        if arguments.errors:
            _errors(found.wrong)


def _errors(wrong: tuple[Pair, ...]) -> None:
    for phenomenon, count in Counter(pair.phenomenon for pair in wrong).most_common():
        sys.stdout.write(f"\n{phenomenon}: {count}\n")
        for pair in wrong:
            if pair.phenomenon == phenomenon:
                sides = " / ".join(f"{s.name} [{s.sigle}] @ {s.authority} {s.year} {s.flags}" for s in _sides(pair))
                sys.stdout.write(f"  {pair.id} {'one' if pair.same else 'two'}: {sides}\n")


def _sides(pair: Pair) -> tuple[Side, Side]:
    return pair.left, pair.right


def _pair(row: dict[str, str]) -> Pair:
    return Pair(row["id"], _side(row, "left"), _side(row, "right"), row["same"] == "yes", row["phenomenon"])


def _side(row: dict[str, str], side: str) -> Side:
    found = _CONTEXT.fullmatch(row[f"{side}_context"])
    if found is None:
        raise ValueError(f"{row['id']} : contexte illisible « {row[f'{side}_context']} »")
    named = find(f"Département {found['department']}") if found["department"] else None
    return Side(
        row[side],
        row.get(f"{side}_sigle") or None,
        found["authority"],
        named.insee if named else None,
        int(found["year"]),
        found["flags"] or "",
    )


def _person_documents(pair: Pair) -> Iterator[DocumentFacts]:
    if not pair.is_one_act:
        for number, side in enumerate(_sides(pair)):
            yield _document(f"{pair.id}-{number}", side, (_member(side),))
        return
    listed = [side for side in _sides(pair) if "mention" not in side.flags]
    named = [PersonMentionFact(name=_name(side)) for side in _sides(pair) if "mention" in side.flags]
    yield _document(
        pair.id, listed[0], tuple(map(_member, listed)), ActFacts(session=0, span=_PASSAGE, persons=tuple(named))
    )


def _organisation_documents(pair: Pair) -> Iterator[DocumentFacts]:
    facts = [
        OrganisationFact(id=f"o{number}", name=side.name, sigle=side.sigle) for number, side in enumerate(_sides(pair))
    ]
    if pair.is_one_act:
        yield _document(pair.id, pair.left, (), ActFacts(session=0, span=_PASSAGE, organisations=tuple(facts)))
        return
    for number, (side, fact) in enumerate(zip(_sides(pair), facts, strict=True)):
        act = ActFacts(session=0, span=_PASSAGE, organisations=(fact,))
        yield _document(f"{pair.id}-{number}", side, (), act)


def _document(name: str, side: Side, members: tuple[AttendanceFact, ...], act: ActFacts | None = None) -> DocumentFacts:
    municipal = side.authority.startswith(("Commune", "Ville"))
    session = SessionFacts(
        date=dt.date(side.year, 9, 15),
        authority=side.authority,
        department=side.department,
        body="Conseil municipal" if municipal else "Conseil",
        attendance=members,
    )
    return DocumentFacts(
        extractor="pairs",
        file_name=f"{name}.txt",
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        media_type="text/plain",
        text=".",
        sessions=(session,),
        acts=(act or ActFacts(session=0, span=_PASSAGE),),
    )


def _member(side: Side) -> AttendanceFact:
    return AttendanceFact(member=_name(side), status="present", evidence=(_PASSAGE,))


def _name(side: Side) -> PersonName:
    name = read_name(side.name)
    if name is None:
        raise ValueError(f"« {side.name} » n'est pas lu comme un nom")
    return name


if __name__ == "__main__":
    main()
