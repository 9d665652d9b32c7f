"""Answers kept with a release: the rows of questions that take no value, so that no page waits for the store.

Which questions those are is their asker's (`BuildOptions.questions`): they are asked once, when the release is made,
and found again by their text, so that another text is not answered by these rows. Where the release was made from the
last one, only what changed is asked (:mod:`graph.question`): the file is the same, byte for byte.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeAlias

import pyoxigraph as ox

from graph.delta import Delta
from graph.normal import words
from graph.question import TOGETHER, Question, Select, batched, every, reached, rows_of

#: Name of the file in the directory of a release.
FILE: Final = "answers.sqlite"
Record: TypeAlias = dict[str, str]
#: What tells a row of counts from others: its columns but the count, by name.
_Named: TypeAlias = tuple[tuple[str, str], ...]

#: How many triples there are.
_TRIPLES: Final = "SELECT (COUNT(*) AS ?triples) WHERE { ?s ?p ?o }"
#: Version of the schema and of the order of rows: another one makes a new release of the same documents.
VERSION: Final = 2
_SCHEMA: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE question (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE answer (question INTEGER, place INTEGER, told TEXT NOT NULL, searched TEXT NOT NULL, thing TEXT NOT NULL,
  sort BLOB NOT NULL, PRIMARY KEY (question, place)) WITHOUT ROWID;
CREATE TEMP TABLE fresh (told TEXT, searched TEXT, thing TEXT, sort BLOB);
CREATE TEMP TABLE anew (thing TEXT PRIMARY KEY) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Earlier:
    """The file of answers of the last release, and what differs since."""

    path: Path
    delta: Delta


def write(
    path: Path,
    select: Select,
    questions: Iterable[str],
    earlier: Earlier | None = None,
    counted: Mapping[str, int] | None = None,
) -> None:
    """Ask each of these SELECTs, and keep its rows in their order at ``path``, which must not exist.

    With ``earlier`` only what it does not know is asked. ``counted``: subjects, properties and objects of the store,
    where they are known.
    """
    with closing(sqlite3.connect(path.resolve().as_uri(), isolation_level=None, uri=True)) as db:
        db.executescript(_SCHEMA)
        if earlier is not None:
            db.execute("ATTACH ? AS old", (f"{earlier.path.resolve().as_uri()}?mode=ro&immutable=1",))
        db.execute("BEGIN")
        for number, text in enumerate(sorted(set(questions))):
            db.execute("INSERT INTO question VALUES (?, ?)", (number, digest([text])))
            _Writer(db, Question.of(text), select).write(earlier, counted)
            db.execute(
                "INSERT INTO answer SELECT ?, ROW_NUMBER() OVER (ORDER BY sort, rowid) - 1, told, searched, thing, sort"
                " FROM fresh",
                (number,),
            )
            db.execute("DELETE FROM fresh")
        db.execute("COMMIT")


class _Writer:
    """Puts the rows of one question aside, those of the last release where they stand."""

    def __init__(self, db: sqlite3.Connection, question: Question, select: Select) -> None:
        self._db, self._question, self._select = db, question, select

    def write(self, earlier: Earlier | None, counted: Mapping[str, int] | None) -> None:
        question, number = self._question, None if earlier is None else self._known()
        if question.kind == "triples" and counted is not None:
            (triples,) = self._select(_TRIPLES)
            told = {**triples, **counted}
            self._put([{name: str(_text(told[name])) for name in self._columns}])
        elif earlier is None or number is None or question.kind == "whole":
            self._whole()
        elif question.kind == "rows":
            self._rows(earlier.delta, number)
        else:
            (self._tally if question.kind == "triples" else self._sums)(earlier.delta, number)

    def _whole(self) -> None:
        """Ask for all, some things at a time."""
        question, texts = self._question, every(self._db, self._question, self._select)
        if question.kind != "sums":
            for text in texts:
                self._put(self._select(text))
            return
        counts = Counter[_Named]()
        for text in texts:
            counts.update(self._counts(self._select(text)))
        self._put_sums(counts)

    def _known(self) -> int | None:
        row = self._db.execute(
            "SELECT id FROM old.question WHERE text = ?", (digest([self._question.text]),)
        ).fetchone()
        return None if row is None else int(row[0])

    def _put(self, rows: Iterable[Mapping[str, Any]]) -> None:
        question = self._question
        for row in rows:
            told = {name: _text(term) for name, term in row.items() if term is not None}
            self._db.execute(
                "INSERT INTO fresh VALUES (?, ?, ?, ?)",
                (json.dumps(told), searched(told), told.get(question.key, ""), self._place(row, told)),
            )

    def _place(self, row: Mapping[str, Any], told: Mapping[str, str]) -> bytes:
        """What the row is sorted by; of sums by their texts, as those of the last release are known."""
        question = self._question
        if question.kind == "whole":
            return b""
        if question.kind == "rows":
            return question.place(row, self._columns)
        count = {question.counted: ox.Literal(int(told[question.counted]))} if question.counted else {}
        return question.place({**told, **count}, self._columns)

    @cached_property
    def _columns(self) -> list[str]:
        found = ox.Store().query(self._question.text)
        return [variable.value for variable in found.variables] if isinstance(found, ox.QuerySolutions) else []

    def _rows(self, delta: Delta, number: int) -> None:
        things = reached(self._question, delta)
        self._db.execute("DELETE FROM anew")
        self._db.executemany("INSERT INTO anew VALUES (?)", ((thing.value,) for thing in things))
        self._db.execute(
            "INSERT INTO fresh SELECT told, searched, thing, sort FROM old.answer"
            " WHERE question = ? AND thing NOT IN (SELECT thing FROM anew)",
            (number,),
        )
        for some in batched(things, TOGETHER):
            self._put(self._select(self._question.about(some)))

    def _changes(self, delta: Delta) -> Counter[_Named]:
        """How much more is counted in each row, by its other columns."""
        question, found = self._question, Counter[_Named]()
        if question.kind == "types":
            return Counter({((question.key, kind),): change for kind, change in delta.types().items()})
        for some in batched(reached(self._question, delta), TOGETHER):
            text = question.about(some)
            for store, sign in ((delta.after, 1), (delta.before, -1)):
                for named, count in self._counts(rows_of(store, text)).items():
                    found[named] += sign * count
        return found

    def _counts(self, rows: Iterable[Mapping[str, Any]]) -> Counter[_Named]:
        """What is counted in each row, by its other columns."""
        found, counted = Counter[_Named](), self._question.counted
        for row in rows:
            told = {name: _text(term) for name, term in row.items() if term is not None}
            found[_named(told, counted)] += int(told[counted])
        return found

    def _sums(self, delta: Delta, number: int) -> None:
        counted, known = self._question.counted, self._old(number)
        counts = Counter({_named(row, counted): int(row[counted]) for row in known}) + Counter()
        counts.update(self._changes(delta))
        if any(count < 0 for count in counts.values()):  # not what it was: asked anew, that is all
            self._whole()
            return
        self._put_sums(counts)

    def _put_sums(self, counts: Counter[_Named]) -> None:
        counted = self._question.counted
        rows = ({**dict(named), counted: str(count)} for named, count in counts.items() if count)
        self._put({name: row.get(name) for name in self._columns} for row in rows)

    def _tally(self, delta: Delta, number: int) -> None:
        more = delta.tally()
        self._put({name: str(int(value) + more[name]) for name, value in row.items()} for row in self._old(number))

    def _old(self, number: int) -> list[Record]:
        """The rows of the last release."""
        rows = self._db.execute("SELECT told FROM old.answer WHERE question = ? ORDER BY place", (number,))
        return [json.loads(told) for (told,) in rows]


def _named(row: Record, counted: str) -> _Named:
    return tuple(sorted((name, value) for name, value in row.items() if name != counted))


def _text(term: Any) -> str:
    return str(getattr(term, "value", term))


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
