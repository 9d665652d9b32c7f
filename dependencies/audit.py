"""Known vulnerabilities of what the locks name (``make audit``), by pip-audit, in the OSV database.

It needs the network, so no test of ``make test`` asks it anything. "Nothing known" is only said when every package was
asked about: a database that cannot be reached, or a package that it was not asked about, is told and has its own code.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
CLEAN, VULNERABLE, NOT_AUDITED = 0, 1, 3
#: Seconds given to one answer of the database.
PATIENCE = 20


def locks(root: Path = ROOT) -> list[Path]:
    """The hashed locks of the project."""
    return sorted(root.glob("requirements*.lock"))


def audit(paths: Sequence[Path], osv_url: str | None = None) -> tuple[int, list[str]]:
    """The exit code and the lines to show for what `paths` pin; `osv_url` is another database of the same protocol."""
    command = [sys.executable, "-m", "pip_audit", "--vulnerability-service", "osv", "--timeout", str(PATIENCE)]
    command += ["--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
    command += ["--osv-url", osv_url] if osv_url else []
    for path in paths:
        command += ["--requirement", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (our own interpreter)
    try:
        packages: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except json.JSONDecodeError:
        reason = (done.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1]
        return NOT_AUDITED, ["NOT AUDITED: the database of vulnerabilities did not answer; nothing is known.", reason]
    return _verdict(packages)


def _verdict(packages: list[dict[str, Any]]) -> tuple[int, list[str]]:
    found = [_line(package, known) for package in packages for known in package.get("vulns", [])]
    unasked = [f"{one['name']}: {one['skip_reason']}" for one in packages if "skip_reason" in one]
    if found:
        return VULNERABLE, [f"{len(found)} known vulnerabilities:", *found, *unasked]
    if unasked or not packages:
        return NOT_AUDITED, [f"NOT AUDITED: {len(unasked)} packages of {len(packages)} were not asked about.", *unasked]
    return CLEAN, [f"Nothing known against {len(packages)} packages."]


def _line(package: dict[str, Any], known: dict[str, Any]) -> str:
    mended = ", ".join(known["fix_versions"]) or "no version"
    names = ", ".join([known["id"], *known["aliases"]])
    return f"{package['name']} {package['version']}: {names} (mended in {mended}): {known['description'][:200]}"


def main(arguments: Sequence[str] | None = None) -> int:
    """0: nothing known; 1: vulnerabilities, each told; 3: not audited, with the reason."""
    parser = argparse.ArgumentParser(prog="python -m dependencies.audit", description=__doc__)
    parser.add_argument("locks", nargs="*", type=Path, help="hashed locks (default: all of the project's)")
    parser.add_argument("--osv-url", help="another address of the OSV protocol, such as a mirror")
    told = parser.parse_args(arguments)
    code, lines = audit(told.locks or locks(), told.osv_url)
    print("\n".join(lines), file=sys.stdout if code == CLEAN else sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
