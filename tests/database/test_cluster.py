"""dev/cluster.sh gives the demo, tests and benchmarks a server that comes back after any end."""

import os
import signal
import subprocess
import tempfile
from pathlib import Path

import psycopg2
import pytest


def _run(root, verb, folder):
    return subprocess.run(
        ["bash", root / "dev" / "cluster.sh", verb, folder], capture_output=True, text=True
    )


def _answer(url):
    connection = psycopg2.connect(url)
    try:
        cursor = connection.cursor()
        cursor.execute("SHOW server_encoding")
        return cursor.fetchone()[0]
    finally:
        connection.close()


@pytest.fixture
def folder(root):
    with tempfile.TemporaryDirectory(prefix="网格 ", dir="/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name)
        _run(root, "destroy", name)


def test_starts_twice_and_after_a_stop(root, folder):
    first = _run(root, "start", folder)
    assert _answer(first.stdout.strip()) == "UTF8"
    assert _run(root, "start", folder).stdout == first.stdout
    assert _run(root, "stop", folder).returncode == 0
    assert _run(root, "stop", folder).returncode == 0
    assert _answer(_run(root, "start", folder).stdout.strip()) == "UTF8"


def test_starts_after_the_server_was_killed(root, folder):
    _run(root, "start", folder)
    process = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(process, signal.SIGKILL)
    assert _answer(_run(root, "start", folder).stdout.strip()) == "UTF8"


def test_a_foreign_process_with_the_old_number_is_no_server(root, folder):
    _run(root, "start", folder)
    _run(root, "stop", folder)
    (folder / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n")
    assert _answer(_run(root, "start", folder).stdout.strip()) == "UTF8"


def test_the_loopback_port_asks_for_the_password(root, folder):
    _run(root, "start", folder)
    tcp = _run(root, "tcp", folder).stdout.strip()
    assert _answer(tcp) == "UTF8"
    with pytest.raises(psycopg2.OperationalError, match="password"):
        _answer(tcp.split("?")[0])


def test_the_folder_names_a_service(root, folder, monkeypatch):
    _run(root, "start", folder)
    monkeypatch.setenv("PGSERVICEFILE", _run(root, "service", folder).stdout.strip())
    assert _answer("service=wangge") == "UTF8"
