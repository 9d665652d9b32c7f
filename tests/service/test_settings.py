"""One table of settings: documented, typed, read from the environment."""

import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.mapping import PUBLISH_THRESHOLD
from service.setting_sources import effective
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


def test_a_file_is_read_the_environment_and_then_the_command_line_win(tmp_path: Path) -> None:
    file = tmp_path / "réglages.toml"
    file.write_text('port = 8001\nhost = "::1"\nsparql_timeout = 3\ntoken = "s3cret"\n', encoding="utf-8")
    environ = {"DELIBGRAPH_CONFIG": str(file), "DELIBGRAPH_PORT": "8002", "DELIBGRAPH_HOST": "0.0.0.0"}
    settings = Settings.from_env(environ, host="127.0.0.2")
    assert (settings.sparql_timeout, settings.port, settings.host) == (3.0, 8002, "127.0.0.2")
    found = {each.name: each for each in effective(environ, host="127.0.0.2")}
    assert set(found) == set(Settings.model_fields)
    assert found["sparql_timeout"].origin == f"{file} : sparql_timeout"
    assert found["port"].origin == "DELIBGRAPH_PORT"
    assert found["host"].origin == "ligne de commande"
    assert found["workers"].origin == "défaut"
    assert "s3cret" not in str(found)
    assert settings.token == "s3cret"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("prot = 1", "prot : réglage inconnu"),
        ("port = 'x'", "port : valeur refusée"),
        ("[port]\nvalue = 1", "port : une valeur seule"),
        ("port 8080", "TOML mal formé"),
        (b"\xff\xfe", "TOML mal formé"),
        (None, "fichier illisible"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_key(
    tmp_path: Path, content: str | bytes | None, told: str
) -> None:
    file = tmp_path / "delibgraph.toml"
    if content is not None:
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(SettingError, match=r"delibgraph\.toml") as caught:
        Settings.from_env({"DELIBGRAPH_CONFIG": str(file)})
    assert told in str(caught.value)


def test_every_secret_is_marked() -> None:
    for setting in table():
        looks_secret = any(setting.name.endswith(word) for word in ("token", "secret", "password", "credential"))
        assert setting.help.secret == looks_secret, setting.name
