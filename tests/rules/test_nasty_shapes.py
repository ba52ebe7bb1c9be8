"""Geometries that break tools are found, and stop nothing."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import (
    GeometryCollection,
    LineString,
    MultiPolygon,
    Point,
    Polygon,
    box,
)
from wangge.plugin.rules.catalogue import rule
from wangge.plugin.rules.engine import run_rules
from wangge.plugin.rules.metres import in_metres, metres_per_unit
from wangge.plugin.rules.references import Areas
from wangge.plugin.rules.rule import Hits, Subject

BOW_TIE = Polygon([(1000, 2000), (1100, 2100), (1100, 2000), (1000, 2100)])
NASTY = {
    "bow tie": BOW_TIE,
    "nan": LineString([(1000, 2000), (np.nan, 2000)]),
    "nan point": shapely.from_wkb("0101000000000000000000f87f000000000000f87f"),
    "infinite": LineString([(1000, 2000), (np.inf, 2000)]),
    "infinite polygon": Polygon([(0, 0), (np.inf, 0), (1, 1)]),
    "empty polygon": Polygon(),
    "empty collection": GeometryCollection(),
    "flat polygon": Polygon([(1000, 2000), (1100, 2000), (1000, 2000)]),
    "collection": GeometryCollection([Point(1050, 2050), box(1000, 2000, 1100, 2100)]),
    "hole outside": Polygon([(1000, 2000), (1100, 2000), (1100, 2100)], [[(0, 0), (1, 0), (1, 1)]]),
    "overlapping parts": MultiPolygon([box(1000, 2000, 1100, 2100), box(1050, 2000, 1150, 2100)]),
    "line of one place": LineString([(1000, 2000), (1000, 2000)]),
    "three dimensions": Polygon([(1000, 2000, 1), (1100, 2000, np.nan), (1100, 2100, 3)]),
    "curve": shapely.from_wkt("LINEARRING (1000 2000, 1100 2000, 1100 2100, 1000 2000)"),
}


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("name", ["community", "unit_grid", "component", "address", "risk"])
def test_a_nasty_geometry_stops_no_check(check, name, nasty):
    result = check(name, **{"0:geometry": NASTY[nasty]})
    assert all(f.message for f in result)
    assert [n.reason for n in result.not_run if "stopped" in n.reason] == []
    if nasty == "bow tie":
        assert {"C2", "G1", "R11"} & {f.rule for f in result}


@pytest.mark.parametrize("nasty", NASTY)
def test_a_nasty_reference_stops_no_check(check, make_context, nasty):
    given = make_context("component")
    geometry = given.grids.geometry.copy()
    geometry[0] = NASTY[nasty]
    grids = Areas(geometry, codes=given.grids.codes)
    communities = Areas(geometry[:2], codes=given.communities.codes)
    for name in ("component", "risk", "address", "unit_grid"):
        context = make_context(
            name, grids=grids, communities=communities, buildings=grids, previous_grids=grids
        )
        result = check(name, context=context)
        assert result.row_count
        assert [n.reason for n in result.not_run if "stopped" in n.reason] == []


def test_degrees_are_measured_on_the_ellipsoid():
    # Published lengths of a degree at 30° on WGS 84: 96.486 km and 110.852 km.
    east, north = metres_per_unit(np.array([30.0]))[0]
    assert east == pytest.approx(96_486.3, abs=1)
    assert north == pytest.approx(110_852.4, abs=1)
    cell = np.array([box(106.5, 29.9995, 106.501, 30.0005)], dtype=object)
    (measured,) = shapely.area(in_metres(cell, True))
    assert measured == pytest.approx(96.4863 * 110.8524, rel=1e-5)


def test_a_grid_in_degrees_is_judged_in_metres(findings_of_rule, make_context):
    cells = [box(106.5 + i / 1000, 29.5, 106.501 + i / 1000, 29.501) for i in range(4)]
    given = {"geometry": cells, "crs": "EPSG:4490", "area_m2": [10_747.0] * 4}
    context = make_context("unit_grid")
    assert not findings_of_rule("G6", "unit_grid", given, context)
    assert not findings_of_rule("G14", "unit_grid", given | {"perimeter_m": None}, context)
    wide = given | {"0:geometry": box(106.5, 29.5, 106.502, 29.501)}
    assert len(findings_of_rule("G6", "unit_grid", wide, context)) == 1


def test_a_rule_that_cannot_compute_is_told_and_the_others_go_on(make_layer, make_context):
    def fails(rows, context, parameters):
        yield Hits(np.array([0]), "found before")
        raise shapely.errors.GEOSException("side location conflict")

    broken = replace(rule("C8"), id="C99", check=fails)
    layer = make_layer("component", **{"0:note": "a "})
    result = run_rules(
        Subject.COMPONENT, [layer], make_context("component"), rules=[broken, rule("C8")]
    )
    assert [f.rule for f in result] == ["C8"]
    (stopped,) = result.not_run
    assert stopped.rule.id == "C99"
    assert "side location conflict" in stopped.reason
