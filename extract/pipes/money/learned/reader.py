"""One act as the models look at it: its amounts told in sentences, and for each of them who may pay and receive."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extract.pipes.model import Sentence, within
from extract.pipes.money.learned.candidates import Candidate, find_candidates
from extract.pipes.money.learned.party import PartyView, Standing
from extract.pipes.money.learned.signed import Signed
from extract.pipes.money.learned.status import AmountView, Told
from extract.pipes.money.learned.stream import FAR, Stream
from extract.pipes.reading import Reading

_BEFORE = 2


class Scene:
    """The stream of an act, its amounts and candidates; ``taken`` stretches (tables) are left to their reader."""

    def __init__(self, reading: Reading, taken: Sequence[tuple[int, int]] = ()) -> None:
        self.reading, self.taken = reading, taken
        self.amounts = reading.amounts
        told = (n for n, s in enumerate(reading.sentences) if within(reading.amounts, s.start, s.end))
        numbers = {near for n in told for near in self._around(n)}
        self.candidates = find_candidates(reading, reading.text, [reading.sentences[n] for n in sorted(numbers)])
        self.stream = Stream(reading, self.amounts, self.candidates)
        self._shared = Told(reading, self.stream)
        self._views: dict[int, AmountView] = {}
        self.titles = [n for n, s in enumerate(reading.sentences) if s.section == "title"]
        self._begins = [candidate.start for candidate in self.candidates]
        self._standings: dict[tuple[int, int], Standing] = {}
        self._signed: dict[int, Signed] = {}

    def _around(self, number: int) -> set[int]:
        sentence = self.reading.sentences[number]
        return {number, *self.reading.above(number), *([sentence.lead] if sentence.lead is not None else [])}

    def told(self, index: int) -> bool:
        """Whether an amount is told in a sentence that the models read."""
        amount = self.amounts[index]
        sentence = self.reading.sentences[self.reading.sentence_at(amount.start)]
        return not any(s <= sentence.start < e for s, e in self.taken) and sentence.start <= amount.start < sentence.end

    def view(self, index: int) -> AmountView:
        """An amount as the status model sees it."""
        if index not in self._views:
            self._views[index] = AmountView(self._shared, index)
        return self._views[index]

    def parties(self, index: int) -> list[PartyView]:
        """The candidates of an amount: of its sentence, its list's lead, the sentences before, the title."""
        view = self.view(index)
        return [
            PartyView(view, self._standing(number, sentence), place)
            for place, sentence in self._places(view)
            for number in self._in(sentence)
            if place != "own" or abs(self._begins[number] - view.amount.start) <= FAR
        ]

    def _standing(self, number: int, sentence: Sentence) -> Standing:
        """A candidate in a sentence, looked at once for all amounts."""
        known = self._standings.get((number, sentence.start))
        if known is None:
            known = Standing(self.reading, self.stream, self.candidates[number], number, sentence)
            self._standings[number, sentence.start] = known
        return known

    def signed(self, sentence: Sentence) -> Signed:
        """A sentence with signs for its names and figures."""
        if sentence.start not in self._signed:
            self._signed[sentence.start] = Signed(self.stream.of(sentence), self.candidates)
        return self._signed[sentence.start]

    def named(self, sentence: Sentence) -> list[Candidate]:
        """The names of a sentence, without pronouns and the authority."""
        found = (self.candidates[number] for number in self._in(sentence))
        return [c for c in found if not c.anaphora and (c.guessed or c.organisation is not self.reading.authority)]

    def _in(self, sentence: Sentence) -> range:
        """The candidates that begin in a sentence."""
        return range(bisect_left(self._begins, sentence.start), bisect_left(self._begins, sentence.end))

    def _places(self, view: AmountView) -> Iterator[tuple[str, Sentence]]:
        sentences, number = self.reading.sentences, view.number
        yield "own", view.sentence
        seen = {number}
        if view.sentence.lead is not None and view.sentence.lead not in seen:
            seen.add(view.sentence.lead)
            yield "lead", sentences[view.sentence.lead]
        for back in range(1, _BEFORE + 1):
            before = number - back
            if before >= 0 and before not in seen and sentences[before].section != "title":
                seen.add(before)
                yield f"back{back}", sentences[before]
        yield from (("title", sentences[title]) for title in self.titles if title not in seen)


def scene_of(reading: Reading) -> Scene:
    """The scene of an act whose pipeline has run."""
    return Scene(reading, [(t.start, t.end) for t in reading.tables])
