"""Reading and judging on a dask cluster: a real scheduler, workers that die, stall or differ, always the same graph."""

from __future__ import annotations

import contextlib
import gc
import gzip
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks.corpus.__main__ import keep
from benchmarks.corpus.act import document
from graph.release import current
from service.ingest import IngestReport, Progress, ingest
from service.ingest.cluster import ClusterError, cluster
from service.settings import Settings

pytest.importorskip("distributed")
from distributed.comm import CommClosedError

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]
PACKAGES = ("ontology", "extract", "graph", "shapes", "queries", "service")


class Processes:
    """A scheduler and workers as an operator starts them, each a process with what it wrote.

    ``tls`` are the variables that name certificates, of a cluster that speaks TLS.
    """

    def __init__(self, folder: Path, tls: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.environment = {**os.environ, **(tls or {})}
        self.file = folder / "scheduler.json"
        self.started: list[subprocess.Popen[bytes]] = []
        self.protocol = ("--protocol", "tls") if tls else ()
        self.scheduler = self._start(
            "dask_scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(self.file), *self.protocol
        )
        self._until(self.file.exists)
        self.address = self._told("Scheduler at:")

    def worker(self, *options: str, home: Path = ROOT) -> subprocess.Popen[bytes]:
        count = self._log().count("Register worker")
        place = self.folder / f"w{len(self.started)}"
        given = ("--nthreads", "1", "--no-dashboard", "--local-directory", str(place), *self.protocol, *options)
        made = self._start("dask_worker", self.address, *given, home=home)
        self._until(lambda: self._log().count("Register worker") > count)
        return made

    def lose(self, worker: subprocess.Popen[bytes]) -> None:
        """A worker dies, and the scheduler knows."""
        gone = self._log().count("Remove worker")
        os.killpg(worker.pid, signal.SIGKILL)
        self._until(lambda: self._log().count("Remove worker") > gone)

    def _start(self, program: str, *options: str, home: Path = ROOT) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{program}", *options]
        environment = {**self.environment, "PYTHONPATH": str(home)}
        with (self.folder / f"{len(self.started)}.log").open("wb") as log:
            made = subprocess.Popen(command, cwd=home, env=environment, stderr=log, stdout=log, start_new_session=True)
        self.started.append(made)
        return made

    def _log(self) -> str:
        return (self.folder / "0.log").read_text()

    def _told(self, label: str) -> str:
        self._until(lambda: label in self._log())
        return next(line for line in self._log().splitlines() if label in line).split()[-1]

    @staticmethod
    def _until(happened: Callable[[], bool]) -> None:
        end = time.monotonic() + 600
        while not happened():
            assert time.monotonic() < end
            time.sleep(0.1)

    def stop(self) -> None:
        for process in reversed(self.started):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    """A scheduler without workers, as each test leaves it."""
    with running(tmp_path_factory.mktemp("bare") / "dask") as made:
        yield made


@contextlib.contextmanager
def running(folder: Path, tls: dict[str, str] | None = None) -> Iterator[Processes]:
    folder.mkdir()
    made = Processes(folder, tls)
    try:
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="module")
def acts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight acts of four authorities, each of its layout, one of them printed, and a file that is none."""
    folder = tmp_path_factory.mktemp("acts")
    (folder / "gold").mkdir()
    for number in (0, 1, 5, 9, 12, 14, 24, 36):
        keep(folder, document(number, 8, printed=0.1))
    shutil.rmtree(folder / "gold")
    (folder / "recette.txt").write_text("Mélanger la farine et le sucre, puis cuire au four une demi-heure.")
    return folder


@pytest.fixture(scope="module")
def alone(acts: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[IngestReport, str]:
    """What one machine makes of them."""
    data = tmp_path_factory.mktemp("alone")
    return ingest([acts], Settings(data=data)), dump(data)


def dump(data: Path) -> str:
    release = current(data)
    assert release is not None
    return gzip.decompress(release.dump.read_bytes()).decode()


def same(report: IngestReport, data: Path, alone: tuple[IngestReport, str]) -> None:
    told, wanted = report.as_dict(), alone[0].as_dict()
    assert {k: v for k, v in told.items() if k != "seconds"} == {k: v for k, v in wanted.items() if k != "seconds"}
    assert dump(data) == alone[1]


class At:
    """Does something once, when so many documents are read."""

    def __init__(self, count: int, act: Callable[[], object]) -> None:
        self.count, self.act, self.done = count, act, False

    def __call__(self, step: Progress) -> None:
        if step.stage == "read" and step.done == self.count:
            self.done = True
            self.act()


def test_two_workers_make_what_one_machine_makes(acts: Path, alone: tuple[IngestReport, str], tmp_path: Path) -> None:
    """Whether all goes well, one of them is slow, or one is lost; without their scheduler the work is taken up here.

    One after the other, for what a cluster costs is its start.
    """
    with running(tmp_path / "dask") as made:
        made.worker("--no-nanny")
        other = made.worker("--no-nanny")

        def stall() -> None:
            os.killpg(other.pid, signal.SIGSTOP)
            threading.Timer(3, os.killpg, (other.pid, signal.SIGCONT)).start()

        for happening in (lambda: None, stall, lambda: os.killpg(other.pid, signal.SIGKILL)):
            data, strike = tmp_path / happening.__name__, At(3, happening)
            same(ingest([acts], Settings(data=data), strike, scheduler=made.address), data, alone)
            assert strike.done
            shutil.rmtree(data)
        strike = At(3, lambda: os.killpg(made.scheduler.pid, signal.SIGKILL))
        with pytest.raises(ClusterError, match="relancez la commande, avec ou sans --dask"):
            ingest([acts], Settings(data=tmp_path / "data"), strike, scheduler=made.address)
    report = ingest([acts], Settings(data=tmp_path / "data"))
    assert dump(tmp_path / "data") == alone[1]
    assert len(report.published) == len(alone[0].published)


def test_a_document_that_takes_too_long_is_refused_and_the_worker_comes_back(
    acts: Path, bare: Processes, tmp_path: Path
) -> None:
    first, data = min(acts.glob("*.txt")), tmp_path / "data"
    worker = bare.worker()  # with a nanny, which starts it again
    report = ingest([first], Settings(data=data, extract_timeout=0.001), scheduler=bare.address)
    assert [refusal.reason for refusal in report.refused] == ["lecture abandonnée, trop longue"]
    report = ingest([first], Settings(data=data), scheduler=bare.address)
    assert [document.file for document in report.published] == [first.name]
    bare.lose(worker)


def test_no_scheduler_is_told_in_a_sentence(acts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT", 0.5)
    for address in ("tcp://127.0.0.1:9", "tls://127.0.0.1:9", "nulle-part"):
        with pytest.raises(ClusterError, match="l'ordonnanceur ne répond pas") as told:
            ingest([acts], Settings(data=tmp_path), scheduler=address)
        assert str(told.value).startswith(address)
        from distributed import Client

        # collected while the next one starts, a client that is not closed would stop everything
        assert {client.status for client in gc.get_objects() if isinstance(client, Client)} <= {"closed"}
    assert not (tmp_path / "documents").exists()


def certified(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """An authority and what it signed for each part, as variables of dask and as settings of this process."""
    folder.mkdir()
    variables, settings = {}, {}

    def name(what: str, path: Path) -> None:
        variables["DASK_DISTRIBUTED__COMM__TLS__" + what.replace(".", "__").replace("-", "_").upper()] = str(path)
        settings["distributed.comm.tls." + what] = str(path)

    def openssl(*given: str) -> None:
        subprocess.run(["openssl", *given], cwd=folder, check=True, capture_output=True)

    new = ("req", "-newkey", "rsa:2048", "-nodes", "-days", "2")
    openssl(*new, "-x509", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=authority")
    name("ca-file", folder / "ca.pem")
    for part in ("scheduler", "worker", "client"):
        openssl(*new[:4], "-keyout", f"{part}.key", "-out", f"{part}.csr", "-subj", f"/CN={part}")
        signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2")
        openssl("x509", "-req", "-in", f"{part}.csr", *signed, "-out", f"{part}.pem")
        name(f"{part}.cert", folder / f"{part}.pem")
        name(f"{part}.key", folder / f"{part}.key")
    return variables, settings


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificates")
def test_over_tls_only_who_has_a_certificate_of_the_same_authority_is_served(
    acts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dask

    variables, ours = certified(tmp_path / "ours")
    _, theirs = certified(tmp_path / "theirs")
    some = sorted(acts.glob("*.txt"))[:3]
    with running(tmp_path / "dask", variables) as made:
        assert made.address.startswith("tls://")
        made.worker("--no-nanny")
        with dask.config.set(ours):
            report = ingest(some, Settings(data=tmp_path / "data"), scheduler=made.address)
        assert sorted(document.file for document in report.published) == [file.name for file in some]
        monkeypatch.setattr(cluster, "CONNECT", 2)
        for address, settings in ((made.address, theirs), (made.address.replace("tls:", "tcp:"), {})):
            with dask.config.set(settings), pytest.raises(ClusterError, match="l'ordonnanceur ne répond pas"):
                ingest(some, Settings(data=tmp_path / "refused"), scheduler=address)
        made._until(lambda: made._log().count("TLS handshake failed") >= 2)


def otherwise(home: Path, harm: str) -> None:
    """A copy of our packages in which something is not as here."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, home / package, ignore=shutil.ignore_patterns("static"))
    if harm == "pattern":
        pattern = min((home / "extract" / "patterns").rglob("*.toml"))
        pattern.write_text(pattern.read_text() + "\n# Une autre.\n")
    elif harm == "model":
        for model in (home / "extract" / "models").glob("*.gz"):
            model.unlink()
    else:
        (home / "extract" / "__init__.py").write_text("raise ImportError('no such extractor')\n")


def test_no_worker_is_told_and_one_that_reads_otherwise_is_named(
    bare: Processes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)  # all that are awaited are there before
    harms = {
        "pattern": "autre version",
        "model": "n'a pas de quoi lire|autre version",
        "package": "s'est arrêté",
    }
    with pytest.raises(ClusterError, match="aucun worker n'est relié à l'ordonnanceur"):
        ingest([], Settings(data=tmp_path / "data"), scheduler=bare.address)
    for harm, told in harms.items():
        otherwise(tmp_path / harm, harm)
        worker = bare.worker("--no-nanny", home=tmp_path / harm)
        with pytest.raises(ClusterError, match=told) as error:
            ingest([], Settings(data=tmp_path / "data"), scheduler=bare.address)
        assert "même paquet delibgraph" in str(error.value)
        if harm != "package":  # which has ended by itself
            bare.lose(worker)


def test_a_connection_that_closes_while_a_result_is_fetched_is_told() -> None:
    """It is reset now and then, where the scheduler is killed between a look at it and a fetch."""

    def reset() -> None:
        raise CommClosedError("in <TCP (closed) ConnectionPool.gather>: ConnectionResetError")

    client = SimpleNamespace(id="one", status="running", nthreads=lambda: {"worker": 1})
    future = SimpleNamespace(status="finished", result=reset)
    with pytest.raises(ClusterError, match="relancez la commande, avec ou sans --dask"):
        cluster.Cluster(client, "tcp://192.0.2.2:8786")._result(future)
