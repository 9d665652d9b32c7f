"""What a release is made of, piece by piece: the digest of every named graph and every published text.

Two releases are compared by it, and the next one is made of what the last one already has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

#: Name of the file in the directory of a release: a line a piece, its kind, its name, its digest, by tabs.
FILE: Final = "contents.tsv"


@dataclass(frozen=True, slots=True)
class Changes:
    """Names of the pieces that one release has and another had not, or had otherwise; sorted."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __len__(self) -> int:
        """How many pieces differ."""
        return len(self.added) + len(self.removed) + len(self.changed)


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
    """What differs between pieces of one kind, given as digests by name."""
    return Changes(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(sorted(name for name in after.keys() & before.keys() if after[name] != before[name])),
    )


@dataclass
class Contents:
    """The pieces of one release. `graphs` by IRI, `texts` by document key, `others` (versions of what we derive)."""

    graphs: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Stands for all of it: two releases with the same one are the same."""
        return sha256("\n".join(sorted(" ".join(line) for line in self._lines())).encode()).hexdigest()

    def write(self, folder: Path) -> None:
        """Put the file into the directory of a release."""
        text = "".join("\t".join(line) + "\n" for line in sorted(self._lines()))
        (folder / FILE).write_text(text, encoding="utf-8")

    def _lines(self) -> Iterator[tuple[str, str, str]]:
        for kind, pieces in (("graph", self.graphs), ("text", self.texts), ("other", self.others)):
            for name, digest in pieces.items():
                yield kind, name, digest


def read(folder: Path) -> Contents | None:
    """What the release in a directory is made of; None where it does not say: an older version's, a damaged one."""
    found = Contents()
    kinds = {"graph": found.graphs, "text": found.texts, "other": found.others}
    try:
        for line in (folder / FILE).read_text(encoding="utf-8").splitlines():
            kind, name, digest = line.split("\t")
            kinds[kind][name] = digest
    except (OSError, ValueError, KeyError):
        return None
    return found
