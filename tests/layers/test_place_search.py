"""Geocoded places answer QGIS's search field while somebody types."""

import pytest
from qgis.core import (
    QgsFeature,
    QgsFeedback,
    QgsField,
    QgsGeometry,
    QgsLocatorContext,
    QgsPointXY,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QMetaType


@pytest.fixture
def places(qgis_app):
    layer = QgsVectorLayer("Point?crs=EPSG:4490", "address", "memory")
    kinds = QMetaType.Type
    layer.dataProvider().addAttributes(
        [
            QgsField("address_code", kinds.QString),
            QgsField("address_name", kinds.QString),
            QgsField("kind", kinds.QString),
            QgsField("end_date", kinds.QDate),
        ]
    )
    layer.updateFields()
    add(layer, "A1", "中山路12号")
    add(layer, "A2", "中山路120号")
    QgsProject.instance().addMapLayer(layer)
    yield layer
    QgsProject.instance().removeMapLayer(layer)


def add(layer, code, name):
    feature = QgsFeature(layer.fields())
    feature.setAttributes([code, name, "门楼牌", None])
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(106.5, 29.5)))
    layer.dataProvider().addFeatures([feature])
    layer.updateExtents()


@pytest.fixture
def found(qgis_app):
    from wangge.plugin.gui.shell.locating import WANTED, FeatureFilter
    from wangge.plugin.gui.shell.places import PlaceIndexes

    indexes = PlaceIndexes()
    wanted = next(w for w in WANTED if w.kind == "address")

    def search(typed):
        one = FeatureFilter(wanted, None, None, indexes).clone()
        context = QgsLocatorContext()
        context.usingPrefix = True
        results = []
        one.resultFetched.connect(lambda r: results.append((r.displayString, r.score)))
        one.prepare(typed, context)
        one.fetchResults(typed, context, QgsFeedback())
        return [name for name, _ in sorted(results, key=lambda r: -r[1])]

    return search


@pytest.mark.parametrize("typed", ["中山路一十二号", "zsl12", "中山 12", "A1"])
def test_places_are_found_as_people_write_them(places, found, typed):
    assert found(typed)[0] == "中山路12号"


def test_a_changed_layer_is_searched_anew(places, found):
    assert found("人民公园") == []
    add(places, "A3", "人民公园")
    assert found("人民公园") == ["人民公园"]


def test_edits_that_are_not_saved_are_found(places, found):
    assert found("解放碑") == []
    places.startEditing()
    feature = next(places.getFeatures())
    places.changeAttributeValue(feature.id(), 1, "解放碑")
    assert found("解放碑") == ["解放碑"]
    places.rollBack()
    assert found("解放碑") == []
