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
_HARD = frozenset([";", ":", ".", "(", ")", "€", "\t", "»", "”", "=", "|", "…"])
#: What ends a name for sure, in quotes too.
_ENDS = _HARD - {"»", "”"}
_MOST, _BEHIND = 16, 3
_SMALL = frozenset(words("names", "small"))
_PARTICLES = frozenset(words("names", "genitive")) | frozenset(words("names", "articles"))
_LONE, _TIES = words("names", "lone_heads"), words("names", "ties")
_EVEN, _UNNAMED = 0.35, 0.1
_REACH, _SHORTEST = 48, 3
_BEFORE, _TWINS = 20, 6


class _Word(NamedTuple):
    """A token of a name or after it; ``shape`` is how it is written."""

    start: int
    end: int
    text: str
    folded: str
    shape: str


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
    """The words of a name, and as many behind what ends it for sure as are looked at from its last one."""
    found: list[_Word] = []
    left = _MOST + _BEHIND
    for token in _TOKEN.finditer(text, start, limit):
        written = token.group()
        found.append(_Word(*token.span(), *_seen(written)))
        left = min(left - 1, _BEHIND if written in _ENDS else left)
        if not left:
            break
    return found


@lru_cache(maxsize=8192)
def _seen(word: str) -> tuple[str, str, str]:
    """A word, folded, and how it is written."""
    return word, fold(word), _shape(word)


def beyond(text: str, position: int) -> bool:
    """Whether what follows is told of the body and never in its name: "…, pour ses ateliers", "… au titre de 2024"."""
    found = pattern("names", "beyond").match(fold(text[position : position + _REACH]))
    return found is not None and text[position : position + found.end()].strip(" \t\n\u00a0,-–")[:1].islower()


def _may_tell(word: _Word) -> bool:
    """Whether a word may begin what is told of a body: a comma, a dash, or a word in lower case that is no article."""
    return word.text in ",-–" or (word.shape == "a" and word.folded not in _PARTICLES)


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
    found = _words(text, start, min(len(text), limit + 40))
    opened, twins = _opening(text, start), _twins(text, found)
    quoted = False
    for at, word in enumerate(found[:_MOST]):
        if word.start >= limit and word.end > limit:
            break
        if word.text in '«"“':
            quoted = not quoted or word.text != '"'
            continue
        if word.text in _HARD or word.text.startswith("\n"):
            if not (quoted and word.text in ("»", "”", '"')):
                break
            quoted = False
        elif not word.text[0].isalnum() and word.text not in "&+/,!'’-–":
            break
        elif not word.text[0].isalnum() or word.folded in _SMALL:
            continue
        following = _after(found, at + 1)
        if at == 0 and following is not None and word.folded in _LONE and following.folded in _TIES:
            continue
        yield word.end, [*_features(found, at, rule, quoted=quoted), *_around(text, found, at, opened, twins)]
        if following is not None and not quoted and _may_tell(following) and beyond(text, word.end):
            break


def _opening(text: str, start: int) -> str:
    """The two words before a name: "associations", "de l'", "à la"."""
    return "_".join(re.findall(r"[^\W\d_]+'?|[^\w\s]", fold(text[max(0, start - _BEFORE) : start]))[-2:])


def _twins(text: str, words: list[_Word]) -> list[int]:
    """Where else the first word of a name stands with the same letters: the name may be told again there."""
    found: list[int] = []
    if words and len(words[0].text) > 1:
        at = text.find(words[0].text)
        while at >= 0 and len(found) < _TWINS:
            found += [at] if at != words[0].start else []
            at = text.find(words[0].text, at + 1)
    return found


def _around(text: str, words: list[_Word], at: int, opened: str, twins: list[int]) -> Iterator[str]:
    """What stands before the name, what joins it to the next one, and whether the act tells the same words again."""
    one = _after(words, at + 1)
    begin, end = words[0].start, words[at].end
    told = [t for t in twins if text[t : t + end - begin] == text[begin:end]]
    longer = one is not None and any(text[t : t + one.end - begin] == text[begin : one.end] for t in told)
    again = "no" if not told else "longer" if longer else "here"
    yield f"again={again}"
    yield f"again={again}&last={words[at].shape}&size={min(at, 4)}"
    if one is not None and one.folded in ("et", ",", "ou", "&", "-"):
        joined = [
            w.folded if w.folded in _SMALL or not w.text[0].isalpha() else w.shape for w in words[at + 2 : at + 5]
        ]
        while joined and joined[-1] in _SMALL:
            joined.pop()
        after = "_".join(joined[: next((i + 1 for i, w in enumerate(joined) if w[0] in "Aa"), 3)])
        yield f"joins={one.folded}:{after}"
        yield f"joins={one.folded}:{after}&opened={opened}"
        yield f"joins={one.folded}:{after}&last={words[at].shape}&size={min(at, 3)}"
    yield f"opened={opened}&last={words[at].shape}&next={one.shape if one else 'END'}"


def _after(words: list[_Word], at: int) -> _Word | None:
    return words[at] if at < len(words) else None


def _features(words: list[_Word], at: int, rule: int, *, quoted: bool) -> list[str]:
    first, last = words[0], words[at]
    one, two = _after(words, at + 1), _after(words, at + 2)
    inside = words[1 : at + 1]
    shapes = [word.shape for word in inside]
    lower = 0
    while lower < at and words[at - lower].shape == "a" and words[at - lower].folded not in _SMALL:
        lower += 1
    before = words[at - lower].folded if lower and words[at - lower].folded in _SMALL else words[at - lower].shape
    next_text = "END" if one is None else one.folded if one.shape not in ("A", "Aa", "1") else one.shape
    after = "END" if two is None else two.folded if two.folded in _SMALL or two.shape in ("1", "€") else two.shape
    fit = "rule" if last.end == rule else "short" if last.end < rule else "long"
    return [
        f"fit={fit}",
        f"fit={fit}&{last.shape}",
        f"fit={fit}&next={next_text}",
        f"last={last.shape}",
        f"last={last.folded[-3:]}&{last.shape}",
        f"word={last.folded}",
        f"next={next_text}",
        f"next={next_text}&last={last.shape}",
        f"next={next_text}&then={after}",
        f"next3={one.folded[-3:] if one else ''}&{one.shape if one else ''}",
        f"then={after}",
        f"size={min(at, 9)}",
        f"run={min(lower, 3)}&before={before}",
        f"run={min(lower, 3)}&before={before}&next={next_text}",
        f"first={first.folded[:7]}",
        f"first={first.folded[:7]}&size={min(at, 4)}",
        f"first={first.shape}&last={last.shape}&size={min(at, 4)}",
        f"capitals={min(shapes.count('A') + shapes.count('Aa'), 3)}&last={last.shape}",
        f"quoted={quoted}",
        f"small={'_'.join(w.folded for w in inside if w.folded in _SMALL)[:24]}",
    ]


def likeliest(text: str, start: int, limit: int, rule: int, model: Linear | None = None) -> int:
    """The likeliest end; the rules' own where the model is of two minds."""
    model = model or load("name_end")
    best, sure, own = rule, 0.0, 0.0
    for end, features in ends(text, start, limit, rule):
        chance = model.chance(features)
        if end == rule:
            own = chance
        if chance > sure:
            best, sure = end, chance
    least = _EVEN if own else _UNNAMED  # the rules' end is none: a lone head noun
    return best if sure >= least and sure > own else rule
