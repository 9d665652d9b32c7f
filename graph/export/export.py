"""The formats, and how one is written: in a directory beside the target, then moved over it once whole."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.export import (
    csvw,
    frame,
    ftm,
    giving,
    networks,
    parquet,
    popolo,
    rdf,
    scdl_acts,
    scdl_grants,
    tables,
)
from graph.export.failure import ExportError
from graph.export.remarks import report_name
from graph.release.layout import DUMP, Release

Writer = Callable[[Release, Path], None]
#: What the formats make of a release. One more whenever an export of the same release would differ: files that a
#: server has kept are then made anew.
EXPORTS_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Format:
    """One format. ``file`` is its name for download, ``title`` tells in French what it is and for whom.

    ``companion`` makes the name of the file that comes beside it from its own, None where there is none. ``of`` writes
    the part of one authority, by SIREN or name, None where the format is not published by authority.
    """

    write: Writer
    file: str
    media: str
    title: str
    companion: Callable[[str], str] | None = None
    of: Callable[[Release, Path, str], None] | None = None


_JSON: Final = "application/json"
_CSV: Final = "text/csv; charset=utf-8"
FORMATS: Final[Mapping[str, Format]] = {
    "csv": Format(tables.write_csv, "financements.csv", _CSV, "Financements, un par ligne, pour un tableur"),
    "csvw": Format(
        csvw.write_csvw, "financements-csvw.csv", _CSV, "Les mêmes, décrits par CSV on the Web", csvw.metadata_name
    ),
    "parquet": Format(
        parquet.write_parquet,
        "financements.parquet",
        "application/vnd.apache.parquet",
        "Les mêmes, typés, pour l’analyse de données",
    ),
    "scdl-subventions": Format(
        scdl_grants.write_grants,
        "scdl-subventions.csv",
        _CSV,
        "SCDL Subventions 2.1, pour un portail open data",
        report_name,
        scdl_grants.write_grants,
    ),
    "scdl-deliberations": Format(
        scdl_acts.write_acts,
        "scdl-deliberations.csv",
        _CSV,
        "SCDL Délibérations 2.1, pour un portail open data",
        report_name,
        scdl_acts.write_acts,
    ),
    "360giving": Format(
        giving.write_giving, "360giving.json", _JSON, "360Giving, données de financeurs comparables", report_name
    ),
    "ftm": Format(
        ftm.write_ftm,
        "followthemoney.json",
        "application/json+ftm",
        "FollowTheMoney, une entité par ligne, pour l’enquête (OpenAleph, OpenSanctions)",
    ),
    "popolo": Format(popolo.write_popolo, "popolo.json", _JSON, "Popolo : élus, organes, séances, scrutins"),
    "gexf": Format(networks.write_gexf, "reseau.gexf", "application/gexf+xml", "Réseau de qui finance qui, pour Gephi"),
    "graphml": Format(
        networks.write_graphml, "reseau.graphml", "application/graphml+xml", "Le même, pour yEd, igraph, networkx"
    ),
    "jsonld-framed": Format(
        frame.write_framed,
        "financements.jsonld",
        "application/ld+json",
        "Financements en arbres JSON-LD, contexte compris, pour un programme",
    ),
    "nquads-gz": Format(rdf.write_packed, DUMP, "application/gzip", "Tout le jeu de données, un graphe par document"),
    "nquads": Format(rdf.write_nquads, "delibgraph.nq", "application/n-quads", "Le même, non compressé"),
    "trig": Format(rdf.write_trig, "delibgraph.trig", "application/trig", "Le même en TriG"),
    "jsonld": Format(rdf.write_jsonld, "delibgraph.jsonld", "application/ld+json", "Le même en JSON-LD étendu"),
    "turtle": Format(rdf.write_turtle, "delibgraph.ttl", "text/turtle; charset=utf-8", "L’union des graphes en Turtle"),
    "rdfxml": Format(rdf.write_rdfxml, "delibgraph.rdf", "application/rdf+xml", "L’union des graphes en RDF/XML"),
}


def export(
    release: Release,
    format: str,  # noqa: A002 - the contract's name
    out: Path,
    authority: str | None = None,
) -> tuple[Path, ...]:
    """Write ``release`` to ``out``, and what comes beside it; returns the files, ``out`` first.

    ``authority`` (SIREN, name or sigle) asks for what is published of one authority, in the SCDL formats.

    A file already there is replaced only once the new one is whole. Raises :class:`ExportError` for an unknown
    format, a target that cannot be written, or a format whose library is not installed.
    """
    chosen = FORMATS.get(format)
    if chosen is None:
        raise ExportError(f"{out} : format « {format} » inconnu. Formats : {', '.join(FORMATS)}.")
    if authority is not None and chosen.of is None:
        asked = ", ".join(name for name, form in FORMATS.items() if form.of)
        raise ExportError(f"{out} : le format {format} ne se découpe pas par collectivité ; ceux-ci oui : {asked}.")
    names = [out.name] if chosen.companion is None else [out.name, chosen.companion(out.name)]
    if len(names) > len(set(names)):
        raise ExportError(f"{out} : ce nom est celui du fichier d'accompagnement. En choisir un autre.")
    try:
        with tempfile.TemporaryDirectory(prefix=f".{out.name[:40]}-", dir=out.absolute().parent) as aside:
            target = Path(aside) / out.name
            if authority is not None and chosen.of is not None:
                chosen.of(release, target, authority)
            else:
                chosen.write(release, target)
            for name in reversed(names):  # the file itself last: who sees it sees its companion too
                made = Path(aside) / name
                made.chmod(0o644)
                made.replace(out.with_name(name))
    except OSError as error:
        raise ExportError(
            f"{out} : écriture impossible ({error}). Vérifier le dossier, ses droits et la place libre."
        ) from error
    return tuple(out.with_name(name) for name in names)
