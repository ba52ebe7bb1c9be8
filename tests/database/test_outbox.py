"""Packages made offline arrive whole, unaltered and once."""

import random
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import psycopg2
import pytest
from platform_rows import SPECS, make_components, picture, read_rows
from wangge.plugin.database.batches import list_pushes
from wangge.plugin.database.compare import compare
from wangge.plugin.database.outbox import deliver, list_outbox, read_key, save_package
from wangge.plugin.database.push import push
from wangge.plugin.database.result import PushRefusedError
from wangge.plugin.errors import WanggeError

COMPONENT = SPECS["component"]


@pytest.fixture
def key(tmp_path):
    return read_key(tmp_path / "key")


@pytest.fixture
def package(tmp_path, key):
    rows = make_components(7)
    parts = [rows.take(np.arange(4)), rows.take(np.arange(4, 7))]
    return save_package(tmp_path / "outbox", "component", parts, key=key, user="张三", source="甲")


def test_the_key_is_the_users_own(tmp_path):
    path = tmp_path / "key"
    assert read_key(path) == read_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(b"short")
    with pytest.raises(WanggeError, match="damaged"):
        read_key(path)


def test_a_package_arrives_as_a_push_would(connection, platform_url, tmp_path, key, package):
    (waiting,) = list_outbox(tmp_path / "outbox", key=key)
    assert (waiting.rows, waiting.user, waiting.kind) == (7, "张三", "component")
    result = deliver(connection, package.path, COMPONENT, key=key)
    assert result.inserted == 7
    assert list_outbox(tmp_path / "outbox", key=key) == []
    assert compare(connection, "component", [make_components(7)], COMPONENT).unchanged == 7


def test_a_package_arrives_once_even_when_its_file_comes_back(connection, key, package):
    content = package.path.read_bytes()
    first = deliver(connection, package.path, COMPONENT, key=key)
    push(connection, "component", [make_components(7, status=["破损"] * 7)], COMPONENT)
    package.path.write_bytes(content)
    again = deliver(connection, package.path, COMPONENT, key=key)
    assert again.batch_id == first.batch_id
    assert "before" in again.notes[0]
    assert len(list_pushes(connection)) == 2
    assert compare(connection, "component", [make_components(7)], COMPONENT).updated == 7


def test_a_package_tried_by_several_at_once_arrives_once(platform_url, key, package):
    content = package.path.read_bytes()
    copies = [package.path.with_name(f"{i}{package.path.suffix}") for i in range(6)]
    for copy in copies:
        copy.write_bytes(content)

    def work(path):
        connection = psycopg2.connect(platform_url)
        try:
            return deliver(connection, path, COMPONENT, key=key).batch_id
        finally:
            connection.close()

    with ThreadPoolExecutor(len(copies)) as pool:
        assert len(set(pool.map(work, copies))) == 1
    assert len(read_rows(platform_url, "push_batch")) == 1
    assert len(read_rows(platform_url, "component")) == 7


def test_a_package_arrives_once_however_often_the_way_breaks(platform_url, tmp_path, key):
    rows = [make_components(2000, first=i * 2000) for i in range(2)]
    package = save_package(tmp_path, "component", rows, key=key)
    content = package.path.read_bytes()
    generator = random.Random(5)
    arrived, broken = set(), 0
    while len(arrived) == 0 or broken < 6:
        package.path.write_bytes(content)  # as if its file had not been removed yet
        victim = psycopg2.connect(platform_url)

        def kill(process=victim.info.backend_pid):
            with psycopg2.connect(platform_url) as other:
                other.cursor().execute("SELECT pg_terminate_backend(%s)", (process,))
            other.close()

        # Shorter at first, so that it breaks off at all.
        timer = threading.Timer(generator.uniform(0, 0.02 * 1.5**broken), kill)
        timer.start()
        started = time.monotonic()
        try:
            arrived.add(deliver(victim, package.path, COMPONENT, key=key).batch_id)
        except WanggeError as error:
            assert "broke off" in error.message  # noqa: PT017
        broken += 1
        assert time.monotonic() - started < 120
        timer.join()
        victim.close()
    assert len(arrived) == 1
    packages = read_rows(platform_url, "push_batch", "package::text, state")
    assert [row for row in packages if row[0]] == [(package.package, "done")]
    assert len(read_rows(platform_url, "component")) == 4000


def test_an_altered_package_is_not_pushed(connection, platform_url, key, package):
    with zipfile.ZipFile(package.path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    victim = next(n for n in members if n.endswith(".bytes"))
    members[victim] = members[victim].replace(b"0", b"1")
    with zipfile.ZipFile(package.path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    with pytest.raises(WanggeError, match="damaged"):
        deliver(connection, package.path, COMPONENT, key=key)
    assert picture(platform_url) == {}
    assert package.path.exists()


def test_another_users_package_is_not_pushed(connection, tmp_path, package):
    with pytest.raises(WanggeError, match="another user"):
        deliver(connection, package.path, COMPONENT, key=read_key(tmp_path / "other"))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_cut_off_package_is_not_pushed(connection, key, package, share):
    content = package.path.read_bytes()
    package.path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(WanggeError, match="damaged"):
        deliver(connection, package.path, COMPONENT, key=key)


def test_a_refused_package_stays(connection, tmp_path, key):
    rows = make_components(2, accuracy=["A", "Z"])
    package = save_package(tmp_path, "component", [rows], key=key)
    with pytest.raises(PushRefusedError):
        deliver(connection, package.path, COMPONENT, key=key)
    assert package.path.exists()


def test_a_package_that_was_given_up_leaves_no_file(tmp_path, key):
    def rows():
        yield make_components(2)
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        save_package(tmp_path / "outbox", "component", rows(), key=key)
    assert list((tmp_path / "outbox").iterdir()) == []


def test_compare_tells_both_sides_apart(connection):
    push(connection, "component", [make_components(3)], COMPONENT)
    result = compare(connection, "component", [make_components(3, first=1)], COMPONENT)
    assert [(d.operation, d.key[-1]) for d in result.differences] == [
        ("added", "3"),
        ("removed", "0"),
    ]
