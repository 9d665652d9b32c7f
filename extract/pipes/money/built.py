"""Parties that the build of a sentence tells, its names and figures read as signs (``patterns/constructions.toml``).

"d'attribuer à ◆ une subvention de €" gives to ◆, whoever that is: no model need weigh it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.patterns import named, pattern
from extract.pipes.money.cues import is_history, is_rejected, proposes
from extract.pipes.money.learned.candidates import Candidate
from extract.pipes.money.learned.reader import Scene
from extract.pipes.money.learned.signed import Signed
from extract.pipes.money.learned.stream import ORGANISATION
from extract.pipes.money.window import Window
from extract.text import fold



@dataclass(frozen=True, slots=True)
class Built:
    """The parties of a sum by the build of its sentence; None stands for the body that deliberates."""

    receiver: Candidate | None
    payer: Candidate | None
    rule: str


def find_built(scene: Scene, window: Window, index: int) -> Built | None:
    """Who pays and who receives an amount by the build of its sentence; None where no build tells.

    Only where the body decides, or the exposé proposes what it then decides.
    """
    reading, sentence = scene.reading, window.sentence
    if sentence.section == "title":
        return None
    signed = scene.signed(sentence)
    token = signed.line.amount_of.get(index)
    if token is None or is_rejected(reading.text_of(sentence)):
        return None
    text = signed.about(token)
    if pattern("constructions", "unlike.after").match(text, signed.offsets[token] + 1) or pattern(
        "constructions", "unlike.bought"
    ).search(text):
        return None  # a rate, the price of a work
    for rule, match in _matches(text):
        before = text[: match.start()]
        if sentence.section == "body" and (not proposes(before) or is_history(before)):
            continue
        if pattern("constructions", "unlike.before").search(before) or _participle(scene, signed, match):
            continue
        receiver, payer = (_party(scene, signed, match, role) for role in ("receiver", "payer"))
        if (receiver is not None or payer is not None) and all(_named(each) for each in (receiver, payer)):
            return Built(receiver, payer, rule)
    return None


def _named(party: Candidate | None) -> bool:
    """Whether a party has a name: "aux opérateurs désignés", "aux associations citées" may be anybody."""
    if party is None or not party.guessed:
        return True
    name = fold(party.name)
    return not pattern("fundings", "role.anyone").match(name) and (not party.phrase or party.name != name)


def _matches(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for section in ("taken", "built"):
        for rule, expression in named("constructions", section):
            match = expression.search(text)
            if match is not None:
                yield rule, match


def _participle(scene: Scene, signed: Signed, match: re.Match[str]) -> bool:
    """Whether what looks like a verb in the present is a participle: "la subvention attribué à X"."""
    if "verb" not in match.re.groupindex or match["verb"] is None:
        return False
    begin = signed.line.starts[signed.token_at(match.start("verb"))]
    written = scene.reading.text[begin : begin + len(match["verb"])]
    return written[-1:] in "éÉ" and fold(written[-1]) == "e"


def _party(scene: Scene, signed: Signed, match: re.Match[str], role: str) -> Candidate | None:
    """The candidate on whose sign a group stands, None where it stands on the authority's or on none."""
    if role not in match.re.groupindex or match[role] is None:
        return None
    token = signed.token_at(match.start(role))
    return scene.candidates[signed.line.refs[token]] if signed.line.texts[token] == ORGANISATION else None
