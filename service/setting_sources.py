"""Where settings come from: a TOML file, then the environment, then the command line; the later one wins."""

from __future__ import annotations

import json
import logging
import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from service.settings import PREFIX, SettingError, Settings, table

#: Environment variable that names the file.
FILE: Final = PREFIX + "CONFIG"
DEFAULT: Final = "défaut"
_HIDDEN: Final = "(caché)"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Given:
    """The values given, by name of the setting, and where each comes from, in French."""

    values: Mapping[str, object]
    origins: Mapping[str, str]

    def origin(self, name: str, otherwise: str = DEFAULT) -> str:
        """Where a setting comes from."""
        return self.origins.get(name, otherwise)


@dataclass(frozen=True)
class Effective:
    """A setting in force: its name, its value as shown (that of a secret is not), where it comes from, in French."""

    name: str
    value: Any
    origin: str


def gather(environ: Mapping[str, str] | None, overrides: Mapping[str, object]) -> Given:
    """All that is given; an override of None is not. Raises SettingError for a file that cannot be used."""
    environ = os.environ if environ is None else environ
    values: dict[str, object] = {}
    origins: dict[str, str] = {}
    if environ.get(FILE):
        path = Path(environ[FILE])
        found = read_file(path)
        values.update(found)
        origins.update({name: f"{path} : {name}" for name in found})
    known = {setting.variable: setting.name for setting in table()}
    for variable in environ:
        if variable.startswith(PREFIX) and variable not in known and variable != FILE:
            _log.warning("%s : réglage inconnu, ignoré ; voir docs/settings.md", variable)
    here = {name: variable for variable, name in known.items() if variable in environ}
    values.update({name: environ[variable] for name, variable in here.items()})
    origins.update(here)
    told = {name: value for name, value in overrides.items() if value is not None}
    values.update(told)
    origins.update(dict.fromkeys(told, "ligne de commande"))
    return Given(values, origins)


def read_file(path: Path) -> dict[str, object]:
    """The settings of a TOML file, a key each at its top. Raises SettingError with the file, the key, the remedy."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingError(
            str(path), f"fichier illisible ({error.strerror})", f"Corrigez {FILE} ou --config."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(str(path), f"TOML mal formé ({error})", "Une ligne par réglage : port = 8080") from error
    names = set(Settings.model_fields)
    for name, value in found.items():
        if name not in names:
            raise SettingError(f"{path} : {name}", "réglage inconnu", "Voir docs/settings.md.")
        if isinstance(value, (dict, list)):
            raise SettingError(
                f"{path} : {name}", "une valeur seule est attendue", "Une ligne par réglage : port = 8080"
            )
    return found


def effective(environ: Mapping[str, str] | None = None, **overrides: object) -> list[Effective]:
    """Every setting in force with where it comes from, in the order of the table. Raises SettingError."""
    settings = Settings.from_env(environ, **overrides)
    given = gather(environ, overrides)
    found = []
    for setting in table():
        value = getattr(settings, setting.name)
        shown = _HIDDEN if setting.help.secret and value else str(value) if isinstance(value, Path) else value
        found.append(Effective(setting.name, shown, given.origin(setting.name)))
    return found


def sample() -> str:
    """A settings file with every setting at its default, to be uncommented (the whole of deploy/delibgraph.toml)."""
    lines = [
        "# Réglages de delibgraph : « delibgraph --config FICHIER … » ou DELIBGRAPH_CONFIG. Chaque ligne montre la",
        "# valeur par défaut ; ôter le dièse pour la changer. L'environnement et la ligne de commande l'emportent.",
        "# Fichier engendré par « python -m service.setting_sources ».",
    ]
    for setting in table():
        default = str(setting.default) if isinstance(setting.default, Path) else setting.default
        lines += ["", f"# {setting.help.fr}"]
        if setting.help.secret:
            lines.append(
                f"# À donner plutôt par l'environnement ({setting.variable}), que ce fichier soit lisible ou non."
            )
        lines.append(f"# {setting.name} = {json.dumps(default, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(sample())
