"""The screen against the engine itself: what the engine would send out, the screen must have refused."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from service.problems import Problem
from service.sparql.screen import Screened, _plain, _Scan, screen

# The engine's own HTTP client refuses port 1, before any socket: a call shows as an OSError and goes nowhere.
PROLOGUE = "BASE <http://127.0.0.1:1/> PREFIX e: <http://127.0.0.1:1/> PREFIX : <http://127.0.0.1:1/> "
CALL = "SERVICE<http://127.0.0.1:1/>{}"
STORE = Store()
STORE.add(Quad(NamedNode("http://x.test/s"), NamedNode("http://x.test/p"), Literal(1)))


def check(query: str, nesting: int = 100) -> Screened:
    return screen(query, max_bytes=65536, max_nesting=nesting)


def refusal(query: str) -> Problem:
    with pytest.raises(Problem) as caught:
        check(query)
    return caught.value


def calls_out(query: str) -> bool:
    try:
        list(STORE.query(query))  # type: ignore[arg-type, call-overload]
    except OSError:
        return True
    except (SyntaxError, RuntimeError, ValueError, TypeError):
        return False
    return False


DISGUISES = [
    "{" + CALL + "}",
    "{ service <http://127.0.0.1:1/> {} }",
    "{ SERVICE SILENT <http://127.0.0.1:1/> {} }",
    "{SERVICEe:a{}}",
    "{SERVICESILENTe:a{}}",
    "{SERVICE:a{}}",
    "{service:Foo {}}",
    "{?s ?p ?o." + CALL + "}",
    "{?s ?p ?o.SERVICE#comment\n<http://127.0.0.1:1/>{}}",
    "{?s ?p 1" + CALL + "}",
    "{?s ?p e:a.b." + CALL + "}",
    "{?s ?p e:." + CALL + "}",
    "{?s ?p 'a'@fr." + CALL + "}",
    "{?s ?p true" + CALL + "}",
    "{?s ?p []" + CALL + "}",
    "{?s ?p <a\\u0023>." + CALL + "}",
    "{ # }\n" + CALL + "}",
    "{?s ?p '''a'b''c''' . " + CALL + "}",
    '{?s ?p "a\\"" . ' + CALL + "}",
    "{FILTER(1<2)" + CALL + "}",
    "{FILTER EXISTS{" + CALL + "}}",
    "{LATERAL{" + CALL + "}}",
    "{BIND(<http://127.0.0.1:1/> AS ?x)SERVICE?x{}}",
]


@pytest.mark.parametrize("body", DISGUISES)
def test_service_is_refused_however_disguised(body: str) -> None:
    problem = refusal(PROLOGUE + "SELECT * " + body)
    assert (problem.status, problem.slug) == (403, "service-refused")


def test_a_comparison_that_reads_as_an_iri_hides_nothing() -> None:
    body = "{?s ?p ?o FILTER(?o<1#>'''\n) " + CALL + " }#'''"
    assert calls_out(PROLOGUE + "SELECT * " + body.replace("?s ?p ?o ", ""))
    assert refusal(PROLOGUE + "SELECT * " + body).slug == "query-ambiguous"


@pytest.mark.parametrize(
    "body",
    [
        "{ ?service ?p 'SERVICE <http://x.test/> {}' }",
        "{ ?s ?p <http://x.test/SERVICE> } # SERVICE <http://x.test/> {}",
        '{ ?s ?p """il y a\nun SERVICE { "" }""" }',
        "{ ?s e:SERVICE ?o ; e:service.public ?p ; e:a/e:b.SERVICE ?q }",
        "{ ?s ?p 'x'@service }",
        "{ ?s service:name ?o }",
        "{ VALUES (?a ?b) { (<http://x.test/#a> <http://x.test/#b'(>) } }",
        "{ ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
    ],
)
def test_the_word_is_free_where_it_calls_nothing(body: str) -> None:
    assert check("PREFIX service: <http://x.test/> " + PROLOGUE + "SELECT * " + body).form == "SELECT"


PIECES = st.sampled_from(
    [
        "SERVICE", "service", "SILENT", "<http://127.0.0.1:1/>", "{}", "{", "}", "(", ")", "?s", "?s ?p ?o", ".",
        ";", " ", "\n", "#", "'", '"', "'''", "<", ">", "<a#>", "1", "e:", "e:a", ":a", "_:b", "@fr", "true",
        "FILTER(", "EXISTS", "OPTIONAL", "UNION", "\\", "'a'", "?o<1#>", "BIND(1 AS ?x)", "[]", "a", "^",
        "/", "MINUS",
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=9), st.lists(PIECES, max_size=4))
@example(["FILTER(", "?o<1#>", "'''", "\n", ")"], ["#", "'''"])
@example(["?s ?p ?o", "e:a", ".", "e:a", "."], [])
def test_nothing_that_passes_calls_out(before: list[str], after: list[str]) -> None:
    query = PROLOGUE + "SELECT * {" + "".join(before) + CALL + "".join(after) + "}"
    try:
        check(query)
    except Problem:
        return
    assert not calls_out(query)


BEGINNINGS = st.sampled_from(
    [
        "PREFIX e: <http://x.test/>", "prefix : <https://x.test/#>", "BASE <http://x.test/>", "BASE <relative>",
        "PREFIX ß: <http://x.test/>", "# a\n", "SELECT", "ſelect", "ask", "CONSTRUCT", "DESCRIBE<http://x.test/>",
        "SELECTed", "select.ask", "e:SELECT", "LOAD", "INSERT", "WITH", "now()", "FROM", "ßERVICE", " ", "\n", "'", "a",
        "((", "[", "{{{",
    ]
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.lists(BEGINNINGS, max_size=5), st.lists(st.one_of(PIECES, BEGINNINGS), max_size=8), st.integers(0, 4))
@example(["SELECT"], ["?s", "{", "}"], 3)
def test_a_plain_query_is_judged_as_the_whole_scan_judges_it(before: list[str], after: list[str], nesting: int) -> None:
    query = " ".join(before) + " " + "".join(after)
    if (plain := _plain(query, nesting)) is not None:
        assert plain == _Scan(query, nesting).run()


def test_a_small_query_needs_no_scan() -> None:
    query = "PREFIX dg: <https://w3id.org/delibgraph/ns#>\nselect ?f { ?f a dg:Funding } LIMIT 3"
    assert _plain(query, 100) == Screened("SELECT", has_dataset=False, volatile=False)


@pytest.mark.parametrize(
    "word", ["INSERT DATA {}", "delete where {}", "LOAD <http://x.test/>", "CLEAR ALL", "DROP ALL"]
)
def test_updates_are_refused(word: str) -> None:
    assert refusal("PREFIX ex: <http://x.test/>\n# SELECT\n" + word).slug == "update-refused"


def test_depth_and_size_are_bounded() -> None:
    assert refusal("SELECT * " + "{" * 5000 + "}" * 5000).slug == "query-too-deep"
    assert refusal("ASK { FILTER " + "(" * 200 + "1" + ")" * 200 + " }").slug == "query-too-deep"
    assert refusal("ASK {} #" + "é" * 40_000).status == 413
    assert check("ASK " + "{" * 90 + "}" * 90).form == "ASK"


def test_a_refusal_says_where() -> None:
    problem = refusal("SELECT *\n{\n  SERVICE <http://x.test/> {} }")
    assert (problem.extra["line"], problem.extra["column"]) == (3, 3)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * {}", Screened("SELECT", has_dataset=False, volatile=False)),
        ("PREFIX select: <http://x.test/> ASK { ?ask ?from 'FROM' }", Screened("ASK", False, False)),
        ("describe <http://x.test/> FROM <http://x.test/g>", Screened("DESCRIBE", True, False)),
        ("CONSTRUCT { ?s ?p ?t } WHERE { ?s ?p ?o BIND(now() AS ?t) }", Screened("CONSTRUCT", False, True)),
        ("nonsense", Screened(None, False, False)),
    ],
)
def test_what_the_scan_learns(query: str, expected: Screened) -> None:
    assert check(query) == expected


@pytest.mark.parametrize("piece", ["a.", "'''\\'", "<", "a:b.", "_:", "?", '"', "#\n", "\\"])
def test_the_scan_is_linear(piece: str) -> None:
    query = (piece * 65536)[:65536]
    started = time.process_time()
    check(query)
    assert time.process_time() - started < 1
