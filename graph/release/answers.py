"""Answers kept with a release: the rows of questions that take no value, so that no page waits for the store.

Which questions those are is their asker's (`BuildOptions.questions`): they are asked once, when the release is made,
and found again by their text, so that another text is not answered by these rows.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, TypeAlias

from graph.normal import words

#: Name of the file in the directory of a release.
FILE: Final = "answers.sqlite"
#: Rows of a SELECT as text, unbound variables absent.
Select: TypeAlias = Callable[[str], Iterable[Mapping[str, str]]]
Record: TypeAlias = dict[str, str]

_SCHEMA: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE question (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE answer (question INTEGER, place INTEGER, told TEXT NOT NULL, searched TEXT NOT NULL,
  PRIMARY KEY (question, place)) WITHOUT ROWID;
"""


def write(path: Path, select: Select, questions: Iterable[str]) -> None:
    """Ask each of these SELECTs, and keep its rows in their order at ``path``, which must not exist."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript(_SCHEMA)
        db.execute("BEGIN")
        for number, text in enumerate(sorted(set(questions))):
            db.execute("INSERT INTO question VALUES (?, ?)", (number, digest([text])))
            rows = ((number, place, json.dumps(row), searched(row)) for place, row in enumerate(select(text)))
            db.executemany("INSERT INTO answer VALUES (?, ?, ?, ?)", rows)
        db.execute("COMMIT")


def digest(questions: Iterable[str]) -> str:
    """What tells these questions from others."""
    return sha256("\0".join(sorted(set(questions))).encode()).hexdigest()


def searched(row: Mapping[str, str]) -> str:
    """The words of a row in which a reader searches, folded; its addresses are none."""
    return " ".join(words(" ".join(value for name, value in row.items() if not name.endswith("_iri"))))


@dataclass(frozen=True)
class Answer:
    """The rows of one question. Every reading opens the file anew, so that threads share nothing."""

    path: Path
    question: int

    def rows(self, wanted: str = "", start: int = 0, size: int = -1) -> list[Record]:
        """Rows that hold ``wanted`` (see :func:`searched`): ``size`` of them (all: negative) from ``start``."""
        with _open(self.path) as db:
            found = db.execute(
                "SELECT told FROM answer WHERE question = ? AND instr(searched, ?) ORDER BY place LIMIT ? OFFSET ?",
                (self.question, wanted, size, start),
            )
            return [json.loads(told) for (told,) in found]

    def count(self, wanted: str = "") -> int:
        """How many rows hold ``wanted``."""
        with _open(self.path) as db:
            ((count,),) = db.execute(
                "SELECT COUNT(*) FROM answer WHERE question = ? AND instr(searched, ?)", (self.question, wanted)
            )
            return int(count)


def find(release: Path, text: str) -> Answer | None:
    """The rows that a release keeps of a question; None where it was not asked when the release was made."""
    path = release / FILE
    if not path.exists():
        return None
    with _open(path) as db:
        row = db.execute("SELECT id FROM question WHERE text = ?", (digest([text]),)).fetchone()
    return Answer(path, row[0]) if row else None


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        yield db
