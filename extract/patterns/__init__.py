"""Patterns as data: TOML files of French expressions, composed of small named pieces.

A file holds tables of named patterns. A pattern is a regular expression written as French reads, with accents;
it is matched against *folded* text (see :func:`extract.text.fold`), so accents, case and typographic quotes do
not matter. ``{name}`` stands for the piece of that name in the file's ``[pieces]`` table or in
``pieces.toml``; a list is an alternative of its members; a single space matches any white space, line breaks
included. Group names are kept.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from extract.text import fold

_PIECE = re.compile(r"\{([a-z_]+)\}")
_ESCAPE = re.compile(r"(\\.|\(\?P<[A-Za-z_]+>|\(\?<[!=][^()]*\))")


class PatternError(ValueError):
    """A pattern file does not compile; the message names file, pattern and reason."""


@cache
def table(file: str) -> dict[str, Any]:
    """The parsed content of ``patterns/{file}.toml``."""
    source = files("extract.patterns").joinpath(f"{file}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _pieces(file: str) -> dict[str, Any]:
    return {**table("pieces").get("pieces", {}), **table(file).get("pieces", {})}


def _source(value: Any) -> str:
    return value if isinstance(value, str) else "(?:" + "|".join(value) + ")"


def _expand(file: str, text: str, depth: int = 0) -> str:
    if depth > 12:
        raise PatternError(f"extract/patterns/{file}.toml : pièces en boucle dans « {text[:60]} »")
    pieces = _pieces(file)

    def piece(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in pieces:
            raise PatternError(f"extract/patterns/{file}.toml : pièce {{{name}}} inconnue")
        return "(?:" + _expand(file, _source(pieces[name]), depth + 1) + ")"

    return _PIECE.sub(piece, text)


def _folded(expression: str) -> str:
    """Fold an expression but for its escapes and group names (``\\S`` is not ``\\s``), and loosen its spaces."""
    parts = _ESCAPE.split(expression)
    return "".join(_kept(part) if i % 2 else _loosen(fold(part)) for i, part in enumerate(parts))


def _kept(part: str) -> str:
    """Escapes and group names stay; a look-behind is folded but must keep its width, so its spaces stay spaces."""
    if not part.startswith("(?<"):
        return part
    return "".join(p if i % 2 else fold(p) for i, p in enumerate(re.split(r"(\\.)", part)))


def _loosen(part: str) -> str:
    """A space with a quantifier keeps it (`` ?`` is an optional space), a bare one is any run of white space."""
    return re.sub(r" (?![?*+{])", r"\\s+", re.sub(r" (?=[?*+{])", r"\\s", part))


def _value(file: str, name: str) -> Any:
    value: Any = table(file)
    for step in name.split("."):
        if step not in value:
            raise PatternError(f"extract/patterns/{file}.toml : pas de motif « {name} »")
        value = value[step]
    return value


@cache
def pattern(file: str, name: str) -> re.Pattern[str]:
    """The compiled pattern ``name`` (dotted for nested tables) of ``patterns/{file}.toml``.

    Raises:
        PatternError: when there is no such pattern or it does not compile.
    """
    try:
        return re.compile(_folded(_expand(file, _source(_value(file, name)))), re.MULTILINE)
    except re.error as error:
        raise PatternError(f"extract/patterns/{file}.toml : motif « {name} » : {error}") from error


@cache
def cased(file: str, name: str) -> re.Pattern[str]:
    """The compiled pattern ``name`` as it stands: matched against the text itself, where capitals tell names apart.

    Raises:
        PatternError: when there is no such pattern or it does not compile.
    """
    try:
        return re.compile(_expand(file, _source(_value(file, name))))
    except re.error as error:
        raise PatternError(f"extract/patterns/{file}.toml : motif « {name} » : {error}") from error


@cache
def words(file: str, name: str) -> frozenset[str]:
    """A list of words of ``patterns/{file}.toml``, folded."""
    return frozenset(fold(word) for word in _value(file, name))


@cache
def named(file: str, section: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every pattern of a table, in the order of the file."""
    return tuple((name, pattern(file, f"{section}.{name}")) for name in table(file)[section])
