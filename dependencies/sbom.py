"""The bill of materials of what runs, in CycloneDX JSON (``make sbom`` writes ``sbom.cdx.json``).

It tells each package of ``requirements.lock`` with its hashes, its licence and who asks for it, and the scripts that
the pages bring from npm. The same locks give the same bytes: no clock, and a serial number drawn from what is told.
"""

from __future__ import annotations

import json
import sys
import tomllib
import uuid
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from dependencies.lock import Locked, read_lock

ROOT = Path(__file__).parents[1]
NAME = "delibgraph"
_VENDOR = Path("service", "static", "vendor")
_licences = LicenseFactory()


def sbom(root: Path = ROOT) -> str:
    """The bill of materials of the checkout at `root`, as JSON that ends with a new line.

    Raises:
        LookupError: a package of the lock is not installed here, so its licence is unknown.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ours = Component(
        name=NAME,
        version=project["version"],
        type=ComponentType.APPLICATION,
        bom_ref=NAME,
        description=project["description"],
        licenses=[_licences.make_from_string(project["license"])],
        purl=PackageURL("pypi", None, NAME, project["version"]),
    )
    bom = Bom()
    bom.metadata.component = ours
    _add_packages(bom, ours, read_lock(root / "requirements.lock"))
    _add_scripts(bom, ours, root)
    told = json.loads(JsonV1Dot6(bom).output_as_string())
    del told["metadata"]["timestamp"], told["serialNumber"]
    told["serialNumber"] = uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(told, sort_keys=True)).urn
    return json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _add_packages(bom: Bom, ours: Component, packages: list[Locked]) -> None:
    known = {NAME: ours} | {package.name: _package(package) for package in packages}
    bom.components.update(known[package.name] for package in packages)
    for name, component in known.items():
        bom.register_dependency(component, [known[one.name] for one in packages if name in one.wanted_by])


def _package(package: Locked) -> Component:
    purl = PackageURL("pypi", None, package.name, package.version)
    # Hashes are those of its files, of which pip takes one: they stand beside the package, not as its own.
    files = [HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in package.hashes]
    return Component(
        name=package.name,
        version=package.version,
        bom_ref=str(purl),
        purl=purl,
        licenses=_licences_of(package.name),
        external_references=[
            ExternalReference(type=ExternalReferenceType.DISTRIBUTION, url=XsUri(str(purl)), hashes=files)
        ],
    )


def _licences_of(name: str) -> list[License]:
    """What the installed package says of its licence: an expression, a short text, its classifiers, or nothing."""
    try:
        told: PackageMetadata = metadata(name)
    except PackageNotFoundError as error:
        raise LookupError(f"{name} is in requirements.lock and not installed: `make run`, then `make sbom`") from error
    text = next((told[field] for field in ("License-Expression", "License") if field in told), "")
    if not text or "\n" in text:
        classifiers = told.get_all("Classifier") or []
        named = [one.split(" :: ")[-1] for one in classifiers if one.startswith("License :: ")]
        text = "; ".join(named)
    return [_licences.make_from_string(text)] if text else []


def _add_scripts(bom: Bom, ours: Component, root: Path) -> None:
    """What is vendored for the pages, and what its authors have put into it, from the lock of npm."""
    locked = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    sums = [line.split() for line in (root / _VENDOR / "SHA256SUMS").read_text(encoding="utf-8").splitlines()]
    for name in sorted(locked[""]["dependencies"]):
        short = name.rsplit("/", 1)[-1]
        files = [(file, digest) for digest, file in sums if file.startswith(f"{short}.")]
        if files:  # axe-core is for tests alone
            bom.register_dependency(ours, [_script(bom, name, locked, files)])


def _script(bom: Bom, name: str, locked: dict[str, Any], files: list[tuple[str, str]]) -> Component:
    """The component of an npm package with its vendored `files` (name, SHA-256), added with all it contains."""
    entry = locked[f"node_modules/{name}"]
    group, _, short = name.rpartition("/")
    purl = PackageURL("npm", group or None, short, entry["version"])
    component = Component(
        name=short,
        group=group or None,
        version=entry["version"],
        bom_ref=str(purl),
        purl=purl,
        licenses=[_licences.make_from_string(entry["license"].strip("()"))],
        components=[_file(file, digest) for file, digest in files],
    )
    bom.components.add(component)
    bom.register_dependency(component, [_script(bom, one, locked, []) for one in entry.get("dependencies", ())])
    return component


def _file(name: str, digest: str) -> Component:
    path = (_VENDOR / name).as_posix()
    hashes = [HashType(alg=HashAlgorithm.SHA_256, content=digest)]
    return Component(name=path, type=ComponentType.FILE, bom_ref=path, hashes=hashes)


if __name__ == "__main__":
    sys.stdout.write(sbom())
