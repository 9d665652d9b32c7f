"""What is taken in, what is refused and why: files, folders, hostile archives."""

import os
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.ingest.archive import ArchiveLimits
from service.ingest.documents import DocumentStore
from service.ingest.intake import Doors, Received, receive
from service.ingest.removals import Removals
from service.ingest.report import unwatched
from service.ingest.sources import Limits

LIMITS = Limits(file_bytes=1 << 20, archive=ArchiveLimits(entries=50, total_bytes=4 << 20, ratio=100))


def take(tmp_path: Path, *paths: Path, limits: Limits = LIMITS) -> Received:
    store = DocumentStore(tmp_path / "data")
    return receive(paths, Doors(store, Removals(tmp_path / "data", store), limits), unwatched)


def names(received: Received) -> list[str]:
    return sorted(name for group in received.names.values() for name in group)


def reasons(received: Received) -> dict[str, str]:
    return {Path(refusal.file).name: refusal.reason for refusal in received.refused}


def zipped(path: Path, **contents: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


def test_folder_is_read_throughout_and_companions_are_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "actes"
    (folder / "2023").mkdir(parents=True)
    (folder / "a.txt").write_text("un")
    (folder / "2023" / "b.pdf").write_text("deux")
    for companion in (".DS_Store", "README.md", "Thumbs.db"):
        (folder / companion).write_text("rien")
    received = take(tmp_path, folder)
    assert names(received) == ["a.txt", "b.pdf"]
    assert not received.refused
    assert len(received.ignored) == 3


def test_same_bytes_under_two_names_are_one_document(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text("le même acte")
    received = take(tmp_path, tmp_path / "b.txt", tmp_path / "a.txt")
    assert list(received.names.values()) == [{"a.txt", "b.txt"}]


def test_each_unusable_path_is_named_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "vide.txt").touch()
    (tmp_path / "lien.txt").symlink_to(tmp_path / "nulle-part.txt")
    (tmp_path / "boucle.txt").symlink_to(tmp_path / "boucle.txt")
    os.mkfifo(tmp_path / "tube.txt")
    (tmp_path / "bon.txt").write_text("un acte")
    received = take(tmp_path, *(tmp_path / n for n in ("vide.txt", "lien.txt", "boucle.txt", "tube.txt")),
                    tmp_path / "absent", tmp_path / "bon.txt")  # fmt: skip
    assert reasons(received) == {
        "vide.txt": "fichier vide",
        "lien.txt": "lien symbolique vers un fichier absent",
        "boucle.txt": "lien symbolique qui tourne en rond",
        "tube.txt": "ce n'est pas un fichier ordinaire",
        "absent": "fichier ou dossier introuvable",
    }
    assert names(received) == ["bon.txt"]
    assert all(refusal.remedy.endswith(".") for refusal in received.refused)


def test_forbidden_file_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests may run as root, whom no permission stops: the refusal of the system is played."""
    secret, good = tmp_path / "secret.txt", tmp_path / "bon.txt"
    secret.write_text("x")
    good.write_text("un acte")
    opened = Path.open

    def forbidding(path: Path, *args: object, **kwargs: object) -> object:
        if path == secret:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", forbidding)
    received = take(tmp_path, secret, good)
    assert reasons(received) == {"secret.txt": "lecture interdite"}
    assert names(received) == ["bon.txt"]


def test_large_file_is_refused_by_its_size_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = tmp_path / "gros.txt"
    large.write_bytes(b"")
    os.truncate(large, 200 << 20)
    monkeypatch.setattr(DocumentStore, "keep", lambda *_: pytest.fail("the file was read"))
    received = take(tmp_path, large)
    assert "plus de 1 Mo" in received.refused[0].reason


def test_file_that_grows_while_it_is_read_is_refused_too(tmp_path: Path) -> None:
    """The size that the system tells is not trusted: /proc files say 0, some say less than they give."""
    archive = tmp_path / "menteur.zip"
    zipped(archive, **{"a.txt": b"x" * 5000})
    small = Limits(file_bytes=100, archive=LIMITS.archive)
    content = bytearray(archive.read_bytes())
    at = content.rindex(b"PK\x01\x02") + 24  # uncompressed size in the central directory
    content[at : at + 4] = (50).to_bytes(4, "little")
    archive.write_bytes(content)
    received = take(tmp_path, archive, limits=small)
    assert not received.names
    assert len(received.refused) == 1


def test_archive_is_opened_and_its_entries_named(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "actes.zip", **{"2023/a.txt": b"un", "__MACOSX/._a.txt": b"x", "b.txt": b"deux"})
    received = take(tmp_path, archive)
    assert names(received) == ["a.txt", "b.txt"]
    assert [str(archive) + "/2023/a.txt"] in received.shown.values()


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "/etc/passwd.txt", "C:/x.txt", "a\\..\\b.txt"])
def test_path_tricks_are_refused_and_write_nothing_outside(tmp_path: Path, name: str) -> None:
    archive = tmp_path / "ruse.zip"
    with zipfile.ZipFile(archive, "w") as handle:
        info = zipfile.ZipInfo("x")
        info.filename = name
        handle.writestr(info, b"x")
    before = {path for path in tmp_path.rglob("*") if "data" not in path.parts}
    received = take(tmp_path, archive)
    assert [refusal.reason for refusal in received.refused] == ["nom de fichier suspect dans l'archive"]
    assert {path for path in tmp_path.rglob("*") if "data" not in path.parts} == before


def test_zip_bomb_is_refused_and_its_neighbours_are_read(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "bombe.zip", **{"bombe.txt": bytes(1 << 20), "acte.txt": b"un acte"})
    received = take(tmp_path, archive)
    assert "bombe zip" in reasons(received)["bombe.txt"]
    assert names(received) == ["acte.txt"]


def test_too_many_entries_or_bytes_refuse_the_archive_whole(tmp_path: Path) -> None:
    many = zipped(tmp_path / "nombreux.zip", **{f"{n}.txt": b"x" for n in range(51)})
    heavy = zipped(tmp_path / "lourd.zip", **{f"{n}.txt": os.urandom(1 << 20) for n in range(5)})
    received = take(tmp_path, many, heavy)
    assert "51 fichiers" in reasons(received)["nombreux.zip"]
    assert "5 Mo" in reasons(received)["lourd.zip"]


def test_encrypted_linked_nested_and_broken_entries(tmp_path: Path) -> None:
    archive = tmp_path / "divers.zip"
    with zipfile.ZipFile(archive, "w") as handle:
        link = zipfile.ZipInfo("lien.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        handle.writestr(link, b"/etc/passwd")
        handle.writestr("autre.zip", b"PK")
        handle.writestr("chiffre.txt", b"x")
        handle.writestr("abime.txt", b"contenu intact")
    content = bytearray(archive.read_bytes())
    content[content.rindex(b"chiffre.txt") - 38] |= 1  # flag bits of its central directory entry
    content[content.index(b"contenu intact")] ^= 0xFF
    archive.write_bytes(content)
    found = reasons(take(tmp_path, archive))
    assert found["lien.txt"] == "lien symbolique dans l'archive"
    assert found["autre.zip"] == "archive dans une archive"
    assert found["chiffre.txt"] == "fichier chiffré dans l'archive"
    assert found["abime.txt"].startswith("fichier abîmé dans l'archive")


@given(rubbish=st.binary(max_size=400))
def test_rubbish_named_zip_is_one_refusal(tmp_path_factory: pytest.TempPathFactory, rubbish: bytes) -> None:
    folder = tmp_path_factory.mktemp("zip")
    archive = folder / "rebut.zip"
    archive.write_bytes(rubbish)
    received = take(folder, archive)
    assert len(received.refused) == 1
    assert not received.names


def test_name_that_is_no_utf8_can_be_told(tmp_path: Path) -> None:
    (tmp_path / "actes").mkdir()
    with open(os.fsencode(tmp_path / "actes") + b"/d\xe9lib.txt", "w") as handle:  # noqa: PTH123
        handle.write("un acte")
    received = take(tmp_path, tmp_path / "actes")
    assert [name.encode("utf-8").decode() for name in names(received)] == ["d\ufffdlib.txt"]


@pytest.mark.parametrize("name", ["a\u202efdp.txt", "a\x1b[2J.txt", "a\nb.txt", "a\u2066b.txt"])
def test_what_cannot_be_seen_of_a_name_is_marked(tmp_path: Path, name: str) -> None:
    (tmp_path / "actes").mkdir()
    (tmp_path / "actes" / name).write_text("un acte")
    archive = zipped(tmp_path / "actes.zip", **{name: b"un autre", f"vide{name}": b""})
    received = take(tmp_path, tmp_path / "actes", archive)
    assert len(received.names) == 2
    told = [*names(received), *(shown for each in received.shown.values() for shown in each)]
    told += [refusal.file for refusal in received.refused]
    assert len(told) == 5
    assert all("\ufffd" in each and each.isprintable() for each in told)
