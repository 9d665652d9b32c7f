"""Gold files: what an act says, as a person read it. The keys are French, as the acts are.

A key that is absent is not scored; an empty list says that there is none. See samples/gold and
tests/acts/README.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from service.evaluation.names import normal

Status = Literal["attribue", "sollicite", "budget", "refuse", "autre"]
#: Years are written as numbers or as text.
Year = Annotated[str, BeforeValidator(lambda value: str(value)[:4])]


#: How the title of a document of several deliberations begins, as :func:`normal` gives it.
_MINUTES = ("proces verbal", "compte rendu", "cr du", "releve de decisions", "liste des deliberations")


class GoldError(ValueError):
    """A gold file cannot be read; str() names it, the place and the remedy, in French."""


class _Gold(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Counts(_Gold):
    """The counts that the act states."""

    en_exercice: int | None = None
    presents: int | None = None
    procurations: int | None = None


class Votes(_Gold):
    """The scrutin."""

    pour: int | None = None
    contre: int | None = None
    abstention: int | None = None
    nppv: int | None = None
    unanimite: bool | None = None


class Organisation(_Gold):
    """An organisation under its names."""

    nom: str
    aussi: tuple[str, ...] = ()
    type: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every name."""
        return (self.nom, *self.aussi)


class Programme(_Gold):
    """A programme or contract."""

    nom: str
    sigle: str | None = None
    debut: Year | None = None
    fin: Year | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, with the period as one of them."""
        dated = (f"{self.nom} {self.debut}-{self.fin}",) if self.debut and self.fin else ()
        return (self.nom, *((self.sigle,) if self.sigle else ()), *dated)


#: A programme may be given by its name alone.
_Programme = Annotated[Programme, BeforeValidator(lambda told: {"nom": told} if isinstance(told, str) else told)]


class Agreement(_Gold):
    """A convention that the act approves."""

    parties: tuple[str, ...] = ()


class Funding(_Gold):
    """One amount of the act. `facultatif`: not counted when missed. `partie_de`: a part of that total."""

    statut: Status
    financeur: str | None = None
    beneficiaire: str | None = None
    montant: float | None = None
    annee: Year | None = None
    debut: Year | None = None
    programme: str | None = None
    partie_de: float | str | None = None
    facultatif: bool = False


class Gold(_Gold):
    """One act, or a whole document where it lists `points`."""

    collectivite: str | None = None
    organe: str | None = None
    date_seance: str | None = None
    date_convocation: str | None = None
    president: str | None = None
    secretaire: str | None = None
    effectif: Counts = Counts()
    presents: tuple[str, ...] | None = None
    absents: tuple[str, ...] | None = None
    pouvoirs: tuple[tuple[str, str], ...] | None = None
    procurations_sans_mandataire: tuple[str, ...] | None = None
    numero: str | None = None
    theme: str | None = None
    objet: str | None = None
    votes: Votes = Votes()
    organisations: tuple[Organisation, ...] | None = None
    organisations_neutres: tuple[str, ...] = ()
    organisations_partielles: bool = False
    programmes: tuple[_Programme, ...] | None = None
    programmes_neutres: tuple[str, ...] = ()
    conventions: tuple[Agreement, ...] = ()
    actions: tuple[str, ...] = ()
    axes: tuple[str, ...] = ()
    financements: tuple[Funding, ...] | None = None
    points: tuple[dict[str, object], ...] = ()
    decisions: Annotated[int | None, BeforeValidator(lambda v: len(v) if isinstance(v, list) else v)] = Field(None)

    @property
    def whole(self) -> bool:
        """Whether it tells all of a document's deliberations: it lists them, or its title is that of minutes."""
        return bool(self.points) or normal(self.objet or "").startswith(_MINUTES)

    def aliases(self, name: str) -> tuple[str, ...]:
        """Every name of the organisation that has this one."""
        return next((o.names for o in self.organisations or () if name in o.names), (name,))


def read_gold(path: Path) -> Gold:
    """Read one gold file. Raises GoldError, OSError."""
    try:
        return Gold.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "fichier"
        raise GoldError(f"{path} : {place} : {first['msg']}. Corrigez l'annotation.") from error
