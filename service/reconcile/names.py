"""Names as a spreadsheet has them: a person's may have its family name first, last, or nothing in capitals."""

from __future__ import annotations

from extract.facts import PersonName
from extract.header.names import read_name
from graph.normal import squeeze


def read_person(text: str) -> tuple[PersonName, ...]:
    """The persons that a text may name, the likeliest reading first; none where it is no name of a person.

    "DURAND Anne" and "Anne DURAND" are read in one way; of "anne durand", either word may be the given name.
    """
    comma = text.split(",")
    if len(comma) == 2 and comma[1].strip():
        text = f"{comma[1].strip()} {comma[0].strip().upper()}"  # "Durand, Anne"
    told = read_name(text)
    plain = squeeze(text)
    words = plain.split()
    if told is not None and told.given and not (plain.isupper() or plain.islower()):
        return (told,)
    if len(words) < 2 or any(any(c.isdigit() for c in word) for word in words):
        return (told,) if told is not None else ()
    rotated = (read_name(_written(words[:1], words[1:])), read_name(_written(words[-1:], words[:-1])))
    return tuple(dict.fromkeys(name for name in rotated if name is not None)) or ((told,) if told else ())


def _written(given: list[str], family: list[str]) -> str:
    return " ".join((*(word.title() for word in given), *(word.upper() for word in family)))
