"""What `create_census_project` leaves in its folder."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from qgis.core import (
    Qgis,
    QgsExpressionContextUtils,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProject,
)

from .conftest import Log, make_communities, make_departments, make_grids, make_layer


def rows(results, sql):
    with closing(sqlite3.connect(results["GEOPACKAGE"])) as connection:
        return connection.execute(sql).fetchall()


def test_the_folder_holds_geopackage_project_and_photos(made):
    folder = Path(made["FOLDER"])
    assert {p.name for p in folder.iterdir()} == {"census.gpkg", "census.qgz", "photos"}
    assert made["CELL_COUNT"] == 4
    assert made["COMMUNITY_COUNT"] == 2
    assert made["DEPARTMENT_COUNT"] == 3
    assert made["COMPONENT_COUNT"] == 0
    assert made["CLASS_COUNT"] == rows(made, "SELECT count(*) FROM component_class")[0][0]


def test_class_tables_have_the_city_s_own_and_pinyin(made):
    assert rows(
        made, "SELECT class_code, name_zh, status FROM component_class WHERE initials LIKE 'zhdg%'"
    ) == [("01999", "智慧灯杆（自定义）", "city")]
    assert rows(made, "SELECT class_code, initials FROM component_subclass") == [
        ("01001", "qmztjg")
    ]
    assert rows(made, "SELECT count(*) FROM component_major") == [(5,)]


def test_every_layer_opens_and_every_relation_is_valid(census):
    assert all(layer.isValid() for layer in census.layers.values())
    assert {"component", "component_line", "component_polygon", "unit_grid", "community"} < set(
        census.layers
    )
    relations = census.project.relationManager().relations().values()
    assert len(relations) >= 9
    assert all(relation.isValid() for relation in relations)


def test_packages_carry_the_id_that_project_and_geopackage_have(census, tmp_path):
    from wangge.plugin.census.packages import read_manifest
    from wangge.plugin.census.project import read_state
    from wangge.processing.census.pack_field_packages import PackFieldPackages

    scope = QgsExpressionContextUtils.projectScope(census.project)
    own = scope.variable("wangge_project_id")
    census.add("POINT(10 50)", class_code="01001")
    census.commit()
    container = Path(census["component"].source().split("|")[0])
    assert read_state(container).project_id == own
    given = {
        "INPUT": census["component"],
        "GRIDS": census["unit_grid"],
        "FOLDER": str(tmp_path / "out"),
    }
    context = QgsProcessingContext()
    context.setProject(census.project)
    _, done = PackFieldPackages().create().run(given, context, Log(), {}, False)
    assert done
    (package,) = (tmp_path / "out").iterdir()
    assert read_manifest(package).project_id == own
    assert read_state(container).project_id == own


def test_geometry_kinds_share_one_table(census):
    kinds = {
        "component": Qgis.GeometryType.Point,
        "component_line": Qgis.GeometryType.Line,
        "component_polygon": Qgis.GeometryType.Polygon,
    }
    shapes = ("POINT(1 1)", "LINESTRING(1 1,2 2)", "POLYGON((1 1,2 1,2 2,1 1))")
    for (name, kind), wkt in zip(kinds.items(), shapes, strict=True):
        assert census[name].geometryType() == kind
        census.add(wkt, layer=name, class_code="01001")
        census.commit(name)
    assert [census[name].featureCount() for name in kinds] == [1, 1, 1]


def test_the_project_snaps_edits_topologically_and_has_themes(census):
    project = census.project
    assert project.topologicalEditing()
    assert project.snappingConfig().enabled()
    # An area of a component lies in a cell: QGIS must not cut it away there.
    assert project.avoidIntersectionsMode() == Qgis.AvoidIntersectionsMode.AllowIntersections
    themes = project.mapThemeCollection()
    assert len(themes.mapThemes()) == 3
    for theme in themes.mapThemes():
        assert themes.mapThemeVisibleLayers(theme)


def test_the_legend_shows_major_classes_with_colours_of_their_own(census):
    symbols = {}
    for name in ("component", "component_line", "component_polygon"):
        categories = census[name].renderer().categories()
        symbols[name] = [c.symbol().color().name() for c in categories]
        assert [c.value() for c in categories] == ["01", "02", "03", "04", "05", ""]
        assert len(set(symbols[name])) == 6
    assert symbols["component"] == symbols["component_line"]


def test_the_class_lists_are_not_for_the_field(census):
    assert census["component_class"].readOnly()
    assert not census["component"].readOnly()


def test_no_path_of_the_machine_stays_in_the_project(made):
    import zipfile

    with zipfile.ZipFile(made["PROJECT"]) as archive:
        text = archive.read("census.qgs").decode()
    assert str(Path(made["FOLDER"]).parent) not in text


def test_known_components_come_along(create, tmp_path):
    known = make_layer(
        "Point",
        ("ObjID", "class_code", "uuid", "旧备注"),
        [
            ("POINT(10 10)", ("50010101001000007", "01001", "a", "x")),
            ("POINT(20 10)", ("", "02001", "", "y")),
            ("POINT(30 10)", ("", "02001", "a", "z")),
        ],
        name="old",
    )
    results = create(tmp_path / "census", COMPONENTS=known, GRIDS=make_grids())
    assert results["COMPONENT_COUNT"] == 3
    found = rows(results, 'SELECT component_code, major_code, uuid, "旧备注" FROM component')
    assert found[0][0] == "50010101001000007"
    assert [row[1] for row in found] == ["01", "02", "02"]
    keys = [row[2] for row in found]
    assert keys[0] == "a"
    assert len(set(keys)) == 3
    assert all(keys)
    assert [row[3] for row in found] == ["x", "y", "z"]
    project = QgsProject()
    assert project.read(results["PROJECT"])


def test_one_layer_of_a_census_project_stands_for_its_table(create, census, tmp_path):
    shapes = {
        "component": "POINT(1 1)",
        "component_line": "LINESTRING(1 1,2 2)",
        "component_polygon": "POLYGON((1 1,2 1,2 2,1 1))",
    }
    for name, wkt in shapes.items():
        census.add(wkt, layer=name, class_code="01001")
        census.commit(name)
    results = create(tmp_path / "next", COMPONENTS=census["component"].source())
    assert results["COMPONENT_COUNT"] == 3
    project = QgsProject()
    assert project.read(results["PROJECT"])
    counts = {
        layer.source().rsplit("=")[-1]: layer.featureCount()
        for layer in project.mapLayers().values()
        if "geometrytype=" in layer.source()
    }
    assert counts == {"Point": 1, "LineString": 1, "Polygon": 1}


def test_runs_with_nothing_but_a_folder(create, tmp_path):
    results = create(tmp_path / "census")
    assert results["CLASS_COUNT"] > 100
    assert any("EPSG:4490" in w for w in create.log.warnings)
    project = QgsProject()
    assert project.read(results["PROJECT"])
    assert all(layer.isValid() for layer in project.mapLayers().values())


@pytest.mark.parametrize(("standard", "digits"), [("cjt214_2007", 16), ("gbt47678_5_2026", 17)])
def test_codes_follow_the_edition(create, tmp_path, qgis_new_project, standard, digits):
    from .conftest import Census

    results = create(tmp_path / "census", GRIDS=make_grids(), STANDARD=standard)
    project = QgsProject.instance()
    assert project.read(results["PROJECT"])
    census = Census(project)
    first = next(census["component_class"].getFeatures())["class_code"]
    feature = census.new("POINT(1 1)", class_code=first)
    assert len(feature["component_code"]) == digits
    assert feature["component_name"]
    project.clear()


def test_communities_of_several_parts_are_kept_whole(create, tmp_path):
    two = make_layer(
        "MultiPolygon",
        ("community_code", "community_name"),
        [("MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))", ("500101001001", "两片社区"))],
    )
    results = create(tmp_path / "census", COMMUNITIES=two)
    project = QgsProject()
    assert project.read(results["PROJECT"])
    layer = next(one for one in project.mapLayers().values() if one.source().endswith("=community"))
    assert next(layer.getFeatures()).geometry().constGet().numGeometries() == 2


def test_a_folder_with_content_is_refused_and_left_alone(create, tmp_path):
    folder = tmp_path / "census"
    folder.mkdir()
    (folder / "mine.txt").write_text("keep")
    with pytest.raises(QgsProcessingException, match=r"mine\.txt"):
        create(folder, GRIDS=make_grids())
    assert [p.name for p in folder.iterdir()] == ["mine.txt"]
    assert [p.name for p in tmp_path.iterdir()] == ["census"]


def test_a_finished_project_is_never_replaced(create, tmp_path):
    results = create(tmp_path / "census", GRIDS=make_grids())
    before = Path(results["GEOPACKAGE"]).read_bytes()
    with pytest.raises(QgsProcessingException):
        create(tmp_path / "census")
    assert Path(results["GEOPACKAGE"]).read_bytes() == before


def test_a_failure_leaves_no_folder(create, tmp_path):
    wrong = make_layer("Polygon", ("name",), [("POLYGON((0 0,1 0,1 1,0 0))", ("x",))], name="odd")
    with pytest.raises(QgsProcessingException, match="grid_code"):
        create(tmp_path / "census", GRIDS=wrong)
    with pytest.raises(QgsProcessingException, match="department_code"):
        create(tmp_path / "census", DEPARTMENTS=make_communities())
    assert list(tmp_path.iterdir()) == []


def test_a_cancelled_run_leaves_no_folder(tmp_path, qgis_app):
    from wangge.processing.census.create_census_project import CreateCensusProject

    log = Log()
    log.cancel()
    with pytest.raises(QgsProcessingException):
        CreateCensusProject().create().run(
            {"FOLDER": str(tmp_path / "census"), "DEPARTMENTS": make_departments()},
            QgsProcessingContext(),
            log,
            {},
            False,
        )
    assert list(tmp_path.iterdir()) == []
