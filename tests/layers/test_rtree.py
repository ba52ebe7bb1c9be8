"""The spatial index that is packed at once finds what SQLite's own would find."""

import sqlite3

import numpy as np
import pytest
from wangge.plugin.layers import rtree


def make_bounds(count, seed=0):
    random = np.random.default_rng(seed)
    low = random.random((count, 2)) * 20_000 + (35_500_000, 3_270_000)
    high = low + np.where(random.random((count, 2)) < 0.5, 0, random.random((count, 2)) * 50)
    return np.hstack([low, high])


@pytest.fixture
def connection():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE boxes USING rtree (id, minx, maxx, miny, maxy)")
    yield connection
    connection.close()


@pytest.mark.parametrize("count", [1, 2, 51, 52, 53, 51 * 51, 51 * 51 + 1, 7000])
def test_the_index_is_sound_and_finds_everything(connection, count):
    bounds = make_bounds(count)
    ids = np.arange(count) * 3 + 1
    assert rtree.pack(connection, "boxes", ids, bounds)
    assert connection.execute("SELECT rtreecheck('boxes')").fetchone() == ("ok",)
    x1, y1, x2, y2 = 35_505_000, 3_275_000, 35_515_000, 3_285_000
    found = connection.execute(
        "SELECT id FROM boxes WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?",
        (x1, x2, y1, y2),
    ).fetchall()
    meets = (bounds[:, 2] >= x1) & (bounds[:, 0] <= x2)
    meets &= (bounds[:, 3] >= y1) & (bounds[:, 1] <= y2)
    # Stored bounds are rounded outward to 32 bits: nothing is missed.
    assert set(ids[meets].tolist()) <= {row[0] for row in found}
    assert len(found) <= meets.sum() + 2 + count // 500


def test_rows_can_be_added_changed_and_removed_afterwards(connection):
    bounds = make_bounds(500)
    rtree.pack(connection, "boxes", np.arange(500), bounds)
    connection.execute("INSERT INTO boxes VALUES (1000, 0, 1, 0, 1)")
    connection.execute("UPDATE boxes SET minx = 0 WHERE id = 7")
    connection.execute("DELETE FROM boxes WHERE id % 2 = 0")
    assert connection.execute("SELECT rtreecheck('boxes')").fetchone() == ("ok",)
    assert connection.execute("SELECT count(*) FROM boxes").fetchone() == (250,)


def test_an_index_with_rows_is_left_alone(connection):
    connection.execute("INSERT INTO boxes VALUES (1, 0, 1, 0, 1)")
    assert not rtree.pack(connection, "boxes", np.arange(5), make_bounds(5))
    assert connection.execute("SELECT count(*) FROM boxes").fetchone() == (1,)
