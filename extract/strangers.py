"""Private persons whom the money rules do not see: a name with an address, or a stranger whose request is told.

The money rules (:mod:`extract.pipes.money`) find who *receives*; an act also tells who asked in vain, who was heard,
where they live. Anyone named with a title in the body who is neither on the roster nor named for an office, and whose
address or whose request, aid, dwelling or studies are told in the same line, is hidden with their address
(CRPA art. L312-1-2; GDPR art. 5). Patterns in ``patterns/privacy.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.facts import Evidence, PersonName, SessionFacts
from extract.finder import Finder
from extract.patterns import pattern
from extract.text import fold, key

_NAME = r"[A-ZÉÈÀÇÎÔ][\w'’.-]*"
_TITLED = Finder(
    re.compile(
        r"\b(?:Monsieur|Madame|Mademoiselle|Messieurs|Mesdames|Mlle|Mme|MM?\.)(?:\s+et\s+(?:Madame|Mme))?\s+"
        r"(?P<name>" + _NAME + r"(?:\s+(?:et\s+|de\s+la\s+|de\s+|du\s+|d['’])?" + _NAME + r"){0,5})"
    )
)
_OFFICE_REACH = 40
_ADDRESS_REACH = 130


def _public(session: SessionFacts) -> set[str]:
    """The words of every name of the head: élus are named wherever the act speaks of them."""
    names: Iterable[PersonName | None] = (
        session.president,
        session.secretary,
        *(a.member for a in session.attendance),
        *(a.proxy_holder for a in session.attendance),
    )
    return {word for name in names if name is not None for word in key(name.family).split()}


def _line(folded: str, position: int) -> str:
    start = folded.rfind("\n", 0, position) + 1
    end = folded.find("\n", position)
    return folded[start : len(folded) if end < 0 else end]


def private_passages(text: str, start: int, end: int, session: SessionFacts) -> list[Evidence]:
    """Names and addresses of private persons between two offsets of a document's text."""
    folded = fold(text)
    public = _public(session)
    found: list[Evidence] = []
    for match in _TITLED.finditer(text, start, end):
        first, last = match.span("name")
        words = key(match["name"]).split()
        capitals = [w for w in re.findall(r"[\w'’-]+", match["name"]) if len(w) > 1 and w.isupper()]
        if not capitals or any(w in public for w in words):
            continue
        after, before = (
            folded[last : last + _ADDRESS_REACH],
            folded[max(0, match.start() - _OFFICE_REACH) : match.start()],
        )
        if pattern("privacy", "person.office_after").match(after) or pattern("privacy", "person.office_before").search(
            before
        ):
            continue
        address = pattern("privacy", "person.address").match(after)
        if address is None and not pattern("privacy", "person.aided").search(_line(folded, match.start())):
            continue
        found.append(Evidence(start=first, end=last))
        if address is not None:
            found.append(Evidence(start=last + address.start("address"), end=last + address.end("address")))
    return found
