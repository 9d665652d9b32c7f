"""What a threshold on rapidfuzz alone would do: names of one authority are one where they are alike enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from networkx.utils import UnionFind
from rapidfuzz import fuzz, process, utils

from benchmarks.identities.corpus import Corpus, Mention

THRESHOLD = 90.0


def resolve(corpus: Corpus, threshold: float = THRESHOLD) -> dict[Mention, str]:
    """Cluster of each mention: token_sort_ratio ≥ ``threshold`` within one authority, and chains of it."""
    written: dict[tuple[str, str], dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for document in corpus.documents:
        session, act = document.sessions[0], document.acts[0]
        people = [(f"member {i}", entry.member.written) for i, entry in enumerate(session.attendance)]
        people += [
            (place, name.written)
            for place, name in (("president", session.president), ("secretary", session.secretary))
            if name
        ]
        for place, text in people:
            written["person", session.authority or ""][text].append((document.sha256, "person", place))
        for fact in act.organisations:
            mention = (document.sha256, "organisation", fact.id)
            written["organisation", session.authority or ""][fact.name].append(mention)
    found: dict[Mention, str] = {}
    for (kind, authority), mentions in written.items():
        for text, root in _clusters(mentions, threshold).items():
            for mention in mentions[text]:
                found[mention] = f"{kind}/{authority}/{root}"
    return found


def _clusters(texts: Iterable[str], threshold: float) -> dict[str, str]:
    names = sorted(texts)
    alike = process.cdist(
        names, names, scorer=fuzz.token_sort_ratio, processor=utils.default_process, score_cutoff=threshold
    )
    forest = UnionFind(names)
    for one, row in enumerate(alike):
        for other in row[:one].nonzero()[0]:
            forest.union(names[one], names[int(other)])
    return {name: forest[name] for name in names}
