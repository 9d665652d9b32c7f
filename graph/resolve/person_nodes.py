"""The persons as the acts name them, before it is decided which are one.

Invariant: two entries of one roster are two nodes, so that nothing but a person's word can make them one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extract.facts import AttendanceFact, PersonName
from graph.iri import short_hash
from graph.normal import squeeze
from graph.resolve.names import PersonForm, settings, term
from graph.resolve.roster import Roster
from graph.resolve.spelling import SpellingCounter
from ontology.authorities import members

KIND = "person"
#: Term of office and civility, in a signature.
_TOLD = re.compile(r"~[^#@]*")


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """The group of communes (its SIREN) that an authority is, or that it is a commune of: then its INSEE code."""

    siren: str
    is_commune: bool
    insee: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Where a name is read: the authority (``scope``), the document, the day of the séance, the group of communes."""

    scope: str
    digest: str
    date: dt.date | None = None
    group: Group | None = None

    def signature(self, form: PersonForm) -> str:
        """What the mentions of one spelling in one term of office share.

        The civility counts too where the given name does not tell it: "M. MARTIN" and "Mme MARTIN" are two, "M. Claude
        MARTIN" and "Mme Claude MARTIN" as well.
        """
        begun = term(self.date)
        signature = f"{self.scope}|{form.signature}" + (f"~{begun}" if begun is not None else "")
        told = not form.honorific or (form.is_full and replace(form, honorific=None).gender is not None)
        return signature if told else f"{signature}~{form.honorific}"


@dataclass
class PersonNode:
    """All mentions of one spelling in one term of one authority: the unit that is clustered.

    ``number`` tells apart the entries of one name in one roster; ``employer`` is the organisation that somebody
    known by the family name alone acts for. ``rosters`` are the lists that it is on, by digest; ``first`` and
    ``last`` the days on which it is met. ``groups`` are what the reference data know of the authority: one, or none.
    ``towns`` are the communes (INSEE codes) that the lists of a group of communes write beside the name.
    """

    scope: str
    form: PersonForm
    term: int | None = None
    number: int = 1
    employer: str | None = None
    spellings: SpellingCounter = field(default_factory=SpellingCounter)
    names: dict[str, PersonName] = field(default_factory=dict)
    honorifics: Counter[str] = field(default_factory=Counter)
    rosters: set[str] = field(default_factory=set)
    first: dt.date | None = None
    last: dt.date | None = None
    groups: set[Group] = field(default_factory=set)
    towns: set[str] = field(default_factory=set)

    def add(self, name: PersonName, sitting: Sitting, honorific: str | None) -> None:
        """One more mention, as written, and the civility it gives."""
        text = squeeze(name.written)
        self.spellings.add(text, sitting.digest)
        known = self.names.get(text)
        if known is None or (known is not name and _parts(name) < _parts(known)):
            self.names[text] = name
        if honorific:
            self.honorifics[honorific] += 1
        if sitting.group:
            self.groups.add(sitting.group)
        if sitting.date:
            self.first = min(self.first or sitting.date, sitting.date)
            self.last = max(self.last or sitting.date, sitting.date)

    @property
    def group(self) -> Group | None:
        """What the reference data know of the authority."""
        return min(self.groups, default=None)

    @property
    def settled(self) -> PersonForm:
        """The form with the honorific that its acts agree on, none where they do not."""
        agreed = next(iter(self.honorifics)) if len(self.honorifics) == 1 else None
        return replace(self.form, honorific=agreed)


class PersonNodes:
    """Collects the persons of all acts. ``rosters`` gives the members of each list by its digest."""

    def __init__(self) -> None:
        self.nodes: dict[str, PersonNode] = {}
        self.rosters: dict[str, frozenset[str]] = {}

    def roster(self, sitting: Sitting, entries: Sequence[AttendanceFact]) -> Roster:
        """The members that one séance lists, each with its signature; entries of one name are numbered apart."""
        signatures: list[str] = []
        forms = _forms(entries)
        seen: dict[str, list[AttendanceFact]] = {}
        for entry, form in zip(entries, forms, strict=True):
            signature = sitting.signature(form)
            earlier = seen.setdefault(signature, [])
            if not _continues(earlier, entry):
                earlier.append(entry)
            number = len(earlier)
            signature = signature if number == 1 else f"{signature}#{number}"
            node = self._node(signature, sitting, form, number=number)
            node.add(entry.member, sitting, form.honorific)
            node.towns |= _town(sitting.group, entry.commune)
            signatures.append(signature)
        if signatures:
            together = frozenset(signatures)
            digest = short_hash(*sorted(together))
            self.rosters[digest] = together
            for signature in together:
                self.nodes[signature].rosters.add(digest)
        return Roster(tuple(zip(signatures, forms, strict=True)))

    def mention(
        self,
        sitting: Sitting,
        name: PersonName,
        roster: Roster | None = None,
        *,
        besides: str | None = None,
        employer: str | None = None,
    ) -> str:
        """Signature of a person named outside the roster: that of the member meant, else one of their own.

        ``besides`` is a member who cannot be meant (who gives the proxy does not hold it); ``employer`` tells that
        the person acts for another organisation, so that the family name alone means no member.
        """
        form = PersonForm.of(name)
        signature = roster.find(form, besides=besides, outsider=employer is not None) if roster else None
        if signature is None:
            outside = employer if employer and not form.given else None
            signature = sitting.signature(form) + (f"@{outside}" if outside else "")
            self._node(signature, sitting, form, employer=outside)
        self.nodes[signature].add(name, sitting, form.honorific)
        return signature

    def _node(
        self, signature: str, sitting: Sitting, form: PersonForm, number: int = 1, employer: str | None = None
    ) -> PersonNode:
        known = self.nodes.get(signature)
        if known is None:
            bare = replace(form, honorific=None)
            known = PersonNode(sitting.scope, bare, term(sitting.date), number, employer)
            self.nodes[signature] = known
        return known


def former_signature(signature: str) -> str:
    """What a mention was known by before its signature told the term of office and the civility."""
    return _TOLD.sub("", signature)


def later_signatures(signature: str) -> tuple[str, ...]:
    """A signature, and all that it may have become where it tells no term of office."""
    if "~" in signature:
        return (signature,)
    name, mark, rest = re.fullmatch(r"([^#@]*)([#@]?)(.*)", signature, re.DOTALL).groups()  # type: ignore[union-attr]
    terms = ["", *(f"~{begun.year}" for begun in settings()["terms"]["starts"])]
    return tuple(f"{name}{term}{civility}{mark}{rest}" for term in terms for civility in ("", "~M.", "~Mme"))


def _forms(entries: Sequence[AttendanceFact]) -> list[PersonForm]:
    """The form of each entry; where a list writes given names by initials, "M. MARTIN" is one of them, no civility."""
    forms = [PersonForm.of(entry.member) for entry in entries]
    if 2 * sum(bool(form.given) and not form.is_full for form in forms) <= len(forms):
        return forms
    return [PersonForm(("m",), form.family) if not form.given and form.honorific == "M." else form for form in forms]


def _town(group: Group | None, commune: str | None) -> frozenset[str]:
    """INSEE code of a commune of a group of communes, by its name in the reference data."""
    if group is None or group.is_commune or commune is None:
        return frozenset()
    return frozenset(member.insee for member in members(group.siren) if member.name == commune and member.insee)


def _parts(name: PersonName) -> tuple[str, str, str]:
    return name.family, name.given or "", name.honorific or ""


def _continues(earlier: Iterable[AttendanceFact], entry: AttendanceFact) -> bool:
    """Whether the entry goes on with an earlier one of the same name (absent until item 5, then present)."""
    return any((a.valid_until and entry.valid_from) or (a.valid_from and entry.valid_until) for a in earlier)
