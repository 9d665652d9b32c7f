"""Tables and lists of grants composed from parts: columns, heads, names, objects, sums, totals and ways to set them.

Everything is invented. :func:`made` draws one; what it should be read as stands beside the text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

NAMED = (
    "Amicale laïque", "Comité des fêtes de Valmore", "ADMR du Val", "Football Club Valmorin", "Club de l'Amitié",
    "Association des parents d'élèves", "Harmonie municipale", "Union sportive des Prés", "Société de chasse",
    "Association Horizon", "Cercle d'escrime du Val", "Coopérative scolaire de l'école Jules-Ferry",
    "Foyer rural de Courlanne", "Judo Club Kodokan", "Collège Les Borderies", "Secours Populaire, comité du Val",
    "Syndicat d'initiative de Valmore", "Centre social Les Amarres", "Lys Basket Club (LBC 59)",
    "Amicale des sapeurs-pompiers", "Fédération des œuvres laïques", "ASSOCIATION SPORTIVE DU LYCÉE",
)  # fmt: skip
BARE = (
    "Les Genêts d'Or", "Ping-Pong Club", "Skate Crew", "Cap Sud", "Ciné-Phare", "Bagad Ar Mor", "AFM-Téléthon",
    "Ti Case Solidaire", "Gymnastique Volontaire féminine", "ACCA de Valmore", "ESPÉRANCE VALMORINE", "Vie Libre",
    "Les P'tites Mains (bibliothèque de l'école)", "Restos du Cœur", "Familles du Plateau", "Prévention routière",
    "France Alzheimer", "Donneurs de sang bénévoles", "APE L'Envol", "Anciens combattants d'Algérie", "UNC",
    "Les Archers de Saint-Sébastien", "Souvenir français", "Jeunes agriculteurs", "La Boule Joyeuse", "Kaz Zanimo",
    "Pétanque valmorine", "Chasseurs de la Combe", "Amis du Petit Train", "Tennis de table", "Sainte-Cécile",
    "Don du sang", "L'Outil en main", "Terre d'Accueil", "Cyclo-rando", "Bibliothèque pour tous", "Cantine Rebelle",
)  # fmt: skip
OBJECTS = (
    "Fonctionnement", "Tournoi de Pentecôte U11", "Achat de matériel", "Fête de la musique", "Randonnée des moulins",
    "Aide au démarrage", "Stages d'été", "Investissement", "Subvention exceptionnelle", "Festival des Arts",
    "Réfection du local", "Déplacements", "Projet intergénérationnel", "Participation au carnaval",
)  # fmt: skip
THEMES = ("Sport", "Culture et loisirs", "Action sociale", "Associations patriotiques", "ENVIRONNEMENT", "Scolaire")
HEADS = {
    "name": (
        "Association", "ASSOCIATIONS", "Nom de l'association", "Bénéficiaire", "Organisme", "Structure",
        "Bénéficiaires", "Associations bénéficiaires", "Nom", "Organisme bénéficiaire", "Porteur du projet", "Tiers",
        "Dénomination",
        "Intitulé de l'association",
    ),
    "object": ("Objet", "OBJET", "Projet", "Action", "Nature de l'aide", "Manifestation", "Objet de la subvention"),
    "asked": ("Montant demandé", "Demande 2024", "Subvention sollicitée", "Demandé", "Sollicité", "Montant sollicité"),
    "before": ("Subvention 2023", "Rappel 2023", "Pour mémoire 2023", "2023", "Versé en 2023", "Attribué 2023", "N-1"),
    "cost": ("Coût du projet", "Budget de l'action", "Dépense subventionnable", "Coût total"),
    "rate": ("Taux", "%"),
    "members": ("Nombre d'adhérents", "Effectif", "Licenciés"),
    "granted": (
        "Montant proposé", "Proposition", "Subvention 2024", "Montant voté", "Voté", "Attribué", "Montant attribué",
        "Subvention accordée", "2024", "Proposition de la commission", "MONTANT ALLOUÉ", "Vote du conseil",
        "Proposé 2024", "Montant accordé", "Subvention 2024 votée", "Décision du conseil",
    ),
    "amount": ("Montant", "Montant en €", "Subvention", "MONTANT", "Montant de la subvention", "Somme", "Montant (€)"),
}  # fmt: skip
SHAPES = (
    ("name", "amount"), ("name", "granted"), ("name", "object", "amount"), ("name", "object", "granted"),
    ("name", "asked", "granted"), ("name", "before", "granted"), ("name", "before", "asked", "granted"),
    ("name", "object", "asked", "granted"), ("name", "object", "cost", "rate", "amount"), ("rank", "name", "amount"),
    ("name", "members", "granted"), ("name", "granted", "object"), ("name", "amount", "object"),
    ("object", "name", "granted"), ("name", "object", "before", "asked", "granted"), ("amount", "name"),
)  # fmt: skip
TITLES = ("Subventions 2024", "Attribution de subventions aux associations", "SUBVENTIONS AUX ASSOCIATIONS LOCALES")
ABOVE = ("- d'attribuer les subventions figurant au tableau ci-dessus ;", "- ALLOUE les subventions ci-dessus ;",
         "- d'accorder aux associations les subventions telles que présentées ;")  # fmt: skip
LEADS = ("Il est proposé d'allouer les subventions suivantes :", "La commission propose les subventions suivantes :",
         "Les subventions proposées sont :", "Il est proposé la répartition suivante :")  # fmt: skip
DECIDES = ("- d'attribuer les subventions suivantes :", "- ACCORDE les subventions ci-après au titre de 2024 :",
           "- vote les subventions de fonctionnement suivantes :", "- de verser aux associations :")  # fmt: skip


@dataclass(slots=True)
class Made:
    """A drawn table: its title, what stands above the decision, the decision, and the grants and requests told."""

    title: str
    body: str
    decision: str
    granted: list[tuple[str, int]]
    traits: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """A grant and what a table may tell beside it."""

    name: str
    object: str
    granted: int
    asked: int
    before: int
    cost: int
    rank: int


def _rows(random: Random) -> list[Row]:
    count = random.randint(3, 8)
    pool = NAMED if random.random() < 0.3 else BARE if random.random() < 0.3 else NAMED + BARE
    names = random.sample(pool, count)
    rows = []
    sums = random.sample(range(50, 9000, 10), count)
    several = random.random() < 0.2
    for at, name in enumerate(names):
        told = names[at - 1] if several and at == 1 else name
        granted = sums[at]
        rows.append(
            Row(
                told, random.choice(OBJECTS), granted, granted + random.randint(1, 90) * 10,
                random.randint(5, 800) * 10 + 5, granted * 4, at + 1,
            )
        )  # fmt: skip
    return rows


def _writer(random: Random, traits: list[str]) -> Callable[[int], str]:
    unit = random.choice((" €", " €", "€", "", " euros", " €", ""))
    cents = random.choice(("", "", ",00"))
    thousands = random.choice((" ", "\u00a0", ".", "", "\u202f"))
    traits.append(f"unit={unit.strip() or 'none'}{cents} th={thousands!r}")
    return lambda value: f"{value:,}".replace(",", thousands) + cents + unit


def _cell(row: Row, column: str, write: Callable[[int], str]) -> str:
    if column == "name":
        return row.name
    if column == "object":
        return row.object
    if column == "rank":
        return str(row.rank)
    if column == "rate":
        return "25 %"
    if column == "members":
        return str(20 + 7 * row.rank)
    return write({"granted": row.granted, "amount": row.granted, "asked": row.asked, "before": row.before,
                  "cost": row.cost}[column])  # fmt: skip


def _head(random: Random, column: str, form: Callable[..., str]) -> str:
    if column == "rank":
        return "N°" if form is slashed else random.choice(("N°", ""))
    return random.choice(HEADS[column])


def tabs(random: Random, grid: list[list[str]]) -> str:
    return "\n".join("\t".join(row).rstrip("\t") if len(row) > 1 else row[0] for row in grid)


def pipes(random: Random, grid: list[list[str]]) -> str:
    width = max(map(len, grid))
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in grid]
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]] if random.random() < 0.7 else lines)


def spaces(random: Random, grid: list[list[str]]) -> str:
    width = max(map(len, grid))
    gap = random.randint(2, 5)
    whole = [row for row in grid if len(row) == width]
    widths = [max(len(row[i]) for row in whole) + gap for i in range(width)]
    return "\n".join("".join(c.ljust(w) for c, w in zip(row, widths, strict=False)).rstrip() for row in grid)


def stacked(random: Random, grid: list[list[str]]) -> str:
    gap = "\n\n" if random.random() < 0.2 else "\n"
    return gap.join(c for row in grid for c in row if c)


def slashed(random: Random, grid: list[list[str]]) -> str:
    return " / ".join(grid[0]) + "\n" + tabs(random, grid[1:])


def glued(random: Random, grid: list[list[str]]) -> str:
    """Cells parted by one space only, as a copied text has them."""
    return "\n".join(" ".join(c for c in row if c) for row in grid)


FORMS = (tabs, pipes, spaces, stacked, slashed, glued)


def _wrapped(random: Random, grid: list[list[str]], at: int, form: Callable[..., str], traits: list[str]) -> None:
    """Break the names that do not fit their column, as a page does."""
    widest = max(len(word) for row in grid for cell in row[at : at + 1] for word in cell.split())
    last = len(grid[-1][at]) if at < len(grid[-1]) else 0  # what stands below the last row may be anything
    room = random.randint(max(14, widest, last), max(30, last))
    index = 1
    while index < len(grid):
        row = grid[index]
        if at < len(row) and len(row) > 1 and len(row[at]) > room:
            lines = filled(row[at], room)
            traits.append("wrapped")
            if form is stacked:
                row[at] = "\n".join(lines)
            else:
                row[at] = lines[0]
                grid[index + 1 : index + 1] = [[rest if i == at else "" for i in range(len(row))] for rest in lines[1:]]
                index += len(lines) - 1
        index += 1


def filled(words: str, room: int) -> list[str]:
    """Words set in lines of so many letters."""
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def made_table(random: Random) -> Made:
    """A table of grants that the act decides."""
    traits: list[str] = []
    shape = random.choice(SHAPES)
    form = random.choice(FORMS)
    if form is glued:
        shape = random.choice((("name", "amount"), ("name", "granted")))
    rows = _rows(random)
    write = _writer(random, traits)
    traits += ["form=" + form.__name__, "shape=" + "-".join(shape)]
    grid = [[_head(random, column, form) for column in shape]]
    themed = random.random() < 0.15 and len(rows) > 3
    parts = [rows[: len(rows) // 2], rows[len(rows) // 2 :]] if themed else [rows]
    totalled = random.choice(("", "TOTAL", "Total", "Total général", "TOTAL :", "Montant total"))
    themes = random.sample(THEMES, 2)
    traits += ["themed"] * themed + ["total"] * bool(totalled)
    for number, part in enumerate(parts):
        if themed:
            grid.append([themes[number]])
        grid += [[_cell(row, column, write) for column in shape] for row in part]
        if themed and random.random() < 0.6:
            grid.append(_total(random, "Sous-total", shape, part, write))
            traits.append("subtotal")
    if totalled:
        grid.append(_total(random, totalled, shape, rows, write))
    if form in (stacked, tabs, pipes, spaces) and not themed and random.random() < 0.25:
        _wrapped(random, grid, shape.index("name"), form, traits)
    text = form(random, grid)
    return _told(random, text, [(row.name, row.granted) for row in rows], traits)


def _total(
    random: Random, label: str, shape: tuple[str, ...], rows: list[Row], write: Callable[[int], str]
) -> list[str]:
    """A line that adds up: its label in the first cell, sums in the columns of money."""
    cells = []
    for column in shape:
        if column in ("granted", "amount", "asked", "before", "cost"):
            cells.append(write(sum(getattr(row, "granted" if column == "amount" else column) for row in rows)))
        else:
            cells.append("")
    at = next((i for i, column in enumerate(shape) if column in ("name", "object", "rank")), 0)
    cells[at] = label
    return cells


def made_list(random: Random) -> Made:
    """A list of grants, a line each, or all in one sentence."""
    traits: list[str] = ["list"]
    rows = _rows(random)
    seen: set[str] = set()
    rows = [row for row in rows if not (row.name in seen or seen.add(row.name))]
    unit = random.choice((" €", "€", " euros", ",00 €"))
    write = lambda value: f"{value:,}".replace(",", " ") + unit  # noqa: E731
    form = random.choice(
        ("colon", "dash", "dots", "comma", "bare", "first", "inline", "inline-colon", "to-inline", "nb")
    )
    traits.append("form=" + form)
    bullet = (
        random.choice(("- ", "• ", "", "* ", "– ", "1) "))
        if form not in ("first", "comma")
        else random.choice(("- ", "• "))
    )
    traits.append("bullet=" + bullet)
    joint = {"colon": " : ", "dash": " – ", "dots": " ........ ", "comma": ", ", "bare": " ", "nb": "\u00a0: "}
    end = random.choice(("", "", " ;", ","))
    if form in joint:
        text = "\n".join(f"{bullet}{row.name}{joint[form]}{write(row.granted)}{end}" for row in rows)
    elif form == "first":
        text = "\n".join(f"{bullet}{write(row.granted)} à {_article(row.name)}{end}" for row in rows)
    elif form == "to-inline":
        told = [f"{write(row.granted)} à {_article(row.name)}" for row in rows]
        text = ", ".join(told[:-1]) + " et " + told[-1] + "."
    else:
        mark = " : " if form == "inline-colon" else " "
        joiner = " ; " if form == "inline-colon" else ", "
        text = joiner.join(f"{row.name}{mark}{write(row.granted)}" for row in rows) + "."
    if form in joint and random.random() < 0.3:
        text += (
            "\n" + random.choice(("Total", "TOTAL", "Soit un total de")) + f" : {write(sum(r.granted for r in rows))}"
        )
        traits.append("total")
    return _told(random, text, [(row.name, row.granted) for row in rows], traits)


def _article(name: str) -> str:
    feminine = ("Amicale", "Association", "Harmonie", "Union", "Société", "Coopérative", "Fédération")
    if name.startswith(("Amicale", "Association", "Harmonie", "Union")):
        return "l'" + name
    return "la " + name if name.startswith(feminine) else name


def _told(random: Random, text: str, granted: list[tuple[str, int]], traits: list[str]) -> Made:
    title = random.choice(TITLES)
    if random.random() < 0.5:
        traits.append("above")
        body = f"{random.choice(LEADS)}\n\n{text}\n\nLa commission a rendu un avis favorable."
        return Made(title, body, random.choice(ABOVE), granted, traits)
    traits.append("decision")
    return Made(title, "La ville soutient la vie locale.", f"{random.choice(DECIDES)}\n\n{text}\n", granted, traits)


def made(random: Random) -> Made:
    """Any of them."""
    return made_table(random) if random.random() < 0.7 else made_list(random)
