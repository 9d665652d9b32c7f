"""Names whose complements stand in lower case are told whole; what "et de" joins to the sentence is none of them."""

from collections.abc import Callable

import pytest

from extract.facts import ActFacts

Act = Callable[..., ActFacts]


def _receivers(act: Act, decision: str, body: str = "La commune soutient la vie locale.") -> set[str | None]:
    facts = act(decision, title="Subvention 2024", body=body)
    names = {o.id: o.name for o in facts.organisations}
    return {names.get(f.beneficiary or "") for f in facts.fundings if f.status == "awarded"}


@pytest.mark.parametrize(
    "name",
    [
        "Institut du bois et du chêne-liège",
        "École de voile et de plongée",
        "Observatoire de l'eau et des sols",
        "Maison de l'emploi et de la formation professionnelle",
        "Conservatoire de musique et de danse",
        "Société nationale de sauvetage en mer",
        "Atelier du cuir et du textile",
        "Fédération pour la pêche et la protection du milieu aquatique",
        "Comité local pour le logement autonome des jeunes",
        "Collectif contre les violences conjugales et la précarité des femmes",
        "Collectif Val à vélo",
    ],
)
@pytest.mark.parametrize(
    "decision",
    ["- d'attribuer une subvention de 1 500 € {} pour l'année 2024 ;", "- d'accorder {} une aide de 1 500 € ;"],
)
def test_complements_are_in_the_name(act: Act, name: str, decision: str) -> None:
    article = "à l'" if name[0] in "AEÉIO" else "à la " if name.startswith(("Maison", "Société")) else "au "
    assert _receivers(act, decision.format(article + name)) == {name}


@pytest.mark.parametrize(
    ("decision", "name"),
    [
        ("- d'accorder au Comité des fêtes 500 € et de verser cette somme en mars ;", "Comité des fêtes"),
        ("- d'attribuer 1 500 € à l'École de musique et d'imputer la dépense au chapitre 65 ;", "École de musique"),
        ("- d'attribuer 1 500 € à la Ligue pour la saison 2024 ;", "Ligue"),
        ("- d'attribuer 1 500 € au Club de voile et de signer la convention ;", "Club de voile"),
        (
            "- d'accorder à l'Office du tourisme et du commerce une aide de 1 500 € ;",
            "Office du tourisme et du commerce",
        ),
    ],
)
def test_what_the_sentence_goes_on_with_is_not(act: Act, decision: str, name: str) -> None:
    assert _receivers(act, decision) == {name}


def test_behind_de_another_may_be_joined(act: Act) -> None:
    decision = "- d'attribuer une subvention de 1 500 € à la Maison de l'emploi ;"
    body = "La présence de la Maison de l'emploi et de la presse est acquise."
    assert _receivers(act, decision, body) == {"Maison de l'emploi"}
