"""Releases as a user handles them: listed, compared, gone back to; what the next ingest does then."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from graph.canonical import canonical_hash
from graph.release import ReleaseError, current, difference, find, history, roll_back
from service import differences
from service.cli.app import run
from service.ingest import ingest
from service.settings import Settings
from tests.service.conftest import PATIENCE, running

Plant = Callable[..., str]


@pytest.fixture
def data(tmp_path: Path, plant: Plant) -> Path:
    """Two releases: one act, then two."""
    plant(tmp_path, "livre.txt")
    ingest([], Settings(data=tmp_path))
    plant(tmp_path, "train.txt", to="Les Amis du Train", amount=2000)
    ingest([], Settings(data=tmp_path))
    return tmp_path


def live(data: Path) -> str:
    release = current(data)
    assert release is not None
    return release.id


def told(data: Path, one: str, other: str) -> list[str]:
    first, second = find(data, one), find(data, other)
    return [
        f"{each.state} {each.what} {each.how}" for each in differences.tell(difference(first, second), first, second)
    ]


def test_the_list_tells_what_each_release_changed(data: Path) -> None:
    latest, first = history(data)
    assert (latest.live, first.live) == (True, False)
    assert (latest.since, dict(latest.documents)) == (first.id, {"added": 1, "removed": 0, "changed": 0})
    assert latest.counts["Funding"] == 2
    assert 0 < latest.own <= latest.size


def test_added_and_removed_facts_are_told_in_words(data: Path) -> None:
    there, back = told(data, "000001", "000002"), told(data, "000002", "000001")
    assert any("added bénéficiaire Les Amis du Train ; montant 2\u202f000,00" in line for line in there)
    assert any(line.startswith("removed bénéficiaire Les Amis du Train") for line in back)
    assert not [line for line in there if "Livre" in line]
    assert told(data, "000002", "000002") == []


def test_a_changed_fact_is_told_with_what_was_and_what_is(tmp_path: Path, plant: Plant) -> None:
    """The same funding read with another confidence."""
    plant(tmp_path, "livre.txt", confidence=0.81)
    ingest([], Settings(data=tmp_path))
    plant(tmp_path, "livre.txt", confidence=0.97)
    ingest([], Settings(data=tmp_path))
    [line] = [line for line in told(tmp_path, "000001", "000002") if "Livre" in line and line.startswith("changed")]
    assert "confiance : 0.81 → 0.97" in line


def test_the_patch_makes_one_release_of_the_other(data: Path) -> None:
    one, other = find(data, "000001"), find(data, "000002")
    store = ox.Store()
    store.bulk_extend(quad for quad in one.store() if quad.graph_name != ox.DefaultGraph())
    for line in difference(one, other).patch():
        letter, _, statement = line.partition(" ")
        if letter in "AD":
            [quad] = ox.parse(statement, format=ox.RdfFormat.N_QUADS)
            (store.add if letter == "A" else store.remove)(quad)
    assert canonical_hash(store) == canonical_hash(
        quad for quad in other.store() if quad.graph_name != ox.DefaultGraph()
    )


def test_going_back_is_served_at_once_and_the_next_ingest_says_that_it_publishes_anew(data: Path) -> None:
    latest = live(data)
    with running(Settings(data=data)) as url, httpx.Client(base_url=url, timeout=PATIENCE) as http:
        assert "Amis du Train" in http.get("/organisation").text
        assert roll_back(data, "000001")[0] == latest
        assert "Amis du Train" not in http.get("/organisation").text
    report = ingest([], Settings(data=data))
    assert "avait été remise en ligne" in report.notices[0]
    assert (report.release, report.changed) == (latest, True), "what was published before is not copied again"
    assert ingest([], Settings(data=data)).notices == []


def test_going_back_keeps_documents_and_addresses(data: Path, plant: Plant) -> None:
    before = (data / "identities.sqlite").read_bytes()
    roll_back(data, "000001")
    assert (data / "identities.sqlite").read_bytes() == before
    plant(data, "velo.txt", to="Les Amis du Vélo")
    report = ingest([], Settings(data=data))
    assert len(report.published) == 3
    assert report.release is not None
    assert report.release.startswith("000003-")


def test_one_goes_back_only_to_what_is_there_and_sound(data: Path) -> None:
    latest = live(data)
    for wanted, why in (
        ("000009", "aucune version gardée"),
        ("00000", "plusieurs versions"),
        (latest, "déjà la version"),
    ):
        with pytest.raises(ReleaseError, match=why):
            roll_back(data, wanted)
    next((find(data, "000001").store_path).glob("*.sst")).unlink()
    with pytest.raises(ReleaseError, match="abîmée"):
        roll_back(data, "000001")
    assert live(data) == latest


def test_the_commands(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def say(*arguments: str) -> Any:
        code = run([*arguments, "--data", str(data)])
        return code, capsys.readouterr()

    code, heard = say("releases")
    assert (code, "(en ligne)" in heard.out, "+1" in heard.out) == (0, True, True)
    code, heard = say("diff", "000001", "--patch", str(tmp_path / "p.rdfp"))
    assert (code, "Documents ajoutés (1)" in heard.out, "train.txt" in heard.out) == (0, True, True)
    assert (tmp_path / "p.rdfp").read_text().startswith("TX .")
    code, heard = say("diff", "000001", "--json")
    assert '"state": "added"' in heard.out
    code, heard = say("rollback", "000001")
    assert (code, "En ligne : 000001" in heard.out, "prochaine ingestion" in heard.err) == (0, True, True)
    code, heard = say("rollback", "123456")
    assert (code, "Versions gardées" in heard.err) == (1, True)


def test_the_page_counts_and_shows_nothing_of_what_older_releases_said(data: Path) -> None:
    roll_back(data, "000001")
    with running(Settings(data=data)) as url, httpx.Client(base_url=url, timeout=PATIENCE) as http:
        page, listed = http.get("/releases", headers={"Accept": "text/html"}), http.get("/releases.json")
        assert page.status_code == 200
        assert "1 ajoutés" in page.text
        assert [each["live"] for each in listed.json()] == [False, True]
        for each in listed.json():
            assert http.get(f"/id/release/{each['id']}.ttl").status_code == 200
        assert "Train" not in page.text + listed.text
        assert "Releases" in http.get("/releases?lang=en").text


def test_how_many_are_kept_is_a_setting(data: Path, plant: Plant) -> None:
    assert history(data)[0].own < history(data)[0].size  # they share files
    plant(data, "velo.txt", to="Les Amis du Vélo")
    ingest([], Settings(data=data, keep_releases=1))
    (only,) = history(data)
    assert only.own == only.size
