"""The lanes of the pool: who is moved aside, who goes first, what is remembered and what is forgotten."""

import concurrent.futures
import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import httpx
from hypothesis import given
from hypothesis import strategies as st

from service.sparql.fairness import Ledger, LongQueries
from tests.service.sparql.test_hostile import COUNT, ask, at_another_address, crowd, until, workers


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_a_client_used_is_forgotten_by_half_every_thirty_seconds() -> None:
    clock = Clock()
    ledger = Ledger(clock=clock)
    ledger.spend("a", 8)
    clock.now = 30
    assert ledger.debt("a") == 4
    ledger.spend("a", 1)
    clock.now = 60
    assert ledger.debt("a") == 2.5
    clock.now = 600
    assert ledger.debt("a") == 0
    assert len(ledger) == 0


@given(st.lists(st.tuples(st.integers(0, 50), st.floats(0.1, 100)), max_size=200))
def test_the_ledger_is_bounded_and_owes_no_more_than_was_spent(spent: list[tuple[int, float]]) -> None:
    ledger = Ledger(most=10, clock=Clock())
    for client, seconds in spent:
        ledger.spend(str(client), seconds)
    assert len(ledger) <= 10
    for client in {client for client, _ in spent}:
        assert 0 <= ledger.debt(str(client)) <= sum(s for c, s in spent if c == client) + 1e-6


def test_long_queries_are_remembered_up_to_a_bound() -> None:
    known = LongQueries(most=2)
    for text in "abc":
        known.add(text)
    assert [text in known for text in "abc"] == [False, True, True]
    known.discard("b")
    assert "b" not in known


def _niceness(pid: int) -> set[int]:
    """The priorities of the threads of a process, none of those that ended since they were listed."""
    stats = []
    for path in Path(f"/proc/{pid}/task").glob("*/stat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            stats.append(path.read_text())
    return {int(stat.rpartition(")")[2].split()[16]) for stat in stats}


def _used(pid: int) -> float:
    """Seconds of processor that it has had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_workers_are_weighed_against_the_service_itself_and_hear_no_interrupt(
    serve: Callable[..., httpx.Client],
) -> None:
    before = workers()
    client = serve(sparql_workers=2)
    assert ask(client, "ASK {}").status_code == 200
    started = workers() - before
    assert started
    # Linux weighs sessions against each other (sched_autogroup): in one of its own a worker would lose its priority.
    assert {os.getsid(pid) for pid in started} == {os.getsid(0)}
    assert all(os.getpgid(pid) == pid for pid in started)


def test_a_long_query_goes_on_at_the_lowest_priority(serve: Callable[..., httpx.Client]) -> None:
    before = workers()
    client = serve(sparql_workers=1, sparql_timeout=60, sparql_quantum=0.1)
    with crowd(client, 1, COUNT):
        assert until(lambda: any(_used(pid) > 0.2 for pid in workers() - before))
        assert 'state="running"} 1' in client.get("/metrics").text
        assert 'state="slow"} 0' in client.get("/metrics").text  # in nobody's way
        assert ask(client, "ASK {}", timeout="60").json()["boolean"] is True
        assert until(lambda: any(19 in _niceness(pid) for pid in workers() - before))
        assert 'state="slow"} 1' in client.get("/metrics").text
    assert until(lambda: all(_niceness(pid) == {os.nice(0)} for pid in workers() - before))


def test_a_query_stopped_for_want_of_room_starts_anew_and_is_answered(serve: Callable[..., httpx.Client]) -> None:
    client = serve(sparql_workers=2, sparql_slow_workers=1, sparql_timeout=60, sparql_quantum=0.02, sparql_slice=60)
    middling = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"  # some 100 ms
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        answers = [future.result() for future in [pool.submit(ask, client, middling) for _ in range(6)]]
    assert [answer.status_code for answer in answers] == [200] * 6
    assert len({answer.text for answer in answers}) == 1


def test_who_has_used_little_goes_before_who_has_used_much(serve: Callable[..., httpx.Client]) -> None:
    client = serve(sparql_workers=2, sparql_slow_workers=1, sparql_timeout=60, sparql_quantum=0.05, sparql_slice=0.3)
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?a), STR(?f)) != STR(?i)) }"
    with at_another_address(client) as neighbour, crowd(client, 4, COUNT) as greedy:
        assert until(lambda: 'state="slow"} 1' in client.get("/metrics").text)
        assert ask(neighbour, slow, timeout="60").status_code == 200
        slugs = {str(said["type"]).rpartition("#")[2] for _, said in greedy.refused()}
    assert "query-preempted" in slugs


def test_a_debtor_is_refused_at_once_where_the_slow_lane_is_full(serve: Callable[..., httpx.Client]) -> None:
    client = serve(
        sparql_workers=2, sparql_slow_workers=1, sparql_queue=1, sparql_timeout=60, sparql_quantum=0.1, sparql_slice=60
    )
    assert ask(client, COUNT, timeout="1.5").status_code == 503  # in debt by now
    with crowd(client, 2, COUNT):
        assert until(lambda: 'state="waiting"} 1' in client.get("/metrics").text)
        refused = ask(client, "ASK {}")
        assert refused.json()["type"].endswith("queue-full")
        assert int(refused.headers["retry-after"]) > 0
        with at_another_address(client) as neighbour:
            assert ask(neighbour, "ASK {}").status_code == 200


def test_short_deadlines_are_no_way_to_attack_for_nothing(serve: Callable[..., httpx.Client]) -> None:
    client = serve(sparql_workers=1, sparql_timeout=5, sparql_quantum=2)  # none of them runs long enough to be long

    def among_the_debtors(number: int) -> bool:
        for again in range(8):
            assert ask(client, f"{COUNT} # {number} {again}", timeout="0.2").status_code == 503
        before = workers()
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            late = pool.submit(ask, client, f"{COUNT} # {number}", timeout="2")
            found = []
            assert until(lambda: late.done() or found.append(any(10 in _niceness(pid) for pid in workers() - before)))
            assert late.result().status_code == 503
        return any(found)

    assert any(among_the_debtors(number) for number in range(5))
