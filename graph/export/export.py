"""Choosing a format and writing it: to a temporary file beside the target, then renamed over it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from graph.export import networks, rdf, tables
from graph.release.layout import Release

Writer = Callable[[Release, Path], None]

#: Format name → its writer.
FORMATS: Final[Mapping[str, Writer]] = {
    "nquads": rdf.write_nquads,
    "trig": rdf.write_trig,
    "turtle": rdf.write_turtle,
    "jsonld": rdf.write_jsonld,
    "rdfxml": rdf.write_rdfxml,
    "csv": tables.write_csv,
    "gexf": networks.write_gexf,
    "graphml": networks.write_graphml,
}


class ExportError(RuntimeError):
    """The export cannot be written; str() names the file and says what to do, in French."""


def export(release: Release, format: str, out: Path) -> None:  # noqa: A002 - the contract's name
    """Write ``release`` to ``out``; a file already there is replaced only once the new one is whole.

    Raises :class:`ExportError` for an unknown format or a target that cannot be written.
    """
    writer = FORMATS.get(format)
    if writer is None:
        raise ExportError(f"{out} : format « {format} » inconnu. Formats : {', '.join(FORMATS)}.")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name}-", dir=out.absolute().parent)
        os.close(handle)
        aside = Path(name)
        try:
            writer(release, aside)
            aside.chmod(0o644)
            aside.replace(out)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise ExportError(
            f"{out} : écriture impossible ({error}). Vérifier le dossier, ses droits et la place libre."
        ) from error
