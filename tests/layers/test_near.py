"""Facilities around a place: true metres in any coordinates."""

import numpy as np
import pytest
import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsDistanceArea, QgsPointXY, QgsProject
from wangge.plugin.errors import WanggeError
from wangge.plugin.layers.near import Sought, circle_of, search_near
from wangge.plugin.rules.batch import make_batch
from wangge.plugin.standards.domains import DOMAINS


def crs(code):
    return QgsCoordinateReferenceSystem(code)


def make_toilets(n, seed=1):
    """Toilets within some 8 km of a place in Jiangxi, in degrees."""
    rng = np.random.default_rng(seed)
    lonlat = np.array([115.9, 28.7]) + rng.uniform(-0.08, 0.08, (n, 2))
    fields = {"facility_code": [str(k) for k in range(n)], "kind": ["公厕"] * n}
    return make_batch(fields, shapely.points(lonlat)), lonlat


def test_distances_are_those_of_the_ellipsoid(qgis_app):
    rows, lonlat = make_toilets(300)
    spot = QgsPointXY(115.9, 28.7)
    found = search_near(
        rows, crs("EPSG:4490"), Sought(spot, crs("EPSG:4490"), 5000.0, {"toilet"}), DOMAINS
    )
    measure = QgsDistanceArea()
    measure.setSourceCrs(crs("EPSG:4490"), QgsProject.instance().transformContext())
    measure.setEllipsoid("GRS80")
    true = np.array([measure.measureLine(spot, QgsPointXY(*xy)) for xy in lonlat])
    assert sorted(found.rows) == np.flatnonzero(true <= 5000).tolist()
    assert found.metres == pytest.approx(true[found.rows], abs=0.02)


def test_the_circle_goes_through_all_places_at_the_distance(qgis_app):
    spot, metric = QgsPointXY(500_000, 3_176_000), crs("EPSG:4548")
    circle = circle_of(Sought(spot, metric, 5000.0))
    measure = QgsDistanceArea()
    measure.setSourceCrs(metric, QgsProject.instance().transformContext())
    measure.setEllipsoid("GRS80")
    for corner in circle.asPolygon()[0]:
        assert measure.measureLine(spot, corner) == pytest.approx(5000, abs=0.5)


def test_a_place_in_other_coordinates_than_the_map_says_is_told_not_searched(qgis_app):
    rows, _ = make_toilets(3)
    nowhere = Sought(QgsPointXY(415_000, 3_276_000), crs("EPSG:4490"), 5000.0)
    with pytest.raises(WanggeError, match="cannot be converted"):
        search_near(rows, crs("EPSG:4490"), nowhere, DOMAINS)
