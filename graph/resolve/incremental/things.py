"""What each cluster came to, remembered by its key, and the pairs that await review."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any, Final

import orjson

from extract.facts import PersonName
from graph.resolve.incremental.packing import dump
from graph.resolve.match import Candidate, Match, Reason
from graph.resolve.resolution import Entity, OrganisationEntity, PersonEntity, ProgrammeEntity
from graph.resolve.spelling import Spelling

#: Values that say how often a thing is met, where, and how the names came together.
_COUNTED: Final = frozenset({"names", "aliases", "signatures", "merges", "forms"})
#: A thing as plain values.
Plain = dict[str, Any]


class Things:
    """The things and candidates of the remembered resolution."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """``connection`` is the registry's, with the remembered resolution attached."""
        self._db = connection

    def replace(self, kind: str, old: Iterable[str], new: Mapping[str, tuple[str | None, Plain]]) -> None:
        """Put ``new`` (its group and values, by key) in the place of the things with the keys ``old``."""
        self.drop(kind, old)
        self.put(kind, ((key, grp, dump(plain)) for key, (grp, plain) in new.items()))

    def drop(self, kind: str, keys: Iterable[str]) -> None:
        """Take out the things with these keys."""
        self._db.executemany("DELETE FROM thing WHERE kind = ? AND key = ?", [(kind, key) for key in keys])

    def put(self, kind: str, told: Iterable[tuple[str, str | None, str]]) -> None:
        """Put things in: the key, the group and the written values of each."""
        self._db.executemany(
            "INSERT OR REPLACE INTO thing (kind, key, grp, data, said) VALUES (?, ?, ?, ?, ?)",
            ((kind, *each, _said(each[2])) for each in told),
        )

    def get(self, kind: str, key: str) -> Plain | None:
        """A thing by its key."""
        row = self._db.execute("SELECT data FROM thing WHERE kind = ? AND key = ?", (kind, key)).fetchone()
        return dict(orjson.loads(row[0])) if row else None

    def said(self, kind: str, key: str) -> bytes | None:
        """Bytes that change whenever a document that names a thing may be mapped otherwise; None for no thing.

        Empty where that depends on other things, too.
        """
        row = self._db.execute("SELECT said FROM thing WHERE kind = ? AND key = ?", (kind, key)).fetchone()
        return bytes(row[0]) if row else None

    def keys(self, kind: str) -> Iterator[str]:
        """The keys of all things of a kind, in order."""
        for (key,) in self._db.execute("SELECT key FROM thing WHERE kind = ? ORDER BY key", (kind,)):
            yield key

    def written(self, kind: str) -> Iterator[tuple[str, str]]:
        """The key and the written values of all things of a kind, in the order of their keys."""
        yield from self._db.execute("SELECT key, data FROM thing WHERE kind = ? ORDER BY key", (kind,))

    def in_group(self, kind: str, grp: str) -> dict[str, Plain]:
        """The things of a group, by key."""
        rows = self._db.execute("SELECT key, data FROM thing WHERE kind = ? AND grp = ? ORDER BY key", (kind, grp))
        return {key: orjson.loads(data) for key, data in rows}

    def review(self, kind: str, signatures: Iterable[str], candidates: Iterable[Candidate]) -> None:
        """``candidates`` are now those among ``signatures``."""
        listed = dump(list(signatures))
        for end in ("one", "other"):
            self._db.execute(
                f"DELETE FROM candidate WHERE kind = ? AND {end} IN (SELECT value FROM json_each(?))",  # noqa: S608
                (kind, listed),
            )
        self._db.executemany(
            "INSERT INTO candidate (kind, one, other, data) VALUES (?, ?, ?, ?)",
            [(kind, c.match.left, c.match.right, dump([_match(c.match), c.why])) for c in candidates],
        )

    def candidates(self) -> tuple[Candidate, ...]:
        """All pairs that await review."""
        rows = self._db.execute("SELECT kind, data FROM candidate")
        return tuple(
            sorted(Candidate(kind, _match_of(match), why) for kind, data in rows for match, why in [orjson.loads(data)])
        )


def person_plain(entity: PersonEntity) -> Plain:
    """A person as plain values."""
    parts = {text: [n.written, n.family, n.given, n.honorific] for text, n in entity.parts.items()}
    return {**_plain(entity), "parts": parts}


def person(key: str, plain: Plain) -> PersonEntity:
    """The person of plain values."""
    parts = {
        text: PersonName(written=written, family=family, given=given, honorific=honorific)
        for text, (written, family, given, honorific) in plain["parts"].items()
    }
    return PersonEntity(key, *_shared(plain), parts=parts, forms=plain["forms"])


def organisation_plain(entity: OrganisationEntity, seat: str | None) -> Plain:
    """An organisation as plain values; ``seat`` is the signature of the body that it is part of."""
    fields = ("kind", "sigle", "siren", "insee", "rna")
    return {**_plain(entity), "seat": seat, **{name: getattr(entity, name) for name in fields}}


def organisation(key: str, plain: Plain, part_of: str | None) -> OrganisationEntity:
    """The organisation of plain values; ``part_of`` is the key of what it is part of."""
    fields = {name: plain[name] for name in ("kind", "sigle", "siren", "insee", "rna")}
    return OrganisationEntity(key, *_shared(plain), part_of=part_of, forms=plain["forms"], **fields)


_PROGRAMME = ("label", "family", "sigle", "start", "end", "extended_to", "territory")


def programme_plain(entity: ProgrammeEntity, scope: str, subject: str) -> Plain:
    """A programme as plain values, but for what it follows; scope and subject tell which may follow one another."""
    return {**_plain(entity), "of": [scope, subject], **{name: getattr(entity, name) for name in _PROGRAMME}}


def programme(key: str, plain: Plain, replaces: tuple[str, ...]) -> ProgrammeEntity:
    """The programme of plain values; ``replaces`` are the keys of those that it follows."""
    fields = {name: plain[name] for name in _PROGRAMME}
    return ProgrammeEntity(key, *_shared(plain), replaces=replaces, forms=plain["forms"], **fields)


def _said(data: str) -> bytes:
    """A hash of written values, but for how often and where the names are met; empty for a part of something else."""
    plain = orjson.loads(data)
    if plain.get("seat") is not None or "of" in plain:
        return b""
    told = {name: value for name, value in plain.items() if name not in _COUNTED}
    told["names"], told["aliases"] = (sorted(text for text, _ in plain[part]) for part in ("names", "aliases"))
    told["confidence"] = min((score for _, _, score, _ in plain["merges"]), default=1.0)
    return blake2b(dump(told).encode(), digest_size=16).digest()


def _plain(entity: Entity) -> Plain:
    return {
        "names": [[s.text, s.count()] for s in entity.names],
        "aliases": [[s.text, s.count()] for s in entity.aliases],
        "signatures": entity.signatures,
        "merges": [_match(match) for match in entity.merges],
        "forms": entity.forms,
    }


def _shared(plain: Plain) -> tuple[tuple[Spelling, ...], tuple[Spelling, ...], tuple[str, ...], tuple[Match, ...]]:
    names, aliases = (tuple(Spelling(text, {"": n}) for text, n in plain[part]) for part in ("names", "aliases"))
    return names, aliases, tuple(plain["signatures"]), tuple(map(_match_of, plain["merges"]))


def _match(match: Match) -> list[Any]:
    return [match.left, match.right, match.score, [[r.feature, r.value, r.text] for r in match.reasons]]


def _match_of(plain: list[Any]) -> Match:
    left, right, score, reasons = plain
    return Match(left, right, score, tuple(Reason(*reason) for reason in reasons))
