"""A sentence whose names and figures are signs, as the patterns of ``constructions.toml`` read it.

"d'attribuer à l'association Horizon 1 200 € pour 2024" → ``d'attribuer a l'◆ ¤ pour §``.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.pipes.money.learned.candidates import Candidate
from extract.pipes.money.learned.stream import AMOUNT, AUTHORITY, NUMBER, ORGANISATION, YEAR, Line
from extract.sieve import sieve

#: The signs of the patterns for those of the stream.
_SIGNS = {AMOUNT: "¤", ORGANISATION: "◆", AUTHORITY: "◇", YEAR: "§", NUMBER: "#"}
_SUM, _MEANT = "€", "◈"
_TIGHT_BEFORE, _TIGHT_AFTER = frozenset(",.;:)'"), frozenset("('")


class Signed:
    """A sentence with signs for names and figures, and which token each character belongs to."""

    def __init__(self, line: Line, candidates: Sequence[Candidate]) -> None:
        self.line = line
        self.offsets: list[int] = []
        parts: list[str] = []
        length = 0
        for token, ref in zip(line.texts, line.refs, strict=True):
            meant = token == ORGANISATION and candidates[ref].anaphora
            shown = _MEANT if meant else _SIGNS.get(token, token)
            loose = bool(parts) and parts[-1][-1] not in _TIGHT_AFTER and shown[0] not in _TIGHT_BEFORE
            parts.append((" " if loose else "") + shown)
            self.offsets.append(length + loose)
            length += len(parts[-1])
        self.text = "".join(parts)
        self._builds: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = {}

    def about(self, token: int) -> str:
        """The sentence with the sum at a token as the one at hand."""
        at = self.offsets[token]
        return self.text[:at] + _SUM + self.text[at + 1 :]

    def builds(self, *sections: str) -> tuple[tuple[str, str], ...]:
        """The builds of some sections that are worth trying, whichever sum of the sentence is at hand."""
        if sections not in self._builds:
            other = "" if self.text.count(_SIGNS[AMOUNT]) > 1 else _SIGNS[AMOUNT]
            worth = sieve("constructions", *sections, alike=(_SUM, _SIGNS[AMOUNT]), lacking=other)
            self._builds[sections] = worth.of(self.text.replace(_SUM, _SIGNS[AMOUNT]))
        return self._builds[sections]

    def token_at(self, offset: int) -> int:
        """The token that begins at a character."""
        return self.offsets.index(offset)
