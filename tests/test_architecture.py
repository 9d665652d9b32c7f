"""The rooms keep to themselves: imports run one way, types hold, modules stay small, data files are no code."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("ontology", "extract", "graph", "shapes", "queries", "service")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
#: Hard limit on the lines of a module.
LINES = 400


def test_imports_run_one_way() -> None:
    """The contracts are in pyproject.toml; their names are DESIGN §1's."""
    linted = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert linted.returncode == 0, linted.stdout


def test_types_hold() -> None:
    """Strictly, as pyproject.toml says."""
    checked = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_forbidden_import_is_noticed(tmp_path: Path) -> None:
    """The rules are alive: the same contracts refuse a room that looks up."""
    for room in ROOMS:
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").write_text("")
    for parent, names in {"extract": ("facts", "read", "pipeline", "pipes")}.items():
        for name in names:
            (tmp_path / parent / f"{name}.py").write_text("")
    (tmp_path / "graph" / "__init__.py").write_text("import service\n")
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    linted = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=tmp_path, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(tmp_path), "PATH": ""},
    )  # fmt: skip
    assert linted.returncode != 0
    assert "graph -> service" in linted.stdout


@pytest.mark.parametrize("room", ["graph", "service", "shapes", "queries", "ontology"])
def test_spacy_lives_in_extract_alone(room: str) -> None:
    assert not [path for path in MODULES if path.is_relative_to(ROOT / room) and "spacy" in _imported(path)]


def test_graph_knows_of_extract_only_the_fact_model() -> None:
    graph = [path for path in MODULES if path.is_relative_to(ROOT / "graph")]
    seen = {name for path in graph for name in _modules(path) if name.split(".")[0] == "extract"}
    assert seen == {"extract.facts"}


def test_modules_stay_readable() -> None:
    long = {str(p.relative_to(ROOT)): n for p in MODULES if (n := len(p.read_text("utf-8").splitlines())) > LINES}
    assert long == {}


def test_every_room_is_typed_and_in_the_wheel() -> None:
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"][
        "packages"
    ]
    assert sorted(packages) == sorted(ROOMS)
    assert all((ROOT / room / "py.typed").exists() for room in ROOMS)


def test_only_the_command_line_prints() -> None:
    # What /data shows to copy prints in the reader's own program, never in ours.
    ours = [path for path in MODULES if not {"cli", "snippets"} & set(path.parts)]
    printing = [path for path in ours if "print" in _called(path)]
    assert printing == []


def _modules(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def _imported(path: Path) -> set[str]:
    return {name.split(".")[0] for name in _modules(path)}


def _called(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
