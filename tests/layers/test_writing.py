"""What is written comes back the same, through the GeoPackage shortcut and through a sink."""

import numpy as np
import pytest
import shapely
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsProject,
    QgsRectangle,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from wangge.plugin.errors import WanggeError
from wangge.plugin.layers.columns import read_columns
from wangge.plugin.layers.fields import fields_of_columns
from wangge.plugin.layers.source import LayerSource
from wangge.plugin.layers.writing import fill_geopackage, write_batches
from wangge.plugin.rules.batch import Batch, make_batch

CRS = QgsCoordinateReferenceSystem("EPSG:4547")


def make_rows(n=5):
    shapes = np.array([shapely.box(i, 0, i + 1, 1) for i in range(n)], dtype=object)
    shapes[2] = None
    batch = make_batch(
        {
            "name": ["井盖", None, "a'b\"c", "", "路灯"][:n],
            "count": np.array([1, 2, 3, 4, 5], np.int64)[:n],
            "ratio": [0.5, float("nan"), -1.25, 1e300, 0.0][:n],
            "day": np.array(["2026-07-01", "NaT", "1999-12-31", "2026-07-01", "NaT"], "M8[D]")[:n],
            "moment": np.array(["2026-07-01T08:09:10.123"] * 4 + ["NaT"], "M8[ms]")[:n],
        },
        shapes,
        crs="EPSG:4547",
    )
    return Batch(batch.fields, batch.geometry, batch.ids, batch.crs, {"count": np.arange(n) == 3})


def make_empty_geopackage(path, fields):
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.layerName = path.stem
    writer = QgsVectorFileWriter.create(
        str(path),
        fields,
        Qgis.WkbType.Polygon,
        CRS,
        QgsProject.instance().transformContext(),
        options,
    )
    del writer
    return path


def assert_round_trip(layer, batch):
    back = read_columns(LayerSource(layer))
    assert len(back) == len(batch)
    for name, values in batch.fields.items():
        np.testing.assert_array_equal(back.is_null(name), batch.is_null(name), err_msg=name)
        valid = ~batch.is_null(name)
        np.testing.assert_array_equal(back.fields[name][valid], values[valid], err_msg=name)
    assert shapely.to_wkt(back.geometry).tolist() == shapely.to_wkt(batch.geometry).tolist()


@pytest.mark.usefixtures("qgis_app")
class TestWriting:
    def test_geopackage_round_trip(self, tmp_path):
        batch = make_rows()
        path = make_empty_geopackage(tmp_path / "out.gpkg", fields_of_columns(batch.fields))
        assert fill_geopackage(path, "out", [batch, batch.take(np.arange(0))]) == 5
        layer = QgsVectorLayer(str(path), "out", "ogr")
        assert layer.featureCount() == 5
        assert layer.extent() == QgsRectangle(0, 0, 5, 1)
        assert_round_trip(layer, batch)

    def test_geopackage_spatial_index_answers(self, tmp_path):
        batch = make_rows()
        path = make_empty_geopackage(tmp_path / "idx.gpkg", fields_of_columns(batch.fields))
        fill_geopackage(path, "idx", [batch])
        layer = QgsVectorLayer(str(path), "idx", "ogr")
        request = QgsFeatureRequest(QgsRectangle(3.4, 0.4, 3.6, 0.6))
        assert [f["name"] for f in layer.getFeatures(request)] == [""]
        # QGIS itself keeps editing it afterwards: the triggers are back.
        layer.startEditing()
        layer.deleteFeature(4)
        assert layer.commitChanges()
        assert list(layer.getFeatures(request)) == []

    def test_rows_added_later_stand_behind_the_first(self, tmp_path):
        batch = make_rows()
        path = make_empty_geopackage(tmp_path / "more.gpkg", fields_of_columns(batch.fields))
        fill_geopackage(path, "more", [batch.take(np.arange(3))])
        assert fill_geopackage(path, "more", [batch.take(np.arange(3, 5))]) == 2
        layer = QgsVectorLayer(str(path), "more", "ogr")
        assert layer.extent() == QgsRectangle(0, 0, 5, 1)
        assert_round_trip(layer, batch)

    def test_failure_leaves_the_table_empty(self, tmp_path):
        batch = make_rows()
        path = make_empty_geopackage(tmp_path / "bad.gpkg", fields_of_columns(batch.fields))

        def broken():
            yield batch
            raise WanggeError("The source broke.")

        with pytest.raises(WanggeError, match="The source broke"):
            fill_geopackage(path, "bad", broken())
        assert QgsVectorLayer(str(path), "bad", "ogr").featureCount() == 0

    def test_sink_round_trip(self):
        batch = make_rows()
        layer = QgsVectorLayer("Polygon?crs=EPSG:4547", "m", "memory")
        fields = fields_of_columns(batch.fields)
        layer.dataProvider().addAttributes(list(fields))
        layer.updateFields()
        assert write_batches(layer.dataProvider(), layer.fields(), [batch]) == 5
        assert_round_trip(layer, batch)
