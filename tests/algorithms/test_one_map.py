"""The one map made, exported and searched as QGIS runs it, on the sample city."""

import shutil
import subprocess

import pytest
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsGeometry,
    QgsLayoutItemAttributeTable,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QImage

LAYERS = {
    "COMMUNITIES": "community",
    "GRIDS": "unit_grid",
    "COMPONENTS": "component",
    "CASES": "case",
    "RISKS": "risk",
    "FACILITIES": "facility",
    "MONITORS": "monitor",
    "CAMERAS": "camera",
}
THEMES = ["Supervision", "Network operation", "Municipal facilities", "Risks"]


def read(path):
    project = QgsProject()
    assert project.read(str(path))
    return project


def layers_of(project):
    return {layer.name(): layer for layer in project.mapLayers().values()}


def rows(source, table):
    layer = QgsVectorLayer(f"{source}|layername={table}", table, "ogr")
    assert layer.isValid()
    return list(layer.getFeatures())


@pytest.fixture(scope="module")
def made(provider, city, tmp_path_factory):
    """The whole map, and a copy of its folder to be moved about."""
    folder = tmp_path_factory.mktemp("one_map") / "map"
    given = {name: city(table) for name, table in LAYERS.items()}
    given |= {"BACKGROUND": [city("street")], "FOLDER": str(folder)}
    context = QgsProcessingContext()
    results, ok = provider.algorithm("create_one_map").run(
        given, context, QgsProcessingFeedback(), {}, False
    )
    assert ok
    return folder, results


def test_four_themes_layers_with_readable_names_and_two_layouts(made):
    _, results = made
    assert results["THEME_COUNT"] == 4
    project = read(results["PROJECT"])
    themes = project.mapThemeCollection()
    assert sorted(themes.mapThemes()) == sorted(THEMES)
    shown = {t: [layer.name() for layer in themes.mapThemeVisibleLayers(t)] for t in THEMES}
    assert "Video positions" in shown["Supervision"]
    assert "Share of cases closed" in shown["Network operation"]
    assert {"Municipal facilities", "Share served by public toilets"} <= set(
        shown["Municipal facilities"]
    )
    assert {"Worst risk by unit grid", "Monitors"} <= set(shown["Risks"])
    layers = layers_of(project)
    assert all(layer.isValid() for layer in layers.values())
    facility = layers["Municipal facilities"]
    index = facility.fields().lookupField("kind")
    assert facility.attributeAlias(index) == "kind"
    names = [c.label() for c in facility.renderer().categories()]
    assert names == ["waste treatment plant", "landfill", "transfer station", "public toilet"]
    assert len(project.layoutManager().printLayouts()) == 2
    for layout in project.layoutManager().printLayouts():
        assert layout.pageCollection().pageCount() == 4
        kinds = [type(i) for i in layout.items()]
        assert kinds.count(QgsLayoutItemMap) == kinds.count(QgsLayoutItemLegend) == 4
        tables = [t for t in layout.multiFrames() if isinstance(t, QgsLayoutItemAttributeTable)]
        assert len(tables) == 4
        for table in tables:
            assert len(table.contents()) > 1


def test_a_map_tip_speaks_of_the_facility_in_words(made):
    _, results = made
    project = read(results["PROJECT"])
    layer = layers_of(project)["Municipal facilities"]
    feature = next(f for f in layer.getFeatures() if f["kind"] == "toilet")
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(feature)
    tip = QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)
    assert feature["facility_name"] in tip
    assert "public toilet" in tip
    assert "facility_code" not in tip


def test_cells_and_areas_count_what_is_in_the_layers(made, city):
    folder, results = made
    cells = rows(folder / "one_map.gpkg", "cell")
    areas = rows(folder / "one_map.gpkg", "area")
    assert len(cells) == results["CELL_COUNT"]
    toilets = [
        f for f in QgsVectorLayer(city("facility"), "f", "ogr").getFeatures()
        if f["kind"] == "toilet" and f["status"] != "out_of_use"
    ]  # fmt: skip
    assert sum(c["toilets"] for c in cells) == len(toilets)
    cases = QgsVectorLayer(city("case"), "c", "ogr")
    assert sum(a["reported_count"] for a in areas) == sum(a["cases"] for a in areas)
    assert sum(a["cases"] for a in areas) == cases.featureCount()
    still = sum(f["state"] not in ("closed", "rejected") for f in cases.getFeatures())
    assert sum(a["open_cases"] for a in areas) == still
    assert {a["rank"] for a in areas} >= {1}
    for cell in cells:
        assert 0 <= cell["served"] <= 1
        near = [t for t in toilets if t.geometry().distance(cell.geometry()) <= 500]
        assert (cell["served"] > 0) == bool(near) or cell["served"] == 0
    whole = [c for c in cells if c["served"] == 1]
    assert whole
    assert all(min(t.geometry().distance(c.geometry()) for t in toilets) <= 500 for c in whole[:20])


def test_the_folder_can_be_carried_elsewhere(made, tmp_path):
    folder, _ = made
    moved = tmp_path / "elsewhere"
    shutil.copytree(folder, moved)
    project = read(moved / "one_map.qgz")
    layers = layers_of(project)
    assert layers
    assert all(layer.isValid() for layer in layers.values())
    assert all(str(moved) in layer.source() for layer in layers.values())


@pytest.mark.parametrize(
    ("given", "themes", "told"),
    [
        (["FACILITIES"], ["Municipal facilities"], 3),
        (["RISKS", "GRIDS"], ["Risks"], 3),
        (["CASES"], ["Supervision"], 3),
        (["CASES", "COMMUNITIES"], ["Network operation", "Supervision"], 2),
        (["CAMERAS", "MONITORS"], ["Municipal facilities", "Supervision"], 2),
    ],
)
def test_what_is_given_is_shown_and_what_is_left_out_is_told(
    run, city, tmp_path, given, themes, told
):
    inputs = {name: city(LAYERS[name]) for name in given}
    results = run("create_one_map", **inputs, FOLDER=str(tmp_path / "map"))
    project = read(results["PROJECT"])
    assert sorted(project.mapThemeCollection().mapThemes()) == themes
    assert len([s for s in run.log.infos if "is left out" in s]) == told
    assert project.layoutManager().printLayouts()[0].pageCollection().pageCount() == len(themes)


def test_nothing_given_is_told(run, tmp_path):
    with pytest.raises(QgsProcessingException, match="nothing to put on the map"):
        run("create_one_map", FOLDER=str(tmp_path / "map"))


def test_degrees_become_metres(run, city, tmp_path):
    moved = str(tmp_path / "degrees.gpkg")
    path = city("facility").split("|")[0]
    assert gdal.VectorTranslate(moved, path, layers=["facility"], dstSRS="EPSG:4490")
    results = run("create_one_map", FACILITIES=moved, FOLDER=str(tmp_path / "map"))
    assert not read(results["PROJECT"]).crs().isGeographic()


def test_both_layouts_are_exported(made, run, tmp_path):
    _, results = made
    out = tmp_path / "out"
    done = run("export_one_map", PROJECT=results["PROJECT"], FOLDER=str(out))
    assert (done["PICTURE_COUNT"], done["PAGE_COUNT"]) == (4, 4)
    names = ["supervision", "operation", "facilities", "risks"]
    for name in names:
        image = QImage(str(out / f"wall_{name}.png"))
        assert (image.width(), image.height()) == (1920, 1080)
        colours = {image.pixel(x, y) for x in range(0, 1920, 7) for y in range(0, 1080, 7)}
        assert len(colours) > 30
    text = subprocess.run(
        ["pdftotext", str(out / "one_map_a3.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    for words in ("Ranking of areas", *THEMES):
        assert words in text
    # Again into the same folder: replaced, not refused.
    assert run("export_one_map", PROJECT=results["PROJECT"], FOLDER=str(out))["PICTURE_COUNT"] == 4


def test_a_project_without_such_layouts_is_refused(run, tmp_path):
    project = QgsProject()
    project.write(str(tmp_path / "empty.qgz"))
    with pytest.raises(QgsProcessingException, match="no layouts of a one map"):
        run("export_one_map", PROJECT=str(tmp_path / "empty.qgz"), FOLDER=str(tmp_path / "out"))


def nearest(run, city, tmp_path, **more):
    output = tmp_path / "near.gpkg"
    given = {"FACILITIES": city("facility"), "OUTPUT": str(output), **more}
    results = run("search_facilities", **given)
    layer = QgsVectorLayer(str(output), "near", "ogr")
    return results, sorted(layer.getFeatures(), key=lambda f: f["rank"])


def middle(city):
    layer = QgsVectorLayer(city("facility"), "f", "ogr")
    return layer.extent().center(), layer


def test_toilets_within_5000_m_come_by_distance(run, city, tmp_path):
    spot, layer = middle(city)
    point = f"{spot.x()},{spot.y()} [EPSG:4545]"
    results, found = nearest(run, city, tmp_path, POINT=point, KIND="公厕")
    metres = [f["distance_m"] for f in found]
    assert metres == sorted(metres)
    assert metres[0] == pytest.approx(results["NEAREST_M"], abs=0.1)
    assert all(m <= 5000 for m in metres)
    assert {f["kind"] for f in found} == {"toilet"}
    assert len(found) == sum(f["kind"] == "toilet" for f in layer.getFeatures())
    # Planar distance in the city's zone is the ellipsoid's but for its scale.
    for f in found:
        flat = f.geometry().distance(QgsGeometry.fromPointXY(spot))
        assert flat == pytest.approx(f["distance_m"], rel=0.001, abs=0.2)


def test_the_place_may_be_in_degrees_and_the_distance_is_kept(run, city, tmp_path):
    spot, _ = middle(city)
    move = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4545"),
        QgsCoordinateReferenceSystem("EPSG:4490"),
        QgsProject(),
    )
    degrees = move.transform(spot)
    _, by_metres = nearest(
        run, city, tmp_path, POINT=f"{spot.x()},{spot.y()} [EPSG:4545]", DISTANCE=900
    )
    _, by_degrees = nearest(
        run, city, tmp_path, POINT=f"{degrees.x()},{degrees.y()} [EPSG:4490]", DISTANCE=900, LIMIT=3
    )
    assert [f["facility_code"] for f in by_degrees] == [f["facility_code"] for f in by_metres[:3]]


def test_an_unknown_kind_names_those_there_are(run, city, tmp_path):
    spot, _ = middle(city)
    with pytest.raises(QgsProcessingException, match="public toilet"):
        nearest(run, city, tmp_path, POINT=f"{spot.x()},{spot.y()}", KIND="cinema")


def test_coverage_of_cells_is_measured(run, city, tmp_path):
    results = run(
        "measure_facility_coverage",
        FACILITIES=city("facility"),
        AREAS=city("community"),
        RADIUS=300,
        OUTPUT=str(tmp_path / "coverage.gpkg"),
    )
    areas = list(QgsVectorLayer(str(tmp_path / "coverage.gpkg"), "c", "ogr").getFeatures())
    assert len(areas) == results["AREA_COUNT"]
    assert sum(a["facilities"] for a in areas) == results["FACILITY_COUNT"]
    wider = run(
        "measure_facility_coverage",
        FACILITIES=city("facility"),
        AREAS=city("community"),
        OUTPUT=str(tmp_path / "wider.gpkg"),
    )
    assert 0 < results["SHARE_SERVED"] < wider["SHARE_SERVED"] <= 1
