"""Connections by name, and what people read when there is none; secrets stay out of it."""

import os
import subprocess
import time
from pathlib import Path

import psycopg2
import pytest
from wangge.plugin.database.connection import connect
from wangge.plugin.errors import WanggeError

SECRET = "geheim-秘密-42"  # noqa: S105


@pytest.fixture
def tcp(cluster, root):
    """Settings of the loopback port, where the server asks for a password."""
    folder = Path(psycopg2.extensions.parse_dsn(cluster)["host"]).parent
    done = subprocess.run(
        ["bash", root / "dev" / "cluster.sh", "tcp", folder], capture_output=True, text=True
    )
    return psycopg2.extensions.parse_dsn(done.stdout.strip())


def settings(**values):
    return psycopg2.extensions.make_dsn(**values)


def refused(name="市平台", resolve=lambda name: "", **options):
    with pytest.raises(WanggeError) as error:
        connect(name, resolve=resolve, timeout=3, **options)
    text = error.value.message + error.value.detail
    assert SECRET not in text
    assert "127.0.0.1" not in text
    return error.value.message


def test_a_service(cluster, tmp_path, monkeypatch):
    parameters = psycopg2.extensions.parse_dsn(cluster)
    lines = "".join(f"{k}={v}\n" for k, v in parameters.items())
    (tmp_path / "services").write_text(f"[city]\n{lines}")
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    connection = connect("service=city")
    assert connection.encoding == "UTF8"
    assert not connection.autocommit
    connection.close()
    assert "pg_service.conf" in refused("service=village")


def test_a_saved_name(cluster):
    connection = connect("市平台", resolve={"市平台": cluster}.get)
    assert connection.info.dbname == "wangge"
    connection.close()


def test_an_unknown_name():
    assert "市平台" in refused()


@pytest.mark.parametrize(
    "name",
    [
        f"host=127.0.0.1 password={SECRET}",
        f"postgresql://me:{SECRET}@127.0.0.1/x",
        f"service=x password={SECRET}",
        f"service='x' host=127.0.0.1 password={SECRET}",
        "service=",
        "",
    ],
)
def test_addresses_and_passwords_are_no_names(name):
    assert "saved in QGIS" in refused(name)


def test_a_wrong_password(tcp):
    parameters = {k: v for k, v in tcp.items() if k != "passfile"}
    dsn = settings(**parameters, password=SECRET)
    assert "password" in refused(resolve=lambda name: dsn)


def test_a_missing_database(tcp):
    dsn = settings(**{**tcp, "dbname": "nowhere"})
    assert "does not exist" in refused(resolve=lambda name: dsn)


def test_an_unknown_user(cluster):
    dsn = settings(**{**psycopg2.extensions.parse_dsn(cluster), "user": "nobody-here"})
    assert "user" in refused(resolve=lambda name: dsn)


def test_a_server_that_is_not_there():
    dsn = settings(host="127.0.0.1", port=1, user="x", password=SECRET, dbname="y")
    assert "cannot be reached" in refused(resolve=lambda name: dsn)


def test_a_name_that_resolves_to_nonsense():
    text = refused(resolve=lambda name: f"nonsense {SECRET}")
    assert "市平台" in text


def test_a_connection_saved_in_qgis(cluster, qgis_app):
    from qgis.core import QgsDataSourceUri, QgsProviderRegistry

    parameters = psycopg2.extensions.parse_dsn(cluster)
    uri = QgsDataSourceUri()
    uri.setConnection(parameters["host"], parameters["port"], "wangge", "postgres", "")
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    metadata.saveConnection(
        metadata.createConnection(uri.uri(False), {"saveUsername": True}), "市平台 O'Brien"
    )
    try:
        connection = connect("市平台 O'Brien")
        assert connection.info.dbname == "wangge"
        connection.close()
    finally:
        metadata.deleteConnection("市平台 O'Brien")


def certify(place, name, *options):
    """Make a certificate of one's own beside its key."""
    made = ["-out", f"{place}.crt", "-keyout", f"{place}.key", "-subj", f"/CN={name}", *options]
    command = ["openssl", "req", "-new", "-x509", "-nodes", *made]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def secured(tcp, cluster, tmp_path):
    """Settings of a server that speaks TLS, and a folder with its certificate."""
    folder = Path(psycopg2.extensions.parse_dsn(cluster)["host"]).parent
    data = folder / "data"
    certify(data / "server", "localhost", "-addext", "subjectAltName=DNS:localhost")
    owner = data.stat()
    for name in ("server.crt", "server.key"):
        os.chown(data / name, owner.st_uid, owner.st_gid)
        (data / name).chmod(0o600)
    (tmp_path / "root.crt").write_bytes((data / "server.crt").read_bytes())
    administrator = psycopg2.connect(cluster)
    administrator.autocommit = True

    def switch(value):
        administrator.cursor().execute(f"ALTER SYSTEM SET ssl = {value}")
        administrator.cursor().execute("SELECT pg_reload_conf()")
        for _ in range(100):
            with psycopg2.connect(cluster) as other:
                cursor = other.cursor()
                cursor.execute("SHOW ssl")
                if cursor.fetchone()[0] == value:
                    break
            time.sleep(0.05)

    switch("on")
    yield tcp, tmp_path
    switch("off")
    administrator.close()


@pytest.mark.parametrize("mode", ["require", "verify-ca", "verify-full"])
def test_a_secure_connection(secured, mode):
    tcp, folder = secured
    certificate = {} if mode == "require" else {"sslrootcert": str(folder / "root.crt")}
    address = {**tcp, "host": "localhost", "hostaddr": "127.0.0.1", "sslmode": mode}
    address["passfile"] = str(passfile_for(tcp, "localhost", folder))
    connection = connect("市平台", resolve=lambda name: settings(**address, **certificate))
    assert connection.info.ssl_in_use
    connection.close()


def passfile_for(tcp, host, folder):
    """The password under another name of the same computer."""
    line = Path(tcp["passfile"]).read_text().replace("127.0.0.1", host)
    path = folder / "passfile"
    path.write_text(line)
    path.chmod(0o600)
    return path


@pytest.mark.parametrize(
    ("mode", "host", "certificate"),
    [("verify-full", "127.0.0.1", "root.crt"), ("verify-ca", "localhost", "other.crt")],
)
def test_a_server_that_is_not_who_it_says_is_refused(secured, mode, host, certificate):
    tcp, folder = secured
    certify(folder / "other", "somebody")
    address = {**tcp, "host": host, "hostaddr": "127.0.0.1", "sslmode": mode}
    address["sslrootcert"] = str(folder / certificate)
    assert "SSL" in refused(resolve=lambda name: settings(**address))


def test_a_server_without_encryption_is_refused_where_it_is_asked_for(tcp):
    dsn = settings(**{**tcp, "sslmode": "require"})
    assert "SSL" in refused(resolve=lambda name: dsn)
