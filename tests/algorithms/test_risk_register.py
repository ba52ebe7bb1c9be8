"""The register as people meet it: form with live score, workshop taken over, history kept."""

from datetime import UTC, datetime

import pytest
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

RISKS = "Point?crs=EPSG:4547" + "".join(
    f"&field={name}:{kind}"
    for name, kind in {
        **dict.fromkeys(("risk_code", "risk_name", "scheme", "level", "status", "uuid"), "string"),
        **dict.fromkeys(("likelihood", "exposure", "consequence", "score"), "double"),
        "review_date": "date",
    }.items()
)


def make_risks(*rows):
    layer = QgsVectorLayer(RISKS, "风险", "memory")
    for values in rows:
        feature = QgsFeature(layer.fields())
        for name, value in values.items():
            feature[name] = value
        feature.setGeometry(QgsGeometry.fromWkt("POINT(500000 3270000)"))
        layer.dataProvider().addFeature(feature)
    return layer


@pytest.fixture
def project(qgis_app):
    project = QgsProject.instance()
    project.clear()
    yield project
    project.clear()


@pytest.fixture
def lec():
    from wangge.plugin.risk.schemes import load_scheme

    return load_scheme("lec")


def settled(code, **values):
    from wangge.plugin.risk.workshop.minutes import SettledRisk

    return SettledRisk(code, values, 0.0, "", "会议决定")


def test_a_workshop_is_taken_over_as_one_step_and_noted(project, lec, tmp_path):
    from wangge.plugin.layers.register import history_of, take_over_settled

    memory = make_risks(
        {"risk_code": "A", "risk_name": "桥", "level": "blue", "status": "open"},
        {"risk_code": "B", "risk_name": "坡", "level": "red", "status": "open"},
    )
    path = tmp_path / "risks.gpkg"
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.layerName = "risk"
    QgsVectorFileWriter.writeAsVectorFormatV3(
        memory, str(path), project.transformContext(), options
    )
    layer = QgsVectorLayer(f"{path}|layername=risk", "risk", "ogr")
    project.addMapLayer(layer)
    decision = settled("A", likelihood=6.0, exposure=6.0, consequence=15.0)
    count, history = take_over_settled(
        layer, [decision], lec, by="主任", at=datetime(2026, 3, 1, tzinfo=UTC)
    )
    assert count == 1
    rows = {f["risk_code"]: f for f in QgsVectorLayer(layer.source(), "", "ogr").getFeatures()}
    assert (rows["A"]["score"], rows["A"]["level"], rows["A"]["scheme"]) == (540, "red", "lec@1")
    assert rows["B"]["level"] == "red"
    stored = QgsVectorLayer(f"{path}|layername=risk_history", "", "ogr")
    [note] = stored.getFeatures()
    assert (note["old_level"], note["new_level"]) == ("blue", "red")
    assert (note["reason"], note["changed_by"]) == ("会议决定", "主任")
    assert project.mapLayer(history.id()) is not None

    again = settled("A", likelihood=1.0, exposure=1.0, consequence=1.0)
    _, same = take_over_settled(layer, [again], lec)
    assert same.id() == history.id()
    assert [f["new_level"] for f in stored.getFeatures()] == ["red", "blue"]
    assert history_of(layer).id() == history.id()


def test_under_edit_the_decision_waits_with_the_users_own_and_can_be_undone(project, lec):
    from wangge.plugin.layers.register import take_over_settled

    layer = make_risks({"risk_code": "A", "level": "blue", "status": "open"})
    project.addMapLayer(layer)
    layer.startEditing()
    decision = settled("A", likelihood=6.0, exposure=6.0, consequence=15.0)
    take_over_settled(layer, [decision], lec)
    assert next(layer.getFeatures())["level"] == "red"
    layer.undoStack().undo()
    assert next(layer.getFeatures())["level"] == "blue"
    assert layer.isEditable()


def test_a_risk_that_is_gone_is_named_and_nothing_is_written(project, lec):
    from wangge.plugin.errors import WanggeError
    from wangge.plugin.layers.register import take_over_settled

    layer = make_risks({"risk_code": "A", "level": "blue", "status": "open"})
    project.addMapLayer(layer)
    decisions = [
        settled(code, likelihood=6.0, exposure=6.0, consequence=15.0) for code in ("A", "Z")
    ]
    with pytest.raises(WanggeError, match="Z"):
        take_over_settled(layer, decisions, lec)
    assert next(layer.getFeatures())["level"] == "blue"
    assert not layer.isEditable()


@pytest.fixture
def form(project, lec):
    from qgis.gui import QgsAttributeForm
    from wangge.forms.risk import dress_risks

    layer = make_risks({"risk_code": "A", "risk_name": "桥", "level": "blue", "status": "open"})
    project.addMapLayer(layer)
    dress_risks(layer, lec)
    layer.startEditing()
    made = QgsAttributeForm(layer, next(layer.getFeatures()))
    yield layer, made
    layer.rollBack()
    made.deleteLater()


def text_of(form):
    from qgis.PyQt.QtWidgets import QLabel, QTextBrowser

    texts = [w.text() for w in form.findChildren(QLabel)]
    return " ".join(texts + [w.toHtml() for w in form.findChildren(QTextBrowser)])


def test_factors_are_picked_from_the_scheme_and_the_level_follows(form, lec):
    layer, window = form
    names = layer.fields().names()
    for factor in lec.factors:
        setup = layer.editorWidgetSetup(names.index(factor.field))
        assert setup.type() == "ValueMap"
        offered = [float(next(iter(entry.values()))) for entry in setup.config()["map"]]
        assert offered == [v.value for v in factor.values]
    for name, value in (("likelihood", 6), ("exposure", 6), ("consequence", 15)):
        window.changeAttribute(name, value)
    shown = text_of(window)
    assert "#ff0000" in shown  # red, before anything is saved
    assert "540" in shown
    assert window.save()
    [risk] = layer.getFeatures()
    assert (risk["score"], risk["level"], risk["scheme"]) == (540, "red", "lec@1")


def test_every_factor_of_the_scheme_gives_the_engines_score_in_the_form(project, lec):
    import numpy as np
    from wangge.forms.risk import dress_risks
    from wangge.plugin.risk.scoring import score

    layer = make_risks()
    project.addMapLayer(layer)
    dress_risks(layer, lec)
    names = layer.fields().names()
    expressions = {
        n: QgsExpression(layer.defaultValueDefinition(names.index(n)).expression())
        for n in ("score", "level")
    }
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    for a in lec.factors[0].values:
        for b in lec.factors[1].values:
            for c in lec.factors[2].values:
                feature = QgsFeature(layer.fields())
                given = dict(zip(lec.fields, (a.value, b.value, c.value), strict=True))
                for name, value in given.items():
                    feature[name] = value
                context.setFeature(feature)
                wanted = score(lec, {k: np.array([v]) for k, v in given.items()})
                assert expressions["level"].evaluate(context) == wanted.levels[0]
                assert expressions["score"].evaluate(context) == pytest.approx(wanted.scores[0])


def test_a_level_without_factors_stays_and_an_overdue_review_is_marked(project, lec):
    from qgis.gui import QgsAttributeForm
    from qgis.PyQt.QtCore import QDate
    from wangge.forms.risk import dress_risks

    late = QDate.currentDate().addDays(-12)
    layer = make_risks(
        {"risk_code": "A", "level": "orange", "status": "open", "review_date": late},
        {"risk_code": "B", "level": "orange", "status": "closed", "review_date": late},
    )
    project.addMapLayer(layer)
    dress_risks(layer, lec)
    layer.startEditing()
    first, second = layer.getFeatures()
    window = QgsAttributeForm(layer, first)
    assert "overdue by 12 days" in text_of(window)
    assert "#ffa500" in text_of(window)
    window.changeAttribute("risk_name", "桥")
    assert window.save()
    assert layer.getFeature(first.id())["level"] == "orange"
    assert "overdue" not in text_of(QgsAttributeForm(layer, second))
    layer.rollBack()


@pytest.fixture
def one_map(project, city):
    """The town's risks, one of which was yellow until last March, on one map."""
    from wangge.plugin.layers.one_map import RollUp, make_one_map
    from wangge.plugin.layers.register import append_to_history
    from wangge.plugin.risk.history import history_rows
    from wangge.plugin.rules.batch import make_batch

    risks = QgsVectorLayer(city("risk"), "risk", "ogr").materialize(QgsFeatureRequest())
    communities = QgsVectorLayer(city("community"), "community", "ogr")
    project.addMapLayers([risks, communities])
    code = next(f["risk_code"] for f in risks.getFeatures() if f["level"] == "red")
    was, now = (
        make_batch({"uuid": ["u"], "risk_code": [code], "level": [level]})
        for level in ("yellow", "red")
    )
    at = datetime(2026, 3, 1, tzinfo=UTC)
    append_to_history(risks, history_rows(was, now, reason="", at=at))
    rolls = [
        RollUp("community", communities),
        RollUp("street", communities, "street_code"),
        RollUp("district", communities, "district_code"),
    ]
    group = make_one_map(risks, rolls)
    return group, risks, rolls


def layers_of(group):
    return {node.layer().name(): node.layer() for node in group.findLayers()}


def test_one_map_rolls_up_every_level_to_the_same_total(one_map):
    group, risks, rolls = one_map
    layers = layers_of(group)
    open_ = [f for f in risks.getFeatures() if f["status"] != "closed"]
    totals = {one.title: sum(f["risks"] for f in layers[one.title].getFeatures()) for one in rolls}
    assert set(totals.values()) == {len(open_)}
    assert layers["district"].featureCount() == 1
    assert 1 < layers["street"].featureCount() <= layers["community"].featureCount()
    [district] = layers["district"].getFeatures()
    assert district["worst_level"] == "red"


def test_one_map_shows_one_view_at_first_and_is_replaced_by_the_next(one_map, project):
    from wangge.plugin.layers.one_map import make_one_map

    group, risks, rolls = one_map
    shown = [node.name() for node in group.findLayers() if node.isVisible()]
    assert shown == ["Risks in four colours", "community"]
    before = len(project.mapLayers())
    make_one_map(risks, rolls)
    assert len(project.mapLayers()) == before
    groups = [g for g in project.layerTreeRoot().findGroups() if g.name() == "Risk map"]
    assert len(groups) == 1
    make_one_map(risks, [])
    assert len(project.mapLayers()) == before - 3


def colours_drawn(layer, moment=None):
    from qgis.core import (
        QgsDateTimeRange,
        QgsMapRendererParallelJob,
        QgsMapSettings,
    )
    from qgis.PyQt.QtCore import QDateTime, QSize, Qt

    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(layer.extent().buffered(200))
    settings.setOutputSize(QSize(300, 300))
    if moment:
        when = QDateTime.fromString(moment, Qt.DateFormat.ISODate)
        settings.setIsTemporal(True)
        settings.setTemporalRange(QgsDateTimeRange(when, when.addSecs(60)))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    return {image.pixelColor(x, y).name() for x in range(300) for y in range(300)}


def test_levels_are_drawn_as_they_were_at_a_moment(one_map):
    group, _, _ = one_map
    layer = layers_of(group)["Levels over time"]
    whole = QgsProject.instance().timeSettings().temporalRange()
    assert whole.begin().date().toString("yyyy-MM-dd") == "2026-02-28"
    code = next(f["risk_code"] for f in layer.getFeatures() if f["start"])
    layer.setSubsetString("")
    others = [f.id() for f in layer.getFeatures() if f["risk_code"] != code]
    layer.dataProvider().deleteFeatures(others)
    assert layer.featureCount() == 2
    layer.setLabelsEnabled(False)
    before = colours_drawn(layer, "2026-02-01T00:00:00Z")
    after = colours_drawn(layer, "2026-04-01T00:00:00Z")
    assert ("#ffff00" in before, "#ff0000" in before) == (True, False)
    assert ("#ffff00" in after, "#ff0000" in after) == (False, True)


def test_the_four_colours_and_the_heat_are_drawn(one_map):
    group, risks, _ = one_map
    layers = layers_of(group)
    points = layers["Risks in four colours"]
    points.setLabelsEnabled(False)
    drawn = colours_drawn(points)
    wanted = {"red": "#ff0000", "orange": "#ffa500", "yellow": "#ffff00", "blue": "#0000ff"}
    assert {wanted[f["level"]] for f in risks.getFeatures()} <= drawn
    assert len(colours_drawn(layers["Risk density"])) > 20


def test_overdue_reviews_are_ringed_until_the_risk_is_closed(project):
    from qgis.PyQt.QtCore import QDate
    from wangge.plugin.layers.one_map import overdue

    late = QDate.currentDate().addDays(-3)
    for status, is_ringed in (("open", True), ("closed", False)):
        layer = make_risks({"risk_code": "A", "status": status, "review_date": late})
        view = overdue(layer)
        view.setLabelsEnabled(False)
        assert ("#c2185b" in colours_drawn(view)) is is_ringed


def test_a_status_is_changed_with_its_reason_and_noted(project):
    from wangge.plugin.errors import WanggeError
    from wangge.plugin.layers.register import change_status_of, history_of

    layer = make_risks(
        {"risk_code": "A", "risk_name": "桥", "status": "open", "uuid": "u"},
        {"risk_code": "B", "risk_name": "坡", "status": "closed"},
    )
    project.addMapLayer(layer)
    first, second = (f.id() for f in layer.getFeatures())
    assert change_status_of(layer, [first], "closed", reason="已整改", by="主任") == 1
    assert [f["status"] for f in layer.getFeatures()] == ["closed", "closed"]
    [note] = project.mapLayersByName("History of statuses")[0].getFeatures()
    assert (note["old_status"], note["new_status"], note["reason"], note["changed_by"]) == (
        *("open", "closed"),
        *("已整改", "主任"),
    )
    assert history_of(layer) is None  # levels have a history of their own
    with pytest.raises(WanggeError, match="B"):
        change_status_of(layer, [second], "treating", reason="x")
    assert [f["status"] for f in layer.getFeatures()] == ["closed", "closed"]
    assert change_status_of(layer, [first], "closed", reason="x") == 0


@pytest.fixture
def stored(project, tmp_path):
    """A risk list in a GeoPackage, in the project."""
    memory = make_risks(
        {"risk_code": "A", "risk_name": "桥", "level": "blue", "score": 20, "status": "open"},
        {"risk_code": "B", "risk_name": "坡", "level": "red", "score": 400, "status": "open"},
    )
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.layerName = "risk"
    path = tmp_path / "risks.gpkg"
    QgsVectorFileWriter.writeAsVectorFormatV3(
        memory, str(path), project.transformContext(), options
    )
    layer = QgsVectorLayer(f"{path}|layername=risk", "risk", "ogr")
    project.addMapLayer(layer)
    return layer


def notes_of(layer):
    from wangge.plugin.layers.register import history_of

    history = history_of(layer)
    return [
        (f["risk_code"], f["old_level"], f["new_level"], f["changed_by"])
        for f in (history.getFeatures() if history else ())
    ]


def test_levels_changed_by_hand_are_noted_once_they_are_saved(stored):
    from wangge.plugin.layers.register_watch import RegisterWatch

    errors = []
    watch = RegisterWatch(stored, lambda: "李工", errors.append)
    names = stored.fields().names()
    first, second = stored.getFeatures()
    stored.startEditing()
    stored.changeAttributeValue(first.id(), names.index("level"), "orange")
    stored.changeAttributeValue(second.id(), names.index("risk_name"), "大边坡")
    assert notes_of(stored) == []
    assert stored.commitChanges()
    assert notes_of(stored) == [("A", "blue", "orange", "李工")]
    stored.startEditing()
    stored.changeAttributeValue(first.id(), names.index("level"), "red")
    stored.rollBack()
    assert len(notes_of(stored)) == 1
    watch.stop()
    stored.startEditing()
    stored.changeAttributeValue(first.id(), names.index("level"), "red")
    assert stored.commitChanges()
    assert len(notes_of(stored)) == 1
    assert errors == []


def test_a_workshop_is_noted_once_under_a_watch(stored, lec):
    from wangge.plugin.layers.register import take_over_settled
    from wangge.plugin.layers.register_watch import RegisterWatch

    watch = RegisterWatch(stored, lambda: "", lambda error: None)
    decision = settled("A", likelihood=6.0, exposure=6.0, consequence=15.0)
    take_over_settled(stored, [decision], lec, by="主任")
    assert notes_of(stored) == [("A", "blue", "red", "主任")]
    watch.stop()


def test_a_passing_layer_in_the_memory_gets_no_history(project):
    from wangge.plugin.layers.register_watch import RegisterWatch

    layer = make_risks({"risk_code": "A", "level": "blue"})
    project.addMapLayer(layer)
    watch = RegisterWatch(layer, lambda: "", lambda error: None)
    layer.startEditing()
    index = layer.fields().names().index("level")
    layer.changeAttributeValue(next(layer.getFeatures()).id(), index, "red")
    assert layer.commitChanges()
    assert len(project.mapLayers()) == 1
    watch.stop()
