"""How acts and their parts are told apart, in the layouts that occur."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.segment import ActLayout, plain, segment

Act = Callable[..., str]


def only(text: str) -> ActLayout:
    layouts = segment(text)
    assert len(layouts) == 1
    return layouts[0]


def read(text: str, span: Any) -> str | None:
    return plain(text[span.start : span.end]) if span else None


def decisions(text: str) -> list[str]:
    return [plain(text[d.start : d.end]) for d in only(text).decisions]


def test_theme_title_number_and_decisions_are_those_of_the_annotation(gold: tuple[str, dict[str, Any]]) -> None:
    text, want = gold
    layout = only(text)
    assert read(text, layout.theme) == want.get("theme")
    title = want.get("objet")
    assert read(text, layout.title) == title or plain(title or "") == (read(text, layout.title) or "").replace("’", "'")
    assert read(text, layout.number) == want.get("numero")
    if "decisions" in want:
        number = want["decisions"] if isinstance(want["decisions"], int) else len(want["decisions"])
        assert len(layout.decisions) == number


def test_parts_follow_one_another(gold: tuple[str, dict[str, Any]]) -> None:
    layout = only(gold[0])
    assert layout.intro is not None
    assert layout.vote is not None
    edges = [layout.header.end, layout.body.start, layout.body.end, layout.intro.start, layout.intro.end]
    edges += [edge for d in layout.decisions for edge in (d.start, d.end)] + [layout.vote.start, layout.vote.end]
    assert edges == sorted(edges)
    assert layout.tail.start >= layout.vote.end


@pytest.mark.parametrize(
    ("objet", "theme", "title"),
    [
        ("FINANCES\n\nSubvention 2023 au club", "FINANCES", "Subvention 2023 au club"),
        ("FINANCES\nSubvention 2023 au club", "FINANCES", "Subvention 2023 au club"),
        ("CULTURE,\nSPORTS\nSubvention au club", "CULTURE, SPORTS", "Subvention au club"),
        ("Subvention 2023 au club", None, "Subvention 2023 au club"),
        ("SUBVENTION AU CLUB DE VOILE", None, "SUBVENTION AU CLUB DE VOILE"),
        ("Habitat et urbanisme\n\nSubvention au club", "Habitat et urbanisme", "Subvention au club"),
        ("Habitat et urbanisme\nSubvention au club", "Habitat et urbanisme", "Subvention au club"),
        (
            "FINANCES\n\nSubvention de fonctionnement au club de voile du\nlac et à son école",
            "FINANCES",
            "Subvention de fonctionnement au club de voile du lac et à son école",
        ),
        (
            "FINANCES\n\nClub de voile du lac\n\n– Convention d'objectifs",
            "FINANCES",
            "Club de voile du lac – Convention d'objectifs",
        ),
    ],
)
def test_theme_and_title(act: Act, objet: str, theme: str | None, title: str) -> None:
    text = act(objet=objet)
    layout = only(text)
    assert (read(text, layout.theme), read(text, layout.title)) == (theme, title)
    assert read(text, layout.body) == "Le club de voile accueille chaque été les enfants des écoles."


def test_a_title_that_the_body_follows_at_once_ends_with_its_line(act: Act) -> None:
    text = act(objet="FINANCES\nSubvention au club\nLe club de voile accueille les enfants. Il demande une aide.")
    assert read(text, only(text).title) == "Subvention au club"


@pytest.mark.parametrize(
    "intro",
    [
        "**Le Bureau,\naprès en avoir délibéré, décide :**",
        "Le conseil communautaire, après en avoir délibéré à l'unanimité :",
        "Le Conseil d'administration, après en avoir délibéré, à l'unanimité, décide :",
        "LE CONSEIL MUNICIPAL,\nAPRÈS EN AVOIR DÉLIBÉRÉ,\nDÉCIDE :",
        "Après en avoir délibéré, le Conseil municipal décide, à la majorité :",
        "DÉCIDE",
        "Après délibération, le Bureau, à l'unanimité :",
        "Le Conseil, sur proposition de Madame la Présidente, après en avoir délibéré, décide :",
        "Le Conseil de la Ville de Sault, après en avoir délibéré, par 12 voix pour et 2 contre, décide :",
    ],
)
def test_the_formula_of_the_decision(act: Act, intro: str) -> None:
    text = act(decision=f"{intro}\n\n- d'approuver la convention ;\n- de verser la somme.")
    layout = only(text)
    assert read(text, layout.intro) == plain(intro)
    assert decisions(text) == ["d'approuver la convention ;", "de verser la somme."]
    assert read(text, layout.body) == "Le club de voile accueille chaque été les enfants des écoles."


INTRO = "Le Bureau, après en avoir délibéré, décide :\n\n"


@pytest.mark.parametrize("bullet", ["-", "–", "—", "•", "*", ">", "➢", "1)", "2.", "a)", "- **", "Article 1 :"])
def test_bullets_of_any_kind(act: Act, bullet: str) -> None:
    text = act(decision=f"{INTRO}{bullet} d'approuver la convention ;\n{bullet} de verser la somme ;")
    assert len(decisions(text)) == 2


def test_sub_bullets_and_table_rows_belong_to_the_point_above(act: Act) -> None:
    decided = "- d'attribuer les subventions suivantes :\n  - Voile : 500 €\n  - Judo club : 300 €\n\nClub\t500\n"
    text = act(
        decision=INTRO + decided + "- d'autoriser Monsieur le Président à :\n  • signer\n  • de verser\n- de dire"
    )
    found = decisions(text)
    assert [d.split()[0] for d in found] == ["d'attribuer", "d'autoriser", "de"]
    assert "Judo club" in found[0]


def test_without_bullets_each_paragraph_that_begins_like_a_decision_is_one(act: Act) -> None:
    text = act(
        decision=INTRO
        + "APPROUVE la convention avec le club, dont le projet\nde voile est joint ;\nAUTORISE le Président"
        " à la signer ;\n\nDIT que la dépense sera imputée au budget."
    )
    assert [d.split()[0] for d in decisions(text)] == ["APPROUVE", "AUTORISE", "DIT"]


def test_a_single_decision_on_the_line_of_the_formula(act: Act) -> None:
    text = act(decision="Le Bureau, après en avoir délibéré, décide d'approuver la convention.")
    assert decisions(text) == ["d'approuver la convention."]


def test_articles_are_decisions_whatever_their_first_word(act: Act) -> None:
    text = act(
        decision=INTRO + "Article 1 : Une subvention est attribuée.\nArticle 2 - Le Président est chargé de signer."
    )
    assert decisions(text) == ["Une subvention est attribuée.", "Le Président est chargé de signer."]


def test_a_wrapped_line_begins_no_decision(act: Act) -> None:
    text = act(decision=INTRO + "- d'autoriser Monsieur le Président à signer la convention et\nde verser la somme.")
    assert len(decisions(text)) == 1


@pytest.mark.parametrize(
    "end",
    ["Fait et délibéré en séance", "Pour extrait conforme", "Certifié conforme à l'acte transmis", "Le Maire,"],
)
def test_signatures_are_no_decision(act: Act, end: str) -> None:
    text = act(vote="", decision=INTRO + f"- d'approuver la convention.\n\n{end}")
    assert decisions(text) == ["d'approuver la convention."]
    assert text[only(text).tail.start :].lstrip().startswith(end)


def test_voters_named_between_decisions_and_scrutin_are_part_of_the_vote(act: Act) -> None:
    text = act(decision=INTRO + "- d'approuver la convention.\n\nMadame Carla NOIR s'abstient.")
    assert decisions(text) == ["d'approuver la convention."]
    assert (read(text, only(text).vote) or "").startswith("Madame Carla NOIR s'abstient.")


def test_several_extracts_in_one_file(act: Act) -> None:
    text = act() + "\n\n" + act(objet="CULTURE\n\nTarifs de la médiathèque", date="jeudi 23 mars 2023")
    assert [read(text, layout.title) for layout in segment(text)] == [
        "Subvention 2023 au club de voile",
        "Tarifs de la médiathèque",
    ]


def test_one_header_over_several_objets(act: Act) -> None:
    first = act()
    second = act(objet="CULTURE\n\nTarifs de la médiathèque")
    text = first + "\n" + second[second.index("OBJET") :]
    layouts = segment(text)
    assert [read(text, layout.title) for layout in layouts][1] == "Tarifs de la médiathèque"
    assert layouts[0].header == layouts[1].header


def test_a_running_header_begins_no_act(act: Act) -> None:
    running = "EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS\nSéance du jeudi 16 mars 2023\n"
    text = act(exposé=f"Le club accueille les enfants.\n\n{running}\nIl demande une aide.")
    assert len(segment(text)) == 1


def test_a_running_header_after_the_decision_begins_no_act(act: Act) -> None:
    assert len(segment(act() + "\nEXTRAIT DU REGISTRE DES DÉLIBÉRATIONS\nSéance du jeudi 16 mars 2023\n")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bonjour,\n\nVeuillez trouver ci-joint la facture du mois de mars.\n",
        "Le conseil d'administration du club a décidé de verser 500 € aux jeunes.",
        "Ordre du jour de la séance du jeudi 16 mars 2023\n\n1. Finances\n2. Culture",
    ],
)
def test_what_is_no_act_gives_none(text: str) -> None:
    assert segment(text) == ()


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_segmented_without_error(text: str) -> None:
    for layout in segment(text):
        assert 0 <= layout.whole.start <= layout.whole.end <= len(text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(noise=st.text(max_size=200), at=st.integers(0, 1200))
def test_an_act_with_anything_inside_keeps_its_spans_in_order(act: Act, noise: str, at: int) -> None:
    whole = act()
    text = whole[:at] + noise + whole[at:]
    for layout in segment(text):
        assert layout.header.start <= layout.header.end <= layout.body.end <= layout.whole.end <= len(text)
        edges = [edge for d in layout.decisions for edge in (d.start, d.end)]
        assert edges == sorted(edges)
