"""Both ways to read columns give the same rows, whatever the layer holds."""

import numpy as np
import pytest
import shapely
from osgeo import gdal, ogr, osr
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)
from wangge.plugin.errors import Cancelled
from wangge.plugin.layers import arrow, features
from wangge.plugin.layers.columns import read_batches, read_columns
from wangge.plugin.layers.source import LayerSource

FIELDS = [
    ("name", ogr.OFTString),
    ("small", ogr.OFTInteger),
    ("big", ogr.OFTInteger64),
    ("ratio", ogr.OFTReal),
    ("day", ogr.OFTDate),
    ("moment", ogr.OFTDateTime),
]


def make_file(path, driver="GPKG", *, rows=7, geometry="POINT ({x} {y})", kind=ogr.wkbPoint):
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4547)
    dataset = ogr.GetDriverByName(driver).CreateDataSource(str(path))
    layer = dataset.CreateLayer(path.stem, reference, kind)
    for name, type_ in FIELDS:
        layer.CreateField(ogr.FieldDefn(name, type_))
    for i in range(rows):
        feature = ogr.Feature(layer.GetLayerDefn())
        if i % 3 != 1:  # every third row is all null
            feature["name"] = ["雨水井盖", 'O\'Hara; "x"', "ｆｕｌｌ", ""][i % 4]
            feature["small"] = i - 3
            feature["big"] = 2**60 + i
            feature["ratio"] = i / 7
            feature["day"] = f"20{10 + i % 80}/02/28"
            feature["moment"] = "2026/01/02 03:04:05.678"
            x, y = 500_000 + i, 3_400_000 - i
            feature.SetGeometry(ogr.CreateGeometryFromWkt(geometry.format(x=x, y=y)))
        layer.CreateFeature(feature)
    dataset.Release()
    return path


def open_layer(path, subset=""):
    layer = QgsVectorLayer(str(path), "layer", "ogr")
    assert layer.isValid()
    if subset:
        assert layer.setSubsetString(subset)
    return layer


def assert_same(first, second):
    assert list(first.fields) == list(second.fields)
    np.testing.assert_array_equal(first.ids, second.ids)
    assert first.crs == second.crs
    for name in first.fields:
        np.testing.assert_array_equal(first.is_null(name), second.is_null(name), err_msg=name)
        assert first.fields[name].dtype == second.fields[name].dtype, name
        valid = ~first.is_null(name)
        np.testing.assert_array_equal(
            first.fields[name][valid], second.fields[name][valid], err_msg=name
        )
    if first.geometry is None:
        assert second.geometry is None
    else:
        assert shapely.to_wkt(first.geometry).tolist() == shapely.to_wkt(second.geometry).tolist()


def both_ways(source, names=None, *, geometry=True):
    names = names or [f.name() for f in source.fields]
    assert arrow.can_read(source, names)
    out = []
    for reader in (arrow, features):
        batches = list(reader.read_batches(source, names, geometry=geometry, batch_rows=3))
        assert all(len(b) <= 3 for b in batches)
        out.append(batches)
    from wangge.plugin.rules.batch import concatenate

    fast, slow = (concatenate(b) for b in out)
    assert_same(fast, slow)
    return fast


@pytest.mark.usefixtures("qgis_app")
class TestBothWays:
    def test_geopackage(self, tmp_path):
        batch = both_ways(LayerSource(open_layer(make_file(tmp_path / "a.gpkg"))))
        assert len(batch) == 7
        assert batch.fields["name"][0] == "雨水井盖"
        assert batch.fields["name"][1] is None
        assert batch.fields["big"][0] == 2**60
        assert batch.nulls["small"].tolist() == [False, True, False, False, True, False, False]
        assert str(batch.fields["day"][0]) == "2010-02-28"

    @pytest.mark.parametrize(
        ("geometry", "kind"),
        [
            ("LINESTRING ({x} {y}, 0 0)", ogr.wkbLineString),
            ("POLYGON (({x} {y}, 0 0, 0 1, {x} {y}))", ogr.wkbPolygon),
            ("MULTIPOLYGON ((({x} {y}, 0 0, 0 1, {x} {y})))", ogr.wkbMultiPolygon),
            ("POINT Z ({x} {y} 5)", ogr.wkbPoint25D),
            ("POLYGON EMPTY", ogr.wkbPolygon),
        ],
    )
    def test_geometry_kinds(self, tmp_path, geometry, kind):
        path = make_file(tmp_path / "g.gpkg", geometry=geometry, kind=kind)
        both_ways(LayerSource(open_layer(path)))

    @pytest.mark.parametrize("driver", ["ESRI Shapefile", "GeoJSON", "FlatGeobuf"])
    def test_other_formats(self, tmp_path, driver):
        suffix = {"ESRI Shapefile": "shp", "GeoJSON": "geojson", "FlatGeobuf": "fgb"}[driver]
        if driver == "ESRI Shapefile":
            gdal.SetConfigOption("SHAPE_ENCODING", None)
        layer = open_layer(make_file(tmp_path / f"o.{suffix}", driver))
        source = LayerSource(layer)
        read_columns(source)
        if arrow.can_read(source, [f.name() for f in source.fields]):
            both_ways(source)
        else:
            assert driver == "ESRI Shapefile"  # its encoding is QGIS's to decide

    def test_subset_string(self, tmp_path):
        layer = open_layer(make_file(tmp_path / "s.gpkg"), '"small" >= 0')
        batch = both_ways(LayerSource(layer))
        assert (batch.fields["small"] >= 0).all()
        assert len(batch) == layer.featureCount()

    def test_subset_on_chinese_text(self, tmp_path):
        layer = open_layer(make_file(tmp_path / "c.gpkg"), "\"name\" = '雨水井盖'")
        assert set(both_ways(LayerSource(layer)).fields["name"]) == {"雨水井盖"}

    def test_selection(self, tmp_path):
        layer = open_layer(make_file(tmp_path / "sel.gpkg"))
        layer.selectByIds([2, 5, 7])
        batch = both_ways(LayerSource(layer, selected_only=True))
        assert batch.ids.tolist() == [2, 5, 7]

    def test_reprojection(self, tmp_path):
        layer = open_layer(make_file(tmp_path / "r.gpkg"))
        wgs = QgsCoordinateReferenceSystem("EPSG:4490")
        batch = both_ways(LayerSource(layer, crs=wgs))
        assert batch.crs == "EPSG:4490"
        x, y = shapely.get_coordinates(batch.geometry[:1])[0]
        assert 113.9 < x < 114.1
        assert 30 < y < 31

    def test_fewer_fields_and_no_geometry(self, tmp_path):
        layer = open_layer(make_file(tmp_path / "f.gpkg"))
        batch = both_ways(LayerSource(layer), ["ratio", "name"], geometry=False)
        assert set(batch.fields) == {"ratio", "name"}
        assert batch.geometry is None


@pytest.mark.usefixtures("qgis_app")
class TestFallback:
    def test_unsaved_edits_are_read(self, tmp_path):
        layer = open_layer(make_file(tmp_path / "e.gpkg"))
        layer.startEditing()
        layer.changeAttributeValue(1, layer.fields().lookupField("name"), "改过")
        layer.deleteFeature(7)
        source = LayerSource(layer)
        assert not arrow.can_read(source, ["name"])
        batch = read_columns(source)
        assert batch.fields["name"][batch.ids == 1].tolist() == ["改过"]
        assert 7 not in batch.ids
        layer.rollBack()

    def test_rows_without_a_key_as_yet_are_read(self, tmp_path):
        layer = open_layer(make_file(tmp_path / "k.gpkg"))
        layer.startEditing()
        assert layer.addFeature(QgsVectorLayerUtils.createFeature(layer))
        batch = read_columns(LayerSource(layer))
        assert len(batch) == 8
        assert batch.nulls["fid"].sum() == 1
        layer.rollBack()

    def test_memory_layer(self):
        layer = QgsVectorLayer(
            "Point?crs=EPSG:4547&field=name:string&field=n:integer&field=d:date", "m", "memory"
        )
        feature = QgsFeature(layer.fields())
        feature.setAttributes(["灯", None, None])
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(1, 2)))
        layer.dataProvider().addFeatures([feature, QgsFeature(layer.fields())])
        batch = read_columns(LayerSource(layer))
        assert batch.fields["name"].tolist() == ["灯", None]
        assert batch.is_null("n").all()
        assert batch.is_null("d").all()
        assert batch.geometry[0].wkt == "POINT (1 2)"
        assert batch.geometry[1] is None

    def test_expression_filter(self, tmp_path):
        layer = open_layer(make_file(tmp_path / "x.gpkg"))
        batch = read_columns(LayerSource(layer, expression='"small" > 0'))
        assert (batch.fields["small"] > 0).all()

    def test_virtual_field(self, tmp_path):
        from qgis.core import QgsField
        from qgis.PyQt.QtCore import QMetaType

        layer = open_layer(make_file(tmp_path / "v.gpkg"))
        layer.addExpressionField('"small" * 2', QgsField("twice", QMetaType.Type.Int))
        batch = read_columns(LayerSource(layer))
        assert batch.fields["twice"][0] == batch.fields["small"][0] * 2

    def test_curves_become_straight(self, tmp_path):
        path = make_file(
            tmp_path / "curve.gpkg",
            geometry="CURVEPOLYGON (CIRCULARSTRING ({x} {y}, 500010 3400010, {x} {y}))",
            kind=ogr.wkbCurvePolygon,
        )
        batch = read_columns(LayerSource(open_layer(path)))
        assert batch.geometry[0].geom_type == "Polygon"
        assert batch.geometry[0].area > 0

    def test_empty_layer_has_its_columns(self, tmp_path):
        layer = open_layer(make_file(tmp_path / "none.gpkg", rows=0))
        batch = read_columns(LayerSource(layer))
        assert len(batch) == 0
        assert batch.fields["name"].dtype == object
        assert batch.fields["day"].dtype == np.dtype("datetime64[D]")
        assert len(batch.geometry) == 0


@pytest.mark.usefixtures("qgis_app")
def test_cancel_stops_reading(tmp_path):
    class Impatient:
        def report(self, fraction):
            self.seen = fraction

        def tell(self, message):
            raise AssertionError(message)

        warn = tell

        def is_cancelled(self):
            return hasattr(self, "seen")

    source = LayerSource(open_layer(make_file(tmp_path / "p.gpkg")))
    reader = read_batches(source, batch_rows=2, progress=Impatient())
    assert len(next(reader)) == 2
    with pytest.raises(Cancelled):
        next(reader)
