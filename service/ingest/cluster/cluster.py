"""A cluster at work: documents and questions go out, outcomes and reports come back."""

from __future__ import annotations

import signal
import time
import warnings
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from extract.errors import DocumentError
from service.ingest.cluster.errors import ClusterError
from service.ingest.files import write_atomically
from service.ingest.pool import Crashed, Done, Outcome, Refused
from service.ingest.reading import ReadingTask
from service.ingest.verdicts import Question
from shapes.gate import Report, Result, check, report

if TYPE_CHECKING:
    from distributed import Client, Future

#: Seconds to find the scheduler, and to find workers again where there are none.
CONNECT: Final = 10.0
PATIENCE: Final = 60.0
#: Seconds for a worker to load the models and read a sample.
_READY: Final = 300.0
#: How often workers are looked over where some ended meanwhile, which may be chance.
_ROUNDS: Final = 3
#: Items under way for each thread of the cluster: one being done, one on its way.
_AHEAD: Final = 2
#: Graphs judged in one task: some 0.3 s of work.
_BATCH: Final = 20
#: Seconds between two looks at the state of the cluster, and at what is done.
_LOOK: Final = 1.0
_PAUSE: Final = 0.02
_REMEDY: Final = "Installez chez lui le même paquet delibgraph qu'ici, avec le même Python, puis relancez-le."


class Cluster:
    """The workers of a scheduler, through a connected client. Made by :func:`connected`."""

    def __init__(self, client: Client, address: str) -> None:
        """``client`` is connected, its workers have been looked over."""
        self._client, self._address = client, address
        #: Where workers of this ingest say what they give up.
        self._topic = f"delibgraph-abandoned-{client.id}"
        self._threads = 1
        self._looked = self._peopled = time.monotonic()
        self._look()

    def read(self, tasks: Iterable[ReadingTask], timeout: float) -> Iterator[Outcome[ReadingTask, str]]:
        """Read documents, outcomes as they come; their facts are written here. Raises ClusterError, OSError."""
        from service.ingest.cluster import work

        waiting = iter(tasks)
        under_way: dict[Future, ReadingTask] = {}
        while True:
            for task in islice(waiting, max(0, self._room() - len(under_way))):
                document = work.Document(task.sha256, task.name, task.raw.read_bytes(), task.extractor)
                under_way[self._submit(work.read, document, timeout, self._topic)] = task
            if not under_way:
                return
            for future in self._ready(under_way):
                yield self._outcome(future, under_way.pop(future))
            for digest in self._abandoned():
                for future in [future for future, task in under_way.items() if task.sha256 == digest]:
                    future.cancel()
                    yield Crashed(under_way.pop(future), None, timed_out=True, log="")

    def judge(self, questions: Iterable[Question]) -> Iterator[Report]:
        """What the gate says, in the order of the questions; here where it kills workers. Raises ClusterError."""
        batches = _batches(questions)
        under_way: deque[tuple[list[Question], Future | None]] = deque()
        while True:
            for batch in islice(batches, max(0, self._room() - len(under_way))):
                under_way.append((batch, self._asked(batch)))
            if not under_way:
                return
            batch, future = under_way.popleft()
            yield from self._reports(batch, future)

    def _asked(self, batch: list[Question]) -> Future | None:
        from service.ingest.cluster import work

        pairs = [question.lines for question in batch if question.lines is not None]
        return self._submit(work.judge, pairs) if pairs else None

    def _reports(self, batch: list[Question], future: Future | None) -> Iterator[Report]:
        found: Iterator[list[tuple[Any, ...]]] | None = iter(())
        if future is not None:
            while not self._ready([future]):
                pass
            found = iter(self._result(future)) if self._status(future) == "finished" else None
        for question in batch:
            if found is None or question.lines is None:
                yield check(question.graph, question.identities)
            else:
                yield report(Result(*each) for each in next(found))

    def _submit(self, function: Callable[..., Any], *given: Any) -> Future:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Sending large graph")
            return self._client.submit(function, *given, pure=False)

    def _room(self) -> int:
        """How much may be under way: in proportion to the threads there are. Raises ClusterError."""
        if time.monotonic() - self._looked > _LOOK:
            self._look()
        return _AHEAD * max(1, self._threads)

    def _look(self) -> None:
        """Count the threads of the cluster. Raises ClusterError where it is gone, or without a worker for long."""
        try:
            found = sum(self._client.nthreads().values()) if self._client.status == "running" else None
        except (OSError, TimeoutError):
            found = None
        if found is None:
            raise self._lost("l'ordonnanceur ne répond plus")
        now = self._looked = time.monotonic()
        self._threads = found
        if found:
            self._peopled = now
        elif now - self._peopled > PATIENCE:
            raise self._lost("il n'y a plus aucun worker")

    def _ready(self, futures: Collection[Future]) -> list[Future]:
        """Those that are done, waiting a moment for the first. Raises ClusterError."""
        end = time.monotonic() + _LOOK
        while not (done := [future for future in futures if future.status != "pending"]):
            if time.monotonic() > end:
                self._look()
                break
            time.sleep(_PAUSE)
        return done

    def _status(self, future: Future) -> str:
        """finished or error. Raises ClusterError where the cluster has lost it."""
        status = str(future.status)
        if status not in ("finished", "error"):
            raise self._lost("l'ordonnanceur a perdu le travail en cours")
        return status

    def _outcome(self, future: Future, task: ReadingTask) -> Outcome[ReadingTask, str]:
        if self._status(future) == "error":
            return self._crash(future, task)
        found = self._result(future)
        if isinstance(found, DocumentError):
            return Refused(task, found)
        write_atomically(task.facts, found.content)
        return Done(task, found.media_type)

    def _result(self, future: Future) -> Any:
        """What a finished piece of work came to. Raises ClusterError where it cannot be fetched any more."""
        try:
            return future.result()
        except (OSError, TimeoutError):  # a closed connection is an OSError too
            raise self._lost("l'ordonnanceur ne répond plus") from None

    def _crash(self, future: Future, task: ReadingTask) -> Crashed[ReadingTask]:
        from distributed import KilledWorker

        error = future.exception()
        if isinstance(error, KilledWorker):  # several workers died on it: memory, which the nanny bounds
            return Crashed(task, -signal.SIGKILL, timed_out=False, log="")
        return Crashed(task, 1, timed_out=False, log=f"{type(error).__name__}: {error}")

    def _abandoned(self) -> list[str]:
        """Documents that a worker gave up, by their hashes. Raises ClusterError."""
        try:
            return [digest for _, digest in self._client.get_events(self._topic)]
        except (OSError, TimeoutError):
            raise self._lost("l'ordonnanceur ne répond plus") from None

    def _lost(self, reason: str) -> ClusterError:
        return ClusterError(
            self._address, reason, "Ce qui est lu le reste : relancez la commande, avec ou sans --dask."
        )


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """The cluster of the scheduler at ``address``, its workers looked over. Raises ClusterError."""
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise ClusterError(
            "--dask", "dask.distributed n'est pas installé", "pip install 'delibgraph[dask]', ici et chez les workers."
        ) from None
    # Held while it is made: one that failed and is collected while another starts waits for that one's lock for ever.
    client = Client.__new__(Client)
    try:
        Client.__init__(client, address, timeout=CONNECT, set_as_default=False, name="delibgraph")
    except (OSError, TimeoutError, ValueError, TypeError) as error:
        client.close()
        raise ClusterError(
            address,
            f"l'ordonnanceur ne répond pas ({error})",
            "Lancez-le (dask scheduler), vérifiez l'adresse (tcp://hôte:8786) et, pour tls://, les certificats.",
        ) from error
    with client:
        _look_over(client, address)
        yield Cluster(client, address)


def _look_over(client: Client, address: str) -> None:
    """Raises ClusterError unless there are workers, and each reads and judges as this process does."""
    from service.ingest.cluster import work

    ours, ended = work.abilities(), None
    for _ in range(_ROUNDS):
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            break
        asked = {
            worker: client.submit(work.abilities, workers=[worker], allow_other_workers=False, pure=False)
            for worker in client.nthreads()
        }
        answers = {worker: _answer(client, worker, future) for worker, future in asked.items()}
        for worker, theirs in answers.items():
            if theirs is not None:
                _compare(worker, ours, theirs)
        ended = next((worker for worker, theirs in answers.items() if theirs is None), None)
        if ended is None:
            return
    if ended is not None:
        raise ClusterError(ended, "ce worker s'est arrêté quand il devait lire un acte d'essai", _REMEDY)
    raise ClusterError(
        address, "aucun worker n'est relié à l'ordonnanceur", f"Lancez-en : dask worker {address} --nthreads 1."
    )


def _answer(client: Client, worker: str, future: Future) -> Any:
    """What a worker answers, an error too; None where it ended: so dask takes what it cannot import."""
    end = time.monotonic() + _READY
    while future.status == "pending":
        if worker not in client.nthreads():
            return None
        if time.monotonic() > end:
            raise ClusterError(worker, "ce worker ne répond pas", "Arrêtez-le, ou relancez-le.")
        time.sleep(_LOOK / 2)
    return future.exception() or future.result()


def _compare(worker: str, ours: Any, theirs: Any) -> None:
    if isinstance(theirs, BaseException):
        raise ClusterError(worker, f"ce worker ne peut pas lire d'actes ({type(theirs).__name__}: {theirs})", _REMEDY)
    if theirs.fault:
        raise ClusterError(worker, f"ce worker n'a pas de quoi lire un acte ({theirs.fault})", _REMEDY)
    for name, told in (("Python", "python"), ("lecteur", "extractor"), ("contrôle", "gate"), ("lecture", "reads")):
        if getattr(ours, told) != getattr(theirs, told):
            reason = f"ce worker a une autre version ({name} : {getattr(theirs, told)}, ici {getattr(ours, told)})"
            raise ClusterError(worker, reason, _REMEDY)


def _batches(questions: Iterable[Question]) -> Iterator[list[Question]]:
    waiting = iter(questions)
    while batch := list(islice(waiting, _BATCH)):
        yield batch
