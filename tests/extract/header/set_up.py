"""Whole rosters as real secretaries and converters set them: columns side by side, names broken over lines, a page
that turns in the middle, givers told before all their holders.

Each set-up writes the blocks of a roster for :func:`tests.extract.header.composed.compose`, which gives the rest of the
head and what must be read back. Layouts only; no text of a real act.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from random import Random

from tests.extract.header.composed import Composer, Form, Person, SetUp

Pairs = Sequence[tuple[Person, Person]]
Writer = Callable[[Composer, Form, Sequence[Person], Sequence[Person], Pairs], list[str]]

FULL = ["given family", "family given", "civility given family", "civility family given"]
SMALL = ["small letters", "civility small letters"]
SET_UPS: dict[str, SetUp] = {}


def set_up(forms: Sequence[str]) -> Callable[[Writer], Writer]:
    """Puts a writer among the set-ups, under its name."""

    def put(write: Writer) -> Writer:
        SET_UPS[write.__name__] = SetUp(forms, write)
        return write

    return put


def and_joined(items: Sequence[str]) -> str:
    """ "A, B et C"."""
    return " et ".join(filter(None, [", ".join(items[:-1]), items[-1]]))


def narrow(random: Random, text: str) -> str:
    """A paragraph in a narrow column."""
    return textwrap.fill(text, random.randrange(22, 60), break_long_words=False, break_on_hyphens=False)


def present_list(made: Composer, names: Sequence[str]) -> str:
    return (
        f"{made.pick('heading', ['Étaient présents :', 'PRÉSENTS :', 'Présents :', 'Etaient présents :'])} "
        + ", ".join(names)
    )


def absent_list(made: Composer, write: Form, absent: Sequence[Person]) -> list[str]:
    """The plain list of those who are not there."""
    if not absent:
        return []
    heading = made.pick("away", ["Absents :", "Excusés :", "Absents excusés :", "Étaient absents :"])
    return [f"{heading} " + ", ".join(map(write, absent))]


def proxy_list(made: Composer, write: Form, pairs: Pairs) -> list[str]:
    """The plain list of the proxies."""
    if not pairs:
        return []
    told = (f"{write(giver)} a donné pouvoir à {write(holder)}" for giver, holder in pairs)
    return ["Pouvoirs :\n" + "\n".join(told)]


def plain(made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs) -> list[str]:
    """Lists in plain sentences, which a set-up then breaks."""
    lists = [present_list(made, list(map(write, present)))]
    return lists + proxy_list(made, write, pairs) + absent_list(made, write, absent)


@set_up([*FULL, *SMALL, "civility family", "initial"])
def respectively(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """All givers, then all their holders in the same order."""
    if len(pairs) < 2:
        return []
    way = made.pick(
        "respectively",
        [
            "Absents excusés : {g} qui avaient respectivement donné procuration à {h}.",
            "Absents ayant donné pouvoir : {g} ont donné respectivement pouvoir à {h}.",
            "Pouvoirs : {g}, respectivement à {h}.",
            "Excusés : {g}, ayant donné pouvoir respectivement à {h}.",
            "Étaient représentés : {g}, respectivement par {h}.",
            "Représentés : {g} respectivement représentés par {h}",
            "Absents : {g} (pouvoirs donnés respectivement à {h}).",
            "Procurations : {g} donnent respectivement pouvoir à {h}.",
        ],
    )
    told = way.format(g=and_joined([write(g) for g, _ in pairs]), h=and_joined([write(h) for _, h in pairs]))
    lists = [present_list(made, list(map(write, present))), told]
    return lists + absent_list(made, write, absent)


@set_up([*FULL, *SMALL, "civility family"])
def link_alone(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """The cells of a table of proxies, one a line: giver, link, holder."""
    if not pairs:
        return []
    gap = made.pick("gap", ["\n", "\n\n"])
    link = made.pick(
        "link alone", ["à", "pouvoir à", "a donné pouvoir à", "donne procuration à", "→", "représenté par"]
    )
    heading = made.pick("proxies", ["Ont donné procuration :", "Pouvoirs :", "Absents ayant donné pouvoir :"])
    told = gap.join(f"{write(g)}{gap}{link}{gap}{write(h)}" for g, h in pairs)
    lists = absent_list(made, write, absent)
    return [present_list(made, list(map(write, present))), *lists, f"{heading}{gap}{told}"]


@set_up(["civility family", "civility given family", "civility family given", "civility initial"])
def glued_civilities(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """The sign between two names is lost, and the space behind it: "M. CALTMme VELU"."""
    names = list(map(write, present))
    sign = made.pick("sign", [", ", " – ", " - "])
    listed = names[0]
    for name in names[1:]:
        lost = made.random.random() < 0.2
        listed += f"{'' if lost else sign}{name}"
    head = made.pick("heading", ["Étaient présents :", "PRÉSENTS :"])
    return [f"{head} {listed}", *proxy_list(made, write, pairs), *absent_list(made, write, absent)]


@set_up([*FULL, "civility family", "civility in full"])
def page_turned(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """A page ends inside the list: a blank line, perhaps a page number and a running head."""
    turn = made.pick(
        "turn", ["\n\n", "\n2\n", "\n\n- 2 -\n\n", "\n\nPage 2 sur 7\n\n", "\n\n2/7\n\n", "\n\nPage 2/7\n"]
    )
    heading = made.pick("heading", ["Étaient présents :", "PRÉSENTS :", "Présents :\n"])
    names = list(map(write, present))
    layout = made.pick("turned", ["commas", "lines"])
    if layout == "lines":
        at = made.random.randrange(1, len(names))
        listed = "\n" + "\n".join(names[:at]) + turn + "\n".join(names[at:])
    else:
        words = ", ".join(names).split(" ")
        commas = [n for n, word in enumerate(words) if word.endswith(",")]
        at = made.random.choice(commas) + made.random.choice([0, 0, 1])
        if words[at - 1].endswith(",") and not words[at].endswith((".", "Mme", "Madame", "Monsieur")):
            at -= 1
        listed = " ".join(words[: at + 1]) + turn + " ".join(words[at + 1 :])
    return [f"{heading} {listed}", *proxy_list(made, write, pairs), *absent_list(made, write, absent)]


@set_up(["civility family"])
def by_civility(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """Women and men in a group each: "Mmes A – B, MM. C – D", perhaps in a paragraph each."""
    sign = made.pick("sign", [", ", " – ", " - ", " ; "])
    gap = made.pick("gap", [", ", "\n", "\n\n", " "])
    styles = made.pick("plural", ["Mmes|MM.", "MMES|MM.", "Mesdames|Messieurs", "Mmes|Mrs", "MMES|MM"])
    styles = dict(zip((True, False), styles.split("|"), strict=True))

    def grouped(persons: Sequence[Person]) -> str:
        groups = []
        for woman in (True, False):
            names = [person.family for person in persons if person.woman is woman]
            one = "Mme" if woman else "M."
            if names:
                groups.append(f"{styles[woman] if len(names) > 1 else one} {sign.join(names)}")
        return gap.join(groups)

    lists = [f"Présents : {grouped(present)}"]
    if len(absent) == 2 and absent[0].woman is not absent[1].woman:
        lists += absent_list(made, write, absent)
    elif absent:
        lists.append(f"Absents excusés : {grouped(absent)}")
    return lists + proxy_list(made, write, pairs)


@set_up([*FULL, *SMALL, "civility family"])
def chevrons(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """Chevrons as bullets, and between who gives a proxy and who holds it, where a line may break."""
    bullet = made.pick("bullet", ["> ", "➢ ", "- ", "", "– ", "o ", " "])
    link = made.pick("chevron", [" > ", " >\n", " > pouvoir à ", " → ", " -> ", " => ", " >> ", "\n> "])
    if (bullet == "> " and ">" in link) or (bullet and link.startswith("\n")):
        link = " → "
    lists = ["Étaient présents :\n" + "\n".join(f"{bullet}{write(p)}" for p in present)]
    if pairs:
        lists.append("Pouvoirs :\n" + "\n".join(f"{bullet}{write(g)}{link}{write(h)}" for g, h in pairs))
    return lists + absent_list(made, write, absent)


TOWNS = ["Valmorin", "La Roche-Clermont", "Saint-Ouen-du-Val", "Bréville", "LES ORMES", "Saulx"]


@set_up([*FULL, "civility family"])
def communes(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """Each member with their commune, before or behind the name."""
    way = made.pick(
        "town", ["{n} ({t})", "{n} – {t}", "{t} : {n}", "{t}\t{n}", "{n}\t{t}", "{n} ({t}),", "{n}, {t}", "{n} / {t}"]
    )
    towns = {person: made.random.choice(TOWNS) for person in [*present, *absent]}
    signs = [", ", "\n", " ; "] if way == "{n} ({t})" else ["\n"]
    sign = made.pick("between", signs)

    def listed(persons: Sequence[Person]) -> str:
        return sign.join(way.format(n=write(person), t=towns[person]) for person in persons)

    lists = [f"Étaient présents :\n{listed(present)}"]
    if len(absent) > 1:
        lists.append(f"Absents :\n{listed(absent)}")
    else:
        lists += absent_list(made, write, absent)
    return lists + proxy_list(made, write, pairs)


@set_up(["given family", "family given"])
def titles(made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs) -> list[str]:
    """Doctors, lawyers, professors and widows among the members."""
    sign = made.pick("sign", [", ", "\n", " - "])

    def styled(person: Person) -> str:
        title = made.random.choice(
            ["Dr ", "Docteur ", "Me ", "Maître ", "Pr ", "Professeur ", "Mme " if person.woman else "M. ", "", ""]
        )
        return title + write(person)

    gap = "\n" if sign == "\n" else " "
    lists = [f"Présents :{gap}{sign.join(map(styled, present))}"]
    return lists + proxy_list(made, write, pairs) + absent_list(made, write, absent)


@set_up([*FULL, "civility family", "small letters"])
def numbered(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """A number before each member, however it is written."""
    way = made.pick(
        "number",
        [
            "{i}. {n}",
            "{i}) {n}",
            "{i} - {n}",
            "{i:02} {n}",
            "{i} {n}",
            "{i}- {n}",
            "{i}° {n}",
            "{i}\t{n}",
            "N° {i} {n}",
        ],
    )
    sign = made.pick("between", ["\n", "\n", "\n", ", "] if "." in way or ")" in way else ["\n"])
    told = sign.join(way.format(i=i, n=write(person)) for i, person in enumerate(present, 1))
    return [f"Étaient présents :\n{told}", *proxy_list(made, write, pairs), *absent_list(made, write, absent)]


@set_up([*FULL, "civility family", *SMALL])
def hours(made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs) -> list[str]:
    """Members who come and go, told beside their names."""
    remarks = [
        " (arrivé à 19 h 15)",
        " (arrivée à 20h30)",
        " (à partir du point n° 3)",
        " (jusqu'à 21 h)",
        " (départ à 21h10)",
        " (parti à 22 heures)",
        " (sauf point 4)",
        " arrivée à 19h45",
        " (à compter de la délibération n° 12)",
        " (jusqu'au point 5)",
        " (entre en séance à 19h20)",
        " (quitte la séance à 20h05)",
        " (en retard)",
        " (en visioconférence)",
        " – arrivé au point 2",
    ]
    sign = made.pick("sign", [", ", "\n", " ; "])
    names = [write(p) + (made.random.choice(remarks) if made.random.random() < 0.25 else "") for p in present]
    gap = "\n" if sign == "\n" else " "
    return [
        f"Étaient présents :{gap}{sign.join(names)}",
        *proxy_list(made, write, pairs),
        *absent_list(made, write, absent),
    ]


@set_up([*FULL, "civility family", "civility in full"])
def mistyped(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """Civilities set close or apart, spaces doubled, accents of headings lost, commas without a space."""
    fault = made.pick(
        "fault", ["close", "apart", "doubled", "no-break", "bare commas", "point behind Mme", "spaced commas", "tabs"]
    )
    faults = {
        "close": [("M. ", "M."), ("Mme ", "Mme. ")],
        "apart": [("M. ", "M . ")],
        "doubled": [(" ", "  ")],
        "no-break": [(" ", "\u00a0")],
        "bare commas": [(", ", ",")],
        "point behind Mme": [("Mme ", "Mme. ")],
        "spaced commas": [(", ", " , ")],
        "tabs": [(" : ", " :\t")],
    }
    lists = plain(made, write, present, absent, pairs)
    for one, other in faults[fault]:
        lists = [each.replace(one, other) for each in lists]
    return lists


@set_up([*FULL, "civility family", *SMALL])
def one_paragraph(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """All lists in one paragraph, each heading behind the full stop of the list before."""
    link = made.pick(
        "paragraph link", ["a donné pouvoir à", "donne pouvoir à", "ayant donné procuration à", "représenté par"]
    )
    lists = [f"Étaient présents : {and_joined(list(map(write, present)))}."]
    if pairs:
        heading = made.pick(
            "proxies",
            ["Avaient donné pouvoir :", "Absents ayant donné procuration :", "Étaient absents et représentés :"],
        )
        lists.append(f"{heading} " + ", ".join(f"{write(g)} {link} {write(h)}" for g, h in pairs) + ".")
    if absent:
        lists.append(f"Étaient absents : {and_joined(list(map(write, absent)))}.")
    return [" ".join(lists)]


@set_up([*FULL, "civility family", *SMALL])
def excused_in_prose(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """Who is not there told by sentences inside one list of the absent."""
    if not pairs:
        return []
    link = made.pick(
        "prose",
        [
            "{g} qui a donné pouvoir à {h}",
            "{g} ayant donné mandat à {h}",
            "{g} (qui donne pouvoir à {h})",
            "{g} (pouvoir donné à {h})",
            "{g} (procuration : {h})",
            "{g} excusé et représenté par {h}",
            "{g}, pouvoir {h}",
            "{g} [pouvoir à {h}]",
            "{g} – pouvoir à {h}",
            "{g} (mandataire : {h})",
            "{g}, procuration donnée à {h}",
            "{g} absent excusé a donné pouvoir à {h}",
        ],
    )
    sign = made.pick("sign", ["\n", "\n- ", " ; "])
    told = [link.format(g=write(g), h=write(h)) for g, h in pairs] + list(map(write, absent))
    made.random.shuffle(told)
    head = made.pick(
        "away heading", ["Absents :", "Absents excusés :", "Absents ou représentés :", "Étaient absents :"]
    )
    gap = "\n- " if "-" in sign else "\n" if sign == "\n" else " "
    return [present_list(made, list(map(write, present))), head + gap + sign.join(told)]
