"""Where a name ends, by a trained model: "Club des poètes disparus", "Ligue contre le cancer".

Capitals alone do not tell: French names go on in lower case. Each word after which a name may end is looked at with the
words around it (``training/``, ``extract/models/name_end.json.gz``), what the rules of :mod:`extract.pipes.names` say
among them, and the likeliest end is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from extract.linear import Linear, load
from extract.patterns import pattern, words
from extract.text import fold

_TOKEN = re.compile(r"[dlnqsDLNQS]['’](?=\w)|\w+(?:[-'’.]\w+)*['’]?|[^\w\s]|\n[^\S\n]*\n|\t")
_BESIDE = re.compile(r"[^\W\d_]+'?|[^\w\s]")
_HARD = frozenset([";", ":", ".", "(", ")", "€", "\t", "»", "”", "=", "|", "…"])
#: What ends a name for sure, in quotes too.
_ENDS = _HARD - {"»", "”"}
_MOST, _BEHIND = 16, 3
_SMALL = frozenset(words("names", "small"))
_PARTICLES = frozenset(words("names", "genitive")) | frozenset(words("names", "articles"))
_LONE, _TIES = words("names", "lone_heads"), words("names", "ties")
_EVEN, _UNNAMED = 0.35, 0.1
_REACH, _SHORTEST = 48, 3
#: So far past the last place where a name may end the words behind it are looked at.
_PAST = 40
_BEFORE, _TWINS = 20, 6


class _Form(NamedTuple):
    """A word as it is written, wherever it stands: ``shape`` is how, ``joined`` is how it is told in a series.

    ``as_last``, ``as_next`` and ``then`` are what it tells as the last word of a name and as the first two behind it.
    """

    text: str
    folded: str
    shape: str
    small: bool
    joined: str
    next: str
    then: str
    as_last: tuple[str, ...]
    as_next: tuple[str, ...]


class _Word(NamedTuple):
    """A token of a name or after it."""

    start: int
    end: int
    form: _Form


def _shape(word: str) -> str:
    """How a word is written: "A" capitals, "Aa" a capital, "a", "1", or the sign itself."""
    if word[0].isdigit():
        return "1"
    if not word[0].isalpha():
        return word[0]
    if word[0].isupper():
        return "A" if len(word) > 1 and word.isupper() else "Aa"
    return "a"


def _words(text: str, start: int, limit: int) -> list[_Word]:
    """The words of a name that ends before ``limit``, and as many behind its last one as are looked at."""
    found: list[_Word] = []
    left = _MOST + _BEHIND
    for token in _TOKEN.finditer(text, start, min(len(text), limit + _PAST)):
        written = token.group()
        found.append(_Word(*token.span(), _form(written)))
        left = min(left - 1, _BEHIND if written in _ENDS else left)
        if not left:
            break
    return found


@lru_cache(maxsize=8192)
def _form(word: str) -> _Form:
    folded, shape = fold(word), _shape(word)
    small, named = folded in _SMALL, shape in ("A", "Aa", "1")
    told = shape if named else folded
    then = folded if small or shape in ("1", "€") else shape
    return _Form(
        word,
        folded,
        shape,
        small,
        folded if small or not word[0].isalpha() else shape,
        told,
        then,
        (f"last={shape}", f"last={folded[-3:]}&{shape}", f"word={folded}"),
        (f"next={told}", f"next3={folded[-3:]}&{shape}"),
    )


def beyond(text: str, position: int) -> bool:
    """Whether what follows is told of the body and never in its name: "…, pour ses ateliers", "… au titre de 2024"."""
    found = pattern("names", "beyond").match(fold(text[position : position + _REACH]))
    return found is not None and text[position : position + found.end()].strip(" \t\n\u00a0,-–")[:1].islower()


def _may_tell(form: _Form) -> bool:
    """Whether a word may begin what is told of a body: a comma, a dash, or a word in lower case that is no article."""
    return form.text in ",-–" or (form.shape == "a" and form.folded not in _PARTICLES)


def name_part(text: str) -> int:
    """Where the name ends in a cell that tells more of it: "l'association Les P'tits Curieux, pour ses ateliers"."""
    folded, quoted = fold(text), text.count("«") + text.count('"')
    for found in pattern("names", "beyond").finditer(folded, _SHORTEST):
        opened = text[: found.start()].count("«") > text[: found.start()].count("»")
        if beyond(text, found.start()) and not (quoted and (opened or text[: found.start()].count('"') % 2)):
            return found.start()
    return len(text)


def ends(text: str, start: int, limit: int, rule: int) -> Iterator[tuple[int, list[str]]]:
    """Each index at which the name that begins at ``start`` may end, with its features; ``rule`` is the rules' end."""
    words = _words(text, start, limit)
    return _told(text, words, list(_places(text, words, limit)), rule)


def _told(text: str, words: list[_Word], places: list[tuple[int, bool]], rule: int) -> Iterator[tuple[int, list[str]]]:
    """The ends of a name, of some words that begin it, with their features."""
    opened, twins = _opening(text, words[0].start) if words else "", _twins(text, words)
    inside = _Inside()
    for at, quoted in places:
        inside.reach(words, at)
        features = _features(words, at, rule, inside, quoted=quoted)
        yield words[at].end, [*features, *_around(text, words, at, opened, twins)]


def _places(text: str, words: list[_Word], limit: int) -> Iterator[tuple[int, bool]]:
    """The words that a name may end with, by their number, and whether a quote is open behind them."""
    quoted = False
    for at, (start, end, form) in enumerate(words[:_MOST]):
        if start >= limit and end > limit:
            break
        written = form.text
        if written in '«"“':
            quoted = not quoted or written != '"'
            continue
        if written in _HARD or written[0] == "\n":
            if not (quoted and written in ("»", "”", '"')):
                break
            quoted = False
        elif not written[0].isalnum() and written not in "&+/,!'’-–":
            break
        elif not written[0].isalnum() or form.small:
            continue
        following = words[at + 1].form if at + 1 < len(words) else None
        if at == 0 and following is not None and form.folded in _LONE and following.folded in _TIES:
            continue
        yield at, quoted
        if following is not None and not quoted and _may_tell(following) and beyond(text, end):
            break


class _Inside:
    """What the words of a name behind its first come to, up to one of them.

    How many have a capital, which are small, and how many in lower case stand last, one after the other.
    """

    def __init__(self) -> None:
        self._at = self.capitals = self.lower = 0
        self.small: list[str] = []

    def reach(self, words: list[_Word], at: int) -> None:
        """Take in the words up to one."""
        for word in words[self._at + 1 : at + 1]:
            form = word.form
            self.capitals += form.shape in ("A", "Aa")
            self.small += [form.folded] if form.small else []
            self.lower = self.lower + 1 if form.shape == "a" and not form.small else 0
        self._at = at


def _opening(text: str, start: int) -> str:
    """The two words before a name: "associations", "de l'", "à la"."""
    return "_".join(_BESIDE.findall(fold(text[max(0, start - _BEFORE) : start]))[-2:])


def _twins(text: str, words: list[_Word]) -> list[int]:
    """Where else the first word of a name stands with the same letters: the name may be told again there."""
    found: list[int] = []
    if words and len(first := words[0].form.text) > 1:
        at = text.find(first)
        while at >= 0 and len(found) < _TWINS:
            found += [at] if at != words[0].start else []
            at = text.find(first, at + 1)
    return found


def _around(text: str, words: list[_Word], at: int, opened: str, twins: list[int]) -> list[str]:
    """What stands before the name, what joins it to the next one, and whether the act tells the same words again."""
    one = words[at + 1] if at + 1 < len(words) else None
    begin, end, shape = words[0].start, words[at].end, words[at].form.shape
    told = [t for t in twins if text.startswith(text[begin:end], t)]
    longer = one is not None and any(text.startswith(text[begin : one.end], t) for t in told)
    again = "no" if not told else "longer" if longer else "here"
    found = [
        f"again={again}",
        f"again={again}&last={shape}&size={min(at, 4)}",
        f"opened={opened}&last={shape}&next={one.form.shape if one else 'END'}",
    ]
    if one is not None and one.form.folded in ("et", ",", "ou", "&", "-"):
        joined = [word.form.joined for word in words[at + 2 : at + 5]]
        while joined and joined[-1] in _SMALL:
            joined.pop()
        after = "_".join(joined[: next((i + 1 for i, w in enumerate(joined) if w[0] in "Aa"), 3)])
        joins = f"joins={one.form.folded}:{after}"
        found += [joins, f"{joins}&opened={opened}", f"{joins}&last={shape}&size={min(at, 3)}"]
    return found


def _features(words: list[_Word], at: int, rule: int, inside: _Inside, *, quoted: bool) -> list[str]:
    first, last = words[0].form, words[at].form
    one = words[at + 1].form if at + 1 < len(words) else _NONE
    two = words[at + 2].form if at + 2 < len(words) else _NONE
    ground = words[at - inside.lower].form
    fit = "rule" if words[at].end == rule else "short" if words[at].end < rule else "long"
    run = f"run={min(inside.lower, 3)}&before={ground.folded if inside.lower and ground.small else ground.shape}"
    return [
        *last.as_last,
        *one.as_next,
        f"fit={fit}",
        f"fit={fit}&{last.shape}",
        f"fit={fit}&next={one.next}",
        f"next={one.next}&last={last.shape}",
        f"next={one.next}&then={two.then}",
        f"then={two.then}",
        f"size={min(at, 9)}",
        run,
        f"{run}&next={one.next}",
        f"first={first.folded[:7]}",
        f"first={first.folded[:7]}&size={min(at, 4)}",
        f"first={first.shape}&last={last.shape}&size={min(at, 4)}",
        f"capitals={min(inside.capitals, 3)}&last={last.shape}",
        f"quoted={quoted}",
        f"small={'_'.join(inside.small)[:24]}",
    ]


#: What stands behind a name that ends the text.
_NONE = _Form("", "", "", False, "", "END", "END", (), ("next=END", "next3=&"))


def likeliest(text: str, start: int, limit: int, rule: int, model: Linear | None = None) -> int:
    """The likeliest end; the rules' own where the model is of two minds."""
    words = _words(text, start, limit)
    places = list(_places(text, words, limit))
    if [words[at].end for at, _ in places] == [rule]:
        return rule  # there is no other
    model = model or load("name_end")
    best, sure, own = rule, 0.0, 0.0
    for end, features in _told(text, words, places, rule):
        chance = model.chance(features)
        if end == rule:
            own = chance
        if chance > sure:
            best, sure = end, chance
    least = _EVEN if own else _UNNAMED  # the rules' end is none: a lone head noun
    return best if sure >= least and sure > own else rule
