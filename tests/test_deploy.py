"""What `deploy/` holds is sound by the tools that read it, and knows every setting."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from service.setting_sources import read_file, sample
from service.settings import Settings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNITS = sorted(path.name for path in DEPLOY.iterdir() if path.suffix in (".service", ".timer"))


def _run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=300)


def _needs(tool: str) -> str:
    beside = Path(sys.executable).with_name(tool)
    found = str(beside) if beside.exists() else shutil.which(tool)
    if found is None:
        pytest.skip(f"{tool} is not installed")
    return found


def test_the_settings_file_has_every_setting_at_its_default(tmp_path: Path) -> None:
    text = (DEPLOY / "delibgraph.toml").read_text(encoding="utf-8")
    assert text == sample(), "run `make docs`"
    live = tmp_path / "delibgraph.toml"
    live.write_text(re.sub(r"^# (\w+ = )", r"\1", text, flags=re.MULTILINE), encoding="utf-8")
    assert set(read_file(live)) == set(Settings.model_fields)
    assert Settings.from_env({"DELIBGRAPH_CONFIG": str(live)}) == Settings()
    assert tomllib.loads(text) == {}


@pytest.mark.parametrize("unit", UNITS)
def test_units_are_sound(unit: str, tmp_path: Path) -> None:
    analyze = _needs("systemd-analyze")
    for name in UNITS:
        text = (DEPLOY / name).read_text().replace("/opt/delibgraph/venv/bin/delibgraph", "/bin/true")
        (tmp_path / name).write_text(text)
    told = _run(analyze, "verify", "--man=no", tmp_path / unit)
    assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.parametrize("unit", [name for name in UNITS if name.endswith(".service")])
def test_units_are_hardened(unit: str) -> None:
    told = _run(_needs("systemd-analyze"), "security", "--offline=true", "--no-pager", DEPLOY / unit)
    exposure = re.search(r"exposure level for \S+: ([0-9.]+)", told.stdout)
    assert exposure, told.stderr
    assert float(exposure[1]) <= 1.5


def test_units_name_settings_that_exist() -> None:
    for file in (*UNITS, "Containerfile"):
        for name in re.findall(r"DELIBGRAPH_([A-Z_]+)=", (DEPLOY / file).read_text()):
            assert name.lower() in Settings.model_fields, file


def test_the_container_file_is_sound() -> None:
    told = _run(_needs("hadolint"), DEPLOY / "Containerfile")
    assert (told.returncode, told.stdout) == (0, "")


def test_the_site_of_nginx_is_sound(tmp_path: Path) -> None:
    nginx, openssl = _needs("nginx"), _needs("openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = _run(
        openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-subj", "/CN=x"
    )
    assert made.returncode == 0, made.stderr
    site = (DEPLOY / "nginx.conf").read_text()
    for path, instead in (
        ("/etc/ssl/certs/data.example.org.pem", certificate),
        ("/etc/ssl/private/data.example.org.key", key),
        ("/var/log/nginx", tmp_path),
    ):
        assert path in site
        site = site.replace(path, str(instead))
    (tmp_path / "site.conf").write_text(site)
    whole = f"pid {tmp_path}/pid; error_log {tmp_path}/errors; events {{}} http {{ include {tmp_path}/site.conf; }}"
    (tmp_path / "nginx.conf").write_text(whole)
    told = _run(nginx, "-t", "-c", tmp_path / "nginx.conf")
    assert told.returncode == 0, told.stderr


def test_the_site_of_caddy_is_sound(tmp_path: Path) -> None:
    caddy = _needs("caddy")
    environ = {**os.environ, "HOME": str(tmp_path)}
    command = [caddy, "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    told = subprocess.run(command, capture_output=True, text=True, timeout=300, env=environ)
    assert told.returncode == 0, told.stderr
