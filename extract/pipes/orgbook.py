"""The organisations of one act while it is read: one entry per organisation, under all its names.

Two mentions are one organisation when their names have the same key, when a sigle was tied to a long form, or
when one is the other without its head noun ("l'association Horizon" and "Horizon").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import TypeAlias

from extract.facts import OrganisationKind
from extract.patterns import cased, pattern, table
from extract.pipes.names import strip_name
from extract.text import fold, key

_SHORTEST = 3
#: Where a mention starts.
_START = itemgetter(0)


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """The key under which names are equal: folded words without leading article or the word association."""
    words = key(name)
    for long, short in table("organisations")["synonyms"].items():
        words = words.replace(long, short)
    while True:
        shorter = pattern("organisations", "name.light_head").sub("", words, count=1)
        if shorter == words or not shorter:
            return words
        words = shorter


@lru_cache(maxsize=1)
def _kinds() -> frozenset[str]:
    """The short forms of kinds of bodies: "epcc", "mjc"."""
    return frozenset(table("organisations")["synonyms"].values())


def _quoted(name: str) -> tuple[str, ...]:
    """What stands in quotes inside a name is one of its names: "Épicerie solidaire « Le Panier »"."""
    _, mark, inner = name.replace("“", "«").replace('"', "«").partition("«")
    inner = inner.strip(' «»”"')
    return (inner,) if mark and len(inner) > _SHORTEST and inner != name else ()


#: A mention: where it starts and ends, and whom it names.
Mention: TypeAlias = "tuple[int, int, Organisation]"


@dataclass(slots=True)
class Organisation:
    """An organisation of the act. ``names`` maps name keys to the form first written."""

    id: str
    name: str
    kind: OrganisationKind
    sigle: str | None = None
    place: str | None = None
    names: dict[str, str] = field(default_factory=dict)
    mentions: list[tuple[int, int]] = field(default_factory=list)
    generic: list[tuple[int, int]] = field(default_factory=list)


def _proper(name: str) -> tuple[str, ...]:
    """The name behind a noun and its trade: "Association de chasse La Diane", "coopérative Les Paniers du Val"."""
    told = cased("names", "behind_trade").match(name)
    return (told["own"],) if told is not None else ()


class OrgBook:
    """All organisations of one act, found again by name."""

    def __init__(self) -> None:
        self.entries: list[Organisation] = []
        self.declared: list[Organisation] = []
        self._by_key: dict[str, Organisation] = {}
        self._order: dict[str, int] = {}
        self._places: dict[int, Organisation] = {}
        self._starts: set[int] = set()
        #: Whether a name begins at a character. It is asked of each character behind a name.
        self.begins: Callable[[int], bool] = self._starts.__contains__
        self._sorted: dict[bool, list[Mention]] = {}
        #: What was known when every mention was last looked for.
        self.looked_for: list[tuple[str, int, str | None, int]] = []

    def known(self) -> list[tuple[str, int, str | None, int]]:
        """Of each organisation how many names and mentions are known, and its sigle."""
        return [(each.id, len(each.names), each.sigle, len(each.mentions)) for each in self.entries]

    def find(self, name: str) -> Organisation | None:
        """The organisation of that name or sigle, None when the act has none yet."""
        return self._by_key.get(name_key(name))

    def add(
        self,
        name: str,
        kind: OrganisationKind = "organisation",
        *,
        sigle: str | None = None,
        place: str | None = None,
        mention: tuple[int, int] | None = None,
        aliases: tuple[str, ...] = (),
    ) -> Organisation:
        """The organisation of that name, made when new; a better kind, sigle or place completes it."""
        name = strip_name(name)
        found = self.find(name) or (self.find(sigle) if sigle else None) or self._only_of_kind(name)
        if found is None:
            number = len(self._order) + 1  # never one of an entry that was dropped
            found = Organisation(f"o{number}", name, kind, sigle, place)
            self._order[found.id] = number
            self.entries.append(found)
        found.place = found.place or place
        if sigle and found.name == sigle and name != sigle:
            found.name = name
        self.complete(found, kind, sigle=sigle, names=(name, *aliases, *_quoted(name), *_proper(name)), mention=mention)
        return found

    def _only_of_kind(self, name: str) -> Organisation | None:
        """Whom the sigle of a kind means, "l'EPCC": the only body of that kind; None for other names, or of several."""
        if not name.isupper() or name_key(name) not in _kinds():
            return None
        found = [o for o in self.entries if any(known.startswith(f"{name_key(name)} ") for known in o.names)]
        return found[0] if len(found) == 1 else None

    def complete(
        self,
        entry: Organisation,
        kind: OrganisationKind = "organisation",
        *,
        sigle: str | None = None,
        names: tuple[str, ...] = (),
        mention: tuple[int, int] | None = None,
    ) -> None:
        """Tell more of a known organisation: a surer kind, its sigle, further names, a mention."""
        if entry.kind == "organisation":
            entry.kind = kind
        entry.sigle = entry.sigle or sigle
        for each in (*names, *([sigle] if sigle else [])):
            entry.names.setdefault(name_key(each), each)
            self._by_key.setdefault(name_key(each), entry)
        if mention and mention not in entry.mentions:
            self.mention(entry, mention)

    def mention(self, entry: Organisation, span: tuple[int, int], *, generic: bool = False) -> None:
        """One more place where an organisation stands, ``generic`` where it is spoken of by its kind alone."""
        (entry.generic if generic else entry.mentions).append(span)
        self._place(entry, span, generic=generic)

    def rename(self, entry: Organisation, name: str, span: tuple[int, int]) -> None:
        """Give an organisation that is named once the name of its table's cell: prose does not know where it ends."""
        for old in [k for k, written in entry.names.items() if written == entry.name]:
            del entry.names[old]
            if self._by_key.get(old) is entry:
                del self._by_key[old]
        entry.name = name
        self.complete(entry, names=(name,))
        self.widen(entry, span)

    def widen(self, entry: Organisation, span: tuple[int, int]) -> None:
        """Replace the mention inside a span by it, the last one where none is."""
        inside = [i for i, (start, end) in enumerate(entry.mentions) if span[0] <= start and end <= span[1]]
        entry.mentions[inside[-1] if inside else -1] = span
        self._replace()

    def drop(self, entry: Organisation) -> None:
        """Forget what was taken for an organisation: words of a table's header."""
        self.entries.remove(entry)
        for known in [k for k, each in self._by_key.items() if each is entry]:
            del self._by_key[known]
        self._replace()

    def _replace(self) -> None:
        """Build the indexes of places anew."""
        self._sorted.clear()
        self._places.clear()
        self._starts.clear()
        for each in self.entries:
            for known in each.mentions:
                self._place(each, known)
            for known in each.generic:
                self._place(each, known, generic=True)

    def _place(self, entry: Organisation, span: tuple[int, int], *, generic: bool = False) -> None:
        """Keep the indexes true: of two organisations at one character, the one known first holds it."""
        self._sorted.clear()
        if not generic:
            self._starts.add(span[0])
        rank = self._order[entry.id]
        for position in range(*span):
            holder = self._places.get(position)
            if holder is None or self._order[holder.id] > rank:
                self._places[position] = entry

    def at(self, position: int) -> Organisation | None:
        """The organisation mentioned at a character, by name or by its kind."""
        return self._places.get(position)

    def mentions(self, *, generic: bool = True) -> list[Mention]:
        """Every mention in the order of the text, the longer of two that begin together first."""
        known = self._sorted.get(generic)
        if known is None:
            found = [(s, e, o) for o in self.entries for s, e in o.mentions]
            if generic:
                found += [(s, e, o) for o in self.entries for s, e in o.generic]
            known = self._sorted[generic] = sorted(found, key=lambda m: (m[0], -m[1]))
        return known

    def longer(self, words: str) -> list[Organisation]:
        """The organisations whose names begin with some words and go on: those of "le Comité" of an act."""
        head = f"{fold(words)} "
        return [o for o in self.entries if fold(o.name).startswith(head)]

    def only_longer(self, words: str) -> Organisation | None:
        """Whom "le Comité" means: the only organisation whose name begins so; None where there are several."""
        found = self.longer(words)
        return found[0] if len(found) == 1 else None

    def mentions_from(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin in ``[start, end)``, in order."""
        known = self.mentions()
        first = bisect_left(known, start, key=_START)
        return known[first : bisect_left(known, end, lo=first, key=_START)]
