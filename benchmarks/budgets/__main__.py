"""``python -m benchmarks.budgets DATA``: each page visited, its cost beside its budget; exit 1 where one is over."""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser

from benchmarks.budgets.browser import Visit, chromium, visit
from benchmarks.budgets.service import BudgetError, found, serving

_DATA: Final = Path(__file__).with_name("budgets.toml")
_REFUSED: Final = 500
_COLUMNS: Final = (
    "page", "first visit, processor ms", "first byte, ms", "later", "first drawn", "bytes before scripts", "HTML read",
    "scripts", "requests", "CLS",
)  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """A page as measured. Figures by the name of their budget; ``over``: those above it, in words."""

    name: str
    address: str
    figures: Mapping[str, float]
    over: tuple[str, ...]


def address(template: str, paths: Mapping[str, str]) -> str | None:
    """An address with what was found in it: ``{x}`` its path, ``{x.key}`` its key, ``{x.ref}`` its type and key."""
    named = re.findall(r"\{(\w+)(?:\.(?:key|ref))?\}", template)
    if any(name not in paths for name in named):
        return None

    def told(match: re.Match[str]) -> str:
        path = paths[match[1]]
        return {"key": path.rpartition("/")[2], "ref": path.removeprefix("/id/")}.get(match[2] or "", path)

    return re.sub(r"\{(\w+)(?:\.(key|ref))?\}", told, template)


def judged(
    name: str, where: str, cold: list[Visit], again: list[Visit], spent: float, budget: Mapping[str, float]
) -> Cost:
    """The cost of a page: first visits, each in a service just started, and those that follow.

    ``spent`` is what the service used of its processor for a first visit, in ms. Of times the shortest counts, for the
    machine may do other things meanwhile; of all else the largest.
    """
    every = [*cold, *again]
    figures = {
        "cold_cpu_ms": spent,
        "cold_ttfb_ms": min(one.ttfb for one in cold),
        "ttfb_ms": min(one.ttfb for one in again),
        "fcp_ms": min(float("inf") if one.fcp is None else one.fcp for one in again),
        "bytes": float(max(one.bytes for one in every)),
        "html_bytes": float(max(one.html for one in every)),
        "script_bytes": float(max(one.script_bytes for one in every)),
        "requests": float(max(one.requests for one in every)),
        "cls": max(one.cls for one in every),
    }
    over = [f"{key} {figure:.3g} > {budget[key]:g}" for key, figure in figures.items() if figure > budget[key]]
    over += [f"leaves the host: {url}" for url in dict.fromkeys(url for one in every for url in one.outside)]
    over += [f"status {status}" for status in sorted({one.status for one in every}) if status >= _REFUSED]
    return Cost(name, where, figures, tuple(over))


def measured(data: Path, only: str, times: int) -> Iterator[Cost]:
    """Every page of budgets.toml whose name has ``only`` in it. Raises BudgetError."""
    plan: dict[str, Any] = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    paths = found(data, plan["find"])
    with chromium() as browser:
        for page in plan["page"]:
            where = address(page["address"], paths)
            if only.lower() not in page["name"].lower():
                continue
            if where is None:
                sys.stderr.write(f"left out, the release has none: {page['name']}\n")
                continue
            yield _measure(browser, data, page["name"], where, {**plan["budget"], **page}, times)


def _measure(browser: Browser, data: Path, name: str, where: str, budget: dict[str, Any], times: int) -> Cost:
    cold, again, spent = [], [], []
    for _ in range(times):
        with serving(data) as service:
            before = service.spent()
            cold.append(visit(browser, service.address, where))
            spent.append(service.spent() - before)
            again.append(visit(browser, service.address, where))
    return judged(name, where, cold, again, min(spent), budget)


def lines(costs: Iterator[Cost]) -> Iterator[str]:
    """The table, in Markdown."""
    yield f"| {' | '.join(_COLUMNS)} |"
    yield f"|---|{'---:|' * (len(_COLUMNS) - 1)}"
    for cost in costs:
        f = cost.figures
        sign = " **over**" if cost.over else ""
        yield (
            f"| {cost.name}{sign} | {f['cold_cpu_ms']:.0f} | {f['cold_ttfb_ms']:.0f} | {f['ttfb_ms']:.0f}"
            f" | {f['fcp_ms']:.0f} | {f['bytes']:,.0f} | {f['html_bytes']:,.0f} | {f['script_bytes']:,.0f}"
            f" | {f['requests']:.0f} | {f['cls']:.3f} |"
        )
        for each in cost.over:
            sys.stderr.write(f"{cost.name} ({cost.address}): {each}\n")


def main() -> int:
    """Read the command line, measure, print; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", default="", help="pages whose name has this in it")
    parser.add_argument("--times", type=int, default=3, help="services started for each page, each visited twice")
    asked = parser.parse_args()
    over = 0

    def counted() -> Iterator[Cost]:
        nonlocal over
        for cost in measured(asked.data, asked.only, asked.times):
            over += bool(cost.over)
            yield cost

    try:
        for line in lines(counted()):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    except BudgetError as error:
        sys.stderr.write(f"budgets: {error}\n")
        return 2
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
