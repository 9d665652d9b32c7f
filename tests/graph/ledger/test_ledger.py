"""The ledger says of a store what SPARQL says: which lines there are, which count, and what they add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.ledger import Criteria, Ledger, Order, write

BASE = "http://localhost:8000/id"
PREFIXES = """
    PREFIX dg: <https://w3id.org/delibgraph/ns#> PREFIX dct: <http://purl.org/dc/terms/>
    PREFIX eli: <http://data.europa.eu/eli/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> BASE <http://localhost:8000/id/>
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Callable[[str], Ledger]:
    """ledger(triples) → the ledger of a store of an act of 2023 by A, with organisations a, b, c, and these triples."""

    def made(triples: str) -> Ledger:
        store = ox.Store()
        store.update(
            PREFIXES
            + """INSERT DATA {
            <act/1> a dg:Deliberation ; eli:title "Subventions" ; dg:session <session/1> .
            <session/1> a dg:Session ; dct:date "2023-05-04"^^xsd:date .
            <org/a> a dg:LocalAuthority ; skos:prefLabel "Ville A"@fr ; skos:altLabel "A" .
            <org/b> a dg:Association ; skos:prefLabel "Éclair" . <org/c> skos:prefLabel "Zèbre" . """
            + triples
            + "}"
        )

        def select(query: str) -> Iterator[dict[str, str]]:
            found = store.query(query)
            assert isinstance(found, ox.QuerySolutions)
            names = [variable.value for variable in found.variables]
            for row in found:
                yield {n: str(getattr(t, "value", t)) for n, t in zip(names, row, strict=True) if t is not None}

        path = tmp_path / "ledger.sqlite"
        write(path, select)
        return Ledger(path)

    return made


def funding(name: str, **told: str) -> str:
    facts = {"status": "dg:Awarded", "decidedBy": "<act/1>", **told}
    return f"<f/{name}> a dg:Funding " + " ".join(f"; dg:{key} {value}" for key, value in facts.items()) + " . "


def ids(found: Ledger) -> dict[str, int]:
    return {thing.iri.removeprefix(f"{BASE}/"): thing.id for thing in found.things().values()}


def total(found: Ledger, **criteria: object) -> Decimal | None:
    with found.choose(Criteria(**criteria)) as chosen:  # type: ignore[arg-type]
        return chosen.sums().amount


def test_a_yearly_amount_is_a_line_each_year_and_fifteen_at_most(ledger: Callable[[str], Ledger]) -> None:
    period = {"per": "dg:Year", "startYear": '"2020"^^xsd:gYear', "endYear": '"2050"^^xsd:gYear'}
    found = ledger(funding("y", amount="10", **period) + funding("once", amount="7", startYear='"2021"^^xsd:gYear'))
    with found.choose(Criteria()) as chosen:
        years = chosen.by_year()
    assert list(years) == list(range(2020, 2035))
    assert years[2021].amount == 17
    assert total(found) == 157


def test_a_year_that_is_not_told_is_that_of_the_seance(ledger: Callable[[str], Ledger]) -> None:
    found = ledger(funding("f", amount="12.5"))
    assert found.years("Awarded") == [2023]
    assert total(found, years=frozenset({2023})) == Decimal("12.5")
    assert total(found, first=2024) is None


def test_what_is_no_subsidy_or_has_another_status_does_not_count(ledger: Callable[[str], Ledger]) -> None:
    found = ledger(
        funding("a", amount="1")
        + funding("b", amount="2", kind="dg:contribution")
        + funding("c", amount="4", kind="dg:guarantee")
        + funding("d", amount="8", status="dg:Requested")
    )
    assert total(found) == 3
    assert total(found, status="Requested") == 8


def test_parts_count_only_for_parties_that_no_total_above_names(ledger: Callable[[str], Ledger]) -> None:
    found = ledger(
        funding("whole", amount="100", funder="<org/a>")
        + funding("half", amount="60", funder="<org/a>", beneficiary="<org/b>", partOf="<f/whole>")
        + funding("piece", amount="20", funder="<org/a>", beneficiary="<org/b>", partOf="<f/half>")
        + funding("other", amount="40", beneficiary="<org/c>", partOf="<f/whole>")
    )
    party = ids(found)
    assert total(found) == 100
    assert total(found, funder=frozenset({party["org/a"]})) == 100
    assert total(found, beneficiary=frozenset({party["org/b"]})) == 60
    assert total(found, beneficiary=frozenset({party["org/c"]})) == 40
    assert total(found, beneficiary=frozenset({party["org/b"], party["org/c"]})) == 100
    assert total(found, beneficiary=frozenset()) is None


def test_a_circle_of_parts_is_read_and_counts_nothing(ledger: Callable[[str], Ledger]) -> None:
    found = ledger(funding("x", amount="1", partOf="<f/y>") + funding("y", amount="2", partOf="<f/x>"))
    assert total(found) is None


def test_where_copies_differ_a_funding_is_one_line_with_the_least_they_say(ledger: Callable[[str], Ledger]) -> None:
    found = ledger(funding("f", amount="100, 90", confidence="0.9, 0.7", funder="<org/a>, <org/c>"))
    with found.choose(Criteria()) as chosen:
        (line,) = chosen.lines(Order())
    assert (line.amount, line.confidence) == (90, Decimal("0.7"))
    assert total(found, confidence=80) is None
    assert total(found, confidence=70) == 90


def test_sums_are_exact_whatever_their_size(ledger: Callable[[str], Ledger]) -> None:
    found = ledger("".join(funding(f"f{n}", amount="0.1") for n in range(10)) + funding("h", amount="900000000000.01"))
    assert total(found) == Decimal("900000000001.01")


def test_an_amount_that_is_not_told_is_no_zero(ledger: Callable[[str], Ledger]) -> None:
    found = ledger(funding("f", beneficiary="<org/b>"))
    with found.choose(Criteria()) as chosen:
        assert (chosen.sums().amount, chosen.sums().lines, chosen.sums().untold) == (None, 1, 1)
        assert chosen.ranked("beneficiary") == []


def test_money_that_comes_back_is_told_once(ledger: Callable[[str], Ledger]) -> None:
    found = ledger(
        funding("there", amount="10", funder="<org/a>", beneficiary="<org/b>")
        + funding("back", amount="4", funder="<org/b>", beneficiary="<org/a>")
        + funding("self", amount="9", funder="<org/c>", beneficiary="<org/c>")
    )
    party = ids(found)
    with found.choose(Criteria()) as chosen:
        assert chosen.returns() == [(party["org/a"], party["org/b"], 10, 4)]


def test_lines_are_sorted_as_asked_with_what_is_not_told_last(ledger: Callable[[str], Ledger]) -> None:
    found = ledger(
        funding("1", amount="5", beneficiary="<org/c>")
        + funding("2", beneficiary="<org/b>")
        + funding("3", amount="7", beneficiary="<org/a>")
        + funding("4", amount="6")
    )

    def order(column: str, *, down: bool) -> list[str]:
        with found.choose(Criteria()) as chosen:
            return [line.funding[-1] for line in chosen.lines(Order(column, down))]

    assert order("amount", down=True) == ["3", "4", "1", "2"]
    assert order("amount", down=False) == ["1", "4", "3", "2"]
    assert order("beneficiary", down=False) == ["2", "3", "1", "4"]  # Éclair, Ville A, Zèbre, nobody
    with pytest.raises(ValueError, match="drop"):
        order("drop", down=True)


def test_names_kinds_and_spellings_are_kept(ledger: Callable[[str], Ledger]) -> None:
    found = ledger(funding("f", funder="<org/a>", beneficiary="<person/private-x>"))
    told = {thing.label: thing.kind for thing in found.things().values()}
    assert told == {"Ville A": "LocalAuthority", "Personne privée": ""}
    (town,) = (thing.id for thing in found.things().values() if thing.label == "Ville A")
    assert [set(found.named(text)) for text in ("ville a", "ille", "b c")] == [{town}, {town}, set()]
    assert found.figures()["acts"] == 1


def test_the_largest_bodies_and_what_they_pay_each_other(ledger: Callable[[str], Ledger]) -> None:
    found = ledger(
        funding("1", funder="<org/a>", beneficiary="<org/b>", amount="100")
        + funding("2", funder="<org/b>", beneficiary="<org/c>", amount="10")
        + funding("3", funder="<org/c>", beneficiary="<org/d>", amount="1")
        + funding("4", beneficiary="<org/d>", amount="1000")
    )
    a, b, c, d = (ids(found)[f"org/{name}"] for name in "abcd")
    with found.choose(Criteria()) as chosen:
        listed, count = chosen.largest(3)
        assert count == 4
        assert listed == [(b, Decimal(10), Decimal(100)), (a, Decimal(100), Decimal(0)), (c, Decimal(1), Decimal(10))]
        assert chosen.among({a, b, d}) == {(a, b): Decimal(100)}
        assert chosen.unnamed() == Decimal(1000)


def test_an_account_tells_sums_parties_and_fundings_of_one_party(ledger: Callable[[str], Ledger]) -> None:
    yearly = {"per": "dg:Year", "startYear": '"2022"^^xsd:gYear', "endYear": '"2024"^^xsd:gYear'}
    found = ledger(
        funding("y", funder="<org/a>", beneficiary="<org/b>", amount="10", **yearly)
        + funding("once", funder="<org/a>", beneficiary="<org/c>", amount="25")
        + funding("open", funder="<org/a>", beneficiary="<org/b>")
        + funding("nobody", funder="<org/a>", amount="3")
        + funding("asked", funder="<org/a>", beneficiary="<org/b>", amount="50", status="dg:Requested")
        + funding("part", funder="<org/a>", beneficiary="<org/c>", amount="5", partOf="<f/once>")
    )
    with found.account("funder", f"{BASE}/org/a") as its:
        assert its.sums("Awarded") == {2022: 10, 2023: 38, 2024: 10}
        assert (len(its.untold("Awarded")), its.holds("Requested"), its.holds("Rejected")) == (1, True, False)
        parties = its.parties("beneficiary", "Awarded")
        assert [(p.iri and p.iri[-1], p.amount, p.fundings, p.first, p.last) for p in parties] == [
            ("b", 30, 2, 2022, 2024),
            ("c", 25, 1, 2023, 2023),
            (None, 3, 1, 2023, 2023),
        ]
        assert (parties[1].iri, [p.amount for p in parties[1:9]]) == (f"{BASE}/org/c", [25, 3])
        fundings = its.fundings()
        assert [one.funding.rsplit("/", 1)[1] for one in fundings] == ["asked", "once", "nobody", "open", "y"]
        assert [one.yearly for one in fundings] == [False, False, False, False, True]
        assert (fundings[3].amount, fundings[4].beneficiary) == (None, f"{BASE}/org/b")
    with found.account("funder", f"{BASE}/org/unknown") as its:
        assert (list(its.fundings()), list(its.parties("beneficiary", "Awarded"))) == ([], [])
    with found.account_of([f"{BASE}/f/part", f"{BASE}/f/none"]) as its:
        assert its.sums("Awarded") == {2023: 5}
