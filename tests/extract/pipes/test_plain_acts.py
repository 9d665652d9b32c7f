"""What stopped a whole list of an ordinary act from being read: one request put off, who was heard, what is settled."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from extract import extract_source
from extract.facts import ActFacts
from extract.read import read_file

Read = Callable[[str], ActFacts]
HEAD = (
    "COMMUNE DE VARZY\n\nExtrait du registre des délibérations\nSéance du 12 mars 2024\n\n"
    "Présents : M. Luc ROY, Mme Ève NOIR\n\n"
)
LIST = "- Judo Club du Lac : 600 €\n- Harmonie de Varzy : 350 €\n"
ROWS = {"Judo Club du Lac": 600, "Harmonie de Varzy": 350}


@pytest.fixture
def told(tmp_path: Path) -> Read:
    """The only act of a text."""

    def read(text: str) -> ActFacts:
        path = tmp_path / "acte.txt"
        path.write_text(text, encoding="utf-8")
        return extract_source(read_file(path)).acts[0]

    return read


def _granted(act: ActFacts) -> dict[str, Decimal | None]:
    names = {o.id: o.name for o in act.organisations}
    return {
        names[f.beneficiary]: f.amount
        for f in act.fundings
        if f.status == "awarded" and f.beneficiary and f.confidence >= Decimal("0.65")
    }


@pytest.mark.parametrize(
    "decided",
    [
        f"Le Conseil municipal, après en avoir délibéré, décide :\n\nACCORDE les subventions suivantes :\n{LIST}"
        "AJOURNE celle du Vélo-club (700 €) dans l'attente de pièces.\n",
        f"Le Maire entendu, et après en avoir délibéré,\n\nDÉCIDE d'attribuer les subventions suivantes :\n\n{LIST}",
        f"Après examen des demandes, le conseil municipal vote les subventions suivantes :\n{LIST}"
        "La demande des Restos du Cœur sera revue lors de la prochaine réunion.\nVote : 9 pour.\n",
        "Il est proposé de retenir les actions pour lesquelles les plans de financement sont stabilisés :\n\n"
        "Structure\tMontant proposé\nJudo Club du Lac\t600 €\nHarmonie de Varzy\t350 €\n\n"
        "Le Conseil municipal, après en avoir délibéré, décide :\n\n"
        "- d'attribuer aux structures figurant dans le tableau ci-dessus les subventions correspondantes ;\n",
    ],
)
def test_the_list_is_granted(told: Read, decided: str) -> None:
    assert _granted(told(f"{HEAD}Objet : Subventions 2024\n\n{decided}\nLe Maire\n")) == ROWS


def test_letters_head_what_a_total_is_made_of(told: Read) -> None:
    act = told(
        f"{HEAD}Objet : Clubs 2024\n\nLe Conseil municipal, après en avoir délibéré, décide d'octroyer les subventions "
        "suivantes :\nCLUB — F — J — TOTAL\nJudo Club du Lac — 400 € — 200 € — 600 €\n"
        "Harmonie de Varzy — 300 € — 50 € — 350 €\n\nLe Maire\n"
    )
    parts = sorted(f.amount or 0 for f in act.fundings if f.part_of)
    wholes = {f.amount for f in act.fundings if f.status == "awarded" and not f.part_of}
    assert (parts, wholes) == ([50, 200, 300, 400], {600, 350})


def test_a_canton_may_be_in_the_name_of_a_syndicat(told: Read) -> None:
    act = told(
        HEAD.replace("COMMUNE DE VARZY", "SIVOM du Canton de Varzy") + f"Objet : Aides\n\nDécide de verser :\n{LIST}"
    )
    payers = {o.name for o in act.organisations if o.id in {f.funder for f in act.fundings}}
    assert payers == {"SIVOM du Canton de Varzy"}


def test_what_a_grant_is_made_of_names_nobody(told: Read) -> None:
    act = told(
        f"{HEAD}Objet : Convention avec l'association Scènes du Lac\n\nLa subvention 2024 se décompose comme suit :\n"
        "- fonctionnement et programmation : 11 000 €\n- éducation artistique : 2 500 €\n\n"
        "Le Conseil municipal, après en avoir délibéré, décide :\n\n"
        "- de fixer à 13 500 € la subvention à l'association Scènes du Lac ;\n\nLe Maire\n"
    )
    names = {o.id: o.name for o in act.organisations}
    told_of = {(names.get(f.beneficiary or ""), f.part_of is not None, f.amount) for f in act.fundings}
    assert told_of == {("Scènes du Lac", False, 13500), ("Scènes du Lac", True, 11000), ("Scènes du Lac", True, 2500)}


def test_what_grants_above_come_to_is_given_to_nobody(told: Read) -> None:
    act = told(
        f"{HEAD}Objet : Aide alimentaire\n\nIl est proposé d'allouer :\n{LIST}\n"
        "Le Conseil municipal, après en avoir délibéré, décide :\n\n- d'attribuer les subventions ci-dessus au Judo "
        "Club du Lac et à l'Harmonie de Varzy, pour un total de 950 € ;\n\nLe Maire\n"
    )
    assert 950 not in _granted(act).values()
