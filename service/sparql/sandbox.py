"""What a query process may no longer do once it holds its store: no network, bounded memory, no core dump.

Standard library only: the worker runs with an isolated interpreter. Sources: seccomp(2), setrlimit(2), proc(5).

Why two locks on the network: RLIMIT_NOFILE (3, 3) leaves no descriptor for a socket, but none for a table file
either, and RocksDB opens only 16 of them in advance; on a larger store (24 files at 3 million triples) the engine
then spins and eats memory. So a seccomp filter refuses socket(2), and the descriptor limit is added where every
table file is already open.
"""

import ctypes
import os
import platform
import resource
import struct
from pathlib import Path

_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2
_RET_ALLOW = 0x7FFF0000
_RET_EPERM = 0x00050000 | 1
_LOAD_WORD, _JUMP_EQUAL, _RETURN = 0x20, 0x15, 0x06
_NUMBER_OFFSET, _ARCH_OFFSET = 0, 4
_IO_URING_SETUP = 425
# Machine → (AUDIT_ARCH, number of socket(2)); io_uring could open sockets by itself and has one number everywhere.
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_X32_BIT = 0x40000000


class SandboxError(RuntimeError):
    """The network cannot be shut on this system without breaking the store."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def lock_down(store: Path, memory: int) -> None:
    """Shut the network, cap memory at today's size plus `memory` bytes, forbid core dumps.

    Call it from the thread that runs the queries, the store being open. Raises SandboxError.
    """
    size = _virtual_size()  # before no file can be opened any more
    filtered = _refuse_sockets()
    if _all_tables_open(store):
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    elif not filtered:
        raise SandboxError(f"{store} : trop de fichiers pour fermer le réseau sans seccomp sur ce système")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if size is not None:
        resource.setrlimit(resource.RLIMIT_AS, (size + memory, size + memory))


def _refuse_sockets() -> bool:
    """A seccomp filter by which socket(2) and io_uring_setup(2) fail with EPERM; False where there is none."""
    machine = _MACHINES.get(platform.machine())
    if platform.system() != "Linux" or machine is None:
        return False
    arch, socket_number = machine
    steps = [
        (_LOAD_WORD, 0, 0, _ARCH_OFFSET),
        (_JUMP_EQUAL, 0, 4, arch),
        (_LOAD_WORD, 0, 0, _NUMBER_OFFSET),
        (_JUMP_EQUAL, 2, 0, socket_number),
        (_JUMP_EQUAL, 1, 0, _IO_URING_SETUP),
        (0x35, 0, 1, _X32_BIT),  # jump if number ≥ the x32 range: a second door to the same calls
        (_RETURN, 0, 0, _RET_EPERM),
        (_RETURN, 0, 0, _RET_ALLOW),
    ]
    code = b"".join(struct.pack("=HBBI", *step) for step in steps)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(steps), ctypes.cast(buffer, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _all_tables_open(store: Path) -> bool:
    """Whether every RocksDB table file of the store has a descriptor in this process (True where unknowable)."""
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        return True
    tables = {str(path.resolve()) for path in store.glob("*.sst")}
    return tables <= {_target(entry) for entry in list(descriptors.iterdir())}


def _target(link: Path) -> str:
    """What a descriptor points to; empty for the one that listed the directory and is closed by now."""
    try:
        return str(link.readlink())
    except OSError:
        return ""


def _virtual_size() -> int | None:
    """VmSize of this process in bytes, None where /proc is missing."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return None
    return int(statm.read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGESIZE")
