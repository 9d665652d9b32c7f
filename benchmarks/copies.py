"""A large release made of a small one: `python -m benchmarks.copies DATA TARGET --times 9`.

Each copy has documents, acts, sessions, persons, organisations of its own, under names of its own, so that a copy is
another authority; with ``--same-people`` only documents and what they decide are copied, so that one authority has as
many more acts. Both are needed: some queries grow with the acts, others with the acts of one person.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from graph.rdf import with_union

#: What is one thing in every act that names it.
IDENTITIES = ("person", "organisation", "body", "programme", "action", "strand", "agreement", "membership")
#: A name of one of our resources: the words of the vocabulary are the same in every copy.
_LABELS = r"http://(?:www\.w3\.org/2004/02/skos/core#(?:pref|alt)Label|xmlns\.com/foaf/0\.1/name)"
_NAMES = rf'^(<{{base}}/id/[^>]+> <{_LABELS}> "[^"]*)"'


def copied(lines: bytes, base: str, number: int, *, same_people: bool) -> bytes:
    """N-Quads ``lines`` as those of copy ``number``; copy 0 is the original."""
    if number == 0:
        return lines
    mark = f"-copy{number}".encode()
    kept = "|".join(IDENTITIES) if same_people else "(?!)"
    iri = re.compile(rf"<{re.escape(base)}/(?:graph/(?!identities>)|id/(?!(?:{kept})/)[a-z-]+/)[^/>]+".encode())
    lines = iri.sub(lambda found: found[0] + mark, lines)
    lines = lines.replace(b"_:", b"_:" + mark[1:])
    if same_people:
        return lines
    names = re.compile(_NAMES.format(base=re.escape(base)).encode(), re.MULTILINE)
    return names.sub(rb"\1 " + str(number).encode() + b'"', lines)


def multiply(data: Path, target: Path, times: int, *, same_people: bool = False) -> int:
    """Make ``target`` a data directory with the live release of ``data`` ``times`` times; gives its number of quads.

    Only what the service reads to answer queries is there: no documents, no search index.
    """
    live = data / "current"
    base = json.loads((live / "manifest.json").read_text(encoding="utf-8"))["base"]
    lines = gzip.decompress((live / "dumps" / "delibgraph.nq.gz").read_bytes())
    release = target / "releases" / "copies"
    (release / "dumps").mkdir(parents=True)
    store = Store(str(release / "store"))
    with (release / "dumps" / "delibgraph.nq").open("wb") as dump:
        for part in _parts(lines, base, times, same_people=same_people):
            dump.write(part)
            store.bulk_load(with_union(part), format=RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
    quads = sum(1 for _ in store.quads_for_pattern(None, None, None)) // 2
    (release / "manifest.json").write_text(json.dumps({"id": "copies", "base": base, "counts": {"quads": quads}}))
    (target / "current").symlink_to(Path("releases") / "copies")
    return quads


def _parts(lines: bytes, base: str, times: int, *, same_people: bool) -> Iterator[bytes]:
    for number in range(times):
        yield copied(lines, base, number, same_people=same_people)


def main() -> None:
    """Read the command line, make the copies, tell their number of quads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--times", type=int, default=9)
    parser.add_argument("--same-people", action="store_true")
    asked = parser.parse_args()
    print(multiply(asked.data, asked.target, asked.times, same_people=asked.same_people), "quads")  # noqa: T201


if __name__ == "__main__":
    main()
