"""The commands put together, and the one place where an error becomes a message and an exit code."""

from __future__ import annotations

import os
import sqlite3
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from service.cli import (
    backup,
    evaluate,
    export,
    extract,
    ingest,
    judge,
    load,
    query,
    registers,
    releases,
    remove,
    review,
    serve,
    settings,
    validate,
    verify,
)
from service.cli.console import CRASH_HINT, INTERRUPTED, USAGE, Command, Group, complain, explain, tell_settings

app = typer.Typer(
    name="delibgraph",
    cls=Group,
    help="Lit les délibérations des collectivités et publie qui a décidé, qui finance qui, "
    "et la phrase qui le dit.\n\n"
    "Pour commencer : [bold]delibgraph demo[/bold], puis http://localhost:8000.\n\n"
    "Vos actes : [bold]delibgraph ingest mes-deliberations/[/bold], puis [bold]delibgraph serve[/bold].\n\n"
    "Codes de sortie : 0 tout est publié, 1 au moins un document écarté (nommé, avec la raison), "
    "2 commande mal formée.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)

_MODULES = (
    (ingest, "Publier"),
    (remove, "Publier"),
    (releases, "Publier"),
    (backup, "Publier"),
    (serve, "Publier"),
    (settings, "Publier"),
    (load, "Publier"),
    (registers, "Publier"),
    (extract, "Lire"),
    (query, "Interroger"),
    (export, "Interroger"),
    (review, "Vérifier"),
    (judge, "Vérifier"),
    (validate, "Vérifier"),
    (evaluate, "Vérifier"),
    (verify, "Vérifier"),
)
for module, panel in _MODULES:
    for name, function in module.COMMANDS.items():
        app.command(name, cls=Command, rich_help_panel=panel)(function)


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"delibgraph {version('delibgraph')}")
        raise typer.Exit


@app.callback()
def _root(
    ctx: typer.Context,
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Dossier de données, pour la commande qui suit.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(metavar="FICHIER", help="Fichier TOML des réglages (sinon DELIBGRAPH_CONFIG).")
    ] = None,
    given: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NOM=VALEUR", help="Un réglage ; l'emporte sur l'environnement et le fichier."),
    ] = None,
    _told: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Affiche la version.")
    ] = False,
) -> None:
    """Options before a command: ``--data`` there is the command's own."""
    tell_settings(given or (), config)
    if data is not None:
        ctx.default_map = {name: {"data": str(data)} for module, _ in _MODULES for name in module.COMMANDS}


def main() -> None:
    """Run the command line and exit with its code; every foreseen error is one sentence on standard error."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; returns the exit code. What is not foreseen is a defect, and goes on to its traceback."""
    try:
        code = app(arguments, prog_name="delibgraph", standalone_mode=False)
    except TyperException as error:
        complain(explain(error))
        return error.exit_code or USAGE
    except (KeyboardInterrupt, typer.Abort):
        complain("interrompu ; ce qui était publié le reste. Relancez la même commande pour reprendre.")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): end quietly, and keep the interpreter from flushing again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except _foreseen() as error:
        complain(_sentence(error))
        return getattr(error, "exit_code", 1)
    return int(code or 0)


def _foreseen() -> tuple[type[Exception], ...]:
    """The typed errors of the rooms, imported when one occurs so that `--help` answers at once."""
    from extract.errors import DocumentError
    from graph.export import ExportError
    from graph.registers import RegisterError
    from graph.release import ReleaseError
    from graph.resolve import JudgementError, RegistryError
    from queries import QueryError
    from service.backup import BackupError
    from service.cli.console import CommandError
    from service.ingest.cluster.errors import ClusterError
    from service.ingest.documents import RecordError
    from service.ingest.lock import DataDirectoryBusy
    from service.remote import RemoteError
    from service.settings import SettingError
    from service.store import NoReleaseError

    ours = (DocumentError, ExportError, ReleaseError, JudgementError, RegisterError, RegistryError, QueryError)
    named = (BackupError, ClusterError, CommandError, DataDirectoryBusy, RecordError, RemoteError, SettingError)
    return (*named, NoReleaseError, *ours, OSError, sqlite3.Error)


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename or 'système'} : {error.strerror or error}. {CRASH_HINT}"
    if isinstance(error, sqlite3.Error):
        return f"une base du dossier de données n'a pu être écrite ou lue ({error}). {CRASH_HINT}"
    return str(error)
