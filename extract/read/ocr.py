"""Recognition of characters through tesseract, where it is installed: words with boxes, as a PDF gives them.

One page at a time, each in a process of its own that is killed at its deadline; a document has a budget of time, and
what it does not reach is told.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from statistics import median
from time import monotonic
from typing import Any

from extract.errors import ReadError
from extract.read.words import Row, Word, rows_of

INSTALL = "Installez-le (Debian : apt-get install tesseract-ocr tesseract-ocr-fra), ou fournissez un PDF avec du texte"
_LANGUAGE = "fra"
#: Width (points) of the sheet that an image is taken for, upright and lying; the pixels it is read at (200-300 dpi).
_UPRIGHT, _LYING = 595.0, 842.0
FEWEST_PIXELS, PIXELS, MOST_PIXELS = 1_300, 2_200, 3_600
#: Seconds for one page and for one document; the reading of a document as a whole has 300 (setting extract_timeout).
_PAGE_SECONDS, _DOCUMENT_SECONDS = 60.0, 200.0
#: Signs less sure than this (per cent) that are neither letters nor figures are specks and rulings.
_FEWEST_SURE = 50.0
#: Lines whose height is within this of the page's usual one have it: boxes of letters without stems are low.
_LOWER, _HIGHER = 0.6, 1.35
#: A page less sure than this may lie on its side.
_DOUBTFUL = 55.0
#: Half the size of type, in heights of a median word.
_EM = 0.72
_WORD = "5"


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page as read: its lines, and how sure tesseract is of its words, 0-100."""

    rows: list[Row]
    confidence: float


@dataclass
class Recogniser:
    """Reads the pages of one document within its budget; remembers what it read and what it did not."""

    name: str
    confidences: dict[int, float] = field(default_factory=dict)
    unread: list[int] = field(default_factory=list)
    _deadline: float = field(default_factory=lambda: monotonic() + _DOCUMENT_SECONDS)

    def read(self, number: int, image: Any) -> list[Row]:
        """The lines of page ``number``; none past the deadline. Raises ReadError where tesseract is missing."""
        check(self.name)
        left = min(_PAGE_SECONDS, self._deadline - monotonic())
        try:
            found = recognised(image, left) if left > 0 else None
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
            found = None
        if found is None:
            self.unread.append(number)
            return []
        self.confidences[number] = found.confidence
        return found.rows

    def notices(self) -> Iterator[str]:
        """What the owner should know, in French."""
        if self.confidences:
            mean = sum(self.confidences.values()) / len(self.confidences)
            yield (
                f"Texte reconnu par tesseract ({_pages(sorted(self.confidences))}), sûr à {mean:.0f} % en moyenne : "
                "vérifiez les noms et les montants"
            )
        doubtful = [number for number, sure in self.confidences.items() if sure < _DOUBTFUL]
        if doubtful:
            yield f"Reconnaissance très incertaine : {_pages(doubtful)}"
        if self.unread:
            yield f"Non lu, faute de temps ou de netteté : {_pages(self.unread)}"


def check(name: str) -> None:
    """Raises ReadError, with the remedy, where tesseract or its French model is missing."""
    if (missing := _missing()) is not None:
        raise ReadError(name, f"c'est une image ou une numérisation, et {missing}", INSTALL)


def is_available() -> bool:
    """Whether tesseract and its French model are here."""
    return _missing() is None


@lru_cache(maxsize=1)
def _missing() -> str | None:
    if shutil.which("tesseract") is None:
        return "tesseract, qui reconnaît les caractères, n'est pas installé"
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, timeout=20, check=False)  # noqa: S607
    if _LANGUAGE not in listed.stdout.decode("utf-8", "replace").split():
        return "le modèle français de tesseract n'est pas installé"
    return None


def recognised(image: Any, seconds: float) -> Recognised:
    """The lines of an image, turned upright where it lies on its side.

    Raises:
        subprocess.TimeoutExpired: past its time.
        subprocess.CalledProcessError: tesseract refuses the image.
    """
    started = monotonic()
    image = _sized(image)
    found = _rows(image, seconds)
    if found.confidence < _DOUBTFUL and (turn := _turn(image, seconds - (monotonic() - started))):
        again = _rows(image.rotate(-turn, expand=True), max(1.0, seconds - (monotonic() - started)))
        found = max(found, again, key=lambda each: each.confidence)
    return found


def _sized(image: Any) -> Any:
    """An image in shades of grey, of a size that tesseract reads well."""
    image = image.convert("L")
    shorter = min(image.size)
    wanted = PIXELS if shorter < FEWEST_PIXELS else min(shorter, MOST_PIXELS)
    if wanted != shorter:
        image = image.resize(tuple(max(1, round(side * wanted / shorter)) for side in image.size))
    return image


def _tesseract(image: Any, arguments: list[str], seconds: float) -> str:
    made = io.BytesIO()
    image.save(made, "PPM")
    done = subprocess.run(  # noqa: S603 - fixed arguments, the image on standard input
        ["tesseract", "stdin", "stdout", *arguments],  # noqa: S607
        input=made.getvalue(), capture_output=True, timeout=max(seconds, 0.1), check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )  # fmt: skip
    return done.stdout.decode("utf-8", "replace")


def _turn(image: Any, seconds: float) -> int:
    """The right angles, in degrees clockwise, by which the image must be turned to stand upright."""
    try:
        told = _tesseract(image, ["-l", "osd", "--psm", "0", "--dpi", "300"], seconds)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return 0
    for line in told.splitlines():
        if line.startswith("Rotate:") and line[7:].strip() in ("90", "180", "270"):
            return int(line[7:])
    return 0


def _rows(image: Any, seconds: float) -> Recognised:
    told = _tesseract(image, ["-l", _LANGUAGE, "--psm", "3", "--dpi", "300", "tsv"], seconds)
    scale = (_UPRIGHT if image.width <= image.height else _LYING) / image.width
    lines: dict[tuple[str, str, str], list[Word]] = defaultdict(list)
    sure: list[tuple[float, int]] = []
    for row in csv.DictReader(io.StringIO(told), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row.get("level") != _WORD or not (text := (row.get("text") or "").strip()):
            continue
        confidence = float(row["conf"])
        if confidence < _FEWEST_SURE and not any(c.isalnum() for c in text):
            continue
        left, top, width, height = (int(row[side]) * scale for side in ("left", "top", "width", "height"))
        word = Word(text, left, left + width, top, top + height)
        lines[row["block_num"], row["par_num"], row["line_num"]].append(word)
        sure.append((confidence, len(text)))
    letters = sum(length for _, length in sure)
    mean = sum(confidence * length for confidence, length in sure) / letters if letters else 0.0
    return Recognised(rows_of(_levelled(list(lines.values()))), mean)


def _levelled(lines: list[list[Word]]) -> list[Word]:
    """The words of each line at one height and of one size, for a sheet is never quite straight."""
    heights = [median(word.size for word in line) for line in lines]
    usual = median(heights) if heights else 1.0
    words: list[Word] = []
    for line, height in zip(lines, heights, strict=True):
        middle = median((word.top + word.bottom) / 2 for word in line)
        half = _EM * (usual if _LOWER * usual <= height <= _HIGHER * usual else height)
        words += [Word(word.text, word.x0, word.x1, middle - half, middle + half) for word in line]
    return words


def _pages(numbers: list[int]) -> str:
    shown = ", ".join(map(str, sorted(numbers)[:12])) + (" …" if len(numbers) > 12 else "")
    return f"page{'s' if len(numbers) > 1 else ''} {shown}"
