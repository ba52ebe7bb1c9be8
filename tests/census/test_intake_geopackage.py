"""GeoPackages as deliveries: cut off on their way, or held by another program."""

import sqlite3

import pytest
import shapely
from wangge.plugin.census.intake import read_components
from wangge.plugin.census.packages.geopackage import write_layer
from wangge.plugin.census.project.store import _add_functions
from wangge.plugin.errors import WanggeError
from wangge.plugin.rules.batch import make_batch

ROWS = 400


@pytest.fixture
def delivery(tmp_path):
    path = tmp_path / "普查.gpkg"
    codes = [f"50011201001{i:06d}" for i in range(ROWS)]
    batch = make_batch(
        {"component_code": codes, "note": ["x" * 80] * ROWS},
        [shapely.Point(400_000 + i, 3_280_000) for i in range(ROWS)],
        crs="EPSG:4547",
    )
    write_layer(path, "component", batch)
    return path


@pytest.mark.parametrize("share", [0.0, 0.001, 0.3, 0.9])
def test_a_file_cut_off_on_its_way_is_refused(delivery, share):
    content = delivery.read_bytes()
    delivery.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(WanggeError, match=r"普查\.gpkg"):
        read_components(delivery)


def test_a_file_that_another_program_holds_is_told_and_read_later(delivery):
    other = sqlite3.connect(delivery, isolation_level=None)
    _add_functions(other)
    other.execute("BEGIN EXCLUSIVE")
    other.execute("UPDATE component SET note = 'half'")
    try:
        with pytest.raises(WanggeError, match="locked"):
            read_components(delivery)
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert len(read_components(delivery).accepted) == ROWS
