"""The working view: same offsets, stamps and furniture blank, glued texts broken again."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.view import view

STAMP = "ID : 021-212100001-20230316-DEL_2023_12-DE"


def squeezed(text: str) -> str:
    return " ".join(view(text).text.split())


@pytest.mark.parametrize(
    "stamp",
    [
        STAMP,
        "Accusé de réception en préfecture 021-212100001-20230316-12-DE Date de télétransmission : 20/03/2023",
        "AR Prefecture 021-212100001-20230316-D12 2023-DE Reçu le 20/03/2023 Publié le 21/03/2023",
        "Envoyé en préfecture le 20/03/2023\nReçu en préfecture le 20/03/2023\nPublié le 21/03/2023\n" + STAMP,
        "0 21-212100001-20230316-0000012-DE",
    ],
)
def test_a_stamp_in_the_middle_of_a_sentence_is_blank_and_told(stamp: str) -> None:
    text = f"Le conseil attribue une subvention de\n{stamp}\n4 500 € au club de voile."
    seen = view(text)
    assert len(seen.text) == len(text)
    assert squeezed(text) == "Le conseil attribue une subvention de 4 500 € au club de voile."
    assert [s.date for s in seen.stamps] == [dt.date(2023, 3, 16)]
    assert seen.stamps[0].siren == "212100001"
    assert "12" in seen.stamps[0].number


def test_a_stamp_between_empty_lines_does_not_part_a_sentence() -> None:
    text = f"Le conseil attribue à l'association\n\n{STAMP}\n\nde voile une aide.\n\nAutre paragraphe."
    assert view(text).text.split("\n")[0].strip() == "Le conseil attribue à l'association"
    assert "\n\n" not in view(text).text[: text.index("une aide")].replace(" ", "")


def test_dates_of_transmission_without_a_stamp_stay() -> None:
    text = "Le dossier a été reçu le 12/03/2023.\nPublié le 21/03/2023"
    assert view(text).text == text


def test_running_headers_and_page_numbers_are_blank() -> None:
    pages = ["\n".join(f"Phrase {n}-{m} de prose administrative sur sa ligne." for m in range(20)) for n in range(3)]
    text = "".join(f"{page}\nVille de Sault\nConseil du 3 mai\n{n}\n" for n, page in enumerate(pages, 1))
    assert "Ville de Sault" not in view(text).text
    assert squeezed(text) == " ".join(" ".join(pages).split())


@pytest.mark.parametrize("line", ["Page 2 sur 11", "FOLIO 71", "[signature]", "Feuillet 2020/71"])
def test_furniture_that_says_what_it_is(line: str) -> None:
    assert squeezed(f"Le conseil décide\n{line}\nde verser") == "Le conseil décide de verser"


def test_a_table_of_one_cell_a_line_is_no_furniture() -> None:
    text = "Judo club\n500\nVoile\n800\nJudo club\n900\nAmicale\n950\n"
    assert view(text).text == text


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Nomenclature @ctes 7.5.2 Subventions accordées", ("7.5",)),
        ("Matière : 7.10 Divers", ("7.10",)),
        ("7.5 Subventions\n", ("7.5",)),
        ("7.5 % de subventions", ()),
        ("Matière : 6.13", ()),
    ],
)
def test_matters(text: str, codes: tuple[str, ...]) -> None:
    assert view(text).matters_in(0, len(text)) == codes


GLUED = (
    "COMMUNE DE SAULT EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS L'an deux mille vingt-trois, le six mars, le conseil "
    "municipal s'est réuni sous la présidence de Mme Aline MARSEC, Maire. Présents : Aline MARSEC, Bruno TESSIER, "
    "Carla NOIR, Denis PAUL. Absents excusés : Élise ROY (pouvoir à Carla NOIR). Secrétaire de séance : Denis PAUL "
    "Subvention au club de voile N°36/2023 Le club de voile accueille les enfants des écoles. Madame le Maire propose "
    "de l'aider cette année encore, pour l'achat de deux bateaux dont le devis a été reçu en mairie en janvier. "
    "Le conseil municipal, après en avoir délibéré, à l'unanimité : - APPROUVE la convention ; - AUTORISE Madame le "
    "Maire à la signer. Pour extrait conforme, le Maire"
)


def test_a_text_without_line_breaks_is_broken_before_its_parts() -> None:
    lines = view(GLUED).text.split("\n")
    assert len("\n".join(lines)) == len(GLUED)
    heads = [" ".join(line.split()[:2]) for line in lines]
    parts = {"L'an deux", "Présents :", "Absents excusés", "Secrétaire de", "Subvention au", "N°36/2023", "Le club"}
    assert parts | {"- APPROUVE", "- AUTORISE", "Pour extrait"} <= set(heads)


def test_ordinary_lines_are_not_broken() -> None:
    text = GLUED.replace(". ", ".\n")
    assert view(text).text == text


@given(st.text(alphabet=st.sampled_from("ab .\n\t\f12-:€")))
def test_offsets_hold(text: str) -> None:
    seen = view(text).text
    assert len(seen) == len(text)
    assert all(new == old or new in " \n" for new, old in zip(seen, text, strict=True))


def test_a_sentence_stuck_to_the_next_gives_way_to_a_break() -> None:
    told = "Le compte rendu est adopté sans remarque.1) Tarif de la salle. Unanimité.2) Chemin des Combes. 8 pour."
    text = "Valmorin - Compte rendu du conseil municipal du 2 février 2024. " + told + " Séance levée." * 40
    lines = view(text).text.split("\n")
    assert "1) Tarif de la salle. Unanimité" in lines
    assert any(line.startswith("2) Chemin des Combes") for line in lines)


def test_numbers_without_a_sign_begin_the_points_of_glued_minutes() -> None:
    """An act number, a dash and capitals after a sentence; the sentence may begin with a letter alone."""
    told = "Adopté par 18 voix pour et 3 contre."
    text = (
        "COMPTE RENDU DU CONSEIL MUNICIPAL Présents : Aline MARSEC, Bruno TESSIER, Carla NOIRAUD Absents : Luc ROY "
        f"Secrétaire de séance : Aline MARSEC Le compte rendu est approuvé. 2022-06-01 – FINANCES – TARIFS 2022/2023 "
        f"Les tarifs sont fixés de 1,20 € à 4,10 €. {told} 2022-06-02 – ANIMATION – AIDES EXCEPTIONNELLES À l'occasion "
        f"de la fête, une aide de 500 € est attribuée à l'Harmonie. {told} 2022-06-03 – VŒU POUR LA POSTE DU BOURG "
        f"{told} La séance est levée. " + "Rien de plus n'a été dit. " * 8
    )
    lines = view(text).text.split("\n")
    assert {line.split(" – ")[0] for line in lines if line.startswith("2022")} == {f"2022-06-0{n}" for n in (1, 2, 3)}
    assert any(line.startswith("À l'occasion de la fête") for line in lines)
    assert "2022-06-03 – VŒU POUR LA POSTE DU BOURG" in [line.strip() for line in lines]


@pytest.mark.parametrize("page", ["{n}/3", "page {n}/3", "{n} sur 3"])
def test_a_running_head_that_names_the_act_goes_from_the_second_page_on(page: str) -> None:
    head = "Orval Métropole – Conseil du 28 septembre 2023 – Délibération 2023-214      "
    body = "Le festival réunit chaque année des compagnies de toute la région. " * 12
    text = "\n\n".join(f"{head}{page.format(n=number)}\n\n{body}" for number in (1, 2, 3))
    assert view(text).text.count("Délibération 2023-214") == 1


def test_a_line_told_twice_without_its_number_of_pages_stays() -> None:
    body = "Le festival réunit chaque année des compagnies de toute la région. " * 12
    text = "\n\n".join(f"Délibération du conseil municipal de Valmorin {number}\n\n{body}" for number in (7, 8))
    assert view(text).text == text


def test_page_numbers_at_the_right_of_a_wide_page_and_a_name_cut_by_them() -> None:
    body = "Le maire répond aux questions des membres du conseil municipal.\n" * 12
    pages = [f"Commune de Valmorin          Conseil du 31 mars\n{body}CCAS du Val-", f"Morin. {body}", "Fin."]
    heads = ["", *["Commune de Valmorin          Conseil du 31 mars\n"] * 2]
    text = "".join(
        f"{head}{page}\n{' ' * 90}{n}\n\f" for n, (head, page) in enumerate(zip(heads, pages, strict=True), 1)
    )
    seen = view(text).text
    assert seen.count("Conseil du 31 mars") == 1
    assert "CCAS du Val- Morin" in " ".join(seen.split())


def test_two_panels_of_grants_are_rows_of_their_own() -> None:
    rows = (
        "Club de voile      600 €         Amis du lac        100 €\nGym du val       1 150 €         Harmonie    50 €"
    )
    lines = [line.strip() for line in view(f"Le conseil verse :\n{rows}\nMerci.").text.split("\n")]
    assert [line.split("  ")[0] for line in lines[1:5]] == ["Club de voile", "Amis du lac", "Gym du val", "Harmonie"]


@pytest.mark.parametrize("head", ["DÉPENSES                    RECETTES", "Plan de financement :"])
def test_a_plan_of_financing_keeps_its_lines(head: str) -> None:
    text = f"{head}\nTravaux      600 €         État        100 €\nÉtudes       150 €         Région      650 €\n"
    assert view(text).text == text


def test_one_line_with_two_sums_is_no_panel() -> None:
    text = "Club de voile      600 €         Amis du lac        100 €\n"
    assert view(text).text == text


def test_a_running_head_that_opens_the_document_stays_on_its_first_page() -> None:
    head = "Communauté de communes du Val d'Orne - Conseil communautaire du 11 février 2025 - Page {} sur 3"
    page = "Le conseil décide une chose et une autre. " * 20
    text = "\n".join(f"{head.format(number)}\n{page}" for number in (1, 2, 3))
    assert view(text).text.count("Communauté de communes du Val d'Orne") == 1


def test_a_running_head_below_the_number_of_pages_opens_no_act() -> None:
    head = "COMMUNE DE BRAX\nConseil municipal du 28 mars 2024\n"
    text = f"COMMUNE DE BRAX\n\nLe club est aidé.\n\nPage 1 sur 2\n\n{head}\nPlusieurs élus sont d'accord.\n"
    seen = squeezed(text)
    assert seen.count("COMMUNE DE BRAX") == 1
    assert "28 mars" not in seen
    again = text.replace("Plusieurs élus", "Délibération n° 2 : plusieurs élus")
    assert squeezed(again).count("COMMUNE DE BRAX") == 2
