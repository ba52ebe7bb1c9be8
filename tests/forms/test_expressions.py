"""The functions that Wangge adds to QGIS's expressions."""

import pytest
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsProject,
)

from .conftest import CELLS, make_grids, make_layer


@pytest.fixture
def evaluate(qgis_app, qgis_new_project):
    from wangge.plugin.layers.expressions import Functions

    functions = Functions()
    functions.register()

    def _evaluate(text, layer=None):
        scopes = QgsExpressionContextUtils.globalProjectLayerScopes(layer)
        expression = QgsExpression(text)
        assert not expression.hasParserError(), expression.parserErrorString()
        value = expression.evaluate(QgsExpressionContext(scopes))
        _evaluate.error = expression.evalErrorString()
        return value

    yield _evaluate
    functions.remove()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("component_class_name('01001')", "water supply manhole cover"),
        ("component_class_name('0101')", "water supply manhole cover"),
        ("component_class_name('0101', '2007')", "water supply manhole cover"),
        ("component_class_name('99999')", None),
        ("component_class_name(NULL)", None),
    ],
)
def test_class_names(evaluate, text, name):
    assert evaluate(text) == name


def test_an_unknown_standard_is_told(evaluate):
    assert evaluate("component_class_name('01001', 'atlantis')") is None
    assert "atlantis" in evaluate.error


def test_the_grid_of_a_point(evaluate):
    QgsProject.instance().addMapLayer(make_grids())
    assert evaluate("grid_of(make_point(150, 50))") == CELLS[1]
    assert evaluate("grid_of(make_point(100, 50))") == CELLS[0]
    assert evaluate("grid_of(make_point(900, 50))") is None
    assert evaluate("grid_of(geom_from_wkt('LINESTRING(80 50,190 50)'))") == CELLS[1]


def test_retired_cells_are_no_cells(evaluate):
    square = "POLYGON((0 0,100 0,100 100,0 100,0 0))"
    rows = [(square, ("500101001001001", "2020-01-01")), (square, ("500101001001002", None))]
    QgsProject.instance().addMapLayer(make_layer("Polygon", ("grid_code", "end_date"), rows))
    assert evaluate("grid_of(make_point(50, 50))") == "500101001001002"


def test_a_project_without_cells_is_told(evaluate):
    assert evaluate("grid_of(make_point(1, 1))") is None
    assert "grid_code" in evaluate.error


def test_the_functions_go_when_the_plugin_goes(qgis_app):
    from wangge.plugin.layers.expressions import Functions

    functions = Functions()
    functions.register()
    assert QgsExpression.isFunctionName("grid_of")
    functions.remove()
    assert not QgsExpression.isFunctionName("grid_of")
