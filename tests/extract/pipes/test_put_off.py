"""Requests that are put off are still requested: neither granted nor refused (``tests/acts/README.md``)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import ActFacts

Act = Callable[..., ActFacts]


def status(facts: ActFacts, amount: int) -> set[str]:
    return {f.status for f in facts.fundings if f.amount == amount}


@pytest.mark.parametrize(
    "said",
    [
        "d'ajourner la demande du Judo Club (400 €), dans l'attente de ses comptes",
        "de surseoir à statuer sur la demande de l'association Judo Club d'un montant de 400 €",
        "de reporter l'examen de la demande du Judo Club, de 400 €, à la prochaine séance",
    ],
)
def test_what_is_put_off_is_requested(act: Act, said: str) -> None:
    facts = act(f"- d'attribuer à l'association Horizon une subvention de 900 € ;\n- {said} ;")
    assert status(facts, 900) == {"awarded"}
    assert status(facts, 400) <= {"requested"}


def test_what_is_refused_beside_it_is_refused(act: Act) -> None:
    facts = act(
        "- de rejeter la demande du Moto Club, d'un montant de 700 € ;\n"
        "- d'ajourner la demande du Judo Club, d'un montant de 400 € ;"
    )
    assert status(facts, 700) == {"rejected"}
    assert status(facts, 400) <= {"requested"}


def test_what_is_put_off_and_not_granted_is_refused(act: Act) -> None:
    facts = act("- de surseoir et de ne pas accorder au Judo Club, en l'état du dossier, les 400 € demandés ;")
    assert status(facts, 400) <= {"rejected"}


@pytest.mark.parametrize("told", ["ajourné", "reporté", "en attente du bilan"])
def test_the_row_of_a_request_put_off_tells_what_was_asked(act: Act, told: str) -> None:
    table = f"Association\tDemandé\tVoté\nHorizon\t900 €\t800 €\nJudo Club\t400 €\t{told}\nCap Sud\t500 €\t500 €"
    facts = act(f"- d'attribuer les subventions suivantes :\n\n{table}\n")
    names = {o.id: o.name for o in facts.organisations}
    told_of = {(names.get(f.beneficiary or ""), f.status) for f in facts.fundings if f.amount == 400}
    assert told_of == {("Judo Club", "requested")}


def test_an_act_that_is_put_off_leaves_requests(minutes: Callable[[str], ActFacts]) -> None:
    facts = minutes(
        "SUBVENTION AU JUDO CLUB\n\nIl est proposé d'attribuer au Judo Club une subvention de 500 €.\n\n"
        "Le point est ajourné.\n"
    )
    assert status(facts, 500) <= {"requested"}
