"""Names of persons as acts write them: "Madame Dominique BEGIN- CLAUDET", "TESSIER Bruno", "Monsieur HOAREAU".

Capitals decide which words are the family name, wherever they stand; without capitals the last word is, with the
particles before it. A name is mended where the layout broke it, never corrected.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from extract.facts import PersonName
from extract.patterns import cased, pattern, table
from extract.text import fold, squeeze

Civility = Literal["M.", "Mme"]

_BROKEN_HYPHEN = re.compile(r"(?<=\w)[ ]?[-‐‑][ ](?=\w)|(?<=\w)[ ][-‐‑](?=\w)")
#: A civility in a column of its own.
_COLUMN = re.compile(r"^\s*(?P<civility>[A-Z][A-Za-z]{0,10}\.?)[\t\u00a0 ]*[\t\u00a0][\t\u00a0 ]*(?=\S)")
_BROKEN_APOSTROPHE = re.compile(r"(?<=\b[DLNOdlno])(['’])\s+(?=\w)")
#: "BLANC, Anne": nothing but a family name in capitals and a given name; "Anne BLANC – NOIR", of one person.
_TURNED = re.compile(r"^\s*(?P<family>[A-ZÀ-Ý][A-ZÀ-Ý'’ -]+)\s*,\s*(?P<given>[A-ZÀ-Ý][a-zà-ÿ][\w'’-]*)\s*$")
_DASHED = re.compile(r"(?<=[A-ZÀ-Ý]{2}) [-–—] (?=[A-ZÀ-Ý]{2,}$)")
_CUT = re.compile(
    r"\set(?:\s|$)|\s*[,;:()\[\]\t|]|(?<![A-ZÀ-Ý]{2})/|/(?![A-ZÀ-Ý]{2})|\s/"
    r"|\s(?:de|dès|à|jusqu['’]à|depuis)\s(?=\d)|\s(?=(?:Me?lle|Mme|Mr|Monsieur|Madame)\s)|\s[-–—]\s|\.\s*$"
)
_INITIALS = re.compile(r"^(?:[A-ZÀ-Ý]{1,2}\.(?:-?[A-ZÀ-Ý][a-zà-ÿ]?\.?)*|[A-ZÀ-Ý]-[A-ZÀ-Ý]\.?)$")
#: "J.MENUT", "A .VIAUD": an initial, and the family name without the space between.
_INITIAL_GLUED = re.compile(r"\b([A-ZÀ-Ý])\s?\.(?=[A-ZÀ-Ý]{3})")
#: "NOIR2": the sign of a note.
_NOTE = re.compile(r"(?<=[A-ZÀ-Ý]{2})\d{1,2}(?!\w)")
#: "TESSIER.B": a family name, and its initial without the space between.
_INITIAL_GLUED_BEHIND = re.compile(r"(?<=[A-ZÀ-Ý]{3})\.([A-ZÀ-Ý])(?=\.?\s*$)")
_INITIAL_M = re.compile(r"M\.\s+(?=\S)")
#: A name given by an initial, and one by a civility.
_BY_INITIAL = re.compile(r"[A-ZÀ-Ý]{1,2}\.(?:-?[A-ZÀ-Ý]\.)*\s*[A-ZÀ-Ý]|[A-ZÀ-Ý]-?[A-ZÀ-Ý]\.?\s+[A-ZÀ-Ý]{2}")
_BY_CIVILITY = re.compile(r"(?:Mmes?|MM|Mlle|Mr|Monsieur|Madame)\b")
_INITIAL_BEHIND = re.compile(r"\s*\(([A-ZÀ-Ý]\.?(?:-?[A-ZÀ-Ý]\.?)?)\)")
#: A second family name in brackets, with what brings it in: "Mme BLANC (née NOIR)".
_MARRIED_BEHIND = re.compile(r"(?<=[A-ZÀ-Ý]{2})\s*\((?P<link>[a-zé]+\.?)\s+(?P<name>[A-ZÀ-Ý][A-ZÀ-Ý'’ -]+)\)")
#: Written behind a name to tell two bearers of it apart.
_GENERATION = re.compile(
    r"(?<=[A-Za-zÀ-ÿ])[\s,]+\(?(?P<which>père|fils|senior|junior|[Jj]r|[Ss]r)\.?\)?\s*$", re.IGNORECASE
)
#: The longest names seen have seven words; more is a sentence.
_MOST_WORDS = 8
#: A civility, a family and a given name.
_FULL_NAME = 2
#: Words with a capital that open a sentence and name nobody alone.
_ALONE_NONE = frozenset(("Le", "La", "Les", "Il", "Elle", "Je", "Nous"))
#: Particles with a capital that open a family name in capitals: "De GILBERT", and no given name.
_ARTICLES = frozenset(("De", "Du", "Des", "La", "Le", "Les"))
#: Capitals behind a family name in capitals that are initials: "TESSIER B", "GUYARD MC".
_INITIALS_AT_MOST = 2


def mend(written: str) -> str:
    """White space squeezed, hyphens and elisions that a line break parted joined again."""
    joined = _BROKEN_HYPHEN.sub("-", squeeze(written).strip("*_ .,;:-–—>→"))
    return _BROKEN_APOSTROPHE.sub(r"\1", joined)


def by_initials(written: Sequence[str]) -> bool:
    """Whether the entries of a roster give first names by their initials and use no civility: "M." is one there."""
    if any(_BY_CIVILITY.match(entry) for entry in written):
        return False
    told = [entry for entry in written if not _INITIAL_M.match(entry)]
    return len(told) > 1 and 2 * sum(_BY_INITIAL.match(entry) is not None for entry in told) > len(told)


def split_honorific(written: str) -> tuple[Civility | None, str]:
    """The civility, and the rest of the name; titles (docteur) are taken off and give none."""
    found = pattern("roster", "honorific").match(fold(written))
    if not found or not (written[0].isupper() or len(found["civility"]) > 2):
        return None, written
    civility = found["civility"]
    rest = written[found.end() :].strip()
    if pattern("roster", "woman").fullmatch(civility):
        return "Mme", rest
    return ("M." if pattern("roster", "man").fullmatch(civility) else None), rest


@lru_cache(maxsize=4096)
def is_particle(word: str) -> bool:
    """Whether a word belongs to the family name after it: "de", "Le", "VAN"."""
    return pattern("roster", "particle").fullmatch(fold(word)) is not None


@lru_cache(maxsize=4096)
def _is_married(word: str) -> bool:
    return pattern("roster", "married").fullmatch(fold(word)) is not None


def _is_link(words: list[str], index: int) -> bool:
    """Whether "épouse", "née" stands between two family names, both of which the person bears."""
    return _is_married(words[index]) and any(_is_capital(word) for word in words[index + 1 : index + 3])


def _is_capital(word: str) -> bool:
    """DUPONT, N'DIAYE, d'ARC, McGREGOR; one letter is a capital word, an initial with its point is none."""
    letters = [c for c in word if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if not capitals or word.endswith("."):
        return False
    return capitals == len(letters) or (capitals >= 3 and capitals >= 0.6 * len(letters))


def _family_run(words: list[str]) -> tuple[int, int] | None:
    """Where the family name stands: from the first word in capitals to the last, with the particles before."""
    marks = [_is_capital(word) for word in words]
    if True not in marks:
        return None
    first = marks.index(True)
    last = first
    for index in range(first + 1, len(words)):
        if marks[index]:
            last = index
        elif not words[index].islower() or not (is_particle(words[index]) or _is_link(words, index)):
            break
    while first > 0 and is_particle(words[first - 1]) and (first > 1 or words[0].islower() or words[0] in _ARTICLES):
        first -= 1
    return first, last + 1


def _split_capitals(words: list[str]) -> tuple[str | None, str] | None:
    """Given and family name where capitals tell them apart; None where nothing is in capitals."""
    run = _family_run(words)
    if run is None:
        return None
    first, end = run
    if first == 0 and end == len(words) > 1:
        return _all_capitals(words)
    family, given = words[first:end], words[:first] + words[end:]
    if given and len(family) > 1 and len(family[-1]) == 1:
        family[-2:] = [family[-2] + family[-1]]
    return " ".join(given) or None, " ".join(family)


def _all_capitals(words: list[str]) -> tuple[str | None, str]:
    """ "JP TESSIER", "TESSIER B": initials are the given name; otherwise everything is the family name."""
    head, tail = words[0], words[-1]
    if len(head) == 1 or (len(head) == 2 and not is_particle(head)):
        return head, " ".join(words[1:])
    if len(tail) <= _INITIALS_AT_MOST:
        return tail, " ".join(words[:-1])
    return None, " ".join(words)


def _without_title(text: str) -> str:
    """The office left out of "M. le Maire, Olivier X", "Mme la Présidente BLANC", the list out of "Général (2S) X".

    Only where a name follows: a second civility, a given and a family name, or a family name in capitals; what
    the mayor does is none of these.
    """
    rank = pattern("roster", "rank").match(fold(text))
    if rank:
        return text[: rank.start("list")] + text[rank.end("list") :]
    office = pattern("roster", "office").match(fold(text))
    if not office or text[: office.end()].isupper():
        return text
    rest = text[office.end() :]
    if split_honorific(rest)[0]:
        return rest
    named = _CUT.split(rest, maxsplit=1)[0].split()
    if _names_a_person(named) and ("," not in office.group() or len(named) > 1):
        return f"{office['civility']} ".capitalize() + rest
    return text


def _without_office(text: str) -> str:
    """The name without the office behind it that no comma parts: "BLANC Conseillers Municipaux"."""
    office = pattern("roster", "office_behind").search(fold(text))
    if office is None or text[office.start() :].isupper():
        return text
    before = text[: office.start()].split()
    if not _is_capital(before[-1]) and (len(before) < _FULL_NAME or not any(map(_is_capital, before))):
        return text
    return text[: office.start()]


def _names_a_person(named: list[str]) -> bool:
    """Whether words behind an office can be a name: "Olivier Blanc", "BLANC", "LE GALL", no "Rappelle que"."""
    if not named or pattern("roster", "begins").match(fold(named[-1])):
        return False
    if len(named) <= 3 and all(map(_is_capital, named)):
        return len(named[-1]) > 2
    return len(named) > 1 and all(
        word[0].isupper() and not pattern("roster", "begins").match(fold(word)) for word in named[:2]
    )


def _capitalised(words: list[str], honorific: Civility | None) -> list[str]:
    """ "mme zoé lachenaye", typed without any capital: two words behind a civility that belong to no sentence."""
    if honorific is None or len(words) != 2 or not all(word.islower() and word[0].isalpha() for word in words):
        return words
    known = any(fold(word) in _list_words() or pattern("roster", "begins").match(fold(word)) for word in words)
    return words if known or any(map(is_particle, words)) else [word.title() for word in words]


@lru_cache(maxsize=1)
def _list_words() -> frozenset[str]:
    return frozenset(fold(word) for word in table("roster")["known"])


def _named_words(words: list[str]) -> list[str]:
    """The words up to the first that goes on with the sentence ("Carla NOIR quitte la salle")."""
    run = _family_run(words)
    end = run[1] if run else 2
    for index in range(end, len(words)):
        if words[index].islower() and pattern("roster", "small_given").fullmatch(fold(words[index])):
            continue
        if words[index].islower() and (run or not is_particle(words[index])):
            return words[:index]
    return words


def _split_plain(words: list[str]) -> tuple[str | None, str]:
    """Without capitals: the last word, with the particles before it, is the family name."""
    lowest = 0 if is_particle(words[0]) and words[0] != words[0].lower() else 1
    first = next((i for i in range(lowest, len(words) - 1) if is_particle(words[i])), len(words) - 1)
    return " ".join(words[:first]) or None, " ".join(words[first:])


def _possible(words: list[str], honorific: bool) -> bool:
    """Whether words can be a name: capitalised, no figure, no heading, no bare role."""
    if not 0 < len(words) <= _MOST_WORDS or any(c.isdigit() for word in words for c in word):
        return False
    if (
        words[0] in ("le", "la", "les")
        or (len(words) == 1 and words[0] in _ALONE_NONE)
        or not any(word[0].isupper() or word[:2].lower() in ("d'", "d’") for word in words)
    ):
        return False
    folded = fold(" ".join(words))
    if pattern("roster", "never").search(folded) and not (honorific and _is_capital(words[-1]) and len(words) > 1):
        return False
    small = fold(" ".join(word for word in words if not _is_capital(word)))
    return not pattern("roster", "role").search(small) and not pattern("roster", "role").fullmatch(folded)


def _joined(found: re.Match[str]) -> str:
    return f" {found['link']} {found['name']}" if _is_married(found["link"]) else found[0]


@lru_cache(maxsize=8192)
def read_name(text: str, *, initials: bool = False) -> PersonName | None:
    """The person whom a passage names, up to its first comma or bracket; None if it names nobody.

    "Monsieur HOAREAU" gives a family name alone; "fils" in "Jean DURAND fils" stays in the family name. "LOVICH I" is
    read LOVICHI: a single capital after the family name is the end of it that the layout split off. With ``initials``,
    the list names everybody by an initial: "M. BEAUNE" is one whose first name begins with M.
    """
    text = _INITIAL_GLUED_BEHIND.sub(r" \1", _NOTE.sub("", text))
    text = _INITIAL_GLUED.sub(r"\1. ", _COLUMN.sub(r"\g<civility> ", text))
    text = _MARRIED_BEHIND.sub(_joined, _INITIAL_BEHIND.sub(r" \1", _without_title(text)))
    generation = _GENERATION.search(text)
    if generation:
        text = text[: generation.start()]
    text = _without_office(_TURNED.sub(r"\g<family> \g<given>", _DASHED.sub("-", text)))
    cuts = [found.start() for found in (_CUT.search(text, 3), cased("names", "opens_next").search(text, 3)) if found]
    name = mend(text[: min(cuts)] if cuts else text)
    honorific, rest = (None, name) if initials and _INITIAL_M.match(name) else split_honorific(name)
    words = _named_words(_capitalised(rest.split(), honorific))
    if not _possible(words, honorific is not None):
        return None
    abridged = [word for word in words if _INITIALS.match(word)]
    if abridged and len(abridged) < len(words):
        given: str | None = " ".join(abridged)
        family = " ".join(word for word in words if word not in abridged)
    else:
        given, family = _split_capitals(words) or _split_plain(words)
    if generation:
        words.append(generation["which"].lower())
        family = f"{family} {words[-1]}"
    return PersonName(written=_written(" ".join(words), family), family=family, given=given, honorific=honorific)


def _written(name: str, family: str) -> str:
    """The name as written, with a family name that was split in two put together."""
    for at in range(len(family) - 1, 0, -1):
        split = family[:at] + " " + family[at:]
        if split in name and family not in name:
            return name.replace(split, family)
    return name
