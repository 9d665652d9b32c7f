"""The organisations of one act while it is read: one entry per organisation, under all its names.

Two mentions are one organisation when their names have the same key, when a sigle was tied to a long form, or
when one is the other without its head noun ("l'association Horizon" and "Horizon").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.facts import OrganisationKind
from extract.patterns import table
from extract.pipes.names import strip_name
from extract.text import key

_HEADS = re.compile(r"^(?:l )?(?:association|asso|societe|la|le|les|l|entreprise)\s+")
_RANK: dict[OrganisationKind, int] = {"organisation": 0}


def name_key(name: str) -> str:
    """The key under which names are equal: folded words without leading article or the word association."""
    words = key(name)
    for long, short in table("organisations")["synonyms"].items():
        words = words.replace(long, short)
    while True:
        shorter = _HEADS.sub("", words, count=1)
        if shorter == words or not shorter:
            return words
        words = shorter


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


class OrgBook:
    """All organisations of one act, found again by name."""

    def __init__(self) -> None:
        self.entries: list[Organisation] = []
        self._by_key: dict[str, Organisation] = {}

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
        found = self.find(name) or (self.find(sigle) if sigle else None)
        if found is None:
            found = Organisation(f"o{len(self.entries) + 1}", name, kind, sigle, place)
            self.entries.append(found)
        found.place = found.place or place
        if sigle and found.name == sigle and name != sigle:
            found.name = name
        self.complete(found, kind, sigle=sigle, names=(name, *aliases), mention=mention)
        return found

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
            entry.mentions.append(mention)

    def at(self, position: int) -> Organisation | None:
        """The organisation mentioned at a character."""
        for each in self.entries:
            if any(s <= position < e for s, e in each.mentions) or any(s <= position < e for s, e in each.generic):
                return each
        return None

    def begins(self, position: int) -> bool:
        """Whether a mention begins at a character."""
        return any(s == position for o in self.entries for s, _ in o.mentions)

    def mentions(self, *, generic: bool = True) -> list[tuple[int, int, Organisation]]:
        """Every mention in the order of the text: (start, end, organisation)."""
        found = [(s, e, o) for o in self.entries for s, e in o.mentions]
        if generic:
            found += [(s, e, o) for o in self.entries for s, e in o.generic]
        return sorted(found, key=lambda m: (m[0], -m[1]))
