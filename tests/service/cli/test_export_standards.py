"""The samples, exported by the command and read by each standard's own validator."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from graph.release import current
from tests.graph.export import test_frame, test_json, test_networks, test_scdl
from tests.graph.export.conftest import table

Command = Callable[..., Any]


@pytest.fixture
def exported(delibgraph: Command, published: Path, tmp_path: Path) -> Callable[..., Path]:
    def write(form: str, *options: str) -> Path:
        target = tmp_path / f"{form}.out"
        outcome = delibgraph("export", "-f", form, "-o", target, *options, "--data", published)
        assert outcome.code == 0, outcome.err
        return target

    return write


@pytest.mark.parametrize("options", [(), ("--authority", "Dijon métropole")])
@pytest.mark.parametrize("form", test_scdl.FORMS)
def test_scdl_is_valid_but_for_what_it_reports(
    exported: Callable[..., Path], form: str, options: tuple[str, ...]
) -> None:
    path = exported(form, *options)
    schema = test_scdl.FORMS[form]
    assert test_scdl.faults(path, schema) == test_scdl.to_complete(path, schema)
    assert len(table(path)) >= 5


@pytest.mark.parametrize(("form", "schema"), [("360giving", "360giving.json"), ("popolo", "popolo.json")])
def test_json_schemas(exported: Callable[..., Path], form: str, schema: str) -> None:
    assert test_json.conforms(exported(form), schema)


def test_followthemoney(exported: Callable[..., Path]) -> None:
    assert test_json.sound(exported("ftm"))


def test_gexf_is_valid(exported: Callable[..., Path]) -> None:
    rules = test_networks.schema()
    assert rules.validate(etree.parse(exported("gexf"))), rules.error_log


def test_csvw_is_valid(exported: Callable[..., Path]) -> None:
    import csvw  # which loads jsonschema (test_json.conforms)

    assert csvw.CSVW(str(exported("csvw")), validate=True).is_valid


def test_framed_jsonld(exported: Callable[..., Path], published: Path) -> None:
    release = current(published)
    assert release is not None
    content = json.loads(exported("jsonld-framed").read_text(encoding="utf-8"))
    test_frame.same_as_a_processor(release, content)


def test_an_authority_that_is_none_is_told(delibgraph: Command, published: Path, tmp_path: Path) -> None:
    outcome = delibgraph(
        "export", "-f", "scdl-deliberations", "--authority", "Nulle-Part", "-o", tmp_path / "x.csv", "--data", published
    )
    assert outcome.code == 1
    assert "aucune collectivité" in outcome.err
    assert "Dijon métropole (242100410)" in outcome.err
