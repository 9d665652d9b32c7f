"""Awards read in short passages of acts, each made an act by a plain frame, against the gold beside it.

    python -m tests.acts.short_passages [NAME ...] [--errors]

Each file of ``tests/acts/short`` holds blocks (README.md tells the format): what is told, what is decided, and who is
granted how much. Right is an award of the gold's sum, payer, receiver and nature of part, read surely enough to be
published.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from extract import extract_source
from extract.facts import ActFacts, FundingFact
from extract.read import read_file
from tests.acts.passages import Tally

FOLDER: Final = Path(__file__).parent / "short"
PUBLISHED: Final = 0.65
_ALIKE: Final = 0.9
#: Words that no name is told by.
_SMALL: Final = frozenset(
    ("le", "la", "les", "l", "d", "de", "du", "des", "association", "commune", "ville", "m", "mme")
)
_APART: Final = frozenset(("guarantee", "advance", "membership", "purchase", "loan", "matchingFund", "inKind"))
_DATES: Final = ("12 mars 2024", "3 octobre 2023", "19 décembre 2022", "27 juin 2024")
_ORGANS: Final = (
    ("commune|ville", "Conseil municipal", "Maire"),
    (".*métropole", "Conseil métropolitain", "Président"),
    ("département|conseil départ", "Commission permanente", "Président"),
    ("région|conseil rég", "Commission permanente", "Présidente"),
    ("ccas|cias|centre|caisse|sdis", "Conseil d'administration", "Président"),
    ("syndicat|petr|pôle|sivu|sivom|sivos|si", "Comité syndical", "Président"),
    (".*agglomération|communauté|cc |ca ", "Conseil communautaire", "Président"),
    ("", "Conseil", "Président"),
)


@dataclass(frozen=True)
class Award:
    """A sum that the passage grants: to a name, "" for a person; ``part`` of a told total."""

    amount: float
    payer: str
    receiver: str
    part: bool


@dataclass
class Passage:
    """One block: its number, the act it makes, what it grants, other sums, and the names of each body."""

    number: str
    text: str
    awards: list[Award] = field(default_factory=list)
    others: set[float] = field(default_factory=set)
    names: dict[str, list[str]] = field(default_factory=dict)


def _number(written: str) -> float:
    return float(re.sub(r"[\s\u00a0\u202f]", "", written).replace(",", "."))


def _framed(number: int, head: dict[str, str], parts: dict[str, str]) -> str:
    """The act that a block makes: a head, its exposé, its decision under the formula of its organ, an end."""
    name = head["autorite"]
    organ, chief = next((o, c) for form, o, c in _ORGANS if re.match(form, name.casefold()))
    article = "La" if organ.startswith("Comm") else "Le"
    text = (
        f"{name}\n\nEXTRAIT DU REGISTRE DES DÉLIBÉRATIONS\n{organ} – Séance du {_DATES[number % len(_DATES)]}\n"
        f"Délibération n° 2024-{number + 1:03d}\n\nPrésents : Mme Anne BERTIN, M. Paul CARRÉ, Mme Léa DORMOY, M. Hugo "
        f"ESTEVE, Mme Claire FAURIE, M. Yves GRANGER\nSecrétaire de séance : Mme Léa DORMOY\n\n"
        f"Objet : {head['objet']}\n\n{parts.get('expose', '')}\n\n"
    )
    decided = parts.get("decide", "")
    if decided.startswith("=\n"):
        text += decided[2:] + "\n"
    elif decided:
        text += f"{article} {organ}, après en avoir délibéré, à l'unanimité, décide :\n\n{decided}\n"
    return (
        f"{text}\nFait et délibéré les jour, mois et an que dessus.\nPour extrait conforme,\n"
        f"{'La' if chief == 'Présidente' else 'Le'} {chief}\n"
    )


def _told(passage: Passage, line: str) -> None:
    """Take up one line of gold."""
    kind, value = line.split(":", 1)
    cells = [cell.strip() for cell in value.split("|")]
    if kind == "org":
        also = [name.strip() for cell in cells[1:] if cell.startswith("aussi:") for name in cell[6:].split(";")]
        for name in (names := [cells[0], *also]):
            passage.names[name] = names
    elif kind in ("a", "p"):
        receiver = "" if cells[2] == "-" else cells[2]
        passage.awards.append(Award(_number(cells[0]), cells[1], receiver, kind == "p"))
    else:
        passage.others.add(_number(cells[0]))


def read(path: Path) -> Iterator[Passage]:
    """The passages of a file."""
    for number, block in enumerate(re.split(r"(?m)^### *", path.read_text(encoding="utf-8"))[1:]):
        title, rest = block.split("\n", 1)
        lines, *told = re.split(r"(?m)^--- *(expose|decide|gold) *\n", rest)
        told_at_head = (line.partition(":") for line in lines.splitlines() if line)
        head = {name.strip(): value.strip() for name, _, value in told_at_head}
        parts = {name: text.strip("\n") for name, text in zip(told[::2], told[1::2], strict=True)}
        passage = Passage(title.strip(), _framed(number, head, parts))
        for line in filter(None, map(str.strip, parts["gold"].splitlines())):
            _told(passage, line)
        yield passage


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFD", name).casefold().replace("œ", "oe")
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return " ".join([word for word in words if word not in _SMALL] or words)


def _same(one: str, other: str) -> bool:
    first, second = _key(one), _key(other)
    alike = first == second or SequenceMatcher(None, first, second).ratio() >= _ALIKE
    return bool(first and second) and alike


def _is_told(passage: Passage, award: Award, act: ActFacts, funding: FundingFact) -> bool:
    """Whether a funding is the award of the gold."""
    if funding.amount is None or abs(float(funding.amount) - award.amount) >= 0.01:
        return False
    bodies = {o.id: [o.name, o.sigle or "", *o.aliases] for o in act.organisations}

    def named(want: str, found: str | None) -> bool:
        forms = passage.names.get(want, [want])
        return any(_same(form, name) for form in forms for name in bodies.get(found or "", []))

    receives = not award.receiver or named(award.receiver, funding.beneficiary)
    return named(award.payer, funding.funder) and receives and award.part == (funding.part_of is not None)


def score(passages: list[Passage]) -> Tally:
    """What is read in some passages against their gold."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as scratch:
        for passage in passages:
            path = Path(scratch) / f"{passage.number}.txt"
            path.write_text(passage.text, encoding="utf-8")
            acts = extract_source(read_file(path)).acts
            read_here = [(act, f) for act in acts for f in act.fundings if f.status == "awarded"]
            left = [(act, f) for act, f in read_here if float(f.confidence) >= PUBLISHED]
            for award in passage.awards:
                found = next((pair for pair in left if _is_told(passage, award, *pair)), None)
                if found is not None:
                    left.remove(found)
                    tally.right += 1
                else:
                    tally.missed += 1
                    tally.lines.append(f"{passage.number} manque {award.amount} {award.payer} → {award.receiver}")
            for _, f in left:
                if f.kind in _APART and (f.amount is None or float(f.amount) in passage.others):
                    continue
                tally.wrong += 1
                tally.lines.append(f"{passage.number} en trop {f.amount} ({f.rule}, {f.confidence})")
    return tally


def main() -> None:
    """Print what each file comes to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=sorted(path.stem for path in FOLDER.glob("*.txt")))
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    for name in arguments.names:
        tally = score(list(read(FOLDER / f"{name}.txt")))
        print(f"{name}: {tally.right} right, {tally.wrong} wrong, {tally.missed} missed", end="; ")
        print(f"precision {tally.precision:.3f}, recall {tally.recall:.3f}")
        if arguments.errors:
            print("\n".join(tally.lines))


if __name__ == "__main__":
    main()
