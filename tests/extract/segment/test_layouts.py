"""Extracts of any header: title, number and decided points, whatever stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.segment import ActLayout, Span, plain, segment
from extract.view import view
from tests.examples import examples

HEADS = (
    "RÉPUBLIQUE FRANÇAISE\nDÉPARTEMENT DE L'ORGE\nCOMMUNE DE VALMORIN\n\nEXTRAIT DU REGISTRE DES DÉLIBÉRATIONS\n"
    "DU CONSEIL MUNICIPAL\n\nN° {number}\n\nL'an deux mille vingt-trois, le six mars, à dix-huit heures trente, le "
    "conseil municipal de la commune de Valmorin, dûment convoqué, s'est réuni à la mairie, sous la présidence de "
    "Mme Aline MARSEC, Maire.\n\nDate de convocation : 28 février 2023\nNombre de conseillers : en exercice 6\n\n",
    "Mairie de Valmorin (Orge)\nDélibération n° {number}\n\nSéance du 6 mars 2023\n\nLe six mars deux mille "
    "vingt-trois, à 20 heures, les membres du conseil municipal se sont réunis à la mairie, sur convocation.\n",
    "Communauté de communes du Val d'Orge\nCONSEIL COMMUNAUTAIRE DU 6 MARS 2023\nDELIBERATION N°{number}\n\n"
    "Présidence de M. Bruno TESSIER, Président\nMembres en exercice : 6 - Présents : 4 - Votants : 5\n\n",
    "Ville de Valmorin\n                                        {number}\nREGISTRE DES DÉLIBÉRATIONS DU CONSEIL "
    "MUNICIPAL\nSéance publique du lundi 6 mars 2023\nsous la présidence de Mme Aline MARSEC\n\n",
)
ROSTERS = (
    "Présents : Aline MARSEC, Bruno TESSIER, Carla NOIR, Denis PAUL.\nAbsents excusés : Élise ROY (pouvoir à Carla "
    "NOIR), Farid BEN SALAH.\nSecrétaire de séance : Denis PAUL",
    "Étaient présents : Mme MARSEC, M. TESSIER, M. ROY P-Y, Mme NOIR\nÉtait absente : Mme LE GALL qui avait donné "
    "pouvoir à M. TESSIER\n\nMme NOIR a été élue secrétaire de séance.",
    "PRÉSENTS (4) :\nMme Aline MARSEC\nM. Bruno TESSIER\nM. Denis PAUL\nMme Carla NOIR\n\nEXCUSÉ (1) :\n"
    "M. Farid BEN SALAH\n\nSecrétaire : M. Denis PAUL",
)
NUMBERS = ("2023-014", "DEL2023-01", "2023/009", "DCM 23.1.49", "20230306_010", "23-03/14", "DB-2023-021")
TITLES = {
    "OBJET : Subvention 2023 au club de voile": "Subvention 2023 au club de voile",
    "Objet : Subvention 2023 au club de voile de Valmorin et à son école de voile, convention\nd'objectifs": (
        "Subvention 2023 au club de voile de Valmorin et à son école de voile, convention d'objectifs"
    ),
    "SUBVENTION 2023 AU CLUB DE VOILE": "SUBVENTION 2023 AU CLUB DE VOILE",
    "Subvention 2023 au club de voile": "Subvention 2023 au club de voile",
    "**Club de voile – Convention d'objectifs 2023-2025**": "Club de voile – Convention d'objectifs 2023-2025",
    "VIE ASSOCIATIVE – Subvention au club de voile": "Subvention au club de voile",
    "Point n° 7 : Versement d'une aide au club de voile": "Versement d'une aide au club de voile",
    "7. Versement d'une aide au club de voile": "Versement d'une aide au club de voile",
    "FINANCES\nAttribution d'une subvention au club de voile": "Attribution d'une subvention au club de voile",
    "ATTRIBUTION D'UNE SUBVENTION\nAU CLUB DE VOILE": "ATTRIBUTION D'UNE SUBVENTION AU CLUB DE VOILE",
    "Rapporteur : Mme Carla NOIR\n\nAide au club de voile": "Aide au club de voile",
    "Aide au club de voile\n\nRapporteur : Mme Carla NOIR": "Aide au club de voile",
    "Adhésion au CAUE": "Adhésion au CAUE",
}
BODIES = (
    "Mme le Maire rappelle que le club de voile accueille chaque été les enfants des écoles.",
    "Vu le code général des collectivités territoriales,\nVu la demande du club,\nConsidérant l'intérêt du projet,",
    "Le club de voile accueille les enfants des écoles. Il a demandé une aide de 4 000 € pour acheter deux bateaux.",
    "EXPOSÉ DES MOTIFS\n\nLe club de voile accueille les enfants.",
)
DECISIONS = {
    "Le Conseil, après en avoir délibéré, à l'unanimité :\n- DÉCIDE d'attribuer 500 € ;\n- AUTORISE sa signature.": 2,
    "Le conseil municipal, à l'unanimité, DÉCIDE\n\nArticle 1er : d'attribuer 500 € ;\nArticle 2 : de payer.": 2,
    "Le Conseil, ouï cet exposé et après en avoir délibéré, M. Luc PAN, du club, ne prenant pas part au vote,\n\n"
    "Article 1er : APPROUVE la convention.\nArticle 2 : ALLOUE au club 500 €.\nArticle 3 : AUTORISE le Maire.": 3,
    "Le conseil, Mme PAN ne prenant pas part au vote et après en avoir délibéré,\n"
    "- DÉCIDE d'attribuer 500 € ;\n- CHARGE le Maire.": 2,
    "Le conseil,\nAprès en avoir délibéré,\nARTICLE 1\nDÉCIDE d'attribuer 500 € ;\nARTICLE 2\nAUTORISE le Maire.": 2,
    "Après en avoir délibéré, le conseil, par 4 voix pour et 1 abstention (M. TESSIER), décide d'attribuer 500 €.": 1,
    "Il est proposé au conseil :\n- d'attribuer 500 € ;\n- d'autoriser le Maire à signer.\n\nLe conseil adopte.": 2,
    "Il est proposé :\n1° d'attribuer 500 € ;\n2° d'imputer la dépense.\n\nLe conseil, ayant délibéré, adopte.": 2,
    "DÉCIDE :\n1) D'ATTRIBUER 500 € au club ;\n2) DE PRÉLEVER la dépense au chapitre 65.\n\nVote : 5 pour, 0 contre": 2,
    "Le conseil, après en avoir délibéré,\nAPPROUVE la convention,\nCONDITIONNE le versement,\nCHARGE le Maire.": 3,
    "Le conseil municipal, après en avoir délibéré, à l'unanimité, approuve la convention et autorise sa signature.": 2,
    "LE CONSEIL,\nAprès en avoir délibéré,\n• accepte la proposition,\n• rembourse le club,\n• met fin au bail.": 3,
    "LE CONSEIL DÉCIDE À L'UNANIMITÉ\n\n→ le versement de 500 € au club ;\n→ l'inscription de la dépense au budget.": 2,
    "Le conseil, M. ROY ne prenant pas part au vote :\n– DÉCIDE de verser 500 € ;\n– DIT que tout est inscrit.": 2,
    "Mis aux voix, le rapport est adopté à l'unanimité.": 1,
}
TAILS = ("\n\nPour extrait conforme,\nLe Maire,\nAline MARSEC", "\nFait et délibéré à Valmorin.\nLe Maire", "")


def read(text: str, span: Span | None) -> str:
    return plain(text[span.start : span.end]) if span else ""


def acts(text: str) -> tuple[str, tuple[ActLayout, ...]]:
    seen = view(text).text
    return seen, segment(seen)


@settings(max_examples=examples(30), deadline=None)
@given(
    st.sampled_from(HEADS),
    st.sampled_from(NUMBERS),
    st.sampled_from(ROSTERS),
    st.sampled_from(sorted(TITLES)),
    st.sampled_from(BODIES),
    st.sampled_from(sorted(DECISIONS)),
    st.sampled_from(TAILS),
)
def test_an_extract_of_any_layout(
    head: str, number: str, roster: str, title: str, body: str, decision: str, tail: str
) -> None:
    text, layouts = acts(f"{head.format(number=number)}{roster}\n\n{title}\n\n{body}\n\n{decision}{tail}")
    assert len(layouts) == 1
    assert read(text, layouts[0].title) == TITLES[title]
    assert read(text, layouts[0].number) == number
    assert len(layouts[0].decisions) == DECISIONS[decision]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("between", ["\n", "\f", "\nID : 021-212100001-20230306-D1-DE\n"])
def test_extracts_bound_in_one_file(head: str, between: str) -> None:
    titles = ["Subvention au club de voile", "Tarifs de la cantine", "Adhésion au CAUE"]
    text, layouts = acts(
        between.join(
            f"{head.format(number=f'2023-0{n}')}{ROSTERS[0]}\n\nOBJET : {title}\n\n{BODIES[0]}\n\n"
            f"Le conseil, à l'unanimité, approuve le projet.{TAILS[0]}"
            for n, title in enumerate(titles, 14)
        )
    )
    assert [read(text, layout.title) for layout in layouts] == titles
    assert [read(text, layout.number) for layout in layouts] == ["2023-014", "2023-015", "2023-016"]


def test_a_withdrawn_act_decides_nothing() -> None:
    body = "Le conseil, après en avoir délibéré,\nArticle unique : approuve le règlement.\n\nRETIRÉ DE L'ORDRE DU JOUR"
    _, layouts = acts(f"{HEADS[1].format(number='2023-14')}{ROSTERS[0]}\n\nOBJET : Règlement\n\n{body}")
    assert layouts[0].decisions == ()


def test_a_stamp_inside_the_title_is_no_part_of_it() -> None:
    head = f"{HEADS[1].format(number='2023-14')}{ROSTERS[0]}"
    title = "OBJET : Subvention 2023 au club\nID : 021-212100001-20230306-D1-DE\nde voile et à son école"
    text, layouts = acts(f"{head}\n\n{title}\n\n{BODIES[0]}\n\nDÉCIDE de l'aider.")
    assert read(text, layouts[0].title) == "Subvention 2023 au club de voile et à son école"


@pytest.mark.parametrize(
    "text",
    [
        "CONVOCATION\n\nJ'ai l'honneur de vous inviter à la séance du conseil municipal du lundi 6 mars 2023.\n\n"
        "ORDRE DU JOUR :\n1 - Budget primitif\n2 - Subventions aux associations\n3 - Questions diverses\n\nLe Maire",
        "Lors de la séance du conseil municipal du 6 mars, les élus ont adopté à l'unanimité le budget. Le conseil a "
        "aussi voté une subvention de 500 € au club de voile.",
        "FACTURE N° 2023-114\nDate : 6 mars 2023\nTotal TTC : 5 400,00 €",
        "CONVENTION\nEntre la commune, autorisée par délibération du 6 mars 2023, et le club de voile\nArticle 1 – "
        "Objet\nLa commune verse 500 €.\nFait à Valmorin, le 10 mars 2023",
        "ARRÊTÉ DU MAIRE N° 2023-12\nVu le code de la route,\nARRÊTE\nArticle 1 : La circulation est interdite.",
        "RAPPORT DE PRÉSENTATION\n\nIl est proposé au conseil municipal d'attribuer 500 € au club de voile.",
    ],
)
def test_what_is_no_act(text: str) -> None:
    assert acts(text)[1] == ()


def test_a_decision_that_says_who_is_present_is_no_line_of_the_head() -> None:
    text = (
        "VILLE DE VALMORIN\n\nEXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU CONSEIL MUNICIPAL\n\nSéance du 6 mars 2023\n\n"
        "Présents : M. Bruno TESSIER, Mme Carla NOIR\n\nDélibération n° 2023-12 : Subventions 2023\n\n"
        "La Ville accompagne chaque année les acteurs du territoire.\n\nLe Conseil municipal, après en avoir délibéré, "
        "à l'unanimité des membres présents :\n\n- Attribue une aide de 400 € au club de voile ;\n\n"
        "Fait et délibéré les jour, mois et an susdits.\n"
    )
    (act,) = segment(view(text).text)
    assert act.title is not None
    assert text[act.title.start : act.title.end] == "Subventions 2023"
    assert len(act.decisions) == 1
