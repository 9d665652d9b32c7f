"""The programme families (Contrat de ville, CTAI, CLS, PRE …), read from ``programme-families.toml``.

The TOML file is what people edit; ``programme-families.ttl`` is generated from it by
:mod:`ontology.build_families`. This module loads no RDF library: ``extract`` recognises programmes with it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from ontology import data_path

FILE = "programme-families.toml"
_FIELDS = frozenset({"label", "en", "sigles", "also", "start", "end", "source", "steering", "replaces", "part_of"})


class FamiliesError(ValueError):
    """The families file is wrong: the message names the file, the family and what to do."""


@dataclass(frozen=True, slots=True)
class Family:
    """One family of programmes.

    ``notations`` are its sigles, the usual one first; a sigle may belong to several families. ``alt_labels`` are
    the other written forms, sigles not among them. ``start_year`` and ``end_year`` bound the scheme itself, not
    any one contract. ``replaces`` and ``part_of`` are keys of other families.
    """

    key: str
    pref_label: str
    label_en: str
    notations: tuple[str, ...]
    alt_labels: tuple[str, ...]
    start_year: int | None
    end_year: int | None
    source: str
    steering: str | None
    replaces: tuple[str, ...]
    part_of: str | None

    @property
    def notation(self) -> str | None:
        """The usual sigle ("CTAI"), None for a family that has none."""
        return self.notations[0] if self.notations else None

    @property
    def iri(self) -> str:
        """IRI of its SKOS concept."""
        return f"https://w3id.org/delibgraph/ns#family-{self.key}"

    @property
    def written_forms(self) -> tuple[str, ...]:
        """Every long form an act may use: the preferred label, then the others."""
        return (self.pref_label, *self.alt_labels)


@cache
def load() -> tuple[Family, ...]:
    """All families, in the order of the file.

    Raises :class:`FamiliesError` on an unknown field, a missing one, or a link to a family that is not there.
    """
    with data_path(FILE).open("rb") as stream:
        try:
            tables = tomllib.load(stream)
        except tomllib.TOMLDecodeError as error:
            raise FamiliesError(f"ontology/{FILE} : TOML illisible ({error}). Corriger la ligne indiquée.") from error
    families = tuple(_family(key, table) for key, table in tables.items())
    for family in families:
        for other in (*family.replaces, *filter(None, [family.part_of])):
            if other not in tables:
                raise FamiliesError(
                    f"ontology/{FILE} [{family.key}] : famille « {other} » inconnue. Ajouter sa table ou ôter le lien."
                )
    return families


@cache
def by_key() -> dict[str, Family]:
    """The families by key. The dictionary is shared: do not change it."""
    return {family.key: family for family in load()}


def by_notation(notation: str) -> tuple[Family, ...]:
    """Every family that uses this sigle, whatever its case: three for "CLS", none for an unknown one."""
    return _by_notation().get(notation.casefold(), ())


@cache
def _by_notation() -> dict[str, tuple[Family, ...]]:
    index: dict[str, tuple[Family, ...]] = {}
    for family in load():
        for notation in dict.fromkeys(sigle.casefold() for sigle in family.notations):
            index[notation] = (*index.get(notation, ()), family)
    return index


def _family(key: str, table: dict[str, Any]) -> Family:
    unknown = sorted(table.keys() - _FIELDS)
    missing = sorted({"label", "en", "source"} - table.keys())
    if unknown or missing:
        raise FamiliesError(
            f"ontology/{FILE} [{key}] : champs inconnus {unknown}, manquants {missing}. Voir l'en-tête du fichier."
        )
    label = str(table["label"])
    also = dict.fromkeys(str(form) for form in table.get("also", ()))
    return Family(
        key=key,
        pref_label=label,
        label_en=str(table["en"]),
        notations=tuple(table.get("sigles", ())),
        alt_labels=tuple(form for form in also if form != label),
        start_year=table.get("start"),
        end_year=table.get("end"),
        source=str(table["source"]),
        steering=table.get("steering"),
        replaces=tuple(table.get("replaces", ())),
        part_of=table.get("part_of"),
    )
