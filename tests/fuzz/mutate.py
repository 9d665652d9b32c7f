"""Mutations that keep to the structure of a format: tokens of its text, parts of its packages, objects of its PDF.

A mutation is a few numbers, so that hypothesis finds the least one that still fails.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

from hypothesis import strategies as st

from tests.fuzz import odd

#: Longer ones are not made: most work of a reader is in proportion to the bytes.
_LONGEST = 400_000
_MANY = (2, 40, 300, 4_000)

_XML = re.compile(rb"<[^<>]*>|[^<>]+|.", re.DOTALL)
_PDF = re.compile(rb"-?\d*\.?\d+|/[^\s/<>\[\]()%]*|<<|>>|\[|\]|\([^()]*\)|[A-Za-z']+|\s+|.", re.DOTALL)
_RTF = re.compile(rb"\\[a-z]+-?\d*|\\'..|\\.|[{}]|[^\\{}]+|.", re.DOTALL)
_WORDS = re.compile(rb"\s+|\w+|[^\w\s]", re.DOTALL)
_FIELDS = re.compile(rb'"(?:[^"]|"")*"|[^",;\r\n]+|.', re.DOTALL)
_JSON = re.compile(rb'"(?:[^"\\]|\\.)*"|[\d.eE+-]+|\s+|[a-z]+|.', re.DOTALL)
_RDF = re.compile(rb'<[^<>"]*>|"""(?:.|\n)*?"""|"(?:[^"\\]|\\.)*"|[\w:.@^-]+|\s+|.', re.DOTALL)

_SPARQL = re.compile(rb"""<[^<>\s]*>|\"[^\"]*\"|'[^']*'|[?$@_]?[\w:.-]+|\s+|.""", re.DOTALL)


class Text(NamedTuple):
    """A format as tokens: how to part it, and what to throw in."""

    tokens: re.Pattern[bytes]
    odd: tuple[bytes, ...]


_TEXTS = {
    ".xml": Text(_XML, odd.MARKUP + odd.ODD),
    ".fodt": Text(_XML, odd.MARKUP + odd.ODD),
    ".rdf": Text(_XML, odd.MARKUP + odd.ODD + (b"rdf:parseType='Collection'", b"xml:base='file:///'")),
    ".html": Text(_XML, odd.HTML + odd.MARKUP + odd.ODD),
    ".rtf": Text(_RTF, odd.RTF + odd.ODD),
    ".md": Text(_WORDS, odd.MARKDOWN + odd.ODD),
    ".txt": Text(_WORDS, odd.ODD),
    ".csv": Text(_FIELDS, (b'"', b";", b",", b"\n", b"=1+1", *odd.ODD)),
    ".jsonl": Text(_JSON, odd.LOG + odd.ODD),
    ".ttl": Text(_RDF, odd.RDF + odd.ODD),
    ".trig": Text(_RDF, odd.RDF + odd.ODD),
    ".nt": Text(_RDF, odd.RDF + odd.ODD),
    ".jsonld": Text(_JSON, odd.JSONLD + odd.ODD),
    ".pdf": Text(_PDF, odd.PDF + odd.ODD),
    ".rq": Text(_SPARQL, odd.SPARQL),
}
_BYTES = Text(re.compile(rb".{1,16}", re.DOTALL), odd.ODD)


class Step(NamedTuple):
    """One change: its kind, where, and what of (each a number that is brought into its range)."""

    kind: int
    at: int
    what: int


_NUMBER = st.integers(0, (1 << 16) - 1)
STEPS = st.lists(st.builds(Step, st.integers(0, 9), _NUMBER, _NUMBER), min_size=1, max_size=6)


def mutated(suffix: str, seeds: Sequence[bytes], which: int, steps: Sequence[Step]) -> bytes:
    """One of ``seeds`` with some changes, as files called so are built."""
    data = seeds[which % len(seeds)]
    for step in steps:
        data = _LAYERS.get(suffix, _plain(suffix))(data, step, seeds)[:_LONGEST]
    return data


Layer = Callable[[bytes, Step, Sequence[bytes]], bytes]


def _plain(suffix: str) -> Layer:
    text = _TEXTS.get(suffix, _BYTES)
    return lambda data, step, seeds: _changed(text if step.kind < 9 else _BYTES, data, step, seeds)


def _changed(text: Text, data: bytes, step: Step, seeds: Sequence[bytes]) -> bytes:
    tokens = text.tokens.findall(data) or [b""]
    at, what = step.at % len(tokens), step.what
    if step.kind == 0:
        tokens[at] = b""
    elif step.kind == 1:
        tokens[at] *= _times(tokens[at], what)
    elif step.kind == 2:
        other = what % len(tokens)
        tokens[at], tokens[other] = tokens[other], tokens[at]
    elif step.kind in (3, 4):
        tokens[at] = text.odd[what % len(text.odd)]
    elif step.kind == 5:
        tokens.insert(at, text.odd[what % len(text.odd)])
    elif step.kind == 6:  # nested: what opens here, many times
        tokens[at:at] = [tokens[at]] * _times(tokens[at], what)
    elif step.kind == 7:
        theirs = text.tokens.findall(seeds[what % len(seeds)]) or [b""]
        tokens[at : at + what % 7] = theirs[what % len(theirs) :][: 1 + what % 50]
    elif step.kind == 8:
        del tokens[at:]
    else:
        tokens[at] = bytes((what & 0xFF,)) + tokens[at][1:]
    return b"".join(tokens)[:_LONGEST]


def _times(token: bytes, what: int) -> int:
    return min(_MANY[what % len(_MANY)], 1 + _LONGEST // (len(token) + 1))


def _in_zip(inner: Callable[[str], Layer]) -> Layer:
    """A change of one part of a zip archive, of the name of one, or of the bytes of the whole."""

    def change(data: bytes, step: Step, seeds: Sequence[bytes]) -> bytes:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
        except Exception:  # noqa: BLE001 - changed beyond recognition already
            return _changed(_BYTES, data, step, seeds)
        if step.kind == 9 or not parts:
            return _changed(_BYTES, data, step._replace(kind=step.what % 10), seeds)
        at = step.at % len(parts)
        name, content = parts[at]
        names = [name.encode("utf-8", "surrogateescape") for name, _ in parts]
        if step.kind == 8:
            parts.append(parts[at]) if step.what % 2 else parts.pop(at)
            names = [name.encode("utf-8", "surrogateescape") for name, _ in parts]
        elif step.kind == 7:
            names[at] = odd.NAMES[step.what % len(odd.NAMES)]
        else:
            suffix = "." + name.rpartition(".")[2]
            parts[at] = (
                name,
                inner(suffix)(content, step._replace(at=step.at // len(parts) * 31 + step.what), [content]),
            )
        return zipped([(name, content) for name, (_, content) in zip(names, parts, strict=True)])

    return change


def zipped(parts: Sequence[tuple[bytes, bytes]]) -> bytes:
    """A zip archive of parts under any names, also such as ``zipfile`` would mend. Always the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number, (_, content) in enumerate(parts):
            info = zipfile.ZipInfo(f"{number:08}")
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    made = out.getvalue()
    for number, (name, _) in reversed(list(enumerate(parts))):
        made = _renamed(made, b"%08d" % number, name[:65_000])
    return made


def _renamed(made: bytes, old: bytes, new: bytes) -> bytes:
    """Both headers of an entry with another name; the directory is found again by its distance from the end."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        info = archive.getinfo(old.decode())
    local, grown = info.header_offset, len(new) - len(old)
    length = len(new).to_bytes(2, "little")
    head = made[: local + 26] + length + made[local + 28 : local + 30] + new
    rest = made[local + 30 + len(old) :]
    at = rest.rindex(old) - 46
    rest = rest[: at + 28] + length + rest[at + 30 : at + 46] + new + rest[at + 46 + len(old) :]
    end = rest.rindex(b"PK\x05\x06")
    size = int.from_bytes(rest[end + 12 : end + 16], "little") + grown
    place = int.from_bytes(rest[end + 16 : end + 20], "little") + grown
    return head + rest[: end + 12] + size.to_bytes(4, "little") + place.to_bytes(4, "little") + rest[end + 20 :]


_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def _pdf(data: bytes, step: Step, seeds: Sequence[bytes]) -> bytes:
    """A change of a token outside the streams, or within one of them, packed again."""
    streams = list(_STREAM.finditer(data))
    if step.kind < 6 and step.what % 3 and streams:
        found = streams[step.at % len(streams)]
        inner = step._replace(at=step.at // len(streams) * 17 + step.what)
        try:
            unpacked = zlib.decompress(found[1].rstrip(b"\r\n"))
        except zlib.error:
            content = _changed(_TEXTS[".pdf"], found[1], inner, seeds)
        else:
            content = zlib.compress(_changed(_TEXTS[".pdf"], unpacked, inner, [unpacked]))
        return data[: found.start(1)] + content + b"\n" + data[found.end(1) :]
    return _plain(".pdf")(data, step, seeds)


def _in_gzip(data: bytes, step: Step, seeds: Sequence[bytes]) -> bytes:
    import gzip

    try:
        content = gzip.decompress(data)
    except Exception:  # noqa: BLE001 - changed beyond recognition already
        return _changed(_BYTES, data, step, seeds)
    if step.kind == 9:
        return _changed(_BYTES, data, step._replace(kind=step.what % 10), seeds)
    return gzip.compress(_plain(".csv")(content, step, [content]), mtime=0)


_LAYERS: dict[str, Layer] = {
    ".docx": _in_zip(_plain),
    ".odt": _in_zip(_plain),
    ".zip": _in_zip(_plain),
    ".pdf": _pdf,
    ".gz": _in_gzip,
}
