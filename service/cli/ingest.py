"""``delibgraph ingest``: documents → a new release."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.console import Data, Json, counted, progress, say, settings, stepping, tell, write_json
from service.ingest.report import IngestReport

#: Warnings and refusals listed before the rest is counted.
_SHOWN = 12


def ingest(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH…", help="Fichiers, dossiers (lus en entier) ou archives zip.", show_default=False),
    ],
    data: Data = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            min=1,
            metavar="N",
            help="Processus de lecture (défaut : un par cœur).",
            show_default=False,
        ),
    ] = None,
    wait: Annotated[
        float,
        typer.Option("--wait", min=0, metavar="S", help="Attend S secondes qu'une autre ingestion finisse."),
    ] = 0,
    take_back: Annotated[
        bool, typer.Option("--take-back", help="Reprend aussi les documents retirés ou effacés (« remove »).")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Refait la version entière, sans rien reprendre de celle en ligne.")
    ] = False,
    dask: Annotated[
        str | None,
        typer.Option(
            "--dask",
            metavar="ADRESSE",
            help="Fait lire et contrôler par les workers de cet ordonnanceur dask, comme tcp://hôte:8786 "
            "(docs/scale.md).",
            show_default=False,
        ),
    ] = None,
    json: Json = False,
    steps: Annotated[
        bool,
        typer.Option("--steps", help="Dit l'avancement sur la sortie d'erreur, une ligne de JSON par étape."),
    ] = False,
) -> None:
    """Lit des documents, contrôle ce qu'ils disent, et publie une nouvelle version.

    Un document illisible, ou écarté par le contrôle, n'arrête pas les autres : il est nommé, avec la raison, et le
    code de sortie est 1. Donner deux fois le même document ne change rien. Interrompue, la commande se relance
    telle quelle : la version déjà publiée reste en ligne et le travail fait n'est pas refait.

    Exemples :

      delibgraph ingest deliberations/2023/

      delibgraph ingest acte.pdf registre.zip --data /srv/delibgraph --json
    """
    from service.ingest import ingest as run

    with progress(enabled=not (json or steps)) as watch:
        seen = stepping() if steps else watch
        given = settings(data=data, workers=workers)
        report = run(paths, given, seen, wait=wait, take_back=take_back, fresh=fresh, scheduler=dask)
    if json:
        write_json(report.as_dict())
    else:
        summarise(report)
    raise typer.Exit(report.exit_code)


def summarise(report: IngestReport, *, brief: bool = False) -> None:
    """The report for a person: what is published on standard output, what went wrong beside it; ``brief``: no warnings
    of documents, which a judgement does not change."""
    for refusal in report.refused:
        tell(f"refusé : {refusal}")
    for refusal in report.kept_out:
        tell(f"laissé de côté : {refusal}")
    for shown in report.back:
        say(f"remis : {shown}, qui avait été retiré")
    for notice in report.notices:
        tell(f"à savoir : {notice}")
    for document in report.quarantined:
        for violation in document.violations:
            tell(f"en quarantaine : {document.file} : {violation}")
    for finding in report.curation:
        tell(f"sans effet : {finding}")
    warnings = [] if brief else list(report.warnings())
    for document, warning in warnings[:_SHOWN]:
        say(f"à vérifier : {document.file} : {warning}")
    if len(warnings) > _SHOWN:
        say(f"… et {counted(len(warnings) - _SHOWN, 'autre remarque')} : delibgraph validate")
    if report.release is None:
        tell("Rien n'est publié : aucun document lisible n'a été donné.")
        return
    if report.to_review:
        say(f"{counted(report.to_review, 'lecture incertaine')} à revoir : delibgraph review")
    news = "nouvelle version" if report.changed else "rien de nouveau, version"
    say(
        f"{counted(len(report.published), 'document publié')} ({counted(report.new, 'nouveau')}), "
        f"{len(report.quarantined)} en quarantaine, {counted(len(report.refused), 'refusé')} ; {news} {report.release}."
    )


COMMANDS = {"ingest": ingest}
