"""Rosters: whatever the template can lay out is read back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.facts import AttendanceFact
from extract.header import read_session
from extract.segment import segment
from tests.examples import examples

Act = Callable[..., str]

GIVEN = st.sampled_from(
    ["Aline", "Bruno", "Carla", "Jean-Pierre", "Marie-Hélène", "Éric", "Zoé", "Jean-marc", "Océane", "N'Golo"]
)
SIMPLE = ["MARSEC", "TESSIER", "NOIR", "ROY", "MÉRIGOT", "SALAÜN", "LAFARGE", "MAIRE", "PONT", "SAVINA", "DA-LUZ"]
PARTICLES = ["", "", "", "DE ", "DE LA ", "DU ", "D'", "EL ", "LE ", "N'", "VAN DER ", "DOS "]
FAMILY = st.builds(
    lambda particle, names: particle + "-".join(names),
    st.sampled_from(PARTICLES),
    st.lists(st.sampled_from(SIMPLE), min_size=1, max_size=2),
)
CIVILITY = st.sampled_from(["Monsieur", "Madame"])
PERSON = st.tuples(CIVILITY, GIVEN, FAMILY)
PEOPLE = st.lists(PERSON, min_size=1, max_size=14, unique_by=lambda p: p[1:])
LINKS = [" pouvoir à ", " donne pouvoir à ", " a donné procuration à ", ", procuration à ", " représenté par "]


Person = tuple[str, str, str]


def full(person: Person) -> str:
    return " ".join(person)


def named(person: Person) -> str:
    return " ".join(person[1:])


def attendance(text: str) -> list[AttendanceFact]:
    return list(read_session(text, segment(text)[0], lambda _offset: None).attendance)


def broken(name: str, how: int) -> str:
    """A double name as a narrow column leaves it: whole, or with a space after its last hyphen."""
    at = name.rfind("-")
    return name if at < 0 or how == 0 or name[at + 1].islower() else name[: at + 1] + " " + name[at + 1 :]


def columns(names: list[str], width: int) -> str:
    """Names set down the columns, as the template does."""
    height = -(-len(names) // width)
    rows = [[names[c * height + r] if c * height + r < len(names) else "" for c in range(width)] for r in range(height)]
    return "\n".join("\t".join(row) for row in rows)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(15), deadline=None)
@given(people=PEOPLE, width=st.integers(1, 3), how=st.integers(0, 1))
def test_the_present_in_one_to_three_columns(act: Act, people: list[Person], width: int, how: int) -> None:
    text = act(present=columns([broken(full(p), how) for p in people], width), absent="")
    found = [a.member.written for a in attendance(text) if a.status == "present"]
    assert sorted(found) == sorted(named(p) for p in people)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(15), deadline=None)
@given(
    absent=st.lists(PERSON, max_size=5, unique_by=lambda p: p[1:]),
    givers=PEOPLE,
    holders=st.lists(PERSON, min_size=14, max_size=14),
    link=st.sampled_from(LINKS),
    layout=st.sampled_from(["columns", "lines", "indented"]),
    how=st.integers(0, 1),
)
def test_the_absent_and_their_proxies(
    act: Act, absent: list[Person], givers: list[Person], holders: list[Person], link: str, layout: str, how: int
) -> None:
    absent = [p for p in absent if p[1:] not in {g[1:] for g in givers}]
    away = [broken(full(p), how) for p in absent]
    proxies = [broken(full(g), how) + link + full(h) for g, h in zip(givers, holders, strict=False)]
    if layout == "columns":
        height = max(len(away), len(proxies))
        pairs = [(away[i] if i < len(away) else "", proxies[i] if i < len(proxies) else "") for i in range(height)]
        listed = "\n".join("\t".join(pair) for pair in pairs)
    else:
        listed = ("\n " if layout == "indented" else "\n").join([*away, *proxies])
    found = attendance(act(absent=listed))
    assert [a.member.written for a in found if a.status == "absent"] == [named(p) for p in absent]
    told = [(a.member.written, a.proxy_holder.written) for a in found if a.status == "represented" and a.proxy_holder]
    assert told == [(named(g), named(h)) for g, h in zip(givers, holders, strict=False)]


def test_a_name_goes_on_in_its_column_on_the_next_line(act: Act) -> None:
    text = act(
        present="Monsieur Bruno MARSEC\tMadame Ève JUILLARD-\tMonsieur Jean PONT\n\tRANDRIAN\t\nMadame Zoé ROY\t\t"
    )
    assert [a.member.written for a in attendance(text) if a.status == "present"] == [
        "Bruno MARSEC", "Ève JUILLARD-RANDRIAN", "Jean PONT", "Zoé ROY",
    ]  # fmt: skip


def test_a_proxy_holder_on_the_next_line(act: Act) -> None:
    text = act(absent="Madame Aline TESSIER\tMonsieur Jean ROY pouvoir à\n\tMadame Carla NOIR\nMonsieur Éric PONT\t")
    found = {
        a.member.written: a.proxy_holder and a.proxy_holder.written for a in attendance(text) if a.status != "present"
    }
    assert found == {"Aline TESSIER": None, "Jean ROY": "Carla NOIR", "Éric PONT": None}


def test_names_glued_in_one_cell_part_at_their_civilities(act: Act) -> None:
    text = act(present="Monsieur Bruno MARSEC Madame Carla NOIR\tM. Éric PONT, Mme Zoé ROY")
    assert [a.member.written for a in attendance(text) if a.status == "present"] == [
        "Bruno MARSEC", "Carla NOIR", "Éric PONT", "Zoé ROY",
    ]  # fmt: skip


def test_several_spaces_part_columns(act: Act) -> None:
    text = act(present="Monsieur Bruno MARSEC      Madame Carla NOIR\nMadame Zoé ROY-          M. Éric PONT\nCASTEL")
    assert [a.member.written for a in attendance(text) if a.status == "present"] == [
        "Bruno MARSEC", "Carla NOIR", "Zoé ROY-CASTEL", "Éric PONT",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "listed",
    [
        "Bruno MARSEC, Carla NOIR, Éric PONT",
        "Bruno MARSEC - Carla NOIR – Éric PONT",
        "Bruno MARSEC ; Carla NOIR ; Éric PONT.",
        "Bruno MARSEC\nCarla NOIR\nÉric PONT",
        "Bruno MARSEC Carla NOIR Éric PONT",
        "Bruno MARSEC, Maire, Carla\nNOIR, adjointe, Éric PONT",
        "- Bruno MARSEC\n- Carla NOIR\n- Éric PONT",
        "M. MARSEC Bruno, Mme NOIR Carla, M. PONT Éric",
    ],
)
def test_lists_without_columns(act: Act, listed: str) -> None:
    found = [(a.member.given, a.member.family) for a in attendance(act(present=listed)) if a.status == "present"]
    assert found == [("Bruno", "MARSEC"), ("Carla", "NOIR"), ("Éric", "PONT")]


@pytest.mark.parametrize(
    "listed",
    [
        "Madame Aline TESSIER (pouvoir à Monsieur Bruno MARSEC)",
        "Mme Aline TESSIER, excusée, a donné pouvoir à M. Bruno MARSEC",
        "Aline TESSIER (procuration à Bruno MARSEC)",
        "Madame Aline TESSIER ayant donné mandat à Monsieur Bruno MARSEC",
        "Mme Aline TESSIER qui avait donné pouvoir à M. Bruno MARSEC.",
        "Pouvoirs :\nMadame Aline TESSIER à Monsieur Bruno MARSEC",
        "Absents ayant donné pouvoir :\nMme Aline TESSIER à M. Bruno MARSEC",
    ],
)
def test_proxies_in_other_words(act: Act, listed: str) -> None:
    (fact,) = [a for a in attendance(act(absent=listed)) if a.status != "present"]
    assert fact.status == "represented"
    assert (fact.member.written, fact.proxy_holder and fact.proxy_holder.written) == (
        "Aline TESSIER",
        "Bruno MARSEC",
    )


def test_excused_members_are_absent_and_other_lines_name_nobody(act: Act) -> None:
    text = act(
        absent="Madame Aline TESSIER (excusée)\nMonsieur Éric PONT, excusé\n\nSecrétaire : Madame Carla NOIR\n"
        "Assistait à la réunion :\nMonsieur Jean ROY, directeur général des services"
    )
    assert [(a.member.written, a.status) for a in attendance(text) if a.status != "present"] == [
        ("Aline TESSIER", "absent"),
        ("Éric PONT", "absent"),
    ]


def test_nobody_absent(act: Act) -> None:
    for nothing in ("", "Néant", "/", "Aucun"):
        assert [a for a in attendance(act(absent=nothing)) if a.status != "present"] == []


def test_arrivals_and_departures_are_kept_as_written(act: Act) -> None:
    text = act(present="Monsieur Bruno MARSEC (arrivée à 19h07)\nMadame Carla NOIR (jusqu'à 22h40, point n°2)")
    assert [(a.valid_from, a.valid_until) for a in attendance(text) if a.status == "present"] == [
        ("19h07", None),
        (None, "22h40"),
    ]
