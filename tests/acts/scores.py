"""Score the sets of scored.toml and write what the page /quality shows of them: ``make scores``.

    python -m tests.acts.scores [OUTPUT]

Nothing in the file is typed by hand: the figures of each set are those of `delibgraph evaluate --json` after an ingest
of its folder, with the date, the commit and the command; the blind figures are the table of README.md, row by row.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
OUTPUT: Final = ROOT / "service" / "pages" / "scores.json"
#: First cell of a row: "heldout8, 8 acts, … (2026-11-27, 16:48)" or "(12:34)", which is of the day of the row above.
_ROW: Final = re.compile(
    r"\| (?:other-layouts/)?(?P<set>heldout[\w-]*)(?P<told>[^|]*)\| (?P<money>[^|]+)\| (?P<names>[^|]+)\|"
)
_FIGURE: Final = re.compile(r"\b[01]\.\d+")
_COUNT: Final = re.compile(r"(\d+) (?:acts|documents)")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def main() -> None:
    """Score every set and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path, nargs="?", default=OUTPUT)
    output: Path = parser.parse_args().output
    commit = _run("git", "-C", str(ROOT), "rev-parse", "--short", "HEAD").strip()
    told = tomllib.loads((HERE / "scored.toml").read_text(encoding="utf-8"))
    sets = [_scored(each) for each in told["set"]]
    found = {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "commit": commit,
        "command": "make scores",
        "sets": sets,
        "blind": list(blind((HERE / "README.md").read_text(encoding="utf-8"))),
    }
    output.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _scored(told: dict[str, str]) -> dict[str, Any]:
    folder = ROOT / told["folder"]
    gold = folder / "gold"
    names = {path.stem for path in gold.glob("*.json")}
    documents = [str(path) for path in sorted(folder.iterdir()) if path.is_file() and path.stem in names]
    with tempfile.TemporaryDirectory() as data:
        _run(sys.executable, "-m", "service.cli", "--data", data, "ingest", *documents)
        scores = json.loads(_run(sys.executable, "-m", "service.cli", "--data", data, "evaluate", str(gold), "--json"))
    return {**told, "documents": len(names), "fields": scores["fields"]}


def blind(readme: str) -> list[dict[str, Any]]:
    """The rows of the table of blind scores: set, date, documents, precision and recall of money and names."""
    rows: list[dict[str, Any]] = []
    day = ""
    for found in map(_ROW.match, readme.splitlines()):
        if found is None:
            continue
        day = (_DAY.findall(found["told"]) or [day])[-1]
        count = _COUNT.search(found["told"])
        rows.append(
            {
                "set": found["set"],
                "date": day,
                "documents": int(count[1]) if count else None,
                "awarded": _pair(found["money"]),
                "organisations": _pair(found["names"]),
            }
        )
    return rows


def _pair(cell: str) -> list[float]:
    """``0.800 / 0.625 (14 grants)`` → [0.8, 0.625]."""
    return [float(number) for number in _FIGURE.findall(cell)[:2]]


def _run(*command: str) -> str:
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    if not done.stdout.strip():
        raise SystemExit(f"{' '.join(command)[:200]}…\n{done.stderr[-2000:]}")
    return done.stdout


if __name__ == "__main__":
    main()
