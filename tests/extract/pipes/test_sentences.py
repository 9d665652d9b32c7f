"""Every annotated sentence of tests/acts/sentences.txt is read as annotated, but for the known misses.

A known miss that starts to pass fails too: take it off ``known_misses.txt``, so that the list stays true.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from rapidfuzz.fuzz import ratio

from extract.pipeline import read_act
from extract.pipes.model import ActContext
from extract.pipes.money.draft import Draft
from extract.pipes.orgbook import Organisation
from extract.text import key

HERE = Path(__file__).parent
LINES = (HERE.parents[1] / "acts" / "sentences.txt").read_text(encoding="utf-8").splitlines()
ELSEWHERE = {"roster", "scrutin"}  # contexts that the header reads, not the pipeline
PHRASES = {
    phrase.attrib["id"]: phrase
    for phrase in (ET.fromstring(line) for line in LINES if line.startswith("<phrase"))
    if phrase.get("contexte", "decision") not in ELSEWHERE
}
KNOWN = dict(line.split() for line in (HERE / "known_misses.txt").read_text(encoding="utf-8").splitlines() if line)
NOT_A_GRANT = {"inKind", "matchingFund", "membership", "guarantee", "advance", "loan", "purchase"}
PRIVATE = "(personne privée)"
ALIKE = 88.0


@dataclass(frozen=True)
class Wanted:
    """A funding that the annotation tells; None where it leaves something open."""

    status: str
    value: float | None
    funder: str | None
    beneficiary: str | None
    year: int | None = None
    part: bool = False


def tags(phrase: ET.Element, name: str, number: str | None) -> list[ET.Element]:
    """The tags of a name that share an amount's number, else those without number."""
    every = list(phrase.iter(name))
    return [t for t in every if number and t.get("n") == number] or [t for t in every if not t.get("n")]


def label(tag: ET.Element) -> str:
    return PRIVATE if tag.get("prive") == "oui" else tag.get("nom") or "".join(tag.itertext())


def authority_of(phrase: ET.Element) -> str:
    return phrase.get("autorite", "Ville de Montclair")


def wanted(phrase: ET.Element) -> Iterator[Wanted]:
    """The fundings of the annotation: one an amount, or one each where several get or give it."""
    payer = authority_of(phrase) if phrase.get("payeur") == "autorite" else None
    amounts = [m for m in phrase.iter("montant") if m.get("valeur")]
    for amount in amounts:
        status = amount.get("statut") or phrase.attrib["statut"]
        if status == "none":
            continue
        number = amount.get("n")
        receivers = [label(t) for t in tags(phrase, "beneficiaire", number)] or [None]
        payers = [label(t) for t in tags(phrase, "financeur", number)] or [payer]
        years = [t.get("valeur") or "".join(t.itertext()) for t in tags(phrase, "annee", number)]
        year = int(years[0]) if years else None
        each = amount.get("chacun") == "oui"
        pairs = [(p, receivers[0]) for p in payers] if each and len(payers) > 1 else []
        pairs = pairs or [(payers[0], r) for r in (receivers if each else receivers[:1])]
        for funder, receiver in pairs:
            yield Wanted(
                status, float(amount.attrib["valeur"]), funder, receiver, year, amount.get("partie") is not None
            )
    if not amounts and phrase.attrib["statut"] != "none":
        for tag in tags(phrase, "beneficiaire", None):
            yield Wanted(phrase.attrib["statut"], None, payer, label(tag))


def read(phrase: ET.Element) -> list[Draft]:
    """The fundings that the pipeline reads in the sentence, in its context."""
    body = "".join(phrase.itertext()).replace("\\n", "\n").replace("\\t", "\t").strip()
    title = phrase.get("titre") or ""
    decided = phrase.get("contexte", "decision") == "decision"
    text = (f"{title}\n\n" if title else "") + ("Le Conseil décide :\n\n- " if decided else "") + body
    start = len(text) - len(body)
    context = ActContext(
        authority_of(phrase),
        "Conseil municipal",
        dt.date(2024, 2, 15),
        (0, len(title)) if title else None,
        ((1, start, len(text)),) if decided else (),
        start - 2 if decided else None,
    )
    return read_act(text, context).fundings


def is_named(name: str | None, found: Organisation | None) -> bool:
    if name is None or found is None:
        return name is None
    return any(ratio(key(n), key(name)) >= ALIKE or key(name) in key(n) for n in (found.name, *found.names.values()))


def tells(draft: Draft, want: Wanted) -> bool:
    """Whether a funding read is the one annotated."""
    value = None if draft.value is None else float(draft.value)
    if (draft.status, value, draft.parent is not None) != (want.status, want.value, want.part):
        return False
    dated = want.year is None or (draft.first is not None and draft.first <= want.year <= (draft.last or draft.first))
    private = draft.private_name is not None
    receiver = private if want.beneficiary == PRIVATE else is_named(want.beneficiary, draft.beneficiary)
    return dated and receiver and is_named(want.funder, draft.funder)


def errors(phrase: ET.Element) -> list[str]:
    """What is missed, and what is read that nobody wrote."""
    left, missed = read(phrase), []
    for want in wanted(phrase):
        hit = next((d for d in left if tells(d, want)), None)
        if hit is None:
            missed.append(f"missed {want}")
        else:
            left = [d for d in left if d is not hit]
    return missed + [f"wrong {d.status} {d.value}" for d in left if d.kind not in NOT_A_GRANT]


@pytest.mark.parametrize("name", PHRASES)
def test_sentence(name: str) -> None:
    found = errors(PHRASES[name])
    if name in KNOWN:
        assert found, f"{name} is read now: take it off known_misses.txt"
    else:
        assert found == []


def test_known_misses_are_sentences() -> None:
    assert set(KNOWN) <= set(PHRASES)
