"""Acts that tell their grants in prose, composed at random (``prose.toml``).

Verb × noun × order of party and sum × amount writing × payer × where it is told × style of decision × sums that are
nobody's grant. :func:`made_prose` gives the text and what must be read back of it. All names are invented.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

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
            "for": purpose, "for_comma": purpose.strip() + ", " if purpose else "", "year": self.random.choice(WAYS["years"]),
            "payer": self.payer, "of_payer": of_noun(self.payer), "The_payer": capital(self.payer), "body": self.body.lower(),
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
        return named, {"other": named.them, "Other": capital(named.them), "of_other": named.of_them, "to_other": named.to}

    def trap(self, where: str, who: Named, *, present: bool = False) -> str:
        """A sum that is nobody's grant."""
        stranger = self.receivers[-1]
        _, more = self.other()
        template = self.random.choice(WAYS["traps"][where])
        template = template.replace("de {who}", "{of_who}").replace("à {who}", "{to_who}")
        more |= {"who": stranger.them, "Who": capital(stranger.them), "of_who": stranger.of_them, "to_who": stranger.to}
        return self.fill(template, who, self.sum(), present=present, **more)


Told = tuple[str, list[str], list[str], list[Flow]]
"""Title, sentences of the exposé, points of the decision, flows."""


def _in_points(c: Composer, present: bool) -> Told:
    """One to three grants, each told by its point."""
    flows, points = [], []
    for who in c.receivers[: c.random.choice((1, 1, 2, 3))]:
        value = c.sum()
        points.append(c.fill(c.random.choice(WAYS["points"]), who, value, present=present))
        flows.append(Flow(c.head, who.known_as, value))
    return "Subventions 2024", [], points, flows


def _in_title(c: Composer, present: bool) -> Told:
    """Who receives stands in the title alone."""
    who, value = c.receivers[0], c.sum()
    title = c.fill(c.random.choice(WAYS["titles_of"]), who, None)
    return title, [], [c.fill(c.random.choice(WAYS["alone"]), who, value, present=present)], [
        Flow(c.head, who.known_as, value)
    ]


def _in_body(c: Composer, present: bool) -> Told:
    """The exposé proposes, the decision approves."""
    who, value = c.receivers[0], c.sum()
    told = of(c.fill(c.random.choice(WAYS["points"]), who, value))
    body = [c.fill(c.random.choice(WAYS["proposing"]), who, value, de=told)]
    return "Vie associative", body, [c.fill(c.random.choice(WAYS["approving"]), who, None, present=present)], [
        Flow(c.head, who.known_as, value)
    ]


def _by_pronoun(c: Composer, present: bool) -> Told:
    """The exposé tells whom it is about, the point says "lui"."""
    who, value = c.receivers[0], c.sum()
    body = [c.fill(c.random.choice(WAYS["introducing"]), who, None)]
    return "Vie associative – subvention", body, [
        c.fill(c.random.choice(WAYS["pronouns"]), who, value, present=present)
    ], [Flow(c.head, who.known_as, value)]


def _by_agreement(c: Composer, present: bool) -> Told:
    """An agreement by which the authority pays."""
    who, value = c.receivers[0], c.sum()
    point = c.fill(c.random.choice(WAYS["agreements"]), who, value, present=present)
    return "Convention de partenariat", [], [point], [Flow(c.head, who.known_as, value)]


def _taken(c: Composer, present: bool) -> Told:
    """Another body pays the authority."""
    payer, more = c.other()
    value = c.sum()
    point = c.fill(c.random.choice(WAYS["taken"]), c.receivers[0], value, present=present, **more)
    return "Participation financière", [], [point], [Flow(payer.name, c.head, value)]


def _to_each(c: Composer, present: bool) -> Told:
    """The same sum to each of a list."""
    told = [who for who in c.receivers if who.name.startswith("association")][:3]
    ways = WAYS["each"]
    if len(told) < 2:  # noqa: PLR2004 - a list
        told, ways = c.receivers[:3], [way for way in ways if "list_bare" not in way]
    value = c.sum()

    def row(of_each: Callable[[Named], str]) -> str:
        names = [of_each(who) for who in told]
        return ", ".join(names[:-1]) + " et " + names[-1]

    more = {
        "list": row(lambda who: who.them), "list_to": row(lambda who: who.to),
        "list_bare": row(lambda who: who.known_as),
    }  # fmt: skip
    point = c.fill(c.random.choice(ways), told[0], value, present=present, **more)
    return "Subventions 2024", [], [point], [Flow(c.head, who.known_as, value) for who in told]


TELLINGS: tuple[Callable[[Composer, bool], Told], ...] = (
    _in_points, _in_points, _in_points, _in_points, _in_title, _in_body, _in_body, _by_pronoun, _by_agreement, _taken, _to_each,
)  # fmt: skip

HEAD = """\
{head}

EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU {BODY}

Séance du 15 février 2024

Présidence de M. Alain PERRIN

Présents : M. Alain PERRIN, Mme Claire NOEL, M. Luc MARSEC, Mme Aline TESSIER

Secrétaire de séance : Mme Claire NOEL

{heading} {title}

{exposé}
"""
CONTEXT = (
    "{payer} accompagne chaque année les acteurs du territoire.", "Vu le Code général des collectivités territoriales,",
    "{payer} souhaite poursuivre sa politique de soutien aux initiatives locales.", "Considérant l'intérêt local de ce projet,",
    "La commission a rendu un avis favorable.",
)  # fmt: skip
CLOSING = ("<autoriser|autorise> le Maire à signer tout document se rapportant à cette affaire",
           "<dire|dit> que les crédits sont inscrits au budget", "<charger|charge> le Maire de l'exécution de la présente")  # fmt: skip
#: (present, what stands before the points, the points): how a decision is set.
STYLES: dict[str, tuple[bool, str, str]] = {
    "dijon": (False, "Le {Body}, après en avoir délibéré, décide :", "- {de} ;"),
    "decide-caps": (False, "Le {Body}, après en avoir délibéré, à l'unanimité,\n\nDÉCIDE :", "- {de},"),
    "present-caps": (True, "Après en avoir délibéré, à l'unanimité, le {Body} :", "{PRESENT} ;"),
    "present-dash": (True, "Le {Body}, après en avoir délibéré, à l'unanimité des membres présents :", "- {Present} ;"),
    "sentence": (True, "", "Après en avoir délibéré, le {Body}, à l'unanimité, {present}."),
    "decide-de": (False, "", "Le {Body}, après en avoir délibéré, DÉCIDE {de}."),
    "articles": (False, "Le {Body}, après en avoir délibéré,\n\nDÉLIBÈRE", "Article {k} : {Inf}."),
    "articles-decide": (False, "Le {Body}, ouï l'exposé du rapporteur,\n\nDÉCIDE", "ARTICLE {k} – {De}"),
    "articles-present": (True, "Le {Body}\n\nDÉCIDE", "Article {k}. - {Present}."),
    "points": (False, "Le {Body}, après en avoir délibéré, à l'unanimité, décide :", "{k}. {De} ;"),
}  # fmt: skip


def _set(c: Composer, style: str, points: list[str]) -> str:
    """The decision as a style sets it."""
    _, lead, form = STYLES[style]
    lines = []
    for number, point in enumerate(points, 1):
        verb, _, rest = point.partition(" ")
        shown = {"de": of(point), "De": capital(of(point)), "PRESENT": f"{verb.upper()} {rest}", "Present": capital(point),
                 "present": point, "Inf": capital(point), "k": str(number), "Body": c.body}  # fmt: skip
        lines.append(form.format(**shown))
    gap = "\n\n" if c.random.random() < 0.5 else "\n"
    return (lead.format(Body=c.body) + "\n\n" if lead else "") + gap.join(lines)


def _passive(c: Composer) -> tuple[str, str, list[Flow]]:
    """Articles in the passive: what stands for the points."""
    flows, lines = [], []
    for number, who in enumerate(c.receivers[: c.random.choice((1, 1, 2, 3))], 1):
        value = c.sum()
        lines.append(f"Article {number} : " + c.fill(c.random.choice(WAYS["passives"]), who, value) + ".")
        flows.append(Flow(c.head, who.known_as, value))
    return "Subventions 2024", f"Le {c.body}, après en avoir délibéré,\n\nDÉCIDE\n\n" + "\n\n".join(lines), flows


def _adopted(c: Composer) -> tuple[str, str, list[Flow]]:
    """What is proposed, then adopted in a word."""
    who, value = c.receivers[0], c.sum()
    told = of(c.fill(c.random.choice(WAYS["points"]), who, value))
    said = c.fill(c.random.choice(WAYS["proposing"]), who, value, de=told)
    adopted = c.random.choice(
        ("Adopté à l'unanimité.", "La proposition est adoptée à l'unanimité.", "Le {body} adopte, à l'unanimité.",
         "Après en avoir délibéré, le {body} adopte cette proposition à l'unanimité.", "Vote : unanimité.")
    )  # fmt: skip
    return "Subvention", said + "\n\n" + adopted.format(body=c.body), [Flow(c.head, who.known_as, value)]


def made_prose(random: Random) -> Prose:
    """An act whose grants are told in prose."""
    c = Composer(random)
    style = random.choice([*STYLES, "passive", "adopted"])
    traits = [f"style={style}"]
    body = [random.choice(CONTEXT).format(payer=capital(c.payer))]
    body += [c.trap("body", c.receivers[0]) for _ in range(random.choice((0, 0, 1, 1, 2)))]
    traits.append(f"body_traps={len(body) - 1}")
    if style in ("passive", "adopted"):
        title, decision, flows = (_passive if style == "passive" else _adopted)(c)
    else:
        present = STYLES[style][0]
        tell = random.choice(TELLINGS)
        title, said, points, flows = tell(c, present)
        traits.append(f"told={tell.__name__}")
        body = [*said[:1], *body, *said[1:]] if tell is _by_pronoun else [*body, *said]
        if random.random() < 0.3 and style not in ("sentence", "decide-de"):
            points.append(c.trap("points", c.receivers[0], present=present))
            traits.append("point_trap")
        if random.random() < 0.5 and style not in ("sentence", "decide-de"):
            points.append(c.fill(random.choice(CLOSING), None, None, present=present))
        decision = _set(c, style, points)
    joint = random.choice(("\n\n", " ", "\n"))
    text = HEAD.format(
        head=c.head, BODY=c.body.upper(), heading=random.choice(("OBJET :", "Objet :", "Délibération n° 2024-12 :")), title=title,
        exposé=joint.join(body),
    )  # fmt: skip
    end = "\n\nSCRUTIN : POUR : 4 CONTRE : 0 ABSTENTION : 0\n" if style == "dijon" else "\n\nFait et délibéré les jour, mois et an que dessus.\n"
    return Prose(f"{text}\n{decision}{end}", flows, traits)


_UNITS = ("zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
          "dix-neuf").split()  # fmt: skip
_TENS = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt")


def _plain(words: str) -> str:
    """« quatre-vingts », « deux cents » lose their s before « mille »."""
    return words[:-1] if words.endswith(("vingts", "cents")) else words


def in_words(value: int) -> str:
    """A number under a million as French words."""
    if value >= 1000:
        thousands, rest = divmod(value, 1000)
        head = "mille" if thousands == 1 else _plain(in_words(thousands)) + " mille"
        return head + (" " + in_words(rest) if rest else "")
    if value >= 100:
        hundreds, rest = divmod(value, 100)
        head = "cent" if hundreds == 1 else f"{_UNITS[hundreds]} cent" + ("s" if not rest else "")
        return head + (" " + in_words(rest) if rest else "")
    if value < len(_UNITS):
        return _UNITS[value]
    tens, unit = divmod(value, 10)
    if tens in (7, 9):
        joint = " et " if value == 71 else "-"  # noqa: PLR2004 - soixante et onze
        return _TENS[tens] + joint + _UNITS[unit + 10]
    if not unit:
        return _TENS[tens] + ("s" if tens == 8 else "")  # noqa: PLR2004 - quatre-vingts
    return _TENS[tens] + (" et un" if unit == 1 and tens < 8 else "-" + _UNITS[unit])  # noqa: PLR2004
