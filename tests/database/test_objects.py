"""Tables of facilities, monitors and video positions come in row by row."""

import numpy as np
import pytest
import shapely
from exchange_rows import texts
from hypothesis import given, settings
from hypothesis import strategies as st
from wangge.plugin.database.deliveries.objects import import_objects
from wangge.plugin.database.deliveries.placing import Cells, read_coordinates
from wangge.plugin.database.deliveries.table import read_table
from wangge.plugin.standards.layers import LAYERS

CAMERA = LAYERS["camera"]
GRID = "500112001002001"
CELLS = Cells(texts(GRID), np.array([shapely.box(0, 0, 10, 10)], object))
HEADING = ["点位编码", "点位名称", "设备状态", "单元网格", "建设单位"]


def taken(*rows, heading=HEADING, shapes=None):
    table = read_table([heading, *rows], CAMERA)
    return import_objects(table, CAMERA, shapes=shapes, cells=CELLS)


def reasons(made):
    return made.rejected.fields["reason"].tolist()


def test_values_are_known_in_any_spelling_and_rows_placed_by_their_cell():
    made = taken(["C1", "人民路口", "在线", GRID, "公安局"], ["C2", "江边", "OFFLINE", GRID, None])
    assert made.objects.text("status").tolist() == ["online", "offline"]
    assert (made.placed.by_cell, len(made.rejected)) == (2, 0)
    assert all(shapely.within(made.objects.geometry, CELLS.shapes[0]))


def test_a_place_tells_the_cell():
    made = taken(
        ["C1", "人民路口", "在线", None, None], shapes=np.array([shapely.Point(3, 4)], object)
    )
    assert made.objects.text("grid_code").tolist() == [GRID]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ([None, "甲", "在线", GRID, None], "empty"),
        (["C1", None, "在线", GRID, None], "empty"),
        (["C1", "甲", "也许", GRID, None], "也许"),
        (["C1", "甲", "在线", "9" * 15, None], "no place"),
        (["C1" * 20, "甲", "在线", GRID, None], "longer than"),
    ],
)
def test_what_is_wrong_is_refused_with_the_reason(row, reason):
    made = taken(row)
    assert len(made.objects) == 0
    assert reason in reasons(made)[0]


def test_the_second_row_of_a_code_is_refused():
    row = ["C1", "甲", "在线", GRID, None]
    made = taken(row, row)
    assert len(made.objects) == 1
    assert "C1" in reasons(made)[0]
    assert made.rejected.fields["row"].tolist() == [3]


_CELL = st.one_of(
    st.none(), st.text(max_size=4), st.floats(), st.sampled_from(["在线", GRID, "C1", "114.1"])
)


@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(st.lists(_CELL, max_size=8), max_size=8),
    heading=st.permutations([*HEADING, "经度", "纬度"]),
)
def test_whatever_stands_in_a_table_every_row_is_taken_or_refused(rows, heading):
    table = read_table([heading, *rows], CAMERA)
    found = read_coordinates(table.columns["x"], table.columns["y"])
    shapes = np.full(len(table.rows), None, object)
    there = ~np.isnan(found.x)
    shapes[there] = shapely.points(found.x[there], found.y[there])
    made = import_objects(table, CAMERA, shapes=shapes, cells=CELLS)
    assert len(made.objects) + len(made.rejected) == len(table.rows)
    assert all(reasons(made))
    codes = made.objects.text("camera_code").tolist()
    assert all(codes)
    assert len(set(codes)) == len(codes)
    assert not shapely.is_missing(made.objects.geometry).any()
