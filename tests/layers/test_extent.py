"""Rows of a part of the map: the fast way and the fallback give the same ones."""

import numpy as np
import pytest
from osgeo import ogr, osr
from qgis.core import QgsRectangle, QgsVectorLayer
from wangge.plugin.layers import arrow, features
from wangge.plugin.layers.columns import read_columns
from wangge.plugin.layers.source import LayerSource


@pytest.fixture
def layer(qgis_app, tmp_path):
    """A hundred points on a diagonal, and one row without a place."""
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4547)
    path = tmp_path / "points.gpkg"
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    made = dataset.CreateLayer("points", reference, ogr.wkbPoint)
    made.CreateField(ogr.FieldDefn("number", ogr.OFTInteger64))
    for i in range(101):
        feature = ogr.Feature(made.GetLayerDefn())
        feature["number"] = i
        if i < 100:
            feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POINT ({500_000 + i} {3_400_000 + i})"))
        made.CreateFeature(feature)
    dataset.Release()
    opened = QgsVectorLayer(str(path), "points", "ogr")
    assert opened.isValid()
    return opened


def test_only_rows_that_meet_the_extent_are_read(layer):
    source = LayerSource(layer, extent=QgsRectangle(500_010, 3_400_000, 500_020, 3_400_018))
    assert arrow.can_read(source, ["number"])
    assert read_columns(source).fields["number"].tolist() == list(range(10, 19))
    ways = [
        next(way.read_batches(source, ["number"], geometry=True, batch_rows=1000))
        for way in (arrow, features)
    ]
    assert np.array_equal(ways[0].fields["number"], ways[1].fields["number"])


def test_an_extent_keeps_the_layers_own_filter(layer):
    layer.setSubsetString("number > 15")
    source = LayerSource(layer, extent=QgsRectangle(500_010, 3_400_000, 500_020, 3_400_018))
    assert read_columns(source).fields["number"].tolist() == [16, 17, 18]
