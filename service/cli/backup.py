"""``delibgraph backup`` and ``restore``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.console import Data, Json, say, settings, write_json


def backup(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="NOM.tar.gz, NOM.tar.zst ou NOM.tar ; à créer.")],
    data: Data = None,
    json: Json = False,
) -> None:
    """Sauvegarde les données dans un fichier, sans arrêter ni le service ni une ingestion en cours.

    Y sont : documents, faits, adresses frappées, décisions, documents retirés, et la version en ligne, prête à être
    servie. N'y sont pas : les versions plus anciennes, ce qui se recalcule, les réglages. Le fichier contient les noms
    des particuliers : gardez-le comme les données.

    Exemples :

      delibgraph backup /sauvegardes/delibgraph-$(date +%F).tar.zst

      delibgraph backup avant-mise-a-jour.tar.gz --data /srv/delibgraph
    """
    from service.backup import backup as save
    from service.pages.french import number

    saved = save(settings(data=data).data, file)
    if json:
        write_json({"file": str(saved.path), "bytes": saved.size, "documents": saved.documents, "files": saved.files,
                    "release": saved.release})  # fmt: skip
        return
    live = f"version {saved.release}" if saved.release else "rien de publié"
    say(f"{saved.path} : {number(saved.documents)} documents, {live}, {saved.size / 1e6:.1f} Mo.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Un fichier fait par « delibgraph backup ».")],
    data: Data = None,
    json: Json = False,
) -> None:
    """Remet une sauvegarde dans un dossier de données, neuf ou vide, après en avoir vérifié chaque fichier.

    Rien n'est remplacé : un dossier qui contient quelque chose est refusé. Une archive abîmée, ou qui nomme autre chose
    que des fichiers de données, aussi ; le dossier n'apparaît qu'entier.

    Exemple :

      delibgraph restore /sauvegardes/delibgraph-2026-11-27.tar.zst --data /srv/delibgraph
    """
    from service.backup import restore as bring

    folder = settings(data=data).data
    restored = bring(file, folder)
    if json:
        write_json({"data": str(folder), "created": restored.created, "files": restored.files,
                    "release": restored.release})  # fmt: skip
        return
    live = f"version {restored.release} en ligne" if restored.release else "rien de publié"
    say(f"{folder} : sauvegarde du {restored.created[:16].replace('T', ' ')} (UTC) remise, {live}.")


COMMANDS = {"backup": backup, "restore": restore}
