"""What the models see of an amount: the words around it, where it stands, which cues its sentence holds."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from extract.linear import Bag, Seen
from extract.pipes.kept import kept
from extract.pipes.model import Amount, Found, Sentence, within
from extract.pipes.money.cues import decided_without_sum, last_cue, passive_after
from extract.pipes.money.learned.lexicon import classes
from extract.pipes.money.learned.stream import FAR, Stream, stem
from extract.pipes.reading import Reading

_LEFT, _RIGHT, _BAG, _NEAREST = 6, 5, 14, 16
_OPENING, _PREVIOUS = 8, 12


class Told:
    """What all amounts of an act share: where each sum is told again, what the decision takes up without a sum."""

    def __init__(self, reading: Reading, stream: Stream) -> None:
        self.reading, self.stream = reading, stream
        self._sections: dict[Decimal, list[str]] = defaultdict(list)
        for amount in reading.amounts:
            self._sections[amount.value.value].append(reading.sentences[reading.sentence_at(amount.start)].section)

    def again(self, value: Decimal, section: str) -> set[str]:
        """The sections that tell the sum of an amount of ``section`` once more."""
        others = list(self._sections[value])
        others.remove(section)
        return set(others)

    @kept
    def whole(self) -> bool:
        """Whether the act has an exposé and a decision: else nothing can be taken up."""
        return {"body", "decision"} <= {s.section for s in self.reading.sentences}

    @kept
    def sums(self) -> str:
        """Whether the decision tells sums, as a feature."""
        decided = (s for s in self.reading.sentences if s.section == "decision")
        return f"dsums={any(within(self.reading.amounts, s.start, s.end) for s in decided)}"

    @kept
    def decided(self) -> str:
        """Whether the decision tells sums and whether it approves, as a feature."""
        sentences = (s for s in self.reading.sentences if s.section == "decision")
        opening = (text for s in sentences for text in self.stream.of(s).texts[:_OPENING])
        return f"{self.sums}&approves={any('v.approve' in classes(text) for text in opening)}"

    @kept
    def taken_up(self) -> list[Bag]:
        """The first words of each decided point without a sum."""
        return [self.stream.of(s).bag("DEC", _OPENING) for s in decided_without_sum(self.reading)]


class AmountView:
    """One amount in its sentence, as features."""

    def __init__(self, told: Told, index: int) -> None:
        self.told, self.reading, self.index = told, told.reading, index
        self.amount: Found[Amount] = self.reading.amounts[index]
        self.number = self.reading.sentence_at(self.amount.start)
        self.sentence: Sentence = self.reading.sentences[self.number]
        self.line = told.stream.of(self.sentence)
        self.at = self.line.amount_of[index]

    def seen(self) -> Seen:
        """All features of the amount."""
        cues, (left, right) = list(self._cues()), self._own()
        own = [*self._place(), *self._near(), *self._words(left, right), *self._classes(left, right), *cues]
        own += [*self._figure(), *self._elsewhere(cues)]
        return Seen(own, list(self._shared()))

    def _place(self) -> Iterator[str]:
        section, line = self.sentence.section, self.line
        before = bisect_left(line.amounts, self.at)
        verb = stem(line.verb)
        yield f"sec={section}"
        yield f"sec={section}&bullet={self.sentence.bullet}"
        yield f"nth={min(before, 3)}"
        yield f"more={min(len(line.amounts) - before - 1, 2)}"
        yield f"orgs={min(len(line.organisations), 3)}&{section}"
        yield f"V0={verb}"
        yield f"V0={verb}&{section}"

    def _near(self) -> Iterator[str]:
        line, at = self.line, self.at
        yield from line.near(at, (_LEFT, _RIGHT), ("L", "R"))
        for i, place in enumerate(self._before[:3], 1):
            yield f"N{i}={line.stems[place]}"
        for i, place in enumerate(line.content(at + 1, len(line.texts))[:2], 1):
            yield f"M{i}={line.stems[place]}"

    @kept
    def _before(self) -> list[int]:
        """Where the last words that mean something before the amount stand, the nearest first."""
        words = self.line.words
        at = bisect_left(words, self.at)
        return words[max(0, at - _NEAREST) : at][::-1]

    def _own(self) -> tuple[list[int], list[int]]:
        """The words before the amount since the last one or a strong stop, and after it up to the next."""
        line, at = self.line, self.at
        here = bisect_left(line.stops, at)
        begin = line.stops[here - 1] + 1 if here else 0
        end = line.stops[here + 1] if here + 1 < len(line.stops) else len(line.texts)
        return line.content(begin, at), line.content(at + 1, end)

    def _words(self, left: list[int], right: list[int]) -> Iterator[str]:
        stems = self.line.stems
        yield from {f"LB={stems[i]}" for i in left[-_BAG:]}
        yield from {f"RB={stems[i]}" for i in right[:_BAG]}

    def _shared(self) -> Iterator[Bag]:
        """The words of its sentence, of its list's lead or of the sentence before, of the title, of what is decided."""
        sentence, sentences, stream = self.sentence, self.reading.sentences, self.told.stream
        yield self.line.bag("SB")
        yield self.line.kind_bag("cS")
        if sentence.lead is not None:
            lead = stream.of(sentences[sentence.lead])
            yield lead.bag("LEAD")
            yield lead.kind_bag("cLEAD")
        elif self.number and sentences[self.number - 1].section == sentence.section:
            yield stream.of(sentences[self.number - 1]).bag("PB", _PREVIOUS)
        title = self.reading.context.title
        if title:
            yield stream.within(*title).bag("TB")
        if self.told.whole and sentence.section != "decision":
            yield from self.told.taken_up

    def _classes(self, left: list[int], right: list[int]) -> Iterator[str]:
        """What the words do: the opening verb, the nearest verb and noun before, those after, those of the lead."""
        section, kinds = self.sentence.section, self.line.kinds
        opening = classes(self.line.verb) or ("?",)
        for name in opening:
            yield f"cV0={name}"
            yield f"cV0={name}&{section}"
        nearest: dict[str, str] = {}
        for distance, place in enumerate(self._before):
            for name in kinds[place]:
                if name[0] not in nearest:
                    yield f"c{name[0]}1={name}"
                    yield f"c{name[0]}1={name}&{section}"
                    yield f"c{name[0]}1={name}&{min(distance, 3)}"
            for name in kinds[place]:
                nearest.setdefault(name[0], name)
        pair = f"{nearest.get('v')}&{nearest.get('n')}"
        yield f"cpair={pair}"
        yield f"cpair={pair}&{opening[0]}&{section}"
        yield from {f"cL={name}" for i in left for name in kinds[i]}
        yield from {f"cR={name}" for i in right for name in kinds[i]}

    def _begin(self) -> int:
        """Where the amount's own stretch begins: at the end of the amount before it, else of the sentence."""
        line, here = self.line, bisect_left(self.line.amounts, self.at)
        if not here:
            return self.sentence.start
        before = line.amounts[here - 1]
        return self.reading.amounts[line.refs[before]].end if line.refs[before] >= 0 else line.starts[before] + 1

    def _cues(self) -> Iterator[str]:
        folded, sentence, start = self.reading.folded, self.sentence, self.amount.start
        own = last_cue(folded[self._begin() : start])
        if own:
            yield f"cue={own.family}"
            yield f"cue={own.family}&{sentence.section}"
            yield f"cue={own.family}/{own.rule}"
        elif whole := last_cue(folded[max(sentence.start, start - FAR) : start]):
            yield f"cue_before={whole.family}"
        if passive_after(folded[self.amount.end : sentence.end]):
            yield "cue_passive"
        if sentence.lead is not None:
            led = last_cue(self.reading.text_of(self.reading.sentences[sentence.lead]))
            yield f"cue_lead={led.family if led else None}"

    def _figure(self) -> Iterator[str]:
        amount = self.amount.value
        for name in ("per_year", "unit", "ceiling", "tax"):
            if getattr(amount, name):
                yield f"is_{name}"
        yield f"size={len(str(int(amount.value)))}"
        if amount.value != int(amount.value):
            yield "cents"
        elif amount.value % Decimal(50) == 0:
            yield "round"

    def _elsewhere(self, cues: list[str]) -> Iterator[str]:
        """Where the act tells the same sum again, and what its decision takes up without a sum.

        Of an exposé without decision, or a decision without exposé, nothing is told.
        """
        section = self.sentence.section
        if not self.told.whole:
            return
        again = self.told.again(self.amount.value.value, section)
        yield from (f"again={each}&{section}" for each in again)
        if not again:
            yield f"once&{section}"
        if section == "decision":
            return
        decided = self.told.decided
        for cue in cues:
            if cue.startswith(("cue=", "cue_lead=", "cue_before=")) and "/" not in cue and "&" not in cue:
                yield f"{decided}&{cue}"
        yield decided
        yield f"{self.told.sums}&once={not again}"
