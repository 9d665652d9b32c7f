"""Rosters whose lists, or whose parts, stand in columns: side by side, in the margin, before signatures.

Layouts only, as those of ``set_up.py``, among whose set-ups they put themselves.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import zip_longest

from tests.extract.header.composed import Composer, Form, Person
from tests.extract.header.set_up import FULL, Pairs, absent_list, narrow, plain, present_list, proxy_list, set_up


@set_up(FULL)
def narrow_columns(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """Every list in a narrow column: lines break inside the names."""
    random = made.random
    link = made.pick("narrow link", ["à", "a donné pouvoir à", "donne procuration à"])
    lists = [present_list(made, list(map(write, present)))]
    if pairs:
        lists.append("Excusés ayant donné pouvoir : " + ", ".join(f"{write(g)} {link} {write(h)}" for g, h in pairs))
    return [narrow(random, each) for each in [*lists, *absent_list(made, write, absent)]]


@set_up(["civility given family", "civility family given"])
def civility_column(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """Civilities in a column of their own, read line by line or before all the names."""
    order = made.pick("order", ["rows", "rows of blanks", "a cell a line", "first"])
    marks = [write(p).split(" ", 1) for p in present]
    if order == "rows":
        listed = "\n".join("\t".join(mark) for mark in marks)
    elif order == "rows of blanks":
        listed = "\n".join(f"{civility:<6}{name}" for civility, name in marks)
    elif order == "a cell a line":
        listed = "\n".join("\n".join(mark) for mark in marks)
    else:
        listed = "\n".join([civility for civility, _ in marks] + [name for _, name in marks])
    return [f"Étaient présents :\n{listed}", *proxy_list(made, write, pairs), *absent_list(made, write, absent)]


@set_up(FULL)
def two_columns_of_proxies(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """A column of givers and one of holders under their headings, no link between them."""
    if not pairs:
        return []
    heads = made.pick(
        "columns",
        [
            "Mandants|Mandataires",
            "Mandant|Mandataire",
            "Absents|Pouvoir à",
            "Absents excusés|Donnent pouvoir à",
            "Membres absents|A donné procuration à",
            "DONNE POUVOIR|A REÇU POUVOIR",
            "Absents représentés|Représentés par",
            "Nom du mandant|Nom du mandataire",
        ],
    ).split("|")
    gap = made.pick("gap", ["\t", "      ", " | "])
    rows = [gap.join((write(g), write(h))) for g, h in pairs]
    lists = [present_list(made, list(map(write, present))), "\n".join([gap.join(heads), *rows])]
    return lists + absent_list(made, write, absent)


@set_up([*FULL, "civility family"])
def side_by_side(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """The present and the absent in two columns, line by line."""
    if not absent:
        return []
    left, right = list(map(write, present)), list(map(write, absent))
    heads = made.pick("heads", ["Présents|Absents", "PRÉSENTS|ABSENTS EXCUSÉS", "Présents :|Absents :"]).split("|")
    rows = list(zip_longest([heads[0], *left], [heads[1], *right], fillvalue=""))
    gap = made.pick("gap", ["\t", ""])
    width = max(map(len, [heads[0], *left])) + 4
    lines = [f"{one}{gap}{two}" if gap else f"{one:<{width}}{two}" for one, two in rows]
    return ["\n".join(line.rstrip() for line in lines), *proxy_list(made, write, pairs)]


@set_up(["civility given family", "civility family given", "civility family", "given family"])
def margin(made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs) -> list[str]:
    """A column of counts in the margin, read line by line with the roster beside it."""
    width = 30
    count = len(present) + len(absent) + len(pairs)
    texts = [each.replace(":\n", ": ").replace("\n", ", ") for each in plain(made, write, present, absent, pairs)]
    right = [line for each in texts for line in textwrap.wrap(each, 60, break_on_hyphens=False)]
    left = [
        "Nombre de conseillers",
        f"en exercice : {count}",
        "",
        f"Votants : {len(present) + len(pairs)}",
        "Date de",
        "l'affichage :",
    ]
    rows = zip_longest(left[: len(right)], right, fillvalue="")
    return ["\n".join(f"{one:<{width}}{two}" for one, two in rows)]


@set_up(FULL)
def signatures(
    made: Composer, write: Form, present: Sequence[Person], absent: Sequence[Person], pairs: Pairs
) -> list[str]:
    """A table with a row for every member: who was there, who was not, who gave a proxy."""
    heads = made.pick(
        "table",
        [
            "Nom et prénom|Présent|Absent|Pouvoir à",
            "NOM|PRÉSENCE|PROCURATION",
            "Nom Prénom|Qualité|Présent|Absent|Pouvoir donné à",
            "Élu|Émargement",
        ],
    )
    names = heads.split("|")
    sign = made.pick("gap", ["\t", " | "])
    mark = made.pick("mark", ["X", "x", "P", "Présent"]) if "PRÉSENCE" not in names else "Présent"
    holders = dict(pairs)
    members = [*present, *absent, *holders]
    made.random.shuffle(members)
    rows = []
    for member in members:
        told = {names[0]: write(member), "Qualité": made.random.choice(["Conseiller", "Adjoint au maire"])}
        if member in holders:
            told |= {names[-1]: write(holders[member]), "Absent": "X", "PRÉSENCE": "Absent"}
            if names[-1] == "Émargement":
                told["Émargement"] = f"Pouvoir à {write(holders[member])}"
        elif member in absent:
            told |= {"Absent": "X", "PRÉSENCE": "Absent", "Émargement": "Absent"}
        else:
            told |= {"Présent": mark, "PRÉSENCE": mark, "Émargement": "Présent"}
        rows.append(sign.join(told.get(name, "") for name in names).rstrip(" "))
    return ["\n".join([sign.join(names), *rows])]
