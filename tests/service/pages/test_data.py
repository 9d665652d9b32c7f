"""What /data shows works: its links answer, each of its snippets is run against a real server as a reader would."""

import csv
import io
import re
import subprocess
import sys
from decimal import Decimal
from xml.etree import ElementTree as ET

import httpx
import pytest

from service.pages.data import SNIPPETS, snippet
from tests.service.conftest import PATIENCE

HTML = {"Accept": "text/html"}


def told(name: str, address: str, folder) -> str:
    """What a snippet prints."""
    path = folder / name
    path.write_text(snippet(name).replace("{base}", address), encoding="utf-8")
    program = [sys.executable, "-I", "-X", "utf8"] if name.endswith(".py") else ["bash", "-eu"]
    ran = subprocess.run(
        [*program, path], cwd=folder, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_link_of_the_page_answers(client, see, language):
    page = see(client, f"/data?lang={language}")
    here = [href for href in page.hrefs() if href.startswith("/") and not href.startswith("/static")]
    assert len(here) > 20
    for href in here:
        assert client.get(href, headers=HTML).status_code == 200, href


def test_the_page_shows_the_snippets_as_they_are_tested(client, see):
    shown = ["".join(code.itertext()) for code in see(client, "/data").all("pre", class_="code")]
    assert [code.strip() for code in shown] == [
        snippet(name).replace("{base}", "http://localhost:8000").strip() for name, _ in SNIPPETS
    ]


def test_what_beneficiaries_received_adds_up_to_the_sum_of_the_page(address, tmp_path):
    printed = told("total-by-beneficiary.py", address, tmp_path)
    sums = [Decimal(line.split("€")[0].replace(",", "")) for line in printed.splitlines()]
    assert sums == sorted(sums, reverse=True)
    page = re.sub(r"[\u00a0\u202f]", "", httpx.get(f"{address}/funding", headers=HTML, timeout=PATIENCE).text)
    (total,) = re.findall(r'<strong class="sum">([\d,]+)€', page)
    assert sum(sums) == Decimal(total.replace(",", "."))


def test_the_sparql_snippet_prints_amounts_with_their_sentences(address, tmp_path):
    lines = told("sparql.py", address, tmp_path).splitlines()
    assert len(lines) == 5
    assert all(re.match(r"\d+ .+ – .+", line) for line in lines)


def test_the_network_snippet_names_bodies(address, tmp_path):
    assert "Dijon métropole" in told("network.py", address, tmp_path)


def test_the_shell_snippet_downloads_its_three_files(address, tmp_path):
    told("download.sh", address, tmp_path)
    assert (tmp_path / "delibgraph.nq.gz").read_bytes()[:2] == b"\x1f\x8b"
    years = {row["year"] for row in csv.DictReader(io.StringIO((tmp_path / "financements.csv").read_text("utf-8")))}
    assert years == {"2023"}
    assert (tmp_path / "flux.json").read_text("utf-8").startswith("[") or (tmp_path / "flux.json").stat().st_size > 2


def test_files_for_spreadsheets_and_gephi_are_what_the_page_says(client):
    assert client.get("/dump/financements.csv").text.partition("\n")[0].count(",") > 5
    excel = client.get("/funding.csv?excel=1").content
    assert excel.startswith(b"\xef\xbb\xbf")
    assert excel.partition(b"\n")[0].count(b";") > 5
    root = ET.fromstring(client.get("/dump/reseau.gexf").content)
    titles = {item.get("title") for item in root.iter("{http://gexf.net/1.3}attribute")}
    assert "amount" in titles
