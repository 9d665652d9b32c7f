"""Proxies: who gave theirs to whom, in the words of one entry of a roster."""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.facts import PersonName
from extract.finder import finder
from extract.header.names import read_name
from extract.patterns import pattern
from extract.text import fold

#: A particle that opens a family name in capitals, behind a word in small letters.
_HOLDER_PARTICLE = re.compile(r"(?<=mandataire )(?:D['’](?=[A-ZÀ-Ý])|D[EU] |DES )")
_APART = re.compile(r",|\s+et\s+|\s+-\s+|;")


class Proxy(NamedTuple):
    """The part of an entry that names its member, the holder, whether a proxy is told, and the givers to him.

    ``substitute`` sits and votes in the member's place, in his own right.
    """

    member: str
    holder: PersonName | None = None
    linked: bool = False
    givers: tuple[PersonName, ...] = ()
    substitute: PersonName | None = None


def read_proxy(written: str, *, by_proxy: bool, president: PersonName | None = None, initials: bool = False) -> Proxy:
    """What an entry says of proxies; ``by_proxy`` tells that its list is one of proxies, where "à" is enough.

    ``initials`` is that of :func:`extract.header.names.read_name`.
    """
    source = fold_names(written)
    if by_proxy and (found := pattern("roster", "given_by").match(source)) and _is_given_by(written, found):
        written, source = written[found.end() :], source[found.end() :]
    if found := finder("roster", "substitute").search(source):
        return Proxy(written[: found.start()], substitute=read_name(written[slice(*found.span("substitute"))]))
    if found := finder("roster", "substitute_of").search(source):
        written, source = written[: found.start()], source[: found.start()]
    if found := finder("roster", "received").search(source):
        return Proxy(written[: found.start()], givers=_people(written[slice(*found.span("givers"))]))
    if by_proxy and (found := finder("roster", "holds_for").search(source)):
        return Proxy(written[: found.start()], givers=_people(written[found.end() :]))
    links = [finder("roster", name).search(source) for name in (("proxy", "proxy_bare") if by_proxy else ("proxy",))]
    link = min((found for found in links if found), key=lambda found: found.start(), default=None)
    if link is None:
        alone = finder("roster", "proxy_alone").search(source)
        return Proxy(written[: alone.start()], linked=True) if alone else Proxy(written)
    return Proxy(written[: link.start()], _holder(written[link.end() :], president, initials=initials), True)


def fold_names(written: str) -> str:
    """The folded words, a particle in capitals behind "mandataire" hidden: it is the holder's ("mandataire D'ARCY")."""
    source = fold(written)
    for found in _HOLDER_PARTICLE.finditer(written):
        source = source[: found.start()] + "x" * (found.end() - found.start() - 1) + source[found.end() - 1 :]
    return source


def _is_given_by(written: str, found: re.Match[str]) -> bool:
    """Whether "de" stands before the giver ("de M. X à M. Y"), and is no part of the name ("DE LA TOUR")."""
    return written[: found.end()].rsplit(maxsplit=1)[-1].islower() and written[found.end()].isupper()


def _holder(written: str, president: PersonName | None, *, initials: bool) -> PersonName | None:
    if name := read_name(written.strip(), initials=initials):
        return name
    return president if pattern("roster", "chair").match(fold(written).strip()) else None


def _people(written: str) -> tuple[PersonName, ...]:
    names = (read_name(part.strip()) for part in _APART.split(written) if part.strip())
    return tuple(name for name in names if name)
