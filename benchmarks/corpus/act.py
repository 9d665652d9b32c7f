"""One document: a layout of its authority, filled with a séance and its matters; the text and the gold."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Final

from benchmarks.corpus.grammar import Told, choose, write
from benchmarks.corpus.language import Chief, Named
from benchmarks.corpus.matter import Matter, Sums, agenda, matter
from benchmarks.corpus.session import Session, session
from benchmarks.corpus.world import LAYOUTS, NAMES, Authority, authority

#: Documents of one authority, and of one séance where a document tells one act.
_OF_AUTHORITY: Final = 12
_OF_SESSION: Final = 4
_UNANIMOUS: Final = 0.8
_COUNTS: Final = {"in_office": "en_exercice", "present_count": "presents", "proxy_count": "procurations"}
_LINES: Final[dict[str, list[str]]] = LAYOUTS["lines"]
_VOTES: Final = ("pour", "contre", "abstention")


@dataclass(frozen=True)
class Document:
    """A document of the corpus; ``gold`` by the keys of tests/acts/README.md. ``printed``: it is to be a PDF."""

    name: str
    layout: str
    text: str
    gold: dict[str, Any]
    printed: bool


class Title(str):
    """A title, which minutes may set in capitals."""

    __slots__ = ()

    @property
    def UPPER(self) -> str:  # noqa: N802
        """In capitals."""
        return self.upper()


def documents(acts: int, seed: int, printed: float = 0.0) -> Iterator[Document]:
    """The corpus of a seed, one after the other; ``printed`` is the share that is to be a PDF."""
    for number in range(acts):
        yield document(number, seed, printed)


def document(number: int, seed: int, printed: float = 0.0) -> Document:
    """The document of that number: it depends on the seed and the number alone."""
    chance = Random(f"{seed}/{number}")  # noqa: S311 (a reproducible draw, no secret)
    place, at = divmod(number, _OF_AUTHORITY)
    who = authority(seed, place)
    on_paper = chance.random() < printed
    if on_paper:
        who = replace(who, grid="tabs")
    several = bool(who.layout.get("several"))
    held = session(who, f"{seed}/{place}", at if several else at // _OF_SESSION)
    made = _Made(who, held, at, chance)
    text, gold = made.minutes() if several else made.extract()
    name = f"{number:06}-{held.date.isoformat()}-{_slug(who.town)}"
    return Document(name, who.layout["key"], text, gold, on_paper)


class _Made:
    """A document in the making."""

    def __init__(self, who: Authority, held: Session, at: int, chance: Random) -> None:
        self.who, self.held, self.at, self.chance = who, held, at, chance
        self.sums = Sums(who.sums, chance)
        date = held.date
        self.number = who.numbers.format(y=date.year, m=date.month, d=at % _OF_SESSION + 1, n=7 * at + 1)
        self.chief = Chief(who.kind, who.council[0])
        self.told = Told({**held.heading(chance), "chief": self.chief, "theme": chance.choice(NAMES["themes"])})
        self.told |= {"number": self.number, "stamp": self._stamp(), "visas": chance.choice(_LINES["visas"])}

    def extract(self) -> tuple[str, dict[str, Any]]:
        """One act."""
        ((drawn,), (vote, counts)) = (
            self._matters(slice(self.at % _OF_SESSION, self.at % _OF_SESSION + 1)),
            self._ballot(),
        )
        self.told |= {"title": drawn.title, "told": drawn.told, "points": self._points(drawn), **vote}
        text = write(self.who.layout["text"], self.told, self.chance)
        gold = self._head() | {"objet": drawn.title} | self._content([drawn])
        used = self.told.used
        gold |= {"numero": self.number} if "number" in used else {}
        gold |= {"theme": self.told["theme"]} if "theme" in used else {}
        gold["votes"] = {name: count for name, count in counts.items() if name == "unanimite" or "vote" in used}
        if "pour" in used:
            gold["votes"] = {name: vote[name] for name in _VOTES}
        if self.who.layout["counted"]:
            gold["decisions"] = len(drawn.points)
        return text, gold

    def minutes(self) -> tuple[str, dict[str, Any]]:
        """Several decisions of one séance: gold of the whole document."""
        drawn = self._matters(slice(self.chance.randint(3, 7)))
        items = []
        for i, each in enumerate(drawn, start=1):
            vote, _ = self._ballot()
            told = {"i": i, "title": Title(each.title), "told": each.told, "points": self._points(each), **vote}
            told |= {"debate": self._debate(each)}
            items.append(write(self.who.layout["item"].strip("\n"), Told({**self.told, **told}), self.chance))
        self.told |= {"items": "\n\n".join(items)}
        text = write(self.who.layout["text"], self.told, self.chance)
        gold = self._head() | {"actes": len(drawn), "objets": [each.title for each in drawn]} | self._content(drawn)
        return text, gold

    def _matters(self, which: slice) -> list[Matter]:
        """Those of the agenda of the séance."""
        kinds = agenda(self.who, Random(f"{self.held.date}/{self.who.name}"))[which]  # noqa: S311 (no secret)
        return [matter(kind, self.who, self.held.date, self.sums, self.chance) for kind in kinds]

    def _stamp(self) -> str:
        """What the prefecture's software prints on an act, at times."""
        date, chance = self.held.date, self.chance
        later = date + dt.timedelta(days=chance.randrange(1, 8))
        told = {"slash": f"{later:%d/%m/%Y}", "digits": f"{date:%Y%m%d}", "n": chance.randrange(100, 999)}
        return str(chance.choice(_LINES["stamps"])).format(number=self.number.replace("/", "_"), **told)

    def _debate(self, drawn: Matter) -> str:
        """What members say; its sums are nobody's grant."""
        speakers = self.chance.sample(self.held.present, 2)
        value = self.sums.draw(500, 9000)
        told = {"who": speakers[0].full, "other": speakers[1].full, "x": self.sums.write(value), "chief": self.chief}
        way = self.chance.choice(_LINES["debates"])
        if "{x}" in way:
            drawn.rows.append({"montant": value, "statut": "autre"})
        return str(way).format(**told)

    def _points(self, drawn: Matter) -> str:
        way = self.who.layout["point"]
        if self.who.layout["mood"] == "running":
            return ", et ".join(drawn.points)
        return "\n".join(self._pointed(way.format(i=i, p=p), p) for i, p in enumerate(drawn.points, start=1))

    def _pointed(self, whole: str, point: str) -> str:
        """A point; what stands below it takes no stop."""
        return whole if "\n" not in point else whole[: whole.index(point) + len(point)].rstrip(" ") + "\n"

    def _ballot(self) -> tuple[dict[str, object], dict[str, Any]]:
        """A vote: what a layout may tell of it, and what its words tell."""
        voters, chance = self.held.voters, self.chance
        against = abstained = 0
        if chance.random() > _UNANIMOUS and voters > 6:
            against, abstained = chance.randint(1, voters // 5), chance.randint(0, voters // 6)
        counts = {"pour": voters - against - abstained, "contre": against, "abstention": abstained}
        plural = "s" if abstained > 1 else ""
        ways = _LINES["divided" if against else "unanimous"]
        told = Told({**counts, "plural": plural})
        words = choose(chance.choice(ways), chance).format_map(told)
        found: dict[str, Any] = {name: counts[name] for name in counts if name in told.used}
        return {"vote": words, **counts}, found or {"unanimite": True}

    def _head(self) -> dict[str, Any]:
        """Of the séance, what the head tells."""
        held, used = self.held, self.told.used
        gold = held.gold()
        counts = {"in_office": len(self.who.council), "present_count": len(held.present)}
        counts["proxy_count"] = len(held.proxies)
        gold |= {"date_convocation": held.convoked.isoformat()} if "convoked" in used else {}
        gold |= {"president": held.president.name} if "president" in used else {}
        gold |= {"secretaire": held.secretary.name} if "secretary" in used else {}
        return gold | {"effectif": {_COUNTS[name]: count for name, count in counts.items() if name in used}}

    def _content(self, drawn: list[Matter]) -> dict[str, Any]:
        named: Mapping[str, Named] = {name: party for each in drawn for name, party in each.organisations.items()}
        us = {"nom": self.who.name, "type": "collectivite"}
        others = [_organisation(party) for party in named.values()]
        programmes = {each["nom"]: each for one in drawn for each in one.programmes}
        return {
            "organisations": [us, *others],
            "organisations_neutres": [*NAMES["neutral"], f"Département {self.who.department.of}", self.who.town],
            "programmes": list(programmes.values()),
            "programmes_neutres": ["politique de la ville", "appel à projets", "DETR", "contrat de ville"],
            "financements": [row for each in drawn for row in each.rows],
        }


def _organisation(party: Named) -> dict[str, Any]:
    found: dict[str, Any] = {"nom": party.known, "type": party.kind}
    also = [*party.also, *([party.name] if party.name != party.known else [])]
    return found | ({"aussi": also} if also else {})


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
