"""Rosters of other authorities: in each layout, whatever roster the generators write is read back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.facts import AttendanceFact
from extract.header import read_session
from extract.header.roster import read_roster
from extract.segment.layout import ActLayout, Span
from extract.segment.lines import folded
from extract.segment.rosters import find_rosters
from extract.text import key
from tests.examples import examples

Person = tuple[str, str, str]
Writer = Callable[[list[Person]], str]

GIVEN = st.sampled_from(["Aline", "Bruno", "Carla", "Jean-Pierre", "Marie-Hélène", "Éric", "Zoé", "Océane", "Luc"])
FAMILY = st.builds(
    lambda particle, names: particle + "-".join(names),
    st.sampled_from(["", "", "", "DE LA ", "LE ", "D'", "EL "]),
    st.lists(
        st.sampled_from(["MARSEC", "TESSIER", "NOIRAUD", "ROYER", "SALAÜN", "LAFARGE", "PONTET", "CASTEL", "VIDALIN"]),
        min_size=1,
        max_size=2,
    ),
)
PERSON = st.tuples(st.sampled_from(["M.", "Mme"]), GIVEN, FAMILY)


def people(least: int, most: int) -> st.SearchStrategy[list[Person]]:
    return st.lists(PERSON, min_size=least, max_size=most, unique_by=lambda p: p[2])


def given_first(person: Person) -> str:
    return f"{person[1]} {person[2]}"


def family_first(person: Person) -> str:
    return f"{person[2]} {person[1]}"


def civil(person: Person) -> str:
    return f"{person[0]} {person[2]} {person[1]}"


def joined(sign: str, write: Callable[[Person], str]) -> Writer:
    return lambda persons: sign.join(map(write, persons))


LAYOUTS: dict[str, Writer] = {
    "commas": joined(", ", given_first),
    "commas without space": joined(",", given_first),
    "semicolons": joined(" ; ", civil),
    "dashes": joined(" - ", given_first),
    "long dashes": joined(" – ", family_first),
    "civilities alone": joined(" ", civil),
    "civilities and commas": joined(", ", civil),
    "lines": joined("\n", given_first),
    "lines with civilities": joined("\n", civil),
    "bullets": lambda persons: "\n".join(f"- {civil(p)}" for p in persons),
    "one word a line": lambda persons: ",\n".join(given_first(p) for p in persons).replace(" ", "\n"),
    "case alone": joined(" ", given_first),
    "tabs": joined("\t", civil),
    "roles": lambda persons: ", ".join(
        given_first(p) + (", Maire", ", 1er adjoint", ", conseillère déléguée aux sports", "")[i % 4]
        for i, p in enumerate(persons)
    ),
    "by commune": lambda persons: "\n".join(f"Valmorin-{i} : {civil(p)}" for i, p in enumerate(persons)) + "\nSault :",
    "organisations represented": joined(" (Secours fraternel), ", given_first),
    "commune first": lambda persons: ", ".join(f"VALMORIN ({family_first(p)})" for p in persons),
}
HEADINGS = [
    "Étaient présents :",
    "ETAIENT PRESENTS :",
    "Présents ({n}) :",
    "PRÉSENTS : {n}\n",
    "Membres présents :\n",
    "Conseillers présents\n",
    "Étaient présents à l'ouverture de la séance :",
    "Sont présents : Mesdames et Messieurs",
    "Mesdames et Messieurs les Conseillers :",
    "Présent·e·s :",
    "Assistaient à la réunion :",
]
LINKS = [
    "{g} (pouvoir à {h})",
    "{g} (procuration à {h})",
    "{g} donne pouvoir à {h}",
    "{g} ayant donné procuration à {h}",
    "{g} qui avait donné pouvoir à {h}",
    "{g}, excusé, pouvoir à {h}",
    "{g} représenté par {h}",
    "{g} (pouvoir donné à {h})",
    "{g} (mandataire : {h})",
]
BARE = ["{g} à {h}", "{g} par {h}", "{g} -> {h}", "{h} pour {g}", "{h} (procuration de {g})"]
PROXIES = ["Pouvoirs :", "Procurations :", "Ont donné pouvoir :", "ABSENTS AYANT DONNÉ PROCURATION :", "Représentés :"]


def roster(header: str) -> tuple[AttendanceFact, ...]:
    end = len(header)
    rosters = find_rosters(header, folded(header), Span(0, end))
    layout = ActLayout(
        Span(0, end), Span(0, end), rosters, None, None, None, Span(end, end), None, (), None, Span(end, end)
    )
    return read_roster(header, layout, lambda _offset: None)


def words(name: str) -> str:
    return " ".join(sorted(key(name).split()))


def told(facts: tuple[AttendanceFact, ...], status: str) -> list[str]:
    return sorted(words(fact.member.written) for fact in facts if fact.status == status)


def wanted(persons: list[Person]) -> list[str]:
    return sorted(words(given_first(p)) for p in persons)


def proxies(facts: tuple[AttendanceFact, ...]) -> list[tuple[str, str]]:
    return sorted((words(f.member.written), words(f.proxy_holder.written)) for f in facts if f.proxy_holder)


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=examples(9), deadline=None)
@given(present=people(2, 12), away=people(1, 3), heading=st.sampled_from(HEADINGS), glued=st.booleans())
def test_any_roster_in_any_layout(
    layout: str, present: list[Person], away: list[Person], heading: str, glued: bool
) -> None:
    away = [p for p in away if p[2] not in {other[2] for other in present}]
    line = " " if glued and "\n" not in heading and layout != "tabs" else "\n"
    text = (
        f"Séance du 3 mars 2023\n{heading.format(n=len(present))} {LAYOUTS[layout](present)}{line}"
        f"Absents : {', '.join(map(given_first, away))}\nSecrétaire de séance : M. Hors LISTE"
    )
    facts = roster(text)
    assert told(facts, "present") == wanted(present)
    assert told(facts, "absent") == wanted(away)


@pytest.mark.parametrize("link", LINKS + BARE)
@settings(max_examples=examples(9), deadline=None)
@given(
    givers=people(1, 4),
    holders=people(4, 6),
    heading=st.sampled_from(PROXIES),
    write=st.sampled_from([given_first, civil, family_first]),
    sign=st.sampled_from([", ", " ; ", "\n"]),
)
def test_any_proxies_in_any_words(
    link: str, givers: list[Person], holders: list[Person], heading: str, write: Callable[[Person], str], sign: str
) -> None:
    givers = [p for p in givers if p[2] not in {other[2] for other in holders}]
    pairs = list(zip(givers, holders, strict=False))
    listed = sign.join(link.format(g=write(giver), h=write(holder)) for giver, holder in pairs)
    facts = roster(f"Présents : {', '.join(map(given_first, holders))}\n{heading} {listed}\nSecrétaire : Hors LISTE")
    assert proxies(facts) == sorted((words(given_first(g)), words(given_first(h))) for g, h in pairs)
    assert told(facts, "present") == wanted(holders)


@settings(max_examples=examples(14), deadline=None)
@given(
    rows=st.lists(st.tuples(PERSON, st.sampled_from("PRA")), min_size=2, max_size=9, unique_by=lambda r: r[0][2]),
    sign=st.sampled_from([" | ", "\t"]),
)
def test_any_table(rows: list[tuple[Person, str]], sign: str) -> None:
    holder = "Hélène TENANT"
    cells = {"P": ["X", ""], "R": ["", holder], "A": ["", ""]}
    lines = [sign.join([family_first(person), "Valmorin", *cells[state]]) for person, state in rows]
    head = sign.join(["Nom", "Commune", "Présent", "Pouvoir à"])
    facts = roster("\n".join(["Séance du 3 mars 2023", "", head, *lines, "", "Quorum : 5"]))
    for state, status in (("P", "present"), ("R", "represented"), ("A", "absent")):
        assert told(facts, status) == wanted([person for person, told_as in rows if told_as == state])
    assert all(holder_of == words(holder) for _, holder_of in proxies(facts))


def test_one_list_a_column() -> None:
    facts = roster(
        "| Titulaires présents | Suppléants présents | Excusés |\n|---|---|---|\n"
        "| Aline MARSEC | Bruno TESSIER (suppl. de M. Pontet) | Luc ROYER |\n| Carla NOIRAUD | | |\n"
    )
    assert told(facts, "present") == wanted(
        [("", "Aline", "MARSEC"), ("", "Bruno", "TESSIER"), ("", "Carla", "NOIRAUD")]
    )
    assert told(facts, "absent") == wanted([("", "Luc", "ROYER")])


@pytest.mark.parametrize(
    ("header", "present"),
    [
        ("Présents : M. LE BRIS Jean, Mme ROY Anne. M. LE BRIS, Maire, ouvre la séance.", 2),
        ("Présents : Anne ROYER, Jean PONTET Le conseil municipal désigne son secrétaire.", 2),
        ("Présents : Anne ROYER, Jean PONTET n° 13-02-2023 - Approbation du plan de financement", 2),
        ("Présents : Anne ROYER, Jean PONTET.\n\nSUBVENTIONS AUX ASSOCIATIONS", 2),
        ("Présents : Anne ROYER, Jean PONTET\nAssistait à la séance : M. Luc CASTEL, directeur", 2),
        ("Présents : 23\nAbsents : 06\nVotants : 27\nM. Jean PONTET est élu secrétaire.", 0),
        ("Nombre de présents : 12\nDate de convocation : 3 mars 2023\nMonsieur Jean PONTET expose", 0),
        ("Présents : Anne ROYER, Jean PONTET\nExcusés : /\nAbsents :\n\nM. PONTET, Maire, préside.", 2),
    ],
)
def test_a_list_stops_where_prose_begins(header: str, present: int) -> None:
    facts = roster(header)
    assert len(facts) == len(told(facts, "present")) == present


def test_a_substitute_sits_in_his_own_right() -> None:
    facts = roster(
        "Présents : M. Jean PONTET, suppléant de Mme Zoé ROYER ; M. Luc CASTEL\n"
        "Excusés : Mme Anne VIDALIN (remplacée par M. Paul NOIRAUD)"
    )
    assert told(facts, "present") == ["castel luc", "jean pontet", "noiraud paul"]
    assert told(facts, "absent") == ["anne vidalin"]


def test_whoever_is_told_twice_is_one_entry() -> None:
    facts = roster(
        "Présents : Mme MARSEC Aline, M. TESIER Bruno\nExcusés : Mme ROYER Zoé, M. PONTET Jean Marc\n"
        "Pouvoirs : Mme ROYER à M. TESSIER Bruno, M. PONTET Jean-Marc pouvoir à Mme MARSEC Aline"
    )
    assert len(facts) == 4
    assert told(facts, "represented") == ["jean marc pontet", "royer zoe"]
    assert told(facts, "absent") == []


def test_givers_without_holder() -> None:
    facts = roster(
        "Présents : Anne ROYER\nAbsents ayant voté par procuration en application de l'article L. 2121-20 du Code\n"
        "général des collectivités territoriales :\nLuc CASTEL, Zoé PONTET.\nAbsents : Paul NOIRAUD"
    )
    assert told(facts, "represented") == ["castel luc", "pontet zoe"]
    assert told(facts, "absent") == ["noiraud paul"]


def test_an_empowerment_is_no_proxy() -> None:
    facts = roster("Présents : Anne ROYER, Luc CASTEL\nLe conseil donne tous pouvoirs à M. le Maire pour signer.")
    assert [fact.status for fact in facts] == ["present", "present"]


def test_who_came_or_left_in_between_is_told_both_ways() -> None:
    facts = roster(
        "Présents : M. Luc CASTEL (jusqu'à 22h40, point n° 2), M. Jean PONTET\n"
        "Pouvoirs : M. Luc CASTEL à M. Jean PONTET (à partir de 22h40, point n° 3)"
    )
    found = [(f.status, f.valid_from, f.valid_until) for f in facts if f.member.family == "CASTEL"]
    assert found == [("present", None, "22h40"), ("represented", "22h40", None)]


def session(header: str) -> dict[str, object]:
    end = len(header)
    rosters = find_rosters(header, folded(header), Span(0, end))
    layout = ActLayout(
        Span(0, end), Span(0, end), rosters, None, None, None, Span(end, end), None, (), None, Span(end, end)
    )
    return read_session(header, layout, lambda _offset: None).model_dump(exclude={"evidence"})


def test_who_presides_and_is_not_repeated_in_the_list_is_present() -> None:
    facts = session("Sous la présidence de M. René ROYER, Maire. Présents : Anne PONTET, Luc CASTEL.")
    assert [a["member"]["written"] for a in facts["attendance"]] == ["René ROYER", "Anne PONTET", "Luc CASTEL"]  # type: ignore[attr-defined]
    counted = session("Sous la présidence de M. René ROYER, Maire. Présents : 2\nAnne PONTET, Luc CASTEL")
    assert len(counted["attendance"]) == 2  # type: ignore[arg-type]


def test_a_proxy_to_the_mayor_goes_to_who_presides() -> None:
    facts = session(
        "Présidence : Mme Anne PONTET\nPrésents : Anne PONTET, Luc CASTEL\nPouvoirs : Zoé ROYER à Mme la Maire"
    )
    (giver,) = [a for a in facts["attendance"] if a["status"] == "represented"]  # type: ignore[attr-defined]
    assert giver["proxy_holder"]["written"] == "Anne PONTET"
