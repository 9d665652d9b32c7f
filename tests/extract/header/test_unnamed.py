"""The authority of minutes that name it nowhere in their head: told by the file name and the text together."""

from __future__ import annotations

import pytest

from extract.header.bodies import read_body
from extract.header.unnamed import find_unnamed
from extract.segment.layout import Span
from extract.text import fold

TEXT = "Conseil municipal du 4 juin\n\nLe lavoir de Brazey-en-Plaine. Les entrées de Brazey-en-Plaine."


@pytest.mark.parametrize(
    "file_name", ["CR-brazey-en-plaine-2021.pdf", "pv_brazey_en_plaine.txt", "Brazey en Plaine 04-06.pdf"]
)
def test_a_commune_that_file_name_and_text_both_name(file_name: str) -> None:
    found = find_unnamed(TEXT, file_name, "Conseil municipal")
    assert found is not None
    assert found.value == "Commune de Brazey-en-Plaine"
    assert TEXT[found.span.start : found.span.end] == "Brazey-en-Plaine"


@pytest.mark.parametrize(
    ("text", "file_name", "body"),
    [
        (TEXT, "compte-rendu.pdf", "Conseil municipal"),
        ("Conseil municipal du 4 juin\n\nLe lavoir.", "brazey-en-plaine.pdf", "Conseil municipal"),
        (TEXT.replace("Les entrées de Brazey-en-Plaine.", ""), "brazey-en-plaine.pdf", "Conseil municipal"),
        (TEXT, "brazey-en-plaine.pdf", "Conseil d'administration"),
    ],
)
def test_one_sign_alone_proves_nothing(text: str, file_name: str, body: str) -> None:
    assert find_unnamed(text, file_name, body) is None


def test_the_only_community_of_its_minutes() -> None:
    text = "Les sites de Belle Vallée Communauté.\nLe Président de Belle Vallée Communauté signe."
    found = find_unnamed(text, "pv.txt", "Conseil communautaire")
    assert found is not None
    assert found.value == "Belle Vallée Communauté"
    assert find_unnamed(text + " Avec Val Noir Agglomération.", "pv.txt", "Conseil communautaire") is None


@pytest.mark.parametrize(
    ("head", "authority"),
    [
        ("VALMORE-SOUS-BRENY\nCONSEIL MUNICIPAL – Séance du 22 mars 2024\n", "Commune de Valmore-sous-Breny"),
        ("Valmore (21)\n\nCompte rendu du conseil municipal du 22 mars 2024\n", "Commune de Valmore"),
        ("ÉCHENANS\n\n**PROCÈS-VERBAL DE LA SÉANCE DU CONSEIL MUNICIPAL**\n", "Commune d'Échenans"),
        ("RÉPUBLIQUE FRANÇAISE\nCONSEIL MUNICIPAL – Séance du 22 mars 2024\n", None),
        ("Direction générale des services\nCONSEIL MUNICIPAL – Séance du 22 mars 2024\n", None),
        ("Ordre du jour\nConseil municipal du 22 mars 2024\n", None),
        ("La vie du village\nConseil municipal du 22 mars 2024\n", None),
    ],
)
def test_a_place_alone_above_the_council_is_its_commune(head: str, authority: str | None) -> None:
    _, found = read_body(head, fold(head), Span(0, len(head)))
    assert (found.value.casefold() if found else None) == (authority.casefold() if authority else None)
