"""Forms in Chinese, and what QField and Mergin Maps can make of them."""

import pytest
from qgis.core import QgsExpression, QgsProject, QgsSettings

from .conftest import Census, make_communities, make_departments, make_grids

# Inputs that both apps know.
KNOWN_INPUTS = {
    "TextEdit", "ValueMap", "ValueRelation", "RelationReference", "DateTime",
    "ExternalResource", "Hidden", "",
}  # fmt: skip


@pytest.fixture
def chinese(qgis_app):
    """QGIS in Chinese."""
    settings = QgsSettings()
    names = {"locale/userLocale": "zh_CN", "locale/overrideFlag": True}
    before = {name: settings.value(name) for name in names}
    for name, value in names.items():
        settings.setValue(name, value)
    yield
    for name, value in before.items():
        if value is None:
            settings.remove(name)
        else:
            settings.setValue(name, value)


def test_a_project_made_in_chinese_speaks_chinese(chinese, create, tmp_path, qgis_new_project):
    results = create(
        tmp_path / "census",
        GRIDS=make_grids(),
        COMMUNITIES=make_communities(),
        DEPARTMENTS=make_departments(),
    )
    project = QgsProject.instance()
    assert project.read(results["PROJECT"])
    census = Census(project)
    layer = census["component"]
    fields = layer.fields()
    index = fields.indexOf("authority_code")
    assert layer.attributeAlias(index) == "主管部门代码"
    assert "18 位统一社会信用代码" in fields.field(index).constraints().constraintDescription()
    entry = next(f for f in census["component_class"].getFeatures() if f["class_code"] == "01001")
    assert entry["label"] == "01001 供水井盖"
    labels = [c.label() for c in layer.renderer().categories()]
    assert labels[0] == "01 市政公用设施"
    assert census["unit_grid"].name() == "单元网格"
    project.clear()


def test_every_input_is_one_that_field_apps_know(census):
    for name, layer in census.layers.items():
        for index in range(layer.fields().count()):
            kind = layer.editorWidgetSetup(index).type()
            assert kind in KNOWN_INPUTS, (name, layer.fields().at(index).name())


def test_no_form_runs_python(census):
    for layer in census.layers.values():
        config = layer.editFormConfig()
        assert not config.initFunction()
        assert not config.initCode()


def test_expressions_use_nothing_but_qgis_s_own_functions(census):
    builtin = {f.name() for f in QgsExpression.Functions() if "Wangge" not in f.groups()}
    checked = 0
    for layer in census.layers.values():
        for index, field in enumerate(layer.fields()):
            texts = [
                layer.defaultValueDefinition(index).expression(),
                field.constraints().constraintExpression(),
                layer.editorWidgetSetup(index).config().get("FilterExpression", ""),
            ]
            for text in filter(None, texts):
                expression = QgsExpression(text)
                assert not expression.hasParserError(), (field.name(), text)
                assert expression.referencedFunctions() <= builtin | {"var"}, field.name()
                checked += 1
    assert checked > 50


def test_a_filter_never_names_its_own_field(census):
    """QGIS would fill such a list for ever."""
    for layer in census.layers.values():
        for index, field in enumerate(layer.fields()):
            text = layer.editorWidgetSetup(index).config().get("FilterExpression") or ""
            assert f"current_value('{field.name()}')" not in text
