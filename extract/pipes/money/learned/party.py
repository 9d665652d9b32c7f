"""What the models see of an amount and an organisation: how the words between them and around them tie them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from extract.pipes.model import Sentence
from extract.pipes.money.learned.candidates import Candidate
from extract.pipes.money.learned.lexicon import classes
from extract.pipes.money.learned.status import AmountView, opening_verb
from extract.pipes.money.learned.stream import AMOUNT, AUTHORITY, ORGANISATION, Stream, content, stem
from extract.pipes.reading import Reading
from extract.pipes.roles import said, said_after
from extract.text import key

_ROLES = ("receives", "object", "from", "agent", "grant_of", "receives_weak", "by_whom", "carried_by", "not_agent")
_NEAR, _PATH = 4, 7


class Standing:
    """A candidate in its sentence: what every amount sees of it alike, found once.

    ``at`` is its place among the tokens, None where an amount or another name took it; ``signs`` are the amounts and
    organisations there, ``alone`` tells that it is the only organisation; ``said`` are the roles said right before
    its name, ``after`` those right after.
    """

    def __init__(self, reading: Reading, stream: Stream, candidate: Candidate, index: int, sentence: Sentence) -> None:
        self.candidate, self.sentence = candidate, sentence
        self.tokens = stream.of(sentence)
        self.at = next(
            (i for i, t in enumerate(self.tokens) if t.ref == index and t.text in (ORGANISATION, AUTHORITY)), None
        )
        own = None if self.at is None else self.tokens[self.at].ref
        self.signs = [t for t in self.tokens if t.text in (AMOUNT, ORGANISATION)]
        self.alone = not any(t.text == ORGANISATION and t.ref != own for t in self.signs)
        self.said = [name for name in _ROLES if said(reading, name, candidate.start, sentence.start)]
        self.after = [name for name in ("pays", "gets") if said_after(reading, name, candidate.end, sentence.end)]
        self.around = list(self._around())
        self.bag = {f"B={stem(w)}" for w in content(self.tokens)[:10]}

    def _around(self) -> Iterator[str]:
        if self.at is None:
            return
        left = self.tokens[max(0, self.at - _NEAR) : self.at][::-1]
        right = self.tokens[self.at + 1 : self.at + 1 + _NEAR]
        texts = [stem(t.text) for t in left]
        for i, text in enumerate(texts, 1):
            yield f"l{i}={text}"
        if len(texts) > 1:
            yield f"l21={texts[1]}_{texts[0]}"
        if len(texts) > 2:
            yield f"l321={texts[2]}_{texts[1]}_{texts[0]}"
        for i, token in enumerate(right, 1):
            yield f"r{i}={stem(token.text)}"
        if len(right) > 1:
            yield f"r12={stem(right[0].text)}_{stem(right[1].text)}"
        word = next((w for w in content(self.tokens[: self.at])[::-1] if w not in (AMOUNT, ORGANISATION)), "")
        yield f"n={stem(word)}"
        after = next((w for w in content(self.tokens[self.at + 1 :]) if w not in (AMOUNT, ORGANISATION)), "")
        yield f"m={stem(after)}"
        for name in classes(word):
            yield f"cn={name}&l1={texts[0] if texts else '^'}"
        for name in classes(after):
            yield f"cm={name}"
        if not content(self.tokens[: self.at]):
            yield "opens"
            yield f"opens&m={stem(after)}"


class PartyView:
    """One candidate for one amount, as features; both may stand in different sentences."""

    def __init__(self, view: AmountView, standing: Standing, place: str) -> None:
        self.view, self.standing, self.place = view, standing, place
        self.candidate, self.sentence = standing.candidate, standing.sentence
        self.tokens, self.at = standing.tokens, standing.at

    def features(self, status: str) -> list[str]:
        """All features; the ones that tell most are joined with the amount's status."""
        found = [*self._who(), *self.standing.around, *self._path(), *self._rank(), *self._said()]
        return [*found, *(f"{status}|{f}" for f in found if not f.startswith(("B=", "P=")))]

    def _who(self) -> Iterator[str]:
        organisation, reading = self.candidate.organisation, self.view.reading
        yield f"place={self.place}"
        if organisation is None:
            yield "guess"
            yield f"guess&place={self.place}"
            yield f"head={self.candidate.proper > self.candidate.start}"
            word = key(self.candidate.name).split()
            yield from (f"G={stem(w)}" for w in word[:2])
            yield f"caps={self.candidate.name.isupper()}"
        else:
            yield f"anaphora={self.candidate.anaphora}"
            yield f"kind={organisation.kind}"
            yield f"kind={organisation.kind}&place={self.place}"
            if organisation is reading.authority:
                yield "authority"
                yield f"authority&place={self.place}"
        title = reading.context.title
        if title and organisation is not None and any(title[0] <= s < title[1] for s, _ in organisation.mentions):
            yield "in_title"
        yield f"alone={self.standing.alone}&place={self.place}"
        yield f"sec={self.view.sentence.section}&place={self.place}"

    def _path(self) -> Iterator[str]:
        """What stands between the two, and the order of verb, amount and organisation."""
        verb = opening_verb(self.view.tokens)
        yield f"v0={stem(verb)}&place={self.place}"
        for name in classes(verb):
            yield f"cv0={name}&place={self.place}"
        if self.sentence is not self.view.sentence or self.at is None:
            yield from self.standing.bag
            return
        first, last = sorted((self.at, self.view.at))
        between = self.tokens[first + 1 : last]
        order = "before" if self.at < self.view.at else "after"
        organisations = sum(t.text == ORGANISATION for t in between)
        amounts = sum(t.text == AMOUNT for t in between)
        yield f"{order}&orgs={min(organisations, 2)}&amounts={min(amounts, 2)}"
        yield f"{order}&far={min(len(between) // 4, 6)}"
        if len(between) <= _PATH:
            yield f"path={order}:" + "_".join(stem(t.text) for t in between)
        kinds = {name for t in between for name in classes(t.text)}
        yield from (f"cP={order}:{name}" for name in kinds)
        small = [t.text for t in between if len(t.text) < 4 or t.text in ("pour", "dans", "avec")]
        yield f"small={order}:" + "_".join(small[:5])
        yield from {f"P={order}:{stem(w)}" for w in content(between)}
        stops = [t.text for t in between if t.text in (";", ":", ",", "(", ")", ".")]
        yield f"stops={order}:" + "".join(stops[:4])
        if order == "after" and not amounts:
            yield f"next&l1={stem(self.tokens[self.at - 1].text)}"
        if order == "before" and not amounts:
            yield f"just&l1={stem(self.tokens[self.at - 1].text) if self.at else '^'}"

    def _rank(self) -> Iterator[str]:
        """In a series, the third sum goes with the third name: where a candidate stands among those of the sentence."""
        if self.sentence is not self.view.sentence or self.at is None:
            return
        signs = self.standing.signs
        names = [i for i, t in enumerate(t for t in signs if t.text == ORGANISATION)]
        sums = sum(t.text == AMOUNT for t in signs)
        if sums < 2:
            return
        first = signs[0].text
        own = self.tokens[self.at]
        rank = sum(t.text == ORGANISATION and t.start < own.start for t in signs)
        place = sum(t.text == AMOUNT and t.start < self.view.amount.start for t in signs)
        even = "even" if len(names) == sums else "odd"
        pattern = "".join("n" if t.text == ORGANISATION else "€" for t in signs[:8])
        yield f"rank={max(-2, min(2, rank - place))}&{even}"
        yield f"rank={max(-2, min(2, rank - place))}&{even}&first={first}"
        yield f"rank={max(-2, min(2, rank - place))}&signs={pattern}"
        alternate = all(a.text != b.text for a, b in pairwise(signs))
        yield f"alternate={alternate}&first={first}&rank={max(-2, min(2, rank - place))}"

    def _said(self) -> Iterator[str]:
        yield from (f"said={name}&place={self.place}" for name in self.standing.said)
        yield from (f"after={name}&place={self.place}" for name in self.standing.after)
