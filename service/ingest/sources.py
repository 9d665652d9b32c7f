"""From the paths a user gives to the files they offer: files as given, folders throughout, zip archives opened."""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from service.ingest.archive import ArchiveLimits, Entry, entries
from service.ingest.report import Refusal
from service.ingest.seen import Stamp

#: Companions of documents that folders and archives hold, by the beginning of their name; passed over in silence
#: there, read when named on the command line.
_COMPANIONS = ("readme", "lisezmoi", "license", "licence", "thumbs.db", "desktop.ini", "manifest.")


#: Unicode categories: control, format, half of a sign, none, line and paragraph separators.
_UNSEEN = ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")


@dataclass(frozen=True)
class Limits:
    """Bounds on what is taken in: bytes of one file, and those of an archive."""

    file_bytes: int
    archive: ArchiveLimits


@dataclass(frozen=True)
class Offer:
    """A file to be taken in: `name` its base name, `shown` how messages name it, `open` its bytes.

    `asked` where the user named this very file, not a folder or an archive that holds it. `place` is where it is, of a
    file of its own, and `stamp` what the system said of it before it was opened.
    """

    name: str
    shown: str
    open: Callable[[], IO[bytes]]
    asked: bool = False
    place: str = ""
    stamp: Stamp | None = None


@dataclass(frozen=True)
class Ignored:
    """A file that is passed over."""

    shown: str


Found = Offer | Refusal | Ignored


def find(paths: Iterable[Path], limits: Limits) -> Iterator[Found]:
    """Every file under `paths`, sorted within each folder; what cannot be taken in comes as a Refusal."""
    for path in paths:
        if path.is_dir():
            yield from _folder(path, limits)
        else:
            named = path.suffix.lower() != ".zip"
            yield from (replace(f, asked=named) if isinstance(f, Offer) else f for f in _file(path, limits))


def too_large(shown: str, limit: int) -> Refusal:
    """The refusal of a file over the limit."""
    return Refusal(
        shown,
        f"fichier de plus de {limit / 1e6:.0f} Mo, refusé sans être lu",
        "Vérifiez que c'est bien une délibération, ou relevez DELIBGRAPH_MAX_FILE_BYTES.",
    )


def unreadable(shown: str, error: OSError) -> Refusal:
    """The refusal of a file that the system does not give us."""
    known = {
        errno.ENOENT: ("fichier ou dossier introuvable", "Vérifiez le chemin."),
        errno.EACCES: ("lecture interdite", "Donnez-vous le droit de lire ce fichier (chmod u+r)."),
        errno.EPERM: ("lecture interdite", "Donnez-vous le droit de lire ce fichier (chmod u+r)."),
        errno.ELOOP: ("lien symbolique qui tourne en rond", "Réparez ou supprimez ce lien."),
    }
    reason, remedy = known.get(
        error.errno or 0, (f"fichier illisible ({error.strerror})", "Vérifiez le disque et recommencez.")
    )
    return Refusal(shown, reason, remedy)


def _folder(folder: Path, limits: Limits) -> Iterator[Found]:
    faults: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=faults.append):
        folders[:] = sorted(name for name in folders if not _hidden(name))
        for name in sorted(names):
            path = Path(parent) / name
            if _passed_over(name):
                yield Ignored(_printable(str(path)))
            else:
                yield from _file(path, limits)
    for fault in faults:
        yield unreadable(_printable(str(fault.filename)), fault)


def _file(path: Path, limits: Limits) -> Iterator[Found]:
    shown = _printable(str(path))
    try:
        status = path.stat()
    except OSError as error:
        if path.is_symlink() and error.errno == errno.ENOENT:
            yield Refusal(shown, "lien symbolique vers un fichier absent", "Réparez ou supprimez ce lien.")
        else:
            yield unreadable(shown, error)
        return
    if not stat.S_ISREG(status.st_mode):
        yield Refusal(shown, "ce n'est pas un fichier ordinaire", "Donnez un fichier, un dossier ou une archive zip.")
    elif path.suffix.lower() == ".zip":
        yield from _archive(path, limits)
    elif (refusal := _by_size(shown, status.st_size, limits.file_bytes)) is not None:
        yield refusal
    else:
        place = _printable(str(path.resolve()))
        yield Offer(_printable(path.name), shown, lambda: path.open("rb"), place=place, stamp=Stamp.of(status))


def _archive(path: Path, limits: Limits) -> Iterator[Found]:
    try:
        for entry in entries(path, limits.archive):
            yield _entry(entry, limits) if isinstance(entry, Entry) else replace(entry, file=_printable(entry.file))
    except OSError as error:
        yield unreadable(_printable(str(path)), error)


def _entry(entry: Entry, limits: Limits) -> Found:
    shown = _printable(entry.shown)
    if _passed_over(entry.name) or "__MACOSX/" in entry.shown:
        return Ignored(shown)
    refusal = _by_size(shown, entry.size, limits.file_bytes)
    return refusal if refusal is not None else Offer(_printable(entry.name), shown, entry.open)


def _by_size(shown: str, size: int, limit: int) -> Refusal | None:
    if size == 0:
        return Refusal(shown, "fichier vide", "Vérifiez le téléchargement ou l'export de ce document.")
    return too_large(shown, limit) if size > limit else None


def _hidden(name: str) -> bool:
    return name.startswith(".") or name == "__MACOSX"


def _passed_over(name: str) -> bool:
    return _hidden(name) or name.lower().startswith(_COMPANIONS)


def _printable(name: str) -> str:
    """A name as it goes into facts, pages and messages: UTF-8, with a mark where it holds what cannot be seen.

    What cannot be seen: control characters, and signs that turn the direction of a text, by which "exe.fdp" is shown as
    something else.
    """
    told = os.fsencode(name).decode("utf-8", "replace")
    return "".join("\ufffd" if unicodedata.category(c) in _UNSEEN else c for c in told)
