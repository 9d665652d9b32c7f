"""The authority of minutes that name it nowhere in their head: told by the file name and the text together."""

from __future__ import annotations

import pytest

from extract.header.unnamed import find_unnamed

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
