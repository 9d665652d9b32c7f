"""Taking documents in: the bytes of every file offered go into the store, by content hash."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from service.ingest.documents import DocumentStore, TooLarge
from service.ingest.report import Progress, Refusal, Watcher
from service.ingest.sources import Found, Ignored, Limits, Offer, find, too_large, unreadable


@dataclass
class Received:
    """Documents offered now, by hash: `names` the base names, `shown` how messages name them."""

    names: dict[str, set[str]] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def receive(paths: Iterable[Path], store: DocumentStore, limits: Limits, watch: Watcher) -> Received:
    """Copy every file under `paths` into the store; the same bytes are kept once."""
    received = Received()
    for count, found in enumerate(find(paths, limits), start=1):
        _receive(found, store, limits, received)
        watch(Progress("collect", count, 0, found.file if isinstance(found, Refusal) else found.shown))
    return received


def _receive(found: Found, store: DocumentStore, limits: Limits, received: Received) -> None:
    if isinstance(found, Ignored):
        received.ignored.append(found.shown)
    elif isinstance(found, Refusal):
        received.refused.append(found)
    elif isinstance(kept := _keep(found, store, limits), Refusal):
        received.refused.append(kept)
    else:
        received.names.setdefault(kept, set()).add(found.name)
        received.shown.setdefault(kept, found.shown)


def _keep(offer: Offer, store: DocumentStore, limits: Limits) -> str | Refusal:
    try:
        with offer.open() as stream:
            return store.keep(stream, limits.file_bytes)
    except TooLarge:
        return too_large(offer.shown, limits.file_bytes)
    except OSError as error:
        return unreadable(offer.shown, error)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        # RuntimeError: an encrypted entry that does not say so.
        return Refusal(offer.shown, f"fichier abîmé dans l'archive ({error})", "Refaites l'archive.")
