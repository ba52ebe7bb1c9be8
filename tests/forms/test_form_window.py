"""Forms opened as QGIS opens them."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from qgis.core import NULL, QgsProject
from qgis.gui import (
    QgsAttributeEditorContext,
    QgsAttributeForm,
    QgsEditorWidgetWrapper,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QComboBox, QDialogButtonBox

from .conftest import make_departments, make_grids

SCRIPT = Path(__file__).with_name("open_form.py")


def wait_until(holds, seconds=20):
    """Let the window work until a condition holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to be"
        QCoreApplication.processEvents()
        time.sleep(0.01)


def close(form):
    """Take a form away before its layers go."""
    form.close()
    sip.delete(form)


def lookups(form):
    """Return the boxes that look departments up."""
    boxes = form.findChildren(QComboBox)
    return [b for b in boxes if b.metaObject().className() == "QgsFeatureListComboBox"]


def wrappers(form):
    return {w.field().name(): w for w in form.findChildren(QgsEditorWidgetWrapper)}


def choose(wrapper, value):
    box = wrapper.widget()
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(value))


def offered(wrapper):
    box = wrapper.widget()
    return [box.itemData(i) for i in range(box.count()) if box.itemData(i) not in (None, NULL, "")]


@pytest.fixture
def open_form(census):
    opened = []

    def _open(feature, *, layer="component", adding=True):
        target = census[layer]
        if not target.isEditable():
            target.startEditing()
        form = QgsAttributeForm(target, feature)
        opened.append(form)
        if adding:
            form.setMode(QgsAttributeEditorContext.Mode.AddFeatureMode)
        form.show()
        return form

    yield _open
    for form in opened:
        close(form)


def test_choosing_a_major_class_narrows_the_classes(census, open_form):
    form = open_form(census.new("POINT(150 50)"))
    fields = wrappers(form)
    everything = len(offered(fields["class_code"]))
    choose(fields["major_code"], "02")
    narrowed = offered(fields["class_code"])
    assert 0 < len(narrowed) < everything
    assert {code[:2] for code in narrowed} == {"02"}
    choose(fields["class_code"], narrowed[0])
    made = form.currentFormFeature()
    assert made["component_code"] == f"500101{narrowed[0]}000001"
    assert made["component_name"]


def test_subclasses_are_those_of_the_class(census, open_form):
    form = open_form(census.new("POINT(150 50)", class_code="01001"))
    fields = wrappers(form)
    assert offered(fields["subclass_code"]) == ["0100101"]
    choose(fields["class_code"], "01002")
    assert offered(fields["subclass_code"]) == []


def test_a_form_without_class_cannot_be_accepted(census, open_form):
    form = open_form(census.new("POINT(150 50)"))
    accept = form.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    assert not accept.isEnabled()
    choose(wrappers(form)["class_code"], "01001")
    assert accept.isEnabled()
    accept.click()
    assert census["component"].featureCount() == 1


def test_opening_a_form_changes_nothing(census, open_form):
    """Old data may have a major class that its class is not of: shown, kept."""
    census.add("POINT(150 50)", class_code="01001", major_code="02")
    census.commit()
    layer = census["component"]
    before = next(layer.getFeatures()).attributes()
    form = open_form(next(layer.getFeatures()), adding=False)
    assert form.save()
    assert next(layer.getFeatures()).attributes() == before


def test_a_department_that_the_register_lacks_is_kept(census, open_form):
    census.add("POINT(150 50)", class_code="01001", authority_code="99500101MB0000009X")
    census.commit()
    layer = census["component"]
    form = open_form(next(layer.getFeatures()), adding=False)
    end = time.monotonic() + 1.0
    while time.monotonic() < end:  # the lookup fetches in the background
        QCoreApplication.processEvents()
    assert form.save()
    assert next(layer.getFeatures())["authority_code"] == "99500101MB0000009X"


def test_mandatory_fields_have_a_sentence_that_names_them(census):
    layer = census["component"]
    field = layer.fields().field("authority_code")
    sentence = field.constraints().constraintDescription()
    assert field.alias() in sentence
    assert "18" in sentence


def test_what_is_entered_once_is_offered_again(census):
    config = census["component"].editFormConfig()
    index = census["component"].fields().indexOf
    for name in ("class_code", "authority_code", "surveyor"):
        assert config.reuseLastValue(index(name)), name
    for name in ("uuid", "component_code", "note", "photo"):
        assert not config.reuseLastValue(index(name)), name


def test_a_city_field_stands_in_the_form(census, open_form):
    form = open_form(census.new("POINT(150 50)", class_code="01001"))
    assert "material" in wrappers(form)


def test_78_000_departments_are_not_read_to_open_a_form(create, tmp_path, qgis_new_project):
    departments = make_departments({f"{i:018d}": f"第{i}管理处" for i in range(78_000)})
    results = create(tmp_path / "census", GRIDS=make_grids(), DEPARTMENTS=departments)
    project = QgsProject.instance()
    assert project.read(results["PROJECT"])
    layers = list(project.mapLayers().values())
    layer = next(one for one in layers if one.source().endswith("geometrytype=Point"))
    register = next(one for one in layers if one.source().endswith("layername=department"))
    assert register.featureCount() == 78_000
    layer.startEditing()
    from .conftest import Census

    feature = Census(project).new("POINT(1 1)", authority_code=f"{77_000:018d}")
    form = QgsAttributeForm(layer, feature)
    form.show()
    boxes = lookups(form)
    assert len(boxes) == 3
    wait_until(lambda: any("第77000管理处" in box.currentText() for box in boxes))
    # A hundred and a few: the page that was fetched, the present value, the empty one.
    assert all(box.model().rowCount() <= 110 for box in boxes)
    close(form)
    project.clear()


def test_departments_are_found_by_pinyin(census, open_form):
    form = open_form(census.new("POINT(1 1)", class_code="01001"))
    box = lookups(form)[0]
    box.lineEdit().setFocus()
    box.lineEdit().setText("yllh")
    box.lineEdit().textEdited.emit("yllh")
    wait_until(lambda: "园林绿化管理处" in box.itemText(box.count() - 1))


def test_the_project_opens_with_its_forms_where_wangge_is_not(made, tmp_path):
    """In a process that has never heard of the plugin, after the folder was moved."""
    import shutil

    folder = tmp_path / "elsewhere"
    shutil.copytree(made["FOLDER"], folder)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    environment |= {
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path / "profile"),
    }
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(folder / "census.qgz")],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["plugin"] is False
    assert told["invalid"] == []
    assert told["tabs"] >= 3
    assert told["grid_code"] == "500101001001002"
    assert told["component_code"] == "50010101001000001"
    assert told["lookups"] == 3
    assert told["saved"] is True
    assert told["stored"] == 1
