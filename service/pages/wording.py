"""Words for vocabulary values, in the data files beside this module: by group, then by local name."""

import functools
import tomllib
from importlib import resources


@functools.cache
def groups(file: str) -> dict[str, dict[str, str]]:
    """The groups of words of ``file`` ("words.toml")."""
    return tomllib.loads(resources.files("service.pages").joinpath(file).read_text(encoding="utf-8"))


def look_up(file: str, group: str, key: str | None) -> str:
    """The word of a group for ``key`` (an IRI or its local name); the local name where unknown, empty for none."""
    if not key:
        return ""
    local = key.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
    return groups(file)[group].get(local, local)
