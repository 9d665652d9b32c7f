"""Minutes of every kind: each point that comes to a decision is an act, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.read import read_bytes
from extract.segment import ActLayout, Span, plain, segment
from extract.text import key
from extract.view import view
from tests.examples import examples

ROOT = Path(__file__).parents[3]
MINUTES = ROOT / "tests" / "acts" / "other-layouts" / "dev-minutes"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
HEADS = (
    "COMMUNE DE VALMORIN\n\nPROCÈS-VERBAL DE LA SÉANCE DU CONSEIL MUNICIPAL\nDU 6 MARS 2023\n\n",
    "Mairie de Valmorin\nCOMPTE RENDU DU CONSEIL MUNICIPAL DU LUNDI 6 MARS 2023\n\nL'an deux mille vingt-trois, le six "
    "mars, le conseil municipal s'est réuni sous la présidence de Mme MARSEC, Maire.\n\n",
    "CC du Val d'Orge\nRelevé de décisions du conseil communautaire\nSéance du 6 mars 2023\n\n",
    "Conseil municipal du 6 mars 2023\n",
)
ROSTER = (
    "Présents : Aline MARSEC, Bruno TESSIER, Carla NOIR, Pierre ROY.\nAbsente excusée : Élise PAUL (pouvoir à Carla "
    "NOIR).\nSecrétaire de séance : Carla NOIR\n\n"
)
TITLES = (
    "Subventions aux associations 2023", "Tarifs de la cantine", "Décision modificative n° 2", "Vente d'un terrain",
    "Convention avec le SIVOM", "Demande de subvention au titre de la DETR", "Cimetière : règlement",
    "Vote des taux d'imposition", "Création d'un poste d'adjoint technique", "Motion de soutien à l'hôpital",
)  # fmt: skip
BODIES = (
    "Mme le Maire présente le dossier. La dépense est de 1 200 €.",
    "Le rapporteur expose que les crédits sont insuffisants.\nM. TESSIER demande des précisions.",
    "Deux devis ont été reçus : 3 400 € et 3 900 € HT.",
    "M. ROY explique que :\n- le toit fuit ;\n- les murs sont humides.",
)
DECISIONS = {
    "Le conseil, après en avoir délibéré, à l'unanimité :\n- APPROUVE le projet ;\n- AUTORISE le Maire à signer.": 2,
    "Adopté à l'unanimité.": 1,
    "Vote : 10 pour, 1 contre (M. ROY), 0 abstention.": 1,
    "Le Conseil, à l'unanimité, approuve la proposition.": 1,
    "Pour : 9  Contre : 0  Abstentions : 2": 1,
    "Le conseil municipal décide d'attribuer 300 € au club et autorise le Maire à verser la somme.": 2,
    "Accord unanime du conseil.": 1,
    "Le conseil prend acte.": 1,
    "Approuvé à la majorité (2 abstentions).": 1,
    "Ce point est reporté à la prochaine séance.": 0,
}
HEADINGS: dict[str, Callable[[int, str], str]] = {
    "Point n° 3 : …": lambda n, t: f"Point n° {n} : {t}",
    "Point 3 - …": lambda n, t: f"Point {n} - {t}",
    "3 - …": lambda n, t: f"{n} - {t}",
    "3. …": lambda n, t: f"{n}. {t}",
    "3°) …": lambda n, t: f"{n}°) {t}",
    "III. …": lambda n, t: f"{ROMAN[n - 1]}. {t.upper()}",
    "DEL-2023-043 – …": lambda n, t: f"DEL-2023-{n + 40:03d} – {t}",
    "Délibération n° 2023-43 : …": lambda n, t: f"Délibération n° 2023-{n + 40} : {t}",
    "2023/13 …": lambda n, t: f"2023/{n + 10} {t.upper()}",
    "N° 2023-13 - …": lambda n, t: f"N° 2023-{n + 10} - {t}",
    "in capitals": lambda n, t: t.upper(),
    "OBJET : …": lambda n, t: f"OBJET : {t}",
    "number above the title": lambda n, t: f"Délibération n° 2023/{n + 7}\n{t}",
    "number behind the title": lambda n, t: f"{n} - {t} (DEL 2023-{n + 3:02d})",
    "markdown": lambda n, t: f"## {n}. {t}",
}
ENDS = (
    "",
    "\n\nQuestions diverses\nMme NOIR signale un nid-de-poule. La séance est levée à 22 h.\n",
    "\n\nLa séance est levée à 22 h 10.\nLe Maire,\nAline MARSEC",
    "\n\nANNEXE – PROCÈS-VERBAL DE LA SÉANCE DU 30 JANVIER 2023\n1 - Budget\nAdopté à l'unanimité.\n2 - Prêt\nAdopté.",
)


def read(text: str, span: Span | None) -> str:
    return plain(text[span.start : span.end]) if span else ""


def acts(text: str) -> tuple[str, tuple[ActLayout, ...]]:
    seen = view(text).text
    return seen, segment(seen)


@settings(max_examples=examples(30), deadline=None)
@given(st.data())
def test_every_point_is_an_act(data: st.DataObject) -> None:
    heading = HEADINGS[data.draw(st.sampled_from(sorted(HEADINGS)))]
    titles = data.draw(st.lists(st.sampled_from(TITLES), min_size=2, max_size=6, unique=True))
    decisions = [data.draw(st.sampled_from(sorted(DECISIONS))) for _ in titles]
    headings = [heading(n, title) for n, title in enumerate(titles, 1)]
    agenda = data.draw(st.sampled_from(["", "ORDRE DU JOUR\n" + "\n".join(headings) + "\nQuestions diverses\n\n"]))
    points = [
        f"{head}\n{data.draw(st.sampled_from(BODIES))}\n{decision}"
        for head, decision in zip(headings, decisions, strict=True)
    ]
    head, end = data.draw(st.sampled_from(HEADS)), data.draw(st.sampled_from(ENDS))
    text, layouts = acts(head + ROSTER + agenda + "\n\n".join(points) + end)
    assert [key(read(text, layout.title)) for layout in layouts] == [key(title) for title in titles]
    assert [len(layout.decisions) for layout in layouts] == [DECISIONS[decision] for decision in decisions]
    assert len({layout.header for layout in layouts}) == 1


def test_a_list_of_deliberations() -> None:
    rows = (
        "DEL-2023-101\tBudget – Décision modificative n° 3\tAdoptée à la majorité\n\t\t(21 pour, 4 contre)\n"
        "DEL-2023-102\tAttribution d'une subvention à l'association\n\tLes Traverses\tAdoptée à l'unanimité\n"
        "DEL-2023-103\tAcquisition d'une parcelle\tRetirée de l'ordre du jour\n"
    )
    text, layouts = acts(f"{HEADS[0]}LISTE DES DÉLIBÉRATIONS\nSéance du 6 mars 2023\n\nN°\tObjet\tDécision\n{rows}")
    assert [read(text, layout.title) for layout in layouts] == [
        "Budget – Décision modificative n° 3",
        "Attribution d'une subvention à l'association Les Traverses",
        "Acquisition d'une parcelle",
    ]
    assert [read(text, layout.number) for layout in layouts] == ["DEL-2023-101", "DEL-2023-102", "DEL-2023-103"]


def test_what_was_proposed_is_decided_where_the_vote_says_nothing_else() -> None:
    point = "Il est proposé de céder le lot 7 à la SCI Bellefaye, soit 30 100 €. L'avis est du 12 mai. Adopté."
    text, layouts = acts(
        f"{HEADS[0]}{ROSTER}1 - Vente du lot 7\n{point}\n\n2 - Budget\nLe budget est présenté.\nAdopté."
    )
    assert "30 100 €" in read(text, layouts[0].decisions[0])


def test_members_who_come_and_go_are_no_part_of_a_decision() -> None:
    point = "Le conseil, à l'unanimité, APPROUVE le montant et AUTORISE à le verser.\n\n20 h 25 : arrivée de M. ROY."
    text, layouts = acts(f"{HEADS[0]}{ROSTER}1 - Participation\n{point}\n\n2 - Budget\nAdopté à l'unanimité.")
    assert [read(text, d) for d in layouts[0].decisions][1].endswith("AUTORISE à le verser")


def test_numbered_articles_and_parts_of_an_expose_split_nothing() -> None:
    body = (
        "1/ Association Le Hangar\nLe budget est de 1,15 M€.\n\n2/ SAS Biotérra\nLa société investit 1,8 M€.\n\n"
        "Le conseil, après en avoir délibéré :\n1. attribue 260 000 € au Hangar ;\n2. attribue 85 000 € à Biotérra.\n"
        "Pour : 17\nContre : 1"
    )
    assert (
        len(acts(f"VILLE DE SAULT\nDélibération n° 2023-4\nSéance du 6 mars 2023\n\n{ROSTER}SOUTIEN\n\n{body}")[1]) == 1
    )


GOLD = [pytest.param(path, id=path.stem) for path in sorted((MINUTES / "gold-acts").glob("*.json"))]


@pytest.mark.parametrize("answers", GOLD or [pytest.param(None, marks=pytest.mark.skip(reason="no annotated minutes"))])
def test_the_acts_of_the_annotated_minutes(answers: Path) -> None:
    wanted: list[dict[str, Any]] = json.loads(answers.read_text(encoding="utf-8"))["actes"]
    document = next(path for path in MINUTES.glob(f"{answers.stem}.*") if path.is_file())
    text, layouts = acts(read_bytes(document.name, document.read_bytes()).text)
    assert [key(read(text, layout.title)) for layout in layouts] == [key(act["objet"]) for act in wanted]
    for layout, act in zip(layouts, wanted, strict=True):
        if act.get("numero"):
            assert key(read(text, layout.number)) == key(act["numero"])


@pytest.mark.parametrize(
    "numbers", [("1. ", "2. ", "1. ", "2. "), ("1.1 ", "1.2 ", "2.1 ", "2.2 "), ("1 - ", "2 - ", "3 - ", "4 - ")]
)
def test_rubrics_between_points_are_no_acts(numbers: tuple[str, ...]) -> None:
    points = [f"{n}{title}\n{BODIES[0]}\nAdopté à l'unanimité." for n, title in zip(numbers, TITLES, strict=False)]
    rubrics = "I - FINANCES\n\n", "II - VIE ASSOCIATIVE\n\n"
    text, layouts = acts(
        f"{HEADS[0]}{ROSTER}{rubrics[0]}{points[0]}\n\n{points[1]}\n\n{rubrics[1]}{points[2]}\n\n{points[3]}"
    )
    assert [read(text, layout.title) for layout in layouts] == list(TITLES[:4])
    assert "VIE ASSOCIATIVE" not in read(text, layouts[1].whole)


def _titles(body: str) -> list[str]:
    seen = view(HEADS[0] + ROSTER + body).text
    return [seen[a.title.start : a.title.end] for a in segment(seen) if a.title]


def test_a_sundry_question_that_is_put_to_the_vote_is_an_act() -> None:
    body = (
        "1 Subventions\n\nLe conseil décide d'aider les écoles.\nVote : 4 pour / 0 contre / 0 abstention → adopté\n\n"
        "2 Archivage\n\nUn devis est présenté.\nVote : 4 pour / 0 contre / 0 abstention → adopté\n\n"
        "3 Questions diverses\n\n3.1 Accueil du matin\n\nOn pourrait demander à une maman.\n\n"
        "3.2 Verger de sauvegarde\n\nAdhésion au réseau.\nVote : 4 pour / 0 contre / 0 abstention → adopté\n"
    )
    assert _titles(body) == ["Subventions", "Archivage", "Verger de sauvegarde"]


def test_roman_numbers_that_a_scan_reads_as_figures() -> None:
    text = (
        "Le Conseil Municipal, après en avoir délibéré et à l'unanimité, donne son accord à ce qui lui est proposé.\n\n"
    )
    heads = ("I - MODIFICATION DES COMMISSIONS", "11 - SUBVENTIONS AUX ASSOCIATIONS", "111 - TARIFS DU CHATEAU")
    assert _titles("".join(f"{head}\n\n{text}" for head in heads)) == [head.split(" - ")[1] for head in heads]


def test_a_list_is_decided_with_the_sentence_that_introduces_it() -> None:
    text = (
        "COMMUNE DE VALMORIN\nPROCÈS-VERBAL DE LA SÉANCE DU 6 MARS 2023\n\n"
        "Présents : M. Bruno TESSIER, Mme Carla NOIR\n\n"
        "1 – Subventions\nAprès un tour de table, le conseil fixe les subventions comme ceci :\n"
        "- Comité des fêtes : 400 €\n- Les Genêts : 250 €\nVote : unanimité.\n\n"
        "2 – Budget\nLe conseil vote le budget.\nVote : unanimité.\n"
    )
    first, *_ = segment(view(text).text)
    (point,) = first.decisions
    assert "- Les Genêts : 250 €" in text[point.start : point.end]
