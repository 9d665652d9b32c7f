"""What the models see of an amount: the words around it, where it stands, which cues its sentence holds."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from extract.pipes.model import Amount, Found, Sentence, within
from extract.pipes.money.cues import last_cue, passive_after
from extract.pipes.money.learned.lexicon import classes
from extract.pipes.money.learned.stream import AMOUNT, ORGANISATION, SMALL, Stream, Token, content, stem
from extract.pipes.reading import Reading

_LEFT, _RIGHT, _BAG = 6, 5, 14
_STOPS = frozenset((";", ":", "."))


def content_before(tokens: list[Token], at: int, most: int) -> list[str]:
    """The last words that mean something before a token, the nearest first."""
    words = (tokens[i].text for i in range(at - 1, -1, -1))
    return list(islice((word for word in words if word not in SMALL), most))


def content_after(tokens: list[Token], at: int, most: int) -> list[str]:
    """The first words that mean something after a token."""
    words = (tokens[i].text for i in range(at + 1, len(tokens)))
    return list(islice((word for word in words if word not in SMALL), most))


def opening_verb(tokens: list[Token]) -> str:
    """The first word of a decided point ("d'attribuer …", "APPROUVE …") or of a sentence."""
    return next((t.text for t in tokens if t.text not in SMALL and t.text.isalpha() and len(t.text) > 1), "")


class AmountView:
    """One amount in its sentence, as features."""

    def __init__(self, reading: Reading, stream: Stream, amounts: list[Found[Amount]], index: int) -> None:
        self.reading, self.stream, self.amount, self.index = reading, stream, amounts[index], index
        self.number = reading.sentence_at(self.amount.start)
        self.sentence: Sentence = reading.sentences[self.number]
        self.tokens = stream.of(self.sentence)
        self.at = next(i for i, t in enumerate(self.tokens) if t.text == AMOUNT and t.ref == index)
        self.amounts = amounts

    def features(self) -> list[str]:
        """All features, by name."""
        cues = list(self._cues())
        return [*self._place(), *self._near(), *self._bags(), *cues, *self._figure(), *self._elsewhere(cues)]

    def _place(self) -> Iterator[str]:
        sentence, before = self.sentence, [t for t in self.tokens[: self.at] if t.text == AMOUNT]
        yield f"sec={sentence.section}"
        yield f"sec={sentence.section}&bullet={sentence.bullet}"
        yield f"nth={min(len(before), 3)}"
        yield f"more={min(sum(t.text == AMOUNT for t in self.tokens[self.at + 1 :]), 2)}"
        orgs = {t.ref for t in self.tokens if t.text == ORGANISATION}
        yield f"orgs={min(len(orgs), 3)}&{sentence.section}"
        verb = opening_verb(self.tokens)
        yield f"V0={stem(verb)}"
        yield f"V0={stem(verb)}&{sentence.section}"

    def _near(self) -> Iterator[str]:
        left = self.tokens[max(0, self.at - _LEFT) : self.at][::-1]
        right = self.tokens[self.at + 1 : self.at + 1 + _RIGHT]
        for i, token in enumerate(left, 1):
            yield f"L{i}={stem(token.text)}"
        for i, token in enumerate(right, 1):
            yield f"R{i}={stem(token.text)}"
        if len(left) > 1:
            yield f"L21={stem(left[1].text)}_{stem(left[0].text)}"
        if len(left) > 2:
            yield f"L321={stem(left[2].text)}_{stem(left[1].text)}_{stem(left[0].text)}"
        if len(right) > 1:
            yield f"R12={stem(right[0].text)}_{stem(right[1].text)}"
        for i, word in enumerate(content_before(self.tokens, self.at, 3), 1):
            yield f"N{i}={stem(word)}"
        for i, word in enumerate(content_after(self.tokens, self.at, 2), 1):
            yield f"M{i}={stem(word)}"

    def _own(self) -> tuple[list[Token], list[Token]]:
        """The words before the amount since the last one or a strong stop, and after it up to the next."""
        begin = self.at
        while begin > 0 and self.tokens[begin - 1].text not in _STOPS and self.tokens[begin - 1].text != AMOUNT:
            begin -= 1
        end = self.at + 1
        while end < len(self.tokens) and self.tokens[end].text not in _STOPS and self.tokens[end].text != AMOUNT:
            end += 1
        return self.tokens[begin : self.at], self.tokens[self.at + 1 : end]

    def _bags(self) -> Iterator[str]:
        left, right = self._own()
        yield from {f"LB={stem(w)}" for w in content(left)[-_BAG:]}
        yield from {f"RB={stem(w)}" for w in content(right)[:_BAG]}
        yield from self.stream.bag("SB", self.sentence.start, self.sentence.end)
        yield from self._classes(left, right)
        if self.sentence.lead is not None:
            lead = self.reading.sentences[self.sentence.lead]
            yield from self.stream.bag("LEAD", lead.start, lead.end)
        elif self.number and self.reading.sentences[self.number - 1].section == self.sentence.section:
            before = self.stream.of(self.reading.sentences[self.number - 1])
            yield from {f"PB={stem(w)}" for w in content(before)[:12]}
        title = self.reading.context.title
        if title:
            yield from self.stream.bag("TB", *title)

    def _classes(self, left: list[Token], right: list[Token]) -> Iterator[str]:
        """What the words do: the opening verb, the nearest verb and noun before, those after, those of the lead."""
        section = self.sentence.section
        opening = classes(opening_verb(self.tokens)) or ("?",)
        for name in opening:
            yield f"cV0={name}"
            yield f"cV0={name}&{section}"
        nearest: dict[str, str] = {}
        for distance, word in enumerate(content_before(self.tokens, self.at, 16)):
            for name in classes(word):
                if name[0] not in nearest:
                    yield f"c{name[0]}1={name}"
                    yield f"c{name[0]}1={name}&{section}"
                    yield f"c{name[0]}1={name}&{min(distance, 3)}"
            for name in classes(word):
                nearest.setdefault(name[0], name)
        yield f"cpair={nearest.get('v')}&{nearest.get('n')}"
        yield f"cpair={nearest.get('v')}&{nearest.get('n')}&{opening[0]}&{section}"
        yield from {f"cL={name}" for w in content(left) for name in classes(w)}
        yield from {f"cR={name}" for w in content(right) for name in classes(w)}
        yield from self.stream.kinds("cS", self.sentence)
        if self.sentence.lead is not None:
            yield from self.stream.kinds("cLEAD", self.reading.sentences[self.sentence.lead])

    def _cues(self) -> Iterator[str]:
        folded, sentence = self.reading.folded, self.sentence
        before = [t.end for t in self.tokens[: self.at] if t.text == AMOUNT]
        left = before[-1] if before else sentence.start
        own = last_cue(folded[left : self.amount.start])
        whole = last_cue(folded[sentence.start : self.amount.start])
        if own:
            yield f"cue={own.family}"
            yield f"cue={own.family}&{sentence.section}"
            yield f"cue={own.family}/{own.rule}"
        elif whole:
            yield f"cue_before={whole.family}"
        passive = passive_after(folded[self.amount.end : sentence.end])
        if passive:
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
        parts = {s.section for s in self.reading.sentences}
        if not {"body", "decision"} <= parts:
            return
        twins = [a for a in self.amounts if a.value.value == self.amount.value.value and a is not self.amount]
        sections = {self.reading.sentences[self.reading.sentence_at(a.start)].section for a in twins}
        for section in sections:
            yield f"again={section}&{self.sentence.section}"
        if not sections:
            yield f"once&{self.sentence.section}"
        if self.sentence.section == "decision":
            return
        decided = [s for s in self.reading.sentences if s.section == "decision"]
        sums = any(within(self.reading.amounts, s.start, s.end) for s in decided)
        approves = any("v.approve" in classes(t.text) for s in decided for t in self.stream.of(s)[:8])
        for cue in cues:
            if cue.startswith(("cue=", "cue_lead=", "cue_before=")) and "/" not in cue and "&" not in cue:
                yield f"dsums={sums}&approves={approves}&{cue}"
        yield f"dsums={sums}&approves={approves}"
        yield f"dsums={sums}&once={not sections}"
        for sentence in self.reading.sentences:
            if sentence.section == "decision" and not within(self.reading.amounts, sentence.start, sentence.end):
                yield from {f"DEC={stem(w)}" for w in content(self.stream.of(sentence))[:8]}
