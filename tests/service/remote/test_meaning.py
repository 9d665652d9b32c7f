"""What a store must answer rightly before it is served: the rules hold by the standard, the broken ones are named."""

from collections.abc import Callable

import pytest
from pyoxigraph import Literal, QueryBoolean, QuerySolutions, RdfFormat, Store

from service.problems import Problem
from service.remote import faults, meaning
from service.remote.asking import Asker
from service.remote.store import RemoteStore
from service.settings import Settings
from service.store import NoReleaseError, QueryKindError, Row

FUNDINGS = """@prefix dg: <https://w3id.org/delibgraph/ns#> .
<urn:f> dg:endYear "2020"^^<http://www.w3.org/2001/XMLSchema#gYear> .
<urn:g> dg:endYear "2023"^^<http://www.w3.org/2001/XMLSchema#gYear> ."""


class Engine(RemoteStore):
    """Our own engine in the place of a store; `wrong` may answer a SELECT otherwise."""

    def __init__(self, wrong: Callable[[str], list[Row] | None] = lambda _query: None, data: str = FUNDINGS) -> None:
        super().__init__(Asker(Settings(endpoint="http://127.0.0.1:1/")))
        self._store = Store()
        self._store.load(data.encode(), format=RdfFormat.TURTLE)
        self._wrong = wrong

    def select(self, query: str, seconds: float | None = None) -> list[Row]:
        if (spoilt := self._wrong(query)) is not None:
            return spoilt
        found = self._store.query(query)
        assert isinstance(found, QuerySolutions)
        names = [variable.value for variable in found.variables]
        return [{n: t for n, t in zip(names, row, strict=True) if t is not None} for row in found]

    def ask(self, query: str) -> bool:
        found = self._store.query(query)
        assert isinstance(found, QueryBoolean)
        return bool(found)


@pytest.mark.parametrize("data", ["", FUNDINGS], ids=["nothing", "fundings"])
def test_what_the_standard_says_holds_in_our_engine(data: str) -> None:
    meaning.check(Engine(data=data), "http://store/")


def test_all_that_a_store_gets_wrong_is_named_with_what_it_answered() -> None:
    def wrong(query: str) -> list[Row] | None:
        if "endYear" in query:
            return [{"end": Literal(2020)}, {"end": Literal(2023)}]
        if "BIND(2 AS ?a)" in query:
            return [{"a": Literal(2)}]
        if "COUNT(?nothing)" in query:
            return []
        if "UNION" in query:
            raise faults.failed(400, "SP031: no plan")
        return None

    with pytest.raises(NoReleaseError) as told:
        meaning.check(Engine(wrong), "http://store/")
    lines = str(told.value).splitlines()
    assert [line.split(" : ")[0] for line in lines if line.startswith("- ")] == [
        "- count",
        "- distinct",
        "- optional",
        "- branches",
    ]
    assert "aucune ligne" in lines[1]
    assert lines[2].endswith("?end = 2020")
    assert lines[3].endswith("?a = 2")
    assert "SP031" in lines[4]


def test_a_row_that_is_lost_is_wrong_though_no_other_is_there() -> None:
    with pytest.raises(NoReleaseError, match=r"- optional : .*aucune ligne"):
        meaning.check(Engine(lambda query: [] if "BIND(2 AS ?a)" in query else None), "http://store/")


def test_rows_for_a_boolean_are_told_and_the_rest_is_asked_all_the_same() -> None:
    class Rows(Engine):
        def ask(self, query: str) -> bool:
            raise QueryKindError(query)

    with pytest.raises(NoReleaseError) as told:
        meaning.check(Rows(lambda query: [] if "COUNT(?nothing)" in query else None), "http://store/")
    assert "- boolean : " in str(told.value)
    assert "- count : " in str(told.value)


def test_a_store_that_does_not_answer_is_not_called_wrong() -> None:
    def silent(_query: str) -> list[Row] | None:
        raise faults.unreachable("refus")

    with pytest.raises(Problem, match="ne répond pas"):
        meaning.check(Engine(silent), "http://store/")


def test_faults_are_accepted_where_patterns_do_without() -> None:
    class Coarse(Engine):
        def ask(self, query: str) -> bool:
            raise QueryKindError(query)

    with pytest.raises(NoReleaseError, match="endpoint_faults"):
        meaning.check(Coarse(), "http://store/")
    assert meaning.check(Coarse(), "http://store/", accepted=True) == {"boolean"}
    assert meaning.check(Engine(), "http://store/", accepted=True) == set()

    def blind(query: str) -> list[Row] | None:
        return [] if "EXISTS { ?one" in query else None

    with pytest.raises(NoReleaseError, match="exists") as told:
        meaning.check(Coarse(blind), "http://store/", accepted=True)
    assert "endpoint_faults" not in str(told.value)
