"""Further whole rosters: what stands between a heading and its list, the calling of the roll, lists of delegates by
commune, proxies told in capitals or by a name in brackets.

Layouts of real minutes only; names and texts are composed.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests.extract.header.composed import Composer, Form, Person, wrap
from tests.extract.header.set_up import FULL, Pairs, absent_list, set_up

TOWNS = ["Valmorin", "LA ROCHE-CLERMONT", "Montclair", "SAINT-AUBIN", "Les Essarts", "BRÉVANNES"]


def proxies(made: Composer, write: Form, pairs: Pairs) -> list[str]:
    """A plain list of proxies."""
    if not pairs:
        return []
    link = made.pick(
        "headed link", ["donne pouvoir à", "donne pouvoir pour voter en son nom à", "a donné procuration à"]
    )
    return ["Pouvoirs :\n" + "\n".join(f"{write(g)} {link} {write(h)}" for g, h in pairs)]


@set_up(FULL)
def roll_called(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """The roll is called, and those present answer."""
    heading = made.pick(
        "roll",
        [
            "Il est procédé à l'appel nominal auquel répondent :",
            "Il a été procédé à l’appel nominal auquel ont répondu :",
            "Ont répondu à l'appel :",
            "Ont répondu à l’appel nominal :",
            "Ont répondu présents :",
            "Ont répondu présents à l'appel nominal :",
            "À l'appel nominal ont répondu :",
            "Après l'appel nominal des conseillers, ont répondu présents :",
        ],
    )
    sign = made.pick("sign", [" - ", ", ", " – "])
    names = wrap(sign.join(map(write, present)))
    return [f"{heading}\n\n{names}", *proxies(made, write, pairs), *absent_list(made, write, absent)]


@set_up(["given family", "family given"])
def figures_between(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """Figures, or a letterhead, that the converter put between the heading and its list."""
    between = made.pick(
        "between",
        [
            "\nNOMBRE DE\nCONSEILLERS :\nEn exercice\n{n}\n",
            " Nombre de conseillers en exercice : {n} ",
            "\nNombre de membres en exercice : {n}\n",
            "\nNombre de conseillers municipaux en exercice au jour de la séance : {n}\n",
            "\nNombre de délégués :\nen fonction : {n}\n",
            " Hôtel du Département 39 rue des Lices BP 1429 53014 MONTCLAIR CEDEX 02 00 00 00 00 www.montclair.eu : ",
        ],
    )
    head = made.pick("upper", ["Étaient présents :", "Présents :"]) if "rue" not in between else "ÉTAIENT PRÉSENTS"
    total = len(present) + len(absent) + len(pairs)
    names = wrap(", ".join(map(write, present)) + ".")
    return [head + between.format(n=total) + names, *proxies(made, write, pairs), *absent_list(made, write, absent)]


@set_up(["civility given family", "given family"])
def delegates_by_commune(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """Delegates, each with the commune in brackets, titular ones before their substitutes."""
    heading = made.pick(
        "delegates",
        [
            "Présents Délégués titulaires / communes :",
            "Présents (es) :",
            "Étaient présents (es) :",
            "Délégués titulaires présents / communes :",
            "Dont (48) présent(e)s avec droit de vote formant le quorum :",
        ],
    )
    towns = [made.random.choice(TOWNS) for _ in present]
    told = [f"{write(person)} ({town})" for person, town in zip(present, towns, strict=True)]
    first, last = told[: len(told) // 2], told[len(told) // 2 :]
    second = " Délégués suppléants / communes avec voix délibérative : " if "/" in heading else ", "
    roster = f"{heading} {', '.join(first)}{second.replace(' D', ', D', 1)}{', '.join(last)}"
    return [roster, *proxies(made, write, pairs), *absent_list(made, write, absent)]


@set_up(["given family"])
def all_capitals(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """Every word of the lists in capitals, the proxies too."""
    lists = ["PRÉSENTS : " + ", ".join(map(write, present)) + "."]
    if pairs:
        link = made.pick("capital link", [", POUVOIR A ", ", PROCURATION A ", " POUVOIR À "])
        told = " ; ".join(f"{write(g)}{link}{write(h)}" for g, h in pairs)
        lists.append("EXCUSÉS REPRÉSENTÉS PAR POUVOIR : " + told + ".")
    if absent:
        lists.append("ABSENTS : " + ", ".join(map(write, absent)) + ".")
    made.axes.setdefault("joint", made.random.choice([" ", "\n"]))
    return [made.axes["joint"].join(lists)]


@set_up(FULL)
def holder_in_brackets(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """Each giver with the holder in brackets, nothing between; who attends with no vote is listed besides."""
    if not pairs:
        return []
    heading = made.pick(
        "bracketed", ["ABSENT AVEC PROCURATION :", "Absents ayant donné pouvoir :", "Procurations :", "Représentés :"]
    )
    sign = made.pick("sign", [" – ", ", ", "\n"])
    told = heading + "\n" + sign.join(f"{write(g)} ({write(h)})" for g, h in pairs)
    lists = ["ÉTAIENT PRÉSENTS :\n" + " – ".join(map(write, present)), told, *absent_list(made, write, absent)]
    guests = made.pick(
        "guests",
        [
            "",
            "Étaient également présents : M. Paul VISITEUR, Mme Anne INVITÉE",
            "MEMBRES CONSULTATIFS PRÉSENTS : M. X. VISITEUR",
        ],
    )
    return [*lists, guests] if guests else lists


@set_up(["family given"])
def communes_above(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """The communes of another column above the lines of their members."""
    rows = [present[at : at + 2] for at in range(0, len(present), 2)]
    if len(rows) < 3:
        return []
    towns = made.random.sample(["VALMORIN", "LA ROCHE-CLERMONT", "MONTCLAIR", "SAINT-AUBIN", "PLOUVEN"], 3)
    names = "\n".join(" - ".join(map(write, row)) for row in rows)
    return [
        "MEMBRES PRÉSENTS\n" + "\n".join([*towns, names]),
        *proxies(made, write, pairs),
        *absent_list(made, write, absent),
    ]


@set_up(["given family", "family given", "civility given family"])
def holder_by_initial(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """Holders told by the initial of their given name, who stand in full on the list of the present."""
    if not pairs or any(h.initials.startswith("M.") for _, h in pairs):  # "M. NOIRAUD" is a civility as well
        return []
    told = [
        f"{write(g)} (pouvoir à {h.civility + ' ' if write(h).startswith(h.civility) else ''}{h.initials} {h.family})"
        for g, h in pairs
    ]
    return [
        "Étaient présents : " + wrap(", ".join(map(write, present))),
        "Étaient représentés (es) :\n" + "\n".join(told),
        *absent_list(made, write, absent),
    ]
