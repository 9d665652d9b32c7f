"""``delibgraph registers``: the owner's own extracts of the national registers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.console import Data, Json, say, settings, tell, write_json


def registers(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FICHIER…]", help="Extraits à lire ; sans fichier : ce qui est lu.", show_default=False
        ),
    ] = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Lit vos extraits du RNA ou de la base SIRENE, pour donner leur numéro aux organismes. Rien n'est téléchargé.

    Fichiers reconnus à leurs colonnes : rna_waldec_*.csv et rna_import_*.csv (ministère de l'Intérieur),
    StockUniteLegale et StockEtablissement (INSEE), tels que data.gouv.fr les publie ; CSV seul, .gz ou .zip, de toute
    taille. Les personnes physiques sont laissées de côté. Le prochain « delibgraph ingest » rapproche les noms : un
    numéro est publié s'il est sûr, sinon le rapprochement est à vérifier (/queries/register-matches).

    Exemples :

      delibgraph registers rna_waldec_20260101_dpt_21.csv

      delibgraph registers StockUniteLegale_utf8.zip StockEtablissement_utf8.zip

      delibgraph registers
    """
    from graph.registers import INDEX, RegisterIndex

    folder = settings(data=data).data
    folder.mkdir(parents=True, exist_ok=True)
    with RegisterIndex(folder / INDEX) as index:
        for path in files or ():
            for added in index.add(path):
                if added.done:
                    tell(f"{path} : {added.label}, {added.kept} entrées gardées sur {added.rows} lignes.")
        sources = index.sources()
    if json:
        write_json([dict(zip(("file", "label", "rows", "kept", "read_on"), source, strict=True)) for source in sources])
        return
    for file, label, rows, kept, day in sources:
        say(f"{file} : {label}, {kept} entrées gardées sur {rows} lignes, lu le {day}")
    if not sources:
        say("Aucun registre n'est lu. Voir : delibgraph registers --help")


COMMANDS = {"registers": registers}
