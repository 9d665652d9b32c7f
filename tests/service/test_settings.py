"""One table of settings: documented, typed, read from the environment."""

import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.mapping import PUBLISH_THRESHOLD
from service.settings import SettingError, Settings, reference, table

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"


def test_every_setting_is_documented_in_both_languages() -> None:
    settings = list(table())
    assert {setting.name for setting in settings} == set(Settings.model_fields)
    assert all(setting.help.fr and setting.help.en for setting in settings)
    assert DOCS.read_text(encoding="utf-8") == reference(), "run: python -m service.settings > docs/settings.md"


def test_the_environment_is_read_and_overrides_win() -> None:
    environ = {"DELIBGRAPH_PORT": "9000", "DELIBGRAPH_BASE": "https://data.test/", "PORT": "1"}
    settings = Settings.from_env(environ, port=None, host="::1")
    assert (settings.port, settings.base, settings.host) == (9000, "https://data.test", "::1")
    assert Settings.from_env(environ, port=9001).port == 9001


def test_the_threshold_of_publication_is_the_one_of_the_mapping() -> None:
    assert Settings().publish_threshold == PUBLISH_THRESHOLD


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DELIBGRAPH_PUBLISH_THRESHOLD", "1.2"),
        ("DELIBGRAPH_PUBLISH_THRESHOLD", "nan"),
        ("DELIBGRAPH_PORT", "http"),
        ("DELIBGRAPH_BASE", "data.test"),
        ("DELIBGRAPH_SPARQL_WORKERS", "0"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(variable: str, value: str) -> None:
    with pytest.raises(SettingError, match=variable) as caught:
        Settings.from_env({variable: value})
    assert caught.value.variable == variable


def test_an_unknown_variable_is_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        Settings.from_env({"DELIBGRAPH_PROT": "1"})
    assert "DELIBGRAPH_PROT" in caplog.text


@given(st.integers())
def test_ports_are_ports(port: int) -> None:
    if 0 <= port <= 65535:
        assert Settings.from_env({"DELIBGRAPH_PORT": str(port)}).port == port
    else:
        with pytest.raises(SettingError):
            Settings.from_env({"DELIBGRAPH_PORT": str(port)})
