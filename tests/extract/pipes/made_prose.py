"""Acts that tell their grants in prose, composed at random (``composer``, ``prose.toml``).

Where a grant is told × style of decision × sums that are nobody's grant. :func:`made_prose` gives the text and what
must be read back of it. All names are invented.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.extract.pipes.composer import WAYS, Composer, Flow, Named, Prose, capital, of

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
    return (
        title,
        [],
        [c.fill(c.random.choice(WAYS["alone"]), who, value, present=present)],
        [Flow(c.head, who.known_as, value)],
    )


def _in_body(c: Composer, present: bool) -> Told:
    """The exposé proposes, the decision approves."""
    who, value = c.receivers[0], c.sum()
    told = of(c.fill(c.random.choice(WAYS["points"]), who, value))
    body = [c.fill(c.random.choice(WAYS["proposing"]), who, value, de=told)]
    return (
        "Vie associative",
        body,
        [c.fill(c.random.choice(WAYS["approving"]), who, None, present=present)],
        [Flow(c.head, who.known_as, value)],
    )


def _by_pronoun(c: Composer, present: bool) -> Told:
    """The exposé tells whom it is about, the point says "lui"."""
    who, value = c.receivers[0], c.sum()
    body = [c.fill(c.random.choice(WAYS["introducing"]), who, None)]
    return (
        "Vie associative – subvention",
        body,
        [c.fill(c.random.choice(WAYS["pronouns"]), who, value, present=present)],
        [Flow(c.head, who.known_as, value)],
    )


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
    if len(told) < 2:
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
    _in_points, _in_points, _in_points, _in_points, _in_title, _in_body, _in_body, _by_pronoun, _by_agreement,
    _taken, _to_each,
)  # fmt: skip

#: (present, what stands before the points, the points): how a decision is set.
STYLES: dict[str, tuple[bool, str, str]] = {
    name: (style["present"], style["lead"], style["point"]) for name, style in WAYS["styles"].items()
}


def _set(c: Composer, style: str, points: list[str]) -> str:
    """The decision as a style sets it."""
    _, lead, form = STYLES[style]
    lines = []
    for number, point in enumerate(points, 1):
        verb, _, rest = point.partition(" ")
        shown = {"de": of(point), "De": capital(of(point)), "PRESENT": f"{verb.upper()} {rest}",
                 "Present": capital(point), "present": point, "Inf": capital(point), "k": str(number),
                 "Body": c.body}  # fmt: skip
        lines.append(form.format(**shown))
    gap = "\n\n" if c.random.random() < 0.5 else "\n"
    return (lead.format(Body=c.body) + "\n\n" if lead else "") + gap.join(lines)


def _passive(c: Composer) -> tuple[str, str, list[Flow]]:
    """Articles in the passive: what stands for the points."""
    flows, lines = [], []
    for number, who in enumerate(c.receivers[: c.random.choice((1, 1, 2, 3))], 1):
        value = c.sum()
        mark = c.random.choice(WAYS["marks"]).format(k=number, first="1er" if number == 1 else number)
        lines.append(mark + c.fill(c.random.choice(WAYS["passives"]), who, value) + ".")
        flows.append(Flow(c.head, who.known_as, value))
    return "Subventions 2024", f"Le {c.body}, après en avoir délibéré,\n\nDÉCIDE\n\n" + "\n\n".join(lines), flows


def _adopted(c: Composer) -> tuple[str, str, list[Flow]]:
    """What is proposed, then adopted in a word."""
    who, value = c.receivers[0], c.sum()
    told = of(c.fill(c.random.choice(WAYS["points"]), who, value))
    said = c.fill(c.random.choice(WAYS["proposing"]), who, value, de=told)
    adopted = c.random.choice(WAYS["adopted"])
    return "Subvention", said + "\n\n" + adopted.format(body=c.body), [Flow(c.head, who.known_as, value)]


def made_prose(random: Random) -> Prose:
    """An act whose grants are told in prose."""
    c = Composer(random)
    style = random.choice([*STYLES, "passive", "adopted"])
    traits = [f"style={style}"]
    body = [random.choice(WAYS["context"]).format(payer=capital(c.payer))]
    body += [c.trap("body", c.receivers[0]) for _ in range(random.choice((0, 0, 1, 1, 2)))]
    traits.append(f"body_traps={len(body) - 1}")
    if style in ("passive", "adopted"):
        title, decision, flows = (_passive if style == "passive" else _adopted)(c)
    else:
        present = STYLES[style][0]
        tell = random.choice([t for t in TELLINGS if t is not _by_pronoun or style != "present-caps"])
        title, said, points, flows = tell(c, present)
        traits.append(f"told={tell.__name__}")
        body = [*said[:1], *body, *said[1:]] if tell is _by_pronoun else [*body, *said]
        if random.random() < 0.3 and style not in ("sentence", "decide-de"):
            points.append(c.trap("points", c.receivers[0], present=present))
            traits.append("point_trap")
        if random.random() < 0.5 and style not in ("sentence", "decide-de"):
            points.append(c.fill(random.choice(WAYS["closing"]), None, None, present=present))
        decision = _set(c, style, points)
    joint = random.choice(("\n\n", " ", "\n"))
    text = str(WAYS["head"]).format(
        head=c.head, BODY=c.body.upper(), title=title,
        heading=random.choice(WAYS["headings"]),
        exposé=joint.join(body),
    )  # fmt: skip
    end = (
        "\n\nSCRUTIN : POUR : 4 CONTRE : 0 ABSTENTION : 0\n"
        if style == "dijon"
        else "\n\nFait et délibéré les jour, mois et an que dessus.\n"
    )
    return Prose(f"{text}\n{decision}{end}", flows, traits)
