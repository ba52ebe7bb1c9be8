"""Packages made offline arrive whole, unaltered and once."""

import zipfile

import numpy as np
import pytest
from platform_rows import SPECS, make_components, picture
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
