"""Exchange packages through the toolbox: from layers and from the platform, and back."""

import json

import pytest
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)

LAYERS = {
    "COMPONENTS": "component",
    "GRIDS": "unit_grid",
    "DEPARTMENTS": "department",
    "COMMUNITIES": "community",
    "CASES": "case",
}


def opened(output, name):
    layer = QgsVectorLayer(f"{output}|layername={name}", name, "ogr")
    assert layer.isValid(), name
    return layer


def values(layer, *names):
    return sorted(tuple(f[n] for n in names) for f in layer.getFeatures())


@pytest.mark.parametrize(
    ("format_", "profile"),
    [("json", "jiangxi"), ("xml", "generic"), ("csv", "jiangxi"), ("gpkg", "xinxiang")],
)
def test_a_town_goes_out_and_comes_back(run, city, tmp_path, format_, profile):
    folder, output = tmp_path / "package", tmp_path / "back.gpkg"
    inputs = {name: city(layer) for name, layer in LAYERS.items()}
    inputs |= {"FORMAT": format_, "PROFILE": profile}
    sent = run("export_exchange_package", **inputs, FOLDER=str(folder))
    got = run("import_exchange_package", FOLDER=str(folder), OUTPUT=str(output))
    assert (sent["CATEGORY_COUNT"], got["CATEGORY_COUNT"]) == (13, 13)
    assert sent["ROW_COUNT"] == got["ROW_COUNT"]
    for name in ("component", "unit_grid"):
        before, after = QgsVectorLayer(city(name), name, "ogr"), opened(output, name)
        assert after.crs() == before.crs()
        fields = [f for f in before.fields().names() if f != "fid"]
        assert values(after, *fields) == values(before, *fields)
        key = "component_code" if name == "component" else "grid_code"
        shapes = {f[key]: f.geometry().asWkb().data() for f in before.getFeatures()}
        assert {f[key]: f.geometry().asWkb().data() for f in after.getFeatures()} == shapes
    cases = QgsVectorLayer(city("case"), "case", "ogr").featureCount()
    (total,) = opened(output, "case_total_statistics").getFeatures()
    assert total["reported_count"] == cases
    by_source = opened(output, "case_source_statistics")
    assert sum(f["reported_count"] for f in by_source.getFeatures()) == cases


def test_the_platform_goes_out_with_only_what_must_be_given(run, city, tmp_path, platform):
    run("install_platform", CONNECTION=platform, SRID=4545)
    for kind in ("department", "community", "unit_grid", "component"):
        run("push_to_platform", CONNECTION=platform, KIND=kind, INPUT=city(kind))
    folder = tmp_path / "package"
    first = run("export_exchange_package", CONNECTION=platform, FOLDER=str(folder))
    assert first["CATEGORY_COUNT"] == 13
    with_cases = run(
        "export_exchange_package", CONNECTION=platform, CASES=city("case"), FOLDER=str(folder)
    )
    assert with_cases["ROW_COUNT"] > first["ROW_COUNT"]
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    rows = {c["category"]: c["rows"] for c in manifest["categories"]}
    assert rows["component"] == QgsVectorLayer(city("component"), "c", "ogr").featureCount()
    changes = run(
        "export_exchange_package",
        CONNECTION=platform,
        CASES=city("case"),
        PREVIOUS=str(folder),
        FOLDER=str(tmp_path / "changes"),
    )
    assert (changes["ROW_COUNT"], changes["REMOVED_COUNT"]) == (0, 0)
    got = run(
        "import_exchange_package",
        FOLDER=str(tmp_path / "changes"),
        PREVIOUS=str(folder),
        OUTPUT=str(tmp_path / "back.gpkg"),
    )
    assert got["ROW_COUNT"] == with_cases["ROW_COUNT"]
    for kind in ("unit_grid", "component"):
        source = f"{tmp_path / 'back.gpkg'}|layername={kind}"
        again = run("push_to_platform", CONNECTION=platform, KIND=kind, INPUT=source)
        assert (again["UNCHANGED"], again["UPDATED"], again["INSERTED"]) == (rows[kind], 0, 0)


def test_a_timer_sends_what_changed_since_its_last_package(run, city, tmp_path):
    inputs = {"GRIDS": city("unit_grid"), "PREVIOUS": str(tmp_path)}
    first = run("export_exchange_package", **inputs, FOLDER=str(tmp_path / "monday"))
    assert first["ROW_COUNT"] > 0
    for _ in range(2):
        done = run("export_exchange_package", **inputs, FOLDER=str(tmp_path / "tuesday"))
        assert done["ROW_COUNT"] == 0
    got = run(
        "import_exchange_package",
        FOLDER=str(tmp_path / "tuesday"),
        PREVIOUS=str(tmp_path),
        OUTPUT=str(tmp_path / "back.gpkg"),
    )
    assert got["ROW_COUNT"] == first["ROW_COUNT"]


def test_the_desktop_opens_what_has_rows(provider, run, city, tmp_path):
    folder, output = tmp_path / "package", tmp_path / "back.gpkg"
    run("export_exchange_package", GRIDS=city("unit_grid"), FOLDER=str(folder))
    context, project = QgsProcessingContext(), QgsProject()
    context.setProject(project)
    _, ok = provider.algorithm("import_exchange_package").run(
        {"FOLDER": str(folder), "OUTPUT": str(output)}, context, QgsProcessingFeedback(), {}, False
    )
    assert ok
    shown = context.layersToLoadOnCompletion()
    assert {d.name for d in shown.values()} == {
        "网格", "案件来源", "案件类别", "案件状态", "区域总数统计"
    }  # fmt: skip
    assert {d.groupName for d in shown.values()} == {"back"}


def test_categories_are_chosen(run, city, tmp_path):
    done = run(
        "export_exchange_package",
        GRIDS=city("unit_grid"),
        CATEGORIES=["unit_grid", "case_state"],
        PROFILE="jiangxi",
        FOLDER=str(tmp_path / "p"),
    )
    assert done["CATEGORY_COUNT"] == 2
    assert "DYWGBSM" in (tmp_path / "p" / "unit_grid.json").read_text("utf-8")


def test_codes_that_stand_twice_do_not_leave(run, dirty_city, tmp_path):
    with pytest.raises(QgsProcessingException, match="component"):
        run(
            "export_exchange_package",
            COMPONENTS=dirty_city("component"),
            FOLDER=str(tmp_path / "p"),
        )
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_export_is_said(run, tmp_path):
    with pytest.raises(QgsProcessingException, match="nothing to export"):
        run("export_exchange_package", FOLDER=str(tmp_path / "p"))


def test_a_folder_that_is_no_package_is_refused(run, tmp_path):
    output = tmp_path / "o.gpkg"
    with pytest.raises(QgsProcessingException, match="no exchange package"):
        run("import_exchange_package", FOLDER=str(tmp_path), OUTPUT=str(output))
    assert not output.exists()
