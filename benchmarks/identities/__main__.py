"""Who is who on a generated corpus, scored and timed: ``python -m benchmarks.identities [--acts N] [--errors]``."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from itertools import islice

from benchmarks.identities.corpus import Corpus, Mention
from benchmarks.identities.measure import wrong
from benchmarks.identities.table import TYPES, Scores


def main() -> None:
    """Generate, resolve, score, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--incremental", action="store_true", help="time documents taken in and out one by one")
    parser.add_argument("--errors", action="store_true", help="show the largest wrong clusters of ours")
    arguments = parser.parse_args()
    scores = Scores(arguments.acts, arguments.seed)
    lines = [*scores.lines(), *(scores.cost_lines() if arguments.incremental else ())]
    sys.stdout.write("\n".join(lines) + "\n")
    for kind in TYPES if arguments.errors else ():
        _errors(scores.corpus, scores.truth(kind), scores.found)


def _errors(corpus: Corpus, truth: dict[Mention, str], found: dict[Mention, str]) -> None:
    texts: dict[Mention, str] = {}
    for document in corpus.documents:
        session = document.sessions[0]
        for index, entry in enumerate(session.attendance):
            texts[document.sha256, "person", f"member {index}"] = f"{entry.member.written} @ {session.authority}"
        for place, name in (("president", session.president), ("secretary", session.secretary)):
            if name:
                texts[document.sha256, "person", place] = f"{name.written} @ {session.authority}"
        for fact in document.acts[0].organisations:
            texts[document.sha256, "organisation", fact.id] = f"{fact.name} [{fact.sigle}] @ {session.authority}"
    merged, parted = wrong(truth, found)
    for title, groups, of in (("put together wrongly", merged, found), ("parted wrongly", parted, truth)):
        sys.stdout.write(f"\n{title}: {len(groups)}\n")
        size = Counter(of[m] for m in truth)
        for group in islice(sorted(groups, key=lambda g: (-size[g], g)), 25):
            names = sorted({f"{texts[m]} = {truth[m]} / {found[m]}" for m in truth if of[m] == group})
            sys.stdout.write(f"  {group}: " + " ; ".join(names[:6]) + "\n")


if __name__ == "__main__":
    main()
