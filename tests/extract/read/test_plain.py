"""Text files: encodings, line breaks, pages, and what is refused."""

from __future__ import annotations

import hashlib
import io
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.read import DocumentError, ReadError, Source, read_bytes, read_file
from extract.read.plain import even
from extract.segment import segment

ACT = (
    "EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS du Conseil municipal de Chenôve\n\nSéance du jeudi 16 mars 2023\n\n"
    "OBJET : Subvention à l'association Cœur d'Été – exercice 2023\n\nLe coût s'élève à 1 500 €.\n\nDÉCIDE :\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_usual_encoding_gives_the_same_text(encoding: str) -> None:
    assert read_bytes("acte.txt", ACT.encode(encoding)).text == ACT


def test_latin_1() -> None:
    latin = ACT.replace("œ", "oe").replace("–", "-").replace("€", "euros")
    assert read_bytes("acte.txt", latin.encode("latin-1")).text == latin


@pytest.mark.parametrize("line_break", ["\r\n", "\r", "\n", "\v", "\u2028"])
def test_line_breaks_become_plain_ones(line_break: str) -> None:
    assert read_bytes("acte.txt", ACT.replace("\n", line_break).encode()).text == ACT


def test_decomposed_accents_ligatures_and_invisible_signs_are_made_plain() -> None:
    assert (
        read_bytes("a.txt", "De\u0301libe\u0301ration ﬁnan\u00adce\u200b\x07re".encode()).text
        == "Délibération finance re"
    )


@given(st.text(st.sampled_from("aé €\n\t\u2019\u0301\u00ad\ufb01\u200bx\x07Å")))
def test_a_text_is_made_even_whatever_stands_beside_it(text: str) -> None:
    """What is even already is left alone: the same as when something beside it is not."""
    assert f"fi {even(text)}" == even(f"\ufb01 {text}")


def test_form_feeds_part_pages() -> None:
    source = read_bytes("acte.txt", b"Une page\n\fDeux pages\n\fTrois\n")
    assert [source.text[page.start : page.end] for page in source.pages] == ["Une page", "Deux pages", "Trois"]
    assert [page.page for page in source.pages] == [1, 2, 3]
    assert source.page_of(source.text.index("Deux")) == 2
    assert source.page_of(source.text.index("Trois")) == 3


def test_text_without_pages_has_none() -> None:
    source = read_bytes("acte.md", ACT.encode())
    assert (source.pages, source.page_of(5), source.media_type) == ((), None, "text/markdown")


def test_the_source_keeps_base_name_and_digest_of_the_raw_bytes(tmp_path: Path) -> None:
    path = tmp_path / "acte.txt"
    path.write_bytes(ACT.encode("cp1252"))
    source = read_file(path)
    assert (source.file_name, source.media_type) == ("acte.txt", "text/plain")
    assert source.sha256 == hashlib.sha256(ACT.encode("cp1252")).hexdigest()


@given(st.text(st.characters(codec="cp1252", categories=["L", "N", "Zs", "P"]), min_size=1, max_size=200))
def test_any_french_text_survives_utf_8(text: str) -> None:
    padded = f"Le conseil {text} délibère"
    assert read_bytes("a.txt", padded.encode()).text == padded


def outcome(name: str, data: bytes) -> Source | ReadError:
    try:
        return read_bytes(name, data)
    except ReadError as refusal:
        return refusal


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    found = outcome("inconnu.bin", data)
    if isinstance(found, ReadError):
        assert found.reason
        assert found.remedy
        assert str(found).startswith("inconnu.bin : ")
    else:
        assert found.text.strip()
        assert not segment(found.text)


def archive(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as content:
        for name in names:
            content.writestr(zipfile.ZipInfo(name), "x")  # dated 1980: the same bytes in every worker of a test run
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "reason", "remedy"),
    [
        (b"", "vide", "Téléchargez"),
        (b" \n\t\f ", "vide", "Téléchargez"),
        ("\u200b\ufeff".encode(), "vide", "Téléchargez"),
        (random.Random(1).randbytes(5000), "pas un texte", "texte ou en PDF"),
        (archive("word/document.xml"), "endommagé", "de nouveau"),
        (archive("content.xml", "mimetype"), "endommagé", "de nouveau"),
        (archive("ppt/presentation.xml"), "diaporama", "délibération elle-même"),
        (archive("xl/workbook.xml"), "classeur", "délibération elle-même"),
        (archive("acte.txt"), "archive ZIP", "fichiers qu'elle contient"),
        (archive("acte.txt")[:40], "illisible", "de nouveau"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Word ancien", "en PDF"),
        (b"<!DOCTYPE html>\n<html><body></body></html>", "vide", "de nouveau"),
        (b"<?xml version='1.0'?><acte/>", "XML", "en PDF"),
        (b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e SYSTEM "/etc/passwd">]><svg>&e;</svg>', "XML", "en PDF"),
        (b"{\\rtf1 }", "vide", "de nouveau"),
        (b"GIF89a" + bytes(50), "GIF", "PNG"),
        (b"\x1f\x8b\x08" + bytes(50), "compress", "compressez"),
    ],
    ids=["empty", "blank", "marks", "rubbish", "docx", "odt", "pptx", "xlsx", "zip", "zip-cut", "doc", "html", "xml",
         "svg", "rtf", "gif", "gzip"],
)  # fmt: skip
def test_what_is_refused_says_why_and_what_to_do(data: bytes, reason: str, remedy: str) -> None:
    with pytest.raises(ReadError) as refusal:
        read_bytes("dossier/acte.txt", data)
    assert refusal.value.file == "acte.txt"
    assert reason in refusal.value.reason
    assert remedy in refusal.value.remedy
    assert isinstance(refusal.value, DocumentError)


def test_a_file_larger_than_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "gros.txt"
    with path.open("wb") as file:
        file.truncate(3_000_000)
    with pytest.raises(ReadError, match="3 Mo, plus que la limite de 1 Mo"):
        read_file(path, max_bytes=1_000_000)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"absent.txt : fichier inaccessible"):
        read_file(tmp_path / "absent.txt")
    with pytest.raises(ReadError, match="inaccessible"):
        read_file(tmp_path)


def test_signs_that_turn_the_direction_of_a_text_are_off() -> None:
    hidden = "Une subvention de \u202e0051\u202c € à \u2066Club\u2069\u200f nautique\U000e0041\ufffe"
    assert read_bytes("a.txt", hidden.encode()).text == "Une subvention de 0051 € à Club nautique "
