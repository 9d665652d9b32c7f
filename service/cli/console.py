"""What every command shares: options, output, progress, errors. Results go to standard output, the rest to
standard error."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from service.ingest.report import STAGES, Stage, Watcher, unwatched
from service.ingest.report import Progress as Step
from service.setting_sources import FILE
from service.settings import Settings

USAGE, INTERRUPTED = 2, 130
#: Columns of a table that no terminal bounds.
_PIPE_WIDTH = 200
#: Characters of the item under way that fit beside a bar in 80 columns.
_LABEL = 24
CRASH_HINT = "Vérifiez le chemin, les droits et la place sur le disque."

Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="Dossier des données (défaut : DELIBGRAPH_DATA, sinon ./delibgraph-data).",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Écrit du JSON, pour un programme.")]

#: Control characters but tab and line feed, halves of signs, and signs that turn the direction of a text.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

#: Seconds between two steps of one stage that a program is told of.
_PACE = 0.2


class CommandError(Exception):
    """A command cannot do what it is asked; str() says what and how to get it, in French."""

    def __init__(self, message: str, exit_code: int = USAGE) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class Command(TyperCommand):
    """A command whose `--help` speaks French."""

    def get_help_option(self, ctx: Any) -> Any:
        """The help option, translated."""
        return _translated(super().get_help_option(ctx))


class Group(TyperGroup):
    """A group of commands whose `--help` speaks French."""

    def get_help_option(self, ctx: Any) -> Any:
        """The help option, translated."""
        return _translated(super().get_help_option(ctx))


def _translated(option: Any) -> Any:
    if option is not None:
        option.help = "Affiche cette aide."
    return option


_told: ContextVar[Mapping[str, str]] = ContextVar("told", default=MappingProxyType({}))
_environ: ContextVar[Mapping[str, str] | None] = ContextVar("environ", default=None)


def tell_settings(given: Sequence[str], config: Path | None) -> None:
    """Take note of the ``--set NAME=VALUE`` and the ``--config FILE`` that stand before the command.

    Raises CommandError.
    """
    values: dict[str, str] = {}
    for each in given:
        name, sign, value = each.partition("=")
        if not sign or name not in Settings.model_fields:
            raise CommandError(
                f"--set {each} : aucun réglage de ce nom. Écrire NOM=VALEUR ; les noms : docs/settings.md"
            )
        values[name] = value
    _told.set(values)
    _environ.set({**os.environ, FILE: str(config)} if config is not None else None)


def as_told() -> tuple[Mapping[str, str] | None, Mapping[str, str]]:
    """The environment with the ``--config`` told (None: as it is), and the settings given by ``--set``."""
    return _environ.get(), _told.get()


def settings(**overrides: object) -> Settings:
    """The settings of a command: options win over ``--set``, environment, file, in turn. Raises SettingError."""
    environ, told = as_told()
    given = {name: value for name, value in overrides.items() if value is not None}
    return Settings.from_env(environ, **{**told, **given})


def out() -> Console:
    """Standard output; styles only on a terminal, lines never broken in a pipe."""
    return Console(
        highlight=False, markup=False, emoji=False, soft_wrap=True, width=None if sys.stdout.isatty() else _PIPE_WIDTH
    )


def counted(count: int, what: str) -> str:
    """``2, "document publié"`` → "2 documents publiés": every word agrees; none is singular, as French has it."""
    if count < 2:
        return f"{count} {what}"
    several = (word if word[-1] in "sx" else word + ("x" if word.endswith("eau") else "s") for word in what.split())
    return f"{count} {' '.join(several)}"


def visible(text: str) -> str:
    """``text`` with a mark in the place of what would steer a terminal, or turn the direction of what it shows.

    File names and the words of others stand in what we say.
    """
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def say(text: str = "") -> None:
    """One line of result."""
    sys.stdout.write(visible(text) + "\n")


def tell(text: str) -> None:
    """One line beside the result (standard error)."""
    sys.stderr.write(visible(text) + "\n")


def complain(text: str) -> None:
    """One error message."""
    tell(f"delibgraph : {text}")


def write_json(value: object) -> None:
    """A value as indented JSON on standard output."""
    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode() + "\n")


def explain(error: TyperException) -> str:
    """A usage error in French, with the way to the help of the command."""
    kind, message = type(error).__name__, error.format_message()
    if kind == "NoArgsIsHelpError":
        return message
    if kind == "NoSuchOption":
        message = f"option inconnue : {getattr(error, 'option_name', message)}"
    elif kind == "MissingParameter":
        message = f"il manque l'{message.removeprefix('Missing ').rstrip('.')}"
    elif message.startswith("No such command"):
        message = f"commande inconnue : {message.removeprefix('No such command ').split('.')[0]}"
    context = getattr(error, "ctx", None)
    return f"{message}. Voir : {context.command_path if context else 'delibgraph'} --help"


@contextmanager
def progress(enabled: bool = True) -> Iterator[Watcher]:
    """A watcher that draws bars on standard error when it is a terminal, and nothing otherwise."""
    if not (enabled and sys.stderr.isatty()):
        yield unwatched
        return
    columns = (TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
               TextColumn("{task.fields[label]}", markup=False))  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[Stage, TaskID] = {}

        def watch(step: Step) -> None:
            if step.stage not in tasks:
                tasks[step.stage] = bars.add_task(STAGES[step.stage], label="")
            bars.update(
                tasks[step.stage], completed=step.done, total=step.total or None, label=visible(step.label)[-_LABEL:]
            )

        yield watch


def stepping() -> Watcher:
    """A watcher that tells a program each step on standard error: a line of JSON, some five a second at most."""
    last: tuple[Stage | None, float] = (None, 0.0)

    def watch(step: Step) -> None:
        nonlocal last
        now = time.monotonic()
        if step.stage == last[0] and now - last[1] < _PACE and step.done != step.total:
            return
        last = (step.stage, now)
        sys.stderr.write(orjson.dumps(step).decode() + "\n")
        sys.stderr.flush()

    return watch
