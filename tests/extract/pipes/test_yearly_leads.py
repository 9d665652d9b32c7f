"""Sums told year by year below leads that wait for the budget or settle a request, and whose they are."""

from __future__ import annotations

from collections.abc import Callable

from extract.facts import ActFacts

Act = Callable[..., ActFacts]
YEARS = "Année\tMontant\n2024\t36 000 €\n2025\t38 000 €\n2026\t40 000 €"


def told(facts: ActFacts) -> set[tuple[str, int, int | None]]:
    names = {o.id: o.name for o in facts.organisations}
    found = [f for f in facts.fundings if f.status == "awarded" and f.kind == "subsidy" and f.confidence >= 0.65]
    return {(names.get(f.beneficiary or "", ""), int(f.amount or 0), f.start_year) for f in found}


def of(name: str) -> set[tuple[str, int, int | None]]:
    return {(name, 36000, 2024), (name, 38000, 2025), (name, 40000, 2026)}


def test_what_waits_for_the_budget_is_granted_to_whom_the_decision_names(act: Act) -> None:
    body = (
        "Le Théâtre du Puits est géré par une association.\n\nSous réserve du vote annuel du budget, la contribution "
    )
    body += f"de la Ville s'établit comme suit :\n\n{YEARS}\n\nÀ titre d'information, la DRAC a annoncé une aide de "
    body += "15 000 € par an et le Département une aide de 6 500 € en 2024."
    decision = "- d'approuver la convention 2024-2026 avec l'État et l'association Montclair Spectacle ;\n"
    decision += (
        "- d'autoriser le versement à l'association des contributions de la Ville telles que définies ci-dessus ;"
    )
    assert told(act(decision, title="Théâtre du Puits – Convention 2024-2026", body=body)) == of("Montclair Spectacle")


def test_the_name_that_heads_a_part_receives_its_yearly_sums(act: Act) -> None:
    assert not told(act(DECISION, title=TITLE, body=PARTS.format("Val Handball"))) & of("Union cycliste du Val")
    assert told(act(DECISION, title=TITLE, body=PARTS.format("L'association Val Handball"))) >= of("Val Handball")


PARTS = """1. {}

Le club demandait 45 000 € par an. Une progression plus lente a été arrêtée :

Année\tMontant
2024\t36 000 €
2025\t38 000 €
2026\t40 000 €

2. Union cycliste du Val

L'Union cycliste du Val organise une course."""
DECISION = "- d'attribuer à ces deux associations les subventions détaillées dans l'exposé ;"
TITLE = "Val Handball et Union cycliste du Val – Conventions 2024-2026"


def test_partners_that_are_subsidised_receive(act: Act) -> None:
    body = "Organismes auxquels la Ville adhère :\n\nOrganisme\tNature\t2023\t2024\n"
    body += "Agence du Val\tCotisation\t370 €\t380 €\n"
    body += "\nPartenaires subventionnés :\n\nPartenaire\tObjet\t2023\t2024\nFoyer rural\tRepas\t1 400 €\t1 550 €\n"
    body += "Judo Club\tTournoi\t220 €\t210 €"
    found = told(
        act("- d'attribuer aux partenaires, pour 2024, les subventions inscrites au second tableau ;", body=body)
    )
    assert found == {("Foyer rural", 1550, 2024), ("Judo Club", 210, 2024)}
