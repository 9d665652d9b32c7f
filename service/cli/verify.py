"""``delibgraph verify``: is every byte the one that was written?"""

from __future__ import annotations

import typer

from service.cli.console import Data, Json, complain, counted, say, settings, tell, write_json


def verify(data: Data = None, json: Json = False) -> None:
    """Relit chaque octet des données et dit ce que le disque a changé depuis.

    Sont lus : les documents reçus, la version en ligne (base, recherche, financements, textes, exports), les adresses
    frappées, les registres, les décisions. Rien n'est modifié ; le service et une ingestion peuvent continuer. Code de
    sortie 1 si un fichier est abîmé.

    Exemples :

      delibgraph verify

      delibgraph verify --data /srv/delibgraph --json
    """
    from service.verification import verify as look

    found = look(settings(data=data).data)
    if json:
        faults = [{"file": str(each.file), "reason": each.reason, "remedy": each.remedy} for each in found.faults]
        write_json({"files": found.files, "release": found.release, "unsigned": found.unsigned, "faults": faults})
    else:
        for each in found.faults:
            complain(f"{each.file} : {each.reason}. {each.remedy}")
        if found.unsigned:
            tell("La version en ligne n'a pas d'empreintes : seuls ses textes sont vérifiés. La prochaine en aura.")
        live = f"version {found.release}" if found.release else "rien de publié"
        say(f"{counted(found.files, 'fichier vérifié')}, {live}, {counted(len(found.faults), 'fichier abîmé')}.")
    raise typer.Exit(1 if found.faults else 0)


COMMANDS = {"verify": verify}
