"""Sentences of grants drawn from ``prose.toml``: verb × noun × order of party and sum × writing of the sum × payer.

All names are invented.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.corpus.number_words import in_words

WAYS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("prose.toml").read_text(encoding="utf-8"))
_TO = {"le": "au ", "la": "à la ", "l'": "à l'", "les": "aux "}
_OF = {"le": "du ", "la": "de la ", "l'": "de l'", "les": "des "}
_VOWELS = "aeéèêiouyhâîôAEÉIOUYH"
_MOOD = re.compile(r"<([^|>]*)\|([^>]*)>")


@dataclass(frozen=True, slots=True)
class Flow:
    """One grant told by an act: who pays, who receives, the sum in euros."""

    funder: str
    receiver: str
    amount: int


@dataclass(slots=True)
class Prose:
    """A composed act, the flows it decides and the traits it was drawn with."""

    text: str
    flows: list[Flow]
    traits: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation with its article."""

    article: str
    name: str

    @classmethod
    def of(cls, line: str) -> Named:
        return cls(*line.split("|"))

    @property
    def them(self) -> str:
        return self.article + ("" if self.article.endswith("'") else " ") + self.name

    @property
    def to(self) -> str:
        return _TO[self.article] + self.name

    @property
    def of_them(self) -> str:
        return _OF[self.article] + self.name

    @property
    def known_as(self) -> str:
        """The name without what the text puts around it."""
        return self.name.removeprefix("association ").strip("«» ")


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def of(words: str) -> str:
    """« de » before an infinitive or a noun, cut where it has to be."""
    return ("d'" if words[:1] in _VOWELS else "de ") + words


def of_noun(noun: str) -> str:
    """« la Ville » → « de la Ville », « le Département » → « du Département »."""
    return "du " + noun[3:] if noun.startswith("le ") else "de " + noun


class Composer:
    """What one act is drawn from: its authority, its random choices, the sums already told."""

    def __init__(self, random: Random) -> None:
        self.random = random
        head, self.payer, self.body, self.speaker = random.choice(WAYS["authorities"]).split("|")
        self.head = head
        self.receivers = [Named.of(line) for line in random.sample(WAYS["receivers"], 8)]
        self.sums: set[int] = set()
        self.form = random.choice(WAYS["sums"])

    def sum(self) -> int:
        """A sum that no other passage of the act tells."""
        while True:
            size = self.random.choice((10, 50, 100, 250, 1000))
            value = self.random.randint(2, 95) * size
            if value not in self.sums:
                self.sums.add(value)
                return value

    def written(self, value: int) -> str:
        spaced = f"{value:,}".replace(",", self.random.choice((" ", " ", "\u00a0", "\u202f")))
        return str(self.form.format(s=spaced, g=value, p=f"{value:,}".replace(",", "."), w=in_words(value)))

    def fill(self, template: str, party: Named | None, value: int | None, *, present: bool = False, **more: str) -> str:
        """A template with its parts; ``present`` takes verbs in the present, else in the infinitive."""
        if party is not None and party.article == "les" and "{Them}" in template:
            party = Named("l'", "association " + capital(party.name))
        gender, noun = self.random.choice(WAYS["nouns"]).split("|")
        infinitive, now, participle = self.random.choice(WAYS["giving"]).split("|")
        female = gender == "f"
        a = ("une " if female else "un ") + noun
        the = ("l'" if noun[0] in _VOWELS else "la " if female else "le ") + noun
        purpose = self.random.choice(WAYS["purposes"])
        if not female or "{a} de {sum}{for}" not in template:
            purpose = "" if purpose.startswith(" destinée") else purpose
        parts = {
            "a": a, "A": capital(a), "of_a": "d'" + a, "the": the, "The": capital(the),
            "of_the": "du " + noun if the.startswith("le ") else "de " + the, "n": noun,
            "give": now if present else infinitive, "give3": now, "given": participle + "e" * female,
            "given_m": participle, "given_f": participle + "e", "fixed": "fixée" if female else "fixé",
            "for": purpose, "for_comma": purpose.strip() + ", " if purpose else "",
            "year": self.random.choice(WAYS["years"]), "body": self.body.lower(),
            "payer": self.payer, "of_payer": of_noun(self.payer), "The_payer": capital(self.payer),
            "Speaker": self.speaker, "speaker": self.speaker[:1].lower() + self.speaker[1:],
        }  # fmt: skip
        if value is not None:
            parts["sum"] = parts["x"] = self.written(value)
        if party is not None:
            parts |= {"to": party.to, "of": party.of_them, "them": party.them, "Them": capital(party.them),
                      "Them_t": capital(party.name)}  # fmt: skip
        said = template.replace("à {payer}", "{to_payer}")
        parts["to_payer"] = "au " + self.payer[3:] if self.payer.startswith("le ") else "à " + self.payer
        said = said.format(**{**parts, **more})
        return _MOOD.sub(lambda verbs: verbs[2 if present else 1], said).replace(", ,", ",")

    def other(self) -> tuple[Named, dict[str, str]]:
        """Another public body, as a template names it."""
        named = Named.of(self.random.choice(WAYS["others"]))
        if "Département" in named.name and "Département" in self.payer:
            named = Named.of(WAYS["others"][1])
        return named, {
            "other": named.them,
            "Other": capital(named.them),
            "of_other": named.of_them,
            "to_other": named.to,
        }

    def trap(self, where: str, who: Named, *, present: bool = False) -> str:
        """A sum that is nobody's grant."""
        stranger = self.receivers[-1]
        _, more = self.other()
        template = self.random.choice(WAYS["traps"][where])
        template = template.replace("de {who}", "{of_who}").replace("à {who}", "{to_who}")
        more |= {"who": stranger.them, "Who": capital(stranger.them), "of_who": stranger.of_them, "to_who": stranger.to}
        return self.fill(template, who, self.sum(), present=present, **more)
