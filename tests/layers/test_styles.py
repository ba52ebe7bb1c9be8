"""The legend of a style speaks the user's language."""

import re

import pytest
from qgis.core import QgsVectorLayer
from wangge.plugin.layers.styles import apply_style
from wangge.plugin.translation import speak

CHINESE = re.compile("[\u4e00-\u9fff]")
LATIN = re.compile("[A-Za-z]{3}")
STYLES = {
    "component": "Point",
    "finding": "Point",
    "risk": "Point",
    "risk_area": "Polygon",
    "street": "LineString",
}


@pytest.fixture(params=["", "zh"])
def language(request):
    speak(request.param)
    yield request.param
    speak("")


@pytest.mark.parametrize("name", STYLES)
def test_a_legend_is_in_one_language(qgis_app, language, name):
    layer = QgsVectorLayer(STYLES[name], name, "memory")
    assert apply_style(layer, name)
    labels = [category.label() for category in layer.renderer().categories()]
    assert len(labels) >= 3
    foreign = LATIN if language == "zh" else CHINESE
    assert [label for label in labels if foreign.search(label)] == []


def test_major_classes_keep_their_numbers(qgis_app):
    layer = QgsVectorLayer("Point", "component", "memory")
    apply_style(layer, "component")
    labels = [category.label() for category in layer.renderer().categories()]
    assert labels[0] == "01 municipal utilities"
