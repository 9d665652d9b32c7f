"""The owner's page of uploads: behind the token, proof against other sites, with and without scripts."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from service.app import create_app
from service.cli.serve import samples
from service.problems import Problem
from service.settings import Settings
from service.uploads.jobs import Job, digest
from service.uploads.outcome import Reason, read, stages
from service.uploads.parts import MOST_FILES, Parts, stored
from tests.service.conftest import running
from tests.service.pages.conftest import CHROMIUM, FLAGS, Page, context, follow, text

TOKEN = "s3cret-s3cret-s3cret"
ACT = next(path for path in samples() if path.suffix == ".txt")
HTML = {"Accept": "text/html"}
AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings.model_validate(
        {"data": tmp_path / "data", "token": TOKEN, "workers": 1, "token_attempts": 3, "max_upload_bytes": 100_000}
    )
    with TestClient(create_app(settings), follow_redirects=False, headers=HTML) as client:
        yield client


@pytest.fixture
def owner(site: TestClient) -> TestClient:
    """The client of an owner whose session is open."""
    opened = site.post("/ingest/session", data={"do": "open", "author": " Anne  Durand ", "token": TOKEN})
    assert (opened.status_code, opened.headers["location"]) == (303, "/ingest")
    for path in ("/ingest", "/review"):
        cookie = rf"HttpOnly; Max-Age=28800; Path={path}; SameSite=strict"
        assert any(re.search(cookie, told) for told in opened.headers.get_list("set-cookie"))
    return site


def signature(owner: TestClient) -> str:
    (form,) = Page(owner.get("/ingest").text).all("form", class_="deposit")
    return next(e.get("value") for e in form.iter() if e.get("name") == "form")


def taken(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "data").rglob("*") if path.is_file()]


def test_without_a_token_set_it_explains(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(data=tmp_path)), headers=HTML) as client:
        for answer in (client.get("/ingest"), client.post("/ingest/session", data={"do": "open", "token": ""})):
            assert answer.status_code == 403
            assert "DELIBGRAPH_TOKEN" in answer.text
            assert not [form for form in Page(answer.text).all("form") if form.get("method") == "post"]
        assert client.post("/ingest/files", files={"files": ("a.txt", b"x")}).status_code == 403
        assert "/ingest" not in client.get("/").text


def test_a_wrong_token_opens_nothing_and_is_tried_a_few_times(site: TestClient) -> None:
    assert site.get("/ingest").status_code == 401
    for token in ("", TOKEN + "x", TOKEN[:-1]):
        answer = site.post("/ingest/session", data={"do": "open", "author": "Anne", "token": token})
        assert answer.status_code == 401
        assert "set-cookie" not in answer.headers
    right = site.post("/ingest/session", data={"do": "open", "author": "Anne", "token": TOKEN})
    assert right.status_code == 429


def test_one_session_opens_both_pages_and_closing_ends_it(owner: TestClient) -> None:
    page = owner.get("/ingest")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["access-control-allow-origin"] == "http://localhost:8000"
    assert TOKEN not in page.text
    assert owner.post("/ingest/session", data={"do": "close"}).status_code == 403
    assert owner.post("/ingest/session", data={"do": "close", "form": signature(owner)}).status_code == 303
    assert owner.get("/ingest").status_code == 401
    assert owner.get("/review").status_code == 401


def test_another_site_cannot_send_files(owner: TestClient, tmp_path: Path) -> None:
    sent = {"files": ("a.txt", b"x")}
    for fields in ({}, {"form": "0" * 64}, {"else": signature(owner)}):
        assert owner.post("/ingest/files", data=fields, files=sent).status_code == 403
    late = [("files", ("a.txt", b"x", "text/plain")), ("form", (None, signature(owner)))]
    assert owner.post("/ingest/files", files=late).status_code == 403
    owner.cookies.clear()
    assert owner.post("/ingest/files", data={"form": "x"}, files=sent).status_code == 403
    assert taken(tmp_path) == []


def test_mistakes_are_told_on_the_page_and_to_scripts(owner: TestClient, tmp_path: Path) -> None:
    form = {"form": signature(owner)}
    nothing = owner.post("/ingest/files", data=form, files={"files": ("", b"")})
    assert nothing.status_code == 400
    assert text(Page(nothing.text).one("p", role="alert")) == "Choisissez au moins un fichier."
    big = {"files": ("a.pdf", b"x" * 100_001)}
    assert "0.1 Mo" in owner.post("/ingest/files", data=form, files=big).text
    told = owner.post("/ingest/files", data=form, files=big, headers={"Accept": "application/json"})
    assert (told.status_code, told.json()["most"]) == (413, 100_000)
    assert owner.post("/ingest/files", data=form).status_code == 415
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    assert owner.post("/ingest/files", content=b"no form", headers=broken).status_code == 400
    assert taken(tmp_path) == []


def outcome(owner: TestClient, address: str) -> Page:
    for _ in range(4):
        told = owner.get(f"{address}?wait=60", headers={"Accept": "application/json"}).json()
        if told["state"] != "running":
            break
    assert told["state"] == "done", told
    return Page(owner.get(address).text)


def test_each_file_is_told_with_its_reason_and_its_page(owner: TestClient, tmp_path: Path) -> None:
    undated = re.sub(r"20\d\d", "", ACT.read_text(encoding="utf-8")).encode()
    sent = [
        ("files", ("acte.txt", ACT.read_bytes())),
        ("files", ("acte.txt", undated)),
        ("files", ("abîmé.pdf", b"%PDF-1.4")),
    ]
    answer = owner.post("/ingest/files", data={"form": signature(owner)}, files=sent)
    assert answer.status_code == 303
    address = answer.headers["location"]
    first = owner.get(address)
    assert "Lecture en cours" in first.text
    assert '<noscript><meta http-equiv="refresh"' in first.text
    busy = owner.post("/ingest/files", data={"form": signature(owner)}, files=sent)
    assert busy.status_code == 409
    page = outcome(owner, address)
    lines = {line.get("class"): line for line in page.all("li") if line.get("class")}
    assert list(lines) == ["refused", "quarantined", "published"]
    assert "abîmé.pdf" in text(lines["refused"])
    assert "Téléchargez-le" in text(lines["refused"])
    assert "doit avoir une date" in text(lines["quarantined"])
    (link,) = page.hrefs(lines["published"])
    assert owner.get(link).status_code == 200
    assert str(tmp_path) not in text(page.root)
    assert address in Page(owner.get("/ingest").text).hrefs()
    # the same again is known, and changes nothing
    again = owner.post("/ingest/files", data={"form": signature(owner)}, files=sent[:1]).headers["location"]
    page = outcome(owner, again)
    assert "déjà connu" in text(page.one("li", class_="published"))
    assert "inchangée" in text(page.one("div", role="status"))
    owner.cookies.clear()
    assert owner.get(address).status_code == 401
    assert owner.get(address, headers={"Accept": "application/json"}).status_code == 401


def test_what_needs_a_person_comes_first_and_long_reports_are_cut() -> None:
    fine = [{"file": f"/in/x/{n:04}/{n}.pdf", "key": f"{n}", "known": False} for n in range(400)]
    report = {
        "offered": fine, "refused": [{"file": "/in/x/0400/z.zip/a.pdf", "reason": "vide", "remedy": "Refaire."}],
        "quarantined": [{"key": "7", "violations": [str(n) for n in range(20)]}], "ignored": ["/in/x/0401/readme"],
        "kept_out": [{"file": "/in/x/0402/b.pdf", "reason": "retiré le 3 mai", "remedy": "Le nommer."}], "back": [],
        "published": [{"key": f"{n}", "warnings": ["42 ou 43"] if n == 9 else []} for n in range(400) if n != 7],
        "english": {"42 ou 43": "42 or 43", "3": "three", "of another document": "never told"},
    }  # fmt: skip
    job = Job("x", state="done", report=digest(report, Path("/in/x")))
    told = read(job)
    assert [line.file for line in told.lines[:3]] == ["z.zip/a.pdf", "b.pdf", "7.pdf"]
    assert told.counts == {"refused": 1, "kept_out": 1, "quarantined": 1, "published": 399}
    assert len(told.lines) + told.left == 402
    assert told.lines[2].more == 12
    assert told.lines[2].reasons[2:4] == (Reason("2"), Reason("3", "three"))
    assert (told.lines[3].file, told.lines[3].reasons) == ("9.pdf", (Reason("42 ou 43", "42 or 43"),))
    assert job.report is not None
    assert job.report["ignored"] == ["readme"]
    assert "never told" not in job.report["english"].values()


def test_stages_before_the_first_step_and_in_the_middle() -> None:
    assert [step.state for step in stages(Job("x"))] == ["now", "later", "later", "later", "later"]
    half = stages(Job("x", step={"stage": "gate", "done": 2, "total": 5}))
    assert [step.state for step in half] == ["over", "over", "over", "now", "later"]
    assert (half[3].done, half[3].total) == (2, 5)


@bounded(deadline=None)
@given(st.text(max_size=400))
def test_a_stored_name_is_a_name_on_any_disk(name: str) -> None:
    kept = stored(name)
    assert len(kept.encode()) <= 200
    assert not set(kept) & set("/\\\0\n")
    assert kept not in (".", "..")


@pytest.mark.parametrize(
    ("given", "kept"),
    [("C:\\actes\\a.pdf", "a.pdf"), ("../../etc/passwd", "passwd"), ("é" * 300 + ".pdf", "é" * 98 + ".pdf"),
     ("..", ""), ("a\u202epdf.txt", "apdf.txt")],
)  # fmt: skip
def test_names_that_hide_something(given: str, kept: str) -> None:
    assert stored(given) == kept


@bounded(deadline=None)
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4), st.integers(1, 50))
def test_files_arrive_as_they_were_sent_however_they_are_cut(contents: list[bytes], size: int) -> None:
    boundary = b"----b0undary"
    body = b"--" + boundary + b'\r\nContent-Disposition: form-data; name="form"\r\n\r\nsigned\r\n'
    for content in contents:
        head = 'Content-Disposition: form-data; name="files"; filename="même %22nom%22.pdf"\r\n\r\n'.encode()
        body += b"--" + boundary + b"\r\n" + head + content + b"\r\n"
    body += b"--" + boundary + b"--\r\n"
    folder = Path(tempfile.mkdtemp())
    seen: list[dict[str, str]] = []
    try:
        parts = Parts(f"multipart/form-data; boundary={boundary.decode()}", folder, lambda f: seen.append(dict(f)))
        for start in range(0, len(body), size):
            parts.write(body[start : start + size])
        parts.close()
        assert parts.names == ['même "nom".pdf'] * len(contents)
        assert [path.read_bytes() for path in sorted(folder.glob("*/*"))] == contents
        assert seen == [{"form": "signed"}] * len(contents)
    finally:
        shutil.rmtree(folder)


def test_a_form_has_so_many_files(tmp_path: Path) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n\r\n'
    parts = Parts("multipart/form-data; boundary=x", tmp_path, lambda _fields: None)
    with pytest.raises(Problem, match="archive zip"):
        parts.write(part * (MOST_FILES + 1))
    parts.close()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium, or set CHROMIUM")
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_an_owner_sends_an_act_and_reads_it(tmp_path: Path, scripts: bool) -> None:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    settings = Settings(data=tmp_path / "data", token=TOKEN, workers=1)
    with running(settings) as address, sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        # axe is put into the page, past its policy, which has tests of its own
        tab = context(browser, address, java_script_enabled=scripts, bypass_csp=scripts).new_page()
        errors: list[str] = []
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.goto("/ingest")
        tab.get_by_label("Votre nom").fill("Anne Durand")
        tab.get_by_label("Jeton").fill(TOKEN)
        follow(tab.get_by_role("button", name="Ouvrir"))
        if scripts:  # dropped, as from the desktop, once the script says that files may be
            tab.locator(".drop.alive").wait_for()
            tab.evaluate(
                """text => {
                  const dropped = new DataTransfer();
                  dropped.items.add(new File([text], "acte.txt"));
                  const event = new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true });
                  document.querySelector(".drop").dispatchEvent(event);
                }""",
                ACT.read_text(encoding="utf-8"),
            )
            tab.get_by_text("acte.txt, ").wait_for()
        else:
            tab.get_by_label("Fichiers à déposer").set_input_files(str(ACT))
        tab.get_by_role("button", name="Déposer et publier").click()
        tab.get_by_role("heading", name="Lecture finie").wait_for()
        if scripts:
            tab.evaluate(AXE)
            found = tab.evaluate("axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)")
            assert [(one["id"], one["nodes"][0]["target"]) for one in found] == []
        tab.locator("li.published a").click()
        tab.locator(".act-text").wait_for()
        assert TOKEN not in tab.url
        assert errors == []
        browser.close()


@pytest.mark.parametrize("path", ["/", "/dump/", "/catalog", "/id/organisation/x", "/quality"])
def test_before_a_first_release_every_page_says_how_to_begin(tmp_path: Path, path: str) -> None:
    settings = Settings(data=tmp_path / "data", token=TOKEN)
    with TestClient(create_app(settings), headers=HTML) as client:
        answer = client.get(path)
        assert answer.status_code == 503
        assert "delibgraph ingest" in answer.text
        assert "/ingest" in Page(answer.text).hrefs()
        assert "Nothing is published yet" in client.get(f"{path}?lang=en").text


LATIN = st.text(st.characters(codec="latin-1"), max_size=300)
PIECES = (
    b"--x\r\n", b"--x--\r\n", b"\r\n", b"Content-Disposition: form-data", b'; name="a"', b'; filename="b"', b"\r\n\r\n",
    b"\x00", b"Content-Disposition: ",
)  # fmt: skip


@bounded(deadline=None)
@given(
    st.one_of(st.just("x"), LATIN),
    st.lists(st.one_of(st.binary(max_size=80), st.sampled_from(PIECES)), max_size=30),
)
def test_whatever_is_posted_as_a_form_is_read_or_refused(boundary: str, pieces: list[bytes]) -> None:
    folder = Path(tempfile.mkdtemp())
    refused = []
    try:
        parts = Parts(f"multipart/form-data; boundary={boundary}", folder, lambda _fields: None)
        for piece in pieces:
            parts.write(piece)
        parts.close()
    except Problem as problem:
        refused.append(problem.status)
    finally:
        written = [path.relative_to(folder).parts for path in folder.rglob("*") if path.is_file()]
        shutil.rmtree(folder)
    assert set(refused) <= {400, 413, 415}
    assert all(len(place) == 2 for place in written)
