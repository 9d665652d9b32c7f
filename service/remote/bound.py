"""Our own queries with their values in them: what another store is sent, where the embedded one takes substitutions.

SPARQL 1.1 has no substitution. A variable that has a value becomes that RDF term, as pyoxigraph writes it (escaped), at
its place among the tokens of the text, and leaves the projections. What is known by then is folded: a parameter that
means "any" takes its filter away with it, so that no store has to work out `IF(COALESCE("", "") = "", true, …)`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeGuard

from pyoxigraph import Literal, NamedNode

from service.sparql.screen import TOKEN
from service.store import QueryKindError, Term

_CLOSING: Final = {"(": ")", "{": "}", "[": "]"}
_PLAIN: Final = re.compile(r'"[^"\\]*"')
_NAME: Final = re.compile(r"[^\W\d]\S*|<\S+>")
#: Words that begin a list of variables, and those that end one.
_LISTS: Final = frozenset({"SELECT", "GROUP", "ORDER"})
_ENDS: Final = frozenset({"WHERE", "FROM", "HAVING", "LIMIT", "OFFSET", "VALUES"})


@dataclass(frozen=True)
class _Group:
    """What stands between brackets, with the opening one."""

    bracket: str
    items: tuple[_Item, ...]


_Known: TypeAlias = bool | NamedNode | Literal
_Item: TypeAlias = str | _Group | bool | NamedNode | Literal


def bind(query: str, values: Mapping[str, Term]) -> str:
    """The query with the values of its variables. Raises QueryKindError for a value that has no text (blank node)."""
    return _bind(query, tuple(sorted(values.items())))


@functools.lru_cache(256)
def _bind(query: str, values: tuple[tuple[str, Term], ...]) -> str:
    terms: dict[str, _Known] = {}
    for name, term in values:
        if not isinstance(term, (NamedNode, Literal)):
            raise QueryKindError(f"{name}: {term!r} cannot be said to another store")
        terms[name] = term
    return "".join(_written(_folded(_ordered(_put(_tree(query), terms)))))


def _tree(query: str) -> tuple[_Item, ...]:
    """Tokens, blanks included; those between brackets in a group."""
    open_groups: list[tuple[str, list[_Item]]] = [("", [])]
    for match in TOKEN.finditer(query):
        text = match.group()
        if match.lastgroup == "open":
            open_groups.append((text, []))
        elif match.lastgroup == "close":
            bracket, items = open_groups.pop()
            open_groups[-1][1].append(_Group(bracket, tuple(items)))
        else:
            open_groups[-1][1].append(text)
    return tuple(open_groups[0][1])


def _put(items: Iterable[_Item], terms: Mapping[str, _Known]) -> Iterator[_Item]:
    """Terms for variables; in SELECT, GROUP BY and ORDER BY such a variable goes."""
    clause, left, gone = "", 0, ""
    for item in (*items, ""):
        word = item.upper() if isinstance(item, str) else ""
        ends = word in _LISTS or word in _ENDS or item == "" or (isinstance(item, _Group) and item.bracket == "{")
        if ends and clause == "GROUP" and not left:  # grouped by what is known: still no row where nothing is found
            yield from ("(", terms[gone], " AS ?", gone, "_) ")
        if ends:
            clause, left, gone = (word if word in _LISTS else ""), 0, ""
        if isinstance(item, _Group):
            left += 1
            yield _Group(item.bracket, _ordered(_put(item.items, terms)))
        elif not (isinstance(item, str) and item[:1] in ("?", "$") and item[1:] in terms):
            left += isinstance(item, str) and item[:1] == "?"
            yield item
        elif clause:
            gone = item[1:]
        else:
            yield terms[item[1:]]


def _ordered(items: Iterable[_Item]) -> tuple[_Item, ...]:
    """The items without an ORDER BY that has nothing left to order by."""
    found = list(items)
    kept: list[_Item] = []
    place = 0
    while place < len(found):
        after = place
        if _word(found[place]) == "ORDER":
            after = next((n for n in range(place + 1, len(found)) if _word(found[n]) not in ("", "BY")), len(found))
            if after < len(found) and _word(found[after]) not in _ENDS:
                after = place
        if after == place:
            kept.append(found[place])
            after += 1
        place = after
    return tuple(kept)


def _word(item: _Item) -> str:
    """A token in capitals, empty for blanks; a group or a term is no word."""
    if not isinstance(item, str):
        return "?"
    return "" if _is_blank(item) else item.upper()


def _folded(items: tuple[_Item, ...], bracket: str = "") -> tuple[_Item, ...]:
    """The items with what is known worked out, innermost first."""
    found: list[_Item] = []
    for place, item in enumerate(items):
        if isinstance(item, _Group):
            inner = _folded(item.items, item.bracket)
            _close(found, _Group(item.bracket, inner))
        elif isinstance(item, str) and bracket == "(" and (known := _constant(item, items[place + 1 : place + 2])):
            found.append(known[0])
        else:
            found.append(item)
    if bracket != "(":
        return tuple(found)
    arguments = [_disjunction(argument) for argument in _split(found, ",")]
    return tuple(_joined(arguments, ","))


def _constant(text: str, following: tuple[_Item, ...]) -> tuple[_Known] | None:
    if text in ("true", "false"):
        return (text == "true",)
    tagged = bool(following) and isinstance(following[0], str) and following[0][:1] in ("@", "^")
    return (Literal(text[1:-1]),) if _PLAIN.fullmatch(text) and not tagged else None


def _close(found: list[_Item], group: _Group) -> None:
    """Add a group in parentheses to what stands before it: a call that is known, a filter that always holds."""
    before = _last(found)
    name = before.upper() if isinstance(before, str) and _NAME.fullmatch(before) else ""
    arguments = [_bare(argument) for argument in _split(group.items, ",")]
    first = arguments[0][0] if len(arguments[0]) == 1 else None
    if group.bracket != "(":
        found.append(group)
    elif name == "FILTER" and first is True and _stands_alone(found):
        _drop_last(found)
    elif name == "STR" and isinstance(first, NamedNode | Literal):
        _drop_last(found)
        found.append(Literal(first.value))
    elif name == "COALESCE" and _is_known(first):
        _drop_last(found)
        found.append(first)
    elif name == "IF" and isinstance(first, bool):
        _drop_last(found)
        _close(found, _Group("(", tuple(arguments[1 if first else 2])))
    elif not name and len(arguments) == 1 and _is_known(first):
        found.append(first)
    else:
        found.append(group)


def _stands_alone(found: list[_Item]) -> bool:
    """Whether the FILTER that comes last may go: between two triples it may be all that ends the first."""
    before = _last(found[: max(place for place, item in enumerate(found) if not _is_blank(item))])
    return before is None or before == "." or isinstance(before, _Group)


def _disjunction(items: list[_Item]) -> list[_Item]:
    """An expression without the operands that change nothing."""
    kept = []
    for operand in (_conjunction(part) for part in _split(items, "||")):
        bare = _bare(operand)
        if bare == [True]:
            return [True]
        if bare != [False]:
            kept.append(operand)
    return _joined(kept, "||") if kept else [False]


def _conjunction(items: list[_Item]) -> list[_Item]:
    kept = []
    for operand in (_comparison(part) for part in _split(items, "&&")):
        bare = _bare(operand)
        if bare == [False]:
            return [False]
        if bare != [True]:
            kept.append(operand)
    return _joined(kept, "&&") if kept else [True]


def _comparison(items: list[_Item]) -> list[_Item]:
    """A comparison of two known terms, of which strings and IRIs are the same when they are written the same."""
    match _bare(items):
        case [left, "=", right] if _comparable(left) and _comparable(right):
            return [left == right]
        case [left, "!", "=", right] if _comparable(left) and _comparable(right):
            return [left != right]
    return items


def _comparable(item: _Item) -> bool:
    return isinstance(item, NamedNode) or (isinstance(item, Literal) and item.datatype.value.endswith("#string"))


def _is_known(item: _Item | None) -> TypeGuard[_Known]:
    return isinstance(item, bool | NamedNode | Literal)


def _bare(items: Iterable[_Item]) -> list[_Item]:
    return [item for item in items if not _is_blank(item)]


def _is_blank(item: _Item) -> bool:
    return isinstance(item, str) and (not item.strip() or item.startswith("#"))


def _last(found: list[_Item]) -> _Item | None:
    return next((item for item in reversed(found) if not _is_blank(item)), None)


def _drop_last(found: list[_Item]) -> None:
    while _is_blank(found.pop()):
        pass


def _split(items: Iterable[_Item], separator: str) -> list[list[_Item]]:
    """The items between separators of one character, or of one character twice."""
    parts: list[list[_Item]] = [[]]
    pending = False
    for item in items:
        if item != separator[0] or isinstance(item, bool):
            pending = False
            parts[-1].append(item)
        elif len(separator) == 1 or pending:
            if pending:
                parts[-1].pop()
            parts.append([])
            pending = False
        else:
            pending = True
            parts[-1].append(item)
    return parts


def _joined(parts: list[list[_Item]], separator: str) -> list[_Item]:
    found = list(parts[0])
    for part in parts[1:]:
        found += [separator, *part]
    return found


def _written(items: Iterable[_Item]) -> Iterator[str]:
    for item in items:
        if isinstance(item, _Group):
            yield item.bracket
            yield from _written(item.items)
            yield _CLOSING[item.bracket]
        elif isinstance(item, bool):
            yield "true" if item else "false"
        else:
            yield str(item)
