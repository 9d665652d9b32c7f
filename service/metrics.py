"""Counters and gauges in the Prometheus text format (exposition format 0.0.4)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
Sample: TypeAlias = tuple[Mapping[str, str], float]


class Requests:
    """Counts HTTP answers by method, route and status class; the route is the pattern, so that labels stay few."""

    def __init__(self) -> None:
        """All at zero."""
        self._counts: Counter[tuple[str, str, str]] = Counter()

    def count(self, method: str, route: str, status: int) -> None:
        """One more answer."""
        self._counts[method, route, str(status)] += 1

    def samples(self) -> Iterable[Sample]:
        """One sample a combination met."""
        for (method, route, status), value in sorted(self._counts.items()):
            yield {"method": method, "route": route, "status": status}, value


def family(name: str, kind: str, text: str, samples: Iterable[Sample]) -> str:
    """One metric with its HELP and TYPE lines; `kind` is "counter" or "gauge"."""
    lines = [f"# HELP {name} {text}", f"# TYPE {name} {kind}"]
    for labels, value in samples:
        inner = ",".join(f'{key}="{_escape(label)}"' for key, label in labels.items())
        lines.append(f"{name}{{{inner}}} {value:g}" if inner else f"{name} {value:g}")
    return "\n".join(lines) + "\n"


def _escape(label: str) -> str:
    return label.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
