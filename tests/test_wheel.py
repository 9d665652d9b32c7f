"""The wheel, installed outside the checkout, does `delibgraph demo`: its data files travel with it."""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("ontology", "extract", "graph", "shapes", "queries", "service")
#: Seconds given to ingest the samples and answer.
PATIENCE = 120


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy of what the checkout holds, so that no stray build/ of a developer gets in."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in (*ROOMS, "samples"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", ".*_cache"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "sbom.cdx.json"):
        shutil.copy(ROOT / name, source)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(source)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    [path] = out.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it; its dependencies are those of the environment of the tests.

    They are lent through a .pth file that names their folder only: the editable install of the checkout works by a
    .pth of its own, which a folder added this way does not read.
    """
    home = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(home / "bin" / "python"), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", "--no-compile", str(wheel)], check=True)
    packages = next((home / "lib").glob("python3*/site-packages"))
    (packages / "lent.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return home


def test_every_data_file_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    data = {
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and not {"__pycache__", "vendor"}.intersection(path.parts) and not path.name.startswith(".")
    }
    assert data - inside == set()
    samples = {
        f"service/samples/{path.name}" for path in (ROOT / "samples").iterdir() if path.suffix in {".pdf", ".txt"}
    }
    assert len(samples) >= 7
    assert samples - inside == set()
    assert any(name.endswith("licenses/LICENSE") for name in inside)


def test_the_bill_of_materials_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if ".dist-info/sboms/" in name]
        assert archive.read(name) == (ROOT / "sbom.cdx.json").read_bytes()


def _scripts_as_fetched() -> dict[str, str]:
    """SHA-256 of each vendored file of the pages, as told when it was fetched from npm."""
    lines = (ROOT / "service" / "static" / "vendor" / "SHA256SUMS").read_text().splitlines()
    return {name: digest for digest, name in map(str.split, lines)}


def test_scripts_from_npm_are_in_the_wheel_unchanged(wheel: Path) -> None:
    """Who installs needs neither Node nor npm, and has the licences beside."""
    told = _scripts_as_fetched()
    assert any(name.endswith(".LICENSE") for name in told)
    with zipfile.ZipFile(wheel) as archive:
        inside = {name: hashlib.sha256(archive.read(f"service/static/vendor/{name}")).hexdigest() for name in told}
    assert inside == told


def test_nothing_but_the_rooms_is_installed(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        roots = {name.split("/")[0] for name in archive.namelist()}
    assert {root for root in roots if not root.endswith(".dist-info")} == set(ROOMS)


def _without_node(path: str, folder: Path) -> str:
    """A PATH of one folder: links to every command of `path` but Node's."""
    folder.mkdir()
    for command in (
        found for place in path.split(os.pathsep) if Path(place).is_dir() for found in Path(place).iterdir()
    ):
        link = folder / command.name
        if command.name not in {"node", "nodejs", "npm", "npx"} and not link.is_symlink():
            link.symlink_to(command)
    assert shutil.which("node", path=str(folder)) is None
    return str(folder)


@pytest.fixture
def demo(installed: Path, tmp_path: Path) -> Iterator[str]:
    """`delibgraph demo` of the wheel, on a free port, far from the checkout and from Node; yields its address."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "DELIBGRAPH"))}
    environment["PATH"] = _without_node(environment["PATH"], tmp_path / "bin")
    with (tmp_path / "log").open("w+") as log:
        process = subprocess.Popen(
            [installed / "bin" / "delibgraph", "demo", "--port", "0", "--data", tmp_path / "data"],
            cwd=tmp_path, env=environment, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            yield _address(process, tmp_path / "log")
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _address(process: "subprocess.Popen[bytes]", log: Path) -> str:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        for line in log.read_text().splitlines():
            if line.startswith("http://"):
                return line.split()[0].rstrip("/")
        time.sleep(0.2)
    pytest.fail(f"the demo never listened:\n{log.read_text()}")


def _get(url: str) -> tuple[int, str]:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


@pytest.mark.slow
def test_demo_of_the_wheel_serves_its_samples(demo: str) -> None:
    assert _get(f"{demo}/healthz")[0] == 200
    status, page = _get(f"{demo}/funding")
    assert status == 200
    assert "CESAM" in page
    assert "<svg" in page
    for name, digest in _scripts_as_fetched().items():
        with urllib.request.urlopen(f"{demo}/static/vendor/{name}", timeout=PATIENCE) as answer:
            assert hashlib.sha256(answer.read()).hexdigest() == digest, name


def test_command_of_the_wheel_comes_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [installed / "bin" / "python", "-c", "import service, graph; print(service.__file__, graph.__file__)"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert str(ROOT) not in where.stdout
    assert where.stdout.count(str(installed)) == 2
