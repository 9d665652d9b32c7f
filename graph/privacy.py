"""What no published text may show: names and addresses of natural persons who receive money or help.

DESIGN §6 (CRPA L312-1-2, GDPR): the reader marks passages (``DocumentFacts.redactions``) and names
(``FundingFact.private_name``). Everything taken from the text goes through :class:`Privacy`, which masks them
wherever they recur, so that a name left unmarked at one place is not published from another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.facts import DocumentFacts, Evidence, PersonName
from graph.normal import fold, words

MASK = "█"
#: Passages shorter than this (a house number) are masked at their place only, not wherever the figures recur.
_SHORTEST = 4
_ACCENTED = {"a": "[aàâäáã]", "c": "[cç]", "e": "[eéèêë]", "i": "[iîïí]", "n": "[nñ]", "o": "[oôöóõ]"}
_ACCENTED |= {"u": "[uùûüú]", "y": "[yÿ]", "oe": "(?:œ|oe)", "ae": "(?:æ|ae)"}
_GAP = r"[\s\-_.,'’]*"


class Privacy:
    """Masks the private passages of one document. A document without any costs nothing."""

    def __init__(self, facts: DocumentFacts) -> None:
        """``facts`` is not changed."""
        self._spans = [(e.start, e.end) for e in facts.redactions]
        names = [f.private_name for act in facts.acts for f in act.fundings if f.private_name]
        self._names = frozenset(frozenset(words(name)) for name in names)
        passages = {facts.text[e.start : e.end] for e in facts.redactions} | set(names)
        self._pattern = _pattern(passages)

    def mask(self, text: str) -> str:
        """``text`` with every private passage that recurs in it masked, same length."""
        return self._pattern.sub(_masked, text) if self._pattern else text

    def mask_document(self, text: str) -> str:
        """The text of the whole document, offsets kept: marked passages and their recurrences masked."""
        if not self._spans and not self._pattern:
            return text
        letters = list(self.mask(text))
        for start, end in self._spans:
            letters[start:end] = [_mask_letter(c) for c in letters[start:end]]
        return "".join(letters)

    def hides(self, name: PersonName, evidence: Iterable[Evidence]) -> bool:
        """Whether a person named by the act is one of those whom no published text may name."""
        if frozenset(words(name.written)) in self._names or self.mask(name.written) != name.written:
            return True
        return any(e.start < end and start < e.end and self._covers(e) for e in evidence for start, end in self._spans)

    def _covers(self, passage: Evidence) -> bool:
        """Whether most of a passage is marked: a sentence that merely holds a marked name is not itself one."""
        hidden = sum(max(0, min(end, passage.end) - max(start, passage.start)) for start, end in self._spans)
        return hidden > (passage.end - passage.start) / 2


def _pattern(passages: Iterable[str]) -> re.Pattern[str] | None:
    """An expression for the passages in any case, accents and spacing, the longest first."""
    parts = {
        _GAP.join(_loosely(word) for word in re.findall(r"\w+", passage))
        for passage in passages
        if len(re.sub(r"\W", "", passage)) >= _SHORTEST
    } - {""}
    if not parts:
        return None
    ordered = sorted(parts, key=lambda part: (-len(part), part))
    return re.compile(rf"(?<!\w)(?:{'|'.join(ordered)})(?!\w)", re.IGNORECASE)


def _loosely(word: str) -> str:
    """An expression for ``word`` with or without its accents (file names seldom have them)."""
    return "".join(_ACCENTED.get(fold(letter), re.escape(letter)) for letter in word)


def _masked(match: re.Match[str]) -> str:
    return "".join(_mask_letter(c) for c in match[0])


def _mask_letter(letter: str) -> str:
    return letter if letter in "\n\r\t\f" else MASK
