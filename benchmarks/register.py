"""A published release of generated acts with money in them: ``python -m benchmarks.register DATA --acts 10000``.

The acts are those of :mod:`benchmarks.identities.corpus`; each is given a payer, programmes, themes, every status, sums
"par an", totals with their parts, sums that are not told, and money that comes back (a commune pays its group of
communes, which pays it). Nothing here passes the gate: the figures are only for measuring pages and queries.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from benchmarks.identities.corpus import generate
from extract.facts import ActFacts, DocumentFacts, Evidence, FundingFact, OrganisationFact, ProgrammeFact
from graph.mapping import map_document, map_identities
from graph.release import BuildOptions, Published, build
from graph.resolve import Registry, Resolution, resolve
from service.prepared import questions

BASE = "http://localhost:8000"
THRESHOLD = 0.5
_THEMES = ("POLITIQUE DE LA VILLE", "CULTURE", "SPORT", "ENFANCE ET JEUNESSE", "HABITAT", "EMPLOI", "FINANCES")
_PROGRAMMES = (
    ("Contrat de ville 2015-2020", "contrat-de-ville", 2015, 2020),
    ("Contrat de ville 2024-2030", "contrat-de-ville", 2024, 2030),
    ("Contrat territorial d'accueil et d'intégration", "ctai", 2022, None),
    ("Programme de réussite éducative", "pre", 2016, None),
    ("Contrat local de santé", "cls", 2019, None),
)


@dataclass(frozen=True)
class _Act:
    """An act under way: its text grows by one sentence a funding, which is the passage of that funding."""

    facts: DocumentFacts
    chance: random.Random


def documents(acts: int, seed: int = 1) -> Iterator[DocumentFacts]:
    """The facts of ``acts`` documents; the same seed gives the same ones."""
    chance = random.Random(seed)  # noqa: S311 (a reproducible draw, no secret)
    for facts in generate(acts, seed).documents:
        yield _enriched(_Act(facts, chance))


def _enriched(made: _Act) -> DocumentFacts:
    chance, facts = made.chance, made.facts
    act, session = facts.acts[0], facts.sessions[0]
    name = session.authority or ""
    others = (
        OrganisationFact(id="payer", name=name, kind="local_authority"),
        OrganisationFact(id="state", name="État", kind="state"),
        OrganisationFact(id="group", name="Dijon métropole", kind="local_authority"),
    )
    programme = chance.choice(_PROGRAMMES)
    told = ProgrammeFact(id="p", name=programme[0], family=programme[1], start_year=programme[2], end_year=programme[3])
    text, fundings = f"{act.title}\n", []
    for funding in _fundings(act, session.date.year if session.date else 2020, chance):
        sentence = f"Une somme de {funding.amount} € est décidée ({funding.id}).\n"
        passage = Evidence(start=len(text), end=len(text) + len(sentence) - 1, page=1)
        text += sentence
        fundings.append(funding.model_copy(update={"evidence": (passage,)}))
    whole = Evidence(start=0, end=len(text), page=1)
    rich = act.model_copy(
        update={
            "span": whole,
            "theme": chance.choice(_THEMES),
            "organisations": (*act.organisations, *others),
            "programmes": (told,),
            "fundings": tuple(fundings),
        }
    )
    return facts.model_copy(update={"text": text, "acts": (rich,)})


def _fundings(act: ActFacts, year: int, chance: random.Random) -> Iterator[FundingFact]:
    for old in act.fundings:
        yield old.model_copy(update=_drawn(year, chance))
    if len(act.fundings) > 2 and chance.random() < 0.2:
        yield from _shared([f.beneficiary for f in act.fundings], year, chance)
    if chance.random() < 0.15:
        there, back = ("payer", "group") if chance.random() < 0.5 else ("group", "payer")
        drawn = _drawn(year, chance) | {"funder": there}
        yield FundingFact.model_validate({"id": "between", "beneficiary": back, **drawn})


def _drawn(year: int, chance: random.Random) -> dict[str, object]:
    found: dict[str, object] = {
        "status": chance.choices(("awarded", "requested", "budgeted", "rejected"), (80, 10, 8, 2))[0],
        "funder": chance.choices(("payer", "state", "group", None), (75, 10, 10, 5))[0],
        "amount": None if chance.random() < 0.05 else _amount(chance),
        "programme": "p" if chance.random() < 0.5 else None,
        "confidence": round(chance.choice((0.55, 0.7, 0.85, 0.97, 0.99)), 2),
        "start_year": year,
    }
    if chance.random() < 0.05:
        found |= {"per": "year", "end_year": year + chance.randrange(1, 4)}
    return found


def _amount(chance: random.Random) -> Decimal:
    """From some hundred euros to a few millions, most of them small; every tenth with cents."""
    return Decimal(round(chance.lognormvariate(8.3, 1.4) * 10) * 10) / (1 if chance.random() < 0.9 else 100)


def _shared(names: list[str | None], year: int, chance: random.Random) -> Iterator[FundingFact]:
    """An envelope to nobody in particular, and its shares."""
    shares = [_amount(chance) for _ in names]
    common = _drawn(year, chance) | {"funder": "payer", "status": "awarded"}
    yield FundingFact.model_validate({**common, "id": "envelope", "amount": sum(shares, Decimal(0))})
    for number, (name, share) in enumerate(zip(names, shares, strict=True)):
        of_it = {"id": f"share{number}", "beneficiary": name, "part_of": "envelope", "amount": share}
        yield FundingFact.model_validate(common | of_it)


def publish(data: Path, acts: int, seed: int = 1) -> str:
    """Resolve, map and release the acts in a new data directory, without the gate; the id of the release."""
    data.mkdir(parents=True)
    made = list(documents(acts, seed))
    with Registry(data / "identities.sqlite") as registry:
        resolution = resolve(made, registry)
    identities = map_identities(resolution, [facts.sha256 for facts in made], BASE)
    return build(data, _mapped(made, resolution), identities, BuildOptions(base=BASE, questions=questions())).id


def _mapped(made: list[DocumentFacts], resolution: Resolution) -> Iterator[Published]:
    for facts in sorted(made, key=lambda facts: facts.sha256):
        graph = map_document(facts, resolution, BASE, (facts.file_name,), THRESHOLD)
        yield Published(facts, graph, None, (facts.file_name,))


def main() -> None:
    """Read the command line, make the release, tell its id."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--acts", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    sys.stdout.write(f"{publish(asked.data, asked.acts, asked.seed)}\n")


if __name__ == "__main__":
    main()
