"""What was answered once is answered again without being computed, and never when it might differ."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.repeated import Repeated

QUERY = "SELECT ?n { ?s foaf:name ?n } ORDER BY ?n"
ALL = "SELECT ?a ?b ?c { ?a ?b ?c } ORDER BY ?a ?b ?c"


def _again(answer: httpx.Response) -> bool:
    return 'cache;desc="hit"' in answer.headers.get("server-timing", "")


def _ask(client: httpx.Client, query: str = QUERY, headers: dict[str, str] | None = None, **more: str):
    return client.get("/sparql", params={"query": query, **more}, headers=headers)


def test_the_second_answer_is_the_first_under_an_id_of_its_own(serve: Callable[..., httpx.Client]) -> None:
    client = serve()
    first, second = _ask(client), _ask(client)
    assert not _again(first)
    assert _again(second)
    assert second.content == first.content
    own = {"x-request-id", "server-timing", "date"}
    assert {k: v for k, v in second.headers.items() if k not in own} == {
        k: v for k, v in first.headers.items() if k not in own
    }
    assert first.headers["x-request-id"] != second.headers["x-request-id"]
    text = client.get("/metrics").text
    assert 'delibgraph_sparql_queries_total{outcome="repeated"} 1.0' in text
    assert 'delibgraph_http_requests_total{method="GET",route="/sparql",status="200"} 2.0' in text


def test_format_coding_and_address_have_answers_of_their_own(serve: Callable[..., httpx.Client]) -> None:
    client = serve()
    for headers in ({"Accept": "text/csv"}, {"Accept": "application/sparql-results+xml"}):
        for coding in ("identity", "gzip", "br"):
            asked = {**headers, "Accept-Encoding": coding}
            first, second = _ask(client, ALL, asked), _ask(client, ALL, asked)
            assert not _again(first)
            assert _again(second)
            assert second.content == first.content
            assert second.headers["content-type"].startswith(headers["Accept"])
            assert second.headers.get("content-encoding", "identity") == coding


def test_it_is_revalidated_and_asked_for_by_head(serve: Callable[..., httpx.Client]) -> None:
    client = serve()
    first = _ask(client)
    held = _ask(client, headers={"If-None-Match": first.headers["etag"]})
    assert (held.status_code, held.content, _again(held)) == (304, b"", True)
    assert held.headers["etag"] == first.headers["etag"]
    assert "content-type" not in held.headers
    assert _ask(client, headers={"If-None-Match": 'W/"other"'}).status_code == 200
    head = client.head("/sparql", params={"query": QUERY})
    assert (head.status_code, head.content, _again(head)) == (200, b"", True)
    assert head.headers["content-length"] == str(len(first.content))


@pytest.mark.parametrize("control", ["no-cache", "no-store", "max-age=0, no-cache"])
def test_who_wants_it_computed_has_it_computed(serve: Callable[..., httpx.Client], control: str) -> None:
    client = serve()
    _ask(client)
    assert not _again(_ask(client, headers={"Cache-Control": control}))


@pytest.mark.parametrize("query", ["SELECT (NOW() AS ?t) {}", "SELECT (RAND() AS ?r) {}", "SELECT * {", "ASK {} #"])
def test_what_may_differ_and_what_failed_is_computed_each_time(serve: Callable[..., httpx.Client], query: str) -> None:
    client = serve()
    answers = [_ask(client, query) for _ in range(3)]
    assert [_again(answer) for answer in answers] == [False, *([query == "ASK {} #"] * 2)]
    assert len({answer.status_code for answer in answers}) == 1


def test_a_new_release_empties_the_memory(
    serve: Callable[..., httpx.Client], swap: Callable[[str, bytes], Path], trig: bytes
) -> None:
    client = serve()
    assert "Jeanne MOREL" in _ask(client).text
    assert _again(_ask(client))
    swap("r2", trig.replace(b"Jeanne MOREL", b"Jeanne DUVAL"))
    answer = _ask(client)
    assert not _again(answer)
    assert "Jeanne DUVAL" in answer.text
    assert answer.headers["delibgraph-release"] == "r2"


def test_no_memory_no_repetition(serve: Callable[..., httpx.Client]) -> None:
    client = serve(sparql_cache_bytes=0)
    assert not any(_again(_ask(client)) for _ in range(3))


Told = list[tuple[bytes, bytes]]


class _Endpoint:
    """An endpoint that answers `size` bytes in two parts and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += 1
        size = int(scope["query_string"])
        headers: Told = [(b"etag", b'W/"a"'), (b"delibgraph-release", b"r1"), (b"vary", b"Accept"), *scope["answer"]]
        await send({"type": "http.response.start", "status": scope["status"], "headers": headers})
        await send({"type": "http.response.body", "body": b"x" * (size // 2), "more_body": True})
        await send({"type": "http.response.body", "body": b"x" * (size - size // 2)})


def _run(memory: Repeated, size: int, answer: Told = [], status: int = 200) -> int:  # noqa: B006
    """Bytes of the answer."""
    got = []

    async def send(message: Any) -> None:
        got.append(len(message.get("body", b"")))

    scope = {
        "type": "http", "method": "GET", "path": "/sparql", "query_string": str(size).encode(),
        "headers": [(b"accept", b"*/*")], "answer": answer, "status": status,
    }  # fmt: skip
    anyio.run(memory, scope, None, send)
    return sum(got)


@given(st.lists(st.integers(0, 30_000), max_size=60), st.sampled_from([0, 100_000, 400_000]))
def test_it_keeps_within_its_bytes_and_gives_whole_answers(sizes: list[int], most: int) -> None:
    memory = Repeated(_Endpoint(), lambda: "r1", most, Counter())
    for size in sizes:
        assert _run(memory, size) == size
        assert memory.size <= most


def test_the_answer_longest_unasked_for_makes_room() -> None:
    endpoint = _Endpoint()
    memory = Repeated(endpoint, lambda: "r1", 100_000, Counter())
    for size in range(1, 22):
        _run(memory, size)
        _run(memory, 1)
    assert endpoint.asked == 21
    _run(memory, 21)
    assert endpoint.asked == 21
    for size in range(100, 150):
        _run(memory, size)
    _run(memory, 1)
    assert endpoint.asked == 21 + 50 + 1


@pytest.mark.parametrize(
    ("answer", "status"),
    [([(b"vary", b"Cookie")], 200), ([(b"vary", b"*")], 200), ([], 400), ([], 206), ([], 304)],
)
def test_an_answer_that_depends_on_more_is_not_kept(answer: Told, status: int) -> None:
    endpoint = _Endpoint()
    memory = Repeated(endpoint, lambda: "r1", 100_000, Counter())
    _run(memory, 10, answer, status)
    _run(memory, 10, answer, status)
    assert endpoint.asked == 2


def test_an_answer_of_another_release_is_not_kept() -> None:
    endpoint = _Endpoint()
    memory = Repeated(endpoint, lambda: "r2", 100_000, Counter())
    _run(memory, 10)
    _run(memory, 10)
    assert endpoint.asked == 2
