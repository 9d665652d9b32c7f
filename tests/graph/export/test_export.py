"""Writing: whole or not at all, with its companion, and without a name that must not be there."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from graph.export import FORMATS, ExportError, export
from graph.release import Release
from tests.graph.export.conftest import Written


@pytest.mark.parametrize("form", FORMATS)
def test_no_export_names_a_private_person(written: Written, form: str) -> None:
    path = written(form)
    beside = FORMATS[form].companion
    for file in [path, *([path.with_name(beside(path.name))] if beside else [])]:
        content = file.read_bytes()
        text = gzip.decompress(content) if form == "nquads-gz" else content
        assert len(text) > 100
        assert b"DUPONT" not in text.upper()


WHOLE = {"nquads-gz", "nquads", "trig", "jsonld", "turtle", "rdfxml"}
EVERY_STATUS = {"csv", "csvw", "jsonld-framed"}


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "parquet"])
def test_what_no_act_decides_is_no_award_anywhere(written: Written, form: str) -> None:
    """777777 awaits review, 90000 is asked for, 5000000 is a loan guarantee."""
    content = written(form).read_bytes()
    text = gzip.decompress(content) if form == "nquads-gz" else content
    assert (b"777777" in text) is (form in WHOLE)
    for amount in (b"90000", b"5000000"):
        assert (amount in text) is (form in WHOLE | EVERY_STATUS), amount


def test_an_export_and_its_companion_replace_the_old_ones_and_leave_nothing(register: Release, tmp_path: Path) -> None:
    for name in ("s.csv", "s.a-completer.csv"):
        (tmp_path / name).write_text("old")
    made = export(register, "scdl-subventions", tmp_path / "s.csv")
    assert made == (tmp_path / "s.csv", tmp_path / "s.a-completer.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s.a-completer.csv", "s.csv"]
    assert all(path.read_text(encoding="utf-8") != "old" for path in made)


def test_a_failure_leaves_the_old_file(register: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "s.csv").write_text("old")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("graph.export.remarks.csv.writer", full)
    with pytest.raises(ExportError, match="No space left"):
        export(register, "scdl-subventions", tmp_path / "s.csv")
    assert (tmp_path / "s.csv").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["s.csv"]


def test_what_cannot_be_written_says_why(register: Release, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="inconnu"):
        export(register, "xlsx", tmp_path / "x")
    with pytest.raises(ExportError, match="écriture impossible"):
        export(register, "csv", tmp_path / "nowhere" / "x.csv")


def test_parquet_without_its_library_says_what_to_install(
    register: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(ExportError, match=r"pip install 'delibgraph\[parquet\]'"):
        export(register, "parquet", tmp_path / "x.parquet")
    assert list(tmp_path.iterdir()) == []


def test_the_same_release_gives_the_same_bytes(register: Release, tmp_path: Path, written: Written) -> None:
    for form in FORMATS:
        if form in {"parquet", "jsonld", "trig", "turtle", "rdfxml"}:
            continue  # their writers promise no order
        target = tmp_path / f"{form}.out"
        export(register, form, target)
        assert target.read_bytes() == written(form).read_bytes(), form
