"""Packages with anything wrong anywhere: a sentence, or the right rows; never a crash."""

import json
import random
import shutil
from contextlib import suppress

import pytest
from exchange_rows import make_communities
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from platform_rows import make_components, make_grids
from wangge.plugin.database.exchange.arrival import import_package
from wangge.plugin.database.exchange.export import export_package
from wangge.plugin.database.exchange.files import FORMATS
from wangge.plugin.database.exchange.manifest import MANIFEST, SEAL, digest_of
from wangge.plugin.database.exchange.state import read_state
from wangge.plugin.errors import WanggeError
from wangge.plugin.standards.profiles import load_profile

PROFILE = load_profile()
CATEGORIES = ["component", "unit_grid", "area_total_statistics"]
ROWS = 5 + 3 + 3
SETTINGS = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("packages")
    sources = {
        "component": lambda: [make_components(5)],
        "unit_grid": lambda: [make_grids(3)],
        "community": lambda: [make_communities("500112001002")],
    }
    for format_ in FORMATS:
        export_package(folder / format_, sources, PROFILE, categories=CATEGORIES, format=format_)
    return folder


@pytest.fixture
def copy(packages, tmp_path):
    def make(format_):
        folder = tmp_path / "p"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(packages / format_, folder)
        return folder

    return make


def seal(folder, values):
    for name, entry in values.get("files", {}).items():
        if (folder / name).is_file():
            entry["bytes"], entry["sha256"] = digest_of(folder / name)
    write(folder, values)


def write(folder, values):
    (folder / MANIFEST).write_text(json.dumps(values), "utf-8")
    (folder / SEAL).write_text(f"{digest_of(folder / MANIFEST)[1]}  {MANIFEST}\n")


def outcome(folder):
    output = folder.parent / "out.gpkg"
    output.unlink(missing_ok=True)
    try:
        return import_package(folder, output).rows
    except WanggeError:
        assert not output.exists()
        return None


@SETTINGS
@given(
    format_=st.sampled_from(FORMATS),
    seed=st.integers(0, 2**32),
    changes=st.integers(1, 8),
)
def test_bytes_changed_in_any_file(packages, copy, format_, seed, changes):
    folder = copy(format_)
    dice = random.Random(seed)
    path = dice.choice(sorted(p for p in folder.iterdir() if p.name not in (MANIFEST, SEAL)))
    data = bytearray(path.read_bytes())
    for _ in range(changes):
        where = dice.randrange(len(data))
        if dice.random() < 0.2:
            del data[where : where + dice.randrange(1, 40)]
        elif dice.random() < 0.2:
            data[where:where] = dice.randbytes(dice.randrange(1, 9))
        else:
            data[where] = dice.randrange(256)
    path.write_bytes(data)
    assert data == (packages / format_ / path.name).read_bytes() or outcome(folder) is None
    seal(folder, json.loads((folder / MANIFEST).read_text("utf-8")))
    # What the fingerprints of the rows do not notice has changed no row.
    assert outcome(folder) in (None, ROWS)
    for name in CATEGORIES:
        with suppress(WanggeError):
            read_state(folder / "state.npz", name)


_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.sampled_from(
        ["", "utf-7", "no-such", "../x.json", "component", "a" * 300, "\x00", "%", "gpkg"]
    ),
    st.just([]),
    st.just({}),
)


def places(values, path=()):
    yield path
    if isinstance(values, dict):
        for key, value in values.items():
            yield from places(value, (*path, key))
    elif isinstance(values, list):
        for number, value in enumerate(values):
            yield from places(value, (*path, number))


@SETTINGS
@given(data=st.data(), format_=st.sampled_from(FORMATS))
def test_anything_in_the_manifest(copy, format_, data):
    folder = copy(format_)
    values = json.loads((folder / MANIFEST).read_text("utf-8"))
    every = [p for p in places(values) if p]
    *way, last = data.draw(st.sampled_from(every))
    entry = values
    for step in way:
        entry = entry[step]
    if data.draw(st.booleans()):
        entry[last] = data.draw(_VALUES)
    else:
        del entry[last]
    write(folder, values)
    # A manifest that leaves a category out is the sender's right.
    assert outcome(folder) in (None, ROWS, ROWS - 5, ROWS - 3)
