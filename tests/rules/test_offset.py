"""Data in GCJ-02 are suspected, other shifts and right data are not."""

import numpy as np
import pytest
from shapely import Point, box
from wangge.plugin.rules.metres import metres_per_unit
from wangge.plugin.rules.offset import gcj02_offset
from wangge.plugin.rules.references import Areas

PLACE = (121.5272106, 31.1774276)


def components(shift_east, shift_north):
    """Thirty components round a place in degrees, shifted by metres from the cell they name."""
    east, north = metres_per_unit(np.array([PLACE[1]]))[0]
    x = PLACE[0] + (shift_east + np.arange(30)) / east
    y = np.full(30, PLACE[1] + shift_north / north)
    names = (
        "component_name", "class_code", "authority_code", "authority_name", "owner_code",
        "owner_name", "status", "first_date", "changed_date", "source", "note", "standard",
        "accuracy", "photo",
    )  # fmt: skip
    return dict.fromkeys(names) | {
        "component_code": [str(i) for i in range(30)],
        "uuid": [str(i) for i in range(30)],
        "grid_code": ["510107001001001"] * 30,
        "geometry": [Point(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)],
        "crs": "EPSG:4490",
    }


@pytest.fixture
def suspected(findings_of_rule, make_context):
    cell = box(PLACE[0] - 0.0005, PLACE[1] - 0.0005, PLACE[0] + 0.0005, PLACE[1] + 0.0005)
    grids = Areas(np.array([cell], object), codes=np.array(["510107001001001"], object))

    def run(east, north):
        context = make_context("component", grids=grids)
        return findings_of_rule("C4b", "component", components(east, north), context)

    return run


def test_the_offset_is_the_published_one():
    # Published pair: WGS 84 121.5272106, 31.1774276 is GCJ-02 121.531541859, 31.175303984.
    east, north = metres_per_unit(np.array([PLACE[1]]))[0]
    expected = ((121.531541859 - PLACE[0]) * east, (31.175303984 - PLACE[1]) * north)
    assert gcj02_offset(*PLACE) == pytest.approx(expected, abs=2)


def test_data_shifted_as_gcj_02_are_suspected(suspected):
    (found,) = suspected(*gcj02_offset(*PLACE))
    assert "GCJ-02" in found.message
    assert 450 < float(found.value) < 500


def test_a_shift_in_another_direction_is_something_else(suspected):
    east, north = gcj02_offset(*PLACE)
    assert not suspected(-east, -north)


def test_data_in_their_place_are_not_suspected(suspected):
    assert not suspected(0, 0)


def test_doubles_in_degrees_are_measured_in_metres(findings_of_rule, make_context):
    east, _ = metres_per_unit(np.array([30.0]))[0]
    for metres, count in ((0.4, 1), (0.6, 0)):
        places = [(104, 30), (104 + metres / east, 30), (105, 30), (106, 30)]
        changes = {"geometry": [Point(p) for p in places], "crs": "EPSG:4490"}
        found = findings_of_rule("P5", "component", changes, make_context("component"))
        assert len(found) == count
