"""One matter put to the vote: drawn from ``matters.toml``, told in the words of an authority, with its rows of gold."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from benchmarks.corpus.grammar import Told, choose, tidy, write
from benchmarks.corpus.language import SUMS, Chief, Day, Named, Verbs, capital, of
from benchmarks.corpus.tables import Row, table
from benchmarks.corpus.world import HERE, NAMES, Authority, named

DATA: Final[dict[str, Any]] = tomllib.loads((HERE / "matters.toml").read_text(encoding="utf-8"))
_RECEIVERS: Final = ("ben", "two", "three", "four")
_SUMS: Final = ("sum", "sum2", "sum3", "sum4")
#: Bodies by the name of the data: their list in names.toml, their kind in the gold.
_BODIES: Final = {
    "federation": ("federations", "autre"),
    "landlord": ("landlords", "autre"),
    "bank": ("banks", "autre"),
    "school": ("schools", "association"),
    "syndicate": ("syndicates", "etablissement_public"),
    "body": ("bodies", "etablissement_public"),
    "firm": ("firms", "entreprise"),
}
#: Habits of sentences alone, and what lists have.
_IN_LISTS: Final = {"words": "spaced"}
_CONTRACT: Final = 2024
_ROUND: Final = {20_000: (10, 50, 100, 500), 10**9: (500, 1000, 5000)}


@dataclass
class Matter:
    """What is told and decided, and what an annotator notes of it: rows of money, organisations, programmes."""

    title: str
    told: str
    points: list[str]
    rows: list[dict[str, Any]]
    organisations: dict[str, Named]
    programmes: list[dict[str, str]] = field(default_factory=list)


class Sums:
    """Sums of one document, all different, as its authority writes them."""

    def __init__(self, way: str, chance: Random) -> None:
        self.write, self._chance, self._taken = SUMS[way], chance, set[int]()

    def draw(self, low: int, high: int) -> int:
        """A round sum between the two, or a little more."""
        while True:
            sizes = next(sizes for most, sizes in _ROUND.items() if high < most)
            size = self._chance.choice(sizes)
            value = max(1, round(self._chance.uniform(low, high) / size)) * size
            if value not in self._taken:
                self._taken.add(value)
                return value
            high += high // 10 + 10


def agenda(authority: Authority, chance: Random) -> list[dict[str, Any]]:
    """What a séance of such an authority may decide, in an order at random, the frequent first; no matter twice."""
    kinds = [each for each in DATA["matter"] if authority.kind in each.get("for", (authority.kind,))]
    return sorted(kinds, key=lambda kind: -(chance.random() ** (1 / kind["weight"])))


def matter(kind: dict[str, Any], authority: Authority, date: dt.date, sums: Sums, chance: Random) -> Matter:
    """One of a kind, written."""
    return _Drawn(kind, authority, date, sums, chance).written()


class _Drawn:
    """A matter in the making."""

    def __init__(self, kind: dict[str, Any], authority: Authority, date: dt.date, sums: Sums, chance: Random) -> None:
        self.kind, self.authority, self.year, self.sums, self.chance = kind, authority, date.year, sums, chance
        self.parties = self._parties()
        self.values = self._values()
        self.rows: list[dict[str, Any]] = []
        self.receivers: list[Named] = []
        works = chance.choice(DATA["works"]["names"])
        verbs = Verbs(DATA["verbs"], authority.layout["mood"])
        self.told = Told(
            {
                **self.parties,
                **{name: sums.write(value) for name, value in self.values.items()},
                "us": authority,
                "chief": Chief(authority.kind, authority.council[0]),
                "year": date.year,
                "last": date.year - 1,
                "next": date.year + 1,
                "before": Day(date - dt.timedelta(days=chance.randrange(10, 60))),
                "project": chance.choice(NAMES["projects"]),
                "works": works,
                "Works": capital(works),
                "contract": "2024-2030" if date.year >= _CONTRACT else "2015-2023",
                "v": verbs,
                "w": verbs,
            }
        )

    def _parties(self) -> dict[str, Named]:
        who, chance = self.authority, self.chance
        found = dict(zip(_RECEIVERS, chance.sample(who.helped, len(_RECEIVERS)), strict=True))
        if self.kind.get("ben") == "commune":
            found["ben"] = Named("la", f"commune {of(chance.choice(NAMES['roots']))}", "collectivite")
        others = [
            who.department.region,
            Named("l'", "État", "etat"),
            Named("l'", "Agence de l'eau", "etablissement_public"),
        ]
        if who.kind != "department":
            others.append(Named("le", f"Département {who.department.of}", "collectivite"))
        found["other"] = chance.choice(others)
        for name, (source, kind) in _BODIES.items():
            found[name] = named(chance.choice(NAMES[source]), kind, who)
        return found

    def _values(self) -> dict[str, int]:
        low, high = self.kind.get("scale", (100, 6000))
        found = {name: self.sums.draw(low, high) for name in (*_SUMS, "old", "plan", "rest")}
        return found | {
            "cost": self.sums.draw(found["sum"] * 2, found["sum"] * 6),
            "pupil": self.sums.draw(420, 980),
        }

    def written(self) -> Matter:
        """Everything chosen and filled in."""
        kind, chance = self.kind, self.chance
        title = self._said(kind["title"])
        paragraphs = [self._said(kind[part]) for part in ("told", "past")]
        points = [self._point(line) for line in choose(chance.choice(kind["points"]), chance).split("\n")]
        after = chance.choice(kind["after"])
        if after:
            points.append(self._said(DATA["after"][after]))
        named_here = [party for name, party in self.parties.items() if name in self.told.used]
        return Matter(
            title=title,
            told="\n\n".join(filter(None, paragraphs)),
            points=points,
            rows=[*self._told_rows(), *self.rows],
            organisations={party.known: party for party in (*named_here, *self.receivers)},
            programmes=self._programmes(),
        )

    def _said(self, ways: list[str]) -> str:
        return tidy(write(self.chance.choice(ways), self.told, self.chance))

    def _point(self, line: str) -> str:
        """A point with what stands below it."""
        head, _, below = line.partition("@")
        attached = {"list": self._list, "table": self._table, "plan": self._plan, "tariffs": self._tariffs}
        return tidy(write(head, self.told, self.chance)) + (f"\n{attached[below]()}" if below else "")

    def _list(self) -> str:
        way, count = self.chance.choice(DATA["lists"]["rows"]), self.chance.randint(2, len(_RECEIVERS))
        pairs = list(zip(_RECEIVERS[:count], _SUMS, strict=False))
        self.told.used.update(name for pair in pairs for name in pair)
        project = self.told["project"]
        return "\n".join(
            way.format(n=self.parties[who], s=self._short(self.values[value]), p=project) for who, value in pairs
        )

    def _short(self, value: int) -> str:
        """A sum as lists and tables have it."""
        return SUMS[_IN_LISTS.get(self.authority.sums, self.authority.sums)](value)

    def _table(self) -> str:
        chance, low_high = self.chance, (50, 4000)
        self.receivers = chance.sample(self.authority.helped, chance.randint(3, 10))
        lines = [
            Row(who, capital(chance.choice(NAMES["projects"])),
                {column: self.sums.draw(*low_high) for column in ("granted", "asked", "before")})
            for who in self.receivers
        ]  # fmt: skip
        made = table(DATA["tables"], lines, self._short, self.authority.grid, self.year, chance)
        self.rows += [self._row("attribue", "us", row.who.known, row.sums["granted"]) for row in made.rows]
        self.rows += [self._row("autre", None, None, value) for value in made.beside]
        return f"\n{made.text}\n"

    def _plan(self) -> str:
        return str(DATA["lists"]["plan"]).format_map(self.told)

    def _tariffs(self) -> str:
        lines = []
        for name in self.chance.sample(DATA["works"]["tariffs"], self.chance.randint(3, 6)):
            price = self.chance.randrange(2, 500) / 4
            self.rows.append(self._row("autre", None, None, price))
            lines.append(f"- {name} : {price:.2f} €".replace(".", ","))
        return "\n".join(lines)

    def _told_rows(self) -> Iterator[dict[str, Any]]:
        """The rows of the sums that the text tells."""
        for name, ways in self.kind["rows"].items():
            for way in ways.split(",") if name in self.told.used else ():
                status, payer, receiver, *year = way.split()
                row = self._row(status.rstrip("?"), payer, self._party(receiver), self.values[name])
                row |= {"facultatif": True} if status.endswith("?") else {}
                yield row | ({"annee": str(self.told[year[0]])} if year else {})

    def _party(self, name: str | None) -> str | None:
        if name == "us":
            return self.authority.name
        if name == "state":
            return "État"
        return self.parties[name].known if name in self.parties else None

    def _row(self, status: str, payer: str | None, receiver: str | None, value: float) -> dict[str, Any]:
        row = {"financeur": self._party(payer), "beneficiaire": receiver, "montant": value, "statut": status}
        return {key: told for key, told in row.items() if told is not None}

    def _programmes(self) -> list[dict[str, str]]:
        if (name := self.kind.get("programme")) is None:
            return []
        start, end = str(self.told["contract"]).split("-")
        return [{"nom": name, "debut": start, "fin": end}]
