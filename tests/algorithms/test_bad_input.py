"""Bad input gets one clear sentence and changes nothing."""

import hashlib
import weakref
from pathlib import Path

import pytest
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsVectorLayer,
)
from wangge.plugin.errors import WanggeError
from wangge.plugin.rules.batch import make_batch
from wangge.processing.base import Group, WanggeAlgorithm

SQUARE = (
    "POLYGON ((500000 3400000, 500300 3400000, 500300 3400300, 500000 3400300, 500000 3400000))"
)


def make_layer(geometry, rows, *, crs="EPSG:4547", field="community_code", name="社区"):
    layer = QgsVectorLayer(f"{geometry}?crs={crs}&field={field}:string(20)", name, "memory")
    made = []
    for value, wkt in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes([value])
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        made.append(feature)
    layer.dataProvider().addFeatures(made)
    return layer


@pytest.fixture
def street():
    return make_layer(
        "LineString",
        [("路", "LINESTRING (500150 3399900, 500150 3400400)")],
        field="name",
        name="路",
    )


def refusal(run, name, **parameters):
    with pytest.raises(QgsProcessingException) as caught:
        run(name, **parameters)
    text = str(caught.value)
    assert "Traceback" not in text
    assert "went wrong inside" not in text
    assert text.rstrip().endswith((".", "。", ")", "-"))
    return text


def cut(run, communities, barriers, tmp_path):
    output = tmp_path / "cells.gpkg"
    text = refusal(
        run,
        "partition_unit_grids",
        COMMUNITIES=communities,
        BARRIERS=[barriers],
        OUTPUT=str(output),
    )
    assert not output.exists()
    return text


def test_no_community_code_field(run, street, tmp_path):
    layer = make_layer("Polygon", [("500112001001", SQUARE)], field="title")
    text = cut(run, layer, street, tmp_path)
    assert "社区" in text
    assert "community_code" in text
    assert "title" in text


def test_wrong_community_code(run, street, tmp_path):
    text = cut(run, make_layer("Polygon", [("5001120010", SQUARE)]), street, tmp_path)
    assert "5001120010" in text
    assert "12" in text


def test_one_code_on_two_communities(run, street, tmp_path):
    other = SQUARE.replace("500", "501")
    layer = make_layer("Polygon", [("500112001001", SQUARE), ("500112001001", other)])
    assert "500112001001" in cut(run, layer, street, tmp_path)


def test_empty_layer(run, street, tmp_path):
    assert "empty" in cut(run, make_layer("Polygon", []), street, tmp_path)


def test_geographic_crs_names_a_better_one(run, street, tmp_path):
    wgs = "POLYGON ((106.5 29.5, 106.51 29.5, 106.51 29.51, 106.5 29.5))"
    layer = make_layer("Polygon", [("500112001001", wgs)], crs="EPSG:4490")
    text = cut(run, layer, street, tmp_path)
    assert "metres" in text
    assert "EPSG:4545" in text  # the zone of 108°E, nearest to 106.505°E


def test_no_crs(run, street, tmp_path):
    layer = make_layer("Polygon", [("500112001001", SQUARE)])
    layer.setCrs(type(layer.crs())())
    assert "coordinate reference system" in cut(run, layer, street, tmp_path)


def test_overlapping_communities_are_both_named(run, street, tmp_path):
    other = SQUARE.replace("500300", "500400").replace("500000", "500100")
    layer = make_layer("Polygon", [("500112001001", SQUARE), ("500112001002", other)])
    text = cut(run, layer, street, tmp_path)
    assert "500112001001" in text
    assert "500112001002" in text


def test_points_are_no_barriers(run, tmp_path):
    points = make_layer("Point", [("灯", "POINT (500100 3400100)")], field="name", name="灯")
    layer = make_layer("Polygon", [("500112001001", SQUARE)])
    assert "灯" in cut(run, layer, points, tmp_path)


def test_streets_that_touch_nothing_are_tolerated(run, tmp_path):
    far = make_layer("LineString", [("路", "LINESTRING (0 0, 1 1)")], field="name")
    layer = make_layer("Polygon", [("500112001001", SQUARE)])
    output = tmp_path / "cells.gpkg"
    done = run("partition_unit_grids", COMMUNITIES=layer, BARRIERS=[far], OUTPUT=str(output))
    assert done["CELL_COUNT"] == 9


def test_an_invalid_polygon_is_cut_or_named(run, street, tmp_path):
    bow = (
        "POLYGON ((500000 3400000, 500300 3400300, 500300 3400000, 500000 3400300, 500000 3400000))"
    )
    good = SQUARE.replace("5000", "5010").replace("5003", "5013")
    layer = make_layer("Polygon", [("500112001001", bow), ("500112001002", good)])
    output = tmp_path / "cells.gpkg"
    done = run("partition_unit_grids", COMMUNITIES=layer, BARRIERS=[street], OUTPUT=str(output))
    assert done["CELL_COUNT"] >= 9
    codes = {f["community_code"] for f in QgsVectorLayer(str(output), "c", "ogr").getFeatures()}
    assert "500112001002" in codes
    assert "500112001001" in codes or any("500112001001" in w for w in run.log.warnings)


def test_output_over_its_own_input_is_refused(run, city):
    path = city("unit_grid").split("|")[0]
    before = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    text = refusal(
        run,
        "number_unit_grids",
        INPUT=city("unit_grid"),
        COMMUNITIES=city("community"),
        OUTPUT=path,
    )
    assert "city.gpkg" in text
    assert hashlib.sha256(Path(path).read_bytes()).hexdigest() == before


def test_a_layer_that_is_not_there(run, city, tmp_path):
    text = refusal(
        run,
        "check_unit_grids",
        INPUT="/no/such/file.gpkg",
        COMMUNITIES=city("community"),
        FINDINGS=str(tmp_path / "f.gpkg"),
    )
    assert "INPUT" in text or "Unit grids" in text


def test_unknown_connection(run, city):
    text = refusal(run, "install_platform", CONNECTION="no such connection")
    assert "no such connection" in text


def test_a_password_in_the_connection_is_not_repeated(run):
    text = refusal(run, "install_platform", CONNECTION="host=db password=geheim")
    assert "geheim" not in text


def test_unreachable_server(run, tmp_path, monkeypatch):
    service = tmp_path / "service.conf"
    service.write_text("[gone]\nhost=127.0.0.1\nport=9\ndbname=x\nuser=x\npassword=geheim\n")
    monkeypatch.setenv("PGSERVICEFILE", str(service))
    text = refusal(run, "install_platform", CONNECTION="service=gone")
    assert "service=gone" in text
    assert "geheim" not in text


def test_wrong_password(run, cluster, platform, tmp_path, monkeypatch):
    port = next(
        line.split("=")[1]
        for line in (cluster / "pg_service.conf").read_text().splitlines()
        if line.startswith("port=")
    )
    service = tmp_path / "service.conf"
    service.write_text(
        f"[wrong]\nhost=127.0.0.1\nport={port}\ndbname=wangge\nuser=postgres\npassword=geheim\n"
    )
    monkeypatch.setenv("PGSERVICEFILE", str(service))
    text = refusal(run, "install_platform", CONNECTION="service=wrong")
    assert "password" in text.lower()
    assert "geheim" not in text


def test_push_without_platform(run, city, platform):
    text = refusal(
        run, "push_to_platform", CONNECTION=platform, KIND="community", INPUT=city("community")
    )
    assert "install" in text.lower()


def test_a_failed_run_holds_on_to_nothing(qgis_app):
    """QGIS never frees the error of an algorithm; what its frames held would stay for good."""
    held = []

    class Failing(WanggeAlgorithm):
        ID, GROUP = "failing", Group.GENERAL

        def title(self):
            return "Failing"

        def summary(self):
            return "Fails with rows in its hands."

        def parameters(self):
            return []

        def execute(self, job):
            rows = make_batch({"name": ["x"]})
            held.append(weakref.ref(rows))
            raise WanggeError("The layer is empty.")

    algorithm = Failing()
    algorithm.initAlgorithm()
    with pytest.raises(QgsProcessingException, match="The layer is empty"):
        algorithm.run({}, QgsProcessingContext(), QgsProcessingFeedback(), {}, False)
    assert held[0]() is None
