"""What is counted and timed, for Prometheus. No label holds anything of a person: no address, no query, no path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, PlatformCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from service.sparql.pool import Pool

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_SECONDS: Final = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """The metrics of one application. A route is a pattern ("/id/{path:path}"), so that labels stay few."""

    def __init__(self, pool: Pool, release: Callable[[], str | None]) -> None:
        """`pool` and `release` are asked when the metrics are."""
        self.registry = CollectorRegistry()
        self._answers = Counter(
            "delibgraph_http_requests", "HTTP answers.", ("method", "route", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "delibgraph_http_request_seconds", "Time from a request's head to the last byte of its answer.", ("route",),
            buckets=_SECONDS, registry=self.registry,
        )  # fmt: skip
        self._under_way = Gauge(
            "delibgraph_http_requests_under_way", "Requests being answered.", registry=self.registry
        )
        Gauge(
            "delibgraph_start_time_seconds", "When this was made, Unix time.", registry=self.registry
        ).set_to_current_time()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self.registry.register(_Service(pool, release))

        # Looked up at every request, for which labels() takes longer than what it finds.
        self._counted = lru_cache(1024)(lambda method, route, status: self._answers.labels(method, route, str(status)))
        self._timed = lru_cache(256)(self._seconds.labels)

    def begin(self) -> None:
        """A request is being answered."""
        self._under_way.inc()

    def end(self, method: str, route: str, status: int, seconds: float) -> None:
        """It is; or its client has gone."""
        self._under_way.dec()
        self._counted(method if method in _METHODS else "other", route, status).inc()
        self._timed(route).observe(seconds)

    def text(self) -> bytes:
        """All of it in the text format."""
        return generate_latest(self.registry)


class _Service(Collector):
    """What the service knows of itself: asked, not counted."""

    def __init__(self, pool: Pool, release: Callable[[], str | None]) -> None:
        self._pool = pool
        self._release = release

    def collect(self) -> Iterable[Metric]:
        """The families, as they are now."""
        yield _counter(
            "delibgraph_sparql_queries", "SPARQL queries of users by outcome.", "outcome", self._pool.outcomes
        )
        workers = GaugeMetricFamily(
            "delibgraph_sparql_workers", "Worker processes and queued queries by state.", labels=["state"]
        )
        for state, count in self._pool.state.items():
            workers.add_metric([state], count)
        yield workers
        live = GaugeMetricFamily("delibgraph_release_info", "The live release.", labels=["release"])
        if (release := self._release()) is not None:
            live.add_metric([release], 1)
        yield live


def _counter(name: str, text: str, label: str, counts: Mapping[str, int]) -> Metric:
    family = CounterMetricFamily(name, text, labels=[label])
    for value, count in sorted(counts.items()):
        family.add_metric([value], count)
    return family
