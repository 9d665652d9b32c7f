"""``delibgraph validate``: what the gate says of the dataset, or of a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.console import Data, Json, say, settings, write_json

_SEVERITIES = ("violation", "warning", "info")


def validate(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FICHIER.ttl", help="Un graphe à contrôler ; sinon les données.", show_default=False),
    ] = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Dit ce que le contrôle (SHACL) trouve dans les données publiées et en quarantaine, ou dans un fichier RDF.

    Une erreur écarte l'acte ; un avertissement est publié à côté du fait. Code de sortie 1 s'il y a une erreur.

    Exemples :

      delibgraph validate

      delibgraph validate graphe.ttl --json
    """
    from service.cli.findings import of_dataset, of_file
    from service.pages.french import word

    findings = list(of_file(file)) if file else list(of_dataset(settings(data=data).data))
    findings.sort(key=lambda f: (_SEVERITIES.index(f.severity), f.file, f.message))
    if json:
        write_json([{"file": f.file, "state": f.state, "severity": f.severity, "message": f.message} for f in findings])
    else:
        for finding in findings:
            label = word("severity", finding.severity.capitalize())
            say(f"{label} : {finding.file} ({finding.state}) : {finding.message}")
        counts = {severity: sum(f.severity == severity for f in findings) for severity in _SEVERITIES}
        say(", ".join(f"{count} {word('severity', key.capitalize())}(s)" for key, count in counts.items()))
    raise typer.Exit(1 if any(finding.severity == "violation" for finding in findings) else 0)


COMMANDS = {"validate": validate}
