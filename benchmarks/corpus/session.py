"""A séance: who came, who lent their vote to whom, and the lines that tell it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from benchmarks.corpus.grammar import choose
from benchmarks.corpus.language import ROSTER, Day, Person
from benchmarks.corpus.world import LAYOUTS, Authority

_LINES = LAYOUTS["lines"]


@dataclass(frozen=True)
class Roster:
    """Members as a head lists them."""

    written: tuple[str, ...]
    joint: str

    def __str__(self) -> str:
        """In one line."""
        return self.joint.join(self.written)

    @property
    def tabbed(self) -> str:
        """In rows of three."""
        return "\n".join("\t".join(self.written[at : at + 3]) for at in range(0, len(self.written), 3))

    @property
    def template(self) -> str:
        """In rows of two."""
        return "\n".join("\t".join(self.written[at : at + 2]) for at in range(0, len(self.written), 2))


@dataclass(frozen=True)
class Session:
    """One séance of an authority. ``proxies`` are pairs of who gives and who holds."""

    authority: Authority
    date: dt.date
    convoked: dt.date
    president: Person
    secretary: Person
    present: tuple[Person, ...]
    absent: tuple[Person, ...]
    proxies: tuple[tuple[Person, Person], ...]

    @property
    def voters(self) -> int:
        """Votes that can be cast."""
        return len(self.present) + len(self.proxies)

    def heading(self, chance: Random) -> dict[str, object]:
        """What the head of an act may tell of it."""
        who = self.authority
        write = ROSTER[who.roster]
        given = chance.choice(_LINES["given"])
        pairs = [given.format(g=write(g), h=write(h), ge=g.e) for g, h in self.proxies]
        absent = [write(person) for person in self.absent]
        both = absent + [f"{giver.long} pouvoir à {holder.long}" for giver, holder in self.proxies]
        return {
            "us": who, "body": who.organ, "day": Day(self.date), "convoked": Day(self.convoked),
            "president": self.president, "secretary": self.secretary,
            "reporter": chance.choice(self.present), "in_office": len(who.council),
            "present_count": len(self.present), "proxy_count": len(self.proxies), "voters": self.voters,
            "present": Roster(tuple(map(write, self.present)), who.joint), "absent": Roster(tuple(both), "\n"),
            "absent_line": _line("absent", "absent", absent, who.joint, chance),
            "proxy_line": _line("proxy", "proxies", pairs, ", " if who.joint == " - " else who.joint, chance),
        }  # fmt: skip

    def gold(self) -> dict[str, Any]:
        """What an annotator notes of it whatever the layout."""
        return {
            "collectivite": self.authority.name,
            "organe": self.authority.organ.named.name,
            "date_seance": self.date.isoformat(),
            "presents": [person.name for person in self.present],
            "absents": [person.name for person in self.absent],
            "pouvoirs": [[giver.name, holder.name] for giver, holder in self.proxies],
        }


def _line(way: str, name: str, written: Sequence[str], joint: str, chance: Random) -> str:
    """A line of those who are away, empty where there is none."""
    line = choose(chance.choice(_LINES[way]), chance)
    return line.format(**{name: joint.join(written)}) if written else ""


def session(authority: Authority, seed: str, number: int) -> Session:
    """The séance of that number of an authority."""
    chance = Random(f"{seed}/session/{number}")  # noqa: S311 (a reproducible draw, no secret)
    date = dt.date(authority.year, 1, 6) + dt.timedelta(days=56 * number + chance.randrange(40))
    date -= dt.timedelta(days=max(0, date.weekday() - 4))
    members = list(authority.council)
    president, others = members[0], members[1:]
    chance.shuffle(others)
    away = chance.randrange(0, max(2, len(members) // 4))
    lent = chance.randrange(0, away + 1)
    givers, absent, there = others[:lent], others[lent:away], others[away:]
    present = [president, *sorted(there, key=members.index)]
    holders = chance.sample(present, min(len(present), len(givers)))
    return Session(
        authority=authority,
        date=date,
        convoked=date - dt.timedelta(days=chance.randrange(5, 12)),
        president=president,
        secretary=chance.choice(present[1:]),
        present=tuple(present),
        absent=tuple(absent),
        proxies=tuple(zip(givers, holders, strict=True)),
    )
