"""What is made of one document for a release: its lines in the dump, its text, what the search index takes of it.

All of it depends on the graphs and the facts of the document alone, so that whoever knows that these did not change can
hand over what was made of them before (:class:`Prepared`), and neither is needed.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from rdflib import Graph

from extract.facts import DocumentFacts
from graph.iri import Iris, dockey, short_hash
from graph.privacy import Privacy
from graph.rdf import parts_of_lines
from graph.search import Told

#: A third of the time of gzip's own 6, for members a fifth larger: a hundredth of what an act takes on the disk.
_LEVEL = 2
#: For zlib: a member of gzip, whose header has no time and no name.
_GZIP = 31


class Since(NamedTuple):
    """What differs from the piece of the digest ``digest``: lines that are ``gone``, and ``new`` ones."""

    digest: str
    gone: bytes
    new: bytes


@dataclass(frozen=True, slots=True)
class Piece:
    """A named graph as it stands in the dump: its sorted N-Quads lines, a gzip member of their own (RFC 1952).

    ``digest`` is the SHA-256 of the lines, ``quads`` how many there are, ``size`` their bytes; ``since`` what differs
    from an earlier one, where that is known.
    """

    packed: bytes
    digest: str
    quads: int
    size: int
    since: Since | None = field(default=None, compare=False)

    @classmethod
    def of(cls, graph: Graph, name: str, blank: str = "") -> Piece:
        """The piece of ``graph``, which is named ``name``; labels of blank nodes begin with ``blank``.

        Raises ValueError for a term that RDF does not allow.
        """
        return cls.of_parts(parts_of_lines(graph, name, blank))

    @classmethod
    def of_parts(cls, parts: Iterable[bytes]) -> Piece:
        """The piece of a graph whose sorted lines come some at a time, so that not all are in memory."""
        squeezed, packed = zlib.compressobj(_LEVEL, wbits=_GZIP), bytearray()
        digest, quads, size = sha256(), 0, 0
        for lines in parts:
            packed += squeezed.compress(lines)
            digest.update(lines)
            quads, size = quads + lines.count(b"\n"), size + len(lines)
        packed += squeezed.flush()
        return cls(bytes(packed), digest.hexdigest(), quads, size)

    @classmethod
    def of_lines(cls, lines: bytes) -> Piece:
        """The piece of a graph whose sorted lines are known."""
        # No time, no name: the same graph gives the same bytes.
        return cls(gzip.compress(lines, _LEVEL, mtime=0), sha256(lines).hexdigest(), lines.count(b"\n"), len(lines))

    @classmethod
    def beside(cls, graph: Graph, name: str) -> Piece:
        """The piece of a graph that is no document's. Raises ValueError."""
        return cls.of(graph, name, f"x{short_hash(name)}")


@dataclass(frozen=True, slots=True)
class Identities:
    """Who is who, as a release takes it: a tenth of the graph, which grows with the documents.

    ``packed`` is what the graph tells the search index, part by part, each with its name (:class:`graph.search.Told`).
    """

    graph: Piece
    packed: Iterable[tuple[str, bytes]]

    @classmethod
    def of(cls, graph: Graph, base: str) -> Identities:
        """Make it; ``base`` is that of the IRIs. Raises ValueError."""
        packed = tuple((f"{number:02}", share.pack()) for number, share in enumerate(Told.shares(graph)))
        return cls(Piece.of(graph, str(Iris(base).identities)), packed)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is made of the graph of a document, and of the gate's report where it has warnings.

    ``packed`` is what the graph tells the search index (:meth:`graph.search.Told.pack`), ``text`` the SHA-256 of the
    published text (:func:`published_text`), ``extractor`` the version that read the facts.
    """

    graph: Piece
    report: Piece | None
    packed: bytes
    text: str
    extractor: str

    @property
    def told(self) -> Told:
        """What the graph tells the search index."""
        return Told.unpack(self.packed)

    @classmethod
    def of(
        cls,
        facts: DocumentFacts,
        graph: Graph,
        report: Graph | None,
        base: str,
        file_names: Sequence[str],
        *,
        lines: bytes | None = None,
    ) -> Prepared:
        """Make it; ``base`` is that of the IRIs, ``file_names`` all that it came under. Raises ValueError.

        ``lines`` are those of ``graph`` under its name (:meth:`graph.iri.Iris.graph`), where the caller has them.
        """
        iris, key = Iris(base), dockey(facts.sha256)
        return cls(
            Piece.of(graph, str(iris.graph(key))) if lines is None else Piece.of_lines(lines),
            None if report is None else Piece.of(report, str(iris.report(key)), f"r{key}"),
            Told.of(graph).pack(),
            sha256(published_text(facts, file_names)).hexdigest(),
            facts.extractor,
        )


@dataclass(frozen=True, slots=True)
class Later:
    """The facts of a document (its SHA-256) that are read where they are needed: of most they are not."""

    sha256: str
    read: Callable[[], DocumentFacts]


def published_text(facts: DocumentFacts, file_names: Sequence[str]) -> bytes:
    """The text of a document as it is published under its names, private ones masked: JSON."""
    privacy = Privacy(facts)
    shown = {
        "file_name": privacy.mask(facts.file_name),
        "file_names": [privacy.mask(name) for name in sorted({facts.file_name, *file_names})],
        "media_type": facts.media_type,
        "text": privacy.mask_document(facts.text),
        "pages": [page.model_dump() for page in facts.pages],
    }
    return json.dumps(shown, ensure_ascii=False, sort_keys=True).encode()
