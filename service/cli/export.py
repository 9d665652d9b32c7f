"""``delibgraph export``: the live release in a format that others read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from service.cli.console import CommandError, Data, settings, tell

Format = Literal[
    "csv",
    "csvw",
    "parquet",
    "scdl-subventions",
    "scdl-deliberations",
    "360giving",
    "ftm",
    "popolo",
    "gexf",
    "graphml",
    "jsonld-framed",
    "nquads-gz",
    "nquads",
    "trig",
    "jsonld",
    "turtle",
    "rdfxml",
]


def export(
    form: Annotated[Format, typer.Option("--format", "-f", help="Le format voulu.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FICHIER", help="Le fichier à écrire.", show_default=False)
    ],
    authority: Annotated[
        str | None,
        typer.Option(
            "--authority",
            metavar="SIREN|NOM",
            help="Une seule collectivité, pour son portail (formats scdl-subventions et scdl-deliberations).",
            show_default=False,
        ),
    ] = None,
    data: Data = None,
) -> None:
    """Écrit la version publiée dans un format d'échange.

    Tableaux : csv donne un financement par ligne, csvw y joint sa description (…-metadata.json), parquet le type.

    Portails : scdl-subventions et scdl-deliberations suivent le Socle commun des données locales ; 360giving la norme
    de ce nom. Ce qu'un acte ne dit pas y reste vide et se lit dans le rapport joint (….a-completer.csv).

    Enquête et vie publique : ftm donne des entités FollowTheMoney, popolo les élus, organes, séances et scrutins,
    gexf et graphml le réseau de qui finance qui, pour Gephi ou un autre logiciel.

    RDF : nquads (nquads-gz : compressé), trig et jsonld gardent un graphe nommé par document ; turtle et rdfxml en
    font l'union ; jsonld-framed donne les financements en arbres, prêts à lire.

    Un particulier n'est nommé dans aucun. docs/exports.md dit ce que chacun garde et perd.

    Exemples :

      delibgraph export --format scdl-subventions --authority 242100410 -o subventions.csv

      delibgraph export --format gexf -o reseau.gexf
    """
    from graph.export import export as write
    from graph.release import current

    release = current(settings(data=data).data)
    if release is None:
        raise CommandError("Aucune version publiée. Lancez d'abord « delibgraph ingest ».", exit_code=1)
    for path in write(release, form, output, authority):
        tell(f"{path} : {path.stat().st_size} octets")


COMMANDS = {"export": export}
