"""Programmes: what the documents say of them, and their keys, a group (territory and family) at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

import orjson

from extract.facts import ProgrammeFact
from graph.resolve import entities
from graph.resolve.assembly import programme_scope, territories
from graph.resolve.incremental.packing import dump
from graph.resolve.incremental.rows import Rows
from graph.resolve.incremental.things import Plain, Things, programme_plain
from graph.resolve.judgement import Judgements
from graph.resolve.mentions import DocumentMentions
from graph.resolve.programmes import KIND, Period, Programmes, node_signature, subject_of, successions
from graph.resolve.registry import Registry
from graph.resolve.spelling import SpellingCounter

#: What decides of a programme as an act names it, beside its territory.
_FIELDS = ("id", "name", "family", "sigle", "start_year", "end_year", "extended_to")


class KeptProgrammes:
    """The programmes of all acts. Groups are what is settled together."""

    def __init__(self, registry: Registry, found: Things, judgements: Judgements) -> None:
        """The rows are remembered beside the registry."""
        self._registry = registry
        self._things = found
        self._judgements = judgements
        self._rows = Rows(registry.connection, "programme", "digest, act, position, local_id, grp, data")
        self._sought = Rows(registry.connection, "sought", "signature, digest, key")

    def withdraw(self, digest: str) -> set[str]:
        """Take out what a document says; returns the signatures of what it said."""
        self._sought.take(digest, "signature")
        return {_signature(grp, orjson.loads(data)) for grp, data in self._rows.take(digest, "grp, data")}

    def say(self, document: DocumentMentions, organisations: Mapping[str, str]) -> set[str]:
        """Take in what a document says; returns the signatures.

        ``organisations`` are the keys of its authorities and of the territories that it names, if any act names them.
        """
        digest = document.facts.sha256
        rows = [row for i in range(len(document.acts)) for row in _told(document, i, organisations)]
        self._rows.add((digest, *row[:-1], dump(row[-1])) for row in rows)
        self._sought.add((s, digest, organisations.get(s, "")) for s in sorted(territories(document)))
        return {_signature(row[-2], row[-1]) for row in rows}

    def displaced(self, touched: Collection[str], keys: Mapping[str, str]) -> set[str]:
        """The documents that look for one of the organisations ``touched``, which has another key now, or none."""
        rows = self._sought.where("signature", touched, "signature, digest, key")
        return {digest for signature, digest, key in rows if keys.get(signature, "") != key}

    def settle(self, touched: Collection[str]) -> set[str]:
        """Key the groups of the programmes touched anew; returns the documents that one of their keys is new to."""
        if not touched:
            return set()
        signatures, groups = self._reached(touched)
        before = set(self._registry.assigned(KIND, signatures).values())
        rows = sorted(self._rows.where("grp", groups, "digest, act, position, grp, data, key"))
        programmes, meant = _settled(rows)
        found, candidates = programmes.cluster(self._judgements)
        made, keys = entities.programmes(found.clusters, programmes.nodes, self._registry)
        new: dict[str, tuple[str | None, Plain]] = {}
        for key, entity in made.items():
            first = programmes.nodes[entity.signatures[0]]
            new[key] = (first.scope, programme_plain(entity, first.scope, first.subject))
        self._things.replace(KIND, before, new)
        self._things.review(KIND, signatures, candidates)
        changed = [(row, keys[s]) for row, s in zip(rows, meant, strict=True) if keys[s] != row[5]]
        self._rows.update("key", "digest, act, position", ((key, *row[:3]) for row, key in changed))
        return {row[0] for row, _ in changed}

    def keys(self, digest: str, acts: int) -> list[dict[str, str]]:
        """The keys of the programmes of each act of a document, by local id."""
        found: list[dict[str, str]] = [{} for _ in range(acts)]
        for act, local_id, key in self._rows.where("digest", [digest], "act, local_id, key"):
            found[act][local_id] = key
        return found

    def spellings(self, digests: Iterable[str], key: str) -> SpellingCounter:
        """How documents write a programme."""
        names = SpellingCounter()
        for digest, data, found in self._rows.where("digest", digests, "digest, data, key"):
            if found == key:
                names.add(orjson.loads(data)["name"], digest)
        return names

    def follows(self, scope: str) -> dict[str, tuple[str, ...]]:
        """What the programmes of a territory follow, by key."""
        follows: dict[str, list[str]] = {}
        of_scope = self._things.in_group(KIND, scope)
        dated = (
            (key, *plain["of"], Period(plain["start"], plain["end"], plain["extended_to"]))
            for key, plain in of_scope.items()
        )
        for later, earlier in successions(dated):
            follows.setdefault(later, []).append(earlier)
        return {key: tuple(sorted(earlier)) for key, earlier in follows.items()}

    def _reached(self, touched: Collection[str]) -> tuple[set[str], set[str]]:
        """The signatures that are settled with those touched, gone ones too, and their groups."""
        pairs = [*self._judgements.together(KIND), *self._judgements.apart(KIND)]
        signatures, asked, groups = set(touched), set(touched), set[str]()
        while asked:
            new = {signature.rsplit("|", 1)[0] for signature in asked} - groups
            groups |= new
            rows = self._rows.where("grp", new, "grp, data")
            found = {_signature(grp, orjson.loads(data)) for grp, data in rows} | asked
            found |= {s for pair in pairs if not found.isdisjoint(pair) for s in pair}
            asked = (found | self._registry.sharing(KIND, found)) - signatures
            signatures |= asked
        return signatures, groups


def _told(
    document: DocumentMentions, index: int, organisations: Mapping[str, str]
) -> Iterator[tuple[int, int, str, str, dict[str, Any]]]:
    """The programmes of one act: act, position, local id, group and what is said."""
    act = document.acts[index]
    date = act.session.facts.date
    for position, fact in enumerate(act.facts.programmes):
        scope = programme_scope(fact, act.session.context, organisations)
        told = {name: getattr(fact, name) for name in _FIELDS}
        yield index, position, fact.id, f"{scope}|{subject_of(fact)}", {**told, "year": date.year if date else None}


def _signature(grp: str, told: Mapping[str, Any]) -> str:
    return node_signature(grp, told["start_year"], told["end_year"])


def _settled(rows: list[tuple[Any, ...]]) -> tuple[Programmes, list[str]]:
    """The programmes of rows in order, and what each of the rows means."""
    programmes = Programmes()
    for (digest, _), of_act in groupby(rows, key=lambda row: (row[0], row[1])):
        said = [(row[3], orjson.loads(row[4])) for row in of_act]
        scopes = [grp.rsplit("|", 1)[0] for grp, _ in said]
        facts = [ProgrammeFact(**{name: told[name] for name in _FIELDS}) for _, told in said]
        programmes.act(scopes, digest, said[0][1]["year"], facts)
    return programmes, [signature for act in programmes.settle() for signature in act]
