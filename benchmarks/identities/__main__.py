"""Who is who on a generated corpus, scored and timed: ``python -m benchmarks.identities [--acts N] [--errors]``."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from itertools import islice

from benchmarks.identities import baseline
from benchmarks.identities.corpus import Corpus, Mention, generate
from benchmarks.identities.measure import b_cubed, pairs, wrong
from graph.resolve import Registry, Resolution, resolve

KINDS = ("person", "organisation")


def main() -> None:
    """Generate, resolve, score, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", action="store_true", help="show some wrong clusters of ours")
    arguments = parser.parse_args()
    corpus = generate(arguments.acts, arguments.seed)
    begun = time.perf_counter()
    resolution = resolve(corpus.documents, Registry())
    seconds = time.perf_counter() - begun
    ours, plain = assigned(corpus, resolution), baseline.resolve(corpus)
    out = sys.stdout.write
    out(f"{arguments.acts} acts, {len(corpus.truth):,} mentions, {len(set(corpus.truth.values())):,} identities\n")
    out(f"resolved in {seconds:.1f} s\n\n")
    out("| | | B³ P | B³ R | B³ F1 | pairs P | pairs R |\n|---|---|---:|---:|---:|---:|---:|\n")
    for kind in KINDS:
        truth = {m: identity for m, identity in corpus.truth.items() if m[1] == kind}
        for name, found in (("delibgraph", ours), (f"rapidfuzz ≥ {baseline.THRESHOLD:.0f}", plain)):
            cubed, paired = b_cubed(truth, found), pairs(truth, found)
            figures = (cubed.precision, cubed.recall, cubed.f1, paired.precision, paired.recall)
            out(f"| {kind} | {name} | " + " | ".join(f"{figure:.4f}" for figure in figures) + " |\n")
        if arguments.errors:
            _errors(corpus, truth, ours)


def assigned(corpus: Corpus, resolution: Resolution) -> dict[Mention, str]:
    """The key that the resolution gives each mention."""
    found: dict[Mention, str] = {}
    for document in corpus.documents:
        keys = resolution[document.sha256]
        session, act = keys.sessions[0], keys.acts[0]
        people = [(f"member {i}", key) for i, key in enumerate(session.members)]
        people += [("president", session.president or ""), ("secretary", session.secretary or "")]
        for place, key in people:
            found[document.sha256, "person", place] = f"person/{key}"
        for local, key in act.organisations.items():
            found[document.sha256, "organisation", local] = f"organisation/{key}"
    return found


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
