"""Labelled amounts and parties out of annotated acts (``gold/``) and annotated sentences.

An amount of a text takes the status of the gold row that tells its value; where rows of several statuses do, it is
left out. A candidate is right where its name is that of the row's party.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from rapidfuzz.fuzz import ratio

from extract.acts import readings
from extract.errors import DocumentError
from extract.pipeline import read_act
from extract.pipes.model import ActContext
from extract.pipes.reading import Reading
from extract.read import read_file
from extract.text import key

STATUS = {"attribue": "awarded", "sollicite": "requested", "budget": "budgeted", "refuse": "rejected", "autre": "none"}
#: Kinds of money that are no grant but are published under their own name.
OWN_KINDS = {"guarantee", "advance", "membership", "matchingFund", "inKind"}
ALIKE = 90.0


@dataclass(frozen=True)
class Row:
    """What the annotation tells of one sum: parties under all their names; None where it leaves them open."""

    value: float
    status: str
    funder: tuple[str, ...] | None
    beneficiary: tuple[str, ...] | None
    own_kind: bool = False
    span: tuple[int, int] | None = None
    optional: bool = False
    part: bool | None = None


@dataclass
class Case:
    """A text that was read, with its rows; ``group`` is its author and document, for cross-validation."""

    group: str
    document: str
    reading: Reading
    rows: list[Row] = field(default_factory=list)
    exact: bool = False


_LIGHT = frozenset(
    [
        *["le", "la", "les", "l", "d", "de", "du", "des", "m", "mme"],
        "association",
        "monsieur",
        "madame",
        "commune",
        "ville",
    ]
)


def norm(name: str) -> str:
    """A name without its light words, as ``evaluate.py`` compares names."""
    words = key(name).split()
    return " ".join([w for w in words if w not in _LIGHT] or words)


def same(names: tuple[str, ...], other: str) -> bool:
    """Whether a name is one of ``names``."""
    wanted = norm(other)
    return any(ratio(norm(n), wanted) >= ALIKE for n in names)


def _forms(gold: dict[str, Any], name: str | None) -> tuple[str, ...] | None:
    if not name:
        return None
    forms = [name]
    for organisation in gold.get("organisations") or []:
        every = [organisation["nom"], *(organisation.get("aussi") or [])]
        if name in every:
            forms += every
    return tuple(dict.fromkeys(forms))


def act_cases(folder: Path, group: str) -> Iterator[Case]:
    """The annotated acts of a folder, each read by the pipeline."""
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        source = next((p for p in folder.glob(path.stem + ".*") if p.suffix in (".txt", ".pdf")), None)
        if source is None or gold.get("financements") is None:
            continue
        try:
            found = list(readings(read_file(source)))
        except DocumentError:
            continue
        choice = _annotated(found, gold)
        if choice is None:
            continue
        rows = [
            Row(
                float(r["montant"]),
                STATUS[r["statut"]],
                _forms(gold, r.get("financeur")),
                _forms(gold, r.get("beneficiaire")),
                r.get("genre") in OWN_KINDS,
                optional=bool(r.get("facultatif")),
                part=bool(r.get("partie_de")),
            )
            for r in gold["financements"]
            if r.get("montant") is not None
        ]
        yield Case(group, path.stem, choice, rows)


def _annotated(found: list[tuple[str, Reading]], gold: dict[str, Any]) -> Reading | None:
    """The act that the annotation is of: the only one, else the one whose title is its objet."""
    if not found:
        return None
    title = key(gold.get("objet", ""))
    return max(found, key=lambda pair: ratio(key(pair[0]), title))[1] if len(found) > 1 else found[0][1]


def sentence_cases(path: Path, group: str) -> Iterator[Case]:
    """The annotated sentences of a file, each read in its context."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("<phrase"):
            continue
        phrase = ET.fromstring(line)
        if phrase.get("contexte", "decision") in ("roster", "scrutin"):
            continue
        yield _sentence(phrase, group)


def _sentence(phrase: ET.Element, group: str) -> Case:
    body, places = flatten(phrase)
    title = phrase.get("titre") or ""
    decided = phrase.get("contexte", "decision") in ("decision", "tableau")
    head = (f"{title}\n\n" if title else "") + ("Le Conseil décide :\n\n- " if decided else "")
    begin = len(head)
    text = head + body
    told = body.rfind("\n\n") + 2 if decided and "\n\n" in body else 0  # the exposé, then the point that takes it up
    if told and not title:
        text, begin = body[:told] + "Le Conseil décide :\n\n- " + body[told:], 0
        moved = len("Le Conseil décide :\n\n- ")
        places = {tag: (s + moved if s >= told else s, e + moved if e > told else e) for tag, (s, e) in places.items()}
        first = told + moved
    else:
        first = begin
    authority = phrase.get("autorite", "Ville de Montclair")
    titled = phrase.get("contexte") == "titre"
    reading = read_act(
        text,
        ActContext(
            authority,
            "Conseil municipal",
            dt.date(2024, 2, 15),
            (begin, len(text)) if titled else (0, len(title)) if title else None,
            ((1, first, len(text)),) if decided else (),
            first - 2 if decided else None,
        ),
    )
    payer = (authority,) if phrase.get("payeur") == "autorite" else None
    rows = []
    for amount in phrase.iter("montant"):
        if not amount.get("valeur"):
            continue
        number = amount.get("n")
        start, end = places[id(amount)]
        funder = _tagged(phrase, "financeur", number) or payer
        rows.append(
            Row(
                float(amount.attrib["valeur"]),
                amount.get("statut") or phrase.attrib["statut"],
                funder,
                _tagged(phrase, "beneficiaire", number),
                amount.get("genre") in OWN_KINDS,
                (start + begin, end + begin),
            )
        )
    return Case(group, phrase.attrib["id"], reading, rows, exact=True)


def _tagged(phrase: ET.Element, tag: str, number: str | None) -> tuple[str, ...] | None:
    every = list(phrase.iter(tag))
    chosen = [t for t in every if number and t.get("n") == number] or [t for t in every if not t.get("n")]
    names: list[str] = []
    for each in chosen:
        if each.get("prive") == "oui":
            continue
        written = " ".join("".join(each.itertext()).split())
        names += [n for n in (each.get("nom"), written) if n]
    return tuple(dict.fromkeys(names)) or None


def flatten(phrase: ET.Element) -> tuple[str, dict[int, tuple[int, int]]]:
    """The plain text of a phrase and where each of its tags stands in it."""
    pieces: list[str] = []
    places: dict[int, tuple[int, int]] = {}
    length = 0

    def add(text: str | None) -> None:
        nonlocal length
        plain = (text or "").replace("\\n", "\n").replace("\\t", "\t")
        pieces.append(plain)
        length += len(plain)

    def walk(element: ET.Element) -> None:
        start = length
        add(element.text)
        for child in element:
            walk(child)
            add(child.tail)
        places[id(element)] = (start, length)

    walk(phrase)
    return "".join(pieces), places
