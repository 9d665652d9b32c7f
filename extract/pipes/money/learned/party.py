"""What the models see of an amount and an organisation: how the words between them and around them tie them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice

from extract.linear import Bag, Seen
from extract.pipes.kept import kept
from extract.pipes.model import Sentence
from extract.pipes.money.learned.candidates import Candidate
from extract.pipes.money.learned.lexicon import classes
from extract.pipes.money.learned.status import AmountView
from extract.pipes.money.learned.stream import AMOUNT, ORGANISATION, Stream, stem
from extract.pipes.reading import Reading
from extract.pipes.roles import said_after, said_of
from extract.text import key

_ROLES = ("receives", "object", "from", "agent", "grant_of", "receives_weak", "by_whom", "carried_by", "not_agent")
_NEAR, _PATH, _BAG, _SMALL, _SIGNS_SHOWN = 4, 7, 10, 5, 8
_FEWEST_PAIRED = 2
_SIGNS = frozenset([AMOUNT, ORGANISATION])
_LINKS = frozenset(["pour", "dans", "avec"])
_STOPS = frozenset(";:,().")


class Standing:
    """A candidate in its sentence: what every amount sees of it alike, found once.

    ``at`` is its place among the tokens, None where an amount or another name took it; ``alone`` tells that it is the
    only organisation there.
    """

    def __init__(self, reading: Reading, stream: Stream, candidate: Candidate, index: int, sentence: Sentence) -> None:
        self.reading, self.candidate, self.sentence = reading, candidate, sentence
        self.line = stream.of(sentence)
        self.at = self.line.candidate_of.get(index)
        own = self.at is not None and self.line.texts[self.at] == ORGANISATION
        self.alone = len(self.line.organisations) == own
        self._seen: dict[tuple[str, str, str | None], Bag] = {}

    def seen(self, place: str, section: str) -> Bag:
        """Features of the candidate for any amount of a section, to which it stands in some place ("own", "lead").

        A guessed name that an earlier amount has chosen is an organisation to the next one.
        """
        organisation = self.candidate.organisation
        told = (place, section, organisation.kind if organisation else None)
        if told not in self._seen:
            said_here = [f"{name}&place={place}" for name in self._said]
            section_told = f"sec={section}&place={place}"
            self._seen[told] = Bag([*self._who(place), section_told, *self._around, *said_here])
        return self._seen[told]

    @property
    def in_title(self) -> bool:
        """Whether the title names the organisation."""
        title, organisation = self.reading.context.title, self.candidate.organisation
        if title is None or organisation is None:
            return False
        return any(title[0] <= start < title[1] for start, _ in organisation.mentions)

    def _who(self, place: str) -> Iterator[str]:
        organisation = self.candidate.organisation
        yield f"place={place}"
        if organisation is None:
            yield "guess"
            yield f"guess&place={place}"
            yield f"head={self.candidate.proper > self.candidate.start}"
            yield from (f"G={stem(w)}" for w in key(self.candidate.name).split()[:2])
            yield f"caps={self.candidate.name.isupper()}"
        else:
            yield f"anaphora={self.candidate.anaphora}"
            yield f"kind={organisation.kind}"
            yield f"kind={organisation.kind}&place={place}"
            if organisation is self.reading.authority:
                yield "authority"
                yield f"authority&place={place}"
        yield f"alone={self.alone}&place={place}"

    @kept
    def _around(self) -> list[str]:
        """The words right before and after the name, and the nearest that mean something."""
        if self.at is None:
            return []
        line, at = self.line, self.at
        here = bisect_left(line.words, at)
        before, after = self._nearest(reversed(line.words[:here])), self._nearest(line.content(at + 1, len(line.texts)))
        found = [*line.near(at, (_NEAR, _NEAR), ("l", "r")), f"n={stem(before)}", f"m={stem(after)}"]
        found += [f"cn={name}&l1={line.stems[at - 1] if at else '^'}" for name in classes(before)]
        found += [f"cm={name}" for name in classes(after)]
        return found if here else [*found, "opens", f"opens&m={stem(after)}"]

    def _nearest(self, places: Iterable[int]) -> str:
        """The first word of some places that is no sign."""
        texts = self.line.texts
        return next((texts[place] for place in places if texts[place] not in _SIGNS), "")

    @kept
    def _said(self) -> list[str]:
        """The roles that the words right before the name and right after it give."""
        start, end = self.candidate.start, self.candidate.end
        before = said_of(self.reading, _ROLES, start, self.sentence.start)
        after = [name for name in ("pays", "gets") if said_after(self.reading, name, end, self.sentence.end)]
        return [*(f"said={name}" for name in before), *(f"after={name}" for name in after)]


class PartyView:
    """One candidate for one amount, as features; both may stand in different sentences."""

    def __init__(self, view: AmountView, standing: Standing, place: str) -> None:
        self.view, self.standing, self.place = view, standing, place
        self.candidate = standing.candidate

    def seen(self) -> tuple[Seen, Seen]:
        """The features that tell most, to be joined with the amount's status, and those that never are."""
        standing, view, place = self.standing, self.view, self.place
        own = [*self._verb(), "in_title"] if standing.in_title else [*self._verb()]
        shared = [standing.seen(place, view.sentence.section)]
        if standing.sentence is not view.sentence or standing.at is None:
            return Seen(own, shared), Seen([], [standing.line.bag("B", _BAG)])
        first, last = sorted((standing.at, view.at))
        order = "before" if standing.at < view.at else "after"
        own += self._between(standing.at, first + 1, last, order)
        own += self._rank(standing.at)
        line = standing.line
        words = {f"P={order}:{line.stems[i]}" for i in line.content(first + 1, last)}
        return Seen(own, shared), Seen([*words], [])

    def features(self, status: str) -> list[str]:
        """All features as the models know them, joined ones with the status in front."""
        tied, loose = (seen.names() for seen in self.seen())
        return [*tied, *loose, *(f"{status}|{feature}" for feature in tied)]

    def _verb(self) -> Iterator[str]:
        verb = self.view.line.verb
        yield f"v0={stem(verb)}&place={self.place}"
        for name in classes(verb):
            yield f"cv0={name}&place={self.place}"

    def _between(self, at: int, start: int, end: int, order: str) -> Iterator[str]:
        """What stands between the two, and the order of amount and organisation."""
        line = self.standing.line
        organisations = bisect_left(line.organisations, end) - bisect_left(line.organisations, start)
        amounts = bisect_left(line.amounts, end) - bisect_left(line.amounts, start)
        yield f"{order}&orgs={min(organisations, 2)}&amounts={min(amounts, 2)}"
        yield f"{order}&far={min((end - start) // 4, 6)}"
        if end - start <= _PATH:
            yield f"path={order}:" + "_".join(line.stems[start:end])
        texts = line.texts[start:end]
        yield from {f"cP={order}:{name}" for kinds in line.kinds[start:end] for name in kinds}
        small = (text for text in texts if len(text) < 4 or text in _LINKS)
        yield f"small={order}:" + "_".join(islice(small, _SMALL))
        yield f"stops={order}:" + "".join(islice((text for text in texts if text in _STOPS), 4))
        if not amounts:
            before = line.stems[at - 1] if at or order == "after" else "^"
            yield f"{'next' if order == 'after' else 'just'}&l1={before}"

    @property
    def paired(self) -> bool:
        """Whether names and sums of the sentence alternate, and the candidate is the name of the amount."""
        line, at = self.standing.line, self.standing.at
        names, sums = len(line.organisations), len(line.amounts)
        if self.place != "own" or at is None or names != sums or sums < _FEWEST_PAIRED or not line.alternate:
            return False
        return bisect_left(line.organisations, at) == bisect_left(line.amounts, self.view.at)

    def _rank(self, at: int) -> Iterator[str]:
        """In a series, the third sum goes with the third name: where a candidate stands among those of the sentence."""
        line = self.standing.line
        names, sums = len(line.organisations), len(line.amounts)
        if sums < 2:
            return
        rank = bisect_left(line.organisations, at) - bisect_left(line.amounts, self.view.at)
        rank = max(-2, min(2, rank))
        first = ORGANISATION if line.signs[0] == "n" else AMOUNT
        even = "even" if names == sums else "odd"
        yield f"rank={rank}&{even}"
        yield f"rank={rank}&{even}&first={first}"
        yield f"rank={rank}&signs={line.signs[:_SIGNS_SHOWN]}"
        yield f"alternate={line.alternate}&first={first}&rank={rank}"
